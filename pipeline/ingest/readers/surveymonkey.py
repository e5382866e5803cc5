"""SurveyMonkey: two rows of header, the question above the first of its columns, the option or "Response" below it.

A column is headed "Question - Option". Where the second row only says that here is the answer, the question alone is
the second name. Columns of the tool come first: they have a name in the first row and none in the second.

A form of two rows made elsewhere has its single questions in the second one, beside the options.

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
from pipeline.ingest.header_search import Grid, filled, is_number

NAME: Final = "surveymonkey"
SIGNS: Final = ("Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address")

#: Its interface for programs writes a low line for each blank of these names.
_KEYS: Final = frozenset({"respondent id", "respondentid"})
#: The key of a file whose owners have numbered it anew.
_NUMBER: Final = "#"
_OWN: Final = frozenset(
    {"collector id", "start date", "end date", "date created", "date modified", "ip address", "email address"}
    | {"first name", "last name", "custom data", "custom data 1", "custom 1"}
)
_ENDS: Final = frozenset({"end date", "date modified", "päättymispäivä", "lopetuspäivä", "slutdatum"})
#: What the second row says above the answer itself.
_OPEN: Final = frozenset({"open-ended response", "avoin vastaus", "öppet svar"})
_ANSWER: Final = frozenset({"response", "vastaus", "svar", "antwort"}) | _OPEN
_ID: Final = re.compile(r"\d{8,14}")
_OTHER: Final = frozenset({"other", "muu", "muu, mikä?", "annat"})
#: Records that tell what a column holds.
_RECORDS: Final = 1000
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
    return 1 if _folded(first[0]) in _KEYS and len(set(map(_folded, first)) & _OWN) >= 3 else 0


def _folded(name: str) -> str:
    return fold(name.replace("_", " "))


def _is_double(first: list[str], second: list[str], records: list[list[str]]) -> bool:
    """Return whether the second row continues the first: below the key there is nothing, elsewhere what it lacks."""
    below = [text for text in second if text]
    spans = any(text and not above for above, text in zip(first[1:], second[1:], strict=True))
    answers = sum(fold(text) in _ANSWER for text in below)
    if not any(first):
        return False
    if not first[0]:
        return fold(second[0]) in {_NUMBER, *_KEYS} and spans and all(second[i] for i, text in enumerate(first) if text)
    if second[0]:
        return _has_questions_only(first, second)
    if not below or not (spans or answers):
        return False
    leading = [_folded(name) for name, text in zip(first, takewhile(lambda text: not text, second), strict=False)]
    if leading[0] in _KEYS or (_OWN | _ENDS | {""}).issuperset(leading):
        return leading[0] in _KEYS or len(leading) > 1 or answers > 1
    ids = [row[0] for row in records if any(row)]
    return (spans or answers > 1) and bool(ids) and len(set(ids)) == len(ids) and all(map(_ID.fullmatch, ids))


def _has_questions_only(first: list[str], second: list[str]) -> bool:
    """Return whether the tool's columns were deleted: below every question there is an option or "Response".

    One short word could be a name beside the table.
    """
    said = [fold(text) for question, text in zip(first, second, strict=True) if question]
    answers = [text for text in said if text in _ANSWER]
    return all(said) and (len(answers) > 1 or not _OPEN.isdisjoint(answers)) and not any(map(is_number, second))


def read(content: Content) -> list[Cells]:
    """Return one table per sheet; sheets that are not responses are read as plain tables."""
    return read_sheets(content, lambda grid, sheet: _responses(grid, content, sheet))


def _responses(grid: Grid, content: Content, sheet: str | None) -> Cells | None:
    rows = top(grid, _LOOKED_AT)
    height = _height(rows)
    if not height:
        return None
    names, questions = (rows[0], []) if height == 1 else _names(rows[0], _above(rows, grid), rows[1])
    own = _own(rows, height)
    dropped = ("row 2: second row of the header, joined to the first",) if height == 2 else ()
    header = Header(height, names, questions, own, dropped)
    return _keyed(table(grid, header, content, sheet, {"key": "response_key", "end": "submitted_at"}))


def _above(rows: list[list[str]], grid: Grid) -> list[str]:
    first, second = rows[:2]
    return _carried(first, second) if first[0] else _carried_to_parts(first, second, grid[2:_RECORDS])


def _carried(first: list[str], second: list[str]) -> list[str]:
    """Return the question above each column; it is above all columns up to the next question."""
    found, above = [], ""
    for question, option in zip(first, second, strict=True):
        above = question or (above if option else "")
        found.append(above)
        above = "" if _folded(question) in _KEYS | _OWN else above  # a column of the tool has no options
    return found


def _carried_to_parts(first: list[str], names: list[str], records: Grid) -> list[str]:
    """Return the question above each column, where one that is a question by itself stands in the second row too.

    Parts of a question hold their own option or nothing, are called "Other", or share answers, as statements do.
    """
    said = [{text for row in records if i < len(row) and (text := filled(row[i]))} for i in range(len(names))]
    found: list[str] = []
    above, within = "", False
    for i, (question, name) in enumerate(zip(first, names, strict=True)):
        above = question or above
        shared = i > 0 and not said[i].isdisjoint(said[i - 1] - {names[i - 1]})
        within = bool(question) or (within and (said[i] <= {name} or shared or fold(name) in _OTHER))
        found.append(above if within or fold(name) in _OTHER else "")
    return found


def _names(first: list[str], above: list[str], second: list[str]) -> tuple[list[str], list[str]]:
    """Return header and second name of each column."""
    names = [" - ".join(filter(None, pair)) for pair in zip(above, second, strict=True)]
    asked = [question and fold(option) in _ANSWER for question, option in zip(first, second, strict=True)]
    return names, [question if alone else "" for question, alone in zip(above, asked, strict=True)]


def _own(rows: list[list[str]], height: int) -> dict[int, str]:
    """Return the tool's columns: those before the first question, or of one row of header those with its names."""
    first = rows[0]
    if height == 2 and first[0]:
        leading = [i for i, _ in takewhile(lambda pair: not pair[1], enumerate(rows[1]))]
    else:
        leading = [i for i, name in enumerate(first) if _folded(name) in _OWN]
    named = {i: "end" if _folded(first[i]) in _ENDS else "other" for i in leading}
    keyed = not first[0] or (0 in leading and _folded(first[0]) not in _OWN | _ENDS) or height == 1
    return {**named, 0: "key"} if keyed else named


def _keyed(found: Table) -> Cells:
    """Return the table; numbers of its owners' own are no key over files."""
    cells = found.cells
    key = found.at.get("key")
    if key is None or all(map(_ID.fullmatch, cells.rows[key].dropna().unique())):
        return cells
    fields = {i: name for i, name in cells.fields.items() if i != key}
    return replace(cells, fields=fields, technical=cells.technical | {key})
