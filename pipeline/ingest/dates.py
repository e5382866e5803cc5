"""Dates and times: ISO, else day first; one order for a whole column, never guessed row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

_YEAR_FIRST: Final = re.compile(
    r"^\s*(?P<y>[12][0-9]{3})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})(?![0-9])(?P<rest>.*)$", re.DOTALL
)
_YEAR_LAST: Final = re.compile(
    r"^\s*(?P<a>[0-9]{1,2})(?P<mark>[-/.])(?P<b>[0-9]{1,2})[-/.](?P<y>[12][0-9]{3}|[0-9]{2})(?![0-9])(?P<rest>.*)$",
    re.DOTALL,
)
#: All that may follow a date: nothing, or a word ("klo", "kl.", "at", "à"), the time, its half of the day, its zone.
_TIME: Final = re.compile(
    r"^[\s,]*(?:(?:t|klo|kl|at|um|à|o|om)\b\.?|t(?=[0-9]))?\s*"
    r"(?:(?P<h>[01]?[0-9]|2[0-3])(?:[:.](?P<min>[0-5][0-9])(?:[:.](?P<s>[0-5][0-9])(?:[.,][0-9]+)?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?|[ai]p\.?|[fe]\.?m\.?)?"
    r"\s*(?:[a-z]{1,5})?\s*(?:[+-][0-9]{1,2}(?::?[0-9]{2})?)?)?\s*$",
    re.IGNORECASE,
)
#: Month and day, or day and month.
_SLASHED: Final = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?!\d).*", re.DOTALL)
_BLANKS: Final = re.compile(r"\s\s+|[\t\r\n]")
_MONTHS: Final = 12
#: No date with its time and zone is longer.
_LONGEST: Final = 80
_AFTERNOON: Final = ("p", "i", "e")


def parse_times(column: pd.Series) -> pd.DataFrame:
    """Return the moments in a column of text, which of them have a time of day, and which cells are no date.

    A date with dots is day first. With slashes or hyphens and the year last it is day first too, unless some such cell
    of the column can only be month first (3/18/20) and none can only be day first: then they all are month first. A
    column with cells of both kinds is day first, and the others are marked. What follows the date must be a time of day
    or nothing: "12.5.2018-14.5.2018" is no moment.
    Times are taken as written; an offset such as +03:00 is not applied.

    Parameters
    ----------
    column : Series of str
        Texts such as ``2018-05-12T14:07:29``, ``3.4.2017 klo 9.05``, ``2018/05/12 2:07:29 ip.``.

    Returns
    -------
    DataFrame
        moment (missing where the cell is empty or no date), timed (the cell gives a time of day, to the minute or
        better) and wrong (the cell is filled and no date), indexed like `column`.

    Examples
    --------
    >>> import pandas as pd
    >>> parse_times(pd.Series(["03.04.2023", "20.10.2023"]))["moment"].dt.strftime("%d %b").tolist()
    ['03 Apr', '20 Oct']
    """
    at, different = pd.factorize(column)
    parsed = _parse(pd.Series(different, dtype="str"))
    # a text that stands in many cells is parsed once; the last row is that of an empty cell
    parsed.loc[len(parsed)] = [pd.NaT, False, False]
    found = parsed.iloc[np.where(at < 0, len(different), at)].set_axis(column.index)
    return found.astype({"moment": "datetime64[us]", "timed": bool, "wrong": bool})


def _parse(texts: pd.Series) -> pd.DataFrame:
    # a long text is no date, and many blanks would be tried in every way
    texts = texts.mask(texts.str.len() > _LONGEST, "")
    blanks = texts.str.contains(_BLANKS).fillna(False).astype(bool)
    texts = texts.mask(blanks, texts[blanks].str.replace(_BLANKS, " ", regex=True)) if blanks.any() else texts
    year_first, year_last = texts.str.extract(_YEAR_FIRST), texts.str.extract(_YEAR_LAST)
    dotted = year_last["mark"].eq(".").fillna(False).astype(bool)
    turned = ~dotted & _month_first(year_last[~dotted])
    month, day = year_last["b"].mask(turned, year_last["a"]), year_last["a"].mask(turned, year_last["b"])
    year = year_first["y"].fillna(year_last["y"].map(_full_year, na_action="ignore").astype(texts.dtype))
    parts = [year_first["m"].fillna(month), year_first["d"].fillna(day)]
    iso = year.str.cat([part.str.zfill(2) for part in parts], sep="-")
    rest = year_first["rest"].fillna(year_last["rest"])
    time = rest.str.extract(_TIME)
    timely = rest.str.match(_TIME).fillna(False).astype(bool)
    moments = pd.to_datetime(iso.where(timely), format="%Y-%m-%d", errors="coerce")
    moments = (moments.astype("datetime64[us]") + _time_of_day(time)).astype("datetime64[us]")
    return pd.DataFrame({"moment": moments, "timed": time["min"].notna(), "wrong": moments.isna()})


def half_turned(column: pd.Series) -> bool:
    """Return whether a spreadsheet may have taken the month for the day in some dates of a column written month first.

    It turns 3/4/2018 into the 3rd of April and leaves 3/14/2018 as a text: the ones are dates of the first twelve days
    of their months, the others can only be month first.

    Examples
    --------
    >>> half_turned(pd.Series(["2018-04-03 10:00:00", "2018-11-02", "3/14/2018", "4/30/2018"]))
    True
    """
    texts = pd.Series(column.dropna().unique(), dtype="str")
    last = texts.str.match(_YEAR_LAST)
    if not last.any() or last.all():
        return False
    year_first, year_last = texts[~last].str.extract(_YEAR_FIRST), texts[last].str.extract(_YEAR_LAST)
    days, second = pd.to_numeric(year_first["d"]).dropna(), pd.to_numeric(year_last["b"]).dropna()
    return bool(len(days) > 1 and (days <= _MONTHS).all() and len(second) and (second > _MONTHS).all())


def _month_first(parts: pd.DataFrame) -> bool:
    first, second = pd.to_numeric(parts["a"]), pd.to_numeric(parts["b"])
    return bool((second > 12).any() and not (first > 12).any())


def _full_year(year: str) -> str:
    """Return a year of two digits in full, by the rule of POSIX: 69-99 are of the last century."""
    return year if len(year) == 4 else f"{19 if int(year) >= 69 else 20}{year}"


def _time_of_day(time: pd.DataFrame) -> pd.Series:
    hour = pd.to_numeric(time["h"]).fillna(0)
    half = time["half"].str.lower().str[0]
    hour = hour.where(half.isna(), hour % 12 + 12 * half.isin(_AFTERNOON))
    minute, second = (pd.to_numeric(time[part]).fillna(0) for part in ("min", "s"))
    return pd.to_timedelta(hour * 3600 + minute * 60 + second, unit="s")


def either_way(texts: Iterable[str]) -> bool:
    """Return whether dates with slashes can be read day first and month first alike: nothing in them says which.

    Examples
    --------
    >>> either_way(["3/4/2018"]), either_way(["3/4/2018", "3/14/2018"]), either_way(["3.4.2018"])
    (True, False, False)
    """
    pairs = [(int(date[1]), int(date[2])) for date in map(_SLASHED.fullmatch, texts) if date]
    return any(a != b for a, b in pairs) and all(max(pair) <= _MONTHS for pair in pairs)
