"""Registrations: a promise is not attendance, a companion is a person."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from attendance_lists import harmonised, read, text, unharmed, visits, xlsx
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import ReadError


def _person(number: int, status: str, **more: Any) -> dict[str, Any]:
    person = {"id": number, "email": f"p{number}@x.fi", "firstname": "John", "lastname": f"Doe{'abcdefgh'[number]}"}
    return {
        **person,
        "status": status,
        "is_avec": 0,
        "phone": "",
        "phone_countrycode": 358,
        "answers": {"7": "x"},
        **more,
    }


def _answer(*enrolments: list[dict[str, Any]]) -> dict[str, Any]:
    results = {f"107-{i}": {"id": i, "group": None, "participants": people} for i, people in enumerate(enrolments)}
    return {"results": results, "results_count": len(results), "url": "https://api/v2/events/abc123/participants"}


ANSWER = _answer(
    [_person(0, "reactedyes"), _person(1, "reactedyes", is_avec=1, firstname="", lastname="", email="p0@x.fi")],
    [_person(2, "show", phone="040 123 4567", timestamp_enrolled=1660118398)],
    [_person(3, "noshow")],
    [_person(4, "reactedno")],
    [_person(5, "notreacted")],
)


def test_promises_visits_and_companions(tmp_path: Path) -> None:
    name, tables = read(tmp_path, json.dumps(ANSWER).encode(), "participants.json")
    assert name == "lyyti" and "abc123" in tables[0].preamble
    (part,) = harmonised(tables)
    assert list(part.quarantined.index) == [5, 6] and part.people["phone"].dropna().tolist() == ["+358401234567"]
    made = visits(tables)
    assert made["status"].tolist() == ["registered", "registered", "attended", "registered"]
    assert made["person_id"].nunique() == 4  # the companion has the first one's e-mail and is somebody else


def test_a_list_of_events_is_told_apart_and_its_clocks_compared(tmp_path: Path) -> None:
    event = {
        "name": {"en": "Weekly"},
        "start_time_utc": 1583100000,
        "start_time": 1460556000,
        "participant_counts": {"show": 6, "noshow": 3, "reactedyes": 3, "reactedno": 0, "notreacted": 0},
    }
    name, tables = read(tmp_path, json.dumps({"results": {"abc": event}}).encode(), "events.json")
    assert name == "lyyti" and tables[0].rows.iloc[0, 2:5].tolist() == ["6", "3", "3"]
    assert "disagree" in tables[0].remarks[0]
    with pytest.raises(ReadError, match="no column of names"):
        harmonised(tables)


def test_a_registration_sheet(tmp_path: Path) -> None:
    rows = [
        ["Etunimi", "Sukunimi", "Sähköposti", "Puhelinnumero", "Osallistumisen tila"],
        ["Maija", "Aho", "m@x.fi", "0401234567", "Ilmoittautunut"],
        ["Olli", "Oja", "o@x.fi", "", "Paikalla"],
        ["Ulla", "Uusi", "u@x.fi", "", "Perunut"],
        ["Ville", "Vesi", "v@x.fi", "", "jonossa"],
    ]
    _, tables = read(tmp_path, xlsx(tmp_path / "x.xlsx", {"E1": rows}), "l.xlsx")
    (part,) = harmonised(tables)
    assert part.quarantined.index.tolist() == [4]
    assert visits(tables)["status"].tolist() == ["registered", "attended", "unknown"]
    assert [(f.place.row, f.place.column) for f in part.findings if f.kind == "cell_invalid"] == [
        (5, "Osallistumisen tila")
    ]


def test_an_older_report_of_tickets_is_one_of_promises(tmp_path: Path) -> None:
    rows = [
        ["Order No.", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Ticket Type", "Buyer Last Name"],
        ["1", "2026-08-01 10:15:00", "Alex", "Rivera", "a@x.fi", "1", "Adult", "Payer"],
    ]
    name, tables = read(tmp_path, text(rows), "E1.csv")
    made = visits(tables)
    assert name == "eventbrite" and made["status"].tolist() == ["registered"]
    assert harmonised(tables)[0].people["name"].tolist() == ["alex rivera"]


def test_other_json_is_not_lyyti(tmp_path: Path) -> None:
    for content in ({"results": {"a": {"participants": ["x"]}}}, {"results": [1]}, [], {"results": None}):
        with pytest.raises(ReadError):
            read(tmp_path, json.dumps(content).encode(), "a.json")


HEADER = [
    "Order #",
    "Order Date",
    "First Name",
    "Surname",
    "Email",
    "Quantity",
    "Ticket Type",
    "Attendee Status",
    "Event Name",
]
TICKETS = [
    HEADER,
    ["1", "2021-04-01", "Maija", "Aho", "m@x.fi", "1", "Free", "Checked In", "Talkoot"],
    ["1", "2021-04-01", "Info Requested", "Info Requested", "m@x.fi", "1", "Free", "Attending", "Talkoot"],
    ["2", "2021-04-01", "Olli", "Oja", "o@x.fi", "3", "Free", "Attending", "Talkoot"],
    ["3", "2021-04-01", "Ulla", "Uusi", "u@x.fi", "1", "Free", "Not Attending", "Talkoot"],
    ["4", "2021-04-01", "Ville", "Vesi", "v@x.fi", "1", "Free", "Refunded", "Talkoot"],
]


def test_tickets(tmp_path: Path) -> None:
    name, tables = read(tmp_path, text(TICKETS), "t.csv")
    assert name == "eventbrite" and "more than one person" in tables[0].remarks[0]
    made = visits(tables)
    assert made["status"].tolist() == ["attended", "registered", "registered"]
    assert made["person_id"].nunique() == 3


def test_a_plain_csv_with_some_of_the_columns_is_no_ticket_list(tmp_path: Path) -> None:
    assert read(tmp_path, text([["First Name", "Last Name", "Email"], ["A", "B", "c@x.fi"]]))[0] == "plain"


TEXTS = st.text(alphabet="aåäö e1,\"'-", min_size=1, max_size=8).map(str.strip).filter(bool)


@given(
    people=st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(["show", "noshow", "reactedyes"])), min_size=1, max_size=8)
)
def test_what_is_written_is_read(tmp_path: Path, people: list[tuple[str, str, str]]) -> None:
    enrolled = [
        [{"id": i, "firstname": f, "lastname": s, "email": None, "status": t}] for i, (f, s, t) in enumerate(people)
    ]
    _, (cells,) = read(tmp_path, json.dumps(_answer(*enrolled)).encode(), "p.json")
    assert cells.rows[[1, 2, 5]].to_numpy(object).tolist() == [list(person) for person in people]
    rows = [[str(i), "d", f, s, "e@x.fi", "1", "Free", t, "E1"] for i, (f, s, t) in enumerate(people)]
    _, (cells,) = read(tmp_path, text([HEADER, *rows]), "t.csv")
    assert cells.rows.to_numpy(object).tolist() == rows


@given(seed=st.integers(0, 10_000))
def test_damaged_answers_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    dice, content = random.Random(seed), bytearray(json.dumps(ANSWER).encode())
    for _ in range(dice.randint(1, 6)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    unharmed(tmp_path, bytes(content[: dice.randrange(10, len(content) + 1)]), [], "p.json")
