"""Wild cluster bootstrap-t: a test of one coefficient that keeps its size with few clusters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from pipeline.core.errors import AnalysisError

Matrix = NDArray[np.float64]

#: Up to so many clusters all 2^G sign vectors are taken, and nothing is left to chance.
ENUMERATED: Final = 15
_TIE: Final = 1e-10


@dataclass(frozen=True)
class WildTest:
    """The t statistic (CR0), its bootstrap p-value, and from how many sign vectors."""

    statistic: float
    p_value: float
    replicates: int
    enumerated: bool


def wild_bootstrap(
    values: ArrayLike,
    columns: ArrayLike,
    coefficient: int,
    cluster: ArrayLike,
    null: float = 0.0,
    replicates: int = 9999,
    seed: int = 1,
) -> WildTest:
    """Test a coefficient of a linear model by the wild cluster bootstrap-t with the null imposed.

    Parameters
    ----------
    values, columns, cluster : array
        As in `robust.linear`.
    coefficient : int
        Which column.
    null : float
        Value tested.
    replicates, seed : int
        Of random signs, where there are more than `ENUMERATED` clusters.

    Raises
    ------
    AnalysisError
        With fewer than five clusters: 2^G sign vectors cannot give a p-value below 1/2^(G-1).

    Notes
    -----
    Cameron, Gelbach and Miller (2008), Rev. Econ. Stat. 90, 414-427: residuals of the restricted fit are turned as a
    whole per cluster by Rademacher signs; p is the share of |t*| >= |t|, ties included. Everything is worked out on
    sums per cluster: the cost of a replicate is that of the clusters, not of the rows.

    Examples
    --------
    >>> y = [3, 4, 5, 4, 2, 3, 1, 2, 4, 5, 3, 1]
    >>> x = np.column_stack([np.ones(12), [0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0]])
    >>> found = wild_bootstrap(y, x, 1, list("aabbccddeeff"))
    >>> round(found.statistic, 3), found.p_value, found.replicates
    (0.934, 0.5, 64)
    """
    y, x = np.asarray(values, dtype=float), np.asarray(columns, dtype=float)
    # in the order of their names: signs are drawn per cluster, and the order of the rows must not decide which
    labels = pd.factorize(np.asarray(cluster, dtype=object), sort=True)[0]
    groups = int(labels.max(initial=-1)) + 1
    if groups < 5 or (labels < 0).any():
        raise AnalysisError("the wild cluster bootstrap needs five clusters or more", fix="use CR2 with its own df")
    bread = np.linalg.inv(x.T @ x)
    weight = x @ bread[coefficient]  # the coefficient is weight'y
    turned = y - null * x[:, coefficient]
    others = np.delete(x, coefficient, axis=1)
    restricted = turned - others @ np.linalg.lstsq(others, turned, rcond=None)[0]
    pull = _sums(weight[:, None] * x, labels, groups) @ bread
    moves, drift = _sums(restricted[:, None] * x, labels, groups), _sums((weight * restricted)[:, None], labels, groups)
    table = _signs(groups, replicates, seed)
    across = moves @ pull.T
    drawn = _t(table, drift[:, 0], across)
    observed = float(_t(np.ones((1, groups)), drift[:, 0], across)[0])
    extreme = np.abs(drawn) >= abs(observed) - _TIE
    whole = groups <= ENUMERATED
    # a random sample of signs counts the observed one among them
    p_value = float(extreme.mean()) if whole else (1 + float(extreme.sum())) / (1 + len(table))
    return WildTest(observed, p_value, len(table), whole)


def _t(signs: Matrix, drift: Matrix, across: Matrix) -> Matrix:
    """Return the t statistic of each sign vector; `across`: what the signs of one cluster do to the fit in another."""
    scores = signs * drift - signs @ across
    spread = np.sqrt((scores**2).sum(axis=1))
    return np.asarray((signs @ drift) / np.where(spread > 0, spread, np.inf))


def _signs(groups: int, replicates: int, seed: int) -> Matrix:
    if groups <= ENUMERATED:
        bits = (np.arange(2**groups)[:, None] >> np.arange(groups)) & 1
        return 1.0 - 2.0 * bits.astype(float)
    return np.random.default_rng(seed).choice([-1.0, 1.0], size=(replicates, groups))


def _sums(values: Matrix, labels: NDArray[np.int64], groups: int) -> Matrix:
    return np.column_stack([np.bincount(labels, column, groups) for column in values.T])
