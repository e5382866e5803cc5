"""SPSS .sav and .zsav through pyreadstat: codes as text, the file's own labels and user-missing codes beside them."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.containers.workbook import to_text
from pipeline.ingest.content import Content

NAME: Final = "spss"
#: Headers by which an unknown table is found to be near this format: a .sav is known by its first bytes.
SIGNS: Final = ()
_MAGIC: Final = (b"$FL2", b"$FL3")


def recognises(content: Content) -> bool:
    """Return whether the content is an SPSS system file."""
    return content.head.startswith(_MAGIC)


def read(content: Content) -> list[Cells]:
    """Return the file's one table; `value_labels` and `user_missing` carry its codebook."""
    import pyreadstat  # noqa: PLC0415

    try:
        frame, meta = pyreadstat.read_sav(str(content.path), user_missing=True)
    except Exception as fault:  # its parser raises many kinds; one bad file must not stop the others
        raise ReadError(
            f"the SPSS file is damaged ({type(fault).__name__})",
            place=content.name,
            fix="save it again in SPSS or PSPP",
        ) from None
    rows = pd.DataFrame({i: pd.array([_text(v) for v in frame.iloc[:, i]], dtype=TEXT) for i in range(frame.shape[1])})
    rows.index = pd.RangeIndex(1, len(frame) + 1, name="row")
    kept = rows[rows.notna().any(axis=1)]
    return [_cells(content.name, kept, len(rows) - len(kept), meta)]


def _cells(name: str, rows: pd.DataFrame, blank: int, meta: Any) -> Cells:
    names = list(meta.column_names)
    labels = {
        i: {_text(code) or "": label for code, label in meta.variable_value_labels[v].items()}
        for i, v in enumerate(names)
        if v in meta.variable_value_labels
    }
    missing = {i: _missing(meta.missing_ranges[v], rows[i]) for i, v in enumerate(names) if v in meta.missing_ranges}
    return Cells(
        file=name,
        sheet=None,
        header=tuple(names),
        rows=rows,
        blank=blank,
        questions=tuple(label or "" for label in meta.column_labels),
        value_labels=labels,
        user_missing=missing,
        notes=(f"encoding {meta.file_encoding}",),
    )


def _missing(ranges: list[dict[str, Any]], column: pd.Series) -> frozenset[str]:
    """Return the codes that occur in `column` and fall in a declared missing range."""

    def inside(code: str) -> bool:
        return any(_within(code, bounds["lo"], bounds["hi"]) for bounds in ranges)

    return frozenset(code for code in column.dropna().unique() if inside(code))


def _within(code: str, low: object, high: object) -> bool:
    """Return whether a code falls in a range of numbers, or is the single text or date declared."""
    if isinstance(low, (int, float)) and isinstance(high, (int, float)):
        try:
            return low <= float(code) <= high
        except ValueError:
            return False
    return code in (_text(low), _text(high))


def _text(value: object) -> str | None:
    text = None if pd.isna(value) else to_text(value)
    return text if text is not None and text.strip() else None
