"""Tables of programs: the header is row 1, whatever it looks like; what a reader knows of columns is put in by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.grid import to_cells
from pipeline.ingest.header_search import Grid


def first_rows(content: Content) -> dict[str | None, list[str]]:
    """Return the first row of every sheet, "" where a cell is empty; nothing where the content cannot be opened.

    A reader asks this to recognise its tool: the fault of a damaged file is told by the reader that opens it.
    """
    try:
        return {sheet: [(cell or "").strip() for cell in grid[0]] for sheet, grid in content.sheets.items() if grid}
    except ReadError:
        return {}


def headed(grid: Grid, file: str, sheet: str | None = None, notes: tuple[str, ...] = ()) -> Cells:
    """Return the table whose header is row 1 of `grid`, equal and empty names included.

    Columns with neither name nor content are left out; rows keep their numbers.
    """
    width = max(map(len, grid), default=0)
    # to_cells searches a header: names that are all filled and all different are always found in row 1
    cells = to_cells([[f"column {i}" for i in range(width)], *grid[1:]], file, sheet, notes, by_hand=False)
    names = [(cell or "").strip() for cell in grid[0]]
    beyond = cells.rows[[i for i in cells.rows.columns if i >= len(names)]]
    overlong = tuple(int(row) for row in cells.rows.index[beyond.notna().any(axis=1)]) if width > len(names) else ()
    named = replace(cells, header=(*names, *[""] * (width - len(names))), overlong=overlong)
    return select(named, [i for i in range(width) if named.header[i] or named.rows[i].notna().any()])


def select(cells: Cells, columns: Sequence[int], rows: Sequence[int] | None = None) -> Cells:
    """Return the table with these columns (and these rows) only; blank rows are still those of the whole table."""
    frame = cells.rows if rows is None else cells.rows.loc[list(rows)]
    return replace(
        cells,
        header=tuple(cells.header[i] for i in columns),
        questions=tuple(cells.questions[i] for i in columns) if cells.questions else (),
        rows=frame[list(columns)].set_axis(range(len(columns)), axis=1),
        overlong=tuple(row for row in cells.overlong if row in frame.index),
    )
