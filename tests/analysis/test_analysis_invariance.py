"""What must not change the numbers, what must mirror them, and the edges where formulas end."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from pipeline.analysis.intervals import HALF, anova_icc, clustered, wilson
from pipeline.analysis.reliability import cronbach_alpha
from pipeline.analysis.shares import by_group, clustering, count_clusters, most, overall
from pipeline.core.errors import AnalysisError

LEVELS = st.sampled_from([0.8, 0.9, 0.95, 0.99])
CLUSTERS = st.lists(st.integers(0, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=30)
#: The same examples on every run.
PROPERTY = settings(deadline=None, derandomize=True, database=None, max_examples=150)
NUMBERS = ["estimate", "std_error", "ci_low", "ci_high"]


def split(clusters: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [k for k, _ in clusters], [n for _, n in clusters]


def answers(seed: int = 3, n: int = 240) -> pd.DataFrame:
    """Return responses of 24 events in 8 actions, some events and some outcomes unknown."""
    rng = np.random.default_rng(seed)
    event = rng.integers(0, 24, n)
    frame = pd.DataFrame({"event": [f"E{e:02d}" for e in event], "action": [f"A{e % 8}" for e in event]})
    frame["positive"] = pd.array(rng.random(n) < 0.4 + 0.02 * (event % 12), dtype="boolean")
    frame.loc[rng.choice(n, 20, replace=False), "positive"] = pd.NA
    frame.loc[rng.choice(n, 10, replace=False), "event"] = None
    return frame


def everything(frame: pd.DataFrame) -> pd.DataFrame:
    whole = count_clusters(frame["positive"], frame["event"])
    parts = count_clusters(frame["positive"], frame["event"], frame["action"])
    rows = overall(whole, "x", 0.95) + most(whole, "x", 0.95) + clustering(whole, "x")
    rows += by_group(parts, "x", "action", 0.95)
    return pd.DataFrame(rows).set_index(["term", "group", "method"]).sort_index()


def same(left: pd.DataFrame, right: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(left, right, rtol=1e-12, atol=1e-12)


@PROPERTY
@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), LEVELS)
def test_wilson_rejects_one_half_exactly_where_the_interval_leaves_it_out(share, level):
    found = wilson(*share, level)
    assume(min(abs(found.low - HALF), abs(found.high - HALF)) > 1e-9)
    assert (found.p_value < 1 - level) == (not found.low <= HALF <= found.high)


@PROPERTY
@given(CLUSTERS, LEVELS)
@example([(3, 3), (5, 5), (2, 2), (4, 4)], 0.95)
@example([(0, 3), (0, 40)], 0.95)
@example([(1, 2), (2, 4)], 0.95)
def test_clustered_rejects_one_half_exactly_where_the_interval_leaves_it_out(clusters, level):
    found = clustered(*split(clusters), level)
    assume(not math.isnan(found.low))
    assume(min(abs(found.low - HALF), abs(found.high - HALF)) > 1e-9)
    assert (found.p_value < 1 - level) == (not found.low <= HALF <= found.high)
    assert found.low <= found.estimate + 1e-12
    assert found.estimate <= found.high + 1e-12


@PROPERTY
@given(CLUSTERS, LEVELS)
def test_swapping_yes_and_no_mirrors_the_interval_and_flips_the_test(clusters, level):
    positive, n = split(clusters)
    negative = [m - k for k, m in clusters]
    pairs = [(clustered(positive, n, level), clustered(negative, n, level))]
    pairs += [(wilson(sum(positive), sum(n), level), wilson(sum(negative), sum(n), level))]
    for one, other in pairs:
        mirrored = (1 - other.high, 1 - other.low, -other.statistic, other.p_value, other.std_error)
        assert (one.low, one.high, one.statistic, one.p_value, one.std_error) == pytest.approx(
            mirrored, rel=1e-9, abs=1e-9, nan_ok=True
        )
    assert anova_icc(positive, n) == pytest.approx(anova_icc(negative, n), abs=1e-9, nan_ok=True)


@PROPERTY
@given(CLUSTERS, st.randoms())
def test_order_of_clusters_and_empty_clusters_do_not_matter(clusters, random):
    mixed = [*clusters, (0, 0)]
    random.shuffle(mixed)
    before, after = clustered(*split(clusters)), clustered(*split(mixed))
    assert [before.low, before.high, before.p_value] == pytest.approx(
        [after.low, after.high, after.p_value], rel=1e-9, nan_ok=True
    )
    assert anova_icc(*split(clusters)) == pytest.approx(anova_icc(*split(mixed)), abs=1e-9, nan_ok=True)


def test_order_of_rows_does_not_matter():
    frame = answers()
    same(everything(frame), everything(frame.sample(frac=1, random_state=1)))


def test_names_of_events_and_actions_do_not_matter():
    frame = answers()
    renamed = frame.assign(
        event=frame["event"].map(lambda e: f"x{99 - int(e[1:])}", na_action="ignore"),
        action=frame["action"].map(lambda a: f"b{9 - int(a[1:])}"),
    )
    found = everything(renamed).reset_index()
    found["group"] = found["group"].map(lambda g: f"action=A{9 - int(g[-1])}" if "=" in g else g)
    same(everything(frame), found.set_index(["term", "group", "method"]).sort_index())


def test_counts_of_two_halves_add_up():
    frame = answers()
    whole = count_clusters(frame["positive"], frame["event"], frame["action"])
    halves = [count_clusters(h["positive"], h["event"], h["action"]) for h in (frame[:100], frame[100:])]
    added = pd.concat(halves).groupby(["group", "cluster"], as_index=False)[["k", "n", "missing"]].sum()
    pd.testing.assert_frame_equal(whole, added)


def test_swapped_labels_mirror_every_row():
    frame = answers()
    rows, mirrored = everything(frame), everything(frame.assign(positive=~frame["positive"]))
    shares = rows["unit"] == "share"
    assert (rows.loc[shares, "estimate"] + mirrored.loc[shares, "estimate"]).to_numpy() == pytest.approx(1.0)
    sums = (rows["ci_low"] + mirrored["ci_high"]).dropna()
    assert len(sums) > 20
    assert sums.to_numpy() == pytest.approx(1.0)
    same(rows.loc[~shares, NUMBERS], mirrored.loc[~shares, NUMBERS])


def test_one_answer_per_cluster_gives_nearly_the_ordinary_test():
    # deff replace of singletons is G/(G-1) x (n-1)/n = 1
    counts = pd.DataFrame({"cluster": [f"c{i}" for i in range(200)], "k": [1] * 120 + [0] * 80, "n": 1, "missing": 0})
    rows = {r["term"]: r for r in clustering(counts, "x")}
    assert rows["design_effect"]["estimate"] == pytest.approx(1.0, abs=1e-12)
    assert math.isnan(rows["icc"]["estimate"])
    assert rows["icc"]["note"].startswith("undefined")


def test_no_share_of_nothing():
    for found in (wilson(0, 0), clustered([], []), clustered([0], [0])):
        assert all(math.isnan(x) for x in (found.estimate, found.low, found.high, found.p_value))
    for positive, n in [(2, 1), (-1, 1), (0, -1), (math.nan, 3)]:
        with pytest.raises(AnalysisError, match="no share"):
            wilson(positive, n)


def test_one_cluster_has_a_share_and_no_interval():
    found = clustered([3, 0], [4, 0])
    assert found.estimate == 0.75
    assert math.isnan(found.low)
    assert "fewer than two clusters" in found.rule
    assert math.isnan(anova_icc([3], [4])[0])


def test_the_smallest_samples_give_wide_intervals_and_no_errors():
    assert (wilson(1, 1).low, wilson(1, 1).high) == (pytest.approx(0.2065493), 1.0)
    found = clustered([1, 1], [1, 1])
    assert (found.low, found.high) == (pytest.approx(math.sqrt(0.025)), 1.0)
    assert clustered([1, 0], [1, 1]).p_value == pytest.approx(1.0)


@pytest.mark.parametrize("value", [True, False])
def test_a_constant_outcome_has_an_interval_but_no_design_effect(value):
    frame = answers().assign(positive=pd.array([value] * 240, dtype="boolean"))
    rows = everything(frame)
    assert rows.loc[("share_positive", "all", "cluster_logit_t"), "ci_high"] <= 1
    assert rows.loc[("share_positive", "all", "cluster_logit_t"), "note"].startswith("every cluster has the same share")
    assert rows.loc[["icc", "design_effect", "n_effective"], "estimate"].isna().all()
    pooled = rows.xs("wilson_icc", level="method")
    assert (pooled["estimate"] == float(value)).all()
    assert pooled["ci_low"].isna().all()
    assert (pooled["note"] == "no interval: the intraclass correlation is not defined").all()


def test_an_outcome_nobody_has_gives_empty_rows_that_say_how_many_are_missing():
    rows = everything(answers().assign(positive=pd.array([pd.NA] * 240, dtype="boolean")))
    assert (rows["n"] == 0).all()
    assert rows["estimate"].isna().all()
    assert (rows.xs("all", level="group")["n_excluded"] == 240).all()
    assert (rows.xs("wilson_icc", level="method")["note"] == "no answers").all()


def test_a_group_with_only_missing_outcomes_stays_in_the_table():
    frame = answers()
    frame.loc[frame["action"] == "A3", "positive"] = pd.NA
    rows = everything(frame).xs("action=A3", level="group")
    assert sorted(rows.index.get_level_values("method")) == ["cluster_logit_t", "wilson", "wilson_icc"]
    assert (rows["n"] == 0).all()
    assert (rows["n_excluded"] == (frame["action"] == "A3").sum()).all()
    # and it takes no part in the correlation pooled over the others
    others = everything(frame[frame["action"] != "A3"]).xs("wilson_icc", level="method")
    same(others, everything(frame).xs("wilson_icc", level="method").drop(("share_positive", "action=A3")))


def test_a_group_of_one_event_has_its_interval_from_the_pooled_correlation():
    frame = pd.DataFrame({"event": list("aaaabbbbcccc"), "action": list("xxxxyyyyyyyy")})
    frame["positive"] = pd.array([1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0], dtype="boolean")
    rows = everything(frame).xs("action=x", level="group").droplevel("term")
    assert rows.loc["cluster_logit_t", "note"] == "no cluster interval from one cluster; see method wilson_icc"
    icc, df = anova_icc([3, 3, 1], [4, 4, 4], ["x", "y", "y"])
    deff = 1 + 3 * icc
    found = wilson(3 / deff, 4 / deff, 0.95, df)
    assert list(rows.loc["wilson_icc", NUMBERS]) == pytest.approx(
        [found.estimate, found.std_error, found.low, found.high]
    )


def test_without_events_only_wilson_is_given():
    frame = answers().assign(event=None)
    rows = everything(frame)
    assert set(rows.index.get_level_values("method")) == {"wilson"}
    assert rows["n_clusters"].isna().all()


def test_responses_of_unknown_events_are_one_cluster():
    counts = count_clusters(pd.Series([True, False, True], dtype="boolean"), pd.Series(["E1", None, None]))
    assert counts[["cluster", "n"]].to_numpy().tolist() == [["(unknown)", 2], ["E1", 1]]


def test_degrees_of_freedom_stop_at_the_number_of_events_that_groups_share():
    # 4 events, each with answers of 3 groups: 12 cells, but only 3 degrees of freedom between events
    frame = pd.DataFrame([(e, g, i) for e in "abcd" for g in "xyz" for i in range(3)], columns=["event", "action", "i"])
    frame["positive"] = pd.array((frame.index * 7 % 5) < 2, dtype="boolean")
    assert (everything(frame).xs("wilson_icc", level="method")["df"] == 3).all()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"a": [1, 2, 3], "b": [3, 2, 1]}, "the sum is constant"),
        ({"a": [2, 2, 2], "b": [4, 4, 4]}, "constant items"),
        ({"a": [1, 2], "b": [1, 3]}, "two responses"),
        ({"a": [1, 2, 3]}, "one item"),
        ({"a": [1, None, 2], "b": [None, 2, 3]}, "no complete response but one"),
        ({"a": [None, None], "b": [None, None]}, "all missing"),
    ],
)
def test_alpha_is_undefined(values, reason):
    found = cronbach_alpha(pd.DataFrame(values, dtype=float), "x")
    assert found.get("estimate") is None, reason
    assert found["note"].startswith("undefined")


def test_alpha_does_not_depend_on_order_or_units():
    frame = pd.DataFrame(np.random.default_rng(1).normal(size=(30, 1)) + np.random.default_rng(2).normal(size=(30, 4)))
    one, other = (
        cronbach_alpha(frame, "x"),
        cronbach_alpha(10 - 3 * frame.sample(frac=1, random_state=1)[[2, 0, 3, 1]], "x"),
    )
    assert [one[c] for c in ("estimate", "ci_low", "ci_high")] == pytest.approx(
        [other[c] for c in ("estimate", "ci_low", "ci_high")]
    )
    assert one["ci_low"] < one["estimate"] < one["ci_high"]
