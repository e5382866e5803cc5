"""Participant lists of Zoom meetings and attendee reports of its webinars, in every generation of their headers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pandas as pd

from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.header_search import Grid
from pipeline.ingest.lists import filled, grids, table_at

NAME: Final = "zoom"
SIGNS: Final = ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)")
_NAMED: Final = frozenset({"name (original name)", "user name (original name)"})
_TIMED: Final = frozenset(
    {"join time", "total duration (minutes)", "duration (minutes)", "time in session (minutes)", "registration time"}
)
_SEARCH: Final = 60
_WAITING: Final = "in waiting room"
_TOPIC: Final = ("topic", "meeting topic", "webinar topic")
_HOST: Final = ("host email", "user email")
_TECHNICAL: Final = frozenset(
    {"guest", "is guest", "recording consent", _WAITING, "country/region name", "registration time"}
)


def recognises(content: Content) -> bool:
    """Return whether a row names the columns that only Zoom calls so."""
    return any(_headers(grid[:_SEARCH]) for grid in grids(content).values())


def _headers(grid: Grid) -> list[int]:
    return [
        i for i, row in enumerate(grid) if (words := {fold(cell) for cell in row if cell}) & _NAMED and words & _TIMED
    ]


def read(content: Content) -> list[Cells]:
    """Return one table per header: the meeting's own lines above it are told, its topic is the title.

    Rows of people who were let no further than the waiting room are set aside; the host is marked as such.
    """
    tables = []
    for sheet, grid in grids(content).items():
        headers = _headers(grid)
        for number, at in enumerate(headers):
            end = _end(grid, at, headers[number + 1 :]) if headers[1:] else None
            name = _section(grid, at) if headers[1:] else ""
            part = " / ".join(filter(None, (sheet, name or (f"part {number + 1}" if headers[1:] else "")))) or None
            tables.append(_meeting(table_at(grid, at, content.name, part, content.notes, end), grid[: headers[0]]))
    return tables


def _end(grid: Grid, at: int, later: Sequence[int]) -> int:
    """Return where a section of a webinar report ends: at a blank row, or where the next one has its title."""
    blank = next((i for i in range(at + 1, len(grid)) if not filled(grid[i])), len(grid))
    following = later[0] if later else len(grid)
    return min(blank, following - 1 if later and len(filled(grid[following - 1])) == 1 else following)


def _section(grid: Grid, at: int) -> str:
    """Return the title of a section of a webinar report, which stands alone above its header."""
    above = filled(grid[at - 1]) if at else []
    return above[0].rstrip(":") if len(above) == 1 else ""


def _meeting(cells: Cells, above: Grid) -> Cells:
    told = _told(above)
    topic = next((told[key] for key in _TOPIC if key in told), None)
    hosts = {fold(told[key]) for key in _HOST if key in told}
    words = [fold(text) for text in cells.header]
    cells = replace(
        cells,
        preamble=(topic,) if topic else (),
        technical=frozenset(i for i, word in enumerate(words) if word in _TECHNICAL),
        set_aside=_waiting(cells, words),
        dropped=(*cells.dropped, *([f"rows 1-{len(above)}: what the meeting was"] if above else [])),
    )
    return _with_host(cells, words, hosts)


def _told(above: Grid) -> dict[str, str]:
    """Return what the lines above the list say: a row of labels over a row of values."""
    told: dict[str, str] = {}
    for labels, values in pairwise(above):
        for label, value in zip(labels, values, strict=False):
            if label and value and value.strip():
                told.setdefault(fold(label), value.strip())
    return told


def _waiting(cells: Cells, words: Sequence[str]) -> dict[int, str]:
    if _WAITING not in words:
        return {}
    waiting = cells.rows[words.index(_WAITING)].str.strip().str.casefold().isin(["yes", "kyllä", "ja", "true"])
    return {int(row): "only in the waiting room" for row in cells.rows.index[waiting]}


def _with_host(cells: Cells, words: Sequence[str], hosts: set[str]) -> Cells:
    emails = [i for i, word in enumerate(words) if word in ("user email", "email")]
    if not hosts or not emails:
        return cells
    host = cells.rows[emails[0]].map(fold, na_action="ignore").isin(hosts)
    role = pd.Series(pd.NA, index=cells.rows.index, dtype=TEXT).mask(host, "Host")
    rows = pd.concat([cells.rows, role], axis=1).set_axis(range(len(cells.header) + 1), axis=1)
    return replace(cells, header=(*cells.header, "role"), rows=rows)
