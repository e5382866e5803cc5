"""What files pass before anything is made of them: a person's corrections; and what is said of them as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.errors import Place
from pipeline.ingest import corrected, listed_names
from pipeline.ingest.carried import carried
from pipeline.ingest.corrections import FILE, Corrections, Line, followed
from pipeline.ingest.files import Received
from pipeline.ingest.findings import Finding
from pipeline.ingest.listed_names import ListedNames
from pipeline.ingest.personal_patterns import EMAIL, MASKS
from pipeline.ingest.row_marks import Marks

BARE: Final = "this line tells the row by its number alone: in a file that has changed it could meet another one"
_COPY_MARK: Final = "copy 'expected' of the row from processed/quarantine.xlsx"
_NAMED: Final = "the name of the file or of one of its sheets holds an e-mail address; it is masked in every table"


def through(received: Iterable[Received], lines: Sequence[Line], marks: Marks) -> tuple[list[Received], Corrections]:
    """Return the files with their tables corrected, and the corrections bound to them.

    Raises
    ------
    ReadError
        Naming the line of the corrections that does not fit the files (any more): the run stops.
    """
    files = list(received)
    tables = [cells for file in files for cells in file.tables]
    lines = followed(lines, tables, marks)
    corrections = Corrections(lines, tables)
    if not corrections:
        return files, corrections
    corrections = Corrections(carried(corrections, tables, lines), tables)
    return [
        replace(file, tables=tuple(corrected.apply(cells, corrections) for cells in file.tables)) for file in files
    ], corrections


def findings(received: Iterable[Received], lines: Sequence[Line]) -> list[Finding]:
    """Return what is to be said of whole files and of decisions about them.

    Names that hold an address, corrections of a file that was refused, lines that tell a row by its number alone.
    """
    files = list(received)
    named = [
        Finding("note", Place(file.name), _NAMED, fix="rename the file or the sheet")
        for file in files
        if any(MASKS[EMAIL] in name for name in (file.name, *(cells.sheet or "" for cells in file.tables)))
    ]
    refused, open_ = (
        {name for file in files if (file.refused is not None) is kind for name in (file.name, Path(file.name).name)}
        for kind in (True, False)
    )
    said = [
        (line, "not applied: the file it speaks of was refused", None) for line in lines if line.file in refused
    ] + [(line, BARE, _COPY_MARK) for line in lines if line.bare and line.file in open_]
    return named + [Finding("note", Place(FILE, None, line.number), what, fix=fix) for line, what, fix in said]


def names_on(received: Iterable[Received], tables: dict[str, pd.DataFrame], municipality: str | None) -> ListedNames:
    """Return the names on the lists; words of the registers are no names where they stand alone."""
    common = [text for name in ("events", "actions", "organisations") for text in tables[name]["name"].dropna()]
    places = tables["events"]["place"].dropna()
    return listed_names.of(
        (cells for file in received for cells in file.tables), [*common, *places, municipality or ""]
    )
