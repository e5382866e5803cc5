"""The written folder: the same bytes each time, the committed one among them, and what is in it."""

import csv
import datetime as dt
import json
import re
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from python_calamine import load_workbook

from pipeline.core import contracts
from pipeline.core.config import load_project
from pipeline.core.words import MISSING_REASONS
from pipeline.simulate import write
from pipeline.simulate.choices import OPTIONS
from pipeline.simulate.questions import QUESTIONS

SEED = 20562
COMMITTED = Path(__file__).parents[2] / "raw"


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fresh") / "raw"
    write(folder, SEED)
    return folder


@pytest.fixture(scope="module")
def key(raw):
    return json.loads((raw / "truth" / "truth.json").read_text("utf-8"))


def register(raw, name):
    return pd.read_csv(raw / "registers" / f"{name}.csv")


def sheet(path, number=0):
    return load_workbook(path).get_sheet_by_index(number).to_python(skip_empty_area=False)


def rows_of(path):
    if path.suffix == ".xlsx":
        return sheet(path)
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return list(csv.reader(text.splitlines(), delimiter=";" if text.count(";") > text.count(",") else ","))


def test_two_runs_give_the_same_bytes(raw, tmp_path):
    write(tmp_path, SEED)
    assert contents(tmp_path) == contents(raw)


def test_committed_folder_is_what_the_generator_makes(raw):
    committed, fresh = contents(COMMITTED), contents(raw)
    assert sorted(committed) == sorted(fresh)
    assert [name for name in fresh if committed[name] != fresh[name]] == []


def test_what_it_did_not_write_is_left_alone(tmp_path):
    mine = tmp_path / "feedback" / "own.csv"
    mine.parent.mkdir(parents=True)
    mine.write_text("a;b\n", encoding="utf-8")
    write(tmp_path, SEED)
    assert mine.read_text(encoding="utf-8") == "a;b\n"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_make_other_projects_of_the_same_shape(raw, tmp_path, seed):
    write(tmp_path, seed)
    assert sorted(contents(tmp_path)) == sorted(contents(raw))
    assert contents(tmp_path)["truth/attendance.csv"] != contents(raw)["truth/attendance.csv"]


def test_file_names_are_plain_and_text_has_no_carriage_return(raw):
    found = contents(raw)
    assert all(name.isascii() for name in found)
    assert [n for n, c in found.items() if n.endswith((".csv", ".json", ".md", ".toml")) and b"\r" in c] == []


@pytest.mark.parametrize(
    ("name", "rows"), [("actions", 22), ("events", 36), ("organisations", 54), ("ideas", 60), ("reports", 13)]
)
def test_registers_have_the_sizes_of_the_description(raw, name, rows):
    assert len(register(raw, name)) == rows


@pytest.mark.parametrize("name", ["actions", "events", "organisations", "involvement", "ideas", "reports"])
def test_registers_keep_their_contracts(raw, name):
    frame = register(raw, name)
    table = contracts.CONTRACTS[name]
    assert list(frame.columns) == table.column_names
    for column in table.columns:
        if column.kind == "time":
            frame[column.name] = pd.to_datetime(frame[column.name], format="%Y-%m-%d")
    checked = contracts.check(name, frame)
    for column in checked.select_dtypes("datetime"):
        assert checked[column].dropna().between("2016-04-01", "2018-12-31").all()


def test_registers_agree_with_each_other(raw):
    actions, events = register(raw, "actions").set_index("action_id"), register(raw, "events").set_index("event_id")
    involved = register(raw, "involvement")
    within = events.join(actions[["start", "end"]], on="action_id")
    assert within["date"].between(within["start"], within["end"]).all()
    assert events.groupby("action_id").size().reindex(actions.index).between(1, 4).all()
    assert set(involved["organisation_id"]) == set(register(raw, "organisations")["organisation_id"])
    joint = events.index[events["name"] == "Miun Lappeenranta"][0]
    assert involved.loc[involved["event_id"] == joint, "organisation_id"].nunique() == 40
    at_event = involved.dropna(subset="event_id")
    assert (at_event["action_id"] == at_event["event_id"].map(events["action_id"])).all()
    assert set(register(raw, "ideas")["action_id"].dropna()) <= set(actions.index)
    assert events["audience"].sum() > 2000


def test_denominators_narrow_from_event_to_response(raw):
    events = register(raw, "events").set_index("event_id")
    listed = pd.read_csv(raw / "truth" / "attendance.csv").groupby("event_id")["person"].nunique()
    returned = pd.read_csv(raw / "truth" / "feedback.csv").groupby("event_id").size()
    counted = events["distributed"].dropna()
    assert len(counted) < len(events)
    assert (counted >= listed[counted.index]).all()
    assert (listed >= returned.reindex(listed.index).fillna(0)).all()
    assert (events["audience"] >= listed).all()


def test_project_says_what_the_public_description_says(raw):
    project = load_project(raw)
    assert project.synthetic
    assert (project.project.code, project.project.start, project.project.end) == (
        "S20562",
        dt.date(2016, 4, 1),
        dt.date(2018, 12, 31),
    )
    assert project.primary == ("participation", "self_initiative")
    assert {q.construct for q in QUESTIONS if q.construct} == {outcome.key for outcome in project.outcomes}
    assert [(i.planned, i.actual) for i in project.indicators] == [(96000, 93822), (150000, 125096), (0, None), (0, 0)]
    assert [(s.direct, s.indirect) for s in project.sustainability if s.direct or s.indirect] == [
        (0, 1), (0, 1), (0, 1), (0, 1), (0, 3), (6, 5), (2, 4), (0, 2),
    ]  # fmt: skip
    assert len(project.sustainability) == 15


def test_each_feedback_file_has_a_source_entry(raw):
    patterns = [source.match for source in load_project(raw).sources]
    for path in (raw / "feedback").iterdir():
        assert sum(fnmatch(path.relative_to(raw).as_posix(), pattern) for pattern in patterns) == 1


def test_instrument_is_a_valid_xlsform(raw):
    from pyxform import xls2xform

    warnings = []
    form = xls2xform.convert(raw / "instrument.xlsx", warnings=warnings).xform
    assert warnings == []
    assert all(f'lang="{name}"' in form for name in ("Svenska (sv)", "English (en)", "Suomi (fi)"))


def test_instrument_has_every_text_in_three_languages_and_no_text_twice():
    for texts in (QUESTIONS, OPTIONS):
        assert all(row.fi and row.sv and row.en for row in texts)
    for language in ("fi", "sv", "en"):
        assert len({getattr(q, language) for q in QUESTIONS}) == len(QUESTIONS)
        assert len({(o.list_name, getattr(o, language)) for o in OPTIONS}) == len(OPTIONS)
    headers = [text.casefold() for q in QUESTIONS for text in (q.name, *filter(None, q.aliases.split("|")))]
    assert len(headers) == len(set(headers))
    assert {o.missing for o in OPTIONS} <= {"", *MISSING_REASONS}


def test_accepted_responses_are_about_320_and_each_is_in_one_file(raw, key):
    feedback = pd.read_csv(raw / "truth" / "feedback.csv")
    assert 318 <= len(feedback) <= 322
    assert feedback["response"].is_unique
    assert sum(file["response"] for file in key["feedback_files"]) == len(feedback) == key["sample"]["responses"]
    assert {file["file"] for file in key["feedback_files"]} == {
        f"feedback/{p.name}" for p in (raw / "feedback").iterdir()
    }


def test_rows_of_the_answer_key_are_rows_of_the_files(raw, key):
    """The number of filled rows below the header is what the key says, and the planted rows hold what it says."""
    for counts in key["feedback_files"]:
        path = raw / counts["file"]
        filled = counts["response"] + counts["duplicate"] + counts["test"]
        if path.suffix == ".sav":
            assert len(pyreadstat.read_sav(path)[0]) == filled
            continue
        rows = rows_of(path)
        first = 6 if "kioski" in path.name else 2
        assert sum(any(cell not in ("", None) for cell in row) for row in rows[first - 1 :]) == filled
        for fault in (f for f in key["planted"] if f["file"] == counts["file"]):
            row = rows[fault["row"] - 1]
            assert any(row) is (fault["kind"] != "blank")
            if fault["column"]:
                assert row[rows[first - 2].index(fault["column"])] not in ("", None)


def test_every_kind_of_dirt_is_there(key):
    kinds = pd.Series([fault["kind"] for fault in key["planted"]]).value_counts().to_dict()
    assert kinds == {
        "event_alias": 9, "blank": 5, "duplicate": 4, "trailing_blank": 3, "other_case": 3, "option_unknown": 2,
        "test": 1, "event_unknown": 1, "email_in_comment": 1, "phone_in_comment": 1,
    }  # fmt: skip
    assert set(key["slips"]) == {"case", "dots", "double_name", "hyphen", "listed_twice", "swapped", "typo"}


def test_redelivered_rows_equal_an_earlier_row(raw, key):
    for fault in (f for f in key["planted"] if f["kind"] == "duplicate"):
        rows = rows_of(raw / fault["file"])
        assert rows[fault["row"] - 1] in rows[: fault["row"] - 1]


def test_spss_file_carries_labels_and_user_missing_codes(raw):
    frame, meta = pyreadstat.read_sav(raw / "feedback" / "kysely_2016.sav", user_missing=True)
    assert (frame[["wrk1", "wrk2"]] == 97).all(axis=None)
    assert meta.variable_value_labels["par1"][99.0] == "En osaa sanoa"
    assert [rule["lo"] for rule in meta.missing_ranges["par1"]] == [97, 98, 99]
    assert not {"often_before", "often_now"} & set(frame.columns)
    assert str(meta.creation_time) == "2019-01-15 12:00:00"


def test_attendance_key_covers_every_row_once(raw):
    truth = pd.read_csv(raw / "truth" / "attendance.csv")
    assert truth["person"].nunique() == 540
    assert truth.loc[truth["role"] == "planner", "person"].nunique() == 100
    assert sorted(set(truth["file"])) == sorted(f"attendance/{p.name}" for p in (raw / "attendance").iterdir())
    assert truth["event_id"].nunique() == len(set(truth["file"])) == 36
    for file, rows in truth.groupby("file"):
        listed = rows_of(raw / file)
        assert rows["row"].tolist() == list(range(len(listed) - len(rows) + 1, len(listed) + 1))


def test_nobody_real_can_be_reached(raw):
    """Addresses end in .example, phones begin 040 000, whatever the spelling."""
    for path in (raw / "attendance").iterdir():
        cells = [str(int(c)) if isinstance(c, float) else str(c) for row in rows_of(path) for c in row]
        assert all(c.lower().endswith("@esimerkki.example") for c in cells if "@" in c)
        digits = [re.sub(r"\D", "", c).removeprefix("358").removeprefix("0") for c in cells]
        assert all(d.startswith("40000") for d in digits if len(d) >= 9)


def test_namesakes_can_be_told_apart(raw):
    """Two people of one name never stand on a list without an e-mail address or a birth year."""
    truth = pd.read_csv(raw / "truth" / "attendance.csv")
    names = {}
    for file, rows in truth.groupby("file"):
        listed = rows_of(raw / file)
        header = next(row for row in listed if {"Nimi", "Sukunimi", "Osallistuja"} & set(map(str, row)))
        width = 2 if "Sukunimi" in header else 1
        for person, at in zip(rows["person"], rows["row"], strict=True):
            cells = listed[at - 1]
            name = f"{cells[1]} {cells[0]}" if width == 2 else cells[0]
            contact = any(
                "@" in str(c) or (str(c).split(".")[0].isdigit() and len(str(c).split(".")[0]) == 4) for c in cells
            )
            names.setdefault(name, {}).setdefault(person, []).append(contact)
    shared = {name: people for name, people in names.items() if len(people) > 1}
    assert len(shared) >= 5
    assert all(np.all(contacts) for people in shared.values() for contacts in people.values())
