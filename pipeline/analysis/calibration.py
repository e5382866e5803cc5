"""Calibration of weights to known totals, cutting them, and what calibration leaves of a variance."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from pipeline.analysis.design import Residual, Vector
from pipeline.core.errors import AnalysisError

#: Relative error of a total at which the search stops, and above which it is refused.
_REACHED = 1e-12
TOLERABLE = 1e-6


def calibrate(
    indicators: ArrayLike, targets: ArrayLike, base: ArrayLike, bounds: tuple[float, float] | None = None
) -> Vector:
    """Return weights by linear (generalised regression) calibration, or within bounds by the logit distance.

    Parameters
    ----------
    indicators : array of shape (n, p)
        What is known of everyone: a column of ones, indicators, numbers.
    targets : array of shape (p,)
        Their totals over everyone.
    base : array of shape (n,)
        Weights to start from.
    bounds : (float, float), optional
        Least and most a weight may be of its base.

    Raises
    ------
    AnalysisError
        When no weights within the bounds reach the totals.

    Notes
    -----
    Deville and Särndal (1992), JASA 87, 376-382, cases 1 and 6; R's ``survey::calibrate``.
    """
    x, goal, d = (np.asarray(a, dtype=float) for a in (indicators, targets, base))
    if bounds is None:
        multiplier = np.linalg.pinv((x.T * d) @ x, hermitian=True) @ (goal - d @ x)
        return d * (1 + x @ multiplier)
    low, high = bounds
    if not 0 <= low < 1 < high:
        raise AnalysisError("bounds of a weight must lie on both sides of its base", allowed="0 <= low < 1 < high")
    return d * _logit_factors(x, goal, d, low, high)


def trim(weights: ArrayLike, low: float = 0.0, high: float = math.inf, strict: bool = False) -> Vector:
    """Return weights cut at two limits, what was cut off shared out equally over the others.

    Parameters
    ----------
    weights : array
        They are not changed; their total is kept.
    low, high : float
        Limits.
    strict : bool
        Repeat until no weight passes a limit; else once.

    Raises
    ------
    AnalysisError
        When every weight would be cut.

    Notes
    -----
    R's ``survey::trimWeights``. Trimmed weights no longer meet their margins; see `rake` for bounds that do.
    """
    w = np.asarray(weights, dtype=float).copy()
    total, cut = float(w.sum()), np.zeros(len(w), dtype=bool)
    while np.any((w < low - 1e-12) | (w > high + 1e-12)):
        cut |= (w <= low) | (w >= high)
        if cut.all():
            raise AnalysisError("every weight would be cut: the limits exclude the mean weight")
        w = np.clip(w, low, high)
        w[~cut] += (total - float(w.sum())) / int((~cut).sum())
        if not strict:
            break
    return w


def residual(indicators: ArrayLike, base: ArrayLike) -> Residual:
    """Return what leaves of linearised scores that part which calibrated weights cannot get wrong.

    Notes
    -----
    The residuals of the scores regressed on the calibration variables with the weights before calibration; multiplied
    by those after it they give the variance of a calibrated estimate. Deville and Särndal (1992), section 3; R's
    ``survey::calibrate``, ``rake`` and ``postStratify``.
    """
    x, d = np.asarray(indicators, dtype=float), np.asarray(base, dtype=float)
    projector = np.linalg.pinv((x.T * d) @ x, hermitian=True)

    def left(scores: Vector) -> Vector:
        return scores - x @ (projector @ (x.T @ (d * scores)))

    return left


def effective_n(weights: ArrayLike) -> float:
    """Return Kish's effective sample size (Σw)²/Σw². Kish (1965), Survey Sampling, 11.7."""
    w = np.asarray(weights, dtype=float)
    squares = float(w @ w)
    return float(w.sum()) ** 2 / squares if squares > 0 else math.nan


def _logit_factors(x: Vector, goal: Vector, d: Vector, low: float, high: float) -> Vector:
    """Newton's method for factors between the bounds; they start at 1."""
    steep = (high - low) / ((1 - low) * (high - 1))
    start = math.log((1 - low) / (high - 1))
    multiplier, error = np.zeros(x.shape[1]), math.inf
    for _ in range(100):
        part = special.expit(start + steep * (x @ multiplier))
        factors = low + (high - low) * part
        gap = goal - (d * factors) @ x
        error = float(np.max(np.abs(gap)) / np.max(np.abs(goal)))
        if error < _REACHED:
            break
        slope = d * (high - low) * steep * part * (1 - part)
        step = np.linalg.pinv((x.T * slope) @ x, hermitian=True) @ gap
        multiplier = multiplier + step / max(1.0, float(np.max(np.abs(x @ step))) * steep / 5)
    if error > TOLERABLE:
        raise AnalysisError(
            f"no weights between {low:g} and {high:g} times their base reach the margins",
            fix="widen the bounds, merge categories or drop a margin",
        )
    return factors
