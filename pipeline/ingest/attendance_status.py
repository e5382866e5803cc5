"""What a list proves of each of its people: that they came, that they promised to, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.ingest import came, list_headings
from pipeline.ingest.attendance_words import ABSENT, STATUSES, lookup
from pipeline.ingest.cells import TEXT, Cells, mapped
from pipeline.ingest.dates import parse_times
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold

#: A list that calls itself so, above its header, in the name of its sheet or file, is one of promises ...
_PROMISES: Final = re.compile(
    r"ilmoittaut|\bilmo(?:t|lista\w*)?\b|\b(kutsutut|kutsulista|anmäl|registrations?\b|registered|sign-?ups?\b|rsvp)",
    re.IGNORECASE,
)
#: ... unless it says as well that its people came: of "ilmoittautuneet osallistujat" only the first word says anything.
_CAME: Final = re.compile(
    r"\b(läsnä|paikalla|osallistuneet|osallistui|närvar|deltog|attended|present|sign-?in)", re.IGNORECASE
)
_PROMISED_COMERS: Final = re.compile(
    r"(ilmoittautu\w*|anmälda|registered)\s+(osallistuj\w*|deltagare|participants|attendees)", re.IGNORECASE
)
_COMERS: Final = re.compile(r"\b(osallistuj|deltagar|attend|participant)", re.IGNORECASE)
#: In a column of absences these say that somebody came.
_NEITHER: Final = frozenset(
    {"0", "0.0", "0,0", "ei", "no", "nej", "ej", "n", "false", "-", "--", "–", "—", "n/a", "na"}
)
_HERE: Final = frozenset({"läsnä", "paikalla", "tuli", "saapui", "närvarande", "present", "myöhässä", "ei poissa"})
_SIGNATURE: Final = ("allekirj", "nimikirj", "signat", "underskr", "kuittaus")
#: Marks that say yes in a column of absences.
_AWAY: Final = frozenset({"x", "kyllä", "k", "yes", "y", "ja", "1", "true", "✓", "✔", "☒", "☑", "on", "p", "v"})
_ASIDE: Final = "a remark says that this person did not come, or cancelled; not counted as attended"
_UNSURE: Final = "a remark may say that this person did not come: taken as not known"
_HINT: Final = "a remark may say that this person did not come; counted as attended"
_EARLY: Final = "forms sent before the day of the event are promises: counted as registered, not as having come"
_EARLY_FIX: Final = "if they came, add a column 'läsnä' with a mark for each"
_CODE: Final = 2
_LOOK: Final = "look whether that is so"
_NOTE_FIX: Final = "if they came, write 'läsnä olleet' in the title"
_OFF: Final = "the list calls itself one of people who did not come, or cancelled: none is counted as attended"
_NOTE: Final = "the list calls itself one of registrations: its people are counted as registered, not as having come"


def status_of(
    cells: Cells, texts: Mapping[str, pd.Series], names: pd.Series, days: pd.Series, under: pd.Series
) -> tuple[pd.Series, dict[str, pd.Index], list[Finding]]:
    """Return the status of each row, the cells whose word for it is not known, and what a person should confirm.

    A time of coming or a signature is presence; an empty signature column proves nothing; a status word is what it
    says. A promise to come (a ticket, an answer to an invitation, a list of registrations) is not attendance. A list
    that says none of this is one of people who came.

    Parameters
    ----------
    cells : Cells
        The list as received.
    texts : mapping
        What a column holds -> its texts.
    names : Series of str
        Names as written: a mark may be somebody's own.
    days : Series of datetime
        The event's day in the register, row by row: a form sent before it is a promise.
    under : Series of str
        What the heading over a row says, where it says that somebody did not come.

    Returns
    -------
    status : Series of str
        attended, registered, unknown, or none (who declined, cancelled or was only invited).
    unread : dict
        What the column holds -> rows.
    findings : list of Finding
    """
    word, unknown = _words(cells, texts)
    status, unread, findings = _by_columns(cells, texts, names, days, word)
    status = _by_times(texts, status)
    # a mark or a time goes before any remark, aside or heading
    marked = status.eq("attended") & (len({"presence", "joined"} & set(texts)) > 0)
    told = _asides(texts, status.index)
    status = status.mask(~marked, under.fillna(told).fillna(status))
    findings += [Finding("note", cells.place(int(row)), _ASIDE, fix=_LOOK) for row in told[~marked].dropna().index]
    status, more = _by_hints(cells, texts, status, ~marked)
    declined = word.eq("none")
    if "registration" in texts:
        declined |= came.promised(texts["registration"]).eq("none")
    return status.mask(declined & status.ne("attended"), "none"), {"status": unknown, **unread}, [*findings, *more]


def _by_hints(
    cells: Cells, texts: Mapping[str, pd.Series], status: pd.Series, unmarked: pd.Series
) -> tuple[pd.Series, list[Finding]]:
    """Return the statuses after remarks that may say that somebody did not come, and what a person should look at."""
    if "remark" not in texts:
        return status, []
    counted = unmarked & status.eq("attended")
    unsure, hinted = (found & counted for found in came.unsure(texts["remark"]))
    notes = [(row, _UNSURE) for row in status.index[unsure]] + [(row, _HINT) for row in status.index[hinted]]
    more = [Finding("note", cells.place(int(row)), what, fix=_LOOK) for row, what in notes]
    return status.mask(unsure, "unknown"), more


def _words(cells: Cells, texts: Mapping[str, pd.Series]) -> tuple[pd.Series, pd.Index]:
    """Return what a column of statuses says, and the rows whose word is not known."""
    if "status" not in texts:
        return pd.Series(pd.NA, index=cells.rows.index, dtype=TEXT), cells.rows.index[:0]
    said, known = texts["status"], lookup(STATUSES)
    folded = mapped(said, fold)
    # what is a word among marks is one here; a letter or a number may be a code of the tool's own
    more = {text: came.meaning(text) if len(text) > _CODE else "unknown" for text in folded.dropna().unique()}
    known = {**{text: word for text, word in more.items() if word != "unknown" and not text[0].isdigit()}, **known}
    word = mapped(folded, lambda text: known.get(text, "unknown"))
    return word, said.index[said.notna() & ~folded.isin(known)]


def _by_columns(
    cells: Cells, texts: Mapping[str, pd.Series], names: pd.Series, days: pd.Series, word: pd.Series
) -> tuple[pd.Series, dict[str, pd.Index], list[Finding]]:
    """Return what the surest column says: marks, a status, a promise, the time of sending, or the list's own title."""
    status = pd.Series("attended", index=cells.rows.index, dtype=TEXT)
    if "presence" in texts:
        marks = came.said(texts["presence"], names, _is_signed(cells))
        # no mark in a column of marks says that somebody did not come; a column nobody filled in says nothing
        status = marks.fillna("unknown" if marks.isna().all() else "registered").mask(word == "none", "none")
        return status, {"presence": marks.index[marks.eq("unknown").fillna(False)]}, []
    if "absence" in texts:
        status = _not_absent(texts["absence"])
        return status, {"absence": status.index[status == "unknown"]}, []
    if {"status", "registration"} & set(texts):
        return word.fillna("unknown") if "status" in texts else came.promised(texts["registration"]), {}, []
    if "submitted" in texts and not {"joined", "left"} & set(texts):
        early = parse_times(texts["submitted"])["moment"].dt.normalize() < days
        told = [Finding("note", cells.place(), _EARLY, fix=_EARLY_FIX)] if early.any() else []
        return status.mask(early, "registered"), {}, told
    off, promised = _of_absentees(cells), _is_of_promises(cells)
    if off is None and not promised:
        return status, {}, []
    note = Finding("note", cells.place(), _NOTE if promised and off != "none" else _OFF, fix=_NOTE_FIX)
    return status.replace("attended", off or "registered"), {}, [note]


def _by_times(texts: Mapping[str, pd.Series], status: pd.Series) -> pd.Series:
    """Return the statuses after the times of coming and leaving: who has neither, where others have, did not come."""
    timed = [texts[key] for key in ("joined", "left") if key in texts and texts[key].notna().any()]
    if "joined" in texts:
        status = came.said(texts["joined"]).replace("unknown", "attended").fillna(status)
    if timed and not {"presence", "absence", "status", "registration"} & set(texts):
        status = status.mask(pd.concat(timed, axis=1).isna().all(axis=1), "registered")
    if "left" in texts:  # a time of leaving is presence; that it is not known takes nothing away
        status = status.mask(came.said(texts["left"]).isin(["attended", "unknown"]), "attended")
    return status


def _asides(texts: Mapping[str, pd.Series], rows: pd.Index) -> pd.Series:
    """Return what remarks, and words behind a name, say of not coming."""
    told = pd.Series(pd.NA, index=rows, dtype=TEXT)
    for key in sorted({"name", "last_name", "remark", "phone", "email", "contact"} & set(texts)):
        told = came.aside(texts[key], name=key.endswith("name")).fillna(told)
    return told


def _is_signed(cells: Cells) -> bool:
    return any(fold(text).startswith(_SIGNATURE) for text in cells.header)


def _not_absent(marks: pd.Series) -> pd.Series:
    """Return who came, from a column in which those are marked who did not."""
    folded = mapped(came.filled(marks), lambda text: fold(text) or text.strip())
    away = folded.isin((ABSENT - _NEITHER) | _AWAY) | came.aside(marks).notna()
    status = pd.Series("attended", index=marks.index, dtype=TEXT).mask(folded.notna(), "unknown")
    return status.mask(folded.isin(_NEITHER | _HERE), "attended").mask(away, "registered")


def _of_absentees(cells: Cells) -> str | None:
    """Return registered or none where the list's own title, sheet or file says that its people did not come."""
    stem = cells.file.rpartition("/")[2].rpartition(".")[0].replace("_", " ")
    # a title begins so; within a sentence above a list the word may be about fees
    titles = (*cells.preamble, cells.sheet or "")
    heads = [text for text in titles if came.begins_over(text) or list_headings.says(text) is not None]
    said = came.over(pd.Series([*heads, stem], dtype=TEXT))
    said = said.fillna(mapped(pd.Series([*heads, ""], dtype=TEXT), list_headings.says)).dropna()
    return None if said.empty or _CAME.search(" ".join([*heads, stem])) else str(said.iloc[0])


def _is_of_promises(cells: Cells) -> bool:
    texts = " ".join([*cells.preamble, cells.sheet or "", cells.file.rpartition("/")[2]]).replace("_", " ")
    if _PROMISED_COMERS.search(texts):
        return _CAME.search(texts) is None
    return _PROMISES.search(texts) is not None and _CAME.search(texts) is None and _COMERS.search(texts) is None
