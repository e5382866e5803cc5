"""Attendance lists as received -> who was on which event's list. Names stay in memory and go no further."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold, without_marks

#: Header words of attendance lists in the three languages, folded.
_HEADERS: Final = {
    "name": ("nimi", "osallistuja", "osallistujan nimi", "name", "full name", "namn", "deltagare"),
    "first_name": ("etunimi", "first name", "förnamn"),
    "last_name": ("sukunimi", "last name", "efternamn", "surname"),
    "email": (
        "sähköposti",
        "sähköpostiosoite",
        "s-posti",
        "email",
        "e-mail",
        "email address",
        "e-post",
        "e-postadress",
    ),
    "phone": ("puhelin", "puhelinnumero", "puh", "phone", "telefon", "telefonnummer"),
    "birth_year": ("syntymävuosi", "synt.vuosi", "synt. vuosi", "sv", "birth year", "year of birth", "födelseår"),
    "organisation": ("yhdistys", "organisaatio", "taho", "yhdistys/taho", "organisation", "organization", "förening"),
    "role": ("rooli", "role", "roll"),
    "event": ("tapahtuma", "tilaisuus", "event", "evenemang"),
    "presence": ("läsnä", "allekirjoitus", "paikalla", "present", "attended", "signature", "närvarande", "underskrift"),
}
_ROLES: Final = {
    "participant": ("osallistuja", "participant", "deltagare", "asukas"),
    "planner": ("suunnittelija", "suunnitteluryhmä", "suunnittelu", "ideoija", "planner", "planerare"),
    "organiser": ("järjestäjä", "vetäjä", "ohjaaja", "organiser", "organizer", "arrangör"),
}
_ABSENT: Final = frozenset({"0", "ei", "no", "nej", "false", "-", "poissa"})

_EMAIL: Final = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+")
_BIRTH_YEAR: Final = re.compile(r"^(?:[0-9]{1,2}[./-][0-9]{1,2}[./-])?((?:19|20)[0-9]{2})(?:\.0+|-[0-9]{2}-[0-9]{2})?$")
#: A separator within a cell has moved the cells after it.
TOO_LONG: Final = "more cells than the header has columns"


@dataclass(frozen=True)
class AttendanceList:
    """One list.

    Parameters
    ----------
    cells : Cells
        The list as received.
    people : DataFrame
        Indexed by row: name (tokens folded and sorted), email, phone, birth_year, event_id, role, organisation_id,
        status. Holds names: never written.
    quarantined : Series of str
        Reason per row set aside.
    findings : tuple of Finding
    """

    cells: Cells
    people: pd.DataFrame
    quarantined: pd.Series
    findings: tuple[Finding, ...]


def harmonise(cells: Cells, events: Mapping[str, str | None], organisations: Mapping[str, str]) -> AttendanceList:
    """Map one attendance list.

    The event is a column, else a text above the header, else the sheet's name, else the file's name.

    Raises
    ------
    ReadError
        When the list names nobody, or its event is not in the register.
    """
    at, repeated = _columns(cells)
    people = pd.DataFrame(
        {"name": _names(cells, at), **{k: _texts(cells, at, k) for k in ("email", "phone", "birth_year")}}
    )
    people["email"] = people["email"].map(email_address, na_action="ignore").astype(TEXT)
    people["phone"] = people["phone"].map(phone_number, na_action="ignore").astype(TEXT)
    people["birth_year"], no_year = _birth_years(people["birth_year"])
    people["event_id"] = _events(cells, at, events)
    people["role"], odd = _roles(cells, at)
    people["organisation_id"] = (
        _texts(cells, at, "organisation")
        .map(lambda text: organisations.get(fold(text)), na_action="ignore")
        .astype(TEXT)
    )
    people["status"] = _status(cells, at)
    aside = _set_aside(cells, people)
    findings = [*repeated, *(_finding(cells, row, reason) for row, reason in aside.items())]
    findings += [
        Finding("cell_invalid", cells.place(row, at["birth_year"]), "not understood; left empty", "a year such as 1962")
        for row in no_year
    ]
    findings += [
        Finding("cell_invalid", cells.place(row, at["role"]), "unknown role; taken as participant", _role_words())
        for row in odd
    ]
    return AttendanceList(cells, people, aside, tuple(findings))


def email_address(text: str) -> str | None:
    """Return an e-mail address folded; None where the text is none: "-" on two rows makes nobody the same person.

    Examples
    --------
    >>> email_address("Maija.V@Esimerkki.example "), email_address("ei ole")
    ('maija.v@esimerkki.example', None)
    """
    found = _EMAIL.search(fold(text))
    return found[0] if found else None


def _birth_years(texts: pd.Series) -> tuple[pd.Series, pd.Index]:
    """Return years of birth, also from a date with the year last, and the rows whose cell holds none."""
    digits = texts.str.extract(_BIRTH_YEAR)[0]
    years = pd.to_numeric(digits).astype("Int64")
    return years, texts.index[texts.notna() & years.isna()]


def phone_number(text: str) -> str | None:
    """Return a phone number in E.164, Finnish unless it says otherwise; None where it is none.

    Examples
    --------
    >>> phone_number("040 123 4567"), phone_number("+358401234567"), phone_number("ei ole")
    ('+358401234567', '+358401234567', None)
    """
    import phonenumbers  # noqa: PLC0415

    try:
        number = phonenumbers.parse(text, "FI")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _columns(cells: Cells) -> tuple[dict[str, int], list[Finding]]:
    """Return what each known column holds, and a finding for each further column of a kind already found."""
    known = {fold(word): key for key, spellings in _HEADERS.items() for word in spellings}
    at: dict[str, int] = {}
    repeated = []
    for index, text in enumerate(cells.header):
        key = known.get(fold(text))
        if key is not None and at.setdefault(key, index) != index:
            what = f"column {at[key] + 1} holds the {key.replace('_', ' ')} already; this one is not used"
            repeated.append(Finding("column_unmapped", cells.place(column=index), what, fix="delete or rename one"))
    if "name" not in at and "last_name" not in at and "email" not in at:
        raise ReadError(
            "this list has no column of names",
            place=cells.place(),
            allowed=", ".join(_HEADERS["name"] + _HEADERS["last_name"]),
            fix="give the column of names one of these headers",
        )
    return at, repeated


def _texts(cells: Cells, at: Mapping[str, int], key: str) -> pd.Series:
    empty = pd.Series(pd.NA, index=cells.rows.index, dtype=TEXT)
    return cells.rows[at[key]].str.strip() if key in at else empty


def _names(cells: Cells, at: Mapping[str, int]) -> pd.Series:
    """Return names without order, case and marks: "Virtanen, Maija" equals "maija virtanen"."""
    parts = [_texts(cells, at, key) for key in ("name", "first_name", "last_name") if key in at]
    whole = parts[0].str.cat(parts[1:], sep=" ", na_rep="") if parts else _texts(cells, at, "name")
    tidy = whole.map(lambda text: " ".join(sorted(set(without_marks(text).split()))), na_action="ignore")
    return tidy.mask(tidy == "").astype(TEXT)


def _events(cells: Cells, at: Mapping[str, int], events: Mapping[str, str | None]) -> pd.Series:
    if "event" in at:
        named = _texts(cells, at, "event")
        return named.map(lambda text: events.get(fold(text)), na_action="ignore").astype(TEXT)
    stem = PurePosixPath(cells.file).stem
    texts = [*cells.preamble, cells.sheet or "", stem, *re.split(r"[\s_]+", stem)]
    texts += [text.partition(":")[2] for text in cells.preamble]
    found = [events[fold(text)] for text in texts if events.get(fold(text))]
    if not found:
        raise ReadError(
            "the list does not say which event it is of, or the register does not know the name",
            place=cells.place(),
            allowed="event_id, name or alias of registers/events.csv: above the header, as sheet or in the file name",
            fix="write the event's name above the header, or add the spelling to 'aliases' in registers/events.csv",
        )
    return pd.Series(found[0], index=cells.rows.index, dtype=TEXT)


def _roles(cells: Cells, at: Mapping[str, int]) -> tuple[pd.Series, pd.Index]:
    known = {word: role for role, spellings in _ROLES.items() for word in spellings}
    texts = _texts(cells, at, "role")
    roles = texts.map(lambda text: known.get(fold(text)), na_action="ignore").astype(TEXT)
    return roles.fillna("participant"), texts.index[texts.notna() & roles.isna()]


def _role_words() -> str:
    return ", ".join(spellings[0] for spellings in _ROLES.values())


def _status(cells: Cells, at: Mapping[str, int]) -> pd.Series:
    """Return what the list proves: a signature is presence; an empty signature column proves nothing."""
    if "presence" not in at:
        return pd.Series("attended", index=cells.rows.index, dtype=TEXT)
    marks = _texts(cells, at, "presence")
    if marks.isna().all():
        return marks.fillna("unknown")
    present = marks.notna() & ~marks.map(fold, na_action="ignore").isin(_ABSENT)
    return pd.Series("registered", index=marks.index, dtype=TEXT).mask(present, "attended")


def _set_aside(cells: Cells, people: pd.DataFrame) -> pd.Series:
    overlong = people.index.isin(cells.overlong)
    nobody = people[["name", "email"]].isna().all(axis=1)
    reason = pd.Series(pd.NA, index=people.index, dtype=TEXT)
    return (
        reason.mask(people["event_id"].isna(), "unknown event")
        .mask(nobody, "no name")
        .mask(overlong, TOO_LONG)
        .dropna()
    )


def _finding(cells: Cells, row: int, reason: str) -> Finding:
    fix = {
        "unknown event": "add the spelling to 'aliases' in registers/events.csv, or correct the cell",
        "no name": "fill in the name, or delete the row",
        TOO_LONG: "a separator within a cell has moved the cells after it: put that cell in quotation marks",
    }[reason]
    return Finding("row_quarantined", cells.place(row), reason, fix=fix)
