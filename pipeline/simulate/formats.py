"""Writing files whose bytes do not depend on the machine: text with LF, unpacked xlsx, SPSS without a clock."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

#: One cell: text, number, date, or nothing.
Cell = str | int | float | dt.date | dt.datetime | None
Rows = Sequence[Sequence[Cell]]

#: Width of the widest column of a sheet, in pixels.
_WIDEST: Final = 380
_CREATED: Final = dt.datetime(2019, 1, 15, 12)
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_SAV_CLOCK: Final = b"15 Jan 1912:00:00"  # creation date (9 bytes) and time (8) of an SPSS header
_SAV_CLOCK_AT: Final = 92


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write text with LF on every system (git keeps LF too), making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def write_csv(
    path: Path, rows: Rows, *, delimiter: str = ",", encoding: str = "utf-8", quoting: int = csv.QUOTE_MINIMAL
) -> None:
    """Write delimited text; `utf-8-sig` gives the byte-order mark of form services."""
    lines = io.StringIO()
    csv.writer(lines, delimiter=delimiter, lineterminator="\n", quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    write_text(path, lines.getvalue(), encoding)


def write_xlsx(path: Path, sheets: Mapping[str, Rows], header_row: int = 0) -> None:
    """Write a workbook, one entry per sheet, with the row `header_row` (from 0) of the first sheet in bold."""
    import xlsxwriter  # noqa: PLC0415

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "d.m.yyyy"}) as book:
        book.set_properties({"created": _CREATED})
        styles = {
            "bold": book.add_format({"bold": True, "text_wrap": True}),
            dt.datetime: book.add_format({"num_format": "d.m.yyyy h:mm"}),
        }
        for number, (name, rows) in enumerate(sheets.items()):
            _fill(book.add_worksheet(name), rows, header_row if number == 0 else -1, styles)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_unpacked(buffer.getvalue()))


def _fill(sheet: Any, rows: Rows, header_row: int, styles: Mapping[Any, Any]) -> None:
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                sheet.write(number, column, cell, styles["bold"] if number == header_row else styles.get(type(cell)))
    if header_row >= 0:
        sheet.freeze_panes(header_row + 1, 0)
    sheet.autofit(_WIDEST)


def _unpacked(content: bytes) -> bytes:
    """Return the same zip archive stored without compression, with fixed dates and system: zlib builds differ."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as stored:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            stored.writestr(entry, source.read(name))
    return target.getvalue()


def write_sav(path: Path, frame: Any, **metadata: Any) -> None:
    """Write an SPSS file with pyreadstat, then replace the clock in its header (bytes 92 to 108) by a fixed one."""
    import pyreadstat  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    pyreadstat.write_sav(frame, str(path), **metadata)
    content = bytearray(path.read_bytes())
    content[_SAV_CLOCK_AT : _SAV_CLOCK_AT + len(_SAV_CLOCK)] = _SAV_CLOCK
    path.write_bytes(bytes(content))
