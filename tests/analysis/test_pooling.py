"""Partial pooling against lme4 and the beta-binomial; coverage of its intervals; ranks; the rows per action."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import special

from pipeline.analysis.action_shares import pooled_actions
from pipeline.analysis.estimates import table
from pipeline.analysis.hierarchy import hierarchical_pooled
from pipeline.analysis.pooling import Pooled, beta_binomial, beta_parameters, glmm_pooled, ranks
from pipeline.core.errors import AnalysisError

REFERENCE = json.loads((Path(__file__).resolve().parents[1] / "reference" / "pooling.json").read_text("utf-8"))
K, N, EVENT = (REFERENCE[k] for k in ("positive", "n", "event"))
SIZES = [1, 2, 2, 1, 2, 2, 2, 1, 2, 1, 2, 3, 2, 1, 2, 2, 1, 2, 1, 2, 1, 1]


def project(seed: int, sds: tuple[float, float] = (0.5, 0.3)) -> tuple[pd.DataFrame, np.ndarray]:
    """Return counts of 36 events of 22 actions, as in the sample, and the true shares of the actions."""
    rng = np.random.default_rng(seed)
    action = np.repeat(np.arange(22), SIZES)
    level = 0.7 + sds[0] * rng.normal(size=22)
    n = rng.integers(2, 18, len(action))
    k = rng.binomial(n, special.expit(level[action] + sds[1] * rng.normal(size=len(action))))
    return pd.DataFrame({"action": action, "event": np.arange(len(action)), "k": k, "n": n}), special.expit(level)


def test_pooled_shares_are_those_of_lme4():
    found = glmm_pooled(K, N, EVENT)
    assert found.estimate == pytest.approx(REFERENCE["pooled"], abs=1e-5)
    expected = REFERENCE["cases"]["fb null nAGQ=15"]
    assert found.logit_sd == pytest.approx(expected["blup_se"], abs=1e-5)
    assert found.sd == pytest.approx(expected["sd"], abs=1e-5)
    # the uncertainty of the parameters is added
    plain = special.expit(special.logit(found.estimate) - 1.959964 * found.logit_sd)
    assert np.all(found.low < plain)


def test_the_beta_binomial_is_that_of_r():
    expected = REFERENCE["beta_binomial"]
    alpha, beta, loglik = beta_parameters(np.array(K, dtype=float), np.array(N, dtype=float))
    assert (alpha, beta, loglik) == pytest.approx([expected[k] for k in ("alpha", "beta", "logLik")], abs=1e-5)
    found = beta_binomial(K, N, EVENT)
    for ours, theirs in ((found.estimate, "post_mean"), (found.low, "lo"), (found.high, "hi")):
        assert ours == pytest.approx(expected[theirs], abs=1e-5)
    mu, rho, value = REFERENCE["vgam"]
    assert (alpha / (alpha + beta), 1 / (alpha + beta + 1), loglik) == pytest.approx((mu, rho, value), abs=1e-6)


def test_every_group_is_moved_towards_the_whole_and_small_ones_further():
    for found in (glmm_pooled(K, N, EVENT), beta_binomial(K, N, EVENT), hierarchical_pooled(K, N, EVENT)):
        centre = np.average(found.estimate, weights=found.n)
        far = np.abs(found.own - centre) > 0.1
        assert np.all(np.abs(found.estimate - centre)[far] < np.abs(found.own - centre)[far])
        by_event = dict(zip(found.groups, found.estimate - found.own, strict=True))
        assert abs(by_event["E12"]) > abs(by_event["E13"])  # 0 of 2 moves further than 1 of 10


def test_the_grid_agrees_with_direct_integration():
    k, n = np.array([9.0, 2, 2, 14, 0, 6, 3, 11]), np.array([10.0, 10, 3, 20, 4, 8, 9, 15])
    found = hierarchical_pooled(k, n, np.arange(8))
    constant, sd = np.linspace(-5, 5, 161), np.linspace(0.005, 5, 200)
    z, weight = np.polynomial.hermite_e.hermegauss(50)
    p = special.expit(constant[:, None, None] + sd[None, :, None] * z)

    def likelihood(i: int, power: int) -> np.ndarray:
        return (p ** (k[i] + power) * (1 - p) ** (n[i] - k[i])) @ weight

    whole = np.prod([likelihood(i, 0) for i in range(8)], axis=0) * np.exp(-(sd**2) / 2)
    truth = [float((whole * likelihood(i, 1) / likelihood(i, 0)).sum() / whole.sum()) for i in range(8)]
    # the constant by Laplace, each group's posterior as a mixture of normals
    assert found.estimate == pytest.approx(truth, abs=0.01)


def test_order_of_rows_and_names_change_nothing():
    counts, _ = project(1)
    for pool in (glmm_pooled, hierarchical_pooled):
        found = pool(counts["k"], counts["n"], counts["action"], counts["event"])
        mixed = counts.sample(frac=1, random_state=1)
        again = pool(mixed["k"], mixed["n"], mixed["action"], mixed["event"])
        assert again.groups == found.groups
        assert again.estimate == pytest.approx(found.estimate, abs=1e-5)
        named = pool(counts["k"], counts["n"], [f"A{a:02d}" for a in counts["action"]], counts["event"])
        assert named.low == pytest.approx(found.low, abs=1e-5)


def test_swapping_yes_and_no_mirrors_the_shares():
    counts, _ = project(2)
    for pool in (glmm_pooled, hierarchical_pooled):
        one, other = (
            pool(k, counts["n"], counts["action"], counts["event"]) for k in (counts["k"], counts["n"] - counts["k"])
        )
        assert other.estimate == pytest.approx(1 - one.estimate, abs=1e-4)
        assert other.low == pytest.approx(1 - one.high, abs=1e-4)
    one, other = beta_binomial(K, N), beta_binomial(np.array(N) - K, N)
    assert other.estimate == pytest.approx(1 - one.estimate, abs=1e-6)


def coverage(sds: tuple[float, float], seeds: range) -> float:
    held = []
    for seed in seeds:
        counts, truth = project(seed, sds)
        found = hierarchical_pooled(counts["k"], counts["n"], counts["action"], counts["event"])
        held.append((found.low <= truth) & (truth <= found.high))
    return float(np.mean(held))


def test_intervals_hold_the_true_share():
    assert coverage((0.5, 0.3), range(12)) > 0.88


@pytest.mark.slow
@pytest.mark.parametrize("sds", [(0.6, 0.3), (0.3, 0.3), (0.6, 0.05)])
def test_intervals_hold_the_true_share_over_many_projects(sds):
    assert coverage(sds, range(100)) > 0.91


def test_groups_that_do_not_differ_get_the_share_of_all():
    for found in (glmm_pooled([5, 5, 5], [10, 10, 10], list("abc")), beta_binomial([5, 5, 5], [10, 10, 10])):
        assert found.estimate == pytest.approx([0.5] * 3, abs=1e-9)
        assert np.all(found.high - found.low > 0.2)
        assert "no variation" in (found.note or "") or "no more than by chance" in (found.note or "")


@pytest.mark.parametrize("pool", [glmm_pooled, hierarchical_pooled, beta_binomial])
def test_all_or_none_positive_leaves_an_interval(pool):
    for k in ([0, 0, 0], [4, 7, 2]):
        found = pool(k, [4, 7, 2], list("abc"))
        assert found.estimate == pytest.approx(np.sum(k) / 13, abs=1e-9)
        assert np.all(found.high - found.low > 0.1)
        assert found.note


@pytest.mark.parametrize("pool", [glmm_pooled, hierarchical_pooled, beta_binomial])
@pytest.mark.parametrize(("k", "n"), [([], []), ([3], [5]), ([3, 0], [5, 0]), ([5, 0], [5, 0])])
def test_one_group_cannot_be_pooled(pool, k, n):
    with pytest.raises(AnalysisError, match="two"):
        pool(k, n, list("ab")[: len(k)])


def test_groups_without_answers_are_left_out():
    found = hierarchical_pooled([9, 0, 2, 5], [10, 0, 10, 9], list("abcd"))
    assert found.groups == ("a", "c", "d")


def test_ranks_say_how_little_is_known():
    found = ranks(glmm_pooled(K, N, EVENT), least=10)
    ranked = np.isfinite(found.expected)
    assert ranked.sum() == sum(n >= 10 for n in N)
    assert found.expected[ranked].sum() == pytest.approx(ranked.sum() * (ranked.sum() + 1) / 2, abs=1e-9)
    assert np.all(found.low[ranked] <= found.expected[ranked])
    assert np.all(found.expected[ranked] <= found.high[ranked])
    again = ranks(glmm_pooled(K, N, EVENT), least=10)
    assert again.low.tolist() == pytest.approx(found.low.tolist(), nan_ok=True)


def test_groups_apart_are_ranked_surely_and_groups_alike_not_at_all():
    apart = Pooled(
        tuple("abc"), *(np.array(v) for v in ([50.0] * 3, *[[0.5] * 3] * 5, [2.0, 0.0, -2.0], [0.1] * 3)), 1.0
    )
    assert ranks(apart, 10).expected == pytest.approx([1, 2, 3], abs=1e-6)
    same = glmm_pooled([5, 5, 5], [10, 10, 10], list("abc"))
    assert np.isnan(ranks(same, 5).expected).all()


def responses(counts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = counts.loc[counts.index.repeat(counts["n"])].reset_index(drop=True)
    rows["response_id"] = [f"r{i:04d}" for i in range(len(rows))]
    positive = (rows.groupby("event").cumcount() < rows["k"]).astype("boolean")
    known = rows[["response_id"]].assign(
        event_id=[f"E{e:02d}" for e in rows["event"]], action_id=[f"A{a:02d}" for a in rows["action"]]
    )
    return pd.DataFrame({"response_id": rows["response_id"], "construct": "x", "positive": positive}), known


def test_rows_per_action():
    counts, _ = project(5)
    scores, known = responses(counts)
    scores.loc[3, "positive"] = pd.NA
    rows = table(pooled_actions(scores, known, ["x", "absent"], 0.95, 10))
    assert not rows.duplicated(["outcome", "term", "group", "method"]).any()
    shares = rows[rows["term"] == "share_positive"].set_index(["method", "group"])
    assert set(shares.index.get_level_values("method")) == {"glmm_pooled", "betabinomial_pooled"}
    assert shares.loc["glmm_pooled", "n"].sum() == counts["n"].sum() - 1
    assert shares.loc["glmm_pooled", "n_excluded"].sum() == 1
    assert shares["note"].notna().all() and (shares["unit"] == "share").all()
    assert shares.loc[("glmm_pooled", "action_id=A11"), "n_clusters"] == 3
    ranked = rows[rows["term"] == "rank"]
    assert (ranked["estimate"].notna() == (ranked["n"] >= 10)).all()
    assert ranked.loc[ranked["estimate"].isna(), "note"].str.contains("no rank").all()


def test_rows_where_nothing_can_be_pooled():
    one = pd.DataFrame({"response_id": ["a", "b"], "construct": "x", "positive": pd.array([True, False])})
    known = pd.DataFrame({"response_id": ["a", "b"], "event_id": ["E1", None], "action_id": ["A1", "A1"]})
    rows = table(pooled_actions(one, known, ["x"], 0.95, 10))
    assert rows["note"].str.contains("two groups").all() and rows["estimate"].isna().all()
    missing = one.assign(positive=pd.array([None, None], dtype="boolean"))
    assert pooled_actions(missing, known, ["x"], 0.95, 10) == []


def test_groups_that_are_all_positive_or_all_negative_have_no_finite_spread():
    with pytest.raises(AnalysisError, match="no finite estimate"):  # the intervals would be points
        beta_binomial([1, 1, 1, 0, 2, 2], [1, 1, 1, 1, 2, 2])
