"""Proportional odds for ordered answers: Newton's method, cluster-robust covariance, and the test of the assumption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

from pipeline.analysis import newton, pieces
from pipeline.analysis.separation import refuse_separation
from pipeline.analysis.terms import Terms
from pipeline.core.errors import AnalysisError

Matrix = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Likelihood:
    """The likelihood over the distinct observations; `kind` says which of them each observation is."""

    parts: pieces.Pieces
    kind: NDArray[np.int64]
    kinds: int
    weight: NDArray[np.float64]
    categories: NDArray[np.float64]
    names: tuple[str, ...]
    start: NDArray[np.float64]
    nominal: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Ordinal:
    """A fitted proportional odds model: P(Y <= c) = logistic(threshold_c - x'coefficients).

    `covariance` is of thresholds, then coefficients (`names` gives all of them). A positive coefficient means higher
    answers. Where a term was given its own effect at every threshold, its names read ``column@threshold``.
    """

    categories: tuple[object, ...]
    names: tuple[str, ...]
    parameters: NDArray[np.float64]
    covariance: Matrix
    loglik: float
    n: float
    likelihood: _Likelihood

    @property
    def thresholds(self) -> NDArray[np.float64]:
        """Thresholds, one fewer than categories."""
        return self.parameters[: len(self.categories) - 1]

    @property
    def coefficients(self) -> NDArray[np.float64]:
        """Log odds ratios."""
        return self.parameters[len(self.categories) - 1 :]

    @property
    def nominal(self) -> NDArray[np.bool_]:
        """Which explanatory columns have their own effect at every threshold."""
        return self.likelihood.nominal

    @property
    def std_error(self) -> NDArray[np.float64]:
        """Standard errors of thresholds and coefficients."""
        return np.sqrt(np.diag(self.covariance))


def proportional_odds(
    answers: ArrayLike, explained_by: Terms | None = None, weights: ArrayLike | None = None, nominal: Sequence[str] = ()
) -> Ordinal:
    """Fit the cumulative logit model by maximum likelihood.

    Parameters
    ----------
    answers : array of numbers
        Ordered answers, none missing. Options nobody chose are no categories.
    explained_by : Terms, optional
        From `terms.terms`; without it only thresholds are fitted.
    weights : array, optional
        How many times each observation counts; 0 leaves it out.
    nominal : sequence of str
        Terms with their own effect at every threshold: partial proportional odds.

    Returns
    -------
    Ordinal

    Raises
    ------
    AnalysisError
        When there are no answers or all are the same; when a term separates the answers, so that no finite estimate
        exists (the columns are named); when the parameters are not determined.

    Notes
    -----
    McCullagh (1980), J. R. Statist. Soc. B 42, 109-142; R's ``ordinal::clm``. The likelihood as in `pieces`.

    Examples
    --------
    >>> import pandas as pd
    >>> from pipeline.analysis.terms import terms
    >>> frame = pd.DataFrame({"group": list("aaaabbbb"), "answer": [1, 1, 2, 3, 2, 3, 3, 3]})
    >>> fit = proportional_odds(frame["answer"], terms(frame, ["group"]))
    >>> fit.names, fit.parameters.round(3).tolist()
    (('1|2', '2|3', 'group=b'), [-0.14, 1.403, 2.585])
    """
    told = _likelihood(answers, explained_by, weights, nominal)
    at, hessian, done = _largest(told)
    if not done or float(np.abs(at).max()) > 12:
        refuse_separation(told.parts, told.names)
    if not done:
        raise AnalysisError("the proportional odds model did not converge", fix="merge rare levels of its terms")
    vcov, n = newton.covariance(-hessian), float(told.weight.sum())
    return Ordinal(tuple(told.categories.tolist()), told.names, at, vcov, pieces.value(told.parts, at), n, told)


def cluster_covariance(fit: Ordinal, cluster: ArrayLike, adjust: bool = True) -> Matrix:
    """Return the covariance of thresholds and coefficients that allows for answers of one cluster being alike.

    Parameters
    ----------
    fit : Ordinal
        The model.
    cluster : array
        Cluster of each observation the model was given.
    adjust : bool
        Whether to multiply by G / (G - 1).

    Raises
    ------
    AnalysisError
        With fewer than two clusters.

    Notes
    -----
    H⁻¹ (Σ_g s_g s_g') H⁻¹, s_g the cluster's score. Liang and Zeger (1986), Biometrika 73, 13-22; R's
    ``sandwich::vcovCL(type = "HC0")``.

    Examples
    --------
    >>> fit = proportional_odds([1, 2, 2, 3, 1, 3])
    >>> cluster_covariance(fit, list("aabbcc")).round(3).tolist()
    [[0.562, 0.281], [0.281, 0.562]]
    """
    told = fit.likelihood
    labels = pd.factorize(np.asarray(cluster, dtype=object))[0]
    groups = len(np.unique(labels[told.weight > 0]))
    if groups < 2 or (labels < 0).any():
        raise AnalysisError("a cluster-robust covariance needs two clusters or more, and none missing")
    unit = pieces.unit_scores(told.parts, fit.parameters, told.kinds)
    score = np.column_stack([np.bincount(labels, told.weight * column[told.kind]) for column in unit.T])
    return fit.covariance @ (score.T @ score) @ fit.covariance * (groups / (groups - 1) if adjust else 1.0)


def likelihood_ratio(larger: Ordinal, smaller: Ordinal) -> tuple[float, int, float]:
    """Return statistic, degrees of freedom and p-value of a model against one nested in it, on the same answers."""
    df = len(larger.parameters) - len(smaller.parameters)
    if larger.n != smaller.n or larger.categories != smaller.categories or df < 1:
        raise AnalysisError("the two models are not nested in the same answers")
    statistic = max(0.0, 2 * (larger.loglik - smaller.loglik))
    return statistic, df, float(special.chdtrc(df, statistic))


def nominal_test(answers: ArrayLike, explained_by: Terms, weights: ArrayLike | None = None) -> pd.DataFrame:
    """Return the likelihood ratio test of proportional odds, term by term.

    Returns
    -------
    DataFrame
        Columns term, statistic, df, p_value, note; empty numbers where there are only two categories. A note, empty
        where there is nothing to say, stands there and where the wider model has no finite fit.

    Notes
    -----
    Each term in turn gets its own effect at every threshold; R's ``ordinal::nominal_test``. It ignores clusters, and so
    rejects too often where answers of a cluster are alike: a small p-value calls for a look at the threshold-wise
    effects, not for a verdict.
    """
    base = proportional_odds(answers, explained_by, weights)
    rows = []
    for term in dict.fromkeys(explained_by.term):
        told = _likelihood(answers, explained_by, weights, [term])
        at, _, done = _largest(told)
        statistic = max(0.0, 2 * (pieces.value(told.parts, at) - base.loglik))
        df = len(told.names) - len(base.names)
        p_value = float(special.chdtrc(df, statistic)) if df else np.nan
        rows.append((term, statistic if df else np.nan, df, p_value, _nominal_note(df, done)))
    return pd.DataFrame(rows, columns=["term", "statistic", "df", "p_value", "note"])


def _nominal_note(df: int, done: bool) -> str:
    """Return what is to be said, or nothing as text: None beside texts of other terms would become a missing number."""
    if not df:
        return "undefined: two categories have one threshold"
    return "" if done else "an effect at a single threshold has no finite estimate; the statistic is the limit"


def _largest(told: _Likelihood) -> tuple[Matrix, Matrix, bool]:
    return newton.newton(lambda p: pieces.value(told.parts, p), lambda p: pieces.slopes(told.parts, p), told.start)


def _likelihood(
    answers: ArrayLike, explained_by: Terms | None, weights: ArrayLike | None, nominal: Sequence[str]
) -> _Likelihood:
    y = np.asarray(answers, dtype=float)
    weight = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=float)
    if len(weight) != len(y) or np.isnan(y).any() or not np.all(weight >= 0):
        raise AnalysisError("answers must not be missing, weights must be one number per answer and none below 0")
    x = explained_by.matrix if explained_by else np.empty((len(y), 0))
    if len(x) != len(y):
        raise AnalysisError("answers and terms have different numbers of rows")
    columns, belongs = (explained_by.names, explained_by.term) if explained_by else ((), ())
    categories = np.unique(y[weight > 0])
    _refuse_one(categories)
    codes = np.minimum(np.searchsorted(categories, y), len(categories) - 1)  # weight 0 may lie outside
    first, kind = pieces.patterns(codes, x)
    free = np.array([term in nominal for term in belongs], dtype=bool)
    count = np.bincount(kind, weight, len(first)).astype(float)
    parts = pieces.take_apart(codes[first], x[first], count, len(categories), free)
    names = _names(categories, columns, free)
    return _Likelihood(parts, kind, len(first), weight, categories, names, _start(codes, weight, len(names)), free)


def _refuse_one(categories: NDArray[np.float64]) -> None:
    if len(categories) < 2:
        raise AnalysisError("all answers are the same" if len(categories) else "there are no answers")


def _names(categories: NDArray[np.float64], columns: Sequence[str], free: NDArray[np.bool_]) -> tuple[str, ...]:
    label = [f"{c:g}" for c in categories]
    thresholds = [f"{a}|{b}" for a, b in pairwise(label)]
    own = [f"{name}@{t}" for t in thresholds for name, f in zip(columns, free, strict=True) if f]
    return (*thresholds, *(name for name, f in zip(columns, free, strict=True) if not f), *own)


def _start(codes: NDArray[np.int64], weight: Matrix, parameters: int) -> Matrix:
    share = np.cumsum(np.bincount(codes, weight))[:-1] / weight.sum()
    return np.concatenate([special.logit(share), np.zeros(parameters - len(share))])
