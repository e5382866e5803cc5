"""The only maker of `estimates` rows: every result of every analysis has this one shape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import AnalysisError

Row = dict[str, Any]


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
    low, estimate, high = (values.get(name) for name in ("ci_low", "estimate", "ci_high"))
    if None not in (low, estimate, high) and not low - 1e-9 <= estimate <= high + 1e-9:
        raise AnalysisError("the interval does not hold the estimate", place=f"{outcome}, {term}, {group}, {method}")
    return {"outcome": outcome, "term": term, "group": group, "method": method, **values}


def table(rows: Iterable[Row]) -> pd.DataFrame:
    """Return rows as a frame with every column of the contract, in order."""
    return pd.DataFrame(list(rows), columns=CONTRACTS["estimates"].column_names)


def count(outcome: str, term: str, group: str, n: int, unit: str, note: str | None = None) -> Row:
    """Return a row that is a plain count."""
    return row(outcome, term, group, "count", n=n, estimate=float(n), unit=unit, note=note)
