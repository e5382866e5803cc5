"""run.py: what it decides before it installs or starts anything. No network, no real environment."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import run

RUN = Path(run.__file__)
Patch = pytest.MonkeyPatch
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "Hyvä työ"
    folder.mkdir()
    (folder / "requirements.lock").write_text("a==1 \\\n    --hash=sha256:0\nb==2 ; os_name == 'nt' \\\n", "utf-8")
    return folder


def installed(root: Path) -> None:
    """Leave what a finished installation leaves: a Python that starts and the stamp."""
    python = Path(run.python(root))
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (root / ".venv" / "installed.txt").write_bytes(run.stamp(root))


# Python version


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_supported_python_is_taken(version: tuple[int, ...]) -> None:
    assert run.refusal(version, "python3") == ""


@pytest.mark.parametrize("version", [(3, 6, 15), (3, 8, 18), (3, 10, 13), (3, 14, 0), (4, 0, 0)])
def test_other_python_is_refused_with_what_it_is_and_what_to_do(version: tuple[int, ...]) -> None:
    sentence = run.refusal(version, "/usr/bin/python3")
    assert f"this is Python {version[0]}.{version[1]} (/usr/bin/python3)" in sentence
    assert "3.11, 3.12 or 3.13" in sentence
    assert "python3.12 run.py" in sentence


def test_refusal_comes_before_anything_else(root: Path, monkeypatch: Patch, capsys: Captured) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))
    assert run.main(["repro"], root) == 2
    assert "this is Python 3.8" in capsys.readouterr().err
    assert not (root / ".venv").exists()


def test_old_python_can_parse_the_file() -> None:
    tree = ast.parse(RUN.read_text("utf-8"), feature_version=(3, 7))
    futures = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "__future__"]
    assert not futures  # `from __future__ import annotations` is itself a SyntaxError on 3.6


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse(RUN.read_text("utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


# The stamp


def test_no_environment_is_not_ready(root: Path) -> None:
    assert not run.ready(root)


@pytest.mark.skipif(os.name == "nt", reason="makes a Python by symbolic link")
class TestStamp:
    def test_finished_installation_is_ready(self, root: Path) -> None:
        installed(root)
        assert run.ready(root)

    def test_changed_lock_is_noticed(self, root: Path) -> None:
        installed(root)
        with (root / "requirements.lock").open("a") as lock:
            lock.write("c==3\n")
        assert not run.ready(root)

    def test_interrupted_installation_is_noticed(self, root: Path) -> None:
        installed(root)
        (root / ".venv" / "installed.txt").unlink()
        assert not run.ready(root)

    def test_environment_of_another_python_is_noticed(self, root: Path, monkeypatch: Patch) -> None:
        installed(root)
        monkeypatch.setattr(sys, "version_info", (3, 99, 0))
        assert not run.ready(root)

    def test_python_that_changed_below_the_environment_is_noticed(self, root: Path, monkeypatch: Patch) -> None:
        installed(root)
        monkeypatch.setattr(sys, "version_info", (3, 99, 0))
        (root / ".venv" / "installed.txt").write_bytes(run.stamp(root))  # stamp agrees, the Python behind it does not
        assert not run.ready(root)

    def test_python_that_is_gone_is_noticed(self, root: Path) -> None:
        installed(root)
        Path(run.python(root)).unlink()
        Path(run.python(root)).symlink_to(root / "nowhere")
        assert not run.ready(root)

    def test_failed_step_leaves_no_stamp(self, root: Path, monkeypatch: Patch) -> None:
        installed(root)
        (root / ".venv" / "installed.txt").write_bytes(b"of an older lock")
        fails = root / "fails"
        fails.write_text("#!/bin/sh\nexit 1\n", "utf-8")
        fails.chmod(0o755)
        monkeypatch.setattr(sys, "_base_executable", str(fails), raising=False)
        with pytest.raises(SystemExit, match="The installation failed"):
            run.prepare(root)
        assert not (root / ".venv" / "installed.txt").exists()

    def test_nothing_is_installed_when_ready(self, root: Path, monkeypatch: Patch) -> None:
        installed(root)
        monkeypatch.setattr(run, "step", lambda *_: pytest.fail("installed again"))
        run.prepare(root)


def test_step_says_what_failed_and_what_helps(root: Path) -> None:
    log = root / "log.txt"
    command = [sys.executable, "-c", "print('ERROR: ä', flush=True); raise SystemExit(3)"]
    with pytest.raises(SystemExit) as failure:
        run.step(command, root, log, 2)
    assert "ERROR: ä" in str(failure.value)
    assert "HTTPS_PROXY" in str(failure.value)
    assert f"python{sys.version_info[0]}.{sys.version_info[1]}-venv" in str(failure.value)


# Progress


PIP = """\
Looking in indexes: somewhere
Ignoring b: markers 'os_name == "nt"' don't match your environment
WARNING: Location 'x' is ignored: it is neither a file nor a directory.
Collecting a==1 (from -r requirements.lock (line 1))
  Downloading a-1-py3-none-any.whl (1 kB)
Processing /somewhere/c-3-py3-none-any.whl (from -r requirements.lock (line 4))
"""


def test_progress_before_pip_says_anything() -> None:
    assert run.progress("", 0, 4) == (0, 4, "fetched")


def test_progress_counts_packages_and_not_other_lines() -> None:
    assert run.progress(PIP, 1, 4) == (2, 3, "fetched")


def test_progress_turns_to_what_is_on_disk_when_all_is_fetched() -> None:
    assert run.progress(PIP + "Installing collected packages: a, c, d\n", 1, 4) == (1, 3, "installed")


def test_progress_never_exceeds_the_total() -> None:
    assert run.progress(PIP * 3, 0, 4)[0] == run.progress(PIP * 3, 0, 4)[1]
    assert run.progress("Installing collected packages: a\n", 9, 4) == (4, 4, "installed")


def test_lines_are_few_when_there_is_no_terminal(root: Path, capsys: Captured) -> None:
    words = "print('Collecting x\\n' * 45, flush=True); import time; time.sleep(0.7)"
    run.step([sys.executable, "-c", words], root, root / "log.txt", 50)
    assert capsys.readouterr().err.splitlines() == ["  45 of 50 packages fetched "]


# DVC and git


def local(root: Path) -> str:
    return (root / ".dvc" / "config.local").read_text("utf-8")


def test_download_without_git_is_told_to_dvc(root: Path) -> None:
    run.tell_dvc_about_git(root)
    assert "no_scm = true" in local(root)


def test_repository_needs_no_local_config(root: Path) -> None:
    (root / ".git").write_text("gitdir: elsewhere", "utf-8")  # a file in a worktree
    run.tell_dvc_about_git(root)
    assert not (root / ".dvc").exists()


def test_git_that_appears_later_is_used_and_other_settings_stay(root: Path) -> None:
    (root / ".dvc").mkdir()
    (root / ".dvc" / "config.local").write_text("['remote \"näytös\"']\n    url = /tmp/a%20b\n", "utf-8")
    run.tell_dvc_about_git(root)
    assert "no_scm = true" in local(root)
    (root / ".git").mkdir()
    run.tell_dvc_about_git(root)
    assert "no_scm" not in local(root)
    assert "['remote \"näytös\"']\nurl = /tmp/a%20b" in local(root)


def test_a_second_call_writes_nothing(root: Path) -> None:
    run.tell_dvc_about_git(root)
    os.utime(root / ".dvc" / "config.local", (1, 1))
    run.tell_dvc_about_git(root)
    assert (root / ".dvc" / "config.local").stat().st_mtime == 1


# Commands


def test_children_find_our_python_and_package(root: Path, monkeypatch: Patch) -> None:
    monkeypatch.setenv("PATH", "elsewhere")
    variables = run.environment(root)
    assert variables["PATH"].split(os.pathsep) == [str(Path(run.python(root)).parent), "elsewhere"]
    assert variables["PYTHONPATH"] == str(root)
    assert variables["PYTHONUTF8"] == "1"


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        ([], ["-n", "logical", "--maxprocesses", "8"]),
        (["--quick"], ["-n", "logical", "--maxprocesses", "8", "-m", "not slow"]),
        (["tests/test_run.py"], ["tests/test_run.py"]),
        (["tests/test_run.py", "--quick", "-x"], ["-m", "not slow", "tests/test_run.py", "-x"]),
    ],
)
def test_arguments_of_pytest(given: list[str], passed: list[str]) -> None:
    assert run.for_pytest(given) == passed


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["reproo"], 2), (["--help"], 0), (["-h"], 0)])
def test_help_installs_nothing(arguments: list[str], code: int, root: Path, capsys: Captured) -> None:
    assert run.main(arguments, root) == code
    words = capsys.readouterr().err
    assert all(f"  {command} " in words for command in run.COMMANDS)
    assert ("Unknown command: reproo" in words) == (arguments == ["reproo"])
    assert not (root / ".venv").exists()


@pytest.mark.parametrize(("codes", "code"), [((0, 0, 0), 0), ((0, 3, 1), 3), ((-2, 0, 0), 130)])
def test_first_failure_is_the_exit_code_and_the_rest_still_runs(
    codes: tuple[int, ...], code: int, root: Path, monkeypatch: Patch
) -> None:
    left = list(codes)
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)
    monkeypatch.setattr(subprocess, "call", lambda *_, **__: left.pop(0))
    assert run.run(root, "lint", []) == code
    assert not left


@pytest.mark.parametrize(("fault", "code"), [(KeyboardInterrupt(), 130), (PermissionError("in use"), 1)])
def test_interruption_and_files_in_use_end_with_a_sentence(
    fault: BaseException, code: int, root: Path, monkeypatch: Patch, capsys: Captured
) -> None:
    def stop(_: Path) -> None:
        raise fault

    monkeypatch.setattr(run, "prepare", stop)
    assert run.main(["repro"], root) == code
    assert f"Stopped: {str(fault) or 'interrupted'}." in capsys.readouterr().err
