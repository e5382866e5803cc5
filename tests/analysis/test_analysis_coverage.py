"""Intervals hold the truth as often as they say, over projects whose truth is known; Wilson's alone does not.

The longer table is `benchmarks/coverage.py`; this is the part that runs on every change, on draws of its own.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from scipy import special

from pipeline.analysis.change import paired_change
from pipeline.analysis.intervals import anova_icc
from pipeline.analysis.reliability import cronbach_alpha
from pipeline.analysis.shares import by_group

pytestmark = pytest.mark.slow

PROJECTS = 1200
EVENTS = 36
ICC = 0.08


def beta_binomial(rng: np.random.Generator) -> tuple[float, np.ndarray]:
    spread = (1 - ICC) / ICC
    return 0.7, rng.beta(0.7 * spread, 0.3 * spread, EVENTS)


def logit_normal(rng: np.random.Generator) -> tuple[float, np.ndarray]:
    nodes, weights = np.polynomial.hermite_e.hermegauss(60)
    truth = float(special.expit(0.9 + 0.7 * nodes) @ weights / weights.sum())
    return truth, special.expit(rng.normal(0.9, 0.7, EVENTS))


def counts(group: np.ndarray, share: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    n = np.maximum(1, rng.negative_binomial(4, 4 / 13, len(share)))
    frame = pd.DataFrame({"group": group.astype(str), "cluster": [f"E{i}" for i in range(len(n))], "missing": 0})
    return frame.assign(k=rng.binomial(n, share), n=n)


def checked(rows: list[dict], truth: dict[str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows).dropna(subset=["ci_low"])
    true = frame["group"].str.removeprefix("g=").map(truth)
    return frame.assign(holds=frame["ci_low"].le(true) & frame["ci_high"].ge(true), error=frame["estimate"] - true)


@cache
def overall(effect: str) -> pd.DataFrame:
    rng, found = np.random.default_rng(20562), []
    for _ in range(PROJECTS):
        truth, share = {"beta": beta_binomial, "logit": logit_normal}[effect](rng)
        drawn = counts(np.zeros(EVENTS, dtype=int), share, rng)
        found.append(checked(by_group(drawn, "x", "g", 0.95), {"0": truth}))
    return pd.concat(found).groupby("method")[["holds", "error"]].mean()


@cache
def by_action(icc: float) -> pd.DataFrame:
    rng, found = np.random.default_rng(7), []
    for _ in range(100):
        truth = special.expit(rng.normal(0.9, 0.5, 22))
        action = np.repeat(np.arange(22), rng.choice([1, 2, 3, 4], 22, p=[0.5, 0.3, 0.1, 0.1]))
        spread = (1 - icc) / icc
        drawn = counts(action, rng.beta(truth[action] * spread, (1 - truth[action]) * spread), rng)
        found.append(checked(by_group(drawn, "x", "g", 0.95), {str(i): p for i, p in enumerate(truth)}))
    return pd.concat(found)


# the Monte Carlo error of a coverage of 95 % over 1200 projects is 0.6 points
@pytest.mark.parametrize("effect", ["beta", "logit"])
@pytest.mark.parametrize("method", ["cluster_logit_t", "wilson_icc"])
def test_intervals_that_know_of_events_hold_the_truth(effect, method):
    assert 0.93 <= overall(effect).loc[method, "holds"] <= 0.975


@pytest.mark.parametrize("effect", ["beta", "logit"])
def test_wilson_alone_does_not(effect):
    assert overall(effect).loc["wilson", "holds"] < 0.90


@pytest.mark.parametrize("effect", ["beta", "logit"])
def test_the_share_is_recovered(effect):
    assert overall(effect)["error"].abs().max() < 0.004


@pytest.mark.parametrize("icc", [0.05, 0.1, 0.2])
def test_actions_of_few_events_have_honest_intervals(icc):
    found = by_action(icc).groupby("method")["holds"]
    assert 0.935 <= found.mean()["wilson_icc"] <= 0.98
    assert found.mean()["wilson"] < found.mean()["wilson_icc"] - 0.03
    # every action has one, those of a single event too
    assert found.size()["wilson_icc"] == found.size()["wilson"] == 2200


def test_actions_of_one_event_are_covered_as_well_as_the_others():
    own = by_action(0.1).query("method == 'wilson_icc'")
    assert own.groupby(own["n_clusters"] == 1)["holds"].mean().between(0.93, 0.985).all()


def test_the_correlation_within_events_is_recovered():
    rng = np.random.default_rng(11)
    drawn = [counts(np.zeros(EVENTS, dtype=int), beta_binomial(rng)[1], rng) for _ in range(600)]
    # not below 0, hence a little high on average
    assert np.mean([anova_icc(d["k"], d["n"])[0] for d in drawn]) == pytest.approx(ICC, abs=0.006)


def test_alpha_recovers_equal_loadings():
    rng, true = np.random.default_rng(5), 4 * 0.5 / (1 + 3 * 0.5)
    found = []
    for _ in range(400):
        values = np.sqrt(0.5) * (rng.normal(size=(80, 1)) + rng.normal(size=(80, 4)))
        row = cronbach_alpha(pd.DataFrame(values), "x")
        found.append((row["estimate"] - true, row["ci_low"] <= true <= row["ci_high"]))
    error, holds = np.mean(found, axis=0)
    assert abs(error) < 0.01
    assert 0.92 <= holds <= 0.98


def test_paired_change_holds_the_truth():
    items = pd.DataFrame({"item": ["b", "n"], "question": ["b", "n"], "pair": "p", "occasion": ["before", "now"]})
    items = items.assign(design="post_then_pre")
    options = pd.DataFrame({"question": ["n"], "code": ["1"], "missing_reason": [None]})
    rng, found = np.random.default_rng(3), []
    for _ in range(400):
        event = np.repeat(np.arange(EVENTS), np.maximum(1, rng.negative_binomial(4, 4 / 13, EVENTS)))
        # in every event some gain, their share depends on the event, 0.3 on average
        gain = rng.uniform(0, 0.4, EVENTS)[event] + 0.1
        before = rng.random(len(event)) < 0.3
        now = before | (rng.random(len(event)) < gain)
        names = [f"r{i}" for i in range(len(event))]
        given = pd.DataFrame(
            {"response_id": names * 2, "item": np.repeat(["b", "n"], len(event)), "missing_reason": None}
        )
        given["code"] = np.where(np.concatenate([before, now]), "1", "0")
        row = paired_change(given, items, options, pd.Series(event.astype(str), index=names), 0.95)[0]
        found.append(row["ci_low"] <= 0.7 * 0.3 <= row["ci_high"])
    assert 0.92 <= np.mean(found) <= 0.98
