"""Bounds, rates and tipping points: R's values, by hand, and on a small project."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.analysis.ages import age_bands, band_of, merge_thin
from pipeline.analysis.headline import headline, not_asked_at
from pipeline.analysis.nonresponse import aapor_rates, if_silent_differ, manski, mean_bounds, tipping_point
from pipeline.analysis.participation import participation, silent
from pipeline.core.config import Analysis
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "tests" / "reference"
DATA = ROOT.parent / "shared" / "reference" / "data"
#: Positive, answered, listed of the synthetic feedback.csv and attendance.csv, all and by action.
COUNTS = {"all": (150, 301, 540), "event": (42, 87, 152), "training": (57, 99, 184), "workshop": (51, 115, 204)}


def values(name: str) -> dict:
    return json.loads((REFERENCE / f"{name}.json").read_text("utf-8"))["values"]


@pytest.mark.parametrize("group", COUNTS)
def test_bounds_and_imbens_manski_intervals_are_those_of_r(group):
    found, expected = manski(*COUNTS[group]), values("bounds")[f"share pos {group}"]
    assert [found.observed, found.response, found.low, found.high, found.width, found.critical] == pytest.approx(
        [expected[k] for k in ("observed", "response", "lower", "upper", "width", "im_c")], abs=1e-12
    )
    assert [found.ci_low, found.ci_high] == pytest.approx(expected["im"], abs=1e-12)


def test_break_even_and_sensitivity_are_those_of_r():
    share, n, everyone = 150 / 301, 301, 540
    key = "break-even: share among nonrespondents for overall = .5"
    assert tipping_point(share, n, everyone) == pytest.approx(values("bounds")[key], abs=1e-12)
    expected = values("bounds")["delta sensitivity overall share, nonrespondent share = p - d"]
    assert [if_silent_differ(share, n, everyone, d) for d in (0, 0.05, 0.1, 0.2, 0.3)] == pytest.approx(expected)


def test_bounds_of_a_mean_are_those_of_r():
    if not DATA.is_dir():
        pytest.skip("the reference data are not beside the checkout")
    q2, people = pd.read_csv(DATA / "feedback.csv")["q2"].dropna(), pd.read_csv(DATA / "attendance.csv")
    found = mean_bounds(float(q2.mean()), len(q2), len(people), 1, 5)
    assert found == pytest.approx(values("bounds")["mean q2 in 1..5 bounds"], abs=1e-12)
    with pytest.raises(AnalysisError):
        mean_bounds(6, 1, 2, 1, 5)


def test_aapor_rates_are_those_by_hand():
    expected = values("weights")["aapor 300,20,40,150,10,15,5,e=.8"]
    assert aapor_rates(300, 20, 40, 150, 10, 15, 5, 0.8) == pytest.approx(expected, abs=1e-12)
    assert np.isnan(aapor_rates(0, 0, 0, 0, 0)["RR1"])
    with pytest.raises(AnalysisError):
        aapor_rates(-1, 0, 0, 0, 0)


def test_the_description_s_worked_bound():
    found = manski(272, 320, 540)  # 85 % of 320 answers, 540 people: section 0 of the domain notes
    assert (round(found.low, 3), round(found.high, 3)) == (0.504, 0.911)


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_bounds_hold_every_completion_and_mirror(k, rest, silence):
    n, everyone = k + rest, k + rest + silence
    if everyone == 0:
        return
    found, turned = manski(k, n, everyone), manski(rest, n, everyone)
    for extra in (0, silence // 2, silence):
        assert found.low - 1e-12 <= (k + extra) / everyone <= found.high + 1e-12
    assert (found.low, found.high) == pytest.approx((1 - turned.high, 1 - turned.low))


def test_bounds_without_variance_or_sense():
    assert np.isnan(manski(3, 3, 3).ci_low)
    assert np.isnan(manski([1], [2], [4]).ci_low)  # one cluster
    assert manski([0, 0], [0, 0], [3, 4]).high == 1.0
    for bad in ((2, 1, 3), (1, 4, 3), (0, 0, 0)):
        with pytest.raises(AnalysisError):
            manski(*bad)
    assert np.isnan(tipping_point(0.7, 5, 5))


def test_clustered_intervals_do_not_depend_on_order_and_cover_the_truth():
    rng, held = np.random.default_rng(5), 0
    for _ in range(300):
        size = rng.integers(10, 40, 30)
        effect = rng.normal(0, 0.4, 30)
        truth = 1 / (1 + np.exp(-(0.4 + effect)))
        positive = rng.binomial(size, truth)
        answered = rng.binomial(positive, 0.6), rng.binomial(size - positive, 0.4)
        found = manski(answered[0], answered[0] + answered[1], size)
        held += found.ci_low <= 0.595 <= found.ci_high
    assert held >= 285
    again = manski(*(a[::-1] for a in (answered[0], answered[0] + answered[1], size)))
    assert again.ci_low == pytest.approx(found.ci_low)


def test_bands_of_age_are_found_and_met():
    codes = ["65_over", "18_24", "25_64", "under_18"]
    options = pd.DataFrame({"question": "age", "code": codes, "missing_reason": None})
    bands = age_bands(options)
    assert bands.codes == ("under_18", "18_24", "25_64", "65_over")
    assert band_of(pd.Series([17, 18, 64, 65, np.nan, -3, 200]), bands).tolist() == [
        "under_18", "18_24", "25_64", "65_over", None, None, None
    ]  # fmt: skip
    # a gap, or an option that is no age, makes it no question of age
    for other in (["18_24", "30_64"], ["18_24", "25_64", "other"], ["1", "2", "3"]):
        frame = pd.DataFrame({"question": "age", "code": other, "missing_reason": None})
        assert age_bands(frame) is None
    few = merge_thin(["a", "b", "c"], pd.Series({"a": 20, "b": 30, "c": 2}), pd.Series({"a": 1, "b": 1, "c": 1}))
    assert few == {"a": "a", "b": "b+c", "c": "b+c"}


def project(listed: int = 20, events: int = 8, per: int = 10) -> dict[str, pd.DataFrame]:
    """Events of equal size, ten answers each, six or seven of them positive."""
    names = [f"E{i}" for i in range(events)]
    event = np.repeat(names, per)
    ids = [f"r{i}" for i in range(len(event))]
    positive = np.tile([True] * 6 + [False] * (per - 6), events)
    positive[7 :: 2 * per] = True
    visits = np.repeat(names, listed)
    born = np.tile([1960, 1990], len(visits))[: len(visits)]
    return {
        "responses": pd.DataFrame({"response_id": ids, "event_id": event}),
        "scores": pd.DataFrame({"response_id": ids, "construct": "c", "positive": positive}),
        "answers": pd.DataFrame(
            {"response_id": ids, "item": "age", "code": np.tile(["18_39", "40_99"], len(ids))[: len(ids)]}
        ),
        "options": pd.DataFrame({"question": "age", "code": ["18_39", "40_99"], "missing_reason": None}),
        "attendance": pd.DataFrame({"event_id": visits, "person_id": [f"p{i}" for i in range(len(visits))]}),
        "persons": pd.DataFrame({"person_id": [f"p{i}" for i in range(len(visits))], "birth_year": born}),
        "events": pd.DataFrame({"event_id": names, "date": pd.Timestamp("2017-05-01"), "distributed": listed}),
    }


def by_method(rows: list[dict]) -> dict[str, dict]:
    return {r["method"]: r for r in rows}


def test_rows_of_a_project_add_up():
    rows = by_method(silent(project(), ("c",), 0.95))
    assert rows["manski_bounds"]["ci_low"] == pytest.approx(52 / 160)
    assert rows["manski_bounds"]["ci_high"] == pytest.approx(132 / 160)
    assert rows["tipping_point"]["estimate"] == pytest.approx(1 - 28 / 80)
    assert rows["tipping_point_cluster"]["estimate"] < rows["tipping_point"]["estimate"]
    widths = [rows[f"cluster_logit_overlap_{o}"] for o in (0, 25, 50)]
    assert widths[0]["ci_low"] > widths[1]["ci_low"] > widths[2]["ci_low"]
    assert rows["silent_lower_10"]["estimate"] == pytest.approx(0.65 - 0.05)
    rates = participation(project(), 0.95)
    whole = next(r for r in rates if r["term"] == "participation_rate" and r["group"] == "all")
    assert (whole["n"], whole["estimate"]) == (160, 0.5)


def test_more_answers_than_people_listed_have_no_rate_and_no_negative_silence():
    tables = project(listed=8)
    assert not [r for r in participation(tables, 0.95) if r["term"] == "participation_rate"]
    rows = by_method(silent(tables, ("c",), 0.95))
    bounds = rows["manski_bounds"]
    assert "ci_low" not in bounds and bounds["estimate"] == pytest.approx(0.65)
    for method in ("manski_bounds", "tipping_point"):
        assert "more answers than people listed" in rows[method]["note"]
    assert not {m for m in rows if m.startswith(("silent_lower", "imbens"))}
    strata = by_method(headline(tables, ("c",), "these_events", 0.95))["events_as_strata"]
    assert "8 events with more answers than people listed" in strata["note"]


def test_one_short_list_counts_as_many_people_as_answers_and_is_said():
    tables = project()
    tables["attendance"] = tables["attendance"].drop(index=range(12))
    bounds = by_method(silent(tables, ("c",), 0.95))["manski_bounds"]
    assert bounds["ci_low"] == pytest.approx(52 / 150)
    assert "150 visits listed" in bounds["note"] and "(1 events with more answers" in bounds["note"]
    assert "more answers" not in by_method(silent(project(), ("c",), 0.95))["manski_bounds"]["note"]


@pytest.mark.filterwarnings("error")
def test_an_age_nobody_on_the_lists_has_is_no_margin():
    tables = project()
    tables["persons"]["birth_year"] = pd.array([pd.NA] * len(tables["persons"]), dtype="Int64")
    refused = by_method(headline(tables, ("c",), "events_as_sample", 0.95))["raked_calibrated"]
    assert "not raked" in refused["note"]
    tables["events"]["date"] = pd.to_datetime(["2017-05-01", "2018-05-01"] * 4)
    row = by_method(headline(tables, ("c",), "events_as_sample", 0.95))["raked_calibrated"]
    assert row["weighting"] == "raked to year of people listed" and row["n"] == 80
    assert "age known for none of 160 listed visits;" in row["note"]


def test_without_lists_there_are_no_bounds():
    tables = project()
    tables["attendance"] = tables["attendance"].iloc[:0]
    methods = set(by_method(silent(tables, ("c",), 0.95)))
    assert methods == {"cluster_logit_overlap_0", "cluster_logit_overlap_25", "cluster_logit_overlap_50"}
    assert set(by_method(headline(tables, ("c",), "these_events", 0.95))) == {"korn_graubard"}


def test_who_was_not_asked_is_not_silent():
    tables = project()
    unasked = tables["responses"].loc[tables["responses"]["event_id"] == "E0", "response_id"]
    tables["scores"] = tables["scores"][~tables["scores"]["response_id"].isin(unasked)]
    event = tables["responses"].set_index("response_id")["event_id"]
    assert not_asked_at(tables["scores"], event, "c", ("c",)) == {"E0"}
    assert "140 visits listed" in by_method(silent(tables, ("c",), 0.95))["manski_bounds"]["note"]


def test_the_estimand_decides_what_korn_graubard_is_about():
    assert Analysis().estimand == "events_as_sample"
    rows = {e: by_method(headline(project(), ("c",), e, 0.95)) for e in ("events_as_sample", "these_events")}
    sample, these = (rows[e]["korn_graubard"] for e in rows)
    assert (sample["df"], these["df"]) == (7, 72)
    assert these["std_error"] == pytest.approx(rows["events_as_sample"]["events_as_strata"]["std_error"])
    assert "sample" in sample["note"]
    assert "as they were" in these["note"]


def test_raked_rows_name_their_weights_or_why_there_are_none():
    row = by_method(headline(project(), ("c",), "events_as_sample", 0.95))["raked_calibrated"]
    assert row["estimate"] == pytest.approx(0.65)
    assert "raked to age" in row["weighting"]
    alone = by_method(headline(project(80, events=1, per=40), ("c",), "events_as_sample", 0.95))["raked_calibrated"]
    assert np.isnan(alone["ci_low"])
    assert "fewer than two clusters" in alone["note"]
    tables = project()
    tables["persons"]["birth_year"] = 1990  # everybody listed is young, the answers say otherwise
    refused = by_method(headline(tables, ("c",), "events_as_sample", 0.95))["raked_calibrated"]
    assert "estimate" not in refused
    assert "not raked" in refused["note"]


def test_a_weight_above_the_cap_is_refused_where_no_other_meets_the_margins():
    tables = project()
    tables["persons"]["birth_year"] = np.tile([1960, 1960, 1960, 1990], len(tables["persons"]) // 4)
    rows = {
        cap: by_method(headline(tables, ("c",), "events_as_sample", 0.95, cap))["raked_calibrated"]
        for cap in (2.0, 1.2)
    }
    assert "weights 0.50 to 1.50 times their mean" in rows[2.0]["note"]
    assert "estimate" not in rows[1.2]
    assert "no weights between 0.833333 and 1.2 times" in rows[1.2]["note"]
