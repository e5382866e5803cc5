"""What was received when the pipeline last ran: a digest of each file, so that the next check can say what changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.config import Project
from pipeline.core.errors import ReadError
from pipeline.ingest import files

NAME: Final = "received.json"
_VERSION: Final = 1
_FOLDERS: Final = ("feedback", "attendance", "registers", "coding")
_OWN: Final = ("project.toml", "instrument.xlsx", "instrument.csv", "instrument.lss", "corrections.csv")
Digests = Mapping[str, str]


def digests(raw: Path, project: Project, shown: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return name -> SHA-256 of every file the pipeline reads, the project's own among them; a name holds no person.

    What cannot be opened, or is no file (a pipe would never end), has the digest "". `shown` has the names of files
    that are called by somebody on the lists, and how they are written instead.
    """
    found = [(raw / name, name) for name in _OWN if (raw / name).is_file()]
    for folder in _FOLDERS:
        found += files.find(raw, folder, project.ingest.feedback if folder == "feedback" else ())
    written = shown or {}
    called = sorted((written.get(name, name), path) for path, name in found)
    return {name: _digest(path) for name, path in called}


def _digest(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def write(path: Path, received: Digests, ledger: pd.DataFrame) -> None:
    """Store digests, and of each file how many rows were read and accepted (`ledger`: rows of scope *file*)."""
    counts = ledger.groupby("unit")[["rows_read", "accepted"]].sum().astype("int64")
    entries = {
        name: {"sha256": digest, **({k: int(v) for k, v in counts.loc[name].items()} if name in counts.index else {})}
        for name, digest in received.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"version": _VERSION, "files": entries}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def read(path: Path) -> dict[str, dict[str, object]] | None:
    """Return what `write` stored; None where the pipeline has not run yet.

    Raises
    ------
    ReadError
        When the file is not what `write` stored.
    """
    if not path.is_file():
        return None
    try:
        content = json.loads(path.read_text("utf-8"))
        entries = content["files"]
        whole = content["version"] == _VERSION and all("sha256" in entry for entry in entries.values())
    except (ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise ReadError("this is not what the last run stored", place=path.name, fix="delete it, and run again")
    return dict(entries)


def changes(before: Mapping[str, Mapping[str, object]] | None, now: Digests) -> dict[str, str]:
    """Return name -> new, changed, unchanged or removed; without a last run every file is new.

    Examples
    --------
    >>> changes({"a": {"sha256": "1"}, "b": {"sha256": "2"}}, {"a": "1", "c": "3"})
    {'a': 'unchanged', 'c': 'new', 'b': 'removed'}
    """
    known = {} if before is None else before
    found = {
        name: "new" if name not in known else "unchanged" if known[name]["sha256"] == digest else "changed"
        for name, digest in now.items()
    }
    return found | {name: "removed" for name in known if name not in now}
