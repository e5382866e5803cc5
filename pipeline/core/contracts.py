"""The contract of every table: columns, types, keys and closed vocabularies, checked on each read and write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import pandas as pd

from pipeline.core import words
from pipeline.core.errors import ContractError

if TYPE_CHECKING:
    import pandera.pandas as pandera

Kind = Literal["text", "integer", "number", "flag", "time"]

_DTYPES: Final[dict[Kind, object]] = {
    "text": pd.StringDtype(na_value=float("nan")),
    "integer": "Int64",
    "number": "float64",
    "flag": "boolean",
    "time": "datetime64[us]",
}


@dataclass(frozen=True)
class Column:
    """One column: its kind, whether it may be empty, what it may hold and what it means."""

    name: str
    kind: Kind
    meaning: str
    optional: bool = False
    allowed: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Table:
    """One table: its columns in order and the columns that identify a row."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def column_names(self) -> list[str]:
        """Names of the columns in the order they are stored."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """Return the table with no rows and the right types."""
        return pd.DataFrame({c.name: pd.Series(dtype=_DTYPES[c.kind]) for c in self.columns})


def _text(name: str, meaning: str, *, optional: bool = False, allowed: tuple[str, ...] | None = None) -> Column:
    return Column(name, "text", meaning, optional, allowed)


def _count(name: str, meaning: str, *, optional: bool = True) -> Column:
    return Column(name, "integer", meaning, optional)


def _number(name: str, meaning: str) -> Column:
    return Column(name, "number", meaning, optional=True)


def _time(name: str, meaning: str) -> Column:
    return Column(name, "time", meaning, optional=True)


_SOURCE = (
    _text("source_file", "file under raw/, as received"),
    _text("source_sheet", "sheet, where the format has them", optional=True),
    _count("source_row", "row in that sheet, counted from 1", optional=False),
)
_LABELS = tuple(_text(f"label_{code}", f"label, {code}", optional=True) for code in words.LANGUAGES)

_TABLES = (
    Table(
        "items",
        "What was asked: one row per question, and one per option of a multiple-choice question.",
        (
            _text("item", "name in the instrument; question/option for an option"),
            _text("question", "the question the item belongs to; itself for most"),
            _count("position", "order in the instrument", optional=False),
            _text("construct", "what the item measures", optional=True),
            _text("type", "how it is answered", allowed=words.ITEM_TYPES),
            _text("design", "how it measures change", optional=True, allowed=words.DESIGNS),
            _text("pair", "name shared by a before and a now question", optional=True),
            _text("occasion", "before or now, within the pair", optional=True, allowed=words.OCCASIONS),
            _number("minimum", "lowest value on the scale"),
            _number("maximum", "highest value on the scale"),
            Column("reversed", "flag", "true when a high value means little of the construct"),
            *_LABELS,
        ),
        ("item",),
    ),
    Table(
        "options",
        "The response options of each question, in the order of the instrument.",
        (
            _text("question", "question in items"),
            _text("code", "name of the option in the instrument"),
            _count("position", "order within the question", optional=False),
            _text(
                "missing_reason", "set where the option means no opinion", optional=True, allowed=words.MISSING_REASONS
            ),
            *_LABELS,
        ),
        ("question", "code"),
    ),
    Table(
        "responses",
        "One accepted feedback response each.",
        (
            _text("response_id", "place of the response: file:sheet:row"),
            _text("event_id", "event it is about; empty where unknown", optional=True),
            _text("action_id", "action of that event", optional=True),
            *_SOURCE,
            _text("mode", "how it was collected", optional=True, allowed=words.MODES),
            _text("language", "language of the form", optional=True, allowed=words.LANGUAGES),
            _time("submitted_at", "when it was given, local time"),
            _text("role", "who answers", optional=True, allowed=words.RESPONDENT_ROLES),
        ),
        ("response_id",),
    ),
    Table(
        "answers",
        "One row per response and item: a code, or the reason why there is none, never both.",
        (
            _text("response_id", "response in responses"),
            _text("item", "item in items; text items are in comments"),
            _text("code", "option code, or the number or date as text", optional=True),
            _number("value", "the code as a number where it is one"),
            _text("missing_reason", "why there is no code", optional=True, allowed=words.MISSING_REASONS),
        ),
        ("response_id", "item"),
    ),
    Table(
        "comments",
        "Open answers after the personal-data screen.",
        (_text("response_id", "response"), _text("item", "text item"), _text("text", "the open answer, masked")),
        ("response_id", "item"),
    ),
    Table(
        "attendance",
        "One row per person on an event's list, under a keyed pseudonym.",
        (
            _text("person_id", "keyed hash of the linked person"),
            _text("event_id", "event"),
            _text("role", "role on that list", allowed=words.ATTENDANCE_ROLES),
            _text("organisation_id", "organisation represented", optional=True),
            _text("status", "registered is a promise, attended is not", allowed=words.ATTENDANCE_STATUSES),
            _number("minutes", "minutes present, where known"),
            *_SOURCE,
        ),
        ("person_id", "event_id"),
    ),
    Table(
        "persons",
        "Distinct people behind the lists. They are attendees, not ESF participants.",
        (
            _text("person_id", "keyed hash"),
            _count("birth_year", "year of birth where a list has it"),
            _count("n_events", "events on whose list the person is", optional=False),
            Column("planner", "flag", "true when in a planning role on any list"),
            _text("first_event_id", "earliest event", optional=True),
        ),
        ("person_id",),
    ),
    Table(
        "actions",
        "The project's actions (toimenpide).",
        (
            _text("action_id", "identifier"),
            _text("name", "name"),
            _text("target_group", "group it was meant for", optional=True),
            _time("start", "first day"),
            _time("end", "last day"),
        ),
        ("action_id",),
    ),
    Table(
        "events",
        "The events of the actions.",
        (
            _text("event_id", "identifier"),
            _text("action_id", "action"),
            _text("name", "name"),
            _text("aliases", "other spellings met in files, separated by |", optional=True),
            _time("date", "day"),
            _text("place", "place", optional=True),
            _count("distributed", "feedback forms or links given out; empty where not counted"),
            _count("audience", "organiser's estimate of people reached, listed or not"),
        ),
        ("event_id",),
    ),
    Table(
        "organisations",
        "Partner organisations.",
        (_text("organisation_id", "identifier"), _text("name", "name"), _text("type", "kind", optional=True)),
        ("organisation_id",),
    ),
    Table(
        "involvement",
        "Which organisation took part in which action or event, and when.",
        (
            _text("organisation_id", "organisation"),
            _text("action_id", "action"),
            _text("event_id", "event, where the involvement was one event", optional=True),
            _time("date", "day"),
            _text("role", "what it did", optional=True),
        ),
    ),
    Table(
        "ideas",
        "Residents' ideas and what became of them.",
        (
            _text("idea_id", "identifier"),
            _time("received", "day received"),
            _text("action_id", "action it became, where it did", optional=True),
            _text("status", "what became of it", optional=True),
        ),
        ("idea_id",),
    ),
    Table(
        "reports",
        "Implementers' reports.",
        (_text("report_id", "identifier"), _text("action_id", "action", optional=True), _time("received", "day")),
        ("report_id",),
    ),
    Table(
        "findings",
        "What ingest met and could not take as it stood: one row per place, never a value.",
        (
            _text("kind", "what was done", allowed=words.FINDING_KINDS),
            _text("file", "file under raw/"),
            _text("sheet", "sheet", optional=True),
            _count("row", "row, counted from 1"),
            _text("column", "column header", optional=True),
            _text("problem", "what is wrong"),
            _text("allowed", "what would be accepted", optional=True),
            _text("fix", "what to do", optional=True),
        ),
    ),
    Table(
        "ledger",
        "Denominators that add up: rows per file, forms per event, answers per item.",
        (
            _text("scope", "what the row counts", allowed=words.LEDGER_SCOPES),
            _text("unit", "file, event or item"),
            _text("part", "sheet of the file", optional=True),
            _text("reader", "reader chosen by content", optional=True),
            _count("rows_read", "file: rows with any content below the header"),
            _count("accepted", "file: taken into responses or attendance"),
            _count("duplicate", "file: delivered before"),
            _count("quarantined", "file: set aside for a person to decide"),
            _count("blank", "file: empty rows, not part of rows_read"),
            _count("distributed", "event: forms given out"),
            _count("listed", "event: people on the attendance list"),
            _count("returned", "event, item: accepted responses"),
            _count("usable", "event, item: responses with at least one closed answer"),
            _count("answered", "event: with a primary outcome; item: with a code"),
            *(_count(reason, f"item: {reason}") for reason in words.MISSING_REASONS),
            _text("reason", "file: why rows were set aside", optional=True),
        ),
        ("scope", "unit", "part"),
    ),
    Table(
        "scores",
        "A response's score on a construct, in the units of its items.",
        (
            _text("response_id", "response"),
            _text("construct", "construct in items"),
            _number("score", "mean of the answered items, reversed items turned"),
            _count("n_items_answered", "items with a code", optional=False),
            _count("n_items_asked", "items on the form", optional=False),
            Column("positive", "flag", "score above the neutral middle; empty where there is no score", optional=True),
        ),
        ("response_id", "construct"),
    ),
    Table(
        "estimates",
        "Every result of every analysis, in one shape.",
        (
            _text("outcome", "outcome, construct, item or count"),
            _text("term", "what of it is estimated"),
            _text("group", "all, or variable=value"),
            _text("method", "how"),
            _count("n", "observations used, after exclusions"),
            _count("n_excluded", "observations of the group left out"),
            _count("n_clusters", "clusters used"),
            _number("estimate", "the estimate"),
            _number("std_error", "its standard error"),
            _number("ci_low", "lower limit"),
            _number("ci_high", "upper limit"),
            _number("ci_level", "level of the interval"),
            _number("statistic", "test statistic"),
            _number("df", "degrees of freedom"),
            _number("p_value", "two-sided p-value"),
            _number("p_adjusted", "p-value after adjustment within its family"),
            _number("effect_size", "effect size"),
            _text("effect_size_kind", "which", optional=True),
            _text("unit", "share, persons, points ...", optional=True),
            _text("weighting", "none, or the weights used", optional=True),
            _text("note", "rule or caveat that goes with the row", optional=True),
        ),
        ("outcome", "term", "group", "method"),
    ),
    Table(
        "facts",
        "The numbers a report may quote.",
        (
            _text("key", "name used in placeholders"),
            _number("value", "the number"),
            _text("kind", "how sure", allowed=words.FACT_KINDS),
            _text("unit", "unit"),
            _count("n", "cases counted"),
            _count("denominator", "of how many"),
            _number("ci_low", "lower limit where estimated"),
            _number("ci_high", "upper limit where estimated"),
            _text("source", "table and method it comes from"),
            *_LABELS,
        ),
        ("key",),
    ),
)

CONTRACTS: Final[dict[str, Table]] = {table.name: table for table in _TABLES}
#: The ledger's rows of scope *file*, on their way from ingest to construct.
CONTRACTS["files"] = replace(CONTRACTS["ledger"], name="files")


@cache
def _schema(name: str) -> pandera.DataFrameSchema:
    import pandera.pandas as pandera  # noqa: PLC0415  (0.3 s: only where a table is really checked)

    table = CONTRACTS[name]
    columns = {
        c.name: pandera.Column(
            _DTYPES[c.kind],
            nullable=c.optional,
            coerce=True,
            checks=[pandera.Check.isin(list(c.allowed))] if c.allowed else [],
        )
        for c in table.columns
    }
    return pandera.DataFrameSchema(columns, strict=True, unique=list(table.key) or None, ordered=True)


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the types of contract `name`, or say what breaks it.

    Parameters
    ----------
    name : str
        Table name, one of `CONTRACTS`.
    frame : DataFrame
        Rows to check; it is not changed.

    Returns
    -------
    DataFrame
        The same rows, columns in the contract's order and types.

    Raises
    ------
    ContractError
        Naming the columns, without values.

    Examples
    --------
    >>> import pandas as pd
    >>> check("comments", pd.DataFrame({"response_id": ["a"], "item": ["q9"], "text": ["ok"]})).shape
    (1, 3)
    """
    import pandera.errors  # noqa: PLC0415

    table = CONTRACTS[name]
    absent = [c for c in table.column_names if c not in frame.columns]
    extra = [c for c in frame.columns if c not in table.column_names]
    if absent or extra:
        raise ContractError(f"columns absent {absent}, not in the contract {extra}", place=f"table {name}")
    try:
        return _schema(name).validate(frame[table.column_names], lazy=True)
    except pandera.errors.SchemaErrors as failure:
        cases = failure.failure_cases.groupby(["column", "check"], dropna=False).size()
        faults = "; ".join(f"{column}: {check} fails in {n} rows" for (column, check), n in cases.items())
        raise ContractError(faults, place=f"table {name}") from None
