"""Intervals and tests for one share, from counts. Each test is the dual of its interval: they never disagree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from pipeline.core.errors import AnalysisError

#: The share that "most" has to exceed.
HALF: Final = 0.5
_TOO_FEW: Final = "fewer than two clusters: no variance between them"


@dataclass(frozen=True)
class Interval:
    """A share with its uncertainty.

    `std_error` is that of the share; `statistic`, `df` and `p_value` belong to the two-sided test of share = 1/2 (df is
    empty for a normal reference). `rule` names a fallback where the ordinary formula is not defined.
    """

    estimate: float
    std_error: float
    low: float
    high: float
    statistic: float
    df: float
    p_value: float
    rule: str | None = None


def wilson(positive: float, n: float, level: float = 0.95, df: float = math.inf) -> Interval:
    """Return Wilson's score interval for `positive` of `n`, and the score test of one half.

    Parameters
    ----------
    positive, n : float
        Count and base; both may be effective (not whole) numbers.
    level : float
        Confidence level.
    df : float
        Degrees of freedom of the quantile; infinite is the ordinary interval.

    Returns
    -------
    Interval
        All empty when n is 0.

    Notes
    -----
    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n). Wilson (1927), JASA 22, 209-212.

    Examples
    --------
    >>> found = wilson(7, 8)
    >>> round(found.low, 4), round(found.high, 4)
    (0.5291, 0.9776)
    """
    if not 0 <= positive <= n:
        raise AnalysisError(f"{positive} of {n} is no share")
    if n == 0:
        return _nothing()
    p, z = positive / n, _quantile(level, df)
    centre, spread = p + z**2 / (2 * n), z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    low, high = (centre - spread) / (1 + z**2 / n), (centre + spread) / (1 + z**2 / n)
    score = (p - HALF) / math.sqrt(HALF * (1 - HALF) / n)
    # at the ends the limit is exact: rounding must not move it across the estimate
    low, high = (0.0 if positive == 0 else low), (1.0 if positive == n else high)
    return Interval(p, math.sqrt(p * (1 - p) / n), low, high, score, df, _two_sided(score, df))


def clustered(positive: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Return the share over clusters with a cluster-robust logit interval, t with G - 1 degrees of freedom.

    Parameters
    ----------
    positive, n : array of int
        Counts per cluster. Clusters with n = 0 do not count.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        `rule` says where Korn and Graubard's interval stands in, because every cluster has the same share and the
        variance is 0. For fewer than two clusters all but the share is empty, and `rule` says so.

    Notes
    -----
    p = Σk/Σn, linearised: V = G/(G-1) Σ (k_g - p n_g)² / (Σn)². Interval and test on the logit scale, as R's
    ``survey::svyciprop(method = "logit")``. Korn and Graubard (1998), Survey Methodology 24, 193-201, with the
    effective sample size taken as n (t_{n-1} / t_{G-1})², the design effect of a zero variance being unknown.

    Examples
    --------
    >>> found = clustered([3, 5, 2, 4], [3, 5, 2, 4])
    >>> round(found.low, 4), found.high
    (0.5645, 1.0)
    """
    k, m = (np.asarray(a, dtype=float) for a in (positive, n))
    k, m = k[m > 0], m[m > 0]
    total, clusters = float(m.sum()), len(m)
    if clusters < 2:
        return _nothing(float(k.sum()) / total if total else math.nan, _TOO_FEW)
    p, df = float(k.sum()) / total, clusters - 1
    se = math.sqrt(clusters / df * float(np.sum((k - p * m) ** 2))) / total
    if se < 1e-12:
        return _korn_graubard(p, total, df, level)
    width = se / (p * (1 - p))
    low, high = special.expit(special.logit(p) + np.array([-1, 1]) * _quantile(level, df) * width)
    statistic = float(special.logit(p)) / width
    return Interval(p, se, float(low), float(high), statistic, df, _two_sided(statistic, df))


def _korn_graubard(p: float, n: float, df: int, level: float) -> Interval:
    tail = (1 - level) / 2
    effective = n * (_quantile(level, n - 1) / _quantile(level, df)) ** 2
    k = p * effective
    low = float(special.betaincinv(k, effective - k + 1, tail)) if k > 0 else 0.0
    high = float(special.betaincinv(k + 1, effective - k, 1 - tail)) if k < effective else 1.0
    above = special.betainc(k, effective - k + 1, HALF) if k > 0 else 1.0
    below = special.betaincc(k + 1, effective - k, HALF) if k < effective else 1.0
    p_value = min(1.0, 2 * float(min(above, below)))
    rule = "every cluster has the same share: Korn-Graubard interval with n reduced for the degrees of freedom"
    return Interval(p, 0.0, low, high, math.nan, df, p_value, rule)


def anova_icc(positive: ArrayLike, n: ArrayLike, group: Sequence[object] | None = None) -> tuple[float, int]:
    """Return the intraclass correlation of a yes/no outcome over clusters, and its degrees of freedom.

    Parameters
    ----------
    positive, n : array of int
        Counts per cluster.
    group : sequence, optional
        Group of each cluster: variation between groups is then left out, clusters are compared within their group.

    Returns
    -------
    (float, int)
        The ANOVA estimator, not below 0, and the clusters' degrees of freedom. The first is NaN where it is undefined:
        no group with two clusters, one answer per cluster, or the same answer throughout.

    Notes
    -----
    (MSB - MSW) / (MSB + (n0 - 1) MSW), n0 = (N - Σ_g Σ m² / N_g) / (G - number of groups). Donner and Koval (1980),
    Biometrics 36, 19-25, for one group; for a yes/no outcome see Ridout, Demétrio and Firth (1999), Biometrics 55,
    137-148. With groups the same expectations are summed within them.

    Examples
    --------
    >>> icc, df = anova_icc([4, 1, 3, 0], [5, 4, 5, 4])
    >>> round(icc, 4), df
    (0.295, 3)
    """
    k, m = (np.asarray(a, dtype=float) for a in (positive, n))
    keep = m > 0
    labels = np.zeros(len(m)) if group is None else np.unique(np.asarray(group, dtype=object), return_inverse=True)[1]
    k, m, labels = k[keep], m[keep], labels[keep].astype(int)
    if not len(m):
        return math.nan, 0
    group_n, group_k, group_m2 = (np.bincount(labels, w) for w in (m, k, m**2))
    used = group_n > 0
    df_between, df_within = len(m) - int(used.sum()), float(m.sum()) - len(m)
    if df_between < 1 or df_within < 1:
        return math.nan, max(df_between, 0)
    mean = np.divide(group_k, group_n, out=np.zeros_like(group_n), where=used)[labels]
    between = float(np.sum(m * (k / m - mean) ** 2)) / df_between
    within = float(np.sum(k * (1 - k / m))) / df_within
    n0 = (float(m.sum()) - float(np.sum(group_m2[used] / group_n[used]))) / df_between
    total = between + (n0 - 1) * within
    return (max(0.0, (between - within) / total) if total > 0 else math.nan), df_between


def _quantile(level: float, df: float) -> float:
    upper = 0.5 + level / 2
    return float(special.ndtri(upper) if math.isinf(df) else special.stdtrit(df, upper))


def _two_sided(statistic: float, df: float) -> float:
    tail = special.ndtr(-abs(statistic)) if math.isinf(df) else special.stdtr(df, -abs(statistic))
    return 2 * float(tail)


def _nothing(estimate: float = math.nan, rule: str | None = None) -> Interval:
    empty = math.nan
    return Interval(estimate, empty, empty, empty, empty, empty, empty, rule)
