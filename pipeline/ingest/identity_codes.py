"""Rows with a personal identity code are refused at the door: nothing of them is written, only where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells
from pipeline.ingest.personal_patterns import IDENTITY_CODE, MASKS, holds_identity_code, mask_text

_REFUSAL: Final = "a personal identity code stands in column"
FIX: Final = "delete the identity codes from the file (the whole column, if it is one), in every copy of it"


def is_refusal(reason: str) -> bool:
    """Return whether a row was set aside for an identity code."""
    return reason.startswith(_REFUSAL)


def refuse(cells: Cells) -> Cells:
    """Return the table with every row set aside that holds an identity code in any cell.

    Raises
    ------
    ReadError
        When one stands in a header or in the name of the sheet: then the file is not read at all.
    """
    _refuse_names(cells)
    reasons: dict[int, str] = {}
    for column in cells.rows.columns:
        for row in _rows_with_codes(cells.rows[column]):
            header = mask_text(cells.header[column]) or f"column {column + 1}"
            reasons.setdefault(row, f"{_REFUSAL} '{header}'")
    return replace(cells, set_aside={**cells.set_aside, **reasons}) if reasons else cells


def _rows_with_codes(texts: pd.Series) -> list[int]:
    at, different = pd.factorize(texts)
    guilty = np.flatnonzero([holds_identity_code(str(text)) for text in different])
    return [int(row) for row in texts.index[np.isin(at, guilty)]] if len(guilty) else []


def _refuse_names(cells: Cells) -> None:
    if any(holds_identity_code(text) for text in (*cells.header, *cells.questions)):
        raise ReadError("a personal identity code stands in the header row", place=cells.place(), fix=FIX)
    if cells.sheet and named_after_somebody(cells.sheet):
        raise ReadError("a personal identity code stands in the name of a sheet", place=cells.file, fix="rename it")


def named_after_somebody(name: str) -> bool:
    """Return whether the (masked) name of a file or sheet held an identity code."""
    return MASKS[IDENTITY_CODE] in name
