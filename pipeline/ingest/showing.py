"""How the pipeline sees one file: for a person at the terminal, and as JSON for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.ingest import readers
from pipeline.ingest.cells import Cells


def show(path: Path) -> dict[str, Any]:
    """Return what a file is recognised as and every cell of it as text.

    Parameters
    ----------
    path : Path
        The file; no project is needed.

    Returns
    -------
    dict
        ``reader`` (name), ``notes`` (encoding, separator ...), and ``tables``: each with ``name`` (its sheet),
        ``header``, ``rows`` (lists of text, None for an empty cell), ``first_row`` (where the first of them stands in
        the file, from 1), ``places`` (the row of each), and where there is any ``questions``, ``value_labels``,
        ``user_missing``, ``fields``, ``technical``, ``short``, ``below``, ``sets``, ``set_aside``, ``preamble``,
        ``blank`` and ``dropped``.

    Raises
    ------
    ReadError
        When no reader knows the file, or it is damaged.
    """
    reader, tables = readers.read(path, path.name)
    notes = list(dict.fromkeys(note for cells in tables for note in (*cells.notes, *cells.remarks)))
    return {"reader": reader.NAME, "notes": notes, "tables": [_table(cells) for cells in tables]}


def _table(cells: Cells) -> dict[str, Any]:
    rows = [
        [None if pd.isna(value) else value for value in row] for row in cells.rows.itertuples(index=False, name=None)
    ]
    places = [int(row) for row in cells.rows.index]
    found = {
        "name": cells.sheet,
        "header": list(cells.header),
        "rows": rows,
        "first_row": places[0] if places else None,
        "places": places,
    }
    more = {
        "questions": list(cells.questions),
        "value_labels": {cells.header[i]: dict(labels) for i, labels in cells.value_labels.items()},
        "user_missing": {cells.header[i]: sorted(codes) for i, codes in cells.user_missing.items() if codes},
        "fields": {cells.header[i]: field for i, field in cells.fields.items()},
        "technical": [cells.header[i] for i in sorted(cells.technical)],
        "not_asked": {cells.header[i]: sorted(rows) for i, rows in cells.not_asked.items()},
        "short": list(cells.short),
        "below": list(cells.below),
        "sets": {name: dict(described) for name, described in cells.sets.items()},
        "set_aside": {str(row): reason for row, reason in cells.set_aside.items()},
        "preamble": list(cells.preamble),
        "blank": cells.blank,
        "dropped": list(cells.dropped),
    }
    return found | {name: value for name, value in more.items() if value}
