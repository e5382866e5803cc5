"""Taking people out of the tables of the last run: one person's rows, or everything that is about single people."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core import tables
from pipeline.core.contracts import CONTRACTS
from pipeline.core.workspace import Workspace
from pipeline.ingest.traces import words_of

#: A table with one of these columns is about single people or responses.
_PERSONAL: Final = ("person_id", "response_id")
#: What the pipeline writes beside the tables, row by row.
_ROW_BY_ROW: Final = ("*.sav", "review_people.csv", "quarantine.xlsx", "findings.csv", "notebooks/*.csv")
#: Of these, what holds answers beside the id of their response: the next run makes it anew.
_ANSWERS: Final = ("*.sav", "notebooks/*.csv")
_CACHES: Final = ("cache", "tmp")


def remove(workspace: Workspace, column: str, ids: Collection[str]) -> dict[str, int]:
    """Remove the rows whose `column` (person_id or response_id) is one of `ids`.

    Returns
    -------
    dict
        File -> how many rows it lost; 0 for one that was deleted, because the next run makes it without them.
    """
    removed = {}
    for name, path in _stored(workspace):
        if column in CONTRACTS[name].column_names:
            frame = pd.read_parquet(path)
            gone = frame[column].isin(list(ids))
            if gone.any():
                tables.write(workspace, name, frame[~gone])
                removed[path.name] = int(gone.sum())
    return removed | (_delete(workspace, _ANSWERS) if ids and column == "response_id" else {})


def _delete(workspace: Workspace, patterns: Sequence[str]) -> dict[str, int]:
    paths = sorted(path for pattern in patterns for path in workspace.processed.glob(pattern))
    for path in paths:
        path.unlink()
    return {path.name: 0 for path in paths}


def said_by_nobody_else(workspace: Workspace, ids: Collection[str], lines: Iterable[str]) -> tuple[str, ...]:
    """Return those of the lines (as `words_of`) that no other response than `ids` says, nor the project itself."""
    path = workspace.processed / "comments.parquet"
    rest = [*_own_texts(workspace)]
    if path.exists():
        comments = pd.read_parquet(path)
        rest += comments.loc[~comments["response_id"].isin(list(ids)), "text"].tolist()
    said = " | ".join(words_of(text) for text in rest)
    return tuple(sorted(line for line in set(lines) if line not in said))


def _own_texts(workspace: Workspace) -> Iterator[str]:
    """Yield what the project itself says: a question or an option is nobody's answer."""
    for name, path in _stored(workspace):
        if name in ("items", "options", "events", "actions"):
            frame = pd.read_parquet(path)
            yield from (text for column in frame for text in frame[column].dropna() if isinstance(text, str))


def remove_everybody(workspace: Workspace) -> dict[str, int]:
    """Empty every table about single people or responses, keeping its columns; return how many rows each lost."""
    removed = {}
    for name, path in _stored(workspace):
        if set(_PERSONAL) & set(CONTRACTS[name].column_names):
            rows = len(pd.read_parquet(path))
            tables.write(workspace, name, CONTRACTS[name].empty())
            removed[path.name] = rows
    return removed | _delete(workspace, _ROW_BY_ROW)


def _stored(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    for name in CONTRACTS:
        path = workspace.processed / f"{name}.parquet"
        if path.exists():
            yield name, path


def empty_caches(root: Path) -> list[Path]:
    """Remove what DVC keeps of old versions below `root`; return the folders that were there."""
    folders = [folder for name in _CACHES if (folder := root / ".dvc" / name).is_dir()]
    for folder in folders:
        shutil.rmtree(folder)
    return folders
