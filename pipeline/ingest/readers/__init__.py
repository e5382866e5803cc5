"""One file per format, one line per reader below. A reader is chosen by content, never by the file's name."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells
from pipeline.ingest.readers import delimited, spss, workbook

#: Bytes shown to each reader; a spreadsheet's folder is looked up in the file itself.
_HEAD: Final = 65_536


@dataclass(frozen=True)
class Reader:
    """A format: its name, how its content is recognised, how it is read."""

    name: str
    recognises: Callable[[bytes, Path], bool]
    read: Callable[[Path, str], list[Cells]]


READERS: Final = (
    Reader("spss", spss.recognises, spss.read),
    Reader("workbook", workbook.recognises, workbook.read),
    Reader("delimited", delimited.recognises, delimited.read),
)


def choose(path: Path) -> Reader:
    """Return the reader that recognises the content of `path`.

    Raises
    ------
    ReadError
        When the file is empty, is no regular file, or no reader recognises it.
    """
    if not path.is_file():
        folder = "a folder" if os.access(path, os.R_OK | os.X_OK) else "a folder that cannot be opened"
        what = folder if path.is_dir() else "a link to nothing" if path.is_symlink() else "not a regular file"
        raise ReadError(f"this is {what}", place=path.name, fix="put the file itself here, or remove it")
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head.strip():
        raise ReadError("the file is empty", place=path.name, fix="export it again, or remove it")
    for reader in READERS:
        if reader.recognises(head, path):
            return reader
    raise ReadError(
        f"no reader knows this content (it begins {head[:4].hex(' ')})",
        place=path.name,
        allowed="xlsx, ods, SPSS .sav, or text with separators in UTF-8, UTF-16 or windows-1252",
        fix="open it in the tool that made it and export it as xlsx or CSV",
    )


def read(path: Path, name: str) -> tuple[Reader, list[Cells]]:
    """Read `path`, known as `name` in messages; return the reader and the tables found."""
    reader = choose(path)
    return reader, reader.read(path, name)
