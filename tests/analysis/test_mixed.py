"""Mixed models against R (ordinal by hand to full precision, lme4) and against brute-force integration."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import special

from pipeline.analysis import newton, pieces, quadrature
from pipeline.analysis.mixed import Mixed, binomial_mixed, ordinal_mixed, ordinal_nested
from pipeline.analysis.nested import NestedMarginal, nest
from pipeline.analysis.ordinal import proportional_odds
from pipeline.analysis.probabilities import average_probabilities
from pipeline.analysis.terms import terms
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
REFERENCE, POOLING = (
    json.loads((ROOT / "tests" / "reference" / f"{n}.json").read_text("utf-8")) for n in ("clmm", "pooling")
)
QUADRATURE, ERROR = 1e-5, 1e-4


def data(name: str) -> pd.DataFrame:
    if not (DATA / name).is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / name)


def clmm(name: str, nodes: int) -> Mixed:
    if name == "fb null":  # counts of synthetic answers: runs everywhere
        table = pd.DataFrame(REFERENCE["counts"]["q1 by event (feedback.csv, synthetic)"])
        long = table.melt(ignore_index=False, var_name="event")
        return ordinal_mixed(long.index + 1, long["event"], None, long["value"], nodes)
    if name.startswith("wine"):
        frame = data("wine.csv")
        return ordinal_mixed(
            frame["rating"],
            frame["judge"],
            None if name == "wine null" else terms(frame, ["temp", "contact"]),
            None,
            nodes,
        )
    if name == "verbagg6":
        frame = data("verbagg.csv")
        frame = frame[frame["item"].isin(sorted(frame["item"].unique())[:6])]
        rank = frame["resp"].map({"no": 0, "perhaps": 1, "yes": 2})
        return ordinal_mixed(rank, frame["id"], terms(frame, ["Gender", "btype"], {"Gender": ["F", "M"]}), None, nodes)
    frame = data("feedback.csv").dropna(subset=["q1"])
    return ordinal_mixed(frame["q1"], frame["event"], terms(frame, ["action", "gender", "age"]), None, nodes)


@pytest.mark.parametrize("nodes", [1, 10])
@pytest.mark.parametrize("name", ["wine", "wine null", "fb", "fb null", "verbagg6"])
def test_cumulative_link_mixed_models_are_those_of_r(name, nodes):
    fit, expected = clmm(name, nodes), REFERENCE["cases"][f"{name} nAGQ={nodes}"]
    assert fit.parameters == pytest.approx(
        expected["threshold"] + np.atleast_1d(expected["coef"]).tolist(), abs=QUADRATURE
    )
    (level,) = fit.levels
    assert (level.sd, fit.loglik) == pytest.approx((expected["sd"], expected["loglik"]), abs=QUADRATURE)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(expected["se"], rel=ERROR)
    assert fit.variance_test() == pytest.approx((expected["lr"], expected["p"]), abs=QUADRATURE)
    assert fit.icc("cluster") == pytest.approx(expected["icc"], abs=QUADRATURE)
    assert level.effect == pytest.approx(expected["blup"], abs=QUADRATURE)
    assert level.std_error == pytest.approx(expected["blup_se"], rel=ERROR)
    # ordinal::clmm itself carries up to 2e-3 here
    assert fit.loglik == pytest.approx(expected["clmm_loglik"], abs=2e-3)


@pytest.mark.parametrize(("case", "nodes"), [("null", 1), ("null", 15), ("action", 1), ("action", 15)])
def test_binomial_mixed_models_are_those_of_lme4(case, nodes):
    counts = pd.DataFrame({k: POOLING[k] for k in ("positive", "n", "event", "action")})
    columns = terms(counts, ["action"]) if case == "action" else None
    fit = binomial_mixed(counts["positive"], counts["n"], counts["event"], columns, nodes=nodes)
    expected = POOLING["cases"][f"fb {case} nAGQ={nodes}"]
    (level,) = fit.levels
    assert fit.parameters == pytest.approx(np.atleast_1d(expected["fixef"]), abs=QUADRATURE)
    # lme4's Hessian is numeric: 9e-5
    assert fit.std_error == pytest.approx(np.atleast_1d(expected["se"]), abs=ERROR)
    assert (level.sd, fit.loglik) == pytest.approx((expected["sd"], expected["logLik"]), abs=QUADRATURE)
    assert level.effect == pytest.approx(expected["blup"], abs=QUADRATURE)
    assert level.std_error == pytest.approx(expected["blup_se"], abs=QUADRATURE)


def project(seed: int = 1, sds: tuple[float, float] = (0.8, 0.6), n: int = 240) -> pd.DataFrame:
    """Return answers in 30 events of 12 actions."""
    rng = np.random.default_rng(seed)
    event = np.arange(n) % 30
    frame = pd.DataFrame({"event": event, "action": event % 12, "x": rng.normal(size=n)})
    eta = 0.5 * frame["x"] + sds[0] * rng.normal(size=12)[frame["action"]] + sds[1] * rng.normal(size=30)[event]
    return frame.assign(answer=np.digitize(eta + rng.logistic(size=n), [-1, 0, 1.5]))


def by_brute_force(frame: pd.DataFrame, parameters: np.ndarray, nodes: int = 60) -> float:
    """Log-likelihood of the nested model on a fixed, fine grid."""
    z, weight = np.polynomial.hermite_e.hermegauss(nodes)
    weight = weight / np.sqrt(2 * np.pi)
    sd, cuts, total = np.exp(parameters[-2:]), np.r_[-np.inf, parameters[:3], np.inf], 0.0
    eta, answer = parameters[3] * frame["x"].to_numpy(), frame["answer"].to_numpy()
    for _, part in frame.reset_index(drop=True).groupby("action"):
        product = np.ones(nodes)
        for _, rows in part.groupby("event"):
            at = rows.index.to_numpy()
            shift = eta[at][:, None, None] + sd[0] * z[None, :, None] + sd[1] * z[None, None, :]
            upper, lower = cuts[answer[at] + 1][:, None, None], cuts[answer[at]][:, None, None]
            product *= (special.expit(upper - shift) - special.expit(lower - shift)).prod(axis=0) @ weight
        total += float(np.log(product @ weight))
    return total


def objective(frame: pd.DataFrame, nodes: int) -> NestedMarginal:
    parts = pieces.take_apart(
        frame["answer"].to_numpy(), frame[["x"]].to_numpy(), np.ones(len(frame)), 4, np.zeros(1, dtype=bool)
    )
    return NestedMarginal(nest(parts, frame["action"].to_numpy(), frame["event"].to_numpy())[0], nodes)


def test_two_nested_levels_are_integrated_as_by_brute_force():
    frame, at = project(), np.array([-0.9, 0.2, 1.6, 0.5, np.log(0.7), np.log(0.5)])
    truth = by_brute_force(frame, at)
    for nodes, close in ((5, 1e-4), (7, 1e-5), (12, 1e-9)):
        assert objective(frame, nodes)(at)[0] == pytest.approx(truth, abs=close)
    numeric = [(by_brute_force(frame, at + s) - by_brute_force(frame, at - s)) / 2e-4 for s in np.eye(6) * 1e-4]
    assert objective(frame, 12)(at)[1] == pytest.approx(numeric, abs=1e-5)


def test_the_nested_fit_is_where_the_brute_force_likelihood_is_flat():
    frame = project()
    columns = terms(frame, ["x"])
    fit = ordinal_nested(frame["answer"], frame["action"], frame["event"], columns, ("action", "event"), nodes=12)
    at = np.concatenate([fit.parameters, np.log([level.sd for level in fit.levels])])
    slopes = [(by_brute_force(frame, at + s) - by_brute_force(frame, at - s)) / 2e-3 for s in np.eye(6) * 1e-3]
    assert np.abs(slopes).max() < 1e-3
    assert fit.loglik == pytest.approx(by_brute_force(frame, at), abs=1e-5)
    assert [level.name for level in fit.levels] == ["action", "event"]
    assert np.abs(fit.levels[0].effect).max() > 0


def test_the_gradient_of_the_marginal_likelihood_is_exact_for_every_number_of_nodes():
    frame = project()
    parts = pieces.take_apart(
        frame["answer"].to_numpy(), frame[["x"]].to_numpy(), np.ones(len(frame)), 4, np.zeros(1, dtype=bool)
    )
    at = np.array([-1.2, 0.1, 1.4, 0.3, np.log(0.9)])
    for nodes in (1, 2, 5, 10):
        marginal = quadrature.Marginal(quadrature.grouped(parts, frame["event"].to_numpy()), nodes)
        numeric = [(marginal(at + s)[0] - marginal(at - s)[0]) / 2e-5 for s in np.eye(5) * 1e-5]
        assert marginal(at)[1] == pytest.approx(numeric, abs=1e-6)


def test_the_slopes_of_the_effects_are_their_derivatives():
    frame = project()
    parts = pieces.take_apart(
        frame["answer"].to_numpy(), frame[["x"]].to_numpy(), np.ones(len(frame)), 4, np.zeros(1, dtype=bool)
    )
    grouped = quadrature.grouped(parts, frame["event"].to_numpy())
    at = np.array([-1.2, 0.1, 1.4, 0.3, np.log(0.9)])

    def effect(p: np.ndarray) -> np.ndarray:
        return np.exp(p[-1]) * quadrature.find_modes(grouped, p[:-1], float(np.exp(p[-1])), np.zeros(30)).mode

    found = quadrature.mode_slopes(grouped, at[:-1], 0.9, quadrature.find_modes(grouped, at[:-1], 0.9, np.zeros(30)))
    numeric = np.array([(effect(at + s) - effect(at - s)) / 2e-5 for s in np.eye(5) * 1e-5]).T
    assert found == pytest.approx(numeric, abs=1e-7)


def test_order_of_rows_names_of_clusters_and_repeated_weights_change_nothing():
    frame = project()
    fit = ordinal_mixed(frame["answer"], frame["event"], terms(frame, ["x"]))
    mixed = frame.sample(frac=1, random_state=4)
    again = ordinal_mixed(mixed["answer"], [f"event {29 - e}" for e in mixed["event"]], terms(mixed, ["x"]))
    assert again.parameters == pytest.approx(fit.parameters, abs=1e-7)
    assert again.levels[0].sd == pytest.approx(fit.levels[0].sd, abs=1e-7)
    twice = pd.concat([frame, frame])
    doubled = ordinal_mixed(twice["answer"], twice["event"], terms(twice, ["x"]))
    weighted = ordinal_mixed(frame["answer"], frame["event"], terms(frame, ["x"]), np.full(len(frame), 2.0))
    assert weighted.parameters == pytest.approx(doubled.parameters, abs=1e-8)
    assert weighted.covariance == pytest.approx(doubled.covariance, abs=1e-8)


def test_turning_the_scale_round_turns_the_signs():
    frame = project()
    columns = terms(frame, ["x"])
    fit, turned = (ordinal_mixed(a, frame["event"], columns) for a in (frame["answer"], 3 - frame["answer"]))
    assert turned.parameters[-1] == pytest.approx(-fit.parameters[-1], abs=1e-6)
    assert turned.levels[0].effect == pytest.approx(-fit.levels[0].effect, abs=1e-6)
    assert turned.loglik == pytest.approx(fit.loglik, abs=1e-9)


def test_binomial_counts_and_single_answers_are_the_same_data():
    counts = pd.DataFrame({"k": [3, 5, 0, 7], "n": [4, 9, 3, 8], "event": list("abcd")})
    rows = counts.loc[counts.index.repeat(counts["n"])].reset_index(drop=True)
    rows["one"] = (rows.groupby("event").cumcount() < rows["k"]).astype(float)
    grouped = binomial_mixed(counts["k"], counts["n"], counts["event"])
    single = binomial_mixed(rows["one"], np.ones(len(rows)), rows["event"])
    assert single.parameters == pytest.approx(grouped.parameters, abs=1e-8)
    assert single.loglik == pytest.approx(grouped.loglik, abs=1e-9)


def test_units_of_the_same_name_in_two_outer_units_are_two_units():
    frame = project()
    within = frame.groupby("action")["event"].transform(lambda e: pd.factorize(e)[0])
    one = ordinal_nested(frame["answer"], frame["action"], frame["event"], terms(frame, ["x"]))
    other = ordinal_nested(frame["answer"], frame["action"], within, terms(frame, ["x"]))
    assert other.loglik == pytest.approx(one.loglik, abs=1e-8)


def test_no_variance_between_clusters_is_said_and_leaves_the_fit_without_them():
    answers, cluster = np.tile([1, 2, 3, 2], 12), np.repeat(np.arange(12), 4)
    fit = ordinal_mixed(answers, cluster)
    assert fit.levels[0].sd == 0
    assert "no variation between cluster" in fit.note
    assert fit.parameters == pytest.approx(proportional_odds(answers).parameters, abs=1e-12)
    assert fit.variance_test() == (0.0, 1.0)
    assert fit.icc("cluster") == 0


def test_a_level_without_variance_is_left_out_of_the_nested_model():
    frame = project(sds=(0.0, 1.2), n=600)
    frame["action"] = np.random.default_rng(0).permutation(30)[frame["event"]] % 12
    columns = terms(frame, ["x"])
    fit = ordinal_nested(frame["answer"], frame["action"], frame["event"], columns, ("action", "event"))
    alone = ordinal_mixed(frame["answer"], frame["event"], columns, nodes=20)
    if fit.levels[0].sd == 0:  # so it is for this seed; were it not, the test below would say so
        assert fit.loglik == pytest.approx(alone.loglik, abs=1e-8)
    assert (fit.note is None) == (min(level.sd for level in fit.levels) > 0)
    assert fit.loglik >= alone.loglik - 1e-4


def test_the_truth_is_recovered():
    frame = project(seed=3, n=9000)
    fit = ordinal_mixed(frame["answer"], frame["event"], terms(frame, ["x"]))
    assert abs(fit.parameters[-1] - 0.5) < 4 * fit.std_error[-1]
    assert fit.levels[0].sd == pytest.approx(1.0, abs=0.5)  # both levels together


def test_intervals_of_a_coefficient_cover_the_truth():
    covered = []
    for seed in range(100):
        frame = project(seed, (0.0, 0.7), 300)
        fit = ordinal_mixed(frame["answer"], frame["event"], terms(frame, ["x"]), nodes=5)
        covered.append(abs(fit.parameters[-1] - 0.5) < 1.96 * fit.std_error[-1])
    assert np.mean(covered) >= 0.9


def test_population_probabilities_average_over_the_random_effects():
    frame = project(n=600)
    columns = terms(frame, ["x"])
    fit = ordinal_mixed(frame["answer"], frame["event"], columns)
    found = average_probabilities(fit, {"as they are": columns.matrix})
    drawn = np.random.default_rng(1).normal(0, fit.sd, 40_000)
    eta = columns.matrix[:50] @ fit.parameters[3:]
    below = special.expit(fit.parameters[0] - eta[:, None] - drawn[None, :]).mean()
    few = average_probabilities(fit, {"some": columns.matrix[:50]})
    assert few.estimate[0, 0] == pytest.approx(below, abs=3e-3)
    assert found.estimate.sum() == pytest.approx(1, abs=1e-12)
    # the delta method's derivatives, by differences
    at = np.append(fit.parameters, np.log(fit.levels[0].sd))
    change = []
    for step in np.eye(len(at)) * 1e-5:
        ahead, behind = (
            average_probabilities(_moved(fit, p), {"x": columns.matrix}).estimate for p in (at + step, at - step)
        )
        change.append(((ahead - behind) / 2e-5).ravel())
    gradient = np.array(change).T
    assert found.covariance == pytest.approx(gradient @ fit.covariance @ gradient.T, rel=1e-5, abs=1e-10)


def _moved(fit: Mixed, at: np.ndarray) -> Mixed:
    from dataclasses import replace

    return replace(fit, parameters=at[:-1], levels=(replace(fit.levels[0], sd=float(np.exp(at[-1]))),))


@pytest.mark.parametrize(
    ("answers", "cluster", "what"),
    [
        ([1, 2, 3, 2], ["a"] * 4, "two clusters"),
        ([1, 2, 3, 2], list("abcd"), "every unit has one answer"),
        ([1, 2, 3, 2], ["a", "a", None, "b"], "a unit is missing"),
        ([1, 1, 1, 1], list("aabb"), "all answers are the same"),
        ([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], list("aaabbbcccddd"), "no finite estimate"),
    ],
)
def test_what_is_not_defined_is_an_error(answers, cluster, what):
    with pytest.raises(AnalysisError, match=what):
        ordinal_mixed(answers, cluster)


def test_counts_that_cannot_be_are_errors():
    with pytest.raises(AnalysisError, match="between 0 and n"):
        binomial_mixed([3], [2], ["a"])
    with pytest.raises(AnalysisError, match="nodes"):
        quadrature.hermite(0)


def test_a_singular_information_is_an_error():
    with pytest.raises(AnalysisError, match="do not determine"):
        newton.covariance(np.array([[1.0, 1.0], [1.0, 1.0]]))
