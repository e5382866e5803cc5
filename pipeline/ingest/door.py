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
from pipeline.ingest.cells import Cells
from pipeline.ingest.corrections import FILE, Corrections, Line, column_of, followed
from pipeline.ingest.files import Received
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold
from pipeline.ingest.listed_names import ListedNames
from pipeline.ingest.personal_patterns import EMAIL, MASKS, PHONE
from pipeline.ingest.row_marks import Marks

BARE: Final = "this line tells the row by its number alone: in a file that has changed it could meet another one"
ALIKE: Final = "another row has the same in this column: in a file that has changed this line could meet that one"
_COPY_MARK: Final = "copy 'expected' of the row from processed/quarantine.xlsx"
#: Mask -> what is said of a file whose name, or a sheet's, holds it.
_NAMED: Final = {
    MASKS[EMAIL]: "the name of the file or of one of its sheets holds an e-mail address; it is masked in every table",
    MASKS[PHONE]: "the name of the file or of one of its sheets holds a phone number; it is masked in every table",
    listed_names.MASK: "the name of the file or of one of its sheets names a listed person; masked in every table",
}
_RENAME: Final = "rename the file or the sheet"
_HEADED: Final = "the header of this column names a person on the attendance lists; it is masked in every table"


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

    Names that hold an address, corrections of a file that was refused, lines that tell a row by its number alone, or
    by what other rows say as well. `received` are the files before any correction.
    """
    files = list(received)
    named = [found for file in files for found in _named(file)]
    refused, open_ = (
        {name for file in files if (file.refused is not None) is kind for name in (file.name, Path(file.name).name)}
        for kind in (True, False)
    )
    said = [
        (line, "not applied: the file it speaks of was refused", None) for line in lines if line.file in refused
    ] + [(line, BARE, _COPY_MARK) for line in lines if line.bare and line.file in open_]
    said += [(line, ALIKE, _COPY_MARK) for line in _not_alone([c for f in files for c in f.tables], lines)]
    return named + [Finding("note", Place(FILE, None, line.number), what, fix=fix) for line, what, fix in said]


def _not_alone(tables: Sequence[Cells], lines: Sequence[Line]) -> list[Line]:
    """Return the lines that tell their row by a cell which another row of the table has as well."""
    told = Corrections([line for line in lines if not line.mark and not line.bare], tables)
    found = []
    for cells in tables:
        for line in told.of(cells):
            texts = cells.rows[column_of(line, cells)].map(fold, na_action="ignore").fillna("")
            found += [line] if (texts == texts[line.row]).sum() > 1 else []
    return found


def _named(file: Received) -> list[Finding]:
    """Return what is said of names of the file, its sheets and its columns that had to be masked."""
    texts = (file.name, *(cells.sheet or "" for cells in file.tables))
    found = [
        Finding("note", Place(file.name), what, fix=_RENAME)
        for mask, what in _NAMED.items()
        if any(mask in text for text in texts)
    ]
    headed = [(cells, i) for cells in file.tables for i, text in enumerate(cells.said) if listed_names.MASK in text]
    return found + [Finding("note", cells.place(column=i), _HEADED, fix="rename the column") for cells, i in headed]


def names_on(received: Iterable[Received], tables: dict[str, pd.DataFrame], municipality: str | None) -> ListedNames:
    """Return the names on the lists; words of the registers are no names where they stand alone."""
    common = [text for name in ("events", "actions", "organisations") for text in tables[name]["name"].dropna()]
    places = tables["events"]["place"].dropna()
    return listed_names.of(
        (cells for file in received for cells in file.tables), [*common, *places, municipality or ""]
    )
