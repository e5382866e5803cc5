"""The sheets of an XLSForm as rows with names: of a workbook, or of its one-file form in CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.ingest.header_search import Grid
from pipeline.ingest.instrument_model import Row, Sheets


def of_form(grids: Mapping[str | None, Grid]) -> Sheets:
    """Return the sheets by name in lower case; text without sheets names them in its first column."""
    if None in grids:
        return _one_file(grids[None])
    return {str(title).strip().lower(): list(rows(enumerate(grid, start=1))) for title, grid in grids.items()}


def _one_file(grid: Grid) -> Sheets:
    sheets: dict[str, list[tuple[int, Sequence[str | None]]]] = {}
    title = ""
    for number, (first, *rest) in enumerate((row or [""] for row in grid), start=1):
        title = first.strip().lower() if first and first.strip() else title
        sheets.setdefault(title, []).append((number, rest))
    return {title: list(rows(numbered)) for title, numbered in sheets.items()}


def rows(grid: Iterable[tuple[int, Sequence[str | None]]]) -> Iterator[tuple[int, Row]]:
    """Yield the filled rows below the header, with their numbers, as mappings without empty cells."""
    filled = [(n, cells) for n, cells in grid if any(cell and cell.strip() for cell in cells)]
    if not filled:
        return
    names = [_column((name or "").strip()) for name in filled[0][1]]
    for number, cells in filled[1:]:
        pairs = zip(names, cells, strict=False)
        yield number, {name: cell.strip() for name, cell in pairs if name and cell and cell.strip()}


def _column(name: str) -> str:
    """Return the name of a column as the form's tools know it, "LABEL::Suomi" as "label::Suomi"."""
    head, mark, language = name.partition(":")
    return f"{head.lower()}{mark}{language}"
