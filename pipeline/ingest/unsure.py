"""Answers that were read one way and could be meant in another: counted as read, and said."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.dates import either_way
from pipeline.ingest.findings import Finding
from pipeline.ingest.instrument import Instrument
from pipeline.ingest.numbers import parse_number
from pipeline.ingest.ranges import bounds
from pipeline.ingest.ticks import in_own_words

_DATES: Final = "the dates in column '{}' could be day first or month first: read day first"
_DATES_FIX: Final = "look whether the dates are right; else write them as 2018-04-03"
_THOUSANDS: Final = "every number in column '{}' has three digits after its mark: read as decimals"
_THOUSANDS_FIX: Final = "if they are thousands, write them without the mark"
_CODE: Final = "a number in column '{}' is far above the others and looks like a code for no answer: read as a number"
_CODE_FIX: Final = "if it is one, give the question a constraint in the instrument, or empty the cells"
_OWN_WORDS: Final = "people wrote what else they mean into this option: it is ticked, their words are not kept"
_OWN_WORDS_FIX: Final = "to keep them, add a text question to the instrument with this column's header as alias"
_THREE_DIGITS: Final = re.compile(r"\d{1,3}[.,]\d{3}")
#: Codes of paper forms, and how far above the largest answer they stand.
_CODES: Final = frozenset({88.0, 99.0, 888.0, 999.0, 8888.0, 9999.0})
_FAR: Final = 3
_FEWEST: Final = 3


def notes(cells: Cells, columns: Sequence[Column], instrument: Instrument) -> list[Finding]:
    """Return a note on each column that could be meant in another way than it was read."""
    found: list[Finding] = []
    for column in columns:
        texts = [str(text) for text in cells.rows[column.index].dropna().unique()]
        name = cells.header[column.index]
        if _is_of_dates(cells, column, instrument) and either_way(texts):
            found.append(Finding("note", cells.place(), _DATES.format(name), fix=_DATES_FIX))
        elif _kind(column, instrument) in ("integer", "decimal"):
            bounded = bounds(instrument.questions[column.question]) is not None
            found += [
                Finding("note", cells.place(), what.format(name), fix=fix)
                for what, fix, doubtful in _NUMBERS
                if not bounded and doubtful(texts)
            ]
        elif _has_own_words(cells, column, instrument):
            found.append(Finding("note", cells.place(column=column.index), _OWN_WORDS, fix=_OWN_WORDS_FIX))
    return found


def _kind(column: Column, instrument: Instrument) -> str | None:
    return instrument.questions[column.question].type if column.role == "single" else None


def _is_of_dates(cells: Cells, column: Column, instrument: Instrument) -> bool:
    if column.role == "field":  # of its own fields the reader has said so already
        return column.question == "submitted_at" and column.index not in cells.fields
    return _kind(column, instrument) == "date"


def _all_of_three_digits(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and all(_THREE_DIGITS.fullmatch(text.strip()) for text in texts)


def _ends_in_a_code(texts: Sequence[str]) -> bool:
    numbers = {number for text in texts if (number := parse_number(text)) is not None}
    others = numbers - _CODES
    return len(others) >= _FEWEST and any(code > _FAR * max(others) for code in numbers & _CODES)


def _has_own_words(cells: Cells, column: Column, instrument: Instrument) -> bool:
    texts = cells.rows[column.index]
    options = instrument.options[column.question] if column.role == "option" and texts.notna().any() else ()
    return any(in_own_words(texts, option) for option in options if option.code == column.option)


_NUMBERS: Final[tuple[tuple[str, str, Callable[[Sequence[str]], bool]], ...]] = (
    (_THOUSANDS, _THOUSANDS_FIX, _all_of_three_digits),
    (_CODE, _CODE_FIX, _ends_in_a_code),
)
