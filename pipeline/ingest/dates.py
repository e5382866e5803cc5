"""Dates and times: ISO, else day first; one order for a whole column, never guessed row by row."""

from __future__ import annotations

import datetime as dt
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
    moments, timed = _parsed([str(text) for text in different])
    # a text that stands in many cells is parsed once; what has no place is an empty cell
    found = pd.DataFrame({"moment": moments[at], "timed": timed[at]}, index=column.index)
    return found.assign(wrong=found["moment"].isna() & (at >= 0))


def _parsed(texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the moment of each text, and whether it gives a time of day; one more of each, for an empty cell."""
    written = [_written(text) for text in texts]
    month_first = _month_first([date for date in written if date])
    found = [(None, False) if date is None else _moment(date, month_first) for date in written]
    moments, timed = zip(*found, (None, False), strict=True)
    return np.array(moments, dtype="datetime64[us]"), np.array(timed, dtype=bool)


def _written(text: str) -> re.Match[str] | None:
    """Return the parts of a date and what follows it."""
    # a long text is no date, and many blanks would be tried in every way
    if len(text) > _LONGEST:
        return None
    text = _BLANKS.sub(" ", text)
    return _YEAR_FIRST.match(text) or _YEAR_LAST.match(text)


def _moment(date: re.Match[str], month_first: bool) -> tuple[dt.datetime | None, bool]:
    """Return the moment of a date and its time of day, None where they are none; and whether there is such a time."""
    time = _TIME.match(date["rest"])
    if time is None:
        return None, False
    try:
        return dt.datetime(*_day(date, month_first), *_time_of_day(time)), time["min"] is not None
    except ValueError:
        return None, time["min"] is not None


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


def _day(date: re.Match[str], month_first: bool) -> tuple[int, int, int]:
    """Return year, month and day as written: there may be no such day."""
    if date.re is _YEAR_FIRST:
        return int(date["y"]), int(date["m"]), int(date["d"])
    month, day = int(date["b"]), int(date["a"])
    turned = month_first and date["mark"] != "."
    return int(_full_year(date["y"])), day if turned else month, month if turned else day


def _month_first(dates: list[re.Match[str]]) -> bool:
    parts = [(int(date["a"]), int(date["b"])) for date in dates if date.re is _YEAR_LAST and date["mark"] != "."]
    return any(second > _MONTHS for _, second in parts) and not any(first > _MONTHS for first, _ in parts)


def _full_year(year: str) -> str:
    """Return a year of two digits in full, by the rule of POSIX: 69-99 are of the last century."""
    return year if len(year) == 4 else f"{19 if int(year) >= 69 else 20}{year}"


def _time_of_day(time: re.Match[str]) -> tuple[int, int, int]:
    hour, minute, second = (int(time[part] or 0) for part in ("h", "min", "s"))
    if time["half"]:
        hour = hour % 12 + 12 * time["half"].lower().startswith(_AFTERNOON)
    return hour, minute, second


def either_way(texts: Iterable[str]) -> bool:
    """Return whether dates with slashes can be read day first and month first alike: nothing in them says which.

    Examples
    --------
    >>> either_way(["3/4/2018"]), either_way(["3/4/2018", "3/14/2018"]), either_way(["3.4.2018"])
    (True, False, False)
    """
    pairs = [(int(date[1]), int(date[2])) for date in map(_SLASHED.fullmatch, texts) if date]
    return any(a != b for a, b in pairs) and all(max(pair) <= _MONTHS for pair in pairs)
