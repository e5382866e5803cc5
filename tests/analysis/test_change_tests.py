"""Tests and sizes of change within people: R's values, all signs counted by hand, edges, invariances, a known truth."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.analysis.change_tests import change_tests
from pipeline.analysis.effects import by_jackknife, cliff_delta, dominance, dz, paired_d, rank_biserial
from pipeline.analysis.proportions import newcombe_paired
from pipeline.analysis.signed import (
    bhapkar,
    bowker,
    clustered_sign,
    clustered_signed_rank,
    sign_test,
    signed_rank,
    signed_ranks,
    stuart_maxwell,
)
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
SIZES = {"small": 14, "mid": 60, "big": 400}
FUN = ["Never Fun", "Fairly Often", "Very Often", "Always fun"]
SMALL = st.lists(st.integers(-3, 3), min_size=1, max_size=9)


def values(name: str) -> dict:
    return json.loads((ROOT / "tests" / "reference" / f"{name}.json").read_text("utf-8"))["values"]


def data(name: str) -> pd.DataFrame:
    if not (DATA / name).is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / name)


def bfi(n: int | None = None) -> pd.DataFrame:
    frame = data("bfi.csv")
    return frame.dropna(subset=["A1", "A2", "A3", "A4", "gender", "education"]).head(n or len(frame))


@pytest.mark.parametrize("size", SIZES)
def test_paired_tests_are_those_of_coin_and_r(size):
    frame, expected = bfi(SIZES[size]), values("signed")
    x, y = frame["A2"].to_numpy(), frame["A3"].to_numpy()
    for zeros, name in (("drop", "Wilcoxon"), ("pratt", "Pratt")):
        found = signed_rank(y - x, zeros)
        reference = expected[f"A2-A3 {size} coin {name} asym Z p"]
        assert [found.statistic, found.p_value] == pytest.approx(reference, abs=1e-12)
        exact = expected.get(f"A2-A3 {size} coin {name} exact p")
        assert (found.p_exact == pytest.approx(exact, abs=1e-12)) if exact else np.isnan(found.p_exact)
    up, down, same, p, *_ = expected[f"A2-A3 {size} sign test pos neg zero p lo hi"]
    signs = sign_test(y - x)
    assert (signs.n_zero, signs.n) == (same, up + down + same)
    assert signs.p_exact == pytest.approx(p, abs=1e-12)
    assert dominance(y - x) == pytest.approx(expected[f"A2-A3 {size} signtest pratt-free p.dominance"], abs=1e-12)


@pytest.mark.parametrize("size", SIZES)
def test_paired_effect_sizes_are_those_of_effectsize_and_by_hand(size):
    frame, expected = bfi(SIZES[size]), values("signed")
    x, y = frame["A2"].to_numpy(), frame["A3"].to_numpy()
    found = rank_biserial(x - y)
    reference = expected[f"A2-A3 {size} matched rank_biserial r lo hi (effectsize)"]
    assert [found.estimate, found.low, found.high] == pytest.approx(reference, abs=1e-12)
    for zeros, key in (("drop", "drop0"), ("pratt", "pratt")):
        reference = expected[f"A2-A3 {size} matched rank_biserial by hand ({key})"]
        assert rank_biserial(x - y, zeros=zeros).estimate == pytest.approx(reference, abs=1e-12)
    a, b = x >= 5, y >= 5
    pair = newcombe_paired(int((a & b).sum()), int((~a & b).sum()), int((a & ~b).sum()), int((~a & ~b).sum()))
    reference = expected[f"A2-A3 {size} paired diff prop newcombe10"]
    assert [pair.estimate, pair.low, pair.high] == pytest.approx(reference, abs=1e-12)
    mcnemar = sign_test(b.astype(int) - a.astype(int))
    assert mcnemar.p_exact == pytest.approx(expected[f"A2-A3 {size} mcnemar exact p"], abs=1e-12)
    assert mcnemar.statistic**2 == pytest.approx(expected[f"A2-A3 {size} mcnemar nocc"][0], abs=1e-12)


def test_cliffs_delta_is_that_of_r():
    frame, expected = bfi(), values("signed")
    small = pd.concat([frame[frame["gender"] == 1].head(12), frame[frame["gender"] == 2].head(14)])
    for name, part in (("small", small), ("big", frame.head(400))):
        one, other = (part.loc[part["gender"] == g, "A1"] for g in (1, 2))
        reference = expected[f"A1 by gender {name} cliff"]
        for key, normal in (("ci_t", False), ("ci_z", True)):
            found = cliff_delta(one, other, normal=normal)
            assert [found.low, found.high] == pytest.approx(reference[key], abs=1e-12)
        assert (found.estimate, found.std_error**2) == pytest.approx((reference["delta"], reference["var"]), abs=1e-12)
        assert (found.estimate + 1) / 2 == pytest.approx(reference["vda_A"], abs=1e-12)


def test_square_tables_are_those_of_coin_and_r():
    expected = values("signed")
    couples, eyes = data("sexualfun.csv"), data("visualacuity.csv")
    fun = couples.pivot_table(index="Husband", columns="Wife", values="Freq", aggfunc="sum")
    fun = fun.reindex(index=FUN, columns=FUN).fillna(0)
    female = eyes[eyes["gender"] == "female"]
    sight = female.pivot_table(index="right", columns="left", values="Freq", aggfunc="sum")
    for name, table, key in (
        ("sexualfun", fun, "sexualfun stuart-maxwell (coin mh_test)"),
        ("visualacuity female", sight, "visualacuity female stuart-maxwell (coin)"),
    ):
        found, symmetric = stuart_maxwell(table), bowker(table)
        assert [found.statistic, found.p_value] == pytest.approx(expected[key], abs=1e-12)
        reference = expected[f"{name} bowker"]
        assert [symmetric.statistic, symmetric.df, symmetric.p_value] == pytest.approx(reference, abs=1e-12)
    assert bhapkar(fun).statistic == pytest.approx(expected["sexualfun bhapkar by hand"][1], abs=1e-12)


def test_now_against_before_is_that_of_r():
    frame, expected = data("feedback.csv").dropna(subset=["pre", "post"]), values("prepost")
    d = (frame["post"] - frame["pre"]).to_numpy()
    found, event = dz(d), frame["event"]
    reference = expected["effectsize dz lo hi (noncentral t)"]
    # R searches the noncentrality to 2e-8
    assert [found.estimate, found.low, found.high] == pytest.approx(reference, abs=5e-8)
    sizes = paired_d(frame["pre"], frame["post"])
    keys = [sizes.dz, sizes.d_av, sizes.d_rm, sizes.glass, sizes.hedges]
    assert keys == pytest.approx(expected["cor, dz, d_av, d_rm, d_glass(pre), J"][1:], abs=1e-12)
    assert [int((d > 0).sum()), sign_test(d).n_zero, int((d < 0).sum())] == expected["improved same worse"]
    for zeros, name in (("drop", "Wilcoxon"), ("pratt", "Pratt")):
        assert signed_rank(d, zeros).statistic == pytest.approx(expected[f"signed rank {name}"][0], abs=1e-12)
    biserial = rank_biserial(d)
    reference = expected["matched rank biserial (effectsize)"]
    assert [biserial.estimate, biserial.low, biserial.high] == pytest.approx(reference, abs=1e-12)
    between = expected["dominance P(post>pre)-P(post<pre) between persons (cliff)"]
    assert cliff_delta(frame["post"], frame["pre"]).estimate == pytest.approx(between, abs=1e-12)
    signs, ranks = clustered_sign(d, event), clustered_signed_rank(d, event)
    reference = expected["clustered sign test (sum, ss, z, p)"]
    assert [signs.statistic, signs.p_value] == pytest.approx(reference[2:], abs=1e-12)
    reference = expected["clustered signed-rank (Datta-Satten style sum of cluster rank sums, zeros kept)"]
    assert [ranks.statistic, ranks.p_value] == pytest.approx(reference[1:], abs=1e-12)
    table = pd.crosstab(frame["pre"], frame["post"]).reindex(index=range(1, 6), columns=range(1, 6)).fillna(0)
    homogeneity = stuart_maxwell(table)
    reference = expected["stuart-maxwell"]
    assert [homogeneity.statistic, homogeneity.df] == pytest.approx(reference[:2], abs=1e-11)
    assert bowker(table).df == 7  # R gives none: three pairs of cells are empty


def two_sided(scores: list[float]) -> float:
    """Every choice of signs, one by one."""
    total = abs(sum(scores))
    sums = [abs(sum(s * abs(v) for s, v in zip(signs, scores, strict=True))) for signs in
            itertools.product((-1, 1), repeat=len(scores))]  # fmt: skip
    return sum(s >= total - 1e-9 for s in sums) / len(sums)


@given(SMALL, st.sampled_from(["pratt", "drop"]))
def test_exact_p_values_count_every_choice_of_signs(d, zeros):
    found = signed_rank(d, zeros)
    scores = [s for s in signed_ranks(np.array(d, dtype=float), zeros) if s]
    if not scores:
        assert np.isnan(found.p)
        return
    assert found.p_exact == pytest.approx(two_sided(scores))
    assert found.p_exact == pytest.approx(signed_rank([-v for v in d], zeros).p_exact)
    assert found.statistic == pytest.approx(-signed_rank([-v for v in d][::-1], zeros).statistic)


@given(SMALL, st.data())
def test_clustered_exact_p_values_turn_whole_clusters(d, draw):
    cluster = draw.draw(st.lists(st.integers(0, 3), min_size=len(d), max_size=len(d)))
    found = clustered_signed_rank(d, cluster)
    scores = signed_ranks(np.array(d, dtype=float))
    sums = [float(sum(scores[np.array(cluster) == c])) for c in set(cluster)]
    moved = [s for s in sums if s]
    if len(sums) < 2 or not moved:
        assert np.isnan(found.p)
    else:
        assert found.p_exact == pytest.approx(two_sided(moved))
        renamed = clustered_signed_rank(d, ["wxyz"[c] for c in cluster])
        assert renamed == found


def test_every_person_a_cluster_is_the_test_without_clusters():
    d = np.random.default_rng(1).integers(-2, 4, 40)
    one, other = signed_rank(d), clustered_signed_rank(d, np.arange(40))
    assert (one.statistic, one.p_exact) == pytest.approx((other.statistic, other.p_exact))
    assert sign_test(d).p_exact == pytest.approx(clustered_sign(d, np.arange(40)).p_exact)


def test_edges_of_the_tests():
    for found in (signed_rank([]), signed_rank([0, 0]), signed_rank([np.nan]), sign_test([0]), clustered_sign([], [])):
        assert np.isnan(found.p)
    assert clustered_sign([1, 1], ["a", "a"]).n_clusters == 1
    assert np.isnan(clustered_sign([1, 1], ["a", "a"]).p)
    assert signed_rank([5]).p_exact == 1.0
    assert clustered_sign([1, 1, 1], ["a", None, "b"]).n == 2
    assert stuart_maxwell(np.eye(3)).df == bowker(np.eye(3)).df == 0
    for bad in (lambda: signed_rank([1], "none"), lambda: stuart_maxwell([[1, 2]]), lambda: bowker([[1, -1], [0, 1]])):
        with pytest.raises(AnalysisError):
            bad()


def test_edges_of_the_effect_sizes():
    for found in (dz([1]), dz([2, 2]), rank_biserial([0, 0]), cliff_delta([1], [1, 2])):
        assert np.isnan(found.estimate)
    one_way = rank_biserial([1, 2, 3])
    assert one_way.estimate == 1.0
    assert np.isnan(one_way.low)
    apart = cliff_delta([2, 2], [1, 1])
    assert apart.estimate == 1.0
    assert np.isnan(apart.low)
    assert np.isnan(by_jackknife(dominance, [1, 0], ["a", "a"]).low)
    assert np.isnan(by_jackknife(dominance, [1, 1, 1], ["a", "b", "c"], bounded=True).low)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=12), st.lists(st.integers(1, 5), min_size=2, max_size=12))
def test_cliffs_delta_compares_every_pair_and_turns_over(x, y):
    found, turned = cliff_delta(x, y), cliff_delta(y, x)
    assert found.estimate == pytest.approx(np.mean(np.sign(np.subtract.outer(x, y))), abs=1e-12)
    assert found.estimate == pytest.approx(-turned.estimate, abs=1e-12)
    if np.isfinite(found.low):
        assert found.low <= found.estimate + 1e-9
        assert (found.low, found.high) == pytest.approx((-turned.high, -turned.low))


def test_the_jackknife_of_a_mean_with_equal_clusters_is_the_linearised_error():
    d = np.random.default_rng(2).normal(0.3, 1, 60)
    cluster = np.repeat(np.arange(12), 5)
    found = by_jackknife(lambda v: float(v.mean()), d, cluster)
    means = d.reshape(12, 5).mean(axis=1)
    assert found.std_error == pytest.approx(means.std(ddof=1) / np.sqrt(12))
    order = np.random.default_rng(3).permutation(60)
    assert by_jackknife(dominance, d[order], cluster[order]).low == pytest.approx(
        by_jackknife(dominance, d, cluster).low
    )


def test_clustered_tests_keep_their_size_where_people_of_an_event_are_alike():
    rng, clustered, naive = np.random.default_rng(4), 0, 0
    for _ in range(400):
        shift = np.repeat(rng.normal(0, 0.8, 20), 12)
        d = np.rint(shift + rng.normal(0, 1, 240))
        event = np.repeat(np.arange(20), 12)
        clustered += clustered_signed_rank(d, event).p < 0.05
        naive += signed_rank(d).p < 0.05
    assert 5 <= clustered <= 36
    assert naive > 100


def tables() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.Series]:
    rng = np.random.default_rng(6)
    ids = [f"r{i}" for i in range(60)]
    item = {"type": "select_one", "minimum": 1.0, "maximum": 5.0, "pair": None, "occasion": None, "reversed": False}
    rows = [
        {"item": "up", "construct": "c", "design": "transition", **item},
        {"item": "turned", "construct": "c", "design": "transition", **item, "reversed": True},
        {"item": "b", "construct": None, "design": "post_then_pre", **item, "pair": "p", "occasion": "before"},
        {"item": "n", "construct": None, "design": "post_then_pre", **item, "pair": "p", "occasion": "now"},
    ]
    base = rng.integers(1, 5, 60)
    given = {"up": rng.integers(3, 6, 60), "turned": rng.integers(1, 4, 60), "b": base, "n": base + 1}
    answers = pd.concat(
        [pd.DataFrame({"response_id": ids, "item": k, "value": v.astype(float), "missing_reason": None})
         for k, v in given.items()], ignore_index=True)  # fmt: skip
    score = (given["up"] + 6 - given["turned"]) / 2
    scores = pd.DataFrame({"response_id": ids, "construct": "c", "score": score})
    return answers, pd.DataFrame(rows), scores, pd.Series(np.repeat([f"E{i}" for i in range(10)], 6), ids)


def test_rows_of_change_point_the_right_way_and_are_adjusted():
    answers, items, scores, events = tables()
    rows = {(r["outcome"], r["method"]): r for r in change_tests(answers, items, scores, events, ("c",), 0.95)}
    for outcome in ("up", "turned", "c", "p"):
        assert rows[outcome, "signed_rank_pratt_cluster"]["statistic"] > 0
        assert rows[outcome, "dominance_jackknife"]["estimate"] > 0
    assert "Holm over 1" in rows["c", "signed_rank_pratt_cluster"]["note"]
    assert "Benjamini-Hochberg over 3" in rows["up", "signed_rank_pratt_cluster"]["note"]
    assert "no interval" in rows["p", "dz_jackknife"]["note"]  # all one up: no variance
    assert rows["p", "stuart_maxwell"]["p_value"] < 0.05
    assert "afterwards" in rows["p", "stuart_maxwell"]["note"]
    assert "no baseline" in rows["up", "dz_jackknife"]["note"]


def test_nothing_answered_gives_rows_without_numbers():
    answers, items, scores, events = tables()
    rows = change_tests(answers.assign(value=np.nan), items, scores.assign(score=np.nan), events, ("c",), 0.95)
    assert rows
    assert all(r["n"] == 0 for r in rows)
    assert not any(np.isfinite(r.get("p_value") or np.nan) for r in rows)
