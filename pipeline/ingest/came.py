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
_YES: Final = frozenset({"x", "kyllä", "k", "yes", "y", "ja", "j", "läsnä", "paikalla", "ok", "1", "true"})
#: An aside behind a name or in a column of remarks.
_ASIDE: Final = re.compile(
    r"\b(ei tullut|ei paikalla|ei saapunut|ei osallistu\w*|ei pääs\w*|ei läsnä|poissa|estynyt|sairas\w*|"
    r"kom inte|uteblev|poissaolijat|frånvarande|"
    r"did not (?:come|attend)|no.?show|absent|per(?:ui|uutti|unut|uneet|uuttaneet|uutus|uutettu|uttu)|"
    r"avbokad|cancell?ed)\b",
    re.IGNORECASE,
)


def filled(marks: pd.Series) -> pd.Series:
    """Return the marks, missing where a line or a box was left empty."""
    return marks.mask(marks.str.strip().str.fullmatch(_BLANK).fillna(False).astype(bool))


def said(texts: pd.Series) -> pd.Series:
    """Return attended, registered (did not come) or none (cancelled) for each filled cell of a column of presence.

    Any mark is a sign of presence unless it is a word or a sign of absence. A letter that could mean either is
    unknown where others of the column have an x.

    Examples
    --------
    >>> said(pd.Series(["x", "ei tullut", "perui", "______", "✗"], dtype="str")).tolist()
    ['attended', 'registered', 'none', nan, 'registered']
    """
    marks = filled(texts).map(lambda text: fold(text) or text.strip(), na_action="ignore").astype(TEXT)
    ticked = marks.isin(["x"]).any()
    known = {mark: _meaning(str(mark), bool(ticked)) for mark in marks.dropna().unique()}
    return marks.map(known, na_action="ignore").astype(TEXT)


def is_answer(texts: pd.Series) -> pd.Series:
    """Return where a column of times says yes or no instead."""
    away = said(texts).isin(["registered", "none"])
    return away | texts.map(fold, na_action="ignore").isin(_YES)


def _meaning(mark: str, ticked: bool) -> str:
    if mark in CANCELLED or (mark not in ABSENT and _cancels(mark)):
        return "none"
    if mark in ABSENT or mark in _CROSSED or _ASIDE.match(mark):
        return "registered"
    return "unknown" if ticked and mark in _LETTERS else "attended"


def _cancels(text: str) -> bool:
    found = _ASIDE.search(text)
    return found is not None and found[1].casefold().startswith(("per", "avbok", "cancel"))


def aside(texts: pd.Series) -> pd.Series:
    """Return registered or none where a text says in passing that somebody did not come, or cancelled.

    Examples
    --------
    >>> aside(pd.Series(["Maija Aho (ei tullut)", "Dan Dahl PERUI", "Maija Perunen"], dtype="str")).tolist()
    ['registered', 'none', nan]
    """
    known = {text: _passing(str(text)) for text in texts.dropna().unique()}
    return texts.map(known, na_action="ignore").astype(TEXT)


def _passing(text: str) -> str | None:
    if not _ASIDE.search(text):
        return None
    return "none" if _cancels(text) else "registered"


def promised(texts: pd.Series) -> pd.Series:
    """Return registered where something is said (a day, a yes), none where it is a no, unknown where nothing is."""
    folded = texts.map(fold, na_action="ignore").astype(TEXT)
    known = lookup(STATUSES)
    refused = folded.isin(list(ABSENT)) | folded.map(known.get, na_action="ignore").eq("none").fillna(False)
    refused |= aside(texts).notna()
    return folded.mask(folded.notna(), "registered").mask(refused, "none").fillna("unknown")
