"""Tables of the report: which rows they have, and that they say what the released estimates say."""

from __future__ import annotations

import pandas as pd

from pipeline.core import contracts
from pipeline.core.config import Params, Project
from pipeline.report.disclosure import gate
from pipeline.report.published_tables import tables

PROJECT = Project.model_validate(
    {
        "project": {"code": "S1", "name": "P"},
        "outcomes": [{"key": "a", "label": {"fi": "Osallisuus"}, "primary": True}, {"key": "b", "label": {"fi": "B"}}],
    }
)


def table(name, rows):
    return contracts.check(name, pd.DataFrame(list(rows)).reindex(columns=contracts.CONTRACTS[name].column_names))


def estimate(outcome, term, share, n=100, method="wilson", group="all", low=0.1, high=0.9):
    row = {"outcome": outcome, "term": term, "group": group, "method": method, "n": n, "n_excluded": 2, "unit": "share"}
    return {**row, "estimate": share, "ci_low": low, "ci_high": high, "ci_level": 0.95}


def item(name, construct):
    row = {"item": name, "question": name, "position": 1, "construct": construct, "type": "select_one"}
    return {**row, "design": "transition", "minimum": 1, "maximum": 5, "reversed": False, "label_fi": f"Väite {name}"}


def made(*rows, items=(), ledger=()):
    empty = {name: table(name, []) for name in ("options", "actions", "events")}
    given = {**empty, "items": table("items", items), "ledger": table("ledger", ledger)}
    return tables(given, gate(table("estimates", rows), Params()), PROJECT, Params(), [])


def test_only_items_of_an_outcome_have_a_positive_end():
    rows = [estimate(name, "positive", 0.6) for name in ("q1", "often")]
    found = made(*rows, items=[item("q1", "a"), item("often", "frequency"), item("lone", None)])["items"]
    assert found.frame["name"].tolist() == ["Väite q1"]
    assert found.sheet("fi").rows[0][:3] == ("Väite q1", "100", "60\xa0%")


def test_the_interval_of_events_is_quoted_before_wilsons_and_primary_outcomes_stand_first():
    rows = [
        estimate("b", "share_positive", 0.5),
        estimate("a", "share_positive", 0.7, low=0.65, high=0.75),
        estimate("a", "share_positive", 0.7, method="cluster_logit_t", low=0.6, high=0.8),
    ]
    found = made(*rows)["outcomes"]
    assert found.frame["name"].tolist() == ["Osallisuus", "B"]
    assert found.frame["low"].tolist() == [0.6, 0.1]


def test_a_small_group_is_a_row_of_dashes_and_tables_without_rows_are_left_out():
    shares = [estimate("a", "share_positive", 0.7), estimate("a", "share_positive", 0.5, n=4, group="action_id=A1")]
    found = made(*shares)
    assert found["groups_a"].sheet("fi").rows == [("A1", "–", "–", "–", "–", "–")]
    assert "items" not in found and "events" not in found and "claims" not in found


def test_an_event_without_a_list_has_no_number_of_people_listed():
    same = {"scope": "event", "distributed": 60, "returned": 40, "usable": 40, "answered": 40}
    found = made(ledger=[{**same, "unit": "E1", "listed": 50}, {**same, "unit": "E2", "listed": 0}])["events"]
    assert [row[:3] for row in found.sheet("fi").rows] == [("E1", "60", "50"), ("E2", "60", "–")]
