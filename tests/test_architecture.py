"""The walls of the house: imports run one way, and dvc.yaml names the code each stage depends on."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
import yaml

from pipeline.stages import STAGES

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "pipeline"

#: What each part may import of ours, besides itself.
ALLOWED = {
    "core": set(),
    "ingest": {"core"},
    "construct": {"core"},
    "analysis": {"core"},
    "plots": {"core"},
    "report": {"core"},
    "simulate": {"core"},
    "stages": {"core", "ingest", "construct", "analysis", "plots", "report"},
    "commands": {"core", "ingest", "construct", "analysis", "plots", "report", "simulate", "stages"},
    "__main__": {"core", "commands"},
}


def modules() -> list[Path]:
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(source: str) -> set[str]:
    """Return the dotted names of ours that `source` imports, at any depth of the file."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(f"pipeline.relative import of level {node.level}")
    return {name for name in names if name.split(".")[0] == "pipeline"}


def wrong_imports(part: str, source: str) -> set[str]:
    found = {name.split(".")[1] for name in imported_modules(source) if "." in name}
    return found - ALLOWED[part] - {part}


def test_every_part_of_the_package_has_a_rule():
    assert {part_of(p) for p in modules()} == set(ALLOWED)


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path):
    assert not wrong_imports(part_of(path), path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("analysis", "from pipeline.ingest import link"),
        ("plots", "def f():\n    import pipeline.report.facts"),
        ("core", "from pipeline.analysis.shares import overall"),
        ("report", "from pipeline import plots"),
        ("ingest", "from ..core import words"),
        ("stages", "from pipeline.simulate import write"),
    ],
)
def test_a_sideways_import_is_caught(part, source):
    assert wrong_imports(part, source)


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_file_grows_into_an_accretion(path):
    assert len(path.read_text("utf-8").splitlines()) <= 300
    assert path.stem not in {"utils", "helpers", "common", "misc"}


def stages() -> dict:
    return yaml.safe_load((ROOT / "dvc.yaml").read_text("utf-8"))["stages"]


def paths(entries: list) -> set[str]:
    return {entry if isinstance(entry, str) else next(iter(entry)) for entry in entries}


def test_dvc_has_the_stages_of_the_package_in_order():
    assert tuple(stages()) == STAGES
    assert [s["cmd"] for s in stages().values()] == [f"python -m pipeline stage {name}" for name in STAGES]


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_depends_on_all_the_code_it_runs(name):
    deps = paths(stages()[name]["deps"])
    own = f"pipeline/stages/{name}.py"
    used = {imported.split(".")[1] for imported in imported_modules((ROOT / own).read_text("utf-8"))} - {"pipeline"}
    assert own in deps
    assert {f"pipeline/{part}" for part in used} <= deps


def test_the_notebooks_are_dependencies_of_the_stage_that_runs_them_with_the_code_they_import():
    deps = paths(stages()["figures"]["deps"])
    assert {"notebooks", "pipeline/core", "pipeline/plots", "pipeline/report"} <= deps


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_writes_nothing_twice_and_keeps_nothing_in_a_cache(name):
    outs = stages()[name]["outs"]
    assert all(options == {"cache": False, "persist": True} for entry in outs for options in entry.values())
    others = [p for other in STAGES if other != name for p in paths(stages()[other]["outs"])]
    assert not paths(outs) & set(others)


@pytest.mark.parametrize("name", STAGES)
def test_a_stage_reads_only_what_earlier_stages_write(name):
    earlier = STAGES[: STAGES.index(name)]
    made = {p for other in earlier for p in paths(stages()[other]["outs"])}
    read = {d for d in paths(stages()[name]["deps"]) if d.startswith(("processed", "figures"))}
    assert read <= made
