"""Rows of feedback that are no answer, and tables that name their event as a whole."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from ingest_folder import Folder, account, problems

from pipeline.ingest import no_answer
from pipeline.ingest.content import Content
from pipeline.ingest.dates import half_turned, parse_times
from pipeline.ingest.folding import fold
from pipeline.ingest.personal_patterns import kinds, mask_text

FORM = "Lomake nro;Tapahtuma;q1;Ikä;Muuta sanottavaa\n"
BARE = "Lomake nro;q1;Ikä;Muuta sanottavaa\n"


def _folder(raw: Path) -> Folder:
    return Folder(raw).events("E1,A1,Pihatalkoot,Talkoot,2017-05-12", "E2,A1,Avoimet ovet,,2017-06-12")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Lomake nro;Tapahtuma;q1;Ikä;Muuta sanottavaa", no_answer.AGAIN),
        ("Keskiarvo;;2;33;", no_answer.SUMMARY),
        (";Yhteensä;8;99;", no_answer.SUMMARY),
        ("7;;;;", no_answer.NUMBER_ONLY),
        ("7;E1;1;20;tämä on testi", no_answer.TRIAL),
        ("7;E1;1;20;testataan vaan", no_answer.TRIAL),
        ("7;E1;1;20;TESTI 1", no_answer.TRIAL),
        ("7;E1;1;20;Testi oli pitkä", None),
        ("7;E1;1;20;yhteensä hyvä", None),
        ("7;E1;;;", None),
    ],
)
def test_what_is_no_answer_is_set_aside(tmp_path: Path, row: str, reason: str | None) -> None:
    rows = ["1;E1;samaa mieltä;45;hyvä", row, "3;E1;eri mieltä;30;"]
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", FORM + "\n".join(rows) + "\n").ingest()
    assert account(tables, "feedback/a.csv") == ((3, 2, 0, 1) if reason else (3, 3, 0, 0))
    assert (reason in problems(tables, "feedback/a.csv")) == bool(reason)


@pytest.mark.parametrize("where", ["sheet", "title", "file", "none"])
def test_the_event_of_a_whole_table(tmp_path: Path, where: str) -> None:
    folder = _folder(tmp_path / "raw")
    rows = [line.split(";") for line in (BARE.strip(), "1;samaa mieltä;45;hyvä", "2;eri mieltä;30;")]
    rows = [["Avoimet ovet 12.6.2017"], [], *rows] if where == "title" else rows
    name = "E2 palautteet.xlsx" if where == "file" else "paperit.xlsx"
    (folder.raw / "feedback").mkdir()
    sheet = "Avoimet ovet" if where == "sheet" else "Taul1"
    pd.DataFrame(rows).to_excel(
        folder.raw / "feedback" / name, sheet_name=sheet, index=False, header=False, engine="xlsxwriter"
    )
    tables = folder.ingest()
    assert tables["responses"]["event_id"].fillna("-").tolist() == (["-", "-"] if where == "none" else ["E2", "E2"])
    said = problems(tables, f"feedback/{name}")
    told = {"sheet": "the name of the sheet", "title": "the title above the table", "file": "the name of the file"}
    assert any("2 of 2 responses name no event" in text for text in said) == (where == "none")
    assert (f"event E2 was taken from {told.get(where)}" in said) == (where != "none")


def test_two_halves_of_a_cut_record_are_told_where_no_last_cell_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for text, short in (
        ("a;b;c\n1;2;3\n1;ku\nka;3\n1;2;3\n", {3, 4}),
        ("a;b;c\nhyvä\nkiitos;2;3\n1;2;3\n", {2}),
        ("a;b;c\n1;2\n1;2;3\n1;2\n", set()),  # the file leaves empty cells out
    ):
        path.write_text(text, "utf-8")
        content = Content(path, "a.csv")
        assert content.sheets and set(content.uneven_rows[0]) == short


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("maija.virtanen(a)posti.example", "e-mail address", "[sähköposti]"),
        ("maija [ät] posti.example", "e-mail address", "[sähköposti]"),
        ("maija(miuku)posti.example", "e-mail address", "[sähköposti]"),
        ("soita 040.123.45.67", "phone number", "soita [puhelin]"),
        ("soita 040/123 45 67 illalla", "phone number", "soita [puhelin] illalla"),
        ("050*123*4567", "phone number", "[puhelin]"),
        ("tunnus 131052308T", "identity code", "tunnus [henkilötunnus]"),
    ],
)
def test_disguises_of_contacts_are_masked(text: str, kind: str, masked: str) -> None:
    assert kinds(text) == {kind} and mask_text(text) == masked


@pytest.mark.parametrize(
    "text", ["kohta (a) on hyvä.kiitos", "08.30-10.15", "1.2.2018 12.00", "131052308X", "1310523081", "ABC131052308T"]
)
def test_what_is_no_contact_stays(text: str) -> None:
    assert mask_text(text) == text


def test_dates_that_a_spreadsheet_half_turned_are_said(tmp_path: Path) -> None:
    assert not half_turned(pd.Series(["2018-04-03", "2018-11-20", "3/14/2018"]))
    assert not half_turned(pd.Series(["2018-04-03", "2018-11-02", "13.4.2018"]))
    form = "Aikaleima;q1\n2018-04-03 10:00;1\n2018-11-02 11:00;2\n3/14/2018 12:00;1\n"
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", form).ingest()
    assert any("taken the month for the day" in text for text in problems(tables))


def test_dashes_are_one() -> None:
    assert fold("30\u201364 vuotta") == fold("30-64 vuotta") == fold("30\u221264 vuotta")


def test_an_unsure_number_is_no_answer(tmp_path: Path) -> None:
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", FORM + "1;E1;2?;45;\n2;E1;2.;45;\n").ingest()
    answers = tables["answers"][tables["answers"]["item"] == "q1"]
    assert answers["code"].fillna(answers["missing_reason"]).tolist() == ["invalid", "2"]


def test_a_date_and_many_blanks_take_no_time() -> None:
    texts = pd.Series(["12.5.2018" + " " * 32_000 + "x", "12.5.2018" + " \t" * 20 + "klo 9.05"])
    assert parse_times(texts)["wrong"].tolist() == [True, False]
