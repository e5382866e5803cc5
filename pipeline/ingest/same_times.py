"""Tables of one form that were delivered twice, as their times of sending tell: changed answers, lost seconds, zones.

All functions work on the open rows of all tables, as those of `second_delivery` do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest.second_delivery import FURTHEST, MINUTE, NO_TIME, ZONE, Repeats, have_columns_in_common

#: So many rows, and so large a part of the smaller table, must agree; where nearly all answers differ, half will do.
_ROWS: Final = 5
_DIFFERENT: Final = 3
_MOST: Final = 0.8
_HALF: Final = 0.5
_TWICE: Final = 2
#: An answer that is given more often, in all tables together, is compared only where it is single in its table.
_COMMON: Final = 200
_PAIR: Final = ["batch", "batch_later"]
_LATER: Final = ["batch_later", "row_later"]
#: Answers are few where each is given so many times on average.
_FEW: Final = 4
#: Tables of so many rows have a minute in common by chance, whatever the answers are.
_LARGE: Final = 20


def at_one_moment(every: pd.DataFrame, items: Sequence[frozenset[str]]) -> Repeats:
    """Return rows without a number whose time stands, with other answers, in an earlier table of the same form.

    So a later export looks that has more or fewer questions, or an answer that was corrected. The time must be that of
    a single row in each of the two tables, and half of those of the smaller one, two at least, must be in both. Tables
    with times to the minute are not asked: two busy tablets have many of them in common.

    Parameters
    ----------
    every : DataFrame
        Open rows.
    items : sequence of frozenset of str
        The questions of each batch.
    """
    timed = every[(every["moment"] != NO_TIME) & (every["key"] == "")].reset_index()
    timed = timed[~_to_the_minute(timed, _HALF)]
    timed = timed[~timed.duplicated(["batch", "moment"], keep=False)]
    if timed["batch"].nunique() < 2:
        return {}
    timed = timed.assign(size=timed.groupby("batch")["batch"].transform("size"))
    pairs = timed.merge(timed, on="moment", suffixes=("", "_later"))
    pairs = pairs[pairs["batch"] < pairs["batch_later"]]
    alike = [have_columns_in_common(items[a], items[b]) for a, b in pairs[_PAIR].itertuples(index=False)]
    pairs = pairs[np.array(alike, dtype=bool)]
    n = pairs.groupby(_PAIR)["order"].transform("size")
    pairs = pairs[(n >= _TWICE) & (n >= _HALF * pairs[["size", "size_later"]].min(axis=1))]
    other = pairs[pairs["content"] != pairs["content_later"]].sort_values(["order_later", "order"])
    # a row that another table has word for word is a second delivery of that one
    other = other[~other["order_later"].isin(pairs.loc[pairs["content"] == pairs["content_later"], "order_later"])]
    found = _places(other.drop_duplicates("order_later"))
    # in another time zone the same rows may stand at each other's times
    shifted = by_shifted_times(every)[0] if found else {}
    return {later: first for later, first in found.items() if later not in shifted}


def by_accident(every: pd.DataFrame, repeats: Repeats) -> Repeats:
    """Return the repeats that busy places make: few different answers, to the minute, in a part of both tables.

    Two boxes with five buttons have a minute and a button in common now and then; a table delivered twice has them all.
    On one such box two people press the same button within a minute.
    """
    timed = every[every["moment"] != NO_TIME]
    coarse = _to_the_minute(timed.reset_index(), 1.0).set_axis(timed.index)
    plain = timed[coarse]
    if not repeats or plain.empty:
        return {}
    size = plain.groupby("batch").size()
    pairs = pd.DataFrame([(*first, *later) for later, first in repeats.items()], columns=["batch", "row", *_LATER])
    for side in (["batch", "row"], _LATER):
        pairs = pairs[pd.MultiIndex.from_frame(pairs[side]).isin(plain.index)]
    one, other = (plain.reindex(pd.MultiIndex.from_frame(pairs[side])) for side in (["batch", "row"], _LATER))
    pairs = pairs.assign(content=other["content"].to_numpy())
    # a number that both have tells that they are one
    pairs = pairs[(one["key"].to_numpy() != other["key"].to_numpy()) | (other["key"].to_numpy() == "")]
    relation = pairs.groupby(_PAIR)["content"]
    n, smaller = relation.transform("size"), np.minimum(*(pairs[side].map(size) for side in _PAIR))
    by_chance = (relation.transform("nunique") * _FEW <= n) & (n < _MOST * smaller)
    by_chance |= (smaller >= _LARGE) & (n < _HALF * smaller)
    minutes = plain.groupby(["batch", "content"])["moment"].transform("nunique")
    often = minutes.reindex(pd.MultiIndex.from_frame(pairs[_LATER])).to_numpy() > 1
    return _places(pairs[np.where(pairs["batch"] == pairs["batch_later"], often, by_chance)])


def by_shifted_times(every: pd.DataFrame) -> tuple[Repeats, Repeats]:
    """Return rows that another table has word for word, all of them at times shifted alike, and those of other answers.

    So the export of one form looks in another time zone, or saved again without its seconds. At least five rows of
    three different answers must agree, and four fifths of the smaller table: half of it where hardly two answers are
    the same. Of smaller tables all rows must, each with answers of its own, and nothing but seconds may be lost. What
    such tables still have at one time with other answers was corrected.
    """
    timed = every[(every["moment"] != NO_TIME) & (every["content"] != 0) & (every["key"] == "")].reset_index()
    if timed["batch"].nunique() < 2:
        return {}, {}
    size = timed.groupby("batch")["batch"].transform("size")
    timed = timed.assign(coarse=_to_the_minute(timed, 1.0), size=size)
    pairs = _shifted_alike(timed)
    pairs = _one_to_one(pairs[_is_one_delivery(pairs)])
    return _places(pairs), _corrected(timed, pairs)


def _to_the_minute(timed: pd.DataFrame, share: float) -> pd.Series:
    """Return whether a row's table has no seconds, in at least such a share of its times."""
    return (timed["moment"] % MINUTE == 0).groupby(timed["batch"]).transform("mean") >= share


def _shifted_alike(timed: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of equal answers in two tables whose times are as far apart as two zones are."""
    common = timed.groupby("content")["content"].transform("size") > _COMMON
    timed = timed[~common | ~timed.duplicated(["batch", "content"], keep=False)]
    pairs = timed.merge(timed, on="content", suffixes=("", "_later"))
    pairs = pairs[pairs["batch"] < pairs["batch_later"]]
    shift = pairs["moment_later"] - pairs["moment"]
    zone = (shift / ZONE).round() * ZONE
    rest = (shift - zone).abs()
    close = (rest == 0) | ((rest < MINUTE) & (pairs["coarse"] | pairs["coarse_later"]))
    return pairs.assign(zone=zone, apart=rest)[close & (zone.abs() <= FURTHEST)]


def _is_one_delivery(pairs: pd.DataFrame) -> pd.Series:
    """Return whether the tables of each pair agree in so many rows that it is no accident."""
    relation = pairs.groupby([*_PAIR, "zone"])
    n = relation[["order", "order_later"]].transform("nunique").min(axis=1)
    different, smaller = relation["content"].transform("nunique"), pairs[["size", "size_later"]].min(axis=1)
    enough = n >= smaller * np.where(different * 2 >= n, _HALF, _MOST)
    small = (pairs["zone"] == 0) & (n >= _TWICE) & (different == n) & (n == smaller)
    return (n >= _ROWS) & (different >= _DIFFERENT) & enough | small


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


def _corrected(timed: pd.DataFrame, pairs: pd.DataFrame) -> Repeats:
    """Return the rows left over in tables delivered twice that stand at one time, the first with the first."""
    rest = timed[~timed["order"].isin({*pairs["order"], *pairs["order_later"]})]
    found: Repeats = {}
    for (a, b, zone), group in pairs.groupby([*_PAIR, "zone"]):
        unit = MINUTE if group[["coarse", "coarse_later"]].any(axis=None) else 1
        one, other = (rest[rest["batch"] == batch] for batch in (a, b))
        one, other = one.assign(at=one["moment"] // unit), other.assign(at=(other["moment"] - int(zone)) // unit)
        one, other = (side.assign(nth=side.groupby("at").cumcount()) for side in (one, other))
        found = _places(one.merge(other, on=["at", "nth"], suffixes=("", "_later"))) | found
    return found


def _places(pairs: pd.DataFrame) -> Repeats:
    rows = pairs[["batch_later", "row_later", "batch", "row"]].itertuples(index=False)
    return {(int(b), int(later)): (int(a), int(row)) for b, later, a, row in rows}
