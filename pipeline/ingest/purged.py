"""People who asked to be forgotten: raw/coding/purged.csv holds keyed pseudonyms, so that no rerun brings them back.

A row of a list is left out when one of its pseudonyms is in the file. They are made of two things at a time (name and
e-mail, name and phone, name and year of birth), or of the one thing a row has: a namesake with other contacts stays.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.errors import Place, ReadError
from pipeline.ingest import readers
from pipeline.ingest.attendance import AttendanceList
from pipeline.ingest.cells import TEXT
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold
from pipeline.ingest.personal_data import pseudonym

FILE: Final = "coding/purged.csv"
ASKED: Final = "this person asked to be removed"
FIX: Final = "delete the row from the file as received, in every copy of it"
_COLUMN: Final = "pseudonym"
_KEYS: Final = ("name", "email", "phone", "birth_year")


def pseudonyms(people: pd.DataFrame, key: bytes) -> list[frozenset[str]]:
    """Return the keyed pseudonyms of each row of `people` (columns name, email, phone, birth_year)."""
    return [_of_row(dict(zip(_KEYS, row, strict=True)), key) for row in people[list(_KEYS)].itertuples(index=False)]


def _of_row(row: dict[str, object], key: bytes) -> frozenset[str]:
    given = [f"{name}={value}" for name, value in row.items() if not pd.isna(value) and str(value)]
    pairs = [pair for pair in combinations(given, 2) if not all(part.startswith("birth_year") for part in pair)]
    made: Iterable[Sequence[str]] = pairs or [(part,) for part in given if not part.startswith("birth_year")]
    return frozenset(pseudonym(key, "purged|" + "|".join(parts)) for parts in made)


def load(raw: Path) -> frozenset[str]:
    """Return the pseudonyms of raw/coding/purged.csv; none where there is no such file.

    Raises
    ------
    ReadError
        When the file has no column of pseudonyms.
    """
    path = raw / FILE
    if not path.exists():
        return frozenset()
    _, tables = readers.read(path, FILE)
    cells = tables[0]
    at = [i for i, text in enumerate(cells.header) if fold(text) == _COLUMN]
    if not at:
        raise ReadError(
            f"there is no column '{_COLUMN}'",
            place=Place(FILE),
            fix="restore the file: python -m pipeline purge writes it, no person does",
        )
    return frozenset(cells.rows[at[0]].dropna())


def add(raw: Path, new: Iterable[str], day: str) -> int:
    """Append pseudonyms to raw/coding/purged.csv; return how many it did not have yet."""
    path, known = raw / FILE, load(raw)
    fresh = sorted(set(new) - known)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerows([(_COLUMN, "day")] if head else [])
        writer.writerows((text, day) for text in fresh)
    return len(fresh)


def leave_out(parts: Sequence[AttendanceList], forgotten: frozenset[str], key: bytes) -> list[AttendanceList]:
    """Return the lists with the rows of people who asked to be forgotten set aside."""
    return [_without(part, forgotten, key) for part in parts]


def _without(part: AttendanceList, forgotten: frozenset[str], key: bytes) -> AttendanceList:
    asked = [bool(own & forgotten) for own in pseudonyms(part.people, key)]
    rows = part.people.index[asked].difference(part.quarantined.index)
    if rows.empty:
        return part
    aside = pd.concat([part.quarantined, pd.Series(ASKED, index=rows, dtype=TEXT)])
    new = tuple(Finding("row_quarantined", part.cells.place(int(row)), ASKED, fix=FIX) for row in rows)
    return replace(part, quarantined=aside, findings=(*part.findings, *new))
