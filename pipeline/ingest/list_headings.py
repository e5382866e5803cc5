"""What a heading over a part of a list says of the people below it: told by stems, whatever stands around them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from pipeline.ingest.attendance_words import GENERIC
from pipeline.ingest.folding import fold

#: Strokes, stars and other marks around a heading.
_FRAME: Final = re.compile(r"^[\W_]+|[\W_]+$")
#: How many there are, before or behind a heading: "(2)", "2 kpl", "2 hlö".
_COUNT: Final = re.compile(
    r"\(?\s*(?:n\s*=\s*)?\b\d{1,3}\s*(?:hlö\w*|henkilö\w*|henkeä|kpl|st|pers\w*|people)?\.?\s*\)?$|^\(?\d{1,3}\)?\s+",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_BETWEEN: Final = re.compile(r"\s*[/,;&+:]\s*|\s+-\s+")
#: What stands before the word that tells: "muut kutsutut", "ilmoittautuneet, eivät tulleet".
_BEFORE: Final = re.compile(
    r"(?:(?:muut|myös|lisäksi|kaikki|osallistujat|ilmoittautuneet|ilmoittautuneista|kutsutuista|jotka|ne|henkilöt|olivat|oli|"
    r"others|other|those|people|who|registered|but|övriga|anmälda|de|som|och|ja|sekä|mutta)\s+)*"
)
_COMING: Final = (
    r"(?:tul\w+|tuu|pääs\w+|saapu\w*|saavu\w*|osallistu\w*|läsnä|paikalla|mukana|eht\w+|ehdi|voi\w*|vastan\w+|"
    r"ilmoittau\w+|tavoitet\w+|käy\w*)"
)
#: Who cancelled: on no list of comers.
_OFF: Final = (
    r"perun(?:eet|ut|eita|eiden)|peru(?:i|ivat|vat|ttu|ttuja|tut|ja|jat|minen|miset)|"
    r"peruut(?:t[ai]\w*|ettu\w*|us|ukset|uksia|uksen)|"
    r"kieltäyty\w+|av(?:bok|anmäl)\w+|(?:lämna\w+ )?återbud\w*|cancel\w+|declin\w+|withdr[ae]w\w*"
)
#: Who did not come, was only invited, or waits for a place.
_AWAY: Final = (
    r"poissa|pois|poissaol(?:ija|ijat|ijoita|leet|leita|leva|evat|eva|evia|o|ot|oja|lut)|poisjä\w+|"
    r"puuttu(?:v\w+|neet|nut|i|ivat)|estyn(?:yt|eet|eitä)|estyi(?:vät)?|este|esteet|esteitä|esteellis\w+|"
    r"sairas|sairaa(?:na|t|ta)|sairastu\w+|sairaslo\w+|sairaus\w*|(?:jäi|jäivät|jääneet) (?:pois|tulematta|väliin)|"
    r"(?:jätti|jättivät|jättäneet) (?:väliin|tulematta)|anteeksi ?pyy\w+|unohti|unohtivat|unohtaneet|"
    rf"(?:ei|eivät|en|eikä)(?: ole| olleet| ollut)? {_COMING}|eivät|kutsut(?:ut|tu)|"
    r"jono|jonossa|jonotuslista(?:lla|lle)?|jonotus|odotuslista(?:lla|lle)?|varalla|varasij(?:a|at|alla|oilla|oille|alista)|"
    r"varalista(?:lla)?|"
    r"reserv(?:i|illa|issa|ilista|lista)?|väntelista|förhindrade?|förhinder|förfall|frånvar\w+|sjuka?|sjukanmäl\w+|uteb[ll]\w+|"
    r"kom (?:inte|ej)|(?:inte|ej) (?:på plats|närvar\w+|kom\w*|delta\w*)|inbjudna|"
    r"absent\w*|absences?|apolog\w+|regrets|no.?shows?|did(?: not|n't) \w+|"
    r"unable to \w+|could(?: not|n't) \w+|kunde (?:inte|ej) \w+|(?:anmält|meddelat) (?:förhinder|frånvaro)|"
    r"(?:esteen|poissaolon|poissaolonsa|poissaolostaan) ilmoittaneet|ilmoittaneet (?:esteestä|poissaolosta\w*)|"
    r"hylät\w+|sent apologies|ilman paikkaa|(?:ei|eivät) mahtu\w+|"
    r"not (?:present|attend\w*|here)|missing|excused|invited|wait(?:ing )?list\w*"
)
#: Who may come: whether they did is not said.
_MAYBE: Final = (
    r"ehkä|epävarm\w+|mahdolliset|mahdollisesti|kiinnostune\w+|tulossa|tulevat|maybe|tentative|interested|kanske|osäkra"
)
_TOLD: Final = re.compile(rf"(?:(?P<off>{_OFF})|(?P<away>{_AWAY})|(?P<maybe>{_MAYBE}))(?=\s|$)")
#: How the first word of any of them begins: most names end here.
_BEGINS: Final = re.compile(
    r"po|per|puu|est|sair|jä|ant|uno|e[nilhp]|kut|jon|odo|var|res|vän|för|frå|sju|ute|kom|inte|ej|inb|abs|apo|reg|no|did|"
    r"mi|exc|inv|wait|av|åte|can|dec|with|muu|my|lis|kai|osal|ilm|jot|ne|hen|oli|oth|tho|peo|who|but|övr|anm|de|som|och|"
    r"ja|sek|mut|una|cou|kun|med|läm|sen|kie|hyl|ma|tul|ten|int|kan|osä|kii"
)
#: What may follow in small letters or capitals, where a name could follow too.
_AFTER: Final = frozenset([
    "ja", "sekä", "tai", "och", "or", "and", "ilman", "ilmoitusta", "ilmoittamatta", "ilmoittaneet", "ilmoitti",
    "ilmoittivat", "ilmoitettu", "etukäteen", "ennen", "olleet", "olevat", "olivat", "oli", "paikalta",
    "tilaisuudesta", "tapahtumasta", "kokouksesta", "tilaisuuteen", "tapahtumaan", "kokoukseen", "paikalle", "mukaan",
    "tulemaan", "up", "syystä", "vuoksi", "takia", "johdosta", "tänään", "henkilöt", "osallistujat", "jäsenet",
    "lista", "luettelo", "list", "syy", "muut", "osallistumisensa", "tulonsa", "pois", "kuitenkaan", "lainkaan",
    "viime", "hetkellä", "tingassa", "samana", "päivänä",
])  # fmt: skip
#: Behind these another word tells who is meant, or what.
_NOUN_FOLLOWS: Final = re.compile(r"kutsut(?:ut|tu)|puuttuvat|invited|inbjudna|missing|sairaat|sjuka")
_SAID: Final = (("unknown", "maybe"), ("none", "off"), ("registered", "away"))
_LONGEST: Final = 6
#: Who came, in whatever part of the list: the words of titles and roles are known elsewhere.
_CAME: Final = re.compile(
    r"(?:\w*osallistu\w*|\w*tulleet|tulijat|saapuneet|käyneet|kävivät|tulivat|läsnä\w*|paikalla|paikan|päällä|mukana|"
    r"myöhästy\w+|myöhässä|"
    r"etä(?:nä|osallistuj\w*|yhtey\w+|läsnä\w*)|lähi\w*|teams\w*|zoom\w*|verkossa|verkon|kautta|online|remote\w*|"
    r"distans|på|närvar\w*|deltag\w*|deltog|attend\w*|present|participants|muut|muita|lisäksi|uudet|uusia|vanhat|"
    r"naiset|miehet|tytöt|pojat|lapset|nuoret|aikuiset|ikäihmiset|seniorit|vieraat|asukkaat|koululaiset|opiskelijat|"
    r"oppilaat|perheet|jäsenet|ohjaajat|vetäjät|järjestäjät|henkilökunta|työntekijät|vapaaehtoiset|"
    r"\w*ryhmä\w*|pöy(?:tä|dät)|bussi\w*|joukkue\w*|tiimi\w*|luokka\w*|vuoro\w*|rata|grupp|bord|lag|buss|klass|"
    r"group|team|table|bus|volunteers|staff|children|adults|men|women|barn|vuxna|män|kvinnor|frivilliga|anställda|"
    r"kiito\w+|sivu|sida|page|jatkuu|fortsätter|continued|klo|kello|\w*ilmoittautu\w*|anmäl\w*|registered|uusi|"
    r"ja|sekä|och|and|[a-zåäö]|[\d.:/-]+[a-h]?)"
)

_PAGE: Final = re.compile(r"(?:sivu|sida|page)\b|\d+\s*/\s*\d+$|.*\b(?:jatkuu|fortsätter|continued)\b|kiito")


@lru_cache(maxsize=16_384)
def says(text: str) -> str | None:
    """Return registered, none or unknown where a line is a heading over people who did not come, or cancelled.

    A name behind such a word is a person's: surnames (Este, Sairas) are among them.

    Examples
    --------
    >>> [says(text) for text in ("Peruneet (2)", "-- POISSA --", "Eivät päässeet", "Muut kutsutut", "Förhinder")]
    ['none', 'registered', 'registered', 'registered', 'registered']
    >>> [says(text) for text in ("Este Lahti", "Poika Peruna", "ESTE LAHTI", "sairas sanna", "Perttu Puutio")]
    [None, None, None, None, None]
    """
    first = fold(text).partition(" ")[0]
    if first.isalpha() and not _BEGINS.match(first):
        return None
    plain = _bare(text)
    folded = fold(_BETWEEN.sub(" ", plain))
    start = _BEFORE.match(folded)
    found = _TOLD.match(folded, start.end() if start else 0)
    if not found or len(folded.split()) > _LONGEST:
        return None
    rest = _BETWEEN.sub(" ", plain).split()[len(folded[: found.end()].split()) :]
    if rest and _NOUN_FOLLOWS.fullmatch(found[0]) and not all(map(_follows, rest)):
        return None  # "Kutsutut puhujat", "Puuttuvat allekirjoitukset"
    # written with a capital first and small letters after it, it is a sentence; else a name may stand there
    sentence = plain[:1].isupper() and not plain.isupper()
    # "eivät halua kuvia", "kiinnostuneet jatkosta" say nothing of coming
    more = sentence and not (found["maybe"] or folded.startswith(("ei ", "eivät ")))
    if not all((more and word.islower()) or _follows(word) for word in rest):
        return None
    return next(said for said, group in _SAID if found[group])


def _follows(word: str) -> bool:
    return fold(word) in _AFTER or _TOLD.fullmatch(fold(word)) is not None


def _bare(text: str) -> str:
    """Return a heading without strokes, counts and what stands in brackets."""
    outside = _FRAME.sub("", _BRACKETS.sub(" ", text))
    return _FRAME.sub("", _COUNT.sub("", outside or _FRAME.sub("", text)))


@lru_cache(maxsize=16_384)
def is_of_comers(text: str) -> bool:
    """Return whether every word of a heading is known, and none of them says that somebody did not come.

    Examples
    --------
    >>> [is_of_comers(text) for text in ("Ohjaajat:", "1. ryhmä", "Klo 18 tulleet", "Muut:", "Kesken jättäneet:")]
    [True, True, True, True, False]
    """
    first = fold(text).partition(" ")[0]
    if first.isalpha() and not _is_known(first):  # most names end here
        return False
    words = fold(_BETWEEN.sub(" ", _bare(text) or text)).split()
    return (
        all(map(_is_known, words)) and any(len(word) > 1 and word[0].isalpha() for word in words) and says(text) is None
    )


def is_of_a_page(text: str) -> bool:
    """Return whether a line is about the paper: what a heading above it says goes on below it."""
    return _PAGE.match(fold(text)) is not None


def _is_known(word: str) -> bool:
    plain = word.strip("().,:")
    return plain in GENERIC or _CAME.fullmatch(plain) is not None
