"""What ingest could not take as it stood, in the shape of the findings table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    """
    rows = [
        (f.kind, f.place.file, f.place.sheet, f.place.row, f.place.column, f.problem, f.allowed, f.fix)
        for f in findings
    ]
    frame = pd.DataFrame(rows, columns=CONTRACTS["findings"].column_names)
    frame["column"] = mask(frame["column"].astype(TEXT))
    return frame.sort_values(["file", "sheet", "row", "column", "problem"], na_position="first", ignore_index=True)
