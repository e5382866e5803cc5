"""Rows of feedback that are no answer: the header again, a line of sums, a form number and nothing else, a trial."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

import pandas as pd

from pipeline.ingest.attendance_words import TOTALS
from pipeline.ingest.cells import Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Instrument

TRIAL: Final = "test answer"
AGAIN: Final = "the header again, no answer"
SUMMARY: Final = "a line of sums or means, no answer"
NUMBER_ONLY: Final = "a form number and nothing else"
FIXES: Final = {
    TRIAL: "nothing, if it was a trial; else change the comment",
    AGAIN: "nothing to do if that is right",
    SUMMARY: "nothing to do if that is right; else accept",
    NUMBER_ONLY: "nothing, if the form was not filled in; else key it in",
}
_SUMS: Final = TOTALS | {"keskiarvo", "mediaani", "keskihajonta", "average", "median", "medelvärde", "std dev"}
#: The label of a line of sums stands in one of the first columns, and is short.
_LABELS: Final = 6
_LONGEST: Final = 20
#: Words that say nothing beside one of a trial.
_FILLERS: Final = frozenset(
    {
        "tämä", "tää", "on", "vain", "vaan", "vastaus", "this", "is", "a", "an", "just", "only", "answer", "response",
        "det", "här", "är", "ett", "en", "bara", "svar",
    }
)  # fmt: skip
_TRIALS: Final = frozenset({"testaan", "testataan", "testailen", "testaillaan", "testar"})


def reasons(cells: Cells, columns: Sequence[Column], instrument: Instrument, words: Collection[str]) -> pd.Series:
    """Return why a row is no answer; missing where it may be one.

    Parameters
    ----------
    cells : Cells
        The table.
    columns : sequence of Column
        What its columns hold.
    instrument : Instrument
        Tells which of them are open questions.
    words : collection of str
        What people write into a trial, from project.toml.
    """
    open_ones = [c.index for c in columns if c.role == "single" and instrument.questions[c.question].type == "text"]
    number = {c.index for c in columns if c.role == "field" and c.question == "response_key"}
    own = [c.index for c in columns if c.role == "field"]
    filled = cells.rows.notna()
    reason = pd.Series(pd.NA, index=cells.rows.index, dtype=object)
    only_number = filled[list(number)].any(axis=1) & (filled.sum(axis=1) == 1)
    reason = reason.mask(only_number, NUMBER_ONLY) if number and not cells.fields else reason
    plain = frozenset(map(fold, words))
    trials = [cells.rows[i].map(lambda text: is_trial(text, plain), na_action="ignore").eq(True) for i in open_ones]
    for trial in trials:
        reason = reason.mask(trial, TRIAL)
    for index in cells.rows.columns[:_LABELS].difference([*open_ones, *cells.technical]):
        # who says when or where he answered, or has a number besides, is somebody of that name
        told = filled[[i for i in own if i != index]].any(axis=1)
        reason = reason.mask(cells.rows[index].isin(_sums(cells.rows[index])) & ~told, SUMMARY)
    return reason.mask(_header_again(cells), AGAIN)


def is_trial(text: str, words: Collection[str]) -> bool:
    """Return whether an open answer says that it is a trial and nothing else.

    Examples
    --------
    >>> [is_trial(text, {"testi"}) for text in ("Testi!", "tämä on testi", "testataan vaan", "Testi oli pitkä", "ok")]
    [True, True, True, False, False]
    """
    folded = fold(str(text))
    if folded in words:
        return True
    parts = re.findall(r"\w+", folded)
    rest = [part for part in parts if part not in words and part not in _TRIALS]
    return len(parts) > len(rest) and all(part in _FILLERS or part.isdigit() for part in rest)


def _sums(texts: pd.Series) -> list[str]:
    """Return the different texts of a column that say that their row is one of sums."""
    words = (text for text in texts.dropna().unique() if not text[:1].isdigit() and len(text) <= _LONGEST)
    return [text for text in words if fold(text).strip(" :") in _SUMS]


def _header_again(cells: Cells) -> pd.Series:
    """Return where every filled cell, and two at least, says what its header says."""
    named = [i for i, header in enumerate(cells.header) if header]
    left = cells.rows.index if named else cells.rows.index[:0]
    for index in named[:1] + list(cells.rows.columns):  # a row that repeats the header begins with it: few are left
        texts = cells.rows.loc[left, index]
        said = [text for text in texts.dropna().unique() if _says(str(text), cells, index)]
        left = left[texts.isin(said) | (texts.isna() & (index != named[0]))]
        if left.empty:
            break
    left = left[cells.rows.loc[left].notna().sum(axis=1) > 1]
    return pd.Series(cells.rows.index.isin(left), index=cells.rows.index)


def _says(text: str, cells: Cells, index: int) -> bool:
    near = any(
        abs(len(text) - len(name)) < _LONGEST for name in (cells.header[index], *cells.questions[index : index + 1])
    )
    return near and fold(text) in _names(cells, index)


def _names(cells: Cells, index: int) -> set[str]:
    return {fold(cells.header[index]), fold(cells.questions[index]) if cells.questions else ""} - {""}
