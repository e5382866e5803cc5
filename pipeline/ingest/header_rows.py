"""Tables of form services: one to three rows of header, then a record per row; every column kept, none guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells, spread
from pipeline.ingest.content import Content
from pipeline.ingest.dates import either_way
from pipeline.ingest.grid import to_cells
from pipeline.ingest.header_search import Grid
from pipeline.ingest.summaries import sheets_beside

#: Note of how text was opened -> what a person should know.
_ENCODINGS: Final = {
    "encoding cp1252": "the text is not UTF-8 and was read as windows-1252",
    "encoding mac_roman": "the text is not UTF-8 and was read as Mac Roman",
}
#: A column that more records fill is one of the tool's, whether it has a name or not.
_MOST: Final = 0.5


@dataclass(frozen=True)
class Header:
    """What the first rows of a table say.

    Parameters
    ----------
    height : int
        How many rows they are.
    names : sequence of str
        One name per column, "" where there is none.
    questions : sequence of str
        A second name per column, or empty.
    own : mapping
        Column -> how the reader calls this column of the tool; of equal ones the first counts.
    dropped : tuple of str
        What of these rows is in neither kind of name.
    """

    height: int
    names: Sequence[str]
    questions: Sequence[str] = ()
    own: Mapping[int, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table, and where the columns of the tool stand in it: the reader's name of it -> column."""

    cells: Cells
    at: Mapping[str, int]

    def column(self, name: str) -> pd.Series | None:
        """Return a column of the tool; None where the table has none."""
        return self.cells.rows[self.at[name]] if name in self.at else None


def tops(content: Content, height: int = 3) -> dict[str | None, list[list[str]]]:
    """Return the first rows of every sheet, equally long, "" where a cell is empty; nothing where it cannot be opened.

    A reader asks this to recognise its tool: the fault of a damaged file is told by the reader that opens it.
    """
    try:
        return {sheet: top(grid, height) for sheet, grid in content.sheets.items() if grid}
    except ReadError:
        return {}


def top(grid: Grid, height: int = 3) -> list[list[str]]:
    """Return the first rows of a grid, equally long, "" where a cell is empty."""
    rows = [[(cell or "").strip() for cell in row] for row in grid[:height]]
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]


def read_sheets(content: Content, read: Callable[[Grid, str | None], Cells | None]) -> list[Cells]:
    """Return one table per sheet that holds anything; where `read` returns None the sheet is a plain table."""
    tables = []
    for sheet, grid in content.sheets.items():
        if any(map(any, grid)):
            cells = read(grid, sheet) or to_cells(grid, content.name, sheet, content.notes)
            tables.append(replace(cells, remarks=(*encoding(content), *cells.remarks)))
    return sheets_beside(tables)


def encoding(content: Content) -> tuple[str, ...]:
    """Return a remark where a text is in an encoding that it does not declare."""
    return tuple(remark for note, remark in _ENCODINGS.items() if note in content.notes)


def table(grid: Grid, header: Header, content: Content, sheet: str | None, fields: Mapping[str, str]) -> Table:
    """Return the records below the header, with their rows in the file.

    Columns with neither name nor content are left out. The tool's own columns in `fields` say something of a response,
    the others are technical.
    """
    body = grid[header.height :]
    rows = _frame(body, max(len(header.names), *map(len, body), 0), header.height + 1)
    filled = rows.notna().any(axis=1)
    last = filled[filled].index.max() if filled.any() else header.height
    names, questions = (_padded(texts, len(rows.columns)) for texts in (header.names, header.questions))
    kept = [i for i in rows.columns if names[i] or questions[i] or rows[i].notna().any()]
    at = {name: kept.index(i) for i, name in reversed(list(header.own.items())) if i in kept}
    rows = rows.loc[filled]
    beyond = _beyond(rows, [bool(name or text) for name, text in zip(names, questions, strict=True)])
    cells = Cells(
        file=content.name,
        sheet=sheet,
        header=tuple(names[i] for i in kept),
        rows=rows[kept].set_axis(range(len(kept)), axis=1),
        blank=int(last - header.height - filled.sum()),
        questions=tuple(questions[i] for i in kept) if any(questions) else (),
        notes=content.notes,
        overlong=tuple(int(row) for row in rows.index[beyond]),
        fields={at[name]: meaning for name, meaning in fields.items() if name in at},
        dropped=header.dropped,
    )
    technical = {kept.index(i) for i in header.own if i in kept} - set(cells.fields)
    return Table(replace(cells, technical=frozenset(technical), remarks=_ambiguous_dates(cells)), at)


def _beyond(rows: pd.DataFrame, named: Sequence[bool]) -> pd.Series:
    """Return the rows that reach beyond the last named column: their cells have moved.

    Where most rows do, the tool left those columns without a name; behind a blank column stands something else.
    """
    width = max((i + 1 for i, name in enumerate(named) if name), default=0)
    if width < len(rows.columns) and rows[width].isna().all():
        return pd.Series(False, index=rows.index)
    longer = rows[[i for i in rows.columns if i >= width]].notna().any(axis=1)
    return longer & (longer.mean() <= _MOST)


def _frame(body: Grid, width: int, first: int) -> pd.DataFrame:
    """Return the records column by column; a cell of blanks only is missing."""
    whole = [[*row, *[None] * (width - len(row))] for row in body]
    columns = [pd.factorize(pd.Series([row[i] for row in whole], dtype=object)) for i in range(width)]
    texts = [[text if text.strip() else None for text in known] for _, known in columns]
    index = pd.RangeIndex(first, first + len(body), name="row").astype("int64")
    return pd.DataFrame({i: spread(texts[i], codes) for i, (codes, _) in enumerate(columns)}, index=index)


def _padded(texts: Sequence[str], width: int) -> list[str]:
    return [*texts, *[""] * (width - len(texts))]


def _ambiguous_dates(cells: Cells) -> tuple[str, ...]:
    """Return a remark where the tool's dates can be read day first and month first alike."""
    return tuple(
        f"the dates in column '{cells.header[column]}' could be day first or month first: read day first"
        for column, meaning in cells.fields.items()
        if meaning == "submitted_at" and either_way(cells.rows[column].dropna().unique())
    )


def numbered(rows: pd.Series) -> str:
    """Return the rows where a condition holds, for a remark: the first ten and how many there are more."""
    named = [str(row) for row in rows.index[rows.fillna(False).astype(bool)]]
    more = f" and {len(named) - 10} more" if len(named) > 10 else ""
    return f"row{'s' if len(named) > 1 else ''} {', '.join(named[:10])}{more}" if named else ""
