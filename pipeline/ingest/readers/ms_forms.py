"""Microsoft Forms: the Excel file of responses, also saved as CSV.

It begins with ID, Start time, Completion time, Email, Name and perhaps Last modified time, in the language of who
exports. Ticks are joined by ";" with another one at the end; each statement of a Likert question is a column. A quiz
has totals, and "Points - X" and "Feedback - X" behind each question X. Where a question has the name of another
column, Forms puts a number behind it ("Name1"): that is its header.

Known from files: the English headers, and ``Starttid`` and ``Slutförandetid``. The Finnish ones are translations
without a file to prove them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile
from typing import Final

import pandas as pd

from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content
from pipeline.ingest.dates import parse_times
from pipeline.ingest.folding import fold
from pipeline.ingest.header_rows import Header, Table, numbered, read_sheets, table, top, tops
from pipeline.ingest.header_search import Grid

NAME: Final = "ms_forms"
SIGNS: Final = ("ID", "Start time", "Completion time", "Email", "Name")

#: What we call the tool's columns, and how it does, folded: in English, Finnish, Swedish, German.
_OWN: Final = {
    "id": "id|tunnus|tunniste",
    "start": "start time|aloitusaika|alkamisaika|starttid|startzeit",
    "completion": "completion time|valmistumisaika|päättymisaika|suoritusaika|lopetusaika|slutförandetid|sluttid"
    "|fertigstellungszeit",
    "email": "email|e-mail|sähköposti|sähköpostiosoite|e-post|e-postadress|e-mail-adresse",
    "name": "name|nimi|namn",
    "modified": "last modified time|viimeksi muokattu|viimeisin muokkausaika|viimeinen muokkausaika|senast ändrad"
    "|senast ändrad tid|tid för senaste ändring|zeitpunkt der letzten änderung",
    "total": "total points|pisteet yhteensä|kokonaispisteet|totalpoäng|totalt antal poäng",
    "remark": "quiz feedback|tietovisan palaute|testfeedback|feedback för frågesport",
    "graded": "grade posted time|arvosanan julkaisuaika|tid då betyget publicerades",
}
_BY_NAME: Final = {spelling: name for name, spellings in _OWN.items() for spelling in spellings.split("|")}
#: Headers of times no other tool writes so.
_PLAIN_TIMES: Final = ({"start time", "completion time"}, {"starttid", "slutförandetid"})
#: What a quiz puts before the name of a question.
_OF_QUIZ: Final = re.compile(r"(Points|Feedback|Pisteet|Palaute|Poäng|Punkte)\s+[-\u2013]\s+(.+)", re.DOTALL)


def recognises(content: Content) -> bool:
    """Return whether some header begins with the times of start and completion and the address, in this order."""
    return any(_is_header(rows) for rows in tops(content, 3).values())


def _is_header(rows: list[list[str]]) -> bool:
    names = rows[0]
    found = list(_own(names).values())
    if found[:4] == ["id", "start", "completion", "email"] or found[:3] == ["start", "completion", "email"]:
        return True
    if found[:3] != ["id", "start", "completion"] or set(map(fold, names[1:3])) not in _PLAIN_TIMES:
        return False
    # the address was deleted before the file was passed on: the times of the records must bear it out
    times = parse_times(pd.Series([text for row in rows[1:] for text in row[1:3]], dtype=TEXT))
    return len(times) > 0 and bool(times["timed"].all())


def _own(names: Iterable[str]) -> dict[int, str]:
    """Return column -> our name of it for the tool's columns: all up to the first question."""
    leading = takewhile(bool, (_BY_NAME.get(fold(name)) for name in names))
    return {index: name for index, name in enumerate(leading) if name}


def read(content: Content) -> list[Cells]:
    """Return one table per sheet; sheets that are not the form's responses are read as plain tables."""
    return read_sheets(content, lambda grid, sheet: _responses(grid, content, sheet))


def _responses(grid: Grid, content: Content, sheet: str | None) -> Cells | None:
    rows = top(grid, 3)
    if not _is_header(rows):
        return None
    names = rows[0]
    # The running number begins with 1 in every form: it is no key over files, the time to the second is
    found = table(
        grid, Header(1, names, own=_own(names) | _quiz(names)), content, sheet, {"completion": "submitted_at"}
    )
    return replace(found.cells, remarks=(*found.cells.remarks, *_backwards(found)))


def _quiz(names: list[str]) -> dict[int, str]:
    """Return the columns of points and remarks: each names a question left of it."""
    marks = [(i, mark) for i, name in enumerate(names) if (mark := _OF_QUIZ.fullmatch(name))]
    return {i: "quiz" for i, mark in marks if fold(mark[2]) in map(fold, names[max(0, i - 2) : i])}


def _backwards(found: Table) -> tuple[str, ...]:
    """Return a remark on responses that were completed before they were begun; they stay."""
    start, end = (parse_times(column.astype("str"))["moment"] for column in map(found.column, ("start", "completion")))  # type: ignore[union-attr]
    rows = numbered(end < start)
    return (f"completed before it was begun: {rows}",) if rows else ()
