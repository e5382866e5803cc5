"""Spreadsheets: every cell as the text a person reads; damaged, endless and protected ones are named."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.containers import extent

xlsxwriter = pytest.importorskip("xlsxwriter")

Sheet = dict[tuple[int, int], object]


def _write(path: Path, sheets: dict[str, Sheet]) -> Path:
    with xlsxwriter.Workbook(str(path), {"in_memory": True, "default_date_format": "d.m.yyyy hh:mm:ss"}) as book:
        style = book.add_format({"bold": True})
        for name, filled in sheets.items():
            sheet = book.add_worksheet(name)
            for (row, column), value in filled.items():
                if value is None:
                    sheet.write_blank(row, column, None, style)
                elif isinstance(value, str):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write(row, column, value)
    return path


def _grid(*rows: list[object]) -> Sheet:
    return {(i, j): value for i, row in enumerate(rows) for j, value in enumerate(row)}


def _read(path: Path) -> list[Cells]:
    reader, tables = readers.read(path, path.name)
    assert reader.NAME == "plain"
    return tables


CELL = st.text(alphabet="aåäöÄé€ 1;,\"'\n=-🙂", max_size=8) | st.integers(-10_000, 10_000) | st.booleans()


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5))
def test_what_is_written_is_read(tmp_path: Path, rows: list[tuple[object, object]]) -> None:
    def text(value: object) -> str:
        return str(value).lower() if isinstance(value, bool) else str(value)

    tables = _read(_write(tmp_path / "a.xlsx", {"Taul1": _grid(["nimi", "vastaus"], *map(list, rows))}))
    expected = {n: [text(v) for v in row] for n, row in enumerate(rows, start=2) if any(text(v).strip() for v in row)}
    frame, below = tables[0].rows, tables[0].below  # words under a column of numbers are a remark, and said
    assert [*frame.index, *below] == list(expected)
    written = [[t if t.strip() else "" for t in row] for n, row in expected.items() if n not in below]
    assert frame.fillna("").to_numpy().tolist() == written


def test_typed_cells_become_the_text_a_person_reads(tmp_path: Path) -> None:
    row = [dt.datetime(2017, 5, 12, 9, 5), dt.datetime(2017, 5, 12), 5.0, 0.5, True, 1_234_567_890, "00100", "NA"]
    names = ["time", "day", "whole", "part", "yes", "id", "code", "na"]
    cells = _read(_write(tmp_path / "a.xlsx", {"S": _grid(list(names), row)}))[0]
    assert cells.rows.iloc[0].tolist() == [
        "2017-05-12 09:05:00", "2017-05-12", "5", "0.5", "true", "1234567890", "00100", "NA",
    ]  # fmt: skip


def test_a_time_of_zero_is_midnight(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_number(1, 0, 0, book.add_format({"num_format": "hh:mm"}))
        sheet.write(1, 1, "x")
    assert _read(tmp_path / "a.xlsx")[0].rows.iloc[0, 0] == "00:00:00"


def test_title_block_blank_rows_and_styled_cells(tmp_path: Path) -> None:
    filled: Sheet = {(0, 0): "Palaute", (5, 0): "q1", (5, 1): "q2", (6, 0): "a", (6, 1): "b", (9, 0): "c", (9, 1): " "}
    cells = _read(_write(tmp_path / "a.xlsx", {"S": filled | {(4000, 0): None, (3, 30): None}}))[0]
    assert cells.header == ("q1", "q2") and cells.preamble == ("Palaute",)
    assert cells.rows.index.tolist() == [7, 10] and cells.blank == 2
    assert cells.rows.isna().to_numpy().tolist() == [[False, False], [False, True]]


def test_each_filled_sheet_is_a_table(tmp_path: Path) -> None:
    sheets = {"Yksi": _grid(["a", "b"], ["1", "2"]), "Tyhjä": {}, "Kaksi": _grid(["c", "d"], ["3", "4"])}
    assert [(c.sheet, c.header) for c in _read(_write(tmp_path / "a.xlsx", sheets))] == [
        ("Yksi", ("a", "b")),
        ("Kaksi", ("c", "d")),
    ]


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", {"S": _grid(["a", "b"], ["1", "2"])})
    assert _read(path)[0].header == ("a", "b")


def test_what_stands_above_the_header_and_could_be_data_is_remarked(tmp_path: Path) -> None:
    sheet = _grid(["1", "2", "3", "4"], ["q1", "q2", "q3", "q4"], ["5", "6", "7", "8"])
    cells = _read(_write(tmp_path / "a.xlsx", {"S": sheet}))[0]
    assert cells.header == ("q1", "q2", "q3", "q4") and "row 2 was taken as the header" in cells.remarks[0]


def test_a_table_without_a_header_is_remarked(tmp_path: Path) -> None:
    cells = _read(_write(tmp_path / "a.xlsx", {"S": _grid(["15", "Koulu", "1", "1"], ["16", "Talo", "2", "1"])}))[0]
    assert cells.remarks == ("row 1 was taken as the header but holds numbers: the file may have no header",)


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    path = tmp_path / "a.xlsx"
    if not path.exists():
        _write(path, {"S": _grid(["a", "b"], *(["x" * n, n] for n in range(50)))})
    content = path.read_bytes()
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert "b.xlsx" in str(refusal)


@pytest.mark.parametrize("kept", [5, 100, 2000, -10])
def test_a_workbook_cut_off_is_named(tmp_path: Path, kept: int) -> None:
    path = _write(tmp_path / "a.xlsx", {"S": _grid(["a", "b"], ["1", "2"])})
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ReadError, match=r"a\.xlsx: the workbook is"):
        _read(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(b" " * 1_000_000)
    with pytest.raises(ReadError, match="300 MB") as fault:
        _read(path)
    assert "250 MB" in str(fault.value)


def test_one_stray_cell_far_away_does_not_end_the_process(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.xlsx", {"S": _grid(["a", "b"], ["1", "2"]) | {(1_048_575, 16_383): "x"}})
    with pytest.raises(ReadError, match="row 1048576 and column 16384"):
        _read(path)


def test_styled_cells_far_away_are_none(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.xlsx", {"S": _grid(["a", "b"], ["1", "2"]) | {(1_048_575, 16_383): None}})
    assert len(_read(path)[0].rows) == 1


def test_cells_are_looked_through_where_the_sheet_states_no_size(tmp_path: Path) -> None:
    body = b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    body += b'<row r="9000"><c r="AAA9000" s="1"><v>1</v></c><c r="XFD9000" s="2"/></row></sheetData></worksheet>'
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", body)
        book.writestr("xl/worksheets/_rels/sheet1.xml.rels", b"<x/>")
    with zipfile.ZipFile(tmp_path / "a.zip") as book:
        extent.check(book, "a.zip")  # 9000 x 703: not the styled cell in XFD
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", body.replace(b"9000", b"90000"))
    with zipfile.ZipFile(tmp_path / "b.zip") as book, pytest.raises(ReadError, match="row 90000 and column 703"):
        extent.check(book, "b.zip")


def test_an_old_container_of_junk_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"junk" * 400)
    with pytest.raises(ReadError, match="damaged or protected"):
        _read(path)


def test_a_hidden_sheet_is_read_and_said(tmp_path: Path) -> None:

    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for name in ("nyt", "vanha"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ["nro", "arvio"])
            page.write_row(1, 0, [1, 2])
        page.hide()
    _, (seen, unseen) = readers.read(tmp_path / "a.xlsx", "feedback/a.xlsx")
    assert not seen.remarks and unseen.remarks == (readers.HIDDEN,) and len(unseen.rows) == 1


@pytest.mark.parametrize(
    ("formula", "value", "told"),
    [("=NA()", "#N/A", True), ("=1/0", "#DIV/0!", True), ("=A2", "teksti", False), ("=1+1", 2, False)],
)
def test_an_error_in_a_cell_is_empty_and_said(tmp_path: Path, formula: str, value: object, told: bool) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Ohje & muuta")
        sheet = book.add_worksheet("Vastaukset ä")
        sheet.write_row(0, 0, ["Nro", "K1"])
        sheet.write_row(1, 0, [1, 5])
        sheet.write(2, 0, 2)
        sheet.write_formula(2, 1, formula, None, value)
    table = next(cells for cells in _read(path) if cells.sheet == "Vastaukset ä")
    assert table.rows[1].tolist()[:1] == ["5"]
    assert table.remarks == (("cells hold an error or a formula without a value, read as empty: B3",) if told else ())


def test_a_formula_nobody_has_calculated_is_said(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["Nro", "K1"], [1, "=1+1"], [2, "=SUM(A2:A3)"], [3, 4]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (table,) = _read(tmp_path / "a.xlsx")
    assert table.remarks == ("cells hold an error or a formula without a value, read as empty: B2, B3",)
