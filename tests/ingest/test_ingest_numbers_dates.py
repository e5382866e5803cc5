"""Numbers and dates as people in Finland write them; what cannot be read is nothing, never another value."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.dates import parse_times
from pipeline.ingest.numbers import parse_number, plain_text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,5", 2.5), ("2.5", 2.5), ("2.450,75", 2450.75), ("2,450.75", 2450.75), ("1 234,5", 1234.5),
        ("1\u00a0234,5", 1234.5), ("1\u202f234,5", 1234.5), ("10 000", 10000), ("2’000", 2000), ("1.234.567", 1234567),
        ("\u22123", -3), (" 7 ", 7), ("1,5e3", 1500), ("1E-7", 1e-7), ("00100", 100), ("5.", 5), (",5", 0.5),
        # neither is 34, 12 or 1: two ticks in one cell, a code with a unit, a range
        ("3 4", None), ("1 2 3", None), ("12 34", None), ("5 %", None), ("1-2", None), ("1,2,3", None),
        ("kaksi", None), ("", None), ("nan", None), ("inf", None), ("1_000", None), ("9" * 400, None),
    ],
)  # fmt: skip
def test_a_number_is_read_or_refused(text: str, number: float | None) -> None:
    assert parse_number(text) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_comes_back_from_its_plain_text(number: float) -> None:
    text = plain_text(number)
    assert parse_number(text) == number and "e" not in text
    assert parse_number(text.replace(".", ",")) == number


def _moments(*texts: str | None) -> list[str | None]:
    read = parse_times(pd.Series(texts, dtype="str"))
    moments, wrong = read["moment"], read["wrong"]
    assert wrong.tolist() == [t is not None and pd.isna(m) for t, m in zip(texts, moments, strict=True)]
    return [None if pd.isna(m) else str(m) for m in moments]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2018-05-12", "2018-05-12 00:00:00"), ("2018-05-12T14:07:29", "2018-05-12 14:07:29"),
        ("2018-05-12 14:07:29.123", "2018-05-12 14:07:29"), ("2018-05-12T14:07:29+03:00", "2018-05-12 14:07:29"),
        ("2018-05-12T14:07:29Z", "2018-05-12 14:07:29"), ("2023-09-29 14.54.27", "2023-09-29 14:54:27"),
        ("4.9.2023 14.54", "2023-09-04 14:54:00"), ("3.4.2017 klo 9.05", "2017-04-03 09:05:00"),
        ("3.4.17 kl. 9.05", "2017-04-03 09:05:00"), ("2018/05/12 2:07:29 ip. EET", "2018-05-12 14:07:29"),
        ("2018/05/12 12:07:29 ap.", "2018-05-12 00:07:29"), ("13/04/2021 à 09:01:31", "2021-04-13 09:01:31"),
        ("12/5/2018, 2:07 PM", "2018-05-12 14:07:00"), ("12.5.2018 12:00 em", "2018-05-12 12:00:00"),
        ("1583-01-02", "1583-01-02 00:00:00"), ("9999-12-31", None), ("2917-05-01", "2917-05-01 00:00:00"),
        ("31.12.99", "1999-12-31 00:00:00"), ("1.2.2017 9:05", "2017-02-01 09:05:00"),
        ("31.2.2017", None), ("12.5.2018-14.5.2018", None), ("12.5.2018 25:10", None), ("12.5.2018 10:75", None),
        ("12.5.2018 jotain", None), ("0000-00-00", None), ("5/2018", None), ("42867", None), ("eilen", None),
        ("１.2.2017", None), ("1.2.20171", None),
    ],
)  # fmt: skip
def test_a_moment_is_read_or_refused(text: str, moment: str | None) -> None:
    assert _moments(text) == [moment]


def test_one_order_for_the_whole_column() -> None:
    assert _moments("03.04.2023", "20.10.2023") == ["2023-04-03 00:00:00", "2023-10-20 00:00:00"]
    assert _moments("3/4/20", "3/18/20") == ["2020-03-04 00:00:00", "2020-03-18 00:00:00"]
    # both kinds: day first, and the one that cannot be is marked
    assert _moments("18/3/20", "3/18/20") == ["2020-03-18 00:00:00", None]
    assert _moments("3/4/20", "5/6/20") == ["2020-04-03 00:00:00", "2020-06-05 00:00:00"]


def test_dates_with_dots_are_day_first_whatever_else_stands_in_the_column() -> None:
    assert _moments("12.5.2018", "3.6.2018", "1.13.2018") == ["2018-05-12 00:00:00", "2018-06-03 00:00:00", None]
    assert _moments("12.5.2018", "5/13/2018") == ["2018-05-12 00:00:00", "2018-05-13 00:00:00"]


def test_an_empty_column_is_no_fault() -> None:
    assert _moments(None, None) == [None, None]
    assert _moments() == []


@given(
    st.lists(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2199, 12, 31)), min_size=1, max_size=5),
    st.sampled_from(["%Y-%m-%d %H:%M:%S", "%d.%m.%Y klo %H.%M.%S", "%Y/%m/%d %I:%M:%S %p", "%d/%m/%Y %H:%M:%S"]),
)
def test_every_moment_comes_back(moments: list[dt.datetime], form: str) -> None:
    # a day that can only be one keeps the column day first, whatever the others are
    moments = [*moments, dt.datetime(2017, 5, 31, 10, 0, 0)]
    texts = [m.strftime(form) for m in moments]
    assert _moments(*texts) == [m.strftime("%Y-%m-%d %H:%M:%S") for m in moments]


@given(st.text(max_size=25))
def test_no_text_breaks_the_reading(text: str) -> None:
    _moments(text, None)
    parse_number(text)


def test_a_time_of_day_needs_minutes() -> None:
    texts = pd.Series(["2017-05-01", "2017-05-01 10:00", "1.5.2017 klo 9.05", "1.5.2017 klo 9", None], dtype="str")
    assert parse_times(texts)["timed"].tolist() == [False, True, True, False, False]
