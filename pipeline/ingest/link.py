"""One person, many lists: link rows that are the same person, by scored evidence.

Agreement and disagreement on name, e-mail, phone and year of birth add up to a score, in the manner of Fellegi and
Sunter (1969). Rows at `LINK` or above are one person, rows between `REVIEW` and `LINK` are shown for review and kept
apart. An empty key never matches anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import pandas as pd

LINK: Final = 6.0
REVIEW: Final = 4.0

_EQUAL_NAME: Final = 6.0
_ALIKE_NAME: Final = 4.0
_OTHER_NAME: Final = -10.0
#: (agree, disagree) where both rows have the value.
_WEIGHTS: Final = {"email": (8.0, -2.5), "phone": (7.0, -2.0), "birth_year": (4.0, -8.0)}
#: Letters of a name's part that rows must share to be compared at all.
_BLOCK_LETTERS: Final = 3


def link(people: pd.DataFrame, similarity: float) -> tuple[pd.Series, list[tuple[int, int]]]:
    """Return a person number per row, and pairs of rows a person should look at.

    Parameters
    ----------
    people : DataFrame
        Columns name, email, phone (str), birth_year (Int64); index 0..n-1.
    similarity : float
        Names at least this alike (0-100, token-sorted Levenshtein ratio) may be one person.

    Returns
    -------
    person : Series of int
        The smallest row number of the rows that are one person.
    review : list of (int, int)
        Pairs with some but not enough evidence.

    Examples
    --------
    >>> rows = pd.DataFrame({"name": ["maija virtanen", "maija virtanen", "maija virtanen"], "email": [None] * 3,
    ...                      "phone": [None] * 3, "birth_year": pd.array([1950, None, 1988], dtype="Int64")})
    >>> link(rows, 90)[0].tolist()
    [0, 0, 2]
    """
    records = [tuple(None if pd.isna(v) else v for v in row) for row in people[["name", *_WEIGHTS]].to_numpy(object)]
    scored = sorted(
        ((score(records[i], records[j], similarity), i, j) for i, j in _candidates(records)),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    parent = list(range(len(records)))
    years = [{record[3]} - {None} for record in records]
    for value, i, j in scored:
        if value < LINK:
            break
        _join(parent, years, i, j)
    person = [_root(parent, i) for i in range(len(records))]
    review = [(i, j) for value, i, j in scored if REVIEW <= value < LINK and person[i] != person[j]]
    return pd.Series(person, index=people.index), review


def score(a: tuple, b: tuple, similarity: float) -> float:  # type: ignore[type-arg]
    """Return the evidence that two (name, email, phone, birth_year) records are one person."""
    total = _name_weight(a[0], b[0], similarity)
    for (agree, disagree), x, y in zip(_WEIGHTS.values(), a[1:], b[1:], strict=True):
        if x is not None and y is not None:
            total += agree if x == y else disagree
    return total


def _name_weight(a: str | None, b: str | None, similarity: float) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415

    if a is None or b is None:
        return 0.0
    if a == b:
        return _EQUAL_NAME
    alike = max(fuzz.ratio(a, b), fuzz.token_set_ratio(a, b) if min(a.count(" "), b.count(" ")) > 0 else 0)
    return _ALIKE_NAME if alike >= similarity else _OTHER_NAME


def _candidates(records: list[tuple]) -> Iterator[tuple[int, int]]:  # type: ignore[type-arg]
    """Yield pairs that share a key: so that not every row is compared with every other."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, record in enumerate(records):
        for key in _keys(*record):
            blocks[key].append(i)
    yield from sorted({pair for rows in blocks.values() for pair in combinations(rows, 2)})


def _keys(name: str | None, email: str | None, phone: str | None, year: int | None) -> Iterator[tuple[str, ...]]:
    """Yield e-mail, phone, the beginnings of two parts of the name, and of one part with the year of birth."""
    starts = sorted({part[:_BLOCK_LETTERS] for part in (name or "").split()})
    yield from (("names", *pair) for pair in combinations(starts, 2))
    if len(starts) == 1:
        yield "name", starts[0]
    if year is not None:
        yield from (("year", str(year), start) for start in starts)
    if email:
        yield "email", email
    if phone:
        yield "phone", phone


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _join(parent: list[int], years: list[set[int]], i: int, j: int) -> None:
    """Make two groups one, unless that would give a person two years of birth."""
    low, high = sorted((_root(parent, i), _root(parent, j)))
    if low != high and len(years[low] | years[high]) <= 1:
        parent[high] = low
        years[low] |= years[high]
