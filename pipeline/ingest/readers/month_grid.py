"""A grid of ticks: names down, days across. Each day's column becomes a list of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from pipeline.ingest import came
from pipeline.ingest.attendance_words import TOTALS
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.grid_days import are_bare, day_columns, day_of
from pipeline.ingest.header_search import Grid
from pipeline.ingest.list_lines import HEADING, TOTAL, is_plain_name
from pipeline.ingest.lists import filled, grids, kinds, table_at

NAME: Final = "month_grid"
SIGNS: Final = ()
_NAMES: Final = frozenset({"name", "first_name", "last_name", "person"})
_SEARCH: Final = 20
#: A tick is short, or a word that says who came.
_MARK: Final = 3
#: Answers on a scale, how many different ones there are at least, and which part of them is given.
_POINT: Final = re.compile(r"10|[0-9]")
_POINTS, _ANSWERED = 3, 0.8


@dataclass(frozen=True)
class _Block:
    """The rows of one header of days, up to the next: `at` and `until` count from 0."""

    at: int
    until: int
    days: tuple[int, ...]


def recognises(content: Content) -> bool:
    """Return whether a sheet has a row of days, names below its first column, and short marks elsewhere."""
    return any(is_grid(grid) for grid in grids(content).values())


def is_grid(grid: Grid) -> bool:
    """Return whether a sheet holds names down and days across."""
    return bool(_blocks(grid))


def _blocks(grid: Grid) -> list[_Block]:
    """Return the parts of a sheet, each below a header of days; none where no ticks stand below them."""
    if not any(map(_days_of_header, grid[:_SEARCH])):  # a long table is not searched for further headers
        return []
    found = [(at, days) for at, row in enumerate(grid) if (days := _days_of_header(row))]
    ends = [*(at for at, _ in found[1:]), len(grid)]
    blocks = [_Block(at, until, tuple(days)) for (at, days), until in zip(found, ends, strict=True)]
    rows = ((row, block.days) for block in blocks for row in grid[block.at + 1 : block.until])
    people = ((row, days) for row, days in rows if not _is_about_days(row, days))
    marks = [_is_tick(mark, _name(row, days)) for row, days in people for mark in _marks(row, days)]
    ticked = marks and sum(marks) >= 0.9 * len(marks)
    return [] if not ticked or all(_is_asked(grid, block) for block in blocks) else blocks


def _is_asked(grid: Grid, block: _Block) -> bool:
    """Return whether mere numbers stand over answers on a scale, given to nearly all of them: questions, no days.

    Hours differ too, but nobody comes every day.
    """
    if not are_bare(grid[block.at], block.days):
        return False
    rows = [marks for row in grid[block.at + 1 : block.until] if (marks := _marks(row, block.days))]
    given = [mark for marks in rows for mark in marks]
    full = len(given) >= _ANSWERED * len(rows) * len(block.days)
    return full and len(set(given)) >= _POINTS and all(map(_POINT.fullmatch, given))


def _days_of_header(row: Sequence[str | None]) -> list[int]:
    """Return the columns of days of a header; names stand left of them: it says so, or the only column has no name."""
    said = bool(_NAMES & set(kinds(row)))
    days = day_columns(row, said)
    left = row[: min(days, default=0)]
    if not days or not (_NAMES & set(kinds(left)) or (len(left) == 1 and not (left[0] or "").strip())):
        return []
    return days


def _marks(row: Sequence[str | None], days: Collection[int]) -> list[str]:
    return [cell.strip() for i in days if i < len(row) and (cell := row[i]) and cell.strip()]


def _name(row: Sequence[str | None], days: Collection[int]) -> str:
    return " ".join(cell for cell in row[: min(days)] if cell and any(map(str.isalpha, cell)))


def _is_tick(mark: str, name: str) -> bool:
    """Return whether a mark is short, a word of who came, or made of the name of its row: a signature."""
    own = {*fold(name).split()} & {*fold(mark).split()}
    return len(mark) <= _MARK or came.meaning(mark) != "unknown" or bool(own)


def _is_about_days(row: Sequence[str | None], days: Collection[int]) -> bool:
    """Return whether a row says something of the days, "Aihe", "Ohjaaja", and is nobody's."""
    name, marks = _name(row, days), _marks(row, days)
    return bool(marks) and not is_plain_name(name) and not any(_is_tick(mark, name) for mark in marks)


def read(content: Content) -> list[Cells]:
    """Return one table per day: the rows that have a mark on it, the day in a column "event date".

    Raises
    ------
    ReadError
        When days stand without the month or the year, and neither the title nor the sheet says them.
    """
    stem = PurePosixPath(content.name).stem
    return [
        table
        for sheet, grid in grids(content).items()
        for table in tables_of(grid, content.name, sheet, [sheet or "", stem], content.notes)
    ]


def tables_of(
    grid: Grid, file: str, sheet: str | None, around: Sequence[str], notes: tuple[str, ...] = ()
) -> list[Cells]:
    """Return the tables of one sheet, of every header of days in it; `around` may tell the month and the year."""
    tables, above = [], 0
    for block in _blocks(grid):
        # the nearest title speaks first: a sheet may hold a month below another
        titles = [cell for row in reversed(grid[above : block.at]) if len(cells := filled(row)) < 3 for cell in cells]
        first = [cell for row in grid[: block.at] for cell in filled(row)] if not above else []
        tables += _days(grid, block, file, sheet, [*titles, *first, *around], notes)
        above = block.at + 1
    return tables


def _days(
    grid: Grid, block: _Block, file: str, sheet: str | None, around: Sequence[str], notes: tuple[str, ...]
) -> list[Cells]:
    header = grid[block.at]
    dates = {i: day_of((header[i] or "").strip(), around, file) for i in block.days}
    whole = table_at(grid, block.at, file, sheet, notes, block.until)
    kept = [i for i in whole.rows.columns if i < min(dates)]
    positions = _positions(header, whole)
    marks = {day: whole.rows[positions.index(i)] for i, day in dates.items() if i in positions}
    totals = _totals(pd.DataFrame(marks, dtype=TEXT))
    named = (*(whole.header[i] or "name" for i in kept), "event date", "present")
    tables = []
    for day, column in marks.items():
        ticked = column.index[column.notna()]
        rows = whole.rows.loc[ticked, kept].set_axis(range(len(kept)), axis=1)
        rows[len(kept)], rows[len(kept) + 1] = pd.array([day] * len(ticked), dtype=TEXT), column[ticked].astype(TEXT)
        day_sheet = " / ".join(filter(None, (sheet, day)))
        overlong = tuple(row for row in whole.overlong if row in ticked)
        about = {int(row): HEADING for row in ticked if _is_about_days(grid[int(row) - 1], block.days)}
        aside = {**about, **{int(row): TOTAL for row in totals.intersection(ticked)}}
        table = replace(whole, sheet=day_sheet, header=named, rows=rows, blank=0, overlong=overlong, set_aside=aside)
        tables += [] if ticked.empty else [table]
    unticked = [f"{day}: no ticks" for i, day in dates.items() if day not in marks or marks[day].isna().all()]
    return _told(tables, [*unticked, *_untouched(whole, tables)], _beyond(whole, positions, block))


def _told(tables: list[Cells], dropped: Sequence[str], remarks: Sequence[str]) -> list[Cells]:
    """Return the tables; the first one tells what is left out of all."""
    return [
        replace(table, dropped=tuple(dropped), remarks=(*table.remarks, *remarks)) if n == 0 else table
        for n, table in enumerate(tables)
    ]


def _untouched(whole: Cells, tables: Sequence[Cells]) -> list[str]:
    left = len(whole.rows) - len({row for table in tables for row in table.rows.index})
    return [f"{left} rows without any tick"] if left else []


def _beyond(whole: Cells, positions: Sequence[int], block: _Block) -> list[str]:
    """Say how many columns behind the days are no days; sums need no word."""
    after = [i for i in whole.rows.columns if positions[i] >= min(block.days) and positions[i] not in block.days]
    unknown = [i for i in after if fold(whole.header[i]) not in TOTALS and whole.rows[i].notna().any()]
    return [f"{len(unknown)} columns of the grid are no days and are not used"] if unknown else []


def _hours(marks: pd.Series) -> pd.Series:
    """Return marks as numbers, of hours or of people; missing where they are none."""
    plain = marks.str.replace(",", ".").str.replace(r"\s*(?:h|t|hlö|kpl)\.?$", "", regex=True)
    return pd.to_numeric(plain, errors="coerce")


def _totals(marks: pd.DataFrame) -> pd.Index:
    """Return the rows that count the marks above them, or give numbers of people where the others have ticks."""
    numbers, filled_ = marks.apply(_hours), marks.notna()
    numeric = (numbers.notna() | ~filled_).all(axis=1) & filled_.any(axis=1)
    several = numeric & numbers.gt(1).any(axis=1)
    # one number may be hours that happen to be the count
    counts = (numbers.eq(filled_.cumsum() - filled_) | ~filled_).all(axis=1) & (filled_.sum(axis=1) > 1)
    among_ticks = (filled_.any(axis=1) & ~numeric).sum() * 2 >= filled_.any(axis=1).sum()
    return marks.index[several & (counts | among_ticks)]


def _positions(header: Sequence[str | None], cells: Cells) -> list[int]:
    """Return the column of the sheet each column of the table was: empty ones are left out there."""
    result, at = [], -1
    for name in cells.header:
        at = next((i for i in range(at + 1, len(header)) if (header[i] or "").strip() == name), at + 1)
        result.append(at)
    return result
