from __future__ import annotations

from itertools import pairwise

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import AnalysisError
from pipeline.core.rounding import largest_remainder
from pipeline.plots import style, text
from pipeline.plots.wording import _WORDS

COUNTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=11)


@given(COUNTS)
def test_percentages_add_up_and_stay_within_one_of_the_truth(counts):
    n, percents = sum(counts), largest_remainder(counts)
    assert sum(percents) == (100 if n else 0)
    assert all(p >= 0 and abs(p - 100 * c / max(n, 1)) < 1 for p, c in zip(percents, counts, strict=True))


@given(COUNTS)
def test_more_cases_never_get_fewer_per_cent(counts):
    ranked = sorted(zip(counts, largest_remainder(counts), strict=True))
    assert all(low[1] <= high[1] or low[0] == high[0] for low, high in pairwise(ranked))


@pytest.mark.parametrize(
    ("counts", "percents"),
    [([13, 5, 1], [69, 26, 5]), ([1], [100]), ([0, 1, 0], [0, 100, 0]), ([1, 1, 1], [34, 33, 33])],
)
def test_known_percentages(counts, percents):
    assert largest_remainder(counts) == percents


def test_negative_counts_are_refused():
    with pytest.raises(AnalysisError):
        largest_remainder([3, -1])


@pytest.mark.parametrize("levels", range(2, 12))
def test_text_on_every_colour_has_contrast_and_neighbours_differ(levels):
    colours = style.diverging(levels)
    assert len(set(colours)) == levels
    assert all(style.contrast(style.text_on(c), c) >= 4.5 for c in colours)
    assert (style.MIDDLE in colours) == bool(levels % 2)


def test_text_on_the_page_has_contrast():
    assert style.contrast(style.QUIET, "white") >= 4.5
    assert style.contrast(style.INK, "white") >= 4.5


def test_one_level_is_no_scale():
    with pytest.raises(AnalysisError):
        style.diverging(1)


def test_the_settings_of_the_machine_neither_enter_nor_change():
    with mpl.rc_context({"font.size": 22.0}):
        with style.context():
            assert mpl.rcParams["font.size"] == style.SIZE
        assert mpl.rcParams["font.size"] == 22.0


@given(st.text(alphabet="aeiouyäöklmnprstvhj -/_.", max_size=80), st.integers(40, 200))
def test_wrapped_lines_fit_and_lose_nothing(words, limit):
    wrapped = text.wrap(words, limit)
    assert all(text.width(line) <= limit for line in wrapped.split("\n"))
    letters = str.maketrans("", "", " \n-")
    assert wrapped.translate(letters) == words.translate(letters)


def test_a_word_is_parted_at_a_syllable():
    assert text.wrap("Yhdenvertaisuussuunnittelu", 90) == "Yhdenvertaisuussuun-\nnittelu"
    assert text.wrap("hyvin\u00advointi", 200) == "hyvinvointi"


def test_every_word_is_there_in_every_language():
    assert all(len(words) == 3 and all(words) for words in _WORDS.values())
