"""Shares without clusters: exact limits for one, score-based limits for a difference of two."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from scipy import special

from pipeline.analysis.intervals import HALF, Interval, wilson
from pipeline.core.errors import AnalysisError

#: How near -1 and 1 a difference may lie in the search for a limit.
_EDGE = 1 - 1e-10


@dataclass(frozen=True)
class Difference:
    """A difference of two shares and its limits."""

    estimate: float
    low: float
    high: float


def clopper_pearson(positive: int, n: int, level: float = 0.95) -> Interval:
    """Return the exact interval of `positive` of `n`, and the exact two-sided test of one half.

    Parameters
    ----------
    positive, n : int
        Count and base.
    level : float
        Confidence level.

    Returns
    -------
    Interval
        `statistic` is the count; all empty when n is 0.

    Notes
    -----
    Beta quantiles, B(k, n-k+1) and B(k+1, n-k). Clopper and Pearson (1934), Biometrika 26, 404-413; R's ``binom.test``.

    Examples
    --------
    >>> found = clopper_pearson(7, 12)
    >>> round(found.low, 4), round(found.high, 4)
    (0.2767, 0.8483)
    """
    _whole_share(positive, n)
    if n == 0:
        return Interval(*(math.nan,) * 7)
    tail, k, p = (1 - level) / 2, positive, positive / n
    low = float(special.betaincinv(k, n - k + 1, tail)) if k > 0 else 0.0
    high = float(special.betaincinv(k + 1, n - k, 1 - tail)) if k < n else 1.0
    p_value = min(1.0, 2 * float(special.bdtr(min(k, n - k), n, HALF)))
    return Interval(p, math.sqrt(p * (1 - p) / n), low, high, float(k), math.inf, p_value)


def newcombe(positive: int, n: int, other_positive: int, other_n: int, level: float = 0.95) -> Difference:
    """Return share minus other share of two independent groups, with Newcombe's hybrid score limits.

    Notes
    -----
    d - √((p₁-l₁)² + (u₂-p₂)²), d + √((u₁-p₁)² + (p₂-l₂)²) with Wilson's l and u. Newcombe (1998), Stat. Med. 17,
    873-890, method 10.

    Examples
    --------
    >>> found = newcombe(19, 22, 60, 90)
    >>> round(found.low, 4), round(found.high, 4)
    (-0.0191, 0.3326)
    """
    _two_groups(positive, n, other_positive, other_n)
    one, two = wilson(positive, n, level), wilson(other_positive, other_n, level)
    d = one.estimate - two.estimate
    below = math.hypot(one.estimate - one.low, two.high - two.estimate)
    above = math.hypot(one.high - one.estimate, two.estimate - two.low)
    return Difference(d, d - below, d + above)


def newcombe_paired(both: int, first: int, second: int, neither: int, level: float = 0.95) -> Difference:
    """Return the first share minus the second, of the same people asked twice.

    Parameters
    ----------
    both, first, second, neither : int
        People who said yes both times, only the first, only the second, neither time.
    level : float
        Confidence level.

    Notes
    -----
    Newcombe (1998), Stat. Med. 17, 2635-2650, method 10: Wilson's limits of both shares, joined by the correlation
    phi, its numerator taken n/2 nearer to zero when positive.

    Examples
    --------
    >>> found = newcombe_paired(20, 12, 2, 16)
    >>> round(found.estimate, 2), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0562, 0.3292)
    """
    n = both + first + second + neither
    _two_groups(both + first, n, both + second, n)
    one, two = wilson(both + first, n, level), wilson(both + second, n, level)
    product = (both + first) * (second + neither) * (both + second) * (first + neither)
    numerator = float(both * neither - first * second)
    numerator = max(numerator - n / 2, 0.0) if numerator > 0 else numerator
    phi = numerator / math.sqrt(product) if product else 0.0
    d = one.estimate - two.estimate
    below = _joined(one.estimate - one.low, two.high - two.estimate, phi)
    above = _joined(one.high - one.estimate, two.estimate - two.low, phi)
    return Difference(d, d - below, d + above)


def miettinen_nurminen(
    positive: int, n: int, other_positive: int, other_n: int, level: float = 0.95, corrected: bool = True
) -> Difference:
    """Return share minus other share of two independent groups, with limits from the score test.

    Parameters
    ----------
    positive, n, other_positive, other_n : int
        Counts and bases of the two groups.
    level : float
        Confidence level.
    corrected : bool
        With the variance factor N/(N-1); without it these are Mee's limits.

    Notes
    -----
    The limits are the differences at which (d - δ) / √Ṽ(δ) equals the normal quantile, Ṽ from the maximum-likelihood
    shares under p₁ - p₂ = δ. Miettinen and Nurminen (1985), Stat. Med. 4, 213-226; Mee (1984), Biometrics 40,
    1175-1176.

    Examples
    --------
    >>> found = miettinen_nurminen(19, 22, 60, 90)
    >>> round(found.low, 4), round(found.high, 4)
    (-0.0191, 0.3415)
    """
    _two_groups(positive, n, other_positive, other_n)
    p, q, z = positive / n, other_positive / other_n, float(special.ndtri(0.5 + level / 2))
    factor = (n + other_n) / (n + other_n - 1) if corrected else 1.0
    d = p - q

    def score(delta: float) -> float:
        if delta == d:
            return 0.0
        first = _restricted(p, q, n, other_n, delta)
        second = first - delta
        variance = factor * (first * (1 - first) / n + second * (1 - second) / other_n)
        return (d - delta) / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, d - delta)

    return Difference(d, _limit(lambda t: score(t) - z, d, -_EDGE), _limit(lambda t: score(t) + z, d, _EDGE))


def _limit(function: Callable[[float], float], d: float, end: float) -> float:
    """Where the function changes sign between the difference and an end of the scale; without a change, that end."""
    from scipy import optimize  # noqa: PLC0415

    if (abs(d) >= _EDGE and d * end > 0) or function(d) * function(end) > 0:
        return math.copysign(1.0, end)
    # infinite at the end of the scale: a large number keeps the sign, and the search its pace
    bounded: Callable[[float], float] = lambda t: max(-1e9, min(1e9, function(t)))  # noqa: E731
    return float(optimize.brentq(bounded, *sorted((d, end)), xtol=1e-15, rtol=1e-14))


def _restricted(p: float, q: float, n: int, m: int, delta: float) -> float:
    """The likelihood's best first share when the second is `delta` less: the root of a cubic, by the cosine formula."""
    ratio = m / n
    a, d = 1 + ratio, -p * delta * (1 + delta)
    b = -(1 + ratio + p + ratio * q + delta * (ratio + 2))
    c = delta**2 + delta * (2 * p + ratio + 1) + p + ratio * q
    v = (b / (3 * a)) ** 3 - b * c / (6 * a**2) + d / (2 * a)
    u = math.copysign(math.sqrt(max((b / (3 * a)) ** 2 - c / (3 * a), 0.0)), v)
    angle = math.acos(max(-1.0, min(1.0, v / u**3))) if u**3 else 0.0
    root = 2 * u * math.cos((math.pi + angle) / 3) - b / (3 * a)
    return min(max(root, 0.0, delta), 1.0, 1.0 + delta)


def _joined(one: float, two: float, phi: float) -> float:
    return math.sqrt(max(one**2 - 2 * phi * one * two + two**2, 0.0))


def _whole_share(positive: int, n: int) -> None:
    if not 0 <= positive <= n or positive != int(positive) or n != int(n):
        raise AnalysisError(f"{positive} of {n} is no count out of a base")


def _two_groups(positive: int, n: int, other_positive: int, other_n: int) -> None:
    _whole_share(positive, n)
    _whole_share(other_positive, other_n)
    if n == 0 or other_n == 0:
        raise AnalysisError("a difference needs answers in both groups")
