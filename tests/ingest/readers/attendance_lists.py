"""Attendance lists made in a test: written as a tool writes them, read, and brought to a register of events."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest import assemble, attendance, link, readers
from pipeline.ingest.attendance import AttendanceList
from pipeline.ingest.attendance_events import known
from pipeline.ingest.cells import Cells

Row = Sequence[str | None]
KEY = b"a key only tests know"
EVENTS = pd.DataFrame(
    {
        "event_id": ["E1", "E2", "E3", "E4"],
        "action_id": ["A1", "A2", "A2", "A3"],
        "name": ["Talkoot", "Kahvila 1", "Kahvila 2", "Juhla"],
        "aliases": ["Weekly Sync|abc123", "Kahvila", "Kahvila", None],
        "date": pd.to_datetime(["2021-04-13", "2018-03-03", "2018-03-10", "2021-01-26"]),
    }
)


def text(rows: Sequence[Row], separator: str = ",", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue().encode(encoding)


def read(folder: Path, content: bytes, name: str = "list.csv") -> tuple[str, list[Cells]]:
    path = folder / name
    path.write_bytes(content)
    reader, tables = readers.read(path, f"attendance/{name}")
    return reader.NAME, tables


def harmonised(tables: Sequence[Cells]) -> list[AttendanceList]:
    return [attendance.harmonise(cells, known(EVENTS), {}, len(tables)) for cells in tables]


def visits(tables: Sequence[Cells]) -> pd.DataFrame:
    """Return the attendance table that lists come to, in order of their rows."""
    people = assemble.people_on(harmonised(tables))
    devices = (people["source_file"] + people["source_sheet"].fillna("") + people["alias"])[people["alias"].notna()]
    same = link.pairs_of(devices.index.tolist(), devices)
    person = link.link(people[["name", "email", "phone", "birth_year"]], 90, same).person
    made, _ = assemble.attendance_tables(people, person, EVENTS, KEY)
    return made.sort_values("source_row", ignore_index=True)


def unharmed(folder: Path, content: bytes, expected: list[Cells], name: str = "list.csv") -> None:
    """Read content that may be damaged: it is the same table, a refusal, or at least no other failure."""
    try:
        read(folder, content, name)
    except ReadError as refusal:
        assert str(refusal)


def docx(*blocks: str | Sequence[Row]) -> bytes:
    """Return a Word document of paragraphs and tables."""
    body = "".join(_paragraph(b) if isinstance(b, str) else _table(b) for b in blocks)
    return packed({"word/document.xml": _DOCUMENT.format(body)})


_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
)


def _paragraph(content: str) -> str:
    return f"<w:p><w:r><w:t>{escape(content)}</w:t></w:r></w:p>"


def _table(rows: Sequence[Row]) -> str:
    cells = ("".join(f"<w:tc>{_paragraph(cell or '')}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def packed(parts: Mapping[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ods(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """Return a minimal OpenDocument spreadsheet."""
    names = 'xmlns:{0}="urn:oasis:names:tc:opendocument:xmlns:{0}:1.0" '
    tables = "".join(
        f'<table:table table:name="{escape(sheet)}">{"".join(map(_ods_row, rows))}</table:table>'
        for sheet, rows in sheets.items()
    )
    content = (
        f"<office:document-content {names.format('office')}{names.format('table')}{names.format('text')}>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return packed({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_row(row: Row) -> str:
    cells = (
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        if cell
        else "<table:table-cell/>"
        for cell in row
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def xlsx(path: Path, sheets: Mapping[str, Sequence[Row]]) -> bytes:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write_string(number, column, cell)
    return path.read_bytes()
