"""How often the intervals hold the truth, and how wide they are: a markdown table on standard output.

    python benchmarks/coverage.py > docs/coverage.md            (about five minutes)
    python benchmarks/coverage_models.py >> docs/coverage.md    (about five more)

A project is drawn anew in every replicate, events included: the truth is the share expected over further events of the
same kind. *simple*: one share over all events. *by action*: 22 actions of one to four events. *sample*: projects drawn
from the model behind the sample. The Monte Carlo error takes a replicate, not an interval, as the unit.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.analysis.shares import by_group, count_clusters
from pipeline.simulate import Truth, draw, expected

LEVEL: Final = 0.95
SEED: Final = 20562
Groups = tuple[pd.DataFrame, dict[str, float]]
Drawn = Callable[[np.random.Generator], Groups]


@dataclass(frozen=True)
class Simple:
    """One share over events: answers per event are negative binomial, event shares beta with correlation `icc`."""

    share: float
    icc: float
    events: int
    answers: float

    def __str__(self) -> str:
        return f"simple: share {self.share}, ICC {self.icc}, {self.events} events of about {self.answers:g}"

    def __call__(self, rng: np.random.Generator) -> Groups:
        """Return counts per event and the truth."""
        n = sizes(self.answers, self.events, rng)
        k = rng.binomial(n, beta(np.full(self.events, self.share), np.full(self.events, self.icc), rng))
        return counts(np.zeros(self.events, dtype=int), k, n), {"0": self.share}


@dataclass(frozen=True)
class ByAction:
    """Shares of 22 actions whose logits are normal; `icc` is given to the actions in turn."""

    icc: tuple[float, ...]
    answers: float
    mean: float = 0.9
    sd: float = 0.5

    def __str__(self) -> str:
        given = " and ".join(map(str, self.icc))
        middle = 1 / (1 + np.exp(-self.mean))
        return f"by action: shares about {middle:.2f}, 22 of 1-4 events of about {self.answers:g}, ICC {given}"

    def __call__(self, rng: np.random.Generator) -> Groups:
        """Return counts per action and event, and the truth."""
        share = 1 / (1 + np.exp(-rng.normal(self.mean, self.sd, 22)))
        action = np.repeat(np.arange(22), rng.choice(4, 22, p=[0.5, 0.3, 0.1, 0.1]) + 1)
        n = sizes(self.answers, len(action), rng)
        icc = np.array(self.icc)[action % len(self.icc)]
        k = rng.binomial(n, beta(share[action], icc, rng))
        return counts(action, k, n), {str(i): float(p) for i, p in enumerate(share)}


@dataclass(frozen=True)
class Sample:
    """Participation in projects drawn from the sample's model: answers, not events, are what response depends on."""

    by: str
    truth: dict[str, float]

    def __str__(self) -> str:
        return f"sample: participation, by {self.by}" if self.by else "sample: participation, overall"

    def __call__(self, rng: np.random.Generator) -> Groups:
        """Return counts per group and event, and the truth among respondents."""
        drawn = draw(Truth(), rng)
        scores = drawn.scores[drawn.scores["construct"] == "participation"]
        frame = scores.merge(drawn.responses, on="response")
        group = frame[self.by] if self.by else pd.Series("0", index=frame.index)
        return count_clusters(frame["positive"].astype("boolean"), frame["event_id"], group), self.truth


def sizes(mean: float, events: int, rng: np.random.Generator) -> np.ndarray:
    return np.maximum(1, rng.negative_binomial(4, 4 / (4 + mean), events))


def beta(share: np.ndarray, icc: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    spread = (1 - icc) / icc
    return rng.beta(share * spread, (1 - share) * spread)


def counts(group: np.ndarray, k: np.ndarray, n: np.ndarray) -> pd.DataFrame:
    names = pd.DataFrame({"group": group.astype(str), "cluster": [f"E{i}" for i in range(len(n))]})
    return names.assign(k=k, n=n, missing=0)


def intervals(scenario: Drawn, replicates: int, seed: list[int]) -> Iterator[dict[str, object]]:
    """Yield one row per replicate, group and method: whether the interval holds the truth, and its width."""
    for replicate in range(replicates):
        found, truth = scenario(np.random.default_rng([*seed, replicate]))
        for row in by_group(found, "x", "g", LEVEL):
            true = truth.get(row["group"].removeprefix("g="))
            if true is not None and row["n"]:
                low, high = row.get("ci_low", np.nan), row.get("ci_high", np.nan)
                known = not np.isnan(low)
                yield {
                    "replicate": replicate,
                    "method": row["method"],
                    "known": known,
                    "holds": float(low <= true <= high) if known else np.nan,
                    "width": high - low,
                }


def summary(rows: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for method, own in rows.groupby("method"):
        per = own[own["known"]].groupby("replicate")["holds"].mean()
        error = per.std() / np.sqrt(len(per)) if len(per) > 1 else np.nan
        yield (
            str(method),
            f"{own['holds'].mean():.1%}",
            f"{error:.1%}",
            f"{own['width'].mean():.3f}",
            f"{1 - own['known'].mean():.0%}",
        )


def scenarios(replicates: int) -> list[Drawn]:
    simple = [Simple(0.5, 0.05, 36, 9), Simple(0.7, 0.1, 36, 9), Simple(0.9, 0.1, 36, 9), Simple(0.03, 0.05, 36, 9)]
    few = [Simple(0.7, 0.1, events, 15) for events in (2, 4, 8, 16)]
    by_action = [ByAction((icc,), 9) for icc in (0.05, 0.1, 0.2)]
    uneven = [ByAction((0.01, 0.2), 9), ByAction((0.1,), 30), ByAction((0.1,), 9, mean=2.5)]
    shares = expected(Truth(), np.random.default_rng(SEED), max(replicates, 200))
    everyone = {"0": shares["respondents"]["participation"]}
    parts = {
        f"{kind}_id" if kind == "action" else kind: shares[kind]["participation"] for kind in ("action", "target_group")
    }
    sample = [Sample("", everyone), *(Sample(by, truth) for by, truth in parts.items())]
    return [*simple, *few, *by_action, *uneven, *sample]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--replicates", type=int, default=1000)
    replicates = parser.parse_args().replicates
    print("# How often the intervals hold the truth\n")
    print("Made by `benchmarks/coverage.py` and `coverage_models.py`; `docs/methods.md` says what is shown when.")
    print(f"\n## Shares\n\nCoverage of {LEVEL:.0%} intervals, {replicates} projects each, seed {SEED}.\n")
    print("| scenario | method | coverage | its error | mean width | no interval |")
    print("|---|---|---:|---:|---:|---:|")
    for number, scenario in enumerate(scenarios(replicates)):
        rows = pd.DataFrame(intervals(scenario, replicates, [SEED, number]))
        for line in summary(rows):
            print(f"| {scenario} | {' | '.join(line)} |", flush=True)


if __name__ == "__main__":
    main()
