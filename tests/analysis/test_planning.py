"""Power and precision of a survey to come: against theory, against another program, and at the edges."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pipeline.analysis.intervals import clustered
from pipeline.analysis.planning import difference_prospect, share_prospect
from pipeline.core.errors import AnalysisError, PipelineError
from pipeline.simulate import Survey, planned


def imagined(survey: Survey, replicates: int = 600, seed: int = 1):
    return planned(survey, replicates, np.random.default_rng(seed))


def test_planned_answers_have_the_share_the_icc_and_the_sizes_asked_for():
    k, n = imagined(Survey(30, 12, 0.7, 0.1, unevenness=0.5), 3000)
    assert n.mean() == pytest.approx(12, rel=0.01)
    assert n.var() == pytest.approx(12 + 0.25 * 144, rel=0.05)
    pairs, agreeing = (n * (n - 1.0)).sum(), (k * (k - 1.0)).sum()
    p = k.sum() / n.sum()
    assert p == pytest.approx(0.7, abs=0.005)
    assert (agreeing / pairs - p**2) / (p * (1 - p)) == pytest.approx(0.1, abs=0.01)


def test_a_planned_difference_lies_between_every_second_event():
    k, n = imagined(Survey(10, 20, 0.6, 0.0, difference=0.2), 2000)
    shares = k.sum(axis=0) / n.sum(axis=0)
    assert shares[::2] == pytest.approx(0.7, abs=0.01) and shares[1::2] == pytest.approx(0.5, abs=0.01)


def test_the_same_seed_imagines_the_same_surveys():
    one, two = imagined(Survey(8, 5, 0.6, 0.2)), imagined(Survey(8, 5, 0.6, 0.2))
    assert (one[0] == two[0]).all() and (one[1] == two[1]).all()


@pytest.mark.parametrize(
    "wrong",
    [
        (0, 5, 0.6, 0.1),
        (5, 0, 0.6, 0.1),
        (5, 5, 1.0, 0.1),
        (5, 5, 0.6, 1.0),
        (5, 5, 0.6, 0.1, -1.0),
        (5, 5, 0.9, 0, 0, 0.3),
    ],
)
def test_plans_that_cannot_be_are_refused(wrong):
    with pytest.raises(PipelineError):
        Survey(*wrong)


def test_without_clustering_width_and_power_are_those_of_theory():
    found = share_prospect(*imagined(Survey(60, 10, 0.56, 0.0), 1500), 0.56)
    assert found.half_width == pytest.approx(1.96 * math.sqrt(0.56 * 0.44 / 600), rel=0.04)
    by_theory = 1 - 0.5 * math.erfc((0.06 * math.sqrt(600 / 0.2464) - 1.96) / math.sqrt(2))
    assert found.power == pytest.approx(by_theory, abs=0.04)
    assert found.coverage == pytest.approx(0.95, abs=0.02) and found.undefined == 0


def test_the_power_of_a_difference_is_near_that_of_statsmodels():
    from statsmodels.stats.power import NormalIndPower
    from statsmodels.stats.proportion import proportion_effectsize

    k, n = imagined(Survey(40, 10, 0.6, 0.0, difference=0.2), 1000)
    found = difference_prospect(k, n, np.arange(40) % 2 == 1, 0.2)
    e = NormalIndPower().power(proportion_effectsize(0.7, 0.5), 200, 0.05, ratio=1)
    assert found.power == pytest.approx(e, abs=0.05) and found.coverage == pytest.approx(0.95, abs=0.025)


def test_clustering_widens_and_events_are_worth_more_than_answers():
    plans = Survey(20, 10, 0.7, 0.0), Survey(20, 10, 0.7, 0.2), Survey(10, 20, 0.7, 0.2)
    plain, clustered_, fewer = (share_prospect(*imagined(plan), 0.7) for plan in plans)
    assert plain.half_width < clustered_.half_width < fewer.half_width
    deff = 1 + (10 - 1) * 0.2
    assert clustered_.half_width / plain.half_width == pytest.approx(math.sqrt(deff), rel=0.12)


def test_two_outcomes_at_once_need_more():
    drawn = imagined(Survey(20, 8, 0.6, 0.05))
    assert share_prospect(*drawn, 0.6, outcomes=2).power < share_prospect(*drawn, 0.6).power


def test_the_interval_is_the_one_of_the_analysis():
    k, n = imagined(Survey(6, 5, 0.7, 0.1), 1)
    e = clustered(k[0], n[0])
    assert share_prospect(k, n, 0.7).half_width == pytest.approx((e.high - e.low) / 2)


def test_surveys_without_an_interval_are_counted_as_showing_nothing():
    found = share_prospect([[5], [4]], [[5], [5]], 0.9)
    assert (found.power, found.undefined) == (0, 1) and math.isnan(found.half_width)
    nobody = difference_prospect([[0, 0, 0, 0]], [[0, 0, 0, 0]], [False, True, False, True], 0.1)
    assert (nobody.power, nobody.undefined) == (0, 1)


def test_impossible_answers_are_refused():
    for k, n, outcomes in (([[6]], [[5]], 1), ([[-1]], [[5]], 1), ([[1, 2]], [[5]], 1), ([[1]], [[5]], 0)):
        with pytest.raises(AnalysisError):
            share_prospect(k, n, 0.5, outcomes=outcomes)
