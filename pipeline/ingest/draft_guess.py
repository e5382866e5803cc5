"""What kind of question a column answers, guessed from its cells; a person has the last word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.dates import parse_times
from pipeline.ingest.draft_missing import option_reason
from pipeline.ingest.draft_private import is_open, reason_to_leave_out, written
from pipeline.ingest.folding import fold
from pipeline.ingest.missing import declared_missing, labelled
from pipeline.ingest.numbers import is_unsure, parse_number
from pipeline.ingest.personal_data import mask

#: Most options a question is thought to have, and how often each must occur on average: else the texts are free.
_MOST_OPTIONS, _REPEATS, _LONGEST = 12, 2, 100
_MOST_JOINED: Final = 25
_MARKS: Final = (";", "|", "\n", ",")
_OPEN: Final = "avoin vastaus / open answer"
_FROM_ANSWERS: Final = (
    "vaihtoehdot vastausten teksteistä: tarkista järjestys ja puuttuvat; asteikolle nimiksi 1, 2, 3 ... alimmasta",
    "options from the answers: check order and missing ones; name those of a scale 1, 2, 3 ... from the lowest",
)
_ODD: Final = (
    "; solut, joista ei saa selvää, lasketaan kelpaamattomiksi",
    "; cells that cannot be read will count as invalid",
)
_LEADING_ZERO: Final = re.compile(r"0\d+")


@dataclass(frozen=True)
class Choice:
    """One option of a guessed question."""

    code: str
    label: str
    missing: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guess:
    """What a column is taken for.

    `type` is a type of the instrument, or "" for a column better left out; `note` says, Finnish first, on what grounds.
    """

    type: str
    note: str
    choices: tuple[Choice, ...] = ()
    field: str | None = None


def guess(cells: Cells, column: int) -> Guess:
    """Return what kind of question a column answers.

    Options come from the file's own value labels, else from few, often repeated texts; never from texts that look like
    names, contact details, identifiers or free answers.
    """
    texts = answers(cells, column)
    headers = [text for text in (cells.header[column], cells.questions[column] if cells.questions else "") if text]
    private = reason_to_leave_out(headers, texts)
    if private is not None:
        return Guess("", private)
    if cells.value_labels.get(column):
        found = _from_labels(cells, column)
        if found is not None:
            return found
    if texts.empty:
        return Guess("text", "ei vastauksia, tyyppi ei tiedossa / no answers, type not known")
    return Guess("text", _OPEN) if is_open(headers) else _from_texts(cells, texts)


def noted(note: tuple[str, str], odd: bool) -> str:
    """Return a note in Finnish and English; `odd` cells will count as invalid."""
    return " / ".join(text + (more if odd else "") for text, more in zip(note, _ODD, strict=True))


def answers(cells: Cells, column: int) -> pd.Series:
    """Return the filled cells of a column, as the file labels them, without rows the tool itself sets aside."""
    return labelled(cells, column).drop(index=list(cells.set_aside), errors="ignore").dropna().str.strip()


def _from_labels(cells: Cells, column: int) -> Guess | None:
    """Return the options of the file's codebook; None where it labels exceptions only."""
    labels, missing = cells.value_labels[column], cells.user_missing.get(column, frozenset())
    if set(labels) <= missing and cells.rows[column].notna().any():
        return None
    bare = sorted(set(cells.rows[column].dropna()) - set(labels) - missing, key=_in_order)
    if len(bare) > _MOST_OPTIONS:
        return None
    reasons = declared_missing(cells, column) | _reasons(cells, column, set(labels) - missing)
    codes = sorted([*labels, *bare], key=_in_order)
    choices = tuple(Choice(code, labels.get(code, code), reasons.get(code)) for code in codes)
    note = "vaihtoehdot tiedoston omista selitteistä / options from the file's own labels"
    return Guess("select_one", note + ("; osa ilman selitettä / some without a label" if bare else ""), choices)


def _in_order(code: str) -> tuple[float, str]:
    number = parse_number(code)
    return (float("inf") if number is None else number, code)


def _reasons(cells: Cells, column: int, codes: set[str]) -> dict[str, str]:
    """Return the codes whose labels name a kind of missing, though the file does not declare them."""
    meant = declared_missing(replace(cells, user_missing={column: frozenset(codes)}), column)
    return {code: reason for code, reason in meant.items() if reason != "no_answer"}


def _from_texts(cells: Cells, texts: pd.Series) -> Guess:
    moments = parse_times(texts)
    if not moments["wrong"].any():
        timed = bool(moments["timed"].all()) and texts.nunique() > 1
        note = "päivämäärä, päivä ensin / a date, day first"
        return Guess("dateTime" if timed else "date", note, field="submitted_at" if timed else None)
    if texts.str.fullmatch(_LEADING_ZERO).any():
        return Guess("text", "etunollia, siksi tekstinä / leading zeros, hence text")
    numbers = [parse_number(text) for text in texts.unique()]
    if None not in numbers:
        whole = all(number is not None and number.is_integer() for number in numbers)
        return Guess(
            "integer" if whole else "decimal",
            "luku; jos luvut ovat vaihtoehtoja, muuta select_one ja kirjoita selitteet / "
            "a number; if the numbers are options, make it select_one and label them",
        )
    masked = bool((mask(texts) != texts).any())
    return (None if masked else _options(cells, texts)) or Guess("text", _OPEN)


def _options(cells: Cells, texts: pd.Series) -> Guess | None:
    """Return a choice of one or several where few texts, or few parts of texts, are repeated."""
    unsure = texts.map(is_unsure).astype(bool)
    single = _first_spellings(texts[~unsure])
    if _few(single, len(texts), _MOST_OPTIONS) and not written(cells, texts):
        return Guess("select_one", noted(_FROM_ANSWERS, odd=bool(unsure.any())), _choices(single))
    for mark in _MARKS:
        parts = texts.str.split(mark).explode().str.strip()
        parts = parts[parts != ""]
        several = _first_spellings(parts)
        if texts.str.contains(mark, regex=False).mean() >= 0.2 and _few(several, len(parts), _MOST_JOINED):
            if written(cells, parts):
                return None
            note = f"monivalinta, vastaukset erotettu merkillä {mark!r}: tarkista / several options joined by it: check"
            return Guess("select_multiple", note, _choices(several))
    return None


def _first_spellings(texts: pd.Series) -> dict[str, str]:
    """Return folded text -> its commonest spelling, in order of appearance."""
    spellings: dict[str, Counter[str]] = {}
    for text in texts:
        spellings.setdefault(fold(text) or text, Counter())[text] += 1
    return {key: max(found, key=found.__getitem__) for key, found in spellings.items()}


def _few(found: Mapping[str, str], total: int, most: int) -> bool:
    longest = max(map(len, found.values()), default=0)
    says_something = any(option_reason(text) is None for text in found.values())
    return 1 < len(found) <= most and total >= _REPEATS * len(found) and longest <= _LONGEST and says_something


def _choices(found: Mapping[str, str]) -> tuple[Choice, ...]:
    """Return texts as options, numbers first and in order, the others as they appeared."""
    return _sorted(tuple(Choice("", text, option_reason(text)) for text in found.values()))


def pooled(guesses: Mapping[int, Guess]) -> dict[int, Guess]:
    """Return the guesses with one list of options for all questions that share most of theirs.

    In a battery of statements few questions have been given every answer: the options of one complete the others.
    Lists from a file's own labels are complete as they are.
    """
    pools: list[dict[str, Choice]] = []
    of: dict[int, dict[str, Choice]] = {}
    for column, found in guesses.items():
        if found.type == "select_one" and all(not choice.code for choice in found.choices):
            own = {fold(choice.label): choice for choice in found.choices}
            near = [pool for pool in pools if 2 * len(pool.keys() & own.keys()) > min(len(pool), len(own))]
            pool = near[0] if near else own
            pools += [] if near else [own]
            pool.update({key: choice for key, choice in own.items() if key not in pool})
            of[column] = pool
    return {
        column: replace(found, choices=_sorted(tuple(of[column].values()))) if column in of else found
        for column, found in guesses.items()
    }


def _sorted(choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: _in_order(choice.label)[0]))
