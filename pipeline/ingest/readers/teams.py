"""Attendance reports of Microsoft Teams: the log of 2020, the report of 2021, and the one in three sections since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.core.errors import Place, ReadError
from pipeline.ingest import teams_words
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content
from pipeline.ingest.header_search import Grid
from pipeline.ingest.lists import filled, grids

NAME: Final = "teams"
SIGNS: Final = ("Full Name", "Join Time", "Leave Time", "Duration", "Email", "Role")
_OUT: Final = ("name", "email", "role", "joined", "left", "minutes")
_TIME_ONLY: Final = re.compile(r"\s*[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2})?(?:\s*[ap]\.?m\.?)?\s*", re.IGNORECASE)
_SEARCH: Final = 40


@dataclass(frozen=True)
class _Section:
    """A table of the report: row of its header (from 0), what its columns hold, and where it ends."""

    at: int
    columns: Mapping[str, int]
    until: int

    def has(self, *kinds: str) -> bool:
        return all(kind in self.columns for kind in kinds)


def recognises(content: Content) -> bool:
    """Return whether a header names a person and either actions with times, or when they joined and left."""
    return any(any(_columns(row) for row in grid[:_SEARCH]) for grid in grids(content).values())


def _columns(row: Sequence[str | None]) -> dict[str, int] | None:
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        if (kind := teams_words.column(cell)) is not None:
            found.setdefault(kind, index)
    pairs = (("action", "timestamp"), ("joined", "left"), ("first", "last"))
    return found if "name" in found and any({*pair} <= {*found} for pair in pairs) else None


def read(content: Content) -> list[Cells]:
    """Return one table per sheet: a row per line of the report, with canonical headers and times as written.

    A session without an end lasts until the end of the meeting where the report tells it. Where a third section lists
    the sessions, the first join and the last leave of the second are not used: they would count the breaks.

    Raises
    ------
    ReadError
        When a log has an action that is neither joining nor leaving.
    """
    return [_table(content, sheet, grid) for sheet, grid in grids(content).items() if [*_sections(grid)]]


def _sections(grid: Grid) -> Iterator[_Section]:
    for at, row in enumerate(grid):
        if (columns := _columns(row)) is not None:
            until = next((i for i in range(at + 1, len(grid)) if len(filled(grid[i])) < 2), len(grid))
            yield _Section(at, columns, until)


def _table(content: Content, sheet: str | None, grid: Grid) -> Cells:
    sections = [*_sections(grid)]
    told = _summary(grid[: sections[0].at])
    listed = any(section.has("joined", "left") or section.has("action") for section in sections)
    rows: dict[int, tuple[str | None, ...]] = {}
    closed = 0
    for section in sections:
        for number in range(section.at + 1, section.until):
            row = _row(content.name, section, number, [*grid[number]], listed)
            if row[3] and not row[4] and "action" not in section.columns and told.get("end"):
                row, closed = (*row[:4], told["end"], row[5]), closed + 1
            rows[number + 1] = row
    columns = {i: pd.array([row[i] for row in rows.values()], dtype=TEXT) for i in range(len(_OUT))}
    used = {*range(len(grid))} - {i for s in sections for i in range(s.at, s.until)}
    return Cells(
        file=content.name,
        sheet=sheet,
        header=_OUT,
        rows=pd.DataFrame(columns, index=pd.Index(list(rows), dtype="int64", name="row")),
        preamble=(told["title"],) if told.get("title") else (),
        blank=sum(not filled(grid[i]) for i in used if i > sections[0].at),
        notes=(*content.notes, *(f"header in row {section.at + 1}" for section in sections)),
        remarks=(*_count_remarks(told, sections, rows), *_closed_remarks(closed)),
        dropped=_dropped(grid, sections, listed),
    )


def _summary(grid: Grid) -> dict[str, str]:
    told: dict[str, str] = {}
    for row in grid:
        texts = filled(row)
        if len(texts) >= 2 and (kind := teams_words.summary(texts[0])) is not None:
            told.setdefault(kind, texts[1])
    return told


def _row(file: str, section: _Section, number: int, row: list[str | None], listed: bool) -> tuple[str | None, ...]:
    def cell(kind: str) -> str | None:
        at = section.columns.get(kind)
        text = row[at] if at is not None and at < len(row) else None
        return text.strip() if text and text.strip() else None

    email = cell("email") or (upn if (upn := cell("upn")) and "@" in upn else None)
    joined, left = cell("joined"), cell("left")
    if section.has("action"):
        what = teams_words.action(cell("action"))
        if what is None:
            place = Place(file, row=number + 1)
            raise ReadError("an action that is neither joining nor leaving", place=place, fix="correct the cell")
        joined, left = (cell("timestamp"), None) if what == "joined" else (None, cell("timestamp"))
    elif section.has("first", "last") and not listed and not section.has("minutes"):
        joined, left = cell("first"), cell("last")
    if joined and left and _TIME_ONLY.fullmatch(left):
        left = f"{joined.split()[0].rstrip(',')} {left}"
    return cell("name"), email, cell("role"), joined, left, cell("minutes")


def _count_remarks(
    told: Mapping[str, str], sections: list[_Section], rows: Mapping[int, tuple[str | None, ...]]
) -> tuple[str, ...]:
    printed = told.get("count", "")
    first = [rows[n + 1] for n in range(sections[0].at + 1, sections[0].until)]
    if not printed.isdecimal() or int(printed) in (len(first), len({row[:2] for row in first})):
        return ()
    return (f"the report says {printed} participants and lists {len({row[:2] for row in first})}",)


def _closed_remarks(closed: int) -> tuple[str, ...]:
    return (f"{closed} sessions without an end were taken to last until the end of the meeting",) if closed else ()


def _dropped(grid: Grid, sections: list[_Section], listed: bool) -> tuple[str, ...]:
    told = [f"rows 1-{sections[0].at}: the summary"] if sections[0].at else []
    inside = {i for s in sections for i in range(s.at, s.until)} | {*range(sections[0].at)}
    told += [f"row {i + 1}: the title of a section" for i, row in enumerate(grid) if i not in inside and filled(row)]
    if any(section.has("first", "last") for section in sections) and (
        listed or all(section.has("minutes") for section in sections)
    ):
        told.append("first join and last leave: they count the breaks; sessions or the printed duration are used")
    return tuple(told)
