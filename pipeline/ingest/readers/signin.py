"""Sheets for pen signatures, and lists under a title block: the header is found by its words, not by its width."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.grid import to_cells
from pipeline.ingest.header_search import Grid, find_header
from pipeline.ingest.lists import grids, header_row, kinds, table_at

NAME: Final = "signin"
SIGNS: Final = ()


def recognises(content: Content) -> bool:
    """Return whether a sheet has a column of names and one of signatures, or a title that looks like a header."""
    return any(_is_list(grid) for grid in grids(content).values())


def _is_list(grid: Grid) -> bool:
    at, by_shape = header_row(grid), find_header(grid)
    if at is None or ("presence" not in kinds(grid[at]) and at == by_shape):
        return False
    if at < by_shape and any(kinds(grid[by_shape])):
        return False
    # among the many columns of a questionnaire one word may be that of a list: half of a list's columns are
    named = [kind for cell, kind in zip(grid[at], kinds(grid[at]), strict=True) if cell and cell.strip()]
    return sum(kind is not None for kind in named) * 2 >= len(named)


def read(content: Content) -> list[Cells]:
    """Return one table per sheet; a sheet without a column of names as it stands."""
    tables = []
    for sheet, grid in grids(content).items():
        at = header_row(grid)
        if at is None:
            tables.append(to_cells(grid, content.name, sheet, content.notes))
        else:
            tables.append(_without_prenumbered(table_at(grid, at, content.name, sheet, content.notes)))
    return tables


def _without_prenumbered(cells: Cells) -> Cells:
    """Leave out rows that hold a running number and nothing else: they are the empty lines of the form."""
    single = cells.rows.notna().sum(axis=1) == 1
    unnamed = [i for i, kind in enumerate(kinds(cells.header)) if kind is None]
    texts = cells.rows[unnamed].astype("str")
    number = texts.apply(lambda column: column.str.fullmatch(r"\d{1,4}\.?").fillna(False).astype(bool)).any(axis=1)
    empty = cells.rows.index[single & number]
    if empty.empty:
        return cells
    what = f"{len(empty)} rows that hold only a running number"
    return replace(
        cells, rows=cells.rows.drop(index=empty), blank=cells.blank + len(empty), dropped=(*cells.dropped, what)
    )
