"""REDCap's CSV exports, raw or labelled: the record's own table, and one more for every repeating instrument.

A row of a repeating instrument is no further person: its table is read and shown, its rows are set aside.
Sources: the projects of OuhscBbmc/REDCapR (raw); the labelled form after the tool's help, no specimen seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.headed import first_rows, headed, select
from pipeline.ingest.header_search import Grid

NAME: Final = "redcap"
SIGNS: Final = ("record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")

#: The tool's own columns, raw and labelled.
_OWN: Final = {
    fold(name): raw
    for raw, name in (
        *((raw, raw) for raw in (*SIGNS[1:], "redcap_data_access_group", "redcap_survey_identifier")),
        ("redcap_event_name", "Event Name"),
        ("redcap_repeat_instrument", "Repeat Instrument"),
        ("redcap_repeat_instance", "Repeat Instance"),
        ("redcap_data_access_group", "Data Access Group"),
        ("redcap_survey_identifier", "Survey Identifier"),
    )
}
_REPEATED: Final = "row of a repeating instrument, no response of its own"
_AGAIN: Final = "repeat of a record, no response of its own"
#: State of a form, raw and labelled.
_STATES: Final = frozenset({"0", "1", "2", "incomplete", "unverified", "complete"})
_STATE: Final = re.compile(r"\w+_complete|Complete\?(?:\.\d+)?")
_TIMESTAMP: Final = re.compile(r"\w+_timestamp|Survey Timestamp(?:\.\d+)?")
_BEGUN: Final = "[not completed]"
_OPTION: Final = re.compile(r"(.+?)\s*\(choice=(.+)\)", re.DOTALL)
#: Rows looked at to tell whether a column holds the states of a form.
_SAMPLE: Final = 1000


def recognises(content: Content) -> bool:
    """Return whether a header has the tool's own columns, or a first column of ids with a form's state beside it."""
    return any(_is_header(header, content.sheets[sheet]) for sheet, header in first_rows(content).items())


def _is_header(header: list[str], grid: Grid) -> bool:
    if not header:
        return False
    own = {_OWN.get(fold(name)) for name in header} - {None}
    raw = sum(name.startswith("redcap_") for name in header if fold(name) in _OWN)
    if raw or len(own) >= 2:
        return True
    states = [i for i, name in enumerate(header) if _STATE.fullmatch(name) and _holds_states(grid, i)]
    named = header[0] == "record_id" or any("___" in name or _OPTION.fullmatch(name) for name in header)
    return bool(states) and 0 not in states and named


def _holds_states(grid: Grid, column: int) -> bool:
    texts = {fold(row[column] or "") for row in grid[1 : _SAMPLE + 1] if column < len(row)} - {""}
    return bool(texts) and texts <= _STATES


def read(content: Content) -> list[Cells]:
    """Return the table of the records, then one table per repeating instrument named after it."""
    filled = {sheet: grid for sheet, grid in content.sheets.items() if any(map(any, grid))}
    return [
        table
        for sheet, grid in filled.items()
        for table in _tables(headed(grid, content.name, sheet, content.notes), grid)
    ]


def _tables(cells: Cells, grid: Grid) -> list[Cells]:
    own = _own_columns(cells)
    at = own.get("redcap_repeat_instrument")
    instrument = cells.rows[at] if at is not None else pd.Series(pd.NA, index=cells.rows.index)
    repeated = instrument.notna()
    names = list(dict.fromkeys(instrument[repeated]))
    if not names:
        return [_explained(cells, own)]
    kept = [i for i in cells.rows.columns if cells.rows.loc[~repeated, i].notna().any() or _is_empty(cells, i)]
    kept = sorted({0, *own.values(), *kept})
    main = replace(select(cells, kept, cells.rows.index[~repeated]), dropped=_moved(cells, kept, names))
    return [_explained(main, _own_columns(main)), *(_repeating(cells, own, instrument == name, name) for name in names)]


def _is_empty(cells: Cells, column: int) -> bool:
    return bool(cells.rows[column].isna().all())


def _moved(cells: Cells, kept: list[int], names: list[str]) -> tuple[str, ...]:
    n = len(cells.header) - len(kept)
    return (f"{n} columns filled only on rows of repeating instruments: see {', '.join(map(str, names))}",) if n else ()


def _repeating(cells: Cells, own: Mapping[str, int], rows: pd.Series, name: str) -> Cells:
    keys = {0, *own.values()}
    filled = [i for i in cells.rows.columns if i in keys or cells.rows.loc[rows, i].notna().any()]
    table = replace(select(cells, filled, cells.rows.index[rows]), sheet=str(name), blank=0)
    explained = _explained(table, _own_columns(table))
    return replace(explained, set_aside=dict.fromkeys(map(int, table.rows.index), _REPEATED))


def _own_columns(cells: Cells) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, name in enumerate(cells.header):
        if fold(name) in _OWN:
            found.setdefault(_OWN[fold(name)], index)
    return found


def _explained(cells: Cells, own: Mapping[str, int]) -> Cells:
    """Add what the tool says of its columns and rows."""
    states = {i for i, name in enumerate(cells.header) if _STATE.fullmatch(name) and _is_state(cells.rows[i])}
    stamps = [i for i, name in enumerate(cells.header) if _TIMESTAMP.fullmatch(name)]
    fields = {0: "response_key"} if cells.rows[0].is_unique and cells.rows[0].notna().all() else {}
    fields |= {stamps[0]: "submitted_at"} if stamps else {}
    technical = ({*own.values(), *states, *stamps} | ({0} if 0 not in fields else set())) - set(fields)
    options = [_OPTION.fullmatch(name) for name in cells.header]
    return replace(
        cells,
        fields=fields,
        technical=frozenset(technical),
        set_aside=_again(cells, own) | _begun(cells, stamps),
        questions=tuple(f"{o[1]} [{o[2]}]" if o else "" for o in options) if any(options) else (),
        notes=(*cells.notes, *_rounds(own)),
    )


def _is_state(column: pd.Series) -> bool:
    return {fold(text) for text in column.dropna().unique()} <= _STATES


def _again(cells: Cells, own: Mapping[str, int]) -> dict[int, str]:
    """Return the later rows of an event that repeats as a whole."""
    at = own.get("redcap_repeat_instance")
    later = cells.rows[at].notna() & (cells.rows[at] != "1") if at is not None else pd.Series(dtype=bool)
    return dict.fromkeys(map(int, later.index[later]), _AGAIN)


def _begun(cells: Cells, stamps: Sequence[int]) -> dict[int, str]:
    """Return the rows in which a survey was begun and none was sent."""
    times = cells.rows[list(stamps)]
    begun = (times == _BEGUN).fillna(False).astype(bool)
    rows = cells.rows.index[begun.any(axis=1) & ~(times.notna() & ~begun).any(axis=1)]
    return dict.fromkeys(map(int, rows), "not submitted")


def _rounds(own: Mapping[str, int]) -> list[str]:
    text = "redcap_event_name is read as a round of questions, not as an event of the project"
    return [text] if "redcap_event_name" in own else []
