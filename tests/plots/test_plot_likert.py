from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.colors import to_hex
from plot_frames import AGREEMENT, LABELS, answers, assert_legible, checked, estimate, items, options, printed

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import style
from pipeline.plots.likert import likert

USUAL = ([(5, 20, 52, 140, 95), {"dont_know": 8, "no_answer": 3}], [(13, 40, 33, 100, 60), {"dont_know": 55}])


def figure_of(*cases, language="fi", labels=AGREEMENT, **more):
    rows = [row for i, (counts, missing) in enumerate(cases) for row in answers(counts, missing, f"q{i}")]
    return likert(checked("estimates", rows), items(len(cases)), options(len(cases), labels), language, **more)


def bars(figure, row=0):
    rows = sorted({round(p.get_y(), 6) for p in figure.axes[0].patches})
    return [p for p in figure.axes[0].patches if round(p.get_y(), 6) == rows[row]]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    "cases",
    [
        USUAL,
        [((0, 0, 0, 1, 0), {})],
        [((0, 0, 0, 0, 0), {"dont_know": 4})],
        [((0, 0, 0, 0, 0), {}), ((1, 1, 1, 1, 1), {})],
        [((9, 1, 0, 0, 0), {})],
        [((1, 2, 300, 4, 5), dict.fromkeys(("dont_know", "no_answer", "refused", "invalid", "not_asked"), 1200))] * 5,
        [((5, 20, 52, 140, 95), {"no_answer": 3})] * 24,
    ],
    ids=["usual", "n=1", "n=0", "no answers to one", "all negative", "every reason missing", "many items"],
)
def test_text_stays_in_the_figure_and_apart(cases, language):
    assert_legible(figure_of(*cases, language=language))


@pytest.mark.parametrize("levels", [2, 3, 4, 5, 7, 11])
def test_scales_of_any_length_are_legible(levels):
    labels = [f"{i} Jokseenkin samaa mieltä" for i in range(levels)]
    assert_legible(figure_of((tuple(range(levels)), {"dont_know": 2}), labels=labels))


@pytest.mark.parametrize("counts", [(0, 0, 7, 0, 0), (3, 0, 5, 0, 0), (1, 0, 4, 0, 90), (2, 0, 5, 3, 0)])
def test_the_neutral_middle_is_centred_on_zero(counts):
    middle = [p for p in bars(figure_of((counts, {}))) if to_hex(p.get_facecolor()) == style.MIDDLE]
    assert len(middle) == 1
    assert middle[0].get_x() + middle[0].get_width() / 2 == pytest.approx(0)


def test_without_neutral_answers_the_sides_part_at_zero():
    low, high = bars(figure_of(((3, 0, 0, 0, 1), {})))
    assert (low.get_x(), low.get_x() + low.get_width()) == (-75, 0)
    assert (high.get_x(), high.get_width()) == (0, 25)


def test_an_even_scale_parts_at_zero_between_its_halves():
    pieces = bars(figure_of(((1, 2, 3, 4), {}), labels=["a", "b", "c", "d"]))
    assert [p.get_x() for p in pieces] == [-30, -20, 0, 30]


def test_labels_of_a_bar_are_rounded_as_in_the_tables():
    figure = figure_of(((32, 0, 17, 0, 11), {}))
    assert sum(p.get_width() for p in bars(figure)) == pytest.approx(100)
    said = [t.get_text() for t in figure.axes[0].texts if t.get_ha() == "center"]
    assert said == ["53", "28", "18"]  # 53.3, 28.3 and 18.3: by largest remainder 32 of 60 would be 54


@pytest.mark.parametrize(("share", "said"), [(57 / 200, "29"), (23 / 40, "58"), (0.005, "1")])
def test_a_half_is_rounded_alike_with_and_without_the_sign(share, said):
    assert formats.percentage(share, "en") == said
    assert formats.percent(share, "en", 0) == f"{said}%"


def test_all_levels_are_in_the_legend_from_low_to_high_when_nobody_is_negative():
    figure = figure_of(((0, 0, 1, 2, 1), {}))
    assert [t.get_text().replace("\n", " ") for t in figure.legends[0].get_texts()] == list(AGREEMENT)


def test_a_long_scale_reads_across_the_rows_of_the_legend():
    long = [f"{i} Erittäin todennäköisesti" for i in range(11)]
    rows = [legend.get_texts() for legend in figure_of((tuple(range(11)), {}), labels=long).legends]
    assert [int(t.get_text().split()[0]) for row in rows for t in row] == list(range(11))
    assert all(a.get_window_extent().x1 < b.get_window_extent().x0 for row in rows for a, b in pairwise(row))
    assert all(a[0].get_window_extent().y0 > b[0].get_window_extent().y1 for a, b in pairwise(rows))


def test_dont_know_is_counted_apart_and_never_in_the_scale():
    figure = figure_of(((3, 0, 0, 0, 5), {"dont_know": 2}))
    assert [p.get_width() for p in bars(figure)] == [37.5, 62.5]
    written = printed(figure)
    assert written.index("8") < written.index("2")
    assert any(t.replace("\n", " ") == "En osaa sanoa" for t in written)


def test_missing_reasons_that_do_not_occur_have_no_column():
    assert not any(
        "Ei\nvastausta" in t for t in printed(figure_of(((3, 0, 0, 0, 5), {"dont_know": 2, "no_answer": 0})))
    )


def test_levels_run_from_low_to_high_though_the_instrument_lists_them_the_other_way():
    backwards = options(1).sort_values("position", ascending=False).assign(position=range(6))
    figure = likert(checked("estimates", answers((1, 2, 3, 4, 5), {})), items(1), backwards, "fi")
    assert figure.legends[0].get_texts()[0].get_text().replace("\n", " ") == AGREEMENT[0]


def test_codes_that_are_words_keep_the_order_of_the_instrument():
    scale = pd.DataFrame({"question": "q0", "code": ["less", "same", "more"], "position": [1, 2, 3]})
    rows = [estimate("q0", f"code={c}", "all", 4, s) for c, s in (("more", 0.5), ("less", 0.25), ("same", 0.25))]
    figure = likert(checked("estimates", rows), items(1), scale, "fi")
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["less", "same", "more"]
    assert [p.get_x() for p in bars(figure)] == [-37.5, -12.5, 12.5]


def test_a_percentage_wider_than_its_piece_is_left_to_the_table():
    figure = figure_of(((1, 0, 0, 0, 99), {}))
    assert "99" in printed(figure)
    assert "1" not in printed(figure)


REASONS = ("dont_know", "no_answer", "refused", "invalid", "not_asked")
FOURS = [(88, 0, 0, 4, 8), (0, 4, 0, 4, 92), (4, 4, 4, 4, 84), (84, 4, 4, 4, 4), (22, 20, 20, 20, 18)]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("reasons", [0, 3, 5])
def test_every_percentage_from_4_on_is_printed(reasons, language):
    missing = dict.fromkeys(REASONS[:reasons], 20)
    figure = figure_of(*[(counts, missing) for counts in FOURS], language=language)
    in_bars = [int(t.get_text()) for t in figure.axes[0].texts if t.get_ha() == "center" and t.get_visible()]
    assert in_bars == [p for counts in FOURS for p in counts if p]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_bars_have_more_than_half_of_the_width_beside_any_columns(language):
    figure = figure_of(((1, 2, 300, 4, 5), dict.fromkeys(REASONS, 1200)), language=language)
    assert figure.axes[0].get_position().width > 0.55


def test_a_percentage_stays_in_its_piece():
    figure = figure_of(*[(counts, {}) for counts in FOURS])
    figure.draw_without_rendering()
    written = [t for t in figure.axes[0].texts if t.get_ha() == "center"]
    pieces = [p for row in range(len(FOURS)) for p in bars(figure, row)]
    for percentage, piece in zip(written, pieces, strict=True):
        words, box = percentage.get_window_extent(), piece.get_window_extent()
        assert box.x0 <= words.x0 and words.x1 <= box.x1


def test_the_text_of_an_item_stands_over_its_bar_and_within_its_axes():
    figure = figure_of(*USUAL)
    over = [t for t in figure.axes[0].texts if t.get_ha() == "left"]
    assert [t.get_text().replace("\n", " ") for t in over] == list(LABELS[:2])
    for row, words in enumerate(over):
        box = words.get_window_extent()
        assert box.y0 >= bars(figure, row)[0].get_window_extent().y1
        assert box.x1 <= figure.axes[0].get_window_extent().x1 + 1


@pytest.mark.parametrize(
    ("language", "mark"),
    [
        ("fi", "(käännetty: myönteinen pää on ”Täysin eri mieltä”)"),
        ("sv", "(omvänd: den positiva ändan är ”Täysin eri mieltä”)"),
        ("en", "(reversed: the positive end is “Täysin eri mieltä”)"),
    ],
)
def test_a_reversed_item_is_drawn_as_answered_and_says_so(language, mark):
    rows = checked("estimates", [*answers((5, 4, 3, 2, 1), {}, "q0"), *answers((5, 4, 3, 2, 1), {}, "q1")])
    figure = likert(rows, items(2).assign(reversed=[False, True]), options(2), language)
    marked = [mark in t.replace("\n", " ") for t in printed(figure) if "Koen" in t or "Yhdenvertaisuus" in t]
    assert marked == [False, True]
    assert [p.get_width() for p in bars(figure, 0)] == [p.get_width() for p in bars(figure, 1)]
    assert_legible(figure)


def test_shares_of_asked_are_another_term():
    rows = [*answers((1, 1, 1, 1, 1), {}), estimate("q0", "code=1 of asked", "all", 50, 0.02)]
    assert [p.get_width() for p in bars(likert(checked("estimates", rows), items(1), options(1), "fi"))] == [20] * 5


def test_a_group_masked_by_the_gate_is_named_not_drawn():
    rows = [estimate("q0", f"code={i}", "gender=x", None, None, note="n < 10") for i in range(1, 6)]
    figure = likert(checked("estimates", rows), items(1), options(1), "fi", group="gender=x")
    assert "n < 10, ei esitetä" in printed(figure)
    assert not figure.axes[0].patches
    assert_legible(figure)


def test_no_dollar_sign_is_taken_for_mathematics():
    figure = figure_of(*[((1, 1, 1, 1, 1), {})] * 5)
    assert LABELS[4] in [t.replace("\n", " ") for t in printed(figure)]


@pytest.mark.parametrize(
    ("rows", "chosen", "scale", "says"),
    [
        (answers((1, 2, 3, 4, 5), {}), items(2), options(2), "q1"),
        (answers((1, 2, 3, 4, 5), {}), items(0), options(1), "0 different scales"),
        (answers((1, 2, 3, 4, 5), {}, "q0"), items(2), pd.concat([options(1), options(2).iloc[1:4]]), "2 different"),
        (answers((1, 2, 3, 4, 5), {}), items(1), options(1, ["Yksi"]), "fewer than two"),
        (answers((1, 2, 3, 4, 5), {}), items(1), options(1, AGREEMENT[:4]), "n answers"),
        ([estimate("q0", "code=1", "all", 10, 0.333)], items(1), options(1), "not a count"),
    ],
    ids=["item without estimates", "no items", "two scales", "one level", "a code not in the scale", "weighted"],
)
def test_what_cannot_be_drawn_right_is_not_drawn(rows, chosen, scale, says):
    if chosen.empty:
        chosen = pd.DataFrame({"item": [], "question": []})
    with pytest.raises(ContractError, match=says):
        likert(checked("estimates", rows), chosen, scale, "fi")


def test_the_frames_are_not_changed():
    rows, chosen, scale = checked("estimates", answers((1, 2, 3, 4, 5), {})), items(1), options(1)
    before = [f.copy(deep=True) for f in (rows, chosen, scale)]
    likert(rows, chosen, scale, "fi")
    for was, now in zip(before, (rows, chosen, scale), strict=True):
        pd.testing.assert_frame_equal(was, now)
