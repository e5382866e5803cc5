"""Text with separators: CSV in all its dialects."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from pathlib import Path
from typing import Final

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells
from pipeline.ingest.grid import to_cells

_SEPARATORS: Final = (",", ";", "\t", "|")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Records looked at when choosing the separator.
_SAMPLE: Final = 200
_MAX_BYTES: Final = 2_000_000_000
_MAX_CELL: Final = 1_000_000
#: Control characters that no survey export holds: a sign of a binary file.
_BINARY: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27, 28, 29, 30, 31, 26}


def recognises(head: bytes, path: Path) -> bool:
    """Return whether the content is text in records: no control characters, and no XML or JSON."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return not start.startswith((b"<", b"{", b"[")) and not _BINARY & set(head)


def read(path: Path, name: str) -> list[Cells]:
    """Return the one table of a delimited text file, saying which encoding and separator it has."""
    grid, notes = read_grid(path, name)
    return [to_cells(grid, name, notes=notes)]


def read_grid(path: Path, name: str) -> tuple[list[list[str | None]], tuple[str, ...]]:
    """Return every record as text cells, and notes on encoding and separator."""
    if path.stat().st_size > _MAX_BYTES:
        raise ReadError("the file is larger than 2 GB", place=name, fix="split it, or export fewer columns")
    text, encoding = decode(path.read_bytes(), name)
    separator = find_separator(text)
    csv.field_size_limit(_MAX_CELL)
    try:
        grid: list[list[str | None]] = [
            list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error as fault:
        raise ReadError(f"broken record: {fault}", place=name, fix="export the file again") from None
    return grid, (f"encoding {encoding}", f"separator {separator!r}")


def decode(content: bytes, name: str) -> tuple[str, str]:
    """Return the text and its encoding: byte-order mark, else strict UTF-8, else windows-1252. Nothing is guessed."""
    encoding = next((e for bom, e in _BOMS if content.startswith(bom)), None)
    for candidate in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            return content.decode(candidate), candidate
        except UnicodeDecodeError:
            continue
    raise ReadError(
        f"not {encoding or 'UTF-8 or windows-1252'} text", place=name, fix="export it again as 'CSV UTF-8', or as xlsx"
    )


def find_separator(text: str) -> str:
    """Return the separator that cuts most records into the same number of cells, more than one."""
    sample = text[:_MAX_CELL]

    def score(separator: str) -> tuple[float, int]:
        records = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths = Counter(len(row) for row, _ in zip(_until_error(records), range(_SAMPLE), strict=False) if row)
        wide = {width: n for width, n in widths.items() if width > 1}
        if not wide:
            return 0.0, 0
        width, n = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
        return n / widths.total(), width

    return max(_SEPARATORS, key=score)


def _until_error(records):  # type: ignore[no-untyped-def]
    """Yield records up to the first broken one: enough to choose a separator by."""
    try:
        yield from records
    except csv.Error:
        return
