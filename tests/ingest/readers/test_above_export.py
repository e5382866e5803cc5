"""A title, blank rows or numbers of columns above the export of a tool: read as without them, rows as in the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from form_exports import as_csv, as_xlsx, put

from pipeline.core.errors import ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells

IMPORTS = ["startDate", "endDate", "status", "progress", "finished", "_recordId", "QID1"]
EXPORTS: dict[str, list[list[Any]]] = {
    "qualtrics": [
        ["StartDate", "EndDate", "Status", "Progress", "Finished", "ResponseId", "Q1"],
        ["Start Date", "End Date", "Response Type", "Progress", "Finished", "Response ID", "Opitko?"],
        [f'{{"ImportId":"{name}"}}' for name in IMPORTS],
        ["2018-05-12 08:00:00", "2018-05-12 08:05:00", "0", "100", "1", "R_1", "kyllä"],
        ["2018-05-12 09:00:00", "2018-05-12 09:05:00", "0", "40", "0", "R_2", "ei"],
    ],
    "limesurvey": [
        ["id", "submitdate", "lastpage", "startlanguage", "q1"],
        ["1", "2018-05-12 08:00:00", "2", "fi", "kyllä"],
        ["2", "", "1", "fi", "ei"],
    ],
    "surveymonkey": [
        ["Respondent ID", "Collector ID", "Start Date", "End Date", "Mihin osallistuit?", ""],
        ["", "", "", "", "Talkoot", "Retki"],
        ["10345678901", "4012", "10/14/2020 3:21", "10/14/2020 3:25", "Talkoot", ""],
    ],
    "redcap": [
        ["record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "q1", "bp", "form_complete"],
        ["1", "", "", "kyllä", "", "2"],
        ["1", "bp", "1", "", "120", "2"],
    ],
    "google_forms": [
        ["Aikaleima", "Opitko?", "Muuta", "Ikä"],
        ["2018-05-12 8.00.00", "kyllä", "", "30"],
        ["2018-05-12 9.00.00", "ei", "k", ""],
    ],
    "ms_forms": [
        ["ID", "Start time", "Completion time", "Email", "Name", "Opitko?"],
        ["1", "2018-05-12 08:05:00", "2018-05-12 08:01:00", "anonymous", "", "kyllä"],
        ["2", "2018-05-12 09:00:00", "2018-05-12 09:05:00", "anonymous", "", "ei"],
    ],
    "typeform": [
        ["#", "Opitko?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"],
        ["abcdefghijkl12", "kyllä", "2018-05-12 08:00:00", "2018-05-12 08:05:00", "a1"],
        ["abcdefghijkl13", "ei", "2018-05-12 08:00:00", "", "a2"],
    ],
    "kobo_odk": [
        ["start", "end", "q1", "_id", "_uuid", "_submission_time", "_index"],
        ["#date", "#date", "#adm1+name", "", "", "", ""],
        ["2018-05-12", "2018-05-12", "kyllä", "1", "u1", "2018-05-12T08:00:00", "1"],
    ],
}  # fmt: skip
ABOVE: dict[str, list[list[str]]] = {
    "a title": [["Palautekysely 2018"]],
    "a title and a blank row": [["Palautekysely 2018"], []],
    "a blank row": [[]],
    "numbers": [["1", "2", "3", "4", "5", "6", "7"]],
    "names of a program": [[f"Sarake{i}" for i in range(1, 8)]],
    "sections": [["Työkalu", "", "Kysymykset"], ["Tulostettu 1.6.2018"]],
}


def _read(path: Path, table: list[list[Any]]) -> tuple[str, list[Cells]]:
    if path.suffix == ".xlsx":
        reader, tables = readers.read(as_xlsx(path, table), path.name)
    else:
        reader, tables = readers.read(put(path, as_csv([[*row, *[""] * (7 - len(row))] for row in table])), path.name)
    return reader.NAME, tables


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("tool", EXPORTS)
def test_what_stands_above_an_export_changes_its_row_numbers_only(
    tmp_path: Path, tool: str, above: str, ending: str
) -> None:
    rows, moved = ABOVE[above], len(ABOVE[above])
    name, plain = _read(tmp_path / f"a.{ending}", EXPORTS[tool])
    found_name, found = _read(tmp_path / f"b.{ending}", [*rows, *EXPORTS[tool]])
    assert (name, found_name) == (tool, tool) and len(found) == len(plain)
    for one, other in zip(plain, found, strict=True):
        assert other.rows.set_axis(other.rows.index - moved).equals(one.rows) and other.rows.index.name == "row"
        assert other.header == one.header and other.questions == one.questions
        assert (other.fields, other.technical, other.blank) == (one.fields, one.technical, one.blank)
        assert other.set_aside == {row + moved: why for row, why in one.set_aside.items()}
        assert other.preamble == tuple(cell for row in rows for cell in row if cell)
        assert f"header in row {moved + 1}" in other.notes


def test_rows_that_a_reader_names_are_those_of_the_file(tmp_path: Path) -> None:
    above = [["Palautekysely 2018"], []]
    _, (cells,) = _read(tmp_path / "a.csv", [*above, *EXPORTS["qualtrics"]])
    assert cells.dropped == ("row 4: texts of the questions, kept as second names", "row 5: import ids")
    _, (cells,) = _read(tmp_path / "b.csv", [*above, *EXPORTS["ms_forms"]])
    assert "completed before it was begun: row 4" in cells.remarks
    _, (cells,) = _read(tmp_path / "c.csv", [["1", "2", "3", "4", "5", "6"], *EXPORTS["ms_forms"]])
    assert "row 2 was taken as the header; the 1 rows above it are not read as answers" in cells.remarks


def test_cells_that_have_moved_are_named_by_their_row_in_the_file(tmp_path: Path) -> None:
    table = [["Kysely"], *EXPORTS["google_forms"], ["2018-05-12 10.00.00", "ei", "a", "30", "b"]]
    _, tables = readers.read(as_xlsx(tmp_path / "a.xlsx", table), "a.xlsx")
    assert tables[0].overlong == (5,)


def test_every_sheet_has_a_title_of_its_own_height(tmp_path: Path) -> None:
    export = EXPORTS["google_forms"]
    path = as_xlsx(tmp_path / "a.xlsx", [["Talkoot"], *export], "A", B=[["Retki"], [], *export], C=[["Nimi", "Ikä"]])
    reader, tables = readers.read(path, "a.xlsx")
    assert reader.NAME == "google_forms"
    assert [list(cells.rows.index) for cells in tables] == [[3, 4], [4, 5], []]
    assert [cells.preamble for cells in tables] == [("Talkoot",), ("Retki",), ()]


@pytest.mark.parametrize(
    "table",
    [
        [["Palaute"], ["Nro", "Opitko?", "Muuta"], ["1", "kyllä", ""], ["2", "ei", "k"]],
        # a row as wide as the names is a header, not a title
        [["Nimi", "Opitko?", "Muuta"], ["Aikaleima", "Opitko?", "Muuta"], ["2018-05-12 8.00.00", "kyllä", ""]],
    ],
)
def test_another_table_below_a_title_is_no_export(tmp_path: Path, table: list[list[str]]) -> None:
    assert _read(tmp_path / "a.csv", table)[0] == "plain"


def test_a_damaged_workbook_is_still_refused(tmp_path: Path) -> None:
    path = put(tmp_path / "a.xlsx", as_xlsx(tmp_path / "b.xlsx", EXPORTS["redcap"]).read_bytes()[:900])
    with pytest.raises(ReadError, match=r"a\.xlsx"):
        readers.read(path, "a.xlsx")


def test_a_title_is_no_name_where_the_texts_of_the_questions_were_deleted(tmp_path: Path) -> None:
    names, _, *rest = EXPORTS["qualtrics"]
    _, (cells,) = _read(tmp_path / "a.csv", [["Kysely"], names, *rest])
    assert cells.header == tuple(names) and list(cells.rows.index) == [4, 5]
