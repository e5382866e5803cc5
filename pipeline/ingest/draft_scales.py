"""Scales keyed in as numbers, with "eos", dashes and unclear marks between them, as from paper forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pandas as pd

from pipeline.ingest.draft_guess import Choice, Guess, noted
from pipeline.ingest.draft_missing import meant
from pipeline.ingest.folding import fold
from pipeline.ingest.numbers import is_unsure

_FEWEST: Final = 3
#: A mark nobody can read, as "2-3", "?", "x?": short, and seldom. A word is none, nor a number outside the scale.
_UNCLEAR: Final = re.compile(r"x\??|(?=.*[^\w.,\s]).{1,4}", re.IGNORECASE)
_SELDOM: Final = 0.25
#: Kind of missing -> name of its option, in the order in which the list has them.
_CODES: Final = {
    "dont_know": "dk", "refused": "rf", "not_asked": "not_asked", "invalid": "invalid", "no_answer": "no_answer",
}  # fmt: skip
#: Scales end at 10; a column with a larger number counts something.
_POINT: Final = re.compile(r"([0-9]|10)(?:[.,]0+)?")
_NOTE: Final = (
    "asteikko numeroina: kirjoita lukujen selitteet (label), tarkista asteikon molemmat päät; jos vierekkäisillä "
    "kysymyksillä on eri selitteet, tee niille omat luettelot",
    "a scale in numbers: label the numbers, check both ends of the scale; make separate lists "
    "where neighbouring questions have different labels",
)


@dataclass(frozen=True)
class _Read:
    """The cells of a column that may be a scale: how often each number and wording, how many unclear marks."""

    points: Counter[int]
    words: Counter[str]
    unclear: int
    unsure: bool = False

    @property
    def bare(self) -> bool:
        """Whether it holds numbers only: then it may count something as well."""
        return not self.words and not self.unclear and not self.unsure

    @property
    def scale(self) -> range:
        """The numbers from the lowest to the highest, without one slip of the keys above them."""
        points = sorted(self.points)
        if len(points) > _FEWEST and points[-1] > points[-2] + 1 and self.points[points[-1]] == 1:
            points.pop()
        return range(points[0], points[-1] + 1)


def scales(columns: Mapping[int, pd.Series]) -> dict[int, Guess]:
    """Return the columns that are scales of numbers, with one list of options for each run of neighbours.

    A column of bare numbers may count something: it is a scale only beside one that holds "eos" or a mark as well.

    Parameters
    ----------
    columns : mapping of int to Series of str
        Column -> its filled cells.

    Examples
    --------
    >>> battery = {0: pd.Series(["1", "2", "eos", "4"]), 1: pd.Series(["3", "5", "4"]), 3: pd.Series(["1", "2", "3"])}
    >>> {column: [choice.code for choice in guess.choices] for column, guess in scales(battery).items()}
    {0: ['1', '2', '3', '4', '5', 'dk'], 1: ['1', '2', '3', '4', '5', 'dk']}
    """
    read = {column: found for column, texts in columns.items() if (found := _read(texts)) is not None}
    made: dict[int, Guess] = {}
    for run in _runs(sorted(read)):
        here = {column: read[column] for column in run}
        alike = _alike(here)
        points = _whole(alike.values())
        if len(points) >= _FEWEST:
            choices = (*(Choice(str(n), str(n)) for n in points), *_exceptions(alike.values()))
            made |= {column: _guess(found, points, choices) for column, found in alike.items()}
    return made


def _read(texts: pd.Series) -> _Read | None:
    """Return the numbers and wordings of a column; None where it holds anything that is no scale."""
    points: Counter[int] = Counter()
    words: Counter[str] = Counter()
    unclear, unsure = 0, False
    for text in texts:
        point = _POINT.fullmatch(fold(text))
        if point is not None:
            points[int(point[1])] += 1
            unsure |= is_unsure(text)  # "4?" belongs to the scale and is not counted as 4
        elif meant(text) is not None:
            words[text] += 1
        elif _UNCLEAR.fullmatch(text):
            unclear += 1
        else:
            return None
    if len(points) < 2 or unclear > _SELDOM * points.total():
        return None
    return _Read(points, words, unclear, unsure)


def _runs(columns: Sequence[int]) -> Iterator[list[int]]:
    """Yield the columns by neighbourhood."""
    run = list(columns[:1])
    for before, column in pairwise(columns):
        if column != before + 1:
            yield run
            run = []
        run.append(column)
    yield run


def _alike(run: Mapping[int, _Read]) -> dict[int, _Read]:
    """Return the columns with words or marks, and those of bare numbers that run as far as these, or one further."""
    whole = _whole(found for found in run.values() if not found.bare)
    return {
        column: found
        for column, found in run.items()
        if not found.bare or (len(whole) and len(found.points) >= _FEWEST and _fits(found.scale, whole))
    }


def _fits(scale: range, whole: range) -> bool:
    return min(1, whole[0]) <= scale[0] and scale[-1] <= whole[-1] + 1


def _whole(read: Iterable[_Read]) -> range:
    scales_ = [found.scale for found in read]
    return range(min(s[0] for s in scales_), max(s[-1] for s in scales_) + 1) if scales_ else range(0)


def _exceptions(read: Iterable[_Read]) -> Iterator[Choice]:
    """Yield one option per kind of missing, called by its commonest wording, the other wordings as aliases."""
    seen: Counter[str] = sum((found.words for found in read), Counter())
    for reason, code in _CODES.items():
        spelled: dict[str, str] = {}
        for text, _ in seen.most_common():
            if meant(text) == reason:
                spelled.setdefault(fold(text), text)
        if spelled:
            label, *others = spelled.values()
            yield Choice(code, label, reason, tuple(others))


def _guess(read: _Read, points: range, choices: tuple[Choice, ...]) -> Guess:
    odd = read.unclear or read.unsure or any(point not in points for point in read.points)
    return Guess("select_one", noted(_NOTE, bool(odd)), choices)
