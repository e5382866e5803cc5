"""What would happen if the pipeline ran now: per file and per place, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import PipelineError
from pipeline.ingest import files, listed_names, quarantine, received, unnamed
from pipeline.ingest.findings import ranges
from pipeline.ingest.project import ingest_and_review

_COUNTS: Final = ("rows_read", "accepted", "duplicate", "quarantined", "blank")
_FOLDERS: Final = ("attendance", "feedback")
#: The row of which another is a repeat.
_ROW: Final = r", (?:row|rivi) \d+(?=; (?:counted once|dropped with it|laskettu kerran|pudotettu sen mukana)$)"
#: Findings because of which the exit code of a check is 1.
_STOPS: Final = ("file_refused", "row_quarantined")


@dataclass(frozen=True)
class Check:
    """What a check found.

    Parameters
    ----------
    files : DataFrame
        file, sheet, reader, change (new, changed, unchanged, removed), rows_read, accepted, duplicate, quarantined,
        blank, rows_before (rows at the last run, of a file with one table), reason.
    open_lines : DataFrame
        As `quarantine.sheet`: what a person must decide.
    notes : DataFrame
        The same for notes and duplicates.
    error : PipelineError or None
        Why the pipeline would stop before the end.
    """

    files: pd.DataFrame
    open_lines: pd.DataFrame
    notes: pd.DataFrame
    error: PipelineError | None

    @property
    def clean(self) -> bool:
        """Whether nothing is refused or set aside."""
        return self.error is None and not self.open_lines["kind"].isin(_STOPS).any()


class Watched(Executor):
    """Reads files in order, and tells how many have been read."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell, self._done = tell, 0

    def map(self, fn: Callable[..., Any], *iterables: Iterable[Any], **_: Any) -> Iterator[Any]:
        """Apply `fn` to each, and tell after each how many are done."""
        for arguments in zip(*iterables, strict=True):
            yield fn(*arguments)
            self._done += 1
            self._tell(self._done)


def check(
    raw: Path,
    project: Project,
    params: Params,
    environment: Mapping[str, str],
    before: Mapping[str, Mapping[str, object]] | None = None,
    tell: Callable[[int], None] = lambda done: None,
) -> Check:
    """Return what a run would accept, refuse and set aside.

    Parameters
    ----------
    raw, project, params, environment
        As for `ingest`.
    before : mapping, optional
        What `received.read` returns of the last run.
    tell : callable
        Called with the number of files read so far.
    """
    error, tables = None, {name: CONTRACTS[name].empty() for name in ("findings", "ledger")}
    try:
        tables, _, _, shown = ingest_and_review(raw, project, params, environment, Watched(tell))
    except PipelineError as fault:
        error, shown = fault, _shown(raw, project)
    now = received.digests(raw, project, shown)
    before = None if before is None else {shown.get(name, name): entry for name, entry in before.items()}
    return Check(
        _files(tables["ledger"], received.changes(before, now), before or {}),
        quarantine.sheet(tables["findings"]),
        quarantine.sheet(tables["findings"], ("note", *quarantine.REPEATS)),
        error,
    )


def _shown(raw: Path, project: Project) -> dict[str, str]:
    """Return how files are shown that are called by somebody on the lists, where the ingest stopped before it said."""
    found = [files.find(raw, folder, project.ingest.feedback if folder == "feedback" else ()) for folder in _FOLDERS]
    names = listed_names.of(cells for file in files.read_all(found[0]) for cells in file.tables)
    unread = [files.Received(name, None, ()) for some in found for _, name in some]
    return unnamed.renamed(unread, unnamed.shown(unread, names))


def together(lines: pd.DataFrame) -> pd.DataFrame:
    """Return lines of `Check` with those that say the same of several rows put together, their rows as "3-5, 7".

    A repeat is said per file of which its rows are repeats.
    """
    said = lines.assign(**{name: lines[name].str.replace(_ROW, "", regex=True) for name in ("problem", "ongelma")})
    by = [name for name in said.columns if name != "row"]
    rows = pd.to_numeric(said["row"]).groupby([said[name] for name in by], sort=False, dropna=False)
    grouped = rows.agg(lambda own: ranges([int(row) for row in own.dropna()]) or "")
    return grouped.rename("row").reset_index()[[*lines.columns]]


def count(raw: Path, project: Project) -> int:
    """Return how many files a check will read."""
    return len(files.find(raw, "feedback", project.ingest.feedback)) + len(files.find(raw, "attendance"))


def _files(
    ledger: pd.DataFrame, changed: Mapping[str, str], before: Mapping[str, Mapping[str, object]]
) -> pd.DataFrame:
    """Return one line per table, and one per file that has none: removed, or the project's own."""
    read = ledger.rename(columns={"unit": "file", "part": "sheet"})[["file", "sheet", "reader", *_COUNTS, "reason"]]
    rest = pd.DataFrame({"file": [name for name in changed if name not in set(read["file"])]}, dtype="str")
    frame = pd.concat([read.astype(object), rest.astype(object)], ignore_index=True).astype({"file": "str"})
    frame.insert(3, "change", frame["file"].map(changed))
    known = {name: entry.get("rows_read") for name, entry in before.items()}
    alone = ~frame["file"].duplicated(keep=False)  # what is known of the last run is the sum over a file's sheets
    frame["rows_before"] = frame["file"].map(known).astype("Int64").where(alone)
    return frame.sort_values(["file", "sheet"], na_position="first", ignore_index=True)
