"""The project's registers: actions, events, organisations, involvement, ideas, implementers' reports."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from pipeline.simulate import plan
from pipeline.simulate.formats import Cell, Rows, write_csv
from pipeline.simulate.organisations import ORGANISATIONS, ROLES

#: The event that forty organisations made together, and how many they were.
JOINT_EVENT: Final = "E28"
JOINT_ORGANISATIONS: Final = 40
#: Events where nobody counted the forms handed out.
NOT_COUNTED: Final = ("E02", "E10", "E11", "E29")
N_IDEAS: Final = 60
#: Actions whose implementers wrote a report; one wrote two.
REPORTED: Final = (2, 3, 5, 6, 6, 8, 11, 12, 13, 16, 17, 18, 20)


def organisation_id(number: int) -> str:
    """Return the identifier of the organisation at `number` (from 0) of `ORGANISATIONS`."""
    return f"O{number + 1:02d}"


def write(folder: Path, attendance: pd.DataFrame, rng: np.random.Generator) -> None:
    """Write the six registers into `folder`; `attendance` (event_id, responded) gives how many forms went out."""
    tables: dict[str, Rows] = {
        "actions": _actions(),
        "events": _events(attendance),
        "organisations": _organisations(),
        "involvement": _involvement(rng),
        "ideas": _ideas(rng),
        "reports": _reports(rng),
    }
    for name, rows in tables.items():
        write_csv(folder / f"{name}.csv", rows)


def _actions() -> Rows:
    rows = [(a.action_id, a.name, a.target_group, a.start, a.end) for a in plan.ACTIONS]
    return [("action_id", "name", "target_group", "start", "end"), *rows]


def _events(attendance: pd.DataFrame) -> Rows:
    listed = attendance.groupby("event_id").size()
    rows = [
        (
            e.event_id,
            e.action_id,
            e.name,
            e.aliases,
            e.day,
            e.place,
            _distributed(e, int(listed[e.event_id])),
            e.audience,
        )
        for e in plan.EVENTS
    ]
    return [("event_id", "action_id", "name", "aliases", "date", "place", "distributed", "audience"), *rows]


def _distributed(event: plan.Event, listed: int) -> int | None:
    """Return forms handed out: a bundle of five beyond the list, as far as the audience goes; none counted at a few."""
    return None if event.event_id in NOT_COUNTED else min(5 * (listed // 5 + 2), max(event.audience, listed))


def _organisations() -> Rows:
    rows = [(organisation_id(i), name, kind) for i, (name, kind) in enumerate(ORGANISATIONS)]
    return [("organisation_id", "name", "type"), *rows]


def _involvement(rng: np.random.Generator) -> Rows:
    """Return every organisation at least once; one to four of them at most events, forty at the joint one."""
    days = {e.event_id: e for e in plan.EVENTS}
    rows: list[tuple[Cell, ...]] = []
    for event in plan.EVENTS:
        rows += [_involved(int(i), event, rng) for i in _partners(event, rng)]
    present = {row[0] for row in rows}
    absent = [i for i in range(len(ORGANISATIONS)) if organisation_id(i) not in present]
    later = [event_id for event_id in days if event_id != JOINT_EVENT]
    rows += [_involved(i, days[later[(7 * i) % len(later)]], rng) for i in absent]
    whole = [(organisation_id(int(i)), a.action_id, None, a.start, "toteuttaja") for a, i in _implementers(rng)]
    return [("organisation_id", "action_id", "event_id", "date", "role"), *sorted([*rows, *whole], key=_order)]


def _partners(event: plan.Event, rng: np.random.Generator) -> np.ndarray:
    if event.event_id == JOINT_EVENT:
        return np.arange(JOINT_ORGANISATIONS)
    return np.sort(rng.choice(len(ORGANISATIONS), size=int(rng.integers(1, 5)), replace=False))


def _involved(organisation: int, event: plan.Event, rng: np.random.Generator) -> tuple[Cell, ...]:
    role = "esittelijä" if event.event_id == JOINT_EVENT and rng.random() < 0.7 else ROLES[rng.integers(3)]
    return organisation_id(organisation), event.action_id, event.event_id, event.day, role


def _implementers(rng: np.random.Generator) -> list[tuple[plan.Action, int]]:
    """Return the actions that one organisation carried from the start, and which."""
    chosen = [a for number, a in enumerate(plan.ACTIONS) if number % 3 == 2]
    return list(zip(chosen, rng.choice(len(ORGANISATIONS), size=len(chosen), replace=False), strict=True))


def _order(row: tuple[Cell, ...]) -> tuple[str, str, str]:
    return str(row[3]), str(row[2] or ""), str(row[0])


def _ideas(rng: np.random.Generator) -> Rows:
    """Return ideas by day; an idea that became an action came in before it began."""
    became = [(a.start - dt.timedelta(days=int(rng.integers(10, 45))), a.action_id, "toteutettu") for a in plan.ACTIONS]
    first, span = plan.ACTIONS[0].start, 950
    outcome = rng.choice(
        ("ei ESR-ehtojen mukainen", "ohjattu eteenpäin", "ei toteutettu", "odottaa"), N_IDEAS, p=(0.4, 0.25, 0.25, 0.1)
    )
    other = [
        (first + dt.timedelta(days=int(day)), None, str(status))
        for day, status in zip(rng.integers(0, span, N_IDEAS - len(became)), outcome, strict=False)
    ]
    ordered = sorted(
        [(max(day, first), action, status) for day, action, status in [*became, *other]],
        key=lambda r: (r[0], r[1] or ""),
    )
    rows = [(f"I{i:02d}", *row) for i, row in enumerate(ordered, 1)]
    return [("idea_id", "received", "action_id", "status"), *rows]


def _reports(rng: np.random.Generator) -> Rows:
    """Return the reports by day, each within two months of the action's end; the second of an action halfway."""
    rows: list[tuple[dt.date, str]] = []
    for number in REPORTED:
        action = plan.ACTIONS[number - 1]
        halfway = any(a == action.action_id for _, a in rows)
        base = action.start + (action.end - action.start) / 2 if halfway else action.end
        rows.append((min(base + dt.timedelta(days=int(rng.integers(5, 60))), dt.date(2018, 12, 31)), action.action_id))
    ordered = [(f"R{i:02d}", action, day) for i, (day, action) in enumerate(sorted(rows), 1)]
    return [("report_id", "action_id", "received"), *ordered]
