from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plot_frames import LABELS, assert_legible, checked, estimate, printed

from pipeline.core.errors import ContractError
from pipeline.plots import visits
from pipeline.plots.outcomes import headline_rows, outcomes
from pipeline.plots.pooled import pooled, shown

LANGUAGES = pytest.mark.parametrize("language", ["fi", "sv", "en"])
NAMES = {f"action_id=T{i:02}": LABELS[i % len(LABELS)] for i in range(25)}


def share(outcome, value, method="cluster_logit_t", group="all", n=40, **more):
    limits = {"ci_low": value - 0.1, "ci_high": value + 0.1} if value is not None else {}
    return estimate(outcome, "share_positive", group, n, value, method=method, **limits | more)


def action(name, own, drawn, n=12, **more):
    return [share("q", own, "wilson", name, n, **more), share("q", drawn, "glmm_pooled", name, n, **more)]


def people(**by_events):
    rows = [
        estimate("reach", "persons", f"events={k.removeprefix('e')}", v, v, method="count", unit="persons")
        for k, v in by_events.items()
    ]
    return checked("estimates", [*rows, estimate("reach", "persons", "all", 99, 99, method="count", unit="persons")])


def test_the_interval_that_allows_for_events_is_quoted_where_there_is_one():
    rows = [share("a", 0.6, "wilson"), share("a", 0.6), share("b", 0.5, "wilson"), share("b", 0.5, ci_low=None)]
    rows += [share("a", 0.9, group="role=x"), estimate("a", "most", "all", 40, 0.6, method="cluster_logit_t")]
    found = headline_rows(checked("estimates", rows), ["b", "a", "absent"])
    assert found[["outcome", "method"]].to_numpy().tolist() == [["b", "wilson"], ["a", "cluster_logit_t"]]


def test_a_share_without_any_interval_is_kept_once():
    rows = checked("estimates", [share("a", 0.6, m, ci_low=None, ci_high=None) for m in ("wilson", "cluster_logit_t")])
    assert len(headline_rows(rows, ["a"])) == 1


@LANGUAGES
def test_primary_outcomes_are_bold_and_apart(language):
    rows = checked("estimates", [share("a", 0.7), share("b", 0.6), share("c", 0.55)])
    figure = outcomes(rows, {"a": LABELS[1], "b": LABELS[0], "c": LABELS[3]}, language, ["a", "b"])
    assert_legible(figure)
    ticks = figure.axes[0].get_yticklabels()
    assert [t.get_fontweight() for t in ticks] == ["bold", "bold", "normal"]
    y = figure.axes[0].get_yticks()
    assert len(set(y)) == 3 and list(y) == sorted(y)


@LANGUAGES
def test_own_and_pooled_shares_are_legible(language):
    rows = [r for i, name in enumerate(NAMES) for r in action(name, i / 24, 0.4 + i / 100)]
    assert_legible(pooled(checked("estimates", rows), NAMES, language, overall=0.52))


def test_hidden_actions_are_left_out_and_order_is_that_of_the_labels():
    masked = {"n": None, "ci_low": None, "ci_high": None, "note": "n < 10"}
    rows = [*action("action_id=T02", 0.9, 0.8), *action("action_id=T00", 0.2, 0.4)]
    rows += action("action_id=T01", None, None, **masked)
    own, drawn = shown(checked("estimates", rows), NAMES)
    assert own.index.tolist() == drawn.index.tolist() == ["action_id=T00", "action_id=T02"]
    text = printed(pooled(checked("estimates", rows), NAMES, "en"))
    assert "20%" in text and "40% (30–50%)" in text
    assert not any("n <" in t for t in text)


def test_nothing_to_pool_is_refused():
    with pytest.raises(ContractError, match="no group"):
        pooled(checked("estimates", [share("q", 0.5, "wilson", "action_id=T00")]), NAMES, "fi")
    two = [*action("action_id=T00", 0.5, 0.5), *(r | {"outcome": "r"} for r in action("action_id=T00", 0.5, 0.5))]
    with pytest.raises(ContractError, match="two rows"):
        pooled(checked("estimates", two), NAMES, "fi")


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 500), min_size=1), st.integers(1, 5))
def test_nobody_is_lost_where_frequent_visitors_are_counted_together(counts, most):
    rows = people(**{f"e{k}": v for k, v in counts.items()})
    binned = visits.at_least(rows, most)
    assert len(binned) == most
    assert binned["estimate"].sum() == sum(counts.values())
    assert binned["estimate"].iloc[-1] == sum(v for k, v in counts.items() if k >= most)
    assert binned["n"].tolist() == binned["estimate"].tolist()


@LANGUAGES
def test_visits_are_legible_and_add_up(language):
    figure = visits.visits(visits.at_least(people(e1=366, e2=131, e3=38, e4=10)), language)
    assert_legible(figure)
    assert [p.get_width() for p in figure.axes[0].patches] == [366, 131, 48]


def test_a_hidden_number_of_visits_takes_the_shares_with_it():
    rows = visits.at_least(people(e1=366, e2=131, e3=2))
    rows.loc[2, ["estimate", "n"]] = None
    rows.loc[2, "note"] = "n < 10"
    text = printed(visits.visits(rows, "fi"))
    assert "n < 10, ei esitetä" in text
    assert not any("%" in t for t in text)


def test_without_lists_there_are_no_visits():
    empty = visits.at_least(checked("estimates", []))
    assert empty.empty
    with pytest.raises(ContractError, match="no people"):
        visits.visits(empty, "fi")
