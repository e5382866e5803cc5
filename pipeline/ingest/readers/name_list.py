"""Names one under another, without a header or with a title only; two lists side by side are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import pandas as pd

from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.attendance_words import CANCELLED
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.header_search import Grid
from pipeline.ingest.list_lines import PARTICLES, is_heading
from pipeline.ingest.lists import filled, grids, header_row

NAME: Final = "name_list"
SIGNS: Final = ()
#: A first and a last name, in either order: two to five words of letters, each with a capital but "von" and its kind.
_NAME: Final = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:[-'’][^\W\d_]+)*\.?")
#: A number before a name: "12. ".
_NUMBERED: Final = re.compile(r"\d{1,4}[.)]\s*")
_FEWEST: Final = 3
_NAMES: Final = frozenset({"name", "first_name", "last_name"})
#: Beside another cell these are headers too; alone they may be a title.
_BESIDE: Final = _NAMES | {"person", "organisation"}
_TITLES: Final = 3
#: Between the cells of a line that are more than a first and a last name.
_APART: Final = " | "
#: What stands over names and is none.
_OVER: Final = frozenset(
    {"nimi", "nimet", "koko nimi", "name", "names", "namn", "osallistujat", "vapaaehtoiset", "jäsenet", "lapset",
     "tulijat", "nuoret", "asiakkaat", "oppilaat", "kävijät", "edustajat", "deltagare", "participants", "members",
     "frivilliga"}
)  # fmt: skip
#: Words that say whether somebody came: a line with one is no plain name, and these lists have no column for it.
_CAME: Final = CANCELLED | {"poissa", "sairas", "sairaana", "läsnä", "paikalla", "mukana", "estynyt", "absent", "sjuk"}
#: Words of a title such as "Team A".
_GROUPS: Final = frozenset(
    {"team", "ryhmä", "luokka", "kerho", "joukkue", "pöytä", "huone", "grupp", "klass", "bord", "group", "class"}
)


def recognises(content: Content) -> bool:
    """Return whether a sheet holds one name per line and hardly anything else."""
    return any(_first_name(grid) is not None for grid in grids(content).values())


def _lines(grid: Grid) -> list[tuple[int, str]]:
    """Return each line that holds anything; a cell of one word and another are a last and a first name."""
    lines = [(number, _joined(cells)) for number, row in enumerate(grid, start=1) if (cells := filled(row))]
    return [(number, _NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else text) for number, text in lines]


def _joined(cells: Sequence[str]) -> str:
    number = len(cells) > 1 and _NUMBERED.fullmatch(f"{cells[0].rstrip('.)')}.") is not None
    plain = cells[number:]
    return (", " if len(plain[0].split()) == 1 else _APART).join(plain)


def _first_name(grid: Grid) -> int | None:
    """Return the row of the first name, or None where this is no list of names."""
    if any(len(filled(row)) > 2 for row in grid) or header_row(grid) is not None:
        return None
    lines = _lines(grid)
    tops = (filled(row) for row in grid[: _TITLES + 1])
    if any(kind_of(cell) in (_BESIDE if len(cells) > 1 else _NAMES) for cells in tops for cell in cells):
        return None  # the first line is a header
    start = next((i for i, (_, text) in enumerate(lines[: _TITLES + 1]) if _is_name(text)), None)
    if start is None or len(lines) - start < _FEWEST:
        return None
    return lines[start][0] if all(_is_name(text) for _, text in lines[start:]) else None


def _is_name(text: str) -> bool:
    words = text.replace(",", " ").split()
    if any(fold(cell) in _OVER for cell in text.split(_APART)) or is_heading(text):
        return False
    if any(fold(word) in _CAME | _GROUPS for word in words):
        return False
    capitals = all(word[0].isupper() or word in PARTICLES for word in words)
    return 2 <= len(words) <= 5 and capitals and all(map(_NAME.fullmatch, words)) and text.count(",") <= 1


def read(content: Content) -> list[Cells]:
    """Return one table per sheet of names, its column called "name"; other sheets are told as left out."""
    tables, other = [], []
    for sheet, grid in grids(content).items():
        first = _first_name(grid)
        if first is None:
            other.append(f"sheet '{sheet}': it holds no names one under another")
            continue
        lines = [(number, text) for number, text in _lines(grid) if number >= first]
        index = pd.Index([number for number, _ in lines], dtype="int64", name="row")
        tables.append(
            Cells(
                file=content.name,
                sheet=sheet,
                header=("name",),
                rows=pd.DataFrame({0: pd.array([text for _, text in lines], dtype=TEXT)}, index=index),
                preamble=tuple(text for number, text in _lines(grid) if number < first),
                blank=lines[-1][0] - first + 1 - len(lines),
                notes=(*content.notes, "no header: every line is a name"),
                dropped=tuple(other),
            )
        )
    return tables
