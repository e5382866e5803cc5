"""How far coders agree: Krippendorff's alpha, Gwet's AC, the kappas, plain agreement; any number of coders, with gaps.

Ratings are arrays of units x coders, NaN where a coder did not judge the unit. Codes are numbers: of nominal codes only
whether they are equal counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.core.errors import AnalysisError

Array = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval", "ratio"]
Weights = Literal["unweighted", "linear", "quadratic"]


@dataclass(frozen=True)
class Agreement:
    """A coefficient, what it is made of, and its standard error where it is known.

    `coefficient` is 1 - disagreement observed / expected, or (observed - expected) / (1 - expected); NaN where only one
    code was used, so that no disagreement was possible. `n` counts units judged by two coders or more (for alpha: their
    values). `null_error` is the standard error if coders agreed by chance only.
    """

    coefficient: float
    observed: float
    expected: float
    n: int
    std_error: float = math.nan
    null_error: float = math.nan


def krippendorff(ratings: ArrayLike, level: Level = "nominal") -> Agreement:
    """Return Krippendorff's alpha; `observed` and `expected` are disagreements.

    Parameters
    ----------
    ratings : array (units, coders)
        NaN where not judged; units judged once do not count.
    level : {"nominal", "ordinal", "interval", "ratio"}
        How far apart two codes are.

    Notes
    -----
    From the coincidence matrix o_cv = Σ_u pairs(c, v) / (m_u - 1), alpha = 1 - (n - 1) Σ o_cv d²_cv / Σ n_c n_v d²_cv.
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Hayes and Krippendorff (2007), Commun. Methods
    Meas. 1, 77-89.

    Examples
    --------
    >>> round(krippendorff([[1, 1], [1, 1], [0, 1], [0, 0], [0, 0], [1, 1]]).coefficient, 4)
    0.6857
    """
    counts, values = _counts(ratings)
    pairs = _coincidences(counts).sum(axis=0)
    return _alpha(pairs, values, level)


def krippendorff_bootstrap(ratings: ArrayLike, draws: ArrayLike, level: Level = "nominal") -> Array:
    """Return alpha of every bootstrap draw of units (`draws`: replicates x units, from `cluster_draws.draw_counts`).

    Coincidences add up over units, so that a draw is a matrix product. NaN where a draw used one code only: no
    disagreement was possible there.
    """
    counts, values = _counts(ratings)
    own = _coincidences(counts)
    flat = np.asarray(draws, dtype=float) @ own.reshape(len(own), -1)
    return np.array([_alpha(p, values, level).coefficient for p in flat.reshape(-1, *own.shape[1:])])


def gwet(ratings: ArrayLike, weights: Weights = "unweighted") -> Agreement:
    """Return Gwet's AC1 (unweighted) or AC2: chance agreement that does not explode when a code is rare.

    Notes
    -----
    Expected agreement Σ w / (k (k - 1)) Σ π_c (1 - π_c), π_c the mean share of coders choosing c. Gwet (2008), Br. J.
    Math. Stat. Psychol. 61, 29-48.

    Examples
    --------
    >>> round(gwet([[1, 1], [1, 1], [0, 1], [0, 0], [0, 0], [1, 1]]).coefficient, 4)
    0.6757
    """
    counts, values = _counts(ratings)
    m, k = counts.sum(axis=1), len(values)
    judged = m >= 2
    if not judged.any():
        raise AnalysisError("no unit was judged by two coders")
    w = _weights(k, weights)
    agreeing = (counts * (counts @ w - 1)).sum(axis=1)[judged] / (m * (m - 1))[judged]
    shares = (counts[m >= 1] / m[m >= 1, None]).mean(axis=0)
    expected = float(w.sum() / (k * (k - 1)) * (shares @ (1 - shares))) if k > 1 else 1.0
    return _corrected(float(agreeing.mean()), expected, int(judged.sum()))


def cohen(first: ArrayLike, second: ArrayLike, weights: Weights = "unweighted") -> Agreement:
    """Return Cohen's kappa of two coders, over the units both judged.

    Notes
    -----
    Standard errors of Fleiss, Cohen and Everitt (1969), Psychol. Bull. 72, 323-327, as ``vcd::Kappa``. Linear weights
    1 - |i - j| / (k - 1), quadratic 1 - (i - j)² / (k - 1)², over the codes used, in order.

    Examples
    --------
    >>> found = cohen([1, 1, 0, 0, 0, 1], [1, 1, 1, 0, 0, 1])
    >>> round(found.coefficient, 4), round(found.std_error, 4)
    (0.6667, 0.2869)
    """
    one, two = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    both = ~np.isnan(one) & ~np.isnan(two)
    if not both.any():
        raise AnalysisError("no unit was judged by both coders")
    values = np.unique([one[both], two[both]])
    table = np.zeros((len(values), len(values)))
    np.add.at(table, (np.searchsorted(values, one[both]), np.searchsorted(values, two[both])), 1.0)
    return _kappa(table / both.sum(), _weights(len(values), weights), int(both.sum()))


def fleiss(ratings: ArrayLike) -> Agreement:
    """Return Fleiss's kappa of units that were all judged by the same number of coders.

    Raises
    ------
    AnalysisError
        Where a coder missed a unit: use `krippendorff`.

    Notes
    -----
    Fleiss (1971), Psychol. Bull. 76, 378-382, with the null standard error of Fleiss, Nee and Landis (1979).

    Examples
    --------
    >>> round(fleiss([[1, 1, 1], [0, 0, 1], [0, 0, 0], [1, 1, 0]]).coefficient, 4)
    0.3333
    """
    counts, _, m = _complete(ratings)
    n, p = len(counts), counts.sum(axis=0) / counts.sum()
    observed = float(((counts**2).sum(axis=1) - m).mean() / (m * (m - 1)))
    found = _corrected(observed, float(p @ p), n)
    pq = float(p @ (1 - p))
    if pq <= 0:
        return found
    spread = pq**2 - float((p * (1 - p)) @ (1 - 2 * p))
    null = math.sqrt(2 * spread / (n * m * (m - 1))) / pq
    return Agreement(found.coefficient, found.observed, found.expected, n, null_error=null)


def randolph(ratings: ArrayLike, codes: int | None = None) -> Agreement:
    """Return Randolph's free-marginal kappa; `codes` is how many there were to choose from (default: those used).

    Randolph (2005), Free-Marginal Multirater Kappa, Joensuu Learning and Instruction Symposium.
    """
    counts, values, m = _complete(ratings)
    k = len(values) if codes is None else codes
    observed = float(((counts**2).sum(axis=1) - m).mean() / (m * (m - 1)))
    return _corrected(observed, 1 / k, len(counts))


def percent_agreement(ratings: ArrayLike) -> Agreement:
    """Return the share of agreeing pairs of coders, averaged over the units judged by two or more; no chance removed.

    Examples
    --------
    >>> percent_agreement([[1, 1], [0, 1], [0, 0], [1, float("nan")]]).coefficient.__round__(4)
    0.6667
    """
    counts, _ = _counts(ratings)
    m = counts.sum(axis=1)
    judged = m >= 2
    if not judged.any():
        raise AnalysisError("no unit was judged by two coders")
    share = float(((counts * (counts - 1)).sum(axis=1)[judged] / (m * (m - 1))[judged]).mean())
    return Agreement(share, share, math.nan, int(judged.sum()))


def _counts(ratings: ArrayLike) -> tuple[Array, Array]:
    """Return how often each unit got each code, and the codes in order."""
    r = np.asarray(ratings, dtype=float)
    if r.ndim != 2 or r.shape[1] < 2:
        raise AnalysisError("agreement needs units x coders, and two coders or more")
    values = np.unique(r[~np.isnan(r)])
    if not len(values):
        raise AnalysisError("nobody coded anything")
    return (r[:, :, None] == values).sum(axis=1).astype(float), values


def _complete(ratings: ArrayLike) -> tuple[Array, Array, float]:
    counts, values = _counts(ratings)
    m = counts.sum(axis=1)
    if np.any(m != m[0]) or m[0] < 2:
        raise AnalysisError("some unit was not judged by every coder", fix="use Krippendorff's alpha or Gwet's AC")
    return counts, values, float(m[0])


def _coincidences(counts: Array) -> Array:
    """Return each unit's part of the coincidence matrix, shape (units, codes, codes)."""
    m = counts.sum(axis=1)
    outer = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(counts.shape[1])
    outer[:, diagonal, diagonal] -= counts
    weight = np.divide(1.0, m - 1, out=np.zeros_like(m), where=m >= 2)
    return np.asarray(outer * weight[:, None, None])


def _alpha(pairs: Array, values: Array, level: Level) -> Agreement:
    n = pairs.sum(axis=1)
    total = float(n.sum())
    if total < 2:
        return Agreement(math.nan, math.nan, math.nan, 0)
    d = _distances(n, values, level)
    observed, expected = float((pairs * d).sum()) / total, float(n @ d @ n) / (total * (total - 1))
    alpha = 1 - observed / expected if expected > 0 else math.nan
    return Agreement(alpha, observed, expected, round(total))


def _distances(n: Array, values: Array, level: Level) -> Array:
    gap = values[:, None] - values[None, :]
    if level == "nominal":
        return np.asarray((gap != 0).astype(float))
    if level == "interval":
        return np.asarray(gap**2)
    if level == "ratio":
        reach = values[:, None] + values[None, :]
        return np.asarray(np.divide(gap, reach, out=np.zeros_like(gap), where=reach != 0) ** 2)
    if level == "ordinal":
        middle = np.cumsum(n) - n / 2  # Σ of the codes between, the two ends by half
        return np.asarray((middle[:, None] - middle[None, :]) ** 2)
    raise AnalysisError(f"no such level: {level}", allowed="nominal, ordinal, interval, ratio")


def _weights(k: int, weights: Weights) -> Array:
    gap = np.abs(np.subtract.outer(np.arange(k), np.arange(k))) / max(k - 1, 1)
    if weights == "unweighted":
        return np.eye(k)
    if weights not in ("linear", "quadratic"):
        raise AnalysisError(f"no such weights: {weights}", allowed="unweighted, linear, quadratic")
    return np.asarray(1 - gap if weights == "linear" else 1 - gap**2)


def _kappa(p: Array, w: Array, n: int) -> Agreement:
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float((w * p).sum()), float(rows @ w @ columns)
    found = _corrected(observed, expected, n)
    if math.isnan(found.coefficient):
        return found
    margins = np.add.outer(w @ columns, w.T @ rows)
    parts = w * (1 - expected) - margins * (1 - observed)
    middle = (observed * expected - 2 * expected + observed) ** 2
    variance = (float((p * parts**2).sum()) - middle) / (n * (1 - expected) ** 4)
    null = (float((np.outer(rows, columns) * (w - margins) ** 2).sum()) - expected**2) / (n * (1 - expected) ** 2)
    # none where a coder used one code only: the formula then gives 0, which would claim to know kappa exactly
    errors = (math.sqrt(v) if v > 1e-14 else math.nan for v in (variance, null))
    return Agreement(found.coefficient, observed, expected, n, *errors)


def _corrected(observed: float, expected: float, n: int) -> Agreement:
    possible = 1 - expected
    coefficient = (observed - expected) / possible if possible > 1e-12 else math.nan
    return Agreement(coefficient, observed, expected, n)
