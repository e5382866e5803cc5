"""The quick version of benchmarks/coverage_models.py: intervals shown by default hold the truth as often as said."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_PATH = Path(__file__).resolve().parents[2] / "benchmarks" / "coverage_models.py"
_spec = importlib.util.spec_from_file_location("coverage_models", _PATH)
assert _spec is not None
assert _spec.loader is not None
benchmark = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(benchmark)


def share(scenario, replicates: int, seed: int) -> dict[str, float]:
    found = benchmark.checked(scenario, replicates, [seed])
    return dict(found.groupby("method")["holds"].mean())


# 200 projects: the Monte Carlo error of 95 % is 1.5 points, so four of them below and above
@pytest.mark.parametrize("scenario", [benchmark.differences, benchmark.lists], ids=["differences", "lists"])
def test_intervals_hold_the_truth(scenario):
    found = share(scenario, 200, 3)
    biased = {method: found.pop(method) for method in list(found) if "biased" in method}
    assert all(0.89 <= holds <= 1 for holds in found.values()), found
    assert all(holds < found["raked_calibrated"] for holds in biased.values()), biased


def test_effect_sizes_of_change_hold_the_truth():
    found = share(benchmark.change(benchmark.change_truth()), 100, 4)
    assert all(0.87 <= holds <= 1 for holds in found.values()), found


def test_pooled_actions_hold_the_truth_and_the_check_is_short_as_it_says():
    found = share(benchmark.pooled, 15, 5)  # 22 actions each
    assert 0.92 <= found["glmm_pooled"] <= 0.98
    assert found["betabinomial_pooled"] < found["glmm_pooled"]


def test_the_mixed_model_holds_the_truth():
    assert share(benchmark.ordinal(benchmark.population_ratio()), 60, 6)["clmm (given the event)"] >= 0.86
