"""How often the intervals beyond plain shares hold the truth: a markdown table on standard output.

    python benchmarks/coverage_models.py >> docs/coverage.md

`benchmarks/coverage.py` has the shares. Here are pooled actions, differences, change, weights, bounds, these events as
they were, and the ordinal models. Every replicate is a project drawn anew: about 320 answers from 36 events.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import special

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.analysis.change_tests import _dz
from pipeline.analysis.cluster_regression import cluster_regression
from pipeline.analysis.design import design, mean
from pipeline.analysis.effects import by_jackknife, dominance, rank_biserial
from pipeline.analysis.hierarchy import hierarchical_pooled
from pipeline.analysis.mixed import ordinal_mixed
from pipeline.analysis.nonresponse import manski
from pipeline.analysis.ordinal import cluster_covariance, proportional_odds
from pipeline.analysis.pooling import beta_binomial
from pipeline.analysis.share_limits import share_limits
from pipeline.analysis.terms import Terms, terms
from pipeline.analysis.weights import rake
from pipeline.core.errors import AnalysisError

LEVEL: Final = 0.95
SEED: Final = 20562
EVENTS: Final = 36
#: An interval: low, high and the truth.
Interval = tuple[float, float, float]
Rng = np.random.Generator
#: Random intercept of an event, and the effect of a group, in log odds.
SPREAD: Final = 0.6
EFFECT: Final = 0.7


def events(rng: Rng, mean_size: float = 9) -> np.ndarray:
    """Return the event of each answer."""
    return np.repeat(np.arange(EVENTS), np.maximum(1, rng.negative_binomial(4, 4 / (4 + mean_size), EVENTS)))


def marginal(at: float, sd: float) -> float:
    """Return the share expected of a normal logit."""
    x, w = np.polynomial.hermite_e.hermegauss(60)
    return float(special.expit(at + sd * x) @ w / w.sum())


def pooled(rng: Rng) -> Iterator[tuple[str, Interval]]:
    """22 actions of one to four events; the truth is the share at the action, over events of its kind."""
    effect = rng.normal(0.9, 0.5, 22)
    action = np.repeat(np.arange(22), rng.choice(4, 22, p=[0.5, 0.3, 0.1, 0.1]) + 1)
    n = np.maximum(1, rng.negative_binomial(4, 4 / 13, len(action)))
    k = rng.binomial(n, special.expit(effect[action] + rng.normal(0, SPREAD, len(action))))
    truth = [marginal(float(e), SPREAD) for e in effect]
    names = [f"A{a:02d}" for a in action]
    found = hierarchical_pooled(k, n, names, [f"E{i}" for i in range(len(n))], LEVEL)
    whole = pd.DataFrame({"group": names, "k": k, "n": n}).groupby("group")[["k", "n"]].sum()
    check = beta_binomial(whole["k"], whole["n"], list(whole.index), LEVEL)
    for name, one in (("glmm_pooled", found), ("betabinomial_pooled", check)):
        for group, low, high in zip(one.groups, one.low, one.high, strict=True):
            yield name, (float(low), float(high), truth[int(str(group)[1:])])


def differences(rng: Rng) -> Iterator[tuple[str, Interval]]:
    """A group within events, and one of whole events (6 of 36): the difference of shares in the population."""
    event = events(rng)
    effect = rng.normal(0, SPREAD, EVENTS)[event]
    inside = {"within events": rng.random(len(event)) < 0.3, "of 6 events": event < 6}
    truth = marginal(0.5 + EFFECT, SPREAD) - marginal(0.5, SPREAD)
    for name, group in inside.items():
        y = rng.random(len(event)) < special.expit(0.5 + EFFECT * group + effect)
        found = cluster_regression(y, np.column_stack([np.ones(len(event)), group]), event).contrast([0.0, 1.0], LEVEL)
        yield f"cr2_satterthwaite, a group {name}", (found.low, found.high, truth)


def change_truth() -> dict[str, float]:
    """Return the effect sizes of the changes below in a population of 400,000 people."""
    rng = np.random.default_rng([SEED, 99])
    d = _changes(rng, rng.normal(0, 0.4, 400_000))
    biserial = rank_biserial(d).estimate
    return {"dominance": dominance(d), "rank_biserial": biserial, "dz": _dz(d)}


def _changes(rng: Rng, event: np.ndarray) -> np.ndarray:
    return np.clip(np.round(0.4 + event + rng.normal(0, 0.9, len(event))), -2, 2)


def change(truth: dict[str, float]) -> Callable[[Rng], Iterator[tuple[str, Interval]]]:
    """Judged changes from -2 to 2, alike within events."""
    sizes: dict[str, Callable[[Any], float]] = {
        "dominance": dominance,
        "rank_biserial": lambda x: rank_biserial(x).estimate,
        "dz": _dz,
    }

    def one(rng: Rng) -> Iterator[tuple[str, Interval]]:
        event = events(rng)
        d = _changes(rng, rng.normal(0, 0.4, EVENTS)[event])
        for name, size in sizes.items():
            found = by_jackknife(size, d, event.astype(object), LEVEL, bounded=name != "dz")
            yield f"{name}_jackknife", (found.low, found.high, truth[name])

    return one


def lists(rng: Rng) -> Iterator[tuple[str, Interval]]:
    """People listed, of whom the young answer less and are less often positive.

    The weights know age. The bounds know nothing: the silent are all negative, the hardest case. Of these events as
    they were the truth is the share of the people listed, and whoever answers is drawn at random within events.
    """
    event = events(rng, 16)
    young = rng.random(len(event)) < 0.4
    base = 0.5 - 0.8 * young + rng.normal(0, SPREAD, EVENTS)[event]
    y = (rng.random(len(event)) < special.expit(base)).astype(float)
    answers = rng.random(len(event)) < np.where(young, 0.4, 0.7)
    truth = 0.4 * marginal(-0.3, SPREAD) + 0.6 * marginal(0.5, SPREAD)
    margins = pd.Series({"young": int(young.sum()), "old": int((~young).sum())})
    who = pd.DataFrame({"age": np.where(young, "young", "old")})[answers]
    weights = rake(who, {"age": margins}, cluster=event[answers])
    plan = design(len(who), weights.values, cluster=event[answers])
    found = share_limits(mean(y[answers], plan, residual=weights.residual), "logit", LEVEL)
    yield "raked_calibrated", (found.low, found.high, truth)
    plain = mean(y[answers], design(len(who), cluster=event[answers]))
    yield "cluster_logit_t without weights (of everyone: biased)", (*_ends(share_limits(plain, "logit", LEVEL)), truth)
    lowest = 0.4 * 0.4 * marginal(-0.3, SPREAD) + 0.6 * 0.7 * marginal(0.5, SPREAD)
    answering = 0.4 * 0.4 + 0.6 * 0.7
    exact = share_limits(plain, "korn_graubard", LEVEL)
    yield "korn_graubard (of those who answer)", (*_ends(exact), lowest / answering)
    yield from _bounds(y, answers, event, lowest)
    yield from _these(rng, y, event)


def _ends(found: Any) -> tuple[float, float]:
    return found.low, found.high


def _bounds(y: np.ndarray, answers: np.ndarray, event: np.ndarray, lowest: float) -> Iterator[tuple[str, Interval]]:
    k, n, everyone = (np.bincount(event, x, EVENTS) for x in (y * answers, answers, np.ones(len(y))))
    found = manski(k, n, everyone, LEVEL)
    yield "imbens_manski_cluster, the silent all negative", (found.ci_low, found.ci_high, lowest)


def _these(rng: Rng, y: np.ndarray, event: np.ndarray) -> Iterator[tuple[str, Interval]]:
    """Half of each event's list, two at least, drawn without replacement."""
    size = np.bincount(event, minlength=EVENTS)
    order = np.lexsort((rng.random(len(event)), event))
    place = np.arange(len(event)) - np.repeat(np.cumsum(size) - size, size)
    taken = np.minimum(np.maximum(2, size // 2), size)
    used = order[place < np.repeat(taken, size)]
    unit = event[used]
    people, answered = size[unit].astype(float), taken[unit].astype(float)
    found = mean(y[used], design(len(used), people / answered, stratum=unit, population=people, lonely="adjust"))
    yield "events_as_strata", (*_ends(share_limits(found, "logit", LEVEL)), float(y.mean()))


def ordinal(population: float) -> Callable[[Rng], Iterator[tuple[str, Interval]]]:
    """Five options and a random intercept per event: the log odds ratio of a group, given the event and without it."""

    def one(rng: Rng) -> Iterator[tuple[str, Interval]]:
        event = events(rng)
        answers, columns = _ordered(rng, rng.normal(0, SPREAD, EVENTS)[event])
        mixed, half = ordinal_mixed(answers, event, columns), float(special.ndtri(0.5 + LEVEL / 2))
        at, error = float(mixed.parameters[-1]), float(mixed.std_error[len(mixed.parameters) - 1])
        yield "clmm (given the event)", (at - half * error, at + half * error, EFFECT)
        fit = proportional_odds(answers, columns)
        at, error = float(fit.coefficients[0]), math.sqrt(cluster_covariance(fit, event)[-1, -1])
        half = float(special.stdtrit(EVENTS - 1, 0.5 + LEVEL / 2))
        yield "clm_cluster (of the population)", (at - half * error, at + half * error, population)

    return one


def _ordered(rng: Rng, effect: np.ndarray) -> tuple[np.ndarray, Terms]:
    group = rng.random(len(effect)) < 0.4
    latent = EFFECT * group + effect + rng.logistic(size=len(effect))
    columns = terms(pd.DataFrame({"group": np.where(group, "b", "a")}), ["group"])
    return np.digitize(latent, [-2.5, -1.2, 0.2, 1.8]) + 1, columns


def population_ratio() -> float:
    """Return the log odds ratio that the model without events tends to, from 400,000 answers."""
    rng = np.random.default_rng([SEED, 98])
    answers, columns = _ordered(rng, rng.normal(0, SPREAD, 400_000))
    return float(proportional_odds(answers, columns).coefficients[0])


def scenarios() -> list[Callable[[Rng], Iterator[tuple[str, Interval]]]]:
    """Return the kinds of project."""
    return [differences, change(change_truth()), lists, ordinal(population_ratio()), pooled]


def checked(
    scenario: Callable[[Rng], Iterator[tuple[str, Interval]]], replicates: int, seed: list[int]
) -> pd.DataFrame:
    """Return per replicate and method: share of the intervals that hold the truth, mean width, share without one."""
    rows = []
    for replicate in range(replicates):
        try:
            for method, (low, high, truth) in scenario(np.random.default_rng([*seed, replicate])):
                known = not (math.isnan(low) or math.isnan(high))
                rows.append((replicate, method, float(low <= truth <= high) if known else math.nan, high - low, known))
        except AnalysisError:
            rows.append((replicate, "refused", math.nan, math.nan, False))
    frame = pd.DataFrame(rows, columns=["replicate", "method", "holds", "width", "known"])
    return frame.groupby(["method", "replicate"], sort=False).mean().reset_index()


def lines(found: pd.DataFrame) -> Iterator[str]:
    """Return rows of the table."""
    for method, own in found.groupby("method", sort=False):
        error = own["holds"].std() / math.sqrt(max(own["holds"].count(), 1))
        values = f"{own['holds'].mean():.1%} | {error:.1%} | {own['width'].mean():.3f} | {1 - own['known'].mean():.0%}"
        yield f"| {method} | {values} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicates", type=int, default=1000)
    replicates = parser.parse_args().replicates
    print(f"\n## Everything else\n\nCoverage of {LEVEL:.0%} intervals, {replicates} projects each, seed {SEED}.\n")
    print("| method | coverage | its error | mean width | no interval |")
    print("|---|---:|---:|---:|---:|")
    for number, scenario in enumerate(scenarios()):
        for line in lines(checked(scenario, replicates, [SEED, 100 + number])):
            print(line, flush=True)


if __name__ == "__main__":
    main()
