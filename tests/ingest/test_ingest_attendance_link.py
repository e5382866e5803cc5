"""Attendance lists: who was where, one person over many lists, and no name beyond."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import cells

from pipeline.core.errors import ReadError
from pipeline.ingest.attendance import AttendanceList, email_address, harmonise, phone_number
from pipeline.ingest.attendance_events import Known
from pipeline.ingest.link import link, score

EVENTS = Known({"e1": "E1", "talkoot": "E1", "e2": "E2", "juhla": None})


def _list(header: Sequence[str], *rows: Sequence[str | None], **more: object) -> AttendanceList:
    return harmonise(cells(header, *rows, **more), EVENTS, {"kylä ry": "O1"})


def test_names_without_order_marks_and_case() -> None:
    rows = [["Virtanen, Maija"], ["maija VIRTANEN"], ["Maija  Virtanen "]]
    names = _list(["Nimi"], *rows, preamble=("Talkoot",)).people["name"]
    assert set(names) == {"maija virtanen"}
    both = _list(["Sukunimi", "Etunimi"], ["Virtanen", "Maija"], preamble=("E1",)).people["name"]
    assert both.tolist() == ["maija virtanen"]


@pytest.mark.parametrize(
    ("more", "event"),
    [
        ({"preamble": ("Osallistujat", "Tapahtuma: Talkoot")}, "E1"),
        ({"preamble": ("E2",)}, "E2"),
    ],
)
def test_the_event_stands_above_the_header(more: dict[str, object], event: str) -> None:
    assert _list(["Nimi"], ["A B"], **more).people["event_id"].tolist() == [event]


def test_an_event_nobody_knows_refuses_the_list_or_sets_the_row_aside() -> None:
    with pytest.raises(ReadError, match="does not say which event"):
        _list(["Nimi"], ["A B"], preamble=("Juhla",))
    part = _list(["Nimi", "Tapahtuma"], ["A B", "E1"], ["C D", "Outo"], [None, "E1"])
    assert part.quarantined.to_dict() == {3: "unknown event", 4: "no name"}


def test_roles_organisations_and_presence() -> None:
    header = ["Nimi", "Rooli", "Yhdistys", "Allekirjoitus"]
    part = _list(
        header,
        ["A B", "Suunnittelija", "Kylä ry", "AB"],
        ["C D", "kunkku", "muu", "ei"],
        ["E F", None, None, None],
        preamble=("E1",),
    )
    assert part.people["role"].tolist() == ["planner", "participant", "participant"]
    assert part.people["organisation_id"].fillna("").tolist() == ["O1", "", ""]
    assert part.people["status"].tolist() == ["attended", "registered", "registered"]
    assert [(f.place.row, f.place.column) for f in part.findings] == [(3, "Rooli")]


def test_an_unsigned_list_proves_nothing() -> None:
    part = _list(["Nimi", "Allekirjoitus"], ["A B", None], preamble=("E1",))
    assert part.people["status"].tolist() == ["unknown"]
    assert _list(["Nimi"], ["A B"], preamble=("E1",)).people["status"].tolist() == ["attended"]


def test_years_of_birth_in_any_shape_and_none() -> None:
    texts = ["1962", "1962.0", "12.3.1962", "1962-03-12", "62", "1962.5", "eläkkeellä", None, "19620"]
    part = _list(["Nimi", "Syntymävuosi"], *(["A B", t] for t in texts), preamble=("E1",))
    assert part.people["birth_year"].fillna(0).tolist() == [1962, 1962, 1962, 1962, 0, 0, 0, 0, 0]
    assert [f.place.row for f in part.findings] == [6, 7, 8, 10]


def test_a_second_column_of_a_kind_is_said() -> None:
    part = _list(["Nimi", "Osallistuja"], ["A B", "C D"], preamble=("E1",))
    assert [f.kind for f in part.findings] == ["column_unmapped"]


def test_a_row_whose_cells_have_moved_is_set_aside() -> None:
    assert _list(["Nimi"], ["A B"], preamble=("E1",), overlong=(2,)).quarantined.tolist() == [
        "more cells than the header has columns"
    ]


@pytest.mark.parametrize("text", ["-", "ei ole", "?", "", "...", "@", "a@", "0"])
def test_what_is_no_address_or_number_is_none(text: str) -> None:
    assert email_address(text) is None and phone_number(text) is None


def test_addresses_and_numbers_in_one_shape() -> None:
    assert email_address("Maija V <Maija.V@Esimerkki.example>") == "maija.v@esimerkki.example"
    assert {phone_number(t) for t in ("040 123 4567", "+358 40 1234567", "00358401234567")} == {"+358401234567"}


Person = tuple[str | None, str | None, str | None, int | None]


def _link(*people: Person) -> list[int]:
    frame = pd.DataFrame(people, columns=["name", "email", "phone", "birth_year"])
    return link(frame.astype({"birth_year": "Int64"}), 90).person.tolist()


@pytest.mark.parametrize("blank", [None, ""])
def test_empty_keys_never_match(blank: str | None) -> None:
    assert _link(("anna aho", blank, blank, None), ("pekka puro", blank, blank, None)) == [0, 1]
    assert _link((blank, blank, blank, None), (blank, blank, blank, None)) == [0, 1]
    assert score(("anna aho", "", "", None), ("anna puro", "", "", None), 90) < 0


def test_chains_of_evidence_are_one_person_but_never_two_names_or_years() -> None:
    assert (
        _link(("maija aho", "m@x.fi", None, None), ("maija aho", "m@x.fi", "1", None), ("maija aho", None, "1", None))
        == [0] * 3
    )
    # a couple with one address, and a row without a name
    assert _link(
        ("maija aho", "a@x.fi", None, None), (None, "a@x.fi", None, None), ("pekka aho", "a@x.fi", None, None)
    ) == [0, 0, 2]
    assert _link(("maija aho", None, None, 1950), ("maija aho", None, None, None), ("maija aho", None, None, 1988)) == [
        0,
        0,
        2,
    ]


def test_namesakes_with_other_contacts_are_two_and_go_to_review_when_close() -> None:
    assert _link(("maija aho", "a@x.fi", "1", None), ("maija aho", "b@x.fi", "2", None)) == [0, 1]
    frame = pd.DataFrame([("maija virtanen", None, None, pd.NA), ("maija virtannen", None, None, pd.NA)],
                         columns=["name", "email", "phone", "birth_year"])  # fmt: skip
    linked = link(frame.astype({"birth_year": "Int64"}), 90)
    assert linked.person.tolist() == [0, 1] and linked.review == [(0, 1)]


FIRST = ["maija", "pekka", "liisa", "antti", "kaarina", "veikko", "sirpa", "tuomas", "helmi", "onni"]
LAST = ["virtanen", "korhonen", "makinen", "nieminen", "laaksonen", "heikkila", "salonen", "lehtomaki"]


def _lists(seed: int) -> tuple[list[Person], list[int]]:
    """Return rows of 40 people on several lists, with gaps and misspellings, and who each row is."""
    dice = random.Random(seed)
    names = dice.sample([f"{f} {s}" for f in FIRST for s in LAST], 40)
    rows, truth = [], []
    for who, name in enumerate(names):
        email, phone, year = f"p{who}@x.fi", f"+35840{who:07}", 1940 + who
        for _ in range(dice.randint(1, 4)):
            spelt = name.replace("nen", "nnen") if dice.random() < 0.15 else name
            contact = [email if dice.random() < 0.6 else None, phone if dice.random() < 0.5 else None]
            rows.append((" ".join(sorted(spelt.split())), *contact, year if dice.random() < 0.8 else None))
            truth.append(who)
    return rows, truth  # type: ignore[return-value]


@pytest.mark.parametrize("seed", range(5))
def test_people_of_simulated_lists_are_found_again(seed: int) -> None:
    rows, truth = _lists(seed)
    person = _link(*rows)
    assert all(len({t for t, p in zip(truth, person, strict=True) if p == number}) == 1 for number in set(person))
    assert 40 <= len(set(person)) <= 42


@given(st.permutations(range(len(_lists(0)[0]))))
def test_the_order_of_rows_does_not_change_who_is_whom(order: list[int]) -> None:
    rows, _ = _lists(0)
    plain, shuffled = _link(*rows), _link(*(rows[i] for i in order))
    groups = [frozenset(i for i, p in enumerate(plain) if p == number) for number in set(plain)]
    again = [frozenset(order[j] for j, p in enumerate(shuffled) if p == number) for number in set(shuffled)]
    assert set(groups) == set(again)
