"""Taking people out of the tables of the last run: one person's rows, or everything that is about single people."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core import tables
from pipeline.core.contracts import CONTRACTS
from pipeline.core.workspace import Workspace

#: A table with one of these columns is about single people or responses.
_PERSONAL: Final = ("person_id", "response_id")
#: What the pipeline writes beside the tables, row by row.
_ROW_BY_ROW: Final = ("*.sav", "review_people.csv", "quarantine.xlsx", "findings.csv", "notebooks/*.csv")
_CACHES: Final = ("cache", "tmp")


def remove(workspace: Workspace, column: str, ids: Collection[str]) -> dict[str, int]:
    """Remove the rows whose `column` (person_id or response_id) is one of `ids`; return how many each table lost."""
    removed = {}
    for name, path in _stored(workspace):
        if column in CONTRACTS[name].column_names:
            frame = pd.read_parquet(path)
            gone = frame[column].isin(list(ids))
            if gone.any():
                tables.write(workspace, name, frame[~gone])
                removed[name] = int(gone.sum())
    return removed


def remove_everybody(workspace: Workspace) -> dict[str, int]:
    """Empty every table about single people or responses, keeping its columns; return how many rows each lost."""
    removed = {}
    for name, path in _stored(workspace):
        if set(_PERSONAL) & set(CONTRACTS[name].column_names):
            rows = len(pd.read_parquet(path))
            tables.write(workspace, name, CONTRACTS[name].empty())
            removed[name] = rows
    for pattern in _ROW_BY_ROW:
        for path in workspace.processed.glob(pattern):
            path.unlink()
            removed[path.name] = 0
    return removed


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
