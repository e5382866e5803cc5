from __future__ import annotations

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import AnalysisError
from pipeline.plots import style, text
from pipeline.plots.wording import _WORDS


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
