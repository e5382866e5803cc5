"""The rows of the ordinal models: what they count, that they are unique, and what stands where a model is undefined."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.estimates import table
from pipeline.analysis.ordinal_models import _errors, _sd_limits, ordinal_models
from pipeline.core.errors import AnalysisError

ITEMS = pd.DataFrame(
    {
        "item": ["p1", "p2", "other"],
        "construct": ["x", "x", None],
        "type": "select_one",
        "minimum": 1.0,
        "maximum": 4.0,
        "reversed": [False, True, False],
    }
)


def project(seed: int = 1, n: int = 160) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(seed)
    responses = pd.DataFrame({"response_id": [f"r{i:03d}" for i in range(n)]})
    event = rng.integers(0, 12, n)
    responses["event_id"] = [f"E{e:02d}" for e in event]
    group = rng.choice(["many", "few"], n, p=[0.7, 0.3])
    person = 0.6 * rng.normal(size=12)[event] + rng.normal(size=n) + 1.0 * (group == "few")
    rows = []
    for item, turned in (("p1", False), ("p2", True)):
        value = 1 + np.digitize(person + rng.logistic(size=n), [-1.5, 0, 1.5])
        rows.append(
            pd.DataFrame(
                {"response_id": responses["response_id"], "item": item, "value": 5.0 - value if turned else value}
            )
        )
    answers = pd.concat(rows, ignore_index=True).assign(missing_reason=None)
    answers.loc[3, ["value", "missing_reason"]] = [np.nan, "dont_know"]
    groups = pd.DataFrame({"action_id": "A1", "target_group": group}, index=responses["response_id"])
    return answers, responses, groups


def rows_of(seed: int = 1) -> pd.DataFrame:
    answers, responses, groups = project(seed)
    return table(ordinal_models(answers, ITEMS, responses, ["x", "absent"], groups, 0.95))


def test_rows_are_unique_and_complete():
    rows = rows_of()
    assert not rows.duplicated(["outcome", "term", "group", "method"]).any()
    assert rows["unit"].notna().all() and rows["note"].notna().all() and (rows["weighting"] == "none").all()
    assert set(rows["method"]) == {"clmm_nested", "clm_cluster", "nominal_test"}
    assert (rows["n_clusters"] == 12).all()
    assert (rows.loc[rows["group"] == "all", "n"] == 319).all()
    assert (rows["n_excluded"] == 1).all()


def test_the_reversed_item_is_turned_and_the_group_effect_found():
    rows = rows_of().set_index(["method", "term", "group"])
    mixed = rows.loc[("clmm_nested", "log_odds_ratio", "target_group=few")]
    assert mixed["ci_low"] < 1.0 < mixed["ci_high"] and mixed["estimate"] > 0.3
    assert mixed["effect_size"] == pytest.approx(np.exp(mixed["estimate"]))
    assert "against target_group=many" in mixed["note"]
    assert abs(rows.loc[("clmm_nested", "item=p2", "all"), "estimate"]) < 1
    # a population's odds ratio is the smaller
    assert 0 < rows.loc[("clm_cluster", "log_odds_ratio", "target_group=few"), "estimate"] < mixed["estimate"]


def test_n_of_a_group_is_its_respondents():
    answers, responses, groups = project()
    rows = table(ordinal_models(answers, ITEMS, responses, ["x"], groups, 0.95))
    few = rows[rows["group"] == "target_group=few"]
    assert (few["n"] == (groups["target_group"] == "few").sum()).all()


def test_probabilities_add_up_and_differences_are_differences():
    rows = rows_of()
    shares = rows[rows["term"].str.startswith("average_code=")].pivot(index="term", columns="group", values="estimate")
    assert shares.sum().to_numpy() == pytest.approx(1, abs=1e-12)
    gaps = rows[rows["term"].str.startswith("difference_code=")].set_index("term")["estimate"]
    apart = shares["target_group=few"] - shares["target_group=many"]
    assert gaps.to_numpy() == pytest.approx(apart.to_numpy(), abs=1e-12)


def test_sds_and_correlations_belong_together():
    rows = rows_of().set_index("term")
    sd = {n: rows.loc[f"sd={n}", "estimate"] for n in ("event", "respondent")}
    total = sum(s**2 for s in sd.values()) + np.pi**2 / 3
    for name, value in sd.items():
        assert rows.loc[f"icc={name}", "estimate"] == pytest.approx(value**2 / total)
        assert rows.loc[f"sd={name}", "ci_low"] < value < rows.loc[f"sd={name}", "ci_high"]


def test_without_a_grouping_variable_the_items_stand_alone():
    answers, responses, groups = project()
    rows = table(ordinal_models(answers, ITEMS, responses, ["x"], groups[["action_id"]], 0.95))
    assert set(rows["group"]) == {"all"}
    assert not rows["term"].str.startswith("average_code").any()


def test_a_model_that_cannot_be_fitted_leaves_a_row_that_says_why():
    answers, responses, groups = project()
    same = answers.assign(value=np.where(answers["item"] == "p2", 2.0, 3.0))
    rows = table(ordinal_models(same, ITEMS, responses, ["x"], groups, 0.95))
    assert rows["note"].str.contains("all answers are the same").any() and rows["estimate"].isna().all()
    nowhere = table(ordinal_models(answers, ITEMS, responses.assign(event_id=None), ["x"], groups, 0.95))
    assert nowhere["note"].tolist() == ["no answer has an event and a group"]
    one = table(ordinal_models(answers, ITEMS, responses.assign(event_id="E1"), ["x"], groups, 0.95))
    assert one.loc[one["method"] == "clmm_nested", "note"].str.contains("two clusters").all()
    empty = answers.assign(value=np.nan)
    assert ordinal_models(empty, ITEMS, responses, ["x"], groups, 0.95) == []


def test_a_term_without_a_finite_effect_is_noted_and_the_others_are_not():
    answers, responses, groups = project()
    lowest = (answers["item"] == "p1") & (answers["value"] == 1)
    answers.loc[lowest, "value"] = 2  # nobody gives p1 the lowest answer: its effect there has no finite estimate
    rows = table(ordinal_models(answers, ITEMS, responses, ["x"], groups, 0.95)).set_index("term")
    limited = rows.loc[rows["method"] == "nominal_test", "note"].str.contains("no finite estimate")
    assert limited.to_dict() == {"proportional_odds=item": True, "proportional_odds=target_group": False}


def test_a_standard_deviation_the_answers_do_not_determine_has_no_limits():
    limits = _sd_limits(2.0, 0.5, 0.95)
    assert limits["ci_low"] * limits["ci_high"] == pytest.approx(4) and limits["std_error"] == 1
    for error in (400.0, np.inf, np.nan):  # with few answers the likelihood is flat: its exponential would overflow
        assert _sd_limits(0.001, error, 0.95) == {}


@pytest.mark.parametrize("variance", [-1e-9, 0.0, np.nan])
def test_a_variance_that_is_rounding_has_no_standard_error(variance):
    assert _errors(np.array([4.0, 9.0])).tolist() == [2, 3]
    with pytest.raises(AnalysisError, match="do not determine"):
        _errors(np.array([1.0, variance]))
