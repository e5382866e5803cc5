"""Whom the project reached, counted on paper."""

from __future__ import annotations

import pandas as pd

from pipeline.analysis.reach import over_time, reach
from pipeline.core import contracts


def reach_tables() -> dict[str, pd.DataFrame]:
    made = {name: contracts.CONTRACTS[name].empty() for name in ("actions", "ideas", "reports", "organisations")}
    attendance = pd.DataFrame(
        [
            ("p1", "E1", "attended"),
            ("p1", "E2", "attended"),
            ("p2", "E1", "unknown"),
            ("p2", "E2", "registered"),
            ("p3", "E2", "registered"),
            ("p4", "E3", "attended"),
        ],
        columns=["person_id", "event_id", "status"],
    )
    persons = pd.DataFrame({"person_id": ["p1", "p2", "p3", "p4"], "planner": [True, False, True, False]})
    events = pd.DataFrame({"event_id": ["E1", "E2", "E3"], "audience": [100, pd.NA, 50]}).astype({"audience": "Int64"})
    events["date"] = pd.to_datetime(["2018-01-10", "2018-03-02", None])
    involvement = pd.DataFrame({"organisation_id": ["o1", "o1", "o2"], "event_id": ["E1", "E1", None]})
    organisations = pd.DataFrame({"organisation_id": ["o1", "o2", "o3"]})
    made |= {"attendance": attendance, "persons": persons, "events": events, "involvement": involvement}
    return made | {"organisations": organisations, "responses": pd.DataFrame({"response_id": ["r0", "r1"]})}


def test_reach_by_hand():
    rows = reach(reach_tables())
    assert {(r["outcome"], r["term"], r["group"]): r["n"] for r in rows} == {
        ("responses", "accepted", "all"): 2,
        ("reach", "persons", "all"): 3,  # p3 registered and did not come
        ("reach", "visits", "all"): 4,
        ("reach", "absences", "all"): 2,
        ("reach", "repeat_visitors", "all"): 1,
        ("reach", "planners", "all"): 1,
        ("reach", "persons", "events=1"): 2,
        ("reach", "persons", "events=2"): 1,
        ("reach", "events", "all"): 3,
        ("reach", "organisations", "all"): 3,
        ("reach", "organisations_involved", "all"): 2,
        ("reach", "organisations_involved", "event_id=E1"): 1,
        ("reach", "audience", "all"): 150,
    }
    notes = {r["term"]: r["note"] for r in rows}
    assert notes["visits"] == "1 of them on lists that mark nobody as present"
    assert notes["audience"] == "organisers' estimates, not people"
    assert not any("participant" in str(r).lower() for r in rows)


def test_lists_that_mark_no_planner_do_not_say_that_nobody_planned():
    made = reach_tables()
    made["persons"]["planner"] = False
    assert "planners" not in {r["term"] for r in reach(made)}
    made["persons"]["planner"] = [False, False, True, False]  # p3 was to plan and did not come: that is known
    assert [r["n"] for r in reach(made) if r["term"] == "planners"] == [0]


def test_reach_over_time_fills_months_and_says_what_has_no_date():
    made = reach_tables()
    rows = over_time(made["attendance"], made["events"])
    series = {
        term: [r["n"] for r in rows if r["term"] == term] for term in ("visits", "new_persons", "distinct_persons")
    }
    assert series == {"visits": [2, 0, 1], "new_persons": [2, 0, 0], "distinct_persons": [2, 2, 2]}
    assert [r["group"] for r in rows[:3]] == ["month=2018-01", "month=2018-02", "month=2018-03"]
    assert {r["note"] for r in rows} == {"without 1 visits of events without a date"}


def test_reach_of_nothing():
    made = {name: contracts.CONTRACTS[name].empty() for name in contracts.CONTRACTS}
    assert [(r["outcome"], r["n"]) for r in reach(made)] == [("responses", 0)]
    assert over_time(made["attendance"], made["events"]) == []
