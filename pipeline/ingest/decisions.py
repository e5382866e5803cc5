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

FILE: Final = "coding/people.csv"
_YES: Final = frozenset({"yes", "kyllä", "ja", "y", "k", "1", "true", "sama", "same"})
_NO: Final = frozenset({"no", "ei", "nej", "n", "e", "0", "false", "eri", "different"})
_ALLOWED: Final = "file, sheet, row, file, sheet, row, same (yes or no); sheet may be left out or empty"
_FIX: Final = "correct the line, or delete it and decide again: processed/review_people.csv lists the open pairs"


@dataclass(frozen=True)
class Decided:
    """Pairs of rows that are one person, and pairs that are two."""

    same: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()


def load(raw: Path, people: pd.DataFrame) -> Decided:
    """Return what raw/coding/people.csv decides about the rows of `people`.

    Parameters
    ----------
    raw : Path
        The project's folder.
    people : DataFrame
        Open rows of all lists: source_file, source_sheet, source_row; index 0..n-1.

    Raises
    ------
    ReadError
        Naming the line whose row is not on any list (any more), or that contradicts another line.
    """
    path = raw / FILE
    if not path.exists():
        return Decided()
    _, tables = readers.read(path, FILE)
    lines = [pair for cells in tables for pair in _lines(cells, people)]
    return Decided(*(tuple(pair for pair, same in lines if same is kind) for kind in (True, False)))


def contradiction(decided: Decided) -> ReadError:
    """Return the refusal of decisions that join two rows by one chain of lines and keep them apart by another."""
    return ReadError(
        "the lines join two rows, perhaps over a third one, and another line keeps them apart",
        place=FILE,
        allowed="one decision per pair",
        fix=_FIX,
    )


def _lines(cells: Cells, people: pd.DataFrame) -> list[tuple[tuple[int, int], bool]]:
    at = _columns(cells)
    index = _places(people)
    found = []
    for row in cells.rows.index:
        texts = {key: [_text(cells, int(row), column) for column in columns] for key, columns in at.items()}
        ends = [_row(cells, int(row), texts, side, index) for side in (0, 1)]
        found.append(((ends[0], ends[1]), _same(cells, int(row), texts["same"][0])))
        if ends[0] == ends[1]:
            raise _fault(cells, int(row), "both places are the same row")
    return found


def _columns(cells: Cells) -> dict[str, list[int]]:
    names = [fold(text).rstrip(" _12ab") for text in cells.header]
    at = {key: [i for i, name in enumerate(names) if name == key] for key in ("file", "sheet", "row", "same")}
    if [len(at[key]) for key in ("file", "row", "same")] != [2, 2, 1] or len(at["sheet"]) not in (0, 2):
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
    texts: Mapping[str, Sequence[str]],
    side: int,
    places: Mapping[tuple[str, str | None, int], list[int]],
) -> int:
    row = texts["row"][side]
    if not row.isdecimal():
        raise _fault(cells, line, "the row is no number")
    sheet = texts["sheet"][side] if texts["sheet"] else ""
    found = places.get((texts["file"][side].removeprefix("attendance/"), sheet or None, int(row)), [])
    if len(found) != 1:
        why = "is on no list, or was set aside" if not found else "stands on several sheets: name the sheet"
        raise _fault(cells, line, f"the {('first', 'second')[side]} row {why}")
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


def review_table(people: pd.DataFrame, pairs: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """Return the pairs a person must decide, ready to be filled in and copied to raw/coding/people.csv.

    Returns
    -------
    DataFrame of str
        file_1, sheet_1, row_1, file_2, sheet_2, row_2, same (empty). Places only, no names.
    """
    columns = ["source_file", "source_sheet", "source_row"]
    sides = [people.loc[[pair[side] for pair in pairs], columns].reset_index(drop=True) for side in (0, 1)]
    names = [f"{name}_{side}" for side in (1, 2) for name in ("file", "sheet", "row")]
    table = pd.concat(sides, axis=1).set_axis(names, axis=1).astype(TEXT).fillna("")
    return table.assign(same="").sort_values(names, ignore_index=True)
