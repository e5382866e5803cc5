"""Whole percentages that add up to a hundred: one rule for every figure and table."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.core.errors import AnalysisError


def largest_remainder(counts: Sequence[int], total: int = 100) -> list[int]:
    """Share out `total` in proportion to `counts`, in whole numbers that add up to `total`.

    Parameters
    ----------
    counts : sequence of int
        Cases in each category.
    total : int
        What the result adds up to; 100 for percentages.

    Returns
    -------
    list of int
        One number per category, less than one away from the exact share; all 0 where there are no cases.

    Raises
    ------
    AnalysisError
        When a count is negative.

    Notes
    -----
    Hare quota with largest remainders: each gets the floor of its exact share, and what is left goes one by one to the
    largest remainders; of equal remainders first to the larger count, then to the earlier category. Whole-number
    arithmetic, so that no processor rounds differently.

    Examples
    --------
    >>> largest_remainder([13, 5, 1])
    [69, 26, 5]
    """
    if any(c < 0 for c in counts):
        raise AnalysisError("a count cannot be negative")
    n = sum(counts)
    if n == 0:
        return [0 for _ in counts]
    floors = [c * total // n for c in counts]
    order = sorted(range(len(counts)), key=lambda i: (-(counts[i] * total % n), -counts[i], i))
    raised = set(order[: total - sum(floors)])
    return [f + (i in raised) for i, f in enumerate(floors)]
