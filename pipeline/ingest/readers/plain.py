"""A table as people keep it: perhaps a title, a row of headers, a row per record. Used where no tool is recognised."""

from __future__ import annotations

from typing import Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.grid import to_cells
from pipeline.ingest.header_rows import encoding
from pipeline.ingest.summaries import sheets_beside

NAME: Final = "plain"
SIGNS: Final = ()


def recognises(content: Content) -> bool:
    """Return whether the content is a grid at all: text with separators, or a spreadsheet."""
    return content.is_text or content.is_workbook


def read(content: Content) -> list[Cells]:
    """Return one table per sheet that holds anything, saying which encoding and separator it has."""
    tables = [
        to_cells(grid, content.name, sheet, notes=content.notes, remarks=encoding(content))
        for sheet, grid in content.sheets.items()
        if any(map(any, grid))
    ]
    return sheets_beside(tables)
