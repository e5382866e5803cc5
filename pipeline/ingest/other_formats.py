"""Formats that arrive and hold no table we could read: each is named, with the way to a file that can be read.

Sources of the beginnings: the formats' own specifications, as the libmagic and PRONOM registries list them.
"""

from __future__ import annotations

import re
import zipfile
from typing import Final, NamedTuple

from pipeline.core.errors import ReadError
from pipeline.ingest.content import Content

_EXPORT: Final = "open it in the tool that made it and export it as xlsx or CSV"
_SAVE: Final = "open it in Excel or LibreOffice and save it as xlsx"
_WORD: Final = "open it in Word or LibreOffice and save it as docx"
_UNPACK: Final = "unpack it and put the files themselves here"
_KEY_IN: Final = "ask for the table itself as xlsx or CSV, or key it into a sheet"
_NO_PASSWORD: Final = "open it in Excel or LibreOffice, save it again without a password"
_UTF8: Final = "export it again as 'CSV UTF-8', or as xlsx"


class Format(NamedTuple):
    """What a file is, as a message says it, and what a person does about it."""

    what: str
    fix: str


#: How the content begins. A CSV may begin with "PAR1" or "Rar" too: each pattern goes on to what no text has.
BEGINNINGS: Final[tuple[tuple[bytes, Format], ...]] = (
    (rb"%PDF-\d", Format("a PDF, not a table", _KEY_IN)),
    (
        rb"\x89PNG\r|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|\x00\x00\x00.ftyp",
        Format("a picture or film, not a table", _KEY_IN),
    ),
    (rb"\{\\rtf\d", Format("a text document (RTF)", _WORD)),
    (rb"(?i:\s*<html|\s*<!doctype html)", Format("a web page (HTML), not a table", _EXPORT)),
    (rb"(?i:mime-version: |content-type: )", Format("a web page or message saved as one file (MHTML)", _EXPORT)),
    (rb"\x1f\x8b|7z\xbc\xaf|Rar!\x1a|BZh[1-9]1AY|\xfd7zXZ", Format("a packed file", _UNPACK)),
    (
        rb"SQLite format 3\x00|\x00\x01\x00\x00Standard |PAR1\x15|ARROW1\x00",
        Format("a database, not a table", _EXPORT),
    ),
    (rb"(?:[^\x00]\x00){8}|(?:\x00[^\x00]){8}", Format("text in UTF-16 without its mark", _UTF8)),
)
#: What LimeSurvey writes into the export that moves answers from one survey to another.
_LIME_VV: Final = b"{question_not_shown}"
_EXCEL_2003: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
#: Names of streams in the container of old Office files; one that holds a workbook is left to its reader.
_WORKBOOKS: Final = ("Workbook", "Book")
STREAMS: Final = {
    "EncryptedPackage": Format("a workbook or document protected by a password", _NO_PASSWORD),
    "WordDocument": Format("an old Word document (.doc)", _WORD),
    "__properties_version1.0": Format("a message saved from Outlook", _EXPORT),
}
#: A directory of such a container has entries of this size, each beginning with its name.
_ENTRY: Final = 128
#: Parts that an archive of ours has, and those of others.
_OURS: Final = re.compile(r"xl/|word/|content\.xml$|\[content_types\]\.xml$", re.IGNORECASE)
_NUMBERS: Final = re.compile(r"index(\.zip|/.*\.iwa)$", re.IGNORECASE)


def refuse(content: Content) -> None:
    """Raise ReadError where the content is of a format that is known to hold no table for us."""
    found = _by_beginning(content.head) or _by_streams(content) or _by_parts(content)
    if found is not None:
        raise ReadError(f"this is {found.what}", place=content.name, fix=found.fix)


def _by_beginning(head: bytes) -> Format | None:
    start = head.removeprefix(b"\xef\xbb\xbf")
    if start.lstrip().startswith(b"<") and _EXCEL_2003 in head:
        return Format("an Excel 2003 XML workbook", _SAVE)
    if _LIME_VV in head:
        return Format("a VV export of LimeSurvey", "export the responses as CSV")
    return next((found for pattern, found in BEGINNINGS if re.match(pattern, start, re.DOTALL)), None)


def _by_streams(content: Content) -> Format | None:
    if not content.head.startswith(b"\xd0\xcf\x11\xe0"):
        return None
    whole = content.document()
    if any(_has_entry(whole, name) for name in _WORKBOOKS):
        return None
    return next((found for name, found in STREAMS.items() if _has_entry(whole, name)), None)


def _has_entry(whole: bytes, name: str) -> bool:
    entry = f"{name}\0".encode("utf-16-le")
    return any(match.start() % _ENTRY == 0 for match in re.finditer(re.escape(entry), whole))


def _by_parts(content: Content) -> Format | None:
    if not content.head.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(content.path) as archive:
            parts = archive.namelist()
    except Exception:  # damaged archives raise many kinds: the reader of workbooks names them
        return None
    if not parts or any(map(_OURS.match, parts)):
        return None
    if any(map(_NUMBERS.match, parts)):
        return Format("a Numbers workbook", "open it in Numbers and export it as Excel")
    return Format("an archive of files (ZIP)", _UNPACK)
