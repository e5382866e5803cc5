"""Fitting random intercepts on one or two levels: what `mixed` calls, and what it returns."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.analysis import newton, pieces, quadrature
from pipeline.analysis.nested import NestedMarginal, nest
from pipeline.analysis.ordinal import Ordinal
from pipeline.analysis.terms import Terms
from pipeline.core.errors import AnalysisError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Index = NDArray[np.int64]

#: A standard deviation below this is none.
_NONE: Final = 1e-3
_NO_VARIANCE: Final = "no variation between {} beyond chance: the standard deviation is estimated as 0"


@dataclass(frozen=True, eq=False)
class Units:
    """The distinct answers within the smallest units: pieces, the units of each from the outermost, their names."""

    parts: pieces.Pieces
    labels: tuple[Index, ...]
    groups: tuple[object, ...]


@dataclass(frozen=True, eq=False)
class Level:
    """The random intercepts of one level: their standard deviation and, per group, what the answers say about them.

    `effect` is the conditional mode (of an outer level: the mean), `std_error` its conditional standard deviation, as
    if the parameters were known.
    """

    name: str
    sd: float
    groups: tuple[object, ...] = ()
    effect: Vector | None = None
    std_error: Vector | None = None
    move: Callable[[], Matrix] | None = None

    @cached_property
    def slopes(self) -> Matrix | None:
        """How each effect changes with the parameters (worked out when asked for): it adds their uncertainty."""
        return None if self.move is None else self.move()


@dataclass(frozen=True, eq=False)
class Mixed:
    """A fitted mixed model.

    `parameters` are thresholds and coefficients (of yes/no answers: the constant and coefficients), named by `names`;
    `covariance` is of them and then of the log standard deviation of every level that has any.
    """

    names: tuple[str, ...]
    parameters: Vector
    covariance: Matrix
    levels: tuple[Level, ...]
    loglik: float
    loglik_fixed: float
    n: float
    categories: tuple[object, ...]
    note: str | None = None

    @property
    def std_error(self) -> Vector:
        """Standard errors of `parameters`."""
        return np.sqrt(np.diag(self.covariance))[: len(self.parameters)]

    @property
    def sd(self) -> float:
        """Standard deviation of all random effects of an answer together."""
        return math.sqrt(sum(level.sd**2 for level in self.levels))

    def icc(self, name: str) -> float:
        """Return the share of a level in the latent variance Σ sd² + π²/3."""
        (own,) = (level.sd**2 for level in self.levels if level.name == name)
        return own / (self.sd**2 + math.pi**2 / 3)

    def variance_test(self) -> tuple[float, float]:
        """Return the likelihood ratio of no variance between groups, and its p-value.

        With one level it is half that of χ²(1), the variance lying on the edge of its range (Self and Liang 1987, J.
        Am. Stat. Assoc. 82, 605-610); with two the p-value is an upper bound, that of χ²(2).
        """
        statistic = max(0.0, 2 * (self.loglik - self.loglik_fixed))
        tail = float(special.chdtrc(len(self.levels), statistic))
        return statistic, tail / 2 if len(self.levels) == 1 and statistic > 0 else tail


def unit_labels(values: Sequence[object] | ArrayLike) -> list[Any]:
    """Return the units of the answers; none may be missing."""
    found = np.asarray(values, dtype=object)
    if pd.isna(found).any():
        raise AnalysisError("a unit is missing", fix="leave those answers out, and count them")
    return found.tolist()


def arrange(fixed: Ordinal, answers: ArrayLike, explained_by: Terms | None, *units: list[Any]) -> Units:
    """Return the distinct answers within their units; `units` from the outermost in.

    Raises
    ------
    AnalysisError
        With fewer than two clusters, or one answer in every unit.
    """
    weight = fixed.likelihood.weight
    kept = weight > 0
    codes = np.searchsorted(np.asarray(fixed.categories), np.asarray(answers, dtype=float)[kept])
    x = (explained_by.matrix if explained_by else np.empty((len(kept), 0)))[kept]
    coded = [pd.factorize(np.asarray(u, dtype=object)[kept], sort=True) for u in units]
    numbers = [c for c, _ in coded]
    first, kind = pieces.patterns(codes, x, *numbers)
    count = np.bincount(kind, weight[kept], len(first)).astype(float)
    smallest = np.bincount(numbers[-1], weight[kept])
    if len(coded[0][1]) < 2:
        raise AnalysisError("a random intercept needs two clusters or more")
    if smallest.max() < 2:
        raise AnalysisError("every unit has one answer: variation between units cannot be told from that within")
    parts = pieces.take_apart(codes[first], x[first], count, len(fixed.categories), np.zeros(x.shape[1], dtype=bool))
    return Units(parts, tuple(c[first] for c in numbers), tuple(coded[0][1]))


def one_level(fixed: Ordinal, units: Units, name: str, nodes: int) -> Mixed:
    """Fit a random intercept of the outermost units."""
    data, groups = quadrature.grouped(units.parts, units.labels[0]), units.groups
    objective = quadrature.Marginal(data, nodes)
    at, hessian, done = newton.quasi_newton(
        objective, np.append(fixed.parameters, math.log(0.7)), curvature=_guess(fixed, len(data.starts))
    )
    loglik, sd = objective(at)[0], math.exp(at[-1])
    if sd < _NONE or loglik <= fixed.loglik + 1e-9:
        return _without(fixed, (name,), groups)
    _check(done, sd)
    found = quadrature.find_modes(data, at[:-1], sd, objective.modes)
    move = partial(quadrature.mode_slopes, data, at[:-1], sd, found)
    level = Level(name, sd, groups, sd * found.mode, sd / np.sqrt(found.precision), move)
    return _mixed(fixed, at[:-1], newton.covariance(-hessian), (level,), loglik)


def two_levels(fixed: Ordinal, units: Units, names: tuple[str, str], nodes: int) -> Mixed:
    """Fit random intercepts of both levels of units; a level without variance is left out."""
    data, _ = nest(units.parts, units.labels[0], units.labels[1])
    objective = NestedMarginal(data, nodes)
    at, hessian, done = newton.quasi_newton(
        objective,
        np.concatenate([fixed.parameters, np.log([0.5, 0.5])]),
        curvature=_guess(fixed, len(data.starts), len(data.outer)),
    )
    sd = np.exp(at[-2:])
    if sd.min() < _NONE or objective(at)[0] <= fixed.loglik + 1e-9:
        return _one_of_two(fixed, units, names, nodes, sd)
    _check(done, float(sd.max()))
    said = objective.posterior(at)
    outer = Level(
        names[0], float(sd[0]), units.groups, sd[0] * said.mean, sd[0] * said.sd, partial(objective.outer_slopes, at)
    )
    loglik, vcov = objective(at)[0], newton.covariance(-hessian)
    return _mixed(fixed, at[:-2], vcov, (outer, Level(names[1], float(sd[1]))), loglik)


def _one_of_two(fixed: Ordinal, units: Units, names: tuple[str, str], nodes: int, sd: Vector) -> Mixed:
    """The fit when a level has no variance: the other one alone."""
    if sd[1] < sd[0]:
        found = one_level(fixed, units, names[0], 2 * nodes)
        levels = (found.levels[0], Level(names[1], 0.0))
    else:
        found = one_level(fixed, Units(units.parts, units.labels[1:], ()), names[1], 2 * nodes)
        nothing = np.zeros(len(units.groups))
        levels = (Level(names[0], 0.0, units.groups, nothing, nothing), Level(names[1], found.levels[0].sd))
    lost = [level.name for level in levels if level.sd == 0]
    return replace(found, levels=levels, note=_NO_VARIANCE.format(" or ".join(lost)))


def _without(fixed: Ordinal, names: tuple[str, ...], groups: tuple[object, ...]) -> Mixed:
    nothing = np.zeros(len(groups))
    levels = tuple(Level(name, 0.0, groups, nothing, nothing) for name in names)
    found = _mixed(fixed, fixed.parameters, fixed.covariance, levels, fixed.loglik)
    return replace(found, note=_NO_VARIANCE.format(" or ".join(names)))


def _mixed(fixed: Ordinal, at: Vector, vcov: Matrix, levels: tuple[Level, ...], loglik: float) -> Mixed:
    return Mixed(fixed.names, at, vcov, levels, loglik, fixed.loglik, fixed.n, fixed.categories)


def _guess(fixed: Ordinal, *units: int) -> Matrix:
    """Curvature to begin with: that without random effects, and half of what fully known effects would give."""
    size = len(fixed.parameters)
    curvature = np.diag(np.concatenate([np.zeros(size), np.asarray(units, dtype=float)]))
    curvature[:size, :size] = np.linalg.inv(fixed.covariance)
    return curvature


def _check(done: bool, sd: float) -> None:
    if sd > 20:
        raise AnalysisError("the answers of each cluster are all alike: its variance has no finite estimate")
    if not done:
        raise AnalysisError("the mixed model did not converge", fix="leave out a term, or merge its levels")
