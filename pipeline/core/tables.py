"""Reading and writing the contract tables: Parquet for code, CSV with fixed digits for people and diffs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core import contracts
from pipeline.core.errors import ContractError
from pipeline.core.schema import in_order
from pipeline.core.workspace import Workspace

#: Significant digits in CSV: enough for any report, few enough to be equal on every processor (and one fewer than would
#: make 0.04... look like a phone number to whoever searches the outputs for them).
CSV_DIGITS: Final = 7

#: Nearer to zero than this a number is one that cancelled out.
_CANCELLED: Final = 1e-12

#: First characters that make a spreadsheet run a cell as a formula.
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def write(workspace: Workspace, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Check `frame` against its contract, sort it by its key and store it as Parquet; return what was stored."""
    checked = contracts.check(name, frame)
    key = contracts.CONTRACTS[name].key
    if key and not in_order(checked, key):
        checked = checked.sort_values(list(key), kind="stable", ignore_index=True)
    workspace.processed.mkdir(parents=True, exist_ok=True)
    checked.to_parquet(workspace.processed / f"{name}.parquet", index=False)
    return checked


def read(workspace: Workspace, name: str) -> pd.DataFrame:
    """Return contract table `name`, checked again.

    Raises
    ------
    ContractError
        When the stage that makes the table has not run, or the file breaks the contract.
    """
    path = workspace.processed / f"{name}.parquet"
    if not path.exists():
        raise ContractError("the table has not been made yet", place=f"table {name}", fix="run `python3 run.py repro`")
    frame = pd.read_parquet(path)
    compact = [c for c in frame.columns if isinstance(frame[c].dtype, pd.CategoricalDtype)]
    return contracts.check(name, frame.astype(dict.fromkeys(compact, "str")))


def settled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return computed numbers with the digits of the CSV: processors differ by up to 1e-10 of a number.

    The same input must give the same bytes on all of them. p-values stay however small.

    Examples
    --------
    >>> settled(pd.DataFrame({"estimate": [1 / 3, 1e-17], "p_value": [0.25, 2e-17]})).to_dict("list")
    {'estimate': [0.3333333, 0.0], 'p_value': [0.25, 2e-17]}
    """
    result = frame.copy()
    for column in frame.select_dtypes("float").columns:
        small = frame[column].abs() < (0.0 if column.startswith("p_") else _CANCELLED)
        known = frame[column].notna() & ~small
        digits = [float(f"{number:.{CSV_DIGITS}g}") for number in frame[column][known]]
        result[column] = frame[column].mask(small, 0.0)
        result.loc[known, column] = digits
    return result


def write_csv(path: Path, frame: pd.DataFrame) -> None:
    """Write a table people open in a spreadsheet: UTF-8 with BOM, LF, fixed digits, no cell that runs as a formula."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = frame.copy()
    for column in text.columns[[not pd.api.types.is_numeric_dtype(t) for t in text.dtypes]]:
        if not pd.api.types.is_datetime64_any_dtype(text[column]):
            # a carriage return within a cell is not quoted and would end the record
            text[column] = text[column].map(lambda cell: harmless(_one_kind_of_break(cell)), na_action="ignore")
    text.to_csv(
        path,
        index=False,
        encoding="utf-8-sig",
        lineterminator="\n",
        float_format=f"%.{CSV_DIGITS}g",
        date_format="%Y-%m-%d",
    )


def _one_kind_of_break(cell: object) -> object:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if isinstance(cell, str) else cell


def harmless(cell: object) -> object:
    """Return text that no spreadsheet takes for a formula (a leading apostrophe, as spreadsheets themselves use)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
