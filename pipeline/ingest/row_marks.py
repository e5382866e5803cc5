"""A mark per row as received: a decision names the row by it, and finds it again when the file has changed.

The number of a row is not enough: deleting a line above it would let a decision meet somebody else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells

_MARK: Final = re.compile(r"row#[a-z2-7]{8}")
#: 40 bits: of a million rows, two different ones share a mark with a chance of one in two; a person decides on a few.
_BYTES: Final = 5
At = tuple[str, str, int]


class Marks:
    """Marks of the rows of some tables.

    Parameters
    ----------
    tables : iterable of Cells
        As received, before any correction.
    key : bytes or None
        Of the project; without one no row has a mark, because a plain hash of a row could be guessed.
    """

    def __init__(self, tables: Iterable[Cells], key: bytes | None) -> None:
        self._tables, self._key = {(cells.file, cells.sheet or ""): cells for cells in tables}, key
        self._known: dict[str, dict[str, list[At]]] = {}

    @property
    def usable(self) -> bool:
        """Whether there is a key to make marks with."""
        return self._key is not None

    def of(self, file: str, sheet: str, row: int) -> str:
        """Return the mark of a row; "" where there is no such row, or no key."""
        cells = self._tables.get((file, sheet))
        if self._key is None or cells is None or row not in cells.rows.index:
            return ""
        return _mark(self._key, cells.rows.loc[row])

    def of_rows(self, people: pd.DataFrame) -> pd.Series:
        """Return the mark of each row of `people`, which has source_file, source_sheet and source_row."""
        places = zip(people["source_file"], people["source_sheet"].fillna(""), people["source_row"], strict=True)
        return pd.Series([self.of(str(f), str(s), int(r)) for f, s, r in places], index=people.index, dtype="str")

    def find(self, mark: str, file: str, sheet: str = "") -> list[At]:
        """Return where the rows with a mark stand in a file, or in one sheet of it."""
        return [at for at in self._of_file(file).get(mark, []) if sheet in {"", at[1]}]

    def _of_file(self, name: str) -> dict[str, list[At]]:
        if name not in self._known:
            found: dict[str, list[At]] = {}
            for (file, sheet), cells in self._tables.items():
                for row in cells.rows.index if file == name else ():
                    found.setdefault(self.of(file, sheet, int(row)), []).append((file, sheet, int(row)))
            self._known[name] = found
        return self._known[name]


def is_mark(text: str) -> bool:
    """Return whether a text is a mark.

    Examples
    --------
    >>> is_mark("row#k7q2xd4p"), is_mark("#opiskelu")
    (True, False)
    """
    return _MARK.fullmatch(text) is not None


def _mark(key: bytes, row: pd.Series) -> str:
    said = "\x1f".join(str(cell).strip() for cell in row.dropna())
    digest = hmac.new(key, b"row\x1f" + said.encode(), hashlib.sha256).digest()[:_BYTES]
    return f"row#{base64.b32encode(digest).decode().lower()}"
