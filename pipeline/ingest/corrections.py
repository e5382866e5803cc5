"""What a person decided about single cells and rows: raw/corrections.csv. The files as received stay as they are.

Columns file, sheet, row, column, action, expected, value, reason. A line that no longer fits the file it speaks of
stops the run: a decision that has gone stale must not be applied to something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.errors import Place, ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.folding import fold
from pipeline.ingest.personal_patterns import holds_identity_code, mask_name, mask_text
from pipeline.ingest.row_marks import At, Marks, is_mark

FILE: Final = "corrections.csv"
ACTIONS: Final = ("set", "drop", "accept", "not_duplicate")
#: English column -> the spellings it may have.
_COLUMNS: Final = {
    "file": ("file", "tiedosto"),
    "sheet": ("sheet", "taulukko", "välilehti"),
    "row": ("row", "rivi"),
    "column": ("column", "sarake"),
    "action": ("action", "toimi", "toimenpide"),
    "expected": ("expected", "odotettu"),
    "value": ("value", "arvo"),
    "reason": ("reason", "perustelu", "syy"),
}
_NEEDED: Final = ("file", "row", "column", "action", "expected", "value", "reason")
_FINNISH: Final = {"aseta": "set", "pudota": "drop", "hyväksy": "accept", "ei_kaksoiskappale": "not_duplicate"}
_STALE: Final = "look at the file again, then correct or delete the line; the quarantine sheet names the places"


@dataclass(frozen=True)
class Line:
    """One line of the corrections: where it stands (`number`), of which place it speaks, and what to do.

    What the row must still hold is told by its mark, or by what a cell says (`expected`).
    """

    number: int
    file: str
    sheet: str
    row: int
    column: str
    action: str
    expected: str
    value: str
    mark: str = ""

    @property
    def bare(self) -> bool:
        """Whether the line says nothing of the row but its number."""
        return not self.mark and not self.expected and self.action != "set"

    def fault(self, what: str, allowed: str | None = None) -> ReadError:
        """Return the refusal of this line; it never repeats a value."""
        return ReadError(what, place=Place(FILE, None, self.number), allowed=allowed, fix=_STALE)


def load(raw: Path) -> tuple[Line, ...]:
    """Return the lines of raw/corrections.csv; none where there is no such file.

    Raises
    ------
    ReadError
        Naming the line that cannot be understood.
    """
    path = raw / FILE
    if not path.exists():
        return ()
    _, tables = readers.read(path, FILE)
    return tuple(line for cells in tables for line in _lines(cells))


def _lines(cells: Cells) -> Iterable[Line]:
    at = _columns(cells)
    for number, row in zip(cells.rows.index, cells.rows.itertuples(index=False, name=None), strict=True):
        texts = {key: _text(row[i]) if i is not None else "" for key, i in at.items()}
        yield _line(int(number), texts)


def _columns(cells: Cells) -> dict[str, int | None]:
    folded = [fold(text) for text in cells.header]
    at = {key: next((i for i, t in enumerate(folded) if t in names), None) for key, names in _COLUMNS.items()}
    absent = [key for key in _NEEDED if at[key] is None]
    if absent:
        raise ReadError(
            f"there is no column {', '.join(absent)}",
            place=cells.place(),
            allowed=", ".join(_COLUMNS),
            fix="copy the first line of processed/quarantine.xlsx",
        )
    return at


def _text(cell: object) -> str:
    # a spreadsheet may keep the apostrophe that made a text harmless
    text = cell.strip() if isinstance(cell, str) else ""
    return text[1:] if text.startswith("'") and text[1:2] in {"=", "+", "-", "@"} else text


def _line(number: int, texts: Mapping[str, str]) -> Line:
    action = fold(texts["action"]).replace(" ", "_")
    given = texts["row"].removesuffix(".0")
    line = Line(
        number,
        mask_name(texts["file"].removeprefix("raw/")),  # as every table has it
        mask_name(texts["sheet"]),
        int(given) if given.isdecimal() else 0,
        texts["column"],
        _FINNISH.get(action, action),
        "" if is_mark(texts["expected"]) else texts["expected"],
        texts["value"],
        texts["expected"] if is_mark(texts["expected"]) else "",
    )
    if any(holds_identity_code(text) for text in texts.values()):
        raise line.fault("a personal identity code stands in this line", "no personal data")
    if line.action not in ACTIONS:
        raise line.fault("the action is not known", ", ".join(ACTIONS))
    if not line.row:
        raise line.fault("the row is no number", "the number of a row in the file, counted from 1")
    if line.action == "set" and not line.column:
        raise line.fault("'set' needs the column of the cell", "the column's header, or column 3")
    if line.expected and not line.column:
        raise line.fault("an expected value without a column", "the header of the column it stands in")
    return line


def check_files(lines: Sequence[Line], names: Iterable[str]) -> None:
    """Raise ReadError for the first line whose file is none of `names`."""
    known = set(names)
    for line in lines:
        if _file(line.file, known) is None:
            raise line.fault("there is no such file", "a file of raw/, as feedback/answers.csv")


def _file(name: str, names: Iterable[str]) -> str | None:
    """Return the name of the file a line means: whole, or its last part where only one file is called so."""
    names = set(names)
    if name in names:
        return name
    found = [other for other in names if other.rsplit("/", 1)[-1] == name]
    return found[0] if len(found) == 1 else None


def followed(lines: Sequence[Line], tables: Iterable[Cells], marks: Marks) -> list[Line]:
    """Return the lines with the rows where their marks stand now: a row keeps its decision when it moves.

    Raises
    ------
    ReadError
        Naming the line whose row is not in the file any more, or is there more often than lines speak of it, or whose
        mark needs a key.
    """
    names = {cells.file for cells in tables}
    bound = [(line, _file(line.file, names)) for line in lines]
    told: dict[tuple[str | None, str, str], set[int]] = {}
    for line, file in bound:
        told.setdefault((file, line.sheet, line.mark), set()).add(line.row)
    return [_followed(line, file, marks, told[file, line.sheet, line.mark]) if file else line for line, file in bound]


def _followed(line: Line, file: str, marks: Marks, told: set[int]) -> Line:
    """Return a line with its row where it stands now; `told` are the rows that lines with the same mark name."""
    if not line.mark:
        return line
    if not marks.usable:
        raise line.fault("the mark of the row cannot be checked without the key of [privacy]")
    found = marks.find(line.mark, file, line.sheet)
    rows = {row for _, _, row in found}
    if told <= rows:
        return line
    if len(found) == len(told):  # equal rows have moved together: which is which makes no difference
        at = sorted(found)[sorted(told).index(line.row)]
        return replace(line, sheet=at[1], row=at[2])
    if line.row in rows:
        return line
    if found:
        raise line.fault("several rows say what this one said, and none has its number", "the number of one of them")
    raise line.fault("the correction is stale: the file has no row that says what this one said")


def rows_of(line: Line, names: Iterable[str], marks: Marks) -> list[At]:
    """Return (file, sheet or "", row) of where the row of a line may stand among files of these names."""
    file = _file(line.file, names)
    if file is None:
        return []
    return marks.find(line.mark, file, line.sheet) if line.mark and marks.usable else [(file, line.sheet, line.row)]


class Corrections:
    """Lines bound to the tables they speak of.

    Parameters
    ----------
    lines : sequence of Line
        All lines; those of other files are passed over.
    tables : iterable of Cells
        The tables as received.

    Raises
    ------
    ReadError
        Naming the line whose sheet or row is not there, or that contradicts another.
    """

    def __init__(self, lines: Sequence[Line], tables: Iterable[Cells]) -> None:
        self._of: dict[tuple[str, str | None], list[Line]] = {}
        received = list(tables) if lines else []
        names = {cells.file for cells in received}
        for line in lines:
            file = _file(line.file, names)
            if file is not None:
                cells = _table(line, [cells for cells in received if cells.file == file])
                self._of.setdefault((cells.file, cells.sheet), []).append(line)
        for same in self._of.values():
            _no_contradiction(same)

    def of(self, cells: Cells, *actions: str) -> list[Line]:
        """Return the lines about a table, those with one of `actions` where any are given."""
        lines = self._of.get((cells.file, cells.sheet), [])
        return [line for line in lines if not actions or line.action in actions]

    def __bool__(self) -> bool:
        return bool(self._of)


def _table(line: Line, tables: Sequence[Cells]) -> Cells:
    if line.sheet:
        tables = [cells for cells in tables if fold(cells.sheet or "") == fold(line.sheet)]
        if not tables:
            raise line.fault("the file has no such sheet", "a sheet of the file, or empty")
    found = [cells for cells in tables if line.row in cells.rows.index]
    found += [cells for cells in tables if line.row in cells.below and line.action == "drop"]
    if not found and any(line.row in cells.below for cells in tables):
        raise line.fault("this row is a remark below the table", "drop, to say that it has been seen")
    if not found:
        raise line.fault("this row holds no answer: it is blank, a header or beyond the end", "a row of the table")
    if len(found) > 1:
        raise line.fault("several sheets have this row", "the name of the sheet")
    return found[0]


def _no_contradiction(lines: Sequence[Line]) -> None:
    seen: dict[tuple[object, ...], Line] = {}
    for line in lines:
        what = (line.row, fold(line.column)) if line.action == "set" else (line.row,)
        first = seen.setdefault(what, line)
        if first is not line:
            raise line.fault(f"line {first.number} decides the same place already", "one line per cell or row")


def column_of(line: Line, cells: Cells) -> int:
    """Return the column a line means: by its header as the findings write it, its question text or its number."""
    wanted = fold(line.column)
    for names in (cells.header, [mask_text(text) for text in cells.said or cells.header], cells.questions):
        hits = [i for i, text in enumerate(names) if text and fold(text) == wanted]
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise line.fault("several columns have this header", "its number, as column 3")
    number = wanted.removeprefix("column ").removeprefix("sarake ")
    if number != wanted and number.isdecimal() and 0 < int(number) <= len(cells.header):
        return int(number) - 1
    raise line.fault("the table has no such column", "a header of the table, or its number, as column 3")


def check_expected(line: Line, cells: Cells, column: int) -> None:
    """Raise ReadError where the cell does not hold what the line expects: it has become stale."""
    if line.mark:  # the whole row is as it was
        return
    cell = cells.rows.at[line.row, column]
    now = "" if pd.isna(cell) else str(cell)
    label = cells.value_labels.get(column, {}).get(now.strip(), "")
    alike = fold(line.expected) in {fold(now), *([fold(label)] if label else [])}
    if not alike or bool(line.expected) != bool(now.strip()):
        raise line.fault("the correction is stale: the cell does not hold what the line expects")
