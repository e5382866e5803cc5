"""Text with separators that a program wrote oddly: lines quoted as a whole, names of rows without a header."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from pipeline.ingest.folding import fold

Rows = list[list[str | None]]

#: A record within a cell: its first text has lost its own quotation marks, the second one has them.
_WITHIN: Final = re.compile(r'[^"]+?([;\t|])"')
#: A first column that has numbers of its own.
_NUMBERS: Final = re.compile(r"(?:\b(?:nro|numero|no|nr|id|number|nummer)|#)$|^(?:id|lomake|vastaaja|vastaus)\b")


def mended(rows: Rows, separator: str, quoted: bool = False) -> tuple[Rows, str, tuple[str, ...]]:
    """Return the records, the separator that cuts them, and notes on what was mended.

    A spreadsheet that opens a CSV with another separator than its own keeps each record in one cell, and saves it with
    quotation marks around the whole line. R writes names of rows, `quoted` as a rule, in a column without a header.
    """
    rows, separator, opened = _opened(rows, separator)
    rows, named = _with_header_of_row_names(rows, quoted)
    return rows, separator, (*opened, *named)


def _opened(rows: Rows, separator: str) -> tuple[Rows, str, tuple[str, ...]]:
    widths = Counter(len(row) for row in rows if any(row))
    first = next((row for row in rows if any(row)), [None])
    found = _WITHIN.match(first[0] or "")
    if found and widths.total() > 1:
        whole = [_cut(row, separator, found[1]) if any(row) else row for row in rows]
        if len({len(row) for row in whole if any(row)}) == 1:
            return whole, found[1], _note(widths.total())
    usual = max(widths, key=lambda width: widths[width], default=0)
    if usual <= 2 or not widths[1]:
        return rows, separator, ()
    single = {i: _cut(row, "", separator) for i, row in enumerate(rows) if len(row) == 1}
    again = {i: cells for i, cells in single.items() if len(cells) == usual}
    return [again.get(i, row) for i, row in enumerate(rows)] if again else rows, separator, _note(len(again))


def is_quoted_whole(line: str) -> bool:
    """Return whether a line is one cell that holds a record of another separator."""
    return line.startswith('"') and _WITHIN.match(line[1:].replace('""', '"')) is not None


def _cut(row: Sequence[str | None], joint: str, mark: str) -> list[str | None]:
    """Return the cells of a record that stands in one cell, or in several where its texts hold the outer separator."""
    line = joint.join(cell or "" for cell in row)
    try:
        return [*next(csv.reader([line], delimiter=mark, strict=True), [])]
    except csv.Error:
        return list(row)


def _note(lines: int) -> tuple[str, ...]:
    return (f"{lines} lines were quoted as a whole and were opened",) if lines else ()


def _with_header_of_row_names(rows: Rows, quoted: bool) -> tuple[Rows, tuple[str, ...]]:
    """Put a blank before the header where every record has one cell more than it, and the first ones are 1, 2, 3 ...

    Where the last cells are all empty, each line ends with a separator: then the header lacks nothing.
    """
    header, records = (rows[0], [row for row in rows[1:] if any(row)]) if rows else ([], [])
    if not records or not all(header) or any(len(row) != len(header) + 1 for row in records):
        return rows, ()
    # 1, 2, 3 under "Form no" are its own: decimal commas without quotation marks have made the rows longer
    if not quoted and header and _NUMBERS.search(fold(header[0] or "")):
        return rows, ()
    # one broken record is no proof, and other first cells may be answers that a separator has moved
    numbers = [str(number) for number in range(1, len(records) + 1)]
    if len(records) < 3 or [row[0] for row in records] != numbers or not any(row[-1] for row in records):
        return rows, ()
    return [["", *header], *rows[1:]], ("names of rows without a header before the first column",)
