"""Whom the project reached: people, visits, planners, organisations. Attendees are never called ESF participants."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.analysis.estimates import Row, count

_LINKED = "people linked over lists by name, contact and year of birth"


def reach(tables: Mapping[str, pd.DataFrame]) -> list[Row]:
    """Return counts of people, visits, planners, actions, events, organisations, ideas and reports.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables attendance, persons, actions, events, organisations, involvement, ideas, reports, responses.

    Returns
    -------
    list of dict
        `estimates` rows, outcome ``reach`` (and ``responses``), method ``count``. What the project does not record has
        no row; nor have planners where no list marks anybody as one. People registered who were not marked as present
        are no visits and not among the persons: they are counted apart, as ``absences``. Where a list marks nobody,
        everybody on it counts, and the note says how many.
    """
    rows = [count("responses", "accepted", "all", len(tables["responses"]), "responses")]
    rows += _people(tables["attendance"], tables["persons"])
    for name, unit in {"actions": "actions", "events": "events", "ideas": "ideas", "reports": "reports"}.items():
        if len(tables[name]):
            rows.append(count("reach", name, "all", len(tables[name]), unit))
    rows += _organisations(tables["organisations"], tables["involvement"])
    audience = tables["events"]["audience"]
    if audience.notna().any():
        rows.append(
            count("reach", "audience", "all", int(audience.sum()), "persons", "organisers' estimates, not people")
        )
    return rows


def over_time(attendance: pd.DataFrame, events: pd.DataFrame) -> list[Row]:
    """Return visits, new and distinct people to date per month, group ``month=YYYY-MM``.

    Absences do not count (see `reach`); visits of events without a date are in no month, and the note says how many.
    """
    came = attendance[_came(attendance)]
    dated = came.merge(events[["event_id", "date"]], on="event_id").dropna(subset=["date"])
    if dated.empty:
        return []
    undated = len(came) - len(dated)
    note = f"without {undated} visits of events without a date" if undated else None
    month = dated["date"].dt.to_period("M")
    first = month.groupby(dated["person_id"]).min()
    months = pd.period_range(month.min(), month.max(), freq="M")
    series = {
        "visits": month.value_counts().reindex(months, fill_value=0),
        "new_persons": first.value_counts().reindex(months, fill_value=0),
    }
    series["distinct_persons"] = series["new_persons"].cumsum()
    return [
        count("reach", term, f"month={period}", int(n), "visits" if term == "visits" else "persons", note)
        for term, values in series.items()
        for period, n in values.items()
    ]


def _came(attendance: pd.DataFrame) -> pd.Series:
    return attendance["status"] != "registered"


def _people(attendance: pd.DataFrame, persons: pd.DataFrame) -> list[Row]:
    if attendance.empty:
        return []
    came = attendance[_came(attendance)]
    visits = came["person_id"].value_counts()
    planners = persons["planner"].astype(bool)
    unknown, absences = int((came["status"] == "unknown").sum()), len(attendance) - len(came)
    marked = f"{unknown} of them on lists that mark nobody as present" if unknown else None
    rows = [
        count("reach", "persons", "all", len(visits), "persons", _LINKED),
        count("reach", "visits", "all", len(came), "visits", marked),
        count("reach", "repeat_visitors", "all", int((visits > 1).sum()), "persons", _LINKED),
        *(
            count("reach", "persons", f"events={n}", int(k), "persons", _LINKED)
            for n, k in visits.value_counts().sort_index().items()
        ),
    ]
    if planners.any():  # lists that mark nobody as a planner do not say that nobody planned
        came_too = int((planners & persons["person_id"].isin(visits.index)).sum())
        rows.append(count("reach", "planners", "all", came_too, "persons", _LINKED))
    if absences:
        rows.append(count("reach", "absences", "all", absences, "visits", "registered, not marked as present"))
    return rows


def _organisations(organisations: pd.DataFrame, involvement: pd.DataFrame) -> list[Row]:
    rows = [count("reach", "organisations", "all", len(organisations), "organisations")] if len(organisations) else []
    if len(involvement):
        involved = int(involvement["organisation_id"].nunique())
        rows.append(count("reach", "organisations_involved", "all", involved, "organisations"))
        per_event = involvement.dropna(subset=["event_id"]).groupby("event_id")["organisation_id"].nunique()
        rows += [
            count("reach", "organisations_involved", f"event_id={event}", int(n), "organisations")
            for event, n in per_event.items()
        ]
    return rows
