"""Where below raw/ something known of a person stands: what somebody must delete or rename by hand, told by place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from pipeline.core.errors import Place
from pipeline.ingest.cells import Cells
from pipeline.ingest.purging import Listed
from pipeline.ingest.traces import Traces

#: The project's own words, beside its tables.
_TEXTS: Final = ("project.toml", "report/*.toml", "report/*.docx")
#: Answers that may be printed.
QUOTED: Final = "report/quotations.csv"


def to_mend(raw: Path, found: Listed, wanted: Traces, rows: Collection[str]) -> list[str]:
    """Return every place that holds one of `wanted` and is not in one of `rows`, which go as a whole."""
    cells = [at for table in found.tables for at in _cells(table, wanted) if str(replace(at, column=None)) not in rows]
    named = [f"{at}: rename it, its name tells who it is" for text, at in found.called if wanted.count(text)]
    above = [text for table in found.tables for text in _headers(table, wanted)]
    return [*named, *above, *map(str, cells), *_lines(raw, wanted)]


def _cells(cells: Cells, wanted: Traces) -> Iterator[Place]:
    for column in cells.rows.columns:
        texts = cells.rows[column].dropna()
        guilty = {text for text in texts.unique() if wanted.count(str(text))}
        yield from (cells.place(int(row), column) for row in texts.index[texts.isin(guilty)])


def _headers(cells: Cells, wanted: Traces) -> Iterator[str]:
    if any(wanted.count(text) for text in cells.preamble):
        yield f"{cells.place()}: a line above the header"
    for column, text in enumerate(cells.header):
        questions = cells.questions[column : column + 1]
        if any(wanted.count(part) for part in (text, *questions)):
            yield f"{cells.place(column=column)}: the header itself"


def _lines(raw: Path, wanted: Traces) -> Iterator[str]:
    for path in sorted(path for pattern in _TEXTS for path in raw.glob(pattern)):
        name = path.relative_to(raw).as_posix()
        if path.suffix != ".toml":
            yield from [name] if wanted.in_file(path) else []
            continue
        lines = path.read_text("utf-8", "replace").splitlines()
        yield from (str(Place(name, None, n)) for n, line in enumerate(lines, start=1) if wanted.count(line))


def is_quoted(places: Collection[str]) -> bool:
    """Return whether one of the places is an answer released for quoting: documents may hold it."""
    return any(place.startswith(QUOTED) for place in places)
