"""CR2 with Satterthwaite, HTZ and Wald from sums over clusters: R, brute force, invariance, edges, recovery."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.cluster_regression import ClusterRegression, any_difference, cluster_regression
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
EXPECTED = json.loads((ROOT / "tests" / "reference" / "cluster_regression.json").read_text("utf-8"))["expected"]
CLOSED = 1e-12


def table(name: str) -> pd.DataFrame:
    if not (DATA / name).is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / name)


def dummies(*columns: pd.Series) -> np.ndarray:
    parts = [pd.get_dummies(c, drop_first=True).to_numpy(dtype=float) if c.dtype.kind in "OUT" or str(c.dtype) == "str"
             else c.to_numpy(dtype=float)[:, None] for c in columns]  # fmt: skip
    return np.column_stack([np.ones(len(columns[0])), *parts])


def fitted(case: str) -> ClusterRegression:
    if case == "clus1":
        d = table("apiclus1.csv")
        return cluster_regression(d["api00"], dummies(d["meals"], d["ell"], d["stype"]), d["dnum"])
    if case == "achievement":
        d = table("achievement.csv").dropna(subset=["Bagrut_status", "treated", "siblings", "lagscore"])
        return cluster_regression(
            d["Bagrut_status"], dummies(d["treated"], d["siblings"], d["lagscore"]), d["school_id"]
        )
    d = table("feedback.csv")
    if case == "fb q2":
        return cluster_regression(d["q2"], dummies(d["action"], d["gender"]), d["event"])
    return cluster_regression(d["pos"], dummies(d["action"]), d["event"])


@pytest.mark.parametrize("case", ["fb q2", "fb pos lpm", "clus1", "achievement"])
def test_cr2_and_satterthwaite_are_those_of_clubsandwich(case):
    fit = fitted(case)
    found = [fit.contrast(line) for line in np.eye(len(fit.coefficients))]
    t, ci = EXPECTED[f"{case} CR2 satterthwaite df t p"], EXPECTED[f"{case} CR2 ci"]
    expected = {
        "estimate": EXPECTED[f"{case} coef"], "std_error": EXPECTED[f"{case} CR2 se"], "df": t["df"],
        "statistic": t["t"], "p_value": t["p"], "low": ci["lo"], "high": ci["hi"],
    }  # fmt: skip
    for name, values in expected.items():
        assert [getattr(one, name) for one in found] == pytest.approx(values, rel=CLOSED, abs=1e-12), name


@pytest.mark.parametrize(("case", "lines"), [("fb q2", (1, 2)), ("fb pos lpm", (1, 2)), ("clus1", (3, 4))])
def test_htz_is_that_of_clubsandwich(case, lines):
    fit = fitted(case)
    found = fit.joint(np.eye(len(fit.coefficients))[list(lines)])
    assert [found.statistic, *found.df, found.p_value] == pytest.approx(
        EXPECTED[f"{case} HTZ Wald: F df1 df2 p"], rel=1e-11
    )


def drawn(rng: np.random.Generator, n: int = 60, clusters: int = 8) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    cluster = rng.integers(0, clusters, n)
    x = np.column_stack([np.ones(n), rng.integers(0, 2, n), rng.normal(size=n)])
    return rng.normal(size=n) + 0.5 * rng.normal(size=clusters)[cluster], x, cluster


def test_it_equals_the_textbook_with_n_by_n_matrices():
    """CR2 and its degrees of freedom from the whole hat matrix, cluster by cluster."""
    y, x, cluster = drawn(np.random.default_rng(5))
    n, m, c = len(y), np.linalg.inv(x.T @ x), np.array([0.0, 1.0, 0.5])
    leave = np.eye(n) - x @ m @ x.T
    residual, rows = leave @ y, [np.flatnonzero(cluster == g) for g in np.unique(cluster)]
    p = np.zeros((len(rows), n))
    for g, i in enumerate(rows):
        values, vectors = np.linalg.eigh(leave[np.ix_(i, i)])
        p[g, i] = vectors @ np.diag(values**-0.5) @ vectors.T @ x[i] @ m @ c
    b = p @ leave @ p.T
    found = cluster_regression(y, x, cluster).contrast(c)
    assert found.std_error == pytest.approx(math.sqrt(np.sum((p @ residual) ** 2)), rel=1e-12)
    assert found.df == pytest.approx(np.trace(b) ** 2 / np.sum(b**2), rel=1e-11)


def test_one_combination_gives_the_same_p_value_jointly():
    y, x, cluster = drawn(np.random.default_rng(6))
    fit = cluster_regression(y, x, cluster)
    one, joint = fit.contrast([0, 1, 0]), fit.joint([[0, 1, 0]])
    assert (joint.statistic, joint.df[1], joint.p_value) == pytest.approx(
        (one.statistic**2, one.df, one.p_value), rel=1e-10
    )


def test_order_of_rows_names_of_clusters_and_splitting_into_files_change_nothing():
    rng = np.random.default_rng(7)
    y, x, cluster = drawn(rng)
    fit = cluster_regression(y, x, cluster)
    order = rng.permutation(len(y))
    names = np.array([f"E{9 - g}" for g in cluster], dtype=object)
    for other in (
        cluster_regression(y[order], x[order], cluster[order]),
        cluster_regression(y, x, names),
        ClusterRegression(fit.squares[::-1], fit.products[::-1]),
    ):
        a, b = fit.contrast([0, 1, -1]), other.contrast([0, 1, -1])
        assert (b.estimate, b.std_error, b.df) == pytest.approx((a.estimate, a.std_error, a.df), rel=1e-11)


def test_swapping_the_two_groups_turns_the_sign_only():
    y, x, cluster = drawn(np.random.default_rng(8))
    own = cluster_regression(y, x[:, :2], cluster).contrast([0, 1])
    other = cluster_regression(y, np.column_stack([x[:, 0], 1 - x[:, 1]]), cluster).contrast([0, 1])
    assert (other.estimate, other.low, other.df) == pytest.approx((-own.estimate, -own.high, own.df), rel=1e-11)


def test_a_group_in_one_cluster_has_a_named_rule_not_an_error_of_zero():
    y = np.array([1, 0, 1, 1, 0, 0, 1, 0, 1])
    inside, cluster = np.array([1, 1, 1, 0, 0, 0, 0, 0, 0]), np.array(list("aaabbbccc"))
    fit = cluster_regression(y, np.column_stack([np.ones(9), inside]), cluster)
    found = fit.contrast([0, 1])
    assert found.estimate == pytest.approx(y[:3].mean() - y[3:].mean())
    assert math.isnan(found.std_error) and math.isnan(found.p_value) and "one cluster" in found.rule
    assert "one cluster" in fit.joint([[0, 1]]).rule


@pytest.mark.parametrize("y", [[1.0] * 6, [0.0] * 6])
def test_a_constant_outcome_has_no_interval(y):
    found = cluster_regression(y, np.column_stack([np.ones(6), [0, 1] * 3]), list("aabbcc")).contrast([0, 1])
    assert found.estimate == pytest.approx(0, abs=1e-12) and math.isnan(found.low) and found.rule


def test_one_cluster_or_nothing_at_all():
    one = cluster_regression([1, 0, 1], np.ones((3, 1)), ["a"] * 3).contrast([1])
    assert math.isnan(one.std_error) and one.rule
    with pytest.raises(AnalysisError):
        cluster_regression([np.nan], [[1.0]], ["a"])
    with pytest.raises(AnalysisError, match="independent"):
        cluster_regression([1, 0], [[1.0, 1.0], [1.0, 1.0]], ["a", "b"]).contrast([0, 1])
    few = cluster_regression([1, 0, 1, 0], np.eye(4), list("abcd"))
    assert any_difference(few, np.eye(4)[:2]).rule.startswith("no test")


def test_rows_without_an_outcome_are_left_out():
    y, x, cluster = drawn(np.random.default_rng(9))
    more = cluster_regression([*y, np.nan], [*x, [1, 1, 1]], [*cluster, 99])
    assert more.contrast([0, 1, 0]) == cluster_regression(y, x, cluster).contrast([0, 1, 0])


def test_intervals_hold_a_planted_difference_with_few_clusters():
    rng, held = np.random.default_rng(10), 0
    for _ in range(400):
        cluster = np.repeat(np.arange(10), rng.integers(3, 15, 10))
        group = (cluster < 3).astype(float)
        y = 0.4 * group + rng.normal(size=10)[cluster] * 0.5 + rng.normal(size=len(cluster))
        found = cluster_regression(y, np.column_stack([np.ones(len(y)), group]), cluster).contrast([0, 1])
        held += found.low < 0.4 < found.high
    assert 0.92 <= held / 400 <= 0.985
