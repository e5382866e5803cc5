"""Texts of the figures of the silent, the specifications, the network, the themes and the plan."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.core import contracts
from pipeline.core.config import Params, Project, Robustness
from pipeline.core.errors import AnalysisError
from pipeline.report import figure_texts_cooperation, figure_texts_curve, figure_texts_plan, figure_texts_silent
from pipeline.report.disclosure import not_of_people

LANGUAGES = pytest.mark.parametrize("language", ["fi", "sv", "en"])
PROJECT = Project.model_validate(
    {
        "project": {"code": "S1", "name": "P"},
        "outcomes": [
            {"key": "a", "label": {"fi": "Osallisuus", "sv": "Delaktighet", "en": "Participation"}, "primary": True}
        ],
        "indicators": [
            {"key": "m", "label": {"fi": "Raha"}, "unit": "EUR", "planned": 200, "actual": 150},
            {"key": "p", "label": {"fi": "Henkilöt"}, "unit": "h", "planned": 0},
        ],
        "sustainability": [
            {"dimension": "d", "topic": "Vesi", "direct": 0, "indirect": 0},
            {"dimension": "d", "topic": "Hyvinvointi", "direct": 6, "indirect": 5},
        ],
    }
)
NAMES = {"a": "Osallisuus"}


def released(*rows):
    names = contracts.CONTRACTS["estimates"].column_names
    return not_of_people(contracts.check("estimates", pd.DataFrame(list(rows)).reindex(columns=names)))


def row(method="manski_bounds", estimate=0.74, low=0.30, high=0.89, term="share_positive", group="all", **more):
    base = {"outcome": "a", "term": term, "group": group, "method": method, "n": 318, "n_excluded": 1, "unit": "share"}
    return {**base, "estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": 0.95, **more}


@LANGUAGES
def test_bounds_say_the_numbers_and_that_one_half_is_inside(language):
    said = figure_texts_silent.bounds(released(row()), NAMES, 783, "Varoitus.", language)
    assert "74" in said.alt and "30–89" in said.alt and "783" in said.caption and said.caption.endswith("Varoitus.")
    outside = figure_texts_silent.bounds(released(row(low=0.6)), NAMES, 400, "V.", language)
    assert outside.alt.split(". ")[1:] != said.alt.split(". ")[1:]
    with pytest.raises(AnalysisError):
        figure_texts_silent.bounds(released(row(method="wilson")), NAMES, 783, "V.", language)


@pytest.mark.parametrize(
    ("language", "says"), [("fi", "enemmän kuin listoilla"), ("sv", "fler svar än"), ("en", "more answers than people")]
)
def test_more_answers_than_visits_are_no_share_above_all(language, says):
    for texts in (
        figure_texts_silent.bounds(released(row()), NAMES, 111, "V.", language),
        figure_texts_silent.tipping(released(row()), {"a": 0.3}, NAMES, 111, "V.", language),
    ):
        assert says in texts.caption and "286" not in texts.caption
    everybody = figure_texts_silent.bounds(released(row()), NAMES, 318, "V.", language).caption
    assert "100" in everybody and says not in everybody


@LANGUAGES
def test_the_tipping_point_is_said_and_stays_within_possible_shares(language):
    said = figure_texts_silent.tipping(released(row()), {"a": 0.337}, NAMES, 783, "V.", language)
    assert "34" in said.alt
    assert "0" in figure_texts_silent.tipping(released(row()), {"a": -0.2}, NAMES, 783, "V.", language).alt


CHOICES = Robustness.model_validate(
    {
        "cuts": [
            {"key": "low", "label": {"fi": "matala"}, "reason": {"fi": "x"}},
            {"key": "high_cut", "reason": {"fi": "x"}},
        ],
        "missing": [{"key": "half", "reason": {"fi": "x"}}],
        "weights": [{"key": "alike", "reason": {"fi": "x"}}],
        "exclusions": [{"key": "nobody", "reason": {"fi": "x"}}],
        "intervals": [{"key": "w", "method": "wilson", "reason": {"fi": "x"}}],
    }
)


@LANGUAGES
def test_the_curve_counts_what_supports_and_names_what_moves_it(language):
    rows = released(
        row("wilson", 0.7, 0.6, 0.8, "specification", "cut=low"),
        row("wilson", 0.55, 0.45, 0.6, "specification", "cut=high"),
    )
    moves = released(
        row("moves_lower_limit", 0.2, None, None, "specification_curve", "choice=cut"),
        row("moves_lower_limit", 0.1, None, None, "specification_curve", "choice=weights"),
    ).frame
    said = figure_texts_curve.robustness(rows, moves, PROJECT, "a", "V.", language)
    assert "1" in said.alt and "55–70" in said.alt
    assert {"fi": "raja", "sv": "gräns", "en": "cut"}[language] in said.alt
    assert PROJECT.label("a", language) in said.title


def test_options_are_called_by_their_label_or_key_and_the_first_of_each_is_the_main_analysis():
    assert figure_texts_curve.labels(CHOICES, "fi")["cut=low"] == "matala"
    assert figure_texts_curve.labels(CHOICES, "sv")["cut=high_cut"] == "high cut"
    assert figure_texts_curve.main(CHOICES) == "cut=low,missing=half,weights=alike,exclusions=nobody|wilson"


@LANGUAGES
def test_the_network_is_described_by_its_counts(language):
    ties = pd.DataFrame({"organisation_id": ["O1", "O1", "O2"], "action_id": ["A1", "A2", "A1"]})
    said = figure_texts_cooperation.network(ties, {"A1": "Talkoot"}, 4, language)
    assert "Talkoot (2)" in said.alt and said.caption.startswith("2 ") and "3" in said.caption
    with pytest.raises(AnalysisError):
        figure_texts_cooperation.network(ties.iloc[:0], {}, 4, language)


@LANGUAGES
def test_growth_and_themes_name_the_largest(language):
    counts = {"new_ties": (5, 9), "ties_to_date": (5, 14)}
    rows = [
        row("count", value, None, None, term, f"quarter=2017Q{i + 1}")
        for term, values in counts.items()
        for i, value in enumerate(values)
    ]
    said = figure_texts_cooperation.growth(released(*rows), language)
    assert "2/2017 (9)" in said.alt and "14" in said.alt
    shown = released(
        row("wilson", 0.2, 0.1, 0.3, "theme_share", outcome="q/talkoot"),
        row("wilson", 0.1, 0.05, 0.2, "theme_share", outcome="q/melu"),
    )
    themes = figure_texts_cooperation.themes(shown, PROJECT, Params(), language)
    assert "talkoot (20" in themes.alt and "melu (10" in themes.alt


@LANGUAGES
def test_the_plan_and_the_grid(language):
    said = figure_texts_plan.planned_actual(PROJECT, language)
    assert "75" in said.alt and "Henkilöt" not in said.alt
    assert "Hyvinvointi" in figure_texts_plan.sustainability(PROJECT, language).alt
    empty = Project.model_validate({"project": {"code": "S1", "name": "P"}})
    for function in (figure_texts_plan.planned_actual, figure_texts_plan.sustainability):
        with pytest.raises(AnalysisError):
            function(empty, language)
