"""Estimates as a person reads them in a notebook: no empty cells called NaN, no p-value called 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd

_SMALLEST_P: Final = 0.001


def readable(estimates: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return columns of `estimates` as text, without the row numbers.

    Parameters
    ----------
    estimates : DataFrame
        Rows of the contract table.
    columns : sequence of str
        Columns to show, in order.

    Returns
    -------
    DataFrame
        Text: counts whole, p-values to three decimals or "< 0.001", other numbers to four significant digits.

    Examples
    --------
    >>> rows = pd.DataFrame({"n": [8], "estimate": [0.73899], "p_value": [1e-9], "note": [None]})
    >>> readable(rows, ["n", "estimate", "p_value", "note"]).iloc[0].tolist()
    ['8', '0.739', '< 0.001', '']
    """
    formats: Mapping[str, Callable[[float], str]] = {"p_value": _p_value, "p_adjusted": _p_value}
    shown = {}
    for name in columns:
        known = estimates[name].notna()
        texts = [
            _text(value, formats.get(name, _number)) if ok else ""
            for value, ok in zip(estimates[name], known, strict=True)
        ]
        shown[name] = pd.Series(texts, dtype="str")
    return pd.DataFrame(shown).set_axis([""] * len(estimates))


def _text(value: object, number: Callable[[float], str]) -> str:
    return number(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _number(value: float) -> str:
    return f"{value:.0f}" if value.is_integer() else f"{value:.4g}"


def _p_value(value: float) -> str:
    return f"{value:.3f}" if value >= _SMALLEST_P else f"< {_SMALLEST_P}"
