"""Tables as a workbook a report writer opens: header row that stays, numbers as numbers, nothing that runs."""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from pipeline.core.tables import CSV_DIGITS, harmless

_WIDEST: Final = 60
#: A workbook carries the day it was made; the same input must give the same bytes.
_CREATED: Final = dt.datetime(2000, 1, 1)


def workbook(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Return an xlsx of one sheet per table: bold header row that stays in view, filters, fitting columns.

    Parameters
    ----------
    sheets : mapping of str to DataFrame
        By name of the sheet (31 characters or fewer). Numbers are rounded to seven significant digits, as in the CSV.

    Returns
    -------
    bytes
        The file; the same tables give the same bytes.

    Examples
    --------
    >>> workbook({"outcomes": pd.DataFrame({"outcome": ["=1+1"], "n": [30]})})[:2]
    b'PK'
    """
    import xlsxwriter  # noqa: PLC0415

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _CREATED})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        for name, frame in sheets.items():
            _fill(book.add_worksheet(name), frame, bold)
    return buffer.getvalue()


def _fill(sheet: Any, frame: pd.DataFrame, bold: Any) -> None:
    for column, name in enumerate(frame.columns):
        sheet.write_string(0, column, str(name), bold)
        cells = [_cell(value) for value in frame[name].astype(object)]
        for row, cell in enumerate(cells, start=1):
            if cell is not None:
                sheet.write(row, column, cell) if isinstance(cell, float) else sheet.write_string(row, column, cell)
        longest = max([len(str(name)), *(len(str(cell)) for cell in cells if cell is not None)])
        sheet.set_column(column, column, min(_WIDEST, longest + 2))
    sheet.freeze_panes(1, 0)
    if len(frame.columns):
        sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)


def _cell(value: Any) -> float | str | None:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float) and math.isfinite(value):
        return float(f"{value:.{CSV_DIGITS}g}")
    return str(harmless(str(value)))
