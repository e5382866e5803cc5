"""LimeSurvey exports: every form of heading and answer, NULL beside empty, responses not submitted."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.config import Ingest, Source
from pipeline.core.errors import ReadError
from pipeline.ingest import feedback, readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.instrument import Instrument, build
from pipeline.ingest.readers import limesurvey

OWN = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
TEXTS = ["Response ID", "Date submitted", "Last page", "Start language", "Seed"]
GIVEN = ["1", "2018-05-12 10:00:00", "3", "fi", "123"]


def quoted(value: str | None) -> str:
    """Return a cell as LimeSurvey writes it: everything in quotation marks, but not what was never asked."""
    return "" if value is None else '"' + value.replace('"', '""') + '"'


def export(header: list[str], *rows: list[str | None], separator: str = ";") -> bytes:
    lines = [separator.join(map(quoted, row)) for row in (header, *rows)]
    return b"\xef\xbb\xbf" + "\r\n".join([*lines, "", ""]).encode()


def read(path: Path, content: bytes) -> Cells:
    path.write_bytes(content)
    reader, tables = readers.read(path, path.name)
    assert reader.NAME == "limesurvey" and len(tables) == 1
    return tables[0]


def rows(cells: Cells) -> list[list[str]]:
    return cells.rows.fillna("").astype(str).to_numpy().tolist()


def form(*survey: dict[str, str], choices: tuple[dict[str, str], ...] = ()) -> Instrument:
    numbered = {"survey": list(enumerate(survey, 2)), "choices": list(enumerate(choices, 2))}
    return build(numbered, "instrument.xlsx")


def batch(cells: Cells, made: Instrument) -> feedback.Batch:
    return feedback.harmonise(cells, made, {}, Source(match="*"), Ingest())


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b""])
def test_columns_of_the_tool_are_known_by_code(tmp_path: Path, separator: str, bom: bytes) -> None:
    content = export([*OWN, "Q1", "Q2[SQ001]"], [*GIVEN, "A1", "Y"], separator=separator).removeprefix(b"\xef\xbb\xbf")
    cells = read(tmp_path / "a.csv", bom + content)
    assert cells.header == (*OWN, "Q1", "Q2[SQ001]") and cells.questions == ()
    assert cells.fields == {0: "response_key", 1: "submitted_at", 3: "language"}
    assert cells.technical == {2, 4} and cells.rows.index.tolist() == [2] and cells.set_aside == {}


def test_code_and_text_become_header_and_question(tmp_path: Path) -> None:
    own = [f"{code}. {text}" for code, text in zip(OWN, TEXTS, strict=True)]
    asked = ["Q1. Sain\tääneni kuuluviin", "TYPstudy[stumat]. Mihin osallistuit? [Talkoot]", "Q5. "]
    cells = read(tmp_path / "a.csv", export([*own, *asked], [*GIVEN, "A1", "Y", ""]))
    assert cells.header == (*OWN, "Q1", "TYPstudy[stumat]", "Q5")
    assert cells.questions[5:] == ("Sain ääneni kuuluviin", "Mihin osallistuit? [Talkoot]", "")
    assert set(cells.fields.values()) == {"response_key", "submitted_at", "language"}


@pytest.mark.parametrize(
    "own",
    [
        TEXTS,
        [t.replace(" ", "_") for t in TEXTS],
        ["Vastaus-ID", "Lähetyspäivämäärä", "Last page", "Aloituskieli", "Seed"],
    ],
    ids=["English", "underscores", "Finnish"],
)
def test_texts_alone_and_equal_ones_stay_two_columns(tmp_path: Path, own: list[str]) -> None:
    asked = ["Kommentti", "Kommentti", "Miten kävi? [Hyvin]"]
    cells = read(tmp_path / "a.csv", export([*own, *asked], [*GIVEN, "a", "b", "Yes"]))
    assert cells.header[5:] == tuple(asked) and rows(cells)[0][5:] == ["a", "b", "Yes"]
    assert set(cells.fields) == {0, 1, 3}


@pytest.mark.parametrize("language", ["et", "zh-Hans", "de-informal"])
def test_headings_in_any_language_are_known_by_what_the_first_columns_hold(tmp_path: Path, language: str) -> None:
    header = ["Vastuse ID", "Kuupäev", "Viimane leht", "Keel", "Minu hinnang"]
    content = export(header, ["7", "2018-05-12 10:00:00", "3", language, "5"], ["8", None, "0", language, None])
    cells = read(tmp_path / "a.csv", content)
    assert cells.fields == {0: "response_key", 1: "submitted_at", 3: "language"} and cells.technical == {2}
    assert cells.set_aside == {3: "not submitted"} and cells.header == tuple(header)


@pytest.mark.parametrize(
    "row", [["7", "12.5.2018", "3", "fi", "5"], ["a", "2018-05-12 10:00:00", "3", "fi", "5"], ["7", "", "", "fi", "5"],
            ["7", "2018-05-12 10:00:00", "3", "5", "5"]],
)  # fmt: skip
def test_other_first_columns_are_none_of_the_tools(tmp_path: Path, row: list[str]) -> None:
    (tmp_path / "a.csv").write_bytes(export(["a", "b", "c", "d", "e"], row))
    assert not limesurvey.recognises(Content(tmp_path / "a.csv", "a.csv"))


def test_a_response_begun_and_not_submitted_is_no_answer(tmp_path: Path) -> None:
    header = [*OWN, "q"]
    content = export(header, [*GIVEN, "1"], ["2", None, "0", "fi", "9", None], ["3", "NA", "1", "fi", "9", "2"])
    cells = read(tmp_path / "a.csv", content)
    assert cells.set_aside == {3: "not submitted", 4: "not submitted"}
    found = batch(cells, form({"type": "integer", "name": "q", "label": "Q"}))
    assert found.quarantined.to_dict() == dict(cells.set_aside) and found.codes["q"].tolist()[0] == "1"
    assert str(found.responses["submitted_at"].iloc[0]) == "2018-05-12 10:00:00"
    assert found.responses["language"].iloc[0] == "fi" and found.responses["response_key"].iloc[0] == "1"
    assert not [f for f in found.findings if f.kind == "column_unmapped"]


def test_a_survey_without_dates_has_no_moment_of_submission(tmp_path: Path) -> None:
    cells = read(tmp_path / "a.csv", export([*OWN, "q"], ["1", "1980-01-01 00:00:00", "3", "fi", "1", "x"]))
    assert cells.fields == {0: "response_key", 3: "language"} and 1 in cells.technical and not cells.set_aside


def test_a_survey_that_kept_some_dates_keeps_them(tmp_path: Path) -> None:
    rows_ = [["1", "1980-01-01 00:00:00", "3", "fi", "1", "x"], ["2", "2018-05-12 10:00:00", "3", "fi", "1", "x"]]
    cells = read(tmp_path / "a.csv", export([*OWN, "q"], *rows_))
    assert cells.fields[1] == "submitted_at" and not cells.set_aside
    assert [row[1] for row in rows(cells)] == ["", "2018-05-12 10:00:00"]


def test_the_apostrophe_before_a_formula_is_the_tools(tmp_path: Path) -> None:
    cells = read(tmp_path / "a.csv", export([*OWN, "q"], [*GIVEN, "'=1+1"], [*GIVEN, "'alas' sanoi"]))
    assert [row[-1] for row in rows(cells)] == ["=1+1", "'alas' sanoi"]


def test_cells_never_shown_are_told_from_empty_ones(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(export([*OWN, "a", "b"], [*GIVEN, None, ""], [*GIVEN, 'x; "y"\nz', None]))
    assert Content(tmp_path / "a.csv", "a.csv").bare_empties == {2: {5}, 3: {6}}
    cells = read(tmp_path / "a.csv", (tmp_path / "a.csv").read_bytes())
    assert any(note.startswith("2 empty cells without quotation marks") for note in cells.notes)
    # a file saved again by a spreadsheet quotes nothing: its empty cells say nothing
    (tmp_path / "b.csv").write_text(";".join([*OWN, "a"]) + "\n" + ";".join([*GIVEN, ""]) + "\n", "utf-8")
    assert Content(tmp_path / "b.csv", "b.csv").bare_empties == {}


@pytest.mark.parametrize(
    ("yes", "no", "none"), [("Yes", "No", "N/A"), ("Kyllä", "Ei", "N/A"), ("Ja", "Nej", "N/A"), ("Y", "", "")]
)
def test_ticks_in_any_form_and_language(tmp_path: Path, yes: str, no: str, none: str) -> None:
    header = [*OWN, "did[a]", "did[b]"]
    cells = read(tmp_path / "a.csv", export(header, [*GIVEN, yes, no], [*GIVEN, none, none]))
    boxes = tuple({"list_name": "did", "name": name, "label": f"Vaihtoehto {name}"} for name in "ab")
    found = batch(cells, form({"type": "select_multiple did", "name": "did", "label": "Mitä?"}, choices=boxes))
    assert found.codes["did/a"].tolist()[0] == "1" and found.reasons["did/b"].tolist()[0] == "not_ticked"
    assert found.reasons.iloc[1].tolist() == ["no_answer", "no_answer"]
    assert not [f for f in found.findings if f.kind == "cell_invalid"]


def test_increase_same_decrease(tmp_path: Path) -> None:
    codes = {"I": "Kasvaa", "S": "Säilyy", "D": "Pienenee"}
    choices = tuple({"list_name": "e", "name": code, "label": text} for code, text in codes.items())
    made = form({"type": "select_one e", "name": "E1_SQ001", "label": "x", "aliases": "E1[SQ001]"}, choices=choices)
    for answers in (list(codes), list(codes.values())):
        cells = read(tmp_path / "a.csv", export([*OWN, "E1[SQ001]"], *([*GIVEN, a] for a in answers)))
        assert batch(cells, made).codes["E1_SQ001"].tolist() == ["I", "S", "D"]


def test_a_code_used_twice_is_refused_by_name(tmp_path: Path) -> None:
    cells = read(tmp_path / "a.csv", export([*OWN, "Q5", "Q5"], [*GIVEN, "Samaa mieltä", "Eri mieltä"]))
    choices = ({"list_name": "l", "name": "1", "label": "Samaa mieltä"},)
    with pytest.raises(ReadError, match="both hold 'Q5'"):
        batch(cells, form({"type": "select_one l", "name": "Q5", "label": "x"}, choices=choices))


def test_full_texts_where_codes_are_expected_are_no_table_of_zeros(tmp_path: Path) -> None:
    cells = read(tmp_path / "a.csv", export([*OWN, "Q5"], [*GIVEN, "Samaa mieltä"]))
    choices = ({"list_name": "l", "name": "A1", "label": "Helt av samma åsikt"},)
    with pytest.raises(ReadError, match="not one answer matches"):
        batch(cells, form({"type": "select_one l", "name": "Q5", "label": "x"}, choices=choices))


@pytest.mark.parametrize(
    "text", ["id;name\n1;a\n", "submitdate;Q1\n2018;a\n", "id,lastpage\n1,2\n", "Seed;Last page;Kommentti\n1;2;x\n"]
)
def test_other_tables_are_not_taken(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert readers.choose(tmp_path / "a.csv")[0].NAME != "limesurvey"


CODE = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,8}(\[[A-Za-z0-9]{1,5}\])?", fullmatch=True)
ANSWER = st.none() | st.text(alphabet="aåäöY=- ;,\"'\n1", max_size=12).filter(lambda t: not t.startswith("'="))


@st.composite
def surveys(draw: st.DrawFn) -> tuple[list[str], list[list[str | None]], str, str]:
    codes = draw(st.lists(CODE, min_size=1, max_size=6, unique_by=str.casefold).filter(lambda c: not set(c) & set(OWN)))
    answers = draw(st.lists(st.lists(ANSWER, min_size=len(codes), max_size=len(codes)), max_size=6))
    return codes, answers, draw(st.sampled_from([";", ",", "\t"])), draw(st.sampled_from(["code", "codetext"]))


@given(surveys())
def test_what_is_written_is_read(tmp_path: Path, survey: tuple[list[str], list[list[str | None]], str, str]) -> None:
    codes, answers, separator, kind = survey
    header = [*OWN, *codes]
    if kind == "codetext":
        header = [f"{code}. Teksti, {i}: [x]" for i, code in enumerate(header)]
    masked = [[f"'{a}" if a and a.startswith("=") else a for a in row] for row in answers]
    own = [[str(n), "2018-05-12 10:00:00", "3", "fi", "1"] for n in range(len(answers))]
    content = export(header, *(a + b for a, b in zip(own, masked, strict=True)), separator=separator)
    cells = read(tmp_path / "a.csv", content)
    assert cells.header == (*OWN, *codes)
    assert [row[5:] for row in rows(cells)] == [[a if a and a.strip() else "" for a in row] for row in answers]
    null = {(n, i + 5) for n, row in enumerate(answers, 2) for i, a in enumerate(row) if a is None}
    found = Content(tmp_path / "a.csv", "a.csv").bare_empties
    assert {(n, i) for n, columns in found.items() for i in columns} == null


@given(at=st.integers(0, 300), patch=st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    content = export([*OWN, "Q1", "Q2[a]"], *([str(n), *GIVEN[1:], "A1", "Y"] for n in range(5)))
    broken = tmp_path / "b.csv"
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert "b.csv" in str(refusal)


def test_a_spreadsheet_of_the_same_is_the_same(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    table: list[list[Any]] = [[*OWN, "Q1"], [*GIVEN, "00100"], ["2", "", "1", "sv", "1", "NA"]]
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx"), {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Kysely")
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row)
    cells = read(tmp_path / "a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(table)
    same = read(tmp_path / "a.csv", stream.getvalue().encode())
    assert cells.rows.equals(same.rows) and cells.set_aside == same.set_aside == {3: "not submitted"}
    assert rows(cells)[0][-1] == "00100" and rows(cells)[1][-1] == "NA"


def test_not_shown_and_left_empty_stay_apart_to_the_answers(tmp_path: Path) -> None:
    header = [*OWN, "q", "one", "did[a]", "did[b]"]
    content = export(header, [*GIVEN, None, None, None, None], ["2", *GIVEN[1:], "", "", "", ""])
    choices = tuple({"list_name": "l", "name": name, "label": f"Vaihtoehto {name}"} for name in "ab")
    survey = [{"type": t, "name": n, "label": n} for t, n in (("integer", "q"), ("select_one l", "one"))]
    made = form(*survey, {"type": "select_multiple l", "name": "did", "label": "did"}, choices=choices)
    found = batch(read(tmp_path / "a.csv", content), made)
    assert found.reasons.to_numpy().tolist() == [["not_asked"] * 4, ["no_answer"] * 4]


def test_an_export_of_chosen_columns_is_known_by_its_first_two_codes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('"id","submitdate","par1"\n"1","2018-05-12 10:00:00","4"\n"2","","3"\n', "utf-8")
    reader, (cells,) = readers.read(path, "feedback/a.csv")
    assert reader.NAME == "limesurvey" and cells.set_aside == {3: "not submitted"}
