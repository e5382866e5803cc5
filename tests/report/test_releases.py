"""Frozen releases: what is kept, and that a change is named with its file and nothing else is."""

from __future__ import annotations

import json
import shutil

import pytest

from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace
from pipeline.report import releases


def fact(value, source="estimates: participation, share_positive, wilson", unit="share"):
    return {"value": value, "ci_low": None, "ci_high": None, "label_fi": "x", "unit": unit, "source": source}


FACTS = {
    "people": fact(545, "estimates: reach, persons, count", "persons"),
    "respondents": fact(319, "estimates: responses, accepted, count", "responses"),
    "share": fact(0.7389937),
    "funding_actual": fact(93822, "project.toml: funding", "EUR"),
    "actions": fact(22, "estimates: reach, actions, count", "actions"),
}
FILES = {
    "feedback/a.csv": {"sha256": "1", "accepted": 10, "rows_read": 12},
    "attendance/l.xlsx": {"sha256": "2", "accepted": 5, "rows_read": 5},
    "registers/actions.csv": {"sha256": "3"},
    "project.toml": {"sha256": "4"},
    "corrections.csv": {"sha256": "5"},
}
CLAIM = {"key": "c", "verdict": "holds", "published": True, "sentence": {"fi": "74 %"}, "reason": {"fi": "x"}}


@pytest.fixture
def workspace(tmp_path):
    place = Workspace.at(tmp_path)
    place.processed.mkdir()
    place.figures.mkdir()
    place.report.mkdir()
    (place.report / "final_report.docx").write_bytes(b"word")
    (place.params).write_text("ci_level: 0.95\nmin_group_n: 10\n")
    made(place, FACTS, FILES, [CLAIM])
    for ending in ("json", "csv", "svg"):
        (place.figures / f"reach.{ending}").write_text("1")
    return place


def made(place, facts, files, claims):
    (place.processed / "facts.json").write_text(json.dumps(facts))
    (place.processed / "received.json").write_text(json.dumps({"version": 1, "files": files}))
    (place.processed / "claims.json").write_text(json.dumps({"claims": claims}))


def test_nothing_changed_is_nothing(workspace):
    folder = releases.freeze(workspace, "kevät-1")
    assert (folder / "report" / "final_report.docx").read_bytes() == b"word"
    found = releases.compare(workspace)
    assert found == releases.Changes("kevät-1") and not found.published


def test_rounding_in_the_seventh_digit_is_no_change(workspace):
    releases.freeze(workspace, "a")
    made(workspace, {**FACTS, "share": fact(0.7389938)}, FILES, [CLAIM])
    assert releases.compare(workspace).facts == []


@pytest.mark.parametrize("printed", ["n", "denominator"])
def test_the_same_share_of_fewer_answers_has_moved(workspace, printed):
    made(workspace, {"share": {**FACTS["share"], printed: 318}}, FILES, [CLAIM])
    releases.freeze(workspace, "a")
    made(workspace, {"share": {**FACTS["share"], printed: 300}}, FILES, [CLAIM])
    assert [moved.key for moved in releases.compare(workspace).facts] == ["share"]


@pytest.mark.parametrize(
    ("key", "new", "file", "because"),
    [
        ("share", fact(0.7), "feedback/a.csv", ["feedback/a.csv"]),
        ("share", fact(0.7), "attendance/l.xlsx", []),  # answers do not come from lists
        ("respondents", fact(300, FACTS["respondents"]["source"]), "feedback/a.csv", ["feedback/a.csv"]),
        ("people", fact(500, FACTS["people"]["source"]), "attendance/l.xlsx", ["attendance/l.xlsx"]),
        ("people", fact(500, FACTS["people"]["source"]), "feedback/a.csv", []),
        ("people", fact(500, FACTS["people"]["source"]), "corrections.csv", ["corrections.csv"]),
        ("actions", fact(21, FACTS["actions"]["source"]), "registers/actions.csv", ["registers/actions.csv"]),
        ("funding_actual", fact(1, "project.toml: funding"), "project.toml", ["project.toml"]),
    ],
)
def test_a_number_that_moved_is_named_with_the_changed_file_that_feeds_it(workspace, key, new, file, because):
    releases.freeze(workspace, "a")
    made(workspace, {**FACTS, key: new}, {**FILES, file: {**FILES[file], "sha256": "changed"}}, [CLAIM])
    found = releases.compare(workspace, "a")
    assert [(f.name, f.what) for f in found.files] == [(file, "changed")]
    assert [(m.key, m.before, m.after, m.because) for m in found.facts] == [
        (key, FACTS[key]["value"], new["value"], because)
    ]
    assert found.facts[0].difference == pytest.approx(new["value"] - FACTS[key]["value"])


def test_new_and_removed_files_facts_claims_and_figures(workspace):
    releases.freeze(workspace, "a")
    files = {k: v for k, v in FILES.items() if k != "feedback/a.csv"} | {
        "feedback/b.csv": {"sha256": "9", "accepted": 1, "rows_read": 1}
    }
    facts = {k: v for k, v in FACTS.items() if k != "people"} | {"new": fact(1)}
    made(workspace, facts, files, [{**CLAIM, "verdict": "too_uncertain"}, {**CLAIM, "key": "d"}])
    shutil.copy(workspace.figures / "reach.json", workspace.figures / "themes.json")
    (workspace.figures / "reach.csv").write_text("2")
    found = releases.compare(workspace)
    assert [(f.name, f.what) for f in found.files] == [("feedback/a.csv", "removed"), ("feedback/b.csv", "new")]
    assert [(m.key, m.before, m.after) for m in found.facts] == [("new", None, 1), ("people", 545, None)]
    assert [(c.name, c.what, c.after) for c in found.claims] == [
        ("c", "verdict", "too_uncertain"),
        ("d", "new", "holds"),
    ]
    assert [(f.name, f.what) for f in found.figures] == [("reach", "data"), ("themes", "new")]
    assert found.published


def test_other_colours_are_looks_and_another_threshold_is_a_parameter(workspace):
    releases.freeze(workspace, "a")
    (workspace.figures / "reach.svg").write_text("2")
    workspace.params.write_text("ci_level: 0.90\nmin_group_n: 10\n")
    found = releases.compare(workspace)
    assert [(f.name, f.what) for f in found.figures] == [("reach", "looks only")]
    assert [(p.name, p.what) for p in found.params] == [("ci_level: 0.95", "removed"), ("ci_level: 0.90", "new")]


def test_the_newest_release_is_the_one_frozen_last(workspace):
    for name in ("z", "a", "m"):
        releases.freeze(workspace, name)
    assert releases.names(workspace) == ["z", "a", "m"]
    assert releases.compare(workspace).release == "m"


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".", "a" * 80, "con:"])
def test_what_is_no_name_is_refused(workspace, name):
    with pytest.raises(PipelineError, match="is no name"):
        releases.freeze(workspace, name)


def test_a_release_is_never_written_over(workspace):
    releases.freeze(workspace, "a")
    with pytest.raises(PipelineError, match="already"):
        releases.freeze(workspace, "a")


def test_nothing_frozen_and_nothing_made_say_what_to_do(workspace, tmp_path):
    with pytest.raises(PipelineError, match="freeze NAME"):
        releases.compare(workspace)
    with pytest.raises(PipelineError, match="repro"):
        releases.freeze(Workspace.at(tmp_path / "empty"), "a")
    releases.freeze(workspace, "a")
    with pytest.raises(PipelineError, match=r"no release 'b'(.|\n)*allowed: a"):
        releases.compare(workspace, "b")
