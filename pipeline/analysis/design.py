"""Means, totals and shares under a sampling design: weights, clusters, strata and finite populations."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.core.errors import AnalysisError

Vector = NDArray[np.float64]
Lonely = Literal["fail", "adjust", "average", "remove"]
#: Turns linearised scores into what is left of them after calibration of the weights.
Residual = Callable[[Vector], Vector]

TOO_FEW: Final = "no interval: fewer than two clusters, or no difference between them"


@dataclass(frozen=True, eq=False)
class Stage:
    """One stage of sampling: the unit each row belongs to, its stratum, and how many units its stratum has in all."""

    unit: NDArray[np.int64]
    stratum: NDArray[np.int64]
    population: Vector | None = None


@dataclass(frozen=True, eq=False)
class Design:
    """How the rows came to be observed.

    Parameters
    ----------
    weights : array
        Weight per row.
    stages : tuple of Stage
        From the first stage down.
    lonely : {"fail", "adjust", "average", "remove"}
        What a stratum with a single unit adds to the variance: an error, its distance from the grand mean, the average
        of the other strata, or nothing. R's ``survey.lonely.psu``.
    """

    weights: Vector
    stages: tuple[Stage, ...]
    lonely: Lonely = "fail"

    @property
    def df(self) -> int:
        """Units of the first stage less its strata."""
        first = self.stages[0]
        return len(np.unique(first.unit)) - len(np.unique(first.stratum))

    @property
    def n_clusters(self) -> int:
        """Units of the first stage."""
        return len(np.unique(self.stages[0].unit))


@dataclass(frozen=True)
class Estimate:
    """A mean, share or total with its linearised standard error.

    `n` counts the rows in the domain, `n_clusters` the units of the first stage with such rows; `df` is that less their
    strata, as R's ``degf`` of a subset.
    """

    estimate: float
    std_error: float
    df: int
    n: int
    n_clusters: int
    rule: str | None = field(default=None)


def stage(
    unit: ArrayLike | None, n: int, stratum: ArrayLike | None = None, population: ArrayLike | None = None
) -> Stage:
    """Return one stage over `n` rows; without `unit` every row is its own.

    Units of the same name in two strata are two units. `population` is the number of units in the stratum, per row; 0
    or infinite means without end.

    Raises
    ------
    AnalysisError
        When a stratum has fewer units in all than were observed.
    """
    strata = np.zeros(n, dtype=np.int64) if stratum is None else _codes(stratum)
    own = np.arange(n) if unit is None else _codes(unit)
    units = own if stratum is None else _codes(strata * (int(own.max(initial=0)) + 1) + own)
    if population is None:
        return Stage(units, strata)
    size = np.asarray(population, dtype=float)
    size = np.where(size > 0, size, np.inf)
    first = np.unique(units, return_index=True)[1]
    taken = np.bincount(strata[first], minlength=int(strata.max(initial=-1)) + 1)[strata]
    if np.any(size < taken):
        raise AnalysisError(
            "a stratum has fewer units in all than were observed",
            fix="take the larger of the two numbers as the population",
        )
    return Stage(units, strata, size)


def design(
    n: int,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    stratum: ArrayLike | None = None,
    population: ArrayLike | None = None,
    lonely: Lonely = "fail",
) -> Design:
    """Return a design of one stage.

    Parameters
    ----------
    n : int
        Rows.
    weights, cluster, stratum, population : array, optional
        One value per row: weight, cluster, stratum, and number of clusters (of rows, where there are no clusters) its
        stratum has in all.
    lonely : str
        See `Design`.

    Notes
    -----
    **Events as they were** are strata with a finite population: ``stratum=event, population=listed``. **Events as a
    sample of such events** are clusters: ``cluster=event``. The standard errors of the two differ threefold on the same
    answers; which one is meant is said in project.toml (``analysis.estimand``).

    Examples
    --------
    >>> found = mean([1, 0, 1, 1, 0, 0], design(6, cluster=["a", "a", "b", "b", "c", "c"]))
    >>> round(found.estimate, 3), round(found.std_error, 3), found.df
    (0.5, 0.289, 2)
    """
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    if len(w) != n or np.any(~(w >= 0)):
        raise AnalysisError("weights must be one number per row, none below 0 and none missing")
    return Design(w, (stage(cluster, n, stratum, population),), lonely)


def mean(
    values: ArrayLike, design: Design, domain: ArrayLike | None = None, residual: Residual | None = None
) -> Estimate:
    """Return the weighted mean (of zeros and ones: the share) with its linearised standard error.

    Parameters
    ----------
    values : array
        One value per row. Rows without one are out of the domain; they stay in the design, as in ``survey::subset``.
    design : Design
        Of all rows.
    domain : array of bool, optional
        The rows the mean is about.
    residual : callable, optional
        From `weights.residual`, when the weights are calibrated.

    Notes
    -----
    z = w (y - mean) / Σw, variance Σ_h (1 - n_h/N_h) n_h/(n_h - 1) Σ (z_c - mean_h)², z_c summed over the rows of a
    unit, further stages within units weighed by the fractions above them. Binder (1983), Int. Stat. Rev. 51, 279-292;
    R's ``survey::svymean``.
    """
    y = np.asarray(values, dtype=float)
    inside = ~np.isnan(y) if domain is None else ~np.isnan(y) & np.asarray(domain, dtype=bool)
    w = np.where(inside, design.weights, 0.0)
    total = float(w.sum())
    if total <= 0:
        return Estimate(math.nan, math.nan, design.df, 0, 0, "no answers")
    centre = float(w[inside] @ y[inside]) / total
    scores = np.where(inside, (np.where(inside, y, 0.0) - centre) / total, 0.0)
    return _estimate(centre, scores, inside, design, residual)


def total(values: ArrayLike, design: Design, residual: Residual | None = None) -> Estimate:
    """Return the weighted total; see `mean`. Rows without a value add nothing."""
    y = np.asarray(values, dtype=float)
    inside = ~np.isnan(y)
    scores = np.where(inside, y, 0.0)
    return _estimate(float(design.weights @ scores), scores, inside, design, residual)


def design_effect(values: ArrayLike, design: Design, domain: ArrayLike | None = None) -> float:
    """Return the variance under the design over that of as many rows drawn one by one, with replacement.

    R's ``svymean(deff = "replace")``; NaN where the values do not differ.
    """
    y = np.asarray(values, dtype=float)
    found = mean(y, design, domain)
    inside = ~np.isnan(y) if domain is None else ~np.isnan(y) & np.asarray(domain, dtype=bool)
    w = design.weights * inside
    n = int(np.count_nonzero(w))
    simple = float(w[inside] @ (y[inside] - found.estimate) ** 2) / float(w.sum()) / (n - 1) if n > 1 else 0.0
    return found.std_error**2 / simple if simple > 0 else math.nan


def variance(scores: Vector, design: Design) -> float:
    """Return the variance of the total of weighted scores over the stages of a design."""
    return _stage_variance(scores, design.stages, design.lonely)


def _estimate(
    estimate: float, scores: Vector, inside: NDArray[np.bool_], design: Design, residual: Residual | None
) -> Estimate:
    left = scores if residual is None else residual(scores)
    used = inside & (design.weights > 0)
    first, n = design.stages[0], int(np.count_nonzero(used))
    clusters = len(np.unique(first.unit[used]))
    df = clusters - len(np.unique(first.stratum[used]))
    if df < 1:
        return Estimate(estimate, math.nan, df, n, clusters, TOO_FEW)
    spread = _stage_variance(left * design.weights, design.stages, design.lonely)
    return Estimate(estimate, math.sqrt(max(spread, 0.0)), df, n, clusters)


def _stage_variance(scores: Vector, stages: tuple[Stage, ...], lonely: Lonely, share: Vector | float = 1.0) -> float:
    """Between the units of the first stage, plus the fraction taken of what lies within them."""
    this, *rest = stages
    first = np.unique(this.unit, return_index=True)[1]
    sums, strata = np.asarray(np.bincount(this.unit, scores), dtype=np.float64), this.stratum[first]
    taken = np.bincount(strata).astype(np.int64)
    fraction = np.zeros(len(first)) if this.population is None else taken[strata] / this.population[first]
    part = np.broadcast_to(share, (len(scores),))[first] * (1 - fraction)
    between = _between(sums, strata, taken, part, lonely)
    if not rest:
        return between
    deeper = np.broadcast_to(share, (len(scores),)) * fraction[this.unit]
    return between + _stage_variance(scores, tuple(rest), lonely, deeper)


def _between(sums: Vector, strata: NDArray[np.int64], taken: NDArray[np.int64], part: Vector, lonely: Lonely) -> float:
    alone = taken[strata] == 1
    if lonely == "fail" and np.any(alone & (part > 0)):
        raise AnalysisError(
            f"{int(np.sum(alone & (part > 0)))} strata have a single unit: there is no variance within them",
            allowed="lonely = adjust, average or remove",
        )
    means = np.bincount(strata, sums) / taken
    centred = np.where(alone, sums if lonely == "adjust" else 0.0, sums - means[strata])
    scale = part * np.where(alone, 1.0, taken[strata] / np.maximum(taken[strata] - 1, 1))
    result = float(np.sum(scale * centred**2))
    paired = int(np.sum(taken > 1))
    if lonely == "average" and np.any(alone):
        return result * len(taken) / paired if paired else math.nan
    return result


def _codes(labels: ArrayLike) -> NDArray[np.int64]:
    values = np.asarray(labels)
    return np.unique(values.astype(str) if values.dtype == object else values, return_inverse=True)[1].astype(np.int64)
