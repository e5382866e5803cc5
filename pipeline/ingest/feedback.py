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
from pipeline.ingest import contacts, identity_codes, no_answer, ranges, stacked, summaries, table_event, unsure
from pipeline.ingest.cells import TEXT, TOO_LONG, TOO_SHORT, Cells
from pipeline.ingest.coding import Coded, code_date, code_multiple, code_number, code_select_one
from pipeline.ingest.columns import Column
from pipeline.ingest.dates import half_turned, parse_times
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Instrument, Option
from pipeline.ingest.missing import labelled
from pipeline.ingest.personal_data import mask
from pipeline.ingest.readers import nearest
from pipeline.ingest.under_export import UNDER, is_under

UNKNOWN_EVENT: Final = "unknown event"
AMBIGUOUS_EVENT: Final = "the name fits several events"
_TURNED: Final = "dates month first, of which a spreadsheet may have taken the month for the day in some"
_EXPORT: Final = "export the file again and put it here without opening it in a spreadsheet"
NOTHING_FITS: Final = "no answer that the form knows"
COUNTED: Final = "; counted as invalid"

_FIXES: Final = {
    UNKNOWN_EVENT: "add the spelling to 'aliases' in registers/events.csv, or correct the cell",
    AMBIGUOUS_EVENT: "write the event_id instead of the name, or give the events different names",
    **no_answer.FIXES,
    stacked.TITLE: stacked.FIX,
    NOTHING_FITS: "nothing, if it is a remark or a heading; else correct its cells, or accept the row",
    TOO_LONG: "a separator within an answer has moved its cells: put that answer in quotation marks",
    TOO_SHORT: "a line break within an answer has cut the row: mend it, or accept the row if its last cells are empty",
}
#: Reasons of an item without a code that no respondent gave.
_UNSAID: Final = ("no_answer", "not_asked", "invalid")
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
    key_column : int or None
        Where the number of a response stands.
    unused : tuple of int
        Columns that neither the instrument nor the tool claims: a name, a remark of whoever keyed it in.
    """

    cells: Cells
    responses: pd.DataFrame
    codes: pd.DataFrame
    reasons: pd.DataFrame
    comments: pd.DataFrame
    quarantined: pd.Series
    findings: tuple[Finding, ...]
    key_column: int | None = None
    unused: tuple[int, ...] = ()


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
            allowed="a question's name, label or alias as header" + (f"; {near}" if (near := nearest(cells)) else ""),
            fix="add the headers as 'aliases' in the instrument, or move the file where it belongs",
        )
    summaries.refuse_frequencies(cells, columns, instrument)
    findings += contacts.findings(cells, columns, instrument)
    titles = stacked.titles(cells, columns, instrument, events)
    cells = contacts.without_contacts(cells, columns, instrument)
    coded, beyond = ranges.limited(_code_all(cells, columns, instrument), cells, columns, instrument)
    responses, odd = _fields(cells, columns, instrument, source)
    comments = _comments(cells, columns, instrument)
    responses["event"], told = table_event.told(cells, columns, responses["event"], events, source)
    findings += told
    responses["event_id"], unknown = _events(responses["event"], events, source)
    none = no_answer.reasons(cells, columns, instrument, rules.test_words, events)
    none = none.mask(none.isna() & _only_invalid(cells, coded, comments, columns), NOTHING_FITS)
    none = none.mask(none.isna() & is_under(cells, columns, coded), UNDER)
    reasons = _set_aside(cells, unknown, none.mask(none.index.isin(titles), stacked.TITLE))
    _some_answer_fits(cells, [c for c in coded if instrument.options.get(c.item.partition("/")[0])])
    findings += [_invalid(cells, instrument, item.item, *at) for item in coded for at in item.wrong]
    findings += (
        beyond
        + odd
        + unsure.notes(cells, columns, instrument)
        + [_aside(cells, row, reason, columns) for row, reason in reasons.items()]
    )
    return Batch(
        cells,
        responses.drop(columns="event"),
        pd.DataFrame({c.item: c.code for c in coded}, index=cells.rows.index),
        pd.DataFrame({c.item: c.missing_reason for c in coded}, index=cells.rows.index),
        comments.apply(mask),
        reasons,
        tuple(findings),
        next((c.index for c in columns if c.question == "response_key" and c.role == "field"), None),
        tuple(i for i in cells.rows.columns if i not in cells.technical and i not in {c.index for c in columns}),
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
    texts = {
        name: labelled(cells, at[name].index).str.strip() if name in at else nothing
        for name in ("event", "response_key")
    }
    moments = labelled(cells, at["submitted_at"].index) if "submitted_at" in at else nothing
    read = ranges.of_responses(parse_times(moments))
    frame = pd.DataFrame({**texts, "submitted_at": read["moment"], "timed": read["timed"]}, index=cells.rows.index)
    no_date = moments.index[read["wrong"]]
    findings = [_odd(cells, at["submitted_at"], row, "a date, day first or ISO") for row in no_date]
    if half_turned(moments):
        findings.append(Finding("note", cells.place(column=at["submitted_at"].index), _TURNED, fix=_EXPORT))
    for name, allowed in _CLOSED_FIELDS.items():
        frame[name] = nothing.fillna(getattr(source, name)) if getattr(source, name) else nothing
        if name in at:
            own, rows = _closed(cells, at[name], instrument, allowed)
            # what project.toml says of the file fills empty cells, not those that say something else
            frame[name] = own.fillna(frame[name].where(labelled(cells, at[name].index).isna()))
            findings += [_odd(cells, at[name], row, ", ".join(allowed)) for row in rows]
    return frame, findings


def _closed(
    cells: Cells, column: Column, instrument: Instrument, allowed: tuple[str, ...]
) -> tuple[pd.Series, pd.Index]:
    """Return a field with a closed vocabulary, through its options where the field is a select question."""
    name = next((n for n, q in instrument.fields.items() if q.row["field"] == column.question), "")
    if name in instrument.options:
        coded = code_select_one(cells, column, instrument.options[name])
        values, wrong = coded.code, pd.Index([row for row, _ in coded.wrong], dtype="int64")
    else:
        values = labelled(cells, column.index).map(fold, na_action="ignore")
        # tools write fi-FI, sv_FI or en-informal
        values = values.str.split("[-_]").str[0] if column.question == "language" else values
        wrong = values.index[:0]
    outside = values.notna() & ~values.isin(allowed)
    return values.mask(outside), wrong.union(values.index[outside])


def _events(texts: pd.Series, events: Mapping[str, str | None], source: Source) -> tuple[pd.Series, pd.Series]:
    """Return event ids, and per row why the event named is none the register tells apart; a name stays unread."""
    named = texts.fillna(source.event) if source.event else texts
    nothing = pd.Series(pd.NA, index=texts.index, dtype=TEXT)
    if not events:
        return mask(named), nothing
    folded = named.map(fold, na_action="ignore")
    found = folded.map(events.get, na_action="ignore").astype(TEXT)
    known = folded.isin(list(events))
    reason = nothing.mask(named.notna() & ~known, UNKNOWN_EVENT).mask(known & found.isna(), AMBIGUOUS_EVENT)
    return found, reason


def _comments(cells: Cells, columns: list[Column], instrument: Instrument) -> pd.DataFrame:
    texts = {
        c.question: labelled(cells, c.index).str.strip()
        for c in columns
        if c.role == "single" and instrument.questions[c.question].type == "text"
    }
    return pd.DataFrame(texts, index=cells.rows.index, dtype=TEXT)


def _set_aside(cells: Cells, event: pd.Series, no_answers: pd.Series) -> pd.Series:
    """Return the reason per row set aside: of several, the gravest."""
    overlong, short = cells.rows.index.isin(cells.overlong), cells.rows.index.isin(cells.short)
    own = pd.Series(dict(cells.set_aside), dtype=TEXT).reindex(event.index)
    reason = no_answers.astype(TEXT).fillna(event).mask(short, TOO_SHORT).mask(overlong, TOO_LONG)
    return reason.mask(own.notna(), own).dropna()


def _only_invalid(cells: Cells, coded: list[Coded], comments: pd.DataFrame, columns: list[Column]) -> pd.Series:
    """Return the rows that hold nothing but answers the form does not know: a remark, a heading, a legend."""
    asked = [c.index for c in columns if c.role != "field"]
    beside = cells.rows.drop(columns=asked).notna().any(axis=1) | comments.notna().any(axis=1)
    wrong, right = pd.Series(False, index=cells.rows.index), beside
    if beside.all():
        return wrong
    for item in coded:
        wrong |= item.missing_reason.eq("invalid").fillna(False).astype(bool)
        right |= item.code.notna() | ~item.missing_reason.isin(_UNSAID)
    return wrong & ~right


def _some_answer_fits(cells: Cells, coded: list[Coded]) -> None:
    """Refuse a table none of whose closed answers is in the codebook; `coded` are those of questions with options."""
    if any(item.wrong for item in coded) and all(item.code.isna().all() for item in coded):
        raise ReadError(
            "not one answer matches the options of the instrument",
            place=cells.place(),
            allowed="an option's name, label or alias",
            fix="add the spellings of this file to 'aliases' of the options in the instrument",
        )


def _invalid(cells: Cells, instrument: Instrument, item: str, row: int, column: int) -> Finding:
    question = instrument.questions[item.partition("/")[0]]
    options = [_shown(option) for option in instrument.options.get(question.name, ())]
    kinds = {"integer": "a whole number", "decimal": "a number", "date": "a date, day first or ISO"}
    spelling = "correct the cell, or add the spelling to 'aliases' of the option in the instrument"
    return Finding(
        "cell_invalid",
        cells.place(row, column),
        "the answer is none of the question's options" + COUNTED if options else "not understood" + COUNTED,
        allowed=", ".join(options) or kinds.get(question.type),
        fix=spelling if options else "correct the cell",
    )


def _shown(option: Option) -> str:
    """Return code and label: a person knows the answer by its label, corrections take either."""
    label = next((text for text in option.labels.values() if text and text != option.code), "")
    return f"{option.code} = {label}" if label else option.code


def _odd(cells: Cells, column: Column, row: int, allowed: str) -> Finding:
    return Finding("cell_invalid", cells.place(row, column.index), "not understood; left empty", allowed=allowed)


def _aside(cells: Cells, row: int, reason: str, columns: list[Column]) -> Finding:
    event = next((c.index for c in columns if c.question == "event"), None)
    place = cells.place(row, event if reason in (UNKNOWN_EVENT, AMBIGUOUS_EVENT) else None)
    fix = identity_codes.FIX if identity_codes.is_refusal(reason) else _FIXES.get(reason)
    return Finding("row_quarantined", place, reason, fix=fix)


def quarantine(batch: Batch, rows: pd.Index, reason: str, fix: str, beside: Mapping[int, str] | None = None) -> Batch:
    """Return the batch with further rows set aside; `beside` says per row which place it is in conflict with."""
    more = {row: f": {place}" for row, place in (beside or {}).items()}
    new = tuple(
        Finding("row_quarantined", batch.cells.place(int(row)), reason + more.get(row, ""), fix=fix) for row in rows
    )
    aside = pd.concat([batch.quarantined, pd.Series(reason, index=rows, dtype=TEXT)])
    return replace(batch, quarantined=aside, findings=batch.findings + new)
