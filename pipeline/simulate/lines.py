"""Lines of a feedback file before they are written, with a memory of what was planted where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from pipeline.simulate import plan
from pipeline.simulate.choices import OPTIONS, Option
from pipeline.simulate.formats import Cell, Rows
from pipeline.simulate.questions import question

#: What a line is. Only a response is to be accepted.
KINDS: Final = ("response", "duplicate", "test", "blank")
_EVENT_NAME: Final = {event.event_id: event.name for event in plan.EVENTS}
_BY_CODE: Final = {(option.list_name, option.name): option for option in OPTIONS}


@dataclass(frozen=True)
class Line:
    """One line: its cells by header, the response it carries, and the faults planted in it, as (header, kind)."""

    cells: dict[str, Cell]
    response: int | None = None
    kind: str = "response"
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Delivery:
    """One feedback file: lines in order, the row of the first one (from 1), and what its header is."""

    file: str
    headers: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    first_row: int = 2

    def rows(self, title: Rows = ()) -> list[Sequence[Cell]]:
        """Return title block, header and lines as rows of cells."""
        return [*title, self.headers, *([line.cells.get(header) for header in self.headers] for line in self.lines)]

    def placed(self) -> list[tuple[int, Line]]:
        """Return the lines with their rows in the file."""
        return list(enumerate(self.lines, self.first_row))


def option_of(name: str, code: str) -> Option:
    """Return option `code` of question `name`."""
    return _BY_CODE[question(name).type.split()[-1], code]


def event_name(event_id: str) -> str:
    """Return the name in the register."""
    return _EVENT_NAME[event_id]


def first_alias(name: str) -> str:
    """Return the short header of a question."""
    return question(name).aliases.split("|", maxsplit=1)[0]


def spoken(name: str, cell: Any, say: Callable[[Option], str], join: str) -> Cell:
    """Return a filled-in cell as it stands in a file: options through `say`, several joined, the rest as it is."""
    if isinstance(cell, tuple):
        return join.join(say(option_of(name, code)) for code in cell)
    if question(name).type.startswith("select_one") and cell is not None:
        return say(option_of(name, cell))
    return cell


def choose(lines: Sequence[Line], n: int, rng: np.random.Generator, fits: Callable[[Line], bool]) -> list[int]:
    """Return the positions of `n` untouched lines that fit, or of all where there are fewer, in order."""
    pool = [i for i, line in enumerate(lines) if line.kind == "response" and not line.faults and fits(line)]
    return sorted(int(i) for i in rng.permutation(np.array(pool, dtype=np.int64))[:n])


def soil(lines: list[Line], where: Iterable[int], header: str, change: Callable[[Cell], Cell], kind: str) -> None:
    """Change the cell under `header` in the lines at `where` and remember it as `kind`."""
    for i in where:
        line = lines[i]
        cells = {**line.cells, header: change(line.cells.get(header))}
        lines[i] = replace(line, cells=cells, faults=(*line.faults, (header, kind)))


def has(header: str) -> Callable[[Line], bool]:
    """Return a test for lines with something under `header`."""
    return lambda line: line.cells.get(header) not in (None, "")
