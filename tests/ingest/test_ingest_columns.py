"""Columns are found by any spelling, in any order; what is not known is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from form_exports import form
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import cells, instrument, question

from pipeline.core.errors import ReadError
from pipeline.ingest.columns import Column, match

INSTRUMENT = instrument()


def _match(*header: str, **more: object) -> list[tuple[str, str, str | None]]:
    columns, _ = match(cells(header, ["x"] * len(header), **more), INSTRUMENT)
    return [(c.question, c.role, c.option) for c in columns]


@pytest.mark.parametrize(
    "header",
    ["q1", "Q1", "Sain äänen kuuluviin", " SAIN  äänen kuuluviin: ", "Sain\nääni".replace("ääni", "äänen kuuluviin")],
)
def test_a_question_by_name_or_label(header: str) -> None:
    assert _match(header) == [("q1", "single", None)]


@pytest.mark.parametrize(
    "header",
    [
        "Mihin osallistuit? [Lapset, nuoret ja perheet]", "Mihin osallistuit [fam]", "did[fam]", "did/fam", "did_fam",
        "did.fam", "Mihin osallistuit?: Lapset, nuoret ja perheet", "Mihin osallistuit? - Lapset, nuoret ja perheet",
        "Mihin osallistuit?/Lapset, nuoret ja perheet", "Mihin osallistuit? (Lapset, nuoret ja perheet)",
        "did___fam", "Mihin osallistuit?:Lapset, nuoret ja perheet",
    ],
)  # fmt: skip
def test_one_column_per_option_as_tools_write_it(header: str) -> None:
    assert _match(header) == [("did", "option", "fam")]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("3. Sain äänen kuuluviin", ("q1", "single", None)),
        ("Q12: Sain äänen kuuluviin", ("q1", "single", None)),
        ("4.1 Sain äänen kuuluviin", ("q1", "single", None)),
        ("2) Mihin osallistuit?: Lapset, nuoret ja perheet", ("did", "option", "fam")),
        ("<b>Sain äänen</b>&nbsp;kuuluviin", ("q1", "single", None)),
        ("1) Mihin osallistuit? Lapset, nuoret ja perheet&nbsp;", ("did", "option", "fam")),
    ],
)
def test_a_number_and_formatting_are_no_part_of_a_question(header: str, found: tuple[str, str, str | None]) -> None:
    assert _match(header) == [found]


GRID = form(
    {"type": "begin_group", "name": "then", "label": "Ennen"},
    question("integer", "a_before", "Kysyin"),
    question("integer", "b_before", "Kuuntelin"),
    {"type": "end_group", "name": ""},
    {"type": "begin_group", "name": "now", "label": "Nyt"},
    question("integer", "a_now", "Kysyin"),
    question("integer", "b_now", "Kuuntelin"),
    {"type": "end_group", "name": ""},
    question("integer", "c", "Viihdyin"),
    question("integer", "d", "Opin uutta"),
)


def _in_grid(*header: str) -> list[str]:
    columns, findings = match(cells(header, ["1"] * len(header)), GRID)
    assert len(columns) + len(findings) == len(header)
    return [column.question for column in columns]


@pytest.mark.parametrize("mark", [": ", " - ", " – ", "/", " ["])
def test_the_statements_of_a_grid_are_known_by_themselves(mark: str) -> None:
    assert _in_grid(f"2. Väitteet{mark}Viihdyin", f"2. Väitteet{mark}Opin uutta") == ["c", "d"]
    assert _in_grid(f"Väitteet{mark}Viihdyin", f"Väitteet{mark}Muuta") == []  # one could be a chance


def test_a_statement_asked_twice_is_told_by_its_group_or_left_to_a_person() -> None:
    twice = [f"{when}: {what}" for when in ("Ennen", "Nyt") for what in ("Kysyin", "Kuuntelin")]
    assert _in_grid(*twice) == ["a_before", "b_before", "a_now", "b_now"]
    assert _in_grid("Silloin: Viihdyin", "Silloin: Opin uutta", "Nyt: Viihdyin", "Nyt: Opin uutta") == []
    assert _in_grid("Väitteet: Viihdyin", "Väitteet: Opin uutta", "Viihdyin") == ["d", "c"]


def test_one_question_under_two_numbers_is_two_columns_of_it() -> None:
    with pytest.raises(ReadError, match="columns 1 and 2 both hold"):
        _match("1. Sain äänen kuuluviin", "2. Sain äänen kuuluviin")


def test_the_question_above_each_column_of_its_option_texts_is_a_block() -> None:
    def found(*rows: list[str | None]) -> list[str]:
        header = ["q1", *["Mihin osallistuit?"] * 3]
        return [c.role for c in match(cells(header, *rows), INSTRUMENT)[0]]

    assert found(["x", "Muu", None, None], ["x", None, None, "Työ, koulutus"]) == ["single", "block", "block", "block"]
    with pytest.raises(ReadError, match="both hold"):  # the same column twice
        found(["x", "Muu", "Muu", None])
    with pytest.raises(ReadError, match="both hold"):  # ticks joined in one cell, and the question asked again
        found(["x", "Muu", "Työ, koulutus", None], ["x", "Työ, koulutus", None, None])


def test_options_that_differ_by_a_sign_stay_apart() -> None:
    choices = [{"list_name": "n", "name": n, "label": n} for n in ("3", "3+")]
    made = instrument([question("select_multiple n", "lapsia", "Montako lasta?")], choices)
    columns, _ = match(cells(["Montako lasta? [3]", "Montako lasta? [3+]"], ["1", "1"]), made)
    assert [c.option for c in columns] == ["3", "3+"]


def test_a_variable_label_names_a_column_too() -> None:
    assert _match("V7", questions=("Opin uutta",)) == [("q2", "single", None)]


@given(st.permutations(["q1", "q2", "did", "age", "say", "event", "Tuntematon"]))
def test_the_order_of_columns_does_not_matter(header: list[str]) -> None:
    columns, findings = match(cells(header, ["x"] * len(header)), INSTRUMENT)
    assert {(c.question, header[c.index]) for c in columns} == {(n, n) for n in header if n != "Tuntematon"}
    assert [f.place.column for f in findings] == ["Tuntematon"]


def test_an_empty_unknown_column_is_no_finding() -> None:
    assert match(cells(["q1", "Tuntematon"], ["x", None]), INSTRUMENT)[1] == []


def test_unnamed_columns_right_of_a_multiple_choice_belong_to_it() -> None:
    assert _match("did", "", "Unnamed: 2", "q1", "") == [
        ("did", "block", None), ("did", "block", None), ("did", "block", None), ("q1", "single", None),
    ]  # fmt: skip


def test_an_unnamed_column_further_right_does_not() -> None:
    columns, findings = match(cells(["did", "Tuntematon", ""], ["x", "y", "z"]), INSTRUMENT)
    assert columns == [Column(0, "did", "joined")]
    assert [f.place.column for f in findings] == ["Tuntematon", "column 3"]


@pytest.mark.parametrize("header", [("q1", "Sain äänen kuuluviin"), ("did/fam", "did[fam]"), ("event", "Tapahtuma")])
def test_two_columns_of_one_question_are_refused(header: tuple[str, str]) -> None:
    with pytest.raises(ReadError, match="columns 1 and 2 both hold"):
        _match(*header)


def test_a_header_two_questions_share_is_said_not_guessed() -> None:
    made = instrument([question("integer", n, "Sama kysymys") for n in "ab"], [])
    columns, findings = match(cells(["Sama kysymys", "a"], ["1", "2"]), made)
    assert [c.question for c in columns] == ["a"] and "or more than one" in findings[0].problem


def test_a_header_of_two_rows_is_known_by_all_it_says() -> None:
    rows = [
        {"type": "select_multiple did", "name": "did", "label::Suomi (fi)": "Mitä teit?"},
        {"type": "text", "name": "did_muu", "label::Suomi (fi)": "Muu, mikä?"},
    ]
    options = [
        {"list_name": "did", "name": n, "label::Suomi (fi)": t} for n, t in (("a", "Uinti"), ("muu", "Muu, mikä?"))
    ]
    table = replace(
        cells(["Mitä teit? - Uinti", "Mitä teit? - Muu, mikä?"], ["x", None]), questions=("Uinti", "Muu, mikä?")
    )
    columns, _ = match(table, instrument(rows, options))
    assert [(column.question, column.option) for column in columns] == [("did", "a"), ("did", "muu")]
