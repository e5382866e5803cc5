"""Every statistic against numbers of other software; `tests/reference/` says which."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.change import _change, paired_change
from pipeline.analysis.intervals import anova_icc, clustered, wilson
from pipeline.analysis.multiplicity import holm
from pipeline.analysis.reliability import cronbach_alpha
from pipeline.analysis.shares import clustering

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
CLOSED_FORM = 1e-12


def reference(name: str) -> dict:
    return json.loads((ROOT / "tests" / "reference" / f"{name}.json").read_text("utf-8"))


def data(name: str) -> pd.DataFrame:
    if not (DATA / name).is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / name)


@pytest.mark.parametrize(("case", "limits"), reference("wilson")["limits"].items())
def test_wilson_limits_are_those_of_r(case, limits):
    share, level = case.split("@")
    found = wilson(*map(int, share.split("/")), float(level))
    # R's own inversion leaves rounding of 4e-13
    assert [found.low, found.high] == pytest.approx(limits, abs=1e-12)


def test_wilson_and_its_test_agree_with_statsmodels():
    from statsmodels.stats.proportion import proportion_confint, proportions_ztest

    for k, n in [(0, 1), (1, 1), (3, 8), (211, 318), (5, 320)]:
        found = wilson(k, n, 0.9)
        assert (found.low, found.high) == pytest.approx(proportion_confint(k, n, 0.1, "wilson"), abs=CLOSED_FORM)
        z, p = proportions_ztest(k, n, 0.5, prop_var=0.5)
        assert (found.statistic, found.p_value) == pytest.approx((z, p), abs=CLOSED_FORM)


@pytest.mark.parametrize("name", ["feedback", "apiclus1", "mix"])
def test_clustered_logit_interval_is_that_of_r_survey(name):
    case = reference("clustered")["cases"][name]
    found = clustered(case["positive"], case["n"])
    assert [found.low, found.high] == pytest.approx(case["ci_logit"], abs=1e-12)
    if "mean" in case:
        assert (found.estimate, found.std_error) == pytest.approx((case["mean"], case["std_error"]), abs=CLOSED_FORM)
        assert found.df == case["df"]


def test_clustered_standard_error_is_that_of_statsmodels():
    import statsmodels.api as sm

    case = reference("clustered")["cases"]["feedback"]
    cluster = np.repeat(np.arange(len(case["n"])), case["n"])
    answer = np.concatenate([[1.0] * k + [0.0] * (n - k) for k, n in zip(case["positive"], case["n"], strict=True)])
    fitted = sm.OLS(answer, np.ones(len(answer))).fit(cov_type="cluster", cov_kwds={"groups": cluster}, use_t=True)
    assert clustered(case["positive"], case["n"]).std_error == pytest.approx(fitted.bse[0], abs=CLOSED_FORM)


def test_where_all_clusters_agree_the_interval_is_korn_and_graubards():
    case = reference("clustered")["korn_graubard"]["all"]
    found = clustered(case["positive"], case["n"])
    assert [found.low, found.high] == pytest.approx(case["ci"], abs=5e-5)
    assert found.rule.startswith("every cluster has the same share")


def test_korn_graubard_limits_are_beta_quantiles_at_the_reduced_n():
    from scipy import stats

    found = clustered([2, 4, 6], [4, 8, 12], 0.9)
    n = 24 * (stats.t.ppf(0.95, 23) / stats.t.ppf(0.95, 2)) ** 2
    assert found.low == pytest.approx(stats.beta.ppf(0.05, n / 2, n / 2 + 1), abs=CLOSED_FORM)
    assert found.high == pytest.approx(stats.beta.ppf(0.95, n / 2 + 1, n / 2), abs=CLOSED_FORM)


def test_intraclass_correlation_and_design_effect_are_those_of_r():
    case = reference("clustered")["cases"]["feedback"]
    assert anova_icc(case["positive"], case["n"])[0] == pytest.approx(case["icc"]["rho"], abs=CLOSED_FORM)
    for name in ("feedback", "apiclus1"):
        case = reference("clustered")["cases"][name]
        counts = pd.DataFrame({"cluster": [f"c{i}" for i in range(len(case["n"]))], "missing": 0})
        counts = counts.assign(k=case["positive"], n=case["n"])
        rows = {r["term"]: r["estimate"] for r in clustering(counts, "x")}
        assert rows["design_effect"] == pytest.approx(case["deff_replace"], abs=1e-12)
        assert rows["n_effective"] == pytest.approx(sum(case["n"]) / case["deff_replace"], abs=1e-9)


def test_the_intraclass_correlation_within_groups_rests_on_a_nested_analysis_of_variance():
    from statsmodels.formula.api import ols
    from statsmodels.stats.anova import anova_lm

    k, n, group = [4, 1, 3, 0, 6, 2], [5, 4, 5, 4, 7, 6], ["a", "a", "b", "b", "b", "c"]
    frame = pd.DataFrame(
        [(g, i, float(j < x)) for i, (x, m, g) in enumerate(zip(k, n, group, strict=True)) for j in range(m)],
        columns=["group", "cluster", "y"],
    )
    table = anova_lm(ols("y ~ C(group)", frame).fit(), ols("y ~ C(cluster)", frame).fit())
    between = table["ss_diff"].iloc[1] / table["df_diff"].iloc[1]
    within = table["ssr"].iloc[1] / table["df_resid"].iloc[1]
    n0 = (31 - (5**2 + 4**2) / 9 - (5**2 + 4**2 + 7**2) / 16 - 6) / 3
    icc, df = anova_icc(k, n, group)
    assert (icc, df) == pytest.approx(((between - within) / (between + (n0 - 1) * within), 3), abs=CLOSED_FORM)


@pytest.mark.parametrize("case", reference("holm")["cases"].values(), ids=list(reference("holm")["cases"]))
def test_holm_is_that_of_r(case):
    assert holm(case["p"]) == pytest.approx(case["holm"], abs=CLOSED_FORM)


def test_holm_leaves_out_what_was_not_tested():
    assert holm([0.03, math.nan, 0.04]).tolist() == pytest.approx([0.06, math.nan, 0.06], nan_ok=True)
    assert np.isnan(holm([math.nan])).all()
    assert holm([]).tolist() == []


@pytest.mark.parametrize("case", reference("scale")["cases"].values(), ids=list(reference("scale")["cases"]))
def test_alpha_is_that_of_r_psych(case):
    values = data(case["file"])[case["items"]]
    values = values.assign(**{item: case["maximum"] + 1 - values[item] for item in case["reversed"]})
    found = cronbach_alpha(values, "x")
    assert found["n"] == case["n_complete"]
    assert found["estimate"] == pytest.approx(case["alpha"], abs=CLOSED_FORM)
    assert [found["ci_low"], found["ci_high"]] == pytest.approx(case["ci_feldt"], abs=1e-12)


def test_alpha_by_hand():
    # sums 3, 4, 6, 9 have variance 7; the items 5/3 and 2
    found = cronbach_alpha(pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 2, 3, 5]}), "x")
    assert found["estimate"] == pytest.approx(2 * (1 - (5 / 3 + 2) / 7), abs=CLOSED_FORM)


def test_paired_change_is_that_of_r_survey():
    expected = reference("paired")["mean_se_ci"]
    frame = data("feedback.csv").dropna(subset=["pre", "post"])
    # the mean of the differences, put together from the change of each option
    long = frame.melt(id_vars=["person", "event"], value_vars=["pre", "post"], var_name="item", ignore_index=False)
    answers = pd.DataFrame({"response_id": long.index.astype(str), "item": long["item"], "missing_reason": None})
    answers["code"] = long["value"].astype(int).astype(str).to_numpy()
    items = pd.DataFrame({"item": ["pre", "post"], "pair": "p", "occasion": ["before", "now"]})
    items["design"] = "pre_post"
    items["question"] = items["item"]
    options = pd.DataFrame({"question": "post", "code": list("12345"), "missing_reason": None})
    clusters = pd.Series(frame["event"].to_numpy(), index=frame.index.astype(str))
    rows = paired_change(answers, items, options, clusters, 0.95)
    changes = [r for r in rows if r["method"] == "paired_change" and not r["term"].endswith("asked")]
    assert {r["note"] for r in changes} == {"asked before and after"}
    shift = sum(int(r["term"][-1]) * r["estimate"] for r in changes)
    assert shift == pytest.approx(expected[0], abs=CLOSED_FORM)
    found = _change(frame["post"] - frame["pre"], frame["event"], "p", "mean", 0, 0.95)
    numbers = [found[c] for c in ("estimate", "std_error", "ci_low", "ci_high")]
    assert numbers == pytest.approx(expected, abs=1e-12)
