"""The registers a project keeps by hand: actions, events, organisations, involvement, ideas, reports."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core import contracts
from pipeline.core.errors import Place, ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.dates import parse_times
from pipeline.ingest.folding import fold
from pipeline.ingest.numbers import parse_number

REGISTERS: Final = ("actions", "events", "organisations", "involvement", "ideas", "reports")
_SUFFIXES: Final = (".csv", ".xlsx", ".ods")


def load_all(raw: Path) -> dict[str, pd.DataFrame]:
    """Return every register as its contract table; one the project does not keep is empty.

    Raises
    ------
    ReadError
        Naming file, row and column: a register is short and hand-kept, so a fault in it is mended, not set aside.
    """
    return {name: load(raw / "registers", name) for name in REGISTERS}


def load(folder: Path, name: str) -> pd.DataFrame:
    """Return register `name` from `folder` as its contract table."""
    table = contracts.CONTRACTS[name]
    path = next((p for s in _SUFFIXES if (p := folder / f"{name}{s}").exists()), None)
    if path is None:
        return table.empty()
    _, tables = readers.read(path, f"registers/{path.name}")
    cells = tables[0]
    position = {fold(text): index for index, text in enumerate(cells.header)}
    columns = {c.name: _column(cells, c, position.get(fold(c.name))) for c in table.columns}
    frame = pd.DataFrame(columns, index=cells.rows.index)
    _check_keys(cells, frame, table)
    return contracts.check(name, frame.reset_index(drop=True))


def spellings(events: pd.DataFrame) -> dict[str, str | None]:
    """Return folded spelling -> event id; None where a name fits several events."""
    found: dict[str, str | None] = {}
    for event in events.itertuples():
        aliases = [] if pd.isna(event.aliases) else str(event.aliases).split("|")
        for text in {fold(t) for t in [event.event_id, event.name, *aliases]} - {""}:
            found[text] = None if text in found else str(event.event_id)
    return found


def _column(cells: Cells, column: contracts.Column, index: int | None) -> pd.Series:
    if index is None and not column.optional:
        raise ReadError(f"there is no column '{column.name}'", place=cells.place(), fix=column.meaning)
    if index is None:
        return pd.Series(pd.NA, index=cells.rows.index)
    texts = cells.rows[index].str.strip()
    if column.kind == "time":
        values, wrong = parse_times(texts)
    elif column.kind in ("integer", "number"):
        values = texts.map(parse_number, na_action="ignore")
        wrong = texts.notna() & values.isna()
    else:
        values, wrong = texts, texts.isna() & (not column.optional)
    _refuse(cells, index, wrong, column)
    return values


def _refuse(cells: Cells, index: int, wrong: pd.Series, column: contracts.Column) -> None:
    if wrong.any():
        place = Place(cells.file, cells.sheet, int(wrong.idxmax()), cells.header[index])
        raise ReadError(f"not a {column.kind}, or empty", place=place, allowed=column.meaning, fix="correct the cell")


def _check_keys(cells: Cells, frame: pd.DataFrame, table: contracts.Table) -> None:
    double = frame.duplicated(list(table.key)) if table.key else pd.Series(dtype=bool)
    if double.any():
        place = Place(cells.file, cells.sheet, int(double.idxmax()), " + ".join(table.key))
        raise ReadError("the identifier is used twice", place=place, fix="give each row its own")
