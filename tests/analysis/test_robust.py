"""CR2, Satterthwaite, Hotelling's T² and the wild bootstrap against R's clubSandwich and a full enumeration."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.cluster_regression import cluster_regression
from pipeline.analysis.estimates import table
from pipeline.analysis.group_differences import group_differences
from pipeline.analysis.robust import contrast, linear, logit, wald
from pipeline.analysis.terms import terms
from pipeline.analysis.wild import wild_bootstrap
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
REFERENCE, POOLING = (
    json.loads((ROOT / "tests" / "reference" / f"{n}.json").read_text("utf-8")) for n in ("cr2", "pooling")
)
KINDS = ("CR0", "CR1", "CR1S", "CR2", "CR3")


def data(name: str) -> pd.DataFrame:
    if not (DATA / name).is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / name)


def case(name: str) -> tuple[np.ndarray, np.ndarray, pd.Series, pd.Series | None, tuple[str, ...]]:
    weights = None
    if name == "fb q2 mean":  # counts of synthetic answers: runs everywhere
        counts = pd.DataFrame(REFERENCE["counts"]["q2 by event (feedback.csv, synthetic)"])
        long = counts.melt(ignore_index=False, var_name="event")
        long = long.assign(y=long.index + 1.0).reset_index(drop=True)
        frame = long.loc[long.index.repeat(long["value"])]
        columns, cluster = terms(frame, []), frame["event"]
    elif name == "fb pos lpm":
        frame = answers()
        columns, cluster = terms(frame, ["action"]), frame["event"]
    elif name == "fb q2":
        frame = data("feedback.csv").dropna(subset=["q2"]).rename(columns={"q2": "y"})
        columns, cluster = terms(frame, ["action", "gender"]), frame["event"]
    elif name == "achievement":
        wanted = ["treated", "siblings", "lagscore"]
        frame = data("achievement.csv").dropna(subset=["Bagrut_status", *wanted]).rename(columns={"Bagrut_status": "y"})
        columns, cluster = terms(frame, wanted), frame["school_id"]
    else:
        frame = data("apiclus1.csv").rename(columns={"api00": "y"})
        columns = terms(frame, ["meals", "stype"] if name == "clus1 wls" else ["meals", "ell", "stype"])
        cluster, weights = frame["dnum"], frame["enroll"] if name == "clus1 wls" else None
    return frame["y"].to_numpy(dtype=float), columns.with_constant, cluster, weights, ("constant", *columns.names)


def answers() -> pd.DataFrame:
    """Return the synthetic yes/no answers, one row each."""
    counts = pd.DataFrame({k: POOLING[k] for k in ("positive", "n", "event", "action")})
    rows = counts.loc[counts.index.repeat(counts["n"])].reset_index(drop=True)
    return rows.assign(y=(rows.groupby("event").cumcount() < rows["positive"]).astype(float))


@pytest.mark.parametrize("name", list(REFERENCE["cases"]))
def test_corrected_errors_are_those_of_r_clubsandwich(name):
    y, x, cluster, weights, _ = case(name)
    expected = REFERENCE["cases"][name]
    for kind in KINDS:
        fit = linear(y, x, cluster, weights, kind)
        assert fit.coefficients == pytest.approx(np.atleast_1d(expected["coef"]), rel=1e-11)
        assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(np.atleast_1d(expected[kind]), rel=1e-11)


@pytest.mark.parametrize("name", list(REFERENCE["cases"]))
def test_satterthwaite_contrasts_and_the_joint_test_are_those_of_r_clubsandwich(name):
    y, x, cluster, weights, names = case(name)
    expected, fit = REFERENCE["cases"][name], linear(y, x, cluster, weights)
    found = [contrast(fit, row) for row in np.eye(x.shape[1])]
    for ours, theirs in (("df", "df"), ("statistic", "t"), ("p_value", "p"), ("low", "low"), ("high", "high")):
        values = [getattr(f, ours) for f in found]
        assert values == pytest.approx(np.atleast_1d(expected[theirs]), rel=1e-10, abs=1e-12)
    if "htz" in expected:
        joint = [j for j, n in enumerate(names) if n.startswith(("action", "stype"))]
        assert wald(fit, np.eye(len(names))[joint]) == pytest.approx(expected["htz"], rel=1e-10)


def test_the_logit_model_is_that_of_r_clubsandwich():
    frame, expected = answers(), REFERENCE["logit"]
    x = terms(frame, ["action"]).with_constant
    for kind in ("CR0", "CR1", "CR2"):
        fit = logit(frame["y"], x, frame["event"], kind)
        assert fit.coefficients == pytest.approx(expected["coef"], abs=1e-8)
        assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(expected[kind], abs=1e-8)
    found = [contrast(fit, row) for row in np.eye(3)]
    assert [f.df for f in found] == pytest.approx(expected["df"], abs=1e-7)
    assert [f.p_value for f in found] == pytest.approx(expected["p"], abs=1e-8)


def test_the_enumerated_wild_bootstrap_is_that_of_r():
    frame = data("apiclus1.csv")
    found = wild_bootstrap(frame["api00"], terms(frame, ["meals", "ell"]).with_constant, 2, frame["dnum"])
    assert found.enumerated and found.replicates == 2**15
    assert (found.statistic, found.p_value) == pytest.approx(REFERENCE["wild"], abs=1e-12)


def small(seed: int = 1, clusters: int = 8, null: float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), rng.integers(3, 9, clusters))
    x = np.column_stack([np.ones(len(cluster)), (cluster % 3 == 0).astype(float), rng.normal(size=len(cluster))])
    y = null * x[:, 1] + 0.5 * rng.normal(size=clusters)[cluster] + rng.normal(size=len(cluster))
    return y, x, cluster


def by_rows(y: np.ndarray, x: np.ndarray, j: int, cluster: np.ndarray) -> float:
    """The wild bootstrap as the textbook has it: refit every sign vector."""

    def t(values: np.ndarray) -> float:
        b = np.linalg.lstsq(x, values, rcond=None)[0]
        score = (
            np.linalg.inv(x.T @ x)[j]
            @ np.array([x[cluster == g].T @ (values - x @ b)[cluster == g] for g in range(8)]).T
        )
        return b[j] / np.sqrt((score**2).sum())

    others = np.delete(x, j, axis=1)
    fitted = others @ np.linalg.lstsq(others, y, rcond=None)[0]
    signs = itertools.product([-1, 1], repeat=8)
    return float(np.mean([abs(t(fitted + (y - fitted) * np.array(s)[cluster])) >= abs(t(y)) - 1e-10 for s in signs]))


def test_the_wild_bootstrap_on_sums_is_the_one_on_rows():
    y, x, cluster = small()
    for j in (1, 2):
        assert wild_bootstrap(y, x, j, cluster).p_value == by_rows(y, x, j, cluster)


def test_another_null_moves_the_test():
    y, x, cluster = small(null=2.0)
    assert wild_bootstrap(y, x, 1, cluster, null=2.0).p_value > 0.05
    assert wild_bootstrap(y, x, 1, cluster, null=2.0).p_value == pytest.approx(
        wild_bootstrap(y - 2.0 * x[:, 1], x, 1, cluster).p_value
    )


def test_many_clusters_are_sampled_with_a_seed():
    y, x, cluster = small(clusters=20)
    one, same, other = (wild_bootstrap(y, x, 1, cluster, replicates=999, seed=s) for s in (1, 1, 2))
    assert not one.enumerated and one.replicates == 999
    assert one.p_value == same.p_value
    assert one.p_value == pytest.approx(other.p_value, abs=0.06)


def test_order_of_rows_and_names_of_clusters_change_nothing():
    y, x, cluster = small()
    fit = linear(y, x, cluster)
    order = np.random.default_rng(0).permutation(len(y))
    again = linear(y[order], x[order], [f"cluster {7 - c}" for c in cluster[order]])
    assert again.covariance == pytest.approx(fit.covariance, abs=1e-12)
    assert contrast(again, [0, 1, 0]).df == pytest.approx(contrast(fit, [0, 1, 0]).df, abs=1e-10)
    assert wild_bootstrap(y[order], x[order], 1, cluster[order]).p_value == wild_bootstrap(y, x, 1, cluster).p_value


def test_a_contrast_does_not_depend_on_the_reference_level():
    y, _, cluster = small(clusters=12)
    frame = pd.DataFrame({"g": np.array(["a", "b", "c"])[cluster % 3]})
    one = linear(y, terms(frame, ["g"]).with_constant, cluster)
    other = linear(y, terms(frame, ["g"], {"g": ["c", "a", "b"]}).with_constant, cluster)
    first, second = contrast(one, [0, 1, -1]), contrast(other, [0, 0, 1])  # b - c
    for name in ("estimate", "std_error", "df"):
        assert getattr(first, name) == pytest.approx(getattr(second, name), abs=1e-10)
    assert wald(one, np.eye(3)[1:])[0] == pytest.approx(wald(other, np.eye(3)[1:])[0], abs=1e-9)


def test_equal_weights_are_no_weights():
    y, x, cluster = small()
    plain, weighted = linear(y, x, cluster), linear(y, x, cluster, np.full(len(y), 3.0))
    assert weighted.covariance == pytest.approx(plain.covariance, abs=1e-12)
    assert contrast(weighted, [0, 1, 0]).df == pytest.approx(contrast(plain, [0, 1, 0]).df, abs=1e-9)


def test_a_single_observation_per_cluster_is_hc2_and_equal_clusters_have_g_minus_1():
    import statsmodels.api as sm

    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(40), rng.normal(size=40)])
    y = rng.normal(size=40)
    fit = linear(y, x, np.arange(40))
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx(sm.OLS(y, x).fit(cov_type="HC2").bse, abs=1e-12)
    even = linear(y, np.ones((40, 1)), np.repeat(np.arange(10), 4))
    assert contrast(even, [1.0]).df == pytest.approx(9, abs=1e-9)


def test_the_size_of_the_tests_is_kept_with_few_clusters():
    rejected = {"cr2": 0, "wild": 0}
    for seed in range(300):
        y, x, cluster = small(seed, 9)
        rejected["cr2"] += contrast(linear(y, x, cluster), [0, 1, 0]).p_value < 0.05
        rejected["wild"] += wild_bootstrap(y, x, 1, cluster).p_value < 0.05
    assert rejected["cr2"] / 300 < 0.09
    assert rejected["wild"] / 300 < 0.09


def test_what_is_not_defined_is_an_error():
    y, x, cluster = small()
    with pytest.raises(AnalysisError, match="two clusters"):
        linear(y, x, np.zeros(len(y)))
    with pytest.raises(AnalysisError, match="a column follows"):
        linear(y, np.column_stack([x, x[:, 1]]), cluster)
    with pytest.raises(AnalysisError, match="nothing may be missing"):
        linear(np.where(np.arange(len(y)) == 2, np.nan, y), x, cluster)
    with pytest.raises(AnalysisError, match="different numbers"):
        linear(y[1:], x, cluster)
    with pytest.raises(AnalysisError, match="five clusters"):
        wild_bootstrap(y, x, 1, cluster % 4)
    with pytest.raises(AnalysisError, match="both zeros and ones"):
        logit(np.ones(len(y)), x, cluster)
    with pytest.raises(AnalysisError, match="no variance between clusters"):
        contrast(linear(np.ones(len(y)), x, cluster), [0, 1, 0])
    fit = linear(y, x, cluster)
    with pytest.raises(AnalysisError, match="follow from each other"):
        wald(fit, [[0, 1, 0], [0, 2, 0]])


def test_rows_of_group_differences():
    rng = np.random.default_rng(2)
    n = 200
    known = pd.DataFrame({"response_id": [f"r{i}" for i in range(n)], "event_id": [f"E{i % 18}" for i in range(n)]})
    known.loc[4, "event_id"] = None
    groups = pd.DataFrame(
        {"action_id": "A1", "role": rng.choice(["a", "b", "c"], n), "same": "x"}, index=known["response_id"]
    )
    positive = pd.array(rng.random(n) < 0.6, dtype="boolean")
    scores = pd.DataFrame({"response_id": known["response_id"], "construct": "x", "positive": positive})
    rows = table(group_differences(scores, known, ["x"], groups))
    assert rows["group"].tolist() == ["role=a", "role=b", "role=c"]
    assert rows["n"].sum() == n - 1 and (rows["n_excluded"] == 1).all()
    assert rows["p_value"].between(0, 1).all() and rows["note"].notna().all()
    frame = known.assign(y=positive.astype(float), g=groups["role"].to_numpy() == "a").dropna()
    assert rows["estimate"].iloc[0] == pytest.approx(frame[frame["g"]]["y"].mean() - frame[~frame["g"]]["y"].mean())
    few = table(group_differences(scores, known.assign(event_id="E1"), ["x"], groups))
    assert few["p_value"].isna().all() and few["note"].str.contains("five clusters").all()


def test_from_rows_and_from_sums_over_clusters_are_one_statistic():
    rng = np.random.default_rng(4)
    x = np.column_stack([np.ones(60), rng.normal(size=60), rng.random(60) < 0.3])
    cluster, y = rng.integers(0, 9, 60), rng.normal(size=60)
    rows, sums = linear(y, x, cluster), cluster_regression(y, x, cluster)
    for line in np.eye(3):
        one, other = contrast(rows, line, 0.9), sums.contrast(line, 0.9)
        wanted = (other.estimate, other.std_error, other.df, other.low, other.high, other.p_value)
        assert (one.estimate, one.std_error, one.df, one.low, one.high, one.p_value) == pytest.approx(wanted, abs=1e-12)
    joint = sums.joint(np.eye(3)[1:])
    assert wald(rows, np.eye(3)[1:]) == pytest.approx((joint.statistic, *joint.df, joint.p_value), abs=1e-10)
