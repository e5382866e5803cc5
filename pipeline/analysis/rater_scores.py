"""Agreement of raters who give points or ranks: intraclass correlations and Kendall's W. Complete tables only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.core.errors import AnalysisError

Array = NDArray[np.float64]
#: Shrout and Fleiss's six: one rater or the mean of all; raters random per unit, random, or fixed.
KINDS: Final = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")


@dataclass(frozen=True)
class RaterIcc:
    """An intraclass correlation with its F-based limits."""

    kind: str
    estimate: float
    low: float
    high: float


def intraclass(ratings: ArrayLike, level: float = 0.95) -> tuple[RaterIcc, ...]:
    """Return the six intraclass correlations of units x raters, in the order of `KINDS`.

    Raises
    ------
    AnalysisError
        With a missing rating, fewer than two units or raters, or units that do not differ.

    Notes
    -----
    Shrout and Fleiss (1979), Psychol. Bull. 86, 420-428; McGraw and Wong (1996) for the limits of ICC2; R's
    ``psych::ICC(lmer = FALSE)``.

    Examples
    --------
    >>> found = intraclass([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    >>> [round(one.estimate, 2) for one in found]
    [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    """
    x = _table(ratings)
    n, k = x.shape
    between, raters, error, within = _mean_squares(x)
    if between <= 0 or error <= 0:
        raise AnalysisError("the units do not differ, or the raters agree on all of them")
    df_error = (n - 1) * (k - 1)
    one = _from_ratio(between / within, n - 1, n * (k - 1), k, level)
    three = _from_ratio(between / error, n - 1, df_error, k, level)
    two = _two_way(between, raters, error, n, k, level)
    triples = (one[:3], two[:3], three[:3], one[3:], two[3:], three[3:])
    return tuple(RaterIcc(kind, *values) for kind, values in zip(KINDS, triples, strict=True))


def kendall_w(ratings: ArrayLike) -> float:
    """Return Kendall's coefficient of concordance of units x raters, corrected for ties.

    Notes
    -----
    12 S / (m² (n³ - n) - m Σ (t³ - t)). Kendall and Babington Smith (1939), Ann. Math. Stat. 10, 275-287.

    Examples
    --------
    >>> round(kendall_w([[1, 2], [2, 1], [3, 3]]), 4)
    0.75
    """
    from scipy.stats import rankdata  # noqa: PLC0415

    x = _table(ratings)
    n, m = x.shape
    sums = rankdata(x, axis=0).sum(axis=1)
    ties = sum(float((t**3 - t).sum()) for t in (np.unique(c, return_counts=True)[1] for c in x.T))
    possible = m**2 * (n**3 - n) - m * ties
    if possible <= 0:
        raise AnalysisError("no rater tells the units apart")
    return 12 * float(((sums - sums.mean()) ** 2).sum()) / possible


def _table(ratings: ArrayLike) -> Array:
    x = np.asarray(ratings, dtype=float)
    if x.ndim != 2 or min(x.shape) < 2 or np.isnan(x).any():
        raise AnalysisError("needed is a complete table of two units and two raters at least")
    return x


def _mean_squares(x: Array) -> tuple[float, float, float, float]:
    n, k = x.shape
    units, raters, mean = x.mean(axis=1), x.mean(axis=0), float(x.mean())
    between = k * float(((units - mean) ** 2).sum()) / (n - 1)
    of_raters = n * float(((raters - mean) ** 2).sum()) / (k - 1)
    within = float(((x - units[:, None]) ** 2).sum())
    error = (within - of_raters * (k - 1)) / ((n - 1) * (k - 1))
    return between, of_raters, error, within / (n * (k - 1))


def _from_ratio(f: float, df1: float, df2: float, k: int, level: float) -> tuple[float, ...]:
    from scipy.special import fdtri  # noqa: PLC0415

    upper = (1 + level) / 2
    ratios = f, f / float(fdtri(df1, df2, upper)), f * float(fdtri(df2, df1, upper))
    return *((r - 1) / (r + k - 1) for r in ratios), *(1 - 1 / r for r in ratios)


def _two_way(between: float, raters: float, error: float, n: int, k: int, level: float) -> tuple[float, ...]:
    from scipy.special import fdtri  # noqa: PLC0415

    icc = (between - error) / (between + (k - 1) * error + k * (raters - error) / n)
    ratio = raters / error
    top = (k - 1) * (n - 1) * (k * icc * ratio + n * (1 + (k - 1) * icc) - k * icc) ** 2
    base = (n - 1) * (k * icc * ratio) ** 2 + (n * (1 + (k - 1) * icc) - k * icc) ** 2
    v, upper = top / base, (1 + level) / 2
    over, under = float(fdtri(n - 1, v, upper)), float(fdtri(v, n - 1, upper))
    rest = k * raters + (k * n - k - n) * error
    low = n * (between - over * error) / (over * rest + n * between)
    high = n * (under * between - error) / (rest + n * under * between)
    mean = (between - error) / (between + (raters - error) / n)
    return icc, low, high, mean, low * k / (1 + low * (k - 1)), high * k / (1 + high * (k - 1))
