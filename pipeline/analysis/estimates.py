"""The only maker of `estimates` rows: every result of every analysis has this one shape."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import AnalysisError

Row = dict[str, Any]
_LIMITS: Final = ("ci_low", "estimate", "ci_high")


def row(outcome: str, term: str, group: str, method: str, **values: Any) -> Row:
    """Return one row; a column that is not given is empty.

    Raises
    ------
    AnalysisError
        When a value has no column in the contract, or the interval does not hold the estimate.
    """
    unknown = set(values) - set(CONTRACTS["estimates"].column_names)
    if unknown:
        raise AnalysisError(f"no such column: {sorted(unknown)}", place="table estimates")
    low, estimate, high = (float(v) if (v := values.get(c)) is not None else math.nan for c in _LIMITS)
    if estimate < low - 1e-9 or estimate > high + 1e-9:  # an empty limit compares as false
        raise AnalysisError("the interval does not hold the estimate", place=f"{outcome}, {term}, {group}, {method}")
    return {"outcome": outcome, "term": term, "group": group, "method": method, **values}


def table(rows: Iterable[Row]) -> pd.DataFrame:
    """Return rows as a frame with every column of the contract, in order."""
    return pd.DataFrame(list(rows), columns=CONTRACTS["estimates"].column_names)


def count(outcome: str, term: str, group: str, n: int, unit: str, note: str | None = None) -> Row:
    """Return a row that is a plain count."""
    return row(outcome, term, group, "count", n=n, estimate=float(n), unit=unit, note=note)
