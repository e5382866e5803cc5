"""Effect sizes with intervals: how large a change within people, or a difference between groups, is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.analysis.signed import Zeros, signed_ranks
from pipeline.core.errors import AnalysisError


@dataclass(frozen=True)
class Effect:
    """An effect size, its standard error where the method has one, and its limits; empty where it is undefined."""

    estimate: float
    low: float
    high: float
    std_error: float = math.nan
    df: float = math.inf


@dataclass(frozen=True)
class PairedD:
    """Standardised mean changes: by the SD of the change (dz), the average SD (d_av), the change's SD as if
    uncorrelated (d_rm), and the SD before (glass); `hedges` is the small-sample factor J."""

    dz: float
    d_av: float
    d_rm: float
    glass: float
    hedges: float


_NONE = Effect(math.nan, math.nan, math.nan)


def paired_d(before: ArrayLike, now: ArrayLike) -> PairedD:
    """Return the standardised mean changes of people with both answers.

    Notes
    -----
    Cohen (1988); Morris and DeShon (2002), Psychol. Methods 7, 105-125; J = Γ(m/2) / (√(m/2) Γ((m-1)/2)), m = n - 1:
    Hedges (1981), J. Educ. Stat. 6, 107-128.
    """
    a, b = np.asarray(before, dtype=float), np.asarray(now, dtype=float)
    both = ~np.isnan(a) & ~np.isnan(b)
    a, b = a[both], b[both]
    n, change = len(a), b - a
    if n < 3 or min(a.std(), b.std(), change.std()) == 0:
        return PairedD(*(math.nan,) * 5)
    first, second, r = a.std(ddof=1), b.std(ddof=1), float(np.corrcoef(a, b)[0, 1])
    mean, m = float(change.mean()), n - 1
    average = math.sqrt((first**2 + second**2) / 2)
    apart = math.sqrt(first**2 + second**2 - 2 * r * first * second)
    hedges = math.exp(special.gammaln(m / 2) - math.log(math.sqrt(m / 2)) - special.gammaln((m - 1) / 2))
    dz = mean / float(change.std(ddof=1))
    return PairedD(dz, mean / average, mean / apart * math.sqrt(2 * (1 - r)), mean / float(first), hedges)


def dz(differences: ArrayLike, level: float = 0.95) -> Effect:
    """Return the mean difference over its standard deviation, with the noncentral t interval.

    Parameters
    ----------
    differences : array
        Now minus before. Missing ones are left out. People are taken as independent: see `by_jackknife`.
    level : float
        Confidence level.

    Notes
    -----
    Limits are the noncentralities that put √n dz at the tails of t(n-1), over √n. Steiger and Fouladi (1997).

    Examples
    --------
    >>> found = dz([1, 0, 2, 1, 0, 1, -1, 1])
    >>> round(found.estimate, 3), round(found.low, 3), round(found.high, 3)
    (0.682, -0.113, 1.44)
    """
    d = _given(differences)
    n = len(d)
    if n < 2 or d.std() == 0:
        return _NONE
    estimate, df, tail = float(d.mean() / d.std(ddof=1)), n - 1, (1 - level) / 2
    # the noncentral t is only to be had where it is not far below 0; its limits mirror those of -t
    t = abs(estimate) * math.sqrt(n)
    low, high = (_noncentrality(t, df, p) / math.sqrt(n) for p in (1 - tail, tail))
    return Effect(estimate, low, high, df=df) if estimate >= 0 else Effect(estimate, -high, -low, df=df)


def cliff_delta(one: ArrayLike, other: ArrayLike, level: float = 0.95, normal: bool = False) -> Effect:
    """Return Cliff's delta of two independent groups: the chance that one is above the other, less the reverse.

    Parameters
    ----------
    one, other : array
        Answers of the groups; missing ones are left out.
    level : float
        Confidence level.
    normal : bool
        With normal quantiles, not those of t with n + m - 2.

    Notes
    -----
    From counts per level, so that the cost does not grow with the pairs. Consistent variance and asymmetric limits:
    Cliff (1996), Ordinal Methods for Behavioral Data Analysis; Feng and Cliff (2004). Vargha and Delaney's A is
    (delta + 1) / 2.

    Examples
    --------
    >>> found = cliff_delta([3, 4, 5, 5], [1, 2, 3, 4, 5])
    >>> round(found.estimate, 2)
    0.5
    """
    x, y = _given(one), _given(other)
    n, m = len(x), len(y)
    if n < 2 or m < 2:
        return _NONE
    levels, place = np.unique(np.concatenate([x, y]), return_inverse=True)
    a, b = (np.bincount(p, minlength=len(levels)).astype(float) for p in (place[:n], place[n:]))
    delta, variance = _delta(a, b, n, m)
    q = float(special.ndtri(0.5 + level / 2) if normal else special.stdtrit(n + m - 2, 0.5 + level / 2))
    half = q * math.sqrt(variance * ((1 - delta**2) ** 2 + q**2 * variance))
    bottom = 1 - delta**2 + q**2 * variance
    low, high = ((delta - delta**3 + s * half) / bottom if bottom > 0 else math.nan for s in (-1, 1))
    return Effect(delta, low, high, math.sqrt(variance) if variance > 0 else math.nan, n + m - 2)


def dominance(differences: ArrayLike) -> float:
    """Return the share that went up less the share that went down: Cliff's delta within people."""
    d = _given(differences)
    return float(np.sign(d).mean()) if len(d) else math.nan


def rank_biserial(differences: ArrayLike, level: float = 0.95, zeros: Zeros = "drop") -> Effect:
    """Return the matched-pairs rank-biserial correlation: signed ranks up less down, over their sum.

    Notes
    -----
    King, Rosopa and Minium (2000); Kerby (2014). Limits on Fisher's scale with the null standard error
    √((2n³ + 3n² + n)/6) / ((n² + n)/2), n with the zeros, as R's ``effectsize::rank_biserial`` (0.8.3); people are
    taken as independent: see `by_jackknife`.

    Examples
    --------
    >>> round(rank_biserial([1, 1, 2, -1, 0, 3]).estimate, 3)
    0.733
    """
    d = _given(differences)
    estimate = _biserial(d, zeros)
    if math.isnan(estimate):
        return _NONE
    n = len(d)
    error = math.sqrt((2 * n**3 + 3 * n**2 + n) / 6) / ((n**2 + n) / 2)
    if abs(estimate) >= 1:
        return Effect(estimate, math.nan, math.nan, error)
    q = float(special.ndtri(0.5 + level / 2))
    low, high = (math.tanh(math.atanh(estimate) + s * q * error) for s in (-1, 1))
    return Effect(estimate, low, high, error)


def by_jackknife(
    statistic: Callable[[NDArray[np.float64]], float],
    differences: ArrayLike,
    cluster: ArrayLike,
    level: float = 0.95,
    bounded: bool = False,
) -> Effect:
    """Return a statistic of differences with the delete-one-cluster jackknife interval, t with G - 1.

    Parameters
    ----------
    statistic : callable
        Of the differences.
    differences, cluster : array
        One value per person; a person without a difference is left out, and those of an unknown cluster are one.
    level : float
        Confidence level.
    bounded : bool
        The statistic lies between -1 and 1: the interval is made on Fisher's scale.

    Returns
    -------
    Effect
        Limits empty with fewer than two clusters, no variance between them, or at the end of a bounded scale.

    Notes
    -----
    V = (G-1)/G Σ (θ_(-g) - mean)². Efron (1982), The Jackknife, the Bootstrap and Other Resampling Plans.
    """
    d = np.asarray(differences, dtype=float)
    given = np.asarray(cluster, dtype=object)
    labels = np.where(pd.notna(given), given, "").astype(str)
    kept = ~np.isnan(d)
    d, place = d[kept], np.unique(labels[kept], return_inverse=True)[1]
    estimate, groups = statistic(d), int(place.max(initial=-1)) + 1
    if groups < 2 or math.isnan(estimate):
        return Effect(estimate, math.nan, math.nan)
    without = np.array([statistic(d[place != g]) for g in range(groups)])
    if bounded:
        if max(abs(estimate), float(np.max(np.abs(without)))) >= 1:
            return Effect(estimate, math.nan, math.nan)
        without = np.arctanh(without)
    error = math.sqrt((groups - 1) / groups * float(np.sum((without - without.mean()) ** 2)))
    if not error > 1e-12:
        return Effect(estimate, math.nan, math.nan)
    half = float(special.stdtrit(groups - 1, 0.5 + level / 2)) * error
    if bounded:
        centre = math.atanh(estimate)
        own = error * (1 - estimate**2)
        return Effect(estimate, math.tanh(centre - half), math.tanh(centre + half), own, groups - 1)
    return Effect(estimate, estimate - half, estimate + half, error, groups - 1)


def _biserial(d: NDArray[np.float64], zeros: Zeros = "drop") -> float:
    scores = signed_ranks(d, zeros)
    ranks = np.abs(scores)
    if zeros == "pratt" and len(d):
        ranks = np.concatenate([ranks[ranks > 0], _zero_ranks(d)])
    total = float(ranks.sum())
    return float(scores.sum()) / total if total > 0 else math.nan


def _zero_ranks(d: NDArray[np.float64]) -> NDArray[np.float64]:
    zero = int(np.sum(d == 0))
    return np.full(zero, (zero + 1) / 2)


def _delta(a: NDArray[np.float64], b: NDArray[np.float64], n: int, m: int) -> tuple[float, float]:
    """Delta and Cliff's variance, from the counts of two groups per level."""
    above = np.cumsum(b) - b - (b.sum() - np.cumsum(b))
    below = np.cumsum(a) - a - (a.sum() - np.cumsum(a))
    di, dj = above / m, -below / n
    delta = float(a @ di) / n
    ties = float(a @ b)
    squares = n * m - ties - n * m * delta**2
    between = m**2 * float(a @ (di - delta) ** 2) + n**2 * float(b @ (dj - delta) ** 2)
    variance = (between - squares) / (m * n * (m - 1) * (n - 1))
    return delta, max(variance, (1 - delta**2) / (m * n - 1))


def _noncentrality(t: float, df: float, p: float) -> float:
    from scipy import optimize  # noqa: PLC0415

    reach = 10.0 + abs(t)
    return float(optimize.brentq(lambda nc: float(special.nctdtr(df, nc, t)) - p, t - reach, t + reach, xtol=1e-12))


def _given(values: ArrayLike) -> NDArray[np.float64]:
    v = np.asarray(values, dtype=float)
    if v.ndim != 1:
        raise AnalysisError("one value per person is needed")
    return v[~np.isnan(v)]
