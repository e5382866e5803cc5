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
_SUMS: Final = TOTALS | {
    "keskiarvo", "ka", "mediaani", "keskihajonta", "mean", "average", "avg", "median", "medelvärde", "medel", "std dev",
}  # fmt: skip
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
    filled = cells.rows.notna()
    reason = pd.Series(pd.NA, index=cells.rows.index, dtype=object)
    only_number = filled[list(number)].any(axis=1) & (filled.sum(axis=1) == 1)
    reason = reason.mask(only_number, NUMBER_ONLY) if number and not cells.fields else reason
    plain = frozenset(map(fold, words))
    trials = [cells.rows[i].map(lambda text: is_trial(text, plain), na_action="ignore").eq(True) for i in open_ones]
    for trial in trials:
        reason = reason.mask(trial, TRIAL)
    for index in cells.rows.columns.difference([*open_ones, *cells.technical]):
        reason = reason.mask(cells.rows[index].isin(_texts(cells, index, _SUMS)), SUMMARY)
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


def _texts(cells: Cells, index: int, wanted: Collection[str]) -> list[str]:
    """Return the different texts of a column that fold to one of `wanted`."""
    return [text for text in cells.rows[index].dropna().unique() if fold(str(text)).strip(" :") in wanted]


def _header_again(cells: Cells) -> pd.Series:
    """Return where every filled cell, and two at least, says what its header says."""
    filled = cells.rows.notna().sum(axis=1)
    same = pd.Series(0, index=cells.rows.index)
    for index, header in enumerate(cells.header):
        names = {fold(header), fold(cells.questions[index]) if cells.questions else fold(header)} - {""}
        same += cells.rows[index].isin(_texts(cells, index, names)).astype("int64")
    return (same == filled) & (filled > 1)
