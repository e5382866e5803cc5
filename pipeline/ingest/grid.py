"""From a grid of text to one table: find the header, keep what stands above it, count blank rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import pandas as pd

from pipeline.ingest.cells import TEXT, Cells

Grid = Sequence[Sequence[str | None]]

#: A header fills most of the table's width; a title block above it does not.
_HEADER_SHARE: Final = 0.6
#: Rows looked at when searching the header: title blocks are short.
_HEADER_SEARCH: Final = 40


def to_cells(
    grid: Grid, file: str, sheet: str | None = None, notes: tuple[str, ...] = (), remarks: tuple[str, ...] = ()
) -> Cells:
    """Return the table in `grid`: row 1 of the file is `grid[0]`.

    Rows and columns that are blank throughout are dropped; a cell of blanks only is missing; a data row longer than the
    header lengthens the header with "" so that no cell falls off the edge, and is listed in `overlong`.
    """
    filled = [[cell if cell is not None and cell.strip() else None for cell in row] for row in grid]
    at = find_header(filled)
    body = {number: row for number, row in enumerate(filled[at + 1 :], start=at + 2) if any(row)}
    last = max(body, default=at + 1)
    header = filled[at] if filled else []
    rows = _frame(body, max([len(header), *map(len, body.values())], default=0))
    names = [(header[i] if i < len(header) else None) or "" for i in rows.columns]
    keep = [i for i in rows.columns if names[i] or rows[i].notna().any()]
    return Cells(
        file=file,
        sheet=sheet,
        header=tuple(names[i].strip() for i in keep),
        rows=rows[keep].set_axis(range(len(keep)), axis=1),
        preamble=tuple(cell.strip() for row in filled[:at] for cell in row if cell),
        blank=last - (at + 1) - len(body),
        notes=notes if at == 0 else (*notes, f"header in row {at + 1}"),
        remarks=(*remarks, *_wide_rows_above(filled, at)),
        overlong=tuple(number for number, row in body.items() if any(row[len(header) :])),
    )


def _wide_rows_above(grid: Grid, at: int) -> list[str]:
    """Return a remark where what stands above the header could be data; a title alone is none."""
    width = max(2, sum(cell is not None for cell in grid[at]) / 2) if grid else 0
    wide = [number for number, row in enumerate(grid[:at], start=1) if sum(cell is not None for cell in row) >= width]
    return [f"row {at + 1} was taken as the header; the {at} rows above it are not read as answers"] if wide else []


def find_header(grid: Grid) -> int:
    """Return the index of the header: the first row that is nearly as wide as the table and holds distinct texts.

    A record much longer than the others is a broken one and does not make the table wide.
    """
    lengths = Counter(len(row) for row in grid if any(row))
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    widths = [min(sum(cell is not None for cell in row), usual) for row in grid]
    wide = max(2, _HEADER_SHARE * max(widths, default=0))
    for index, row in enumerate(grid[:_HEADER_SEARCH]):
        if widths[index] >= wide and _names(row):
            return index
    return next((i for i, width in enumerate(widths) if width), 0)


def _names(row: Sequence[str | None]) -> bool:
    """Return whether the row could name columns: mostly texts, hardly a value twice."""
    cells = [cell.strip() for cell in row if cell]
    numbers = sum(cell.replace(",", "").replace(".", "").isdigit() for cell in cells)
    return numbers <= len(cells) / 4 and len(set(cells)) >= len(cells) / 2


def _frame(body: dict[int, list[str | None]], width: int) -> pd.DataFrame:
    padded = [row + [None] * (width - len(row)) for row in body.values()]
    columns = list(zip(*padded, strict=True)) if padded else [()] * width
    index = pd.Index(list(body), dtype="int64", name="row")
    return pd.DataFrame({i: pd.array(list(c), dtype=TEXT) for i, c in enumerate(columns)}, index=index)
