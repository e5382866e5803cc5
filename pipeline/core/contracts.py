"""Every table by name, and the check made on each read and write."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from pipeline.core.schema import Table
from pipeline.core.tables_made import MADE
from pipeline.core.tables_received import RECEIVED

CONTRACTS: Final[dict[str, Table]] = {table.name: table for table in (*RECEIVED, *MADE)}
#: The ledger's rows of scope *file*, on their way from ingest to construct.
CONTRACTS["files"] = replace(CONTRACTS["ledger"], name="files")


def check(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with the types of contract `name`, or say what breaks it.

    Parameters
    ----------
    name : str
        Table name, one of `CONTRACTS`.
    frame : DataFrame
        Rows to check; it is not changed.

    Returns
    -------
    DataFrame
        The same rows, columns in the contract's order and types.

    Raises
    ------
    ContractError
        Naming the columns, without values.

    Examples
    --------
    >>> import pandas as pd
    >>> check("comments", pd.DataFrame({"response_id": ["a"], "item": ["q9"], "text": ["ok"]})).shape
    (1, 3)
    """
    return CONTRACTS[name].checked(frame)
