"""The shipped sample through the whole pipeline: it adds up, finds the planted truth, and nobody's name leaves it."""

from __future__ import annotations

import json
import re
import zipfile
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.core import tables
from pipeline.core.contracts import CONTRACTS
from pipeline.core.workspace import Workspace
from pipeline.stages import run_all

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "raw"
COMMITTED = ("estimates.csv", "facts.json", "ledger.csv")
PERSONAL = re.compile(
    r"\b\d{6}[-+A-FYXWVU]\d{3}[0-9A-Y]\b|[\w.+-]+@[\w-]+\.\w{2,}|(?:\+358|\b0)4\d[ -]?\d{3}[ -]?\d{3,4}\b"
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Workspace:
    workspace = Workspace.split(RAW, tmp_path_factory.mktemp("sample"))
    run_all(workspace)
    return workspace


@pytest.fixture(scope="module")
def estimates(workspace) -> pd.DataFrame:
    return tables.read(workspace, "estimates").set_index(["outcome", "term", "group", "method"])


@pytest.fixture(scope="module")
def truth() -> dict:
    return json.loads((RAW / "truth" / "truth.json").read_text("utf-8"))


@pytest.mark.parametrize("name", COMMITTED)
def test_the_committed_numbers_are_those_of_a_rerun(workspace, name):
    assert (ROOT / "processed" / name).read_bytes() == (workspace.processed / name).read_bytes()


def test_every_ledger_row_adds_up(workspace):
    ledger = tables.read(workspace, "ledger")
    files = ledger[ledger["scope"] == "file"]
    assert (files["rows_read"] == files["accepted"] + files["duplicate"] + files["quarantined"]).all()
    reasons = ["not_asked", "not_ticked", "no_answer", "dont_know", "refused", "invalid"]
    items = ledger[ledger["scope"] == "item"]
    assert (items["returned"] == items["answered"] + items[reasons].sum(axis=1)).all()
    events = ledger[ledger["scope"] == "event"]
    assert (events["returned"] >= events["usable"]).all()
    assert (events["usable"] >= events["answered"]).all()
    responses = tables.read(workspace, "responses")
    feedback = files[files["unit"].str.startswith("feedback/")]
    assert feedback["accepted"].sum() == events["returned"].sum() == len(responses)


def test_each_planted_fault_is_found_at_its_place(workspace, truth):
    findings = tables.read(workspace, "findings")
    found = {(f.file, f.row, f.kind) for f in findings.itertuples()}
    kinds = {
        "test": "row_quarantined",
        "event_unknown": "row_quarantined",
        "duplicate": "duplicate",
        "option_unknown": "cell_invalid",
    }
    planted = [p for p in truth["planted"] if p["kind"] in kinds]
    assert len(planted) >= 7
    missing = [p for p in planted if (p["file"], p["row"], kinds[p["kind"]]) not in found]
    assert not missing


def test_scores_of_every_file_format_are_the_ones_that_were_planted(workspace):
    key = pd.read_csv(RAW / "truth" / "feedback.csv")
    responses = tables.read(workspace, "responses")
    scores = tables.read(workspace, "scores").pivot(index="response_id", columns="construct", values="score")
    read = responses.set_index("response_id").join(scores).set_index(["source_file", "source_row"]).add_suffix("_read")
    both = key.set_index(["file", "row"]).join(read.rename_axis(["file", "row"]), how="inner")
    assert len(both) == len(responses)
    for construct in ("participation", "self_initiative", "community", "influence", "work_life"):
        np.testing.assert_allclose(both[f"{construct}_read"].astype(float), both[construct].astype(float), atol=1e-6)
    for column in ("event_id", "role", "language", "mode"):
        known = both[f"{column}_read"].notna()
        assert (both.loc[known, f"{column}_read"] == both.loc[known, column]).all()


@pytest.mark.parametrize("outcome", ["participation", "self_initiative", "both"])
def test_the_clustered_interval_holds_the_planted_share(estimates, truth, outcome):
    name = "both_primary" if outcome == "both" else outcome
    row = estimates.loc[(name, "share_positive", "all", "cluster_logit_t")]
    assert row["ci_low"] < truth["expected"]["respondents"][outcome] < row["ci_high"]
    naive = estimates.loc[(name, "share_positive", "all", "wilson")]
    assert row["ci_high"] - row["ci_low"] > naive["ci_high"] - naive["ci_low"]


def test_people_are_linked_as_a_careful_person_would(workspace):
    attendance, persons = tables.read(workspace, "attendance"), tables.read(workspace, "persons")
    key = pd.read_csv(RAW / "truth" / "attendance.csv").set_index(["file", "row"])["person"]
    true = [key[(f, r)] for f, r in zip(attendance["source_file"], attendance["source_row"], strict=True)]
    linked, real = _pairs(attendance["person_id"]), _pairs(pd.Series(true))
    assert len(linked & real) / len(linked) >= 0.99
    assert len(linked & real) / len(real) >= 0.95
    assert len(persons) == pytest.approx(540, rel=0.02)
    assert persons["planner"].sum() == pytest.approx(100, rel=0.02)


def _pairs(groups: pd.Series) -> set[tuple[int, int]]:
    return {pair for _, rows in groups.groupby(groups) for pair in combinations(sorted(rows.index), 2)}


def test_facts_are_near_the_public_description(workspace):
    facts = json.loads((workspace.processed / "facts.json").read_text("utf-8"))
    assert facts["respondents"]["value"] == pytest.approx(320, abs=3)
    assert facts["distinct_people"] | {"kind": "approximate"} == facts["distinct_people"]
    exact = {"actions": 22, "organisations": 54, "reports": 13, "funding_granted_actual": 93822}
    assert {key: facts[key]["value"] for key in exact} == exact
    assert facts["organisations_one_event"]["value"] == 40
    assert facts["audience"]["kind"] == "indirect"
    share = facts["share_positive_both_primary"]
    assert share["value"] == pytest.approx(share["n"] / share["denominator"])


def test_no_name_contact_or_identity_code_is_in_any_output(workspace):
    names = _names_on_the_lists()
    assert len(names) > 250
    for path in sorted(workspace.processed.rglob("*")):
        text = _text_of(path)
        assert not PERSONAL.search(text), path.name
        assert not [name for name in names if name in text], path.name


def _text_of(path: Path) -> str:
    """Return all a file of processed/ says, containers opened."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv()
    if path.suffix == ".sav":
        return path.read_bytes().decode("utf-8", "ignore")
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return " ".join(book.read(name).decode("utf-8") for name in book.namelist() if name.startswith("xl/"))
    return path.read_text("utf-8-sig")


def _names_on_the_lists() -> set[str]:
    """Return the names on the csv lists, as written there."""
    found = set()
    for path in sorted((RAW / "attendance").glob("*.csv")):
        content = path.read_bytes()
        text = content.decode("utf-8-sig") if content.startswith(b"\xef\xbb\xbf") else _either(content)
        cells = [cell.strip() for line in text.splitlines()[1:] for cell in re.split("[;,]", line)[:2]]
        found |= {cell for cell in cells if len(cell) > 7}
    return {cell for cell in found if " " in cell and not any(c.isdigit() for c in cell) and "@" not in cell}


def _either(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def test_every_estimate_is_one_row_with_its_interval_around_it(workspace):
    estimates = tables.read(workspace, "estimates")
    assert list(estimates.columns) == CONTRACTS["estimates"].column_names
    known = estimates.dropna(subset=["ci_low", "estimate", "ci_high"])
    assert (known["ci_low"] <= known["estimate"] + 1e-9).all()
    assert (known["estimate"] <= known["ci_high"] + 1e-9).all()
    shares = estimates[(estimates["unit"] == "share") & (estimates["method"] == "wilson") & (estimates["n"] > 0)]
    assert shares["ci_low"].notna().all()


@pytest.mark.slow
def test_row_order_of_a_file_changes_no_number(workspace, tmp_path):
    """Reverse the lines of the old web tool's file: only the places of its responses may change."""
    import shutil

    raw = tmp_path / "raw"
    shutil.copytree(RAW, raw)
    path = raw / "feedback" / "vanha_palaute.csv"
    header, *lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(header + b"".join(reversed(lines)))
    again = Workspace.split(raw, tmp_path / "out")
    run_all(again)
    # equal but for rounding: iterative fits add up their terms in the order of the rows
    before, after = tables.read(workspace, "estimates"), tables.read(again, "estimates")
    pd.testing.assert_frame_equal(before, after, rtol=1e-5, atol=1e-7)
