"""What ingest could not take as it stood, in the shape of the findings table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import Place
from pipeline.ingest.cells import TEXT
from pipeline.ingest.personal_data import mask


@dataclass(frozen=True)
class Finding:
    """One place and what is wrong there; never the value."""

    kind: str
    place: Place
    problem: str
    allowed: str | None = None
    fix: str | None = None


def to_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return findings as the contract table, in order of file, sheet and row.

    A header is masked like an open answer: where a file has none, its first row may have been taken for it.
    The same fault in several cells of one column is one row, its `rows` naming them all: a broken column of a thousand
    rows is one thing to mend.
    """
    groups: dict[tuple[Any, ...], list[int]] = {}
    for f in findings:
        alone = f.place.row if f.kind in ("row_quarantined", "duplicate") else None
        alike = (f.kind, f.place.file, f.place.sheet, f.place.column, f.problem, f.allowed, f.fix, alone)
        groups.setdefault(alike, []).extend([] if f.place.row is None else [f.place.row])
    rows = [
        (kind, file, sheet, min(at, default=None), ranges(at), column, problem, allowed, fix)
        for (kind, file, sheet, column, problem, allowed, fix, _), at in groups.items()
    ]
    frame = pd.DataFrame(rows, columns=CONTRACTS["findings"].column_names)
    frame["column"] = mask(frame["column"].astype(TEXT))
    return frame.sort_values(["file", "sheet", "row", "column", "problem"], na_position="first", ignore_index=True)


def ranges(rows: list[int]) -> str | None:
    """Return row numbers as a person writes them.

    Examples
    --------
    >>> ranges([7, 3, 4, 5])
    '3-5, 7'
    """
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs) or None
