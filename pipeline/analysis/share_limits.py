"""Limits of a share estimated under a sampling design."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from pipeline.analysis.design import TOO_FEW, Estimate
from pipeline.core.errors import AnalysisError


@dataclass(frozen=True)
class Limits:
    """Limits of a share, and the two-sided test of one half that goes with them."""

    low: float
    high: float
    p_value: float = math.nan
    rule: str | None = None


def share_limits(found: Estimate, method: str = "korn_graubard", level: float = 0.95) -> Limits:
    """Return the limits of a share estimated under a design, with t quantiles at the design's degrees of freedom.

    Parameters
    ----------
    found : Estimate
        Of zeros and ones.
    method : {"korn_graubard", "logit", "asin", "mean"}
        R's ``svyciprop`` calls the first ``beta``.
    level : float
        Confidence level.

    Returns
    -------
    Limits
        Empty with a rule where there are fewer than two clusters. At 0 % and 100 %, and wherever the clusters do not
        differ, only Korn-Graubard is defined, with n as effective size; the others are empty.

    Notes
    -----
    Korn and Graubard (1998), Survey Methodology 24, 193-201: Clopper-Pearson at n* = p(1-p)/V (t_{n-1}/t_df)². Where V
    is 0 the design effect is unknown and taken as 1; R gives no limits there.

    Examples
    --------
    >>> from pipeline.analysis.design import design, mean
    >>> all_positive = mean([1] * 14, design(14, cluster=[1] * 3 + [2] * 5 + [3] * 2 + [4] * 4))
    >>> limits = share_limits(all_positive)
    >>> round(limits.low, 4), limits.high
    (0.5645, 1.0)
    """
    if method not in {"korn_graubard", "logit", "asin", "mean"}:
        raise AnalysisError(f"no such interval: {method}", allowed="korn_graubard, logit, asin, mean")
    p, se = found.estimate, found.std_error
    if found.df < 1 or math.isnan(p):
        return Limits(math.nan, math.nan, rule=found.rule or TOO_FEW)
    t = float(special.stdtrit(found.df, 0.5 + level / 2))
    flat = not se > 1e-12
    if method == "korn_graubard":
        return _korn_graubard(p, None if flat else se, found, t, level)
    if flat:
        return Limits(math.nan, math.nan, rule=TOO_FEW)
    return _scaled(p, se, t, method)


def _scaled(p: float, se: float, t: float, method: str) -> Limits:
    if method == "mean":
        return Limits(p - t * se, p + t * se)
    if method == "logit":
        centre, half = float(special.logit(p)), t * se / (p * (1 - p))
        return Limits(float(special.expit(centre - half)), float(special.expit(centre + half)))
    centre, half = math.asin(math.sqrt(p)), t * se / (2 * math.sqrt(p * (1 - p)))
    return Limits(math.sin(max(centre - half, 0.0)) ** 2, math.sin(min(centre + half, math.pi / 2)) ** 2)


def _korn_graubard(p: float, se: float | None, found: Estimate, t: float, level: float) -> Limits:
    tail, simple = (1 - level) / 2, float(special.stdtrit(max(found.n - 1, 1), 0.5 + level / 2))
    effective = (found.n if se is None else p * (1 - p) / se**2) * (simple / t) ** 2
    k = p * effective
    low = float(special.betaincinv(k, effective - k + 1, tail)) if p > 0 else 0.0
    high = float(special.betaincinv(k + 1, effective - k, 1 - tail)) if p < 1 else 1.0
    above = special.betainc(k, effective - k + 1, 0.5) if p > 0 else 1.0
    below = special.betaincc(k + 1, effective - k, 0.5) if p < 1 else 1.0
    rule = "the clusters do not differ: design effect taken as 1" if se is None else None
    return Limits(low, high, min(1.0, 2 * float(min(above, below))), rule)
