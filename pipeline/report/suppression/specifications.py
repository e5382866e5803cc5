"""The specification curve: subtracting two ways that differ in a few responses would show what those few answered."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pipeline.core.config import Params
from pipeline.report.suppression.audit import WIDTH
from pipeline.report.suppression.cells import Row, count_reason
from pipeline.report.suppression.system import Counts, small

#: Coarser and coarser; a share is rounded to the first in which enough people fit.
_STEPS: Final = (0.01, 0.02, 0.05, 0.1, 0.2)
_SHARES: Final = ("estimate", "ci_low", "ci_high")
#: "Most" is said where the lower limit lies above it.
_MOST: Final = 0.5
#: From these the exact share could be had back.
_EXACT: Final = ("std_error", "statistic", "df", "p_value", "p_adjusted", "effect_size")


def of_specifications(rows: list[Row], params: Params) -> Counts:
    """Return the specifications to hide: of too few responses, or with too few on one side."""
    counts = Counts()
    for row in rows:
        unit = (row.outcome, "specification", row.group)
        counts.rows[unit].add(row.position)
        if row.n is None or row.n < params.min_group_n:
            counts.reasons[unit] = f"n < {params.min_group_n}" if row.n is not None else "n unknown"
        elif any(small(count, of, params.min_count) for _, count, of in row.shares):
            counts.reasons.setdefault(unit, count_reason(params))
    return counts


def coarsened(frame: pd.DataFrame) -> pd.DataFrame:
    """Return estimates in which the shares of specifications are rounded, so that no difference of two counts is exact.

    Parameters
    ----------
    frame : DataFrame
        Rows of contract `estimates`. A specification of n responses is rounded to the first of 1, 2, 5, 10 and 20 per
        cent in which three responses fit (limits too); its other exact numbers are left out.

    Examples
    --------
    >>> rows = pd.DataFrame({"term": "specification", "n": [319, 120], "estimate": [0.738, 0.738], "ci_low": 0.71})
    >>> coarsened(rows.assign(ci_high=0.76, p_value=0.01))[["estimate", "p_value"]].to_numpy().tolist()
    [[0.74, nan], [0.75, nan]]
    """
    own = (frame["term"] == "specification") & frame["n"].notna()
    if not own.any():
        return frame
    step = frame.loc[own, "n"].astype(float).map(_step)
    shown = frame.copy()
    for name in _SHARES:
        shown.loc[own, name] = ((frame.loc[own, name] / step).round() * step).round(2)
    unclear = own & (frame["ci_low"] > _MOST) & (shown["ci_low"] <= _MOST)  # how many support a claim stays as counted
    shown["ci_low"] = shown["ci_low"].mask(unclear, (_MOST + step.reindex(frame.index)).round(2))
    for name in _EXACT:
        if name in shown:
            shown.loc[own, name] = float("nan")
    return shown


def _step(n: float) -> float:
    return next((step for step in _STEPS if step * n >= WIDTH + 1), _STEPS[-1])
