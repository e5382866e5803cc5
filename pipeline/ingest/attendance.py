"""Attendance lists as received -> who was on which event's list. Names stay in memory and go no further."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pipeline.ingest import (
    attendance_events,
    beside_name,
    identity_codes,
    list_columns,
    no_person,
    odd_lines,
    written_names,
)
from pipeline.ingest.attendance_status import status_of
from pipeline.ingest.attendance_times import with_sessions
from pipeline.ingest.attendance_words import COMPANIONS, NOBODY, ROLES, STATUSES, lookup
from pipeline.ingest.cells import TEXT, TOO_LONG, TOO_SHORT, Cells, holding, mapped
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold
from pipeline.ingest.person_keys import (
    beside_email,
    birth_years,
    device_key,
    email_address,
    name_key,
    phone_number,
    phone_region,
)

UNREAD: Final = "unknown word for who came; taken as not known"
_NOT_COMING: Final = "the list says that this person did not register, or cancelled"
UNNAMED: Final = "a device or a guest without a name: counted as a person of this list alone"
_EVENT: Final = "look whether this is the right event"
_LOOK: Final = "look whether it is a person of the list already: then drop it"
_FIXES: Final = {
    "unknown event": "add the spelling to 'aliases' in registers/events.csv, or correct the cell",
    "no name": "fill in the name, or delete the row",
    **no_person.FIXES,
    TOO_SHORT: "a line break within a cell has cut the row: mend it, or accept the row if its last cells are empty",
    TOO_LONG: "a separator within a cell has moved the cells after it: put that cell in quotation marks",
}


@dataclass(frozen=True)
class AttendanceList:
    """One list.

    Parameters
    ----------
    cells : Cells
        The list as received.
    people : DataFrame
        Indexed by row: name (tokens folded and sorted), email, phone, birth_year, alias (a device or an unnamed guest),
        event_id, role, organisation_id, status, joined and left (moments), minutes (as printed). Holds names: never
        written.
    quarantined : Series of str
        Reason per row set aside.
    findings : tuple of Finding
    """

    cells: Cells
    people: pd.DataFrame
    quarantined: pd.Series
    findings: tuple[Finding, ...]


def harmonise(
    cells: Cells,
    events: attendance_events.Known,
    organisations: Mapping[str, str],
    siblings: int = 1,
) -> AttendanceList:
    """Map one attendance list.

    Parameters
    ----------
    cells : Cells
        The list as a reader returns it.
    events : Known
        The register: what events are called, and their days, which tell which event a dated list is of.
    organisations : mapping
        Folded name -> organisation_id.
    siblings : int
        Tables the file has: its name speaks for a single one only.

    Raises
    ------
    ReadError
        When the list names nobody, or its event is not in the register.
    """
    at, findings = list_columns.match(cells, events.spellings)
    texts = {key: cells.rows[index].astype(TEXT).str.strip() for key, index in at.items()}
    texts = beside_name.taken_apart(texts, organisations)
    original = "name" in texts and cells.header[at["name"]].casefold().endswith("(original name)")
    whole, carried = written_names.written(texts, original, cells.rows.index)
    people, faults = _keys(cells, texts, whole)
    found = attendance_events.find(cells, texts, events, siblings)
    days = events.day_of(found.event_id)
    no_person.refuse_several_lists(cells, texts, events.spellings, found.event_id, days)
    people["event_id"] = found.event_id
    people["role"], faults["role"] = _roles(cells, texts)
    organisation = texts.get("organisation", _nothing(cells))
    people["organisation_id"] = mapped(organisation, lambda text: organisations.get(fold(text)))
    written = no_person.headings(cells, _names(cells, texts).drop(carried).reindex(cells.rows.index))
    odd, unlike = _odd(cells, texts, written, events)
    under, unclear = no_person.under_headings(written, odd)
    people["status"], unread, told = status_of(cells, texts, whole, days, under)
    people, more = with_sessions(cells, texts, people, days)
    aside = _set_aside(cells, people, odd)
    people["status"] = people["status"].replace("none", "registered")
    asked = under.index[under == "unknown"].difference(aside.index)
    unnamed = people.index[people["alias"].notna()].difference(aside.index)
    findings += [
        *(_note(cells, row, written_names.CARRIED, written_names.CARRIED_FIX) for row in carried),
        *(Finding("note", cells.place(), doubt, fix=_EVENT) for doubt in found.doubts),
        *told,
        *list_columns.number_of_people(cells, at),
        *(_finding(cells, int(row), reason) for row, reason in aside.items()),
        *more,
        *_faulty(cells, at, faults | unread, aside.index),
        *(_note(cells, row, UNNAMED, _LOOK) for row in unnamed),
        *_doubtful(cells, texts, people["status"].drop(aside.index), unlike, unclear),
        *(_note(cells, row, no_person.UNKNOWN, no_person.UNCLEAR_FIX) for row in asked),
    ]
    return AttendanceList(cells, people, aside, tuple(findings))


def _nothing(cells: Cells) -> pd.Series:
    return pd.Series(pd.NA, index=cells.rows.index, dtype=TEXT)


def _keys(cells: Cells, texts: Mapping[str, pd.Series], whole: pd.Series) -> tuple[pd.DataFrame, dict[str, pd.Index]]:
    """Return what tells people apart, and the rows whose year of birth is none."""
    nothing = _nothing(cells)
    mixed = texts.get("contact", nothing)
    beside = mapped(mixed, beside_email)
    email = mapped(texts.get("email", nothing).fillna(mixed), email_address)
    years, no_year = birth_years(texts.get("birth_year", nothing))
    people = pd.DataFrame(
        {
            "name": mapped(whole, name_key),
            "email": email,
            "phone": _phones(texts.get("phone", nothing).fillna(beside)),
            "birth_year": years,
            "alias": mapped(whole, device_key).where(email.isna()),
            "written": whole,
        }
    )
    # the contact details beside a companion without a name are those of who brought him
    plain = mapped(whole, fold)
    guest = plain.isin(COMPANIONS)
    if "joined" not in texts:  # a meeting program calls one visitor a guest in all of his sessions
        guest |= holding(plain, lambda text: text.strip(" .0123456789") in NOBODY)
    if guest.any():
        people.loc[guest, ["name", "written", "email", "phone"]] = pd.NA
        people.loc[guest, "alias"] = [f"companion in row {row}" for row in people.index[guest]]
    return people, {"birth_year": no_year}


def _phones(texts: pd.Series) -> pd.Series:
    region = phone_region(texts.dropna().tolist())
    return mapped(texts, lambda text: phone_number(text, region))


def _roles(cells: Cells, texts: Mapping[str, pd.Series]) -> tuple[pd.Series, pd.Index]:
    known, said = lookup(ROLES), texts.get("role", _nothing(cells))
    roles = mapped(said, lambda text: known.get(fold(text)))
    return roles.fillna("participant"), said.index[said.notna() & roles.isna()]


def _names(cells: Cells, texts: Mapping[str, pd.Series]) -> pd.Series:
    return texts.get("name", texts.get("last_name", _nothing(cells)))


def _odd(
    cells: Cells, texts: Mapping[str, pd.Series], written: pd.Series, events: attendance_events.Known
) -> tuple[pd.Series, pd.Series]:
    """Return why a row is no person, or not one, and the lines that may be one."""
    odd = no_person.reasons(written, cells.lone, events.spellings.keys() | events.places)
    if (odd == no_person.TOTAL).any():
        odd = odd.mask((odd == no_person.TOTAL) & no_person.bare_names(cells, written))  # Summa is a surname too
    odd = odd.mask(odd.isna() & (no_person.titles_of_pages(cells) | no_person.labels(cells)), no_person.HEADING)
    odd = odd.mask(odd.isna() & odd_lines.remarks(cells, written), no_person.REMARK)
    odd = odd.mask(no_person.totals(cells, written) | no_person.counts(cells, written), no_person.TOTAL)
    odd = odd.mask(odd.isna() & no_person.continued(cells, texts, written), no_person.CONTINUED)
    odd = no_person.header_again(cells).fillna(odd)
    more, unlike = odd_lines.unlike(cells, written, odd)
    return odd.fillna(more), unlike


def _doubtful(
    cells: Cells, texts: Mapping[str, pd.Series], status: pd.Series, unlike: pd.Series, unclear: pd.Series
) -> list[Finding]:
    """Say who is counted as having come though a line over them, or their own, may say something else."""
    counted = status.index[status == "attended"]
    under = [] if {"presence", "joined"} & set(texts) else counted[unclear[counted]]
    return [
        *(_note(cells, row, odd_lines.UNLIKE, odd_lines.UNLIKE_FIX) for row in counted[unlike[counted]]),
        *(_note(cells, row, no_person.UNCLEAR, no_person.UNCLEAR_FIX) for row in under),
    ]


def _set_aside(cells: Cells, people: pd.DataFrame, odd: pd.Series) -> pd.Series:
    """Return the reason per row that is no visit; the last one that fits is told."""
    nobody = people[["name", "email", "alias"]].isna().all(axis=1)
    own = pd.Series(dict(cells.set_aside), dtype=TEXT).reindex(people.index)
    told: list[tuple[Any, str | pd.Series]] = [
        (people["event_id"].isna(), "unknown event"),
        (people["status"] == "none", _NOT_COMING),
        (nobody, "no name"),
        (odd.notna(), odd),
        (people.index.isin(cells.short), TOO_SHORT),
        (people.index.isin(cells.overlong), TOO_LONG),
        (own.notna(), own),
    ]
    reason = pd.Series(pd.NA, index=people.index, dtype=TEXT)
    for rows, why in told:
        reason = reason.mask(rows, why) if rows.any() else reason
    return reason.dropna()


def _note(cells: Cells, row: int, what: str, fix: str) -> Finding:
    return Finding("note", cells.place(int(row)), what, fix=fix)


def _finding(cells: Cells, row: int, reason: str) -> Finding:
    fix = _FIXES.get(reason, "nothing to do if that is right")
    fix = identity_codes.FIX if identity_codes.is_refusal(reason) else fix
    return Finding("row_quarantined", cells.place(row), reason, fix=fix)


def _faulty(cells: Cells, at: Mapping[str, int], faults: Mapping[str, pd.Index], aside: pd.Index) -> list[Finding]:
    marks = (UNREAD, "x, kyllä, läsnä, etänä; ei, poissa, sairas, perui")
    texts = {
        "presence": marks,
        "absence": marks,
        "birth_year": ("not understood; left empty", "a year such as 1962"),
        "role": ("unknown role; taken as participant", ", ".join(spellings[0] for spellings in ROLES.values())),
        "status": (
            UNREAD,
            ", ".join(word for spellings in STATUSES.values() for word in spellings[:2]),
        ),
    }
    return [
        Finding("cell_invalid", cells.place(int(row), at[key]), *texts[key])
        for key, rows in faults.items()
        for row in rows.difference(aside)
    ]
