"""Files that would hang, exhaust or end the process: each is refused by name, quickly, and the others are read."""

from __future__ import annotations

import os
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from attendance_lists import ods, xlsx

from pipeline.core.config import About, Project
from pipeline.core.errors import ReadError
from pipeline.ingest import files, readers, received

SHEET = '<?xml version="1.0"?><worksheet xmlns="{}main"><dimension ref="A1:B2"/><sheetData>{}</sheetData></worksheet>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXT_CELL = '<c {} t="inlineStr"><is><t>x</t></is></c>'
LAST = 1_048_576


def _workbook(path: Path, rows: str, part: str = "worksheets/sheet1.xml") -> None:
    """Write the least xlsx that spreadsheets open: one sheet, in `part`."""
    links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    link = '<Relationship Id="r1" Type="{}/{}" Target="{}"/>'
    sheets = '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
    workbook = f'<workbook xmlns="{MAIN}main" xmlns:r="{OFFICE}">{sheets}</workbook>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("_rels/.rels", links.format(link.format(OFFICE, "officeDocument", "xl/workbook.xml")))
        book.writestr("xl/workbook.xml", workbook)
        book.writestr("xl/_rels/workbook.xml.rels", links.format(link.format(OFFICE, "worksheet", part)))
        book.writestr(f"xl/{part}", SHEET.format(MAIN, rows))


def _row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


#: A stray cell in the furthest corner, written in every way that would be laid out as 17 thousand million cells.
STRAY = {
    "as usual": _row(1, TEXT_CELL.format('r="A1"')) + _row(LAST, TEXT_CELL.format(f'r="XFD{LAST}"')),
    "other quotes": _row(1, TEXT_CELL.format("r='A1'")) + _row(LAST, TEXT_CELL.format(f"r='XFD{LAST}'")),
    "attributes turned": _row(1, TEXT_CELL.format('r="A1"')) + _row(LAST, f'<c\nt="n"\nr="XFD{LAST}"><v>1</v></c>'),
    "without places": _row(1, TEXT_CELL.format("")) + _row(LAST, "<c/>" * 16_383, TEXT_CELL.format("")),
    "with a prefix": f'<x:row r="{LAST}" xmlns:x="{MAIN}main"><x:c r="XFD{LAST}"><x:v>1</x:v></x:c></x:row>',
    "tall and narrow": _row(1, TEXT_CELL.format('r="AA1"')) + _row(900_000, TEXT_CELL.format('r="A900000"')),
}


@pytest.mark.parametrize("how", STRAY)
@pytest.mark.parametrize("part", ["worksheets/sheet1.xml", "elsewhere/s.xml"])
def test_a_stray_cell_is_refused_before_it_takes_the_memory(tmp_path: Path, how: str, part: str) -> None:
    _workbook(tmp_path / "a.xlsx", STRAY[how], part)
    with pytest.raises(ReadError, match=r"a\.xlsx: a sheet reaches to row \d+ and column \d+"):
        readers.read(tmp_path / "a.xlsx", "a.xlsx")


def test_formatted_empty_cells_far_away_are_no_reason_to_refuse(tmp_path: Path) -> None:
    rows = [_row(n, *(TEXT_CELL.format(f'r="{c}{n}"') for c in "AB")) for n in (1, 2)]
    _workbook(tmp_path / "a.xlsx", "".join(rows) + _row(LAST, f'<c r="XFD{LAST}" s="1"/>'))
    _, (cells,) = readers.read(tmp_path / "a.xlsx", "a.xlsx")
    assert cells.rows.shape == (1, 2)


def _packed(path: Path, part: str, content: bytes = b" " * 300_000_000) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(part, content)


def _sparse(path: Path, head: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(head)
        stream.truncate(1_000_000_000)


ENTITIES = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "xxxxxxxx"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>'
#: Name -> how it is made, and what the refusal says.
BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.xlsx": (lambda p: p.write_bytes(b""), "the file is empty"),
    "cut.xlsx": (lambda p: p.write_bytes(xlsx(p, {"S": [["a", "b"], ["1", "2"]]})[:-300]), "cut off or damaged"),
    "ole.xls": (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000)), "protected by a password"),
    "binary.xlsb": (lambda p: _packed(p, "xl/workbook.bin", b"x"), r"binary workbook \(\.xlsb\)"),
    "bomb.ods": (lambda p: _packed(p, "content.xml"), "unpacked it would take 300 MB"),
    "bomb.docx": (lambda p: _packed(p, "word/document.xml"), "too large for a list|unpacked it would take"),
    "entities.xml": (lambda p: p.write_text(ENTITIES), "the XML declares entities"),
    "entities16.xml": (lambda p: p.write_text(ENTITIES, encoding="utf-16"), "no reader knows this content"),
    "deep.json": (lambda p: p.write_text("[" * 200_000 + "]" * 200_000), "not valid JSON"),
    "deep_cut.json": (lambda p: p.write_text('{"a":' * 200_000), "not valid JSON"),
    "page.xls": (lambda p: p.write_text("<html><table><tr><td>1</td></tr></table>"), "a web page"),
    "big.csv": (lambda p: _sparse(p, b"a;b\n"), "no reader knows this content|larger than 800 MB"),
    "big.json": (lambda p: _sparse(p, b"[" + b" " * 70_000), "larger than 100 MB"),
    "big.xlsx": (lambda p: _sparse(p, b"PK\x03\x04"), "cut off or damaged"),
    "big.sav": (lambda p: _sparse(p, b"$FL2@(#)"), "the SPSS file is damaged"),
    "long_cell.csv": (lambda p: p.write_text('a;b\n1;"' + "x" * 1_100_000 + '"\n'), "more than 1 000 000 characters"),
    "wide.csv": (lambda p: p.write_text("a;" * 60_000 + "\n"), "row 1 has 60001 columns"),
    "mixed.csv": (
        lambda p: p.write_bytes("a;b\nähkäys;öinen\n".encode() + b"\xe4;1\n"),
        "most of its letters are UTF-8",
    ),
    "cut_letter.csv": (lambda p: p.write_bytes("a;b\nähkä;1\n2;yö".encode()[:-1]), "most of its letters are UTF-8"),
    "odd16.csv": (lambda p: p.write_bytes("a;b\n1;2".encode("utf-16") + b"x"), "not utf-16 text"),
    "folder.csv": (lambda p: p.mkdir(), "this is a folder"),
    "nowhere.csv": (lambda p: p.symlink_to("gone"), "a link to nothing"),
    "circle.csv": (lambda p: p.symlink_to(p.name), "a link to nothing"),
    "here": (lambda p: p.symlink_to("."), "this is a folder"),
    "pipe.csv": (os.mkfifo, "not a regular file"),
    "endless.csv": (lambda p: p.symlink_to("/dev/zero"), "not a regular file"),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and links without rights")
def test_every_bad_file_is_named_in_bounded_time_and_the_good_one_is_read(tmp_path: Path) -> None:
    (tmp_path / "feedback").mkdir()
    for name, (make, _) in BAD.items():
        make(tmp_path / "feedback" / name)
    (tmp_path / "feedback/good.csv").write_text("a;b\n1;2\n")
    start = time.perf_counter()
    found = {file.name: file for file in files.read_all(files.find(tmp_path, "feedback"))}
    digests = received.digests(tmp_path, Project(project=About(code="P", name="P")))
    assert time.perf_counter() - start < 600  # a hang, not a speed
    assert set(digests) == set(found) == {f"feedback/{name}" for name in (*BAD, "good.csv")}
    assert {name for name, file in found.items() if file.tables} == {"feedback/good.csv"}
    for name, (_, said) in BAD.items():
        refusal = found[f"feedback/{name}"].refused
        with pytest.raises(ReadError, match=said):
            raise refusal or AssertionError(name)
        assert str(refusal).startswith(f"feedback/{name}")


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\n1;2\n")
    real = readers.read

    def slow(path: Path, name: str) -> object:
        result = real(path, name)
        with path.open("a") as stream:
            stream.write("3;4\n")
        return result

    monkeypatch.setattr(readers, "read", slow)
    (file,) = files.read_all([(path, "feedback/a.csv")])
    assert file.refused and file.refused.what == "the file changed while it was being read" and not file.tables


def test_a_fault_of_a_reader_stops_its_file_only_and_says_nothing_of_the_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.csv").write_text("a;b\n1;2\n")
    real = readers.read

    def broken(path: Path, name: str) -> object:
        if path.name == "a.csv":
            raise KeyError("Maija Meikäläinen")
        return real(path, name)

    monkeypatch.setattr(readers, "read", broken)
    one, other = files.read_all([(tmp_path / f"{name}.csv", f"feedback/{name}.csv") for name in "ab"])
    assert one.refused and "KeyError" in str(one.refused) and "Maija" not in str(one.refused)
    assert other.tables


def test_names_with_line_breaks_and_of_the_greatest_length_are_names(tmp_path: Path) -> None:
    (tmp_path / "feedback").mkdir()
    for name in ("a\nb.csv", "x" * 250 + ".csv"):
        (tmp_path / "feedback" / name).write_text("a;b\n1;2\n")
    found = files.read_all(files.find(tmp_path, "feedback"))
    assert [file.name for file in found] == ["feedback/a\ufffdb.csv", f"feedback/{'x' * 250}.csv"]
    assert all(file.tables for file in found)


@pytest.mark.parametrize("content", ["\na;b\n1;2\n", "\n\n", " ; \na;b\n1;2\n"])
def test_a_blank_first_line_troubles_no_reader(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content)
    xlsx(tmp_path / "a.xlsx", {"S": [[None, None], ["a", "b"], ["1", "2"]]})
    (tmp_path / "a.ods").write_bytes(ods({"S": [["", ""], ["a", "b"], ["1", "2"]]}))
    for file in (path, tmp_path / "a.xlsx", tmp_path / "a.ods"):
        made = readers.Content(file, file.name)
        assert not [r.NAME for r in readers.READERS if r.recognises(made) and r.NAME not in ("plain", "name_list")]


def test_a_row_cut_by_a_line_break_is_set_aside_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;q;say\n1;2;\n2;3;hei\n3;4\nloppu;\n4;5;x\n")
    _, (cells,) = readers.read(path, "feedback/a.csv")
    assert cells.short == (4, 5)
    path.write_text("id;q;say\n1;2\n2;3;hei\n")  # a tool that leaves out the empty last cells
    assert readers.read(path, "feedback/a.csv")[1][0].short == ()
