from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plot_frames import AGREEMENT, LABELS, assert_legible, checked, estimate, options, printed

from pipeline.core.errors import ContractError
from pipeline.plots import numbers
from pipeline.plots.before_now import before_now
from pipeline.plots.change import change
from pipeline.plots.likert_rows import by_scale

LANGUAGES = pytest.mark.parametrize("language", ["fi", "sv", "en"])


def ways(outcome, down, same, up, **more):
    n = down + same + up
    counts = {"down": down, "same": same, "up": up}
    rows = [estimate(outcome, f"change={w}", "all", n, k / n if n else None, **more) for w, k in counts.items()]
    net = (up - down) / n if n else None
    limits = {"ci_low": net - 0.1, "ci_high": net + 0.1} if n else {}
    return [*rows, estimate(outcome, "change", "all", n, net, method="dominance_jackknife", **limits)]


def pair(before, now, **more):
    n = sum(before)
    rows = []
    for code, (b, w) in enumerate(zip(before, now, strict=True), start=1):
        rows += [estimate("often", f"before code={code}", "all", n, b / n, **more)]
        rows += [estimate("often", f"now code={code}", "all", n, w / n, **more)]
        changed = {"ci_low": (w - b) / n - 0.05, "ci_high": (w - b) / n + 0.05}
        rows.append(estimate("often", f"code={code}", "all", n, (w - b) / n, method="paired_change", **changed))
    return checked("estimates", rows)


@LANGUAGES
@pytest.mark.parametrize("counts", [(3, 108, 127), (0, 0, 1), (5, 0, 0), (0, 0, 0), (1200, 1100, 3400)])
def test_change_is_legible_at_any_counts(counts, language):
    rows = checked("estimates", [*ways("q", *counts), *ways("r", 10, 20, 30)])
    assert_legible(change(rows, {"q": LABELS[0], "r": LABELS[3]}, language, strong=["q"]))


@settings(max_examples=15, deadline=None)
@given(st.tuples(*[st.integers(0, 400)] * 3).filter(any))
def test_bars_add_up_to_a_hundred_and_people_to_n(counts):
    figure = change(checked("estimates", ways("q", *counts)), {"q": "Q"}, "en")
    assert sum(p.get_width() for p in figure.axes[0].patches) == pytest.approx(100)
    assert {f"{c:,}" for c in (*counts, sum(counts))} <= set(printed(figure))


def test_the_difference_stands_beside_the_bar_in_points():
    figure = change(checked("estimates", ways("q", 10, 20, 70)), {"q": "Q"}, "fi")
    assert "60,0 (50,0–70,0)" in printed(figure)


def test_a_masked_row_of_change_shows_no_number():
    rows = checked("estimates", [*ways("q", 10, 20, 70), *ways("r", 1, 20, 70)])
    rows.loc[rows["outcome"] == "r", ["estimate", "ci_low", "ci_high", "n"]] = None
    rows.loc[rows["outcome"] == "r", "note"] = "n < 10"
    text = printed(change(rows, {"q": "Q", "r": "R"}, "fi"))
    assert "n < 10, ei esitetä" in text
    assert text.count("–") == 4 and text.count("…") == 1  # the difference has its own mask


def test_an_outcome_without_its_shares_is_refused():
    with pytest.raises(ContractError, match="lacks"):
        change(checked("estimates", ways("q", 1, 2, 3)), {"q": "Q", "r": "R"}, "fi")
    with pytest.raises(ContractError, match="nothing"):
        change(checked("estimates", ways("q", 1, 2, 3)), {}, "fi")


@LANGUAGES
def test_before_and_now_are_legible_and_from_low_to_high(language):
    figure = before_now(pair([50, 70, 80, 30, 8], [20, 60, 60, 55, 43]), "often", "q0", options(1), language)
    assert_legible(figure)
    labels = [t.get_text().replace("\n", " ") for t in figure.axes[0].get_yticklabels()]
    assert labels == list(AGREEMENT)


def test_both_shares_and_their_difference_are_written():
    text = printed(before_now(pair([50, 50], [20, 80]), "often", "q0", options(1, AGREEMENT[:2]), "en"))
    assert {"50.0%", "20.0%", "80.0%", "30.0 (25.0–35.0)"} <= set(text)
    assert any(t.endswith("(-35.0 – -25.0)") or t.endswith("(−35.0 – −25.0)") for t in text)


def test_a_pair_without_its_options_is_refused():
    with pytest.raises(ContractError, match="lacks"):
        before_now(pair([50, 50], [20, 80]), "often", "q0", options(1), "en")


def test_numbers_without_limits_stand_alone_and_missing_ones_are_a_dash():
    bare = {"estimate": 0.5, "ci_low": None, "ci_high": None}
    assert numbers.shares(bare, "fi") == "50\xa0%"
    assert numbers.points({**bare, "estimate": None}, "fi") == "–"
    assert numbers.level(pd.DataFrame({"ci_level": [0.975, None]}), "en") == "97.5%"


def test_items_of_several_scales_are_parted_and_those_without_one_left_out():
    items = pd.DataFrame({"item": ["a", "b", "c", "d"], "question": ["q0", "q1", "other", "q0"]})
    other = pd.DataFrame({"question": "q1", "code": ["1", "2"], "position": [1, 2], "label_fi": ["ei", "kyllä"]})
    parts = by_scale(items, pd.concat([options(1), other]))
    assert [part["item"].tolist() for part in parts] == [["a", "d"], ["b"]]
