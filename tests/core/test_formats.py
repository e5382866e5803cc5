from __future__ import annotations

import datetime as dt
from decimal import getcontext

import pytest

from pipeline.core import formats, words
from pipeline.core.errors import AnalysisError

DAY = dt.date(2017, 4, 3)


@pytest.mark.parametrize(("language", "written"), [("fi", "70,3\xa0%"), ("sv", "70,3\xa0%"), ("en", "70.3%")])
def test_percent(language, written):
    assert formats.percent(0.703, language) == written


def test_thousands_are_parted_and_negative_numbers_have_a_sign_of_the_language():
    assert [formats.number(-1234.5, code, 1) for code in words.LANGUAGES] == [
        "\u22121\xa0234,5",
        "\u22121\xa0234,5",
        "-1,234.5",
    ]


def test_halves_are_rounded_up_and_the_rounding_of_others_stays_as_it_was():
    before = getcontext().rounding
    assert (formats.percent(0.125, "fi", 0), formats.number(2.5, "fi"), formats.number(0.285, "fi", 2)) == (
        "13\xa0%",
        "3",
        "0,29",
    )
    assert getcontext().rounding == before


@pytest.mark.parametrize("gap", [float("nan"), float("inf")])
def test_gaps_are_not_numbers(gap):
    with pytest.raises(AnalysisError):
        formats.percent(gap, "fi")
    with pytest.raises(AnalysisError):
        formats.number(gap, "fi")


def test_dates_are_day_first_and_months_are_words():
    assert [formats.date(DAY, code) for code in ("fi", "en")] == ["3.4.2017", "3 Apr 2017"]
    assert [formats.month(DAY, code) for code in words.LANGUAGES] == ["huhti 2017", "apr. 2017", "Apr 2017"]
    assert [formats.month(DAY, code, full=True) for code in words.LANGUAGES] == [
        "huhtikuu 2017",
        "april 2017",
        "April 2017",
    ]


def test_a_level_keeps_its_decimals():
    assert [formats.decimals(level * 100) for level in (0.95, 0.975, 0.999)] == [0, 1, 1]


def test_labels_fall_back_to_another_language_then_to_the_name():
    assert formats.label({"label_fi": float("nan"), "label_en": "Yes"}, "fi", "1") == "Yes"
    assert formats.label({}, "sv", "1") == "1"
