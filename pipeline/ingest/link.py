"""One person, many lists: link rows that are the same person, by scored evidence.

Agreement and disagreement on name, e-mail, phone and year of birth add up to a score, in the manner of Fellegi and
Sunter (1969). Rows at `LINK` or above are one person, rows between `REVIEW` and `LINK` are shown for review and kept
apart. An empty key never matches anything; what a person has decided goes before any score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest import link_pairs
from pipeline.ingest.link_names import Names

LINK: Final = 6.0
REVIEW: Final = 4.0

#: (agree, disagree) where both rows have the value.
_WEIGHTS: Final = {"email": (8.0, -2.5), "phone": (7.0, -2.0), "birth_year": (4.0, -8.0)}
_KEYS: Final = ("name", *_WEIGHTS)
#: Pairs scored at a time: bounds the memory.
_CHUNK: Final = 500_000

Pairs = Iterable[tuple[int, int]]


@dataclass(frozen=True)
class Linked:
    """Who is whom.

    Parameters
    ----------
    person : Series of int
        The smallest row number of the rows that are one person.
    review : list of (int, int)
        Pairs of rows with some but not enough evidence, or with evidence that is contradicted; one for each two people.
    not_compared : int
        Pairs of records that share a key so common that not all of its records were compared with each other.
    """

    person: pd.Series
    review: list[tuple[int, int]]
    not_compared: int = 0


def link(
    people: pd.DataFrame,
    similarity: float,
    same: Pairs = (),
    apart: Pairs = (),
    doubtful: Pairs = (),
    asked: Pairs = (),
) -> Linked:
    """Return a person number per row, and pairs of rows a person should look at.

    Parameters
    ----------
    people : DataFrame
        Columns name, email, phone (str), birth_year (Int64); index 0..n-1.
    similarity : float
        Names at least this alike (0-100, token-sorted Levenshtein ratio) may be one person.
    same, apart : pairs of row numbers
        What is decided already: the rows are one person, or two.
    doubtful : pairs of row numbers
        Where their names are alike, a person must say: kept apart and shown for review.
    asked : pairs of row numbers
        Shown for review where nothing else has made one person of them.

    Returns
    -------
    Linked
        Nobody has two years of birth, or two names that are not alike, or contacts that speak against it, however the
        evidence is chained, unless `same` says so; and nobody is two people that `apart` keeps apart.

    Raises
    ------
    ValueError
        When `same`, chained, joins two rows of `apart`.

    Examples
    --------
    >>> rows = pd.DataFrame({"name": ["maija virtanen", "maija virtanen", "maija virtanen"], "email": [None] * 3,
    ...                      "phone": [None] * 3, "birth_year": pd.array([1950, None, 1988], dtype="Int64")})
    >>> link(rows, 90).person.tolist()
    [0, 0, 2]
    """
    decided = [*same], [*apart]
    known = {frozenset(pair) for pairs in decided for pair in pairs}
    codes, texts = _codes(people)
    names = Names(texts["name"], _holders(codes, len(texts["name"])), similarity)
    # names that are not alike are kept apart as it is
    unsaid = [(i, j) for i, j in doubtful if not names.different(int(codes[i, 0]), int(codes[j, 0]))]
    unsaid = [pair for pair in unsaid if frozenset(pair) not in known]
    record, first = _records(codes, names, {i for pair in (*decided[1], *unsaid) for i in pair})
    found, not_compared = link_pairs.candidates(codes[first], texts)
    pairs, values = _scored(codes[first], found, names)
    groups = _Groups(codes[first], names)
    for i, j in decided[0]:
        groups.join(int(record[i]), int(record[j]))
    groups.keep_apart((int(record[i]), int(record[j])) for i, j in decided[1])
    unsaid = [(i, j) for i, j in unsaid if groups.root(int(record[i])) != groups.root(int(record[j]))]
    groups.keep_apart((int(record[i]), int(record[j])) for i, j in unsaid)
    for i, j in pairs[values >= LINK].tolist():
        groups.join_unless_contradicted(i, j)
    person = np.array([first[groups.root(r)] for r in range(len(first))], dtype=np.int64)[record]
    # what was not joined is asked: the evidence is not enough, or something speaks against it
    open_ones = [(int(i), int(j)) for i, j in [*pairs.tolist(), *((record[i], record[j]) for i, j in asked)]]
    review = [*unsaid, *((int(first[i]), int(first[j])) for i, j in groups.not_yet_told(open_ones))]
    review = [pair for pair in dict.fromkeys(review) if frozenset(pair) not in known]
    return Linked(pd.Series(person, index=people.index), review, not_compared)


def score(a: tuple, b: tuple, similarity: float) -> float:
    """Return the evidence that two (name, email, phone, birth_year) records are one person."""
    frame = pd.DataFrame([a, b], columns=list(_KEYS)).astype({"birth_year": "Int64"})
    codes, texts = _codes(frame)
    names = Names(texts["name"], _holders(codes, len(texts["name"])), similarity)
    return float(_score(codes[:1], codes[1:], names)[0])


def _codes(people: pd.DataFrame) -> tuple[np.ndarray, dict[str, list[str]]]:
    """Return each row's name, e-mail, phone and year as numbers, -1 where empty, and the texts they stand for."""
    columns, texts = [], {}
    for key in _KEYS:
        values = people[key].astype(object)
        values = values.where(people[key].notna() & (values != ""), None)
        code, different = pd.factorize(values)
        columns.append(code)
        texts[key] = [str(value) for value in different]
    return np.stack(columns, axis=1).astype(np.int64), texts


def _holders(codes: np.ndarray, n: int) -> np.ndarray:
    """Return how many people bear each name at least: as many as it has years of birth, or e-mail addresses."""
    held = np.ones(n, dtype=np.int64)
    for column in (1, 3):
        both = codes[(codes[:, 0] >= 0) & (codes[:, column] >= 0)][:, [0, column]]
        held = np.maximum(held, np.bincount(np.unique(both, axis=0)[:, 0], minlength=n))
    return held


def _records(codes: np.ndarray, names: Names, alone: set[int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the record of each row, and each record's first row: equal rows are one where that is evidence enough.

    Rows of a common name and nothing else are not one person for that, and a decided row is looked at for itself.
    """
    weights = np.array([agree for agree, _ in _WEIGHTS.values()])
    sure = names.equal_weight(codes[:, 0]) + (codes[:, 1:] >= 0) @ weights >= LINK
    sure[list(alone)] = False
    own = np.where(sure, -1, np.arange(len(codes)))
    _, first, record = np.unique(np.column_stack([codes, own]), axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rank[record.ravel()], first[order]


def _scored(codes: np.ndarray, pairs: np.ndarray, names: Names) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs worth a look, the surest first, and their scores."""
    kept, values = [np.empty((0, 2), dtype=np.int64)], [np.empty(0)]
    for start in range(0, len(pairs), _CHUNK):
        chunk = pairs[start : start + _CHUNK]
        value = _score(codes[chunk[:, 0]], codes[chunk[:, 1]], names)
        kept.append(chunk[value >= REVIEW])
        values.append(value[value >= REVIEW])
    found, value = np.concatenate(kept), np.concatenate(values)
    order = np.lexsort((found[:, 1], found[:, 0], -value))
    return found[order], value[order]


def _score(a: np.ndarray, b: np.ndarray, names: Names) -> np.ndarray:
    total = names.weight(a[:, 0], b[:, 0])
    for column, (agree, disagree) in enumerate(_WEIGHTS.values(), start=1):
        both = (a[:, column] >= 0) & (b[:, column] >= 0)
        total += np.where(both, np.where(a[:, column] == b[:, column], agree, disagree), 0.0)
    return total


class _Groups:
    """Records joined so far, and what forbids joining two groups of them."""

    def __init__(self, codes: np.ndarray, names: Names) -> None:
        self._names = names
        self._parent = list(range(len(codes)))
        self._members: list[set[int]] = [{i} for i in range(len(codes))]
        self._values = [[{int(c)} - {-1} for c in column] for column in codes.T]
        self._apart: list[set[int]] = [set() for _ in range(len(codes))]

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        low, high = sorted((self.root(i), self.root(j)))
        if low != high:
            self._parent[high] = low
            for sets in (self._members, *self._values, self._apart):
                sets[low] |= sets[high]

    def keep_apart(self, pairs: Pairs) -> None:
        for i, j in pairs:
            if self.root(i) == self.root(j):
                raise ValueError("decided to be one person and two")
            self._apart[self.root(i)].add(j)
            self._apart[self.root(j)].add(i)

    def not_yet_told(self, pairs: Pairs) -> list[tuple[int, int]]:
        """Return one pair for each two people of whom nobody has said whether they are one, the first there is."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for i, j in pairs:
            low, high = sorted((self.root(i), self.root(j)))
            if low != high and not self._told_apart(low, high):
                found.setdefault((low, high), (i, j))
        return list(found.values())

    def _told_apart(self, low: int, high: int) -> bool:
        return bool(self._apart[low] & self._members[high] or self._apart[high] & self._members[low])

    def join_unless_contradicted(self, i: int, j: int) -> None:
        low, high = self.root(i), self.root(j)
        if low != high and not self._contradicted(low, high):
            self.join(low, high)

    def _contradicted(self, low: int, high: int) -> bool:
        if self._told_apart(low, high):
            return True
        names, *contacts = ((sets[low], sets[high]) for sets in self._values)
        weights = [
            (agree if one & other else disagree) if one and other else 0.0
            for (one, other), (agree, disagree) in zip(contacts, _WEIGHTS.values(), strict=True)
        ]
        # a row with a name only is no bridge between two people whose contacts differ
        if sum(weights) < 0 or weights[-1] < 0:
            return True
        return any(self._names.different(a, b) for a in names[0] for b in names[1] if a != b)


def pairs_of(rows: Sequence[int], keys: pd.Series) -> list[tuple[int, int]]:
    """Return pairs of rows that share a key, each with the first of its key.

    Examples
    --------
    >>> pairs_of([0, 1, 2], pd.Series(["a", "b", "a"]))
    [(0, 2)]
    """
    first: dict[str, int] = {}
    found = [(first.setdefault(key, row), row) for row, key in zip(rows, keys, strict=True)]
    return [(i, j) for i, j in found if i != j]
