"""Tables of Word documents: lists that somebody kept in a text. Read from the XML; nothing in it is run or fetched."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final
from xml.etree import ElementTree

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.grid import to_cells
from pipeline.ingest.header_search import Grid
from pipeline.ingest.lists import header_row, table_at
from pipeline.ingest.readers import month_grid

NAME: Final = "docx"
SIGNS: Final = ()
_PART: Final = "word/document.xml"
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: A list of a thousand people takes a megabyte or two.
_MAX_BYTES: Final = 50_000_000
#: Text before a table that could be its title; a report's chapters are none.
_TITLE_LINES: Final = 5

_Row = list[str | None]


def recognises(content: Content) -> bool:
    """Return whether the content is a Word document, perhaps a damaged one."""
    if not content.head.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(content.path) as document:
            return _PART in document.namelist()
    except Exception:  # damaged archives raise many kinds: the reader of workbooks names them
        return False


def read(content: Content) -> list[Cells]:
    """Return one table per table of the document, named "table 1", ...; the lines before it are its title.

    A cell merged over rows speaks for each of them; one merged over columns is told once.

    Raises
    ------
    ReadError
        When the document is damaged, too large or holds no table.
    """
    root, tables = _root(content), []
    try:
        found = [*_tables(root)]
    except RecursionError:
        raise ReadError(
            "the document is nested too deeply", place=content.name, fix="save the list by itself"
        ) from None
    for number, (title, grid) in enumerate(found, start=1):
        tables += [_titled(cells, title) for cells in _cells(grid, content.name, f"table {number}", title)]
    if not tables:
        raise ReadError(
            "the document holds no table", place=content.name, fix="put the list into a table, or save it as xlsx"
        )
    return tables


def _cells(grid: Grid, file: str, sheet: str, title: list[str]) -> list[Cells]:
    if month_grid.is_grid(grid):
        return month_grid.tables_of(grid, file, sheet, [*reversed(title[-_TITLE_LINES:]), PurePosixPath(file).stem])
    at = header_row(grid)
    return [to_cells(grid, file, sheet) if at is None else table_at(grid, at, file, sheet)]


def _titled(cells: Cells, title: list[str]) -> Cells:
    return replace(cells, preamble=(*title[-_TITLE_LINES:], *cells.preamble))


def _root(content: Content) -> ElementTree.Element:
    damaged = ReadError("the document is damaged", place=content.name, fix="save it again in Word as docx")
    try:
        with zipfile.ZipFile(content.path) as document:
            size = document.getinfo(_PART).file_size
            text = document.read(_PART) if size <= _MAX_BYTES else b""
    except Exception:  # zipfile and zlib raise many kinds on damaged content
        raise damaged from None
    if size > _MAX_BYTES:
        raise ReadError("the document is too large for a list", place=content.name, fix="save the list by itself")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or text.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError("the document's XML declares entities", place=content.name, fix="save it again in Word")
    try:
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, RecursionError, ValueError, LookupError):
        raise damaged from None


def _tables(root: ElementTree.Element) -> Iterator[tuple[list[str], list[_Row]]]:
    """Yield each table with the lines since the one before it. A table within a cell is text of that cell."""
    title: list[str] = []
    for block in _blocks(root.find(f"{_W}body")):
        if block.tag == f"{_W}tbl":
            yield title, _grid(block)
            title = []
        elif text := _text(block):
            title.append(text)


def _blocks(parent: ElementTree.Element | None, depth: int = 0) -> Iterator[ElementTree.Element]:
    """Yield paragraphs and tables in order, also those within content controls."""
    for child in parent if parent is not None else ():
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins") and depth < 20:
            yield from _blocks(child, depth + 1)


def _grid(table: ElementTree.Element) -> list[_Row]:
    grid: list[_Row] = []
    for line in _children(table, "tr"):
        row: _Row = [None] * _number(line, f"{_W}trPr/{_W}gridBefore")
        for cell in _children(line, "tc"):
            text: str | None = "\n".join(filter(None, (_text(block) for block in _blocks(cell)))) or None
            if _continues(cell) and grid and len(row) < len(grid[-1]):
                text = grid[-1][len(row)]
            row += [text, *[None] * (max(1, _number(cell, f"{_W}tcPr/{_W}gridSpan")) - 1)]
        grid.append(row)
    return grid


def _children(parent: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _children(child, name)


def _continues(cell: ElementTree.Element) -> bool:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") != "restart"


def _number(element: ElementTree.Element, path: str) -> int:
    found = element.find(path)
    text = found.get(f"{_W}val", "0") if found is not None else "0"
    return min(int(text), 200) if text.isdecimal() else 0


def _text(block: ElementTree.Element) -> str:
    """Return what a block shows: its texts, breaks and tabs as blanks; deleted text is none."""
    parts = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}cr": " ", f"{_W}p": " "}
    return " ".join("".join(n.text or "" if n.tag == f"{_W}t" else parts.get(n.tag, "") for n in block.iter()).split())
