"""E-mail addresses, phone and account numbers in the cells of feedback: where they stand, never what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from pipeline.core.errors import Place
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.findings import Finding
from pipeline.ingest.instrument import Instrument
from pipeline.ingest.personal_patterns import EMAIL, IBAN, IDENTITY_CODE, PHONE, kinds, mask_text

#: What a person calls each kind, with its article.
_NAMES: Final = {
    IDENTITY_CODE: "something like an identity code",
    EMAIL: "an e-mail address",
    IBAN: "a bank account number",
    PHONE: "a phone number",
}
MASKED: Final = "stands in this open answer; masked"
UNUSED: Final = "stands in this column; it is not passed on"
COUNTED: Final = "stands in place of a number; counted as invalid"
_FIX: Final = "nothing, if it may stay in the file as received; else delete it there"


def without_contacts(cells: Cells, columns: Sequence[Column], instrument: Instrument) -> Cells:
    """Return the table with cells of number questions masked where they hold a contact: it would pass as a number."""
    rows = cells.rows
    for column in columns:
        if column.role == "single" and instrument.questions[column.question].type in ("integer", "decimal"):
            at, different = pd.factorize(rows[column.index])
            masked = [mask_text(str(text)) for text in different]
            changed = np.flatnonzero([a != b for a, b in zip(masked, different, strict=True)])
            if len(changed):
                texts = pd.Series([*masked, None], dtype=TEXT).iloc[at].set_axis(rows.index)
                rows = rows.copy() if rows is cells.rows else rows
                rows[column.index] = texts
    return cells if rows is cells.rows else replace(cells, rows=rows)


def findings(cells: Cells, columns: Sequence[Column], instrument: Instrument) -> list[Finding]:
    """Return one finding per place of the table as received that holds personal data other than a right identity code.

    A column the tool fills in itself (an address asked for, a name) is named once, and for e-mail addresses only: its
    running numbers look like phones.
    """
    role = {column.index: column for column in columns}
    found: list[Finding] = []
    for index in range(len(cells.header)):
        column = role.get(index)
        technical = _is_the_tools_own(cells, index, column)
        for kind, rows in _places(cells.rows[index], (EMAIL, IBAN) if technical else tuple(_NAMES)):
            what = f"{_NAMES[kind]} {_fate(column, instrument)}"
            places: Iterable[Place] = (cells.place(row, index) for row in rows)
            places = [cells.place(column=index)] if technical else places
            found += [Finding("note", place, what, fix=_FIX) for place in places]
    return found


def _is_the_tools_own(cells: Cells, index: int, column: Column | None) -> bool:
    if column is None:
        return index in cells.technical
    return column.role == "field" and column.question != "event"


def _fate(column: Column | None, instrument: Instrument) -> str:
    if column is None or column.role == "field":
        return UNUSED
    kind = instrument.questions[column.question].type
    if column.role == "single" and kind == "text":
        return MASKED
    return COUNTED if kind in ("integer", "decimal") else UNUSED


def _places(texts: pd.Series, wanted: tuple[str, ...]) -> list[tuple[str, list[int]]]:
    at, different = pd.factorize(texts)
    held = [kinds(str(text)) for text in different]
    if not any(held):
        return []
    found = []
    for kind in wanted:
        guilty = np.flatnonzero([kind in own for own in held])
        rows = texts.index[np.isin(at, guilty)] if len(guilty) else []
        if len(rows):
            found.append((kind, [int(row) for row in rows]))
    return found
