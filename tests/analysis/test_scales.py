"""Consistency, one factor, polychoric correlations and the registry of scales."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from pipeline.analysis.consistency import consistency, scale_means
from pipeline.analysis.item_analysis import item_analysis, straight_lined
from pipeline.analysis.one_factor import one_factor
from pipeline.analysis.polychoric import normal_orthant, ordinal_alpha, polychoric, polychoric_matrix
from pipeline.analysis.scales import REGISTRY, own_scale, scale_score
from pipeline.core.config import Scale
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
SETS = {
    "bfi A": ("bfi.csv", "A", 5, ["A1"], 7),
    "bfi N": ("bfi.csv", "N", 5, [], 7),
    "bfi E": ("bfi.csv", "E", 5, ["E1", "E2"], 7),
    "fb q": ("feedback.csv", "q", 6, ["q4"], 6),
}


def values(name: str) -> dict:
    return json.loads((ROOT / "tests" / "reference" / f"{name}.json").read_text("utf-8"))["values"]


def data(name: str) -> pd.DataFrame:
    if not (DATA / name).is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / name)


def item_set(name: str) -> pd.DataFrame:
    file, letter, count, turned, total = SETS[name]
    frame = data(file)[[f"{letter}{i}" for i in range(1, count + 1)]].astype(float)
    frame[turned] = total - frame[turned]
    return frame


@pytest.mark.parametrize("missing", ["complete", "pairwise"])
@pytest.mark.parametrize("name", SETS)
def test_item_analysis_is_that_of_psych(name, missing):
    found, expected = item_analysis(item_set(name), missing=missing), values("items")
    key = f"{name} {missing}"
    reference = expected[f"{key} alpha raw std G6 avg_r med_r"][:4]
    assert [found.alpha, found.alpha_standardised, found.lambda6, found.average_r] == pytest.approx(
        reference, abs=1e-12
    )
    assert found.items["alpha_if_dropped"].tolist() == pytest.approx(expected[f"{key} alpha if dropped"], abs=1e-12)
    assert found.items["item_rest"].tolist() == pytest.approx(expected[f"{key} item r.drop"], abs=1e-12)
    assert found.items[["mean", "sd", "n"]].to_numpy() == pytest.approx(np.array(expected[f"{key} item mean sd n"]))
    if missing == "complete":
        assert found.items["item_total"].tolist() == pytest.approx(expected[f"{key} item raw.r"], abs=1e-12)
        assert [found.low, found.high] == pytest.approx(expected[f"{name} alpha CI feldt F"], abs=1e-12)
        assert found.std_error == pytest.approx(expected[f"{name} alpha SE duhachek_iacobucci"], abs=1e-12)
        assert found.n == expected[f"{name} n complete"]


@pytest.mark.parametrize("name", SETS)
def test_omega_and_fit_are_those_of_lavaan(name):
    found, expected = one_factor(item_set(name)), values("items")
    omega, error, low, high = expected[f"{name} omega cfa listwise est se lo hi"]
    # lavaan stops at about 1e-6 of a loading
    assert (found.omega, found.low, found.high) == pytest.approx((omega, low, high), abs=1e-5)
    assert found.std_error == pytest.approx(error, rel=1e-4)
    assert np.abs(found.loadings) == pytest.approx(expected[f"{name} cfa listwise loadings"], abs=1e-5)
    chi2, df, cfi, rmsea = expected[f"{name} cfa listwise chisq df cfi rmsea"]
    assert (found.chi2, found.df, found.cfi, found.rmsea) == pytest.approx((chi2, df, cfi, rmsea), abs=1e-7)
    standardised = np.abs(found.loadings) / np.sqrt(found.loadings**2 + found.uniquenesses)
    # psych's optimiser stops earlier than lavaan's
    assert standardised == pytest.approx(expected[f"{name} fa ml loadings"], abs=1e-5)
    assert found.omega_standardised == pytest.approx(expected[f"{name} omega total from fa ml (std)"], abs=1e-5)


@pytest.mark.parametrize("name", SETS)
def test_ordinal_alpha_is_that_of_psych(name):
    expected = values("items")[f"{name} ordinal alpha (polychoric)"]
    assert ordinal_alpha(item_set(name)) == pytest.approx(expected, abs=1e-5)


def test_polychoric_correlation_is_that_of_polycor():
    frame = data("bfi.csv").dropna(subset=["A1", "A2", "A3", "A4", "gender", "education"]).head(400)
    found, (rho, error) = (
        polychoric(frame["A2"], frame["A3"]),
        values("signed")["polychoric two-step rho se (polycor)"],
    )
    assert found.correlation == pytest.approx(rho, abs=1e-5)
    assert found.std_error == pytest.approx(error, rel=1e-4)


@pytest.mark.parametrize("r", [-0.95, -0.3, 0.0, 0.5, 0.99])
def test_the_bivariate_normal_is_that_of_scipy(r):
    for h, k in [(-2, 0.3), (0.5, 0.5), (1.7, -0.4), (0, 0)]:
        expected = stats.multivariate_normal([0, 0], [[1, r], [r, 1]]).cdf([h, k])
        assert normal_orthant(h, k, r) == pytest.approx(expected, abs=1e-9)


def simulated(n: int = 3000, loading: float = 0.7, items: int = 5, seed: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(n, items)) * np.sqrt(1 - loading**2)
    return pd.DataFrame(rng.normal(size=(n, 1)) * loading + noise, columns=[f"i{j}" for j in range(items)])


def test_a_known_factor_is_recovered():
    frame = simulated()
    found, truth = one_factor(frame), (5 * 0.7) ** 2 / ((5 * 0.7) ** 2 + 5 * (1 - 0.49))
    assert abs(found.omega - truth) < 4 * found.std_error
    assert found.p_value > 0.001
    cut = frame.apply(lambda column: np.digitize(column, [-1, 0, 1]))
    assert polychoric_matrix(cut).to_numpy()[np.triu_indices(5, 1)] == pytest.approx(0.49, abs=0.07)
    covered = [one_factor(simulated(300, seed=s)) for s in range(100)]
    assert 88 <= sum(f.low <= truth <= f.high for f in covered) <= 99


def test_order_and_scale_of_items_do_not_matter():
    frame = simulated(400)
    turned = frame[frame.columns[::-1]].sample(frac=1, random_state=0)
    assert one_factor(turned).omega == pytest.approx(one_factor(frame).omega, abs=1e-9)
    assert one_factor(frame * 10).omega == pytest.approx(one_factor(frame).omega, abs=1e-9)
    assert item_analysis(turned).alpha == pytest.approx(item_analysis(frame).alpha)
    cut = frame.apply(lambda column: np.digitize(column, [-1, 0, 1]))
    one = polychoric(cut["i0"], cut["i1"]).correlation
    assert polychoric(cut["i1"], cut["i0"]).correlation == pytest.approx(one, abs=1e-10)
    assert polychoric(-cut["i0"], cut["i1"]).correlation == pytest.approx(-one, abs=1e-10)


def test_what_is_undefined_is_refused_or_empty():
    frame = simulated(30)
    for bad in (frame[["i0", "i1"]], frame.head(4), frame.assign(i0=1.0), frame.assign(i0=frame["i1"]), frame * np.nan):
        with pytest.raises(AnalysisError):
            one_factor(bad)
    for bad in (frame[["i0"]], frame.head(2), frame.assign(i0=1.0)):
        with pytest.raises(AnalysisError):
            item_analysis(bad)
    assert np.isnan(polychoric([1, 1], [1, 2]).correlation)
    assert polychoric([1, 2, 3] * 5, [1, 2, 3] * 5).correlation > 0.99
    assert np.isnan(polychoric([1, 2, 3] * 5, [1, 2, 3] * 5).std_error)


def test_a_heywood_case_is_named():
    r = np.array([[1, 0.9, 0.9], [0.9, 1, 0.2], [0.9, 0.2, 1.0]])
    values_, vectors = np.linalg.eigh(r)
    root = vectors * np.sqrt(np.maximum(values_, 1e-6))
    z = np.random.default_rng(0).normal(size=(500, 3))
    with pytest.raises(AnalysisError, match=r"Heywood|follows from"):
        one_factor(pd.DataFrame(z @ root.T))


def test_straight_lining_counts_answers_as_given():
    frame = pd.DataFrame([[3] * 6, [3, 3, 3, 3, 3, 4], [2, 2, np.nan, np.nan, np.nan, np.nan]])
    found = straight_lined(frame)
    assert found.tolist()[:2] == [True, False]
    assert found.isna().tolist() == [False, False, True]


def test_scores_are_the_published_sums():
    mastery, efficacy, inclusion = (REGISTRY[k] for k in ("pearlin_mastery", "gse", "esis"))
    assert scale_score(mastery, pd.DataFrame([[1, 1, 1, 4, 1, 4, 1]])).tolist() == [28.0]
    assert mastery.score_range == (7, 28)
    missing = pd.DataFrame([[3.0] * 7 + [np.nan] * 3, [3.0] * 6 + [np.nan] * 4])
    found = scale_score(efficacy, missing)
    assert found[0] == pytest.approx(30)
    assert np.isnan(found[1])
    assert inclusion.score_range == (0, 100)
    assert scale_score(inclusion, pd.DataFrame([[4] * 10]), official=True).tolist() == [75.0]


def test_a_score_is_refused_a_name_whose_conditions_are_not_met():
    for spec in REGISTRY.values():
        assert spec.citation
        assert spec.licence
        assert spec.verified == (not spec.unverified)
        assert all(1 <= i <= spec.n_items for i in spec.reversed)
    with pytest.raises(AnalysisError, match="9 items, not 10") as refusal:
        scale_score(REGISTRY["esis"], pd.DataFrame([[6] * 9]))
    for reason in ("not whole numbers from 1 to 5", "official wording"):
        assert reason in str(refusal.value)
    short = REGISTRY["swemwbs"]
    table = {float(raw): raw + 0.5 for raw in range(7, 36)}
    with pytest.raises(AnalysisError, match="conversion table"):
        scale_score(short, pd.DataFrame([[3] * 7]), official=True)
    with pytest.raises(AnalysisError, match="conversion table"):
        scale_score(short, pd.DataFrame([[3] * 7]), official=True, conversion={21: 20.0})
    assert scale_score(short, pd.DataFrame([[3] * 7]), official=True, conversion=table).tolist() == [21.5]
    with pytest.raises(AnalysisError, match="published scale"):
        own_scale("gse", pd.DataFrame(), 1)


def test_a_project_s_own_scale_is_a_mean():
    items = pd.DataFrame({"minimum": [1, 1], "maximum": [5, 5], "reversed": [False, True]})
    assert scale_score(own_scale("own", items, 1), pd.DataFrame([[5, 1], [4, np.nan]])).tolist() == [5.0, 4.0]
    with pytest.raises(AnalysisError, match="different ranges"):
        own_scale("own", items.assign(maximum=[5, 7]), 1)


def answers_of(frame: pd.DataFrame) -> pd.DataFrame:
    long = frame.rename_axis("response_id").reset_index().melt("response_id", var_name="item", value_name="value")
    return long.assign(response_id=long["response_id"].astype(str), missing_reason=None)


def test_declared_scales_are_reported_with_their_licence():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.integers(1, 5, (40, 10)), columns=[f"g{i}" for i in range(10)])
    events = pd.Series(np.repeat(list("ABCDEFGH"), 5), [str(i) for i in range(40)])
    (row,) = scale_means(answers_of(frame), events, (Scale(key="gse", items=tuple(frame.columns)),), 0.95)
    assert row["estimate"] == pytest.approx(frame.sum(axis=1).mean())
    assert (row["n"], row["n_clusters"], row["unit"]) == (40, 8, "points")
    assert "free with citation" in row["note"]
    with pytest.raises(AnalysisError, match="no scale"):
        scale_means(answers_of(frame), events, (Scale(key="nonsense", items=("g0",)),), 0.95)


def test_rows_of_consistency_say_what_is_undefined():
    frame = simulated(80, items=5).apply(lambda column: np.digitize(column, [-1, 0, 1]) + 1.0)
    base = {"type": "select_one", "minimum": 1.0, "maximum": 4.0, "reversed": False, "design": "transition"}
    names = dict.fromkeys(["i0", "i1", "i2"], "three") | dict.fromkeys(["i3", "i4"], "two")
    items = pd.DataFrame([{"item": i, "construct": c, **base} for i, c in names.items()])
    events = pd.Series(np.repeat([f"E{i}" for i in range(8)], 10), [str(i) for i in range(80)])
    rows = consistency(answers_of(frame), items, events, 0.95)
    found = {(r["outcome"], r["term"], r["group"]): r for r in rows if r["method"] != "wilson"}
    assert found["three", "omega", "all"]["estimate"] > 0.4
    assert "estimate" not in found["two", "omega", "all"]
    assert "undefined" in found["two", "omega", "all"]["note"]
    assert ("three", "alpha_if_dropped", "item=i0") in found
    assert ("responses", "straight_lining", "all") in found


def test_a_factor_that_few_answers_do_not_determine_is_refused():
    four = pd.DataFrame([[4.0, 3, 4], [3, 4, 3], [3, 4, 5], [4, 4, 4]])  # the information is exactly singular
    with pytest.raises(AnalysisError, match="not determined"):
        one_factor(four)


def test_items_that_cancel_out_have_no_alpha():
    first = [1.0, 2, 4, 5, 3]
    found = item_analysis(pd.DataFrame({"a": first, "b": [6 - v for v in first]}))  # their sum does not vary
    assert found.average_r == pytest.approx(-1)
    assert np.isnan([found.alpha, found.alpha_standardised, found.std_error]).all()
