"""The counts of people in the ledger: forms of an event, reasons for no answer of an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from pipeline.core import words
from pipeline.core.config import Params
from pipeline.report.suppression.cells import count_reason, of_groups, rows_of_people
from pipeline.report.suppression.events import nest
from pipeline.report.suppression.system import Cell, Counts, Key, small

_REASONS: Final = tuple(reason for reason in words.MISSING_REASONS if not reason.startswith("not_"))
#: Columns masked with what is hidden of an item; how many were asked and answered is shown, as with its estimates.
OF_REASONS: Final = _REASONS
OF_OPTION: Final = ("answered", "not_ticked")


def of_events(ledger: pd.DataFrame, params: Params, events: pd.DataFrame | None) -> Counts:
    """Return the responses of each event, as the rates of participation and of return in `estimates` give them."""
    own = ledger.reset_index(drop=True)
    own = own[own["scope"] == "event"]
    rates = {"participation_rate": "listed", "return_rate": "distributed"}
    parts = [_rates(own, term, of) for term, of in rates.items() if of in own]
    counts = of_groups(rows_of_people(pd.concat(parts)), params) if parts else Counts()
    counts.rows.clear()
    if events is not None:
        nest(counts, events, params)
    for place, row in own.iterrows():
        unit = ("responses", f"event_id={row['unit']}")
        counts.rows[unit].add(int(str(place)))
        used = [row[name] for name in ("listed", "returned", "usable", "answered") if name in own]
        if any(small(int(count), None, params.min_count) for count in used if pd.notna(count)):
            counts.reasons.setdefault(unit, count_reason(params))
    return counts


def _rates(events: pd.DataFrame, term: str, of: str) -> pd.DataFrame:
    known = events[events[of].notna() & events["returned"].notna() & (events[of] >= events["returned"])]
    share = (known["returned"].astype(float) / known[of].astype(float)).where(known[of] > 0)
    rows = {"group": "event_id=" + known["unit"], "n": known[of], "estimate": share}
    return pd.DataFrame(rows).assign(outcome="responses", term=term, method="wilson", unit="share", note=None)


def of_items(ledger: pd.DataFrame, params: Params) -> Counts:
    """Return the reasons for no answer, and the ticks of an option, of each item."""
    counts = Counts()
    for place, row in enumerate(ledger.to_dict("records")):
        if row["scope"] == "item":
            _ticks(counts, row, place, params)
            _missing(counts, row, place, params)
    return counts


def _ticks(counts: Counts, row: Mapping[str, Any], place: int, params: Params) -> None:
    """A tick box: those who ticked it and those who did not are the two answers."""
    ticked, others = (_whole(row.get(name)) for name in OF_OPTION)
    unit: Key = ("ledger", row["unit"], "ticks")
    if small(ticked, None, params.min_count) or ("/" in row["unit"] and small(others, None, params.min_count)):
        counts.reasons[unit] = count_reason(params)
        counts.rows[unit].add(place)


def _missing(counts: Counts, row: Mapping[str, Any], place: int, params: Params) -> None:
    given = {name: _whole(row.get(name)) for name in _REASONS}
    total: dict[Key, int] = {}
    for name, count in given.items():
        if count:
            unit: Key = ("ledger", row["unit"], name)
            hidden = count < sum(given.values()) and small(count, None, params.min_count)  # one reason is the total
            counts.cells[unit] = Cell(count, unit, high=sum(given.values()), primary=hidden, cost=count)
            counts.reasons.update({unit: count_reason(params)} if hidden else {})
            counts.rows[unit].add(place)
            total[unit] = 1
    counts.sums += [total] if total else []


def _whole(count: Any) -> int:
    return 0 if count is None or pd.isna(count) else int(count)
