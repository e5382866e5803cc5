"""Proportional odds against R's ordinal, sandwich and emmeans; what must not change it; where it ends."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import special

from pipeline.analysis import pieces
from pipeline.analysis.ordinal import cluster_covariance, likelihood_ratio, nominal_test, proportional_odds
from pipeline.analysis.probabilities import average_probabilities
from pipeline.analysis.terms import Terms, terms
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
REFERENCE = json.loads((ROOT / "tests" / "reference" / "ordinal.json").read_text("utf-8"))
NEWTON = 1e-8
HOUSING = {
    "Infl": ["Low", "Medium", "High"],
    "Type": ["Tower", "Apartment", "Atrium", "Terrace"],
    "Cont": ["Low", "High"],
}


def data(name: str) -> pd.DataFrame:
    if not (DATA / name).is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / name)


def case(name: str) -> tuple[pd.Series, Terms, pd.Series | None, pd.Series | None]:
    if name == "wine":
        frame = data("wine.csv")
        return frame["rating"], terms(frame, ["temp", "contact"]), None, frame["judge"]
    if name == "housing":
        frame = data("housing.csv")
        rank = frame["Sat"].map({"Low": 1, "Medium": 2, "High": 3})
        return rank, terms(frame, ["Infl", "Type", "Cont"], HOUSING), frame["Freq"], None
    frame = data("feedback.csv").dropna(subset=["q1"])
    return frame["q1"], terms(frame, ["action", "gender", "age"]), None, frame["event"]


def simulated(seed: int = 2, n: int = 400, effect: float = 0.8) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame({"group": rng.choice(["a", "b", "c"], n), "age": rng.normal(40, 12, n)})
    frame["event"] = [f"E{e:02d}" for e in rng.integers(0, 20, n)]
    eta = effect * (frame["group"] == "b") - 0.02 * (frame["age"] - 40)
    frame["answer"] = 1 + np.digitize(eta + rng.logistic(size=n), [-2, -0.5, 0.5, 2])
    return frame


@pytest.mark.parametrize("name", ["wine", "housing", "fb"])
def test_thresholds_coefficients_and_errors_are_those_of_r(name):
    answers, columns, weights, _ = case(name)
    fit, expected = proportional_odds(answers, columns, weights), REFERENCE["cases"][name]
    assert fit.thresholds == pytest.approx(expected["threshold"], abs=NEWTON)
    assert dict(zip(columns.names, fit.coefficients, strict=True)) == pytest.approx(
        {_ours(k, columns): v for k, v in expected["coef"].items()}, abs=NEWTON
    )
    assert fit.std_error == pytest.approx(expected["se"], abs=NEWTON)
    assert fit.loglik == pytest.approx(expected["loglik"], abs=NEWTON)
    statistic, df, _ = likelihood_ratio(fit, proportional_odds(answers, None, weights))
    assert (statistic, df) == pytest.approx(expected["lr_null"], abs=NEWTON)


def _ours(name: str, columns: Terms) -> str:
    """R writes tempwarm for temp=warm."""
    return next(n for n in columns.names if n.replace("=", "") == name)


@pytest.mark.parametrize("name", ["wine", "housing", "fb"])
def test_the_test_of_proportional_odds_is_that_of_r(name):
    answers, columns, weights, _ = case(name)
    found, expected = nominal_test(answers, columns, weights), REFERENCE["cases"][name]["nominal"]
    assert found["term"].tolist() == expected["term"]
    assert found["df"].tolist() == expected["df"]
    # for wine and temp the wider model has no finite fit, and R stops 3e-8 short of the limit
    assert found["statistic"].tolist() == pytest.approx(expected["lrt"], abs=5e-8)
    assert found["p_value"].tolist() == pytest.approx(expected["p"], abs=5e-8)
    limited = found.loc[found["note"] != "", "term"].tolist()
    assert limited == (["temp"] if name == "wine" else [])


@pytest.mark.parametrize("name", ["wine", "fb"])
def test_cluster_robust_errors_are_those_of_r_sandwich(name):
    answers, columns, weights, cluster = case(name)
    fit, expected = proportional_odds(answers, columns, weights), REFERENCE["cases"][name]
    assert np.sqrt(np.diag(cluster_covariance(fit, cluster))) == pytest.approx(expected["cluster_se"], abs=NEWTON)
    plain = np.sqrt(np.diag(cluster_covariance(fit, cluster, adjust=False)))
    assert plain == pytest.approx(expected["cluster_se_plain"], abs=NEWTON)


def test_average_probabilities_are_those_of_r_emmeans():
    answers, columns, *_ = case("wine")
    fit = proportional_odds(answers, columns)
    found = average_probabilities(fit, columns.everyone("temp"))
    for weights, key, value in (
        ([0, 0, 0, 1, 1], "wine_at_least_4", "prob"),
        ([1, 2, 3, 4, 5], "wine_mean_class", "mean"),
    ):
        shares = [found.share(s, weights) for s in found.scenarios]
        assert [s.estimate for s in shares] == pytest.approx(REFERENCE[key][value], abs=NEWTON)
        assert [s.std_error for s in shares] == pytest.approx(REFERENCE[key]["se"], abs=NEWTON)
    grid = {f"{i}{j}": np.array([[i, j]], dtype=float) for j in (0, 1) for i in (0, 1)}
    expected = np.array(REFERENCE["wine_probabilities"])
    cells = average_probabilities(fit, grid).estimate
    # R's table was written without its row names: the same four rows, in R's order
    order = [int(np.argmin(np.abs(cells - row).sum(axis=1))) for row in expected]
    assert sorted(order) == [0, 1, 2, 3]
    assert cells[order] == pytest.approx(expected, abs=NEWTON)


def test_wald_limits_are_those_of_r():
    answers, columns, *_ = case("wine")
    fit, z = proportional_odds(answers, columns), special.ndtri(0.975)
    found = np.column_stack([fit.parameters - z * fit.std_error, fit.parameters + z * fit.std_error])
    assert found == pytest.approx(np.array(REFERENCE["wine_wald"]), abs=NEWTON)


def test_statsmodels_agrees_where_it_converges():
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    frame = simulated()
    columns = terms(frame, ["group", "age"])
    fit = proportional_odds(frame["answer"], columns)
    other = OrderedModel(frame["answer"], columns.matrix, distr="logit").fit(method="bfgs", gtol=1e-8, disp=False)
    assert fit.coefficients == pytest.approx(other.params[:3].to_numpy(), abs=1e-5)
    assert fit.loglik == pytest.approx(other.llf, abs=1e-8)


def test_thresholds_without_terms_are_the_logits_of_the_cumulative_shares():
    fit = proportional_odds([1, 1, 2, 3, 3, 3, 5, 5])
    assert fit.categories == (1.0, 2.0, 3.0, 5.0)
    assert fit.parameters == pytest.approx(special.logit([2 / 8, 3 / 8, 6 / 8]), abs=1e-12)


def test_two_categories_are_a_logistic_regression():
    import statsmodels.api as sm

    frame = simulated()
    columns, yes = terms(frame, ["group", "age"]), (frame["answer"] > 3).astype(float)
    fit = proportional_odds(yes, columns)
    other = sm.Logit(yes, columns.with_constant).fit(disp=False, method="newton", tol=1e-12)
    assert fit.parameters * [-1, 1, 1, 1] == pytest.approx(other.params.to_numpy(), abs=NEWTON)
    assert nominal_test(yes, columns)["note"].str.startswith("undefined").all()


def test_order_of_rows_names_of_clusters_and_repeated_rows_change_nothing():
    frame = simulated()
    columns = terms(frame, ["group", "age"])
    fit, robust = proportional_odds(frame["answer"], columns), None
    robust = cluster_covariance(fit, frame["event"])
    mixed = frame.sample(frac=1, random_state=3)
    again = proportional_odds(mixed["answer"], terms(mixed, ["group", "age"]))
    assert again.parameters == pytest.approx(fit.parameters, abs=1e-10)
    assert cluster_covariance(again, mixed["event"].map(hash)) == pytest.approx(robust, abs=1e-10)
    twice = pd.concat([frame, frame])
    doubled = proportional_odds(twice["answer"], terms(twice, ["group", "age"]))
    weighted = proportional_odds(frame["answer"], columns, np.full(len(frame), 2.0))
    assert weighted.parameters == pytest.approx(doubled.parameters, abs=1e-10)
    assert weighted.covariance == pytest.approx(doubled.covariance, abs=1e-12)
    assert cluster_covariance(weighted, frame["event"]) == pytest.approx(
        cluster_covariance(doubled, twice["event"]), abs=1e-12
    )


def test_turning_the_scale_round_turns_the_signs():
    frame = simulated()
    columns = terms(frame, ["group", "age"])
    fit, turned = (proportional_odds(a, columns) for a in (frame["answer"], 6 - frame["answer"]))
    assert turned.coefficients == pytest.approx(-fit.coefficients, abs=1e-10)
    assert turned.thresholds == pytest.approx(-fit.thresholds[::-1], abs=1e-10)
    assert turned.loglik == pytest.approx(fit.loglik, abs=1e-10)


def test_another_reference_level_gives_the_same_model():
    frame = simulated()
    one = proportional_odds(frame["answer"], terms(frame, ["group"]))
    other = proportional_odds(frame["answer"], terms(frame, ["group"], {"group": ["c", "b", "a"]}))
    assert other.loglik == pytest.approx(one.loglik, abs=1e-10)
    assert other.coefficients[1] == pytest.approx(-one.coefficients[1], abs=1e-10)


def test_weight_0_leaves_an_answer_out():
    frame = simulated()
    columns = terms(frame, ["age"])
    weight = (np.arange(len(frame)) % 3 > 0).astype(float)
    part = frame[weight > 0]
    fit = proportional_odds(frame["answer"], columns, weight)
    alone = proportional_odds(part["answer"], terms(part, ["age"]))
    assert fit.parameters == pytest.approx(alone.parameters, abs=1e-10)
    assert cluster_covariance(fit, frame["event"]) == pytest.approx(cluster_covariance(alone, part["event"]), abs=1e-12)


def test_gradient_and_hessian_are_the_derivatives():
    frame = simulated(n=80)
    columns = terms(frame, ["group", "age"])
    fit = proportional_odds(frame["answer"], columns, nominal=["group"])
    parts, at = fit.likelihood.parts, fit.parameters + 0.05
    gradient, hessian = pieces.slopes(parts, at)
    steps = np.eye(len(at)) * 1e-5
    numeric = [(pieces.value(parts, at + s) - pieces.value(parts, at - s)) / 2e-5 for s in steps]
    second = [(pieces.slopes(parts, at + s)[0] - pieces.slopes(parts, at - s)[0]) / 2e-5 for s in steps]
    assert gradient == pytest.approx(numeric, rel=1e-5, abs=1e-5)
    assert hessian == pytest.approx(np.array(second), rel=1e-5, abs=1e-4)
    unit = pieces.unit_scores(parts, at, fit.likelihood.kinds)
    counts = np.bincount(fit.likelihood.kind, minlength=fit.likelihood.kinds)
    assert counts @ unit == pytest.approx(gradient, abs=1e-8)


def test_partial_proportional_odds_holds_the_proportional_model_as_a_special_case():
    frame = simulated(n=600)
    columns = terms(frame, ["group", "age"])
    plain, partial = (proportional_odds(frame["answer"], columns, nominal=n) for n in ((), ("group",)))
    statistic, df, p_value = likelihood_ratio(partial, plain)
    assert df == 2 * 3
    assert p_value > 0.01
    assert partial.names[4:6] == ("age", "group=b@1|2")
    row = nominal_test(frame["answer"], columns).iloc[0]
    assert (row["statistic"], row["df"]) == pytest.approx((statistic, df), abs=1e-8)
    found = average_probabilities(partial, columns.everyone("group"))
    assert found.estimate.sum(axis=1) == pytest.approx(1, abs=1e-12)


def test_proportional_odds_are_rejected_where_they_do_not_hold():
    rng = np.random.default_rng(5)
    group = np.repeat(["a", "b"], 1500)
    spread = np.where(group == "b", 2.5, 1.0)  # the same middle, wider answers
    answer = np.digitize(spread * rng.logistic(size=3000), [-2, -0.5, 0.5, 2])
    found = nominal_test(answer, terms(pd.DataFrame({"group": group}), ["group"]))
    assert found["p_value"].iloc[0] < 1e-6


def test_the_truth_is_recovered():
    frame = simulated(seed=7, n=20_000)
    fit = proportional_odds(frame["answer"], terms(frame, ["group", "age"]))
    truth = np.array([-2 - 0.02 * 40, -0.5 - 0.8, 0.5 - 0.8, 2 - 0.8, 0.8, 0, -0.02])
    assert np.all(np.abs(fit.parameters - truth) < 4 * fit.std_error)


def test_intervals_with_a_robust_covariance_cover_the_truth():
    rng, covered = np.random.default_rng(11), []
    for _ in range(150):
        event = np.repeat(np.arange(30), 10)
        treated = (event % 2).astype(float)
        answer = np.digitize(0.4 * rng.normal(size=30)[event] + rng.logistic(size=300), [-1, 0, 1])
        fit = proportional_odds(answer, Terms(treated[:, None], ("x",), ("x",)))
        error = np.sqrt(cluster_covariance(fit, event)[-1, -1])
        covered.append(abs(fit.coefficients[0]) < special.stdtrit(28, 0.975) * error)
    assert np.mean(covered) > 0.9


def test_separation_is_named():
    given = REFERENCE["separation"]
    columns = terms(pd.DataFrame({"x": given["x"]}, dtype=float), ["x"])
    with pytest.raises(AnalysisError, match="separation: x part"):
        proportional_odds(given["y"], columns)
    apart = pd.DataFrame({"role": ["a"] * 6 + ["b"] * 6, "age": list(range(12))}, dtype=object)
    with pytest.raises(AnalysisError, match="separation: role=b part"):
        proportional_odds([1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4], terms(apart, ["role"]))


@pytest.mark.parametrize(
    ("answers", "what"),
    [([], "there are no answers"), ([3], "all answers are the same"), ([2, 2, 2], "all answers are the same")],
)
def test_nothing_to_fit_is_an_error(answers, what):
    with pytest.raises(AnalysisError, match=what):
        proportional_odds(answers)


def test_missing_answers_and_wrong_weights_are_errors():
    for answers, weights in (([1, np.nan], None), ([1, 2], [1]), ([1, 2], [1, -1]), ([1, 2], [1, np.nan])):
        with pytest.raises(AnalysisError, match="must not be missing"):
            proportional_odds(answers, None, weights)
    with pytest.raises(AnalysisError, match="different numbers of rows"):
        proportional_odds([1, 2], terms(pd.DataFrame({"x": [1.0, 2.0, 4.0]}), ["x"]))


def test_one_cluster_has_no_robust_covariance():
    fit = proportional_odds([1, 2, 3, 1])
    for cluster in (["a"] * 4, ["a", "b", None, "b"]):
        with pytest.raises(AnalysisError, match="two clusters"):
            cluster_covariance(fit, cluster)


def test_terms_that_cannot_enter_are_named():
    frame = pd.DataFrame({"a": ["x", "y", "x", "y"], "b": ["p", "q", "p", "q"], "c": [1.0, 1, 1, 1]})
    with pytest.raises(AnalysisError, match="b=q follows"):
        terms(frame, ["a", "b"])
    with pytest.raises(AnalysisError, match="c follows"):
        terms(frame, ["c"])
    with pytest.raises(AnalysisError, match="a value is missing"):
        terms(frame.assign(a=["x", None, "x", "y"]), ["a"])
    with pytest.raises(AnalysisError, match="a level is not listed"):
        terms(frame, ["a"], {"a": ["x"]})
    with pytest.raises(AnalysisError, match="no levels"):
        terms(frame, ["a"]).everyone("b")


def test_models_of_different_answers_are_not_compared():
    frame = simulated()
    one = proportional_odds(frame["answer"], terms(frame, ["group"]))
    with pytest.raises(AnalysisError, match="not nested"):
        likelihood_ratio(one, proportional_odds(frame["answer"].iloc[:-1]))
    with pytest.raises(AnalysisError, match="not nested"):
        likelihood_ratio(one, one)


def test_probabilities_know_their_scenarios_and_stay_between_0_and_1():
    frame = simulated()
    columns = terms(frame, ["group"])
    found = average_probabilities(proportional_odds(frame["answer"], columns), columns.everyone("group"))
    assert found.scenarios == ("group=a", "group=b", "group=c")
    for scenario in found.scenarios:
        for option in np.eye(5):
            share = found.share(scenario, option)
            assert 0 < share.low < share.estimate < share.high < 1
    assert found.share("group=b", np.ones(5)).std_error == pytest.approx(0, abs=1e-8)
    with pytest.raises(AnalysisError, match="no such scenario"):
        found.share("group=d", np.ones(5))
    gap = found.difference("group=b", "group=a", [1, 2, 3, 4, 5])
    assert gap.low > 0  # group b answers higher
