"""The shape of a table: columns, types and key; and the check that a frame has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import pandas as pd

from pipeline.core.errors import ContractError

if TYPE_CHECKING:
    import pandera.pandas as pandera

Kind = Literal["text", "integer", "number", "flag", "time"]

#: Rows looked at together.
_BLOCK: Final = 1 << 20
_DTYPES: Final[dict[Kind, object]] = {
    "text": pd.StringDtype(na_value=float("nan")),
    "integer": "Int64",
    "number": "float64",
    "flag": "boolean",
    "time": "datetime64[us]",
}


@dataclass(frozen=True)
class Column:
    """One column: its kind, whether it may be empty, what it may hold and what it means."""

    name: str
    kind: Kind
    meaning: str
    optional: bool = False
    allowed: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Table:
    """One table: its columns in order, the columns that identify a row, and those of which a row fills exactly one."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()

    @property
    def column_names(self) -> list[str]:
        """Names of the columns in the order they are stored."""
        return [column.name for column in self.columns]

    def empty(self) -> pd.DataFrame:
        """Return the table with no rows and the right types."""
        return pd.DataFrame({c.name: pd.Series(dtype=_DTYPES[c.kind]) for c in self.columns})

    def checked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` with the columns in order and the right types; ContractError names what breaks.

        A text column may come, and stays, as categories: a tenth of the memory in a long table.
        """
        absent = [c for c in self.column_names if c not in frame.columns]
        extra = [c for c in frame.columns if c not in self.column_names]
        if absent or extra:
            raise ContractError(f"columns absent {absent}, not in the contract {extra}", place=f"table {self.name}")
        checked = _with_times(frame[self.column_names], self)
        compact = tuple(c for c in self.columns if isinstance(checked[c.name].dtype, pd.CategoricalDtype))
        checked = checked.assign(**_validated(self, compact, checked))[self.column_names]
        _check_categories(self, compact, checked)
        if self.one_of and (sum(checked[name].notna().astype("int8") for name in self.one_of) != 1).any():
            raise ContractError(f"rows must fill exactly one of {', '.join(self.one_of)}", place=f"table {self.name}")
        if self.key and not in_order(checked, self.key) and checked.duplicated(list(self.key)).any():
            raise ContractError(f"the key {', '.join(self.key)} is not unique", place=f"table {self.name}")
        return checked


def in_order(frame: pd.DataFrame, key: tuple[str, ...]) -> bool:
    """Return whether rows are known to be sorted by a key without repeats; it is cheap for categories only."""
    ranks = []
    for name in key:
        if (
            not isinstance(frame[name].dtype, pd.CategoricalDtype)
            or not frame[name].cat.categories.is_monotonic_increasing
        ):
            return False
        ranks.append(frame[name].cat.codes.to_numpy())
    # in blocks: whole columns of steps would be the largest thing in memory
    return all(_ascends([rank[at : at + _BLOCK + 1] for rank in ranks]) for at in range(0, len(frame), _BLOCK))


def _ascends(ranks: list[np.ndarray]) -> bool:
    later = np.zeros(len(ranks[0]) - 1, dtype=bool)
    for rank in reversed(ranks):
        step = np.diff(rank)
        later = (step > 0) | ((step == 0) & later)
    return bool(later.all())


def _validated(table: Table, compact: tuple[Column, ...], frame: pd.DataFrame) -> pd.DataFrame:
    import pandera.errors  # noqa: PLC0415

    names = [c.name for c in table.columns if c not in compact]
    try:
        return _schema(table, compact).validate(frame[names], lazy=True)
    except pandera.errors.SchemaErrors as failure:
        cases = failure.failure_cases.groupby(["column", "check"], dropna=False).size()
        faults = "; ".join(f"{column}: {check} fails in {n} rows" for (column, check), n in cases.items())
        raise ContractError(faults, place=f"table {table.name}") from None


def _check_categories(table: Table, compact: tuple[Column, ...], frame: pd.DataFrame) -> None:
    for column in compact:
        used = frame[column.name].cat.categories
        outside = column.allowed is not None and not set(used) <= set(column.allowed)
        empty = not column.optional and frame[column.name].isna().any()
        if column.kind != "text" or outside or empty or pd.api.types.is_numeric_dtype(used):
            raise ContractError(f"{column.name}: not the texts of the contract", place=f"table {table.name}")


@cache
def _schema(table: Table, compact: tuple[Column, ...]) -> pandera.DataFrameSchema:
    import pandera.pandas as pandera  # noqa: PLC0415  (0.3 s: only where a table is really checked)

    columns = {
        c.name: pandera.Column(
            # pandera would turn times into nanoseconds, in which no year after 2262 exists: `_with_times` sees to them
            None if c.kind == "time" else _DTYPES[c.kind],
            nullable=c.optional,
            coerce=c.kind != "time",
            checks=[pandera.Check.isin(list(c.allowed))] if c.allowed else [],
        )
        for c in table.columns
        if c not in compact
    }
    return pandera.DataFrameSchema(columns, strict=True, ordered=True)


def _with_times(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    times = [c.name for c in table.columns if c.kind == "time"]
    try:
        return frame.assign(**{name: pd.to_datetime(frame[name]).astype("datetime64[us]") for name in times})
    except (ValueError, TypeError):
        raise ContractError(f"not all moments in {', '.join(times)}", place=f"table {table.name}") from None
