"""Families of comparisons and the cluster bootstrap against R, brute force and their own edges."""

from __future__ import annotations

import json
import math
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.cluster_draws import difference, draw_counts, ratio_draws
from pipeline.analysis.cluster_regression import any_difference, cluster_regression
from pipeline.analysis.multiplicity import benjamini_hochberg, holm
from pipeline.analysis.pairwise import adjusted, goodman, hochberg, pairs_of_means
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
CLOSED = 1e-12


def expected(name: str) -> dict:
    return json.loads((ROOT / "tests" / "reference" / f"{name}.json").read_text("utf-8"))["expected"]


FAMILIES, DRAWS = expected("families"), expected("cluster_draws")


@pytest.fixture(scope="module")
def feedback() -> pd.DataFrame:
    if not (DATA / "feedback.csv").is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / "feedback.csv")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("none", "none"), ("tukey", "tukey"), ("holm", "holm"), ("bonferroni", "bonferroni"), ("fdr", "bh")],
)
def test_pairs_of_means_are_those_of_emmeans(feedback, theirs, ours):
    e, found = FAMILIES[f"lm pairs {theirs}"], pairs_of_means(feedback["q2"], feedback["action"], ours)
    assert found.estimate == pytest.approx(e["est"], abs=CLOSED)
    assert found.std_error == pytest.approx(e["se"], abs=CLOSED)
    assert found.p_value == pytest.approx(e["p"], abs=1e-11 if ours == "tukey" else CLOSED)


@pytest.mark.parametrize("adjust", ["none", "tukey", "holm"])
def test_adjusted_p_values_of_an_ordinal_model_are_those_of_emmeans(adjust):
    e = FAMILIES[f"clm pairs {adjust}"]
    found = adjusted(np.array(e["est"]) / e["se"], math.inf, adjust, 3)
    assert found == pytest.approx(e["p"], abs=1e-11)


def test_six_items_at_once_are_those_of_r(feedback):
    columns = np.column_stack([np.ones(len(feedback)), *(feedback["action"] == a for a in ("training", "workshop"))])
    fits = [cluster_regression(feedback[f"q{i}"], columns, feedback["event"]) for i in range(1, 7)]
    p_values = [any_difference(fit, [[0, 1, 0], [0, 0, 1]]).p_value for fit in fits]
    assert p_values == pytest.approx(
        list(FAMILIES["6 items regTermTest p (training/workshop/event)"].values()), abs=CLOSED
    )
    for name, method in (("holm", holm), ("BH", benjamini_hochberg), ("hochberg", hochberg)):
        assert method(p_values) == pytest.approx(list(FAMILIES[f"6 items {name}"].values()), abs=CLOSED)


def test_goodmans_simultaneous_limits_are_those_of_r(feedback):
    counts = feedback["q1"].value_counts().reindex(range(1, 6))
    assert goodman(counts) == pytest.approx(np.array(FAMILIES["goodman simultaneous multinomial CI q1"]), abs=CLOSED)


def test_adjustment_follows_the_order_of_the_comparisons_and_passes_over_empty_ones():
    p = np.array([0.04, np.nan, 0.01, 0.03])
    for method in (holm, hochberg, benjamini_hochberg):
        found = method(p)
        assert np.isnan(found[1])
        assert found[[0, 2, 3]] == pytest.approx(method(p[[0, 2, 3]]))
        assert method(p[::-1])[::-1] == pytest.approx(found, nan_ok=True)
        assert len(method([])) == 0


def test_what_families_cannot_do_is_refused():
    for values, group in (([1.0, 2.0], ["a", "a"]), ([1.0, 2.0], ["a", "b"]), ([np.nan], ["a"])):
        with pytest.raises(AnalysisError):
            pairs_of_means(values, group)
    for call in (lambda: adjusted([1.0], 3, "scheffe"), lambda: adjusted([1.0], 3, "tukey"), lambda: goodman([0, 0])):
        with pytest.raises(AnalysisError):
            call()


def sums(values: pd.Series, event: pd.Series, order: list[str]) -> tuple[np.ndarray, np.ndarray]:
    by = values.groupby(event)
    return by.sum().reindex(order).to_numpy(), by.count().reindex(order).to_numpy()


@pytest.fixture(scope="module")
def counts() -> pd.DataFrame:
    if not (DATA / "boot_counts.csv").is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / "boot_counts.csv")


@pytest.mark.parametrize("case", ["fb pos share", "fb q2 mean", "fb post-pre mean"])
def test_the_bootstrap_replayed_is_that_of_r(feedback, counts, case):
    values = {"fb pos share": feedback["pos"], "fb q2 mean": feedback["q2"]}.get(
        case, feedback["post"] - feedback["pre"]
    )
    found, e = ratio_draws(*sums(values, feedback["event"], list(counts)), counts), DRAWS[case]
    ours = {
        "theta": found.estimate, "boot_mean": found.mean, "boot_se": found.std_error, "z0": found.bias,
        "accel": found.acceleration, "jack_se": found.jackknife_error, "percentile": found.percentile(),
        "basic": found.basic(), "normal": found.normal(), "bca": found.bca(),
    }  # fmt: skip
    for name, value in ours.items():
        assert np.ravel(value) == pytest.approx(np.ravel(e[name]), abs=CLOSED), name


def test_the_bootstrap_of_a_difference_replayed_is_that_of_r(feedback, counts):
    parts = [
        ratio_draws(*sums(feedback["pos"].where(feedback["action"] == a), feedback["event"], list(counts)), counts)
        for a in ("training", "workshop")
    ]
    found = difference(*parts)
    ours = [found.estimate[0], found.std_error[0], *found.percentile()[:, 0]]
    assert ours == pytest.approx(DRAWS["fb pos training-workshop est se lo hi"], abs=CLOSED)


def test_drawing_counts_equals_copying_the_rows_of_the_clusters_drawn():
    rng = np.random.default_rng(1)
    cluster = rng.integers(0, 6, 40)
    y = rng.integers(0, 2, 40).astype(float)
    draws = draw_counts(6, 30, seed=2)
    k, n = (np.bincount(cluster, w, minlength=6) for w in (y, np.ones(40)))
    slow = [np.concatenate([np.tile(y[cluster == g], d[g]) for g in range(6)]).mean() for d in draws]
    assert ratio_draws(k, n, draws).replicates[:, 0] == pytest.approx(slow)


def test_many_statistics_on_the_same_draws_are_each_what_they_are_alone():
    rng = np.random.default_rng(3)
    n = rng.integers(1, 9, (7, 5)).astype(float)
    k, draws = n * rng.random((7, 5)), draw_counts(7, 200, seed=4)
    whole = ratio_draws(k, n, draws)
    for s in range(5):
        alone = ratio_draws(k[:, s], n[:, s], draws)
        for name in ("percentile", "basic", "normal", "bca"):
            assert getattr(whole, name)()[:, s] == pytest.approx(getattr(alone, name)()[:, 0])


def test_same_weight_for_everyone_changes_nothing():
    k, n, draws = np.array([3.0, 5, 2, 4]), np.array([4.0, 5, 6, 4]), draw_counts(4, 100, seed=5)
    assert ratio_draws(3 * k, 3 * n, draws).percentile() == pytest.approx(ratio_draws(k, n, draws).percentile())


def test_what_the_bootstrap_cannot_do_is_refused_and_draws_of_nobody_are_left_out():
    for k, n, draws in (([1], [2], [[1]]), ([1, 1], [2, 2], [[1]]), ([0, 0], [0, 0], [[1, 1]])):
        with pytest.raises(AnalysisError):
            ratio_draws(k, n, draws)
    empty = ratio_draws([3, 0], [4, 0], [[0, 2], [2, 0], [1, 1]])
    assert np.isnan(empty.replicates[0, 0]) and empty.percentile()[:, 0] == pytest.approx([0.75, 0.75])


def test_two_hundred_specifications_of_two_thousand_replicates_take_seconds_not_minutes():
    rng = np.random.default_rng(6)
    n = rng.integers(1, 30, (36, 200)).astype(float)
    start = time.perf_counter()
    ratio_draws(n * rng.random((36, 200)), n, draw_counts(36, 2000, seed=7)).percentile()
    assert time.perf_counter() - start < 100  # a hang, not a speed


@pytest.mark.parametrize("clusters", [200, 201])
def test_many_clusters_are_drawn_as_few_are(clusters):
    counts = draw_counts(clusters, 400, seed=3)
    assert (counts.sum(axis=1) == clusters).all()
    assert counts.shape == (400, clusters)
    # a count is binomial with mean 1 and variance 1 - 1/G; counts of two clusters are all but independent
    assert counts.mean(axis=0) == pytest.approx(1, abs=0.25)
    assert counts.var() == pytest.approx(1 - 1 / clusters, abs=0.02)
    assert (draw_counts(clusters, 400, seed=3) == counts).all()
