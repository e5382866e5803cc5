"""The whole ingest of a project: every file under raw/ -> contract tables, with each row accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import ConfigError, ReadError
from pipeline.core.named import refuse_unknown
from pipeline.ingest import (
    accounting,
    alike_tables,
    assemble,
    attendance,
    attendance_events,
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
    link_doubts,
    people_findings,
    purged,
    registers,
    table_findings,
    unnamed,
)
from pipeline.ingest.attendance import AttendanceList
from pipeline.ingest.cells import Cells
from pipeline.ingest.feedback import Batch
from pipeline.ingest.files import Received
from pipeline.ingest.findings import Finding, to_table
from pipeline.ingest.folding import fold
from pipeline.ingest.listed_names import ListedNames
from pipeline.ingest.masked_names import mask_names
from pipeline.ingest.personal_data import find_key, load_key
from pipeline.ingest.row_marks import Marks
from pipeline.ingest.taking import Taken, take

Tables = dict[str, pd.DataFrame]


class Ingested(NamedTuple):
    """What an ingest made: contract tables, pairs a person must decide on, and marks of the rows as received.

    `shown` has the files that are called by somebody on the lists: their name -> how it is written.
    """

    tables: Tables
    review: pd.DataFrame
    marks: Marks
    shown: dict[str, str]


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
    return ingest_and_review(raw, project, params, environment, executor).tables


def ingest_and_review(
    raw: Path,
    project: Project,
    params: Params,
    environment: Mapping[str, str],
    executor: Executor | None = None,
) -> Ingested:
    """Read everything under `raw` as `ingest` does, and return also what a person needs for deciding.

    Returns
    -------
    Ingested
        The tables; the pairs of rows of which a person must say who is whom, as `decisions.review_table`; the marks.
    """
    tables: Tables = registers.load_all(raw)
    forms, lists = files.find(raw, "feedback", project.ingest.feedback), files.find(raw, "attendance")
    lines = corrections.load(raw)
    as_called = [files.read_all(lists, executor), files.read_all(forms, executor)]
    names = door.names_on(as_called[0], tables, project.project.municipality)
    listed, answers = (unnamed.shown(some, names, registers.own_words(tables)) for some in as_called)
    both, after = [*as_called[0], *as_called[1]], [*listed, *answers]
    lines, project = unnamed.lines_shown(lines, both, after), unnamed.sources_shown(project, both, after)
    key = find_key(project, environment)
    corrections.check_files(lines, (file.name for file in after))
    marks = Marks([cells for file in (*answers, *listed) for cells in file.tables], key)
    answered, findings, ledger = _feedback(raw, project, tables, answers, lines, names, marks)
    attended, more, rows, review = _attendance(raw, project, params, environment, tables, listed, lines, marks)
    refuse_unknown(project, answered["items"], answered["responses"])
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
    unnamed.hide_quoted(made, names)
    return Ingested(made, review, marks, unnamed.renamed(both, after))


def _feedback(
    raw: Path,
    project: Project,
    tables: Tables,
    as_received: Sequence[Received],
    lines: Sequence[corrections.Line],
    names: ListedNames,
    marks: Marks,
) -> tuple[Tables, list[Finding], list[dict[str, object]]]:
    questions = instrument.load(raw)
    events = registers.spellings(tables["events"])
    _check_default_events(project, events)
    received, decided = door.through(as_received, lines, marks)

    def harmonised(cells: Cells) -> Batch:
        source = files.source_of(cells.file, project)
        return mask_names(feedback.harmonise(cells, questions, events, source, project.ingest), names)

    taken = take(received, harmonised)
    before = _uncorrected(taken.parts, as_received, decided, harmonised) if decided else ()
    batches, repeats = _resolved(taken.parts, before, decided)
    kept = [assemble.accepted(b, r) for b, r in zip(batches, repeats, strict=True)]
    findings, ledger = list(taken.findings), list(taken.ledger)
    findings += [*table_findings.unused_sources(project, received), *door.findings(as_received, lines)]
    findings += alike_tables.suspects(batches, repeats)
    for batch, repeat, reader in zip(batches, repeats, taken.readers, strict=True):
        findings += [*table_findings.of_feedback(batch, repeat, tables), *duplicates.findings(batch, repeat)]
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
    marks: Marks,
) -> tuple[Tables, list[Finding], list[dict[str, object]], pd.DataFrame]:
    received, corrected_by = door.through(as_received, lines, marks)
    taken = lists_taken(received, tables)
    corrected.check_lists(taken.parts, corrected_by)
    taken.parts[:] = [corrected.settle(part, corrected_by) for part in taken.parts]
    forgotten = purged.load(raw)
    if forgotten:
        taken.parts[:] = purged.leave_out(taken.parts, forgotten, load_key(project, environment))
    people = assemble.people_on(taken.parts)
    findings = [
        *taken.findings,
        *door.findings(as_received, lines),
        *(f for part in taken.parts for f in (*table_findings.remarks(part.cells), *part.findings)),
    ]
    decided = decisions.load(raw, people, marks)
    findings += [*people_findings.told_by_number(decided.bare), *people_findings.same_lists(taken.parts)]
    if people.empty:
        empty = {name: CONTRACTS[name].empty() for name in ("attendance", "persons")}
        none = decisions.review_table(people, [], marks)
        return empty, findings, taken.ledger + accounting.list_rows(taken, people, pd.Series(dtype=bool)), none
    linked = linked_people(people, params.link_similarity, decided)
    twice = assemble.repeats_on_list(people, linked.person)
    key = load_key(project, environment)
    attended, persons = assemble.attendance_tables(people, linked.person, tables["events"], key)
    findings += [*people_findings.listed_twice(people, twice), *people_findings.to_review(people, linked)]
    ledger = taken.ledger + accounting.list_rows(taken, people, twice)
    made = {"attendance": attended, "persons": persons}
    return made, findings, ledger, decisions.review_table(people, linked.review, marks)


def lists_taken(received: Sequence[Received], tables: Tables) -> Taken[AttendanceList]:
    """Return the attendance lists among `received`; `tables` are the registers."""
    events = attendance_events.known(tables["events"])
    names = {fold(o.name): str(o.organisation_id) for o in tables["organisations"].itertuples()}
    siblings = {file.name: len(file.tables) for file in received}
    return take(received, lambda cells: attendance.harmonise(cells, events, names, siblings[cells.file]))


def _uncorrected(
    parts: Sequence[Batch],
    as_received: Sequence[Received],
    decided: corrections.Corrections,
    harmonised: Callable[[Cells], Batch],
) -> list[Batch]:
    """Return the batches as they would be without any correction; one that only its correction made usable stays."""
    tables = {(cells.file, cells.sheet): cells for file in as_received for cells in file.tables}
    found = []
    for part in parts:
        cells = tables[part.cells.file, part.cells.sheet]
        try:
            found.append(harmonised(identity_codes.refuse(cells)) if decided.of(cells) else part)
        except ReadError:
            found.append(part)
    return found


def _resolved(
    batches: list[Batch], before: Sequence[Batch], decided: corrections.Corrections
) -> tuple[list[Batch], list[pd.Series]]:
    """Return the batches without conflicts, and the repeats; a person's word goes before both."""
    settled = [corrected.settle(batch, decided) for batch in batches]
    resolved, repeats = duplicates.resolve(settled, received=before)
    if not decided:
        return resolved, repeats
    kept_out = [
        frozenset(repeat.index) | frozenset(after.quarantined.index.difference(was.quarantined.index))
        for was, after, repeat in zip(settled, resolved, repeats, strict=True)
    ]
    corrected.check_needed(batches, kept_out, decided)
    return duplicates.resolve(settled, [corrected.own(batch.cells, decided) for batch in settled], before)


def linked_people(people: pd.DataFrame, similarity: float, decided: decisions.Decided) -> link.Linked:
    """Return who is whom; a device without a name is one visitor of its own list and its copies, whoever that was."""
    devices = people["list"] + ":" + people["alias"]
    devices = devices[people["alias"].notna()]
    same = [*decided.same, *link.pairs_of(devices.index.tolist(), devices)]
    columns = people[["name", "email", "phone", "birth_year"]]
    unsaid = link_doubts.shared_contacts(columns, people["list"].where(people["joined"].isna()))
    own = people["source_file"].str.cat([people["source_sheet"].fillna(""), people["event_id"]], sep=":")
    unsaid += link_doubts.namesakes_on_list(columns, own.where(people["joined"].isna()))
    try:
        return link.link(columns, similarity, same, decided.apart, unsaid, link_doubts.changed_names(people))
    except ValueError:
        raise decisions.contradiction(decided) from None


def _check_default_events(project: Project, events: Mapping[str, str | None]) -> None:
    for number, source in enumerate(project.sources, start=1):
        if events and source.event and events.get(fold(source.event)) is None:
            raise ConfigError(
                f"the event '{source.event}' of entry {number} is not in registers/events, or fits several",
                place="project.toml, [[sources]]",
                allowed="an event_id, name or alias of registers/events",
            )
