"""Columns that are the options of one question, found by their headers and by holding nothing but ticks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Option
from pipeline.ingest.ticks import read_ticks

#: How tools write "question option" in a header.
_FORMS: Final = (
    re.compile(r"(?P<q>.+?)\s*\[(?P<o>[^\[\]]+)\]", re.DOTALL),
    re.compile(r"(?P<q>[^/]+)/(?P<o>.+)", re.DOTALL),
    re.compile(r"(?P<q>.+?):\s+(?P<o>.+)", re.DOTALL),
    re.compile(r"(?P<q>.+?) - (?P<o>.+)", re.DOTALL),
    re.compile(r"(?P<q>[A-Za-z]\w*?)_+(?P<o>\w+)"),
)


@dataclass(frozen=True)
class Group:
    """One question and its options: column -> text."""

    question: str
    options: dict[int, str]


def groups(cells: Cells) -> list[Group]:
    """Return the questions spread over several columns of ticks; a column is in one of them at most."""
    found: list[Group] = []
    taken = set(cells.technical) | set(cells.fields)
    for second in (True, False):
        for form in _FORMS:
            for question, options in _by_question(cells, form, second).items():
                free = {i: text for i, text in options.items() if i not in taken}
                distinct = len({fold(text) for text in free.values()}) == len(free)
                if len(free) > 1 and distinct and all(_ticks(cells, i, text) for i, text in free.items()):
                    found.append(Group(question, free))
                    taken |= set(free)
    return found


def _by_question(cells: Cells, form: re.Pattern[str], second: bool) -> dict[str, dict[int, str]]:
    parts: dict[str, dict[int, str]] = {}
    for index, text in _texts(cells, second):
        match = form.fullmatch(text.strip())
        if match is not None:
            parts.setdefault(match["q"].strip(), {})[index] = match["o"].strip()
    return parts


def _texts(cells: Cells, second: bool) -> Iterator[tuple[int, str]]:
    names = (cells.questions or ("",) * len(cells.header)) if second else cells.header
    yield from ((index, name) for index, name in enumerate(names) if name)


def _ticks(cells: Cells, column: int, text: str) -> bool:
    option = Option("o", None, {}, frozenset({fold(text)}))
    ticks = read_ticks(cells, [Column(column, "q", "option", "o")], [option], {fold(text): option})
    return not ticks.wrong and bool(ticks.answered.any())
