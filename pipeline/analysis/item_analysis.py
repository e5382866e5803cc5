"""How the items of a scale hang together: alpha and what each item adds to it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy import special

from pipeline.core.errors import AnalysisError

#: A variance of the sum that is less than this part of the items' own is rounding.
_NOTHING: Final = 1e-12


@dataclass(frozen=True, eq=False)
class ItemAnalysis:
    """Internal consistency of a set of items.

    Parameters
    ----------
    n : int
        Responses used (complete, or with any answer).
    alpha, low, high, std_error : float
        Cronbach's alpha, Feldt's limits, and the standard error of Duhachek and Iacobucci; the last three only from
        complete responses.
    alpha_standardised, average_r, lambda6 : float
        Alpha and mean of the correlations, Guttman's lambda 6.
    items : DataFrame
        Index item; columns n, mean, sd, item_total, item_rest (correlation with the sum of all, of the others) and
        alpha_if_dropped.
    """

    n: int
    alpha: float
    low: float
    high: float
    std_error: float
    alpha_standardised: float
    average_r: float
    lambda6: float
    items: pd.DataFrame


def item_analysis(
    values: pd.DataFrame, level: float = 0.95, missing: Literal["complete", "pairwise"] = "complete"
) -> ItemAnalysis:
    """Return alpha and the table of items.

    Parameters
    ----------
    values : DataFrame
        One row per response, one column per item, reversed items turned.
    level : float
        Confidence level.
    missing : {"complete", "pairwise"}
        Responses with every item, or for each pair of items those with both.

    Raises
    ------
    AnalysisError
        With fewer than two items or three responses, or an item everybody answered alike.

    Notes
    -----
    Everything follows from the covariance matrix. Cronbach (1951), Psychometrika 16, 297-334; Feldt, Woodruff and Salih
    (1987), Appl. Psychol. Meas. 11, 93-103; Duhachek and Iacobucci (2004), J. Appl. Psychol. 89, 792-808. R's
    ``psych::alpha``. Responses are taken as independent.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": [1, 2, 3, 4, 5], "b": [2, 2, 3, 5, 4], "c": [1, 3, 3, 4, 4]})
    >>> found = item_analysis(frame)
    >>> round(found.alpha, 3), found.items["item_rest"].round(3).tolist()
    (0.938, [0.927, 0.84, 0.883])
    """
    used = values.dropna() if missing == "complete" else values.dropna(how="all")
    n, p = used.shape
    if p < 2 or n < 3:
        raise AnalysisError(f"{p} items and {n} responses: consistency needs two and three")
    covariance = used.cov(min_periods=3).to_numpy(dtype=float)
    variances = np.diag(covariance)
    if not np.all(variances > 0) or np.isnan(covariance).any():
        raise AnalysisError("consistency is undefined: an item has no variance, or two have no answers in common")
    r = covariance / np.sqrt(np.outer(variances, variances))
    average = (float(r.sum()) - p) / (p * (p - 1))
    alpha, complete = _alpha(covariance), missing == "complete"
    low, high = _feldt(alpha, n, p, level) if complete else (math.nan, math.nan)
    return ItemAnalysis(
        n,
        alpha,
        low,
        high,
        _duhachek(covariance, n) if complete else math.nan,
        _standardised(average, p),
        average,
        _lambda6(r),
        _table(used, covariance),
    )


def straight_lined(answers: pd.DataFrame, least: int = 5) -> pd.Series:
    """Return whether a response gave one and the same answer to every question of a grid.

    Parameters
    ----------
    answers : DataFrame
        One row per response, one column per question of the same options, as answered (reversed items not turned).
    least : int
        Missing for responses that answered fewer.

    Returns
    -------
    Series of boolean
        Among questions worded both ways it is a sign of not reading; where all are worded alike it may be meant.

    Examples
    --------
    >>> straight_lined(pd.DataFrame({"a": [3, 3], "b": [3, 4], "c": [3, 3]}), least=3).tolist()
    [True, False]
    """
    same = (answers.max(axis=1) == answers.min(axis=1)).astype("boolean")
    return same.mask(answers.notna().sum(axis=1) < max(least, 2))


def _alpha(covariance: np.ndarray) -> float:
    p, total, trace = len(covariance), float(covariance.sum()), float(np.trace(covariance))
    return p / (p - 1) * (1 - trace / total) if total > _NOTHING * trace else math.nan


def _standardised(average: float, p: int) -> float:
    """Alpha of standardised items; undefined where they cancel out, so that their sum does not vary."""
    total = 1 + (p - 1) * average
    return p * average / total if total > _NOTHING else math.nan


def _feldt(alpha: float, n: int, p: int, level: float) -> tuple[float, float]:
    low, high = (
        1 - (1 - alpha) * float(special.fdtri(n - 1, (n - 1) * (p - 1), q)) for q in ((1 + level) / 2, (1 - level) / 2)
    )
    return low, high


def _duhachek(c: np.ndarray, n: int) -> float:
    p, total, trace = len(c), float(c.sum()), float(np.trace(c))
    inner = total * (float(np.sum(c**2)) + trace**2) - 2 * trace * float((c @ c).sum())
    return math.sqrt(2 * p**2 / ((p - 1) ** 2 * total**3) * inner / n) if total > _NOTHING * trace else math.nan


def _lambda6(r: np.ndarray) -> float:
    if np.linalg.matrix_rank(r) < len(r):
        return math.nan
    return 1 - float(np.sum(1 / np.diag(np.linalg.inv(r)))) / float(r.sum())


def _table(used: pd.DataFrame, c: np.ndarray) -> pd.DataFrame:
    own, with_all, total = np.diag(c), c.sum(axis=1), float(c.sum())
    rest = total - 2 * with_all + own
    correlations = {
        "item_total": np.divide(with_all, np.sqrt(own * max(total, 0)), out=np.full(len(c), np.nan), where=total > 0),
        "item_rest": np.divide(
            with_all - own, np.sqrt(own * rest.clip(0)), out=np.full(len(c), np.nan), where=rest > 0
        ),
    }
    p = len(c)
    dropped = [_alpha(np.delete(np.delete(c, i, 0), i, 1)) if p > 2 else math.nan for i in range(p)]
    basic = {"n": used.notna().sum(), "mean": used.mean(), "sd": used.std(ddof=1)}
    return pd.DataFrame(basic).assign(**correlations, alpha_if_dropped=dropped)
