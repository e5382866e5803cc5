"""The questionnaire as the pipeline knows it: questions, options and every spelling by which a file may name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.core import contracts, words

#: A row of a sheet: column name -> text.
Row = Mapping[str, str]
#: The sheets of a form: name -> its filled rows below the header, with their row numbers.
Sheets = Mapping[str, list[tuple[int, Row]]]

#: How form services name one column of a question that has several: its options, or the statements of a grid.
PART_FORMS: Final = ("{q} [{o}]", "{q}[{o}]", "{q}/{o}", "{q}: {o}", "{q} - {o}", "{q} {o}", "{q}_{o}")
#: How a form says yes in a cell.
TRUE: Final = ("yes", "true", "true()", "1", "x")


@dataclass(frozen=True)
class Question:
    """One question of the survey sheet and its spellings, folded."""

    name: str
    type: str
    choices: str | None
    row: Row
    labels: Mapping[str, str]
    spellings: frozenset[str]
    or_other: bool = False


@dataclass(frozen=True)
class Option:
    """One response option and its spellings, folded."""

    code: str
    missing_reason: str | None
    labels: Mapping[str, str]
    spellings: frozenset[str]


@dataclass(frozen=True)
class Instrument:
    """The questionnaire.

    Parameters
    ----------
    questions : mapping
        Question name -> question, items only, in order.
    fields : mapping
        Question name -> question for columns that describe the response (event, time, role ...).
    options : mapping
        Question name -> its options, for select questions and select fields.
    """

    questions: Mapping[str, Question]
    fields: Mapping[str, Question]
    options: Mapping[str, tuple[Option, ...]]

    def items_table(self) -> pd.DataFrame:
        """Return the `items` contract table."""
        rows = [row for q in self.questions.values() for row in _item_rows(q, self.options.get(q.name, ()))]
        frame = pd.DataFrame(rows, columns=[c for c in contracts.CONTRACTS["items"].column_names if c != "position"])
        return frame.assign(position=range(1, len(frame) + 1))

    def options_table(self) -> pd.DataFrame:
        """Return the `options` contract table."""
        rows = [
            {"question": q, "code": o.code, "position": i, "missing_reason": o.missing_reason, **_labels(o.labels)}
            for q in self.questions
            for i, o in enumerate(self.options.get(q, ()), start=1)
        ]
        return pd.DataFrame(rows, columns=contracts.CONTRACTS["options"].column_names)


def _labels(labels: Mapping[str, str]) -> dict[str, str | None]:
    return {f"label_{code}": labels.get(code) for code in words.LANGUAGES}


def _item_rows(question: Question, options: tuple[Option, ...]) -> Iterator[dict[str, object]]:
    row, scale = question.row, _scale(question, options)
    base = {
        "question": question.name,
        "construct": row.get("construct"),
        "design": row.get("design"),
        "pair": row.get("pair"),
        "occasion": row.get("occasion"),
        "minimum": scale[0],
        "maximum": scale[1],
        "reversed": row.get("reversed", "").lower() in TRUE,
    }
    yield {"item": question.name, "type": question.type, **base, **_labels(question.labels)}
    if question.type == "select_multiple":
        for option in options:
            if option.missing_reason is None:
                path = f"{question.name}/{option.code}"
                yield {"item": path, "type": "option", **base, **_labels(option.labels)}


def _scale(question: Question, options: tuple[Option, ...]) -> tuple[float | None, float | None]:
    """Return the ends of an ordered scale: the options' codes when all of them are numbers."""
    codes = [o.code for o in options if o.missing_reason is None]
    if question.type != "select_one" or question.row.get("design") in (None, "background") or not codes:
        return None, None
    if not all(re.fullmatch(r"-?\d+", code) for code in codes):
        return None, None
    return float(min(map(int, codes))), float(max(map(int, codes)))
