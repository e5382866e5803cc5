"""SurveyMonkey: two rows of header, questions above several columns, equal options, keys that stay text."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from form_exports import ANSWERS, REAL, TEXTS, agree, as_csv, as_xlsx, batch, form, patched, put, read, rows, unmapped
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import ReadError
from pipeline.ingest import duplicates
from pipeline.ingest.content import Content
from pipeline.ingest.readers import surveymonkey

OWN = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name"]
OWN += ["Last Name", "Custom Data 1"]
GIVEN = ["10345678901", "4012", "10/14/2020 03:21:25 PM", "10/14/2020 03:25:25 PM", "192.0.2.1", "", "", "", ""]
NOTHING = [""] * len(OWN)
real = pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")


def export(first: list[str], second: list[str], *answers: Sequence[str | None]) -> list[list[Any]]:
    keys = [[f"1034567890{n}", *GIVEN[1:]] for n in range(len(answers))]
    return [[*OWN, *first], [*NOTHING, *second], *([*k, *a] for k, a in zip(keys, answers, strict=True))]


def test_questions_options_and_answers(tmp_path: Path) -> None:
    first = ["Ikä", "Mihin osallistuit?", "", "", "Kommentti"]
    second = ["Response", "Talkoot", "Retki", "Muu, mikä?", "Open-Ended Response"]
    table = export(first, second, ["45", "Talkoot", "", "laulu", "NA"], ["46", "", "", "", ""])
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "surveymonkey")
    asked = ("Mihin osallistuit? - Talkoot", "Mihin osallistuit? - Retki", "Mihin osallistuit? - Muu, mikä?")
    assert cells.header[9:] == ("Ikä - Response", *asked, "Kommentti - Open-Ended Response")
    assert cells.questions[9:] == ("Ikä", "", "", "", "Kommentti") and cells.rows.index.tolist() == [3, 4]
    assert cells.fields == {0: "response_key", 3: "submitted_at"} and cells.technical == {1, 2, 4, 5, 6, 7, 8}
    options = agree({"a": "Talkoot", "b": "Retki"}, "did")
    made = form(
        {"type": "integer", "name": "age", "label": "Ikä"},
        {"type": "select_multiple did", "name": "did", "label": "Mihin osallistuit?"},
        {"type": "text", "name": "say", "label": "Kommentti"},
        {"type": "text", "name": "other", "label": "Mihin osallistuit? - Muu, mikä?"},
        choices=options,
    )
    found = batch(cells, made)
    assert found.codes["age"].tolist() == ["45", "46"] and found.comments["say"].tolist()[0] == "NA"
    assert found.codes["did/a"].tolist()[0] == "1" and found.reasons["did/b"].tolist() == ["not_ticked", "no_answer"]
    assert found.comments["other"].tolist()[0] == "laulu" and not unmapped(found)
    assert str(found.responses["submitted_at"].iloc[0]) == "2020-10-14 15:25:25"
    assert found.responses["response_key"].tolist() == ["10345678900", "10345678901"]


FIRST, SECOND = ["Ikä", "Mihin osallistuit?", ""], ["Response", "Talkoot", "Retki"]


@pytest.mark.parametrize("kept", [slice(1, None), slice(2, 4), slice(3, None)])
def test_a_deleted_key_makes_no_respondent_of_the_second_row(tmp_path: Path, kept: slice) -> None:
    table = export(FIRST, SECOND, ["45", "Talkoot", ""], ["46", "", "Retki"])
    cells = read(put(tmp_path / "a.csv", as_csv([[*row[kept], *row[9:]] for row in table])), "surveymonkey")
    assert cells.rows.index.tolist() == [3, 4] and "response_key" not in cells.fields.values()
    assert cells.header[-2:] == ("Mihin osallistuit? - Talkoot", "Mihin osallistuit? - Retki")
    assert [cells.header[i] for i in cells.fields] == ["End Date"]


@pytest.mark.parametrize("answer", [["Response", "Response"], ["Open-Ended Response", "Retki"]])
def test_questions_alone_without_a_column_of_the_tool(tmp_path: Path, answer: list[str]) -> None:
    table = [["Ikä", "Opitko?", ""], [*answer, "Muu"], ["45", "kyllä", ""], ["46", "", "en"]]
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "surveymonkey")
    assert cells.rows.index.tolist() == [3, 4] and cells.questions[0] == "Ikä" and not cells.fields


def test_a_single_question_in_the_second_row_is_no_part_of_the_one_before(tmp_path: Path) -> None:
    table = [
        ["", "Mihin osallistuit?", "", "", "", "Kuinka usein?", "", ""],
        ["#", "Talkoot", "Retki", "Muu", "Ikäryhmä", "Lehti", "Verkko", "Muuta?"],
        ["a1", "Talkoot", "", "laulu", "30-39", "usein", "joskus", "kiitos"],
        ["a2", "", "Retki", "", "40-49", "joskus", "usein", "hyvä"],
    ]
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "surveymonkey")
    options = tuple(f"Mihin osallistuit? - {name}" for name in ("Talkoot", "Retki", "Muu"))
    assert cells.header == ("#", *options, "Ikäryhmä", "Kuinka usein? - Lehti", "Kuinka usein? - Verkko", "Muuta?")


def test_names_of_the_interface_for_programs(tmp_path: Path) -> None:
    table = export(FIRST, SECOND, ["45", "Talkoot", ""])
    table[0] = [
        "respondent_id",
        "collector_id",
        "date_created",
        "date_modified",
        "ip_address",
        *table[0][5:8],
        "custom_1",
    ]
    table[0] += FIRST
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "surveymonkey")
    assert cells.fields == {0: "response_key", 3: "submitted_at"} and cells.header[9] == "Ikä - Response"


@pytest.mark.parametrize(
    "table",
    [
        [["Nro", "Ikä", "Vastaus", "", "Laskuri"], ["1", "45", "kyllä", "", "Vastaus"], ["2", "46", "ei", "", "3"]],
        [["Nro", "Tapahtuma", "Opitko?", ""], ["", "", "Vastaus", "Perustelu"], ["1", "E1", "kyllä", "juu"]],
        [["", "", ""], ["#", "Opitko?", "Ikä"], ["1", "kyllä", "45"]],
    ],
)
def test_a_table_kept_by_hand_is_not_taken(tmp_path: Path, table: list[list[str]]) -> None:
    path = put(tmp_path / "a.csv", as_csv(table))
    assert not surveymonkey.recognises(Content(path, path.name))


def test_a_number_in_a_workbook_stays_a_key_without_a_point(tmp_path: Path) -> None:
    table: list[list[Any]] = [
        [*OWN[:4], "", "q"],
        [None, None, None, None, "", "Response"],
        [3292879998.0, 12.0, "1", "2", None, "x"],
    ]
    cells = read(as_xlsx(tmp_path / "a.xlsx", table), "surveymonkey")
    assert rows(cells) == [["3292879998", "12", "1", "2", "x"]] and cells.header[-1] == "q - Response"


def test_the_shape_is_enough_where_the_language_is_not_known(tmp_path: Path) -> None:
    own = ["Vastaajan tunnus", "Keräimen tunnus", "Aloituspäivä", "Päättymispäivä"]
    answers = [[f"1034567890{n}", "4012", "1.2.2020", "2.2.2020 12.00", "Hyvä", "", ""] for n in range(3)]
    table = [[*own, "Miten meni?", "Mitä?", ""], ["", "", "", "", "Vastaus", "Talkoot", "Retki"], *answers]
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "surveymonkey")
    assert cells.fields == {0: "response_key", 3: "submitted_at"} and cells.technical == {1, 2}
    assert cells.header[4:] == ("Miten meni? - Vastaus", "Mitä? - Talkoot", "Mitä? - Retki")
    assert cells.questions[4] == "Miten meni?"


def test_one_row_of_header_is_left_one(tmp_path: Path) -> None:
    table = [[*OWN, "q", "r"], [*GIVEN, "x", "y"], [*GIVEN, "z", ""]]
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "surveymonkey")
    assert len(cells.rows) == 2 and cells.header == (*OWN, "q", "r") and cells.dropped == ()
    assert cells.fields == {0: "response_key", 3: "submitted_at"}


def test_the_same_question_twice_stays_two_and_is_refused_by_name(tmp_path: Path) -> None:
    table = export(["Miten kuulit?", "Miten kuulit?"], ["Response", "Response"], ["a", None], [None, "b"])
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "surveymonkey")
    assert rows(cells)[0][9:] == ["a", None] and rows(cells)[1][9:] == [None, "b"]
    with pytest.raises(ReadError, match="columns 10 and 11 both hold 'q'"):
        batch(cells, form({"type": "text", "name": "q", "label": "Miten kuulit?"}))


def test_a_column_of_the_tool_has_no_options(tmp_path: Path) -> None:
    text = "Respondent ID,,,Kysymys,\n,Name,Email,Hyvä,Huono\n1000000001,a,b,1,\n1000000002,c,d,,1\n"
    cells = read(put(tmp_path / "a.csv", text.encode()), "surveymonkey")
    assert cells.header == ("Respondent ID", "Name", "Email", "Kysymys - Hyvä", "Kysymys - Huono")


def test_the_same_option_twice_breaks_nothing(tmp_path: Path) -> None:
    table = export(["Miten meni?"], ["Response"], ["Hyvä"], ["Huono"], ["Hyvä"])
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "surveymonkey")
    made = form(
        {"type": "select_one l", "name": "q", "label": "Miten meni?"}, choices=agree({"1": "Hyvä", "2": "Huono"})
    )
    assert batch(cells, made).codes["q"].tolist() == ["1", "2", "1"]


def test_a_longer_delivery_counts_nobody_twice(tmp_path: Path) -> None:
    short, longer = (export(["q"], ["Response"], *([["5"]] * n)) for n in (2, 3))
    made = form({"type": "integer", "name": "q", "label": "q"})
    files = [put(tmp_path / "a.csv", as_csv(short)), as_xlsx(tmp_path / "b.xlsx", longer)]
    _, repeats = duplicates.resolve([batch(read(path, "surveymonkey"), made) for path in files])
    assert [len(rows) for rows in repeats] == [0, 2]


@pytest.mark.parametrize(
    "text",
    [
        "ID,Kysymys 1,,Kysymys 2\n,a,b,c\n1,2,3,4\n",
        "Puhelin,Nimi\n0401234567,a\n0401234568,b\n",
        "Respondent ID,q\n10345678901,x\n",
        ",a,b\n1,2,3\n",
        "#,a,b\n1,2,3\n",
        "\n\n\n",
    ],
)
def test_other_tables_are_not_taken(tmp_path: Path, text: str) -> None:
    path = put(tmp_path / "a.csv", text.encode() + b"x")
    assert not surveymonkey.recognises(Content(path, path.name))


@real
def test_the_real_export_that_is_not_utf_8() -> None:
    cells = read(REAL / "surveymonkey" / "starwars_head150.csv", "surveymonkey")
    assert cells.rows.shape == (148, 38) and cells.rows.index[[0, -1]].tolist() == [3, 150]
    assert cells.remarks == ("the text is not UTF-8 and was read as windows-1252",)
    assert cells.rows[0].iloc[0] == "3292879998" and cells.rows[0].str.len().eq(10).all()
    assert cells.header[15].endswith("unfamiliar with him/her. - Han Solo") and cells.questions[34] == "Age"
    made = form({"type": "select_one l", "name": "g", "label": "Gender"}, choices=agree({"m": "Male", "f": "Female"}))
    found = batch(cells, made)
    assert found.codes["g"].notna().sum() == 148 - (found.reasons["g"] == "no_answer").sum()


@real
def test_the_real_export_with_spanning_questions() -> None:
    cells = read(REAL / "surveymonkey" / "cantera_spanning_headers.csv", "surveymonkey")
    assert cells.rows.shape == (60, 112) and cells.fields == {} and 0 in cells.technical
    others = [name for name in cells.header if name.endswith(" - Other")]
    assert len(others) == 7 and Counter(others)["What operating system(s) do you use? - Other"] == 1
    assert cells.header[7] == "What operating system(s) do you use? - Other" and cells.header[0] == "#"
    assert cells.header[8] == "Which interface(s) do you use to access Cantera? - Python"


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[list[str]], list[list[str | None]]]:
    """Return the header's two rows and answers: questions of one column, and of several."""
    words = TEXTS.filter(lambda text: text.casefold() not in ("response", "svar", "vastaus"))
    first, second = [], []
    for number in range(draw(st.integers(1, 4))):
        options = draw(st.just(["Response"]) | st.lists(words, min_size=1, max_size=3))
        first += [f"{number} {draw(words)}", *[""] * (len(options) - 1)]
        second += options
    first, second = ["Alku", *first], ["Response", *second]
    answers = draw(st.lists(st.lists(ANSWERS, min_size=len(first), max_size=len(first)), max_size=4))
    return [first, second], answers


@given(surveys())
def test_what_is_written_is_read(tmp_path: Path, survey: tuple[list[list[str]], list[list[str | None]]]) -> None:
    (first, second), answers = survey
    table = export(first, second, *answers)
    cells = read(put(tmp_path / "a.csv", as_csv(table, quoting=csv.QUOTE_ALL)), "surveymonkey")
    above = [next(name for name in reversed(first[: i + 1]) if name) for i in range(len(first))]
    assert cells.header == (*OWN, *(f"{a} - {o}" for a, o in zip(above, second, strict=True)))
    assert [row[len(OWN) :] for row in rows(cells)] == answers
    assert cells.rows.index.tolist() == list(range(3, len(answers) + 3))
    same = read(as_xlsx(tmp_path / "a.xlsx", table), "surveymonkey")
    assert same.rows.equals(cells.rows) and same.header == cells.header and same.questions == cells.questions


@given(at=st.integers(0, 10_000), patch=st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    table = export(["q", 'r "x"', ""], ["Response", "a", "b"], *([["x\ny", "a", ""]] * 4))
    patched(tmp_path / "b.csv", as_csv(table), at, patch)
