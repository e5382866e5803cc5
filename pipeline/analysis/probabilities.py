"""Average probabilities of the response options, and what a change of one term does to them: words instead of odds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.analysis.mixed import Mixed
from pipeline.analysis.ordinal import Ordinal
from pipeline.analysis.pieces import predictor
from pipeline.core.errors import AnalysisError

Matrix = NDArray[np.float64]

#: Nodes for the average over random effects: the integrand is one logistic curve.
_NODES: Final = 40


@dataclass(frozen=True, eq=False)
class Combination:
    """A linear combination of average probabilities, with its interval."""

    estimate: float
    std_error: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Probabilities:
    """Average probability of each category (columns of `estimate`) in each scenario (rows), and their covariance."""

    scenarios: tuple[str, ...]
    categories: tuple[object, ...]
    estimate: Matrix
    covariance: Matrix
    df: float

    def share(self, scenario: str, weights: ArrayLike, level: float = 0.95) -> Combination:
        """Return Σ weight · probability in a scenario; for weights of 0 and 1 the interval stays between them.

        Weights 0, 0, 0, 1, 1 give the share of the two highest options, the categories' own values the mean answer.
        """
        return self._interval(
            self._row(scenario, weights), level, bounded=set(np.asarray(weights, dtype=float)) <= {0.0, 1.0}
        )

    def difference(self, scenario: str, reference: str, weights: ArrayLike, level: float = 0.95) -> Combination:
        """Return how much larger Σ weight · probability is in `scenario` than in `reference`."""
        return self._interval(self._row(scenario, weights) - self._row(reference, weights), level, bounded=False)

    def _row(self, scenario: str, weights: ArrayLike) -> Matrix:
        if scenario not in self.scenarios:
            raise AnalysisError(f"no such scenario: {scenario}", allowed=", ".join(self.scenarios))
        row = np.zeros(self.estimate.shape)
        row[self.scenarios.index(scenario)] = np.asarray(weights, dtype=float)
        return row.ravel()

    def _interval(self, row: Matrix, level: float, bounded: bool) -> Combination:
        estimate = float(row @ self.estimate.ravel())
        std_error = math.sqrt(max(float(row @ self.covariance @ row), 0.0))
        upper = 0.5 + level / 2
        z = float(special.ndtri(upper) if np.isinf(self.df) else special.stdtrit(self.df, upper))
        if not bounded or not 0 < estimate < 1:
            return Combination(estimate, std_error, estimate - z * std_error, estimate + z * std_error)
        half = z * std_error / (estimate * (1 - estimate))
        low, high = special.expit(special.logit(estimate) + np.array([-half, half]))
        return Combination(estimate, std_error, float(low), float(high))


def average_probabilities(
    fit: Ordinal | Mixed,
    scenarios: Mapping[str, Matrix],
    weights: ArrayLike | None = None,
    covariance: Matrix | None = None,
    df: float = np.inf,
) -> Probabilities:
    """Return the probability of each response option, averaged over the observations, in each scenario.

    Parameters
    ----------
    fit : Ordinal or Mixed
        The model. Of a mixed model the probabilities are averaged over the random effects too: they are shares of a
        population, not of a typical cluster.
    scenarios : mapping of str to array
        Explanatory columns per scenario, as from `Terms.everyone`.
    weights : array, optional
        Weight of each row of the scenarios.
    covariance : array, optional
        In place of the model's own, as from `ordinal.cluster_covariance`.
    df : float
        Degrees of freedom of the intervals; clusters - 1 with a cluster-robust covariance.

    Returns
    -------
    Probabilities

    Notes
    -----
    Delta method: covariance G V G', G the derivatives of the averages. Agresti and Tarantola (2018), Stat. Neerl. 72,
    210-223. R's ``emmeans(mode = "prob")`` averages over a grid of levels; here the average is over the observations.

    Examples
    --------
    >>> import pandas as pd
    >>> from pipeline.analysis.ordinal import proportional_odds
    >>> from pipeline.analysis.terms import terms
    >>> frame = pd.DataFrame({"group": list("aaaabbbb"), "answer": [1, 1, 2, 3, 1, 2, 3, 3]})
    >>> columns = terms(frame, ["group"])
    >>> found = average_probabilities(proportional_odds(frame["answer"], columns), columns.everyone("group"))
    >>> found.estimate.round(3).tolist()
    [[0.5, 0.25, 0.25], [0.25, 0.25, 0.5]]
    """
    vcov = fit.covariance if covariance is None else covariance
    found = [_cumulative(fit, np.asarray(x, dtype=float), weights) for x in scenarios.values()]
    options = [np.diff(s, prepend=0.0, append=1.0) for s, _ in found]
    slopes = [np.diff(np.vstack([0 * g[:1], g, 0 * g[:1]]), axis=0) for _, g in found]
    estimate, gradient = np.array(options), np.vstack(slopes)
    if np.any(estimate < -1e-12):
        raise AnalysisError("a threshold-wise effect makes a probability negative", fix="use proportional odds")
    return Probabilities(tuple(scenarios), fit.categories, estimate, gradient @ vcov @ gradient.T, df)


def _cumulative(fit: Ordinal | Mixed, x: Matrix, weights: ArrayLike | None) -> tuple[Matrix, Matrix]:
    """Return the average P(Y <= c) of every threshold, and its derivatives."""
    w = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=float)
    nominal = fit.nominal if isinstance(fit, Ordinal) else np.zeros(x.shape[1], dtype=bool)
    z, node = _effects(fit)
    share, slope = [], []
    for c in range(len(fit.categories) - 1):
        design = predictor(np.full(len(x), c), x, len(fit.categories), nominal)
        at = special.expit((design @ fit.parameters)[:, None] - z)
        density = at * (1 - at)
        share.append(w @ at @ node / w.sum())
        fixed = (w * (density @ node)) @ design / w.sum()
        slope.append(np.concatenate([fixed, _by_log_sd(fit, -(w @ density @ (node * z)) / w.sum())]))
    return np.array(share), np.array(slope)


def _effects(fit: Ordinal | Mixed) -> tuple[Matrix, Matrix]:
    """Return values of the sum of the random effects, and their probabilities."""
    if isinstance(fit, Ordinal) or fit.sd == 0:
        return np.zeros(1), np.ones(1)
    x, weight = np.polynomial.hermite.hermgauss(_NODES)
    return np.sqrt(2) * fit.sd * x, weight / np.sqrt(np.pi)


def _by_log_sd(fit: Ordinal | Mixed, along: float) -> Matrix:
    """Return the derivatives by each level's log sd, `along` being that by the log of the sd of all together."""
    if isinstance(fit, Ordinal):
        return np.empty(0)
    return np.array([along * level.sd**2 / fit.sd**2 for level in fit.levels if level.sd > 0])
