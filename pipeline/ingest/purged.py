"""People who asked to be forgotten: raw/coding/purged.csv holds keyed pseudonyms, so that no rerun brings them back.

A row of a list is left out when one of its pseudonyms is in the file. They are made of two things at a time (name and
e-mail, name and phone, name and year of birth), or of the one thing a row has: a namesake with other contacts stays.
A row that gives an address or number and no name, or initials beside it, is left out as well: it is nobody else's.
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
from pipeline.ingest.person_keys import name_key
from pipeline.ingest.personal_data import pseudonym

FILE: Final = "coding/purged.csv"
ASKED: Final = "this person asked to be removed"
FIX: Final = "delete the row from the file as received, in every copy of it"
_COLUMN: Final = "pseudonym"
_KEYS: Final = ("name", "email", "phone", "birth_year")
_CONTACTS: Final = ("email", "phone")


def pseudonyms(people: pd.DataFrame, key: bytes) -> list[frozenset[str]]:
    """Return the keyed pseudonyms of each row of `people` (columns name, email, phone, birth_year)."""
    rows = [dict(zip(_KEYS, row, strict=True)) for row in people[list(_KEYS)].itertuples(index=False)]
    return [_of_row(row, key) | _of_initials(row, key) for row in rows]


def _of_row(row: dict[str, object], key: bytes) -> frozenset[str]:
    given = [f"{name}={value}" for name, value in row.items() if not pd.isna(value) and str(value)]
    pairs = [pair for pair in combinations(given, 2) if not all(part.startswith("birth_year") for part in pair)]
    made: Iterable[Sequence[str]] = pairs or [(part,) for part in given if not part.startswith("birth_year")]
    return frozenset(pseudonym(key, "purged|" + "|".join(parts)) for parts in made)


def _of_initials(row: dict[str, object], key: bytes) -> frozenset[str]:
    """Return the pseudonyms of a row whose name is cut to an initial somewhere; none of another's."""
    name = "" if pd.isna(row["name"]) else str(row["name"])
    cut = len(name.split()) > 1 and any(len(word) == 1 for word in name.split())
    return _of_row({**row, "name": _initials(name), "birth_year": None}, key) if cut else frozenset()


def shortened(people: pd.DataFrame, key: bytes) -> frozenset[str]:
    """Return what a row of one of these people would be called that has a contact and no name, or initials only."""
    short = people.assign(name=people["name"].map(_initials, na_action="ignore"))
    alone = [{kind: value} for kind in _CONTACTS for value in people[kind].dropna()]
    alone += [{"name": name_key(str(email))} for email in people["email"].dropna()]  # written in place of a name
    beside = [{"name": row["name"], kind: row[kind]} for row in short.to_dict("records") for kind in _CONTACTS]
    return frozenset(text for row in (*alone, *beside) for text in _of_row(row, key))


def _initials(name: str) -> str:
    return " ".join(sorted(word[0] for word in name.split()))


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
