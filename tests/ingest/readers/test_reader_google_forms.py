"""Google Forms: its times in every dress, ticks joined in two ways, grids, quizzes, the linked sheet."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from form_exports import (
    ANSWERS,
    REAL,
    STAMP,
    TEXTS,
    agree,
    as_csv,
    as_xlsx,
    batch,
    form,
    patched,
    put,
    read,
    rows,
    unmapped,
)
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import duplicates, readers
from pipeline.ingest.content import Content
from pipeline.ingest.readers import google_forms

OPTIONS = {"fam": "Lapset, nuoret ja perheet", "work": "Työ, koulutus", "other": "Muu, mikä?"}
LIKERT = agree({"1": "Eri mieltä", "2": "Samaa mieltä"})


@pytest.mark.parametrize(
    ("header", "text", "moment"),
    [
        ("Timestamp", "3/18/20 18:42", "2020-03-18 18:42:00"),
        ("Timestamp", "2022/06/22 11:07:29 AM AST", "2022-06-22 11:07:29"),
        ("Timestamp", "2022/06/22 1:07:29 PM GMT+3", "2022-06-22 13:07:29"),
        ("Aikaleima", "2022/06/22 1:07:29 ip. EEST", "2022-06-22 13:07:29"),
        ("Aikaleima", "4.9.2023 14.54.27", "2023-09-04 14:54:27"),
        ("Tidstämpel", "2023-09-29 14.54.27", "2023-09-29 14:54:27"),
    ],
)
def test_the_time_of_submission_in_every_dress(tmp_path: Path, header: str, text: str, moment: str) -> None:
    cells = read(put(tmp_path / "a.csv", as_csv([[header, "Ikä"], [text, "45"]])), "google_forms")
    assert cells.header == (header, "Ikä") and cells.fields == {0: "submitted_at"} and rows(cells) == [[text, "45"]]
    found = batch(cells, form({"type": "integer", "name": "age", "label": "Ikä"}))
    assert str(found.responses["submitted_at"].iloc[0]) == moment and found.responses["timed"].all()
    assert not found.findings


def test_days_up_to_twelve_are_said_to_be_ambiguous(tmp_path: Path) -> None:
    cells = read(put(tmp_path / "a.csv", as_csv([["Timestamp", "q"], ["3/4/20 18:42", "x"]])), "google_forms")
    assert cells.remarks == ("the dates in column 'Timestamp' could be day first or month first: read day first",)
    clear = [["Timestamp", "q"], ["3/4/20 18:42", "x"], ["3/14/20 18:42", "x"]]
    assert read(put(tmp_path / "a.csv", as_csv(clear)), "google_forms").remarks == ()


@pytest.mark.parametrize("mark", [";", ", "])
def test_ticks_joined_in_either_form_of_csv(tmp_path: Path, mark: str) -> None:
    ticks = mark.join([OPTIONS["fam"], OPTIONS["work"]])
    content = as_csv(
        [["Timestamp", "Mihin osallistuit?"], ["2022/06/22 11:07:29 AM AST", ticks]], quoting=csv.QUOTE_ALL
    )
    cells = read(put(tmp_path / "a.csv", content), "google_forms")
    made = form(
        {"type": "select_multiple did", "name": "did", "label": "Mihin osallistuit?"}, choices=agree(OPTIONS, "did")
    )
    found = batch(cells, made)
    assert found.codes.iloc[0].dropna().to_dict() == {"did/fam": "1", "did/work": "1"}
    assert found.reasons["did/other"].tolist() == ["not_ticked"] and not found.findings


def test_a_grid_has_a_column_per_row(tmp_path: Path) -> None:
    header = ["Aikaleima", "Väittämät [Sain äänen]", "Väittämät [Opin]", "Muuta "]
    cells = read(
        put(tmp_path / "a.csv", as_csv([header, ["2023-09-29 14.54.27", "Samaa mieltä", "", "None"]])), "google_forms"
    )
    assert cells.header == (*header[:3], "Muuta") and rows(cells)[0][1:] == ["Samaa mieltä", None, "None"]
    made = form(
        {"type": "select_one l", "name": "q1", "label": "Väittämät [Sain äänen]"},
        {"type": "select_one l", "name": "q2", "label": "x", "aliases": "Väittämät [Opin]"},
        {"type": "text", "name": "say", "label": "Muuta"},
        choices=LIKERT,
    )
    found = batch(cells, made)
    assert found.codes["q1"].tolist() == ["2"] and found.reasons["q2"].tolist() == ["no_answer"]
    assert found.comments["say"].tolist() == ["None"] and not found.findings


def test_addresses_and_points_are_the_tools(tmp_path: Path) -> None:
    header = ["Timestamp", "Username", "Total score", "q", "q [Score]", "q [Feedback]", "Email"]
    answers = ["2022/06/22 11:07:29 AM EET", "a@example.org", "1.00 / 2", "x", "1.00 / 2", "", "asked"]
    cells = read(put(tmp_path / "a.csv", as_csv([header, answers])), "google_forms")
    assert cells.technical == {1, 2, 4, 5}
    assert unmapped(batch(cells, form({"type": "text", "name": "q", "label": "q"}))) == [str(cells.place(column=6))]
    late = ["Aikaleima", "Palaute [Palaute]", "Sähköpostiosoite"]
    cells = read(put(tmp_path / "a.csv", as_csv([late, ["2023-09-29 14.54.27", "5", "a@b.fi"]])), "google_forms")
    assert cells.technical == {2}


def test_the_linked_sheet_and_what_stands_beside_it(tmp_path: Path) -> None:
    table: list[list[Any]] = [["Aikaleima", "Ikä", ""], [STAMP, 45.0, None], [None, None, None], [STAMP, 46.0, None]]
    path = as_xlsx(tmp_path / "a.xlsx", table, "Form Responses 1", Summary=[["Ryhmä", "n"], ["a", 1.0]])
    reader, (answers, other) = readers.read(path, "a.xlsx")
    assert reader.NAME == "google_forms" and (other.header, other.fields) == (("Ryhmä", "n"), {})
    assert rows(answers) == [["2023-09-29 14:54:27", "45"], ["2023-09-29 14:54:27", "46"]]
    assert answers.rows.index.tolist() == [2, 4] and answers.blank == 1 and answers.sheet == "Form Responses 1"


def test_a_copy_that_went_through_r_counts_nobody_twice(tmp_path: Path) -> None:
    times = [f"2023-09-29 14.5{i}.27" for i in range(3)]
    first = as_csv([["Tidstämpel", "q"], *([time, str(i)] for i, time in enumerate(times))])
    passed = [[str(i), time.replace(".", ":") + ".120", str(i), "29"] for i, time in enumerate(times)]
    later = as_csv([["", "Tidstämpel", "q", "day"], *passed, ["4", "2023-10-02 09:00:00.5", "0", "2"]])
    one = read(put(tmp_path / "a.csv", first), "google_forms")
    two = read(put(tmp_path / "b.csv", later), "google_forms")
    assert two.fields == {1: "submitted_at"} and two.technical == {0} and two.header == ("", "Tidstämpel", "q", "day")
    made = form({"type": "integer", "name": "q", "label": "q"})
    _, repeats = duplicates.resolve([batch(one, made), batch(two, made)])
    assert [len(rows) for rows in repeats] == [0, 3]


def test_equal_times_of_a_pile_are_nobodys_repeat(tmp_path: Path) -> None:
    header, time = ["Timestamp", "Name", "q"], "2023-09-29 14.54.27"
    cells = read(
        put(tmp_path / "a.csv", as_csv([header, [time, "Aino ", "1"], [time, "Eino", "2"], [time, "Aino", "1"]])),
        "google_forms",
    )
    _, repeats = duplicates.resolve([batch(cells, form({"type": "integer", "name": "q", "label": "q"}))])
    assert len(cells.rows) == 3 and not len(repeats[0])


@pytest.mark.parametrize(
    "text",
    [
        "Timestamp,q\nyesterday,1\nMonday,2\n",
        "timestamp,value\n2023-09-29 14:54:27,1\n",
        "Name,Timestamp\na,2023-09-29 14:54:27\n",
        "Timestamp,q\n2023-09-29,1\n",
        "Timestamp\n2023-09-29 14:54:27\n",
        "\n\n",
    ],
)
def test_other_tables_are_not_taken(tmp_path: Path, text: str) -> None:
    path = put(tmp_path / "a.csv", text.encode() + b"x")
    assert not google_forms.recognises(Content(path, path.name))


@pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")
def test_the_real_form_without_a_time_is_a_plain_table() -> None:
    path = REAL / "google_forms" / "workshop_registration.csv"
    _, (cells,) = readers.read(path, path.name)
    assert cells.rows.shape == (12, 15) and cells.header[10] == "Major or Concentration"
    assert cells.rows[11].notna().sum() == 5 and cells.rows.index[-1] == 13


# in a table of few lines a mark of another separator could be the separator
HEADERS = TEXTS.filter(lambda text: not set(text) & set(";|\t")).map(lambda text: f"q {text}")


@given(
    st.lists(HEADERS, min_size=1, max_size=5).flatmap(
        lambda header: st.tuples(
            st.just(header), st.lists(st.lists(ANSWERS, min_size=len(header), max_size=len(header)), max_size=5)
        )
    )
)
def test_what_is_written_is_read(tmp_path: Path, survey: tuple[list[str], list[list[str | None]]]) -> None:
    header, answers = survey
    records: list[list[Any]] = [[f"2022/06/{i:02} 11:07:29 AM AST", *row] for i, row in enumerate(answers, 1)]
    table: list[list[Any]] = [["Timestamp", *header], *records]
    cells = read(put(tmp_path / "a.csv", as_csv(table, quoting=csv.QUOTE_ALL)), "google_forms")
    assert cells.header == ("Timestamp", *(name.strip() for name in header)) and rows(cells) == records
    assert read(as_xlsx(tmp_path / "a.xlsx", table), "google_forms").rows.equals(cells.rows)


@given(at=st.integers(0, 10_000), patch=st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    table = [["Timestamp", "q", 'r "x"'], *([f"2022/06/22 11:07:{i:02} AM AST", "a;b", "x\ny"] for i in range(5))]
    patched(tmp_path / "b.csv", as_csv(table), at, patch)


@pytest.mark.parametrize("write", ["csv", "xlsx"])
def test_a_row_longer_than_the_header_has_moved(tmp_path: Path, write: str) -> None:
    times = [f"4.9.2023 14.54.2{i}" for i in range(4)]
    table: list[list[Any]] = [["Aikaleima", "q", "say"], *[[time, "1", "ok"] for time in times]]
    table[2] = [times[1], "1", "hyvä", "34"]
    path = put(tmp_path / "a.csv", as_csv(table)) if write == "csv" else as_xlsx(tmp_path / "a.xlsx", table)
    assert read(path, "google_forms").overlong == (3,)


def test_columns_the_tool_left_without_a_name_move_nothing(tmp_path: Path) -> None:
    table = [["Aikaleima", "q", ""], *[[f"4.9.2023 14.54.2{i}", "1", "x"] for i in range(3)]]
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "google_forms")
    assert cells.overlong == () and cells.header == ("Aikaleima", "q", "")
