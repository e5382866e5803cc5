"""The cluster bootstrap from counts, for many statistics on the same draws: events drawn whole, no row copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.core.errors import AnalysisError

Array = NDArray[np.float64]
#: With more clusters than this it is quicker to draw them one by one than as a multinomial count.
_ONE_BY_ONE: Final = 200


@dataclass(frozen=True, eq=False)
class Draws:
    """Statistics with their bootstrap and jackknife replicates, one column per statistic.

    Parameters
    ----------
    estimate : array (S,)
        From the clusters as they are.
    replicates : array (B, S)
        From the clusters drawn; NaN where a draw has nobody.
    jackknife : array (G, S)
        Without one cluster each.
    """

    estimate: Array
    replicates: Array
    jackknife: Array

    @property
    def mean(self) -> Array:
        """Mean of the replicates."""
        return np.asarray(np.nanmean(self.replicates, axis=0))

    @property
    def std_error(self) -> Array:
        """Standard deviation of the replicates."""
        return np.asarray(np.nanstd(self.replicates, axis=0, ddof=1))

    @property
    def jackknife_error(self) -> Array:
        """Jackknife standard error."""
        d = self.jackknife - self.jackknife.mean(axis=0)
        return np.asarray(np.sqrt((len(d) - 1) / len(d) * (d**2).sum(axis=0)))

    def percentile(self, level: float = 0.95) -> Array:
        """Return the percentile limits, shape (2, S)."""
        if np.isnan(self.replicates).any():
            return self._quantiles(np.array(_tails(level))[:, None] * np.ones_like(self.estimate))
        return np.asarray(np.quantile(self.replicates, _tails(level), axis=0))

    def basic(self, level: float = 0.95) -> Array:
        """Return the basic (reflected) limits, shape (2, S)."""
        return np.asarray(2 * self.estimate - self.percentile(level)[::-1])

    def normal(self, level: float = 0.95) -> Array:
        """Return the limits from the bootstrap standard error and the normal quantile, shape (2, S)."""
        return np.asarray(self.estimate + np.outer(special.ndtri(_tails(level)), self.std_error))

    def bca(self, level: float = 0.95) -> Array:
        """Return the bias-corrected accelerated limits, shape (2, S).

        Notes
        -----
        The limits are the percentiles at Φ(z0 + (z0 + z) / (1 - a (z0 + z))). Efron (1987), JASA 82, 171-185.
        """
        z = self.bias[None, :] + special.ndtri(_tails(level))[:, None]
        return self._quantiles(special.ndtr(self.bias + z / (1 - self.acceleration * z)))

    @property
    def bias(self) -> Array:
        """z0, the normal quantile of the share of replicates below the estimate; ties count half."""
        apart = self.replicates - self.estimate
        # what is equal in exact arithmetic may differ by the rounding of a matrix product
        equal = np.abs(apart) <= 1e-12 * np.maximum(np.abs(self.estimate), 1e-12)
        drawn = (~np.isnan(apart)).sum(axis=0)
        below = ((apart < 0) & ~equal).sum(axis=0) + equal.sum(axis=0) / 2
        return np.asarray(special.ndtri(below / drawn))

    @property
    def acceleration(self) -> Array:
        """The jackknife's estimate of a; 0 where no cluster matters."""
        d = self.jackknife.mean(axis=0) - self.jackknife
        scale = 6 * (d**2).sum(axis=0) ** 1.5
        return np.divide((d**3).sum(axis=0), scale, out=np.zeros_like(scale), where=scale > 0)

    def _quantiles(self, at: Array) -> Array:
        columns = [np.nanquantile(r, a) for r, a in zip(self.replicates.T, at.T, strict=True)]
        return np.asarray(columns).T


def draw_counts(clusters: int, replicates: int, seed: int) -> NDArray[np.int64]:
    """Return how often each cluster is drawn in each replicate, shape (replicates, clusters).

    Examples
    --------
    >>> draw_counts(4, 3, seed=1).sum(axis=1).tolist()
    [4, 4, 4]
    """
    rng = np.random.default_rng(seed)
    if clusters <= _ONE_BY_ONE:
        return rng.multinomial(clusters, np.full(clusters, 1 / clusters), size=replicates).astype(np.int64)
    drawn = rng.integers(clusters, size=(replicates, clusters))
    cells = np.arange(replicates)[:, None] * clusters + drawn
    return np.bincount(cells.ravel(), minlength=replicates * clusters).reshape(replicates, clusters)


def ratio_draws(totals: ArrayLike, sizes: ArrayLike, counts: ArrayLike) -> Draws:
    """Return the cluster bootstrap of ratios Σ totals / Σ sizes: shares, means, weighted or not.

    Parameters
    ----------
    totals, sizes : array (G,) or (G, S)
        Per cluster the sum of the outcome and the number of answers (both weighted alike where there are weights); one
        column per statistic, all of them on the same draws.
    counts : array (B, G)
        From `draw_counts`, or a replay of another program's.

    Raises
    ------
    AnalysisError
        With fewer than two clusters, or where nobody answered.

    Notes
    -----
    A draw of clusters enters a ratio by its counts alone: (C @ totals) / (C @ sizes), one matrix product for all
    replicates. Davison and Hinkley (1997), Bootstrap Methods, section 3.8.

    Examples
    --------
    >>> found = ratio_draws([3, 5, 2, 4], [4, 5, 6, 4], draw_counts(4, 200, seed=1))
    >>> round(float(found.estimate[0]), 4)
    0.7368
    """
    top, base, draws = (np.asarray(a, dtype=float) for a in (totals, sizes, counts))
    top, base = (a[:, None] if a.ndim == 1 else a for a in (top, base))
    if len(top) < 2 or draws.shape[1] != len(top):
        raise AnalysisError("a cluster bootstrap needs two clusters, and one count for each")
    if np.any(base.sum(axis=0) <= 0):
        raise AnalysisError("nobody answered: there is no ratio to bootstrap")
    whole_top, whole_base = top.sum(axis=0), base.sum(axis=0)
    return Draws(whole_top / whole_base, _ratio(draws @ top, draws @ base), _ratio(whole_top - top, whole_base - base))


def difference(one: Draws, other: Draws) -> Draws:
    """Return one statistic minus another on the same draws."""
    return Draws(one.estimate - other.estimate, one.replicates - other.replicates, one.jackknife - other.jackknife)


def _ratio(top: Array, base: Array) -> Array:
    return np.divide(top, base, out=np.full(top.shape, np.nan), where=base > 0)


def _tails(level: float) -> tuple[float, float]:
    return (1 - level) / 2, (1 + level) / 2
