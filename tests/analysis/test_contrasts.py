"""Groups against the rest, dose and trend: by hand, in any order, in odd places, and what was planted."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.contrasts import contrasts, group_contrasts
from pipeline.analysis.estimates import table
from pipeline.analysis.gradients import FEW, dose, trend
from pipeline.analysis.multiplicity import benjamini_hochberg, holm
from pipeline.core import contracts

CAUSAL = ("effect", "impact", "because", "caused", "due to", "improved", "thanks to")


def project(seed: int = 1, n: int = 240, events: int = 24) -> tuple[pd.DataFrame, pd.Series, pd.DataFrame]:
    rng = np.random.default_rng(seed)
    index = pd.Index([f"r{i:03d}" for i in range(n)], name="response_id")
    event = pd.Series(rng.integers(0, events, n), index=index).map("E{:02d}".format)
    positive = pd.DataFrame({o: rng.random(n) < p for o, p in (("a", 0.7), ("b", 0.6), ("c", 0.5))}, index=index)
    positive = positive.astype("boolean").mask(pd.DataFrame(rng.random((n, 3)) < 0.1, index, positive.columns))
    groups = pd.DataFrame(
        {"role": rng.choice(["x", "y", "z"], n), "mode": rng.choice(["paper", "web"], n)}, index=index
    )
    return positive, event, groups


def rows(found: list[dict]) -> pd.DataFrame:
    return table(found).set_index(["outcome", "term", "group", "method"]).sort_index()


def test_a_difference_is_the_share_of_the_group_minus_that_of_the_rest():
    positive, event, groups = project()
    found = rows(group_contrasts(positive, event, groups, ["a", "b"], 0.95))
    known = positive["a"].notna()
    y, inside = positive["a"][known].astype(float), (groups["role"] == "x")[known]
    row = found.loc[("a", "difference_from_rest", "role=x", "cr2_satterthwaite")]
    assert row["estimate"] == pytest.approx(y[inside].mean() - y[~inside].mean())
    assert (row["n"], row["n_excluded"], row["n_clusters"]) == (known.sum(), (~known).sum(), event[known].nunique())
    h = 2 * math.asin(y[inside].mean() ** 0.5) - 2 * math.asin(y[~inside].mean() ** 0.5)
    assert row["effect_size"] == pytest.approx(h) and row["effect_size_kind"] == "cohen_h"


def test_two_groups_against_each_other_give_the_same_test_with_turned_sign():
    positive, event, groups = project()
    found = rows(group_contrasts(positive, event, groups[["mode"]], ["a"], 0.95))
    one, two = (found.loc[("a", "difference_from_rest", f"mode={m}", "cr2_satterthwaite")] for m in ("paper", "web"))
    assert (one["estimate"], one["p_value"]) == pytest.approx((-two["estimate"], two["p_value"]))
    assert found.loc[("a", "any_difference_by_mode", "all", "cr2_htz"), "p_value"] == pytest.approx(one["p_value"])


def test_primary_outcomes_are_adjusted_by_holm_and_all_others_by_benjamini_hochberg():
    positive, event, groups = project()
    found = rows(group_contrasts(positive, event, groups, ["a", "b"], 0.95)).reset_index()
    tests = found[found["term"] == "difference_from_rest"]
    for variable in groups:
        family = tests[tests["group"].str.startswith(variable) & tests["outcome"].isin(["a", "b"])]
        assert family["p_adjusted"].to_numpy() == pytest.approx(holm(family["p_value"]))
        assert family["note"].str.contains(f"Holm over {len(family)} contrasts by {variable}").all()
    explored = tests[tests["outcome"] == "c"]
    assert explored["p_adjusted"].to_numpy() == pytest.approx(benjamini_hochberg(explored["p_value"]))


def test_order_of_responses_and_names_of_events_change_nothing():
    positive, event, groups = project()
    order = np.random.default_rng(2).permutation(len(positive))
    renamed = event.map(lambda e: f"other {99 - int(e[1:])}")
    base = rows(group_contrasts(positive, event, groups, ["a"], 0.95))
    for other in (
        group_contrasts(positive.iloc[order], event.iloc[order], groups.iloc[order], ["a"], 0.95),
        group_contrasts(positive, renamed, groups, ["a"], 0.95),
    ):
        again = rows(other).reindex(base.index)
        for column in ("estimate", "std_error", "df", "p_adjusted"):
            assert again[column].astype(float).to_numpy() == pytest.approx(base[column].astype(float), nan_ok=True)


def test_a_group_in_one_event_is_told_and_a_group_that_is_everybody_has_no_row():
    positive, event, groups = project()
    groups = groups.assign(where=np.where(event == "E03", "there", "elsewhere"), all="same")
    found = rows(group_contrasts(positive, event, groups[["where", "all"]], ["a", "b"], 0.95))
    row = found.loc[("a", "difference_from_rest", "where=there", "cr2_satterthwaite")]
    assert pd.isna(row["std_error"]) and pd.isna(row["p_adjusted"]) and "one cluster" in row["note"]
    assert not [g for g in found.index.get_level_values("group") if g.startswith("all=")]


def test_without_any_event_answers_stand_for_themselves_and_without_answers_there_is_nothing():
    positive, event, groups = project()
    nowhere = pd.Series(pd.NA, index=event.index, dtype="str")
    row = rows(group_contrasts(positive, nowhere, groups, ["a"], 0.95)).loc[
        ("a", "difference_from_rest", "role=x", "cr2_satterthwaite")
    ]
    assert row["n_clusters"] == row["n"]
    empty = positive.assign(a=pd.array([pd.NA] * len(positive), dtype="boolean"))
    found = rows(group_contrasts(empty, event, groups, ["a"], 0.95)).reset_index()
    assert "a" not in set(found["outcome"])
    assert group_contrasts(positive.iloc[:0], event.iloc[:0], groups.iloc[:0], ["a"], 0.95) == []
    assert group_contrasts(positive.iloc[:1], event.iloc[:1], groups.iloc[:1], ["a"], 0.95) == []


def test_a_constant_outcome_has_no_interval_and_says_so():
    positive, event, groups = project()
    constant = positive.assign(a=pd.array([True] * len(positive), dtype="boolean"))
    row = rows(group_contrasts(constant, event, groups, ["a"], 0.95)).loc[
        ("a", "difference_from_rest", "role=x", "cr2_satterthwaite")
    ]
    assert row["estimate"] == pytest.approx(0, abs=1e-12) and pd.isna(row["ci_low"]) and "no interval" in row["note"]


def test_dose_joins_the_highest_numbers_until_there_are_enough_people():
    positive, event, _ = project()
    attended = pd.Series(np.repeat([1.0, 2, 3, 4, 9], [120, 60, 40, 15, 5]), index=positive.index, name="times")
    found = rows(dose(positive, event, attended, 0.95))
    groups = {g for g in found.index.get_level_values("group") if g != "all"}
    assert groups == {"times=1", "times=2", "times=3", "times=4+"} and FEW <= 15 + 5
    shares = found.xs(("a", "share_positive"), level=("outcome", "term")).xs("wilson", level="method")
    assert shares.loc["times=4+", "n"] == positive["a"][attended >= 4].notna().sum()


def test_dose_differences_are_those_of_a_line_and_of_its_ends():
    positive, event, _ = project()
    attended = pd.Series(np.tile([1.0, 2, 3], 80), index=positive.index, name="times")
    found = rows(dose(positive, event, attended, 0.95, shares=False))
    known = positive["a"].notna()
    slope = np.polyfit(attended[known], positive["a"][known].astype(float), 1)[0]
    mean = positive["a"].astype("Float64").groupby(attended).mean()
    term = ("a", "difference_per_step_of_times", "all", "cr2_satterthwaite")
    assert found.loc[term, "estimate"] == pytest.approx(slope)
    term = ("a", "difference_highest_lowest_times", "all", "cr2_satterthwaite")
    assert found.loc[term, "estimate"] == pytest.approx(mean[3.0] - mean[1.0])
    assert "share_positive" not in found.index.get_level_values("term")


def test_dose_of_one_number_or_none_is_nothing():
    positive, event, _ = project()
    for value in (1.0, np.nan):
        assert dose(positive, event, pd.Series(value, index=positive.index, name="times"), 0.95) == []


def test_no_note_of_ours_claims_a_cause():
    positive, event, groups = project()
    attended = pd.Series(np.tile([1.0, 2, 3], 80), index=positive.index, name="times")
    date = event.map(lambda e: pd.Timestamp("2017-01-01") + pd.Timedelta(days=20 * int(e[1:])))
    found = [*dose(positive, event, attended, 0.95), *trend(positive, event, date, ["a"], 0.95)]
    found += group_contrasts(positive, event, groups, ["a"], 0.95)
    for row in found:
        said = f"{row['term']} {row.get('note') or ''}".lower().replace("design effect", "")
        assert not [word for word in CAUSAL if word in said], said


def test_trend_is_a_share_per_year_and_finds_what_was_planted():
    rng = np.random.default_rng(3)
    n = 6000
    index = pd.RangeIndex(n).astype(str)
    event = pd.Series(rng.integers(0, 300, n), index=index)
    date = pd.Timestamp("2016-01-01") + pd.to_timedelta(event * 3, unit="D")
    share = 0.4 + 0.1 * (event * 3) / 365.25
    positive = pd.DataFrame({"a": rng.random(n) < share}, index=index).astype("boolean")
    found = rows(trend(positive, event.map("E{}".format), date, ["a"], 0.95))
    row = found.loc[("a", "trend_per_year", "all", "cr2_satterthwaite")]
    assert row["ci_low"] < 0.1 < row["ci_high"] and row["estimate"] == pytest.approx(0.1, abs=0.03)
    quarters = {g for g in found.index.get_level_values("group") if g.startswith("quarter=")}
    assert {"quarter=2016Q1", "quarter=2018Q2"} <= quarters


def test_trend_of_undated_or_same_day_events_is_told():
    positive, event, _ = project()
    assert trend(positive, event, pd.Series(pd.NaT, index=event.index), ["a"], 0.95) == []
    same = pd.Series(pd.Timestamp("2017-05-01"), index=event.index)
    row = rows(trend(positive, event, same, [], 0.95)).loc[("a", "trend_per_year", "all", "cr2_satterthwaite")]
    assert pd.isna(row["estimate"]) and "undefined" in row["note"]


@pytest.mark.slow
def test_a_planted_difference_is_inside_its_interval_about_as_often_as_said():
    rng, held, runs = np.random.default_rng(4), 0, 200
    for _ in range(runs):
        event = np.repeat(np.arange(20), 12)
        share = np.clip(rng.beta(7, 3, 20)[event] + np.where(event < 8, 0.1, -0.1), 0, 1)
        index = pd.RangeIndex(240).astype(str)
        positive = pd.DataFrame({"a": rng.random(240) < share}, index=index).astype("boolean")
        truth = (
            np.clip(rng.beta(7, 3, 200_000) + 0.1, 0, 1).mean() - np.clip(rng.beta(7, 3, 200_000) - 0.1, 0, 1).mean()
        )
        groups = pd.DataFrame({"g": np.where(event < 8, "x", "y")}, index=index)
        found = rows(group_contrasts(positive, pd.Series(event, index=index).astype(str), groups, ["a"], 0.95))
        row = found.loc[("a", "difference_from_rest", "g=x", "cr2_satterthwaite")]
        held += row["ci_low"] < truth < row["ci_high"]
    assert 0.91 <= held / runs <= 0.99


def test_a_project_gives_rows_that_keep_the_contract():
    positive, event, groups = project()
    long = positive.stack(future_stack=True).rename_axis(["response_id", "construct"]).rename("positive").reset_index()
    number = pd.Series(np.tile([1.0, 2, 3, 4], 60), index=positive.index)
    dates = pd.date_range("2016-05-01", periods=24, freq="40D")
    tables = {
        "scores": long,
        "responses": groups.assign(event_id=event).reset_index(),
        "answers": pd.DataFrame({"response_id": positive.index, "item": "times", "value": number.to_numpy()}),
        "events": pd.DataFrame({"event_id": [f"E{i:02d}" for i in range(24)], "date": dates}),
    }
    own = pd.DataFrame({"action_id": "A", "target": np.tile(["p", "q"], 120)}, index=positive.index)
    found = contracts.check("estimates", table(contracts_of(tables, own)))
    assert {"target=p", "role=x", "mode=web", "year=2017", "times=1"} <= set(found["group"])
    assert not found["group"].str.startswith("action_id").any()
    assert "both_primary" in set(found["outcome"])
    assert len(contracts_of(tables, own, item=None)) < len(found)


def test_a_project_without_events_or_dose_still_has_its_contrasts():
    positive, _, groups = project()
    long = positive.stack(future_stack=True).rename_axis(["response_id", "construct"]).rename("positive").reset_index()
    nowhere = groups.assign(event_id=pd.array([pd.NA] * len(groups), dtype="str")).reset_index()
    events = contracts.CONTRACTS["events"].empty()
    tables = {"scores": long, "responses": nowhere, "answers": contracts.CONTRACTS["answers"].empty(), "events": events}
    found = contracts.check("estimates", table(contracts_of(tables, groups[[]])))
    assert {g.split("=")[0] for g in found["group"]} == {"all", "role", "mode"}


def contracts_of(tables: dict, groups: pd.DataFrame, item: str | None = "times") -> list[dict]:
    return contrasts(tables, ["a", "b"], groups, item, 0.95)
