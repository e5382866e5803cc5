"""Estimates with their limits as text: percentages, percentage points, and the level of the interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.core import formats


def points(row: Mapping[Any, Any], language: str) -> str:
    """Return a difference of shares in percentage points with its limits, or a dash where there is none.

    Examples
    --------
    >>> points({"estimate": 0.123, "ci_low": -0.014, "ci_high": 0.26}, "en")
    '12.3 (-1.4 – 26.0)'
    """
    return _with_limits(row, language, 1, "")


def shares(row: Mapping[Any, Any], language: str) -> str:
    """Return a share in per cent with its limits, or a dash where there is none.

    Examples
    --------
    >>> shares({"estimate": 0.74, "ci_low": 0.6, "ci_high": 0.8}, "en")
    '74% (60–80%)'
    """
    return _with_limits(row, language, 0, _sign(language))


def level(rows: pd.DataFrame, language: str) -> str:
    """Return the level of the intervals of `rows`, as "95%"; the one that most rows have."""
    found = rows["ci_level"].dropna()
    shown = float(found.mode().iloc[0]) if len(found) else 0.95
    return formats.percent(shown, language, formats.decimals(shown * 100))


def _sign(language: str) -> str:
    """The per cent sign with what stands before it; 0 needs no digits but itself."""
    return formats.percent(0, language, 0).removeprefix(formats.number(0, language))


def _with_limits(row: Mapping[Any, Any], language: str, digits: int, sign: str) -> str:
    if pd.isna(row["estimate"]):
        return "–"
    names = ("estimate", "ci_low", "ci_high")
    said = [formats.percentage(row[name], language, digits) for name in names if pd.notna(row[name])]
    if len(said) < len(names):
        return f"{said[0]}{sign}"
    dash = "–" if row["ci_low"] >= 0 else " – "
    return f"{said[0]}{sign} ({said[1]}{dash}{said[2]}{sign})"
