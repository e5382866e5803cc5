"""What people put above a tool's export: a title, blank rows, numbers of the columns. Readers are asked without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.header_search import Grid, filled, is_number, width_of
from pipeline.ingest.lists import grids

#: Titles are few rows.
_MOST: Final = 10
#: Rows that every reader can recognise its tool by.
_LOOKED_AT: Final = 1001
#: What a program writes over columns that have no name.
_PLACEHOLDER: Final = re.compile(r"(column|sarake|kolumn|kenttä|field|unnamed:)\s?\d+(_level_\d+)?", re.IGNORECASE)
#: Where a text of a reader names rows; "and 3 more" counts them.
_ROWS: Final = re.compile(r"(?:^|(?<=: ))rows? \d+(?:(?:, | and |-)\d+\b(?! more))*")


def tops(content: Content) -> dict[str | None, dict[int, Content]]:
    """Return what stands below the rows that may be no part of a table, by sheet and the number of such rows."""
    grown = {sheet: grid[: _MOST + _LOOKED_AT] for sheet, grid in grids(content).items()}
    found = {
        sheet: {height: content.below({sheet: height}, {sheet: grid}) for height in _may_be(grid)}
        for sheet, grid in grown.items()
    }
    return {sheet: parts for sheet, parts in found.items() if parts}


def heights(
    parts: Mapping[str | None, Mapping[int, Content]], recognises: Callable[[Content], bool]
) -> dict[str | None, int]:
    """Return how many rows stand above the export of a tool, by sheet; nothing of a sheet that is none.

    Parameters
    ----------
    parts : mapping
        What `tops` returns of a content that no survey tool's reader has recognised.
    recognises : callable
        Whether a reader recognises a content.
    """
    found = {
        sheet: next((height for height, part in tried.items() if recognises(part)), 0) for sheet, tried in parts.items()
    }
    return {sheet: height for sheet, height in found.items() if height}


def _may_be(grid: Grid) -> Iterator[int]:
    """Yield how many rows may stand above: a row of the tool's own names is wider than all of them."""
    for height in range(1, min(_MOST, len(grid) - 1) + 1):
        width = width_of(grid[height])
        if width > 1 and all(_is_above(row, width) for row in grid[:height]):
            yield height


def _is_above(row: Sequence[str | None], width: int) -> bool:
    """Return whether a row could stand above one of so many names: a title, a row of sections, of mere numbers."""
    texts = [cell.strip() for cell in row if cell and filled(cell)]
    return len(texts) <= max(1, width / 2) or all(is_number(text) or _PLACEHOLDER.fullmatch(text) for text in texts)


def placed(cells: Cells, content: Content) -> Cells:
    """Return a table of what stands below with its rows' numbers in the file, and with what stands above."""
    above = _above(cells.sheet, content) if content.above else ()
    if not (by := len(above)):
        return cells
    texts = tuple(cell.strip() for row in above for cell in row if cell and filled(cell))
    wide = any(width_of(row) > 1 for row in above)
    said = (f"row {by + 1} was taken as the header; the {by} rows above it are not read as answers",) if wide else ()
    return replace(
        cells,
        rows=cells.rows.set_axis(cells.rows.index + by),
        preamble=(*texts, *cells.preamble),
        notes=(*_moved(cells.notes, by), f"header in row {by + 1}"),
        remarks=(*_moved(cells.remarks, by), *said),
        dropped=_moved(cells.dropped, by),
        overlong=tuple(row + by for row in cells.overlong),
        set_aside={row + by: why for row, why in cells.set_aside.items()},
        not_asked={column: frozenset(row + by for row in rows) for column, rows in cells.not_asked.items()},
    )


def _above(sheet: str | None, content: Content) -> Grid:
    """Return the rows above a table; one that a reader has split off has a name of its own."""
    named: Mapping[str | None, Grid] = content.above
    return named.get(sheet, ()) if sheet in content.sheets else max(named.values(), key=len, default=())


def _moved(texts: tuple[str, ...], by: int) -> tuple[str, ...]:
    def numbers(found: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda number: str(int(number[0]) + by), found[0])

    return tuple(_ROWS.sub(numbers, text) for text in texts)
