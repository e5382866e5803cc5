"""`claims` as the report writer calls it, on the sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.core.workspace import Workspace
from pipeline.stages import run

RAW = Path(__file__).resolve().parents[2] / "raw"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("claims")
    workspace = Workspace.split(RAW, folder)
    for stage in ("ingest", "construct", "analyse", "facts"):
        run(stage, workspace)
    return folder


def _claims(out, raw, *more):
    return main(["claims", "--workspace", str(out), "--raw", str(raw), *more])


def test_the_samples_published_sentences_hold_and_the_drafts_do_not(out, capsys):
    assert _claims(out, RAW) == 0
    said = capsys.readouterr().out
    assert "PITÄÄ" in said and "EI VOI SANOA TÄLLÄ ASETELMALLA draft_cause  (not published)" in said
    assert _claims(out, RAW, "--language", "en") == 0
    assert "TOO UNCERTAIN draft_older_unemployed" in capsys.readouterr().out


def test_a_published_sentence_that_no_longer_holds_is_exit_code_1(out, tmp_path, capsys):
    text = (RAW / "report" / "claims.toml").read_text("utf-8")
    (tmp_path / "report").mkdir()
    (tmp_path / "project.toml").write_bytes((RAW / "project.toml").read_bytes())
    (tmp_path / "report" / "claims.toml").write_text(text.replace("value = 540", "value = 640", 1), "utf-8")
    assert _claims(out, tmp_path) == 1
    assert "people_on_lists" in capsys.readouterr().err


def test_without_numbers_it_says_what_to_do(tmp_path, capsys):
    assert _claims(tmp_path, RAW) == 1
    assert "repro" in capsys.readouterr().err


def test_a_language_there_is_not(out, capsys):
    assert _claims(out, RAW, "--language", "de") == 1
    assert "fi, sv, en" in capsys.readouterr().err
