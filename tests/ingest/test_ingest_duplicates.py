"""The same response delivered twice counts once; people who only look alike count as many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import cells, instrument

from pipeline.core.config import Ingest, Source
from pipeline.ingest.duplicates import findings, resolve
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


def test_the_same_number_in_two_files_is_two_forms_unless_all_is_equal() -> None:
    same, other = ("17", None, "1", "ok"), ("17", None, "2", "ok")
    assert _found(_batch("a", same), _batch("b", other)) == ([[], []], [[], []])
    assert _found(_batch("a", same), _batch("b", same)) == ([[], [2]], [[], []])


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
