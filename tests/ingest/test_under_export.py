"""Remarks, sums and small tables that people write under a tool's export: set aside, and nobody else with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from ingest_folder import Folder, account, problems

from pipeline.ingest import no_answer
from pipeline.ingest.under_export import UNDER

GOOGLE = ["Aikaleima;q1;q2;Ikä;Muuta sanottavaa"]
GOOGLE += [f"{day}.5.2018 8.00.00;samaa mieltä;eri mieltä;4{day};hyvä" for day in range(1, 9)]
MS = ["ID;Start time;Completion time;Email;Name;q1;q2;Ikä;Muuta sanottavaa"]
MS += [f"{n};1{n}.5.2018 8.05;1{n}.5.2018 8.09;anonymous;;samaa mieltä;eri mieltä;4{n};" for n in range(1, 5)]
REDCAP = ["record_id;redcap_survey_identifier;redcap_event_name;q1;q2;Ikä", *(f"{n};;a;2;3;4{n}" for n in range(1, 5))]
QUALTRICS = ["StartDate;EndDate;Status;Progress;Finished;ResponseId;q1;q2;Ikä;Muuta sanottavaa"]
QUALTRICS += [f"2018-05-1{n} 08:00:00;2018-05-1{n} 08:05:00;0;100;1;R_{n};2;3;4{n};" for n in range(1, 5)]
TYPEFORM = ["#;q1;q2;Ikä;Start Date (UTC);Submit Date (UTC);Network ID"]
TYPEFORM += [f"abcdefghijkl1{n};2;3;4{n};2018-05-1{n} 08:00:00;2018-05-1{n} 08:05:00;a{n}" for n in range(1, 5)]


def _folder(raw: Path) -> Folder:
    return Folder(raw).events("E1,A1,Pihatalkoot,Talkoot,2018-05-12")


def _aside(tmp_path: Path, rows: list[str], more: list[str]) -> tuple[int, set[str]]:
    width = rows[0].count(";")
    text = "\n".join([*rows, *(row + ";" * (width - row.count(";")) for row in more)]) + "\n"
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", text).ingest()
    read, accepted, duplicates, aside = account(tables, "feedback/a.csv")
    assert (accepted + duplicates + aside, duplicates) == (read, 0) and accepted >= 4
    return aside, set(problems(tables, "feedback/a.csv"))


@pytest.mark.parametrize("export", [GOOGLE, MS, REDCAP, QUALTRICS, TYPEFORM])
@pytest.mark.parametrize("blank", [[], [""]])
def test_remarks_under_an_export_are_no_respondents(tmp_path: Path, export: list[str], blank: list[str]) -> None:
    notes = ["Huom! Vastauksia tuli vähän", "Tarkistettu 3.1.2019 MV"]
    aside, said = _aside(tmp_path, export, [*blank, *notes])
    # what was not sent in Typeform has no time there either
    assert aside == 2 and said & {UNDER, "not submitted"}


@pytest.mark.parametrize("export", [GOOGLE, MS, REDCAP, QUALTRICS, TYPEFORM])
def test_sums_under_an_export_are_no_respondents(tmp_path: Path, export: list[str]) -> None:
    aside, said = _aside(tmp_path, export, ["Yhteensä;4"])
    assert aside == 1 and said & {UNDER, no_answer.SUMMARY, "not submitted"}


def test_means_beside_a_word_in_a_column_of_the_tool_are_no_answers(tmp_path: Path) -> None:
    aside, said = _aside(tmp_path, MS, ["Keskiarvo;;;;;3,2;2,1;42,5"])
    assert aside == 1 and no_answer.SUMMARY in said


def test_a_table_of_counts_below_a_blank_row_is_no_answer(tmp_path: Path) -> None:
    counts = ["", ";;Huom:", ";;NAINEN;MIES;YHT", ";HYVÄ;8;3;11", ";HUONO;2;1;3", ";YHT;10;4;14"]
    aside, said = _aside(tmp_path, GOOGLE, counts)
    assert aside == 5 and UNDER in said


@pytest.mark.parametrize(
    ("export", "row"),
    [
        (GOOGLE, "9.5.2018 8.00.00"),  # sent empty
        (GOOGLE, "9.5.2018 8.00.00;;;;vain tämä"),
        (GOOGLE, ";samaa mieltä;eri mieltä;30;"),  # keyed in under the others
        (GOOGLE, ";;eri mieltä;30;kiitos"),
        (MS, "9;12.5.2018 8.05;12.5.2018 8.09;anonymous"),
        (QUALTRICS, "2018-05-19 08:00:00;2018-05-19 08:05:00;0;100;1;R_9"),
        (REDCAP, "9"),
        (REDCAP, "9-b"),
        (TYPEFORM, "abcdefghijkl19;;;;2018-05-19 08:00:00;2018-05-19 08:05:00;a9"),
    ],
)
@pytest.mark.parametrize("blank", [[], [""]])
def test_whoever_answered_little_is_still_a_respondent(
    tmp_path: Path, export: list[str], row: str, blank: list[str]
) -> None:
    aside, said = _aside(tmp_path, export, [*blank, row])
    assert aside == 0 and UNDER not in said


def test_times_that_a_spreadsheet_has_spoilt_in_every_row_set_nobody_aside(tmp_path: Path) -> None:
    aside, _ = _aside(tmp_path, [line.replace("8.00.00", "klo kahdeksan aamulla") for line in GOOGLE], ["########"])
    assert aside == 0
