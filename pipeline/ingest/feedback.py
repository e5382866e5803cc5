"""One table of feedback as received -> responses, answers and comments, with every row and odd cell accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from pipeline.core import words
from pipeline.core.config import Ingest, Source
from pipeline.core.errors import ReadError
from pipeline.ingest import columns as matching
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.coding import Coded, code_date, code_multiple, code_number, code_select_one
from pipeline.ingest.columns import Column
from pipeline.ingest.dates import has_time, parse_times
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Instrument
from pipeline.ingest.personal_data import mask

_CLOSED_FIELDS: Final = {"role": words.RESPONDENT_ROLES, "language": words.LANGUAGES, "mode": words.MODES}


@dataclass(frozen=True)
class Batch:
    """What one table of feedback holds. All frames are indexed by the row in the file.

    Parameters
    ----------
    cells : Cells
        The table as received.
    responses : DataFrame
        Columns event_id, mode, language, submitted_at, role, response_key, timed (True where the time of day is known).
    codes, reasons : DataFrame of str
        One column per item of the form; in each cell exactly one of the two is filled.
    comments : DataFrame of str
        One column per text item, masked.
    quarantined : Series of str
        Reason per row set aside.
    findings : tuple of Finding
    """

    cells: Cells
    responses: pd.DataFrame
    codes: pd.DataFrame
    reasons: pd.DataFrame
    comments: pd.DataFrame
    quarantined: pd.Series
    findings: tuple[Finding, ...]


def harmonise(
    cells: Cells, instrument: Instrument, events: Mapping[str, str | None], source: Source, rules: Ingest
) -> Batch:
    """Map one table to the instrument.

    Raises
    ------
    ReadError
        When no column is a question of the instrument, or two columns are the same one.
    """
    columns, findings = matching.match(cells, instrument)
    if all(column.role == "field" for column in columns):
        raise ReadError(
            "no column matches a question of the instrument",
            place=cells.place(),
            allowed="a question's name, label or alias as header",
            fix="add the headers as 'aliases' in the instrument, or move the file where it belongs",
        )
    coded = _code_all(cells, columns, instrument)
    responses, odd = _fields(cells, columns, instrument, source)
    comments = _comments(cells, columns, instrument)
    responses["event_id"], unknown = _events(responses["event"], events, source)
    reasons = _set_aside(unknown, comments, rules)
    findings += [_invalid(cells, columns, instrument, item, row) for item in coded for row in item.wrong]
    findings += odd + [_aside(cells, row, reason, columns) for row, reason in reasons.items()]
    return Batch(
        cells,
        responses.drop(columns="event"),
        pd.DataFrame({c.item: c.code for c in coded}, index=cells.rows.index),
        pd.DataFrame({c.item: c.missing_reason for c in coded}, index=cells.rows.index),
        comments.apply(mask),
        reasons,
        tuple(findings),
    )


def _code_all(cells: Cells, columns: list[Column], instrument: Instrument) -> list[Coded]:
    groups: dict[str, list[Column]] = {}
    for column in columns:
        if column.role != "field":
            groups.setdefault(column.question, []).append(column)
    return [coded for name, group in groups.items() for coded in _code(cells, group, instrument, name)]


def _code(cells: Cells, group: list[Column], instrument: Instrument, name: str) -> list[Coded]:
    kind, options = instrument.questions[name].type, instrument.options.get(name, ())
    if kind == "select_multiple":
        return code_multiple(cells, group, options)
    if kind == "select_one":
        return [code_select_one(cells, group[0], options)]
    if kind in ("integer", "decimal"):
        return [code_number(cells, group[0], whole=kind == "integer")]
    return [code_date(cells, group[0])] if kind == "date" else []


def _fields(
    cells: Cells, columns: list[Column], instrument: Instrument, source: Source
) -> tuple[pd.DataFrame, list[Finding]]:
    at = {column.question: column for column in columns if column.role == "field"}
    nothing = pd.Series(pd.NA, index=cells.rows.index, dtype=TEXT)
    texts = {name: cells.rows[at[name].index] if name in at else nothing for name in ("event", "response_key")}
    moments = cells.rows[at["submitted_at"].index] if "submitted_at" in at else nothing
    submitted_at, wrong = parse_times(moments)
    frame = pd.DataFrame({**texts, "submitted_at": submitted_at, "timed": has_time(moments)}, index=cells.rows.index)
    findings = [_odd(cells, at["submitted_at"], row, "a date, day first or ISO") for row in moments.index[wrong]]
    for name, allowed in _CLOSED_FIELDS.items():
        frame[name] = nothing.fillna(getattr(source, name)) if getattr(source, name) else nothing
        if name in at:
            own, rows = _closed(cells, at[name], instrument, allowed)
            frame[name] = own.fillna(frame[name])
            findings += [_odd(cells, at[name], row, ", ".join(allowed)) for row in rows]
    return frame, findings


def _closed(
    cells: Cells, column: Column, instrument: Instrument, allowed: tuple[str, ...]
) -> tuple[pd.Series, pd.Index]:
    """Return a field with a closed vocabulary, through its options where the field is a select question."""
    name = next(n for n, q in instrument.fields.items() if q.row["field"] == column.question)
    if name in instrument.options:
        coded = code_select_one(cells, column, instrument.options[name])
        values, wrong = coded.code, coded.wrong
    else:
        values = cells.rows[column.index].map(fold, na_action="ignore")
        wrong = values.index[:0]
    outside = values.notna() & ~values.isin(allowed)
    return values.mask(outside), wrong.union(values.index[outside])


def _events(texts: pd.Series, events: Mapping[str, str | None], source: Source) -> tuple[pd.Series, pd.Series]:
    """Return event ids, and where an event is named that the register does not know (or knows twice)."""
    named = texts.fillna(source.event) if source.event else texts
    if not events:
        return named, named.isna() & False
    found = named.map(lambda text: events.get(fold(text)), na_action="ignore").astype(TEXT)
    return found, named.notna() & found.isna()


def _comments(cells: Cells, columns: list[Column], instrument: Instrument) -> pd.DataFrame:
    texts = {
        c.question: cells.rows[c.index].str.strip()
        for c in columns
        if c.role == "single" and instrument.questions[c.question].type == "text"
    }
    return pd.DataFrame(texts, index=cells.rows.index, dtype=TEXT)


def _set_aside(unknown_event: pd.Series, comments: pd.DataFrame, rules: Ingest) -> pd.Series:
    trial = comments.map(fold, na_action="ignore").isin([fold(word) for word in rules.test_words]).any(axis=1)
    reason = pd.Series(pd.NA, index=unknown_event.index, dtype=TEXT)
    return reason.mask(unknown_event, "unknown event").mask(trial, "test answer").dropna()


def _invalid(cells: Cells, columns: list[Column], instrument: Instrument, coded: Coded, row: int) -> Finding:
    name = coded.item.partition("/")[0]
    options = [o.code for o in instrument.options.get(name, ())]
    column = next(c for c in columns if c.question == name)
    kinds = {"integer": "a whole number", "decimal": "a number", "date": "a date, day first or ISO"}
    return Finding(
        "cell_invalid",
        cells.place(row, column.index),
        "the answer is none of the question's options; counted as invalid",
        allowed=", ".join(options) or kinds.get(instrument.questions[name].type),
        fix="correct the cell, or add the spelling to 'aliases' of the option in the instrument",
    )


def _odd(cells: Cells, column: Column, row: int, allowed: str) -> Finding:
    return Finding("cell_invalid", cells.place(row, column.index), "not understood; left empty", allowed=allowed)


def _aside(cells: Cells, row: int, reason: str, columns: list[Column]) -> Finding:
    event = next((c.index for c in columns if c.question == "event"), None)
    place = cells.place(row, event if reason == "unknown event" else None)
    fix = {
        "unknown event": "add the spelling to 'aliases' in registers/events.csv, or correct the cell",
        "test answer": "nothing, if it was a trial; else change the comment",
    }[reason]
    return Finding("row_quarantined", place, reason, fix=fix)


def quarantine(batch: Batch, rows: pd.Index, reason: str, fix: str) -> Batch:
    """Return the batch with further rows set aside."""
    new = tuple(Finding("row_quarantined", batch.cells.place(int(r)), reason, fix=fix) for r in rows)
    aside = pd.concat([batch.quarantined, pd.Series(reason, index=rows, dtype=TEXT)])
    return replace(batch, quarantined=aside, findings=batch.findings + new)
