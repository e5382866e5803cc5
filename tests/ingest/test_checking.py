"""The check says what a run would do, what changed since the last one, and by its exit code whether all is well."""

from __future__ import annotations

from pathlib import Path

import pytest
from ingest_folder import Folder

from pipeline.commands.check import check
from pipeline.core.workspace import Workspace
from pipeline.ingest import received
from pipeline.ingest.translating import reasons_in_finnish

FORM = "Lomake nro;Tapahtuma;q1;Muuta sanottavaa\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    Folder(tmp_path / "raw").events("E1,A1,Pihatalkoot,,2017-05-12").put("feedback/a.csv", f"{FORM}1;E1;1;Kiitos\n")
    return tmp_path


def _checked(root: Path, capsys: pytest.CaptureFixture[str], language: str = "fi") -> tuple[int, str]:
    place = Workspace.at(root)
    code = check(raw=place.raw, out=place.processed, html=root / "page.html", language=language)
    return code, capsys.readouterr().out


def test_a_clean_folder_is_zero_and_writes_nothing_but_the_page(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _checked(root, capsys)
    assert code == 0 and "feedback/a.csv" in said and "uusi" in said
    assert {path.name for path in root.iterdir()} == {"raw", "page.html"}
    assert "feedback/a.csv" in (root / "page.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("feedback/b.csv", f"{FORM}2;Outo;1;x\n", "tuntematon tapahtuma: 1"),
        ("feedback/b.csv", "", "hylätty: tiedosto on tyhjä"),
        ("feedback/b.csv", f"{FORM}3;E1;2;\n4;E1;2\n5;E1;1;y\n", "rivillä on vähemmän soluja kuin muilla riveillä: 1"),
        ("attendance/E1.csv", "Nimi;Hetu\nMaija Aho;131052-308T\n", 'henkilötunnus sarakkeessa "Hetu": 1'),
    ],
)
def test_what_is_refused_or_set_aside_is_one_and_says_why_in_finnish(
    root: Path, capsys: pytest.CaptureFixture[str], name: str, content: str, why: str
) -> None:
    (root / "raw" / name).parent.mkdir(exist_ok=True)
    (root / "raw" / name).write_text(content, "utf-8")
    code, said = _checked(root, capsys)
    assert code == 1 and why in said and "Maija" not in said and "308T" not in said


def test_what_changed_since_the_last_run_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = Folder(root / "raw").put("feedback/b.csv", f"{FORM}9;E1;1;\n").put("feedback/c.csv", f"{FORM}8;E1;2;\n")
    place = Workspace.at(root)
    from pipeline.core.config import load_project

    digests = received.digests(place.raw, load_project(place.raw))
    received.write(place.processed / received.NAME, digests, folder.ingest()["ledger"])
    folder.put("feedback/a.csv", f"{FORM}1;E1;1;Kiitos\n2;E1;2;\n")
    (root / "raw/feedback/b.csv").unlink()
    folder.put("feedback/d.csv", f"{FORM}7;E1;2;\n")
    lines = {line.partition(" | ")[0]: line for line in _checked(root, capsys, "en")[1].splitlines()}
    assert "| changed | 2 | 1 |" in lines["feedback/a.csv"] and "removed" in lines["feedback/b.csv"]
    assert "| unchanged | 1 | 1 |" in lines["feedback/c.csv"] and "| new | 1 |" in lines["feedback/d.csv"]


def test_what_would_stop_the_run_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "raw/corrections.csv").write_text(
        "file;sheet;row;column;action;expected;value;reason\nfeedback/a.csv;;2;q1;set;5;1;x\n"
    )
    code, said = _checked(root, capsys)
    assert code == 1 and "Ajo pysähtyisi tähän" in said and "corrections.csv, row 2" in said
    page = (root / "page.html").read_text("utf-8")
    assert "tarkistus pysähtyi kesken" in page and "Ei mitään." not in page


def test_reasons_keep_their_numbers() -> None:
    assert reasons_in_finnish("preview: 2; test answer: 1") == "esikatselu: 2; testivastaus: 1"
