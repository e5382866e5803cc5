"""Polychoric correlations: of the normal variables thought to lie behind ordered answers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.core.errors import AnalysisError

Matrix = NDArray[np.float64]
#: Stands for an infinite threshold: the normal tail beyond is below 1e-18.
_FAR: Final = 9.0
_MOST: Final = 0.9999
_NODES: Final = 48


@dataclass(frozen=True)
class Polychoric:
    """The correlation, its standard error (thresholds taken as known) and the pairs it comes from."""

    correlation: float
    std_error: float
    n: int


def polychoric(one: ArrayLike, other: ArrayLike) -> Polychoric:
    """Return the two-step polychoric correlation of two ordered questions.

    Parameters
    ----------
    one, other : array
        Answers of the same people; pairs with a missing answer are left out.

    Returns
    -------
    Polychoric
        Empty where a question has fewer than two different answers. A correlation that tends to 1 or -1 stops at
        0.9999, without a standard error.

    Notes
    -----
    Thresholds from the margins, then maximum likelihood in the correlation by scoring: the derivative of a cell's
    probability is the bivariate normal density at its corners. Olsson (1979), Psychometrika 44, 443-460; R's
    ``polycor::polychor(ML = FALSE)``.

    Examples
    --------
    >>> polychoric([1, 1, 2, 2, 3, 3, 1, 3], [1, 2, 2, 3, 3, 3, 1, 1]).n
    8
    """
    table = _table(np.asarray(one, dtype=float), np.asarray(other, dtype=float))
    n = int(table.sum())
    if min(table.shape) < 2:
        return Polychoric(math.nan, math.nan, n)
    rows, columns = _thresholds(table.sum(axis=1)), _thresholds(table.sum(axis=0))
    r = 0.0
    for _ in range(100):
        slope, information = _score(r, table, rows, columns)
        move = max(-0.3, min(0.3, slope / information))
        following = max(-_MOST, min(_MOST, r + move))
        done, r = abs(following - r) < 1e-12, following
        if done:
            break
    if abs(r) >= _MOST:
        return Polychoric(r, math.nan, n)
    width = 1e-5 * (1 - abs(r))
    ends = (_score(r + s * width, table, rows, columns)[0] for s in (-1, 1))
    curvature = (next(ends) - next(ends)) / (2 * width)
    return Polychoric(r, 1 / math.sqrt(curvature) if curvature > 0 else math.nan, n)


def polychoric_matrix(values: pd.DataFrame) -> pd.DataFrame:
    """Return the polychoric correlation of every two columns, over the pairs of answers they share."""
    names = list(values.columns)
    matrix = pd.DataFrame(np.eye(len(names)), index=names, columns=names)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            found = polychoric(values[one], values[other]).correlation
            matrix.loc[one, other] = matrix.loc[other, one] = found
    return matrix


def ordinal_alpha(values: pd.DataFrame) -> float:
    """Return alpha from the polychoric correlations of complete responses; NaN where one is undefined.

    Notes
    -----
    p/(p-1) (1 - p / Σr). Zumbo, Gadermann and Zeisser (2007), J. Mod. Appl. Stat. Methods 6, 21-29. It is the alpha of
    the variables behind the answers, not of the score that is added up from them.
    """
    p = values.shape[1]
    if p < 2:
        raise AnalysisError("alpha needs two items")
    total = float(polychoric_matrix(values.dropna()).to_numpy().sum())
    return p / (p - 1) * (1 - p / total) if total > 0 else math.nan


def normal_orthant(h: ArrayLike, k: ArrayLike, r: float) -> Matrix:
    """Return P(X <= h, Y <= k) of standard normals of correlation r.

    Φ(h)Φ(k) + 1/2π ∫₀^{asin r} exp(-(h² + k² - 2hk sin t) / 2cos² t) dt, by Gauss-Legendre. Drezner and Wesolowsky
    (1990), J. Stat. Comput. Simul. 35, 101-107.
    """
    x, y = (np.asarray(a, dtype=float)[..., None] for a in (h, k))
    node, weight = np.polynomial.legendre.leggauss(_NODES)
    angle = math.asin(r) / 2 * (node + 1)
    sine = np.sin(angle)
    inside = np.exp(-(x**2 + y**2 - 2 * x * y * sine) / (2 * (1 - sine**2))) @ weight
    return special.ndtr(x[..., 0]) * special.ndtr(y[..., 0]) + inside * math.asin(r) / (4 * math.pi)


def _score(r: float, table: Matrix, rows: Matrix, columns: Matrix) -> tuple[float, float]:
    h, k = rows[:, None], columns[None, :]
    density = np.exp(-(h**2 + k**2 - 2 * r * h * k) / (2 * (1 - r**2))) / (2 * math.pi * math.sqrt(1 - r**2))
    change = _cells(density)
    chance = np.maximum(_cells(normal_orthant(h, k, r)), 1e-300)
    information = float(table.sum() * np.sum(np.where(chance > 1e-14, change**2 / np.maximum(chance, 1e-14), 0.0)))
    return float(np.sum(table * change / chance)), max(information, 1e-12)


def _cells(corners: Matrix) -> Matrix:
    return np.diff(np.diff(corners, axis=0), axis=1)


def _thresholds(margin: Matrix) -> Matrix:
    inner = special.ndtri(np.cumsum(margin)[:-1] / margin.sum())
    return np.concatenate([[-_FAR], inner, [_FAR]])


def _table(x: Matrix, y: Matrix) -> Matrix:
    both = ~np.isnan(x) & ~np.isnan(y)
    levels, rows = np.unique(x[both], return_inverse=True)
    others, columns = np.unique(y[both], return_inverse=True)
    shape = (len(levels), len(others))
    return np.bincount(rows * shape[1] + columns, minlength=shape[0] * shape[1]).reshape(shape).astype(float)
