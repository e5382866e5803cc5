"""Times tell a table that was delivered twice: saved without seconds, corrected, in part, in another zone."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest
from deliveries import Row, batch, found

from pipeline.ingest.alike_tables import suspects
from pipeline.ingest.duplicates import resolve

SHIFTED: list[Row] = [
    (None, f"2018-04-25 {hour:02}:07:29", str(n), f"sana {n}")
    for n, hour in ((1, 9), (2, 11), (3, 13), (4, 15), (5, 17))
]


@pytest.mark.parametrize(
    "change",
    [
        lambda row: (row[0], row[1][:-3], *row[2:]),  # saved again without seconds
        lambda row: _hours(row, -2),
        lambda row: _hours(row, 5.5),
    ],
)
def test_an_export_saved_to_the_minute_or_in_another_zone_is_the_same(change: Callable[[Row], Row]) -> None:
    again = [change(row) for row in SHIFTED]
    assert found(batch("a", *SHIFTED), batch("b", *again, (None, "2018-05-01 9:00", "1", "uusi")))[0] == [
        [],
        [2, 3, 4, 5, 6],
    ]
    # four hours apart could be a chance; the same minutes and answers of all rows are none
    same_zone = again[0][1] == str(SHIFTED[0][1])[:-3]
    for few in (2, 4):
        told = found(batch("a", *SHIFTED[:few]), batch("b", *again[:few]))[0]
        assert told == [[], [*range(2, few + 2)] if same_zone else []]
    assert found(batch("a", SHIFTED[0]), batch("b", again[0]))[0] == [[], []]


def test_answers_given_more_than_once_do_not_hide_a_second_delivery() -> None:
    """As in a short form: six different answers in ten rows, saved again without seconds, and a further row."""
    answers = ["4", "4", "3", "4", "4", "3", "2", "4", "1", "3"]
    rows: list[Row] = [
        (None, f"2018-04-{n:02} 09:0{n % 10}:1{n % 10}", a, "ok") for n, a in enumerate(answers, start=1)
    ]
    again: list[Row] = [(row[0], str(row[1])[:-3], *row[2:]) for row in rows]
    told = found(batch("a", *rows), batch("b", *again, (None, "2018-05-01 9:00", "1", "uusi")))
    assert told == ([[], [*range(2, 12)]], [[], []])


@pytest.mark.parametrize(
    "change", [lambda row, n: (*row[:3], f"{row[3]} lisää"), lambda row, n: row if n else (*row[:3], "")]
)
def test_a_later_export_with_other_answers_at_the_same_times_is_set_aside(change: Callable[[Row, int], Row]) -> None:
    later = [change(row, n) for n, row in enumerate(SHIFTED)]
    repeats, aside = found(batch("a", *SHIFTED), batch("b", *later, (None, "2018-05-01 09:00:01", "1", "uusi")))
    assert sorted(repeats[1] + aside[1]) == [2, 3, 4, 5, 6] and 2 in aside[1]
    # two people at one second, and one table without the other's times, prove nothing
    assert found(batch("a", *SHIFTED[:1]), batch("b", *later[:1])) == ([[], []], [[], []])


def test_two_busy_tablets_with_times_to_the_minute_are_other_people() -> None:
    here: list[Row] = [(None, f"2018-04-25 12:{n:02}", str(n % 4 + 1), f"a {n}") for n in range(12)]
    there: list[Row] = [(None, f"2018-04-25 12:{n:02}", str(n % 3 + 1), f"b {n}") for n in range(12)]
    assert found(batch("a", *here), batch("b", *there)) == ([[], []], [[], []])


def test_times_shifted_otherwise_are_other_people() -> None:
    uneven = [_hours(row, n) for n, row in enumerate(SHIFTED, start=1)]
    assert found(batch("a", *SHIFTED), batch("b", *uneven))[0] == [[], []]
    minutes = [_hours(row, 0.1) for row in SHIFTED]
    assert found(batch("a", *SHIFTED), batch("b", *minutes))[0] == [[], []]


def test_a_few_rows_of_two_busy_tablets_are_no_second_delivery() -> None:
    """Three answers are given once on each tablet; the others, given often, say that these are people."""
    often: list[Row] = [(None, f"2018-04-25 12:{n:02}", "1", "ok") for n in range(12)]
    later = [_hours(row, 1) for row in SHIFTED]
    assert found(batch("a", *SHIFTED, *often), batch("b", *later, *(_hours(r, 0.3) for r in often)))[0] == [[], []]


def _hours(row: Row, hours: float) -> Row:
    moved = dt.datetime.fromisoformat(str(row[1])) + dt.timedelta(hours=hours)
    return (row[0], moved.isoformat(" "), *row[2:])


MANY: list[Row] = [
    (None, f"2018-04-{n // 4 + 1:02} 1{n % 4}:0{n % 10}:{n + 10}", str(n % 4 + 1), f"sana {n}") for n in range(20)
]


@pytest.mark.parametrize("corrected", [1, 8])
@pytest.mark.parametrize("shift", [lambda row: (row[0], row[1][:-3], *row[2:]), lambda row: _hours(row, 3)])
def test_what_was_corrected_and_saved_without_seconds_or_in_another_zone_is_set_aside(
    shift: Callable[[Row], Row], corrected: int
) -> None:
    again = [shift((*row[:3], "korjattu") if n < corrected else row) for n, row in enumerate(MANY)]
    new: Row = (None, "2018-05-01 9:00", "1", "uusi")
    repeats, aside = found(batch("a", *MANY), batch("b", *again, new))
    assert aside == [[], [*range(2, 2 + corrected)]] and repeats == [[], [*range(2 + corrected, 22)]]


def test_a_time_on_the_minute_is_a_time_where_the_others_have_seconds() -> None:
    rows = [(None, "2018-04-20 09:30:00", "1", "ok"), *MANY]
    assert found(batch("a", *rows), batch("b", (*rows[0][:3], "korjattu"), *MANY))[1] == [[], [2]]


def test_an_export_of_some_of_the_questions_repeats_the_whole_one() -> None:
    part = batch("b", *(row[1:3] for row in MANY), header=("time", "q1"))
    assert found(batch("a", *MANY), part) == ([[], [*range(2, 22)]], [[], []])
    # what the later export says in addition is not thrown away
    repeats, aside = found(part, batch("c", *MANY))
    assert repeats == [[], []] and aside == [[], [*range(2, 22)]]
    # a corrected answer is no part of the whole
    other = batch("b", (MANY[0][1], "3"), *(row[1:3] for row in MANY[1:]), header=("time", "q1"))
    assert found(batch("a", *MANY), other)[1] == [[], [2]]


def test_a_number_says_that_a_row_is_a_part_only_at_one_time() -> None:
    whole, part = ("17", "2018-04-25 12:01:07", "1", "sana"), ("17", "2018-04-25 12:01:07", "1", None)
    assert found(batch("a", whole), batch("b", part)) == ([[], [2]], [[], []])
    bare = [(row[0], None, *row[2:]) for row in (whole, part)]
    assert found(batch("a", bare[0]), batch("b", bare[1])) == ([[], []], [[], [2]])


def test_two_boxes_with_few_buttons_have_minutes_in_common() -> None:
    here, there = (
        [(None, f"2018-04-25 1{n // 60}:{n % 60:02}", rng.choice("1234"), None) for n in range(120)]
        for rng in (random.Random(1), random.Random(2))
    )
    assert found(batch("a", *here), batch("b", *there)) == ([[], []], [[], []])
    assert found(batch("a", *here[:100]), batch("b", *here))[0] == [[], [*range(2, 102)]]
    assert found(batch("a", *here, *here[:3]))[0] == [[]]
    # of answers that nobody else gives, the second within a minute is the same form sent twice
    assert found(batch("a", *here, *[(None, "2018-04-25 12:30", "1", "oma sana")] * 2))[0] == [[123]]


def test_two_busy_tablets_with_few_questions_have_minutes_in_common() -> None:
    here, there = (
        [(None, f"2018-04-25 1{n // 60}:{n % 60:02}", rng.choice("1234"), rng.choice("abc")) for n in range(120)]
        for rng in (random.Random(1), random.Random(2))
    )
    assert found(batch("a", *here), batch("b", *there)) == ([[], []], [[], []])


def test_numbers_that_begin_anew_in_a_second_pile_are_other_forms() -> None:
    one = [(str(n), None, str(n % 4 + 1), f"a {n}") for n in range(12)]
    other = [(str(n), None, str(n % 3 + 1), f"b {n}") for n in range(12)]
    assert found(batch("a", *one), batch("b", *other)) == ([[], []], [[], []])
    # three of them could be slips of the keys
    assert found(batch("a", *one[:3]), batch("b", *other[:3]))[1] == [[], [2, 3, 4]]


def test_a_small_table_within_a_large_one_of_few_answers_is_not_said() -> None:
    large = [(None, None, str(n % 4 + 1), None) for n in range(60)]
    assert not suspects(*resolve([batch("a", *large), batch("b", *[large[n] for n in (2, 0, 1, 3, 2, 1)])]))


def test_the_very_same_table_is_one_delivery_also_where_answers_are_few() -> None:
    rows: list[Row] = [(None, None, answer, None) for answer in "434434"]
    assert found(batch("a", *rows), batch("b", *rows))[0] == [[], [*range(2, 8)]]
    some: list[Row] = [*((str(n), None, answer, None) for n, answer in enumerate("4334")), *rows[:2]]
    assert found(batch("a", *some), batch("b", *some))[0] == [[], [*range(2, 8)]]
    # one answer of all, or four people's, prove nothing: they count, and are said
    for few in ([rows[0]] * 6, rows[:4]):
        two = batch("a", *few), batch("b", *few)
        assert found(*two)[0] == [[], []]
        (told,) = suspects(*resolve(two))
        assert told.problem == "the very same rows as feedback/a.csv, cell for cell; counted as well"
