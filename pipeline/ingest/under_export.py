"""What people write under a tool's export: a remark, sums, a small table of counts. Nobody has answered so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.coding import Coded
from pipeline.ingest.columns import Column
from pipeline.ingest.header_search import is_number

UNDER: Final = "a remark or sums under the export, no answer"
FIX: Final = "nothing to do if that is right; else accept"
#: What a tool says of every response.
_KEYS: Final = frozenset({"submitted_at", "response_key"})
#: A remark fills a cell, a sum one more.
_FEW: Final = 2
#: Cells of a column that tell what it usually holds, and how many of them must.
_LOOKED_AT: Final = 200
_MOST: Final = 0.8
#: How a time begins; letters around it are those of a zone or of the half of the day.
_DAY: Final = re.compile(r"\d{1,4}[-/.]\d")
_ZONES: Final = 8
#: Whoever keys in a form under the others answers so much of what they do.
_AS_WIDE: Final = 0.5


def is_under(cells: Cells, columns: Sequence[Column], coded: Sequence[Coded]) -> pd.Series:
    """Return which rows are no response of a tool's export; none of a table that no tool has made.

    Parameters
    ----------
    cells : Cells
        The table.
    columns : sequence of Column
        What its columns hold.
    coded : sequence of Coded
        The closed answers read from them.

    Notes
    -----
    Two kinds are: a row with nothing but a text where the tool writes a time or a number, and, below a blank row at the
    end, one without the time and the number that all responses have, unless it answers like them. Somebody who sent an
    empty form has a time.
    """
    keys = [i for i, field in cells.fields.items() if field in _KEYS]
    alone = _alone(cells, keys) if keys else []
    rows = [*alone, *_block(cells, keys, alone, columns, coded)] if keys else []
    return pd.Series(cells.rows.index.isin(rows), index=cells.rows.index)


def _alone(cells: Cells, keys: Sequence[int]) -> list[int]:
    """Return the rows that have few cells, in the tool's columns only, and no time or number there but something else.

    A column of many rows is not looked at where none is so empty.
    """
    own = sorted({*keys, *cells.technical})
    filled = cells.filled
    other = [i for i in range(filled.shape[1]) if i not in own]
    empty = (filled.sum(axis=1) <= _FEW) & filled.any(axis=1) & ~filled[:, other].any(axis=1)
    usual = {i: cells.rows[i][~empty].dropna().iloc[:_LOOKED_AT] for i in own} if empty.any() else {}
    times = [i for i in keys if cells.fields[i] == "submitted_at"]
    odd = pd.Series(False, index=cells.rows.index[empty])
    for i, texts in usual.items():
        given = cells.rows.loc[odd.index, i]
        first = ~filled[empty, :i].any(axis=1)
        odd |= _is_no_time(given, texts) if i in times else _is_odd(given, texts) & first
    return [int(row) for row in odd.index[odd]]


def _is_no_time(given: pd.Series, usual: pd.Series) -> pd.Series:
    """Return where a cell holds no time, in a column of times."""
    times = bool(len(usual)) and usual.map(_begins_with_a_day).mean() >= _MOST
    return pd.Series([times and isinstance(text, str) and not _begins_with_a_day(text) for text in given], given.index)


def _begins_with_a_day(text: str) -> bool:
    return _DAY.match(text.strip()) is not None and sum(map(str.isalpha, text)) <= _ZONES


def _is_odd(given: pd.Series, usual: pd.Series) -> pd.Series:
    """Return where a cell holds words, in a column of numbers, of times or of texts without a blank."""
    numbers = usual.map(is_number).mean() >= _MOST if len(usual) else False
    whole = usual.map(lambda text: " " not in text.strip()).mean() >= _MOST if len(usual) else False
    said = [isinstance(text, str) and _is_words(text, bool(numbers), bool(whole)) for text in given]
    return pd.Series(said, index=given.index, dtype=bool)


def _is_words(text: str, numbers: bool, whole: bool) -> bool:
    letters = any(map(str.isalpha, text)) and not is_number(text)
    return (numbers and letters) or (whole and letters and " " in text.strip())


def _block(
    cells: Cells, keys: Sequence[int], alone: Sequence[int], columns: Sequence[Column], coded: Sequence[Coded]
) -> list[int]:
    """Return the last rows, below a blank one, that lack what all rows above have of the tool."""
    index = cells.rows.index
    nameless = ~cells.filled[:, keys].any(axis=1) | index.isin(alone)
    start = len(index) - int(np.argmin(np.append(nameless[::-1], False)))
    apart = [at for at in range(max(1, start), len(index)) if index[at] - index[at - 1] > 1]
    if not apart or nameless[: apart[0]].any():
        return []
    rows = index[apart[0] :]
    return [int(row) for row, whole in zip(rows, _answers(cells, rows, columns, coded), strict=True) if not whole]


def _answers(cells: Cells, rows: pd.Index, columns: Sequence[Column], coded: Sequence[Coded]) -> list[bool]:
    """Return whether each row answers the closed questions, rightly and nearly as many as the others do."""
    asked = {item.item.partition("/")[0] for item in coded}
    closed = [c.index for c in columns if c.role != "field" and c.question in asked]
    given = cells.rows[closed].notna().sum(axis=1)
    usual = given.drop(index=rows).median()
    wrong = {row for item in coded for row, _ in item.wrong}
    return [n > 0 and n >= _AS_WIDE * usual and row not in wrong for row, n in given.loc[rows].items()]
