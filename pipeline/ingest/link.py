"""One person, many lists: link rows that are the same person, by scored evidence.

Agreement and disagreement on name, e-mail, phone and year of birth add up to a score, in the manner of Fellegi and
Sunter (1969). Rows at `LINK` or above are one person, rows between `REVIEW` and `LINK` are shown for review and kept
apart. An empty key never matches anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
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
        The smallest row number of the rows that are one person. Nobody has two years of birth, or two names that
        are not alike, however the evidence is chained.
    review : list of (int, int)
        Pairs with some but not enough evidence.

    Examples
    --------
    >>> rows = pd.DataFrame({"name": ["maija virtanen", "maija virtanen", "maija virtanen"], "email": [None] * 3,
    ...                      "phone": [None] * 3, "birth_year": pd.array([1950, None, 1988], dtype="Int64")})
    >>> link(rows, 90)[0].tolist()
    [0, 0, 2]
    """
    records = [
        tuple(None if pd.isna(v) or v == "" else v for v in row) for row in people[["name", *_WEIGHTS]].to_numpy(object)
    ]
    scored = sorted(
        ((score(records[i], records[j], similarity), i, j) for i, j in _candidates(records)),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    parent = list(range(len(records)))
    groups = [[i] for i in range(len(records))]
    for value, i, j in scored:
        if value < LINK:
            break
        low, high = sorted((_root(parent, i), _root(parent, j)))
        if low != high and not _contradict(records, groups[low], groups[high], similarity):
            parent[high] = low
            groups[low] += groups[high]
    person = [_root(parent, i) for i in range(len(records))]
    review = [(i, j) for value, i, j in scored if REVIEW <= value < LINK and person[i] != person[j]]
    return pd.Series(person, index=people.index), review


def score(a: tuple, b: tuple, similarity: float) -> float:
    """Return the evidence that two (name, email, phone, birth_year) records are one person."""
    total = _name_weight(a[0], b[0], similarity)
    for (agree, disagree), x, y in zip(_WEIGHTS.values(), a[1:], b[1:], strict=True):
        if x and y:  # an empty text is no key
            total += agree if x == y else disagree
    return total


def _name_weight(a: str | None, b: str | None, similarity: float) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415

    if not a or not b:
        return 0.0
    if a == b:
        return _EQUAL_NAME
    alike = max(fuzz.ratio(a, b), fuzz.token_set_ratio(a, b) if min(a.count(" "), b.count(" ")) > 0 else 0)
    return _ALIKE_NAME if alike >= similarity else _OTHER_NAME


def _candidates(records: list[tuple]) -> Iterator[tuple[int, int]]:
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


def _contradict(records: list[tuple], a: list[int], b: list[int], similarity: float) -> bool:
    """Return whether joining two groups would give one person two years of birth, or names that are not alike."""
    years = {records[i][3] for i in (*a, *b)} - {None}
    names = product({records[i][0] for i in a}, {records[i][0] for i in b})
    return len(years) > 1 or any(_name_weight(x, y, similarity) == _OTHER_NAME for x, y in names)
