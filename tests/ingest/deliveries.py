"""Tables of answers made by hand, and what is found in several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest_folder import cells, instrument

from pipeline.core.config import Ingest, Source
from pipeline.ingest.duplicates import resolve
from pipeline.ingest.feedback import Batch, harmonise

INSTRUMENT = instrument()
Row = Sequence[str | None]


def batch(name: str, *rows: Row, header: Sequence[str] = ("number", "time", "q1", "say")) -> Batch:
    """Return a table as harmonised, of a file of that name."""
    table = replace(cells(header, *rows), file=f"feedback/{name}.csv")
    return harmonise(table, INSTRUMENT, {}, Source(match="*"), Ingest())


def found(*batches: Batch) -> tuple[list[list[int]], list[list[int]]]:
    """Return the rows that are repeats and the rows set aside, per batch."""
    resolved, repeats = resolve(batches)
    return [list(r.index) for r in repeats], [list(b.quarantined.index) for b in resolved]
