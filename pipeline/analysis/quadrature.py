"""Adaptive Gauss-Hermite quadrature over one random intercept: the core of the ordinal and the binomial mixed model.

A cluster's contribution is the integral of exp(h(v)), h(v) = Σ log F(t + side s v) - v²/2, over the standard normal
effect v. The rule is centred at the mode of h and scaled by its curvature; both move with the parameters, and the
gradient below follows them exactly, by implicit differentiation. With one node it is Laplace's approximation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from pipeline.analysis.pieces import Pieces
from pipeline.core.errors import AnalysisError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Index = NDArray[np.int64]

#: No mode moves further than this in one step, on the logit scale: beyond it the logistic curve is flat and misleads.
LOGITS: Final = 1.5
_ROUNDS: Final = 200


def hermite(nodes: int) -> tuple[Vector, Vector]:
    """Return nodes x and the logs of weight · exp(x²) of Gauss and Hermite's rule.

    Examples
    --------
    >>> x, log_weight = hermite(3)
    >>> bool(abs((np.exp(log_weight - x**2) * x**2).sum() - np.sqrt(np.pi) / 2) < 1e-12)
    True
    """
    if not 1 <= nodes <= 100:
        raise AnalysisError(f"{nodes} nodes", allowed="1 to 100")
    x, weight = np.polynomial.hermite.hermgauss(nodes)
    return x, np.log(weight) + x**2


def log_sum(logs: Matrix) -> Matrix:
    """Return log Σ exp over the last axis."""
    top = logs.max(axis=-1)
    return top + np.log(np.exp(logs - top[..., None]).sum(axis=-1))


@dataclass(frozen=True, eq=False)
class Grouped:
    """Pieces sorted by cluster. A random effect moves a piece by `side` (+1 or -1) times it."""

    design: Matrix
    side: Vector
    weight: Vector
    cluster: Index
    gap: Matrix
    gap_weight: Vector

    @cached_property
    def starts(self) -> Index:
        """First piece of each cluster."""
        return np.flatnonzero(np.diff(self.cluster, prepend=-1))

    def sums(self, values: Matrix) -> Matrix:
        """Return sums over the pieces of each cluster."""
        return np.add.reduceat(values, self.starts, axis=0)


def grouped(parts: Pieces, cluster: Index) -> Grouped:
    """Return pieces sorted by the cluster (0 to G - 1, none empty) of the observation each comes from."""
    of = cluster[parts.row]
    order = np.argsort(of, kind="stable")
    return Grouped(parts.design[order], -parts.sign[order], parts.weight[order], of[order], parts.gap, parts.gap_weight)


@dataclass(frozen=True, eq=False)
class Modes:
    """Mode of each cluster's effect, in standard deviations, and the precision there."""

    mode: Vector
    precision: Vector


@dataclass(frozen=True, eq=False)
class Posterior:
    """Mean and standard deviation of the effects given the answers, in units of their own standard deviation."""

    mean: Vector
    sd: Vector

    @classmethod
    def of(cls, weight: Matrix, points: Matrix) -> Posterior:
        """Return the moments of points with these probabilities, row by row."""
        mean = (weight * points).sum(axis=1)
        return cls(mean, np.sqrt((weight * (points - mean[:, None]) ** 2).sum(axis=1)))


def find_modes(data: Grouped, fixed: Vector, sd: float, start: Vector) -> Modes:
    """Return the mode of h in every cluster, by Newton; h is concave, so there is one."""
    base, mode, slope = data.design @ fixed, start, data.side * sd
    for _ in range(_ROUNDS):
        miss = special.expit(-(base + slope * mode[data.cluster]))
        first = data.sums(data.weight * miss * slope) - mode
        precision = 1 + sd**2 * data.sums(data.weight * miss * (1 - miss))
        step = np.clip(first / precision, -LOGITS / sd, LOGITS / sd)
        mode = mode + step
        if float(np.abs(step).max()) < 1e-8:  # quadratic: the error left is its square
            miss = special.expit(-(base + slope * mode[data.cluster]))
            return Modes(mode, 1 + sd**2 * data.sums(data.weight * miss * (1 - miss)))
    raise AnalysisError("the modes of the random effects were not found")


def gap_part(data: Grouped, fixed: Vector) -> tuple[float, Vector]:
    """Return value and gradient of the gaps' part; minus infinity where thresholds are out of order."""
    gap = data.gap @ fixed
    if np.any(gap <= 0):
        return -np.inf, np.zeros(len(fixed))
    value = float(data.gap_weight @ np.log(-np.expm1(-gap)))
    return value, (data.gap_weight / np.expm1(gap)) @ data.gap


class Marginal:
    """Log-likelihood with the random effects integrated out, and its gradient in (fixed, log sd).

    Keeps the modes of the last call to start the next search; they do not change its result.
    """

    def __init__(self, data: Grouped, nodes: int) -> None:
        self.data = data
        self.x, self.log_weight = hermite(nodes)
        self.modes = np.zeros(len(data.starts))

    def __call__(self, parameters: Vector) -> tuple[float, Vector]:
        """Return log-likelihood and gradient."""
        data, fixed, sd = self.data, parameters[:-1], float(np.exp(parameters[-1]))
        gaps, gap_gradient = gap_part(data, fixed)
        if not np.isfinite(gaps) or not 1e-8 < sd < 50:
            return -np.inf, np.zeros(len(parameters))
        found = find_modes(data, fixed, sd, self.modes)
        self.modes = found.mode
        logs, miss, points = self._at_nodes(fixed, sd, found)
        each = log_sum(logs)
        gradient = self._gradient(fixed, sd, found, np.exp(logs - each[:, None]), miss, points)
        gradient[:-1] += gap_gradient
        return gaps + float(each.sum()), gradient

    def posterior(self, parameters: Vector) -> Posterior:
        """Return what the answers say about the effects, were the parameters known."""
        fixed, sd = parameters[:-1], float(np.exp(parameters[-1]))
        logs, _, points = self._at_nodes(fixed, sd, find_modes(self.data, fixed, sd, self.modes))
        return Posterior.of(np.exp(logs - log_sum(logs)[:, None]), points)

    def _at_nodes(self, fixed: Vector, sd: float, found: Modes) -> tuple[Matrix, Matrix, Matrix]:
        data, scale = self.data, 1 / np.sqrt(found.precision)
        points = found.mode[:, None] + np.sqrt(2) * scale[:, None] * self.x
        t = (data.design @ fixed)[:, None] + (data.side * sd)[:, None] * points[data.cluster]
        hit = special.expit(t)
        # below -700 the logistic underflows, and its log is t itself
        log_hit = np.where(t < -700, t, np.log(np.maximum(hit, 1e-304)))
        logs = data.sums(data.weight[:, None] * log_hit)
        logs += self.log_weight - points**2 / 2 + (np.log(scale) - 0.5 * np.log(np.pi))[:, None]
        return logs, 1 - hit, points

    def _gradient(
        self, fixed: Vector, sd: float, found: Modes, posterior: Matrix, miss: Matrix, points: Matrix
    ) -> Vector:
        """Through the integrand at fixed nodes, and through the nodes: their centre and their scale."""
        data, of = self.data, self.data.cluster
        pulled = data.sums(data.weight[:, None] * data.side[:, None] * miss)
        slope = sd * pulled - points  # of h at the nodes
        centre = (posterior * slope).sum(axis=1)
        spread = (posterior * slope * (points - found.mode[:, None])).sum(axis=1) + 1
        at = special.expit(-(data.design @ fixed + data.side * sd * found.mode[of]))
        curved, skew = at * (1 - at), at * (1 - at) * (1 - 2 * at)
        third = sd**3 * data.sums(data.weight * data.side * skew)
        half = spread / (2 * found.precision)
        along = centre / found.precision + half * third / found.precision
        part = (posterior[of] * miss).sum(axis=1)
        part += -along[of] * sd * data.side * curved + half[of] * sd**2 * skew
        log_sd = sd * float((posterior * points * pulled).sum())
        flow = data.sums(data.weight * data.side * at) * sd - sd**2 * found.mode * data.sums(data.weight * curved)
        turn = -2 * sd**2 * data.sums(data.weight * curved) + found.mode * third
        log_sd += float(along @ flow + half @ turn)
        return np.append((data.weight * part) @ data.design, log_sd)


def mode_slopes(data: Grouped, fixed: Vector, sd: float, found: Modes) -> Matrix:
    """Return how each cluster's effect sd · mode changes with (fixed, log sd): one row per cluster."""
    miss = special.expit(-(data.design @ fixed + data.side * sd * found.mode[data.cluster]))
    curved = data.weight * miss * (1 - miss)
    by_fixed = -sd * data.sums((curved * data.side)[:, None] * data.design)
    flow = sd * data.sums(data.weight * data.side * miss) - sd**2 * found.mode * data.sums(curved)
    moved = np.column_stack([by_fixed, flow]) / found.precision[:, None]
    moved[:, -1] += found.mode
    return sd * moved
