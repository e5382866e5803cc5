"""Text with separators: CSV in all its dialects."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pipeline.core.errors import Place, ReadError

#: In order of preference: the comma comes last, because texts hold commas.
_SEPARATORS: Final = (";", "\t", "|", ",")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Records looked at when choosing the separator.
_SAMPLE: Final = 200
_MAX_BYTES: Final = 500_000_000
_MAX_CELL: Final = 1_000_000
#: Control characters that no survey export holds: a sign of a binary file.
_BINARY: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27, 28, 29, 30, 31, 26}


def recognises(head: bytes) -> bool:
    """Return whether the content is text in records: no control characters, and no XML or JSON."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return not start.startswith((b"<", b"{", b"[")) and not _BINARY & set(head)


def read_grid(path: Path, name: str) -> tuple[list[list[str | None]], tuple[str, ...]]:
    """Return every record as text cells, and notes on encoding and separator."""
    if path.stat().st_size > _MAX_BYTES:
        limit = f"{_MAX_BYTES // 1_000_000} MB"
        raise ReadError(f"the file is larger than {limit}", place=name, fix="split it, or export fewer columns")
    text, encoding = decode(path.read_bytes(), name)
    csv.field_size_limit(_MAX_CELL)
    separator = find_separator(text)
    return list(_records(text, separator, name)), (f"encoding {encoding}", f"separator {separator!r}")


def _records(text: str, separator: str, name: str) -> Iterator[list[str | None]]:
    """Yield the records; a quotation mark that swallows the lines after it is named, not obeyed."""
    lines = list(io.StringIO(text, newline=""))
    reader, number, start = csv.reader(lines, delimiter=separator), 0, 0
    try:
        for number, row in enumerate(reader, start=1):
            if reader.line_num - start > 1 and not _well_quoted(lines[start : reader.line_num], separator):
                raise _broken(number, name)
            start = reader.line_num
            yield list(row)
    except csv.Error:
        raise _broken(number + 1, name) from None


def _well_quoted(lines: Iterable[str], separator: str) -> bool:
    try:
        return bool(list(csv.reader(lines, delimiter=separator, strict=True)))
    except csv.Error:
        return False


def _broken(row: int, name: str) -> ReadError:
    return ReadError(
        f"a quotation mark that opens in row {row} is not closed: the rows after it would be lost",
        place=Place(name, row=row),
        fix='close it or double it (""), or export the file again as xlsx',
    )


def decode(content: bytes, name: str) -> tuple[str, str]:
    """Return the text and its encoding: byte-order mark, else strict UTF-8, else windows-1252. Nothing is guessed."""
    encoding = next((e for bom, e in _BOMS if content.startswith(bom)), None)
    for candidate in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(candidate)
        except UnicodeDecodeError:
            continue
        return _without_nul(text, name), candidate
    raise ReadError(
        f"not {encoding or 'UTF-8 or windows-1252'} text", place=name, fix="export it again as 'CSV UTF-8', or as xlsx"
    )


def _without_nul(text: str, name: str) -> str:
    if (at := text.find("\0")) < 0:
        return text
    line = text.count("\n", 0, at) + 1
    fix = "the file is damaged or in an unusual encoding: export it again as 'CSV UTF-8'"
    raise ReadError("a NUL character stands in the text", place=Place(name, row=line), fix=fix)


def find_separator(text: str) -> str:
    """Return the separator that cuts most records into the same number of cells, more than one.

    A comma always followed by a blank that the first line does not have is punctuation: "Virtanen, Maija".
    """
    sample = text[:_MAX_CELL]
    punctuation = sample.count(",") == sample.count(", ") and "," not in sample.lstrip().partition("\n")[0]

    def score(separator: str) -> tuple[float, int]:
        if separator == "," and punctuation:
            return 0.0, 0
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
