"""Contracts of the tables ingest makes from files as received."""

from __future__ import annotations

from typing import Final

from pipeline.core import words
from pipeline.core.columns import LABELS, SOURCE, count, number, text, time
from pipeline.core.schema import Column, Table

RECEIVED: Final = (
    Table(
        "items",
        "What was asked: one row per question, and one per option of a multiple-choice question.",
        (
            text("item", "name in the instrument; question/option for an option"),
            text("question", "the question the item belongs to; itself for most"),
            count("position", "order in the instrument", optional=False),
            text("construct", "what the item measures", optional=True),
            text("type", "how it is answered", allowed=words.ITEM_TYPES),
            text("design", "how it measures change", optional=True, allowed=words.DESIGNS),
            text("pair", "name shared by a before and a now question", optional=True),
            text("occasion", "before or now, within the pair", optional=True, allowed=words.OCCASIONS),
            number("minimum", "lowest value on the scale"),
            number("maximum", "highest value on the scale"),
            Column("reversed", "flag", "true when a high value means little of the construct"),
            *LABELS,
        ),
        ("item",),
    ),
    Table(
        "options",
        "The response options of each question, in the order of the instrument.",
        (
            text("question", "question in items"),
            text("code", "name of the option in the instrument"),
            count("position", "order within the question", optional=False),
            text(
                "missing_reason", "set where the option means no opinion", optional=True, allowed=words.MISSING_REASONS
            ),
            *LABELS,
        ),
        ("question", "code"),
    ),
    Table(
        "responses",
        "One accepted feedback response each.",
        (
            text("response_id", "place of the response: file:sheet:row"),
            text("event_id", "event it is about; empty where unknown", optional=True),
            text("action_id", "action of that event", optional=True),
            *SOURCE,
            text("mode", "how it was collected", optional=True, allowed=words.MODES),
            text("language", "language of the form", optional=True, allowed=words.LANGUAGES),
            time("submitted_at", "when it was given, local time"),
            text("role", "who answers", optional=True, allowed=words.RESPONDENT_ROLES),
        ),
        ("response_id",),
    ),
    Table(
        "answers",
        "One row per response and item: a code, or the reason why there is none, never both.",
        (
            text("response_id", "response in responses"),
            text("item", "item in items; text items are in comments"),
            text("code", "option code, or the number or date as text", optional=True),
            number("value", "the code as a number where it is one"),
            text("missing_reason", "why there is no code", optional=True, allowed=words.MISSING_REASONS),
        ),
        ("response_id", "item"),
        ("code", "missing_reason"),
    ),
    Table(
        "comments",
        "Open answers after the personal-data screen.",
        (text("response_id", "response"), text("item", "text item"), text("text", "the open answer, masked")),
        ("response_id", "item"),
    ),
    Table(
        "codes",
        "Themes people gave to open answers. A coder who saw none has a row without theme; who did not read, no row.",
        (
            text("response_id", "response"),
            text("item", "text item"),
            text("coder", f"who coded; '{words.ADJUDICATED}' for what coders settled together"),
            text("theme", "theme given", optional=True),
        ),
        ("response_id", "item", "coder", "theme"),
    ),
    Table(
        "attendance",
        "One row per person on an event's list, under a keyed pseudonym.",
        (
            text("person_id", "keyed hash of the linked person"),
            text("event_id", "event"),
            text("role", "role on that list", allowed=words.ATTENDANCE_ROLES),
            text("organisation_id", "organisation represented", optional=True),
            text("status", "registered is a promise, attended is not", allowed=words.ATTENDANCE_STATUSES),
            number("minutes", "minutes present, where known"),
            *SOURCE,
        ),
        ("person_id", "event_id"),
    ),
    Table(
        "persons",
        "Distinct people behind the lists. They are attendees, not ESF participants.",
        (
            text("person_id", "keyed hash"),
            count("birth_year", "year of birth where a list has it"),
            count("n_events", "events on whose list the person is", optional=False),
            Column("planner", "flag", "true when in a planning role on any list"),
            text("first_event_id", "earliest event", optional=True),
        ),
        ("person_id",),
    ),
    Table(
        "actions",
        "The project's actions (toimenpide).",
        (
            text("action_id", "identifier"),
            text("name", "name"),
            text("target_group", "group it was meant for", optional=True),
            time("start", "first day"),
            time("end", "last day"),
        ),
        ("action_id",),
    ),
    Table(
        "events",
        "The events of the actions.",
        (
            text("event_id", "identifier"),
            text("action_id", "action"),
            text("name", "name"),
            text("aliases", "other spellings met in files, separated by |", optional=True),
            time("date", "day"),
            text("place", "place", optional=True),
            count("distributed", "feedback forms or links given out; empty where not counted"),
            count("audience", "organiser's estimate of people reached, listed or not"),
        ),
        ("event_id",),
    ),
    Table(
        "organisations",
        "Partner organisations.",
        (text("organisation_id", "identifier"), text("name", "name"), text("type", "kind", optional=True)),
        ("organisation_id",),
    ),
    Table(
        "involvement",
        "Which organisation took part in which action or event, and when.",
        (
            text("organisation_id", "organisation"),
            text("action_id", "action"),
            text("event_id", "event, where the involvement was one event", optional=True),
            time("date", "day"),
            text("role", "what it did", optional=True),
        ),
    ),
    Table(
        "ideas",
        "Residents' ideas and what became of them.",
        (
            text("idea_id", "identifier"),
            time("received", "day received"),
            text("action_id", "action it became, where it did", optional=True),
            text("status", "what became of it", optional=True),
        ),
        ("idea_id",),
    ),
    Table(
        "reports",
        "Implementers' reports.",
        (text("report_id", "identifier"), text("action_id", "action", optional=True), time("received", "day")),
        ("report_id",),
    ),
    Table(
        "findings",
        "What ingest met and could not take as it stood: one row per place, never a value.",
        (
            text("kind", "what was done", allowed=words.FINDING_KINDS),
            text("file", "file under raw/"),
            text("sheet", "sheet", optional=True),
            count("row", "first row, counted from 1"),
            text("rows", "all rows with this fault in this column: 3-5, 7", optional=True),
            text("column", "column header", optional=True),
            text("problem", "what is wrong"),
            text("allowed", "what would be accepted", optional=True),
            text("fix", "what to do", optional=True),
        ),
    ),
)
