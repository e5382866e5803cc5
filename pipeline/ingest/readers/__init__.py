"""One module per format, one line per reader below. A reader is chosen by content, never by the file's name."""

from __future__ import annotations

import os
from collections.abc import Set
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

from pipeline.core.errors import ReadError
from pipeline.ingest import above_export, other_formats
from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.readers import (
    docx_tables,
    eventbrite,
    google_forms,
    kobo_odk,
    limesurvey,
    lyyti,
    month_grid,
    ms_forms,
    name_list,
    plain,
    qualtrics,
    questionnaire,
    redcap,
    sas,
    signin,
    spss,
    stata,
    surveymonkey,
    teams,
    typeform,
    webropol,
    zoom,
)


class Reader(Protocol):
    """What a module of this package offers."""

    @property
    def NAME(self) -> str:
        """Short name, as it stands in the ledger."""

    @property
    def SIGNS(self) -> tuple[str, ...]:
        """Headers its tables have: by them an unknown table is told which format it is nearest to."""

    def recognises(self, content: Content) -> bool:
        """Return whether the content is of this format."""

    def read(self, content: Content) -> list[Cells]:
        """Return the tables; ReadError says what is wrong where."""


#: Exports of survey tools, in the order they are asked: the most particular first.
SURVEYS: Final[tuple[Reader, ...]] = (
    spss,
    stata,
    sas,
    questionnaire,
    webropol,
    limesurvey,
    kobo_odk,
    redcap,
    qualtrics,
    typeform,
    surveymonkey,
    ms_forms,
    google_forms,
)
#: Attendance reports and lists.
LISTS: Final[tuple[Reader, ...]] = (
    docx_tables,
    lyyti,
    teams,
    zoom,
    eventbrite,
    month_grid,
    signin,
    name_list,
)
#: All of them; the plain table comes last.
READERS: Final[tuple[Reader, ...]] = (*SURVEYS, *LISTS, plain)


#: What a person should know of a sheet he does not see.
HIDDEN: Final = "this sheet is hidden in the workbook"


def candidates(name: str) -> tuple[Reader, ...]:
    """Return the readers for a file by the folder it was put in: a sheet of names in feedback/ is no attendance list.

    Outside the two folders every reader is asked.
    """
    if name.startswith("feedback/"):
        return (*SURVEYS, plain)
    return (*LISTS, *SURVEYS, plain) if name.startswith("attendance/") else READERS


def choose(path: Path, name: str | None = None) -> tuple[Reader, Content]:
    """Return the reader that recognises the content of `path`, and the content.

    Raises
    ------
    ReadError
        When the file is empty, is no regular file or of a format without tables, or no reader recognises it.
    """
    if not path.is_file():
        what = _no_file(path)
        raise ReadError(f"this is {what}", place=name or path.name, fix="put the file itself here, or remove it")
    content = Content(path, name or path.name)
    if not content.head.strip():
        raise ReadError("the file is empty", place=content.name, fix="export it again, or remove it")
    other_formats.refuse(content)
    for reader in candidates(content.name):
        if reader.recognises(content):
            return reader, content
        if reader is SURVEYS[-1] and (found := _below_title(content)) is not None:
            return found
    content.check_document()
    raise ReadError(
        f"no reader knows this content (it begins {content.head[:4].hex(' ')})",
        place=content.name,
        allowed=f"{', '.join(reader.NAME for reader in candidates(content.name))}",
        fix="open it in the tool that made it and export it as xlsx or CSV",
    )


def _below_title(content: Content) -> tuple[Reader, Content] | None:
    """Return the reader of a tool whose export stands below a title or blank rows, and the content without them."""
    tops = above_export.tops(content)
    found = ((reader, above_export.heights(tops, reader.recognises)) for reader in SURVEYS if tops)
    return next(((reader, content.below(heights)) for reader, heights in found if heights), None)


def _no_file(path: Path) -> str:
    if path.is_dir():
        return "a folder" if os.access(path, os.R_OK | os.X_OK) else "a folder that cannot be opened"
    if path.exists():
        return "not a regular file"
    return "a link to nothing" if path.is_symlink() else "no file at all: there is none of this name"


def read(path: Path, name: str) -> tuple[Reader, list[Cells]]:
    """Read `path`, known as `name` in messages; return the reader and the tables found."""
    reader, content = choose(path, name)
    tables = [above_export.placed(cells, content) for cells in _tables(reader, content)]
    short, long = content.uneven_rows
    tables = [_uneven(cells, short, long) for cells in tables] if short or long else tables
    return reader, [
        _of_its_sheet(cells, content) for cells in tables
    ] if content.hidden or content.book.grids else tables


def _of_its_sheet(cells: Cells, content: Content) -> Cells:
    """Return a table with what is to be said of its sheet."""
    sheet = (cells.sheet or "").split(" / ")[0]  # a sheet may have become several tables, "sheet / day"
    more = (*((HIDDEN,) if sheet in content.hidden else ()), *content.book.remarks.get(sheet, ()))
    spoken = content.book.spoken.get(sheet, {})
    return replace(cells, remarks=(*cells.remarks, *more), spoken=spoken) if more or spoken else cells


def _tables(reader: Reader, content: Content) -> list[Cells]:
    """Return the tables; each sheet of a workbook of lists by the reader that knows it, so that no sheet is lost."""
    if reader not in LISTS or reader is docx_tables or not content.is_workbook or len(parts := content.alone()) < 2:
        return reader.read(content)
    known = (next((r for r in (reader, *LISTS) if r.recognises(part)), signin) for part in parts)
    return [cells for own, part in zip(known, parts, strict=True) for cells in own.read(part)]


def _uneven(cells: Cells, short: Set[int], long: Set[int]) -> Cells:
    rows = [int(row) for row in cells.rows.index]
    overlong = tuple(row for row in rows if row in long or row in cells.overlong)
    return replace(cells, short=tuple(row for row in rows if row in short), overlong=overlong)


def nearest(cells: Cells) -> str:
    """Return which known format a plain table comes nearest to and what it lacks, or "" where it is near none."""
    seen = {fold(text) for text in (*cells.header, *cells.questions)}
    found = [
        (sum(fold(s) in seen for s in reader.SIGNS) / len(reader.SIGNS), reader) for reader in READERS if reader.SIGNS
    ]
    share, reader = max(found, key=lambda pair: pair[0], default=(0.0, plain))
    if share < 1 / 3:
        return ""
    lacking = [sign for sign in reader.SIGNS if fold(sign) not in seen]
    return f"it comes nearest to {reader.NAME}, but there is no column {', '.join(lacking)}"
