"""What those who did not answer could change: response rates, bounds, tipping points, sensitivity."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from pipeline.analysis.intervals import HALF, clustered
from pipeline.core.errors import AnalysisError


@dataclass(frozen=True)
class Bounds:
    """What a share among everyone can be when nothing is assumed about those who did not answer.

    `low` and `high` are the bounds; `ci_low` and `ci_high` hold the share with the confidence asked for; `critical` is
    Imbens and Manski's quantile. The last three are empty where there is no variance: fewer than two clusters, or
    everyone answered and all alike.
    """

    observed: float
    response: float
    low: float
    high: float
    ci_low: float
    ci_high: float
    critical: float

    @property
    def width(self) -> float:
        """The share of everyone that is not known."""
        return self.high - self.low


def manski(positive: ArrayLike, n: ArrayLike, everyone: ArrayLike, level: float = 0.95) -> Bounds:
    """Return worst and best case bounds of a share, with Imbens and Manski's confidence interval for the share itself.

    Parameters
    ----------
    positive, n, everyone : int, or array of int per cluster
        Positive answers, answers, and people who could have answered. With arrays the standard errors of the bounds are
        linearised over clusters and the quantile is that of t with G - 1; with numbers they are binomial and normal.
    level : float
        Confidence level.

    Raises
    ------
    AnalysisError
        When more answered than could have, or nobody could have.

    Notes
    -----
    Bounds k/N and (k + N - n)/N: Manski (1989), J. Human Resources 24, 343-360. The interval l - c s_l, u + c s_u with
    Φ(c + (u-l)/max(s_l, s_u)) - Φ(-c) = level: Imbens and Manski (2004), Econometrica 72, 1845-1857. It holds the share
    wherever between the bounds it lies, and is narrower than one that holds both bounds.

    Examples
    --------
    >>> found = manski(150, 301, 540)
    >>> round(found.low, 3), round(found.high, 3), round(found.ci_low, 3), round(found.ci_high, 3)
    (0.278, 0.72, 0.246, 0.752)
    """
    k, m, total = (np.atleast_1d(np.asarray(a, dtype=float)) for a in (positive, n, everyone))
    if np.any((k < 0) | (k > m) | (m > total)) or total.sum() <= 0:
        raise AnalysisError("bounds need 0 <= positive <= answered <= everyone, in every cluster, and somebody")
    answered, size = float(m.sum()), float(total.sum())
    low, high = float(k.sum()) / size, float((k + total - m).sum()) / size
    observed = float(k.sum()) / answered if answered else math.nan
    if np.ndim(positive):
        ends, df = [clustered(c, total, level) for c in (k, k + total - m)], float(np.sum(total > 0)) - 1
        errors = [end.std_error for end in ends]
    else:
        errors, df = [math.sqrt(p * (1 - p) / size) for p in (low, high)], math.inf
    if df < 1 or any(map(math.isnan, errors)) or (high <= low and max(errors) == 0):
        return Bounds(observed, answered / size, low, high, math.nan, math.nan, math.nan)
    c = _critical(high - low, max(errors), df, level)
    return Bounds(
        observed, answered / size, low, high, max(low - c * errors[0], 0.0), min(high + c * errors[1], 1.0), c
    )


def mean_bounds(mean: float, n: int, everyone: int, minimum: float, maximum: float) -> tuple[float, float]:
    """Return what the mean among everyone can be when the silent are anywhere between the ends of the scale.

    Examples
    --------
    >>> mean_bounds(4.0, 50, 100, 1, 5)
    (2.5, 4.5)
    """
    if not 0 <= n <= everyone or everyone <= 0 or not (n == 0 or minimum <= mean <= maximum):
        raise AnalysisError("bounds need a mean within the scale and no more answers than people")
    part = n / everyone
    known = mean * part if n else 0.0
    return known + minimum * (1 - part), known + maximum * (1 - part)


def tipping_point(share: float, n: float, everyone: float, line: float = HALF) -> float:
    """Return the share of the silent that would have to be positive for everyone together to reach `line`.

    Below 0 the claim holds and above 1 it fails whatever the silent think; NaN when nobody was silent.

    Parameters
    ----------
    share : float
        Share of the answers; its lower confidence limit, for a claim that must hold beyond chance.
    n, everyone : float
        Answers, and people who could have answered.
    line : float
        What the share has to exceed.

    Examples
    --------
    >>> round(tipping_point(150 / 301, 301, 540), 4)
    0.5021
    """
    if not 0 <= n <= everyone or not 0 <= share <= 1:
        raise AnalysisError("a tipping point needs a share and no more answers than people")
    return (line * everyone - share * n) / (everyone - n) if everyone > n else math.nan


def if_silent_differ(share: float, n: float, everyone: float, lower: float) -> float:
    """Return the share among everyone when the silent are `lower` less often positive than those who answered."""
    if not 0 <= n <= everyone or everyone <= 0 or not 0 <= share <= 1:
        raise AnalysisError("sensitivity needs a share and no more answers than people")
    return (n * share + (everyone - n) * min(max(0.0, share - lower), 1.0)) / everyone


#: AAPOR Standard Definitions: I complete, P partial, R refusal, NC non-contact, O other, UH and UO unknown eligibility.
_DISPOSITIONS: Final = "0 <= counts, 0 <= e <= 1"


def aapor_rates(
    complete: int,
    partial: int,
    refusal: int,
    non_contact: int,
    other: int,
    unknown_household: int = 0,
    unknown_other: int = 0,
    e: float = 1.0,
) -> dict[str, float]:
    """Return AAPOR's response, cooperation, refusal and contact rates.

    Parameters
    ----------
    complete, partial, refusal, non_contact, other, unknown_household, unknown_other : int
        Final dispositions.
    e : float
        Estimated share of eligible among those of unknown eligibility.

    Returns
    -------
    dict
        RR1 to RR6, COOP1, COOP2, REF1, CON1; NaN where nobody is counted. For collections that are no probability
        sample AAPOR's word is *participation rate*.

    Notes
    -----
    AAPOR (2016), Standard Definitions, 9th edition.

    Examples
    --------
    >>> round(aapor_rates(300, 20, 40, 150, 10, 15, 5, 0.8)["RR3"], 4)
    0.5597
    """
    counts = (complete, partial, refusal, non_contact, other, unknown_household, unknown_other)
    if min(counts) < 0 or not 0 <= e <= 1:
        raise AnalysisError("no such dispositions", allowed=_DISPOSITIONS)
    known, unknown = sum(counts[:5]), unknown_household + unknown_other
    answered, met = complete + partial, complete + partial + refusal + other
    rates = {
        "RR1": (complete, known + unknown),
        "RR2": (answered, known + unknown),
        "RR3": (complete, known + e * unknown),
        "RR4": (answered, known + e * unknown),
        "RR5": (complete, known),
        "RR6": (answered, known),
        "COOP1": (complete, met),
        "COOP2": (answered, met),
        "REF1": (refusal, known + unknown),
        "CON1": (met, known + unknown),
    }
    return {name: part / base if base else math.nan for name, (part, base) in rates.items()}


def _critical(width: float, error: float, df: float, level: float) -> float:
    from scipy import optimize  # noqa: PLC0415

    def cumulative(x: float) -> float:
        return float(special.ndtr(x) if math.isinf(df) else special.stdtr(df, x))

    ratio = width / error if error > 0 else math.inf
    top = float(special.ndtri(0.5 + level / 2) if math.isinf(df) else special.stdtrit(df, 0.5 + level / 2)) + 1
    return float(optimize.brentq(lambda c: cumulative(c + ratio) - cumulative(-c) - level, 0, top, xtol=1e-14))
