"""Microsoft Forms: headers in three languages, quizzes, ticks that end with a semicolon, impossible times."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from form_exports import ANSWERS, STAMP, TEXTS, agree, as_csv, as_xlsx, batch, form, patched, put, read, rows, unmapped
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import duplicates
from pipeline.ingest.content import Content
from pipeline.ingest.readers import ms_forms

OWN = ["ID", "Start time", "Completion time", "Email", "Name"]
LATER = STAMP + dt.timedelta(minutes=3)
GIVEN: list[Any] = [1.0, STAMP, LATER, "anonymous", None]


@pytest.mark.parametrize(
    "own",
    [
        OWN,
        [*OWN, "Last modified time"],
        OWN[1:],
        ["ID", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi"],
        ["Tunnus", "Alkamisaika", "Päättymisaika", "Sähköpostiosoite", "Nimi", "Viimeksi muokattu"],
        ["ID", "Starttid", "Slutförandetid", "E-post", "Namn"],
        ["Id", "Start\u00a0time", "Completion\u00a0time", "Email", "Name\u00a0"],
    ],
)
def test_the_tools_columns_in_several_languages(tmp_path: Path, own: list[str]) -> None:
    given = GIVEN[len(own) == 4 :] + [STAMP] * (len(own) == 6)
    cells = read(as_xlsx(tmp_path / "a.xlsx", [[*own, "Sain\u00a0äänen kuuluviin?"], [*given, 5.0]]), "ms_forms")
    end = 1 if len(own) == 4 else 2
    assert cells.fields == {end: "submitted_at"} and cells.technical == set(range(len(own))) - {end}
    found = batch(cells, form({"type": "integer", "name": "q", "label": "Sain äänen kuuluviin"}))
    assert found.codes["q"].tolist() == ["5"] and not found.findings
    assert str(found.responses["submitted_at"].iloc[0]) == str(LATER)


def test_the_address_may_have_been_deleted_before_it_was_passed_on(tmp_path: Path) -> None:
    table = [["Id", "Start time", "Completion time", "Arvio"], [1.0, STAMP, LATER, 5.0]]
    cells = read(as_xlsx(tmp_path / "a.xlsx", table), "ms_forms")
    assert cells.fields == {2: "submitted_at"} and cells.technical == {0, 1}


def test_ticks_end_with_a_semicolon_and_texts_hold_commas(tmp_path: Path) -> None:
    options = {"fam": "Lapset, nuoret ja perheet", "work": "Työ, koulutus", "other": "Muu, mikä?"}
    table = [
        [*OWN, "Mihin?"],
        [*GIVEN, "Lapset, nuoret ja perheet;Työ, koulutus;"],
        [*GIVEN, "jotain;"],
        [*GIVEN, None],
    ]
    cells = read(as_xlsx(tmp_path / "a.xlsx", table), "ms_forms")
    made = form({"type": "select_multiple did", "name": "did", "label": "Mihin?"}, choices=agree(options, "did"))
    found = batch(cells, made)
    assert found.codes.iloc[0].dropna().to_dict() == {"did/fam": "1", "did/work": "1"}
    assert found.reasons["did/work"].tolist()[1:] == ["invalid", "no_answer"]


@pytest.mark.parametrize("sign", ["-", "\u2013"])
@pytest.mark.parametrize(("points", "remark"), [("Points", "Feedback"), ("Pisteet", "Palaute"), ("Poäng", "Feedback")])
def test_a_quiz(tmp_path: Path, sign: str, points: str, remark: str) -> None:
    own = [*OWN, "Total points", "Quiz feedback", "Grade posted time"]
    asked = ["Kuka?", f"{points} {sign} Kuka?", f"{remark} {sign} Kuka?", f"{remark} {sign} kaupungille"]
    cells = read(
        as_xlsx(tmp_path / "a.xlsx", [[*own, *asked], [*GIVEN, 3.0, None, None, "A", 1.0, "", "x"]]), "ms_forms"
    )
    names = [cells.header[i] for i in sorted(cells.technical)]
    assert names == [name for name in (*own, *asked[1:3]) if name != "Completion time"]
    assert cells.header[-1] == asked[-1] and len(cells.header) == 12


def test_completed_before_begun_is_said_and_kept(tmp_path: Path) -> None:
    early = STAMP - dt.timedelta(days=1)
    table = [[*OWN, "q"], [*GIVEN, "x"], [2.0, STAMP, early, "anonymous", "Nimi", "y"]]
    cells = read(as_xlsx(tmp_path / "a.xlsx", table), "ms_forms")
    assert cells.remarks == ("completed before it was begun: row 3",)
    assert len(cells.rows) == 2 and not cells.set_aside


def test_the_running_number_is_no_key_over_forms(tmp_path: Path) -> None:
    """Number 1 of two forms, with the same answers: two people; the same form delivered twice: one."""
    made = form({"type": "integer", "name": "q", "label": "q"})
    first = as_xlsx(tmp_path / "a.xlsx", [[*OWN, "q"], [*GIVEN, 5.0]])
    later = [1.0, STAMP, LATER + dt.timedelta(days=7), "anonymous", None, 5.0]
    second = as_xlsx(tmp_path / "b.xlsx", [[*OWN, "q"], later])
    batches = [batch(read(path, "ms_forms"), made) for path in (first, second, first)]
    _, repeats = duplicates.resolve(batches)
    assert [len(rows) for rows in repeats] == [0, 0, 1]


def test_a_question_with_the_name_of_another_keeps_its_number(tmp_path: Path) -> None:
    table = [[*OWN, "Kommentti", "Kommentti2", "Name1"], [*GIVEN, "a", "b", "c"]]
    cells = read(as_xlsx(tmp_path / "a.xlsx", table), "ms_forms")
    assert rows(cells)[0][5:] == ["a", "b", "c"]
    found = batch(cells, form({"type": "text", "name": "say", "label": "Kommentti"}))
    assert found.comments["say"].tolist() == ["a"] and len(unmapped(found)) == 2


@pytest.mark.parametrize(
    "header",
    [
        "ID,Name,Email",
        "ID,Aloitusaika,Päättymisaika,Nimi",
        "Start time,Email,Completion time",
        "ID,Start time,Completion time,Place",
        "Email,ID,Start time,Completion time",
    ],
)
def test_other_tables_are_not_taken(tmp_path: Path, header: str) -> None:
    path = put(tmp_path / "a.csv", f"{header}\n1,2,3,4\n".encode())
    assert not ms_forms.recognises(Content(path, path.name))


def test_saved_as_csv(tmp_path: Path) -> None:
    line = ["1", "9/9/26 18:01", "9/9/26 18:02", "anonymous", "", "NA"]
    cells = read(put(tmp_path / "a.csv", as_csv([[*OWN, "q"], line])), "ms_forms")
    assert rows(cells)[0][1:] == ["9/9/26 18:01", "9/9/26 18:02", "anonymous", None, "NA"] and not cells.remarks
    line[1:3] = ["9/8/26 18:01", "9/8/26 18:02"]
    cells = read(put(tmp_path / "a.csv", as_csv([[*OWN, "q"], line])), "ms_forms")
    assert "could be day first or month first" in cells.remarks[0]


def test_a_form_nobody_has_answered(tmp_path: Path) -> None:
    cells = read(as_xlsx(tmp_path / "a.xlsx", [[*OWN, "q"]]), "ms_forms")
    assert cells.header == (*OWN, "q") and not len(cells.rows) and cells.blank == 0


@given(
    st.lists(TEXTS.map(lambda text: f"q {text}"), min_size=1, max_size=5).flatmap(
        lambda header: st.tuples(
            st.just(header), st.lists(st.lists(ANSWERS, min_size=len(header), max_size=len(header)), max_size=5)
        )
    )
)
def test_what_is_written_is_read(tmp_path: Path, survey: tuple[list[str], list[list[str | None]]]) -> None:
    header, answers = survey
    cells = read(as_xlsx(tmp_path / "a.xlsx", [[*OWN, *header], *([*GIVEN, *row] for row in answers)]), "ms_forms")
    assert cells.header == (*OWN, *(name.strip() for name in header))
    assert [row[5:] for row in rows(cells)] == answers
    assert [row[:4] for row in rows(cells)] == [["1", str(STAMP), str(LATER), "anonymous"]] * len(answers)


@given(at=st.integers(0, 10_000), patch=st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    source = tmp_path / "a.xlsx"
    content = source.read_bytes() if source.exists() else as_xlsx(source, [[*OWN, "q"], [*GIVEN, "x;y;"]]).read_bytes()
    patched(tmp_path / "b.xlsx", content, at, patch)


@pytest.mark.parametrize("write", ["csv", "xlsx"])
def test_a_row_longer_than_the_header_has_moved(tmp_path: Path, write: str) -> None:
    given = ["1", "2023-09-29 14:54:27", "2023-09-29 14:57:27", "anonymous", ""]
    table: list[list[Any]] = [[*OWN, "q", "say"], *[[*given, "1", "ok"] for _ in range(4)]]
    table[2] = [*given, "1", "hyvä", "34"]
    path = put(tmp_path / "a.csv", as_csv(table)) if write == "csv" else as_xlsx(tmp_path / "a.xlsx", table)
    assert read(path, "ms_forms").overlong == (3,)
