"""`plan` as a person meets it: from given numbers, from a project's answers, and what it says when it cannot know."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from pipeline.__main__ import main
from pipeline.core import tables
from pipeline.core.contracts import CONTRACTS
from pipeline.core.workspace import Workspace

RAW = Path(__file__).resolve().parents[2] / "raw"
QUICK = ["--replicates", "50"]


def test_given_everything_it_needs_no_project(tmp_path, capsys):
    arguments = ["plan", "--events", "10", "--per-event", "8", "--share", "0.7", "--icc", "0.1", *QUICK]
    assert main([*arguments, "--workspace", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "as planned: 10 events x 8" in said and "ICC twice as large" in said and "twice the events: 20" in said
    assert main([*arguments, "--workspace", str(tmp_path)]) == 0
    assert capsys.readouterr().out == said


def test_what_it_cannot_know_it_asks_for(tmp_path, capsys):
    assert main(["plan", "--events", "10", "--per-event", "8", "--workspace", str(tmp_path), *QUICK]) == 1
    assert "to fix: give it: --share" in capsys.readouterr().err
    assert main(["plan", "--events", "10", "--per-event", "8", "--share", "1.5", "--icc", "0", *QUICK,
                 "--workspace", str(tmp_path)]) == 1  # fmt: skip
    assert "between 0 and 1" in capsys.readouterr().err


def test_a_difference_that_cannot_be_is_told(tmp_path, capsys):
    arguments = ["plan", "--events", "6", "--per-event", "8", "--share", "0.95", "--icc", "0.1", *QUICK]
    assert main([*arguments, "--workspace", str(tmp_path)]) == 0
    assert "not possible around this share" in capsys.readouterr().out


@pytest.fixture
def workspace(tmp_path) -> Path:
    (tmp_path / "raw").mkdir()
    shutil.copy(RAW / "project.toml", tmp_path / "raw" / "project.toml")
    place, columns = Workspace.at(tmp_path), CONTRACTS["estimates"].column_names
    rows = [("participation", "share_positive", "all", "wilson", 0.72), ("participation", "icc", "all", "anova", 0.08)]
    frame = pd.DataFrame(rows, columns=["outcome", "term", "group", "method", "estimate"]).reindex(columns=columns)
    tables.write(place, "estimates", frame)
    events = [e for e, n in (("E1", 2), ("E2", 20), ("E3", 8)) for _ in range(n)]
    responses = pd.DataFrame({"response_id": [f"r{i:02d}" for i in range(30)], "event_id": events})
    responses = responses.reindex(columns=CONTRACTS["responses"].column_names)
    tables.write(place, "responses", responses.assign(source_file="a.csv", source_row=1))
    return tmp_path


def test_share_icc_and_unevenness_come_from_the_answers_so_far(workspace, capsys):
    assert main(["plan", "--events", "12", "--per-event", "9", "--workspace", str(workspace), *QUICK]) == 0
    said = capsys.readouterr().out
    assert "participation: true share 72.0%, ICC 0.080" in said and "primary outcomes: 2" in said
    assert "uneven by 0.0" not in said
    assert (
        main(["plan", "--events", "12", "--per-event", "9", "--workspace", str(workspace), "--icc", "0.2", *QUICK]) == 0
    )
    assert "ICC 0.200" in capsys.readouterr().out
    assert (
        main(["plan", "--events", "12", "--per-event", "9", "--workspace", str(workspace), "--outcome", "x", *QUICK])
        == 1
    )
