"""Rows that are kept apart and may be one person are asked, once for each two people; families are not."""

from __future__ import annotations

import pandas as pd
import pytest
from deliveries import Row
from ingest_folder import cells

from pipeline.ingest import attendance, link_doubts
from pipeline.ingest.attendance_events import Known
from pipeline.ingest.link import link

HEADER = ("Nimi", "Sähköposti", "Puhelin", "Syntymävuosi")
MAIL, PHONE = "a@x.example", "0401234567"


def _asked(*rows: Row) -> tuple[list[int], list[tuple[int, int]]]:
    """Return who each row of a list is, and the pairs a person is asked about."""
    table = cells(HEADER, *rows, preamble=("Talkoot",))
    people = attendance.harmonise(table, Known({"talkoot": "E1"}), {}).people.reset_index(drop=True)
    linked = link(people[["name", "email", "phone", "birth_year"]], 90, asked=link_doubts.changed_names(people))
    return linked.person.tolist(), linked.review


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Liisa Lahti", MAIL, PHONE, "1980"), ("Liisa Puro", MAIL, PHONE, "1980")),
        (("Liisa Lahti", MAIL, None, None), ("Puro, Liisa", MAIL, None, None)),
        (("Aino Suo", None, PHONE, None), ("Aino Vuo", None, "+358 40 123 4567", None)),
        (("Pekka Lahti", MAIL, None, None), ("P. Lahti", MAIL, None, None)),
        (("Katariina Suo", MAIL, None, None), ("Kati Suo", MAIL, None, None)),
        (("Anna Suo", MAIL, None, "1950"), ("Anna Suo", MAIL, None, "1985")),
        (("Eeva Kivi", None, None, "1980"), ("Eeva Kivi", None, None, "1981")),
    ],
)
def test_a_new_name_a_short_one_or_a_year_beside_is_asked(one: Row, other: Row) -> None:
    assert _asked(one, other) == ([0, 1], [(0, 1)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Liisa Lahti", MAIL, None, None), ("Pekka Lahti", MAIL, None, None)),
        (("Kalle Kivi", MAIL, None, None), ("Eero Puro", MAIL, None, None)),
        (("Eeva Kivi", None, None, "1980"), ("Eeva Kivi", None, None, "1962")),
        (("Liisa Lahti", None, None, None), ("Liisa Puro", None, None, None)),
    ],
)
def test_a_family_an_office_and_namesakes_are_not_asked(one: Row, other: Row) -> None:
    assert _asked(one, other) == ([0, 1], [])


def test_a_name_that_two_people_bear_is_asked_about_the_one_it_was_not_given_to() -> None:
    rows = [
        ("Matti Virtanen", None, None, "1950"),
        ("Matti Virtanen", None, None, "1980"),
        ("Matti Virtanen", *[None] * 3),
    ]
    assert _asked(*rows) == ([0, 1, 0], [(1, 2)])


def test_two_people_are_one_question_and_none_once_they_are_told_apart() -> None:
    names = ["aho liisa", "liisa oja", "liisa oja"]
    frame = pd.DataFrame({"name": names, "email": [MAIL] * 3, "phone": [None, None, "+358401234567"]})
    frame = frame.assign(birth_year=pd.array([None] * 3, dtype="Int64"), written="Liisa Aho")
    asked = [*link_doubts.changed_names(frame), (0, 2)]
    assert link(frame, 90, asked=asked).review == [(0, 1)]
    assert link(frame, 90, apart=[(0, 2)], asked=asked).review == []
