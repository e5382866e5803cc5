"""A header of two rows, as people and some tools make it: a question over the first of its columns, the options below.

Read as one row it would lose the question and count the options as somebody's answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.header_search import Grid, filled, is_number

#: What a program writes where a header had no name.
_UNNAMED: Final = re.compile(r"unnamed: \d+(_level_\d+)?", re.IGNORECASE)
#: A column that every respondent has: an identifier, a time.
_NEARLY_ALL: Final = 0.8
#: How often an answer of a closed question is given.
_REPEATED: Final = 3


@dataclass(frozen=True)
class Heading:
    """Where the header stands in the grid, and what it says.

    Parameters
    ----------
    at, height : int
        Its first row, counted from 0, and how many rows it has.
    names, seconds : tuple of str
        The name of each column, and another by which an instrument may know it; "" where there is none.
    """

    at: int
    height: int
    names: tuple[str, ...]
    seconds: tuple[str, ...]

    @property
    def note(self) -> tuple[str, ...]:
        """Where the header is, if it is not simply row 1; the last number is its last row."""
        if self.height == 2:
            return (f"header in rows {self.at + 1} and {self.at + 2}",)
        return (f"header in row {self.at + 1}",) if self.at else ()


def heading(grid: Grid, at: int, by_hand: bool = True) -> Heading:
    """Return the heading whose widest row is `at`: that row, and in a table made `by_hand` a row that belongs to it."""
    for top in (at, at - 1) if by_hand else ():
        if 0 <= top < len(grid) - 2 and _interlock(grid, top):
            return _joined(grid, top)
    names = _texts(grid[at]) if len(grid) else []
    sections = _carried(_texts(grid[at - 1])) if at and by_hand else []
    return Heading(at, 1, tuple(names), tuple(_section_names(sections, names)))


def _joined(grid: Grid, top: int) -> Heading:
    width = max(len(grid[top]), len(grid[top + 1]))
    above, below = (_padded(_texts(row), width) for row in grid[top : top + 2])
    carried = _padded(_carried(above), width)
    names = [f"{q} - {option}" if option else q for q, option in zip(carried, below, strict=True)]
    named = [name if option or first else "" for name, option, first in zip(names, below, above, strict=True)]
    return Heading(top, 2, tuple(named), tuple(below))


def _interlock(grid: Grid, top: int) -> bool:
    """Return whether the row under `top` names just the columns that `top` leaves to a question on their left.

    A record could do the same: it is none where what it says is said nowhere below, and where it alone lacks what
    nearly all records have. Options that are ticked by their own text are said below: there every record must have
    what this row lacks.
    """
    width = max(map(len, grid[top : top + 2]))
    above, below = (_padded(_texts(row), width) for row in grid[top : top + 2])
    spans = _spans([(bool(question), bool(option)) for question, option in zip(above, below, strict=True)])
    spanned = {i for span in spans for i in span}
    if not spans or any(text and i not in spanned for i, text in enumerate(below)):
        return False
    if any(len({below[i] for i in span} - {""}) < len(span) for span in spans):
        return False
    body = grid[top + 2 :]
    columns = [_said(body, i) for i in range(width)]
    last = max(i for i in range(width) if above[i] or below[i])
    if any(columns[i] and not (above[i] or below[i]) for i in range(last)):
        return False
    records = sum(any(map(filled, row)) for row in body)
    outside = [len(columns[i]) for i in range(width) if i not in spanned and above[i]]
    own_text = {i for i in spanned if set(columns[i]) == {below[i]}} if records in outside and records > 2 else ()
    if any(is_number(below[i]) or (below[i] in columns[i] and i not in own_text) for i in spanned):
        return False
    ticks = [text for i in spanned for text in columns[i]]
    # beside nothing else the row above is a title
    of_a_list = bool(outside) and all(kind_of(below[i]) for i in spanned)
    if outside and not of_a_list:
        return max(outside) >= _NEARLY_ALL * records
    return of_a_list or all(map(is_number, ticks)) or len(set(ticks)) <= len(ticks) / _REPEATED


def _spans(columns: Sequence[tuple[bool, bool]]) -> list[list[int]]:
    """Return the columns of each question that has more than one, told what is above and what below in each."""
    groups: list[list[int]] = []
    for i, (question, option) in enumerate(columns):
        if question:
            groups.append([i])
        elif option and groups:
            groups[-1].append(i)
    return [group for group in groups if len(group) > 1]


def _said(body: Grid, column: int) -> list[str]:
    return [text.strip() for row in body if column < len(row) and (text := filled(row[column]))]


def _texts(row: Sequence[str | None]) -> list[str]:
    return ["" if _UNNAMED.fullmatch(text) else text for text in ((filled(cell) or "").strip() for cell in row)]


def _carried(texts: Sequence[str]) -> list[str]:
    """Return each text repeated to the right until the next."""
    carried: list[str] = []
    for text in texts:
        carried.append(text or (carried[-1] if carried else ""))
    return carried


def _section_names(sections: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return "section - name" per column where the row above the header is of sections: more than a title at its left.

    The same name under two sections is two questions.
    """
    if len(set(sections) - {""}) < 2:
        return []
    both = zip(_padded(sections, len(names)), names, strict=False)
    return [f"{section} - {name}" if section and name else "" for section, name in both]


def _padded(texts: Sequence[str], width: int) -> list[str]:
    return [*texts, *[""] * (width - len(texts))]
