"""Merged cells of a spreadsheet: what they say of the rows and days they cover."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import Folder, problems

from pipeline.ingest import readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.containers.merged import Range, fill

xlsxwriter = pytest.importorskip("xlsxwriter")


def _read(path: Path) -> list[Cells]:
    return readers.read(path, path.name)[1]


def _list(raw: Path, name: str, rows: list[list[object]], *merged: str) -> dict[str, Any]:
    folder = Folder(raw).events("E1,A1,Pihatalkoot,,2018-03-03", "E2,A1,Avoimet ovet,,2018-03-10")
    path = raw / "attendance" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("A")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for place in merged:
            sheet.merge_range(place, "")
            (top, left) = (int(place.split(":")[0][1:]) - 1, ord(place[0]) - ord("A"))
            sheet.write(top, left, rows[top][left])
    return folder.ingest()


def test_a_cell_merged_over_rows_speaks_for_each_of_them_that_holds_something(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Taul1")
        sheet.merge_range("A1:C1", "Palaute")
        for row, texts in enumerate((["Nro", "Tapahtuma", "K1"], ["1", "", "4"], ["2", "", "5"], [], ["3", "", "1"])):
            sheet.write_row(row + 1, 0, [text or None for text in texts])
        sheet.merge_range("B3:B5", "Talkoot")
    (table,) = _read(path)
    assert table.rows[1].tolist() == ["Talkoot", "Talkoot", pytest.approx(float("nan"), nan_ok=True)]
    assert table.rows.index.tolist() == [3, 4, 6]
    assert table.remarks == ("merged cells were read as filled on each of their rows or days: B3:B5",)


def test_a_header_with_merged_cells_stays_a_header_of_two_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Taul1")
        sheet.merge_range("A1:A2", "Nro")
        sheet.merge_range("B1:C1", "Mistä kuulit?")
        sheet.write_row(1, 1, ["Lehdestä", "Ystävältä"])
        for row in range(2, 8):
            sheet.write_row(row, 0, [row, *("x" if column == row % 2 else None for column in range(2))])
    (table,) = _read(path)
    assert table.header == ("Nro", "Mistä kuulit? - Lehdestä", "Mistä kuulit? - Ystävältä")
    assert len(table.rows) == 6


def test_a_number_of_people_merged_over_a_family_is_said_once(tmp_path: Path) -> None:
    rows = [["Nimi", "Lukumäärä"], ["Aino Aalto", 2], ["Otto Aalto", None], ["Bo Berg", 1]]
    tables = _list(tmp_path / "raw", "E1.xlsx", rows, "B2:B3")
    assert len(tables["attendance"]) == 3
    said = problems(tables, "attendance/E1.xlsx")
    assert "merged cells hold a number of people, which was read on their first row only: B2:B3" in said
    assert any("1 people without names" in text for text in said)


@pytest.mark.parametrize(("mark", "status"), [("x", "attended"), ("sairas", "registered")])
def test_a_mark_merged_over_days_is_of_each_day(tmp_path: Path, mark: str, status: str) -> None:
    rows = [["Nimi", "3.3.2018", "10.3.2018"], ["Aino Aalto", mark], ["Bo Berg", "x", "x"], ["Carl Dahl", "", "x"]]
    attended = _list(tmp_path / "raw", "lista.xlsx", rows, "B2:C2")["attendance"]
    assert attended.loc[attended["source_row"] == 2, "status"].tolist() == [status] * 2


def test_a_name_header_merged_down_to_the_days_is_the_header_of_names(tmp_path: Path) -> None:
    rows = [["Nimi", "Päivät"], ["", "3.3.2018", "10.3.2018"], ["Aino Aalto", "x", "x"], ["Bo Berg", "", "x"]]
    attended = _list(tmp_path / "raw", "lista.xlsx", rows, "A1:A2", "B1:C1")["attendance"]
    assert attended["event_id"].value_counts().to_dict() == {"E2": 2, "E1": 1}


CELL = st.sampled_from([None, "x", "4", "Aino", "3.3.2018", " "])
PLACE = st.tuples(st.integers(0, 3), st.integers(1, 6), st.integers(0, 3), st.integers(1, 6))


@given(st.lists(st.lists(CELL, max_size=4), max_size=6), st.lists(PLACE, max_size=4))
def test_nothing_that_is_written_changes_and_no_empty_row_is_filled(
    rows: list[list[str | None]], places: list[tuple[int, int, int, int]]
) -> None:
    spans = [Range("ABCD"[min(a, c)], min(b, d), "ABCD"[max(a, c)], max(b, d)) for a, b, c, d in places]
    grid = [list(row) for row in rows]
    fill(grid, spans)
    inside = {(r - 1, "ABCD".index(s.left) + c) for s in spans for r in range(s.top, s.bottom + 1) for c in range(4)}
    for number, (before, after) in enumerate(zip(rows, grid, strict=True)):
        assert len(before) == len(after)
        assert bool(any(before)) == bool(any(after))
        changed = {(number, c) for c, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}
        assert changed <= inside and not any((before[c] or "").strip() for _, c in changed)


def test_a_name_merged_over_two_lines_is_one_person_and_a_familys_is_not(tmp_path: Path) -> None:
    rows = [["Nimi", "Puhelin"], ["Aino Aalto", "0401234561"], [None, "0401234562"], ["Bo Berg", "0401234563"]]
    tables = _list(tmp_path / "one" / "raw", "E1.xlsx", rows, "A2:A3")
    assert len(tables["persons"]) == 2 and len(tables["attendance"]) == 2
    rows = [["Sukunimi", "Etunimi"], ["Aalto", "Aino"], [None, "Otto"], ["Berg", "Bo"]]
    assert len(_list(tmp_path / "two" / "raw", "E1.xlsx", rows, "A2:A3")["persons"]) == 3


def test_a_merged_cell_at_the_side_makes_no_heading_a_person(tmp_path: Path) -> None:
    rows = [["Tapahtuma", "Nimi", "Puhelin"], ["Pihatalkoot", "Aino Aalto", "0401234561"], [None, "Peruneet"]]
    rows += [[None, "Otto Aalto", "0401234562"], [None, "Bo Berg", "0401234563"]]
    attended = _list(tmp_path / "raw", "lista.xlsx", rows, "A2:A5")["attendance"]
    assert attended["source_row"].tolist() == [2]


def test_ticks_merged_over_rows_of_days_are_everybodys(tmp_path: Path) -> None:
    rows = [["Nimi", "3.3.2018", "10.3.2018"], ["Aino Aalto", "x", "x"], ["Otto Aalto"], ["Bo Berg"]]
    attended = _list(tmp_path / "raw", "lista.xlsx", rows, "B2:B3", "C2:C3")["attendance"]
    assert len(attended) == 4 and set(attended["status"]) == {"attended"}


def test_a_form_number_merged_over_two_rows_is_on_both(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Taul1")
        for row, values in enumerate((["Lomake nro", "K1"], [1, "x"], [None, "y"], [2, "z"])):
            sheet.write_row(row, 0, values)
        sheet.merge_range("A2:A3", 1)
    (table,) = _read(path)
    assert table.rows[0].tolist() == ["1", "1", "2"]
