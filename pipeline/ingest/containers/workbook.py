"""Spreadsheets: xlsx, xlsm, xls and ods through calamine, every cell as text."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from pipeline.core.errors import ReadError
from pipeline.ingest.containers import cell_marks, extent, merged, sheet_xml

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Unpacked size above which a workbook is refused: forty times the largest survey export we know of.
_MAX_UNPACKED: Final = 250_000_000
#: Places that a remark gives.
_MOST_PLACES: Final = 5


def recognises(head: bytes) -> bool:
    """Return whether the content is a spreadsheet container (also a damaged one, which `read` then names)."""
    return head.startswith((_ZIP, _OLE))


class Book(NamedTuple):
    """The sheets of a workbook.

    Parameters
    ----------
    grids : dict
        Sheet -> its text, whose first row is the sheet's row 1.
    remarks : dict
        Sheet -> what a person should know of how it was read.
    spoken : dict
        Sheet -> row -> the texts that merged cells above say for it.
    """

    grids: dict[str, merged.Rows]
    remarks: dict[str, list[str]]
    spoken: dict[str, dict[int, frozenset[str]]]


def read_book(path: Path, name: str) -> Book:
    """Return the sheets of a workbook."""
    import python_calamine  # noqa: PLC0415

    parts = _check_container(path, name)
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        sheets = {title: book.get_sheet_by_name(title) for title in book.sheet_names}
        grids, facts = {title: _grid(sheet) for title, sheet in sheets.items()}, sheet_xml.facts(path, parts)
        marks = cell_marks.found(path)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as fault:  # calamine's panics are no Exception; one bad file must not stop the others
        raise ReadError(
            f"the workbook is damaged or protected by a password ({type(fault).__name__})",
            place=name,
            fix="open it in Excel or LibreOffice, save it again without a password",
        ) from None
    made = Book(grids, {}, {})
    for title, own in facts.items():
        told, spoken = merged.fill(grids.get(title, []), own.merged)
        made.remarks[title] = _said(told | {sheet_xml.VALUELESS: own.valueless})
        made.spoken[title] = spoken
    for title, places in marks.items():
        made.remarks[title] = [*made.remarks.get(title, ()), *_said(places)]
    return made


def _said(places: Mapping[str, Sequence[str]]) -> list[str]:
    return [remark.format(_shortened(own)) for remark, own in places.items() if own]


def _shortened(places: Sequence[str]) -> str:
    more = f" + {len(places) - _MOST_PLACES}" if len(places) > _MOST_PLACES else ""
    return ", ".join(places[:_MOST_PLACES]) + more


def hidden_sheets(path: Path) -> frozenset[str]:
    """Return the sheets that a spreadsheet does not show; of a workbook that `read_book` has opened."""
    import python_calamine  # noqa: PLC0415

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    shown = python_calamine.SheetVisibleEnum.Visible
    return frozenset(sheet.name for sheet in book.sheets_metadata if sheet.visible != shown)


def _check_container(path: Path, name: str) -> frozenset[str]:
    """Return the parts worth a closer look."""
    with path.open("rb") as stream:
        if stream.read(4) != _ZIP:
            return frozenset()
    try:
        with zipfile.ZipFile(path) as book:
            _check_size(sum(entry.file_size for entry in book.infolist()), name)
            _check_kind(book, name)
            return extent.check(book, name)
    except ReadError:
        raise
    except Exception:  # zipfile and zlib raise many kinds on damaged content
        raise ReadError("the workbook is cut off or damaged", place=name, fix="copy or export it again") from None


def _check_kind(book: zipfile.ZipFile, name: str) -> None:
    """Refuse the binary form: how far its cells reach cannot be seen before they are laid out in memory."""
    if any(entry.filename.lower().endswith("workbook.bin") for entry in book.infolist()):
        raise ReadError("this is a binary workbook (.xlsb)", place=name, fix="save it as an Excel workbook (.xlsx)")


def _check_size(unpacked: int, name: str) -> None:
    if unpacked > _MAX_UNPACKED:
        raise ReadError(
            f"unpacked it would take {unpacked // 1_000_000} MB: no survey export does",
            place=name,
            allowed=f"up to {_MAX_UNPACKED // 1_000_000} MB",
            fix="delete unused sheets and formatted empty rows, or export as CSV",
        )


class _Texts(dict[object, str | None]):
    """Texts of the cells met so far: a survey has few different ones, and equal ones are then one object."""

    def __missing__(self, value: object) -> str | None:
        self[value] = text = to_text(value)
        return text


def _grid(sheet) -> merged.Rows:  # type: ignore[no-untyped-def]
    known = _Texts()
    rows = sheet.to_python(skip_empty_area=False)
    # True equals 1 and would be found in its place
    of = to_text if bool in map(type, chain.from_iterable(rows)) else known.__getitem__
    return [list(map(of, row)) for row in rows]


def to_text(value: object) -> str | None:
    """Return a typed cell as the text a person would read, dates as ISO, whole numbers without a decimal point."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ") if value.time() != dt.time() else value.date().isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value)
