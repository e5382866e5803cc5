"""`freeze` and `changes` on the sample: one response file removed changes what it should, and is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline.__main__ import main
from pipeline.core.workspace import Workspace
from pipeline.stages import run

pytestmark = pytest.mark.slow

RAW = Path(__file__).resolve().parents[2] / "raw"
STAGES = ("ingest", "construct", "analyse", "facts")
GONE = "feedback/natfragor_sv.csv"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    folder, raw = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("raw") / "raw"
    shutil.copytree(RAW, raw)
    for stage in STAGES:
        run(stage, Workspace.split(raw, folder))
    assert main(["freeze", "first", "--workspace", str(folder), "--raw", str(raw)]) == 0
    assert main(["changes", "--workspace", str(folder), "--raw", str(raw)]) == 0
    (raw / GONE).unlink()
    for stage in STAGES:
        run(stage, Workspace.split(raw, folder))
    return folder, raw


def test_exactly_what_the_file_fed_has_moved(out, capsys):
    folder, raw = out
    assert main(["changes", "--workspace", str(folder), "--raw", str(raw), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert {f["name"]: f["what"] for f in found["files"]} == {GONE: "removed", "coding/themes.csv": "changed"}
    moved = {fact["key"] for fact in found["facts"]}
    assert moved == {
        "respondents",
        *(f"share_positive_{o}" for o in ("participation", "self_initiative", "both_primary")),
    }
    assert all(GONE in fact["because"] for fact in found["facts"])
    assert [fact["after"] - fact["before"] for fact in found["facts"] if fact["key"] == "respondents"] == [-15]
    assert "people_on_lists" not in {claim["name"] for claim in found["claims"]}


def test_it_is_said_in_words(out, capsys):
    folder, raw = out
    assert main(["changes", "first", "--workspace", str(folder), "--raw", str(raw)]) == 1
    said = capsys.readouterr().out
    assert f"removed  {GONE}: 15 of 15 rows -> -" in said
    assert "319 -> 304 (-15)" in said and f"because of: {GONE}" in said
