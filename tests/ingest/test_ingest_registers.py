"""Registers are short and kept by hand: a fault in one is named by its cell and stops the run."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pipeline.core import contracts
from pipeline.core.errors import PipelineError, ReadError
from pipeline.ingest import registers

ACTIONS = "action_id,name,start,end\nA1,Talkoot,2016-04-01,31.12.2018\nA2,Kahvila,,\n"


def _load(raw: Path, **texts: str | bytes) -> dict[str, Any]:
    (raw / "registers").mkdir(exist_ok=True)
    for name, text in texts.items():
        (raw / "registers" / f"{name}.csv").write_bytes(text.encode() if isinstance(text, str) else text)
    return registers.load_all(raw)


def test_registers_not_kept_are_empty_tables(tmp_path: Path) -> None:
    tables = registers.load_all(tmp_path)
    assert list(tables) == list(registers.REGISTERS)
    assert all(len(contracts.check(name, frame)) == 0 for name, frame in tables.items())


def test_dates_and_numbers_as_people_write_them(tmp_path: Path) -> None:
    events = "Event_ID;action_id;name;date;distributed;own notes\nE1;A1;Juhla;3.4.2017;1 200;x\n"
    tables = _load(tmp_path, actions=ACTIONS, events=events)
    actions, event = tables["actions"], tables["events"].iloc[0]
    assert actions["end"].iloc[0].date() == dt.date(2018, 12, 31)
    assert event["date"].date() == dt.date(2017, 4, 3) and event["distributed"] == 1200


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("events", "event_id,name,date\nE1,x,\n", "there is no column 'action_id'"),
        ("events", "event_id,action_id,name,date\nE1,A1,,\n", "row 2, column 'name': not a text, or empty"),
        ("events", "event_id,action_id,name,date\nE1,A1,x,joskus\n", "row 2, column 'date': not a time"),
        ("events", "event_id,action_id,name,date,audience\nE1,A1,x,,20\nE2,A1,y,,noin\n", "row 3, column 'audience'"),
        ("events", "event_id,action_id,name,date,audience\nE1,A1,x,,2.5\n", "row 2, column 'audience': not a integer"),
        ("events", "event_id,action_id,name,date\nE1,A1,x,\n\nE1,A1,y,\n", "row 4, column 'event_id': the identifier"),
        ("events", "event_id,action_id,name,date\nE1,A1,x,\nE2,A9,y,\n", "row 3, column 'action_id': the identifier"),
        ("events", "event_id,action_id,name,date,Name\nE1,A1,x,,y\n", "column 'Name': two columns have this name"),
        ("ideas", "idea_id,received,action_id\nI1,2017-01-01,A7\n", "registers/ideas.csv, row 2, column 'action_id'"),
        ("events", "", "is empty"),
        ("events", b"PK\x03\x04junk", "cut off or damaged"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_cell(tmp_path: Path, name: str, text: str | bytes, said: str) -> None:
    with pytest.raises(ReadError) as fault:
        _load(tmp_path, actions=ACTIONS, **{name: text})
    assert said in str(fault.value)


def test_a_register_twice_and_a_link_to_nothing_are_named(tmp_path: Path) -> None:
    _load(tmp_path, actions=ACTIONS)
    (tmp_path / "registers/events.csv").symlink_to("gone.csv")
    with pytest.raises(ReadError, match="link to nothing"):
        registers.load_all(tmp_path)
    (tmp_path / "registers/events.csv").unlink()
    (tmp_path / "registers/actions.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(ReadError, match=r"actions\.csv, actions\.xlsx: the register is there twice"):
        registers.load_all(tmp_path)


def test_an_empty_workbook_is_no_register(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    (tmp_path / "registers").mkdir()
    xlsxwriter.Workbook(str(tmp_path / "registers/events.xlsx")).close()
    with pytest.raises(PipelineError, match="the register is empty"):
        registers.load_all(tmp_path)


def test_names_that_fit_several_events_fit_none(tmp_path: Path) -> None:
    events = "event_id,action_id,name,aliases,date\nE1,A1,Kahvila,Kesä|kahvit,\nE2,A1,KAHVILA,,\nE3,A2,Juhla, kesä ,\n"
    found = registers.spellings(_load(tmp_path, actions=ACTIONS, events=events)["events"])
    assert found == {
        "e1": "E1", "e2": "E2", "e3": "E3", "kahvila": None, "kesä": None, "kahvit": "E1", "juhla": "E3",
    }  # fmt: skip
