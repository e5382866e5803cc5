"""Which event a table of feedback is of where no column and no setting says so: its sheet, title or file does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from pipeline.core.config import Source
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold

_DAY: Final = re.compile(
    r"(?:\b(?:ma|ti|ke|to|pe|la|su)\s+)?\b[0-9]{1,2}\.\s?[0-9]{1,2}\.(?:[0-9]{2,4})?|\b[12][0-9]{3}-[0-9]{2}-[0-9]{2}\b"
)
_CONTRADICTION: Final = "its sheet, title and file name different events: none is taken"
_FIX: Final = "look whether this is the right event; else write it in project.toml: [[sources]] with match and event"


def told(
    cells: Cells, columns: Sequence[Column], texts: pd.Series, events: Mapping[str, str | None], source: Source
) -> tuple[pd.Series, list[Finding]]:
    """Return the event named in each row, and a note where the table as a whole names it.

    Parameters
    ----------
    cells : Cells
        The table.
    columns : sequence of Column
        What its columns hold.
    texts : Series of str
        What the rows say of their event.
    events : mapping
        Folded spelling -> event_id; None where it fits several.
    source : Source
        What project.toml says of the file.
    """
    if source.event or any(c.role == "field" and c.question == "event" for c in columns) or texts.notna().any():
        return texts, []
    named = list(_named(cells, events))
    if not named:
        return texts, []
    if len({event for _, event in named}) > 1:
        return texts, [Finding("note", cells.place(), _CONTRADICTION, fix=_FIX)]
    where, event = named[0]
    note = Finding("note", cells.place(), f"event {event} was taken from {where}", fix=_FIX)
    return pd.Series(event, index=texts.index, dtype=TEXT), [note]


def bare(text: str) -> str:
    """Return a title folded, without the day in it.

    Examples
    --------
    >>> bare("Kerho 12.6.2018")
    'kerho'
    """
    return fold(_DAY.sub(" ", text))


def names_a_day(text: str) -> bool:
    """Return whether a day stands in a text."""
    return _DAY.search(text) is not None


def _named(cells: Cells, events: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Yield where an event is named and which, the nearest first; a text that fits several names none."""
    stem = PurePosixPath(cells.file).stem
    first = re.split(r"[\s_]+", stem)[0]
    for where, names in (
        ("the name of the sheet", [cells.sheet or ""]),
        ("the title above the table", [*cells.preamble, *(t.partition(":")[2] for t in cells.preamble)]),
        ("the name of the file", [stem, first]),
    ):
        found = {event for name in names for text in (name, _DAY.sub(" ", name)) if (event := events.get(fold(text)))}
        if len(found) == 1:
            yield where, found.pop()
