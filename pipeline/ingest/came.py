"""What a mark or a word says of somebody's coming: it came, it did not, it was cancelled, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import pandas as pd

from pipeline.ingest.attendance_words import ABSENT, CANCELLED, PRESENT, STATUSES, lookup
from pipeline.ingest.cells import TEXT, holding, mapped
from pipeline.ingest.folding import fold, without_marks

#: A line or a box to be filled in, and nothing in it.
_BLANK: Final = re.compile(r"[\s_.…·]{2,}|[☐□◻⬜▢○◯⚪⭘]")
#: Crosses that say no where others tick.
_CROSSED: Final = frozenset("✗✘✕✖❌")
_INITIALS: Final = re.compile(r"[A-ZÅÄÖ]\.?\s?[A-ZÅÄÖ]?\.?")
#: A tick and perhaps a remark behind it; a time, a number of hours; anything without letters.
_MARK: Final = re.compile(
    r"\(?\s*(?:[x✓✔☑☒√]|ok|kyllä|yes|ja)\s*\)?(?:\s*[,;(–-].*)?|(?:klo|kl)?\.?\s*[0-9].*|[\W_]+", re.IGNORECASE
)
_NONE: Final = re.compile(r"0+(?:[.,:]0+)?\s*(?:h|t|min|tuntia|x)?")
#: Longest mark that may be initials, or a tick of one's own.
_SHORT: Final = 3
#: Letters that stand for a word where another stands for its opposite: k/e, l/p.
_OPPOSITES: Final = {"e": "k", "p": "l"}
#: Letters that begin words of absence: alone in a column they may be the absent of a day.
_EITHER: Final = frozenset("eps")
_BESIDE: Final = {"e": "registered", "p": "registered", "l": "attended"}
#: What a remark says whole, perhaps with a reason: "ei osallistu ruokailuun" says something else.
_THERE: Final = r"(?:\s+(?:paikalle|tulemaan|mukaan))?"
_WHY: Final = r"(?:\s+\w+\s+(?:vuoksi|takia|johdosta))?"
_NOT: Final = (
    r"ei (?:ollut )?(?:tullut|tullutkaan|tullu|paikalla|saapunut|osallistunut|osallistu|päässyt|päässytkään|pääse|"
    r"läsnä|mukana|tule|tuu|tullukaan|ehtinyt|ehdi|tavoitettu)|ei voinut tulla|jäi pois|jäi tulematta|"
    r"jätti (?:väliin|tulematta)|"
    r"(?:ilmoitti|ilm\.?) (?:poissaolosta|olevansa poissa|esteestä)|ei ollut"
)
_AWAY: Final = (
    rf"(?:(?:{_NOT}){_THERE}|(?:ilmoitti,? )?ett(?:ei|ä ei) (?:pääse|tule|osallistu|ehdi)|"
    r"(?:ilm\. )?pois(?:sa(?:ol(?:eva|i|lut))?)?|"
    r"estynyt|estyi|este|sairas|sairaana|sairastui|sairastunut|sairaslomalla|kipeä|kipeänä|flunssassa|kuumeessa|sjuk|"
    rf"kom (?:inte|ej)|uteblev|frånvarande|did(?:n't|n’t| not) (?:come|attend|show up|turn up|make it)|"
    rf"no.?show|absent|sick|ill){_WHY}"
)
#: A cancellation may have its own day: "perui 2.3."
_OFF: Final = (
    r"(?:peruu|perui|peruutti|perunut|peruuttanut|peruttu|peruutettu|peruutus|perun|joutui peru(?:utta)?maan|"
    r"avboka(?:d|t|de)|cancell?ed)"
    rf"(?:\s+(?:tulonsa|osallistumisensa|osallistumisen|ilmoittautumisensa))?{_WHY}"
    r"(?:\s+(?:[0-9]{1,2}\.[0-9]{1,2}\.?(?:[0-9]{2,4})?|(?:samana |tapahtuma)päivänä|viime (?:tingassa|hetkellä)))?"
)
_ASIDE: Final = re.compile(
    rf"(?:(?:oli|olivat|on|olen) )?(?:(?P<away>{_AWAY})|(?P<off>{_OFF}))\s*(?:[,;(–-].*)?", re.IGNORECASE
)
#: As a remark these may be why somebody did not come, or something else about him ("töissä": he has a job).
_UNSURE: Final = re.compile(
    r"(?:oli |on |olen )?(?:töissä|matkoilla|matkalla|reissussa|lomalla|unohti(?: tulla)?|unohtanut(?: tulla)?)|"
    r"(?:tulee |saapuu |pääsee )?ehkä(?: (?:tulee|pääsee|mukana|paikalla))?|epävarma|maybe|perhaps|"
    r"kanske(?: kommer)?",
    re.IGNORECASE,
)
#: Somebody near is ill; something was not done.
_HINT: Final = re.compile(
    r"(?:lapsi|lapset|vauva|mies|vaimo|puoliso|äiti|isä|barn\w*|child|kid) (?:on |oli |is )?"
    r"(?:sair\w+|kipe\w+|sjuk\w*|sick|ill)|(?:ei|eivät) \w+(?:n[uy]t|t[uy])",
    re.IGNORECASE,
)
_NOT_COME: Final = re.compile(rf"[,;–-]\s*(?:{_NOT})\s*$", re.IGNORECASE)
#: A remark, or what stands in brackets behind a name: somebody who had no place. Among marks nobody knows what it says.
_WAITS: Final = re.compile(
    r"(?P<name>.*[(\[]\s*)?(?:(?:oli|on) )?(?:varalla|varasijalla|jonossa|jonotuslistalla|odotuslistalla)\s*[)\]]?",
    re.IGNORECASE,
)
#: Before a name, where it is no last name: "Poissa Jari Lampi".
_BEFORE: Final = re.compile(
    r"[(\[]?(?:(?P<away>poissa|estynyt|ei (?:tullut|paikalla|päässyt|saapunut)|frånvarande|absent)|"
    r"(?P<off>perui|perunut|peruutti|peruuttanut|peruttu|peruutettu|avbokad|cancelled))[)\]]?[\s,:–-]+"
    r"[^\W\d_]\w+(?:,? [^\W\d_]\w+)*",
    re.IGNORECASE,
)
#: Of these words two are last names as well, where a capital begins them.
_SURNAMES: Final = frozenset({"Este", "Sairas"})
#: The same behind a name: in brackets, or as the last words.
_BEHIND: Final = re.compile(
    rf"\w+\W+\w+.*?(?:[(\[]\s*({_AWAY}|{_OFF})\s*[)\]]|[\s,–-]+({_AWAY}|{_OFF}))\s*", re.IGNORECASE
)
#: "Ei ilmoittautunut, tuli paikalle"
_CAME: Final = re.compile(r"\btuli(?:vat)?\b", re.IGNORECASE)
#: A heading over people who did not come.
_OVER: Final = re.compile(
    r"\b(ei (?:paikalla|läsnä|mukana|tulleet|tullut|tule|päässeet|päässyt|pääse|saapuneet|saapunut|osallistuneet|"
    r"osallistunut|osallistu|ilmoittautun\w*|vastanneet|vastannut|voineet|ehtineet)|inte (?:på plats|närvarande)|"
    r"(?:eivät|ei) (?:tulleet|saapuneet|osallistuneet|päässeet)|did not (?:attend|come|show up)|"
    r"poissa(?:olijat|olot|olijoita|olevat| olevat| olleet)?|estyn\w*|sairaana|"
    r"jono(?:ssa|tus|tuslista(?:lla)?)?|varalla|varasij(?:a|at|alla|oilla|alista)|"
    r"odotuslista(?:lla)?|(?:kutsutut|kutsuttu)(?!\s+[a-zåäö]{4})|reserv(?:i|illa|issa|ilista|lista)?|väntelista|"
    r"waiting list|frånvarande|absent|no.?shows?)\b|"
    r"\b(perun(?:eet|eita|ut)|peruut(?:t\w*|ettu\w*|us|ukset)|avbokade|cancell?ed)\b",
    re.IGNORECASE,
)


def filled(marks: pd.Series) -> pd.Series:
    """Return the marks, missing where a line or a box was left empty."""
    return marks.mask(marks.str.strip().str.fullmatch(_BLANK).fillna(False).astype(bool))


def said(texts: pd.Series, names: pd.Series | None = None, signatures: bool = False) -> pd.Series:
    """Return attended, registered (did not come), none (cancelled) or unknown for each filled cell about presence.

    A tick, a time, the person's own name, or one and the same mark in the whole column say that somebody came. A word
    that is none of those, nor one of absence, is unknown: among ticks it was written for a reason. Among `signatures`
    capitals are initials; those that spell a no and are not the person's are unknown.

    Parameters
    ----------
    texts : Series of str
        The column.
    names : Series of str, optional
        Names as written, of the same rows.
    signatures : bool
        Whether the column is one of signatures.

    Examples
    --------
    >>> said(pd.Series(["x", "ei tullut", "perui", "______", "✗", "kesken"], dtype="str")).tolist()
    ['attended', 'registered', 'none', nan, 'registered', 'unknown']
    """
    marks = filled(texts).str.strip().dropna()
    alone = {mark: meaning(mark) for mark in map(str, marks.unique())}
    meanings = alone if signatures else alone | _among_others(alone)
    whose = [""] * len(marks) if names is None else names[marks.index].fillna("")
    told = [_told(mark, meanings[mark], name, signatures) for mark, name in zip(marks, whose, strict=True)]
    return pd.Series(told, index=marks.index, dtype=TEXT).reindex(texts.index)


def _among_others(alone: Mapping[str, str]) -> dict[str, str]:
    """Return what short marks mean beside the column's others: e beside k is a no, the only mark there is a tick."""
    letters = {fold(mark) for mark in alone}
    unknown = {mark: fold(mark) for mark, meaning in alone.items() if meaning == "unknown" and "?" not in mark}
    if "x" not in letters and any(_OPPOSITES.get(letter) in letters for letter in unknown.values()):
        return {mark: _BESIDE[letter] for mark, letter in unknown.items() if letter in _BESIDE}
    only = "attended" not in alone.values() and len(set(unknown.values())) == 1 and not {*unknown.values()} & _EITHER
    return {mark: "attended" for mark, letter in unknown.items() if only and len(letter) <= _SHORT}


def _told(mark: str, meaning: str, name: str, signatures: bool) -> str:
    """Return what a mark says beside a name: it may be that person's own."""
    initials = signatures and _INITIALS.fullmatch(mark) is not None
    if (meaning == "unknown" or initials) and _fits(mark, name, signatures):
        return "attended"
    if initials and meaning != "attended":
        return "attended" if meaning == "unknown" else "unknown"
    return "attended" if signatures and not name and meaning == "unknown" else meaning


def _fits(mark: str, name: str, signature: bool) -> bool:
    """Return whether a mark is made of a name: of its initials, or of words that begin as its words do."""
    words, parts = without_marks(mark).split(), without_marks(name).split()
    letters = "".join(words)
    if (2 - signature) <= len(letters) <= _SHORT and set(letters) <= {part[0] for part in parts}:
        return True
    return any(len(word) > 1 and part.startswith(word[:3]) for word in words for part in parts)


def is_answer(texts: pd.Series) -> pd.Series:
    """Return where a column of times says yes or no instead."""
    return holding(texts, lambda text: fold(text) in PRESENT or meaning(text) in {"registered", "none"})


def meaning(text: str) -> str:
    """Return what one mark says by itself."""
    mark = fold(text) or text.strip()
    aside_ = _ASIDE.fullmatch(mark)
    if mark in CANCELLED or (aside_ and aside_["off"]):
        return "none"
    if mark in ABSENT or mark in _CROSSED or aside_ or _NONE.fullmatch(mark):
        return "registered"
    if "?" not in text and (mark in PRESENT or _MARK.fullmatch(mark)):
        return "attended"
    return lookup(STATUSES).get(mark, "unknown")


def aside(texts: pd.Series, name: bool = False) -> pd.Series:
    """Return registered or none where a remark, or what stands behind a `name`, says that somebody did not come.

    Examples
    --------
    >>> aside(pd.Series(["ei tullut", "perui, sairas", "ei osallistu ruokailuun"], dtype="str")).tolist()
    ['registered', 'none', nan]
    >>> aside(pd.Series(["Maija Aho (ei tullut)", "Dan Dahl PERUI", "Maija Sairasto"], dtype="str"), name=True).tolist()
    ['registered', 'none', nan]
    """
    return mapped(texts, lambda text: _passing(text, name))


def unsure(texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the remarks that may say as much, and those that only hint at it.

    Examples
    --------
    >>> [found.tolist() for found in unsure(pd.Series(["tulee ehkä", "lapsi sairaana", "kasvis"], dtype="str"))]
    [[True, False, False], [False, True, False]]
    """
    hints = mapped(texts, _hint)
    return hints.eq("unsure").fillna(False), hints.eq("hint").fillna(False)


@lru_cache(maxsize=16_384)
def _hint(text: str) -> str | None:
    plain = text.strip(" .!?()")
    if _UNSURE.fullmatch(plain):
        return "unsure"
    return "hint" if _HINT.fullmatch(plain) and _passing(text, name=False) is None else None


@lru_cache(maxsize=16_384)
def _passing(text: str, name: bool) -> str | None:
    if name and (before := _BEFORE.match(text.strip())):
        return "none" if before["off"] else "registered"
    if (waits := _WAITS.fullmatch(text.strip())) and (name or not waits["name"]):
        return "registered"
    found = (_BEHIND if name else _ASIDE).fullmatch(text.strip())
    if not found:  # a reason, and behind it that he did not come
        return "registered" if not name and _NOT_COME.search(text.strip()) else None
    words = next(filter(None, found.groups())) if name else found[0]
    if name and words in _SURNAMES:
        return None
    return "none" if re.match(_OFF, words, re.IGNORECASE) else "registered"


def over(headings: pd.Series) -> pd.Series:
    """Return registered or none for headings over people who did not come, or cancelled."""
    return mapped(headings, _over)


def _over(text: str) -> str | None:
    found = None if _CAME.search(text) else _OVER.search(text)
    return found and ("none" if found[2] else "registered")


def begins_over(text: str) -> bool:
    """Return whether a title begins as a heading over people who did not come."""
    return _OVER.match(fold(text)) is not None


def promised(texts: pd.Series) -> pd.Series:
    """Return registered where something is said (a day, a yes), none where it is a no, unknown where nothing is."""
    folded = mapped(texts, fold)
    known = lookup(STATUSES)
    refused = folded.isin(list(ABSENT)) | folded.map(known.get, na_action="ignore").eq("none").fillna(False)
    refused |= aside(texts).notna()
    return folded.mask(folded.notna(), "registered").mask(refused, "none").fillna("unknown")
