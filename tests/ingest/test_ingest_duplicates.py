"""The same response delivered twice counts once; people who only look alike count as many."""

from __future__ import annotations

from dataclasses import replace

import pytest
from deliveries import Row, batch, found
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.alike_tables import suspects
from pipeline.ingest.duplicates import findings, resolve
from pipeline.ingest.feedback import Batch

A: Row = (None, "2017-05-12 14:07:29", "1", "ok")
B: Row = (None, "2017-05-12 14:09:00", "1", "ok")


def test_a_longer_file_delivered_again_adds_only_its_new_rows() -> None:
    assert found(batch("a", A, B), batch("b", A, B, (None, "2017-06-01 10:00:00", "1", "ok"))) == (
        [[], [2, 3]],
        [[], []],
    )


def test_a_file_delivered_again_in_another_order_and_with_a_new_column() -> None:
    wider = batch("b", *((*row, None) for row in (B, A)), header=("number", "time", "q1", "say", "q2"))
    assert found(batch("a", A, B), wider)[0] == [[], [2, 3]]


@pytest.mark.parametrize("time", [None, "2017-05-12", "2017-05-12 klo 9"])
def test_equal_answers_without_a_time_of_day_are_two_people(time: str | None) -> None:
    row = (None, time, "1", "ok")
    assert found(batch("a", row, row), batch("b", row)) == ([[], []], [[], []])


def test_equal_times_alone_are_two_people() -> None:
    assert found(batch("a", A, (None, A[1], "2", "ok")))[0] == [[]]


def test_the_same_submission_twice_in_a_row() -> None:
    assert found(batch("a", A, A))[0] == [[3]]


def test_a_time_filled_in_for_a_pile_tells_nobody_apart_but_a_second_delivery_is_one() -> None:
    pile = [(None, A[1], "1", "ok"), (None, A[1], "1", "ok"), (None, A[1], "2", "ok")]
    assert found(batch("a", *pile), batch("b", *pile))[0] == [[], [2, 3, 4]]
    assert found(batch("a", *pile), batch("b", *pile, pile[0]))[0] == [[], [2, 3, 4]]


@pytest.mark.parametrize("number", [None, " ", ""])
def test_a_blank_number_is_none(number: str | None) -> None:
    row = (number if number and number.strip() else None, None, "1", "ok")
    assert found(batch("a", row, row)) == ([[]], [[]])


def test_a_form_keyed_twice_counts_once_and_a_conflict_is_for_a_person() -> None:
    same, other = ("17", None, "1", "ok"), ("17", None, "2", "ok")
    assert found(batch("a", same, same, other)) == ([[3]], [[4]])
    assert found(batch("a", same, ("17 ", None, "1", "ok")))[0] == [[3]]


def test_the_same_number_with_other_answers_in_a_second_file_is_a_conflict_by_name() -> None:
    same, other = ("17", None, "1", "ok"), ("17", None, "2", "ok")
    batches = [batch("a", same), batch("b", other)]
    assert found(*batches) == ([[], []], [[], [2]])
    (finding,) = (f for f in resolve(batches)[0][1].findings if f.kind == "row_quarantined")
    assert finding.problem == "form number used with different answers in another file: feedback/a.csv, row 2"
    assert found(batch("a", same), batch("b", same)) == ([[], [2]], [[], []])


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("17", "2017-05-12 14:07:29", "1", "ok"), ("17", "2017-06-01 10:00:00", "2", "ok")),  # two surveys
        (("17", None, "1", "ok"), ("18", None, "2", "ok")),
    ],
)
def test_numbers_that_start_anew_are_other_forms(a: Row, b: Row) -> None:
    assert found(batch("a", a), batch("b", b)) == ([[], []], [[], []])


def test_numbers_of_another_form_or_another_event_are_other_forms() -> None:
    row, header = ("17", "E1", "1", "ok"), ("number", "event", "q1", "say")
    assert found(batch("a", row, header=header), batch("b", ("17", "E2", "2", "ok"), header=header))[1] == [[], []]
    other = ("17", "2", None, None, None)
    assert found(batch("a", row, header=header), batch("b", other, header=("number", "q2", "age", "day", "hours")))[
        1
    ] == [[], []]


def test_a_corrected_second_delivery_is_a_conflict_even_where_the_event_was_corrected() -> None:
    header = ("number", "event", "q1", "say")
    rows = [(str(n), "E1", str(n % 4 + 1), "ok") for n in range(1, 6)]
    second = [*rows[:4], ("5", "E2", "2", "ok")]
    assert found(batch("a", *rows, header=header), batch("b", *second, header=header)) == (
        [[], [2, 3, 4, 5]],
        [[], [6]],
    )
    third = [*second, ("6", "E1", "1", "new")]
    told = found(*(batch(n, *r, header=header) for n, r in (("a", rows), ("b", second), ("c", third))))
    assert told == ([[], [2, 3, 4, 5], [2, 3, 4, 5]], [[], [6], [6]])


@pytest.mark.parametrize(("one", "other"), [("007", "7"), ("7", "7.0"), (" 7", "7")])
def test_a_number_is_the_same_however_a_program_writes_it(one: str, other: str) -> None:
    assert found(batch("a", (one, None, "1", "ok")), batch("b", (other, None, "1", "ok")))[0] == [[], [2]]


def test_line_breaks_and_blanks_within_a_comment_make_no_second_response() -> None:
    assert found(batch("a", ("7", None, "1", "a\r\nb  c")), batch("b", ("7", None, "1", "a\nb c ")))[0] == [[], [2]]


def test_two_tools_that_deliver_the_same_response_count_it_once() -> None:
    time, header = "2017-05-12 14:07:29", ("number", "time", "q1", "say")
    with_number = batch("a", ("u-17", time, "1", "ok"), header=header)
    without = batch("b", (time, "1", "ok"), header=("time", "q1", "say"))
    assert found(with_number, without)[0] == [[], [2]]
    assert found(without, with_number)[0] == [[], [2]]
    crowd = batch("c", ("u-17", time, "1", "ok"), ("u-18", time, "1", "ok"), header=header)
    assert found(crowd)[0] == [[]]  # two numbers, two people
    assert found(crowd, batch("d", (time, "1", "ok"), (time, "1", "ok"), header=("time", "q1", "say")))[0][0] == []


RUN: list[Row] = [(None, None, str(n % 4 + 1), f"sana {n}") for n in range(5)]


def test_a_sheet_without_numbers_and_times_delivered_again_counts_once() -> None:
    longer = [(None, None, "1", "uusi"), *RUN, (None, None, "2", "toinen")]
    assert found(batch("a", *RUN), batch("b", *RUN))[0] == [[], [2, 3, 4, 5, 6]]
    assert found(batch("a", *RUN), batch("b", *longer))[0] == [[], [3, 4, 5, 6, 7]]
    assert found(batch("a", *longer), batch("b", *RUN))[0] == [[], [2, 3, 4, 5, 6]]
    assert found(batch("a", *RUN), batch("b", *RUN), batch("c", *longer))[0][2] == [3, 4, 5, 6, 7]


def test_a_few_equal_answers_of_two_sheets_are_not_a_second_delivery() -> None:
    assert found(batch("a", *RUN[:2]), batch("b", *RUN[:2]))[0] == [[], []]
    assert found(batch("a", *RUN), batch("b", *reversed(RUN)))[0] == [[], []]
    alike: list[Row] = [(None, None, "1", "ok")] * 6
    assert found(batch("a", *alike), batch("b", *alike))[0] == [[], []]


def test_numbers_of_paper_forms_start_anew_however_they_are_written() -> None:
    one: Row = ("2018-001", "2018-03-03 09:01:00", "3", "")
    other: Row = ("2018-001", "2018-03-04 10:00:00", "4", "muu")
    assert found(batch("a", one), batch("b", other))[1] == [[], []]


def test_a_number_that_is_given_once_is_one_response_at_any_time() -> None:
    partial: Row = ("10890000001", "2018-03-03 09:01:00", "3", "")
    whole: Row = ("10890000001", "2018-03-04 10:00:00", "3", "valmis")
    assert found(batch("a", partial), batch("b", whole))[1] == [[], [2]]
    assert found(batch("a", ("17", *partial[1:])), batch("b", ("17", *whole[1:])))[1] == [[], []]


def test_the_same_answers_in_another_order_are_counted_and_said() -> None:
    batches = [batch("a", *RUN), batch("b", *reversed(RUN)), batch("c", *RUN[1:])]
    (finding,) = suspects(*resolve(batches[:2]))
    assert finding.place.file == "feedback/b.csv" and "feedback/a.csv, in another order" in finding.problem
    assert len(suspects(*resolve(batches[1:]))) == 1 and not suspects(*resolve([batch("a", *RUN), batch("b", *RUN)]))


def test_what_a_person_declares_a_response_of_its_own_is_counted() -> None:
    same, other = ("17", None, "1", "ok"), ("17", None, "2", "ok")
    batches = [batch("a", same, other), batch("b", same)]
    resolved, repeats = resolve(batches, [frozenset({3}), frozenset({2})])
    assert [list(b.quarantined.index) for b in resolved] == [[], []] and [list(r.index) for r in repeats] == [[], []]


def test_rows_set_aside_are_no_originals() -> None:
    trial = (None, A[1], "1", "testi")
    assert found(batch("a", trial, trial)) == ([[]], [[2, 3]])


def test_the_finding_names_the_first_place() -> None:
    batches = [batch("a", A), batch("b", A)]
    resolved, repeats = resolve(batches)
    (finding,) = findings(resolved[1], repeats[1])
    assert finding.problem == "the same response as feedback/a.csv, row 2; counted once"


ROW = st.tuples(
    st.sampled_from([None, "1", "2"]), st.sampled_from([None, A[1], B[1]]), st.sampled_from(["1", "2", None]), st.none()
)


@given(st.lists(ROW, max_size=8))
def test_a_second_delivery_of_a_file_never_adds_a_response(rows: list[Row]) -> None:
    kept = [row for row in rows if row[0] or row[1]]
    repeats, aside = found(batch("a", *kept), batch("b", *kept))
    assert set(repeats[1]) | set(aside[1]) == set(range(2, len(kept) + 2))


def test_no_rows_and_no_batches() -> None:
    assert resolve([]) == ([], [])
    assert found(batch("a")) == ([[]], [[]])


def _of_a_tool(name: str, *rows: Row) -> Batch:
    table = batch(name, *rows)
    return replace(table, cells=replace(table.cells, header=("ID", *table.cells.header[1:])))


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
    assert found(_of_a_tool("a", first), _of_a_tool("b", second))[0] == [[], [2] if repeated else []]
    # a number on paper is keyed in twice at two times
    assert found(batch("a", first), batch("b", second))[0] == [[], [2]]


@pytest.mark.parametrize("number", ["?", "-", "ei numeroa"])
def test_a_word_for_no_number_is_none(number: str) -> None:
    row = (number, None, "1", "ok")
    assert found(batch("a", row, row, (number, None, "2", "no"))) == ([[]], [[]])


def test_a_programs_number_saved_anew_with_seconds_in_another_zone_is_the_same_response() -> None:
    first, second = ("1", "2017-05-12 14:07", "1", "ok"), ("1", "2017-05-12 11:07:29", "1", "ok")
    assert found(_of_a_tool("a", first), _of_a_tool("b", second))[0] == [[], [2]]
