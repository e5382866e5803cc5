"""Weights that bring respondents to margins known of everyone, and what that does to a standard error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pipeline.analysis.calibration import TOLERABLE, calibrate, effective_n, residual
from pipeline.analysis.design import Residual, Vector
from pipeline.core.errors import AnalysisError

#: Relative change of the weights at which raking stops, and rounds after which it does.
_REACHED = 1e-12
_ROUNDS = 2000


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights that meet their margins.

    Parameters
    ----------
    values, base : array
        Weight per row, after and before.
    indicators : array
        One column per category of every margin: what the weights were calibrated on.
    n_effective : float
        Kish's (Σw)²/Σw².
    worst : float
        Largest relative error of a margin.
    """

    values: Vector
    base: Vector
    indicators: NDArray[np.float64]
    n_effective: float
    worst: float

    @property
    def ratio(self) -> tuple[float, float]:
        """Smallest and largest weight, in units of the mean weight."""
        mean = float(self.values.mean())
        return float(self.values.min()) / mean, float(self.values.max()) / mean

    @property
    def residual(self) -> Residual:
        """See `calibration.residual`."""
        return residual(self.indicators, self.base)


def rake(
    variables: pd.DataFrame,
    margins: Mapping[str, pd.Series],
    base: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    bounds: tuple[float, float] | None = None,
) -> Weights:
    """Return weights whose totals equal every margin.

    Parameters
    ----------
    variables : DataFrame
        One row per respondent, a column per margin; none missing.
    margins : mapping of str to Series
        Column -> how many people of each category (the index) there are in all, respondents or not.
    base : array, optional
        Weights to start from; the total over the number of respondents by default.
    cluster : array, optional
        The clusters of the design, to refuse margins that would leave nothing between them.
    bounds : (float, float), optional
        Least and most a weight may be of its base: the margins are then met within these bounds by logit calibration,
        and not by proportional fitting.

    Returns
    -------
    Weights

    Raises
    ------
    AnalysisError
        When margins differ in total, a category has people but no respondent or the reverse, the margins are not
        reached (or not within the bounds), or raking is on the cluster.

    Notes
    -----
    Iterative proportional fitting, Deming and Stephan (1940), Ann. Math. Stat. 11, 427-444; bounds by Deville and
    Särndal (1992), JASA 87, 376-382. Both work on the cells of the crossed categories, so that the cost grows with
    cells. Raking on the cluster forces each cluster's residuals to sum to 0: the standard error would be many times too
    small, and nothing would say so.

    Examples
    --------
    >>> people = pd.DataFrame({"age": ["young", "young", "old"]})
    >>> found = rake(people, {"age": pd.Series({"young": 5, "old": 5})})
    >>> found.values.round(2).tolist(), round(found.n_effective, 2)
    ([2.5, 2.5, 5.0], 2.67)
    """
    totals = {name: _targets(variables[name], margin, name) for name, margin in margins.items()}
    if not totals or not len(variables):
        raise AnalysisError("raking needs respondents and at least one margin")
    size = _same_total(totals)
    codes = {name: totals[name].index.get_indexer(variables[name]) for name in totals}
    if cluster is not None:
        _not_on_cluster(codes, np.asarray(cluster))
    start = np.full(len(variables), size / len(variables)) if base is None else np.asarray(base, dtype=float)
    indicators = np.hstack([np.eye(len(totals[name]))[codes[name]] for name in totals])
    shape = [len(totals[name]) for name in totals]
    flat, place = np.unique(np.ravel_multi_index(tuple(codes.values()), shape), return_inverse=True)
    cells = np.stack(np.unravel_index(flat, shape)).astype(np.int64)
    cell_base = np.asarray(np.bincount(place, start), dtype=np.float64)
    goals = [target.to_numpy(dtype=float) for target in totals.values()]
    fitted = _proportional(cells, cell_base, goals) if bounds is None else _bounded(cells, cell_base, goals, bounds)
    values = start * (fitted / cell_base)[place]
    worst = _worst(cells, fitted, goals)
    if worst > TOLERABLE:
        raise AnalysisError(
            f"the margins are not reached: the worst is {worst:.1%} off",
            fix="merge categories with few respondents, drop a margin, or widen the bounds",
        )
    return Weights(values, start, indicators, effective_n(values), worst)


def _targets(values: pd.Series, margin: pd.Series, name: str) -> pd.Series:
    people = margin[margin > 0]
    answered = set(values.unique())
    if values.isna().any():
        raise AnalysisError(f"respondents without a value of margin '{name}' cannot be raked", fix="leave them out")
    if set(people.index) != answered:
        empty, unknown = len(set(people.index) - answered), len(answered - set(people.index))
        raise AnalysisError(
            f"margin '{name}': {empty} categories have people but no respondent, {unknown} the reverse",
            fix="merge categories on both sides",
        )
    return people.sort_index()


def _same_total(totals: Mapping[str, pd.Series]) -> float:
    sizes = {name: float(t.sum()) for name, t in totals.items()}
    size = next(iter(sizes.values()))
    if any(abs(s / size - 1) > 1e-9 for s in sizes.values()):
        raise AnalysisError(f"the margins count different numbers of people: {sizes}", fix="count the same people")
    return size


def _not_on_cluster(codes: Mapping[str, NDArray[np.int64]], cluster: NDArray[np.object_]) -> None:
    clusters = len(np.unique(cluster.astype(str)))
    parameters = sum(len(np.unique(c)) for c in codes.values()) - len(codes) + 1
    for name, code in codes.items():
        pairs = {(int(c), str(g)) for c, g in zip(code, cluster, strict=True)}
        if clusters > 1 and len(pairs) == len(np.unique(code)) and len(np.unique(code)) >= clusters:
            raise AnalysisError(
                f"margin '{name}' determines the cluster: the standard error would collapse",
                fix="rake on margins within clusters, or take these events as strata (estimand these_events)",
            )
    if clusters > 1 and parameters >= clusters:
        raise AnalysisError(
            f"{parameters} calibrated totals and {clusters} clusters leave nothing between clusters",
            fix="merge categories or drop a margin",
        )


def _proportional(cells: NDArray[np.int64], base: Vector, goals: list[Vector]) -> Vector:
    fitted = base.copy()
    for _ in range(_ROUNDS):
        before = fitted.copy()
        for code, goal in zip(cells, goals, strict=True):
            fitted *= (goal / np.bincount(code, fitted, len(goal)))[code]
        if float(np.max(np.abs(fitted / before - 1))) < _REACHED:
            break
    return fitted


def _bounded(cells: NDArray[np.int64], base: Vector, goals: list[Vector], bounds: tuple[float, float]) -> Vector:
    x = np.hstack([np.eye(len(goal))[code] for code, goal in zip(cells, goals, strict=True)])
    return calibrate(x, np.concatenate(goals), base, bounds)


def _worst(cells: NDArray[np.int64], fitted: Vector, goals: list[Vector]) -> float:
    return max(
        float(np.max(np.abs(np.bincount(code, fitted, len(goal)) / goal - 1)))
        for code, goal in zip(cells, goals, strict=True)
    )
