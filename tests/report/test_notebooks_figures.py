"""The notebooks that make the figures: stored stripped, and honest where there is nothing to draw."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
import pytest

from pipeline.core.workspace import Workspace
from pipeline.report.notebooks import execute
from pipeline.stages import run_all

ROOT = Path(__file__).resolve().parents[2]
STORED = sorted((ROOT / "notebooks").glob("[1-9]0_*.ipynb"))


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_a_stored_notebook_is_valid_and_stripped(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    number = path.stem[:2]
    assert [cell.id for cell in notebook.cells] == [f"{number}-{i:02}" for i in range(len(notebook.cells))]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_no_table_is_shown_that_has_not_passed_the_gate(path):
    """The last line of a cell is stored as its output: it is text made by `readable`, a figure, or nothing."""
    for cell in nbformat.read(path, as_version=4).cells:
        last = cell.source.rstrip().split("\n")[-1]
        if cell.cell_type == "code" and re.match(r"[\w.\[]+[^=]*$", last) and not last.startswith(("from", "import")):
            assert last.startswith(("readable(", "print(", "draw_", "display(")), last


@pytest.fixture(scope="module")
def empty_project(tmp_path_factory) -> Workspace:
    raw = tmp_path_factory.mktemp("raw")
    shutil.copy(ROOT / "raw" / "instrument.xlsx", raw)
    project = (ROOT / "raw" / "project.toml").read_text("utf-8")
    (raw / "project.toml").write_text(project.partition("# Planned and actual figures")[0], "utf-8")
    workspace = Workspace.split(raw, tmp_path_factory.mktemp("out"))
    run_all(workspace)
    workspace.figures.mkdir(exist_ok=True)
    return workspace


@pytest.mark.parametrize("path", STORED, ids=lambda path: path.stem)
def test_a_project_without_answers_is_told_what_is_not_drawn_and_gets_no_figure(path, empty_project, tmp_path):
    executed = nbformat.read(execute(path, tmp_path / path.name, empty_project.for_notebook()), as_version=4)
    said = [o.get("text", "") for cell in executed.cells if cell.cell_type == "code" for o in cell.outputs]
    assert any("Not drawn: " in text for text in said)
    assert not list(empty_project.figures.glob("*.png"))


@pytest.mark.parametrize("metadata", [{}, {"kernelspec": {"name": "hanke-env", "display_name": "x"}}])
def test_a_notebook_of_another_machines_kernel_or_of_none_runs(metadata, tmp_path):
    path = tmp_path / "a.ipynb"
    cell = nbformat.v4.new_code_cell("print(6 * 7)", id="a")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=metadata), path)
    done = nbformat.read(execute(path, tmp_path / "b.ipynb", {}), as_version=4)
    assert done.cells[0].outputs[0]["text"] == "42\n" and done.metadata["kernelspec"]["name"] == "python3"
