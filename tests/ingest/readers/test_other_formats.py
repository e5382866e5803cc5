"""Formats without a table for us are named with the way out; a CSV that begins like one of them is read."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.core.errors import ReadError
from pipeline.ingest import readers

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _container(*streams: str) -> bytes:
    """Return what old Office files look like to us: a header, then a directory of entries of 128 bytes."""
    entries = [f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams)]
    return OLE.ljust(512, b"\0") + b"".join(entries)


def _refusal(path: Path, content: bytes, name: str = "a.xlsx") -> str:
    (path / name).write_bytes(content)
    with pytest.raises(ReadError, match=name) as refused:
        readers.read(path / name, name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a picture or film"),
        (rb"{\rtf1\ansi Osallistujat}", "a text document (RTF)"),
        (b"\n<HTML><table><tr><td>1", "a web page"),
        (b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n', "MHTML"),
        (b"\x1f\x8b\x08\0", "a packed file"),
        (b"SQLite format 3\0", "a database"),
        ("Nimi;Arvio\nÅke;5\n".encode("utf-16-le"), "UTF-16 without its mark"),
        ("Nimi;Arvio\nÅke;5\n".encode("utf-16-be"), "UTF-16 without its mark"),
        (
            b'\xef\xbb\xbf<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "an Excel 2003 XML workbook",
        ),
        (_container("EncryptionInfo", "EncryptedPackage"), "protected by a password"),
        (_container("1Table", "WordDocument"), "an old Word document (.doc)"),
        (_container("__properties_version1.0"), "a message saved from Outlook"),
        # a document inside a workbook is still a workbook, here a damaged one
        (_container("Workbook", "WordDocument"), "the workbook is damaged"),
        (_container("Book"), "the workbook is damaged"),
        (OLE + "WordDocument\0".encode("utf-16-le") + bytes(900), "the workbook is damaged"),
    ],
)  # fmt: skip
def test_what_it_is_and_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    text = _refusal(tmp_path, content)
    assert said in text and "to fix: " in text


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (["vastaukset.csv", "lue minut.txt"], "an archive of files (ZIP)"),
        (["Index/Document.iwa", "Data/1.jpg"], "a Numbers workbook"),
        (["[Content_Types].xml", "xl/workbook.xml"], "the workbook is"),
        (["mimetype", "content.xml"], "the workbook is damaged"),
    ],
)
def test_an_archive_by_its_parts(tmp_path: Path, parts: Sequence[str], said: str) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    assert said in _refusal(tmp_path, (tmp_path / "b.zip").read_bytes())


@pytest.mark.parametrize(
    "first", ["PAR1", "par1", "Rar", "BZh", "ARROW1", "GIF", "II", "SQLite format 3", "7z", "%PDF"]
)
def test_a_header_like_a_beginning_is_a_header(tmp_path: Path, first: str) -> None:
    (tmp_path / "a.csv").write_text(f"{first};par2\n1;2\n3;4\n", "utf-8")
    _, (cells,) = readers.read(tmp_path / "a.csv", "feedback/a.csv")
    assert cells.header == (first, "par2") and len(cells.rows) == 2
