"""How far the filled cells of an xlsx sheet reach, found without laying the sheet out in memory.

A grid is as large as its furthest cell: one blank typed into XFD1048576 would take half a terabyte and end the process.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final

from pipeline.core.errors import ReadError

#: Cells of one sheet, filled or not: 100 000 answers to 100 questions.
MAX_CELLS: Final = 10_000_000

_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_DIMENSION: Final = re.compile(rb'<(?:\w+:)?dimension\s[^>]*?ref="(?:[A-Z]+[0-9]+:)?([A-Z]{1,3})([0-9]{1,7})"')
_CELL: Final = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_CHUNK: Final = 1 << 20


def check(book: zipfile.ZipFile, name: str) -> None:
    """Refuse a workbook one of whose sheets reaches too far.

    The sheet's own statement is believed where it is modest; else its cells are looked through, because formatted but
    empty cells widen the statement and cost nothing.

    Raises
    ------
    ReadError
        Naming the furthest row and column.
    """
    for part in sorted(entry.filename for entry in book.infolist() if _SHEET.fullmatch(entry.filename)):
        with book.open(part) as stream:
            stated = _DIMENSION.search(stream.read(4096))
        if stated and _row(stated[2]) * _column(stated[1]) <= MAX_CELLS:
            continue
        with book.open(part) as stream:
            rows, columns = _furthest(stream)
        if rows * columns > MAX_CELLS:
            raise ReadError(
                f"a sheet reaches to row {rows} and column {columns}: that is no table of answers",
                place=name,
                allowed=f"up to {MAX_CELLS // 1_000_000} million cells from the first to the last filled one",
                fix="press Ctrl+End in each sheet, delete the rows or columns of the stray cell, and save",
            )


def _furthest(stream: IO[bytes]) -> tuple[int, int]:
    """Return the last row and the last column that hold a value."""
    rows = columns = 0
    for text in _whole_tags(stream):
        for column, row in set(_CELL.findall(text)):
            rows, columns = max(rows, _row(row)), max(columns, _column(column))
    return rows, columns


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        text = rest + chunk
        cut = text.rfind(b"<")
        yield text[:cut]
        rest = text[cut:][:_CHUNK] if cut >= 0 else b""
    yield rest


def _row(digits: bytes) -> int:
    return int(digits)


def _column(letters: bytes) -> int:
    """Return the number of a column by its letters: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
