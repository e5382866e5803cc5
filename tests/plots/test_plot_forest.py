from __future__ import annotations

import pytest
from plot_frames import LABELS, assert_legible, checked, estimate, printed

from pipeline.core.errors import ContractError
from pipeline.plots.forest import forest

NAMES = {f"action=T{i:02}": LABELS[i % len(LABELS)] for i in range(25)}
ALL = estimate("participation", "share_positive", "all", 312, 0.703, ci_low=0.648, ci_high=0.752)


def group(name, n=40, share=0.6, low=0.4, high=0.8, **more):
    return estimate("participation", "share_positive", name, n, share, ci_low=low, ci_high=high, **more)


MASKED = {"n": None, "share": None, "low": None, "high": None, "note": "n < 10"}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "rows",
    [
        [ALL, group("gender=f"), group("gender=x", **MASKED)],
        [ALL],
        [group("gender=f", **MASKED), group("gender=m", **MASKED)],
        [ALL, *(group(name, n=12345) for name in NAMES)],
        [
            group("gender=f", 1, 1.0, 0.2, 1.0),
            group("gender=m", 1, 0.0, 0.0, 0.8),
            group("gender=x", 0, None, None, None),
        ],
        [group("gender=f"), ALL, group("gender=m")],
    ],
    ids=["usual", "one row", "all masked", "many long names", "ends of the axis and n=0", "overall in the middle"],
)
def test_text_stays_in_the_figure_and_apart(rows, language):
    assert_legible(forest(checked("estimates", rows), NAMES, language))


@pytest.mark.parametrize("reference", [0.0, 0.03, 0.97, 1.0, None])
def test_the_reference_is_legible_wherever_it_stands(reference):
    assert_legible(forest(checked("estimates", [ALL, group("gender=f")]), NAMES, "fi", reference=reference))


def test_rows_keep_their_order_and_the_overall_row_is_bold():
    figure = forest(checked("estimates", [group("gender=f"), group("gender=m"), ALL]), {"gender=f": "Naiset"}, "fi")
    labels = figure.axes[0].get_yticklabels()
    assert [t.get_text() for t in labels] == ["Naiset", "m", "Kaikki vastanneet"]
    assert [t.get_fontweight() for t in labels] == ["normal", "normal", "bold"]
    assert figure.axes[0].yaxis_inverted()


def test_numbers_are_written_in_the_language():
    rows = checked("estimates", [ALL])
    assert "70,3\xa0% (64,8–75,2\xa0%)" in printed(forest(rows, {}, "fi"))
    assert "70.3% (64.8–75.2%)" in printed(forest(rows, {}, "en"))


def test_a_masked_row_shows_no_number():
    figure = forest(checked("estimates", [ALL, group("gender=x", **MASKED)]), {"gender=x": "Muu"}, "fi")
    assert "n < 10, ei esitetä" in printed(figure)
    assert printed(figure).count("–") == 2
    assert len(figure.axes[0].lines) == 3  # reference, and interval and point of one row


def test_an_undefined_estimate_is_not_called_hidden():
    assert "ei arviota" in printed(forest(checked("estimates", [group("gender=x", 0, None, None, None)]), {}, "fi"))


def test_an_estimate_without_an_interval_stands_alone():
    assert "60,0\xa0%" in printed(forest(checked("estimates", [group("gender=x", 5, 0.6, None, None)]), {}, "fi"))


def test_points_are_not_percentages():
    rows = [group("all", 90, -0.42, -0.9, 0.06, unit="points"), group("gender=f", 40, 0.15, -0.3, 0.6, unit="points")]
    figure = forest(checked("estimates", rows), {}, "en", reference=0, digits=2)
    assert "-0.42 (-0.90 – 0.06)" in printed(figure)
    assert not any("%" in t for t in printed(figure) if "interval" not in t)
    assert_legible(figure)


def test_outcomes_can_be_the_rows():
    other = {**ALL, "outcome": "initiative"}
    figure = forest(checked("estimates", [ALL, other]), {"initiative": "Omatoimisuus"}, "fi", by="outcome")
    assert [t.get_text() for t in figure.axes[0].get_yticklabels()] == ["participation", "Omatoimisuus"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([ALL, {**ALL, "method": "cluster_logit_t"}], "two rows"),
        ([ALL, group("gender=f", unit="points")], "units"),
        ([ALL, group("gender=f", ci_level=0.9)], "levels"),
    ],
)
def test_rows_that_cannot_be_compared_are_refused(rows, says):
    with pytest.raises(ContractError, match=says):
        forest(checked("estimates", rows), {}, "fi")


def test_nothing_to_draw_is_said():
    with pytest.raises(ContractError, match="no rows"):
        forest(checked("estimates", [ALL]).head(0), {}, "fi")
