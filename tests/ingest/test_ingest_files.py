"""Which files there are, under which name, in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.core.config import About, Project, Source
from pipeline.core.errors import ConfigError
from pipeline.ingest import files


def _put(raw: Path, *names: str) -> None:
    for name in names:
        path = raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a;b\n1;2\n")


def _names(raw: Path, *patterns: str) -> list[str]:
    return [name for _, name in files.find(raw, "feedback", patterns)]


def test_files_in_subfolders_are_found_and_sorted(tmp_path: Path) -> None:
    _put(tmp_path, "feedback/z.csv", "feedback/2017/kevät/a.csv", "feedback/2017/b.csv", "feedback/A.csv")
    assert _names(tmp_path) == ["feedback/2017/b.csv", "feedback/2017/kevät/a.csv", "feedback/A.csv", "feedback/z.csv"]


def test_a_project_named_from_the_side_has_the_same_names(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    _put(tmp_path / "raw", "feedback/a.csv")
    assert _names(tmp_path / "here" / ".." / "raw") == ["feedback/a.csv"]


def test_lock_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    _put(tmp_path, "feedback/~$a.xlsx", "feedback/.DS_Store", "feedback/.git/x", "feedback/a.xlsx", "extra/~$b.csv")
    _put(tmp_path, "extra/b.csv")
    assert _names(tmp_path, "extra/*") == ["extra/b.csv", "feedback/a.xlsx"]


def test_no_folder_is_no_files(tmp_path: Path) -> None:
    assert _names(tmp_path) == []


def test_the_order_is_not_the_file_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(tmp_path, *(f"feedback/{n}.csv" for n in "bdac"), "feedback/s/x.csv")
    listed = _names(tmp_path)
    real = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: sorted(real(self), reverse=True))
    assert _names(tmp_path) == listed == sorted(listed)


def test_a_file_matched_twice_is_read_once(tmp_path: Path) -> None:
    _put(tmp_path, "feedback/a.csv", "extra/b.csv")
    assert _names(tmp_path, "feedback/*.csv", "extra/*", "*/b.csv") == ["extra/b.csv", "feedback/a.csv"]


def test_files_outside_go_by_their_own_name(tmp_path: Path) -> None:
    _put(tmp_path, "raw/feedback/a.csv", "shared/b.csv")
    assert _names(tmp_path / "raw", "../shared/*.csv") == ["b.csv", "feedback/a.csv"]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    _put(tmp_path, "raw/feedback/a.csv", "shared/a.csv")
    with pytest.raises(ConfigError, match=r"called a\.csv"):
        _names(tmp_path / "raw", "../shared/*.csv")


@pytest.mark.parametrize(("pattern", "said"), [("none/*.csv", "no file matches"), ("/etc/*", "no pattern")])
def test_a_pattern_that_gives_nothing_is_named(tmp_path: Path, pattern: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        _names(tmp_path, pattern)


def test_names_are_composed_and_valid_whatever_the_system_wrote(tmp_path: Path) -> None:
    _put(tmp_path, "feedback/kysely\u0308.csv")
    assert _names(tmp_path) == ["feedback/kysel\u00ff.csv"]
    try:
        _put(tmp_path, os.fsdecode(b"feedback/palaute_\x84.csv"))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert _names(tmp_path)[1] == "feedback/palaute_\ufffd.csv"


def test_folders_that_are_no_folders_of_files_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    _put(tmp_path, "feedback/a.csv", "feedback/x.xlsx/inside.csv")
    (tmp_path / "feedback/broken.csv").symlink_to(tmp_path / "gone.csv")
    (tmp_path / "feedback/circle").symlink_to(tmp_path / "feedback")
    received = files.read_all(files.find(tmp_path, "feedback"))
    refused = {file.name: file.refused.what for file in received if file.refused}
    assert refused == {
        "feedback/broken.csv": "this is a link to nothing",
        "feedback/circle": "this is a folder",
        "feedback/x.xlsx": "this is a folder",
    }
    assert [file.name for file in received if file.tables] == ["feedback/a.csv"]


def test_what_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(tmp_path, "feedback/a.csv", "feedback/b.csv", "feedback/closed/c.csv")
    real_open, real_access = Path.open, os.access

    def refuse(self: Path, *args: object, **more: object) -> object:
        if self.name == "a.csv":
            raise PermissionError(13, "Permission denied")
        return real_open(self, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "closed" and real_access(path, mode))
    received = files.read_all(files.find(tmp_path, "feedback"))
    assert [(f.name, f.refused.what if f.refused else None) for f in received] == [
        ("feedback/a.csv", "cannot be opened (Permission denied)"),
        ("feedback/b.csv", None),
        ("feedback/closed", "this is a folder that cannot be opened"),
    ]


@pytest.mark.parametrize(
    ("match", "found"),
    [
        ("feedback/a*.csv", True),
        ("a*.csv", True),
        ("*", True),
        ("feedback/b.csv", False),
        ("feedback/ab [2].csv", True),
        ("feedback/a\u0308*", False),
    ],
)
def test_the_first_source_that_fits_speaks(match: str, found: bool) -> None:
    sources = (Source(match="other/*"), Source(match=match, mode="kiosk"), Source(match="*", mode="paper"))
    project = Project(project=About(code="P", name="P"), sources=sources)
    assert files.source_of("feedback/ab [2].csv", project).mode == ("kiosk" if found else "paper")


def test_no_source_says_nothing() -> None:
    source = files.source_of("feedback/a.csv", Project(project=About(code="P", name="P")))
    assert (source.mode, source.language, source.event, source.role) == (None, None, None, None)
