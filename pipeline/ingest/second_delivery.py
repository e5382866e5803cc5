"""What is delivered twice without looking so: a corrected file, the export of another tool, a sheet without numbers.

What times tell of two tables is in `same_times`.

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
#: Microseconds. Zones differ by whole half hours, by 26 hours at most.
MINUTE: Final = 60_000_000
ZONE: Final = 30 * MINUTE
FURTHEST: Final = 26 * 60 * MINUTE
#: Numbers of so many digits, and keys so long, are given once; shorter ones ("2018-001") start anew with each pile.
_ONCE: Final = r"\d{10,}|.{16,}"
#: Numbers that two tables have in common, and the share of them with the same answers.
_PILE: Final = 5
_HARDLY: Final = 0.2
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
    alike = [
        _one_form(headers[a], headers[b]) or (at_once and have_columns_in_common(headers[a], headers[b]))
        for a, b, at_once in zip(pairs["batch"], pairs["batch_later"], _at_once(pairs), strict=True)
    ]
    pairs = pairs[np.array(alike, dtype=bool)]
    if pairs.empty:
        return {}
    same = pairs["content"] == pairs["content_later"]
    both = [pairs["batch"], pairs["batch_later"]]
    redelivered = (same.groupby(both).transform("sum") >= 2) & (same.groupby(both).transform("mean") >= 0.5)
    once = pairs["key"].str.fullmatch(_ONCE).astype(bool)
    # where many numbers meet and hardly an answer, the numbers of another pile of forms began anew
    anew = (same.groupby(both).transform("size") >= _PILE) & (same.groupby(both).transform("mean") <= _HARDLY)
    likely = redelivered | once | (_nothing_against(pairs) & ~(anew & ~_at_once(pairs)))
    found = pairs[~same & likely].sort_values(["order_later", "order"])
    twins = pairs[same].groupby("order_later")["order"].agg(list)
    aside: dict[int, tuple[At, At]] = {}
    for pair in found.drop_duplicates("order_later").itertuples():
        # a row that another table has word for word is a second delivery of that one, unless that one is set aside
        if all(order in aside for order in twins.get(pair.order_later, [])):
            aside[pair.order_later] = (pair.batch_later, pair.row_later), (pair.batch, pair.row)
    return {(int(b), int(row)): (int(a), int(to)) for (b, row), (a, to) in aside.values()}


def _one_form(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= _ALIKE * len(a | b)


def have_columns_in_common(a: frozenset[str], b: frozenset[str]) -> bool:
    """Return whether most columns of the smaller of two tables stand in the other: it may be a part of it."""
    return len(a & b) >= max(_ALIKE * min(len(a), len(b)), 1)


def _at_once(pairs: pd.DataFrame) -> pd.Series:
    return (pairs["moment"] == pairs["moment_later"]) & (pairs["moment"] != NO_TIME)


def _nothing_against(pairs: pd.DataFrame) -> pd.Series:
    events = (pairs["event"] == pairs["event_later"]) | pairs["event"].isna() | pairs["event_later"].isna()
    untimed = (pairs["moment"] == NO_TIME) | (pairs["moment_later"] == NO_TIME)
    return events & (untimed | (pairs["moment"] == pairs["moment_later"]))


def at_once(every: pd.DataFrame, pairs: Repeats) -> Repeats:
    """Return the pairs that have one time of day."""
    moments = dict(zip(every.index, every["moment"], strict=True)) if pairs else {}
    return {later: first for later, first in pairs.items() if NO_TIME != moments[later] == moments[first]}


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
    rest = apart % ZONE  # a lost second makes it a little more than whole half hours, or a little less
    return known & ~(((rest < MINUTE) | (ZONE - rest < MINUTE)) & (apart <= FURTHEST))
