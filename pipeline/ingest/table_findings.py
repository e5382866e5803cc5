"""What is said of a table as a whole, beside what its rows and cells say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from pipeline.core.config import Project
from pipeline.core.errors import Place
from pipeline.ingest import accounting, corrected, files, no_answer
from pipeline.ingest.cells import Cells
from pipeline.ingest.containers import cell_marks
from pipeline.ingest.feedback import Batch
from pipeline.ingest.files import Received
from pipeline.ingest.findings import Finding

_NO_EVENT: Final = "if the file is of one event, write it in project.toml: [[sources]] with match and event"
#: A first survey comes before the first event, a last one after the last: by no more than this.
_BEFORE: Final = pd.DateOffset(years=1)
_AFTER: Final = pd.DateOffset(years=2)
FAR: Final = "its date is years from the events of the register; counted as it is"
_FAR_FIX: Final = "look whether the year is right; else correct the cell"
_TEXTS: Final = "look whether the texts are right"
_MARKED: Final = "look whether these rows count; on a list, drop who did not come"


def of_feedback(batch: Batch, repeat: pd.Series, registers: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Return what is said of a table of feedback; `repeat` are its rows that are not counted."""
    counted = batch.responses.index.difference(batch.quarantined.index).difference(repeat.index)
    silent = int(batch.responses.loc[counted, "event_id"].isna().sum()) if len(registers["events"]) else 0
    what = f"{silent} of {len(counted)} responses name no event; they count in the project, and in no action"
    said = [Finding("note", batch.cells.place(), what, fix=_NO_EVENT)] if silent else []
    return [*remarks(batch.cells), *_open(batch, repeat), *said, *_far(batch, counted, registers["events"])]


def _far(batch: Batch, counted: pd.Index, events: pd.DataFrame) -> list[Finding]:
    """Return a note on each response counted that was given long before the first event or long after the last."""
    days = pd.to_datetime(events["date"]).dropna() if len(events) else pd.Series(dtype="datetime64[us]")
    if days.empty:
        return []
    moments = batch.responses.loc[counted, "submitted_at"].dropna()
    far = moments.index[(moments < days.min() - _BEFORE) | (moments > days.max() + _AFTER)]
    return [Finding("note", batch.cells.place(int(row)), FAR, fix=_FAR_FIX) for row in far]


def _open(batch: Batch, repeat: pd.Series) -> list[Finding]:
    """Return the findings of a batch without the faulty cells of rows that are not counted anyway."""
    no_answers = batch.quarantined.index[batch.quarantined.isin([*no_answer.FIXES])]
    passed = {*repeat.index, *no_answers}
    return [f for f in batch.findings if f.kind != "cell_invalid" or f.place.row not in passed]


def remarks(cells: Cells) -> list[Finding]:
    """Return the choices a reader made that a person should confirm, and the lines below the table."""
    below = [
        Finding("note", cells.place(row), corrected.DROPPED)
        if row in cells.set_aside
        else Finding("row_quarantined", cells.place(row), accounting.BELOW, fix="nothing, if it is no answer")
        for row in cells.below
    ]
    return [
        Finding("note", cells.place(), text, fix=_MARKED if text.startswith(cell_marks.BEGIN) else _TEXTS)
        for text in cells.remarks
    ] + below


def unused_sources(project: Project, received: Iterable[Received]) -> list[Finding]:
    """Name the entries of [[sources]] that speak of no file."""
    names = [file.name for file in received]
    return [
        Finding("note", Place("project.toml"), f"no file fits '{source.match}' of [[sources]]", fix="correct 'match'")
        for source in project.sources
        if not any(files.fits(name, source) for name in names)
    ]
