"""A workspace of one's own: outside the repository, with the same stages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.__main__ import main
from pipeline.core.config import load_params, load_project
from pipeline.stages import STAGES

ROOT = Path(__file__).resolve().parents[2]


def test_a_new_workspace_is_complete_and_its_files_are_valid(tmp_path):
    folder = tmp_path / "oma hanke å"
    assert main(["new", str(folder)]) == 0
    assert load_project(folder / "raw").project.code == "S00000"
    assert load_params(folder / "params.yaml") == load_params(ROOT / "params.yaml")
    assert {p.name for p in (folder / "raw").iterdir() if p.is_dir()} >= {"feedback", "attendance", "registers"}
    assert len(list((folder / "notebooks").glob("*.ipynb"))) == len(list((ROOT / "notebooks").glob("*.ipynb")))
    assert "no_scm = true" in (folder / ".dvc" / "config.local").read_text("utf-8")


def test_its_stages_depend_on_the_code_of_this_repository(tmp_path):
    folder = tmp_path / "hanke"
    main(["new", str(folder)])
    stages = yaml.safe_load((folder / "dvc.yaml").read_text("utf-8"))["stages"]
    assert tuple(stages) == STAGES
    for stage in stages.values():
        code = [dep for dep in stage["deps"] if "pipeline/" in dep]
        assert code and all((folder / dep).exists() for dep in code)


@pytest.mark.parametrize("where", [ROOT / "raw" / "mine", ROOT / "mine"])
def test_real_answers_do_not_go_into_the_repository(where, capsys):
    assert main(["new", str(where)]) == 1
    assert not where.exists() and "outside this repository" in capsys.readouterr().err


def test_a_folder_in_use_is_left_alone(tmp_path, capsys):
    (tmp_path / "kept.txt").write_text("x")
    assert main(["new", str(tmp_path)]) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["kept.txt"]
