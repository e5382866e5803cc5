"""How long somebody was there: sessions are put together, overlapping ones count once."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest.dates import parse_times

_UNITS: Final = re.compile(
    r"(?P<n>[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>(?:h|t|u|std|tim|hr|godz)|(?:m|min)|(?:s|sek|sec|seg))[a-z]*\b\.?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?P<h>[0-9]{1,3}):(?P<m>[0-5][0-9])(?::(?P<s>[0-5][0-9]))?")
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_DAY_PARTS: Final = re.compile(r"^\s*([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{2,4})(?![0-9])")
#: A time of day alone, as lists kept by hand have it.
_TIME_OF_DAY: Final = re.compile(
    r"^\s*(?:klo|kl)?\.?\s*([0-9]{1,2}[:.][0-5][0-9](?:[:.][0-5][0-9])?\s*(?:[AP]M)?)\s*$", re.IGNORECASE
)
#: How far a printed duration may be from the times: programs round, and spreadsheets drop the seconds.
TOLERANCE: Final = 1.0


def minutes_of(text: str) -> float | None:
    """Return a printed duration in minutes; a number alone is minutes.

    Examples
    --------
    >>> minutes_of("2 h 44 m"), minutes_of("1h 2m 30s"), minutes_of("00:34:30"), minutes_of("79"), minutes_of("?")
    (164.0, 62.5, 34.5, 79.0, None)
    """
    plain = text.strip()
    if clock := _CLOCK.fullmatch(plain):
        return int(clock["h"]) * 60 + int(clock["m"]) + int(clock["s"] or 0) / 60
    if _NUMBER.fullmatch(plain):
        return float(plain.replace(",", "."))
    found = list(_UNITS.finditer(plain))
    if not found or _UNITS.sub("", plain).strip(" ,.;&ja"):
        return None
    return sum(float(part["n"].replace(",", ".")) * _factor(part["unit"]) for part in found)


def _factor(unit: str) -> float:
    first = unit.lower()
    return 1 / 60 if first.startswith("s") and not first.startswith("std") else 1.0 if first.startswith("m") else 60.0


def moments(times: pd.DataFrame, day: pd.Timestamp | None) -> tuple[pd.DataFrame, bool]:
    """Return columns of times as moments, one order of day and month for all, and whether that order was a guess.

    The order that gives the event's own day is right; else a number above 12 tells; else AM and PM are American.

    Parameters
    ----------
    times : DataFrame of str
        Columns joined and left.
    day : Timestamp, optional
        The event's day in the register.

    Examples
    --------
    >>> frame = pd.DataFrame({"joined": ["11/4/2020, 9:50:12 AM"], "left": [None]}, dtype="str")
    >>> moments(frame, None)[0]["joined"].tolist()
    [Timestamp('2020-11-04 09:50:12')]
    """
    texts = pd.concat([times["joined"], times["left"]], ignore_index=True)
    plain, swapped = both_orders(texts)
    change, guess = _month_first(texts, plain, swapped, day)
    found = (swapped if change else plain).to_numpy()
    half = len(times)
    return pd.DataFrame({"joined": found[:half], "left": found[half:]}, index=times.index), guess


def on_day(times: pd.DataFrame, day: pd.Timestamp | None) -> pd.DataFrame:
    """Return columns of times with the event's day before those that are a time of day alone.

    Examples
    --------
    >>> frame = pd.DataFrame({"joined": ["klo 18.14", "3.4.2021 9.00"]}, dtype="str")
    >>> on_day(frame, pd.Timestamp("2021-04-13"))["joined"].tolist()
    ['2021-04-13 18.14', '3.4.2021 9.00']
    """
    if day is None:
        return times
    dated = rf"{day:%Y-%m-%d} \1"
    return times.apply(lambda column: column.str.replace(_TIME_OF_DAY, dated, regex=True))


def both_orders(texts: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the moments as `parse_times` reads them, and with day and month the other way round."""
    return parse_times(texts)["moment"], parse_times(_swapped(texts))["moment"]


def _swapped(texts: pd.Series) -> pd.Series:
    return texts.str.replace(_DAY_PARTS, lambda m: f"{m[3]}{m[2]}{m[1]}{m[2]}{m[4]}", regex=True)


def _month_first(texts: pd.Series, plain: pd.Series, swapped: pd.Series, day: pd.Timestamp | None) -> tuple[bool, bool]:
    """Return whether to take the other order than `parse_times` takes, and whether nothing but habit says so."""
    numbers = texts.str.extract(_DAY_PARTS).dropna()
    low = numbers[[0, 2]].astype(int)
    if low.empty or (low > 12).any(axis=None) or (low[0] == low[2]).all():
        return False, False
    if day is not None:
        own = [bool((found.dt.normalize() == day).any()) for found in (plain, swapped)]
        if own[0] != own[1]:
            return own[1], False
    return bool(texts.str.contains(r"[0-9]\s*[AP]M\b", regex=True).fillna(False).any()), True


def paired(sessions: pd.DataFrame) -> pd.DataFrame:
    """Return sessions with what a log of comings and goings says in two rows put together in both of them.

    Parameters
    ----------
    sessions : DataFrame
        Columns who, joined, left (moments); one row per line of the list, in any order. A line that only says "joined"
        belongs to the next "left" of the same `who`.

    Returns
    -------
    DataFrame
        The same rows; a coming without a going, and the other way round, stay open.

    Examples
    --------
    >>> t = pd.to_datetime(["2021-03-08 10:00", None, None, "2021-03-08 10:30"])
    >>> paired(pd.DataFrame({"who": ["a", "a"], "joined": t[:2], "left": t[2:]}))["left"].dt.minute.tolist()
    [30, 30]
    """
    result = sessions.copy()
    half = result[result["joined"].isna() != result["left"].isna()]
    moment = half["joined"].fillna(half["left"])
    coming: dict[object, object] = {}
    ordered = half.assign(moment=moment, goes=half["joined"].isna()).sort_values(["moment", "goes"], kind="stable")
    for row, who, goes in zip(ordered.index, ordered["who"], ordered["goes"], strict=True):
        if not goes:
            coming.setdefault(who, row)
        elif (start := coming.pop(who, None)) is not None:
            result.loc[[start, row], "joined"] = result.at[start, "joined"]
            result.loc[[start, row], "left"] = result.at[row, "left"]
    return result


def minutes_present(rows: pd.DataFrame) -> pd.Series:
    """Return the minutes each person was at each event: the union of the sessions, else the printed number.

    Parameters
    ----------
    rows : DataFrame
        Columns person_id, event_id, joined, left (moments), minutes (as printed).

    Returns
    -------
    Series of float
        Indexed by (person_id, event_id); missing where a session is open, or several rows print numbers without times
        (they may overlap).

    Examples
    --------
    >>> t = pd.to_datetime(["2021-01-26 07:45", "2021-01-26 07:50", "2021-01-26 09:04", "2021-01-26 08:00"])
    >>> two = pd.DataFrame({"person_id": "p", "event_id": "e", "joined": t[:2], "left": t[2:], "minutes": [79.0, 10.0]})
    >>> minutes_present(two).tolist()
    [79.0]
    """
    keys = ["person_id", "event_id"]
    whole = rows[rows["joined"].notna() & rows["left"].notna()]
    open_ended = rows[rows["joined"].isna() != rows["left"].isna()]
    spans: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    bounds = whole[["joined", "left"]].astype("datetime64[s]").astype("int64")
    for person, event, start, end in zip(*(whole[k] for k in keys), bounds["joined"], bounds["left"], strict=True):
        spans[person, event].append((start, end))
    found = {key: _union(intervals) / 60 for key, intervals in spans.items()}
    printed = rows[rows["minutes"].notna()].groupby(keys)["minutes"].agg(["nunique", "first"])
    for key, n, value in zip(printed.index, printed["nunique"], printed["first"], strict=True):
        if key not in found and n == 1:
            found[key] = float(value)
    for key in set(zip(open_ended["person_id"], open_ended["event_id"], strict=True)):
        found[key] = np.nan
    index = pd.MultiIndex.from_frame(rows[keys].drop_duplicates())
    return pd.Series(found, dtype="float64").reindex(index) if found else pd.Series(np.nan, index=index)


def _union(intervals: list[tuple[int, int]]) -> float:
    """Return the seconds that at least one interval covers; missing where they are less than the times resolve."""
    total, until = 0, None
    for start, end in sorted(intervals):
        begin = start if until is None else max(start, until)
        total += max(0, end - begin)
        until = end if until is None else max(until, end)
    return float(total) if total else float("nan")
