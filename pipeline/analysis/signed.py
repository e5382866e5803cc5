"""Tests of change within people: signed ranks, signs, and the margins of a table of before by now."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.core.errors import AnalysisError

Zeros = Literal["pratt", "drop"]
#: Up to so many differences (or clusters) other than zero the null distribution is counted out.
EXACT_UP_TO: Final = 100
#: Cells of the counting beyond which it is left: a second or so.
_EXACT_CELLS: Final = 30_000_000


@dataclass(frozen=True)
class SignedTest:
    """A two-sided test that changes up and down are alike.

    `statistic` is the standardised sum, `p_value` its normal p-value, `p_exact` that of the distribution counted out
    (empty where it was not); `n` differences, `n_zero` of them zero, `n_clusters` where signs were turned by cluster.
    """

    statistic: float
    p_value: float
    p_exact: float
    n: int
    n_zero: int
    n_clusters: int | None = None

    @property
    def p(self) -> float:
        """The exact p-value where there is one."""
        return self.p_value if math.isnan(self.p_exact) else self.p_exact


@dataclass(frozen=True)
class SquareTest:
    """A chi-squared test of a square table; empty when no one changed."""

    statistic: float
    df: int
    p_value: float


def signed_rank(differences: ArrayLike, zeros: Zeros = "pratt", exact: bool | None = None) -> SignedTest:
    """Return Wilcoxon's signed-rank test, exact with ties where small.

    Parameters
    ----------
    differences : array
        Now minus before, or a transition item less its middle. Missing ones are left out.
    zeros : {"pratt", "drop"}
        Rank the zeros and then leave them out, or leave them out before ranking.
    exact : bool, optional
        Count the distribution out; by default up to `EXACT_UP_TO` differences other than zero.

    Returns
    -------
    SignedTest
        Empty where all differences are zero.

    Notes
    -----
    Midranks r of |d|; z = Σ sign r / √Σ r², no continuity correction; exact by counting the 2ⁿ choices of signs over
    the doubled ranks, so that ties and zeros are in it. Wilcoxon (1945), Biometrics Bull. 1, 80-83; Pratt (1959), JASA
    54, 655-667; Streitberg and Röhmel (1986). R's ``coin::wilcoxsign_test``.

    Examples
    --------
    >>> found = signed_rank([1, 1, 2, -1, 0, 3, 1, 1])
    >>> round(found.statistic, 3), found.p_exact
    (1.944, 0.09375)
    """
    d = _given(differences)
    scores = signed_ranks(d, zeros)
    moved = scores[scores != 0]
    counted = len(moved) <= EXACT_UP_TO if exact is None else exact
    return _test(moved, len(d), int(np.sum(d == 0)), None, counted)


def clustered_signed_rank(differences: ArrayLike, cluster: ArrayLike, zeros: Zeros = "pratt") -> SignedTest:
    """Return the signed-rank test in which the people of a cluster change together.

    Parameters
    ----------
    differences, cluster : array
        One value per person; without a difference or a cluster a person is left out.
    zeros : {"pratt", "drop"}
        See `signed_rank`.

    Returns
    -------
    SignedTest
        Exact p-value over the 2ᴳ ways to turn the signs of whole clusters.

    Notes
    -----
    z = Σ_g T_g / √Σ_g T_g², T_g the sum of the signed ranks of a cluster, ranks over everyone; after Rosner, Glynn and
    Lee (2006), Biometrics 62, 185-192, and Datta and Satten (2008), Biometrics 64, 501-507, without their weights.
    """
    d, labels = _together(differences, cluster)
    return _by_cluster(signed_ranks(d, zeros), labels, int(np.sum(d == 0)))


def clustered_sign(differences: ArrayLike, cluster: ArrayLike) -> SignedTest:
    """Return the sign test in which the people of a cluster change together; see `clustered_signed_rank`."""
    d, labels = _together(differences, cluster)
    return _by_cluster(np.sign(d), labels, int(np.sum(d == 0)))


def sign_test(differences: ArrayLike) -> SignedTest:
    """Return the exact sign test; zeros are left out. On yes/no pairs it is the exact McNemar test.

    Examples
    --------
    >>> round(sign_test([1, 1, 1, 1, -1, 0]).p_exact, 4)
    0.375
    """
    d = _given(differences)
    up, down = int(np.sum(d > 0)), int(np.sum(d < 0))
    if up + down == 0:
        return SignedTest(math.nan, math.nan, math.nan, len(d), len(d))
    z = (up - down) / math.sqrt(up + down)
    p = min(1.0, 2 * float(special.bdtr(min(up, down), up + down, 0.5)))
    return SignedTest(z, 2 * float(special.ndtr(-abs(z))), p, len(d), len(d) - up - down)


def signed_ranks(differences: NDArray[np.float64], zeros: Zeros = "pratt") -> NDArray[np.float64]:
    """Return sign times midrank of the size of each difference; 0 for a difference of 0.

    Raises
    ------
    AnalysisError
        When `zeros` names no rule.
    """
    if zeros not in {"pratt", "drop"}:
        raise AnalysisError(f"no such rule for zeros: {zeros}", allowed="pratt, drop")
    size = np.abs(differences)
    kept = size[size > 0] if zeros == "drop" else size
    values, counts = np.unique(kept, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    if not len(values):
        return np.zeros(len(size))
    place = np.searchsorted(values, size).clip(max=len(values) - 1)
    return np.sign(differences) * middle[place]


def stuart_maxwell(table: ArrayLike) -> SquareTest:
    """Return the test that before and now have the same distribution of answers (marginal homogeneity).

    Parameters
    ----------
    table : array of shape (k, k)
        Counts of before (rows) by now (columns).

    Returns
    -------
    SquareTest
        Options no one changed to or from drop out; degrees of freedom are the rank of what is left. Empty when no one
        changed.

    Notes
    -----
    d' V⁻ d with d the differences of the margins and V = diag(n_i. + n_.i - 2 n_ii) - (n_ij + n_ji). Nothing is added
    to empty cells. Stuart (1955), Biometrika 42, 412-416; Maxwell (1970), Br. J. Psychiatry 116, 651-655.

    Examples
    --------
    >>> found = stuart_maxwell([[20, 10, 5], [3, 30, 15], [0, 5, 40]])
    >>> round(found.statistic, 2), found.df, round(found.p_value, 5)
    (13.76, 2, 0.00103)
    """
    counts = _square(table)
    d = counts.sum(axis=1) - counts.sum(axis=0)
    moved = counts + counts.T
    np.fill_diagonal(moved, 0.0)
    covariance = np.diag(moved.sum(axis=1)) - moved
    rank = int(np.linalg.matrix_rank(covariance, hermitian=True))
    if rank == 0:
        return SquareTest(math.nan, 0, math.nan)
    statistic = float(d @ np.linalg.pinv(covariance, hermitian=True) @ d)
    return SquareTest(statistic, rank, float(special.chdtrc(rank, statistic)))


def bhapkar(table: ArrayLike) -> SquareTest:
    """Return Bhapkar's test of the same: Stuart-Maxwell's W as W / (1 - W/n). Bhapkar (1966), JASA 61, 228-235."""
    found, n = stuart_maxwell(table), float(_square(table).sum())
    if not found.df or found.statistic >= n:
        return SquareTest(math.nan, found.df, math.nan)
    statistic = found.statistic / (1 - found.statistic / n)
    return SquareTest(statistic, found.df, float(special.chdtrc(found.df, statistic)))


def bowker(table: ArrayLike) -> SquareTest:
    """Return Bowker's test of symmetry; pairs of cells that are both empty do not count (R gives none then).

    Notes
    -----
    Σ (n_ij - n_ji)² / (n_ij + n_ji). Bowker (1948), JASA 43, 572-574.
    """
    counts = _square(table)
    above = np.triu_indices(len(counts), 1)
    one, other = counts[above], counts.T[above]
    used = one + other > 0
    df = int(used.sum())
    statistic = float(np.sum((one - other)[used] ** 2 / (one + other)[used])) if df else math.nan
    return SquareTest(statistic, df, float(special.chdtrc(df, statistic)) if df else math.nan)


def _by_cluster(scores: NDArray[np.float64], labels: NDArray[np.int64], zero: int) -> SignedTest:
    sums = np.bincount(labels, scores) if len(labels) else np.zeros(0)
    moved = sums[sums != 0]
    clusters = len(sums)
    if clusters < 2:
        return SignedTest(math.nan, math.nan, math.nan, len(scores), zero, clusters)
    doubled = int(np.rint(2 * np.abs(moved)).sum())
    counted = len(moved) <= EXACT_UP_TO and doubled * len(moved) <= _EXACT_CELLS
    return _test(moved, len(scores), zero, clusters, counted)


def _test(moved: NDArray[np.float64], n: int, zero: int, clusters: int | None, counted: bool) -> SignedTest:
    if not len(moved):
        return SignedTest(math.nan, math.nan, math.nan, n, zero, clusters)
    z = float(moved.sum()) / math.sqrt(float(moved @ moved))
    exact = _counted_out(np.rint(2 * moved).astype(np.int64)) if counted else math.nan
    return SignedTest(z, 2 * float(special.ndtr(-abs(z))), exact, n, zero, clusters)


def _counted_out(doubled: NDArray[np.int64]) -> float:
    """The chance of a sum at least as far from 0 when each sign is a toss of a coin; scores are whole numbers."""
    size = np.abs(doubled)
    step = int(np.gcd.reduce(size))
    size, top = size // step, int(size.sum()) // step
    chance = np.zeros(top + 1)
    chance[0] = 1.0
    reached = 0
    for value in np.sort(size):
        moved = chance[: reached + 1] / 2
        chance[: reached + 1] = moved
        chance[value : reached + value + 1] += moved
        reached += int(value)
    away = np.abs(2 * np.arange(top + 1) - top)
    return min(1.0, float(chance[away >= abs(int(doubled.sum())) // step].sum()))


def _given(differences: ArrayLike) -> NDArray[np.float64]:
    d = np.asarray(differences, dtype=float)
    return d[~np.isnan(d)]


def _together(differences: ArrayLike, cluster: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    d, labels = np.asarray(differences, dtype=float), np.asarray(cluster, dtype=object)
    kept = ~np.isnan(d) & np.asarray(pd.notna(labels), dtype=bool)
    return d[kept], np.unique(labels[kept].astype(str), return_inverse=True)[1].astype(np.int64)


def _square(table: ArrayLike) -> NDArray[np.float64]:
    counts = np.array(table, dtype=float)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or np.any(counts < 0):
        raise AnalysisError("a table of before by now is square and counts people")
    return counts
