"""What the figures do where the disclosure gate hides single counts: draw them together, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plot_frames import answers, assert_legible, checked, estimate, items, options, printed

from pipeline.plots.change import change
from pipeline.plots.likert import likert
from pipeline.plots.likert_rows import Row, by_level
from pipeline.plots.reach import months, reach

LANGUAGES = pytest.mark.parametrize("language", ["fi", "sv", "en"])
TERMS = [f"code={code}" for code in range(1, 6)]


def hide(rows, *terms):
    gone = rows["term"].isin(terms)
    rows.loc[gone, ["n", "estimate"]] = None
    rows.loc[gone, "note"] = "count 1-4"
    return rows


def item(counts, *terms, missing=None):
    return hide(checked("estimates", answers(counts, missing or {})), *terms)


@LANGUAGES
def test_neighbours_that_are_hidden_are_drawn_as_one_piece(language):
    figure = likert(item([40, 30, 20, 7, 3], "code=4", "code=5"), items(1), options(1), language)
    assert_legible(figure)
    pieces = {round(p.get_width()): p.get_hatch() for p in figure.axes[0].patches}
    assert (pieces[40], pieces[30], pieces[10]) == ("/////", "/////", "....")
    assert "7" not in printed(figure) and "3" not in printed(figure)
    assert "10" in printed(figure)


@pytest.mark.parametrize("hidden", [["code=5"], ["code=1", "code=5"], ["code=1", "code=2", "code=4"], TERMS])
def test_a_single_hidden_count_or_parted_ones_are_not_given_back(hidden):
    text = printed(likert(item([40, 30, 20, 7, 3], *hidden), items(1), options(1), "fi"))
    assert "ei esitetä" in text
    assert not {"40", "30", "20", "7", "3", "100"} & set(text)


@given(st.lists(st.integers(0, 90), min_size=5, max_size=5).filter(any), st.integers(0, 3), st.integers(2, 5))
def test_what_is_drawn_together_is_the_rest_of_n_and_no_more_is_known(counts, first, size):
    end = min(first + size, 5)
    shares = item(counts, *TERMS[first:end]).set_index("term")
    found = by_level(shares, TERMS)
    if end - first == 5:  # n is hidden too
        assert found is None
        return
    assert found is not None and found.together == (first, end)
    assert sum(found.values) == sum(counts)
    assert found.values[:first] == tuple(counts[:first]) and found.values[end:] == tuple(counts[end:])
    assert found.values[first] == sum(counts[first:end]) and not any(found.values[first + 1 : end])


@given(st.lists(st.integers(1, 90), min_size=2, max_size=7), st.integers(0, 6), st.integers(2, 7))
def test_the_bar_is_centred_on_the_middle_or_on_what_covers_it(counts, first, size):
    end = min(first + size, len(counts))
    together = (first, end) if end - first > 1 else (0, 0)
    values = [0 if first < i < end and together[1] else c for i, c in enumerate(counts)]
    row = Row("", tuple(values), {}, together=together)
    middle, odd = divmod(len(counts), 2)
    edges = [row.left + sum(row.percents[:i]) for i in range(len(counts) + 1)]
    covers = (
        together[1]
        and any(together[0] <= i < together[1] for i in ([middle] if odd else [middle - 1]))
        and (odd or together[1] > middle)
    )
    low, high = together if covers else (middle, middle + odd)
    assert edges[low] + edges[high] == pytest.approx(0)


def test_a_hidden_missing_answer_is_three_dots_and_no_zero():
    rows = item([40, 30, 20, 7, 3], "missing=refused", missing={"dont_know": 12, "refused": 2})
    text = printed(likert(rows, items(1), options(1), "fi"))
    assert "…" in text and "12" in text and "0" not in text


def test_change_draws_together_what_is_hidden():
    rows = checked(
        "estimates",
        [estimate("q", f"change={way}", "all", 100, k / 100) for way, k in {"down": 3, "same": 37, "up": 60}.items()]
        + [estimate("q", "change", "all", 100, 0.57, method="dominance_jackknife")],
    )
    figure = change(hide(rows, "change=down", "change=same"), {"q": "Q"}, "fi")
    assert_legible(figure)
    assert [p.get_width() for p in figure.axes[0].patches] == [40, 60]
    assert printed(figure).count("…") == 3  # the difference too: with the share that is shown it would give them back


def a_year(*hidden):
    rows = [
        estimate("reach", term, f"month=2017-{m:02}", v, v, method="count", unit="persons")
        for m in range(1, 13)
        for term, v in (("visits", 20), ("new_persons", 9), ("distinct_persons", 9 * m))
        if m != 7
    ]
    rows = checked("estimates", rows)
    for month, term in hidden:
        gone = (rows["group"] == f"month=2017-{month:02}") & (rows["term"] == term)
        rows.loc[gone, ["n", "estimate"]] = None
    return rows


@LANGUAGES
def test_months_that_are_hidden_stay_open(language):
    rows = a_year((3, "new_persons"), (3, "distinct_persons"), (6, "distinct_persons"), (9, "visits"))
    found = months(rows).reset_index(drop=True)
    assert found.isna().sum().tolist() == [1, 1, 3]  # July, without events, knows no more people than June
    assert found.loc[6, ["visits", "new_persons"]].tolist() == [0, 0]
    figure = reach(rows, language)
    assert_legible(figure)
    assert printed(figure).count("…") == 1
    assert sum(p.get_hatch() == "...." for p in figure.axes[1].patches) == 1


def test_a_year_of_hidden_months_can_be_drawn():
    everything = [(m, t) for m in range(1, 13) for t in ("visits", "new_persons", "distinct_persons")]
    assert_legible(reach(a_year(*everything), "fi"))
