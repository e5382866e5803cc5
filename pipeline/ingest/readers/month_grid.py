"""A grid of ticks: names down, days across. Each day's column becomes a list of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content
from pipeline.ingest.dates import parse_times
from pipeline.ingest.folding import fold
from pipeline.ingest.header_search import Grid
from pipeline.ingest.lists import filled, grids, kinds, table_at

NAME: Final = "month_grid"
SIGNS: Final = ()
_WHOLE: Final = re.compile(
    r"(?:[a-zåäö]{1,10}\.?\s)?([0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}|[12][0-9]{3}-[0-9]{2}-[0-9]{2})", re.I
)
_SHORT: Final = re.compile(r"(?:[a-zåäö]{1,10}\.?\s)?([0-9]{1,2})\.([0-9]{1,2})\.?", re.I)
_BARE: Final = re.compile(r"(?:[a-zåäö]{1,10}\.?\s)?([0-9]{1,2})\.?", re.I)
_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_MONTHS: Final = (
    ("tammikuu", "januari", "january"),
    ("helmikuu", "februari", "february"),
    ("maaliskuu", "mars", "march"),
    ("huhtikuu", "april", "april"),
    ("toukokuu", "maj", "may"),
    ("kesäkuu", "juni", "june"),
    ("heinäkuu", "juli", "july"),
    ("elokuu", "augusti", "august"),
    ("syyskuu", "september", "september"),
    ("lokakuu", "oktober", "october"),
    ("marraskuu", "november", "november"),
    ("joulukuu", "december", "december"),
)
#: Days a grid has at least; bare numbers could be anything, so of them there must be more.
_FEWEST: Final = 3
_FEWEST_BARE: Final = 5
_SEARCH: Final = 15
#: A tick is short.
_MARK: Final = 3


def recognises(content: Content) -> bool:
    """Return whether a sheet has a row of days, names below its first column, and short marks elsewhere."""
    return any(_header(grid) is not None for grid in grids(content).values())


def _header(grid: Grid) -> int | None:
    for index, row in enumerate(grid[:_SEARCH]):
        days = _day_columns(row)
        if days and _names(row, min(days)) and _ticked(grid[index + 1 :], days):
            return index
    return None


def _day_columns(row: Sequence[str | None]) -> list[int]:
    """Return the columns of days: written in one way, and of the shorter ways enough to be no accident."""
    for pattern, fewest in ((_WHOLE, _FEWEST), (_SHORT, _FEWEST), (_BARE, _FEWEST_BARE)):
        found = [i for i, cell in enumerate(row) if cell and pattern.fullmatch(cell.strip())]
        if len(found) >= fewest and (pattern is not _BARE or _rising(row, found)):
            return found
    return []


def _rising(row: Sequence[str | None], columns: Sequence[int]) -> bool:
    numbers = [int(m[1]) for i in columns if (m := _BARE.fullmatch((row[i] or "").strip()))]
    return numbers == sorted(set(numbers)) and numbers[-1] <= 31


def _names(row: Sequence[str | None], before: int) -> bool:
    """Return whether names stand left of the days: a header says so, or the only column there has none."""
    left = row[:before]
    named = {"name", "first_name", "last_name"} & {kind for kind in kinds(left) if kind}
    return bool(named) or (len(left) == 1 and not (left[0] or "").strip())


def _ticked(body: Grid, days: Sequence[int]) -> bool:
    marks = [cell.strip() for row in body for i in days if i < len(row) and (cell := row[i]) and cell.strip()]
    return bool(marks) and sum(len(mark) <= _MARK for mark in marks) >= 0.9 * len(marks)


def read(content: Content) -> list[Cells]:
    """Return one table per day: the rows that have a mark on it, the day in a column "event date".

    Raises
    ------
    ReadError
        When days stand without the month or the year, and neither the title nor the sheet says them.
    """
    return [
        table
        for sheet, grid in grids(content).items()
        if (at := _header(grid)) is not None
        for table in _days(content, sheet, grid, at)
    ]


def _days(content: Content, sheet: str | None, grid: Grid, at: int) -> list[Cells]:
    header, columns = grid[at], _day_columns(grid[at])
    around = [*(cell for row in grid[:at] for cell in filled(row)), sheet or "", PurePosixPath(content.name).stem]
    dates = {i: _iso((header[i] or "").strip(), around, content.name) for i in columns}
    whole = table_at(grid, at, content.name, sheet, content.notes)
    kept = [i for i in whole.rows.columns if i < min(columns)]
    positions = _positions(header, whole)
    beyond = [
        whole.header[i] or f"column {i + 1}"
        for i in whole.rows.columns
        if i >= min(columns) and positions[i] not in dates
    ]
    named = tuple(whole.header[i] or "name" for i in kept)
    dropped = [f"columns that are no days: {len(beyond)}"] if beyond else []
    tables = []
    for column, day in dates.items():
        marks = whole.rows[positions.index(column)] if column in positions else pd.Series(dtype=TEXT)
        ticked = marks.index[marks.notna()]
        if ticked.empty:
            dropped.append(f"{day}: no ticks")
            continue
        rows = whole.rows.loc[ticked, kept].set_axis(range(len(kept)), axis=1)
        rows[len(kept)] = pd.array([day] * len(ticked), dtype=TEXT)
        rows[len(kept) + 1] = marks[ticked].astype(TEXT)
        tables.append(
            replace(
                whole,
                sheet=" / ".join(filter(None, (sheet, day))),
                header=(*named, "event date", "present"),
                rows=rows,
                blank=0,
                overlong=tuple(row for row in whole.overlong if row in ticked),
            )
        )
    untouched = len(whole.rows) - len({row for table in tables for row in table.rows.index})
    dropped += [f"{untouched} rows without any tick"] if untouched else []
    return [replace(table, dropped=tuple(dropped) if i == 0 else ()) for i, table in enumerate(tables)]


def _positions(header: Sequence[str | None], cells: Cells) -> list[int]:
    """Return the column of the sheet each column of the table was: empty ones are left out there."""
    result, at = [], -1
    for name in cells.header:
        at = next((i for i in range(at + 1, len(header)) if (header[i] or "").strip() == name), at + 1)
        result.append(at)
    return result


def _iso(text: str, around: Sequence[str], file: str) -> str:
    if found := _WHOLE.fullmatch(text):
        moment = parse_times(pd.Series([found[1]], dtype=TEXT))["moment"].iloc[0]
        if not pd.isna(moment):
            return f"{moment:%Y-%m-%d}"
    year = next((m[1] for t in around if (m := _YEAR.search(t))), None)
    if short := _SHORT.fullmatch(text):
        day, month = int(short[1]), int(short[2])
    else:
        bare = _BARE.fullmatch(text)
        day, month = int(bare[1]) if bare else 0, _month(around)
    if year is None or not month:
        raise ReadError(
            f"the days of the grid have no {'year' if month else 'month'}",
            place=file,
            allowed="a title or sheet name such as 'Maaliskuu 2018', or whole dates in the header",
            fix="write the month and the year above the table",
        )
    try:
        return f"{pd.Timestamp(int(year), month, day):%Y-%m-%d}"
    except ValueError:
        raise ReadError("a column of the grid is no day of its month", place=file, fix="correct the header") from None


def _month(around: Sequence[str]) -> int:
    words = [word.strip(".,:;") for text in around for word in re.split(r"[\s_]+", fold(text))]
    named = [n for word in words for n, names in enumerate(_MONTHS, start=1) if word in names or word == names[0][:-3]]
    numbered = [
        int(m[1]) for text in around if (m := re.search(r"(?<!\d)(1[0-2]|0?[1-9])[/.-](?:19|20)\d\d(?!\d)", text))
    ]
    found = named or numbered
    return found[0] if len(set(found)) == 1 else 0
