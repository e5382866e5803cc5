"""A correction goes with its row: a second delivery of it is corrected as the first was, or it would count twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.corrections import Corrections, Line

#: "accept" and "not_duplicate" decide about one row alone: its copies are then repeats of it.
_CARRIED = ("set", "drop")


def carried(corrections: Corrections, tables: Sequence[Cells], lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those for copies of their rows added.

    A copy is the only row of another table with the same header that says the very same in every cell, as received.

    Parameters
    ----------
    corrections : Corrections
        The lines bound to `tables`.
    tables : sequence of Cells
        As received, before any correction.
    lines : sequence of Line
        As a person wrote them; one that speaks of a row already goes before a copy's.
    """
    spoken = {(cells.file, cells.sheet, line.row) for cells in tables for line in corrections.of(cells)}
    made = [
        replace(line, file=other.file, sheet=other.sheet or "", row=row)
        for cells in tables
        for line in corrections.of(cells, *_CARRIED)
        for other, row in _copies(cells, line.row, tables)
        if (other.file, other.sheet, row) not in spoken
    ]
    return [*lines, *made]


def _copies(cells: Cells, row: int, tables: Sequence[Cells]) -> Iterator[tuple[Cells, int]]:
    said = _texts(cells.rows.loc[[row]]).iloc[0]
    if not said.any() or len(_like(cells, said)) > 1:  # equal rows of one table are not told apart by what they say
        return
    for other in tables:
        if other is not cells and other.header == cells.header:
            found = _like(other, said)
            if len(found) == 1:
                yield other, int(found[0])


def _like(cells: Cells, said: pd.Series) -> pd.Index:
    left = cells.rows
    for column in said.index:  # column by column: few rows are left after the first
        left = left[_texts(left[[column]])[column] == said[column]]
    return left.index


def _texts(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.astype(object).where(rows.notna(), "")
