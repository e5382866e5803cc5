"""Figures of the silent, of the specifications, of the network and of the plan."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.core.config import Indicator, Labels, Sustainability
from pipeline.core.errors import ContractError
from pipeline.plots import cooperation, curve, plan, silent_bounds, turning_point

LANGUAGES = pytest.mark.parametrize("language", ["fi", "sv", "en"])
NAMES = {"a": "Osallisuus", "b": "Tieto vaikuttamisen keinoista omalla asuinalueella"}


def texts(figure):
    own = [text.get_text() for ax in figure.axes for text in [*ax.texts, *ax.get_yticklabels(), *ax.get_xticklabels()]]
    return own + [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def share(outcome, method, estimate, low, high, n=100):
    return {"outcome": outcome, "method": method, "estimate": estimate, "ci_low": low, "ci_high": high, "n": n}


BOUNDS = pd.DataFrame(
    [
        share("a", "wilson", 0.7, 0.65, 0.75),
        share("a", "cluster_logit_t", 0.7, 0.6, 0.8),
        share("a", "manski_bounds", 0.7, 0.3, 0.9),
        share("a", "imbens_manski_cluster", 0.7, 0.25, 0.93),
        share("b", "wilson", 0.6, 0.5, 0.7),
        share("b", "manski_bounds", 0.6, 0.2, 0.8),
    ]
)


@LANGUAGES
def test_bounds_show_the_clustered_share_and_what_is_possible(language):
    figure = silent_bounds.silent_bounds(BOUNDS, NAMES, language)
    ax = figure.axes[0]
    bars = [(round(p.get_x(), 3), round(p.get_x() + p.get_width(), 3)) for p in ax.patches]
    assert bars == [(0.3, 0.9), (0.2, 0.8)]
    points = [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 1]
    assert [float(x) for x in points] == [0.7, 0.6]
    assert any("30–90" in text for text in texts(figure))


def test_an_outcome_without_bounds_is_left_out_and_none_at_all_is_an_error():
    only_a = BOUNDS[BOUNDS["outcome"] == "a"]
    assert len(silent_bounds.silent_bounds(only_a, NAMES, "fi").axes[0].patches) == 1
    with pytest.raises(ContractError, match="no outcome"):
        silent_bounds.silent_bounds(BOUNDS[BOUNDS["method"] == "wilson"], NAMES, "fi")


@pytest.mark.parametrize(
    ("seen", "answered", "expected"),
    [(0.7, 0.4, 0.22 / 0.6), (0.5, 0.4, 0.5), (1.0, 0.5, 0.0), (0.739, 318 / 783, 0.3366)],
)
def test_the_crossing_gives_one_half_of_everyone(seen, answered, expected):
    at = turning_point.crossing(seen, answered)
    assert at == pytest.approx(expected, abs=1e-4)
    assert answered * seen + (1 - answered) * at == pytest.approx(0.5)


@LANGUAGES
def test_a_line_that_never_crosses_has_no_mark(language):
    figure = turning_point.turning_point({"a": (0.9, 0.9), "b": (0.6, 0.4)}, NAMES, language)
    marked = [line for line in figure.axes[0].lines if line.get_marker() not in {"None", ""}]
    assert len(marked) == 1
    with pytest.raises(ContractError):
        turning_point.turning_point({}, NAMES, language)


def specification(cut, missing, method, estimate, low):
    group = f"cut={cut},missing={missing}"
    return {"group": group, "method": method, "estimate": estimate, "ci_low": low, "ci_high": estimate + 0.1}


CURVE = pd.DataFrame(
    [
        specification("low", "all", "wilson", 0.7, 0.6),
        specification("high", "all", "wilson", 0.55, 0.45),
        specification("low", "half", "wilson", 0.65, 0.55),
        {**specification("high", "half", "wilson", 0.5, 0.4), "estimate": None},  # masked by the gate
    ]
)


def test_the_curve_is_sorted_and_says_which_specifications_support():
    figure = curve.curve(CURVE, {"cut=low": "matala"}, "fi", main="cut=low,missing=all|wilson")
    top, below = figure.axes
    supporting, not_supporting, main = (c.get_offsets().tolist() for c in top.collections[1:4])
    assert [y for _, y in supporting] == [0.65, 0.7] and [y for _, y in not_supporting] == [0.55]
    assert main == [[2.0, 0.7]]
    assert [label.get_text() for label in below.get_yticklabels()] == ["high", "matala", "all", "half"]


def test_row_order_changes_nothing_and_a_choice_with_one_option_is_none():
    again = curve.curve(CURVE.iloc[::-1], {}, "fi")
    assert texts(again) == texts(curve.curve(CURVE, {}, "fi"))
    assert "wilson" not in texts(again)  # the interval was no choice here
    with pytest.raises(ContractError):
        curve.curve(CURVE.assign(ci_low=None), {}, "fi")


TIES = pd.DataFrame(
    {
        "organisation_id": [*["O1"] * 4, "O2", "O3", "O1", None],
        "action_id": ["A1", "A2", "A3", "A4", "A1", "A1", "A1", "A2"],
    }
)


@LANGUAGES
def test_the_network_draws_each_tie_once_and_names_the_much_tied(language):
    figure = cooperation.network(TIES, {"O1": "Martat", "O2": "Pallo"}, {"A1": "Talkoot"}, language)
    assert len(figure.axes[0].lines) == 6
    said = texts(figure)
    assert "Martat" in said and "Pallo" not in said and "Talkoot" in said and "A2" in said
    with pytest.raises(ContractError):
        cooperation.network(TIES.iloc[:0], {}, {}, language)


@LANGUAGES
def test_growth_stacks_new_and_known_and_ends_at_all_ties(language):
    terms = {"new_ties": (5, 3), "ties_of_known_organisations": (0, 2), "ties_to_date": (5, 8)}
    rows = [
        {"group": f"quarter=2017Q{i + 1}", "term": term, "estimate": values[i]}
        for term, values in terms.items()
        for i in (0, 1)
    ]
    ax = cooperation.growth(pd.DataFrame(rows), language).axes[0]
    assert [p.get_height() for p in ax.patches] == [5, 1, 0, 2]
    assert list(ax.lines[0].get_ydata()) == [5, 8]


def indicator(key, planned, actual):
    return Indicator(key=key, label=Labels(fi=key), unit="EUR", planned=planned, actual=actual)


@LANGUAGES
def test_a_plan_of_nothing_has_no_ratio(language):
    figure = plan.planned_actual([indicator("a", 100, 80), indicator("b", 0, 0), indicator("c", 5, None)], language)
    assert [p.get_width() for p in figure.axes[0].patches] == [0.8]
    assert sum("80" in text for text in texts(figure)) >= 2
    with pytest.raises(ContractError):
        plan.planned_actual([], language)


@LANGUAGES
def test_the_grid_names_each_dimension_once(language):
    rows = [
        Sustainability(dimension="Ekologinen", topic="Vesi", direct=0, indirect=1),
        Sustainability(dimension="Ekologinen", topic="Ilma", direct=2, indirect=2),
        Sustainability(dimension="Sosiaalinen", topic="Hyvinvointi", direct=6, indirect=5),
    ]
    figure = plan.sustainability(rows, language)
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["Ekologinen", "Vesi", "Ilma", "Sosiaalinen", "Hyvinvointi"]
    with pytest.raises(ContractError):
        plan.sustainability([], language)
