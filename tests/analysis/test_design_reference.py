"""Designs, limits, weights and bounds against R; `tests/reference/` says which values are whose."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.analysis import design as plans
from pipeline.analysis.calibration import calibrate, effective_n, residual, trim
from pipeline.analysis.multiplicity import benjamini_hochberg, holm
from pipeline.analysis.proportions import clopper_pearson, miettinen_nurminen, newcombe, newcombe_paired
from pipeline.analysis.share_limits import share_limits
from pipeline.analysis.weights import rake
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
CLOSED_FORM = 1e-12
R_METHODS = {"korn_graubard": "beta", "logit": "logit", "asin": "asin", "mean": "mean"}
DIFFERENCES = {
    "diff newcombe": newcombe,
    "diff miettinen_nurminen": miettinen_nurminen,
    "diff score_mee": lambda *counts: miettinen_nurminen(*counts, corrected=False),
}


def values(name: str) -> dict:
    return json.loads((ROOT / "tests" / "reference" / f"{name}.json").read_text("utf-8"))["values"]


def data(name: str) -> pd.DataFrame:
    if not (DATA / name).is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / name)


@pytest.mark.parametrize("key", [k for k in values("proportions") if k.startswith("clopper")])
def test_clopper_pearson_limits_are_those_of_r(key):
    share, level = key.split()[1].split("@")
    found = clopper_pearson(*map(int, share.split("/")), float(level))
    assert [found.low, found.high] == pytest.approx(values("proportions")[key], abs=CLOSED_FORM)


@pytest.mark.parametrize("key", [k for k in values("proportions") if k.startswith("diff")])
def test_limits_of_a_difference_are_those_of_r(key):
    name, counts = key.rsplit(" ", 1)
    found = DIFFERENCES[name](*map(int, counts.split(",")))
    assert [found.low, found.high] == pytest.approx(values("proportions")[key], abs=CLOSED_FORM)


@given(st.integers(1, 25), st.integers(1, 25), st.data())
def test_a_difference_turns_over_with_its_groups_and_lies_in_its_limits(n, m, draw):
    k, j = draw.draw(st.integers(0, n)), draw.draw(st.integers(0, m))
    for method in DIFFERENCES.values():
        one, other = method(k, n, j, m), method(j, m, k, n)
        assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-9)
        assert -1 <= one.low <= one.estimate + 1e-12
        assert one.estimate - 1e-12 <= one.high <= 1


def test_shares_that_are_none_are_refused():
    for bad in [lambda: clopper_pearson(3, 2), lambda: newcombe(0, 0, 1, 2), lambda: miettinen_nurminen(1, 2, 0, 0)]:
        with pytest.raises(AnalysisError):
            bad()
    with pytest.raises(AnalysisError):
        newcombe_paired(0, 0, 0, 0)


def designs() -> dict[str, tuple[pd.Series, plans.Design]]:
    one, strata, two, health, feedback = (
        data(f) for f in ("apiclus1.csv", "apistrat.csv", "apiclus2.csv", "nhanes.csv", "feedback.csv")
    )
    yes = {name: (frame["comp.imp"] == "Yes").astype(float) for name, frame in (("1", one), ("s", strata), ("2", two))}
    inner = 757 * two["fpc2"] / (two["dnum"].nunique() * two.groupby("dnum")["snum"].transform("size"))
    stages = (
        plans.stage(two["dnum"], len(two), population=two["fpc1"]),
        plans.stage(two["snum"], len(two), two["dnum"], two["fpc2"]),
    )
    age = feedback["age"].map({"-25": 0, "26-40": 1, "41-60": 2, "60+": 3})
    weight = (1 + age * 0.4 + (feedback["gender"] == "m") * 0.3).round(2)
    n = len(feedback)
    nested = plans.design(len(health), health["WTMEC2YR"], health["SDMVPSU"], health["SDMVSTRA"])
    return {
        "clus1": (yes["1"], plans.design(len(one), one["pw"], one["dnum"])),
        "clus1_fpc": (yes["1"], plans.design(len(one), one["pw"], one["dnum"], population=one["fpc"])),
        "strat_fpc": (
            yes["s"],
            plans.design(len(strata), strata["pw"], stratum=strata["stype"], population=strata["fpc"]),
        ),
        "clus2_fpc": (yes["2"], plans.Design(inner.to_numpy(), stages)),
        "nhanes": (health["HI_CHOL"], nested),
        "fb": (feedback["pos"], plans.design(n, cluster=feedback["event"])),
        "fb_w": (feedback["pos"], plans.design(n, weight, feedback["event"])),
    }


@pytest.mark.parametrize("name", ["clus1", "clus1_fpc", "strat_fpc", "clus2_fpc", "nhanes", "fb", "fb_w"])
def test_means_totals_and_limits_are_those_of_r_survey(name):
    y, design = designs()[name]
    expected, found = values("design"), plans.mean(y, design)
    mean, error, _, effect, df = expected[f"{name} mean se deff deff_replace degf"]
    assert (found.estimate, found.std_error, found.df) == pytest.approx((mean, error, df), rel=CLOSED_FORM)
    assert plans.design_effect(y, design) == pytest.approx(effect, rel=CLOSED_FORM)
    total = plans.total(y, design)
    assert [total.estimate, total.std_error] == pytest.approx(expected[f"{name} total se"], rel=CLOSED_FORM)
    limits = share_limits(found, "mean")
    assert [limits.low, limits.high] == pytest.approx(expected[f"{name} ci t"], abs=CLOSED_FORM)
    used = design.weights[~np.isnan(np.asarray(y, dtype=float))]
    assert len(used) / effective_n(used) == pytest.approx(expected[f"{name} kish_deff_w"], rel=CLOSED_FORM)
    for method, r_name in R_METHODS.items():
        limits = share_limits(found, method)
        # R's logit interval comes from an iterated model: it carries up to 4e-11
        tolerance = 5e-11 if method == "logit" else CLOSED_FORM
        assert [limits.low, limits.high] == pytest.approx(expected[f"{name} svyciprop {r_name}"], abs=tolerance)


def test_domains_keep_the_clusters_of_the_whole_design():
    feedback = data("feedback.csv")
    design, expected = plans.design(len(feedback), cluster=feedback["event"]), values("design")
    for i, action in enumerate(expected["fb by action"]["level"]):
        found = plans.mean(feedback["pos"], design, feedback["action"] == action)
        assert found.estimate == pytest.approx(expected["fb by action"]["mean"][i], rel=CLOSED_FORM)
        assert found.std_error == pytest.approx(expected["fb by action"]["se"][i], rel=CLOSED_FORM)
        limits, reference = share_limits(found, "logit"), expected["fb by action logit ci (design df)"]
        assert (limits.low, limits.high) == pytest.approx((reference["lo"][i], reference["hi"][i]), abs=1e-9)


@pytest.mark.parametrize("rule", ["adjust", "average", "remove"])
def test_single_cluster_strata_follow_the_rule_named(rule):
    feedback = data("feedback.csv")
    stratum = feedback["action"] + feedback["region"]
    found = plans.mean(
        feedback["q2"], plans.design(len(feedback), cluster=feedback["event"], stratum=stratum, lonely=rule)
    )
    expected = values("design")[f"fb stratified lonely {rule}"]
    assert [found.std_error, found.df] == pytest.approx(expected, rel=CLOSED_FORM)
    with pytest.raises(AnalysisError, match="single unit"):
        plans.mean(feedback["q2"], plans.design(len(feedback), cluster=feedback["event"], stratum=stratum))


def test_korn_graubard_is_defined_where_r_gives_nothing():
    cluster = [1] * 3 + [2] * 5 + [3] * 2 + [4] * 4
    mixed = [1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1]
    for method, r_name in R_METHODS.items():
        limits = share_limits(plans.mean(mixed, plans.design(14, cluster=cluster)), method)
        assert [limits.low, limits.high] == pytest.approx(values("design")[f"edge mix {r_name}"], abs=1e-11)
    every = share_limits(plans.mean([1] * 14, plans.design(14, cluster=cluster)))
    none = share_limits(plans.mean([0] * 14, plans.design(14, cluster=cluster)))
    assert (every.high, none.low) == (1.0, 0.0)
    assert every.low == pytest.approx(0.5645, abs=5e-5)  # svy 0.35
    assert none.high == pytest.approx(1 - every.low)
    assert np.isnan(share_limits(plans.mean([1] * 14, plans.design(14, cluster=cluster)), "logit").low)


def test_too_little_gives_no_limits_and_says_so():
    for y, cluster in ([[1, 0], ["a", "a"]], [[1.0], ["a"]], [[np.nan, np.nan], ["a", "b"]]):
        limits = share_limits(plans.mean(y, plans.design(len(y), cluster=cluster)))
        assert np.isnan(limits.low)
        assert limits.rule
    with pytest.raises(AnalysisError):
        share_limits(plans.mean([1, 0], plans.design(2)), "no such")
    with pytest.raises(AnalysisError):
        plans.design(2, weights=[1, np.nan])
    with pytest.raises(AnalysisError, match="fewer units"):
        plans.design(3, population=[2, 2, 2])


ROWS = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4), st.integers(1, 3)), min_size=6, max_size=30)


@given(ROWS, st.randoms())
def test_order_names_and_the_unit_of_weights_change_nothing(rows, random):
    def found(part, names, factor):
        y, c, w = map(list, zip(*part, strict=True))
        return plans.mean(y, plans.design(len(y), np.array(w) * factor, [names[i] for i in c]))

    shuffled = random.sample(rows, len(rows))
    one, other = found(rows, "abcde", 1.0), found(shuffled, "zyxwv", 7.5)
    assert one.estimate == pytest.approx(other.estimate)
    assert one.std_error == pytest.approx(other.std_error, abs=1e-12, nan_ok=True)


def margins(frame: pd.DataFrame, *names: str) -> dict[str, pd.Series]:
    return {name: frame[name].value_counts() for name in names}


def test_calibrated_weights_and_errors_are_those_of_r_survey():
    schools, table, expected = data("apiclus1.csv"), data("apipop_margins.csv"), values("weights")
    kind, wide = table.groupby("stype")["Freq"].sum(), table.groupby("sch.wide")["Freq"].sum()
    base, both = schools["pw"].to_numpy(), {"stype": kind, "sch.wide": wide}
    x = np.column_stack([np.ones(len(schools)), schools["stype"] == "H", schools["stype"] == "M"])
    x = np.column_stack([x, schools["sch.wide"] == "Yes"]).astype(float)
    goal = [kind.sum(), kind["H"], kind["M"], wide["Yes"]]
    one, raked = rake(schools, {"stype": kind}, base), rake(schools, both, base, schools["dnum"])
    left = residual(x, base)
    cases = {
        "base": (base, None, 1e-12),
        "poststrat stype": (one.values, one.residual, 1e-12),
        # R stops at an error of 1e-9 in a count
        "rake tight": (raked.values, raked.residual, 1e-9),
        "calibrate raking": (raked.values, raked.residual, 1e-12),
        "calibrate linear": (calibrate(x, goal, base), left, 1e-12),
        "calibrate logit(.7,1.8)": (calibrate(x, goal, base, (0.7, 1.8)), left, 1e-12),
    }
    for name, (weights, rest, tolerance) in cases.items():
        assert weights == pytest.approx(expected[f"{name} weights"], rel=tolerance)
        design = plans.design(len(schools), weights, schools["dnum"], population=schools["fpc"])
        for variable in ("enroll", "api00"):
            for what, function in (("mean", plans.mean), ("total", plans.total)):
                found = function(schools[variable], design, residual=rest)
                reference = expected[f"{name} {variable} {what} se"]
                assert [found.estimate, found.std_error] == pytest.approx(reference, rel=tolerance)
    assert rake(schools, both, base, bounds=(0.7, 1.8)).values == pytest.approx(
        expected["calibrate logit(.7,1.8) weights"], rel=1e-12
    )


def test_trimmed_weights_are_those_of_r_survey():
    expected = values("weights")
    raked = np.array(expected["rake tight weights"])
    assert trim(raked, 20, 45) == pytest.approx(expected["trim 20-45 weights"], rel=CLOSED_FORM)
    assert trim(raked, high=38, strict=True) == pytest.approx(expected["trim strict 38 weights"], rel=CLOSED_FORM)
    assert trim(raked, high=38, strict=True).sum() == pytest.approx(raked.sum())
    with pytest.raises(AnalysisError):
        trim([1.0, 1.0, 1.0], high=0.5, strict=True)


def test_the_two_estimands_and_raking_on_the_project_are_those_of_r():
    people, answers, expected = data("attendance.csv"), data("feedback.csv"), values("weights")
    for frame in (people, answers):
        frame["gender2"] = np.where(frame["gender"] == "f", "f", "mx")
    everything = rake(answers, margins(people, "event", "gender2", "age"))
    assert everything.values == pytest.approx(expected["fb rake weights"], rel=1e-7)
    assert everything.n_effective == pytest.approx(expected["fb rake kish neff range"][0], rel=1e-8)
    sound = rake(answers, margins(people, "gender2", "age"), cluster=answers["event"])
    size = answers["event"].map(people["event"].value_counts())
    strata = plans.design(320, size / answers["event"].map(answers["event"].value_counts()), stratum=answers["event"],
                          population=size)  # fmt: skip
    action = rake(answers, margins(people, "action"))
    for variable in ("q2", "pos"):
        y = answers[variable]
        collapsed = plans.mean(y, plans.design(320, everything.values, answers["event"]), residual=everything.residual)
        plain = plans.mean(y, plans.design(320, cluster=answers["event"]))
        found = [collapsed.estimate, collapsed.std_error, plain.estimate, plain.std_error]
        assert found == pytest.approx(expected[f"fb {variable} rake mean se / base mean se"], abs=1e-9)
        clustered = plans.mean(y, plans.design(320, sound.values, answers["event"]), residual=sound.residual)
        these = plans.mean(y, strata)
        found = [clustered.estimate, clustered.std_error, these.estimate, these.std_error]
        key = f"fb {variable} rake gender+age clustered mean se / events as strata fpc mean se"
        assert found == pytest.approx(expected[key], abs=1e-10)
    stratified = plans.mean(answers["q2"], plans.design(320, action.values, answers["event"]), residual=action.residual)
    found = [stratified.estimate, stratified.std_error]
    assert found == pytest.approx(expected["fb poststrat action q2"], rel=CLOSED_FORM)


def respondents() -> pd.DataFrame:
    return pd.DataFrame({"age": list("yyyooo") * 4, "place": list("aabbab") * 4, "event": [*"ABCDEFGH"] * 3})


def test_raking_is_refused_where_it_would_mislead():
    frame, young = respondents(), pd.Series({"y": 30, "o": 10})
    with pytest.raises(AnalysisError, match="determines the cluster"):
        rake(frame, {"event": pd.Series(5, index=list("ABCDEFGH"))}, cluster=frame["event"])
    with pytest.raises(AnalysisError, match="different numbers"):
        rake(frame, {"age": young, "place": pd.Series({"a": 30, "b": 30})})
    with pytest.raises(AnalysisError, match="no respondent"):
        rake(frame, {"age": pd.Series({"y": 30, "o": 10, "older": 5})})
    with pytest.raises(AnalysisError, match="cannot be raked"):
        rake(frame.assign(age=frame["age"].where(frame["age"] == "y")), {"age": young})
    with pytest.raises(AnalysisError, match="no weights between"):
        rake(frame, {"age": young}, bounds=(0.9, 1.1))
    with pytest.raises(AnalysisError, match="nothing between clusters"):
        rake(frame, {"age": young}, cluster=np.where(frame["place"] == "a", "x", "y"))
    # crossed so that no weights exist: every young one is at a, but a has fewer people than there are young
    torn = pd.DataFrame({"age": list("yyo"), "place": list("aab")})
    with pytest.raises(AnalysisError, match="not reached"):
        rake(torn, {"age": young, "place": pd.Series({"a": 10, "b": 30})})


def test_raked_weights_meet_their_margins_within_their_bounds_in_any_order():
    frame, goal = respondents(), {"age": pd.Series({"y": 50, "o": 30}), "place": pd.Series({"a": 45, "b": 35})}
    for bounds in (None, (0.5, 2.0)):
        found = rake(frame, goal, bounds=bounds)
        for name, people in goal.items():
            totals = pd.Series(found.values).groupby(frame[name]).sum()
            assert totals.to_dict() == pytest.approx(people.to_dict())
        order = np.random.default_rng(0).permutation(len(frame))
        again = rake(frame.iloc[order].reset_index(drop=True), goal, bounds=bounds)
        assert again.values == pytest.approx(found.values[order])
    assert effective_n([1, 1, 1]) == pytest.approx(3)
    assert effective_n(found.values) < len(frame)


def test_raking_recovers_a_mean_that_the_answers_alone_miss():
    rng = np.random.default_rng(3)
    age = np.repeat(["y", "o"], 5000)
    outcome = rng.random(10_000) < np.where(age == "y", 0.3, 0.7)
    answered = rng.random(10_000) < np.where(age == "y", 0.2, 0.6)
    frame = pd.DataFrame({"age": age[answered]})
    found = rake(frame, {"age": pd.Series(age).value_counts()})
    plain = plans.mean(outcome[answered], plans.design(len(frame)))
    raked = plans.mean(outcome[answered], plans.design(len(frame), found.values), residual=found.residual)
    assert abs(raked.estimate - 0.5) < 3 * raked.std_error < abs(plain.estimate - 0.5)


def test_benjamini_hochberg_and_holm_are_those_of_r():
    one, other = values("signed"), values("benjamini_hochberg")
    p = [0.0001, 0.004, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1.0]
    with_gap = [0.01, np.nan, 0.04, 0.03]
    for name, function in (("BH", benjamini_hochberg), ("holm", holm)):
        assert function(p) == pytest.approx(one[f"p.adjust {name}"], abs=CLOSED_FORM)
        gap = [np.nan if v is None else v for v in one[f"p.adjust {name} with NA"]]
        assert function(with_gap) == pytest.approx(gap, abs=CLOSED_FORM, nan_ok=True)
        items = other["6 items regTermTest p (training/workshop/event)"]
        assert function(list(items.values())) == pytest.approx(list(other[f"6 items {name}"].values()), abs=CLOSED_FORM)
    assert benjamini_hochberg(other["lm pairs none"]["p"]) == pytest.approx(other["lm pairs fdr"]["p"], abs=CLOSED_FORM)
    assert len(benjamini_hochberg([])) == 0
