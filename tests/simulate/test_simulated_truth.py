"""The model without files: exact counts, and its own parameters found again in large draws."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from pipeline.simulate import Truth, draw, expected
from pipeline.simulate.plan import TARGET_GROUPS

SEED = 20562
LARGE = 40  # times the sample: about 21 600 people, 13 000 responses


def rng(seed=SEED):
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def sample():
    return draw(Truth(), rng())


@pytest.fixture(scope="module")
def large():
    return draw(Truth().scaled(LARGE), rng())


@pytest.mark.parametrize("seed", range(5))
def test_counts_that_every_draw_keeps(seed):
    one = draw(Truth(), rng(seed))
    assert (len(one.persons), int(one.persons["planner"].sum())) == (540, 100)
    assert one.attendance["event_id"].nunique() == 36
    assert one.attendance["action_id"].nunique() == 22
    assert one.attendance["person"].nunique() == 540
    assert not one.attendance.duplicated(["person", "event_id"]).any()
    planners = one.attendance.loc[one.attendance["role"] == "planner", "person"].unique()
    assert sorted(planners) == one.persons.loc[one.persons["planner"], "person"].tolist()


def test_draws_are_equal_for_equal_seeds_and_differ_otherwise(sample):
    again, other = draw(Truth(), rng()), draw(Truth(), rng(1))
    for name in ("persons", "attendance", "responses", "answers", "scores"):
        pd.testing.assert_frame_equal(getattr(sample, name), getattr(again, name))
    assert not sample.attendance.equals(other.attendance)


def test_each_answer_has_a_code_or_a_reason_never_both(sample):
    answers = sample.answers
    assert (answers["code"].isna() != answers["missing_reason"].isna()).all()
    assert answers["code"].dropna().isin([1, 2, 3, 4, 5]).all()
    assert len(answers) == len(sample.responses) * len(Truth().items)


def test_2016_was_not_asked_about_working_life(sample):
    eras = dict(zip(Truth().event_ids, Truth().event_era, strict=True))
    era = sample.responses.set_index("response")["event_id"].map(eras)
    unasked = sample.answers["missing_reason"] == "not_asked"
    expected_unasked = (sample.answers["response"].map(era) == "2016") & sample.answers["item"].str.startswith("wrk")
    assert (unasked == expected_unasked).all()


def test_scores_follow_from_the_answers(sample):
    """Brute force: turn reversed items, average what is answered where that is at least half."""
    found = sample.scores.set_index(["response", "construct"])
    for construct in Truth().constructs:
        wide = sample.answers[sample.answers["item"].isin(construct.items)].pivot(
            index="response", columns="item", values="code"
        )
        wide = wide.astype(float)
        for item in construct.reversed_items:
            wide[item] = 6 - wide[item]
        enough = wide.notna().sum(axis=1) >= len(construct.items) / 2
        score = wide.mean(axis=1)[enough].round(9)
        mine = found.xs(construct.key, level="construct")
        pd.testing.assert_series_equal(mine["score"].round(9), score, check_names=False)
        assert ((mine["score"] > 3) == mine["positive"]).all()


def test_an_unanswerable_form_has_no_scores():
    silent = draw(replace(Truth(), skipped=1.0, dont_know=0.0, refused=0.0), rng())
    assert silent.scores.empty
    assert set(silent.answers["missing_reason"].dropna()) == {"no_answer", "not_asked"}


def test_shares_of_missing_answers_are_recovered(large):
    asked = large.answers[large.answers["missing_reason"] != "not_asked"]
    share = asked["missing_reason"].value_counts() / len(asked)
    for reason, planted in (("dont_know", 0.06), ("no_answer", 0.04), ("refused", 0.005)):
        assert share[reason] == pytest.approx(planted, abs=4 * np.sqrt(planted / len(asked)))


def test_nonresponse_slope_is_recovered(large):
    visits = large.attendance
    fit = sm.Logit(visits["responded"].astype(float), sm.add_constant(visits["latent"])).fit(disp=0)
    assert (
        np.abs(
            (fit.params.to_numpy() - [Truth().response_intercept, Truth().response_slope]) / fit.bse.to_numpy()
        ).max()
        < 4
    )


def test_group_difference_and_thresholds_are_recovered_without_clustering():
    """With neither event, person nor action effects, log odds of passing a threshold differ by the group's effect."""
    plain = replace(Truth(), event_sd=0.0, person_sd=0.0, action_effect=(0.0,) * 22, response_intercept=50.0).scaled(
        LARGE
    )
    one = draw(plain, rng())
    group = one.responses.set_index("response")["target_group"]
    answers = one.answers[(one.answers["item"] == "par1") & one.answers["code"].notna()]
    intercept = plain.constructs[0].intercept
    for name, effect in zip(TARGET_GROUPS, plain.group_effect, strict=True):
        code = answers.loc[(answers["response"].map(group) == name).to_numpy(), "code"].astype(int)
        for level, threshold in enumerate(plain.thresholds, 1):
            share, odds = (code > level).mean(), intercept + effect - threshold
            assert share == pytest.approx(1 / (1 + np.exp(-odds)), abs=4 * np.sqrt(0.25 / len(code)))


def test_reversed_item_runs_against_its_construct(large):
    wide = large.answers.pivot(index="response", columns="item", values="code").astype(float)
    assert wide["par1"].corr(wide["par4"]) < -0.1 < 0.1 < wide["par1"].corr(wide["par2"])


def test_spread_of_events_and_persons_is_recovered(large):
    """Variance of the mean of two equally correlated effects is sd^2 (1 + r) / 2."""
    truth = Truth()
    effect = dict(zip(truth.action_ids, truth.action_effect, strict=True))
    group = large.persons.set_index("person")["target_group"].map(
        dict(zip(TARGET_GROUPS, truth.group_effect, strict=True))
    )
    visits = large.attendance.assign(
        rest=large.attendance["latent"]
        - large.attendance["action_id"].map(effect)
        - large.attendance["person"].map(group)
    )
    within = visits.groupby("event_id")["rest"].var().mean()
    sizes = visits.groupby("event_id").size()
    between = visits.groupby("event_id")["rest"].mean().var() - within * (1 / sizes).mean()
    half = (1 + truth.correlation) / 2
    assert within == pytest.approx(truth.person_sd**2 * half, rel=0.05)
    assert between == pytest.approx(truth.event_sd**2 * half, rel=0.15)


def test_expected_shares_are_the_mean_of_draws():
    truth, shares = Truth(), expected(Truth(), rng(1), replicates=300)["respondents"]
    positive = pd.concat([draw(truth, rng(seed)).scores for seed in range(300)]).groupby("construct")["positive"]
    for construct in truth.constructs:
        assert positive.mean()[construct.key] == pytest.approx(shares[construct.key], abs=0.015)


def test_expected_shares_are_those_asked_for():
    shares = expected(Truth(), rng(1), replicates=400)
    inside, outside = shares["respondents"], shares["attendees"]
    assert inside["participation"] == pytest.approx(0.70, abs=0.03)
    assert inside["self_initiative"] == pytest.approx(0.66, abs=0.03)
    assert inside["both"] == pytest.approx(0.55, abs=0.03)
    assert all(inside[key] - outside[key] > 0.04 for key in inside)  # who gained more answers more often
    groups = shares["target_group"]["participation"]
    assert groups["youth"] > groups["residents"] > groups["older_unemployed"]
    assert set(shares["action"]["participation"]) == set(Truth().action_ids)


def test_answers_are_clustered_by_event():
    ratios = []
    for seed in range(40):
        one = draw(Truth(), rng(seed))
        scored = one.scores[one.scores["construct"] == "participation"].merge(one.responses, on="response")
        share, by_event = scored["positive"].mean(), scored.groupby("event_id")["positive"].agg(["sum", "size"])
        n_events = len(by_event)
        deviation = ((by_event["sum"] - share * by_event["size"]) ** 2).sum() * n_events / (n_events - 1)
        ratios.append(deviation / len(scored) / (share * (1 - share)))
    assert 1.5 < np.mean(ratios) < 2.5


def test_scaled_project_keeps_actions_and_identifiers_apart(large):
    assert large.attendance["event_id"].nunique() == 36 * LARGE
    assert large.attendance["action_id"].nunique() == 22
    assert large.persons["planner"].sum() == 100 * LARGE
