"""How much a name says: equal, alike or another; less the more people could bear it by chance."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

EQUAL: Final = 6.0
ALIKE: Final = 4.0
#: Both names are borne by others as well: hardly a misspelling of one another ("Anna" and "Anni").
_REAL: Final = -4.0
OTHER: Final = -10.0
#: In so many different names a part is one that people really have, and hardly a slip of the pen.
_ESTABLISHED: Final = 10
#: So many namesakes expected by chance are few enough for the name alone: of as many rows of one name that are two
#: people's as are one person's, about as many are joined as kept apart, which leaves the number of people right.
_FEW: Final = 1.0
#: Pairs from which on a second thread is worth its start.
_WORTH_THREADS: Final = 10_000


class Names:
    """The different names of all lists.

    Parameters
    ----------
    names : list of str
        Folded names, parts sorted; a name's number is its place here, -1 stands for none.
    held : ndarray of int
        How many people bear each name, at least.
    similarity : float
        From this likeness on (0-100) two names may be one.
    """

    def __init__(self, names: list[str], held: np.ndarray, similarity: float) -> None:
        self._names, self._similarity = names, similarity
        self._parts = [frozenset(name.split()) for name in names]
        self._length = np.array([len(parts) for parts in self._parts], dtype=np.int64)
        self._holders: Counter[str] = Counter()
        for parts, n in zip(self._parts, held.tolist(), strict=True):
            self._holders.update(dict.fromkeys(parts, n))
        self._names_with: Counter[str] = Counter(part for parts in self._parts for part in parts)
        self._common = np.array([self._namesakes(i, int(n), int(held.sum())) for i, n in enumerate(held)] + [0.0])
        self._known: dict[tuple[int, int], float] = {}

    def _namesakes(self, number: int, own: int, everybody: int) -> float:
        """Return how many others would bear the name if its parts were drawn at random; those who do do not count."""
        expected = float(everybody)
        for part in self._parts[number]:
            expected *= (self._holders[part] - own) / max(everybody, 1)
        return expected

    def equal_weight(self, name: np.ndarray) -> np.ndarray:
        """Return what two equal names say: full weight for a rare one, less by each doubling of namesakes expected."""
        lost = np.log2(np.maximum(self._common[name] / _FEW, 1.0))
        return np.where(name >= 0, np.maximum(EQUAL - lost, 0.0), 0.0)

    def weight(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """Return what each pair of names says; nothing where one is missing."""
        result = np.where(a == b, self.equal_weight(a), OTHER)
        result[(a < 0) | (b < 0)] = 0.0
        at = np.flatnonzero((a != b) & (a >= 0) & (b >= 0))
        low, high = np.minimum(a[at], b[at]), np.maximum(a[at], b[at])
        different, place = np.unique(low * len(self._names) + high, return_inverse=True)
        i, j = np.divmod(different, len(self._names)) if len(different) else (different, different)
        result[at] = self._unequal(i, j)[place.ravel()]
        return result

    def different(self, a: int, b: int) -> bool:
        """Return whether two names cannot be one person's."""
        key = (min(a, b), max(a, b))
        if key not in self._known:
            self._known[key] = float(self._unequal(np.array([key[0]]), np.array([key[1]]))[0])
        return self._known[key] == OTHER

    def _unequal(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        alike = self._alike(i, j)
        weights = np.full(len(i), OTHER)
        for at in np.flatnonzero(alike):
            weights[at] = self._alike_weight(int(i[at]), int(j[at]))
        return weights

    def _alike(self, i: np.ndarray, j: np.ndarray) -> np.ndarray:
        """Return which names are alike as a whole, or one is the other with more parts."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        left, right = [self._names[n] for n in i], [self._names[n] for n in j]
        if not left:
            return np.zeros(0, dtype=bool)
        cutoff, workers = self._similarity, 2 if len(left) > _WORTH_THREADS else 1
        alike = process.cpdist(left, right, scorer=fuzz.ratio, score_cutoff=cutoff, workers=workers) >= cutoff
        rest = np.flatnonzero(~alike & (self._length[i] > 1) & (self._length[j] > 1))
        if len(rest):
            some = [[side[n] for n in rest] for side in (left, right)]
            sets = process.cpdist(*some, scorer=fuzz.token_set_ratio, score_cutoff=cutoff, workers=workers)
            alike[rest] = sets >= cutoff
        return alike

    def _alike_weight(self, i: int, j: int) -> float:
        """Return less where each name has a part of its own that other people have too."""
        own = [self._parts[i] - self._parts[j], self._parts[j] - self._parts[i]]
        if all(own) and all(max(self._names_with[part] for part in parts) >= _ESTABLISHED for parts in own):
            return _REAL
        lost = np.log2(max(self._common[i] / _FEW, self._common[j] / _FEW, 1.0))
        return max(ALIKE - float(lost), 0.0)
