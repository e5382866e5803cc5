"""Applying the decisions of a person to tables: cells changed, rows dropped or taken although they were set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

import pandas as pd

from pipeline.ingest.attendance import AttendanceList
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.corrections import FILE, Corrections, Line, check_expected, column_of
from pipeline.ingest.feedback import Batch
from pipeline.ingest.findings import Finding
from pipeline.ingest.identity_codes import is_refusal

DROPPED: Final = f"dropped by a person: {FILE}"
Part = TypeVar("Part", Batch, AttendanceList)


def apply(cells: Cells, corrections: Corrections) -> Cells:
    """Return the table with its cells set and its rows dropped as decided.

    Raises
    ------
    ReadError
        Naming the line whose column is not there, or whose cell no longer holds what it expects.
    """
    lines = corrections.of(cells)
    if not lines:
        return cells
    rows = cells.rows.copy()
    for line in lines:
        if line.column and (line.expected or line.action == "set"):
            column = column_of(line, cells)
            check_expected(line, cells, column)
            if line.action == "set":
                rows[column] = rows[column].astype(TEXT)
                rows.loc[line.row, column] = line.value or pd.NA
    dropped = {line.row: DROPPED for line in lines if line.action == "drop"}
    return replace(cells, rows=rows, set_aside={**cells.set_aside, **dropped})


def settle(part: Part, corrections: Corrections) -> Part:
    """Return the part with rows accepted that were set aside only until a person had looked; say what was changed."""
    lines: list[Line] = corrections.of(part.cells)
    if not lines:
        return part
    accepted = [line for line in lines if line.action == "accept" and line.row in part.quarantined.index]
    for line in accepted:
        _may_accept(line, part)
    rows = {line.row for line in accepted}
    findings: list[Finding] = [
        replace(f, kind="note", fix=None) if f.problem == DROPPED else f
        for f in part.findings
        if not (f.kind == "row_quarantined" and f.place.row in rows)
    ]
    return replace(
        part,
        quarantined=part.quarantined.drop(index=list(rows)),
        findings=(*findings, *(_note(line, part.cells) for line in lines if line.action != "drop")),
    )


def _may_accept(line: Line, part: Batch | AttendanceList) -> None:
    if is_refusal(str(part.quarantined[line.row])):
        raise line.fault("a row with a personal identity code is never accepted", "delete the code from the file")
    if isinstance(part, AttendanceList):
        person = part.people.loc[line.row]
        if pd.isna(person["event_id"]) or person[["name", "email", "alias"]].isna().all():
            raise line.fault("a row without event or name cannot be accepted", "set the cell instead")


def _note(line: Line, cells: Cells) -> Finding:
    said = {"set": "changed", "accept": "accepted", "not_duplicate": "counted for itself"}[line.action]
    column = column_of(line, cells) if line.column else None
    return Finding("note", cells.place(line.row, column), f"{said} by a person: {FILE}, row {line.number}")


def own(cells: Cells, corrections: Corrections) -> frozenset[int]:
    """Return the rows that a person declared a response of their own, whatever they look like."""
    return frozenset(line.row for line in corrections.of(cells, "accept", "not_duplicate"))


def check_needed(parts: Sequence[Batch], needed: Sequence[frozenset[int]], corrections: Corrections) -> None:
    """Raise ReadError for a line that accepts a row which nothing kept out.

    Parameters
    ----------
    parts : sequence of Batch
        As harmonised, before `settle`.
    needed : sequence of frozenset of int
        Rows that would be repeats or conflicts without the decision.
    corrections : Corrections
        The decisions.
    """
    for part, rows in zip(parts, needed, strict=True):
        for line in corrections.of(part.cells, "accept", "not_duplicate"):
            aside = line.action == "accept" and line.row in part.quarantined.index
            if line.row not in rows and not aside:
                raise line.fault("the correction is stale: this row is neither set aside nor a duplicate")


def check_lists(parts: Sequence[AttendanceList], corrections: Corrections) -> None:
    """Raise ReadError for a line about a list that accepts a row which nothing kept out; call it before `settle`."""
    for part in parts:
        for line in corrections.of(part.cells, "accept", "not_duplicate"):
            if line.action == "not_duplicate":
                raise line.fault("'not_duplicate' is for responses", "a line of coding/people.csv for people")
            if line.row not in part.quarantined.index:
                raise line.fault("the correction is stale: this row is not set aside")
