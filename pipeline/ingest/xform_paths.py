"""Paths in the headers of XForms tools: which columns are the options of one question, and its name without groups.

A header is ``group/question/option``, and a label may contain the slash too. What tells them apart is the content:
columns of options hold yes and no only, and several of them share the path of their question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.folding import fold

_TICKED: Final = frozenset({"1", "true"})
_YES_NO: Final = _TICKED | {"0", "false"}
#: What a tool writes for an answer that is not there, and for none of the options.
NO_ANSWER: Final = "n/a"
_NONE: Final = "none"


@dataclass(frozen=True)
class Split:
    """The option columns of one question: column -> option text; `summary` holds all ticks in one cell, if there."""

    question: str
    summary: int | None
    options: dict[int, str] = field(default_factory=dict)


def find_splits(cells: Cells, own: Collection[int]) -> list[Split]:
    """Return the questions that are split into a column per option; `own` are the tool's columns.

    A path is a question where its ticks stand in a column of their own, or where at least two columns below it hold yes
    or no and none holds anything else: else it is a group.
    """
    asked = [i for i in cells.rows.columns if i not in own and cells.header[i]]
    counts = Counter(cells.header[i] for i in asked)
    wholes = {cells.header[i]: i for i in asked if counts[cells.header[i]] == 1}
    values = {i: {fold(text) for text in cells.rows[i].dropna().unique()} - {NO_ANSWER} for i in asked}
    below = Counter(path for i in asked if values[i] for path in _parents(cells.header[i]))
    yes_no = Counter(path for i in asked if values[i] and values[i] <= _YES_NO for path in _parents(cells.header[i]))
    splits: dict[str, Split] = {}
    for i in (i for i in asked if values[i] <= _YES_NO):
        paths = _parents(cells.header[i])
        alike = (p for p in paths if 1 < yes_no[p] == below[p])
        path = next((p for p in paths if p in wholes), None) or next(alike, None)
        if path is not None:
            splits.setdefault(path, Split(path, wholes.get(path))).options[i] = cells.header[i][len(path) + 1 :]
    return list(splits.values())


def _parents(header: str) -> list[str]:
    """Return the paths above a header, the longest first."""
    parts = header.split("/")
    return ["/".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]


def short_names(cells: Cells, splits: Sequence[Split], own: Collection[int], mark: str = "/") -> tuple[str, ...]:
    """Return each column's name without its groups where that is a name of its own, else ""."""
    names = {i: header.rsplit(mark, 1)[-1] for i, header in enumerate(cells.header)}
    for split in splits:
        question = split.question.rsplit(mark, 1)[-1]
        names |= {i: f"{question}/{option}" for i, option in split.options.items()}
    counts = Counter(map(fold, names.values()))
    return tuple(
        names[i] if i not in own and names[i] != header and counts[fold(names[i])] == 1 else ""
        for i, header in enumerate(cells.header)
    )


def left_out(cells: Cells, split: Split) -> tuple[list[int], str]:
    """Return the columns of a question that need not be kept because others say the same, and why.

    The summary goes where the option columns say the same in every row. Where they do not, and the summary names the
    options by their codes, the option columns go: formulas without values, for example, leave them empty.
    """
    if split.summary is None:
        return [], ""
    name, words = cells.header[split.summary], cells.rows[split.summary]
    said = {text: _without(text, split.options) for text in words.dropna().unique()}
    ticks = pd.DataFrame({i: cells.rows[i].map(fold, na_action="ignore").isin(_TICKED) for i in split.options})
    answered = pd.DataFrame({i: cells.rows[i].notna() for i in split.options}).any(axis=1)
    if all(_agree(text, marks, filled, split.options) for text, marks, filled in _rows(words, ticks, answered)):
        return [split.summary], f"column '{name}': the columns of its options say the same"
    if all(known for known in said.values()):
        n = len(split.options)
        return list(split.options), f"the {n} columns '{name}/...': incomplete or not what '{name}' says, which is kept"
    return [], ""


def _rows(words: pd.Series, ticks: pd.DataFrame, answered: pd.Series) -> set[tuple[str | None, frozenset[int], bool]]:
    """Return the different rows: what the summary says, which columns are ticked, whether any is filled."""
    texts = [None if pd.isna(text) or fold(text) == NO_ANSWER else text for text in words]
    marks = ticks.to_numpy()
    columns = list(ticks.columns)
    return {
        (text, frozenset(c for c, mark in zip(columns, row, strict=True) if mark), bool(filled))
        for text, row, filled in zip(texts, marks, answered, strict=True)
    }


def _agree(text: str | None, ticked: frozenset[int], filled: bool, options: Mapping[int, str]) -> bool:
    """Return whether a summary is made of the ticked options and nothing else, in any order."""
    if text is None:
        return not ticked
    rest = f" {text} "
    for option in sorted((options[i] for i in ticked), key=len, reverse=True):
        if f" {option} " not in rest:
            return False
        rest = rest.replace(f" {option} ", "  ", 1)
    return filled and fold(rest) in ("", _NONE)


def _without(text: str, options: Mapping[int, str]) -> bool:
    """Return whether a summary holds codes of options only."""
    return set(text.split()) <= {*options.values(), _NONE, NO_ANSWER}
