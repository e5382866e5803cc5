"""What files pass before anything is made of them: a person's corrections; and what is said of them as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from pipeline.core.errors import Place
from pipeline.ingest import corrected, listed_names
from pipeline.ingest.carried import carried
from pipeline.ingest.corrections import Corrections, Line
from pipeline.ingest.files import Received
from pipeline.ingest.findings import Finding
from pipeline.ingest.listed_names import ListedNames
from pipeline.ingest.personal_patterns import EMAIL, MASKS

_NAMED: str = "the name of the file or of one of its sheets holds an e-mail address; it is masked in every table"


def through(received: Iterable[Received], lines: Sequence[Line]) -> tuple[list[Received], Corrections]:
    """Return the files with their tables corrected, and the corrections bound to them.

    Raises
    ------
    ReadError
        Naming the line of the corrections that does not fit the files (any more): the run stops.
    """
    files = list(received)
    tables = [cells for file in files for cells in file.tables]
    corrections = Corrections(lines, tables)
    if not corrections:
        return files, corrections
    corrections = Corrections(carried(corrections, tables, lines), tables)
    return [
        replace(file, tables=tuple(corrected.apply(cells, corrections) for cells in file.tables)) for file in files
    ], corrections


def findings(received: Iterable[Received], lines: Sequence[Line]) -> list[Finding]:
    """Return what is to be said of whole files: names that hold an address, corrections of a file that was refused."""
    files = list(received)
    named = [
        Finding("note", Place(file.name), _NAMED, fix="rename the file or the sheet")
        for file in files
        if any(MASKS[EMAIL] in name for name in (file.name, *(cells.sheet or "" for cells in file.tables)))
    ]
    refused = {file.name for file in files if file.refused is not None}
    return named + [
        Finding("note", Place("corrections.csv", None, line.number), "not applied: the file it speaks of was refused")
        for line in lines
        if line.file in refused
    ]


def names_on(received: Iterable[Received], tables: dict[str, pd.DataFrame], municipality: str | None) -> ListedNames:
    """Return the names on the lists; words of the registers are no names where they stand alone."""
    common = [text for name in ("events", "actions", "organisations") for text in tables[name]["name"].dropna()]
    places = tables["events"]["place"].dropna()
    return listed_names.of(
        (cells for file in received for cells in file.tables), [*common, *places, municipality or ""]
    )
