"""Answers a planned survey could bring: positive and all answers per event, many times over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.core.errors import PipelineError

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Survey:
    """A survey as planned.

    Parameters
    ----------
    events : int
        Events at which answers are gathered.
    per_event : float
        Answers expected of each.
    share : float
        Share of positive answers there is in truth.
    icc : float
        Intraclass correlation of the answers of one event.
    unevenness : float
        Coefficient of variation of the answers per event beyond that of a Poisson number: 0 for events alike.
    difference : float
        Share in every second event minus the share in the others; their mean is `share`.
    """

    events: int
    per_event: float
    share: float
    icc: float
    unevenness: float = 0.0
    difference: float = 0.0

    def __post_init__(self) -> None:
        low, high = sorted((self.share - self.difference / 2, self.share + self.difference / 2))
        if not (self.events >= 1 and self.per_event > 0 and 0 <= self.icc < 1 and self.unevenness >= 0):
            raise PipelineError("events and answers must be above 0, the ICC from 0 to below 1", place="plan")
        if not 0 < low <= high < 1:
            raise PipelineError("the shares must lie between 0 and 1, the difference taken in", place="plan")


def planned(survey: Survey, replicates: int, rng: np.random.Generator) -> tuple[Counts, Counts]:
    """Return positive and all answers, both of shape (replicates, events).

    Notes
    -----
    Shares of events are Beta with mean μ and variance icc μ (1 - μ), so that the intraclass correlation is exact;
    answers per event are Poisson with a Gamma mean. Prentice (1986), JASA 81, 321-327.

    Examples
    --------
    >>> positive, n = planned(Survey(20, 10, 0.7, 0.05), 500, np.random.default_rng(1))
    >>> round(float(positive.sum() / n.sum()), 2), round(float(n.mean()), 1)
    (0.7, 10.0)
    """
    shape = replicates, survey.events
    expected = np.full(shape, survey.per_event)
    if survey.unevenness > 0:
        heaps = survey.unevenness**-2
        expected = survey.per_event / heaps * rng.standard_gamma(heaps, shape)
    n = rng.poisson(expected)
    half = np.where(np.arange(survey.events) % 2, -0.5, 0.5) * survey.difference
    mean = np.broadcast_to(survey.share + half, shape)
    share = mean if survey.icc == 0 else _beta(mean, survey.icc, rng)
    return rng.binomial(n, share), n


def _beta(mean: NDArray[np.float64], icc: float, rng: np.random.Generator) -> NDArray[np.float64]:
    size = (1 - icc) / icc
    return np.clip(rng.beta(mean * size, (1 - mean) * size), 0.0, 1.0)
