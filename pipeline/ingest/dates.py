"""Dates and times: ISO, else day first; one order for a whole column, never guessed row by row."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

_YEAR_FIRST: Final = re.compile(r"^\s*(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)(?P<rest>.*)$", re.DOTALL)
_YEAR_LAST: Final = re.compile(
    r"^\s*(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})(?!\d)(?P<rest>.*)$", re.DOTALL
)
_TIME: Final = re.compile(
    r"(?<!\d)(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2}))?(?:[.,]\d+)?\s*(?P<half>[ap]\.?m\.?|[ai]p\.?|[fe]\.?m\.?)?",
    re.IGNORECASE,
)
_AFTERNOON: Final = ("p", "i", "e")


def parse_times(column: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the moments in a column of text, and where a filled cell is no date.

    A date with the year last is day first, unless some cell of the column can only be month first (3/18/20) and none
    can only be day first: then the whole column is month first. A column with cells of both kinds is day first, and the
    others are marked.

    Parameters
    ----------
    column : Series of str
        Texts such as ``2018-05-12T14:07:29``, ``3.4.2017 klo 9.05``, ``2018/05/12 2:07:29 ip.``.

    Returns
    -------
    moments : Series of datetime64
        Missing where the cell is empty or no date.
    wrong : Series of bool
        True where the cell is filled and no date.

    Examples
    --------
    >>> import pandas as pd
    >>> parse_times(pd.Series(["03.04.2023", "20.10.2023"]))[0].dt.strftime("%d %b").tolist()
    ['03 Apr', '20 Oct']
    """
    year_first = column.str.extract(_YEAR_FIRST)
    year_last = column.str.extract(_YEAR_LAST)
    month, day = ("a", "b") if _month_first(year_last) else ("b", "a")
    parts = pd.DataFrame(
        {
            "year": year_first["y"].fillna(year_last["y"].map(_full_year, na_action="ignore").astype(column.dtype)),
            "month": year_first["m"].fillna(year_last[month]),
            "day": year_first["d"].fillna(year_last[day]),
        }
    ).apply(pd.to_numeric)
    moments = pd.to_datetime(parts, errors="coerce") + _time_of_day(year_first["rest"].fillna(year_last["rest"]))
    return moments.astype("datetime64[us]"), column.notna() & moments.isna()


def has_time(column: pd.Series) -> pd.Series:
    """Return where a cell gives a time of day, to the minute or better."""
    rest = column.str.extract(_YEAR_FIRST)["rest"].fillna(column.str.extract(_YEAR_LAST)["rest"])
    return rest.str.extract(_TIME)["h"].notna()


def _month_first(parts: pd.DataFrame) -> bool:
    first, second = pd.to_numeric(parts["a"]), pd.to_numeric(parts["b"])
    return bool((second > 12).any() and not (first > 12).any())


def _full_year(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"


def _time_of_day(rest: pd.Series) -> pd.Series:
    time = rest.str.extract(_TIME)
    hour = pd.to_numeric(time["h"]).fillna(0)
    half = time["half"].str.lower().str[0]
    hour = hour.where(half.isna(), hour % 12 + 12 * half.isin(_AFTERNOON))
    minute, second = (pd.to_numeric(time[part]).fillna(0) for part in ("min", "s"))
    return pd.to_timedelta(hour * 3600 + minute * 60 + second, unit="s")
