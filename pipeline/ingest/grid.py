"""From a grid of text to one table: find the header, keep what stands above it, count blank rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest.cells import Cells, spread

Grid = Sequence[Sequence[str | None]]

#: A header fills most of the table's width; a title block above it does not.
_HEADER_SHARE: Final = 0.6
#: Rows looked at when searching the header: title blocks are short.
_HEADER_SEARCH: Final = 40
#: Remarks above the header and below the table are few lines.
_MOST_NOTES: Final = 10
#: Rows that tell how wide the table is.
_WIDTH_SEARCH: Final = 1000


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
    at = find_header(grid)
    body = grid[at + 1 :]
    header = [_filled(cell) for cell in grid[at]] if len(grid) else []
    columns = [_column(cells) for cells in _transposed(body, max([len(header), *{len(row) for row in body}]))]
    codes, texts = [column[0] for column in columns], [column[1] for column in columns]
    filled = np.logical_or.reduce([column >= 0 for column in codes]) if columns else np.zeros(0, dtype=bool)
    numbers = np.flatnonzero(filled)
    names = [(header[i] if i < len(header) else None) or "" for i in range(len(columns))]
    keep = [i for i in range(len(columns)) if names[i] or texts[i]]
    below = _notes_below(codes, texts, numbers) if by_hand else 0
    numbers, notes_below = numbers[: len(numbers) - below], numbers[len(numbers) - below :]
    index = pd.Index(numbers + at + 2, dtype="int64", name="row")
    beyond = [column[numbers] >= 0 for column in codes[len(header) :]]
    return Cells(
        file=file,
        sheet=sheet,
        header=tuple(names[i].strip() for i in keep),
        rows=pd.DataFrame({new: spread(texts[i], codes[i][numbers]) for new, i in enumerate(keep)}).set_axis(index),
        preamble=tuple(cell.strip() for row in grid[:at] for cell in row if _filled(cell) and cell),
        blank=int(filled[: max([0, *np.flatnonzero(filled) + 1])].size - filled.sum()),
        notes=notes if at == 0 else (*notes, f"header in row {at + 1}"),
        remarks=(*remarks, *_wide_rows_above(grid, at)),
        overlong=tuple(int(row) for row in index[np.logical_or.reduce(beyond)]) if beyond else (),
        below=tuple(int(row) + at + 2 for row in notes_below),
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
        _mostly_numbers(column[rows[: len(rows) - run]], known)
        and any(not _is_number(str(known[code])) for code in column[last] if code >= 0)
        for column, known in zip(codes, texts, strict=True)
    )
    return run if clash else 0


def _mostly_numbers(codes: np.ndarray, texts: Sequence[str | None]) -> bool:
    given = codes[codes >= 0]
    if not len(given):
        return False
    numbers = np.array([_is_number(str(text)) for text in texts])
    return bool(numbers[given].mean() > 0.8)


def _is_number(text: str) -> bool:
    """Return whether a text is a number, date or time rather than words."""
    return text[:1].isdigit() and sum(c.isalpha() for c in text) <= 2


def _filled(cell: str | None) -> str | None:
    return cell if cell is not None and cell.strip() else None


def _width(row: Sequence[str | None]) -> int:
    return sum(_filled(cell) is not None for cell in row)


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


def _wide_rows_above(grid: Grid, at: int) -> list[str]:
    """Return a remark where what stands above the header could be data; a title alone is none."""
    width = max(2, _width(grid[at]) / 2) if len(grid) else 0
    wide = [number for number, row in enumerate(grid[:at], start=1) if _width(row) >= width]
    return [f"row {at + 1} was taken as the header; the {at} rows above it are not read as answers"] if wide else []


def find_header(grid: Grid) -> int:
    """Return the index of the header: the first row that is nearly as wide as the table and holds distinct texts.

    A record much longer than the others is a broken one and does not make the table wide.
    """
    looked_at = grid[:_WIDTH_SEARCH]
    lengths = Counter(len(row) for row in looked_at if any(row))
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    widths = [min(_width(row), usual) for row in looked_at]
    wide = max(2, _HEADER_SHARE * max(widths, default=0))
    first = next((i for i, row in enumerate(grid[:_HEADER_SEARCH]) if widths[i] >= wide and _names(row)), None)
    if first is None:
        return next((i for i, width in enumerate(widths) if width), 0)
    return _below_chatter(grid, widths, first)


def _below_chatter(grid: Grid, widths: Sequence[int], first: int) -> int:
    """Return the header below `first`, where `first` is one of several wide lines of remarks above the real one.

    The real one is wider, has no digit, follows rows without numbers, and stands above a column of numbers.
    """
    for index in range(first + 1, min(first + 1 + _MOST_NOTES, len(widths))):
        row = grid[index]
        if any(_is_number(cell.strip()) for cell in row if cell):
            return first
        if widths[index] > widths[first] and _names(row) and _above_numbers(grid, index):
            return index
    return first


def _above_numbers(grid: Grid, at: int) -> bool:
    below = grid[at + 1 : at + 1 + _HEADER_SEARCH]
    for i, name in enumerate(grid[at]):
        cells = [cell.strip() for row in below if i < len(row) and (cell := row[i]) and cell.strip()]
        if name and len(cells) > 1 and sum(map(_is_number, cells)) > 0.6 * len(cells):
            return True
    return False


def _names(row: Sequence[str | None]) -> bool:
    """Return whether the row could name columns: mostly texts, hardly a value twice."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    numbers = sum(cell.replace(",", "").replace(".", "").isdigit() for cell in cells)
    return numbers <= len(cells) / 4 and len(set(cells)) >= len(cells) / 2
