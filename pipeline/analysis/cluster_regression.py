"""Least squares with answers clustered in events: CR2 standard errors and Satterthwaite's degrees of freedom."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.core.errors import AnalysisError

Array = NDArray[np.float64]
#: A cluster with this much leverage determines a coefficient alone.
_WHOLE: Final = 1 - 1e-10
_ONE_CLUSTER: Final = "no interval: what is compared rests on one cluster alone"
_NO_SPREAD: Final = "no interval: fewer than two clusters, or no difference between them"


@dataclass(frozen=True)
class Contrast:
    """A combination of coefficients with its uncertainty, and the test that it is 0; `rule` says why there is none."""

    estimate: float
    std_error: float
    low: float
    high: float
    statistic: float
    df: float
    p_value: float
    rule: str | None = None


@dataclass(frozen=True)
class WaldTest:
    """A test that several groups have one mean; all but `df` empty, with a `rule`, where it is not defined."""

    statistic: float
    df: tuple[float, float]
    p_value: float
    rule: str | None = None


@dataclass(frozen=True, eq=False)
class ClusterRegression:
    """What of the data the fit needs: sums over clusters (G clusters, p columns). Their sums over files add up.

    Parameters
    ----------
    squares : array (G, p, p)
        X'X of each cluster.
    products : array (G, p)
        X'y of each cluster.
    """

    squares: Array
    products: Array

    @property
    def coefficients(self) -> Array:
        """Least-squares coefficients."""
        return np.asarray(self._inverse @ self.products.sum(axis=0))

    @property
    def n_clusters(self) -> int:
        """Clusters with at least one row."""
        return int((np.einsum("gii->g", self.squares) > 0).sum())

    @property
    def _inverse(self) -> Array:
        total = self.squares.sum(axis=0)
        if np.linalg.matrix_rank(total, hermitian=True) < len(total):
            raise AnalysisError("the columns of the regression are not independent")
        return np.asarray(np.linalg.inv(total))

    def contrast(self, weights: ArrayLike, level: float = 0.95) -> Contrast:
        """Return a combination of the coefficients with CR2 and Satterthwaite.

        Parameters
        ----------
        weights : array
            One number per column.
        level : float
            Confidence level.

        Returns
        -------
        Contrast
            Limits and test are empty, and `rule` says why, where one cluster determines the contrast or the clusters
            do not differ.

        Notes
        -----
        V = Σ (c'M X_g' A_g e_g)², M = (X'X)^-1, A_g = (I - X_g M X_g')^-1/2: unbiased when the errors are independent
        and alike. df = (tr B)² / tr B², B the covariance of the clusters' parts under that model. Bell and McCaffrey
        (2002), Survey Methodology 28, 169-181; Pustejovsky and Tipton (2018), J. Bus. Econ. Stat. 36, 672-683; R's
        ``clubSandwich::coef_test``. A_g acts in the p dimensions of X_g only, so that the cost is that of p x p
        matrices per cluster, however many rows it has.

        Examples
        --------
        >>> fit = cluster_regression([1, 0, 1, 1, 0, 0], [[1, 1], [1, 1], [1, 0], [1, 0], [1, 1], [1, 0]],
        ...                          ["a", "a", "b", "b", "c", "c"])
        >>> found = fit.contrast([0, 1])
        >>> round(found.estimate, 4), round(found.std_error, 4), round(found.df, 2)
        (-0.3333, 0.4513, 1.8)
        """
        c, coefficients = np.asarray(weights, dtype=float), self.coefficients
        estimate = float(c @ coefficients)
        parts = self._parts(c[None, :])
        se = math.sqrt(float(parts.scores[0] @ parts.scores[0]))
        if parts.alone or se < 1e-12:
            return Contrast(estimate, *(math.nan,) * 6, rule=_ONE_CLUSTER if parts.alone else _NO_SPREAD)
        df = parts.trace(0, 0) ** 2 / parts.product(0, 0, 0, 0)
        return t_contrast(estimate, se, df, level)

    def joint(self, weights: ArrayLike) -> WaldTest:
        """Return the test that several combinations of the coefficients are 0 at once, right with few clusters too.

        Parameters
        ----------
        weights : array (q, p)
            One combination per row.

        Notes
        -----
        F = (η - q + 1) / (η q) Q on q and η - q + 1 degrees of freedom, Q from the CR2 covariance, η from its first two
        moments when errors are independent and alike. Tipton and Pustejovsky (2015), J. Educ. Behav. Stat. 40, 604-634;
        R's ``clubSandwich::Wald_test(test = "HTZ")``.

        Examples
        --------
        >>> fit = cluster_regression([1, 0, 1, 1, 0, 0, 1, 0], [[1, 0], [1, 1]] * 4, list("aabbccdd"))
        >>> round(fit.joint([[0, 1]]).p_value, 4)
        0.1817
        """
        lines = np.atleast_2d(np.asarray(weights, dtype=float))
        q, parts = len(lines), self._parts(lines)
        expected = np.array([[parts.trace(s, t) for t in range(q)] for s in range(q)])
        values, vectors = np.linalg.eigh(expected)
        spread = parts.scores @ parts.scores.T
        found = np.linalg.eigvalsh(spread)
        if parts.alone or values[0] <= 1e-10 * values[-1] or found[0] <= max(1e-12 * found[-1], 1e-24):
            rule = _ONE_CLUSTER if parts.alone else _NO_SPREAD
            return WaldTest(math.nan, (float(q), math.nan), math.nan, rule.replace("interval", "test"))
        even = self._parts((vectors / np.sqrt(values)) @ vectors.T @ lines)
        pairs = [(s, t) for s in range(q) for t in range(q)]
        eta = q * (q + 1) / sum(even.product(s, t, t, s) + even.product(s, s, t, t) for s, t in pairs)
        d = lines @ self.coefficients
        return hotelling(float(d @ np.linalg.solve(spread, d)), q, eta)

    def _parts(self, lines: Array) -> _Parts:
        """What each cluster adds to each combination: A_g X_g M c is X_g w_g, with w_g of p numbers."""
        m = self._inverse
        root = np.linalg.cholesky(m)
        values, vectors = np.linalg.eigh(root.T @ self.squares @ root)
        values = np.clip(values, 0.0, 1.0)
        whole = values > _WHOLE
        # ((1 - v)^-1/2 - 1) / v without cancellation near 0; a direction a cluster determines alone has no residual
        kept = np.sqrt(1 - np.where(whole, 0.0, values))
        gain = np.where(whole, -1.0, 1 / (kept * (1 + kept)))
        basis, along = root @ vectors, m @ lines.T
        inner = np.einsum("gji,gjq->gqi", basis, self.squares @ along)
        alone = bool(np.any(whole[:, None, :] & (np.abs(inner) > 1e-8 * np.abs(along).max())))
        directions = along.T + np.einsum("gij,gqj->gqi", basis, gain[:, None, :] * inner)
        residuals = self.products - self.squares @ self.coefficients
        shifted = np.einsum("gij,gqj->gqi", self.squares, directions)
        scores = np.einsum("gqi,gi->qg", directions, residuals)
        return _Parts(scores, np.einsum("gqi,gri->qrg", directions, shifted), (shifted @ root).swapaxes(0, 1), alone)


@dataclass(frozen=True, eq=False)
class _Parts:
    """Clusters' parts of q combinations; their covariance under independence is diag(own) - turned turned'."""

    scores: Array  # (q, G)
    own: Array  # (q, q, G)
    turned: Array  # (q, G, p)
    alone: bool

    def trace(self, s: int, t: int) -> float:
        """Trace of the covariance of combinations s and t."""
        return float(self.own[s, t].sum() - (self.turned[s] * self.turned[t]).sum())

    def product(self, s: int, t: int, u: int, v: int) -> float:
        """Sum over all pairs of clusters of B_st * B_uv, without any G x G matrix."""
        a, b, c, d = (self.turned[i] for i in (s, t, u, v))
        one, two = self.own[s, t], self.own[u, v]
        diagonal = one @ two - one @ (c * d).sum(axis=1) - two @ (a * b).sum(axis=1)
        return float(diagonal + ((a.T @ c) * (b.T @ d)).sum())


def t_contrast(estimate: float, std_error: float, df: float, level: float) -> Contrast:
    """Return a combination of coefficients with its t interval and two-sided test of 0."""
    half, t = float(special.stdtrit(df, 0.5 + level / 2)) * std_error, estimate / std_error
    p_value = 2 * float(special.stdtr(df, -abs(t)))
    return Contrast(estimate, std_error, estimate - half, estimate + half, t, df, p_value)


def hotelling(square: float, q: int, eta: float) -> WaldTest:
    """Return the F test of a quadratic form in `q` combinations whose covariance has `eta` degrees of freedom."""
    df = float(q), eta - q + 1
    if df[1] <= 0:
        return WaldTest(math.nan, df, math.nan, f"no test: too few clusters for {q} combinations at once")
    f = df[1] / (eta * q) * square
    return WaldTest(f, df, float(special.fdtrc(*df, f)))


def cluster_regression(y: ArrayLike, columns: ArrayLike, cluster: ArrayLike) -> ClusterRegression:
    """Return the sums over clusters of a regression of `y` on `columns`.

    Parameters
    ----------
    y : array (n,)
        Outcome; rows without one are left out.
    columns : array (n, p)
        The regressors, a column of ones among them where there is to be a constant.
    cluster : array (n,)
        Cluster of each row.

    Raises
    ------
    AnalysisError
        When no row has an outcome, or the columns are not independent (on fitting).
    """
    outcome, x = np.asarray(y, dtype=float), np.asarray(columns, dtype=float)
    known = ~np.isnan(outcome) & ~np.isnan(x).any(axis=1)
    if not known.any():
        raise AnalysisError("no row has an outcome")
    outcome, x = outcome[known], x[known]
    codes = pd.factorize(np.asarray(cluster)[known])[0]
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    x, outcome = x[order], outcome[order]
    squares = np.add.reduceat(x[:, :, None] * x[:, None, :], starts, axis=0)
    return ClusterRegression(squares, np.add.reduceat(x * outcome[:, None], starts, axis=0))


def any_difference(fit: ClusterRegression, weights: ArrayLike) -> WaldTest:
    """Return the Wald F test that several combinations of the coefficients are 0 at once.

    Parameters
    ----------
    fit : ClusterRegression
        The regression.
    weights : array (q, p)
        One combination per row.

    Notes
    -----
    F = d'(L V L')^-1 d / q with q and G - p degrees of freedom, V linearised over clusters: R's
    ``survey::regTermTest(svyglm)``. It over-rejects where clusters are few and combinations many: a first look only.

    Examples
    --------
    >>> fit = cluster_regression([1, 0, 1, 1, 0, 0, 1, 0], [[1, 0], [1, 1]] * 4, list("aabbccdd"))
    >>> round(any_difference(fit, [[0, 1]]).p_value, 4)
    0.2254
    """
    lines, m, g = np.atleast_2d(np.asarray(weights, dtype=float)), fit._inverse, fit.n_clusters
    df = float(len(lines)), float(g - fit.squares.shape[1])
    if df[1] < 1:
        return WaldTest(math.nan, df, math.nan, "no test: fewer clusters than groups")
    scores = (fit.products - fit.squares @ fit.coefficients) @ m @ lines.T
    spread = g / (g - 1) * scores.T @ scores
    if np.linalg.matrix_rank(spread, hermitian=True) < len(lines):
        return WaldTest(math.nan, df, math.nan, "no test: some group does not vary over clusters")
    d = lines @ fit.coefficients
    f = float(d @ np.linalg.solve(spread, d)) / df[0]
    return WaldTest(f, df, float(special.fdtrc(df[0], df[1], f)))
