"""Before the next survey: how precise its answers would be, and how likely it is to show what is there."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from pipeline.analysis.cluster_regression import ClusterRegression
from pipeline.analysis.intervals import HALF, clustered
from pipeline.core.errors import AnalysisError


@dataclass(frozen=True)
class Prospect:
    """What many imagined surveys came to.

    Parameters
    ----------
    answers : float
        Answers, on average.
    half_width : float
        Half the width of the interval, median.
    half_width_90 : float
        Nine surveys of ten are more precise than this.
    coverage : float
        Share of the intervals that hold the truth.
    power : float
        Share of the surveys that show it: of `share_prospect` that most are positive, of `difference_prospect` that the
        groups differ.
    undefined : float
        Share of the surveys without an interval; they count as showing nothing.
    replicates : int
        Surveys imagined.
    """

    answers: float
    half_width: float
    half_width_90: float
    coverage: float
    power: float
    undefined: float
    replicates: int


def share_prospect(positive: ArrayLike, n: ArrayLike, truth: float, level: float = 0.95, outcomes: int = 1) -> Prospect:
    """Return precision and power of the share, by the interval the analysis uses (`intervals.clustered`).

    Parameters
    ----------
    positive, n : array (replicates, events)
        Imagined answers, from `simulate.planned`.
    truth : float
        The share they were drawn from.
    level : float
        Confidence level.
    outcomes : int
        Primary outcomes tested together: power is that of Holm's first step, the level being divided among them.

    Examples
    --------
    >>> found = share_prospect([[4, 3, 5, 4], [5, 4, 4, 3]], [[5, 5, 5, 5], [5, 5, 5, 5]], 0.8)
    >>> round(found.half_width, 3), found.power
    (0.256, 0.0)
    """
    k, m = np.atleast_2d(positive), np.atleast_2d(n)
    _check(k, m, outcomes)
    strict = 1 - (1 - level) / outcomes
    found = [(clustered(a, b, level), clustered(a, b, strict).low) for a, b in zip(k, m, strict=True)]
    limits = np.array([(one.low, one.high) for one, _ in found])
    return _prospect(limits, truth, np.array([low for _, low in found]) > HALF, m)


def difference_prospect(
    positive: ArrayLike, n: ArrayLike, other: ArrayLike, truth: float, level: float = 0.95
) -> Prospect:
    """Return precision and power of the difference between two kinds of events (CR2, Satterthwaite).

    Parameters
    ----------
    positive, n : array (replicates, events)
        Imagined answers.
    other : array of bool (events,)
        Which events are of the second kind; the difference is first minus second.
    truth : float
        The difference they were drawn from.
    level : float
        Confidence level.
    """
    k, m = np.atleast_2d(positive).astype(float), np.atleast_2d(n).astype(float)
    _check(k, m, 1)
    first = (~np.asarray(other, dtype=bool)).astype(float)
    design = np.stack([np.ones_like(first), first], axis=1)
    squares = design[:, :, None] * design[:, None, :]
    limits = np.array([_difference(squares, design, a, b, level) for a, b in zip(k, m, strict=True)])
    shown = (limits[:, 0] > 0) if truth > 0 else (limits[:, 1] < 0)
    return _prospect(limits, truth, shown, m)


def _difference(
    squares: np.ndarray, design: np.ndarray, k: np.ndarray, m: np.ndarray, level: float
) -> tuple[float, float]:
    fit = ClusterRegression(squares * m[:, None, None], design * k[:, None])
    try:
        found = fit.contrast([0.0, 1.0], level)
    except AnalysisError:  # nobody answered at one of the two kinds of events
        return math.nan, math.nan
    return found.low, found.high


def _prospect(limits: np.ndarray, truth: float, shown: np.ndarray, m: np.ndarray) -> Prospect:
    known = ~np.isnan(limits).any(axis=1)
    if not known.any():
        return Prospect(float(m.sum(axis=1).mean()), *(math.nan,) * 3, 0.0, 1.0, len(m))
    half = (limits[known, 1] - limits[known, 0]) / 2
    holds = (limits[known, 0] <= truth) & (truth <= limits[known, 1])
    wide = float(np.quantile(half, 0.9))
    answers, power = float(m.sum(axis=1).mean()), float((shown & known).mean())
    return Prospect(answers, float(np.median(half)), wide, float(holds.mean()), power, float((~known).mean()), len(m))


def _check(k: np.ndarray, m: np.ndarray, outcomes: int) -> None:
    if k.shape != m.shape or k.ndim != 2 or np.any(k > m) or np.any(k < 0) or outcomes < 1:
        raise AnalysisError("positive answers must be part of all answers, one outcome or more")
