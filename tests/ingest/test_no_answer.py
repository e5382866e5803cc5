"""Rows of feedback that are no answer, and tables that name their event as a whole."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from ingest_folder import Folder, account, problems

from pipeline.ingest import no_answer, summaries, table_findings
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
        ("Yhteensä / ka;;2;33;", no_answer.SUMMARY),
        ("Keskiarvot;;2;33;", no_answer.SUMMARY),
        ("7;;;;", no_answer.NUMBER_ONLY),
        ("7;E1;1;20;tämä on testi", no_answer.TRIAL),
        ("7;E1;1;20;testataan vaan", no_answer.TRIAL),
        ("7;E1;1;20;TESTI 1", no_answer.TRIAL),
        ("7;E1;1;20;TESTAUS", no_answer.TRIAL),
        ("7;E1;1;20;Testi oli pitkä", None),
        ("7;E1;1;20;yhteensä hyvä", None),
        ("7;E1;;;", None),
        (";E1;;;", no_answer.NUMBER_ONLY),
    ],
)
def test_what_is_no_answer_is_set_aside(tmp_path: Path, row: str, reason: str | None) -> None:
    rows = ["1;E1;samaa mieltä;45;hyvä", row, "3;E1;eri mieltä;30;"]
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", FORM + "\n".join(rows) + "\n").ingest()
    assert account(tables, "feedback/a.csv") == ((3, 2, 0, 1) if reason else (3, 3, 0, 0))
    assert (reason in problems(tables, "feedback/a.csv")) == bool(reason)
    # the cells of such a row need no word of their own
    assert not reason or (tables["findings"]["kind"] != "cell_invalid").all()


@pytest.mark.parametrize("where", ["sheet", "title", "file", "none"])
def test_the_event_of_a_whole_table(tmp_path: Path, where: str) -> None:
    folder = _folder(tmp_path / "raw")
    rows = [line.split(";") for line in (BARE.strip(), "1;samaa mieltä;45;hyvä", "2;eri mieltä;30;")]
    rows = [["Avoimet ovet 12.6.2017", *[""] * 3], [""] * 4, *rows] if where == "title" else rows
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


@pytest.mark.parametrize(
    "label",
    [
        *("ka", "Ka.", "N", "n=3", "Vastaajia", "Vastauksia yhteensä", "Yhteensä 3", "Lkm", "%", "Max", "Min", "Moodi"),
        *("Mediaani", "Keskihajonta", "3 vastaajaa"),
    ],
)
@pytest.mark.parametrize("where", [0, 1])
def test_a_line_of_sums_is_told_by_its_label(tmp_path: Path, label: str, where: int) -> None:
    rows = ["1;E1;4;45;hyvä", "2;E1;2;31;", "3;E2;3;30;ok", ";".join([*([""] * where), label, *([""] * (1 - where))])]
    rows[-1] += ";3;31;"
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", FORM + "\n".join(rows) + "\n").ingest()
    assert account(tables, "feedback/a.csv") == (4, 3, 0, 1)
    assert no_answer.SUMMARY in problems(tables, "feedback/a.csv")


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("Nimi;q1;q2", ["Aino;1;2", "Min;3;4", "Olli;2;2", "a;1;1", "b;1;2", "c;2;1", "d;3;1", "e;1;4"]),
        ("Sukupuoli;q1;Ikä", ["M;1;20", "M;2;31", "N;4;40"]),
        ("Lomake nro;Tapahtuma;q1", ["K;E1;1", "N;E1;2"]),
        ("Lomake nro;q1;q2", ["Max;1;4", "Aino;2;2", *[f"{i};1;2" for i in range(6)]]),
        ("Muuta sanottavaa;q1;q2", ["hyvä;1;2", "ka;3;4"]),
        ("q1;q2", ["1;4", "4;1", "2;2", "4;4"]),  # whoever answers most to all is no line of maxima
        ("q1;q2", ["4;4", "4;4", "4;4", "4;4"]),
        ("Lomake nro;q1;q2", ["1;1;4", "2;4;1", "3;2;2", ";4;4"]),
        ("Lomake nro;q1;q2;Ikä", ["1;1;4;20", "2;4;1;30", "3;2;2;40", ";4;1;30"]),
    ],
)
def test_answers_are_no_line_of_sums(tmp_path: Path, header: str, rows: list[str]) -> None:
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", "\n".join([header, *rows]) + "\n").ingest()
    assert account(tables, "feedback/a.csv")[:2] == (len(rows), len(rows))


@pytest.mark.parametrize(
    "below",
    [
        [";;2,67;3;35"],  # a fraction among whole numbers
        [";;3.0;3;35"],
        [";;8;9;105"],  # sums
        [";;3;3;3"],  # so many answered
        [";;4;4;45"],
        [";;2,7;3;35", ";;3;3;3"],
        [";;;;", ";;2,7;3;35"],
    ],
)
@pytest.mark.parametrize("event", ["", '[[sources]]\nmatch = "a.csv"\nevent = "E1"\n'])
def test_a_line_of_sums_without_a_label_is_told_by_its_numbers(tmp_path: Path, below: list[str], event: str) -> None:
    rows = ["1;E1;1;4;20", "2;E1;4;2;40", "3;E1;3;3;45"]
    folder = Folder(tmp_path / "raw", event).events("E1,A1,Pihatalkoot,Talkoot,2017-05-12")
    text = "\n".join(["Lomake nro;Tapahtuma;q1;q2;Ikä", *rows, *below]) + "\n"
    tables = folder.put("feedback/a.csv", text).ingest()
    said = problems(tables, "feedback/a.csv").count(no_answer.SUMMARY)
    aside = len([row for row in below if row.strip(";")])
    assert said == (0 if below == [";;3.0;3;35"] else aside)  # a mean that is none
    assert account(tables, "feedback/a.csv")[1] == 3 + aside - said


def test_a_row_of_means_in_a_table_without_numbers_and_events(tmp_path: Path) -> None:
    text = "q1;q2;Ikä\n4;4;20\n4;2;31\n1;3;42\n3;3;31\n"
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", text).ingest()
    assert account(tables, "feedback/a.csv") == (4, 3, 0, 1)
    folder = _folder(tmp_path / "again").put("feedback/a.csv", text)
    line = "file,sheet,row,column,action,expected,value,reason\nfeedback/a.csv,,5,,accept,,,vastaus\n"
    folder.put("corrections.csv", line)
    assert account(folder.ingest(), "feedback/a.csv") == (4, 4, 0, 0)


def _workbook(path: Path, **sheets: list[list[object]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with pd.ExcelWriter(path, engine="xlsxwriter") as book:
        for name, rows in sheets.items():
            pd.DataFrame(rows).to_excel(book, sheet_name=name, index=False, header=False)


@pytest.mark.parametrize(
    ("name", "rows", "aside"),
    [
        *(("Keskiarvot", 1, True), ("Yhteenveto 2018", 2, True), ("Tulokset", 1, True), ("Tulokset", 2, False)),
        *(("Kerho", 1, False), ("Keskiarvot", 4, False)),
    ],
)
def test_a_sheet_of_means_beside_the_answers(tmp_path: Path, name: str, rows: int, aside: bool) -> None:
    header = ["Tapahtuma", "Sain äänen kuuluviin", "Opin uutta"]
    answers = [header, ["E1", 4, 2], ["E1", 2, 2], ["E2", 3, 1]]
    other = [header, *[["E1", 3, i + 1] for i in range(rows)]]
    folder = _folder(tmp_path / "raw")
    _workbook(folder.raw / "feedback" / "a.xlsx", **{"Vastaukset": answers, name: other})
    tables = folder.ingest()
    assert account(tables, "feedback/a.xlsx") == (3 + rows, 3 + (0 if aside else rows), 0, rows if aside else 0)
    assert (summaries.ON_SHEET in problems(tables)) == aside


@pytest.mark.parametrize(
    ("text", "trial"),
    [
        ("TESTI / Maija", True),
        ("testivastaus, poistetaan", True),
        ("asdf", True),
        ("asdasd", True),
        ("Testi 1", True),
        ("testi/harjoitus oli hyvä", False),
        ("Testi, jota ei laskettu, oli turha", False),
        ("Ei poistettavaa", False),
        ("ei", False),
        ("ASD", False),
    ],
)
@pytest.mark.parametrize("column", ["Muuta sanottavaa", "Nimi"])
def test_trials_in_words_and_names(tmp_path: Path, text: str, trial: bool, column: str) -> None:
    form = f"q1;Ikä;{column}\n1;20;{text}\n2;30;Hyvä\n"
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", form).ingest()
    assert account(tables, "feedback/a.csv")[3] == int(trial)
    assert (no_answer.TRIAL in problems(tables)) == trial


def test_responses_dated_years_from_the_events_are_said(tmp_path: Path) -> None:
    form = "Aikaleima;q1\n12.5.2017 10:00;1\n12.5.2027 10:00;2\n1.3.2009 10:00;2\n1.3.2018 9:00;1\n;1\n"
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", form).ingest()
    found = tables["findings"][tables["findings"]["problem"] == table_findings.FAR]
    assert found[["kind", "rows"]].to_numpy().tolist() == [["note", "3-4"]]
    assert account(tables, "feedback/a.csv")[1] == 5


def test_a_row_of_the_questions_below_their_names_is_a_header_too(tmp_path: Path) -> None:
    rows = ["Lomake nro;q1;Ikä", "Lomake nro;Sain äänen kuuluviin;Ikä", "1;samaa mieltä;45", "2;eri mieltä;30"]
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", "\n".join(rows) + "\n").ingest()
    assert account(tables, "feedback/a.csv")[1] == 2 and no_answer.AGAIN in problems(tables, "feedback/a.csv")


@pytest.mark.parametrize(("other", "counted"), [("E2", 2), ("", 1)])
def test_numbers_begin_anew_at_an_event_that_is_named(tmp_path: Path, other: str, counted: int) -> None:
    rows = ["1;E1;samaa mieltä;45;hyvä", f"1;{other};eri mieltä;30;"]
    tables = _folder(tmp_path / "raw").put("feedback/a.csv", FORM + "\n".join(rows) + "\n").ingest()
    assert account(tables, "feedback/a.csv")[1] == counted
