"""When people on a list came and went, against what the list prints and the register says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest import came, presence
from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.findings import Finding

_TIMES: Final = {"joined": "datetime64[us]", "left": "datetime64[us]", "minutes": "float64"}


def with_sessions(
    cells: Cells, texts: Mapping[str, pd.Series], people: pd.DataFrame, days: pd.Series
) -> tuple[pd.DataFrame, list[Finding]]:
    """Add joined, left and minutes, by the days of the rows' events.

    Printed durations that the times do not bear out are named and not used.
    """
    if not {"joined", "left", "minutes"} & set(texts):
        none = {key: pd.Series(np.nan, index=people.index).astype(kind) for key, kind in _TIMES.items()}
        return people.assign(**none), []
    nothing = pd.Series(pd.NA, index=cells.rows.index, dtype=TEXT)
    times = pd.DataFrame({key: texts.get(key, nothing) for key in ("joined", "left")})
    times = times.mask(times.apply(came.is_answer))
    day = _day(people["event_id"], days)
    read, guess = presence.moments(presence.on_day(times, day), day)
    who = people["email"].fillna(people["name"]).fillna(people["alias"])
    read = presence.paired(read.assign(who=who.fillna(pd.Series(people.index, people.index).astype(TEXT))))
    backwards = (read["left"] < read["joined"]).fillna(False)
    read.loc[backwards, ["joined", "left"]] = pd.NaT
    printed = texts.get("minutes", nothing).map(presence.minutes_of, na_action="ignore").astype("float64")
    computed = (read["left"] - read["joined"]).dt.total_seconds() / 60
    differs = (printed - computed).abs() > presence.TOLERANCE
    people = people.assign(joined=read["joined"], left=read["left"], minutes=printed.mask(differs))
    unread = times["joined"].notna() & read["joined"].isna() & ~backwards
    notes = [
        (backwards, "joined", "the end is before the beginning; the time is not used", "correct the times"),
        (
            differs,
            "minutes",
            "the printed duration is not what the times give; the times are used",
            "look whether the times are right",
        ),
        (unread, "joined", "not understood; left empty", "a date and a time"),
    ]
    found = [
        Finding("cell_invalid", cells.place(int(row), _column(cells, kind)), what, fix=fix)
        for rows, kind, what, fix in notes
        for row in people.index[rows]
    ]
    return people, found + _time_notes(cells, read, day, guess)


def _column(cells: Cells, kind: str) -> int | None:
    kinds = [kind_of(text) for text in cells.header]
    return kinds.index(kind) if kind in kinds else None


def _day(event_id: pd.Series, days: pd.Series) -> pd.Timestamp | None:
    """Return the day in the register of a list's single event."""
    known = days.dropna()
    return None if event_id.nunique() != 1 or known.empty else pd.Timestamp(known.iloc[0])


def _time_notes(cells: Cells, read: pd.DataFrame, day: pd.Timestamp | None, guess: bool) -> list[Finding]:
    notes = []
    days = read["joined"].dropna().dt.normalize()
    if day is not None and len(days) and not (days == day).any():
        notes.append("the times are of another day than the event has in the register")
    if guess:
        notes.append("day and month could be the other way round: only habit says which is which")
    return [Finding("note", cells.place(), text, fix="look whether the dates are right") for text in notes]
