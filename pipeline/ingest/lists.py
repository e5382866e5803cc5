"""Tables of attendance lists: which row is the header, told by its words, not by its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pipeline.core.errors import ReadError
from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.headed import headed
from pipeline.ingest.header_search import Grid

_NAMES: Final = frozenset({"name", "first_name", "last_name", "person"})
#: Rows looked at when searching a header: title blocks are short.
_SEARCH: Final = 20
_TWO: Final = 2


def kinds(row: Sequence[str | None]) -> list[str | None]:
    """Return what each cell of a header says its column holds."""
    return [kind_of(cell) if cell else None for cell in row]


def header_row(grid: Grid) -> int | None:
    """Return the index of the row that names a column of names and another known one, or names alone in it.

    Examples
    --------
    >>> header_row([["Kerho", None, "Date"], ["Nro", "Nimi", "Allekirjoitus"], ["1", "Maija Aho", None]])
    1
    """
    for index, row in enumerate(grid[:_SEARCH]):
        found = set(kinds(row)) - {None}
        filled = sum(cell is not None and bool(cell.strip()) for cell in row)
        if found & _NAMES and (len(found) > 1 or (filled == 1 and found != {"person"})):
            return index
    return None


def table_at(
    grid: Grid, at: int, file: str, sheet: str | None = None, notes: tuple[str, ...] = (), until: int | None = None
) -> Cells:
    """Return the table whose header is row `at` (from 0) and that ends before row `until`; rows keep their numbers.

    What stands above is the preamble.
    """
    cells = headed(_with_one_header(grid[at:until]), file, sheet, notes)
    above = tuple(cell.strip() for row in grid[:at] for cell in row if cell and cell.strip())
    return replace(
        cells,
        rows=cells.rows.set_axis(cells.rows.index + at),
        overlong=tuple(row + at for row in cells.overlong),
        preamble=above,
        notes=(*cells.notes, f"header in row {at + 1}") if at else cells.notes,
    )


def _with_one_header(grid: Grid) -> Grid:
    """Return the grid with a header of two rows put into one: "Last name | First name" below "Participant"."""
    above, below = [[*row] for row in [*grid[:2], [], []][:2]]
    names = filled(below)
    again = [fold(cell or "") for cell in below if cell] == [fold(cell or "") for cell in above if cell]
    if len(names) < _TWO or again or not all(map(kind_of, names)):
        return grid
    width = max(len(above), len(below))
    pairs = zip([*above, *[None] * (width - len(above))], [*below, *[None] * (width - len(below))], strict=True)
    return [[lower if filled([lower]) else upper for upper, lower in pairs], [None] * width, *grid[2:]]


def filled(row: Sequence[str | None]) -> list[str]:
    """Return the texts of a row, blank cells left out."""
    return [cell.strip() for cell in row if cell and cell.strip()]


def grids(content: Content) -> dict[str | None, Grid]:
    """Return the sheets that hold anything; none where the content cannot be opened."""
    try:
        return {sheet: grid for sheet, grid in content.sheets.items() if any(map(any, grid))}
    except ReadError:
        return {}
