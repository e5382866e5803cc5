"""From a grid of text to one table: find the header, keep what stands above it, count blank rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest.cells import Cells, spread
from pipeline.ingest.header_search import Grid, are_names, filled, find_header, is_number, width_of
from pipeline.ingest.second_header import Heading, heading

#: Remarks below the table are few lines.
_MOST_NOTES: Final = 10


def to_cells(
    grid: Grid,
    file: str,
    sheet: str | None = None,
    notes: tuple[str, ...] = (),
    remarks: tuple[str, ...] = (),
    by_hand: bool = True,
) -> Cells:
    """Return the table in `grid`: row 1 of the file is `grid[0]`.

    Rows and columns that are blank throughout are dropped; a cell of blanks only is missing; a data row longer than the
    header lengthens the header with "" so that no cell falls off the edge, and is listed in `overlong`. Only a table
    made `by_hand` has remarks under it.
    """
    head = heading(grid, find_header(grid), by_hand)
    body, start = grid[head.at + head.height :], head.at + head.height + 1
    columns = [_column(cells) for cells in _transposed(body, max([len(head.names), *{len(row) for row in body}]))]
    codes, texts = [column[0] for column in columns], [column[1] for column in columns]
    said = np.logical_or.reduce([column >= 0 for column in codes]) if columns else np.zeros(0, dtype=bool)
    numbers = np.flatnonzero(said)
    names, seconds = ([*given, *[""] * (len(columns) - len(given))] for given in (head.names, head.seconds))
    keep = [i for i in range(len(columns)) if names[i] or texts[i]]
    below = _notes_below(codes, texts, numbers) if by_hand else 0
    numbers, notes_below = numbers[: len(numbers) - below], numbers[len(numbers) - below :]
    index = pd.Index(numbers + start, dtype="int64", name="row")
    beyond = [column[numbers] >= 0 for column in codes[len(head.names) :]]
    return Cells(
        file=file,
        sheet=sheet,
        header=tuple(names[i] for i in keep),
        rows=pd.DataFrame({new: spread(texts[i], codes[i][numbers]) for new, i in enumerate(keep)}).set_axis(index),
        preamble=tuple(cell.strip() for row in grid[: head.at] for cell in row if filled(cell) and cell),
        blank=int(said[: max([0, *np.flatnonzero(said) + 1])].size - said.sum()),
        questions=tuple(seconds[i] for i in keep) if any(seconds) else (),
        notes=(*notes, *head.note),
        remarks=(*remarks, *(_choices(grid, head) if by_hand else ())),
        overlong=tuple(int(row) for row in index[np.logical_or.reduce(beyond)]) if beyond else (),
        below=tuple(int(row) + start for row in notes_below),
    )


def _notes_below(codes: Sequence[np.ndarray], texts: Sequence[Sequence[str | None]], rows: np.ndarray) -> int:
    """Return how many of the last filled rows are remarks under the table.

    They are nearly empty, and one of them at least puts words where the column has numbers or dates: without that sign
    a nearly empty row is an answer.
    """
    if len(rows) < 3:
        return 0
    filled = np.sum([column[rows] >= 0 for column in codes], axis=0)
    sparse = filled <= min(2, float(np.median(filled)) / 2)
    run = int(np.argmin(sparse[::-1][:_MOST_NOTES])) if not sparse[::-1][:_MOST_NOTES].all() else 0
    last = rows[len(rows) - run :]
    clash = any(
        any(not is_number(str(known[code])) for code in column[last] if code >= 0)
        and _mostly_numbers(column[rows[: len(rows) - run]], known)
        for column, known in zip(codes, texts, strict=True)
    )
    return run if clash else 0


def _mostly_numbers(codes: np.ndarray, texts: Sequence[str | None]) -> bool:
    given = codes[codes >= 0]
    if not len(given):
        return False
    numbers = np.array([is_number(str(text)) for text in texts])
    return bool(numbers[given].mean() > 0.8)


def _transposed(body: Grid, width: int) -> np.ndarray:
    """Return the cells column by column, short rows filled up with missing cells."""
    if any(len(row) != width for row in body):
        body = [[*row, *[None] * (width - len(row))] for row in body]
    return np.array(body, dtype=object).reshape(len(body), width).T.copy()


def _column(cells: np.ndarray) -> tuple[np.ndarray, list[str | None]]:
    """Return a column as codes and the different texts they stand for; -1 is a blank cell."""
    codes, texts = pd.factorize(cells)
    blank = np.array([not text.strip() for text in texts], dtype=bool)
    if blank.any():
        kept = np.cumsum(~blank) - 1
        codes = np.where(codes < 0, -1, np.where(blank[codes], -1, kept[codes]))
    return codes, list(texts[~blank])


def _choices(grid: Grid, head: Heading) -> list[str]:
    """Return what a person should confirm: a header of two rows, and rows above it that could be data."""
    if head.height == 2:
        return [f"rows {head.at + 1} and {head.at + 2} were taken as one header: a question and its options"]
    if len(grid) > head.at + 1 and width_of(grid[head.at]) > 1 and not are_names(grid[head.at]):
        return [f"row {head.at + 1} was taken as the header but holds numbers: the file may have no header"]
    width = max(2, width_of(grid[head.at]) / 2) if len(grid) else 0
    wide = [row for row in grid[: head.at] if width_of(row) >= width]
    row = head.at + 1
    return [f"row {row} was taken as the header; the {row - 1} rows above it are not read as answers"] if wide else []
