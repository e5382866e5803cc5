from __future__ import annotations

import pandas as pd
import pytest

from pipeline.core import contracts
from pipeline.core.config import Params
from pipeline.core.errors import PipelineError
from pipeline.report.disclosure import gate
from pipeline.report.suppression.cells import count_reason

PARAMS = Params()
NUMBERS = ["n", "n_excluded", "n_clusters", "estimate", "std_error", "ci_low", "ci_high", "statistic", "df", "p_value"]
NUMBERS += ["p_adjusted", "effect_size"]


def table(name, *rows):
    return contracts.check(name, pd.DataFrame(list(rows)).reindex(columns=contracts.CONTRACTS[name].column_names))


def estimate(group, n, method="wilson", **more):
    row = {"outcome": "q1", "term": "positive", "group": group, "method": method, "n": n, "ci_level": 0.95}
    numbers = {**dict.fromkeys(NUMBERS[1:], 0.5), "n_excluded": 1, "n_clusters": 4, "unit": "share"}
    return {**row, **numbers, **more}


ROWS = table(
    "estimates", estimate("all", 33), estimate("gender=f", 20, note="kept"), estimate("gender=x", 9, note="3 of 9"),
    estimate("gender=y", None), estimate("month=2017-02", 4),
    estimate("month=2017-01", 40, "count", outcome="reach", term="visits", estimate=40, unit="visits"),
    estimate("month=2017-03", 4, "count", outcome="reach", term="visits", estimate=4, unit="visits"),
    estimate("month=2017-04", 41, "count", outcome="reach", term="visits", estimate=41, unit="visits"),
    estimate("event_id=E1", 2, "count", outcome="reach", term="organisations_involved", unit="organisations"),
)  # fmt: skip
COUNT = "count 1-4 or protects one"


def test_small_groups_lose_every_number_and_say_why():
    masked = gate(ROWS, PARAMS).frame.set_index("group").loc[["gender=x", "gender=y", "month=2017-02"]]
    assert masked[NUMBERS].isna().all(axis=None)
    assert masked["note"].tolist() == ["n < 10", "n unknown", "n < 10"]
    assert (masked["ci_level"] == 0.95).all()


def test_everyone_and_large_groups_and_what_is_no_people_pass_unchanged():
    kept = ROWS["group"].isin(["all", "gender=f", "month=2017-04", "event_id=E1"])
    pd.testing.assert_frame_equal(gate(ROWS, PARAMS).frame[kept], ROWS[kept])


def test_a_small_count_is_hidden_and_one_more_so_that_the_total_does_not_give_it_back():
    shown = gate(ROWS, PARAMS).frame.set_index("group")
    assert shown.loc[["month=2017-03", "month=2017-01"], "estimate"].isna().all()
    assert shown.loc[["month=2017-03", "month=2017-01"], "note"].tolist() == [COUNT] * 2


def test_what_was_hidden_is_listed():
    hidden = gate(ROWS, PARAMS).hidden
    assert list(hidden.columns) == ["outcome", "term", "group", "reason"]
    assert dict(zip(hidden["group"], hidden["reason"], strict=True)) == {
        "gender=x": "n < 10", "gender=y": "n unknown", "month=2017-02": "n < 10",
        "month=2017-01": COUNT, "month=2017-03": COUNT,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("count", "shown"), [(0, True), (1, False), (4, False), (5, True), (25, True), (26, False), (30, True)]
)
def test_a_share_of_many_gives_back_a_count_and_what_is_left(count, shown):
    rows = table("estimates", estimate("all", 30, estimate=count / 30, unit="share", term="theme_share"))
    assert gate(rows, PARAMS).frame["n"].notna().all() == shown


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        (Params(min_count=1, min_group_n=1), "protects another"),
        (Params(min_count=2), "count 1 or protects one"),
        (Params(min_count=3, min_group_n=5), "count 1-2 or protects one"),
    ],
)
def test_the_limits_are_parameters(params, reason):
    rows = table("estimates", estimate("all", 30, estimate=4 / 30, unit="share", term="theme_share"))
    assert gate(rows, params).hidden.empty
    assert count_reason(params) == reason
    assert gate(rows, PARAMS).hidden["reason"].tolist() == [COUNT]


def answers(*counts, n=None):
    """Rows of an item by code, as shares of those who answered, and the directions."""
    n = n or sum(counts)
    low, middle, high = sum(counts[:2]), counts[2], sum(counts[3:])
    named = {f"code={i}": c for i, c in enumerate(counts, 1)} | {"negative": low, "neutral": middle, "positive": high}
    return [estimate("all", n, term=term, estimate=c / n, unit="share") for term, c in named.items()]


def test_a_rare_answer_is_hidden_with_the_one_it_is_summed_up_with():
    rows = table("estimates", *answers(3, 12, 20, 30, 40))
    shown = gate(rows, PARAMS).frame.set_index("term")["estimate"]
    assert shown.index[shown.isna()].tolist() == ["code=1", "code=2"]


def test_statistics_of_the_whole_distribution_go_with_a_hidden_answer_and_signs_stay():
    changes = [
        estimate("all", 105, method, term="change", unit="share") for method in ("dz_jackknife", "dominance_jackknife")
    ]
    shown = gate(table("estimates", *answers(3, 12, 20, 30, 40), *changes), PARAMS).frame
    assert shown.loc[shown["term"] == "change", "estimate"].isna().tolist() == [True, False]


def test_a_difference_between_a_group_and_the_rest_goes_with_its_note():
    note = "0.676 of 34 against all other answers, 0.746 of 284; Holm over 2 contrasts by mode"
    rest = "0.676 of 310 against all other answers, 0.500 of 8; Holm over 2 contrasts by mode"
    common = {"method": "cr2_satterthwaite", "n": 318, "term": "difference_from_rest", "unit": "share difference"}
    rows = table(
        "estimates", {**estimate("mode=paper", 318), **common, "note": note},
        {**estimate("place=a", 318), **common, "note": rest}, {**estimate("place=b", 318), **common, "note": rest},
    )  # fmt: skip
    assert gate(rows, PARAMS).frame["note"].tolist() == [note, "n < 10", "n < 10"]


def test_a_quarter_is_not_what_is_left_of_its_year():
    quarters = {"2016Q1": (30, 15), "2016Q2": (40, 20), "2016Q3": (12, 3), "2017Q1": (30, 15), "2017Q2": (12, 3)}
    note = "0.463 of 82 against all other answers, 0.429 of 42; Holm over 2 contrasts by year"
    year = {"method": "cr2_satterthwaite", "term": "difference_from_rest", "unit": "share difference", "note": note}
    rows = [estimate(f"quarter={q}", n, term="share_positive", estimate=x / n) for q, (n, x) in quarters.items()]
    masked = gate(table("estimates", *rows, estimate("year=2016", 124, **year)), PARAMS).frame["n"].isna()
    assert masked.tolist() == [True, False, True, True, True, False]


def test_few_who_came_again_are_not_what_is_left_of_all_who_came():
    common = {"outcome": "reach", "method": "count", "unit": "persons"}
    counts = [
        ("all", "persons", 33),
        ("all", "repeat_visitors", 3),
        ("events=1", "persons", 30),
        ("events=2", "persons", 3),
    ]
    rows = [estimate(g, c, **common, term=term, estimate=c) for g, term, c in counts]
    assert gate(table("estimates", *rows), PARAMS).frame["estimate"].isna().all()


def test_specifications_are_rounded_so_that_no_difference_of_two_is_exact():
    common = {"term": "specification", "unit": "share", "method": "cluster_logit_t"}
    rows = table(
        "estimates", estimate("cut=a", 319, **common | {"estimate": 235 / 319}), estimate("cut=b", 9, **common)
    )
    shown = gate(rows, PARAMS).frame
    assert shown["estimate"].tolist()[0] == 0.74 and pd.isna(shown["estimate"].tolist()[1])
    assert shown["std_error"].isna().all() and shown["n"].tolist()[0] == 319


def test_a_lower_limit_above_one_half_stays_above_it_when_rounded():
    common = {"term": "specification", "unit": "share", "estimate": 0.6}
    rows = [estimate(f"cut={low}", n, **common, ci_low=low) for n, low in ((319, 0.5001), (319, 0.5), (120, 0.51))]
    assert gate(table("estimates", *rows), PARAMS).frame["ci_low"].tolist() == [0.51, 0.5, 0.55]


def test_a_small_event_is_not_what_is_left_of_its_action():
    rates = {"E1": (30, 20), "E2": (30, 3), "E3": (40, 20), "E4": (40, 3), "E5": (35, 8)}
    rows = [
        estimate(f"event_id={e}", of, outcome="responses", term="participation_rate", estimate=x / of, unit="share")
        for e, (of, x) in rates.items()
    ]
    events = pd.DataFrame({"event_id": list(rates), "action_id": ["A", "A", "B", "B", "B"], "date": None})
    masked = gate(table("estimates", *rows), PARAMS, events).frame["n"].isna()
    assert masked.tolist() == [True, True, False, True, True]
    ledger = table(
        "ledger",
        *(
            {"scope": "event", "unit": e, "listed": of, "returned": x, "usable": x, "answered": x}
            for e, (of, x) in rates.items()
        ),
    )
    assert gate(ledger, PARAMS, events).frame["returned"].isna().tolist() == masked.tolist()


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
    def event(unit, listed, returned):
        return {"scope": "event", "unit": unit, "listed": listed, "returned": returned, "usable": returned}

    rows = table(
        "ledger",
        {"scope": "file", "unit": "a.csv", "rows_read": 3, "accepted": 3, "duplicate": 0, "quarantined": 0},
        event("E1", 12, 3), event("E2", 40, 30), event("E3", 20, 8), event("E4", 20, 4),
    )  # fmt: skip
    released = gate(rows, PARAMS)
    assert released.frame["accepted"].tolist()[0] == 3
    assert released.frame["usable"].isna().tolist() == [True, True, False, False, True]
    assert released.hidden[["outcome", "term", "group"]].to_numpy().tolist() == [
        ["ledger", "event", "E1"], ["ledger", "event", "E4"],
    ]  # fmt: skip


def test_reasons_for_no_answer_are_hidden_in_the_ledger_as_in_the_estimates():
    reasons = {"dont_know": 15, "no_answer": 8, "refused": 2}
    rows = table("ledger", {"scope": "item", "unit": "q1", "returned": 319, "answered": 294, "invalid": 0, **reasons})
    kept = gate(rows, PARAMS).frame[[*reasons, "invalid", "answered"]].iloc[0]
    assert kept.isna().to_dict() == {
        **dict.fromkeys(reasons, True),
        "dont_know": False,
        "invalid": False,
        "answered": False,
    }
    missing = [estimate("all", 319, term=f"missing={r}", estimate=c / 319) for r, c in reasons.items()]
    assert gate(table("estimates", *missing), PARAMS).frame["n"].isna().tolist() == [False, True, True]


def test_facts_of_few_people_lose_their_number_and_the_project_keeps_its_word():
    facts = [("planners", 3, "persons", "estimates: reach"), ("actions", 3, "actions", "estimates: reach")]
    facts += [("planned", 2, "persons", "project.toml: jobs"), ("visits", 783, "visits", "estimates: reach")]
    rows = [{"key": k, "value": v, "kind": "exact", "unit": u, "n": v, "source": s} for k, v, u, s in facts]
    share = {"kind": "exact", "unit": "share", "source": "estimates: q", "denominator": 30}
    shares = [{**share, "key": f"s{x}", "n": x, "value": x / 30} for x in (2, 15, 28)]
    released = gate(table("facts", *rows, *shares), PARAMS)
    assert released.frame["value"].isna().tolist() == [True, False, False, False, True, False, True]
    assert released.hidden["term"].tolist() == ["planners", "s2", "s28"]


def test_a_table_the_gate_does_not_know_is_stopped():
    with pytest.raises(PipelineError, match="does not know"):
        gate(pd.DataFrame({"person_id": ["a"], "birth_year": [1950]}), PARAMS)
