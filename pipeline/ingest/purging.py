"""Who is to be forgotten: found on the lists by name, contact or place, and where their data stand below raw/."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.errors import PipelineError, Place
from pipeline.ingest import assemble, corrections, decisions, door, files, project, purged, registers, unnamed
from pipeline.ingest.attendance import AttendanceList
from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.cells import Cells
from pipeline.ingest.corrections import Line
from pipeline.ingest.files import Received
from pipeline.ingest.listed_names import ListedNames
from pipeline.ingest.person_keys import beside_email, email_address, name_key, phone_number
from pipeline.ingest.row_marks import Marks
from pipeline.ingest.traces import Traces, phone_digits

_KEYS: Final = ("name", "email", "phone", "birth_year")
_PLACE: Final = re.compile(r"(?:raw/)?(.+?)(?::([^:]+))?:(\d+)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_LISTS, _FORMS = "attendance", "feedback"
_FOLDERS: Final = (_LISTS, _FORMS, "registers", "coding", "report")
_NAMES: Final = ("first_name", "last_name", "name", "person")
_WRITTEN: Final = (*_NAMES, "email", "phone", "contact")


@dataclass(frozen=True)
class Listed:
    """Everybody on the lists, rows set aside among them.

    Parameters
    ----------
    people : DataFrame
        name, email, phone, birth_year, alias, source_file, source_sheet, source_row, written (the cells that tell who
        it is, as they stand in the file). Holds names: never written.
    person : Series of int
        A number per person.
    tables : list of Cells
        Every table below raw/, to look for traces in: names in files' and sheets' names are masked, as in every table.
    forms : list of Cells
        Those of feedback among them, wherever they lie.
    marks : Marks
        Of the lists and forms as received.
    called : list of (str, Place)
        What each file and sheet is called, and how that is shown.
    lines : tuple of Line
        The decisions of raw/corrections.csv.
    names : ListedNames
        Of everybody on the lists.
    """

    people: pd.DataFrame
    person: pd.Series
    tables: list[Cells]
    forms: list[Cells]
    marks: Marks
    called: list[tuple[str, Place]]
    lines: tuple[Line, ...]
    names: ListedNames


def listed(raw: Path, settings: Project, params: Params, key: bytes | None) -> Listed:
    """Return everybody on the lists of a project.

    Raises
    ------
    PipelineError
        When the project's own files cannot be used.
    """
    kept = registers.load_all(raw)
    called = _read(raw, settings.ingest.feedback)
    names, public = door.names_on(called[_LISTS], kept, settings.project.municipality), registers.own_words(kept)
    shown = {folder: unnamed.shown(some, names, public) for folder, some in called.items()}
    before, after = ([file for some in each.values() for file in some] for each in (called, shown))
    lines = unnamed.lines_shown(corrections.load(raw), before, after)
    tables = {folder: [cells for file in some for cells in file.tables] for folder, some in shown.items()}
    marks = Marks([*tables[_LISTS], *tables[_FORMS]], key)
    lists, _ = door.through(shown[_LISTS], lines, marks)
    people = _everybody(project.lists_taken(lists, kept).parts)
    person = pd.Series(dtype="int64")
    if len(people):
        person = project.linked_people(people, params.link_similarity, decisions.load(raw, people, marks)).person
    whole = [cells for some in tables.values() for cells in some]
    return Listed(people, person, whole, tables[_FORMS], marks, unnamed.called(before, after), lines, names)


def _read(raw: Path, patterns: Sequence[str]) -> dict[str, list[Received]]:
    """Return the files of every folder that may hold something of a person, and the decisions."""
    found = {f: files.read_all(files.find(raw, f, patterns if f == _FORMS else ())) for f in _FOLDERS}
    decided = raw / corrections.FILE
    return {**found, corrections.FILE: files.read_all([(decided, corrections.FILE)] if decided.exists() else [])}


def _everybody(parts: Sequence[AttendanceList]) -> pd.DataFrame:
    frames = [
        part.people.assign(
            source_file=part.cells.file,
            source_sheet=part.cells.sheet,
            source_row=part.people.index,
            written=_written(part.cells),
            list=name,
        )
        for part, name in zip(parts, assemble.list_names(parts), strict=True)
    ]
    empty = pd.DataFrame(
        columns=[*_KEYS, "alias", "source_file", "source_sheet", "source_row", "written", "event_id", "list"]
    )
    return pd.concat(frames, ignore_index=True) if frames else empty


def _written(cells: Cells) -> list[tuple[tuple[str, str], ...]]:
    """Return per row (what it is, text) of the cells that tell who somebody is."""
    wanted = {i: kind for i, text in enumerate(cells.header) if (kind := kind_of(text) or "") in _WRITTEN}
    rows = cells.rows[list(wanted)].itertuples(index=False, name=None)
    kinds = list(wanted.values())
    return [tuple((k, t) for k, t in zip(kinds, row, strict=True) if isinstance(t, str)) for row in rows]


def rows_of(found: Listed, who: str) -> pd.DataFrame:
    """Return the rows of one person; none where nobody on the lists fits.

    Parameters
    ----------
    found : Listed
        Everybody.
    who : str
        A name, an e-mail address, a phone number, or a place such as attendance/list.xlsx:12 (file:row or
        file:sheet:row).

    Raises
    ------
    PipelineError
        When several people fit; it names places, never people.
    """
    hits = _hits(found.people, who)
    numbers = sorted(set(found.person[hits]))
    if not numbers:
        return found.people.iloc[:0]
    if len(numbers) > 1:
        places = [str(place(found.people.loc[n])) for n in numbers]
        raise PipelineError(
            f"{len(numbers)} people fit: their first rows are {'; '.join(places)}",
            place="--person",
            fix="give the e-mail address, the phone number or the place of the right one",
        )
    return found.people[found.person == numbers[0]]


def nobody() -> PipelineError:
    """Return the refusal of a person whom neither a list nor a form knows."""
    return PipelineError(
        "nobody on the attendance lists or in the forms fits",
        place="--person",
        allowed="a name, an e-mail address, a phone number, or a place such as attendance/list.xlsx:12",
        fix="look how the lists write it; a list that is refused must be mended first",
    )


def _hits(people: pd.DataFrame, who: str) -> pd.Series:
    at = _PLACE.fullmatch(who.strip())
    if at is not None and (people["source_file"] == at[1]).any():
        sheet = people["source_sheet"].fillna("") == at[2] if at[2] else True
        return (people["source_file"] == at[1]) & (people["source_row"] == int(at[3])) & sheet
    email, phone = email_address(who), phone_number(who)
    if email is not None:
        return people["email"] == email
    if phone is not None:
        return people["phone"] == phone
    key = name_key(who)
    return people["name"] == key if key is not None else pd.Series(False, index=people.index)


def place(row: pd.Series) -> Place:
    """Return where a row of `Listed.people` stands."""
    sheet = row["source_sheet"]
    return Place(row["source_file"], None if pd.isna(sheet) else sheet, int(row["source_row"]))


def traces_of(people: pd.DataFrame, pseudonyms: Sequence[str] = ()) -> Traces:
    """Return what to look for so that nothing of `people` is left: names, contacts, and their pseudonyms."""
    written = [dict(row) for row in people["written"]]
    whole = (" ".join(row.get(kind, "") for kind in _NAMES) for row in written)
    names = {tuple(_WORD.findall(text)) for text in whole} | {tuple(str(n).split()) for n in people["name"].dropna()}
    emails = {str(text) for text in people["email"].dropna()}
    emails |= {row["email"].strip() for row in written if "@" in row.get("email", "")}
    mixed = [row["contact"] for row in written if "contact" in row]
    emails |= {found for text in mixed if (found := email_address(text))}
    phones = {phone_digits(str(text)) for text in people["phone"].dropna()}
    phones |= {phone_digits(text) for row in written if (text := row.get("phone"))}
    phones |= {phone_digits(found) for text in mixed if (found := beside_email(text))}
    return Traces(
        tuple(sorted(words for words in names if len(words) > 1)),
        frozenset({*emails, *pseudonyms}),
        frozenset(phones - {""}),
    )


def decided_lines(raw: Path, found: Listed, rows: pd.DataFrame) -> list[int]:
    """Return the lines of coding/people.csv that speak of these rows: they would be stale without them."""
    return decisions.lines_about(raw, found.people, found.marks, rows.index)


def corrected_lines(found: Listed, places: Collection[Place]) -> list[int]:
    """Return the lines of corrections.csv that speak of rows at `places`: they would be stale without them."""
    names = {cells.file for cells in found.tables}
    gone = {(at.file, at.sheet or "", at.row) for at in places}
    return [line.number for line in found.lines if gone & {*corrections.rows_of(line, names, found.marks)}]


def forget(raw: Path, rows: pd.DataFrame, key: bytes, day: str) -> int:
    """Add the person of these rows to the list of those a rerun leaves out; return how many entries are new."""
    made = {text for own in purged.pseudonyms(rows, key) for text in own} | purged.shortened(rows, key)
    return purged.add(raw, made, day)


def ids_in(table: pd.DataFrame, rows: pd.DataFrame) -> set[str]:
    """Return the pseudonyms that the stored `attendance` table has at the places of these rows."""
    wanted = set(_places(rows))
    return {str(i) for i, at in zip(table["person_id"], _places(table), strict=True) if at in wanted}


def _places(frame: pd.DataFrame) -> list[tuple[str, str, int]]:
    sheets = frame["source_sheet"].astype(object).fillna("")
    return list(zip(frame["source_file"], sheets, frame["source_row"].astype("int64"), strict=True))
