"""The whole ingest of a project: every file under raw/ -> contract tables, with each row accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import ConfigError, Place, ReadError
from pipeline.ingest import (
    accounting,
    assemble,
    attendance,
    coding_files,
    corrected,
    corrections,
    decisions,
    door,
    duplicates,
    feedback,
    files,
    identity_codes,
    instrument,
    link,
    people_findings,
    purged,
    registers,
)
from pipeline.ingest.attendance import AttendanceList
from pipeline.ingest.cells import Cells
from pipeline.ingest.feedback import Batch
from pipeline.ingest.files import Received
from pipeline.ingest.findings import Finding, to_table
from pipeline.ingest.folding import fold
from pipeline.ingest.listed_names import ListedNames
from pipeline.ingest.masked_names import mask_names
from pipeline.ingest.personal_data import load_key

Part = TypeVar("Part")
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class _Taken(Generic[Part]):
    """What one kind of file gave: usable parts with their readers, findings and ledger rows of what was refused."""

    parts: list[Part]
    readers: list[str]
    findings: list[Finding]
    ledger: list[dict[str, object]]


def ingest(
    raw: Path,
    project: Project,
    params: Params,
    environment: Mapping[str, str],
    executor: Executor | None = None,
) -> Tables:
    """Read everything under `raw`.

    Parameters
    ----------
    raw : Path
        The project's folder as received.
    project, params : Project, Params
        Its configuration.
    environment : mapping
        Where the key of the pseudonyms is looked for.
    executor : Executor, optional
        Reads files in parallel; in order without.

    Returns
    -------
    dict of str to DataFrame
        Contract tables items, options, responses, answers, comments, codes, attendance, persons, the registers,
        findings, and `ledger` with its rows of scope *file*.

    Raises
    ------
    PipelineError
        When the project's own files (project.toml, instrument, registers) cannot be used, or a row would be lost.
    """
    return ingest_and_review(raw, project, params, environment, executor)[0]


def ingest_and_review(
    raw: Path,
    project: Project,
    params: Params,
    environment: Mapping[str, str],
    executor: Executor | None = None,
) -> tuple[Tables, pd.DataFrame]:
    """Read everything under `raw`, and return also the pairs of rows of which a person must say who is whom.

    Returns
    -------
    tables : dict of str to DataFrame
        As `ingest`.
    review : DataFrame
        As `decisions.review_table`: places only.
    """
    tables: Tables = registers.load_all(raw)
    forms, lists = files.find(raw, "feedback", project.ingest.feedback), files.find(raw, "attendance")
    lines = corrections.load(raw)
    corrections.check_files(lines, (name for _, name in (*forms, *lists)))
    listed = files.read_all(lists, executor)
    names = door.names_on(listed, tables, project.project.municipality)
    answered, findings, ledger = _feedback(raw, project, tables, files.read_all(forms, executor), lines, names)
    attended, more, rows, review = _attendance(raw, project, params, environment, tables, listed, lines)
    coded = coding_files.load(raw, answered["comments"], executor)
    accepted = len(answered["responses"]) + len(attended["attendance"]) + coded.accepted
    made = {
        **tables,
        **answered,
        **attended,
        "codes": coded.codes,
        "findings": to_table(findings + more + coded.findings),
        "ledger": accounting.ledger(ledger + rows + coded.ledger, accepted),
    }
    return made, review


def _feedback(
    raw: Path,
    project: Project,
    tables: Tables,
    as_received: Sequence[Received],
    lines: Sequence[corrections.Line],
    names: ListedNames,
) -> tuple[Tables, list[Finding], list[dict[str, object]]]:
    questions = instrument.load(raw)
    events = registers.spellings(tables["events"])
    _check_default_events(project, events)
    received, decided = door.through(as_received, lines)
    taken = _take(
        received,
        lambda cells: feedback.harmonise(
            cells, questions, events, files.source_of(cells.file, project), project.ingest
        ),
    )
    batches, repeats = _resolved([mask_names(part, names) for part in taken.parts], decided)
    kept = [assemble.accepted(b, r) for b, r in zip(batches, repeats, strict=True)]
    findings, ledger = list(taken.findings), list(taken.ledger)
    findings += [*_unused_sources(project, received), *door.findings(received, lines)]
    for batch, repeat, reader in zip(batches, repeats, taken.readers, strict=True):
        findings += [*_remarks(batch.cells), *batch.findings, *duplicates.findings(batch, repeat)]
        ledger.append(accounting.file_row(batch.cells, reader, len(repeat), batch.quarantined))
    answered = {
        "items": questions.items_table(),
        "options": questions.options_table(),
        "responses": assemble.responses_table(batches, kept, tables["events"]),
        "answers": assemble.answers_table(batches, kept, questions),
        "comments": assemble.comments_table(batches, kept),
    }
    return answered, findings, ledger


def _attendance(
    raw: Path,
    project: Project,
    params: Params,
    environment: Mapping[str, str],
    tables: Tables,
    as_received: Sequence[Received],
    lines: Sequence[corrections.Line],
) -> tuple[Tables, list[Finding], list[dict[str, object]], pd.DataFrame]:
    received, corrected_by = door.through(as_received, lines)
    taken = lists_taken(received, tables)
    corrected.check_lists(taken.parts, corrected_by)
    taken.parts[:] = [corrected.settle(part, corrected_by) for part in taken.parts]
    forgotten = purged.load(raw)
    if forgotten:
        taken.parts[:] = purged.leave_out(taken.parts, forgotten, load_key(project, environment))
    people = assemble.people_on(taken.parts)
    findings = [
        *taken.findings,
        *door.findings(received, lines),
        *(f for part in taken.parts for f in (*_remarks(part.cells), *part.findings)),
    ]
    decided = decisions.load(raw, people)
    if people.empty:
        empty = {name: CONTRACTS[name].empty() for name in ("attendance", "persons")}
        none = decisions.review_table(people, [])
        return empty, findings, taken.ledger + _list_rows(taken, people, pd.Series(dtype=bool)), none
    linked = linked_people(people, params.link_similarity, decided)
    twice = assemble.repeats_on_list(people, linked.person)
    key = load_key(project, environment)
    attended, persons = assemble.attendance_tables(people, linked.person, tables["events"], key)
    findings += [*people_findings.listed_twice(people, twice), *people_findings.to_review(people, linked)]
    ledger = taken.ledger + _list_rows(taken, people, twice)
    made = {"attendance": attended, "persons": persons}
    return made, findings, ledger, decisions.review_table(people, linked.review)


def lists_taken(received: Sequence[Received], tables: Tables) -> _Taken[AttendanceList]:
    """Return the attendance lists among `received`; `tables` are the registers."""
    events = registers.spellings(tables["events"])
    names = {fold(o.name): str(o.organisation_id) for o in tables["organisations"].itertuples()}
    siblings = {file.name: len(file.tables) for file in received}
    return _take(
        received, lambda cells: attendance.harmonise(cells, events, names, tables["events"], siblings[cells.file])
    )


def _resolved(batches: list[Batch], decided: corrections.Corrections) -> tuple[list[Batch], list[pd.Series]]:
    """Return the batches without conflicts, and the repeats; a person's word goes before both."""
    settled = [corrected.settle(batch, decided) for batch in batches]
    resolved, repeats = duplicates.resolve(settled)
    if not decided:
        return resolved, repeats
    kept_out = [
        frozenset(repeat.index) | frozenset(after.quarantined.index.difference(before.quarantined.index))
        for before, after, repeat in zip(settled, resolved, repeats, strict=True)
    ]
    corrected.check_needed(batches, kept_out, decided)
    return duplicates.resolve(settled, [corrected.own(batch.cells, decided) for batch in settled])


def linked_people(people: pd.DataFrame, similarity: float, decided: decisions.Decided) -> link.Linked:
    """Return who is whom; a device without a name is one visitor of its own list, whoever that was."""
    devices = people["source_file"] + ":" + people["source_sheet"].fillna("") + ":" + people["alias"]
    devices = devices[people["alias"].notna()]
    same = [*decided.same, *link.pairs_of(devices.index.tolist(), devices)]
    try:
        return link.link(people[["name", "email", "phone", "birth_year"]], similarity, same, decided.apart)
    except ValueError:
        raise decisions.contradiction(decided) from None


def _take(received: Iterable[Received], use: Callable[[Cells], Part]) -> _Taken[Part]:
    """Apply `use` to every table; what cannot be used is refused by name and the rest goes on."""
    taken: _Taken[Part] = _Taken([], [], [], [])
    for file in received:
        if file.refused is not None:
            taken.findings.append(_refusal(Place(file.name), file.refused))
            taken.ledger.append(accounting.refused_row(file.name, file.refused, file.reader))
        for cells in file.tables:
            try:
                taken.parts.append(use(identity_codes.refuse(cells)))
                taken.readers.append(str(file.reader))
            except ReadError as refusal:
                taken.findings.append(_refusal(cells.place(), refusal))
                taken.ledger.append(accounting.refused_row(file.name, refusal, file.reader, cells))
    return taken


def _check_default_events(project: Project, events: Mapping[str, str | None]) -> None:
    for number, source in enumerate(project.sources, start=1):
        if events and source.event and events.get(fold(source.event)) is None:
            raise ConfigError(
                f"the event '{source.event}' of entry {number} is not in registers/events, or fits several",
                place="project.toml, [[sources]]",
                allowed="an event_id, name or alias of registers/events",
            )


def _unused_sources(project: Project, received: Iterable[Received]) -> list[Finding]:
    names = [file.name for file in received]
    return [
        Finding("note", Place("project.toml"), f"no file fits '{source.match}' of [[sources]]", fix="correct 'match'")
        for source in project.sources
        if not any(files.fits(name, source) for name in names)
    ]


def _remarks(cells: Cells) -> list[Finding]:
    below = [
        Finding("row_quarantined", cells.place(row), accounting.BELOW, fix="nothing, if it is no answer")
        for row in cells.below
    ]
    return [
        Finding("note", cells.place(), text, fix="look whether the texts are right") for text in cells.remarks
    ] + below


def _refusal(place: Place, error: ReadError) -> Finding:
    return Finding("file_refused", place, error.what, error.allowed, error.fix)


def _list_rows(taken: _Taken[AttendanceList], people: pd.DataFrame, twice: pd.Series) -> list[dict[str, object]]:
    rows = []
    for part, reader in zip(taken.parts, taken.readers, strict=True):
        own = (people["source_file"] == part.cells.file) & (
            people["source_sheet"].fillna("") == (part.cells.sheet or "")
        )
        rows.append(accounting.file_row(part.cells, reader, int(twice[own].sum()), part.quarantined))
    return rows
