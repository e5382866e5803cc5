"""What is delivered twice without looking so: a corrected file, the export of another tool, a sheet without numbers.

All functions work on the open rows of all tables, indexed by (batch, row), with the columns key ("" for none), moment
(`NO_TIME` for none), content (a digest of all a response says), event, series (whose numbers the keys are), of_a_tool
(a program gave the key) and order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

NO_TIME: Final = -1
#: Two tables are one form when so many of their headers are the same.
_ALIKE: Final = 0.6
#: Microseconds. Zones differ by whole half hours, by 26 hours at most. So many rows, and so large a part of a table.
_MINUTE: Final = 60_000_000
_ZONE: Final = 30 * _MINUTE
_SHIFTED: Final = 5
_MOST: Final = 0.8
#: An answer that is given more often, in all tables together, is compared only where it is single in its table.
_COMMON: Final = 200
_TWICE: Final = 2
_HALF: Final = 0.5
_FURTHEST: Final = 26 * 60 * _MINUTE
#: Numbers of so many digits, and keys so long, are given once; shorter ones ("2018-001") start anew with each pile.
_ONCE: Final = r"\d{10,}|.{16,}"
#: So many different answers in a row, all the same in two tables, are no accident.
_RUN: Final = 3
At = tuple[int, int]
Repeats = dict[At, At]


def conflicts(every: pd.DataFrame, headers: Sequence[frozenset[str]]) -> Repeats:
    """Return rows whose number stands with other answers in an earlier table of the same form.

    Short numbers start anew with each pile of forms, so the same one is the same response only where nothing speaks
    against it (another event, another time of day), or where the two tables have most of their answers in common.

    Parameters
    ----------
    every : DataFrame
        Open rows.
    headers : sequence of frozenset of str
        Headers of each batch.
    """
    keyed = every[every["key"] != ""].reset_index()
    if keyed["batch"].nunique() < 2:
        return {}
    keyed = keyed.drop_duplicates(["batch", "key"])
    pairs = keyed.merge(keyed, on=["series", "key"], suffixes=("", "_later"))
    pairs = pairs[pairs["batch"] < pairs["batch_later"]]
    pairs = pairs[
        [_one_form(headers[a], headers[b]) for a, b in zip(pairs["batch"], pairs["batch_later"], strict=True)]
    ]
    if pairs.empty:
        return {}
    same = pairs["content"] == pairs["content_later"]
    both = [pairs["batch"], pairs["batch_later"]]
    redelivered = (same.groupby(both).transform("sum") >= 2) & (same.groupby(both).transform("mean") >= 0.5)
    once = pairs["key"].str.fullmatch(_ONCE).astype(bool)
    found = pairs[~same & (redelivered | once | _nothing_against(pairs))].sort_values(["order_later", "order"])
    twins = pairs[same].groupby("order_later")["order"].agg(list)
    aside: dict[int, tuple[At, At]] = {}
    for pair in found.drop_duplicates("order_later").itertuples():
        # a row that another table has word for word is a second delivery of that one, unless that one is set aside
        if all(order in aside for order in twins.get(pair.order_later, [])):
            aside[pair.order_later] = (pair.batch_later, pair.row_later), (pair.batch, pair.row)
    return {(int(b), int(row)): (int(a), int(to)) for (b, row), (a, to) in aside.values()}


def _one_form(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= _ALIKE * len(a | b)


def _nothing_against(pairs: pd.DataFrame) -> pd.Series:
    events = (pairs["event"] == pairs["event_later"]) | pairs["event"].isna() | pairs["event_later"].isna()
    untimed = (pairs["moment"] == NO_TIME) | (pairs["moment_later"] == NO_TIME)
    return events & (untimed | (pairs["moment"] == pairs["moment_later"]))


def by_another_tool(every: pd.DataFrame) -> Repeats:
    """Return rows that another series of numbers (another tool's, or none) has at the same moment, word for word."""
    timed = every[(every["moment"] != NO_TIME) & (every["content"] != 0)].reset_index()
    if timed["series"].nunique() < 2:
        return {}
    nth = timed.groupby(["series", "moment", "content"]).cumcount()
    by = [timed["moment"], timed["content"], nth]
    first = timed.groupby(by)["order"].transform("first")
    at = timed.set_index("order")[["batch", "row", "series"]]
    again = timed[(first != timed["order"]) & (at.loc[first, "series"].to_numpy() != timed["series"].to_numpy())]
    return {
        (int(batch), int(row)): (int(at.at[to, "batch"]), int(at.at[to, "row"]))
        for batch, row, to in zip(again["batch"], again["row"], first[again.index], strict=True)
    }


def by_shifted_times(every: pd.DataFrame) -> Repeats:
    """Return rows that another table has word for word, all of them at times shifted alike.

    So the export of one form looks in another time zone, or saved again without its seconds. At least five rows of
    three different answers, and four fifths of the smaller table, must agree.
    """
    timed = every[(every["moment"] != NO_TIME) & (every["content"] != 0) & (every["key"] == "")].reset_index()
    if timed["batch"].nunique() < 2:
        return {}
    size = timed.groupby("batch")["batch"].transform("size")
    to_the_minute = (timed["moment"] % _MINUTE == 0).groupby(timed["batch"]).transform("all")
    timed = timed.assign(coarse=to_the_minute, size=size)
    common = timed.groupby("content")["content"].transform("size") > _COMMON
    timed = timed[~common | ~timed.duplicated(["batch", "content"], keep=False)]
    pairs = timed.merge(timed, on="content", suffixes=("", "_later"))
    pairs = pairs[pairs["batch"] < pairs["batch_later"]]
    shift = pairs["moment_later"] - pairs["moment"]
    zone = (shift / _ZONE).round() * _ZONE
    rest = (shift - zone).abs()
    close = (rest == 0) | ((rest < _MINUTE) & (pairs["coarse"] | pairs["coarse_later"]))
    pairs = pairs.assign(zone=zone, apart=rest)[close & (zone.abs() <= _FURTHEST)]
    relation = pairs.groupby(["batch", "batch_later", "zone"])
    n = relation[["order", "order_later"]].transform("nunique").min(axis=1)
    enough = (n >= _SHIFTED) & (relation["content"].transform("nunique") >= _RUN)
    pairs = pairs[enough & (n >= _MOST * pairs[["size", "size_later"]].min(axis=1))]
    pairs = _one_to_one(pairs)
    rows = zip(pairs["batch_later"], pairs["row_later"], pairs["batch"], pairs["row"], strict=True)
    return {(int(b), int(later)): (int(a), int(row)) for b, later, a, row in rows}


def _one_to_one(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return each later row with the nearest earlier one that is still free: two people may answer alike."""
    taken: set[int] = set()
    seen: set[int] = set()
    kept = []
    for at, order, later in pairs.sort_values(["apart", "order_later", "order"])[["order", "order_later"]].itertuples():
        if order not in taken and later not in seen:
            kept.append(at)
            taken.add(order)
            seen.add(later)
    return pairs.loc[kept].sort_values("order_later")


def at_one_moment(every: pd.DataFrame, headers: Sequence[frozenset[str]]) -> Repeats:
    """Return rows without a number whose time stands, with other answers, in an earlier table of the same form.

    So a later export looks that has a further question, or an answer that was corrected. The time must be that of a
    single row in each of the two tables, and half of those of the smaller one, two at least, must be in both. Times to
    the minute are not asked: two busy tablets have many of them in common.
    """
    exact = (every["moment"] != NO_TIME) & (every["moment"] % _MINUTE != 0)
    timed = every[exact & (every["key"] == "")].reset_index()
    timed = timed[~timed.duplicated(["batch", "moment"], keep=False)]
    size = timed.groupby("batch")["batch"].transform("size")
    pairs = timed.assign(size=size).merge(timed.assign(size=size), on="moment", suffixes=("", "_later"))
    pairs = pairs[pairs["batch"] < pairs["batch_later"]]
    alike = [_one_form(headers[a], headers[b]) for a, b in zip(pairs["batch"], pairs["batch_later"], strict=True)]
    pairs = pairs[np.array(alike, dtype=bool)]
    n = pairs.groupby(["batch", "batch_later"])["order"].transform("size")
    pairs = pairs[(n >= _TWICE) & (n >= _HALF * pairs[["size", "size_later"]].min(axis=1))]
    other = pairs[pairs["content"] != pairs["content_later"]].sort_values(["order_later", "order"])
    # a row that another table has word for word is a second delivery of that one
    other = other[~other["order_later"].isin(pairs.loc[pairs["content"] == pairs["content_later"], "order_later"])]
    rows = other.drop_duplicates("order_later")[["batch_later", "row_later", "batch", "row"]]
    found = {(int(b), int(later)): (int(a), int(row)) for b, later, a, row in rows.itertuples(index=False)}
    # in another time zone the same rows may stand at each other's times
    shifted = by_shifted_times(every) if found else {}
    return {later: first for later, first in found.items() if later not in shifted}


def of_a_run(every: pd.DataFrame, repeated: Mapping[At, At]) -> Repeats:
    """Return rows without number and time that stand in a run of rows another table has in the same order.

    It takes all rows of one of the two tables, with at least three different answers: equal answers of a few people
    prove nothing.
    """
    bare = every[(every["key"] == "") & (every["moment"] == NO_TIME)].index
    numbers = sorted({int(batch) for batch, _ in bare})
    found: Repeats = {}
    contents = {n: every.xs(n, level="batch")["content"] for n in numbers}
    untold = set(bare)
    for a, b in combinations(numbers, 2):
        short, long = sorted((contents[a], contents[b]), key=len)
        start = _start(short.to_numpy(), long.to_numpy())
        if start is not None:
            part = long.iloc[start : start + len(short)]
            left, right = (short, part) if len(contents[a]) <= len(contents[b]) else (part, short)
            for row, again in zip(left.index, right.index, strict=True):
                if (b, again) in untold and (b, again) not in repeated:
                    found.setdefault((b, int(again)), found.get((a, int(row)), (a, int(row))))
    return found


def _start(short: np.ndarray, long: np.ndarray) -> int | None:
    """Return where `short` stands in `long` as one run; None where it does not, or says too little."""
    if len(np.setdiff1d(short, [0])) < _RUN:
        return None
    for start in np.flatnonzero(long[: len(long) - len(short) + 1] == short[0]):
        if (long[start : start + len(short)] == short).all():
            return int(start)
    return None


def is_somebody_else(keys: pd.Series, moments: pd.Series, others: np.ndarray) -> pd.Series:
    """Return where a number of a program stands at another time than before, and is not one given once.

    Saving a file anew loses seconds or writes another zone; that is the same response.

    Examples
    --------
    >>> times = pd.Series(pd.to_datetime(["2018-05-01 10:00", "2018-05-01 13:00", "2018-05-03 11:07"]))
    >>> moments = times.astype("datetime64[us]").astype("int64")
    >>> is_somebody_else(pd.Series(["1", "1", "1"]), moments, moments.iloc[[0, 0, 0]].to_numpy()).tolist()
    [False, False, True]
    """
    known = (moments != NO_TIME) & (others != NO_TIME) & ~keys.str.fullmatch(_ONCE)
    apart = (moments - others).abs()
    rest = apart % _ZONE  # a lost second makes it a little more than whole half hours, or a little less
    return known & ~(((rest < _MINUTE) | (_ZONE - rest < _MINUTE)) & (apart <= _FURTHEST))
