"""Cluster-robust inference from rows: weights, logit models, every correction from CR0 to CR3.

`cluster_regression` does CR2 without weights from sums over clusters, at a cost that does not grow with rows: estimates
use that. This is for what it cannot do; where both can, they agree (tested).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.analysis.cluster_regression import Contrast, hotelling, t_contrast
from pipeline.analysis.ordinal import proportional_odds
from pipeline.analysis.terms import Terms
from pipeline.core.errors import AnalysisError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Kind = Literal["CR0", "CR1", "CR1S", "CR2", "CR3"]

#: Power of I - H within a cluster that each correction takes.
_POWER: Final = {"CR0": 0.0, "CR1": 0.0, "CR1S": 0.0, "CR2": -0.5, "CR3": -1.0}
_ZERO: Final = 1e-10


@dataclass(frozen=True, eq=False)
class Linear:
    """A least squares fit with what its cluster-robust inference needs.

    With the corrected columns C = AWX of a cluster (A the correction), `adjusted` holds per cluster C'C, X'C and X'WC:
    every degree of freedom follows from them.
    """

    coefficients: Vector
    covariance: Matrix
    bread: Matrix
    weighted_gram: Matrix
    adjusted: tuple[Matrix, Matrix, Matrix]
    clusters: int


def linear(
    values: ArrayLike, columns: ArrayLike, cluster: ArrayLike, weights: ArrayLike | None = None, kind: Kind = "CR2"
) -> Linear:
    """Fit least squares with a cluster-robust covariance.

    Parameters
    ----------
    values : array
        Outcome, none missing; for a share zeros and ones.
    columns : array
        Explanatory columns, the constant among them.
    cluster : array
        Cluster of each row.
    weights : array, optional
        Weight of each row, above 0.
    kind : {"CR0", "CR1", "CR1S", "CR2", "CR3"}
        Small-sample correction.

    Raises
    ------
    AnalysisError
        With fewer than two clusters, or columns that follow from each other.

    Notes
    -----
    CR2 multiplies the residuals of a cluster by the inverse square root of their covariance under independence, here
    always within the space of that cluster's own columns, so that no matrix is larger than twice their number. Bell and
    McCaffrey (2002), Survey Methodology 28, 169-181; Pustejovsky and Tipton (2018), J. Bus. Econ. Stat. 36, 672-683;
    R's ``clubSandwich::vcovCR``.

    Examples
    --------
    >>> fit = linear([1, 0, 1, 1, 0, 0, 1, 0], np.ones((8, 1)), list("aabbccdd"))
    >>> found = contrast(fit, [1.0])
    >>> found.estimate, round(found.std_error, 4), round(found.df, 4)
    (0.5, 0.2041, 3.0)
    """
    y, x = np.asarray(values, dtype=float), np.asarray(columns, dtype=float)
    w = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=float)
    labels = pd.factorize(np.asarray(cluster, dtype=object))[0]
    groups = _checked(y, x, w, labels)
    bread = np.linalg.inv(x.T @ (x * w[:, None]))
    coefficients = bread @ (x.T @ (w * y))
    return _robust(coefficients, y - x @ coefficients, x, w, labels, kind, groups)


def logit(values: ArrayLike, columns: ArrayLike, cluster: ArrayLike, kind: Kind = "CR2") -> Linear:
    """Fit the logit model of a yes/no outcome with a cluster-robust covariance; arguments as in `linear`.

    The first column must be the constant. The correction works on residuals and columns scaled by the square root of
    the variance of each answer; R's ``clubSandwich::vcovCR`` of a ``glm``.

    Raises
    ------
    AnalysisError
        As `linear` and `ordinal.proportional_odds`: a separated outcome has no finite estimate.
    """
    y, x = np.asarray(values, dtype=float), np.asarray(columns, dtype=float)
    labels = pd.factorize(np.asarray(cluster, dtype=object))[0]
    groups = _checked(y, x, np.ones(len(y)), labels)
    if set(np.unique(y)) != {0.0, 1.0} or not np.all(x[:, 0] == 1):
        raise AnalysisError("a logit model needs both zeros and ones, and the constant as first column")
    names = tuple(f"column {j}" for j in range(1, x.shape[1]))
    coefficients = proportional_odds(y, Terms(x[:, 1:], names, names)).parameters.copy()
    coefficients[0] *= -1
    share = special.expit(x @ coefficients)
    root = np.sqrt(share * (1 - share))
    return _robust(coefficients, (y - share) / root, x * root[:, None], np.ones(len(y)), labels, kind, groups)


def _robust(
    coefficients: Vector, left: Vector, x: Matrix, w: Vector, labels: NDArray[np.int64], kind: Kind, groups: int
) -> Linear:
    bread = np.asarray(np.linalg.inv(x.T @ (x * w[:, None])), dtype=float)
    squares: Matrix = x.T @ (x * (w**2)[:, None])
    order = np.argsort(labels, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    meat, parts = [], []
    for i in rows:
        correct = _corrected(x[i], w[i], bread, squares, kind)
        meat.append(correct.T @ left[i])
        parts.append((correct.T @ correct, x[i].T @ correct, x[i].T @ (w[i, None] * correct)))
    factor = _factor(kind, groups, *x.shape)
    score = np.array(meat) @ bread * factor
    adjusted = tuple(np.array(a) for a in zip(*parts, strict=True))
    return Linear(coefficients, score.T @ score, bread, squares, adjusted, groups)  # type: ignore[arg-type]


def contrast(fit: Linear, combination: ArrayLike, level: float = 0.95) -> Contrast:
    """Return a linear combination of coefficients with Satterthwaite's degrees of freedom.

    Parameters
    ----------
    fit : Linear
        A CR2 fit.
    combination : array
        Weight of each coefficient.
    level : float
        Confidence level.

    Notes
    -----
    df = tr(P)² / tr(P²), P the covariance of the clusters' contributions under independence. With a combination that
    rests on few clusters df falls to 1 and below: the interval is then as wide as it should be.

    Raises
    ------
    AnalysisError
        When the combination has no variance: one side of it lies in a single cluster and fits it exactly.
    """
    weight = np.asarray(combination, dtype=float)
    variance = float(weight @ fit.covariance @ weight)
    spread = _pairs(fit, weight @ fit.bread, weight @ fit.bread)
    trace, square = float(np.trace(spread)), float((spread**2).sum())
    if variance <= 1e-24 or square <= 0 or trace <= 0:
        raise AnalysisError("the contrast has no variance between clusters", fix="it needs two clusters on each side")
    estimate, std_error, df = float(weight @ fit.coefficients), variance**0.5, trace**2 / square
    return t_contrast(estimate, std_error, df, level)


def wald(fit: Linear, combinations: ArrayLike) -> tuple[float, int, float, float]:
    """Return F, its two degrees of freedom and p-value of several combinations being 0 at once.

    Notes
    -----
    Hotelling's T² with estimated degrees of freedom η: F = (η - q + 1) / (η q) · Q on q and η - q + 1. Tipton and
    Pustejovsky (2015), J. Educ. Behav. Stat. 40, 604-634; R's ``clubSandwich::Wald_test(test = "HTZ")``.

    Raises
    ------
    AnalysisError
        When the clusters are too few for so many combinations at once.
    """
    c = np.atleast_2d(np.asarray(combinations, dtype=float))
    q = len(c)
    blocks = {(s, t): _pairs(fit, c[s] @ fit.bread, c[t] @ fit.bread) for s in range(q) for t in range(q)}
    omega = np.array([[np.trace(blocks[s, t]) for t in range(q)] for s in range(q)])
    values, vectors = np.linalg.eigh(omega)
    if values[0] <= _ZERO * values[-1]:
        raise AnalysisError("the combinations follow from each other, or have no variance between clusters")
    root = (vectors / np.sqrt(values)) @ vectors.T
    stack = np.array([[blocks[s, t] for t in range(q)] for s in range(q)])
    scaled = np.einsum("as,stjl,tb->abjl", root, stack, root)
    total = sum(
        float((scaled[s, t] * scaled[t, s]).sum() + (scaled[s, s] * scaled[t, t]).sum())
        for s in range(q)
        for t in range(q)
    )
    eta = q * (q + 1) / total
    b = c @ fit.coefficients
    found = hotelling(float(b @ np.linalg.solve(c @ fit.covariance @ c.T, b)), q, eta)
    if found.rule:
        raise AnalysisError(f"too few clusters to test {q} combinations at once")
    return found.statistic, q, eta - q + 1, found.p_value


def _checked(y: Vector, x: Matrix, w: Vector, labels: NDArray[np.int64]) -> int:
    if x.ndim != 2 or not len(y) == len(x) == len(w) == len(labels):
        raise AnalysisError("values, columns, weights and clusters have different numbers of rows")
    if np.isnan(y).any() or np.isnan(x).any() or not np.all(w > 0) or (labels < 0).any():
        raise AnalysisError("nothing may be missing, and every weight must be above 0")
    groups = int(labels.max(initial=-1)) + 1
    if groups < 2:
        raise AnalysisError("a cluster-robust variance needs two clusters or more")
    if np.linalg.matrix_rank(x.T @ x, hermitian=True) < x.shape[1]:
        raise AnalysisError("a column follows from the others", fix="leave one of them out")
    return groups


def _corrected(x: Matrix, w: Vector, bread: Matrix, squares: Matrix, kind: Kind) -> Matrix:
    """Return A W X of one cluster."""
    weighted = x * w[:, None]
    if not _POWER[kind]:
        return weighted
    if kind == "CR3":  # A = (I - H)⁻¹ by Woodbury; X'W A e = (I - X'WX bread)⁻¹ X'W e
        return weighted @ np.linalg.pinv(np.eye(x.shape[1]) - bread @ (x.T @ weighted), rcond=_ZERO)
    basis, inside = np.linalg.qr(np.column_stack([x, weighted]))
    p = x.shape[1]
    middle = np.zeros((2 * p, 2 * p))
    middle[:p, :p], middle[:p, p:], middle[p:, :p] = bread @ squares @ bread, -bread, -bread
    small = np.eye(basis.shape[1]) + inside @ middle @ inside.T
    values, vectors = np.linalg.eigh((small + small.T) / 2)
    power = np.where(values > _ZERO, np.maximum(values, _ZERO) ** _POWER[kind], 0.0)
    shrunk = (vectors * power) @ vectors.T
    along = basis.T @ weighted
    return weighted + basis @ (shrunk @ along - along)


def _factor(kind: Kind, groups: int, n: int, p: int) -> float:
    if kind == "CR1":
        return (groups / (groups - 1)) ** 0.5
    return (groups / (groups - 1) * (n - 1) / (n - p)) ** 0.5 if kind == "CR1S" else 1.0


def _pairs(fit: Linear, left: Vector, right: Vector) -> Matrix:
    """Return the covariance, under independence, of the clusters' contributions to two combinations."""
    squares, plain, weighted = fit.adjusted
    a, b = plain @ left, plain @ right
    c, d = weighted @ left, weighted @ right
    spread = a @ fit.bread @ fit.weighted_gram @ fit.bread @ b.T - a @ fit.bread @ d.T - c @ fit.bread @ b.T
    spread[np.diag_indices(len(spread))] += np.einsum("i,gij,j->g", left, squares, right)
    return spread
