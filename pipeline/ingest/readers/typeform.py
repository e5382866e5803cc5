"""Typeform: the CSV or xlsx of responses.

It begins with "#", the token of a response, and ends with times in UTC and an id of the respondent's network. A
question with one answer is a column; one with several is a column per option, headed by the option's text alone, with
that text in the cell where it was ticked. Headers may keep the marks of bold and italic print.

Times are UTC as the file says, and are not moved to the local zone. Before an answer that a spreadsheet would run as a
formula the tool puts an apostrophe, which is taken off again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pandas as pd

from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.header_rows import Header, Table, read_sheets, table, top, tops
from pipeline.ingest.header_search import Grid

NAME: Final = "typeform"
SIGNS: Final = ("#", "Start Date (UTC)", "Submit Date (UTC)", "Network ID")

_OWN: Final = frozenset(
    {"#", "response type", "start date (utc)", "stage date (utc)", "submit date (utc)", "network id", "tags", "ending"}
)
_FIELDS: Final = {"#": "response_key", "submit date (utc)": "submitted_at"}
#: A token, or an older one in hexadecimal; a file somebody has numbered anew has neither.
_TOKEN: Final = re.compile(r"[0-9A-Za-z_-]{12,}")
_UNFINISHED: Final = frozenset({"partial", "started"})
_MARKUP: Final = re.compile(r"</?[a-z]+>|\*+|(?<!\w)_+|_+(?!\w)", re.IGNORECASE)
_MASKED: Final = re.compile(r"'[=+@\-]")


def recognises(content: Content) -> bool:
    """Return whether some header has the tool's two times in UTC, beside its "#" or the network's id."""
    return any(_is_header(rows[0]) for rows in tops(content, 1).values())


def _is_header(names: list[str]) -> bool:
    own = set(_own(names).values())
    return {"start date (utc)", "submit date (utc)"} <= own and bool(own & {"#", "network id"})


def _own(names: list[str]) -> dict[int, str]:
    """Return the tool's columns: "#" at the beginning, the others at the end, where a question may not be mistaken."""
    folded = [fold(name) for name in names]
    first = min((i for i, name in enumerate(folded) if name.endswith("date (utc)")), default=len(names)) - 1
    return {i: name for i, name in enumerate(folded) if name in _OWN and (i == 0 or (name != "#" and i >= first))}


def read(content: Content) -> list[Cells]:
    """Return one table per sheet; sheets that are not responses are read as plain tables."""
    return read_sheets(content, lambda grid, sheet: _responses(grid, content, sheet))


def _responses(grid: Grid, content: Content, sheet: str | None) -> Cells | None:
    names = top(grid, 1)[0]
    if not _is_header(names):
        return None
    plain = [" ".join(_MARKUP.sub("", name).split()) for name in names]
    second = [text if text != name else "" for text, name in zip(plain, names, strict=True)]
    found = table(grid, Header(1, names, second, _own(names)), content, sheet, _FIELDS)
    cells = _unmasked(found.cells)
    kept = {i: name for i, name in cells.fields.items() if name != "response_key" or _are_tokens(cells.rows[i])}
    return replace(
        cells,
        fields=kept,
        technical=cells.technical | (set(cells.fields) - set(kept)),
        set_aside=_not_submitted(found),
    )


def _are_tokens(column: pd.Series) -> bool:
    return all(map(_TOKEN.fullmatch, column.dropna().unique()))


def _unmasked(cells: Cells) -> Cells:
    """Return the table without the apostrophes that stand before what could be a formula."""
    rows = cells.rows.copy(deep=False)
    for column in rows.columns:
        masked = rows[column].astype(TEXT).str.match(_MASKED).fillna(False).astype(bool)
        if masked.any():
            texts = rows[column].astype(TEXT)
            rows[column] = texts.mask(masked, texts.str[1:])
    return replace(cells, rows=rows)


def _not_submitted(found: Table) -> dict[int, str]:
    kind, date = found.column("response type"), found.column("submit date (utc)")
    if kind is not None and kind.notna().any():
        open_ = kind.map(fold, na_action="ignore").isin(_UNFINISHED)
    else:
        open_ = pd.Series(False, index=found.cells.rows.index) if date is None else date.isna()
    return dict.fromkeys(map(int, open_.index[open_]), "not submitted")
