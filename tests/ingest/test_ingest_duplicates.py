"""The same response delivered twice counts once; people who only look alike count as many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import cells, instrument

from pipeline.core.config import Ingest, Source
from pipeline.ingest.duplicates import findings, resolve, suspects
from pipeline.ingest.feedback import Batch, harmonise

INSTRUMENT = instrument()
Row = Sequence[str | None]


def _batch(name: str, *rows: Row, header: Sequence[str] = ("number", "time", "q1", "say")) -> Batch:
    table = replace(cells(header, *rows), file=f"feedback/{name}.csv")
    return harmonise(table, INSTRUMENT, {}, Source(match="*"), Ingest())


def _found(*batches: Batch) -> tuple[list[list[int]], list[list[int]]]:
    """Return the rows that are repeats and the rows set aside, per batch."""
    resolved, repeats = resolve(batches)
    return [list(r.index) for r in repeats], [list(b.quarantined.index) for b in resolved]


A: Row = (None, "2017-05-12 14:07:29", "1", "ok")
B: Row = (None, "2017-05-12 14:09:00", "1", "ok")


def test_a_longer_file_delivered_again_adds_only_its_new_rows() -> None:
    assert _found(_batch("a", A, B), _batch("b", A, B, (None, "2017-06-01 10:00:00", "1", "ok"))) == (
        [[], [2, 3]],
        [[], []],
    )


def test_a_file_delivered_again_in_another_order_and_with_a_new_column() -> None:
    wider = _batch("b", *((*row, None) for row in (B, A)), header=("number", "time", "q1", "say", "q2"))
    assert _found(_batch("a", A, B), wider)[0] == [[], [2, 3]]


@pytest.mark.parametrize("time", [None, "2017-05-12", "2017-05-12 klo 9"])
def test_equal_answers_without_a_time_of_day_are_two_people(time: str | None) -> None:
    row = (None, time, "1", "ok")
    assert _found(_batch("a", row, row), _batch("b", row)) == ([[], []], [[], []])


def test_equal_times_alone_are_two_people() -> None:
    assert _found(_batch("a", A, (None, A[1], "2", "ok")))[0] == [[]]


def test_the_same_submission_twice_in_a_row() -> None:
    assert _found(_batch("a", A, A))[0] == [[3]]


def test_a_time_filled_in_for_a_pile_tells_nobody_apart_but_a_second_delivery_is_one() -> None:
    pile = [(None, A[1], "1", "ok"), (None, A[1], "1", "ok"), (None, A[1], "2", "ok")]
    assert _found(_batch("a", *pile), _batch("b", *pile))[0] == [[], [2, 3, 4]]
    assert _found(_batch("a", *pile), _batch("b", *pile, pile[0]))[0] == [[], [2, 3, 4]]


@pytest.mark.parametrize("number", [None, " ", ""])
def test_a_blank_number_is_none(number: str | None) -> None:
    row = (number if number and number.strip() else None, None, "1", "ok")
    assert _found(_batch("a", row, row)) == ([[]], [[]])


def test_a_form_keyed_twice_counts_once_and_a_conflict_is_for_a_person() -> None:
    same, other = ("17", None, "1", "ok"), ("17", None, "2", "ok")
    assert _found(_batch("a", same, same, other)) == ([[3]], [[4]])
    assert _found(_batch("a", same, ("17 ", None, "1", "ok")))[0] == [[3]]


def test_the_same_number_with_other_answers_in_a_second_file_is_a_conflict_by_name() -> None:
    same, other = ("17", None, "1", "ok"), ("17", None, "2", "ok")
    batches = [_batch("a", same), _batch("b", other)]
    assert _found(*batches) == ([[], []], [[], [2]])
    (finding,) = (f for f in resolve(batches)[0][1].findings if f.kind == "row_quarantined")
    assert finding.problem == "form number used with different answers in another file: feedback/a.csv, row 2"
    assert _found(_batch("a", same), _batch("b", same)) == ([[], [2]], [[], []])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("17", "2017-05-12 14:07:29", "1", "ok"), ("17", "2017-06-01 10:00:00", "2", "ok")),  # two surveys
        (("17", None, "1", "ok"), ("18", None, "2", "ok")),
    ],
)
def test_numbers_that_start_anew_are_other_forms(a: Row, b: Row) -> None:
    assert _found(_batch("a", a), _batch("b", b)) == ([[], []], [[], []])


def test_numbers_of_another_form_or_another_event_are_other_forms() -> None:
    row, header = ("17", "E1", "1", "ok"), ("number", "event", "q1", "say")
    assert _found(_batch("a", row, header=header), _batch("b", ("17", "E2", "2", "ok"), header=header))[1] == [[], []]
    other = ("17", "2", None, None, None)
    assert _found(_batch("a", row, header=header), _batch("b", other, header=("number", "q2", "age", "day", "hours")))[
        1
    ] == [[], []]


def test_a_corrected_second_delivery_is_a_conflict_even_where_the_event_was_corrected() -> None:
    header = ("number", "event", "q1", "say")
    rows = [(str(n), "E1", str(n % 4 + 1), "ok") for n in range(1, 6)]
    second = [*rows[:4], ("5", "E2", "2", "ok")]
    assert _found(_batch("a", *rows, header=header), _batch("b", *second, header=header)) == (
        [[], [2, 3, 4, 5]],
        [[], [6]],
    )
    third = [*second, ("6", "E1", "1", "new")]
    found = _found(*(_batch(n, *r, header=header) for n, r in (("a", rows), ("b", second), ("c", third))))
    assert found == ([[], [2, 3, 4, 5], [2, 3, 4, 5]], [[], [6], [6]])


@pytest.mark.parametrize(("one", "other"), [("007", "7"), ("7", "7.0"), (" 7", "7")])
def test_a_number_is_the_same_however_a_program_writes_it(one: str, other: str) -> None:
    assert _found(_batch("a", (one, None, "1", "ok")), _batch("b", (other, None, "1", "ok")))[0] == [[], [2]]


def test_line_breaks_and_blanks_within_a_comment_make_no_second_response() -> None:
    assert _found(_batch("a", ("7", None, "1", "a\r\nb  c")), _batch("b", ("7", None, "1", "a\nb c ")))[0] == [[], [2]]


def test_two_tools_that_deliver_the_same_response_count_it_once() -> None:
    time, header = "2017-05-12 14:07:29", ("number", "time", "q1", "say")
    with_number = _batch("a", ("u-17", time, "1", "ok"), header=header)
    without = _batch("b", (time, "1", "ok"), header=("time", "q1", "say"))
    assert _found(with_number, without)[0] == [[], [2]]
    assert _found(without, with_number)[0] == [[], [2]]
    crowd = _batch("c", ("u-17", time, "1", "ok"), ("u-18", time, "1", "ok"), header=header)
    assert _found(crowd)[0] == [[]]  # two numbers, two people
    assert _found(crowd, _batch("d", (time, "1", "ok"), (time, "1", "ok"), header=("time", "q1", "say")))[0][0] == []


RUN: list[Row] = [(None, None, str(n % 4 + 1), f"sana {n}") for n in range(5)]


def test_a_sheet_without_numbers_and_times_delivered_again_counts_once() -> None:
    longer = [(None, None, "1", "uusi"), *RUN, (None, None, "2", "toinen")]
    assert _found(_batch("a", *RUN), _batch("b", *RUN))[0] == [[], [2, 3, 4, 5, 6]]
    assert _found(_batch("a", *RUN), _batch("b", *longer))[0] == [[], [3, 4, 5, 6, 7]]
    assert _found(_batch("a", *longer), _batch("b", *RUN))[0] == [[], [2, 3, 4, 5, 6]]
    assert _found(_batch("a", *RUN), _batch("b", *RUN), _batch("c", *longer))[0][2] == [3, 4, 5, 6, 7]


def test_a_few_equal_answers_of_two_sheets_are_not_a_second_delivery() -> None:
    assert _found(_batch("a", *RUN[:2]), _batch("b", *RUN[:2]))[0] == [[], []]
    assert _found(_batch("a", *RUN), _batch("b", *reversed(RUN)))[0] == [[], []]
    alike: list[Row] = [(None, None, "1", "ok")] * 6
    assert _found(_batch("a", *alike), _batch("b", *alike))[0] == [[], []]


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
    assert _found(_batch("a", *SHIFTED), _batch("b", *again, (None, "2018-05-01 9:00", "1", "uusi")))[0] == [
        [],
        [2, 3, 4, 5, 6],
    ]
    assert _found(_batch("a", *SHIFTED[:4]), _batch("b", *again[:4]))[0] == [[], []]  # four could be a chance


def test_answers_given_more_than_once_do_not_hide_a_second_delivery() -> None:
    """As in a short form: six different answers in ten rows, saved again without seconds, and a further row."""
    answers = ["4", "4", "3", "4", "4", "3", "2", "4", "1", "3"]
    rows: list[Row] = [
        (None, f"2018-04-{n:02} 09:0{n % 10}:1{n % 10}", a, "ok") for n, a in enumerate(answers, start=1)
    ]
    again: list[Row] = [(row[0], str(row[1])[:-3], *row[2:]) for row in rows]
    found = _found(_batch("a", *rows), _batch("b", *again, (None, "2018-05-01 9:00", "1", "uusi")))
    assert found == ([[], [*range(2, 12)]], [[], []])


@pytest.mark.parametrize(
    "change", [lambda row, n: (*row[:3], f"{row[3]} lisää"), lambda row, n: row if n else (*row[:3], "")]
)
def test_a_later_export_with_other_answers_at_the_same_times_is_set_aside(change: Callable[[Row, int], Row]) -> None:
    later = [change(row, n) for n, row in enumerate(SHIFTED)]
    repeats, aside = _found(_batch("a", *SHIFTED), _batch("b", *later, (None, "2018-05-01 09:00:01", "1", "uusi")))
    assert sorted(repeats[1] + aside[1]) == [2, 3, 4, 5, 6] and 2 in aside[1]
    # two people at one second, and one table without the other's times, prove nothing
    assert _found(_batch("a", *SHIFTED[:1]), _batch("b", *later[:1])) == ([[], []], [[], []])


def test_two_busy_tablets_with_times_to_the_minute_are_other_people() -> None:
    here: list[Row] = [(None, f"2018-04-25 12:{n:02}", str(n % 4 + 1), f"a {n}") for n in range(12)]
    there: list[Row] = [(None, f"2018-04-25 12:{n:02}", str(n % 3 + 1), f"b {n}") for n in range(12)]
    assert _found(_batch("a", *here), _batch("b", *there)) == ([[], []], [[], []])


def test_numbers_of_paper_forms_start_anew_however_they_are_written() -> None:
    one: Row = ("2018-001", "2018-03-03 09:01:00", "3", "")
    other: Row = ("2018-001", "2018-03-04 10:00:00", "4", "muu")
    assert _found(_batch("a", one), _batch("b", other))[1] == [[], []]


def test_a_number_that_is_given_once_is_one_response_at_any_time() -> None:
    partial: Row = ("10890000001", "2018-03-03 09:01:00", "3", "")
    whole: Row = ("10890000001", "2018-03-04 10:00:00", "3", "valmis")
    assert _found(_batch("a", partial), _batch("b", whole))[1] == [[], [2]]
    assert _found(_batch("a", ("17", *partial[1:])), _batch("b", ("17", *whole[1:])))[1] == [[], []]


def test_times_shifted_otherwise_are_other_people() -> None:
    uneven = [_hours(row, n) for n, row in enumerate(SHIFTED, start=1)]
    assert _found(_batch("a", *SHIFTED), _batch("b", *uneven))[0] == [[], []]
    minutes = [_hours(row, 0.1) for row in SHIFTED]
    assert _found(_batch("a", *SHIFTED), _batch("b", *minutes))[0] == [[], []]


def test_a_few_rows_of_two_busy_tablets_are_no_second_delivery() -> None:
    """Three answers are given once on each tablet; the others, given often, say that these are people."""
    often: list[Row] = [(None, f"2018-04-25 12:{n:02}", "1", "ok") for n in range(12)]
    later = [_hours(row, 1) for row in SHIFTED]
    assert _found(_batch("a", *SHIFTED, *often), _batch("b", *later, *(_hours(r, 0.3) for r in often)))[0] == [[], []]


def test_the_same_answers_in_another_order_are_counted_and_said() -> None:
    batches = [_batch("a", *RUN), _batch("b", *reversed(RUN)), _batch("c", *RUN[1:])]
    (finding,) = suspects(*resolve(batches[:2]))
    assert finding.place.file == "feedback/b.csv" and "feedback/a.csv, in another order" in finding.problem
    assert len(suspects(*resolve(batches[1:]))) == 1 and not suspects(*resolve([_batch("a", *RUN), _batch("b", *RUN)]))


def _hours(row: Row, hours: float) -> Row:
    moved = dt.datetime.fromisoformat(str(row[1])) + dt.timedelta(hours=hours)
    return (row[0], moved.isoformat(" "), *row[2:])


def test_what_a_person_declares_a_response_of_its_own_is_counted() -> None:
    same, other = ("17", None, "1", "ok"), ("17", None, "2", "ok")
    batches = [_batch("a", same, other), _batch("b", same)]
    resolved, repeats = resolve(batches, [frozenset({3}), frozenset({2})])
    assert [list(b.quarantined.index) for b in resolved] == [[], []] and [list(r.index) for r in repeats] == [[], []]


def test_rows_set_aside_are_no_originals() -> None:
    trial = (None, A[1], "1", "testi")
    assert _found(_batch("a", trial, trial)) == ([[]], [[2, 3]])


def test_the_finding_names_the_first_place() -> None:
    batches = [_batch("a", A), _batch("b", A)]
    resolved, repeats = resolve(batches)
    (finding,) = findings(resolved[1], repeats[1])
    assert finding.problem == "the same response as feedback/a.csv, row 2; counted once"


ROW = st.tuples(
    st.sampled_from([None, "1", "2"]), st.sampled_from([None, A[1], B[1]]), st.sampled_from(["1", "2", None]), st.none()
)


@given(st.lists(ROW, max_size=8))
def test_a_second_delivery_of_a_file_never_adds_a_response(rows: list[Row]) -> None:
    kept = [row for row in rows if row[0] or row[1]]
    repeats, aside = _found(_batch("a", *kept), _batch("b", *kept))
    assert set(repeats[1]) | set(aside[1]) == set(range(2, len(kept) + 2))


def test_no_rows_and_no_batches() -> None:
    assert resolve([]) == ([], [])
    assert _found(_batch("a")) == ([[]], [[]])


def _of_a_tool(name: str, *rows: Row) -> Batch:
    batch = _batch(name, *rows)
    return replace(batch, cells=replace(batch.cells, header=("ID", *batch.cells.header[1:])))


@pytest.mark.parametrize(
    ("later", "repeated"),
    [
        ("2017-05-12 14:07:29", True),
        ("2017-05-12 14:07", True),  # saved anew without seconds
        ("2017-05-12 11:07:29", True),  # in another zone
        ("2017-05-12 14:27:40", False),
        ("2017-06-02 09:12:00", False),
        (None, True),
    ],
)
def test_a_programs_number_at_another_time_is_somebody_else(later: str | None, repeated: bool) -> None:
    first, second = ("1", "2017-05-12 14:07:29", "1", "ok"), ("1", later, "1", "ok")
    assert _found(_of_a_tool("a", first), _of_a_tool("b", second))[0] == [[], [2] if repeated else []]
    # a number on paper is keyed in twice at two times
    assert _found(_batch("a", first), _batch("b", second))[0] == [[], [2]]


@pytest.mark.parametrize("number", ["?", "-", "ei numeroa"])
def test_a_word_for_no_number_is_none(number: str) -> None:
    row = (number, None, "1", "ok")
    assert _found(_batch("a", row, row, (number, None, "2", "no"))) == ([[]], [[]])


def test_a_programs_number_saved_anew_with_seconds_in_another_zone_is_the_same_response() -> None:
    first, second = ("1", "2017-05-12 14:07", "1", "ok"), ("1", "2017-05-12 11:07:29", "1", "ok")
    assert _found(_of_a_tool("a", first), _of_a_tool("b", second))[0] == [[], [2]]
