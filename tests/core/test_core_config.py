"""project.toml and params.yaml: what is wrong is said by entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.config import Labels, Params, Project, load_params, load_project
from pipeline.core.errors import ConfigError

HEAD = '[project]\ncode = "P1"\nname = "Hanke"\n'


def _project(folder: Path, text: str) -> Project:
    (folder / "project.toml").write_text(text, "utf-8")
    return load_project(folder)


def test_a_project_with_only_its_name_has_defaults(tmp_path: Path) -> None:
    project = _project(tmp_path, HEAD)
    assert project.primary == () and project.project.language == "fi" and not project.synthetic


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    assert load_project(tmp_path).project.code == "P1"


def test_primary_outcomes_keep_their_order(tmp_path: Path) -> None:
    outcome = '[[outcomes]]\nkey = "{}"\nlabel = {{ fi = "{}" }}\nprimary = {}\n'
    rows = [("b", "Bee", "true"), ("x", "Äks", "false"), ("a", "Aa", "true")]
    project = _project(tmp_path, HEAD + "".join(outcome.format(*row) for row in rows))
    assert project.primary == ("b", "a")
    assert project.label("x") == "Äks" and project.label("unheard") == "unheard"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (HEAD + "[analysis]\ngroup_bye = []\n", "analysis.group_bye"),
        ('[project]\nname = "x"\n', "project.code"),
        (HEAD + '[[sources]]\nmatch = "*"\nmode = "fax"\n', "sources.0.mode"),
        (HEAD + '[project.start]\nday = "x"\n', "project.start"),
        (HEAD + "nonsense", "not valid TOML"),
    ],
)
def test_a_fault_is_named_by_its_entry(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ConfigError, match=r"project\.toml") as fault:
        _project(tmp_path, text)
    assert named in str(fault.value)


def test_text_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "project.toml").write_bytes(HEAD.encode() + b"# \xe4\n")
    with pytest.raises(ConfigError, match="UTF-8"):
        load_project(tmp_path)


def test_no_project_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no project\.toml"):
        load_project(tmp_path)


@pytest.mark.parametrize(
    "pattern", ["/data/*.csv", "C:\\\\data\\\\*.csv", "\\\\\\\\server\\\\share\\\\*", "~/x.csv", ""]
)
def test_a_pattern_of_feedback_files_is_relative(tmp_path: Path, pattern: str) -> None:
    with pytest.raises(ConfigError, match="relative to the project's raw folder"):
        _project(tmp_path, HEAD + f'[ingest]\nfeedback = ["{pattern}"]\n')


def test_params_default_and_checks(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    assert load_params(path) == Params()
    path.write_text("")
    assert load_params(path) == Params()
    path.write_text("min_group_n: 5\n")
    assert load_params(path).min_group_n == 5


@pytest.mark.parametrize("content", [b"ci_level: 95", b"a: [", b"- 1\n- 2\n", b"min_group_n: \xe4", b"unknown: 1"])
def test_params_that_cannot_be_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "params.yaml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"params\.yaml"):
        load_params(path)


def test_a_label_falls_back_to_another_language() -> None:
    assert Labels(sv="på svenska").get("fi") == "på svenska"
    assert Labels(fi="suomeksi", en="in English").get("sv") == "suomeksi"
    assert Labels().get("fi", "key") == "key"
