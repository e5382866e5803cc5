"""Which column of an attendance list holds what: what no word is known for is said, another shape is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest import came
from pipeline.ingest.attendance_headers import HEADERS, kind_of
from pipeline.ingest.cells import Cells
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold

UNUSED: Final = "this column of the list is not used"
_FIX: Final = "nothing, unless it tells who somebody is or whether he came: then give it a usual header"
TICKS: Final = "marks below a header that is not known: whether they say who came was not asked"
_TICKS_FIX: Final = "name the column 'läsnä', or its day such as '3.3.2018', if it says who came; else delete it"
#: Headers that speak of coming or of a time.
_HINT: Final = re.compile(
    r"läsn|paika|osallis|tul[io]|saap|kävi|kerta|kerra|vko|viikko|pv|päiv|klo|[0-9]|^(?:ma|ti|ke|to|pe|la|su)\b|"
    r"närvar|attend|present|kyllä|yes",
    re.IGNORECASE,
)
_REGISTER: Final = frozenset({"action_id", "organisation_id", "event_id"})


def match(cells: Cells, events: Mapping[str, str | None]) -> tuple[dict[str, int], list[Finding]]:
    """Return what each known column holds, and a finding for each column that is not used.

    Parameters
    ----------
    cells : Cells
        The list.
    events : mapping
        Folded spelling -> event_id, of the register.

    Raises
    ------
    ReadError
        When the table has no column of names, two of them side by side, a column per event, or is a register.
    """
    _refuse_other_shapes(cells, events)
    at: dict[str, int] = {}
    findings = []
    # an empty column of a tool claims nothing that a filled one holds
    order = sorted(range(len(cells.header)), key=lambda index: bool(cells.rows[index].isna().all()))
    for index in order:
        key = kind_of(cells.header[index])
        if key is not None and key in at:
            findings += [_second(cells, key, at[key], index)] if cells.rows[index].notna().any() else []
        elif key is not None:
            at[key] = index
        elif index not in cells.technical and cells.rows[index].notna().any() and not _is_a_number(cells, index):
            findings.append(_unused(cells, index, events))
    _name_by_another_word(at)
    findings += [_unused(cells, at.pop("person"), events)] if "person" in at else []
    if not {"name", "last_name", "email", "contact"} & set(at):
        raise ReadError(
            "this list has no column of names",
            place=cells.place(),
            allowed=", ".join((*HEADERS["name"][:4], *HEADERS["last_name"])),
            fix="give the column of names one of these headers, in a row of its own; delete a sheet that is no list",
        )
    return at, findings


def _name_by_another_word(at: dict[str, int]) -> None:
    """Take a column of children or visitors, else one of first names, as the names where the list has no other."""
    for key in ("person", "first_name"):
        if not {"name", "last_name"} & set(at) and key in at:
            at["name"] = at.pop(key)


def _unused(cells: Cells, index: int, events: Mapping[str, str | None]) -> Finding:
    """Return the finding for a column that is not used: ticks below a time or an event may say who came."""
    place, marks = cells.place(column=index), cells.rows[index].dropna()
    header = fold(cells.header[index])
    if (not header or _HINT.search(header) or header in events) and (marks.map(came.meaning) != "unknown").all():
        return Finding("column_unmapped", place, TICKS, fix=_TICKS_FIX)
    return Finding("note", place, UNUSED, fix=_FIX)


def _second(cells: Cells, key: str, first: int, second: int) -> Finding:
    """Return the finding for a further column of a kind; two columns of names under one header are two lists."""
    if key == "name" and fold(cells.header[first]) == fold(cells.header[second]) and cells.rows[second].notna().any():
        raise ReadError(
            f"columns {first + 1} and {second + 1} both hold names: two lists side by side",
            place=cells.place(),
            allowed="one column of names",
            fix="put the second list below the first, or on a sheet of its own",
        )
    what = f"column {first + 1} holds the {key.replace('_', ' ')} already; this one is not used"
    return Finding("column_unmapped", cells.place(column=second), what, fix="delete or rename one")


def _is_a_number(cells: Cells, index: int) -> bool:
    """Return whether a column only counts the rows."""
    return bool(cells.rows[index].dropna().str.fullmatch(r"\d{1,4}[.)]?").all()) and index == 0


def _refuse_other_shapes(cells: Cells, events: Mapping[str, str | None]) -> None:
    folded = [fold(text) for text in cells.header]
    if _REGISTER & {*folded} and "name" in folded:
        raise ReadError(
            "this is a register of the project, not a list of people",
            place=cells.place(),
            fix="move it to registers/, or delete the copy",
        )
    named = [text for text in folded if events.get(text)]
    if len(named) > 1:
        raise ReadError(
            f"{len(named)} columns are headed by events: a list per event is needed",
            place=cells.place(),
            allowed="one list per event, or a column 'tapahtuma' with a row per visit",
            fix="make a sheet per event of those who have a mark in its column",
        )


def number_of_people(cells: Cells, at: Mapping[str, int]) -> list[Finding]:
    """Say where a row stands for several people: the others have no names here and are not counted."""
    if "number" not in at:
        return []
    counts = pd.to_numeric(cells.rows[at["number"]].str.replace(",", "."), errors="coerce")
    several = counts[counts > 1]
    if several.empty:
        return []
    what = (
        f"{len(several)} rows stand for more than one person: {int(several.sum() - len(several))} people without names"
    )
    return [Finding("note", cells.place(column=at["number"]), what, fix=_OTHERS)]


_OTHERS: Final = "they are not counted; a list with a row per person counts them"
