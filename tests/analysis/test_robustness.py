"""The specification curve: each choice does what its name says, the summary adds up, and it costs little."""

from __future__ import annotations

import itertools
import math
import time

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.estimates import table
from pipeline.analysis.intervals import clustered, wilson
from pipeline.analysis.robustness import specification_curve, summary
from pipeline.analysis.specifications import DIMENSIONS, Answers, curve, prepare
from pipeline.core import contracts
from pipeline.core.config import Robustness
from pipeline.core.errors import AnalysisError

WHY = {"en": "because"}
CUT = {"key": "middle", "reason": WHY, "above": 0.5}
RULE = {"key": "half", "reason": WHY, "answered": 0.5}
SAME = {"key": "same", "reason": WHY}
ALL = {"key": "nobody", "reason": WHY}
METHODS = ("cluster_logit_t", "korn_graubard", "bootstrap_percentile", "wilson")
LOGIT = {"key": "logit", "reason": WHY, "method": "cluster_logit_t"}


def choices(**lists: list[dict]) -> Robustness:
    given = {"cuts": [CUT], "missing": [RULE], "weights": [SAME], "exclusions": [ALL], "intervals": [LOGIT], **lists}
    return Robustness.model_validate({"replicates": 500, "seed": 1, **given})


def answers(seed: int = 1, n: int = 200, events: int = 12) -> Answers:
    rng = np.random.default_rng(seed)
    index = pd.Index([f"r{i:03d}" for i in range(n)], name="response_id")
    score = pd.DataFrame(rng.integers(0, 9, (n, 2)) / 8, index, ["a", "b"])
    answered = pd.DataFrame(rng.choice([0.25, 0.5, 0.75, 1.0], (n, 2)), index, ["a", "b"])
    event = pd.Series(rng.integers(0, events, n), index).map("E{:02d}".format)
    responses = pd.DataFrame(
        {
            "event_id": event,
            "role": rng.choice(["participant", "organiser"], n),
            "mode": rng.choice(["web", "paper"], n),
        }
    )
    listed = pd.Series(np.arange(events) * 7 + 5, index=[f"E{i:02d}" for i in range(events)])
    return Answers(score, 1 - score, answered, responses, listed)


def one(prepared: Answers, outcomes=("a",), **lists) -> pd.Series:
    return curve(prepared, list(outcomes), choices(**lists), 0.95).iloc[0]


def test_the_main_choice_is_the_clustered_share():
    d = answers()
    used = d.answered["a"] >= 0.5
    y, event = (d.score["a"][used] > 0.5), d.responses["event_id"][used]
    e = clustered(y.groupby(event).sum(), y.groupby(event).size())
    found = one(d)
    assert (found["estimate"], found["low"], found["high"]) == pytest.approx((e.estimate, e.low, e.high))
    assert found["n"] == used.sum() and found["n_clusters"] == event.nunique()


def test_cuts_of_the_score_and_of_the_items():
    d = answers()
    used = d.answered["a"] >= 0.5
    higher = one(d, cuts=[{**CUT, "above": 0.75}])
    assert higher["estimate"] == pytest.approx((d.score["a"][used] > 0.75).mean())
    items = one(d, cuts=[{**CUT, "of": "items"}])
    assert items["estimate"] == pytest.approx((d.favourable["a"][used] > 0.5).mean())


def test_missing_rules():
    d = answers()
    complete = one(d, missing=[{**RULE, "answered": 1.0}])
    assert complete["n"] == (d.answered["a"] == 1).sum()
    cautious = one(d, missing=[{**RULE, "otherwise": "not_positive"}])
    up = (d.answered["a"] >= 0.5) & (d.score["a"] > 0.5)
    assert cautious["n"] == len(d.score) and cautious["estimate"] == pytest.approx(up.mean())


def test_a_form_without_the_question_never_counts_as_not_positive():
    d = answers()
    d.answered.loc[d.answered.index[:50], "a"] = np.nan
    d.score.loc[d.score.index[:50], "a"] = np.nan
    assert one(d, missing=[{**RULE, "otherwise": "not_positive"}])["n"] == len(d.score) - 50


def test_exclusions_by_column_by_size_and_of_the_largest_event():
    d = answers()
    people = one(d, missing=[{**RULE, "answered": 0}], exclusions=[{**ALL, "drop": {"role": ["organiser"]}}])
    assert people["n"] == (d.responses["role"] == "participant").sum()
    size = d.responses["event_id"].value_counts()
    big = one(d, missing=[{**RULE, "answered": 0}], exclusions=[{**ALL, "least_per_event": int(size.median())}])
    assert big["n"] == size[size >= int(size.median())].sum()
    without = one(d, missing=[{**RULE, "answered": 0}], exclusions=[{**ALL, "without_largest_event": True}])
    assert without["n"] == len(d.score) - size.max()


def test_weights_make_events_or_people_alike():
    d = answers()
    used = d.answered["a"] >= 0.5
    share = (d.score["a"][used] > 0.5).groupby(d.responses["event_id"][used]).mean()
    n = d.responses["event_id"][used].value_counts().reindex(share.index)
    alike = one(d, weights=[{**SAME, "alike": "events"}])
    assert alike["estimate"] == pytest.approx(share.mean())
    people = one(d, weights=[{**SAME, "alike": "people_listed"}])
    listed = np.maximum(d.listed.reindex(share.index), n)
    assert people["estimate"] == pytest.approx(np.average(share, weights=listed))


def test_wilson_with_weights_uses_the_effective_number_of_answers():
    d = answers()
    naive = [{**LOGIT, "method": "wilson"}]
    plain = one(d, intervals=naive)
    e = wilson(round(plain["estimate"] * plain["n"]), plain["n"])
    assert (plain["low"], plain["high"]) == pytest.approx((e.low, e.high))
    weighted = one(d, intervals=naive, weights=[{**SAME, "alike": "people_listed"}])
    assert weighted["high"] - weighted["low"] > plain["high"] - plain["low"]


def test_the_joint_outcome_asks_for_all():
    d = answers()
    used = (d.answered >= 0.5).all(axis=1)
    assert one(d, ("a", "b"))["estimate"] == pytest.approx((d.score[used] > 0.5).all(axis=1).mean())


def test_every_combination_is_there_once_and_the_level_reaches_every_interval():
    d = answers()
    many = {
        "cuts": [CUT, {**CUT, "key": "high", "above": 0.7}],
        "missing": [RULE, {**RULE, "key": "all", "answered": 1.0}],
        "intervals": [{**LOGIT, "key": m, "method": m} for m in METHODS],
    }
    wide, narrow = (curve(d, ["a"], choices(**many), level) for level in (0.95, 0.5))
    assert len(wide) == 16 and not wide.duplicated(list(DIMENSIONS)).any()
    assert ((narrow["high"] - narrow["low"]) < (wide["high"] - wide["low"])).all()
    assert (wide["low"] <= wide["estimate"]).all() and (wide["estimate"] <= wide["high"]).all()


def test_order_of_responses_and_names_of_events_change_nothing():
    d = answers()
    both = {"intervals": [LOGIT, {**LOGIT, "key": "boot", "method": "bootstrap_percentile"}]}
    base = curve(d, ["a"], choices(**both), 0.95)
    order = np.random.default_rng(5).permutation(len(d.score))
    turned = Answers(*(f.iloc[order] for f in (d.score, d.favourable, d.answered, d.responses)), d.listed)
    pd.testing.assert_frame_equal(curve(turned, ["a"], choices(**both), 0.95), base)


def test_nothing_asked_nobody_left_and_one_event_are_told():
    d = answers()
    assert curve(d, ["a"], Robustness.model_validate({"cuts": [], "intervals": []}), 0.95).empty
    nobody = one(d, exclusions=[{**ALL, "drop": {"mode": ["web", "paper"]}}])
    assert nobody["n"] == 0 and math.isnan(nobody["low"]) and nobody["rule"]
    alone = Answers(d.score, d.favourable, d.answered, d.responses.assign(event_id="E00"), d.listed)
    for method in ("cluster_logit_t", "korn_graubard", "bootstrap_percentile"):
        found = one(alone, intervals=[{**LOGIT, "method": method}])
        assert math.isnan(found["low"]) and found["rule"], method


def test_a_column_that_does_not_exist_is_named():
    with pytest.raises(AnalysisError, match="colour"):
        one(answers(), exclusions=[{**ALL, "drop": {"colour": ["red"]}}])


def test_summary_counts_what_supports_and_finds_what_moves_most():
    keys = list(itertools.product(["low", "high"], ["m"], ["w"], ["x", "y"], ["i"]))
    found = pd.DataFrame(keys, columns=list(DIMENSIONS))
    found["estimate"], found["low"] = [0.7, 0.71, 0.5, 0.52], [0.6, 0.62, 0.4, 0.45]
    rows = table(summary(found, "a")).set_index(["group", "method"])
    assert rows.loc[("all", "share_supporting"), "estimate"] == 0.5
    assert "2 of 4" in rows.loc[("all", "share_supporting"), "note"]
    assert rows.loc[("cut=low", "share_supporting"), "estimate"] == 1
    assert rows.loc[("choice=cut", "moves_estimate"), "estimate"] == pytest.approx(0.195)
    assert "moves it most" in rows.loc[("choice=cut", "moves_lower_limit"), "note"]
    assert "moves it most" not in rows.loc[("choice=exclusions", "moves_estimate"), "note"]
    assert ("choice=weights", "moves_estimate") not in rows.index
    all_row = rows.loc[("all", "median_estimate")]
    assert (all_row["ci_low"], all_row["estimate"], all_row["ci_high"]) == pytest.approx((0.5, 0.61, 0.71))


def contract_tables(n: int = 60) -> dict[str, pd.DataFrame]:
    rng = np.random.default_rng(3)
    names = {"q1": "a", "q2": "a", "q3": "b"}
    items = pd.DataFrame(
        [
            {"item": q, "construct": c, "minimum": 1.0, "maximum": 5.0, "reversed": q == "q2", "type": "select_one"}
            for q, c in names.items()
        ]
    )
    ids = [f"r{i:02d}" for i in range(n)]
    rows = [(r, q, float(rng.integers(1, 6)), None) for r in ids for q in names]
    long = pd.DataFrame(rows, columns=["response_id", "item", "value", "missing_reason"])
    long.loc[3, ["value", "missing_reason"]] = [np.nan, "dont_know"]
    long.loc[0, ["value", "missing_reason"]] = [np.nan, "not_asked"]
    responses = pd.DataFrame(
        {"response_id": ids, "event_id": [f"E{i % 6}" for i in range(n)], "role": "participant", "mode": "web"}
    )
    attendance = pd.DataFrame({"event_id": [f"E{i % 6}" for i in range(3 * n)]})
    return {"answers": long, "items": items, "responses": responses, "attendance": attendance}


def test_scores_are_taken_as_a_part_of_their_range_with_reversed_items_turned():
    tables = contract_tables()
    d = prepare(tables["answers"], tables["items"], tables["responses"], tables["attendance"])
    value = tables["answers"].pivot(index="response_id", columns="item", values="value")
    turned = value.assign(q2=6 - value["q2"])
    assert d.score["a"].to_numpy() == pytest.approx(((turned[["q1", "q2"]].mean(axis=1) - 1) / 4).to_numpy())
    assert d.answered.loc["r01", "a"] == 0.5 and d.answered.loc["r00", "a"] == 1  # not asked is not unanswered


def test_rows_keep_the_contract_and_both_outcomes_are_added():
    found = specification_curve(contract_tables(), ["a", "b", "absent"], choices(), 0.95)
    frame = contracts.check("estimates", table(found))
    assert set(frame["outcome"]) == {"a", "b", "both_primary"}
    assert set(frame["term"]) == {"specification", "specification_curve"}
    assert specification_curve(contract_tables(), [], choices(), 0.95) == []


def test_the_share_that_was_planted_is_found_by_the_right_specification():
    rng = np.random.default_rng(8)
    n = 40_000
    index = pd.RangeIndex(n).astype(str)
    score = pd.DataFrame({"a": rng.random(n)}, index=index)
    full = pd.DataFrame({"a": np.ones(n)}, index=index)
    responses = pd.DataFrame({"event_id": rng.integers(0, 400, n).astype(str)}, index=index)
    d = Answers(score, score, full, responses, pd.Series(dtype="int64"))
    for above in (0.3, 0.5, 0.8):
        assert one(d, cuts=[{**CUT, "above": above}])["estimate"] == pytest.approx(1 - above, abs=0.01)


def test_two_hundred_specifications_with_two_thousand_replicates_are_quick():
    boot = {**LOGIT, "key": "boot", "method": "bootstrap_percentile"}
    many = choices(
        cuts=[{**CUT, "key": f"c{i}", "above": 0.3 + 0.04 * i} for i in range(10)],
        missing=[{**RULE, "key": f"m{i}", "answered": i / 4} for i in range(5)],
        weights=[SAME, {**SAME, "key": "e", "alike": "events"}],
        intervals=[LOGIT, boot],
    ).model_copy(update={"replicates": 2000})
    start = time.perf_counter()
    assert len(curve(answers(n=320, events=36), ["a"], many, 0.95)) == 200
    assert time.perf_counter() - start < 200  # a hang, not a speed
