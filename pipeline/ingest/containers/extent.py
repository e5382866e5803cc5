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

#: Columns and rows of shapes that stay below MAX_CELLS: 78 x 99 999, 702 x 13 999, 26 x 299 999.
_SHAPES: Final = (
    (b"[AB]?[A-Z]", b"[0-9]{1,5}"),
    (b"[A-Z]{1,2}", b"1[0-3][0-9]{3}|[0-9]{1,4}"),
    (b"[A-Z]", b"[12]?[0-9]{1,5}"),
)
#: A cell that is not of such a shape, or says where it is in another way than spreadsheets write it.
_BEYOND: Final = tuple(
    re.compile(b'<c(?=[\\s/>])(?! r="(?:' + columns + b")(?:" + rows + b')")') for columns, rows in _SHAPES
)
#: Apart from the others: a pattern that begins with fixed letters is ten times as fast.
_PREFIXED: Final = re.compile(rb":c[\s/>]")
_TAG: Final = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
_PLACE: Final = re.compile(rb"""(?<!\S)r\s*=\s*["']([A-Z]{0,3})([0-9]{1,7})["']""")
_CHUNK: Final = 1 << 20


def check(book: zipfile.ZipFile, name: str) -> frozenset[str]:
    """Refuse a workbook one of whose sheets reaches too far; return the parts worth a closer look.

    They hold formulas, errors or merged cells: a second pass over all the others would cost a tenth of reading them.

    Nothing a workbook says of itself is believed, neither which parts are sheets nor how large they are: every part is
    looked through. Formatted but empty cells cost nothing and do not count.

    Raises
    ------
    ReadError
        Naming the furthest row and column.
    """
    closer = set()
    for part in sorted(entry.filename for entry in book.infolist() if not entry.is_dir()):
        within = next((found for b in _BEYOND if (found := _stays_within(book, part, b)) is not None), None)
        if within is None or within:
            closer.add(part)
        if within is not None:
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
    return frozenset(closer)


def _stays_within(book: zipfile.ZipFile, part: str, beyond: re.Pattern[bytes]) -> bool | None:
    """Return whether a part that stays within a shape is worth a closer look; None where it goes beyond."""
    closer = False
    with book.open(part) as stream:
        for text in _whole_tags(stream):
            if beyond.search(text) or _PREFIXED.search(text):
                return None
            closer = closer or _has_more(text)
    return closer


def _has_more(text: bytes) -> bool:
    """Return whether there is an error, a formula or, after the last row, a merged cell."""
    if b"#" in text or (b"f" in text and b"</f" in text):  # one letter is looked for many times faster than three
        return True
    return text.find(b"mergeCell", max(0, text.rfind(b"</row>"))) >= 0


def _furthest(stream: IO[bytes]) -> tuple[int, int]:
    """Return the last row and the last column that hold a value; a cell without a place is next to the one before."""
    rows = columns = row = column = 0
    for text in _whole_tags(stream):
        for tag, attributes in _TAG.findall(text):
            place = _PLACE.search(attributes)
            if tag == b"row":
                row, column = int(place[2]) if place else row + 1, 0
                continue
            row, column = (int(place[2]), _column(place[1])) if place and place[1] else (row, column + 1)
            if not attributes.endswith(b"/"):
                rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read(_CHUNK):
        text = rest + chunk
        cut = text.rfind(b"<")
        yield text[:cut]
        rest = text[cut:][:_CHUNK] if cut >= 0 else b""
    yield rest


def _column(letters: bytes) -> int:
    """Return the number of a column by its letters: A is 1, XFD 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
