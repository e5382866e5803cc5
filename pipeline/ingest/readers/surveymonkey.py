"""SurveyMonkey: two rows of header, the question above the first of its columns, the option or "Response" below it.

A column is headed "Question - Option". Where the second row only says that here is the answer, the question alone is
the second name. Columns of the tool come first: they have a name in the first row and none in the second.

Known from files: RespondentID or "#" as the key, "Response", spanning headers. Of the tool's interface in other
languages there was no file: it is known by the shape of its two rows, and the key by its place.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.header_rows import Header, Table, read_sheets, table, top, tops
from pipeline.ingest.header_search import Grid

NAME: Final = "surveymonkey"
SIGNS: Final = ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address")

_KEYS: Final = frozenset({"respondent id", "respondentid"})
#: The key of a file whose owners have numbered it anew.
_NUMBER: Final = "#"
_OWN: Final = frozenset(
    {"collector id", "start date", "end date", "date created", "date modified", "ip address", "email address"}
    | {"first name", "last name", "custom data", "custom data 1"}
)
_ENDS: Final = frozenset({"end date", "date modified", "päättymispäivä", "lopetuspäivä", "slutdatum"})
#: What the second row says above the answer itself.
_ANSWER: Final = frozenset(
    {"response", "open-ended response", "vastaus", "avoin vastaus", "svar", "öppet svar", "antwort"}
)
_ID: Final = re.compile(r"\d{8,14}")
#: Rows looked at: two of header and some records.
_LOOKED_AT: Final = 12


def recognises(content: Content) -> bool:
    """Return whether some sheet has the tool's two rows of header, or its own columns above one row."""
    return any(_height(rows) > 0 for rows in tops(content, _LOOKED_AT).values())


def _height(rows: list[list[str]]) -> int:
    """Return how many rows the header has, 0 where it is not the tool's."""
    first, second = rows[0], rows[1] if len(rows) > 1 else [""] * len(rows[0])
    if not first:
        return 0
    if _is_double(first, second, rows[2:]):
        return 2
    return 1 if fold(first[0]) in _KEYS and len(set(map(fold, first)) & _OWN) >= 3 else 0


def _is_double(first: list[str], second: list[str], records: list[list[str]]) -> bool:
    """Return whether the second row continues the first: below the key there is nothing, elsewhere what it lacks."""
    below = [text for text in second if text]
    spans = any(text and not above for above, text in zip(first[1:], second[1:], strict=True))
    answers = sum(fold(text) in _ANSWER for text in below)
    if not first[0]:
        return fold(second[0]) in {_NUMBER, *_KEYS} and spans and all(second[i] for i, text in enumerate(first) if text)
    if second[0] or not below or not (spans or answers):
        return False
    ids = [row[0] for row in records if any(row)]
    return fold(first[0]) in _KEYS or (
        (spans or answers > 1) and bool(ids) and len(set(ids)) == len(ids) and all(map(_ID.fullmatch, ids))
    )


def read(content: Content) -> list[Cells]:
    """Return one table per sheet; sheets that are not responses are read as plain tables."""
    return read_sheets(content, lambda grid, sheet: _responses(grid, content, sheet))


def _responses(grid: Grid, content: Content, sheet: str | None) -> Cells | None:
    rows = top(grid, _LOOKED_AT)
    height = _height(rows)
    if not height:
        return None
    names, questions = _names(rows[0], rows[1]) if height == 2 else (rows[0], [])
    own = _own(rows, height)
    dropped = ("row 2: second row of the header, joined to the first",) if height == 2 else ()
    header = Header(height, names, questions, own, dropped)
    return _keyed(table(grid, header, content, sheet, {"key": "response_key", "end": "submitted_at"}))


def _names(first: list[str], second: list[str]) -> tuple[list[str], list[str]]:
    """Return header and second name of each column; a question is above all columns up to the next question."""
    names, questions, above = [], [], ""
    for question, option in zip(first, second, strict=True):
        above = question or (above if option else "")
        names.append(" - ".join(text for text in (above, option) if text))
        above = "" if fold(question) in _KEYS | _OWN else above  # a column of the tool has no options
        questions.append(above if question and fold(option) in _ANSWER else "")
    return names, questions


def _own(rows: list[list[str]], height: int) -> dict[int, str]:
    """Return the tool's columns: those before the first question, or of one row of header those with its names."""
    first = rows[0]
    if height == 2 and first[0]:
        leading = [i for i, _ in takewhile(lambda pair: not pair[1], enumerate(rows[1]))]
    else:
        leading = [i for i, name in enumerate(first) if fold(name) in _OWN]
    named = {i: "end" if fold(first[i]) in _ENDS else "other" for i in leading}
    return {0: "key"} | {i: name for i, name in named.items() if i > 0}


def _keyed(found: Table) -> Cells:
    """Return the table; numbers of its owners' own are no key over files."""
    cells = found.cells
    key = found.at.get("key")
    if key is None or all(map(_ID.fullmatch, cells.rows[key].dropna().unique())):
        return cells
    fields = {i: name for i, name in cells.fields.items() if i != key}
    return replace(cells, fields=fields, technical=cells.technical | {key})
