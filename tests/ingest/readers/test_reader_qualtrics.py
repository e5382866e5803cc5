"""Qualtrics: three rows of header and two, names used twice, previews and unfinished responses, -99."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from form_exports import ANSWERS, REAL, TEXTS, agree, as_csv, as_xlsx, batch, form, patched, put, read, rows, unmapped
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import duplicates
from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.readers import qualtrics

OWN = {
    "StartDate": "startDate",
    "EndDate": "endDate",
    "Status": "status",
    "Progress": "progress",
    "Finished": "finished",
    "RecordedDate": "recordedDate",
    "ResponseId": "_recordId",
    "DistributionChannel": "distributionChannel",
    "UserLanguage": "userLanguage",
}
GIVEN = {
    "StartDate": "2017-07-18 08:28:09",
    "EndDate": "2017-07-18 08:28:48",
    "Status": "0",
    "Progress": "100",
    "Finished": "1",
    "RecordedDate": "2017-07-18 08:28:49",
    "ResponseId": "R_2YPOQ602ER1jkf{}",
    "DistributionChannel": "anonymous",
    "UserLanguage": "FI",
}
LEGACY = ["ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status"]
LEGACY += ["StartDate", "EndDate", "Finished"]
real = pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")


def import_ids(ids: list[str]) -> list[str]:
    return [json.dumps({"ImportId": code}, separators=(",", ":")) for code in ids]


def heads(names: list[str], texts: list[str], ids: list[str]) -> list[list[Any]]:
    return [[*OWN, *names], [f"{name} (fi)" for name in OWN] + texts, import_ids([*OWN.values(), *ids])]


def line(*answers: str | None, n: int = 0, **own: str) -> list[Any]:
    return [*({**GIVEN, **own}[name].format(n) for name in OWN), *answers]


def of(path: Path, rows: Sequence[Sequence[Any]]) -> Cells:
    return read(put(path, as_csv(rows, quoting=csv.QUOTE_ALL)), "qualtrics")


def test_names_texts_and_ids(tmp_path: Path) -> None:
    texts = ["Miten meni?", "Mihin? - Selected Choice - Talkoot", "Mihin? - Muu - Text"]
    table = heads(["Q1", "Q2_1", "Q2_4_TEXT"], texts, ["QID1", "QID2_1", "QID2_4_TEXT"])
    cells = of(tmp_path / "a.csv", [*table, line("Hyvin", "Talkoot", ""), line("", "", "", n=1)])
    assert cells.header == (*OWN, "Q1", "Q2_1", "Q2_4_TEXT") and cells.rows.index.tolist() == [4, 5]
    assert cells.questions[-3:] == ("Miten meni?", "Mihin? - Talkoot", "Mihin? - Muu - Text")
    assert cells.fields == {6: "response_key", 1: "submitted_at", 8: "language"} and cells.technical == {
        0,
        2,
        3,
        4,
        5,
        7,
    }
    made = form(
        {"type": "select_one l", "name": "how", "label": "Miten meni?"},
        {"type": "select_multiple d", "name": "did", "label": "Mihin?"},
        {"type": "text", "name": "Q2_4_TEXT", "label": "x"},
        choices=(*agree({"1": "Hyvin"}), *agree({"a": "Talkoot"}, "d")),
    )
    found = batch(cells, made)
    assert found.codes["how"].tolist()[0] == "1" and found.codes["did/a"].tolist()[0] == "1" and not found.findings
    assert found.reasons.iloc[1].tolist() == ["no_answer", "no_answer"]
    assert found.responses["language"].tolist() == ["fi", "fi"]
    assert str(found.responses["submitted_at"].iloc[0]) == GIVEN["EndDate"]


def test_a_name_used_twice_is_replaced_by_the_import_id(tmp_path: Path) -> None:
    table = heads(["Q3.13", "Q3.13", "Q4"], ["Osallisuus", "Omatoimisuus", "Muu"], ["QID18", "QID9", "QID4"])
    cells = of(tmp_path / "a.csv", [*table, line("7", "4", "1")])
    assert cells.header[-3:] == ("QID18", "QID9", "Q4") and rows(cells)[0][-3:] == ["7", "4", "1"]
    assert "row 1: 2 names used twice, replaced by import ids" in cells.dropped
    made = form(
        {"type": "integer", "name": "a", "label": "x", "aliases": "QID18"},
        {"type": "integer", "name": "b", "label": "Omatoimisuus"},
    )
    found = batch(cells, made)
    assert (found.codes["a"].tolist(), found.codes["b"].tolist()) == (["7"], ["4"])


def test_options_are_told_apart_by_their_own_id(tmp_path: Path) -> None:
    first, second, _ = heads(["Q5", "Q5"], ["a", "b"], ["QID5", "QID5"])
    ids = [*import_ids(list(OWN.values())), *(json.dumps({"ImportId": "QID5", "choiceId": n}) for n in "12")]
    assert of(tmp_path / "a.csv", [first, second, ids, line("x", "y")]).header[-2:] == ("QID5_1", "QID5_2")


@pytest.mark.parametrize(
    ("own", "reason"),
    [
        ({"Status": "1"}, "preview"),
        ({"Status": "17"}, "preview"),
        ({"Status": "9"}, "preview"),
        ({"Status": "Survey Preview"}, "preview"),
        ({"DistributionChannel": "preview"}, "preview"),
        ({"Status": "2"}, "test answer"),
        ({"Status": "Survey Test"}, "test answer"),
        ({"Status": "8"}, "spam"),
        ({"Finished": "0", "Progress": "40"}, "not submitted"),
        ({"Finished": "False"}, "not submitted"),
        ({"Status": "16"}, None),
        ({"Status": "4"}, None),
        ({"Status": "IP Address", "Finished": "True"}, None),
    ],
)
def test_what_the_tool_marks_is_set_aside(tmp_path: Path, own: dict[str, str], reason: str | None) -> None:
    table = heads(["Q1"], ["q"], ["QID1"])
    cells = of(tmp_path / "a.csv", [*table, line("5"), line("5", n=1, **own)])
    assert cells.set_aside == ({5: reason} if reason else {}) and len(cells.rows) == 2
    found = batch(cells, form({"type": "integer", "name": "q", "label": "q"}))
    assert found.quarantined.to_dict() == dict(cells.set_aside)


def test_seen_but_not_answered_is_no_number(tmp_path: Path) -> None:
    cells = of(tmp_path / "a.csv", [*heads(["Q1"], ["Ikä"], ["QID1"]), line("-99"), line("45", n=1), line("", n=2)])
    assert cells.user_missing == {9: frozenset({"-99"})} and "-99 in 1 columns" in cells.remarks[0]
    found = batch(cells, form({"type": "integer", "name": "age", "label": "Ikä"}))
    assert found.codes["age"].dropna().tolist() == ["45"]
    assert found.reasons["age"].dropna().tolist() == ["no_answer", "no_answer"]


def test_what_the_tool_works_out_is_not_asked(tmp_path: Path) -> None:
    names = ["Q1_First Click", "Q1_Page Submit", "Q2_DO_1", "Q3 - Topics", "Q_RecaptchaScore", "Status", "Q_mieli"]
    ids = ["QID1_FIRST_CLICK", "QID1_PAGE_SUBMIT", "QID2_DO_1", "QID3_TEXT_eae5a8d0e7fd4bd183e983e5Topics"]
    ids += ["Q_RecaptchaScore", "QID7", "QID8"]
    cells = of(tmp_path / "a.csv", [*heads(names, names, ids), line(*"1234567")])
    assert {cells.header[i] for i in set(range(9, 16)) - cells.technical} == {"QID7", "Q_mieli"}


def test_two_rows_one_row_and_no_texts(tmp_path: Path) -> None:
    names, texts, ids = heads(["Q1"], ["Ikä"], ["QID1"])
    for table, first, questions in (
        ([names, texts], 3, "Ikä"),
        ([names], 2, None),
        ([names, ids], 3, None),
        ([names, texts, ids], 4, "Ikä"),
    ):
        cells = of(tmp_path / "a.csv", [*table, line("45")])
        assert cells.rows.index.tolist() == [first] and cells.header == (*OWN, "Q1")
        assert (cells.questions[-1] if cells.questions else None) == questions
        assert cells.fields == {6: "response_key", 1: "submitted_at", 8: "language"}


def test_the_older_form(tmp_path: Path) -> None:
    names = [*(f"V{i}" for i in range(1, 11)), "Q1", "LocationLatitude", ""]
    given = ["R_1", "Default", "Anonymous", "", "", "192.0.2.1", "0", "2017-07-18 08:28:09", "2017-07-18 08:28:48", "1"]
    table = [names, [*LEGACY, "Ikä", "LocationLatitude", ""], [*given, "45", "60.1", ""]]
    cells = of(tmp_path / "a.csv", table)
    assert cells.header == tuple(names[:12]) and cells.questions[10] == "Ikä"
    assert cells.fields == {0: "response_key", 8: "submitted_at"}
    assert cells.technical == {*range(12)} - {0, 8, 10}


@real
def test_the_real_response_in_both_forms_is_one() -> None:
    new = read(REAL / "qualtrics" / "sample_de_3headers.csv", "qualtrics")
    old = read(REAL / "qualtrics" / "sample_legacy_bom.csv", "qualtrics")
    assert new.rows.shape == (1, 20) and old.rows.shape == (1, 15)
    assert new.rows.index.tolist() == [4] and old.rows.index.tolist() == [3]
    assert "This is a free text question." in new.questions and new.header[-1] == "Q2 - Topics"
    made = form(
        {"type": "integer", "name": "Q1", "label": "x"}, {"type": "text", "name": "say", "label": "x2", "aliases": "Q2"}
    )
    batches = [batch(cells, made) for cells in (new, old)]
    assert [found.comments["say"].tolist() for found in batches] == [["Hello World!"]] * 2
    assert not any(map(unmapped, batches))
    _, repeats = duplicates.resolve(batches)
    assert [len(rows) for rows in repeats] == [0, 1]


@pytest.mark.parametrize(
    "text", ["StartDate,EndDate,Name\n1,2,3\n", "ResponseId,q\nR_1,2\n", "a,b\nResponseID,Finished\n1,2\n", "\n\n\n"]
)
def test_other_tables_are_not_taken(tmp_path: Path, text: str) -> None:
    path = put(tmp_path / "a.csv", text.encode() + b"x")
    assert not qualtrics.recognises(Content(path, path.name))


@pytest.mark.parametrize("gone", ["StartDate", "EndDate", "Finished", "ResponseId", "Status"])
def test_a_deleted_column_of_the_tool_makes_no_respondent_of_the_texts(tmp_path: Path, gone: str) -> None:
    kept = [i for i, name in enumerate(OWN) if name != gone]
    names, texts, _ = heads(["Q1"], ["Opitko?"], ["QID1"])
    table = [names, texts, line("ei", n=1), line("kyllä", n=2, Finished="0", Progress="40")]
    cells = of(tmp_path / "a.csv", [[row[i] for i in [*kept, len(OWN)]] for row in table])
    assert cells.rows.index.tolist() == [3, 4] and cells.questions[-1] == "Opitko?"
    assert cells.set_aside == {4: "not submitted"}
    without = [[row[i] for i in [*kept, len(OWN)]] for row in (table[0], *table[2:])]
    assert of(tmp_path / "b.csv", without).rows.index.tolist() == [2, 3]


@pytest.mark.parametrize("gone", ["ResponseID", "StartDate", "EndDate", "Finished"])
def test_a_deleted_column_of_the_older_export(tmp_path: Path, gone: str) -> None:
    texts = [*(name for name in LEGACY if name != gone), "Opitko?"]
    names = [*(f"V{i}" for i in range(1, len(texts))), "Q1"]
    record = ["R_1", "Default", "", "", "", "", "1", "2017-07-18 08:28:09", "2017-07-18 08:28:48", "1"][
        : len(texts) - 1
    ]
    cells = of(tmp_path / "a.csv", [names, texts, [*record, "ei"]])
    assert cells.rows.index.tolist() == [3] and cells.questions[-1] == "Opitko?"


def test_two_names_of_the_tool_alone_are_no_export(tmp_path: Path) -> None:
    path = put(tmp_path / "a.csv", as_csv([["StartDate", "EndDate", "Name", "ResponseId"], ["1", "2", "3", "4"]]))
    assert not qualtrics.recognises(Content(path, path.name))


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[str], list[str], list[list[str | None]]]:
    names = draw(st.lists(st.from_regex(r"Q[1-9](\.[0-9]{1,2})?(_[1-9])?", fullmatch=True), min_size=1, max_size=6))
    texts = draw(st.lists(TEXTS, min_size=len(names), max_size=len(names)))
    answers = draw(st.lists(st.lists(ANSWERS, min_size=len(names), max_size=len(names)), max_size=4))
    return names, texts, answers


@given(surveys())
def test_what_is_written_is_read(tmp_path: Path, survey: tuple[list[str], list[str], list[list[str | None]]]) -> None:
    names, texts, answers = survey
    ids = [f"QID{i}" for i in range(len(names))]
    table = [*heads(names, texts, ids), *(line(*row, n=n) for n, row in enumerate(answers))]
    cells = of(tmp_path / "a.csv", table)
    unique = tuple(name if names.count(name) == 1 else code for name, code in zip(names, ids, strict=True))
    assert cells.header == (*OWN, *unique) and cells.questions[len(OWN) :] == tuple(texts)
    assert [row[len(OWN) :] for row in rows(cells)] == answers
    same = read(as_xlsx(tmp_path / "a.xlsx", table), "qualtrics")
    assert same.rows.equals(cells.rows) and (same.header, same.questions) == (cells.header, cells.questions)


@given(at=st.integers(0, 10_000), patch=st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    table = [*heads(["Q1", "Q1"], ['x "y"', "z"], ["QID1", "QID2"]), *(line("a\nb", "-99", n=n) for n in range(4))]
    patched(tmp_path / "b.csv", as_csv(table), at, patch)
