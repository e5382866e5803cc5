"""Which counts of people the rows of `estimates` give, by arithmetic on what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pandas as pd

from pipeline.core.config import Params
from pipeline.report.suppression.system import Cell, Counts, Key, small

#: Things that are no people may be counted down to one.
_FREE_UNITS: Final = (
    "actions", "events", "organisations", "ideas", "reports", "ties", "pairs", "share of specifications",
    "pairs of organisations and actions",
)  # fmt: skip
_FREE_TERMS: Final = ("specification_curve",)
#: Methods whose estimate is a count over n, so that the count can be had back.
COUNTED: Final = ("wilson", "wilson_icc", "cluster_logit_t")
_AGAINST_REST: Final = re.compile(r"([\d.]+) of (\d+) against all other answers, ([\d.]+) of (\d+)")
#: Of a month rather its new people are hidden than its visits; totals are hidden last.
_LAST: Final = 1_000_000
#: The people so far, and those new in a month: one gives the other, so they are hidden together.
_RUNNING: Final = {"distinct_persons": "new_persons", "new_persons": "new_persons"}
_NUMBERED: Final = re.compile(r"(\w+)=(\d+)")


@dataclass(frozen=True)
class Row:
    """One row of estimates that speaks of people; `shares` are the (name, count, of how many) it gives."""

    position: int
    outcome: str
    term: str
    group: str
    method: str
    n: int | None
    counted: int | None
    shares: tuple[tuple[str, int, int], ...]


def rows_of_people(frame: pd.DataFrame) -> list[Row]:
    """Return the rows that speak of people, with the counts each gives by itself."""
    unit = frame["unit"] if "unit" in frame else pd.Series("share", index=frame.index)
    free = unit.isin(_FREE_UNITS) | frame["term"].isin(_FREE_TERMS)
    columns = zip(
        range(len(frame)), frame["outcome"], frame["term"], frame["group"], frame["method"], frame["n"],
        frame["estimate"], unit, frame["note"], free, strict=True,
    )  # fmt: skip
    return [_row(*values) for *values, is_free in columns if not is_free]


def _row(
    position: int, outcome: str, term: str, group: str, method: str, n: float, estimate: float, unit: str, note: object
) -> Row:  # fmt: skip
    size = None if pd.isna(n) else int(n)
    if method == "count":
        return Row(position, outcome, term, group, method, size, None if pd.isna(estimate) else round(estimate), ())
    shares: tuple[tuple[str, int, int], ...] = ()
    if method in COUNTED and size is not None and (unit == "share" or pd.isna(unit)):
        shares = ((term, 0 if pd.isna(estimate) else round(estimate * size), size),)
    elif isinstance(note, str) and (said := _AGAINST_REST.search(note)):
        own, of, rest, of_rest = said.groups()
        shares = (
            ("own", round(float(own) * int(of)), int(of)),
            ("rest", round(float(rest) * int(of_rest)), int(of_rest)),
        )
        size = min(int(of), int(of_rest))
    return Row(position, outcome, term, group, method, size, None, shares)


def count_reason(params: Params) -> str:
    """Return why a count is hidden. It does not say which are small and which protect them: that would tell."""
    most = params.min_count - 1
    return f"count {'1' if most == 1 else f'1-{most}'} or protects one" if most else "protects another"


def of_groups(rows: list[Row], params: Params) -> Counts:
    """Return the counts in groups of people: a group of an outcome is shown or hidden whole, whatever the method."""
    counts, sizes = Counts(), _sizes(rows)
    given: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    for row in rows:
        unit = (row.outcome, row.group)
        counts.rows[unit].add(row.position)
        given.setdefault(unit, {}).update({name: (count, of) for name, count, of in row.shares})
    sums: dict[Key, dict[Key, int]] = {}
    for unit, shares in given.items():
        reason = _group_reason(sizes[unit], shares, params)
        counts.reasons.update({unit: reason} if reason else {})
        for name, (count, of) in shares.items():
            if name != "rest":
                family = (unit[0], name, variable(unit[1]))
                for key, cell in _group_cells(family, unit, count, of, reason, params):
                    counts.cells[key] = cell
                    sums.setdefault((*family, key[-1]), {})[key] = 1
    counts.sums = list(sums.values())
    return counts


def _sizes(rows: list[Row]) -> dict[tuple[str, str], int | None]:
    """Return the people in each group: some tests print the n of everybody beside the group they single out."""
    sizes: dict[tuple[str, str], int | None] = {}
    for row in rows:
        known = [n for n in (sizes.get((row.outcome, row.group)), row.n) if n is not None]
        sizes[row.outcome, row.group] = min(known, default=None)
    return sizes


def _group_reason(size: int | None, shares: dict[str, tuple[int, int]], params: Params) -> str | None:
    if size is None:
        return "n unknown"
    if size < params.min_group_n:
        return f"n < {params.min_group_n}"
    return count_reason(params) if any(small(x, of, params.min_count) for x, of in shares.values()) else None


def _group_cells(
    family: Key, unit: Key, count: int, of: int, reason: str | None, params: Params
) -> Iterator[tuple[Key, Cell]]:
    """Yield the count and the size of a group; the count is sought as if the size were known."""
    least = params.min_group_n
    yield (*family, unit[1], "count"), Cell(count, unit, high=of, primary=bool(reason), cost=of)
    low, high = (0, least - 1) if of < least else (least, float("inf"))
    yield (*family, unit[1], "n"), Cell(of, unit, low, high, primary=small(of, None, params.min_count), cost=of)


def variable(group: str) -> str:
    """Return what a group is a value of.

    Examples
    --------
    >>> variable("role=planner"), variable("month=2017-01 & gender=x")
    ('role=', 'month= & gender=')
    """
    return re.sub(r"=[^&;,]*?(?= [&]|[;,]|$)", "=", group)


def of_counts(rows: list[Row], params: Params) -> Counts:
    """Return plain counts of people: how many came to so many events, how many in each month."""
    counts = Counts()
    for row in rows:
        unit: Key = (row.outcome, _RUNNING.get(row.term, row.term), row.group)
        counts.rows[unit].add(row.position)
        if row.counted is not None:
            hidden = small(row.counted, None, params.min_count)
            cost = row.counted + _LAST * ((row.term == "visits") + (row.group == "all"))
            key: Key = (row.outcome, row.term, row.group)
            counts.cells[key] = Cell(row.counted, unit, primary=hidden, cost=cost)
            counts.reasons.update({unit: count_reason(params)} if hidden else {})
    families: dict[Key, dict[Key, int]] = {}
    for key in counts.cells:
        if key[2] != "all":
            families.setdefault((key[0], key[1], variable(key[2])), {})[key] = 1
    for (outcome, term, _), keys in families.items():
        whole = _with_all(keys, (outcome, term, "all"), counts.cells)
        weighted = [_with_all(sums, (outcome, "visits", "all"), counts.cells) for sums in _weighted(keys)]
        counts.sums += _steps(keys, counts.cells) or [whole, *weighted]
        counts.sums += _more_than_once(keys, counts.cells)
    counts.add(_return_visits(counts.cells, params))
    return counts


def _with_all(total: dict[Key, int], everybody: Key, cells: dict[Key, Cell]) -> dict[Key, int]:
    """Return a sum with what it comes to, where that is in the table and could be hidden too."""
    agrees = everybody in cells and sum(c * cells[key].value for key, c in total.items()) == cells[everybody].value
    return {**total, everybody: -1} if agrees else total


def _weighted(keys: dict[Key, int]) -> list[dict[Key, int]]:
    """Return the sum in which each person counts as often as they came: it is the number of visits."""
    times = {key: _NUMBERED.fullmatch(key[2]) for key in keys}
    return [{key: int(found[2]) for key, found in times.items() if found}] if all(times.values()) else []


def _more_than_once(keys: dict[Key, int], cells: dict[Key, Cell]) -> list[dict[Key, int]]:
    """Return that those who came to two events or more are the repeat visitors."""
    often = {key: 1 for key in keys if (found := _NUMBERED.fullmatch(key[2])) and int(found[2]) > 1}
    repeat = (next(iter(keys))[0], "repeat_visitors", "all")
    if repeat in cells and often and sum(cells[key].value for key in often) == cells[repeat].value:
        return [{**often, repeat: -1}]
    return []


def _steps(keys: dict[Key, int], cells: dict[Key, Cell]) -> list[dict[Key, int]]:
    """Return the differences of the running total of people, which are the new people of each month."""
    outcome, term, _ = next(iter(keys))
    if term not in _RUNNING:
        return []
    steps: list[dict[Key, int]] = []
    for before, after in pairwise([None, *sorted({key[2] for key in keys})]):
        step: dict[Key, int] = {(outcome, "distinct_persons", str(after)): 1, (outcome, "new_persons", str(after)): -1}
        step |= {(outcome, "distinct_persons", before): -1} if before else {}
        if all(key in cells for key in step) and sum(c * cells[key].value for key, c in step.items()) == 0:
            steps.append(step)
    last: dict[Key, int] = {(outcome, "distinct_persons", max(key[2] for key in keys)): 1}
    return [*steps, _with_all(last, (outcome, "persons", "all"), cells)] if steps else []


def _return_visits(cells: dict[Key, Cell], params: Params) -> Counts:
    """Return the visits of a month that were not first ones: nobody prints them, everybody can subtract."""
    found = Counts()
    for key, cell in cells.items():
        first = (key[0], "new_persons", key[2])
        if key[1] == "visits" and first in cells and cells[first].value <= cell.value:
            again, unit = cell.value - cells[first].value, cells[first].unit
            hidden = small(again, None, params.min_count)
            name = (key[0], "return_visits", key[2])
            found.cells[name] = Cell(again, unit, primary=hidden, cost=cells[first].cost)
            found.reasons.update({unit: count_reason(params)} if hidden else {})
            found.sums.append({key: 1, first: -1, name: -1})
    return found
