"""Cells -> codes, for one question at a time. Each cell ends as a code or as one of the kinds of missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest.cells import TEXT, Cells, spread
from pipeline.ingest.columns import Column
from pipeline.ingest.dates import parse_times
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Option
from pipeline.ingest.missing import declared_missing, labelled_missing
from pipeline.ingest.numbers import dots_group, is_unsure, parse_number, plain_text
from pipeline.ingest.ticks import read_ticks

#: What people key in where nothing was answered.
_NO_ANSWER: Final = frozenset({"-", "--", "ei vastausta", "ei vastattu", "inget svar", "no answer"})
#: How spreadsheets write what was keyed in as a yes or a no.
_BOOLEANS: Final = {
    "true": frozenset({"kyllä", "ja", "yes"}),
    "tosi": frozenset({"kyllä", "ja", "yes"}),
    "false": frozenset({"ei", "nej", "no"}),
    "epätosi": frozenset({"ei", "nej", "no"}),
}


@dataclass(frozen=True)
class Coded:
    """The answers of one item.

    Parameters
    ----------
    item : str
        Item name.
    code, missing_reason : Series of str
        Indexed by row; exactly one of them is filled.
    wrong : tuple of (int, int)
        Row and column of each cell that is not allowed.
    """

    item: str
    code: pd.Series
    missing_reason: pd.Series
    wrong: tuple[tuple[int, int], ...]


def code_select_one(cells: Cells, column: Column, options: Sequence[Option]) -> Coded:
    """Return the chosen option: by the file's own label for the code where it has one, else by label or code.

    A code whose label in the file is no option of the question is not taken by its number: 1 may mean something else
    there. A code the file declares as missing is an option only where its label says so.
    """
    labels, missing = cells.value_labels.get(column.index, {}), declared_missing(cells, column.index)
    lookup = _lookup(options)

    def pair(text: str) -> tuple[str | None, str | None]:
        whole = re.sub(r"^([+-]?\d+)[.,]0+$", r"\1", text.strip())
        if is_unsure(whole):
            return None, "invalid"
        option = lookup.get(fold(labels.get(whole, "") or whole))
        if text in missing and (option is None or whole not in labels):
            return None, missing[text]
        if option is None and fold(text) in _NO_ANSWER:
            return None, "no_answer"
        return _as_pair(option)

    return _coded(cells, column, pair)


def code_number(cells: Cells, column: Column, whole: bool) -> Coded:
    """Return numbers as plain text ("2.5"); an integer item takes no fraction."""
    missing = labelled_missing(cells, column.index)
    grouped = dots_group(cells.rows[column.index].dropna().unique())

    def find(text: str) -> tuple[str | None, str | None]:
        if text in missing:
            return None, missing[text]
        if fold(text) in _NO_ANSWER:
            return None, "no_answer"
        number = parse_number(text.replace(".", "") if grouped else text)
        if number is None or (whole and not number.is_integer()):
            return None, "invalid"
        return plain_text(number), None

    return _coded(cells, column, find)


def code_date(cells: Cells, column: Column) -> Coded:
    """Return dates as ISO text."""
    texts, missing = cells.rows[column.index], declared_missing(cells, column.index)
    declared = texts.map(missing, na_action="ignore").astype(TEXT)
    read = parse_times(texts.mask(declared.notna()))
    code = read["moment"].dt.strftime("%Y-%m-%d").astype(TEXT)
    reason = pd.Series("no_answer", index=texts.index, dtype=TEXT).mask(read["wrong"], "invalid").where(code.isna())
    reason = declared.fillna(reason.mask(texts.isna() & _not_asked(cells, column), "not_asked"))
    return Coded(column.question, code, reason, _places(texts.index[read["wrong"]], column))


def code_multiple(cells: Cells, columns: Sequence[Column], options: Sequence[Option]) -> list[Coded]:
    """Return one coded item per option of a multiple-choice question that the form offers.

    Where any option is ticked, the others are *not ticked*; where none is and the cells are empty, there is *no
    answer*; where yes/no cells say no throughout, the question was answered with nothing ticked. A form with one column
    per option does not ask about an option it has no column for.
    """
    marks = read_ticks(cells, columns, options, _lookup(options))
    unasked = pd.concat([_not_asked(cells, column) for column in columns], axis=1).all(axis=1) & ~marks.answered
    spoiled = marks.odd_text & ~marks.ticked.any(axis=1)
    offered = {c.option for c in columns} if all(c.role == "option" for c in columns) else {o.code for o in options}
    coded = []
    for option in options:
        if option.missing_reason is None and option.code in offered:
            ticked, odd = marks.ticked[option.code], marks.odd[option.code]
            reason = pd.Series("not_ticked", index=ticked.index, dtype=TEXT).where(marks.answered, "no_answer")
            reason = reason.mask(unasked, "not_asked")
            reason = _opted_out(reason, marks.ticked, options).mask(spoiled | odd, "invalid").mask(ticked)
            code = pd.Series("1", index=ticked.index, dtype=TEXT).where(ticked)
            coded.append(Coded(f"{columns[0].question}/{option.code}", code, reason, ()))
    return [replace(c, wrong=marks.wrong if i == 0 else ()) for i, c in enumerate(coded)]


def _opted_out(reason: pd.Series, ticks: pd.DataFrame, options: Sequence[Option]) -> pd.Series:
    """Give the reason of a ticked "don't know" option to a row in which no real option is ticked."""
    real = [o.code for o in options if o.missing_reason is None]
    for option in options:
        if option.missing_reason is not None:
            reason = reason.mask(ticks[option.code] & ~ticks[real].any(axis=1), option.missing_reason)
    return reason


def _lookup(options: Sequence[Option]) -> dict[str, Option]:
    """Return folded spelling -> option, also for "5 - agree" and "agree (5)", and for true and false as yes and no."""
    plain = {spelling: option for option in options for spelling in option.spellings}
    both = {
        f"{fold(option.code)}{mark}{spelling}": option
        for option in options
        for spelling in option.spellings
        for mark in (" = ", " - ", ": ", ". ", ") ", " ")
    }
    for option in options:
        for spelling in option.spellings:
            both[fold(f"{spelling} ({option.code})")] = both[fold(f"{option.code} ({spelling})")] = option
        words = [word for word, yes in _BOOLEANS.items() if yes & option.spellings]
        both |= dict.fromkeys(words, option)
    return both | plain


def _as_pair(option: Option | None) -> tuple[str | None, str | None]:
    if option is None:
        return None, "invalid"
    return (None, option.missing_reason) if option.missing_reason else (option.code, None)


def _coded(cells: Cells, column: Column, find: Callable[[str], tuple[str | None, str | None]]) -> Coded:
    texts = cells.rows[column.index]
    at, different = pd.factorize(texts)
    # the last pair is that of an empty cell, whose place is -1
    codes, reasons = zip(*[find(text) for text in different], (None, "no_answer"), strict=True)
    at = np.where(at < 0, len(different), at)
    invalid = np.array([reason == "invalid" for reason in reasons])[at]
    code, reason = (pd.Series(spread(values, at), index=texts.index) for values in (codes, reasons))
    if column.index in cells.not_asked:
        reason = reason.mask(texts.isna() & _not_asked(cells, column), "not_asked")
    return Coded(column.question, code, reason, _places(texts.index[invalid], column))


def _not_asked(cells: Cells, column: Column) -> pd.Series:
    """Return where the tool itself says that the question was not put to the respondent."""
    return pd.Series(cells.rows.index.isin(list(cells.not_asked.get(column.index, ()))), index=cells.rows.index)


def _places(rows: pd.Index, column: Column) -> tuple[tuple[int, int], ...]:
    return tuple((int(row), column.index) for row in rows)
