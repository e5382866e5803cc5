"""Which records are compared at all: those that share a key. The rest of the n(n-1)/2 pairs cannot be one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import Final

import numpy as np
import pandas as pd

#: Letters at the beginning or the end of a name's part that records must share.
_LETTERS: Final = 3
#: Records that share a key up to which all are compared with each other.
_LARGEST: Final = 300
#: Neighbours in alphabetical order that are compared where a key is too common.
_WINDOW: Final = 20


def candidates(codes: np.ndarray, texts: Mapping[str, Sequence[str]]) -> tuple[np.ndarray, int]:
    """Return pairs of records that share a key, and how many such pairs were left out because the key is too common.

    Keys are: the e-mail, the phone, a part of the name with the beginning of another part or with letters near its end
    (the last three say little: -nen), and the beginning of a part with the year of birth: so that a slip anywhere in
    one part leaves a key. A key of more than 300 records is cut by year of birth
    and by whole name, and its records are compared with their 20 neighbours in alphabetical order.

    Parameters
    ----------
    codes : ndarray
        A row per record: numbers of name, e-mail, phone and year, -1 where empty.
    texts : mapping
        "name" and the others -> the texts the numbers stand for.

    Returns
    -------
    pairs : ndarray of int, n x 2
        Different pairs, the smaller number first.
    left_out : int
        At most so many pairs share a key and were not compared.
    """
    block, record = _blocks(codes, texts)
    n = len(codes)
    found, large = _pairs(block, record, n)
    left_out = 0
    if len(large):
        inside = np.isin(block, large)
        block, record = block[inside], record[inside]
        cut, _ = _pairs(*_cut(block, record, codes), n)
        near = _neighbours(block, record, codes, texts["name"])
        sizes = np.unique(block, return_counts=True)[1]
        some = _distinct(np.concatenate([cut, near]))
        left_out = max(int((sizes * (sizes - 1) // 2).sum()) - len(some), 0)
        found = np.concatenate([found, some])
    return np.stack(np.divmod(_distinct(found), max(n, 1)), axis=1), left_out


def _blocks(codes: np.ndarray, texts: Mapping[str, Sequence[str]]) -> tuple[np.ndarray, np.ndarray]:
    """Return (key, record) as two columns of numbers."""
    blocks, members = [], []
    numbers: dict[tuple[object, ...], int] = {}
    keys: list[tuple[object, ...]]
    for name, own in pd.Series(np.arange(len(codes))).groupby(codes[:, 0]).indices.items():
        keys = [*_name_keys(texts["name"][int(name)])] if name >= 0 else []
        blocks += [np.full(len(own), numbers.setdefault(key, len(numbers))) for key in keys]
        members += [own] * len(keys)
    for record in np.flatnonzero((codes[:, 3] >= 0) & (codes[:, 0] >= 0)):
        keys = [("year", int(codes[record, 3]), start) for start in _starts(texts["name"][int(codes[record, 0])])]
        blocks.append(np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64))
        members.append(np.full(len(keys), record))
    for column, offset in ((1, len(numbers)), (2, len(numbers) + len(texts["email"]))):
        own = np.flatnonzero(codes[:, column] >= 0)
        blocks.append(codes[own, column] + offset)
        members.append(own)
    return np.concatenate(blocks).astype(np.int64), np.concatenate(members).astype(np.int64)


def _starts(name: str) -> list[str]:
    return sorted({part[:_LETTERS] for part in name.split()})


def _name_keys(name: str) -> Iterator[tuple[object, ...]]:
    parts = name.split()
    if len(parts) == 1:
        yield "name", name[:_LETTERS]
    for one, other in permutations(parts, 2):
        yield "start", one, other[:_LETTERS]
        yield "end", one, other[-2 * _LETTERS : -_LETTERS] or other


def _pairs(block: np.ndarray, record: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return all pairs within each block, each as smaller * n + larger, and the blocks that are too large for that."""
    order = np.lexsort((record, block))
    block, record = block[order], record[order]
    keys, start, size = np.unique(block, return_index=True, return_counts=True)
    found = [np.empty(0, dtype=np.int64)]
    for length in np.unique(size[(size > 1) & (size <= _LARGEST)]):
        members = record[start[size == length][:, None] + np.arange(length)]
        i, j = np.triu_indices(int(length), 1)
        found.append(_distinct((members[:, i] * n + members[:, j])[members[:, i] != members[:, j]]))
    return np.concatenate(found), keys[size > _LARGEST]


def _cut(block: np.ndarray, record: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return smaller blocks: by year of birth, and by whole name."""
    parts = []
    for kind, column in enumerate((3, 0)):
        own = codes[record, column] >= 0
        parts.append(np.column_stack([block[own], np.full(own.sum(), kind), codes[record[own], column], record[own]]))
    whole = np.concatenate(parts)
    _, cut = np.unique(whole[:, :3], axis=0, return_inverse=True)
    return cut.ravel(), whole[:, 3]


def _neighbours(block: np.ndarray, record: np.ndarray, codes: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Return pairs of records near each other in the alphabet, within each block."""
    rank = np.empty(len(names) + 1, dtype=np.int64)
    rank[np.argsort(np.array([*names], dtype=object), kind="stable")] = np.arange(len(names))
    rank[-1] = len(names)
    order = np.lexsort((record, rank[codes[record, 0]], block))
    block, record = block[order], record[order]
    found, n = [], len(codes)
    for step in range(1, _WINDOW + 1):
        one, other = record[:-step], record[step:]
        near = (block[step:] == block[:-step]) & (one != other)
        found.append(np.minimum(one, other)[near] * n + np.maximum(one, other)[near])
    return np.concatenate(found)


def _distinct(pairs: np.ndarray) -> np.ndarray:
    """Return each number once, in order; numpy's own way hashes and takes three times as long."""
    ordered = np.sort(pairs)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if len(ordered) else ordered
