"""Events lie in actions and in quarters: a small event must not come out as what is left of a large action."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pipeline.core.config import Params
from pipeline.report.suppression.system import Counts, Key

_TERMS = ("participation_rate", "return_rate")


def nest(counts: Counts, events: pd.DataFrame, params: Params) -> None:
    """Add that the responses of the events of an action, a quarter and a year make up its responses.

    Parameters
    ----------
    counts : Counts
        With the responses per event, as the rates of participation and return give them; sums are added to it.
    events : DataFrame
        Contract `events`: event_id, action_id, date.
    params : Params
        The total of a group of at least `min_group_n` is taken as known, as its n and n_excluded may be shown.
    """
    within: dict[str, list[str]] = {}
    for row in events.to_dict("records"):
        for group in _groups(row):
            within.setdefault(group, []).append(str(row["event_id"]))
    for names in within.values():
        keys = [_responses(counts, event) for event in names]
        known = [key for key in keys if key is not None]
        total = sum(counts.cells[key].value for key in known)
        if len(names) > 1 and len(known) == len(names) and total >= params.min_group_n:
            counts.sums.append(dict.fromkeys(known, 1))


def nest_quarters(counts: Counts) -> None:
    """Add that the positive answers of the quarters of a year make up those of the year, where both are given."""
    years = [key for key in counts.cells if key[2:3] == ("year=",) and key[-1] == "count"]
    for year in years:
        start = "quarter=" + year[3].removeprefix("year=")
        quarters = [
            key
            for key in counts.cells
            if key[0] == year[0] and key[2:3] == ("quarter=",) and key[3].startswith(start) and key[-1] == "count"
        ]
        if quarters and sum(counts.cells[key].value for key in quarters) == counts.cells[year].value:
            counts.sums.append({year: -1, **dict.fromkeys(quarters, 1)})


def _groups(event: dict[str, object]) -> Iterator[str]:
    if pd.notna(event.get("action_id")):
        yield f"action_id={event['action_id']}"
    day = pd.to_datetime(str(event["date"])) if pd.notna(event.get("date")) else None
    if day is not None:
        yield from (f"year={day.year}", f"quarter={day.year}Q{day.quarter}")


def _responses(counts: Counts, event: str) -> Key | None:
    keys = [("responses", term, "event_id=", f"event_id={event}", "count") for term in _TERMS]
    return next((key for key in keys if key in counts.cells), None)
