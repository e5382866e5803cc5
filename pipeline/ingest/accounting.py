"""The ledger's rows of scope *file*: what was read is accepted, a duplicate or set aside, and it adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import pandas as pd

from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import LedgerError, ReadError
from pipeline.ingest.cells import Cells

if TYPE_CHECKING:
    from pipeline.ingest.attendance import AttendanceList
    from pipeline.ingest.taking import Taken

#: Why a row under the table is set aside.
BELOW: Final = "remark below the table"
_PLAIN: Final = "plain"


def file_row(cells: Cells, reader: str, duplicate: int, quarantined: pd.Series) -> dict[str, object]:
    """Return the account of one table; what is neither a duplicate nor set aside was accepted."""
    _check_places(cells, reader)
    quarantined = pd.concat([quarantined, pd.Series(BELOW, index=cells.below, dtype="str")])
    reasons = quarantined.value_counts().sort_index()
    rows = len(cells.rows) + len(cells.below)
    return {
        **_head(cells.file, cells.sheet, reader),
        "rows_read": rows,
        "accepted": rows - duplicate - len(quarantined),
        "duplicate": duplicate,
        "quarantined": len(quarantined),
        "blank": cells.blank,
        "reason": "; ".join(f"{reason}: {n}" for reason, n in reasons.items()) or None,
    }


def list_rows(taken: Taken[AttendanceList], people: pd.DataFrame, twice: pd.Series) -> list[dict[str, object]]:
    """Return the accounts of attendance lists; `twice` says which of the open rows repeat a person."""
    repeats = Counter(
        (str(row.source_file), "" if pd.isna(row.source_sheet) else str(row.source_sheet))
        for row in people.loc[twice.index[twice]].itertuples()
    )
    return [
        file_row(part.cells, reader, repeats[part.cells.file, part.cells.sheet or ""], part.quarantined)
        for part, reader in zip(taken.parts, taken.readers, strict=True)
    ]


def _check_places(cells: Cells, reader: str) -> None:
    """Raise LedgerError where a row of the file is neither header, above it, blank, below the table nor a record.

    The number of the header row is known for plain tables that drop nothing; of others at least no place is used twice.
    """
    places = [*cells.rows.index, *cells.below]
    if len(set(places)) != len(places):
        raise LedgerError("two records stand in the same row", place=cells.place())
    if reader != _PLAIN or cells.dropped or not places:
        return
    header = next((int(note.rsplit(" ", 1)[1]) for note in cells.notes if note.startswith("header in row")), 1)
    if header + len(places) + cells.blank != max(places):
        raise LedgerError("the rows of the file and those accounted for differ", place=cells.place())


def refused_row(
    file: str, refusal: ReadError, reader: str | None = None, cells: Cells | None = None
) -> dict[str, object]:
    """Return the account of a file, or a sheet of one, that was set aside whole."""
    rows = 0 if cells is None else len(cells.rows) + len(cells.below)
    return {
        **_head(file, cells.sheet if cells else None, reader),
        "rows_read": rows,
        "accepted": 0,
        "duplicate": 0,
        "quarantined": rows,
        "blank": 0 if cells is None else cells.blank,
        "reason": f"refused: {refusal.what}",
    }


def ledger(rows: Iterable[dict[str, object]], accepted: int) -> pd.DataFrame:
    """Return the rows as the contract table.

    Raises
    ------
    LedgerError
        When a row does not add up, or the files together did not give the `accepted` records the tables hold.
    """
    frame = pd.DataFrame(list(rows), columns=CONTRACTS["ledger"].column_names)
    counts = frame[["rows_read", "accepted", "duplicate", "quarantined"]].astype("int64")
    off = counts["rows_read"] != counts["accepted"] + counts["duplicate"] + counts["quarantined"]
    if off.any() or (counts < 0).any(axis=None):
        raise LedgerError("rows read and rows accounted for differ", place=", ".join(frame.loc[off, "unit"]))
    if counts["accepted"].sum() != accepted:
        raise LedgerError(f"{counts['accepted'].sum()} rows were accepted, the tables hold {accepted}", place="ledger")
    return frame


def _head(file: str, sheet: str | None, reader: str | None) -> dict[str, object]:
    return {"scope": "file", "unit": file, "part": sheet, "reader": reader}
