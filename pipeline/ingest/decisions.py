"""What a person has decided about who is whom, in raw/coding/people.csv: it goes before any score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.errors import Place, ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.folding import fold
from pipeline.ingest.row_marks import Marks, is_mark

FILE: Final = "coding/people.csv"
_YES: Final = frozenset({"yes", "kyllä", "ja", "y", "k", "1", "true", "sama", "same"})
_NO: Final = frozenset({"no", "ei", "nej", "n", "e", "0", "false", "eri", "different"})
_ALLOWED: Final = "file, sheet, row, check, file, sheet, row, check, same (yes or no); sheet and check may be left out"
_FIX: Final = "correct the line, or delete it and decide again: processed/review_people.csv lists the open pairs"


@dataclass(frozen=True)
class Decided:
    """Pairs of rows that are one person, pairs that are two; and the lines that tell rows by their numbers alone."""

    same: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    bare: tuple[int, ...] = ()


def load(raw: Path, people: pd.DataFrame, marks: Marks) -> Decided:
    """Return what raw/coding/people.csv decides about the rows of `people`.

    A row that has moved since keeps its decisions: it is told by its mark, where the line has one.

    Parameters
    ----------
    raw : Path
        The project's folder.
    people : DataFrame
        Open rows of all lists: source_file, source_sheet, source_row; index 0..n-1.
    marks : Marks
        Of the lists as received.

    Raises
    ------
    ReadError
        Naming the line whose row is not on any list (any more), or that contradicts another line.
    """
    lines = [line for cells in _tables(raw) for line in _lines(cells, people, marks)]
    same, apart = (tuple(line.ends for line in lines if line.same is kind) for kind in (True, False))
    return Decided(same, apart, tuple(line.number for line in lines if line.bare and marks.usable))


def lines_about(raw: Path, people: pd.DataFrame, marks: Marks, rows: pd.Index) -> list[int]:
    """Return the lines of raw/coding/people.csv that speak of some `rows` of `people`."""
    lines = [line for cells in _tables(raw) for line in _lines(cells, people, marks)]
    return [line.number for line in lines if not rows.intersection(list(line.ends)).empty]


def _tables(raw: Path) -> list[Cells]:
    path = raw / FILE
    return readers.read(path, FILE)[1] if path.exists() else []


def contradiction(decided: Decided) -> ReadError:
    """Return the refusal of decisions that join two rows by one chain of lines and keep them apart by another."""
    return ReadError(
        "the lines join two rows, perhaps over a third one, and another line keeps them apart",
        place=FILE,
        allowed="one decision per pair",
        fix=_FIX,
    )


@dataclass(frozen=True)
class _Line:
    """One line: its number, the two rows of `people` it speaks of, and what it says."""

    number: int
    ends: tuple[int, int]
    same: bool
    bare: bool


def _lines(cells: Cells, people: pd.DataFrame, marks: Marks) -> list[_Line]:
    at, index = _columns(cells), _places(people)
    found = []
    for row in map(int, cells.rows.index):
        texts = {key: [_text(cells, row, column) for column in columns] for key, columns in at.items()}
        first, second = (_row(cells, row, _end(texts, side), side, index, marks) for side in (0, 1))
        if first == second:
            raise _fault(cells, row, "both places are the same row")
        bare = not texts["check"] or not all(texts["check"])
        found.append(_Line(row, (first, second), _same(cells, row, texts["same"][0]), bare))
    return found


def _end(texts: Mapping[str, Sequence[str]], side: int) -> dict[str, str]:
    """Return file, sheet, row and check of one side of a line; "" for a column that is left out."""
    return {key: texts[key][side] if texts[key] else "" for key in ("file", "sheet", "row", "check")}


def _columns(cells: Cells) -> dict[str, list[int]]:
    names = [fold(text).rstrip(" _12ab") for text in cells.header]
    at = {key: [i for i, name in enumerate(names) if name == key] for key in ("file", "sheet", "row", "check", "same")}
    lengths = {key: len(columns) for key, columns in at.items()}
    if [lengths[key] for key in ("file", "row", "same")] != [2, 2, 1] or {lengths["sheet"], lengths["check"]} - {0, 2}:
        raise ReadError("the columns are not those of decisions", place=cells.place(), allowed=_ALLOWED, fix=_FIX)
    return at


def _places(people: pd.DataFrame) -> dict[tuple[str, str | None, int], list[int]]:
    """Return (file, sheet or None for any, row) -> rows."""
    found: dict[tuple[str, str | None, int], list[int]] = {}
    columns = zip(people["source_file"], people["source_sheet"].fillna(""), people["source_row"], strict=True)
    for number, (file, sheet, row) in enumerate(columns):
        for key in {sheet, None}:
            found.setdefault((file.removeprefix("attendance/"), key, int(row)), []).append(number)
    return found


def _row(
    cells: Cells,
    line: int,
    end: Mapping[str, str],
    side: int,
    places: Mapping[tuple[str, str | None, int], list[int]],
    marks: Marks,
) -> int:
    file, which = end["file"].removeprefix("attendance/"), ("first", "second")[side]
    if not end["row"].isdecimal():
        raise _fault(cells, line, "the row is no number")
    wanted = int(end["row"])
    if is_mark(end["check"]):
        standing = [row for _, _, row in marks.find(end["check"], f"attendance/{file}", end["sheet"])]
        if wanted not in standing and len(standing) != 1:
            raise _fault(cells, line, f"the file has no row any more that says what the {which} row said")
        wanted = wanted if wanted in standing else standing[0]
    found = places.get((file, end["sheet"] or None, wanted), [])
    if len(found) != 1:
        why = "is on no list, or was set aside" if not found else "stands on several sheets: name the sheet"
        raise _fault(cells, line, f"the {which} row {why}")
    return found[0]


def _same(cells: Cells, line: int, text: str) -> bool:
    if fold(text) not in _YES | _NO:
        raise _fault(cells, line, "'same' says neither yes nor no")
    return fold(text) in _YES


def _text(cells: Cells, row: int, column: int) -> str:
    value = cells.rows.at[row, column]
    return "" if pd.isna(value) else str(value).strip()


def _fault(cells: Cells, line: int, what: str) -> ReadError:
    return ReadError(what, place=Place(cells.file, cells.sheet, line), allowed=_ALLOWED, fix=_FIX)


def review_table(people: pd.DataFrame, pairs: Sequence[tuple[int, int]], marks: Marks) -> pd.DataFrame:
    """Return the pairs a person must decide, ready to be filled in and copied to raw/coding/people.csv.

    Returns
    -------
    DataFrame of str
        file_1, sheet_1, row_1, check_1, file_2, sheet_2, row_2, check_2, same (empty). Places only, no names.
    """
    columns = ["source_file", "source_sheet", "source_row"]
    rows = [people.loc[[pair[side] for pair in pairs], columns] for side in (0, 1)]
    sides = [ends.assign(check=marks.of_rows(ends)).reset_index(drop=True) for ends in rows]
    names = [f"{name}_{side}" for side in (1, 2) for name in ("file", "sheet", "row", "check")]
    table = pd.concat(sides, axis=1).set_axis(names, axis=1).astype(TEXT).fillna("")
    return table.assign(same="").sort_values(names, ignore_index=True)
