"""Families of comparisons: all pairs of groups, several shares at once, and adjusted p-values for them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.analysis.multiplicity import benjamini_hochberg, holm
from pipeline.core.errors import AnalysisError

Array = NDArray[np.float64]
Adjustment = Literal["none", "holm", "hochberg", "bonferroni", "bh", "tukey"]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Differences of the means of all pairs of groups, first minus second, with p-values adjusted as asked."""

    pairs: tuple[tuple[str, str], ...]
    estimate: Array
    std_error: Array
    df: float
    p_value: Array


def pairs_of_means(values: ArrayLike, group: Sequence[str], adjust: Adjustment = "tukey") -> Pairs:
    """Return the differences of all pairs of group means of independent answers, with one pooled variance.

    For answers clustered in events use `cluster_regression`; this is the textbook's one-way layout.

    Parameters
    ----------
    values : array
        Outcome; rows without one are left out.
    group : sequence of str
        Group of each row.
    adjust : str
        How p-values are adjusted: see `adjusted`.

    Notes
    -----
    R's ``emmeans::pairs(lm(y ~ group))``; Tukey (1953) and Kramer (1956) by the studentized range.

    Examples
    --------
    >>> found = pairs_of_means([1, 2, 3, 4, 5, 9], ["a", "a", "b", "b", "c", "c"])
    >>> found.pairs[1], found.estimate.tolist(), found.p_value.round(3).tolist()
    (('a', 'c'), [-2.0, -5.5, -3.5], [0.551, 0.099, 0.254])
    """
    y = np.asarray(values, dtype=float)
    known = ~np.isnan(y)
    names, codes = np.unique(np.asarray(group, dtype=object)[known].astype(str), return_inverse=True)
    y, n = y[known], np.bincount(codes)
    df = len(y) - len(names)
    if len(names) < 2 or df < 1:
        raise AnalysisError("pairs of means need two groups, and more answers than groups")
    means = np.bincount(codes, y) / n
    variance = float(np.sum((y - means[codes]) ** 2)) / df
    i, j = np.array(list(combinations(range(len(names)), 2))).T
    d, se = means[i] - means[j], np.sqrt(variance * (1 / n[i] + 1 / n[j]))
    labels = tuple((str(names[a]), str(names[b])) for a, b in zip(i, j, strict=True))
    return Pairs(labels, d, se, df, adjusted(d / se, df, adjust, len(names)))


def adjusted(statistic: ArrayLike, df: float, adjust: Adjustment, groups: int | None = None) -> Array:
    """Return two-sided p-values of t statistics (z where `df` is infinite), adjusted within their family.

    Parameters
    ----------
    statistic : array
        One per comparison.
    df : float
        Degrees of freedom.
    adjust : str
        ``none``, ``bonferroni``, ``holm``, ``hochberg`` (Hochberg 1988, Biometrika 75, 800-802), ``bh``, or ``tukey``:
        all pairs of `groups` means, by the studentized range.
    groups : int, optional
        Number of means, for ``tukey``.

    Examples
    --------
    >>> adjusted([2.0, -1.0], float("inf"), "hochberg").round(4).tolist()
    [0.091, 0.3173]
    """
    t = np.abs(np.asarray(statistic, dtype=float))
    if adjust == "tukey":
        return _tukey(t, df, groups)
    p = np.asarray(2 * (special.ndtr(-t) if math.isinf(df) else special.stdtr(df, -t)))
    methods = {"holm": holm, "bh": benjamini_hochberg, "hochberg": hochberg}
    if adjust in methods:
        return methods[adjust](p)
    if adjust not in ("none", "bonferroni"):
        raise AnalysisError(f"no such adjustment: {adjust}", allowed="none, bonferroni, holm, hochberg, bh, tukey")
    return np.minimum(p * len(p), 1.0) if adjust == "bonferroni" else p


def hochberg(p_values: ArrayLike) -> Array:
    """Return Hochberg's step-up adjusted p-values; an empty one stays empty and does not count.

    Examples
    --------
    >>> hochberg([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.04, 0.04]
    """
    p = np.asarray(p_values, dtype=float)
    result = np.full(p.shape, np.nan)
    order = np.flatnonzero(~np.isnan(p))[np.argsort(-p[~np.isnan(p)], kind="stable")]
    if len(order):
        result[order] = np.minimum(np.minimum.accumulate(p[order] * np.arange(1, len(order) + 1)), 1.0)
    return result


def goodman(counts: ArrayLike, level: float = 0.95) -> Array:
    """Return limits that hold for all response options of a question at once, shape (2, options).

    Notes
    -----
    The score interval of each share at the chi-square quantile 1 - (1 - level) / k. Goodman (1965), Technometrics 7,
    247-254.

    Examples
    --------
    >>> goodman([10, 30, 60]).round(3).tolist()
    [[0.049, 0.204, 0.48], [0.195, 0.418, 0.709]]
    """
    x = np.asarray(counts, dtype=float)
    n, k = float(x.sum()), len(x)
    if n <= 0 or k < 2:
        raise AnalysisError("shares of several options need answers and two options")
    c = float(special.ndtri(1 - (1 - level) / k / 2)) ** 2
    spread = np.sqrt(c * (c + 4 * x * (n - x) / n))
    return np.array([(c + 2 * x - spread) / (2 * (n + c)), (c + 2 * x + spread) / (2 * (n + c))])


def _tukey(t: Array, df: float, groups: int | None) -> Array:
    from scipy.stats import studentized_range  # noqa: PLC0415

    if groups is None or groups < 2:
        raise AnalysisError("Tukey's adjustment needs the number of means")
    return np.asarray(studentized_range.sf(t * math.sqrt(2), groups, df))
