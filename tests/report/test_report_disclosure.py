from __future__ import annotations

import pandas as pd
import pytest

from pipeline.core import contracts
from pipeline.core.config import Params
from pipeline.core.errors import PipelineError
from pipeline.report.disclosure import gate

PARAMS = Params()
NUMBERS = ["n", "n_excluded", "n_clusters", "estimate", "std_error", "ci_low", "ci_high", "statistic", "df", "p_value"]
NUMBERS += ["p_adjusted", "effect_size"]


def table(name, *rows):
    return contracts.check(name, pd.DataFrame(list(rows)).reindex(columns=contracts.CONTRACTS[name].column_names))


def estimate(group, n, method="wilson", **more):
    row = {"outcome": "q1", "term": "positive", "group": group, "method": method, "n": n, "ci_level": 0.95}
    return {**row, **dict.fromkeys(NUMBERS[1:], 0.5), "n_excluded": 1, "n_clusters": 4, **more}


ROWS = table(
    "estimates", estimate("all", 3), estimate("gender=f", 10, note="kept"), estimate("gender=x", 9, note="3 of 9"),
    estimate("gender=y", None), estimate("month=2017-01", 4, "count"), estimate("month=2017-02", 4),
    estimate("month=2017-01 & gender=x", 4, "count"),
)  # fmt: skip


def test_small_groups_lose_every_number_and_say_why():
    released = gate(ROWS, PARAMS)
    masked = released.frame.set_index("group").loc[["gender=x", "month=2017-02", "month=2017-01 & gender=x"]]
    assert masked[NUMBERS].isna().all(axis=None)
    assert set(masked["note"]) == {"n < 10"}
    assert (masked["ci_level"] == 0.95).all()


def test_everyone_large_groups_and_counts_by_month_pass_unchanged():
    kept = ROWS["group"].isin(["all", "gender=f", "month=2017-01"])
    pd.testing.assert_frame_equal(gate(ROWS, PARAMS).frame[kept], ROWS[kept])


def test_a_group_of_unknown_size_is_small():
    assert gate(ROWS, PARAMS).frame.set_index("group").loc["gender=y", "note"] == "n unknown"


def test_what_was_hidden_is_listed():
    hidden = gate(ROWS, PARAMS).hidden
    assert list(hidden.columns) == ["outcome", "term", "group", "reason"]
    assert hidden["group"].tolist() == ["gender=x", "gender=y", "month=2017-02", "month=2017-01 & gender=x"]
    assert hidden["reason"].tolist() == ["n < 10", "n unknown", "n < 10", "n < 10"]


def test_the_frame_is_not_changed_and_the_result_keeps_the_contract():
    before = ROWS.copy(deep=True)
    released = gate(ROWS, PARAMS)
    pd.testing.assert_frame_equal(ROWS, before)
    pd.testing.assert_frame_equal(contracts.check("estimates", released.frame), released.frame)


def test_nothing_hidden_and_nothing_at_all():
    assert gate(ROWS.head(2), PARAMS).hidden.empty
    assert gate(ROWS.head(0), PARAMS).frame.empty


def test_the_gate_is_idempotent_on_what_it_shows():
    once = gate(ROWS, PARAMS).frame
    pd.testing.assert_frame_equal(gate(once, PARAMS).frame[NUMBERS], once[NUMBERS])


def test_small_events_of_the_ledger_lose_their_counts_and_files_keep_theirs():
    rows = table(
        "ledger",
        {"scope": "file", "unit": "a.csv", "rows_read": 3, "accepted": 3, "duplicate": 0, "quarantined": 0},
        {"scope": "event", "unit": "E1", "listed": 12, "returned": 9, "usable": 8, "answered": 8},
        {"scope": "event", "unit": "E2", "listed": 40, "returned": 30, "usable": 29, "answered": 29},
    )
    released = gate(rows, PARAMS)
    assert released.frame["accepted"].tolist()[0] == 3
    assert released.frame["usable"].isna().tolist() == [True, True, False]
    assert released.hidden.to_dict("records") == [
        {"outcome": "ledger", "term": "event", "group": "E1", "reason": "n < 10"}
    ]


def test_a_table_the_gate_does_not_know_is_stopped():
    with pytest.raises(PipelineError, match="does not know"):
        gate(pd.DataFrame({"person_id": ["a"], "birth_year": [1950]}), PARAMS)
