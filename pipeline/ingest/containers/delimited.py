"""Text with separators: CSV in all its dialects."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pipeline.core.errors import Place, ReadError
from pipeline.ingest.containers.mended import is_quoted_whole, mended

#: In order of preference: the comma comes last, because texts hold commas.
_SEPARATORS: Final = (";", "\t", "|", ",")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LETTERS: Final = re.compile("[^\\x00-\\x7f\\ufffd]")
#: åäöÅÄÖ of Windows; on a Mac these were marks that hardly stand in a text.
_WINDOWS: Final = frozenset("åäöÅÄÖ".encode("cp1252"))
_MAC_BLANK: Final = "\xa0".encode("mac_roman")
#: Records looked at when choosing the separator.
_SAMPLE: Final = 200
_MAX_BYTES: Final = 800_000_000
_MAX_CELL: Final = 1_000_000
#: Three times the columns of a spreadsheet, and cells that still fit in 4 GB of memory.
_MAX_COLUMNS: Final = 50_000
_MAX_CELLS: Final = 50_000_000
#: Different texts remembered while reading, and characters decoded at a time.
_MAX_KNOWN: Final = 500_000
#: Separators of a row that are no accident within an answer.
_FEWEST: Final = 3
_FEWEST_COMMAS: Final = 5
_DIGITS: Final = re.compile(r"\d+")
_BLOCK: Final = 1 << 22
#: Control characters that no survey export holds: a sign of a binary file.
_BINARY: Final = frozenset(range(32)) - {9, 10, 11, 12, 13, 27, 28, 29, 30, 31, 26}


def recognises(head: bytes) -> bool:
    """Return whether the content is text in records: no control characters, and no XML or JSON."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return not head.decode("utf-16", "ignore").lstrip().startswith(("<", "{", "["))
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    return not start.startswith((b"<", b"{", b"[")) and not _BINARY & set(head)


def read_grid(path: Path, name: str) -> tuple[list[list[str | None]], tuple[str, ...]]:
    """Return every record as text cells, and notes on encoding and separator."""
    if path.stat().st_size > _MAX_BYTES:
        limit = f"{_MAX_BYTES // 1_000_000} MB"
        raise ReadError(f"the file is larger than {limit}", place=name, fix="split it, or export fewer columns")
    encoding = find_encoding(path, name)
    csv.field_size_limit(_MAX_CELL)
    with path.open(encoding=encoding, newline="") as stream:
        start = stream.read(_MAX_CELL)
        stream.seek(0)
        separator, quoted = find_separator(start), start.partition("\n")[2].startswith('"')
        rows, separator, notes = mended(list(_records(stream, separator, name)), separator, quoted)
    return rows, (f"encoding {encoding}", f"separator {separator!r}", *notes)


class _Lines:
    """The lines of a text, holding on to those of the record that is being read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines, self.held = iter(lines), list[str]()

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.held.append(line)
        return line


def _records(stream: Iterable[str], separator: str, name: str) -> Iterator[list[str | None]]:
    """Yield the records; a quotation mark that swallows the lines after it is named, not obeyed.

    Equal cells are one object: answers repeat, and a million rows then fit in memory.
    """
    lines, number, cells, known = _Lines(stream), 0, 0, dict[str, str]()
    try:
        for number, row in enumerate(csv.reader(lines, delimiter=separator), start=1):
            if len(lines.held) > 1 and (not _well_quoted(lines.held, separator) or _swallowed(lines.held, separator)):
                raise _broken(number, name)
            lines.held.clear()
            cells += len(row)
            if len(row) > _MAX_COLUMNS or cells > _MAX_CELLS:
                raise _too_large(number, len(row), name)
            if len(known) > _MAX_KNOWN:
                known.clear()
            yield list(map(known.setdefault, row, row))
    except csv.Error:  # only a cell longer than the limit is one
        raise ReadError(
            f"a cell of row {number + 1} holds more than {_MAX_CELL:,} characters".replace(",", " "),
            place=Place(name, row=number + 1),
            fix="look for a quotation mark that is not closed, or split the text; or export it again as xlsx",
        ) from None


def _too_large(row: int, columns: int, name: str) -> ReadError:
    if columns > _MAX_COLUMNS:
        what, fix = f"row {row} has {columns} columns", "export it with its usual separator and line breaks"
        return ReadError(what, place=Place(name, row=row), allowed=f"up to {_MAX_COLUMNS} columns", fix=fix)
    what = f"the file holds more than {_MAX_CELLS // 1_000_000} million cells"
    return ReadError(what, place=name, fix="split it, or export fewer columns")


def _well_quoted(lines: Iterable[str], separator: str) -> bool:
    try:
        return bool(list(csv.reader(lines, delimiter=separator, strict=True)))
    except csv.Error:
        return False


def _swallowed(lines: Sequence[str], separator: str) -> bool:
    """Return whether the lines after the first are rows: as many cells as that one has, and a first cell like its own.

    A quotation mark that somebody wrote at the beginning of an answer, and another at the end of a later row, close.
    """
    width = lines[0].count(separator)
    if width < (_FEWEST if separator != "," else _FEWEST_COMMAS) or any(
        line.count(separator) != width for line in lines
    ):
        return False
    first = {_DIGITS.sub("9", line.partition(separator)[0].strip()) for line in lines}
    return len(first) == 1 and any(map(str.isdigit, first.pop()))


def _broken(row: int, name: str) -> ReadError:
    return ReadError(
        f"a quotation mark that opens in row {row} is not closed: the rows after it would be lost",
        place=Place(name, row=row),
        fix='close it or double it (""), or export the file again as xlsx',
    )


def find_encoding(path: Path, name: str) -> str:
    """Return the encoding: by the byte-order mark, else strict UTF-8, else windows-1252, or what old Macs wrote."""
    with path.open("rb") as stream:
        start = stream.read(_BLOCK)
    marked = next((e for bom, e in _BOMS if start.startswith(bom)), None)
    for candidate in [marked] if marked else ["utf-8", "mac_roman" if _is_of_a_mac(start) else "cp1252"]:
        try:
            _check_text(path, candidate, name)
        except UnicodeDecodeError:
            _check_not_mixed(path, name)
            continue
        return candidate
    raise ReadError(
        f"not {marked or 'UTF-8 or windows-1252'} text", place=name, fix="export it again as 'CSV UTF-8', or as xlsx"
    )


def _is_of_a_mac(start: bytes) -> bool:
    """Return whether text that is not UTF-8 ends its lines as old Macs did, with no letter of ours as on Windows.

    Also where all that is not ASCII is the blank that does not break: on Windows it would be one lonely letter.
    """
    if b"\r" in start and b"\n" not in start:
        return not _WINDOWS & set(start)
    return _MAC_BLANK in start and len(start) < _BLOCK and start.replace(_MAC_BLANK, b"").isascii()


def _check_not_mixed(path: Path, name: str) -> None:
    """Refuse text most of whose letters are UTF-8 and some not: as windows-1252 all of them would be read wrong."""
    whole = odd = 0
    with path.open(encoding="utf-8", errors="replace", newline="") as stream:
        while block := stream.read(_BLOCK):
            odd += block.count("\ufffd")
            whole += 0 if block.isascii() else len(_LETTERS.findall(block))
    if whole > odd:
        what = "most of its letters are UTF-8, but some are not: it was cut off, damaged or put together of two files"
        raise ReadError(what, place=name, fix="export it again as 'CSV UTF-8', or as xlsx")


def _check_text(path: Path, encoding: str, name: str) -> None:
    line = 1
    with path.open(encoding=encoding, newline="\n") as stream:
        while block := stream.read(_BLOCK):
            if (at := block.find("\0")) >= 0:
                fix = "the file is damaged or in an unusual encoding: export it again as 'CSV UTF-8'"
                where = Place(name, row=line + block.count("\n", 0, at))
                raise ReadError("a NUL character stands in the text", place=where, fix=fix)
            line += block.count("\n")


def find_separator(text: str) -> str:
    """Return the separator that cuts most records into the same number of cells, more than one.

    A comma always followed by a blank that the first line does not have is punctuation: "Virtanen, Maija". A mark that
    leaves text outside the quotation marks of a cell is no separator, unless every one does.
    """
    sample = text[:_MAX_CELL]
    if is_quoted_whole(sample.lstrip().partition("\n")[0]):
        return ","
    punctuation = sample.count(",") == sample.count(", ") and "," not in sample.lstrip().partition("\n")[0]

    def score(separator: str, strict: bool) -> tuple[float, int]:
        if separator == "," and punctuation:
            return 0.0, 0
        records = csv.reader(io.StringIO(sample, newline=""), delimiter=separator, strict=strict)
        widths = Counter(len(row) for row, _ in zip(_until_error(records), range(_SAMPLE), strict=False) if row)
        wide = {width: n for width, n in widths.items() if width > 1}
        if not wide:
            return 0.0, 0
        width, n = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
        return n / widths.total(), width

    scores = {mark: (score(mark, strict=True), score(mark, strict=False)) for mark in _SEPARATORS}
    return max(_SEPARATORS, key=scores.__getitem__)


def _until_error(records):  # type: ignore[no-untyped-def]
    """Yield records up to the first broken one: enough to choose a separator by."""
    try:
        yield from records
    except csv.Error:
        return
