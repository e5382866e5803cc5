"""What linking the lists leaves for a person to see: rows listed twice, and pairs that may be one person."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.core.errors import Place
from pipeline.ingest import assemble, decisions, link
from pipeline.ingest.attendance import AttendanceList
from pipeline.ingest.findings import Finding

#: Pairs named one by one among the findings; the review sheet has all.
_MOST_PAIRS = 200
#: Two people may be all who come to two events.
_MANY = 3
_TWO = 2
_FIX_COPY = "if it is the same list once more, delete one of them"


def _place(people: pd.DataFrame, i: int) -> Place:
    row = people.loc[i]
    return Place(row["source_file"], row["source_sheet"] or None, int(row["source_row"]))


def listed_twice(people: pd.DataFrame, twice: pd.Series) -> list[Finding]:
    """Name each row that repeats a person; the further sessions of an online meeting are only counted."""
    sessions = twice & people[["joined", "left", "minutes"]].notna().any(axis=1)
    lists = people[sessions].groupby(["source_file", people["source_sheet"].fillna("")], sort=False).size()
    return [
        Finding("duplicate", _place(people, i), "this person is on the event's list already; counted once")
        for i in people.index[twice & ~sessions]
    ] + [
        Finding("note", Place(file, sheet or None), f"{n} rows are further sessions of people already counted")
        for (file, sheet), n in lists.items()
    ]


def same_lists(lists: Sequence[AttendanceList]) -> list[Finding]:
    """Name lists that an earlier one says cell for cell, of another event: a copy that was never filled in anew."""
    first: dict[str, AttendanceList] = {}
    found = []
    names = assemble.list_names(lists)
    for part, name in zip(lists, names, strict=True):
        if names.count(name) > _TWO:  # the same people week by week
            continue
        other = first.setdefault(name, part)
        if len(part.people) >= _MANY and set(other.people["event_id"]) != set(part.people["event_id"]):
            what = f"the very same list as {other.cells.place()}, of another event; counted at both"
            found.append(Finding("note", part.cells.place(), what, fix=_FIX_COPY))
    return found


def to_review(people: pd.DataFrame, linked: link.Linked) -> list[Finding]:
    """Name pairs of rows with some but not enough evidence, and say what was not compared."""
    fix = f"say in raw/{decisions.FILE} whether they are one person, or give both rows the same contact details"
    found = [
        Finding("note", _place(people, j), f"may be the person of {_place(people, i)}; counted as two people", fix=fix)
        for i, j in linked.review[:_MOST_PAIRS]
    ]
    if len(linked.review) > _MOST_PAIRS:
        more = len(linked.review) - _MOST_PAIRS
        found.append(Finding("note", Place("attendance"), f"{more} more pairs of rows may be one person each", fix=fix))
    if linked.not_compared:
        what = f"up to {linked.not_compared} pairs of rows with very common names were not compared with each other"
        found.append(Finding("note", Place("attendance"), what, fix="nothing, or give the rows contact details"))
    return found


def told_by_number(lines: Sequence[int]) -> list[Finding]:
    """Name the decisions that say nothing of their rows but the numbers."""
    what, fix = (
        "this line tells the rows by their numbers alone: in a file that has changed it could meet others",
        ("copy check_1 and check_2 of the rows from processed/review_people.csv, or decide again"),
    )
    return [Finding("note", Place(decisions.FILE, None, line), what, fix=fix) for line in lines]
