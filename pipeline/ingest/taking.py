"""Making something of every table of every file: what cannot be used is refused by name, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.core.errors import Place, ReadError
from pipeline.ingest import accounting, identity_codes
from pipeline.ingest.cells import Cells
from pipeline.ingest.files import Received
from pipeline.ingest.findings import Finding

Part = TypeVar("Part")


@dataclass(frozen=True)
class Taken(Generic[Part]):
    """What one kind of file gave: usable parts with their readers, findings and ledger rows of what was refused."""

    parts: list[Part]
    readers: list[str]
    findings: list[Finding]
    ledger: list[dict[str, object]]


def take(received: Iterable[Received], use: Callable[[Cells], Part]) -> Taken[Part]:
    """Apply `use` to every table; what cannot be used is refused by name and the rest goes on."""
    taken: Taken[Part] = Taken([], [], [], [])
    for file in received:
        if file.refused is not None:
            taken.findings.append(_refusal(Place(file.name), file.refused))
            taken.ledger.append(accounting.refused_row(file.name, file.refused, file.reader))
        for cells in file.tables:
            try:
                taken.parts.append(use(identity_codes.refuse(cells)))
                taken.readers.append(str(file.reader))
            except ReadError as refusal:
                taken.findings.append(_refusal(cells.place(), refusal))
                taken.ledger.append(accounting.refused_row(file.name, refusal, file.reader, cells))
    return taken


def _refusal(place: Place, error: ReadError) -> Finding:
    return Finding("file_refused", place, error.what, error.allowed, error.fix)
