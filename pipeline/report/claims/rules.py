"""Does what a claim says hold? Compared with the interval, never with the estimate alone."""

from __future__ import annotations

from typing import Final

from pipeline.core.claims import Claim
from pipeline.report.claims.quantities import Quantity

#: Verdicts, best first: the worst of its subjects is the claim's.
VERDICTS: Final = ("holds", "too_uncertain", "does_not_hold", "not_from_this_design", "wrong_number", "hidden")
#: What is compared with what, where the claim names no value.
_BOUNDS: Final = {"most": 0.5, "minority": 0.5, "increase": 0.0, "decrease": 0.0, "difference": 0.0}
_ABOVE: Final = ("most", "more_than", "increase")


def bound(claim: Claim) -> float | None:
    """Return the number the claim's subjects are compared with; None where it only states a number."""
    return claim.value if claim.value is not None else _BOUNDS.get(claim.says)


def verdict(claim: Claim, quantity: Quantity) -> str:
    """Return holds, does_not_hold, too_uncertain or hidden for one subject of a claim.

    With an interval, "most" holds when the whole interval lies above one half, does not hold when the whole interval
    lies below or at it, and is too uncertain otherwise. A count without an interval is compared itself.
    """
    if quantity.hidden:
        return "hidden"
    limit = bound(claim)
    if limit is None:
        return "holds"
    if claim.says == "about":
        return "holds" if abs(quantity.value - limit) <= claim.within * abs(limit) else "does_not_hold"
    low, high = (quantity.low, quantity.high) if quantity.has_interval else (quantity.value, quantity.value)
    if claim.says == "difference":
        return "holds" if low > limit or high < limit else "too_uncertain"
    above = claim.says in _ABOVE
    if (low > limit) if above else (high < limit):
        return "holds"
    return "does_not_hold" if ((high <= limit) if above else (low >= limit)) else "too_uncertain"


def worst(verdicts: list[str]) -> str:
    """Return the verdict of a claim of several subjects: it holds only when it holds of every one.

    Examples
    --------
    >>> worst(["holds", "too_uncertain"])
    'too_uncertain'
    """
    return max(verdicts, key=VERDICTS.index)
