"""Mixed models for ordered and yes/no answers: random intercepts on one level, or on two nested ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from pipeline.analysis.mixed_fit import Level, Matrix, Mixed, arrange, one_level, two_levels, unit_labels
from pipeline.analysis.ordinal import proportional_odds
from pipeline.analysis.terms import Terms
from pipeline.core.errors import AnalysisError

#: A unit per answer.
Units = Sequence[Any] | ArrayLike

__all__ = ["Level", "Mixed", "binomial_mixed", "ordinal_mixed", "ordinal_nested"]


def ordinal_mixed(
    answers: ArrayLike,
    cluster: Units,
    explained_by: Terms | None = None,
    weights: ArrayLike | None = None,
    nodes: int = 10,
) -> Mixed:
    """Fit the cumulative logit model with a random intercept per cluster.

    Parameters
    ----------
    answers : array of numbers
        Ordered answers, none missing.
    cluster : array
        Cluster of each, none missing.
    explained_by : Terms, optional
        From `terms.terms`.
    weights : array, optional
        How many times each observation counts within its cluster.
    nodes : int
        Of the adaptive quadrature; 1 is Laplace's approximation, which is biased in small clusters.

    Returns
    -------
    Mixed
        Where the clusters vary no more than by chance, sd 0, the fit without them, and a note.

    Raises
    ------
    AnalysisError
        As `ordinal.proportional_odds`; fewer than two clusters; no cluster with two answers; no finite estimate.

    Notes
    -----
    logit P(Y <= c) = θ_c - x'β - u, u normal. Tutz and Hennevogl (1996), Comput. Stat. Data Anal. 22, 537-557; R's
    ``ordinal::clmm``. Intervals of thresholds and coefficients are Wald's.

    Examples
    --------
    >>> answers, event = [1, 1, 2, 1, 3, 2, 3, 3, 3, 2, 1, 2], list("aaaabbbbcccc")
    >>> fit = ordinal_mixed(answers, event)
    >>> fit.names, fit.parameters.round(2).tolist(), round(fit.levels[0].sd, 2)
    (('1|2', '2|3'), [-1.01, 1.01], 1.49)
    """
    fixed = proportional_odds(answers, explained_by, weights)
    return one_level(fixed, arrange(fixed, answers, explained_by, unit_labels(cluster)), "cluster", nodes)


def ordinal_nested(
    answers: ArrayLike,
    outer: Units,
    inner: Units,
    explained_by: Terms | None = None,
    names: tuple[str, str] = ("outer", "inner"),
    weights: ArrayLike | None = None,
    nodes: int = 10,
) -> Mixed:
    """Fit the cumulative logit model with random intercepts on two levels, inner units nested in outer ones.

    Parameters
    ----------
    answers, explained_by, weights, nodes
        As in `ordinal_mixed`.
    outer, inner : array
        Units of each answer: event and person, or action and event.
    names : (str, str)
        What the two levels are called.

    Returns
    -------
    Mixed
        A level without variance is left out of the fit; its sd is 0 and `note` says so.
    """
    fixed = proportional_odds(answers, explained_by, weights)
    outside = unit_labels(outer)
    pair = [f"{a}\x1f{b}" for a, b in zip(outside, unit_labels(inner), strict=True)]
    return two_levels(fixed, arrange(fixed, answers, explained_by, outside, pair), names, nodes)


def binomial_mixed(
    positive: ArrayLike,
    n: ArrayLike,
    cluster: Units,
    explained_by: Terms | None = None,
    inner: Units | None = None,
    names: tuple[str, ...] = ("cluster",),
    nodes: int = 15,
) -> Mixed:
    """Fit the logit model of counts with a random intercept per cluster, and per inner unit where `inner` is given.

    Parameters
    ----------
    positive, n : array of int
        Counts per row.
    cluster, inner : array
        Units of each row; `inner` units are nested in clusters.
    explained_by : Terms, optional
        One row per count.
    names : tuple of str
        What the levels are called.
    nodes : int
        Of the adaptive quadrature.

    Returns
    -------
    Mixed
        The first parameter is the constant. `loglik` is that of the single answers.

    Notes
    -----
    Breslow and Clayton (1993), J. Am. Stat. Assoc. 88, 9-25; R's ``lme4::glmer(nAGQ = nodes)``.

    Examples
    --------
    >>> fit = binomial_mixed([9, 2, 5], [10, 10, 10], ["a", "b", "c"])
    >>> fit.parameters.round(2).tolist(), round(fit.levels[0].sd, 2)
    ([0.2], 1.27)
    """
    k, m = (np.asarray(a, dtype=float) for a in (positive, n))
    if len(k) != len(m) or not np.all((k >= 0) & (k <= m)):
        raise AnalysisError("positive must lie between 0 and n in every row")
    twice = Terms(np.tile(explained_by.matrix, (2, 1)), explained_by.names, explained_by.term) if explained_by else None
    answers = np.repeat([1.0, 0.0], len(k))
    weight = np.concatenate([k, m - k])
    outer = unit_labels(cluster) * 2
    if inner is None:
        found = ordinal_mixed(answers, outer, twice, weight, nodes)
        return _constant_first(replace(found, levels=(replace(found.levels[0], name=names[0]),)))
    both = (names[0], names[1])
    return _constant_first(ordinal_nested(answers, outer, unit_labels(inner) * 2, twice, both, weight, nodes))


def _constant_first(found: Mixed) -> Mixed:
    """Turn the threshold of a yes/no answer into a constant: its sign changes."""
    turn = np.ones(len(found.covariance))
    turn[0] = -1
    width = len(found.parameters)
    levels = tuple(v if v.move is None else replace(v, move=partial(_turned, v.move, turn)) for v in found.levels)
    return replace(
        found,
        names=("constant", *found.names[1:]),
        parameters=found.parameters * turn[:width],
        covariance=found.covariance * np.outer(turn, turn),
        levels=levels,
    )


def _turned(move: Callable[[], Matrix], turn: Matrix) -> Matrix:
    return move() * turn
