"""Which row of a grid is its header: told by its width and its words, for titles and remarks may stand above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

Grid = Sequence[Sequence[str | None]]

#: A header fills most of the table's width; a title block above it does not.
_HEADER_SHARE: Final = 0.6
#: Rows looked at when searching the header: title blocks are short.
_HEADER_SEARCH: Final = 40
#: Remarks above the header are few lines.
_MOST_NOTES: Final = 10
#: Rows that tell how wide the table is.
_WIDTH_SEARCH: Final = 1000


def is_number(text: str) -> bool:
    """Return whether a text is a number, date or time rather than words."""
    return text[:1].isdigit() and sum(c.isalpha() for c in text) <= 2


def filled(cell: str | None) -> str | None:
    """Return the text of a cell; None where it is blank."""
    return cell if cell is not None and cell.strip() else None


def width_of(row: Sequence[str | None]) -> int:
    """Return how many cells of a row are filled."""
    return sum(map(bool, map(str.strip, filter(None, row))))


def find_header(grid: Grid) -> int:
    """Return the index of the header: the first row that is nearly as wide as the table and holds distinct texts.

    A record much longer than the others is a broken one and does not make the table wide.
    """
    looked_at = grid[:_WIDTH_SEARCH]
    lengths = Counter(len(row) for row in looked_at if any(row))
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    widths = [min(width_of(row), usual) for row in looked_at]
    wide = max(2, _HEADER_SHARE * max(widths, default=0))
    first = next((i for i, row in enumerate(grid[:_HEADER_SEARCH]) if widths[i] >= wide and are_names(row)), None)
    if first is None:
        return next((i for i, width in enumerate(widths) if width), 0)
    beside = _left_of_another(grid, first)
    return _below_chatter(grid, widths, first) if beside is None else beside


def _left_of_another(grid: Grid, first: int) -> int | None:
    """Return the header above `first`, where that row is a record, made wide by the header of a small table beside it.

    The real one names the columns left of the small table, and no answer is a name.
    """
    reached = _columns(grid[first])
    for at in range(first):
        own = _columns(grid[at])
        beside = reached - own
        if len(own) < 2 or not beside or min(beside) < max(own) or len(own & reached) < _HEADER_SHARE * len(own):
            continue
        below = [_columns(row) for row in grid[at + 1 : at + 1 + _WIDTH_SEARCH]]
        small, long = sum(len(beside & row) > len(beside) / 2 for row in below), sum(bool(own & row) for row in below)
        of_names = are_names(grid[at]) and not _is_record(grid, at, own)
        if of_names and small <= long / 2 and _is_record(grid, first, own & reached):
            return at
    return None


def _columns(row: Sequence[str | None]) -> set[int]:
    return {i for i, cell in enumerate(row) if filled(cell)}


def _is_record(grid: Grid, at: int, columns: Iterable[int]) -> bool:
    """Return whether a row holds a number, or an answer that others below it give too, and not all of them."""
    below = grid[at + 1 : at + 1 + _WIDTH_SEARCH]
    for i in columns:
        text, others = (grid[at][i] or "").strip(), {(row[i] or "").strip() for row in below if i < len(row)} - {""}
        if is_number(text) or (text in others and len(others) > 1):
            return True
    return False


def _below_chatter(grid: Grid, widths: Sequence[int], first: int) -> int:
    """Return the header below `first`, where `first` is one of several wide lines of remarks above the real one.

    The real one is wider, has no digit, follows rows without numbers, and stands above a column of numbers.
    """
    for index in range(first + 1, min(first + 1 + _MOST_NOTES, len(widths))):
        row = grid[index]
        if any(is_number(cell.strip()) for cell in row if cell):
            return first
        if widths[index] > widths[first] and are_names(row) and _above_numbers(grid, index):
            return index
    return first


def _above_numbers(grid: Grid, at: int) -> bool:
    below = grid[at + 1 : at + 1 + _HEADER_SEARCH]
    for i, name in enumerate(grid[at]):
        cells = [cell.strip() for row in below if i < len(row) and (cell := row[i]) and cell.strip()]
        if name and len(cells) > 1 and sum(map(is_number, cells)) > 0.6 * len(cells):
            return True
    return False


def are_names(row: Sequence[str | None]) -> bool:
    """Return whether a row could name columns: mostly texts, hardly a value twice."""
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    numbers = sum(cell.replace(",", "").replace(".", "").isdigit() for cell in cells)
    return numbers <= len(cells) / 4 and len(set(cells)) >= len(cells) / 2
