"""A table of feedback becomes responses and answers; every row and odd cell is accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
import pytest
from ingest_folder import cells, instrument, question

from pipeline.core.config import Ingest, Source
from pipeline.core.errors import ReadError
from pipeline.ingest import ranges
from pipeline.ingest.cells import Cells
from pipeline.ingest.feedback import Batch, harmonise

EVENTS: Mapping[str, str | None] = {"e1": "E1", "pihatalkoot": "E1", "e2": "E2", "kesäjuhla": None}


def _batch(table: Cells, events: Mapping[str, str | None] = EVENTS, **source: str) -> Batch:
    return harmonise(table, instrument(), events, Source(match="*", **source), Ingest())  # type: ignore[arg-type]


def _column(batch: Batch, name: str) -> list[object]:
    return [None if pd.isna(value) else value for value in batch.responses[name]]


def test_events_by_id_name_or_alias_and_without() -> None:
    batch = _batch(
        cells(["q1", "event"], ["1", "e1"], ["1", " Pihatalkoot. "], ["1", None], ["1", "Outo"], ["1", "Kesäjuhla"])
    )
    assert _column(batch, "event_id") == ["E1", "E1", None, None, None]
    assert batch.quarantined.to_dict() == {5: "unknown event", 6: "the name fits several events"}
    fixes = {f.place.row: f.fix for f in batch.findings}
    assert "aliases" in str(fixes[5]) and "event_id" in str(fixes[6])
    assert all(f.place.column == "event" for f in batch.findings)


def test_the_default_event_fills_empty_cells_only() -> None:
    batch = _batch(cells(["q1", "event"], ["1", None], ["1", "E2"]), event="Pihatalkoot")
    assert _column(batch, "event_id") == ["E1", "E2"]


def test_without_a_register_the_name_is_the_event_but_no_phone_passes() -> None:
    batch = _batch(cells(["q1", "event"], ["1", "Talkoot"], ["1", "soita 0401234567"]), events={})
    assert _column(batch, "event_id") == ["Talkoot", "soita [puhelin]"] and batch.quarantined.empty


def test_a_coded_event_goes_by_its_label() -> None:
    batch = _batch(
        cells(["q1", "event"], ["1", "3"], ["1", "9"], value_labels={1: {"3": "Pihatalkoot"}}, user_missing={1: {"9"}})
    )
    assert _column(batch, "event_id") == ["E1", None] and batch.quarantined.empty


def test_role_and_language_by_label_code_or_source() -> None:
    table = cells(
        ["q1", "role", "language"],
        ["1", "Järjestäjä", "SV"],
        ["1", "organiser", None],
        ["1", None, "suomi"],
        ["1", "kunkku", "fi"],
    )
    batch = _batch(table, role="participant", language="en", mode="paper")
    assert _column(batch, "role") == ["organiser", "organiser", "participant", None]
    assert _column(batch, "language") == ["sv", "en", None, "fi"]
    assert _column(batch, "mode") == ["paper"] * 4
    assert [(f.place.row, f.place.column) for f in batch.findings] == [(5, "role"), (4, "language")]


def test_a_moment_that_is_none_is_said() -> None:
    batch = _batch(cells(["q1", "time"], ["1", "3.4.2017 klo 9.05"], ["1", "eilen"], ["1", "20.10.2017"]))
    assert [str(t) for t in batch.responses["submitted_at"]] == ["2017-04-03 09:05:00", "NaT", "2017-10-20 00:00:00"]
    assert batch.responses["timed"].tolist() == [True, False, False]
    assert [(f.place.row, f.place.column) for f in batch.findings] == [(3, "time")]


def test_trial_answers_are_set_aside_and_words_within_are_not() -> None:
    batch = _batch(cells(["q1", "say"], ["1", "TESTI!"], ["1", "hyvä testi"], ["1", None]))
    assert batch.quarantined.to_dict() == {2: "test answer"}


def test_words_that_mean_missing_elsewhere_are_comments() -> None:
    table = cells(
        ["q1", "say"], ["1", "null"], ["1", "n/a"], ["1", "NA"], ["1", "Ei mitään"], ["1", "7"], user_missing={1: {"7"}}
    )
    assert _batch(table).comments["say"].fillna("-").tolist() == ["null", "n/a", "NA", "Ei mitään", "-"]


def test_a_row_whose_cells_have_moved_is_set_aside() -> None:
    batch = _batch(cells(["q1", "q2", ""], ["1", "2", None], ["1", "2", "x"], overlong=(3,)))
    assert batch.quarantined.to_dict() == {3: "more cells than the header has columns"}


def test_invalid_cells_are_named_by_row_and_column() -> None:
    table = cells(["q1", "did/fam", "did/work", "age"], ["9", "1", "ehkä", "x"], ["1", "1", "1", "1"])
    places = {(f.place.row, f.place.column) for f in _batch(table).findings}
    assert places == {(2, "q1"), (2, "did/work"), (2, "age")}


def test_a_table_without_questions_is_refused() -> None:
    with pytest.raises(ReadError, match="no column matches a question"):
        _batch(cells(["event", "Ohje"], ["E1", "x"]))


def test_a_table_whose_every_answer_is_strange_is_refused_not_counted_as_zero() -> None:
    with pytest.raises(ReadError, match="not one answer"):
        _batch(cells(["q1", "q2"], ["Agree", "Agree"], ["Disagree", None]))
    assert _batch(cells(["q1", "q2"], [None, None])).findings == ()
    assert _batch(cells(["q1", "q2"], ["Agree", "1"])).quarantined.empty


@pytest.mark.parametrize("text", ["0", "-34", "345", "999", "1962"])
def test_an_age_that_nobody_has_is_no_answer(text: str) -> None:
    batch = _batch(cells(["q1", "Ikä"], ["1", text], ["1", "34"], ["1", "1"], ["1", "120"]))
    assert batch.codes["age"].dropna().tolist() == ["34", "1", "120"]
    assert batch.reasons["age"].dropna().tolist() == ["invalid"]
    (finding,) = batch.findings
    assert (finding.kind, finding.problem, finding.allowed) == ("cell_invalid", ranges.BEYOND, "1 to 120")
    assert (finding.place.row, finding.place.column) == (2, "Ikä")


@pytest.mark.parametrize(
    ("name", "constraint", "expected"),
    [
        ("hours", ". >= 0 and . < 24.5", (0, 24.5)),
        ("hours", "(.>0) AND (. <= 10)", (0, 10)),
        ("age", ".<=99", (float("-inf"), 99)),
        ("age", "regex(., '[0-9]+')", None),
        ("hours", "", None),
        ("birth_year", "", (1900, 2100)),
    ],
)
def test_the_range_of_a_question(name: str, constraint: str, expected: tuple[float, float] | None) -> None:
    made = instrument([question("decimal", name, constraint=constraint)], ())
    assert ranges.bounds(made.questions[name]) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("text", ["12.5.1018", "12.5.2081", "1018-05-12 10:00"])
def test_a_moment_of_another_age_is_said_and_left_empty(text: str) -> None:
    batch = _batch(cells(["q1", "time"], ["1", text], ["1", "12.5.2018 10:00"]))
    assert [str(t) for t in batch.responses["submitted_at"]] == ["NaT", "2018-05-12 10:00:00"]
    assert [(f.place.row, f.place.column, f.problem) for f in batch.findings] == [
        (2, "time", "not understood; left empty")
    ]
    assert batch.responses["timed"].tolist() == [False, True]


@pytest.mark.parametrize(
    "row",
    [["Pihatalkoot", None, None], ["Huom. lomake 4 puuttuu", None, None], ["(1-4)", "(1-4)", "vuotta"]],
)
def test_a_row_of_nothing_the_form_knows_is_set_aside(row: list[str | None]) -> None:
    batch = _batch(cells(["q1", "q2", "age"], ["1", "2", "30"], row, ["3", None, "eräs"]))
    assert batch.quarantined.to_dict() == {3: "no answer that the form knows"}
    # a time, a number or a comment is somebody's
    told = _batch(cells(["q1", "say"], ["1", "ok"], ["outo", "hyvä päivä"]))
    assert told.quarantined.empty


@pytest.mark.parametrize("header", [("q1", "lkm"), ("q1", "Lukumäärä", "%")])
def test_a_table_of_frequencies_is_no_table_of_respondents(header: tuple[str, ...]) -> None:
    rows = [(label, "3", "10 %")[: len(header)] for label in ("täysin eri mieltä", "eri mieltä", "samaa mieltä")]
    with pytest.raises(ReadError, match="frequencies"):
        _batch(cells(header, *rows))
    # the same answer twice, or another question beside it: people
    assert len(_batch(cells(header, *rows, rows[0])).codes) == 4
    assert len(_batch(cells(("q1", "q2"), ("eri mieltä", "3"), ("samaa mieltä", "3"))).codes) == 2


def test_dates_that_can_be_read_either_way_are_said() -> None:
    said = [f.problem for f in _batch(cells(["q1", "day"], ["1", "3/4/2018"], ["1", "5/4/2018"])).findings]
    assert any("read day first" in problem for problem in said)
    sure = [f.problem for f in _batch(cells(["q1", "day"], ["1", "3/4/2018"], ["1", "25/4/2018"])).findings]
    assert not any("read day first" in problem for problem in sure)


def test_codes_for_no_answer_among_numbers() -> None:
    batch = _batch(cells(["q1", "hours"], ["1", "-9"], ["1", "2,5"], ["1", "4"]))
    assert batch.reasons["hours"].tolist()[0] == "invalid" and batch.codes["hours"].tolist()[1:] == ["2.5", "4"]
    below = _batch(cells(["q1", "hours"], ["1", "-9"], ["1", "-2.5"], ["1", "4"]))
    assert below.codes["hours"].tolist() == ["-9", "-2.5", "4"]


def test_labels_of_numbers_that_say_no_answer() -> None:
    table = cells(["q1", "hours"], ["1", "-9"], ["1", "99"], ["1", "10"])
    table = replace(table, value_labels={1: {"-9": "Ei tietoa", "99": "EOS", "10": "paljon"}})
    batch = _batch(table)
    assert batch.reasons["hours"].tolist()[:2] == ["dont_know"] * 2 and batch.codes["hours"].tolist()[2] == "10"


def test_dots_group_thousands_beside_decimal_commas() -> None:
    batch = _batch(cells(["q1", "hours"], ["1", "2,5"], ["1", "1.500"], ["1", "3"]))
    assert batch.codes["hours"].tolist() == ["2.5", "1500", "3"]
    plain = _batch(cells(["q1", "hours"], ["1", "2.5"], ["1", "1.500"]))
    assert plain.codes["hours"].tolist() == ["2.5", "1.5"]


def test_a_code_written_with_a_decimal_comma() -> None:
    assert _batch(cells(["q1", "q2"], ["4,0", "3,00"], ["1,0", "2.0"])).codes["q1"].tolist() == ["4", "1"]
