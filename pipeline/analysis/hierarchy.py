"""Partial pooling that does not take the spread between groups as known: the model's shares averaged over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.analysis import newton, quadrature
from pipeline.analysis.mixed_fit import Units, arrange, unit_labels
from pipeline.analysis.nested import NestedMarginal, nest
from pipeline.analysis.ordinal import proportional_odds
from pipeline.analysis.pooling import Pooled, same_everywhere
from pipeline.core.errors import AnalysisError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]

#: Nodes per standard deviation; further out than this drop of the log-likelihood nothing is added.
_GRID: Final = 7
_DROP: Final = 6.0
_LARGEST: Final = 8.0
_NODES: Final = 9


@dataclass(frozen=True, eq=False)
class _Mixture:
    """Posterior of each group's logit: a mixture of normals, one per pair of standard deviations tried (rows)."""

    weight: Vector
    mean: Matrix
    sd: Matrix
    own_sd: Matrix
    spread: float

    def quantile(self, probability: float) -> Vector:
        """Return the quantile of every group, by bisection."""
        low, high = (self.mean - 12 * self.sd).min(axis=0), (self.mean + 12 * self.sd).max(axis=0)
        for _ in range(60):
            middle = (low + high) / 2
            below = self.weight @ special.ndtr((middle - self.mean) / self.sd)
            low, high = np.where(below < probability, middle, low), np.where(below < probability, high, middle)
        return (low + high) / 2

    def share(self) -> tuple[Vector, Vector]:
        """Return mean and standard deviation of every group's share."""
        x, node = np.polynomial.hermite.hermgauss(20)
        at = special.expit(self.mean[:, :, None] + np.sqrt(2) * self.sd[:, :, None] * x)
        first, second = (np.einsum("c,cgk,k->g", self.weight, at**p, node / np.sqrt(np.pi)) for p in (1, 2))
        return first, np.sqrt(np.maximum(second - first**2, 0))


def hierarchical_pooled(
    positive: ArrayLike, n: ArrayLike, group: ArrayLike, inner: ArrayLike | None = None, level: float = 0.95
) -> Pooled:
    """Return the share of each group from the logit model of `pooling.glmm_pooled`, its spread not taken as known.

    Parameters
    ----------
    positive, n, group, inner, level
        As in `pooling.glmm_pooled`.

    Returns
    -------
    Pooled
        Posterior means and quantiles; `sd` the posterior mean of the standard deviation between groups.

    Raises
    ------
    AnalysisError
        With fewer than two groups with answers.

    Notes
    -----
    With some twenty groups the maximum likelihood estimate of the spread is often 0 or close to it; intervals that take
    it as known hold the true share in 82-89 % of cases instead of 95 % (simulated: 22 groups, 36 units). Here the
    model's posterior is averaged over the standard deviations on a grid, each with a half-normal(1) prior on the logit
    scale, the constant by Laplace's approximation. Gelman (2006), Bayesian Analysis 1, 515-534, on such priors.

    Examples
    --------
    >>> found = hierarchical_pooled([9, 2, 2], [10, 10, 3], ["a", "b", "c"])
    >>> found.estimate.round(2).tolist(), found.low.round(2).tolist()
    ([0.8, 0.31, 0.62], [0.5, 0.08, 0.21])
    """
    k, m = (np.asarray(a, dtype=float) for a in (positive, n))
    some, groups = m > 0, np.asarray(group, dtype=object)
    if len(set(groups[some])) < 2:
        raise AnalysisError("partial pooling needs two groups with answers or more")
    if k[some].sum() in (0, m.sum()):
        return same_everywhere(k[some], m[some], groups[some], level)
    units = [unit_labels(groups[some]) * 2]
    if inner is not None:
        within = unit_labels(np.asarray(inner, dtype=object)[some]) * 2
        units.append([f"{a}\x1f{b}" for a, b in zip(units[0], within, strict=True)])
    count = np.concatenate([k[some], m[some] - k[some]])
    answers = np.repeat([1.0, 0.0], int(some.sum()))
    told = arrange(proportional_odds(answers, None, count), answers, None, *units)
    found = _average(told, len(units))
    order = {name: i for i, name in enumerate(told.groups)}
    code = np.array([order[name] for name in groups[some]])
    totals = [np.bincount(code, x, len(order)).astype(float) for x in (k[some], m[some])]
    share, error = found.share()
    tails = ((1 - level) / 2, (1 + level) / 2)
    low, high = (special.expit(found.quantile(t)) for t in tails)
    centre = found.weight @ found.mean
    own = np.sqrt(found.weight @ (found.own_sd**2 + (found.mean - centre) ** 2))
    return Pooled(
        told.groups, totals[1], totals[0] / totals[1], share, low, high, error, centre, own, found.spread, None
    )


class _Model:
    """Log-likelihood and what it says of the groups, for one level or two, in (threshold, log sds)."""

    def __init__(self, units: Units, levels: int) -> None:
        self.marginal: NestedMarginal | quadrature.Marginal
        if levels == 2:
            self.marginal = NestedMarginal(nest(units.parts, *units.labels)[0], _NODES)
        else:
            self.marginal = quadrature.Marginal(quadrature.grouped(units.parts, units.labels[0]), 2 * _NODES)

    def __call__(self, at: Vector) -> tuple[float, Vector]:
        return self.marginal(at)

    def groups(self, at: Vector) -> tuple[Vector, Vector]:
        """Return mean and standard deviation of the groups' logits, the parameters known."""
        sd, said = float(np.exp(at[1])), self.marginal.posterior(at)
        return -at[0] + sd * said.mean, sd * said.sd

    def profile(self, logs: Vector, start: float) -> tuple[Vector, float, float]:
        """Return the parameters with the best threshold for these log sds, the curvature there, the log-likelihood."""
        at, curvature = np.concatenate([[start], logs]), 1.0
        ahead = np.concatenate([[1e-3], np.zeros(len(logs))])
        for _ in range(20):
            value, gradient = self(at)
            curvature = max(-float(self(at + ahead)[1][0] - gradient[0]) / 1e-3, 1e-3)
            step = float(np.clip(gradient[0] / curvature, -1, 1))
            if abs(step) < 1e-4:
                break
            at = at + ahead / 1e-3 * step
        return at, curvature, value


def _average(units: Units, levels: int) -> _Mixture:
    model = _Model(units, levels)
    best, _, _ = newton.quasi_newton(model, np.concatenate([[0.0], np.full(levels, np.log(0.5))]))
    top = model(best)[0]
    axes = [_axis(model, best, top, j) for j in range(levels)]
    mesh = np.array(np.meshgrid(*(a for a, _ in axes), indexing="ij")).reshape(levels, -1).T
    log_weight = sum(np.meshgrid(*(w for _, w in axes), indexing="ij")).ravel()  # type: ignore[union-attr]
    means, sds, own, start = [], [], [], float(best[0])
    logs = np.empty(len(mesh))
    for i, sd in enumerate(mesh):
        at, curvature, value = model.profile(np.log(sd), start)
        start = float(at[0])
        mean, inside = model.groups(at)
        ahead = np.eye(len(at))[0] * 1e-3
        slope = (model.groups(at + ahead)[0] - model.groups(at - ahead)[0]) / 2e-3
        means.append(mean)
        own.append(inside)
        sds.append(np.sqrt(inside**2 + slope**2 / curvature))
        logs[i] = value - 0.5 * np.log(curvature) + log_weight[i]
    weight = np.exp(logs - special.logsumexp(logs))
    return _Mixture(weight, np.array(means), np.array(sds), np.array(own), float(weight @ mesh[:, 0]))


def _axis(model: _Model, best: Vector, top: float, j: int) -> tuple[Vector, Vector]:
    """Return standard deviations of one level to try, and the logs of rule times half-normal(1) prior."""
    upper = max(3 * float(np.exp(best[1 + j])), 0.5)
    logs = np.maximum(best[1:], np.log(0.05))
    while upper < _LARGEST:
        logs[j] = np.log(upper)
        if top - model.profile(logs, float(best[0]))[2] > _DROP - upper**2 / 2:
            break
        upper *= 1.3
    x, weight = np.polynomial.legendre.leggauss(_GRID)
    sd = upper * (x + 1) / 2
    return sd, np.log(weight) - sd**2 / 2
