"""Merged cells of a spreadsheet speak for each of the rows they cover, as they do in a table of Word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.header_search import filled, find_header, is_number

#: Rows that can be written to.
Rows = list[list[str | None]]
FILLED: Final = "merged cells were read as filled on each of their rows or days: {}"
NUMBERS: Final = "merged cells hold a number of people, which was read on their first row only: {}"
WIDE: Final = "cells merged over several columns were read in the first one only: {}"
#: How many times over the ranges may cover the sheet.
_TIMES: Final = 20


class Range(NamedTuple):
    """A merged range as spreadsheets name it: columns by letters, rows from 1."""

    left: str
    top: int
    right: str
    bottom: int

    @property
    def address(self) -> str:
        """Its name, such as A2:A5."""
        return f"{self.left}{self.top}:{self.right}{self.bottom}"


def fill(grid: Rows, ranges: Sequence[Range]) -> tuple[dict[str, list[str]], dict[int, frozenset[str]]]:
    """Write the text of merged cells where else it speaks.

    Returns the ranges that each remark is about, and row (from 1) -> the texts that merged cells above say for it.

    One over rows speaks for every row that holds something else. A number of people does not: four of a family would
    be sixteen. One over columns of days speaks for every day; over others it is a title, or a person must look. In the
    header a merged cell is its shape, but for one that reaches down beside days.

    Examples
    --------
    >>> grid = [["Event", "Q1"], ["Picnic", "4"], [None, "5"], [None, None]]
    >>> told, spoken = fill(grid, [Range("A", 2, "A", 4)])
    >>> told[FILLED], spoken, grid[2:]
    (['A2:A4'], {3: frozenset({'Picnic'})}, [['Picnic', '5'], [None, None]])
    """
    header, spoken = _header(grid) if ranges else 0, defaultdict[int, set[str]](set)
    told: dict[str, list[str]] = {FILLED: [], NUMBERS: [], WIDE: []}
    for one in _apart(grid, ranges):
        text = _text(grid, one)
        empty = [(r, c) for r, c in _others(grid, one, header) if c < len(grid[r]) and not filled(grid[r][c])]
        number = one.left == one.right and (text or "").strip().isdecimal() and _counts_people(grid, one, header)
        for row, column in empty if text and not number else []:
            grid[row][column] = text
            spoken[row + 1] |= {str(text)} if row >= one.top else set()
        kind = (NUMBERS if number else FILLED) if empty else WIDE if _is_in_a_record(grid, one) else None
        if text and kind and one.top > header:
            told[kind].append(one.address)
    return told, {row: frozenset(texts) for row, texts in spoken.items()}


def _apart(grid: Rows, ranges: Sequence[Range]) -> Iterator[Range]:
    """Yield the ranges until they cover more than the sheet has many times over: those of a program do not overlap."""
    left = _TIMES * (sum(map(len, grid)) + len(ranges))
    for one in ranges:
        left -= max(0, min(one.bottom, len(grid)) - one.top + 1) * max(map(len, grid[:1]), default=1)
        if left < 0:
            return
        yield one


def _header(grid: Rows) -> int:
    """Return the last row of the header, from 1: that of days, where a row above the one of names has several."""
    found = find_header(grid)
    days = (i for i, row in enumerate(grid[: found + 1]) if sum(is_number(cell or "") for cell in row) > 1)
    return next(days, found) + 1


def _counts_people(grid: Rows, one: Range, header: int) -> bool:
    row, column = grid[header - 1], _number(one.left)
    return kind_of(row[column] or "" if column < len(row) else "") == "number"


def _is_in_a_record(grid: Rows, one: Range) -> bool:
    """Return whether a range over several columns has something beside it: else it is a title."""
    inside = range(_number(one.left), _number(one.right) + 1)
    rows = grid[one.top - 1 : one.bottom]
    return len(inside) > 1 and any(filled(cell) for row in rows for c, cell in enumerate(row) if c not in inside)


def _text(grid: Rows, one: Range) -> str | None:
    row, column = one.top - 1, _number(one.left)
    return filled(grid[row][column]) if row < len(grid) and column < len(grid[row]) else None


def _others(grid: Rows, one: Range, header: int) -> list[tuple[int, int]]:
    """Return the other cells of a range for which its text speaks."""
    first, last = _number(one.left), _number(one.right)
    if one.top == one.bottom:
        across = range(first, last + 1)
        days = any(
            all(c < len(row) and is_number(row[c] or "") for c in across) for row in grid[: min(header, one.top - 1)]
        )
        return [(one.top - 1, column) for column in across[1:]] if days and one.top <= len(grid) else []
    rows = [i for i in range(one.top, min(one.bottom, len(grid))) if any(map(filled, grid[i]))]
    beside_days = all(is_number(cell.strip()) for i in rows for cell in grid[i] if cell and cell.strip())
    return [(i, first) for i in rows] if first == last and (one.top > header or beside_days) else []


def _number(letters: str) -> int:
    """Return which column, from 0, has these letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
