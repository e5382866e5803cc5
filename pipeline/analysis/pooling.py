"""Shares of small groups pulled towards the whole as far as their own answers are few: partial pooling."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.analysis import newton
from pipeline.analysis.intervals import wilson
from pipeline.analysis.mixed import Level, binomial_mixed
from pipeline.core.errors import AnalysisError

Vector = NDArray[np.float64]

#: A beta distribution of fewer prior answers than this has all its weight at 0 and 1.
_NO_PRIOR: Final = 1e-4
_NO_SPREAD: Final = "the groups vary no more than by chance: every one gets the share of all"


@dataclass(frozen=True, eq=False)
class Pooled:
    """Shares of groups after pooling, in the order of `groups`; `own` are the shares before it.

    `logit` and `logit_sd` describe a group's level given its answers, the parameters known: what ranks rest on. `sd` is
    the standard deviation of the groups' true logits.
    """

    groups: tuple[object, ...]
    n: Vector
    own: Vector
    estimate: Vector
    low: Vector
    high: Vector
    std_error: Vector
    logit: Vector
    logit_sd: Vector
    sd: float
    note: str | None = None


def glmm_pooled(
    positive: ArrayLike, n: ArrayLike, group: ArrayLike, inner: ArrayLike | None = None, level: float = 0.95
) -> Pooled:
    """Return the share of each group from a logit model with a random intercept per group.

    Parameters
    ----------
    positive, n : array of int
        Counts per row; rows without answers do not count.
    group : array
        Group of each row (action).
    inner : array, optional
        Unit within the group (event): its own random intercept keeps a group with one event from being taken as well
        known.
    level : float
        Confidence level.

    Returns
    -------
    Pooled
        The share at the mode of the group's effect; limits on the logit scale.

    Raises
    ------
    AnalysisError
        With fewer than two groups with answers.

    Notes
    -----
    The variance adds that of the parameters to the conditional one: Booth and Hobert (1998), J. Am. Stat. Assoc. 93,
    262-272. The mode and conditional variance without `inner` are those of R's ``lme4::ranef(glmer(nAGQ = 15))``.

    Examples
    --------
    >>> found = glmm_pooled([9, 2, 2], [10, 10, 3], ["a", "b", "c"])
    >>> found.own.round(2).tolist(), found.estimate.round(2).tolist()
    ([0.9, 0.2, 0.67], [0.84, 0.27, 0.65])
    """
    k, m = (np.asarray(a, dtype=float) for a in (positive, n))
    some, groups = m > 0, np.asarray(group, dtype=object)
    units = None if inner is None else np.asarray(inner, dtype=object)[some]
    names = ("group",) if inner is None else ("group", "inner")
    if k[some].sum() in (0, m.sum()):
        return same_everywhere(k[some], m[some], groups[some], level)
    fit = binomial_mixed(k[some], m[some], groups[some], inner=units, names=names, nodes=15 if inner is None else 9)
    effect = fit.levels[0]
    totals = _totals(k[some], m[some], groups[some], effect.groups)
    logit = fit.parameters[0] + _filled(effect)
    variance = _variance(effect, fit.covariance, len(effect.groups))
    half = float(special.ndtri(0.5 + level / 2)) * np.sqrt(variance)
    share = special.expit(logit)
    inside = np.zeros(len(logit)) if effect.std_error is None else effect.std_error
    return Pooled(
        effect.groups,
        totals[1],
        totals[0] / totals[1],
        share,
        special.expit(logit - half),
        special.expit(logit + half),
        share * (1 - share) * np.sqrt(variance),
        logit,
        inside,
        effect.sd,
        fit.note,
    )


def beta_binomial(positive: ArrayLike, n: ArrayLike, group: ArrayLike | None = None, level: float = 0.95) -> Pooled:
    """Return the share of each group by empirical Bayes: true shares follow a beta distribution fitted to all.

    Parameters
    ----------
    positive, n : array of int
        Counts per group.
    group : array, optional
        Names.
    level : float
        Level of the posterior intervals, which take the beta distribution as known and so are somewhat short.

    Returns
    -------
    Pooled
        Posterior means (k + α) / (n + α + β) and quantiles; `sd` that of the beta distribution on the logit scale.

    Raises
    ------
    AnalysisError
        With a single group, or where every group is all positive or all negative, so that α and β run to 0.

    Notes
    -----
    α and β maximise Π B(k + α, n - k + β) / B(α, β). Where they run to infinity the groups vary no more than by chance:
    all get the share of all with Wilson's interval. Griffiths (1973), Biometrics 29, 637-648.

    Examples
    --------
    >>> found = beta_binomial([9, 2, 2], [10, 10, 3])
    >>> found.estimate.round(2).tolist()
    [0.83, 0.28, 0.62]
    """
    k, m = (np.asarray(a, dtype=float) for a in (positive, n))
    names = np.arange(len(k)).astype(object) if group is None else np.asarray(group, dtype=object)
    k, m, names = k[m > 0], m[m > 0], names[m > 0]
    _refuse_one(names)
    found = beta_parameters(k, m)
    if found is None:
        return same_everywhere(k, m, names, level)
    alpha, beta, _ = found
    if alpha + beta < _NO_PRIOR:
        raise AnalysisError("every group is all positive or all negative: their spread has no finite estimate")
    a, b, tail = k + alpha, m - k + beta, (1 - level) / 2
    mean = a / (a + b)
    low, high = special.betaincinv(a, b, tail), special.betaincinv(a, b, 1 - tail)
    spread = math.sqrt(float(special.polygamma(1, alpha) + special.polygamma(1, beta)))
    logit = special.digamma(a) - special.digamma(b)
    logit_sd = np.sqrt(special.polygamma(1, a) + special.polygamma(1, b))
    error = np.sqrt(mean * (1 - mean) / (a + b + 1))
    return Pooled(tuple(names), m, k / m, mean, low, high, error, logit, logit_sd, spread)


def beta_parameters(positive: Vector, n: Vector) -> tuple[float, float, float] | None:
    """Return α, β and the log-likelihood (with binomial coefficients); none where no spread is found.

    Examples
    --------
    >>> beta_parameters(np.array([5.0, 5.0]), np.array([10.0, 10.0])) is None
    True
    """
    constant = float(np.sum(special.gammaln(n + 1) - special.gammaln(positive + 1) - special.gammaln(n - positive + 1)))
    share = float(positive.sum() / n.sum())
    if not 0 < share < 1:
        return None
    flat = float(positive.sum() * math.log(share) + (n - positive).sum() * math.log1p(-share))

    def objective(logs: Vector) -> tuple[float, Vector]:
        if np.any(np.abs(logs) > 25):
            return -np.inf, np.zeros(2)
        a, b = np.exp(logs)
        value = float(np.sum(special.betaln(positive + a, n - positive + b))) - len(n) * float(special.betaln(a, b))
        shared = special.digamma(a + b) - special.digamma(n + a + b)
        by_a = float(np.sum(special.digamma(positive + a) - special.digamma(a) + shared))
        by_b = float(np.sum(special.digamma(n - positive + b) - special.digamma(b) + shared))
        return value, np.array([a * by_a, b * by_b])

    at, _, done = newton.quasi_newton(objective, np.log([4 * share, 4 * (1 - share)]))
    value = objective(at)[0]
    if not done or np.exp(at).sum() > 1e5 or value <= flat + 1e-9:
        return None
    return float(np.exp(at[0])), float(np.exp(at[1])), value + constant


@dataclass(frozen=True, eq=False)
class Ranks:
    """Expected rank of each group (1 is the highest share) with its interval; empty where a group was left out."""

    groups: tuple[object, ...]
    expected: Vector
    low: Vector
    high: Vector


def ranks(pooled: Pooled, least: int, level: float = 0.95, draws: int = 4000, seed: int = 1) -> Ranks:
    """Return the ranks of the groups with at least `least` answers, with their uncertainty.

    Parameters
    ----------
    pooled : Pooled
        From `glmm_pooled` or `beta_binomial`.
    least : int
        Smallest group that is ranked: a league table from a handful of answers says nothing.
    level, draws, seed
        Level of the intervals; draws of the groups' levels they are quantiles of.

    Notes
    -----
    E(rank_i) = 1 + Σ_j P(θ_j > θ_i). Laird and Louis (1989), J. Educ. Stat. 14, 29-46.

    Examples
    --------
    >>> found = ranks(glmm_pooled([9, 2, 2], [10, 10, 3], ["a", "b", "c"]), least=5)
    >>> found.expected.round(2).tolist()
    [1.0, 2.0, nan]
    """
    ranked = np.flatnonzero(pooled.n >= least)
    empty = np.full(len(pooled.groups), math.nan)
    expected, low, high = empty.copy(), empty.copy(), empty.copy()
    mean, sd = pooled.logit[ranked], pooled.logit_sd[ranked]
    if len(ranked) < 2 or not np.all(sd > 0):
        return Ranks(pooled.groups, expected, low, high)
    apart = (mean[None, :] - mean[:, None]) / np.sqrt(sd[:, None] ** 2 + sd[None, :] ** 2)
    expected[ranked] = 0.5 + special.ndtr(apart).sum(axis=1)
    drawn = np.random.default_rng(seed).standard_normal((draws, len(ranked))) * sd + mean
    places = np.argsort(np.argsort(-drawn, axis=1), axis=1) + 1
    limits = np.quantile(places, [(1 - level) / 2, (1 + level) / 2], axis=0)
    low[ranked] = np.minimum(limits[0], expected[ranked])
    high[ranked] = np.maximum(limits[1], expected[ranked])
    return Ranks(pooled.groups, expected, low, high)


def _refuse_one(names: NDArray[np.object_]) -> None:
    if len(set(names)) < 2:
        raise AnalysisError("partial pooling needs two groups with answers or more")


def _totals(k: Vector, m: Vector, group: NDArray[np.object_], order: tuple[object, ...]) -> tuple[Vector, Vector]:
    codes = pd.Categorical(group, categories=list(order)).codes
    return tuple(np.bincount(codes, x, len(order)).astype(float) for x in (k, m))  # type: ignore[return-value]


def _filled(effect: Level) -> Vector:
    return np.zeros(len(effect.groups)) if effect.effect is None else effect.effect


def _variance(effect: Level, vcov: NDArray[np.float64], groups: int) -> Vector:
    """Return the variance of constant + effect: given the parameters, and through them."""
    if effect.slopes is None or effect.std_error is None:
        return np.full(groups, vcov[0, 0])
    slopes = effect.slopes.copy()
    slopes[:, 0] += 1
    return effect.std_error**2 + np.einsum("gi,ij,gj->g", slopes, vcov, slopes)


def same_everywhere(k: Vector, m: Vector, group: NDArray[np.object_], level: float) -> Pooled:
    """Return the share of all for every group, with Wilson's interval."""
    _refuse_one(group)
    names = tuple(sorted(set(group)))
    totals = _totals(k, m, group, names)
    found, same = wilson(float(k.sum()), float(m.sum()), level), np.ones(len(names))
    return Pooled(
        names,
        totals[1],
        totals[0] / totals[1],
        same * found.estimate,
        same * found.low,
        same * found.high,
        same * found.std_error,
        same * float(special.logit(found.estimate)),
        same * 0.0,
        0.0,
        _NO_SPREAD,
    )
