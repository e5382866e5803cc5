"""Participant lists of Zoom: two devices are one person, overlaps count once, the waiting room is no attendance."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from attendance_lists import harmonised, read, text, unharmed, visits
from hypothesis import given
from hypothesis import strategies as st

BLOCK = [
    ["Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants"],
    ["123 456", "Juhla", "01/26/2021 07:40:00 AM", "01/26/2021 09:10:00 AM", "teacher@x.fi", "90", "4"],
    [],
]
HEADER = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]
RESAVED = [
    HEADER,
    ["Harry Potter", "harry@x.fi", "1/26/2021 7:45", "1/26/2021 9:04", "79", "Yes"],
    ["Potter, Harry", "harry@x.fi", "1/26/2021 7:50", "1/26/2021 9:03", "73", "Yes"],
    ["Hessu (Ron Weasley)", "ron@x.fi", "1/26/2021 7:50", "1/26/2021 8:00", "10", "Yes"],
    ["Minerva M", "teacher@x.fi", "1/26/2021 7:40", "1/26/2021 9:10", "90", "No"],
]


@pytest.mark.parametrize("block", [[], BLOCK])
def test_two_devices_are_one_person_and_overlaps_count_once(tmp_path: Path, block: list[list[str]]) -> None:
    name, tables = read(tmp_path, text([*block, *RESAVED]), "Juhla.csv")
    assert name == "zoom" and tables[0].preamble == (("Juhla",) if block else ())
    made = visits(tables)
    assert made["minutes"].tolist() == [79.0, 10.0, 90.0]  # 152 summed, 79 real
    assert made["role"].tolist() == ["participant", "participant", "organiser" if block else "participant"]
    (part,) = harmonised(tables)
    assert part.people["name"].tolist()[:3] == ["harry potter", "harry potter", "ron weasley"]
    assert not part.findings  # month first without doubt: the 26th


def test_2023_header_devices_and_the_waiting_room(tmp_path: Path) -> None:
    header = [*HEADER, "Recording Consent", "In Waiting Room"]
    rows = [
        ["Maija Aho", "m@x.fi", "01/26/2021 07:40:00 AM", "01/26/2021 07:45:00 AM", "5", "Yes", "", "Yes"],
        ["Maija Aho", "m@x.fi", "01/26/2021 07:45:00 AM", "01/26/2021 08:45:00 AM", "60", "Yes", "Y", "No"],
        ["Galaxy A52", "", "01/26/2021 07:50:00 AM", "01/26/2021 08:00:00 AM", "10", "Yes", "", "No"],
        ["Galaxy A52", "", "01/26/2021 08:10:00 AM", "01/26/2021 08:20:00 AM", "10", "Yes", "", "No"],
        ["Olli Ojala", "", "01/26/2021 07:30:00 AM", "01/26/2021 07:39:00 AM", "9", "Yes", "", "Yes"],
    ]
    content = text([header, *rows], ",", "utf-8-sig")
    _, tables = read(tmp_path, content, "E4.csv")
    (part,) = harmonised(tables)
    assert part.quarantined.to_dict() == {2: "only in the waiting room", 6: "only in the waiting room"}
    made = visits(tables)
    assert made["minutes"].tolist() == [60.0, 20.0]
    assert part.people["name"].isna().tolist() == [False, False, True, True, False]


@pytest.mark.parametrize(
    "header",
    [
        ["Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest"],
        ["Name (original name)", "Email", "Total duration (minutes)", "Guest"],
    ],
)
def test_the_list_of_unique_users_has_printed_minutes_only(tmp_path: Path, header: list[str]) -> None:
    _, tables = read(tmp_path, text([header, ["Maija Aho", "m@x.fi", "55", "Yes"]]), "E4.csv")
    assert visits(tables)["minutes"].tolist() == [55.0]


def test_a_webinar_report_keeps_registered_apart(tmp_path: Path) -> None:
    header = ["Attended", "User Name (Original Name)", "First Name", "Last Name", "Email", "Registration Time",
              "Approval Status", "Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest"]  # fmt: skip
    rows = [
        ["Attendee Report"],
        ["Topic", "Webinar ID"],
        ["Juhla", "99"],
        [],
        ["Attendee Details"],
        header,
        [
            "Yes",
            "iPhone",
            "Maija",
            "Aho",
            "m@x.fi",
            "1/20/2021",
            "approved",
            "1/26/2021 7:45",
            "1/26/2021 8:45",
            "60",
            "No",
        ],
        ["No", "--", "Olli", "Oja", "o@x.fi", "1/20/2021", "approved", "", "", "", ""],
        [],
        ["Host Details"],
        header,
        ["Yes", "Minerva", "Minerva", "M", "h@x.fi", "", "", "1/26/2021 7:40", "1/26/2021 9:00", "80", "No"],
    ]
    _, tables = read(tmp_path, text(rows), "webinar.csv")
    assert [cells.sheet for cells in tables] == ["Attendee Details", "Host Details"]
    made = visits(tables)
    assert made["status"].tolist() == ["attended", "registered", "attended"]
    assert made["minutes"].fillna(-1).tolist() == [60.0, -1.0, 80.0]


WORDS = st.text(alphabet="aåäöÅ eé19,\"'()\n", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(rows=st.lists(st.tuples(WORDS, WORDS, st.integers(1, 90)), min_size=1, max_size=10), block=st.booleans())
def test_what_is_written_is_read(tmp_path: Path, rows: list[tuple[str, str, int]], block: bool) -> None:
    lines = [[who, mail, "1/26/2021 7:45", "1/26/2021 9:04", str(n), "Yes"] for who, mail, n in rows]
    name, (cells,) = read(tmp_path, text([*(BLOCK if block else []), HEADER, *lines]))
    assert name == "zoom" and cells.rows.iloc[:, :6].to_numpy(object).tolist() == lines
    assert list(cells.header[:6]) == HEADER and cells.rows.index[0] == (5 if block else 2)


@given(seed=st.integers(0, 10_000))
def test_damaged_lists_are_read_or_refused(tmp_path: Path, seed: int) -> None:
    dice, content = random.Random(seed), bytearray(text([*BLOCK, *RESAVED]))
    for _ in range(dice.randint(1, 6)):
        content[dice.randrange(len(content))] = dice.randrange(256)
    unharmed(tmp_path, bytes(content[: dice.randrange(10, len(content))]), [])
