"""What a mark or a word says of somebody's coming: it came, it did not, it was cancelled, or nothing."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from pipeline.ingest.attendance_words import ABSENT, CANCELLED, STATUSES, lookup
from pipeline.ingest.cells import TEXT
from pipeline.ingest.folding import fold

#: A line or a box to be filled in, and nothing in it.
_BLANK: Final = re.compile(r"[\s_.…·]{2,}|[☐□◻⬜▢]")
#: Crosses that say no where others tick; a bare letter that could mean either.
_CROSSED: Final = frozenset("✗✘✕✖❌")
_LETTERS: Final = frozenset("oep")
_INITIALS: Final = re.compile(r"\s*[A-ZÅÄÖ]\.?\s?[A-ZÅÄÖ]?\.?\s*")
_YES: Final = frozenset({"x", "kyllä", "k", "yes", "y", "ja", "j", "läsnä", "paikalla", "ok", "1", "true"})
#: What a remark says whole, perhaps with a reason behind a comma: "ei osallistu ruokailuun" says something else.
_AWAY: Final = (
    r"ei tullut|ei paikalla|ei saapunut|ei osallistunut|ei päässyt(?: paikalle| tulemaan)?|ei läsnä|poissa|estynyt|"
    r"sairas|sairaana|sairastui|sairastunut|sairaslomalla|kom inte|uteblev|frånvarande|did not (?:come|attend)|"
    r"no.?show|absent"
)
_OFF: Final = r"perui|peruutti|perunut|peruttu|peruutettu|perui tulonsa|perui osallistumisensa|avbokad|cancell?ed"
_ASIDE: Final = re.compile(rf"(?:(?P<away>{_AWAY})|(?P<off>{_OFF}))\s*(?:[,;(–-].*)?", re.IGNORECASE)
#: The same behind a name: in brackets, or as the last words.
_BEHIND: Final = re.compile(
    rf"\w+\W+\w+.*?(?:[(\[]\s*({_AWAY}|{_OFF})\s*[)\]]|[\s,–-]+({_AWAY}|{_OFF}))\s*", re.IGNORECASE
)
#: A heading over people who did not come.
_OVER: Final = re.compile(
    r"\b(ei paikalla|ei tulleet|poissa\w*|frånvarande|absent|no.?shows?)\b|"
    r"\b(perun\w*|peruutta\w*|avbokade|cancell?ed)\b",
    re.IGNORECASE,
)


def filled(marks: pd.Series) -> pd.Series:
    """Return the marks, missing where a line or a box was left empty."""
    return marks.mask(marks.str.strip().str.fullmatch(_BLANK).fillna(False).astype(bool))


def said(texts: pd.Series, signatures: bool = False) -> pd.Series:
    """Return attended, registered (did not come) or none (cancelled) for each filled cell of a column of presence.

    Any mark is a sign of presence unless it is a word or a sign of absence. A letter that could mean either is
    unknown where others of the column have an x. Among `signatures` one or two capitals are somebody's initials.

    Examples
    --------
    >>> said(pd.Series(["x", "ei tullut", "perui", "______", "✗"], dtype="str")).tolist()
    ['attended', 'registered', 'none', nan, 'registered']
    """
    marks = filled(texts)
    ticked = bool(marks.map(fold, na_action="ignore").isin(["x"]).any())
    known = {
        mark: "attended" if signatures and _INITIALS.fullmatch(mark) else _meaning(fold(mark) or mark.strip(), ticked)
        for mark in map(str, marks.dropna().unique())
    }
    return marks.map(known, na_action="ignore").astype(TEXT)


def is_answer(texts: pd.Series) -> pd.Series:
    """Return where a column of times says yes or no instead."""
    away = said(texts).isin(["registered", "none"])
    return away | texts.map(fold, na_action="ignore").isin(_YES)


def _meaning(mark: str, ticked: bool) -> str:
    aside_ = _ASIDE.fullmatch(mark)
    if mark in CANCELLED or (aside_ and aside_["off"]):
        return "none"
    if mark in ABSENT or mark in _CROSSED or aside_:
        return "registered"
    return "unknown" if ticked and mark in _LETTERS else "attended"


def aside(texts: pd.Series, name: bool = False) -> pd.Series:
    """Return registered or none where a remark, or what stands behind a `name`, says that somebody did not come.

    Examples
    --------
    >>> aside(pd.Series(["ei tullut", "perui, sairas", "ei osallistu ruokailuun"], dtype="str")).tolist()
    ['registered', 'none', nan]
    >>> aside(pd.Series(["Maija Aho (ei tullut)", "Dan Dahl PERUI", "Maija Sairasto"], dtype="str"), name=True).tolist()
    ['registered', 'none', nan]
    """
    known = {text: _passing(str(text), name) for text in texts.dropna().unique()}
    return texts.map(known, na_action="ignore").astype(TEXT)


def _passing(text: str, name: bool) -> str | None:
    found = (_BEHIND if name else _ASIDE).fullmatch(text.strip())
    if not found:
        return None
    words = next(filter(None, found.groups())) if name else found[0]
    return "none" if re.match(_OFF, words, re.IGNORECASE) else "registered"


def over(headings: pd.Series) -> pd.Series:
    """Return registered or none for headings over people who did not come, or cancelled."""
    found = {text: _OVER.search(str(text)) for text in headings.dropna().unique()}
    known = {text: match and ("none" if match[2] else "registered") for text, match in found.items()}
    return headings.map(known, na_action="ignore").astype(TEXT)


def promised(texts: pd.Series) -> pd.Series:
    """Return registered where something is said (a day, a yes), none where it is a no, unknown where nothing is."""
    folded = texts.map(fold, na_action="ignore").astype(TEXT)
    known = lookup(STATUSES)
    refused = folded.isin(list(ABSENT)) | folded.map(known.get, na_action="ignore").eq("none").fillna(False)
    refused |= aside(texts).notna()
    return folded.mask(folded.notna(), "registered").mask(refused, "none").fillna("unknown")
