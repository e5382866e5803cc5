"""The whole ingest of a folder: bad files beside good ones, keys, order, and nothing lost."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from ingest_folder import Folder, account, problems

from pipeline.core.config import load_project
from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import ConfigError, LedgerError, PipelineError
from pipeline.core.workspace import Workspace
from pipeline.ingest import accounting
from pipeline.stages import ingest as stage

GOOD = """Lomake nro;Tapahtuma;Sain äänen kuuluviin;Mihin osallistuit?
1;E1;samaa mieltä;Työ, koulutus
2;E1;En osaa sanoa;
"""
EVENTS = ("E1,A1,Pihatalkoot,Talkoot,2017-05-12", "E2,A1,Kahvila,,2017-06-01", "E3,A1,Kahvila,,2017-07-01")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "raw").events(*EVENTS).put("feedback/good.csv", GOOD)


def _same(a: dict[str, pd.DataFrame], b: dict[str, pd.DataFrame]) -> bool:
    assert a.keys() == b.keys()
    return all(frame.equals(b[name]) for name, frame in a.items())


def test_a_response_has_an_answer_for_every_closed_item(folder: Folder) -> None:
    tables = folder.ingest()
    assert tables["responses"]["response_id"].tolist() == ["good.csv:2", "good.csv:3"]
    assert tables["responses"]["action_id"].tolist() == ["A1", "A1"]
    answers = tables["answers"].set_index(["response_id", "item"])
    assert len(answers) == 2 * 8
    assert answers.loc[("good.csv:2", "q1"), ["code", "value"]].tolist() == ["4", 4.0]
    assert answers.loc[("good.csv:3", "q1"), "missing_reason"] == "dont_know"
    assert answers.loc[("good.csv:2", "did/fam"), "missing_reason"] == "not_ticked"
    assert answers.loc[("good.csv:3", "did/fam"), "missing_reason"] == "no_answer"
    assert (answers.xs("q2", level="item")["missing_reason"] == "not_asked").all()
    assert problems(tables) == []


def _bomb() -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(300):
            part.write(b" " * 1_000_000)
    return stream.getvalue()


BAD: dict[str, Callable[[], bytes]] = {
    "empty.csv": lambda: b"",
    "blank.csv": lambda: b"\n \n",
    "junk.xlsx": lambda: b"PK\x03\x04" + bytes(range(256)),
    "junk.bin": lambda: bytes(range(256)) * 40,
    "cut.sav": lambda: b"$FL2@(#) SPSS DATA FILE" + b" " * 90,
    "nul.csv": lambda: b"q1;q2\n" + b"1;2\n" * 20_000 + b"\x00;1\n",
    "double.csv": "q1;Sain äänen kuuluviin\n1;2\n".encode,
    "open.csv": lambda: b'q1;q2\n1;"2\n3;4\n',
    "page.html": lambda: b"<html>",
    "strange.csv": lambda: b"a;b\n1;2\n",
    "zeros.csv": lambda: b"q1;q2\nAgree;Disagree\n",
    "bomb.xlsx": _bomb,
}
READABLE = {
    "one.csv": ("q1\n1\n2\n", 2),
    "header.csv": ("q1;q2\n", 0),
    "blanks.csv": ("q1 ; q2  \n1;2\n", 1),
    "long.csv": ("q1;q2\n1;2;3\n1;2\n", 1),
    "same.csv": ("q1;x;x;x\n1;2;3;4\n", 1),
    "wide.csv": (";".join(["q1", *(f"c{i}" for i in range(20_000))]) + "\n" + ";".join(["1"] * 20_001) + "\n", 1),
}


@pytest.mark.slow
def test_bad_files_are_refused_by_name_and_the_others_are_read(folder: Folder) -> None:
    for name, content in BAD.items():
        folder.put(f"feedback/{name}", content())
    for name, (text, _) in READABLE.items():
        folder.put(f"feedback/{name}", text)
    (folder.raw / "feedback/folder.xlsx").mkdir()
    (folder.raw / "feedback/link.csv").symlink_to("nowhere.csv")
    folder.put("feedback/~$open.xlsx", b"lock")
    start = time.perf_counter()
    tables = folder.ingest()
    assert time.perf_counter() - start < 200  # a hang, not a speed
    findings = tables["findings"]
    refused = set(findings.loc[findings["kind"] == "file_refused", "file"])
    assert refused == {f"feedback/{name}" for name in (*BAD, "folder.xlsx", "link.csv")}
    for name, (_, accepted) in READABLE.items():
        assert account(tables, f"feedback/{name}")[1] == accepted, name
    assert account(tables, "feedback/good.csv") == (2, 2, 0, 0)
    assert not any("~$" in unit for unit in tables["ledger"]["unit"])
    assert tables["ledger"].loc[tables["ledger"]["unit"] == "feedback/nul.csv", "reason"].str.contains("NUL").all()


def test_only_bad_files_give_empty_tables(tmp_path: Path) -> None:
    tables = Folder(tmp_path / "raw").put("feedback/a.csv", b"").ingest()
    assert len(tables["responses"]) == 0 and list(tables["answers"].columns) == CONTRACTS["answers"].column_names
    assert len(tables["items"]) == 10


def test_a_list_with_only_a_header_is_an_empty_list(folder: Folder) -> None:
    folder.put("attendance/E1.csv", "Sukunimi;Etunimi;Syntymävuosi;Rooli;Allekirjoitus\n")
    folder.put("attendance/E2.csv", "Nimi;Sähköposti;Puhelin\n")
    tables = folder.ingest()
    assert account(tables, "attendance/E1.csv") == account(tables, "attendance/E2.csv") == (0, 0, 0, 0)


def test_no_feedback_at_all_is_a_project_too(tmp_path: Path) -> None:
    tables = Folder(tmp_path / "raw").ingest()
    assert len(tables["ledger"]) == 0 and len(tables["responses"]) == 0


def test_a_project_without_attendance_needs_no_key(tmp_path: Path) -> None:
    Folder(tmp_path / "raw", environment={}).put("feedback/good.csv", GOOD).ingest()


def test_attendance_without_a_key_stops_before_anything_is_written(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("attendance/E1.csv", "Nimi\nMaija Virtanen\n")
    monkeypatch.delenv("PIPELINE_PERSON_KEY", raising=False)
    with pytest.raises(ConfigError, match="no key for the pseudonyms"):
        stage.run(Workspace.at(folder.raw.parent))
    assert sorted(p.name for p in folder.raw.parent.iterdir()) == ["raw"]


def test_the_pseudonyms_depend_on_the_key_and_on_nothing_else(folder: Folder) -> None:
    folder.put("attendance/E1.csv", "Nimi;Sähköposti\nMaija Virtanen;m@x.fi\nPekka Puro;\n")
    first = folder.ingest()["persons"]
    other = Folder(folder.raw, environment={"PIPELINE_PERSON_KEY": "quite another key!"}).ingest()["persons"]
    assert len(first) == 2 and not set(first["person_id"]) & set(other["person_id"])
    folder.put("attendance/0 first/E2 list.csv", "Nimi;Sähköposti\nVirtanen, Maija;M@x.fi\n")
    folder.put("registers/events.csv", "event_id,action_id,name,date\nE1,A1,x,2017-01-01\nE2,A1,y,2016-01-01\n")
    again = folder.ingest()["persons"].set_index("person_id")
    assert set(again.index) == set(first["person_id"])
    assert sorted(again["n_events"]) == [1, 2] and set(again["first_event_id"]) == {"E1", "E2"}


def test_a_person_twice_on_a_list_attended_once_in_the_most_involved_role(folder: Folder) -> None:
    folder.put(
        "attendance/E1.csv",
        "Nimi;Rooli\nMaija Virtanen;osallistuja\nVirtanen Maija;suunnittelija\nPekka Puro;\n;\n;järjestäjä\n",
    )
    tables = folder.ingest()
    assert account(tables, "attendance/E1.csv") == (4, 2, 1, 1)
    assert sorted(tables["attendance"]["role"]) == ["participant", "planner"]


def test_a_list_of_nobody_is_still_accounted_for(folder: Folder) -> None:
    tables = (
        Folder(folder.raw, environment={}).put("attendance/E1.csv", "Nimi;Rooli\n;osallistuja\n;osallistuja\n").ingest()
    )
    assert account(tables, "attendance/E1.csv") == (2, 0, 0, 2)
    assert problems(tables, "attendance/E1.csv") == ["no name", "no name"]


def test_files_in_any_order_and_over_processes_give_the_same(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.put("feedback/sub/again.csv", GOOD).put("feedback/bad.csv", b"").put("attendance/E1.csv", "Nimi\nA B\n")
    tables = folder.ingest()
    assert account(tables, "feedback/sub/again.csv") == (2, 0, 2, 0)
    with ProcessPoolExecutor(2) as pool:
        assert _same(folder.ingest(executor=pool), tables)
    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: sorted(real(self), reverse=True))
    assert _same(folder.ingest(), tables)


def test_events_that_cannot_be_told_apart_are_for_a_person(folder: Folder) -> None:
    tables = folder.put("feedback/good.csv", GOOD.replace("2;E1", "2;kahvila").replace("1;E1", "1;")).ingest()
    assert account(tables, "feedback/good.csv") == (2, 1, 0, 1)
    assert tables["responses"]["event_id"].isna().all()
    assert (
        problems(tables)[1:] == ["the name fits several events"]
        and "1 of 1 responses name no event" in problems(tables)[0]
    )


@pytest.mark.parametrize("event", ["E9", "Kahvila"])
def test_a_default_event_the_register_does_not_know_is_a_fault_of_the_project(folder: Folder, event: str) -> None:
    Folder(folder.raw, toml=f'[[sources]]\nmatch = "*"\nevent = "{event}"\n')
    with pytest.raises(ConfigError, match=rf"'{event}' of entry 1"):
        folder.ingest()


def test_sources_speak_for_files_and_a_pattern_that_fits_none_is_said(folder: Folder) -> None:
    entries = [("nothing*", "kiosk"), ("feedback/good.csv", "paper"), ("*", "web")]
    toml = "".join(f'[[sources]]\nmatch = "{match}"\nmode = "{mode}"\n' for match, mode in entries)
    tables = Folder(folder.raw, toml).put("feedback/two.csv", GOOD.replace("1;E1", "3;E1")).ingest()
    modes = tables["responses"].groupby("source_file")["mode"].first().to_dict()
    assert modes == {"feedback/good.csv": "paper", "feedback/two.csv": "web"}
    assert problems(tables, "project.toml") == ["no file fits 'nothing*' of [[sources]]"]


def test_an_old_encoding_is_remarked(folder: Folder) -> None:
    tables = folder.put("feedback/good.csv", GOOD.encode("cp1252")).ingest()
    assert problems(tables) == ["the text is not UTF-8 and was read as windows-1252"]


def test_an_account_that_does_not_add_up_stops_the_run(folder: Folder) -> None:
    row = folder.ingest()["ledger"].iloc[0].to_dict()
    accounting.ledger([row], accepted=2)
    with pytest.raises(LedgerError, match=r"good\.csv"):
        accounting.ledger([row | {"accepted": 3}], accepted=3)
    with pytest.raises(LedgerError, match="the tables hold 1"):
        accounting.ledger([row], accepted=1)
    with pytest.raises(LedgerError):
        accounting.ledger([row | {"accepted": 3, "duplicate": -1}], accepted=3)


def test_the_stage_writes_what_the_ingest_gives_and_the_same_bytes_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("attendance/E1.csv", "Nimi\nMaija Virtanen\n")
    monkeypatch.setenv("PIPELINE_PERSON_KEY", "a key only tests know")
    place = Workspace.at(folder.raw.parent)
    stage.run(place)
    first = {path.name: path.read_bytes() for path in place.processed.iterdir()}
    stage.run(place)
    assert {path.name: path.read_bytes() for path in place.processed.iterdir()} == first
    assert "findings.csv" in first and "files.parquet" in first


def test_a_fault_in_four_thousand_cells_is_one_finding_that_names_them_all(tmp_path: Path) -> None:
    lines = ["Sain äänen kuuluviin;Opin uutta;Mihin osallistuit?;Ikä;Muuta sanottavaa;Aikaleima;Lomake nro"]
    labels = ["samaa mieltä", "eri mieltä", "En osaa sanoa", "", "höpö"]
    for n in range(20_000):
        moment = f"{n % 28 + 1}.5.2017 klo {n % 24}.{n % 60:02}"
        ticks = "Työ, koulutus, Muu, mikä?" if n % 3 else ""
        lines.append(f'{labels[n % 5]};{labels[n % 4]};"{ticks}";{n % 89 + 1};kommentti {n};{moment};{n}')
    folder = Folder(tmp_path / "raw").put("feedback/a.csv", "\n".join(lines))
    tables = folder.ingest()
    assert len(tables["responses"]) == 20_000
    (finding,) = tables["findings"].itertuples()
    assert finding.row == 6 and finding.rows.count(",") == 3_999


def test_a_project_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    with pytest.raises(PipelineError, match=r"project\.toml"):
        load_project(tmp_path)
