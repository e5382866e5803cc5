"""What a line of a list says when it names no person, or several: told by its words alone."""

from __future__ import annotations

import re
from typing import Final

from pipeline.ingest.attendance_words import TOTALS
from pipeline.ingest.folding import fold
from pipeline.ingest.list_headings import is_of_comers, says

TOTAL: Final = "a line of totals, no person"
HEADING: Final = "a heading within the list, no person"
NAMELESS: Final = "people without names"
SEVERAL: Final = "several people in one cell"
REMARK: Final = "a remark among the names, no person"
#: "Yhteensä 15 henkilöä", "Osallistujia yhteensä", "Joista lapsia 4", "Päivitetty 24.4."
_SUM: Final = re.compile(
    r"\b(?:yhteensä|yht|sammanlagt|totalt|in total|total of|joista|varav|päivitetty|uppdaterad|updated|tulostettu)\b"
)
#: "Läsnä 2", "Lkm 2", "Osallistujia 2", "Paikalla oli 2 osallistujaa", "Miehiä 1, naisia 1"
_NUMBER_OF: Final = re.compile(
    r"(?:(?:läsnä|paikalla|mukana|kaikkiaan|loppusumma|nimiä|tuli|tulijoita|väkeä|lkm|lukumäärä|kpl|antal|närvarande|present|count|osallistuj\w*|kävijöitä|kävijämäärä|"
    r"henkilöitä|hlö\w*|miehiä|naisia|tyttöjä|poikia|lapsia|aikuisia|nuoria|deltagare|participants)\b"
    r"(?: (?:oli|var|were|on))?[ :=]*\d+(?: (?:osallistujaa|henkilöä|hlö|henkeä|kpl|deltagare|people|participants))?"
    r"[,; ]*(?:ja )?)+"
)
#: Words that stand under a list beside a number: "Lapsia;1", "Osallistujamäärä;3", "Paikalla;2", "Keski-ikä;34".
_COUNTED_BESIDE: Final = re.compile(
    r"(?:(?:joista|näistä|yhteensä|kaikki|kaikkiaan|uusia|vanhoja|total|antal|summa|varav|number of) ?)*"
    r"(?:lapsi\w*|laps\w+|aikui\w+|nuor\w+|senior\w+|ikäihmis\w+|vanhuks\w+|miehet|miehiä|naiset|naisia|tytöt|tyttöjä|pojat|"
    r"poikia|osallistuj\w*|kävij\w+|vierai\w+|vieraat|läsnä\w*|paikalla\w*|poissa\w*|mukana|uusia|ohjaajia|ohjaajat|"
    r"vapaaehtoi\w+|työntekij\w+|henkilö\w*|henkeä|perhei\w+|muita|muut|ilmoittautun\w+|perun\w+|peruutuks\w+|"
    r"keski-ikä|keskiarvo|ka|lkm|kpl|määrä|yhteensä|kaikki|barn|vuxna|ungdomar|män|kvinnor|flickor|pojkar|deltagare|"
    r"närvarande|frånvarande|attendees|participants|children|adults|men|women|present|absent|visitors)"
    r"(?: (?:yhteensä|yht|lkm|määrä|totalt|total|kpl))?"
)
#: Labels of lines about the list itself.
_LABELS: Final = frozenset(
    {
        "tapahtuma", "tilaisuus", "kurssi", "päivä", "päivämäärä", "pvm", "aika", "klo", "kello", "paikka", "vetäjä",
        "ohjaaja", "ohjaajat", "järjestäjä", "event", "date", "time", "place", "organiser", "evenemang", "datum",
        "plats", "tid", "ledare", "arrangör", "huom", "huomautus", "huomioitavaa", "lisätietoja", "muuta", "obs",
        "note", "allekirjoitus", "vetäjän allekirjoitus", "ohjaajan allekirjoitus", "kirjasi", "laati", "signature",
    }
)  # fmt: skip
#: A line to write on, a ditto mark.
_STROKES: Final = re.compile(r"[_.\s…]{3,}|[-–—]?[\"”“'´`]+[-–—]?|[\"”“]")
#: One word in the plural that people write over a part of a list.
_HEADING: Final = re.compile(
    r"(?i)(?:työntekijät|vapaaehtoiset|osallistujat|ohjaajat|vetäjät|järjestäjät|henkilökunta|asukkaat|lapset|aikuiset|"
    r"nuoret|vieraat|ilmoittautu\w+\b.*|läsnä|läsnäolijat|"
    r"paikalla|mukana|suunnitteluryhmä|deltagare|frivilliga|anställda|avbokade|frånvarande|närvarande|volunteers|staff|"
    r"participants|cancelled|absent|no.?shows?|children|varalla|sairaana|"
    r"kutsutut|kutsuttu\b.*|reservi\w*|väntelista|waiting list|kiito(?:s|ksia)\b.*|adults|"
    r"muut(?: (?:osallistujat|henkilöt|vieraat|paikalla\w*|läsnä\w*|mukana|kuin .*))?|"
    r"(?:\w+ ){0,3}\w{4,}(?:neet|jät|jat)|"
    r"(?:ryhmä|pöytä|bussi|joukkue|tiimi|luokka|vuoro|pienryhmä|rata|grupp|bord|lag|buss|klass|group|team|table|bus)"
    r"(?:\s*:?\s*\d{1,2}|\s*:\s*[a-zåäö]|\s+[a-zåäö])\b.*|[a-zåäö]|\d{1,2}\s?[a-h]|"
    r"did not (?:attend|come|show up)|ei (?:muita|ketään|kukaan).*|"
    r"(?:sivu|sida|page)\s*\d.*|\d+\s*/\s*\d+|.*\b(?:jatkuu|fortsätter|continued)\b.*|"
    r"(?:klo )?[\d.:\s–-]+(?:klo [\d.:]+)?)"
)
#: Ei is a name too, "Ei Mon": the words that follow a no are written small.
_NO: Final = re.compile(r"[Ee]i(?:vät)?(?: [a-zåäö]+)+")
#: "+ 2 lasta", "2 lasta", "ja 3 muuta"
_MORE: Final = re.compile(
    r"ei (?:muita|ketään|osallistujia)|"
    r"(?:\+|ja |och |and |&)\s*\d{1,2}\b(?!\s*\d).*|\+\s*(?:vauva|lapsi|lapset|barn|child|perhe|familj)\b.*"
)
_COUNTED: Final = re.compile(
    r"(?:n\.?\s*|noin\s+)?\d+\s*(?:x\s*)?"
    r"(?:last[ae]|laps\w*|vauva\w*|aikui\w*|henki\w*|henkeä|hlö\w*|hlöä|muuta|ihmis\w*|osallistuja\w*|vieras\w*|"
    r"barn|vuxna|personer|andra|child\w*|adult\w*|people|persons?|others?|guests?)\b.*"
)
_WORD: Final = r"[^\W\d_][^\W\d_'’.-]*(?:-[^\W\d_]+)*"
#: "Matti ja Maija Meikäläinen", "Matti Virta & Maija Aho"; a family by its name
_TWO: Final = re.compile(
    rf"{_WORD}(?: {_WORD}){{0,3}}\s*(?: ja | och | and | sekä |&(?! co\b)|\+)\s*{_WORD}(?: {_WORD}){{0,3}}"
)
#: "Aino Aalto + 2 lasta", "Perhe Virtanen (4 hlö)"
_AND_MORE: Final = re.compile(
    r"[^\W\d_]\s*\(?\+\s*\d{1,2}\b|\b(?:[2-9]|[1-9]\d)\s*(?:hlö\w*|henkilö\w*|henkeä|pers\b|lasta|kpl)|"
    r"\+\s*[^\W\d_]{3,}|\bx\s?(?:[2-9]|1\d)\b|& co\b|\bym\b|"
    r"\b(?:lapsi|perhei|vauvoi|puolisoi|koiri|ystävi)neen\b"
)
#: "Maija Aho lapsenlapsineen"; a last name may end so, and has a capital.
_WITH_HIS: Final = re.compile(r"(?<!\w)[a-zåäö]\w*ineen\b")
#: A school's class, a group, an association: "Kesämäen koulun 4B", "Marttojen porukka 8",
#: "Kimpisen koulu 22 oppilasta", "Lappeenrannan Martat ry"
_GROUP: Final = re.compile(
    r".*\w koulun? .*\d.*|.*\w \d+ (?:oppilasta|nuorta|vanhusta|asukasta|jäsentä)|.*\w (?:ry|rf|oy|oyj)|"
    r"(?:.*\wn |\d+ hengen )(?:porukka|ryhmä|luokka|seurue|joukkue|poppoo|väki|tiimi)\b.*|"
    r".*(?:porukka|seurue|joukkue|luokka(?:laiset)?) ?\(?\d+.*|.*\b\d{1,2}\s?[a-h]?[ -]?luok(?:ka|an|kalaiset)\b.*"
)
#: "Vieraita 6", "ohikulkijoita 30", "nimettömiä 5", "10 koululaista", "Päiväkoti Pikkutähti 12 lasta"
_CROWD: Final = re.compile(
    r"(?i:vierai\w+|ohikulki\w+|nimettöm\w+|koululai\w+|oppilai\w+|opiskelijoi\w+|lapsi[ae]|asukkaita|kävijöitä|muita)"
    r"\s*:?\s*\d+|\d+\s+[a-zåäö]+"
)
#: Words within a name that have no capital.
PARTICLES: Final = frozenset(
    {
        "af", "av", "von", "van", "de", "der", "den", "di", "da", "dos", "del", "la", "le", "el", "al", "bin", "bint",
        "ibn", "ben", "abu", "ould", "zu", "zur", "ter", "ten", "thi", "y", "e", "i", "jr", "sr",
    }
)  # fmt: skip
#: Who wrote the list, or led the event, is named on its last line.
_WROTE: Final = re.compile(
    r"(?:kirja(?:si|nnut)|laati(?:nut|ja)?|täytti|täyttänyt|merkit?si|merkinnyt|kokosi|koonnut|listan|lista|tulost(?:anut|i)|"
    r"pöytäkirja\w*|terveisin|terv|ystävällisin|yst|hälsningar|regards|allekirjoit\w+|tarkast(?:i|anut)|hyväksy(?:i|nyt)|"
    r"(?:ohjaa|vetä|järjestä|kirjaa|johta|koulutta|luennoitsi|opetta|esittä|valvo|vastaa|avusta|puheenjohta)j(?:ana|änä)|"
    r"sihteerinä|emäntänä|isäntänä)"
)
#: In small letters: capitals are somebody's initials.
_GREETING: Final = re.compile(r"(?:t|c\.?c)[.:]\s*[^\W\d_]")
#: What stands in a form for the name of nobody.
_EXAMPLE: Final = re.compile(
    r"(?:etunimi|sukunimi)(?:,? (?:etunimi|sukunimi))?|(?:esimerkki|testi|testaaja)(?: [^\W\d_]+)?|"
    r"test(?: (?:test\w*|user|person))?|"
    r"[^\W\d_]+ (?:esimerkki|testaaja)|(?:matti|maija) meikäläinen|meikäläinen,? (?:matti|maija)|(?:john|jane) doe|"
    r"förnamn efternamn|first ?name last ?name"
)
_WITHIN: Final = re.compile(r"[^\W\d_]{1,3}[-'’][A-ZÅÄÖ]")
_SENTENCE: Final = 3
_LONGEST_NAME: Final = 5
_CAPITAL: Final = r"[^\W\d_a-zåäö][^\W\d_]*(?:[-'’][^\W\d_]+)*\.?"
_FULL_NAME: Final = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL}){{1,3}}")
#: "Eino Oja 4b luokka"
_OF_A_CLASS: Final = re.compile(rf"{_FULL_NAME.pattern},?\s+\d{{1,2}}\s?[a-hA-H]?[ -]?(?:lk|luokka)\b.*")
_NAMES: Final = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}}")
_FAMILY: Final = re.compile(rf"(?:perhe|fam|familjen|family)\.? {_WORD}|{_WORD}(?:n|in|sin)? perhe")


def is_heading(text: str) -> bool:
    """Return whether a text that stands alone in its row is a heading.

    Examples
    --------
    >>> [is_heading(text) for text in ("Peruneet", "Ei tulleet", "Ohjaajat:", "Kiitos osallistumisesta!", "Maija Aho")]
    [True, True, True, True, False]
    """
    return is_of_comers(text) or is_usual_heading(text)


def is_usual_heading(text: str) -> bool:
    """Return whether a text is a heading even where no name could stand, in another column than that of names.

    Examples
    --------
    >>> [is_usual_heading(text) for text in ("Peruneet", "Ohjaajat:", "osallistuja")]
    [True, True, False]
    """
    if text.strip().endswith((":", "!")):
        return True
    no = _NO.fullmatch(text.strip()) is not None
    return no or says(text) is not None or _HEADING.fullmatch(fold(text)) is not None


def is_label(text: str) -> bool:
    """Return whether a text is, or begins with, the label of a line about the list: "Tapahtuma:", "Huom: kahvia"."""
    return ":" in text and fold(text.partition(":")[0]) in _LABELS


def is_remark(text: str) -> bool:
    """Return whether a text is a sentence or a label: more words than a name has without capitals, a colon.

    Examples
    --------
    >>> [is_remark(text) for text in ("Kahvia jäi yli", "Kirjasi Maija Aho", "Maija von Wright", "maija aho")]
    [True, True, False, False]
    >>> [is_remark(text) for text in ("Terveisin Liisa Lahti", "t. Liisa Lahti", "T. Lahti", "Tatjana Terve")]
    [True, True, False, False]
    """
    words = text.split()
    later = [word for word in words[1:] if word[0].isalpha()]
    plain = all(word[0].islower() and fold(word) not in PARTICLES for word in later)
    sentence = len(words) >= _SENTENCE and bool(later) and plain
    wrote = _WROTE.fullmatch(fold(words[0])) or _GREETING.match(text.strip())
    # "Liisa Oja: vegaani"
    colon = re.search(r"\w:(?:\s|$)", text) and not _FULL_NAME.fullmatch(text.partition(":")[0].strip())
    return sentence or wrote is not None or bool(colon)


def is_plain_name(text: str, fewest: int = 2) -> bool:
    """Return whether a text is a name as it is written with care.

    Examples
    --------
    >>> [is_plain_name(text) for text in ("Maija von Wright", "Aho, Maija", "Naisia", "lapset mukana", "Aika 17-19")]
    [True, True, False, False, False]
    """
    words = [word for word in re.split(r"[\s,]+", re.sub(r"[(\[].*?[)\]]", " ", text)) if word]
    letters = all(re.fullmatch(r"[^\W\d_](?:[^\d_:]|:(?!\w))*", word) for word in words)
    # letters of some scripts are neither small nor capitals; "al-Hussein" has its capital within
    capitals = all(not word[0].islower() or fold(word) in PARTICLES or _WITHIN.match(word) for word in words)
    return fewest <= len(words) <= _LONGEST_NAME and letters and capitals


def is_total(text: str) -> bool:
    """Return whether a text speaks of how many there are; a word of sums alone may be a name (Summa).

    Examples
    --------
    >>> [is_total(text) for text in ("Yhteensä 15", "Läsnä yht.", "Lkm 2", "Paikalla oli 2 osallistujaa", "Summa")]
    [True, True, True, True, False]
    """
    folded = fold(text)
    if folded in TOTALS:
        return False
    return folded.strip(" :.0123456789") in TOTALS or bool(_SUM.search(folded) or _NUMBER_OF.fullmatch(folded))


def is_counted_beside(text: str) -> bool:
    """Return whether a text says what a number beside it counts.

    Examples
    --------
    >>> [is_counted_beside(text) for text in ("Lapsia", "Osallistujamäärä", "Summa deltagare", "Maija Lapsi")]
    [True, True, True, False]
    """
    return _COUNTED_BESIDE.fullmatch(fold(text)) is not None


def reason(text: str) -> str | None:
    """Return why a text is not one person's name; None where it may be.

    Examples
    --------
    >>> reason("Aino Aalto, Berta Berg"), reason("Aalto, Aino Maria"), reason("10 koululaista"), reason("Yht. 2")
    ('several people in one cell', None, 'people without names', 'a line of totals, no person')
    """
    folded = fold(text)
    if folded in TOTALS or is_total(text):
        return TOTAL
    if _EXAMPLE.fullmatch(folded):
        return REMARK
    if not any(map(str.isalpha, folded)) and (_STROKES.fullmatch(text.strip()) or re.fullmatch(r"\d{1,4}", folded)):
        return NAMELESS
    if (
        _MORE.fullmatch(folded)
        or _COUNTED.fullmatch(folded)
        or _CROWD.fullmatch(text.strip())
        or (_GROUP.fullmatch(folded) and not _OF_A_CLASS.fullmatch(text.strip()))
    ):
        return NAMELESS
    more = _AND_MORE.search(folded) or _WITH_HIS.search(text)
    if more or _TWO.fullmatch(folded) or _FAMILY.fullmatch(folded) or _are_several(text):
        return SEVERAL
    return None


def _are_several(text: str) -> bool:
    """Return whether pieces between marks are each a whole name, or there are more pieces than a name has."""
    pieces = [piece.strip() for piece in re.split(r"[,;\n]|\s/\s|\bja\b|\boch\b", text) if piece.strip()]
    whole = [piece for piece in pieces if _FULL_NAME.fullmatch(piece)]
    named = [piece for piece in pieces if _NAMES.fullmatch(piece)]
    return len(whole) > 1 or (len(named) > 2 and len(named) == len(pieces) and bool(re.search(r"[,;\n/]", text)))
