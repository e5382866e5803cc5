"""Multiple-response sets of SPSS: the question they are, written so that it is found in the instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.containers.workbook import to_text
from pipeline.ingest.missing import declared_missing

TICKED: Final = "1"
NOT_TICKED: Final = "0"
#: Between the answers of a set of categories, joined in one cell: the safest mark the pipeline splits at.
_JOIN: Final = ";"


def with_sets(cells: Cells, sets: Mapping[str, Mapping[str, Any]]) -> Cells:
    """Return the table with its multiple-response sets explained.

    A set of dichotomies keeps its columns; each gets "set label [variable label]" as second name, and the value the set
    counts is a tick. A set of categories gets one further column, headed by the set's name, in which the codes of a
    row are joined; the columns it was made of stay and count as known.

    Parameters
    ----------
    cells : Cells
        The table.
    sets : mapping
        Set name -> ``label``, ``is_dichotomy``, ``counted_value``, ``variable_list``.
    """
    at = {name.casefold(): index for index, name in enumerate(cells.header)}
    for name, described in sets.items():
        columns = [at[v.casefold()] for v in described["variable_list"] if v.casefold() in at]
        if columns:
            make = _dichotomies if described["is_dichotomy"] else _categories
            cells = make(cells, name, described, columns)
            cells = replace(cells, sets={**cells.sets, name: _shown(cells, described, columns)})
    return cells


def _shown(cells: Cells, described: Mapping[str, Any], columns: list[int]) -> dict[str, object]:
    """Return a set for other programs, its columns by their headers."""
    shown = {"label": described["label"] or "", "columns": [cells.header[i] for i in columns]}
    if not described["is_dichotomy"]:
        return {**shown, "kind": "categories"}
    return {**shown, "kind": "dichotomies", "counted": to_text(_number(described["counted_value"])) or ""}


def _said(cells: Cells, name: str, columns: list[int], more: str) -> tuple[str, ...]:
    members = ", ".join(cells.header[i] for i in columns)
    return (*cells.notes, f"multiple-response set {name} ({more}): {members}")


def _dichotomies(cells: Cells, name: str, described: Mapping[str, Any], columns: list[int]) -> Cells:
    counted = to_text(_number(described["counted_value"])) or ""
    questions = list(cells.questions)
    for index in columns:
        own, whole = questions[index] or cells.header[index], described["label"] or name
        questions[index] = own if own.casefold().startswith(whole.casefold()) else f"{whole} [{own}]"
    labels = {**cells.value_labels, **{index: _as_ticks(cells, index, counted) for index in columns}}
    return replace(
        cells,
        questions=tuple(questions),
        value_labels={index: found for index, found in labels.items() if found},
        notes=_said(cells, name, columns, f"dichotomies, {counted} is a tick"),
    )


def _number(value: Any) -> object:
    """Return the counted value as it stands in a cell: it is text in the set, whatever the variable is."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def _as_ticks(cells: Cells, index: int, counted: str) -> dict[str, str]:
    """Return labels by which the counted value is a tick, and the only other one, where it is no kind of missing, not.

    With several other values the file does not say which of them means "no"; they keep their labels.
    """
    labels, missing = cells.value_labels.get(index, {}), cells.user_missing.get(index, frozenset())
    present = {*cells.rows[index].dropna(), *labels} - {counted} - missing
    meant = declared_missing(replace(cells, user_missing={index: frozenset(present)}), index)
    no = [code for code in present if code not in labels or meant[code] == "no_answer"]
    kept = {code: label for code, label in labels.items() if code != counted}
    ticks = {counted: TICKED} | ({no[0]: NOT_TICKED} if len(no) == 1 else {})
    return kept | {code: tick for code, tick in ticks.items() if code != tick or code in labels}


def _categories(cells: Cells, name: str, described: Mapping[str, Any], columns: list[int]) -> Cells:
    new = len(cells.header)
    labels = {code: text for i in columns for code, text in cells.value_labels.get(i, {}).items()}
    missing = frozenset[str]().union(*(cells.user_missing.get(i, frozenset()) for i in columns))
    chosen = [
        [labels.get(cell, cell) for cell in dict.fromkeys(row) if not pd.isna(cell) and cell not in missing]
        for row in cells.rows[columns].itertuples(index=False, name=None)
    ]
    joined = pd.array([_JOIN.join(row) or None for row in chosen], dtype=TEXT)
    return replace(
        cells,
        header=(*cells.header, name),
        rows=cells.rows.assign(**{"_": joined}).rename(columns={"_": new}),
        questions=(*cells.questions, described["label"] or name),
        technical=cells.technical | set(columns),
        notes=_said(cells, name, columns, f"categories, joined by '{_JOIN}' in the last column"),
    )
