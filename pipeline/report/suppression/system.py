"""Counts of people, what must be hidden with each, and the sums among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

Key = tuple[str, ...]
Sums = Sequence[Mapping[Key, int]]


@dataclass(frozen=True)
class Cell:
    """One count of people that the shown rows give, or would give.

    Parameters
    ----------
    value : int
        The count.
    unit : tuple of str
        What is hidden together: all rows of a group, or the rows of one answer.
    low, high : float
        Between which values everybody knows it to lie: the size of its group, the rule itself.
    primary : bool
        Whether the count must not be known.
    cost : int
        What is lost when it is hidden to protect another; the cheapest goes first.
    """

    value: int
    unit: Key
    low: float = 0
    high: float = inf
    primary: bool = False
    cost: int = 0


@dataclass
class Counts:
    """The counts in a table, the sums among them, and the rows to be masked with each unit.

    Parameters
    ----------
    cells : dict
        Counts by their key.
    sums : list
        Coefficients by key: the total of each is known to everybody, shown or not.
    rows : dict
        Positions of the rows that give a unit away.
    reasons : dict
        Why a unit is hidden whatever the others are.
    """

    cells: dict[Key, Cell] = field(default_factory=dict)
    sums: list[dict[Key, int]] = field(default_factory=list)
    rows: dict[Key, set[int]] = field(default_factory=lambda: defaultdict(set))
    reasons: dict[Key, str] = field(default_factory=dict)

    def add(self, other: Counts) -> None:
        """Take in what another family holds; keys of different families differ."""
        self.cells.update(other.cells)
        self.sums.extend(other.sums)
        self.reasons.update(other.reasons)
        for unit, rows in other.rows.items():
            self.rows[unit] |= rows


def small(count: int, of: int | None, least: int) -> bool:
    """Return whether a count, or what is left of `of`, lies between 1 and `least` - 1.

    Examples
    --------
    >>> small(3, 30, 5), small(27, 30, 5), small(0, 30, 5), small(30, 30, 5)
    (True, True, False, False)
    """
    return 0 < count < least or (of is not None and 0 < of - count < least)


def parts(counts: Counts) -> list[Counts]:
    """Return the counts in parts that share neither a sum nor a unit, so that each can be looked at alone."""
    root: dict[Key, Key] = {key: key for key in counts.cells}
    by_unit: dict[Key, Key] = {}
    for key, cell in counts.cells.items():
        _join(root, key, by_unit.setdefault(cell.unit, key))
    for total in counts.sums:
        for key in total:
            _join(root, key, next(iter(total)))
    found: dict[Key, Counts] = defaultdict(Counts)
    for key, cell in counts.cells.items():
        found[_find(root, key)].cells[key] = cell
    for total in counts.sums:
        if total:
            found[_find(root, next(iter(total)))].sums.append(total)
    return list(found.values())


def _find(root: dict[Key, Key], key: Key) -> Key:
    while root[key] != key:
        root[key] = root[root[key]]
        key = root[key]
    return key


def _join(root: dict[Key, Key], one: Key, other: Key) -> None:
    root[_find(root, one)] = _find(root, other)
