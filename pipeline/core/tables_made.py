"""Contracts of the tables later stages make: denominators, scores, estimates, facts."""

from __future__ import annotations

from typing import Final

from pipeline.core import words
from pipeline.core.columns import LABELS, count, number, text
from pipeline.core.schema import Column, Table

MADE: Final = (
    Table(
        "ledger",
        "Denominators that add up: rows per file, forms per event, answers per item.",
        (
            text("scope", "what the row counts", allowed=words.LEDGER_SCOPES),
            text("unit", "file, event or item"),
            text("part", "sheet of the file", optional=True),
            text("reader", "reader chosen by content", optional=True),
            count("rows_read", "file: rows with any content below the header"),
            count("accepted", "file: taken into responses or attendance"),
            count("duplicate", "file: delivered before"),
            count("quarantined", "file: set aside for a person to decide"),
            count("blank", "file: empty rows, not part of rows_read"),
            count("distributed", "event: forms given out"),
            count("listed", "event: people on the attendance list"),
            count("returned", "event, item: accepted responses"),
            count("usable", "event, item: responses with at least one closed answer"),
            count("answered", "event: with a primary outcome; item: with a code"),
            *(count(reason, f"item: {reason}") for reason in words.MISSING_REASONS),
            text("reason", "file: why rows were set aside", optional=True),
        ),
        ("scope", "unit", "part"),
    ),
    Table(
        "scores",
        "A response's score on a construct, in the units of its items.",
        (
            text("response_id", "response"),
            text("construct", "construct in items"),
            number("score", "mean of the answered items, reversed items turned"),
            count("n_items_answered", "items with a code", optional=False),
            count("n_items_asked", "items on the form", optional=False),
            Column("positive", "flag", "score above the neutral middle; empty where there is no score", optional=True),
        ),
        ("response_id", "construct"),
    ),
    Table(
        "estimates",
        "Every result of every analysis, in one shape.",
        (
            text("outcome", "outcome, construct, item or count"),
            text("term", "what of it is estimated"),
            text("group", "all, or variable=value"),
            text("method", "how"),
            count("n", "observations used, after exclusions"),
            count("n_excluded", "observations of the group left out"),
            count("n_clusters", "clusters used"),
            number("estimate", "the estimate"),
            number("std_error", "its standard error"),
            number("ci_low", "lower limit"),
            number("ci_high", "upper limit"),
            number("ci_level", "level of the interval"),
            number("statistic", "test statistic"),
            number("df", "degrees of freedom"),
            number("p_value", "two-sided p-value"),
            number("p_adjusted", "p-value after adjustment within its family"),
            number("effect_size", "effect size"),
            text("effect_size_kind", "which", optional=True),
            text("unit", "share, persons, points ...", optional=True),
            text("weighting", "none, or the weights used", optional=True),
            text("note", "rule or caveat that goes with the row", optional=True),
        ),
        ("outcome", "term", "group", "method"),
    ),
    Table(
        "facts",
        "The numbers a report may quote.",
        (
            text("key", "name used in placeholders"),
            number("value", "the number"),
            text("kind", "how sure", allowed=words.FACT_KINDS),
            text("unit", "unit"),
            count("n", "cases counted"),
            count("denominator", "of how many"),
            number("ci_low", "lower limit where estimated"),
            number("ci_high", "upper limit where estimated"),
            text("source", "table and method it comes from"),
            *LABELS,
        ),
        ("key",),
    ),
)
