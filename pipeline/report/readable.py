"""Estimates as a person reads them in a notebook: no empty cells called NaN, no p-value called 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd

from pipeline.report.disclosure import Released

_SMALLEST_P: Final = 0.001


def readable(shown: Released, columns: Sequence[str]) -> pd.DataFrame:
    """Return columns of what the gate released as text, without the row numbers.

    Parameters
    ----------
    shown : Released
        As it left the disclosure gate: a notebook's stored output leaves `processed/` too.
    columns : sequence of str
        Columns to show, in order.

    Returns
    -------
    DataFrame
        Text: counts whole, p-values to three decimals or "< 0.001", other numbers to four significant digits.

    Examples
    --------
    >>> from pipeline.report.disclosure import not_of_people
    >>> rows = pd.DataFrame({"n": [8], "estimate": [0.73899], "p_value": [1e-9], "note": [None]})
    >>> readable(not_of_people(rows), ["n", "estimate", "p_value", "note"]).iloc[0].tolist()
    ['8', '0.739', '< 0.001', '']
    """
    formats: Mapping[str, Callable[[float], str]] = {"p_value": _p_value, "p_adjusted": _p_value}
    texts = {}
    for name in columns:
        values = shown.frame[name]
        said = [
            _text(value, formats.get(name, _number)) if ok else ""
            for value, ok in zip(values, values.notna(), strict=True)
        ]
        texts[name] = pd.Series(said, dtype="str")
    return pd.DataFrame(texts).set_axis([""] * len(shown.frame))


def _text(value: object, number: Callable[[float], str]) -> str:
    return number(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _number(value: float) -> str:
    return f"{value:.0f}" if value.is_integer() else f"{value:.4g}"


def _p_value(value: float) -> str:
    return f"{value:.3f}" if value >= _SMALLEST_P else f"< {_SMALLEST_P}"
