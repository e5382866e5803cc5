"""Answers that can be meant in another way than they are read: counted, and said; and wordings that are read right."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from ingest_folder import cells

from pipeline.core.config import Ingest, Source
from pipeline.ingest import feedback
from pipeline.ingest.instrument import build

ROWS = {
    "survey": [
        {"type": "select_one agree", "name": "q1", "label::Suomi (fi)": "Sain vaikuttaa"},
        {"type": "select_one yes", "name": "again", "label::Suomi (fi)": "Tulisitko uudelleen?"},
        {"type": "decimal", "name": "hours", "label::Suomi (fi)": "Tunteja"},
        {"type": "decimal", "name": "days", "label::Suomi (fi)": "Päiviä", "constraint": ". >= 0 and . <= 40"},
        {"type": "dateTime", "name": "sent", "label::Suomi (fi)": "Aikaleima", "field": "submitted_at"},
        {"type": "date", "name": "day", "label::Suomi (fi)": "Päivä"},
    ],
    "choices": [
        {"list_name": "agree", "name": "1", "label::Suomi (fi)": "Don't agree"},
        {"list_name": "agree", "name": "5", "label::Suomi (fi)": "Täysin samaa mieltä"},
        {"list_name": "yes", "name": "k", "label::Suomi (fi)": "Kyllä"},
        {"list_name": "yes", "name": "e", "label::Suomi (fi)": "Ei"},
    ],
}  # fmt: skip
INSTRUMENT = build({name: list(enumerate(rows, 2)) for name, rows in ROWS.items()}, "instrument.xlsx")


def _batch(header: str, *texts: str) -> feedback.Batch:
    table = cells(["Sain vaikuttaa", header], *(["5", text] for text in texts))
    return feedback.harmonise(table, INSTRUMENT, {}, Source(match="*"), Ingest())


def _codes(name: str, header: str, texts: Sequence[str]) -> list[str]:
    batch = _batch(header, *texts)
    return batch.codes[name].fillna("(" + batch.reasons[name].fillna("") + ")").tolist()


@pytest.mark.parametrize(
    ("header", "texts", "said"),
    [
        ("Tunteja", ["1.500", "2.000", "12.500"], "three digits"),
        ("Tunteja", ["1,500", "2,000"], "three digits"),
        ("Tunteja", ["1,5", "2,000"], None),
        ("Tunteja", ["3", "2", "4", "99"], "looks like a code"),
        ("Tunteja", ["30", "52", "41", "99"], None),
        ("Tunteja", ["3", "99"], None),
        ("Päiviä", ["3", "2", "4", "99"], None),  # the form says up to 40: it is invalid, and said so
        ("Aikaleima", ["5/12/2018 10:00:00 AM", "6/3/2018 1:00:00 PM"], "day first or month first"),
        ("Aikaleima", ["12.5.2018 10:00", "3.6.2018 13:00"], None),
        ("Päivä", ["5/12/2018", "6/3/2018"], "day first or month first"),
    ],
)
def test_what_can_be_meant_otherwise_is_said(header: str, texts: list[str], said: str | None) -> None:
    notes = [finding.problem for finding in _batch(header, *texts).findings if finding.kind == "note"]
    assert [said in note for note in notes if said] == ([True] if said else [])
    assert said or not notes


def test_wordings_of_an_option_and_of_no_answer() -> None:
    table = cells(
        ["Sain vaikuttaa"],
        *(
            [text]
            for text in ("Don’t agree", "Täysin samaa mieltä (5)", "5 (Täysin samaa mieltä)", "-", "ei vastausta", "?")
        ),
    )
    batch = feedback.harmonise(table, INSTRUMENT, {}, Source(match="*"), Ingest())
    assert batch.codes["q1"].fillna("").tolist() == ["1", "5", "5", "", "", ""]
    assert batch.reasons["q1"].dropna().tolist() == ["no_answer", "no_answer", "invalid"]


def test_booleans_of_a_spreadsheet_are_yes_and_no() -> None:
    assert _codes("again", "Tulisitko uudelleen?", ["true", "FALSE", "tosi", "Kyllä", "-"]) == [
        "k",
        "e",
        "k",
        "k",
        "(no_answer)",
    ]


def test_no_number_is_given_where_nothing_was_answered() -> None:
    assert _codes("hours", "Tunteja", ["2,5", "-", "ei vastausta"]) == ["2.5", "(no_answer)", "(no_answer)"]
