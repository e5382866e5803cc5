"""What every reader returns: text cells with their places, and nothing interpreted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from pipeline.core.errors import Place

#: The type of every cell: text, or missing where the file holds nothing (or only blanks).
TEXT = pd.StringDtype(na_value=float("nan"))
#: Why a row whose cells have moved is set aside.
TOO_LONG: Final = "more cells than the header has columns"
TOO_SHORT: Final = "fewer cells than the other rows have"

#: From this many rows on, a column of few different texts is kept as a dictionary and codes: a tenth of the memory.
_LARGE: Final = 10_000


def spread(texts: Sequence[str | None], codes: np.ndarray) -> pd.api.extensions.ExtensionArray:
    """Return the text of each code, missing for -1 and for a text that is None; long columns as pandas categories."""
    known = list(dict.fromkeys(text for text in texts if text is not None))
    place = {text: i for i, text in enumerate(known)}
    lookup = np.array([-1 if text is None else place[text] for text in texts] + [-1], dtype="int32")
    if len(codes) >= _LARGE and len(known) * 2 < len(codes):
        return pd.Categorical.from_codes(lookup[codes], categories=pd.Index(known, dtype=TEXT))
    return pd.array(known, dtype=TEXT).take(lookup[codes], allow_fill=True)


def mapped(texts: pd.Series, function: Callable[[str], str | None]) -> pd.Series:
    """Return what `function` makes of each text of a list, as text: many times faster than pandas on short columns.

    Examples
    --------
    >>> mapped(pd.Series(["a", None], dtype="str"), str.upper).tolist()
    ['A', nan]
    """
    made = [function(text) if isinstance(text, str) else None for text in texts.array]
    return pd.Series(made, index=texts.index, dtype=TEXT)


def holding(texts: pd.Series, function: Callable[[str], bool]) -> pd.Series:
    """Return where `function` says yes of a text of a list; a missing one never.

    Examples
    --------
    >>> holding(pd.Series(["a", None], dtype="str"), str.islower).tolist()
    [True, False]
    """
    said = [isinstance(text, str) and function(text) for text in texts.array]
    return pd.Series(said, index=texts.index, dtype=bool)


@dataclass(frozen=True)
class Cells:
    """One table of one file.

    Parameters
    ----------
    file : str
        Path below raw/, with forward slashes.
    sheet : str or None
        Sheet name where the format has sheets.
    header : tuple of str
        One name per column, "" where the file gives none.
    rows : DataFrame
        Text cells, columns numbered from 0; the index is the row in the file, counted from 1.
    preamble : tuple of str
        Texts above the header, in reading order.
    blank : int
        Empty rows between the header and the end.
    questions : tuple of str
        A second name of each column (variable label, question text), or empty.
    value_labels : mapping
        Column -> code -> label, where the file carries its own codebook.
    user_missing : mapping
        Column -> codes the file declares as missing.
    notes : tuple of str
        What the reader chose: encoding, separator, header row.
    remarks : tuple of str
        The choices a person should confirm, because another one was possible.
    overlong : tuple of int
        Rows with more filled cells than the header has columns: their cells may stand in the wrong columns.
    short : tuple of int
        Rows that end before the others do: a line break or a quotation mark within an answer may have cut them.
    fields : mapping
        Column -> what the tool itself says of a response: event, submitted_at, role, response_key, language or mode.
        The instrument's own claim goes before it.
    technical : frozenset of int
        Other columns of the tool (duration, last page, contact details): known, not wanted, no reason to worry.
    set_aside : mapping
        Row -> why the tool itself says that it is no answer ("preview", "not submitted").
    below : tuple of int
        Rows under the table that are remarks and not in `rows`; they count as read and set aside.
    not_asked : mapping
        Column -> rows where the tool says that the question was not put to the respondent.
    sets : mapping
        Multiple-response set -> ``label``, ``kind`` (dichotomies or categories), ``columns``, and ``counted``: the
        value that is a tick.
    dropped : tuple of str
        What of the file is not in `rows`, and why.
    spoken : mapping
        Row -> the texts in it that merged cells above say for it.
    said : tuple of str
        The header as it may be said, where it holds a listed person's name; else empty.
    """

    file: str
    sheet: str | None
    header: tuple[str, ...]
    rows: pd.DataFrame
    preamble: tuple[str, ...] = ()
    blank: int = 0
    questions: tuple[str, ...] = ()
    value_labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    user_missing: Mapping[int, frozenset[str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    overlong: tuple[int, ...] = ()
    short: tuple[int, ...] = ()
    fields: Mapping[int, str] = field(default_factory=dict)
    technical: frozenset[int] = frozenset()
    set_aside: Mapping[int, str] = field(default_factory=dict)
    below: tuple[int, ...] = ()
    not_asked: Mapping[int, frozenset[int]] = field(default_factory=dict)
    sets: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    spoken: Mapping[int, frozenset[str]] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    @cached_property
    def own_rows(self) -> pd.DataFrame:
        """The rows without what merged cells above say for them: a heading beside it is a heading still."""
        return self.rows.apply(self._own) if self.spoken else self.rows

    def _own(self, texts: pd.Series) -> pd.Series:
        return texts.mask([text in self.spoken.get(int(row), ()) for row, text in texts.items()])

    @cached_property
    def filled(self) -> np.ndarray:
        """Where a cell holds something of its own: rows x columns."""
        return self.own_rows.notna().to_numpy()

    @cached_property
    def lone(self) -> np.ndarray:
        """Which rows hold something in one cell only."""
        return self.filled.sum(axis=1) == 1

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """Return where a cell, a row, a column or the whole table is."""
        name = None if column is None else (self.said or self.header)[column] or f"column {column + 1}"
        return Place(self.file, self.sheet, row, name)
