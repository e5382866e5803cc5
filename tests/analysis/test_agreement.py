"""Agreement of coders: values of R, published examples, what must not change it, and where it is not defined."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.agreement import (
    cohen,
    fleiss,
    gwet,
    krippendorff,
    krippendorff_bootstrap,
    percent_agreement,
    randolph,
)
from pipeline.analysis.cluster_draws import draw_counts
from pipeline.analysis.rater_scores import intraclass, kendall_w
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
REFERENCE = json.loads((ROOT / "tests" / "reference" / "agreement.json").read_text("utf-8"))
EXPECTED = REFERENCE["expected"]
TABLES = {name: np.array(t["ratings"], dtype=float) for name, t in REFERENCE["tables"].items()}
BESIDE = {"anxiety": "irr_anxiety.csv", "video": "irr_video.csv"}
CLOSED = 1e-12
NAN = math.nan


def ratings(name: str) -> np.ndarray:
    if name in BESIDE and not (DATA / BESIDE[name]).is_file():
        pytest.skip("the reference data are not beside the checkout")
    return pd.read_csv(DATA / BESIDE[name]).to_numpy(dtype=float) if name in BESIDE else TABLES[name]


def known(*values: float | None) -> list[float]:
    return [NAN if v is None else v for v in values]


@pytest.mark.parametrize("name", ["krippendorff", "codes", "anxiety", "video"])
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_krippendorff_is_that_of_r(name, level):
    e, found = EXPECTED[f"kalpha {name} {level}"], krippendorff(ratings(name), level)
    assert found.coefficient == pytest.approx(e["alpha"], abs=CLOSED)
    assert (found.observed, found.expected, found.n) == pytest.approx((e["Do"], e["De"], e["n"]), rel=CLOSED)


def test_krippendorffs_published_example():
    found = [krippendorff(TABLES["krippendorff"], level).coefficient for level in ("nominal", "ordinal", "interval")]
    assert [round(x, 3) for x in found] == [0.743, 0.815, 0.849]


@pytest.mark.parametrize("pair", ["codes c1c2", "anxiety r1r2", "anxiety r1r3", "video r1r2"])
@pytest.mark.parametrize("weights", ["unweighted", "linear", "quadratic"])
def test_cohens_kappa_is_that_of_r(pair, weights):
    name, columns = pair.split()
    r = ratings(name)[:, [int(columns[1]) - 1, int(columns[3]) - 1]]
    e, found = EXPECTED[f"kappa {pair} {weights}"], cohen(r[:, 0], r[:, 1], weights)
    assert (found.coefficient, found.observed, found.expected) == pytest.approx(
        (e["kappa"], e["po"], e["pe"]), abs=CLOSED
    )
    if pair == "video r1r2":  # one of the two used one code only: R gives 0, or NaN, for its standard error
        assert math.isnan(found.std_error) and math.isnan(found.null_error)
    else:
        assert (found.std_error, found.null_error) == pytest.approx((e["se"], e["se0"]), abs=CLOSED)
    assert percent_agreement(r).coefficient == pytest.approx(EXPECTED[f"agree {pair}"], abs=CLOSED)


def test_kappa_and_its_error_agree_with_statsmodels():
    from statsmodels.stats.inter_rater import cohens_kappa

    rng = np.random.default_rng(1)
    a, b = rng.integers(0, 4, (2, 60))
    table = np.zeros((4, 4))
    np.add.at(table, (a, b), 1)
    theirs = {"unweighted": None, "linear": "linear", "quadratic": "quadratic"}
    for weights, wt in theirs.items():
        e, found = cohens_kappa(table, wt=wt), cohen(a, b, weights)
        assert (found.coefficient, found.std_error) == pytest.approx((e.kappa, e.std_kappa), abs=CLOSED)


@pytest.mark.parametrize("case", ["diagnoses", "anxiety", "codes complete"])
def test_fleiss_is_that_of_r(case):
    r = ratings(case.split()[0])
    e, found = EXPECTED[f"fleiss {case}"], fleiss(r[~np.isnan(r).any(axis=1)])
    assert (found.coefficient, found.observed, found.expected) == pytest.approx(
        (e["kappa"], e["po"], e["pe"]), abs=CLOSED
    )
    assert found.null_error == pytest.approx(e["se0"], abs=CLOSED)
    assert found.coefficient / found.null_error == pytest.approx(e["z"], rel=CLOSED)


@pytest.mark.parametrize(
    ("case", "name", "weights"),
    [
        ("gwet AC1 codes (missing)", "codes", "unweighted"),
        ("gwet AC1 diagnoses", "diagnoses", "unweighted"),
        ("gwet AC2 quadratic anxiety", "anxiety", "quadratic"),
    ],
)
def test_gwet_is_that_of_r(case, name, weights):
    e, found = EXPECTED[case], gwet(ratings(name), weights)
    assert (found.coefficient, found.observed, found.expected) == pytest.approx(
        (e["coef"], e["pa"], e["pe"]), abs=CLOSED
    )


def test_randolph_is_that_of_r():
    assert randolph(TABLES["diagnoses"]).coefficient == pytest.approx(EXPECTED["randolph diagnoses"], abs=CLOSED)


def test_intraclass_correlations_are_those_of_psych():
    e, found = EXPECTED["ICC anxiety"], intraclass(ratings("anxiety"))
    assert [one.kind for one in found] == e["type"]
    for key, values in (("icc", "estimate"), ("lo", "low"), ("hi", "high")):
        assert [getattr(one, values) for one in found] == pytest.approx(e[key], abs=CLOSED)


def test_kendalls_w_is_that_of_r():
    assert kendall_w(ratings("video")) == pytest.approx(EXPECTED["kendall W video (ties)"], abs=CLOSED)


def test_order_of_units_and_coders_and_names_of_codes_do_not_matter():
    r, rng = TABLES["codes"], np.random.default_rng(2)
    turned = r[rng.permutation(len(r))][:, rng.permutation(r.shape[1])]
    renamed = np.select([r == v for v in range(1, 6)], [50.0, 7.0, 3.0, 11.0, 2.0], NAN)
    for other in (turned, renamed):
        assert krippendorff(other).coefficient == pytest.approx(krippendorff(r).coefficient, abs=CLOSED)
        assert gwet(other).coefficient == pytest.approx(gwet(r).coefficient, abs=CLOSED)
    assert cohen(r[:, 1], r[:, 0]).coefficient == pytest.approx(cohen(r[:, 0], r[:, 1]).coefficient, abs=CLOSED)


def test_a_unit_judged_once_changes_neither_alpha_nor_plain_agreement():
    r = TABLES["codes"]
    more = np.vstack([r, [3.0, NAN, NAN]])
    assert krippendorff(more) == krippendorff(r)
    assert percent_agreement(more) == percent_agreement(r)


def test_perfect_agreement_is_one_and_one_code_only_is_undefined():
    perfect = [[1, 1], [0, 0], [1, 1]]
    assert krippendorff(perfect).coefficient == gwet(perfect).coefficient == fleiss(perfect).coefficient == 1
    constant = [[1, 1], [1, 1]]
    for found in (krippendorff(constant), gwet(constant), fleiss(constant), cohen([1, 1], [1, 1])):
        assert math.isnan(found.coefficient)


@pytest.mark.parametrize("function", [krippendorff, gwet, percent_agreement, fleiss])
def test_nothing_to_compare_raises(function):
    with pytest.raises(AnalysisError):
        function([[NAN, NAN], [NAN, NAN]])
    with pytest.raises(AnalysisError):
        function([[1], [2]])


def test_units_that_no_two_coders_judged_give_no_agreement():
    alone = [[1, NAN], [NAN, 2]]
    assert math.isnan(krippendorff(alone).coefficient)
    for function in (gwet, percent_agreement, fleiss):
        with pytest.raises(AnalysisError):
            function(alone)
    with pytest.raises(AnalysisError):
        cohen([1, NAN], [NAN, 2])


def test_unknown_levels_and_weights_are_refused():
    with pytest.raises(AnalysisError, match="nominal, ordinal"):
        krippendorff([[1, 2], [2, 2]], "cubic")
    with pytest.raises(AnalysisError, match="linear"):
        gwet([[1, 2], [2, 2]], "cubic")


def test_rater_scores_refuse_what_has_no_answer():
    for bad in ([[1, 2]], [[1, NAN], [2, 3]], [[1, 1], [1, 1]]):
        with pytest.raises(AnalysisError):
            intraclass(bad)
    with pytest.raises(AnalysisError):
        kendall_w([[1, 1], [1, 1]])


def test_bootstrap_of_alpha_equals_drawing_the_units_one_by_one():
    r, draws = TABLES["krippendorff"], draw_counts(12, 40, seed=3)
    for level in ("nominal", "ordinal"):
        slow = [krippendorff(np.repeat(r, d, axis=0), level).coefficient for d in draws]
        assert krippendorff_bootstrap(r, draws, level) == pytest.approx(slow, abs=CLOSED, nan_ok=True)


def test_alpha_recovers_the_reliability_that_was_planted():
    """Two coders who each see a theme of 30 % with 0.9 and 0.05: alpha by theory 1 - P(differ) / 2q(1 - q)."""
    rng = np.random.default_rng(4)
    truth = rng.random(40_000) < 0.3
    seen = rng.random((40_000, 2)) < np.where(truth, 0.9, 0.05)[:, None]
    q = 0.3 * 0.9 + 0.7 * 0.05
    expected = 1 - 2 * (0.3 * 0.09 + 0.7 * 0.0475) / (2 * q * (1 - q))
    assert krippendorff(seen.astype(float)).coefficient == pytest.approx(expected, abs=0.01)
