"""REDCap's data dictionary -> the sheets of an XLSForm.

Fields marked as identifiers, and e-mails and phone numbers, are not made questions: they are nothing to count.
Source: the dictionaries of OuhscBbmc/REDCapR; column names also as the API writes them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from pipeline.core.errors import InstrumentError, Place
from pipeline.ingest.folding import fold
from pipeline.ingest.header_search import Grid
from pipeline.ingest.instrument_model import Row, Sheets
from pipeline.ingest.instrument_sheets import rows

#: Columns by their heading in the file and in the API.
_COLUMNS: Final = {
    fold(heading): key
    for key, headings in {
        "name": ("Variable / Field Name", "field_name"),
        "type": ("Field Type", "field_type"),
        "label": ("Field Label", "field_label"),
        "choices": ("Choices, Calculations, OR Slider Labels", "select_choices_or_calculations"),
        "valid": (
            "Text Validation Type OR Show Slider Number", "text_validation_type_or_show_slider_number",
            "text_validation_type",
        ),
        "identifier": ("Identifier?", "identifier"),
        "annotation": ("Field Annotation", "field_annotation"),
    }.items()
    for heading in headings
}  # fmt: skip
_SELECTS: Final = {"radio": "select_one", "dropdown": "select_one", "checkbox": "select_multiple"}
_TWO: Final = {
    "yesno": [("1", "Yes"), ("0", "No")],
    "truefalse": [("1", "True"), ("0", "False")],
}
_TEXTS: Final = {"text": "text", "notes": "text", "slider": "integer", "calc": "decimal", "sql": "text"}
_NO_ANSWER: Final = frozenset({"descriptive", "file", "signature"})
_CONTACT: Final = frozenset({"email", "phone", "phone_australia", "ssn", "mrn_10d", "mrn_generic"})
_TAG: Final = re.compile(r"<[^<>]+>")


def recognises(grid: Grid) -> bool:
    """Return whether a sheet's first row names the columns of a data dictionary."""
    named = {_COLUMNS.get(fold(cell or "")) for cell in grid[0]} if grid else set()
    return {"name", "type", "label", "choices"} <= named


def to_sheets(grid: Grid, file: str) -> Sheets:
    """Return the questions and choices; the first field is the record's own id and no question.

    Raises
    ------
    InstrumentError
        Naming the row of a field without name or with choices that cannot be read.
    """
    survey: list[tuple[int, Row]] = []
    choices: list[tuple[int, Row]] = []
    for number, row in list(_fields(grid))[1:]:
        at = Place(file, None, number)
        if "name" not in row:
            raise InstrumentError("the field has no name", place=at, fix="fill in 'Variable / Field Name'")
        kind = row.get("type", "text").lower()
        if kind in _NO_ANSWER or row.get("identifier", "").lower() == "y" or _valid(row) in _CONTACT:
            continue
        options = _TWO.get(kind) or (_options(row, at) if kind in _SELECTS else [])
        described = {"name": row["name"], "type": _type(row, kind, at), "label": _plain(row.get("label", ""))}
        survey.append((number, {key: text for key, text in described.items() if text}))
        choices += [(number, _choice(row["name"], code, label, options)) for code, label in options]
    return {"survey": survey, "choices": choices}


def _fields(grid: Grid) -> Iterator[tuple[int, Row]]:
    for number, row in rows(enumerate(grid, start=1)):
        known = {_COLUMNS[fold(heading)]: text for heading, text in row.items() if fold(heading) in _COLUMNS}
        if known:
            yield number, known


def _valid(row: Row) -> str:
    return row.get("valid", "").lower()


def _type(row: Row, kind: str, place: Place) -> str:
    """Return the XLSForm type: of a text by its validation, of a calculation by its action tag."""
    if kind in _SELECTS or kind in _TWO:
        return f"{_SELECTS.get(kind, 'select_one')} {row['name']}"
    if kind not in _TEXTS:
        raise InstrumentError(
            f"field type '{kind}' is not known", place=place, allowed=", ".join([*_SELECTS, *_TWO, *_TEXTS])
        )
    annotation = row.get("annotation", "").upper()
    if kind == "calc" or "@CALC" in annotation:
        return "date" if "@CALCDATE" in annotation else "text" if "@CALCTEXT" in annotation else _TEXTS[kind]
    valid = _valid(row) if kind == "text" else ""
    if valid == "integer":
        return "integer"
    # "number_comma_decimal" and "number_1dp" too: a comma and a point are read alike
    return "decimal" if valid.startswith("number") else "date" if valid.startswith("date") else _TEXTS[kind]


def _options(row: Row, place: Place) -> list[tuple[str, str]]:
    """Return code and label of "1, Yes | 0, No"; a label may hold commas."""
    pairs = [part.partition(",") for part in row.get("choices", "").split("|") if part.strip()]
    if not pairs or any(not code.strip() or not mark for code, mark, _ in pairs):
        raise InstrumentError(
            f"the choices of '{row['name']}' cannot be read", place=place, allowed="1, label | 2, label | ..."
        )
    return [(code.strip(), _plain(label)) for code, _, label in pairs]


def _choice(name: str, code: str, label: str, options: list[tuple[str, str]]) -> Row:
    """Return a row of choices; its aliases: how a checkbox column is named, how programs write yes and no.

    REDCap writes ``field___code``, with underscores for what a name cannot hold: ``field____1`` is code -1.
    """
    aliases = ["__" + re.sub(r"[^a-z0-9]", "_", code.lower())]
    if {c for c, _ in options} == {"0", "1"}:
        aliases.append("true" if code == "1" else "false")
    return {"list_name": name, "name": code, "label": label or code, "aliases": "|".join(aliases)}


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
