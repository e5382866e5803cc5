"""The registers a project keeps by hand: actions, events, organisations, involvement, ideas, reports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

from pipeline.core import contracts
from pipeline.core.errors import Place, ReadError
from pipeline.core.schema import Column, Table
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.dates import parse_times
from pipeline.ingest.folding import fold
from pipeline.ingest.numbers import parse_number

#: In an order in which each comes after those it names.
REGISTERS: Final = ("actions", "events", "organisations", "involvement", "ideas", "reports")
_IDENTIFIERS: Final = {"actions": "action_id", "events": "event_id", "organisations": "organisation_id"}
_SUFFIXES: Final = (".csv", ".xlsx", ".ods")


def load_all(raw: Path) -> dict[str, pd.DataFrame]:
    """Return every register as its contract table; one the project does not keep is empty.

    Raises
    ------
    ReadError
        Naming file, row and column: a register is short and hand-kept, so a fault in it is mended, not set aside.
    """
    tables: dict[str, pd.DataFrame] = {}
    for name in REGISTERS:
        tables[name] = load(raw / "registers", name, tables)
    return tables


def load(folder: Path, name: str, known: Mapping[str, pd.DataFrame] = MappingProxyType({})) -> pd.DataFrame:
    """Return register `name` from `folder` as its contract table; its identifiers must be in the registers `known`."""
    table = contracts.CONTRACTS[name]
    cells = _cells(folder, name)
    if cells is None:
        return table.empty()
    columns = {c.name: _column(cells, c, _position(cells, c.name)) for c in table.columns}
    frame = pd.DataFrame(columns, index=cells.rows.index)
    _check_keys(cells, frame, table)
    _check_references(cells, frame, known)
    return contracts.check(name, frame.reset_index(drop=True))


def _cells(folder: Path, name: str) -> Cells | None:
    """Return the register as received, or None where the project does not keep it."""
    # a link to nothing does not exist, but was meant to
    paths = [p for s in _SUFFIXES if (p := folder / f"{name}{s}").exists() or p.is_symlink()]
    if not paths:
        return None
    files = ", ".join(path.name for path in paths)
    if len(paths) > 1:
        raise ReadError("the register is there twice", place=f"registers: {files}", fix="remove the one not in use")
    place = f"registers/{files}"
    try:
        _, tables = readers.read(paths[0], place)
    except OSError as fault:
        raise ReadError(f"cannot be opened ({fault.strerror})", place=place, fix="check the file") from None
    filled = [cells for cells in tables if cells.header]
    if not filled:
        raise ReadError("the register is empty", place=place, fix="fill it in, or remove the file")
    return filled[0]


def _position(cells: Cells, name: str) -> int | None:
    at = [index for index, text in enumerate(cells.header) if fold(text) == fold(name)]
    if len(at) > 1:
        raise ReadError("two columns have this name", place=cells.place(column=at[1]), fix="delete or rename one")
    return at[0] if at else None


def _check_references(cells: Cells, frame: pd.DataFrame, known: Mapping[str, pd.DataFrame]) -> None:
    """Refuse an identifier that its register does not have; a register the project does not keep is not asked."""
    for other, column in _IDENTIFIERS.items():
        if other in known and column in frame and len(known[other]):
            strange = frame[column].notna() & ~frame[column].isin(known[other][column])
            if strange.any():
                place = Place(cells.file, cells.sheet, int(strange.idxmax()), column)
                what = f"the identifier is not in the register of {other}"
                raise ReadError(what, place=place, allowed=f"{column} of registers/{other}", fix="correct the cell")


def spellings(events: pd.DataFrame) -> dict[str, str | None]:
    """Return folded spelling -> event id; None where a name fits several events."""
    found: dict[str, str | None] = {}
    for event in events.itertuples():
        aliases = [] if pd.isna(event.aliases) else str(event.aliases).split("|")
        for text in {fold(t) for t in [event.event_id, event.name, *aliases]} - {""}:
            found[text] = None if text in found else str(event.event_id)
    return found


def own_words(tables: Mapping[str, pd.DataFrame]) -> frozenset[str]:
    """Return every folded spelling by which the registers call an event, an action or an organisation."""
    texts = [fold(text) for name in ("actions", "organisations") for text in tables[name]["name"].dropna()]
    return frozenset({*texts, *spellings(tables["events"])} - {""})


def _column(cells: Cells, column: Column, index: int | None) -> pd.Series:
    if index is None and not column.optional:
        raise ReadError(f"there is no column '{column.name}'", place=cells.place(), fix=column.meaning)
    if index is None:
        return pd.Series(pd.NA, index=cells.rows.index)
    texts = cells.rows[index].str.strip()
    if column.kind == "time":
        read = parse_times(texts)
        values, wrong = read["moment"], read["wrong"]
    elif column.kind in ("integer", "number"):
        values = pd.to_numeric(texts.map(parse_number, na_action="ignore"))
        wrong = texts.notna() & (values.isna() | ((column.kind == "integer") & (values % 1 != 0)))
    else:
        values, wrong = texts, texts.isna() & (not column.optional)
    _refuse(cells, index, wrong, column)
    return values


def _refuse(cells: Cells, index: int, wrong: pd.Series, column: Column) -> None:
    if wrong.any():
        place = Place(cells.file, cells.sheet, int(wrong.idxmax()), cells.header[index])
        raise ReadError(f"not a {column.kind}, or empty", place=place, allowed=column.meaning, fix="correct the cell")


def _check_keys(cells: Cells, frame: pd.DataFrame, table: Table) -> None:
    double = frame.duplicated(list(table.key)) if table.key else pd.Series(dtype=bool)
    if double.any():
        place = Place(cells.file, cells.sheet, int(double.idxmax()), " + ".join(table.key))
        raise ReadError("the identifier is used twice", place=place, fix="give each row its own")
