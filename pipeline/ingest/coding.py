"""Cells -> codes, for one question at a time. Each cell ends as a code or as one of the kinds of missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.dates import parse_times
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Option
from pipeline.ingest.numbers import parse_number

_TICKED: Final = frozenset({"1", "true", "yes", "kyllä", "ja", "x", "y", "on", "✓", "✔", "☒", "checked", "valittu"})
_NOT_TICKED: Final = frozenset({"0", "false", "no", "ei", "nej", "n", "off", "☐", "unchecked", "ei valittu"})
#: Marks between ticks joined in one cell, tried from the safest; options may contain commas themselves.
_JOINS: Final = (";", "|", "\n", ",")


@dataclass(frozen=True)
class Coded:
    """The answers of one item.

    Parameters
    ----------
    item : str
        Item name.
    code, missing_reason : Series of str
        Indexed by row; exactly one of them is filled.
    wrong : Index
        Rows whose cell is not allowed (their reason is `invalid`).
    """

    item: str
    code: pd.Series
    missing_reason: pd.Series
    wrong: pd.Index


def code_select_one(cells: Cells, column: Column, options: Sequence[Option]) -> Coded:
    """Return the chosen option: by the file's own label for the code where it has one, else by label or code."""
    labels = cells.value_labels.get(column.index, {})
    lookup = _lookup(options)

    def find(text: str) -> Option | None:
        whole = re.sub(r"^([+-]?\d+)\.0+$", r"\1", text.strip())
        spelt = [fold(labels[whole])] if whole in labels else []
        return next((lookup[key] for key in [*spelt, fold(whole)] if key in lookup), None)

    found = {text: find(text) for text in cells.rows[column.index].dropna().unique()}
    return _coded(column.question, cells.rows[column.index], lambda text: _as_pair(found[text]))


def code_number(cells: Cells, column: Column, whole: bool) -> Coded:
    """Return numbers as plain text ("2.5"); an integer item takes no fraction."""

    def find(text: str) -> tuple[str | None, str | None]:
        number = parse_number(text)
        if number is None or (whole and not number.is_integer()):
            return None, "invalid"
        return (str(int(number)) if number.is_integer() else repr(number)), None

    return _coded(column.question, cells.rows[column.index], find)


def code_date(cells: Cells, column: Column) -> Coded:
    """Return dates as ISO text."""
    texts = cells.rows[column.index]
    moments, wrong = parse_times(texts)
    code = moments.dt.strftime("%Y-%m-%d").astype(TEXT)
    reason = pd.Series("no_answer", index=texts.index, dtype=TEXT).where(texts.isna(), "invalid").where(code.isna())
    return Coded(column.question, code, reason, texts.index[wrong])


def code_multiple(cells: Cells, columns: Sequence[Column], options: Sequence[Option]) -> list[Coded]:
    """Return one coded item per option of a multiple-choice question.

    Where any option is ticked, the others are *not ticked*; where none is and the cells are empty, there is *no
    answer*; where yes/no cells say no throughout, the question was answered with nothing ticked.
    """
    ticks, wrong, answered = _ticks(cells, columns, options)
    spoiled = wrong & ~ticks.any(axis=1)
    coded = []
    for option in options:
        if option.missing_reason is None:
            ticked = ticks[option.code]
            reason = pd.Series("not_ticked", index=ticks.index, dtype=TEXT).where(answered, "no_answer")
            reason = _opted_out(reason, ticks, options).mask(spoiled, "invalid").mask(ticked)
            code = pd.Series("1", index=ticks.index, dtype=TEXT).where(ticked)
            coded.append(Coded(f"{columns[0].question}/{option.code}", code, reason, ticks.index[:0]))
    if coded:
        first = coded[0]
        coded[0] = Coded(first.item, first.code, first.missing_reason, ticks.index[wrong])
    return coded


def _opted_out(reason: pd.Series, ticks: pd.DataFrame, options: Sequence[Option]) -> pd.Series:
    """Give the reason of a ticked "don't know" option to a row in which no real option is ticked."""
    real = [o.code for o in options if o.missing_reason is None]
    for option in options:
        if option.missing_reason is not None:
            reason = reason.mask(ticks[option.code] & ~ticks[real].any(axis=1), option.missing_reason)
    return reason


def _ticks(
    cells: Cells, columns: Sequence[Column], options: Sequence[Option]
) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Return ticks per row and option code, rows with an unknown text, and rows that were answered."""
    index = cells.rows.index
    ticks = pd.DataFrame(False, index=index, columns=[o.code for o in options])
    wrong, answered = pd.Series(False, index=index), pd.Series(False, index=index)
    lookup = _lookup(options)
    for column in columns:
        texts = cells.rows[column.index]
        if column.role == "option":
            folded = texts.map(fold, na_action="ignore")
            own = next(o.spellings for o in options if o.code == column.option)
            yes, no = folded.isin(_TICKED | own), folded.isin(_NOT_TICKED)
            ticks[str(column.option)] |= yes
            wrong |= texts.notna() & ~yes & ~no
            answered |= yes | no
            continue
        split = {text: _split(text, lookup) for text in texts.dropna().unique()}
        for row, text in texts.dropna().items():
            found, unknown = split[text]
            ticks.loc[row, [o.code for o in found]] = True
            wrong[row] |= unknown
    return ticks, wrong, answered | ticks.any(axis=1)


def _split(text: str, lookup: Mapping[str, Option]) -> tuple[list[Option], bool]:
    """Return the options joined in one cell, and whether some part of it is none of them."""
    if fold(text) in lookup:
        return [lookup[fold(text)]], False
    for mark in _JOINS:
        parts = [part for part in text.split(mark) if part.strip()]
        found, unknown = _merge(parts, mark, lookup)
        if found:
            return found, unknown
    parts = text.split()
    if all(fold(part) in lookup for part in parts):
        return [lookup[fold(part)] for part in parts], False
    return [], True


def _merge(parts: list[str], mark: str, lookup: Mapping[str, Option]) -> tuple[list[Option], bool]:
    """Walk through the parts, always taking the longest run that is one option: its text may contain the mark."""
    found, unknown, start = [], False, 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            option = lookup.get(fold(mark.join(parts[start:end])))
            if option is not None:
                found.append(option)
                start = end
                break
        else:
            unknown, start = True, start + 1
    return found, unknown


def _lookup(options: Sequence[Option]) -> dict[str, Option]:
    """Return folded spelling -> option, also for "5 = agree" and "5 - agree"."""
    plain = {spelling: option for option in options for spelling in option.spellings}
    both = {
        f"{fold(option.code)}{mark}{spelling}": option
        for option in options
        for spelling in option.spellings
        for mark in (" = ", " - ", ": ", ". ", ") ", " ")
    }
    return both | plain


def _as_pair(option: Option | None) -> tuple[str | None, str | None]:
    if option is None:
        return None, "invalid"
    return (None, option.missing_reason) if option.missing_reason else (option.code, None)


def _coded(item: str, texts: pd.Series, find: Callable[[str], tuple[str | None, str | None]]) -> Coded:
    pairs = {text: find(text) for text in texts.dropna().unique()}
    code = texts.map({text: pair[0] for text, pair in pairs.items()}).astype(TEXT)
    reason = texts.map({text: pair[1] for text, pair in pairs.items()}).astype(TEXT)
    reason = reason.mask(texts.isna(), "no_answer")
    return Coded(item, code, reason, texts.index[(reason == "invalid").fillna(False)])
