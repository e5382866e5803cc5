"""The shape of a table: columns, types and key; and the check that a frame has it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
import pandas as pd

from pipeline.core.errors import ContractError

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
_SAID: Final[dict[Kind, str]] = {
    "text": "text",
    "integer": "whole numbers",
    "number": "numbers",
    "flag": "true or false",
    "time": "moments",
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
        return _empty(self).copy()

    def checked(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return `frame` with the columns in order and the right types; ContractError names what breaks.

        A text column may come, and stays, as categories: a tenth of the memory in a long table.
        """
        absent = [c for c in self.column_names if c not in frame.columns]
        extra = [c for c in frame.columns if c not in self.column_names]
        if absent or extra:
            raise ContractError(f"columns absent {absent}, not in the contract {extra}", place=f"table {self.name}")
        checked = self._typed(frame)
        if self.one_of and (sum(checked[name].notna().astype("int8") for name in self.one_of) != 1).any():
            raise ContractError(f"rows must fill exactly one of {', '.join(self.one_of)}", place=f"table {self.name}")
        if self.key and not in_order(checked, self.key) and checked.duplicated(list(self.key)).any():
            raise ContractError(f"the key {', '.join(self.key)} is not unique", place=f"table {self.name}")
        return checked

    def _typed(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the columns in their types; all that break the contract are named at once."""
        typed, faults = {}, []
        for column in self.columns:
            try:
                typed[column.name] = _cast(frame[column.name], column)
            except (ValueError, TypeError):
                faults.append(f"{column.name}: not all {_SAID[column.kind]}")
            else:
                faults += _faults(typed[column.name], column)
        if faults:
            raise ContractError("; ".join(faults), place=f"table {self.name}")
        return pd.DataFrame(typed, index=frame.index, copy=False)


@cache
def _empty(table: Table) -> pd.DataFrame:
    return pd.DataFrame({c.name: pd.Series(dtype=_DTYPES[c.kind]) for c in table.columns})


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


def _cast(texts: pd.Series, column: Column) -> pd.Series:
    """Return a column in its type; categories of text stay what they are."""
    if isinstance(texts.dtype, pd.CategoricalDtype) and column.kind == "text":
        if pd.api.types.is_numeric_dtype(texts.cat.categories):
            raise TypeError
        return texts
    # not through nanoseconds, in which no year after 2262 exists
    return (pd.to_datetime(texts) if column.kind == "time" else texts).astype(_DTYPES[column.kind])


def _faults(texts: pd.Series, column: Column) -> list[str]:
    """Return what a column in its type breaks of its contract."""
    faults = []
    if not column.optional and (empty := int(texts.isna().sum())):
        faults.append(f"{column.name}: empty in {empty} rows")
    if column.allowed is not None:
        used = texts.cat.categories if isinstance(texts.dtype, pd.CategoricalDtype) else pd.Index(texts.dropna())
        if outside := int((~used.isin(column.allowed)).sum()):
            faults.append(f"{column.name}: {outside} words outside {', '.join(column.allowed)}")
    return faults
