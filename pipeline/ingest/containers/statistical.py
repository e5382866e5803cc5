"""Files of statistics packages: variables with their own codebook, turned into text cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from pipeline.core.errors import Place, ReadError
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.containers.workbook import to_text


def plain(value: object) -> str | None:
    """Return a value without a format of its own as text: whole numbers without a decimal point."""
    return to_text(value)


@dataclass(frozen=True)
class Variable:
    """One variable of a data file.

    Parameters
    ----------
    name, label : str
        As the file gives them.
    values : sequence
        Numbers and texts as stored; None or NaN where there is nothing.
    as_text : callable
        Value -> text by the variable's format; raises OverflowError or ValueError for what no calendar holds.
    value_labels : mapping
        Value -> label.
    missing : sequence of (low, high)
        Ranges of values the file declares as missing; low and high are equal for a single one.
    """

    name: str
    label: str
    values: Sequence[object]
    as_text: Callable[[Any], str | None] = plain
    value_labels: Mapping[Any, str] = field(default_factory=dict)
    missing: Sequence[tuple[Any, Any]] = ()


def to_cells(
    name: str, variables: Sequence[Variable], notes: tuple[str, ...] = (), remarks: tuple[str, ...] = ()
) -> Cells:
    """Return the table of a file: rows numbered from 1 as its program shows them, rows without any value left out."""
    length = max((len(variable.values) for variable in variables), default=0)
    index = pd.RangeIndex(1, length + 1, name="row")
    columns = {i: pd.array(_texts(v, Place(name, column=v.name)), dtype=TEXT) for i, v in enumerate(variables)}
    rows = pd.DataFrame(columns, index=index)
    kept = rows[rows.notna().any(axis=1)]
    labelled = {i: {_code(v, c): text for c, text in v.value_labels.items()} for i, v in enumerate(variables)}
    return Cells(
        file=name,
        sheet=None,
        header=tuple(variable.name for variable in variables),
        rows=kept,
        blank=length - len(kept),
        questions=tuple(variable.label for variable in variables),
        value_labels={i: labels for i, labels in labelled.items() if labels},
        user_missing={i: _missing(v) for i, v in enumerate(variables) if v.missing},
        notes=notes,
        remarks=remarks if length else (*remarks, "the file holds variables but no rows"),
    )


def _texts(variable: Variable, place: Place) -> list[str | None]:
    known = {value: _text(variable, value, place) for value in dict.fromkeys(variable.values)}
    return [known[value] for value in variable.values]


def _text(variable: Variable, value: Any, place: Place) -> str | None:
    if pd.isna(value):
        return None
    try:
        text = plain(value) if isinstance(value, str) else variable.as_text(value)
    except (OverflowError, ValueError):
        at = Place(place.file, row=list(variable.values).index(value) + 1, column=place.column)
        raise ReadError("a moment beyond the calendar", place=at, fix="correct the value and save again") from None
    return text if text is not None and text.strip() else None


def _code(variable: Variable, value: Any) -> str:
    """Return a labelled or declared value as it would stand in a cell."""
    try:
        return (plain(value) if isinstance(value, str) else variable.as_text(value)) or ""
    except (OverflowError, ValueError):
        return str(value)


def _missing(variable: Variable) -> frozenset[str]:
    """Return the codes that are declared one by one, occur or have a label, and are declared missing."""
    single = [low for low, high in variable.missing if low == high]
    met = [v for v in {*variable.values, *variable.value_labels} if not pd.isna(v) and _declared(variable, v)]
    return frozenset(filter(None, (_code(variable, value) for value in (*single, *met))))


def _declared(variable: Variable, value: Any) -> bool:
    return any(type(low) is type(value) and low <= value <= high for low, high in variable.missing)
