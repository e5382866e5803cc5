"""Cells of a spreadsheet that are merged over rows speak for each of these rows, as they do in a table of Word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.ingest.header_search import filled, find_header

#: Rows that can be written to.
Rows = list[list[str | None]]
REMARK: Final = "merged cells were read as filled on each of their rows: {}"


def filled_down(grid: Rows, ranges: Sequence[tuple[str, int, str, int]]) -> list[str]:
    """Write the text of cells merged over rows into every row that holds something else; return where.

    Only below the header: within it a merged cell is its shape. A range over several columns is a title.

    Examples
    --------
    >>> grid = [["Event", "Q1"], ["Picnic", "4"], [None, "5"], [None, None]]
    >>> filled_down(grid, [("A", 2, "A", 4)]), grid[2:]
    (['A2:A4'], [['Picnic', '5'], [None, None]])
    """
    down = [(left, top, bottom) for left, top, right, bottom in ranges if left == right and top < bottom]
    header = find_header(grid) + 1 if down else 0
    return [f"{c}{top}:{c}{bottom}" for c, top, bottom in down if top > header and _fill(grid, _number(c), top, bottom)]


def _fill(grid: Rows, column: int, top: int, bottom: int) -> bool:
    """Return whether there was anything to fill in."""
    text = grid[top - 1][column] if top <= len(grid) and column < len(grid[top - 1]) else None
    rows = [row for row in grid[top:bottom] if any(map(filled, row))]
    if text is None or not filled(text):
        return False
    for row in rows:
        row[column] = text
    return bool(rows)


def _number(letters: str) -> int:
    """Return which column, from 0, has these letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
