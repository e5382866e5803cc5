"""The whole ingest of a project: every file under raw/ -> contract tables, with each row accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import ConfigError, Place, ReadError
from pipeline.ingest import accounting, assemble, attendance, duplicates, feedback, files, instrument, link, registers
from pipeline.ingest.attendance import AttendanceList
from pipeline.ingest.cells import Cells
from pipeline.ingest.files import Received
from pipeline.ingest.findings import Finding, to_table
from pipeline.ingest.folding import fold
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
        Contract tables items, options, responses, answers, comments, attendance, persons, the registers, findings, and
        `ledger` with its rows of scope *file*.

    Raises
    ------
    PipelineError
        When the project's own files (project.toml, instrument, registers) cannot be used, or a row would be lost.
    """
    tables: Tables = registers.load_all(raw)
    answered, findings, ledger = _feedback(raw, project, tables, executor)
    attended, more, rows = _attendance(raw, project, params, environment, tables, executor)
    return {
        **tables,
        **answered,
        **attended,
        "findings": to_table(findings + more),
        "ledger": accounting.ledger(ledger + rows, len(answered["responses"]) + len(attended["attendance"])),
    }


def _feedback(
    raw: Path, project: Project, tables: Tables, executor: Executor | None
) -> tuple[Tables, list[Finding], list[dict[str, object]]]:
    questions = instrument.load(raw)
    events = registers.spellings(tables["events"])
    _check_default_events(project, events)
    received = files.read_all(files.find(raw, "feedback", project.ingest.feedback), executor)
    taken = _take(
        received,
        lambda cells: feedback.harmonise(
            cells, questions, events, files.source_of(cells.file, project), project.ingest
        ),
    )
    batches, repeats = duplicates.resolve(taken.parts)
    kept = [assemble.accepted(b, r) for b, r in zip(batches, repeats, strict=True)]
    findings, ledger = list(taken.findings), list(taken.ledger)
    findings += _unused_sources(project, received)
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
    executor: Executor | None,
) -> tuple[Tables, list[Finding], list[dict[str, object]]]:
    events = registers.spellings(tables["events"])
    names = {fold(o.name): str(o.organisation_id) for o in tables["organisations"].itertuples()}
    received = files.read_all(files.find(raw, "attendance"), executor)
    taken = _take(received, lambda cells: attendance.harmonise(cells, events, names))
    people = assemble.people_on(taken.parts)
    findings = [*taken.findings, *(f for part in taken.parts for f in (*_remarks(part.cells), *part.findings))]
    if people.empty:
        empty = {name: CONTRACTS[name].empty() for name in ("attendance", "persons")}
        return empty, findings, taken.ledger + _list_rows(taken, people, pd.Series(dtype=bool))
    person, review = link.link(people[["name", "email", "phone", "birth_year"]], params.link_similarity)
    twice = assemble.repeats_on_list(people, person)
    key = load_key(project, environment)
    attended, persons = assemble.attendance_tables(people, person, tables["events"], key)
    findings += [*_listed_twice(people, twice), *_to_review(people, review)]
    return {"attendance": attended, "persons": persons}, findings, taken.ledger + _list_rows(taken, people, twice)


def _take(received: Iterable[Received], use: Callable[[Cells], Part]) -> _Taken[Part]:
    """Apply `use` to every table; what cannot be used is refused by name and the rest goes on."""
    taken: _Taken[Part] = _Taken([], [], [], [])
    for file in received:
        if file.refused is not None:
            taken.findings.append(_refusal(Place(file.name), file.refused))
            taken.ledger.append(accounting.refused_row(file.name, file.refused, file.reader))
        for cells in file.tables:
            try:
                taken.parts.append(use(cells))
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
    return [Finding("note", cells.place(), text, fix="look whether the texts are right") for text in cells.remarks]


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


def _place(people: pd.DataFrame, i: int) -> Place:
    row = people.loc[i]
    return Place(row["source_file"], row["source_sheet"] or None, int(row["source_row"]))


def _listed_twice(people: pd.DataFrame, twice: pd.Series) -> list[Finding]:
    return [
        Finding("duplicate", _place(people, i), "this person is on the event's list already; counted once")
        for i in people.index[twice]
    ]


def _to_review(people: pd.DataFrame, pairs: list[tuple[int, int]]) -> list[Finding]:
    return [
        Finding(
            "note",
            _place(people, j),
            f"may be the person of {_place(people, i)}; counted as two people",
            fix="give both rows the same e-mail, phone or year of birth if they are one person",
        )
        for i, j in pairs
    ]
