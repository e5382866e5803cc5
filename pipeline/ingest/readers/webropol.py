"""Webropol: the JSON answers of its interface, one row per response; its list of questions as a table without rows.

A value belongs to a question and a label (the row of a grid, the option of a multiple choice): each pair is a column.
Where Webropol gives one question text to two questions, their columns are headed by the question's own id and the text
is the second name.

No Excel or CSV export of Webropol was available when this was written: those go through the plain reader, which finds
the header below rows of filters and keeps the rows above it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.containers.workbook import to_text
from pipeline.ingest.content import Content

NAME: Final = "webropol"
#: Its tables have no headers of their own; an answer is known by the names of its parts.
SIGNS: Final = ()
_ANSWERS: Final = re.compile(rb'"SurveyAnswers"\s*:\s*(\[|null)')
_QUESTIONS: Final = re.compile(rb'"Questions"\s*:\s*\[\s*(\]|\{[^{}]*"QuestionId"\s*:)')
#: What Webropol itself says of a response, and what of it we take.
_OWN: Final = {
    "ResponseId": "response_key",
    "ResponseDate": "submitted_at",
    "RespondentId": None,
    "RespondentEmail": None,
}
_JOIN: Final = ";"
_CONTACT: Final = frozenset({"RespondentId", "RespondentEmail"})


class Key(NamedTuple):
    """What a column is: a question, and its label where it has several."""

    question: str
    label: str


@dataclass(frozen=True)
class Response:
    """One response: what Webropol says of it, and its values."""

    own: Mapping[str, str | None]
    values: Mapping[Key, tuple[str, ...]]


def recognises(content: Content) -> bool:
    """Return whether the content is JSON with the parts of Webropol's answers or questions."""
    head = content.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and (_ANSWERS.search(head) or _QUESTIONS.search(head)) is not None


def read(content: Content) -> list[Cells]:
    """Return one table: the columns of Webropol first, then one per question and label in order of appearance.

    Several values of one response under one question and label are joined with a semicolon, which is said.
    """
    document = content.json
    try:
        texts = {q["QuestionId"]: str(q.get("QuestionText") or "") for q in _ordered(document.get("Questions") or [])}
        answers = document.get("SurveyAnswers") or []
        texts |= {
            a["QuestionId"]: str(a.get("Question") or "") for r in answers for a in _given(r) if a.get("Question")
        }
        responses = [_response(answer) for answer in answers]
    except (TypeError, KeyError, AttributeError):
        raise ReadError(
            "the JSON is not built as Webropol's answers are",
            place=content.name,
            allowed="SurveyAnswers with RespondentAnswers, each with a QuestionId, or Questions",
            fix="fetch it again with getSurveyAnswers or getSurveyQuestions",
        ) from None
    return [_cells(content.name, texts, responses, _left_out(answers))]


def _ordered(questions: list[Any]) -> list[Any]:
    return sorted(questions, key=lambda question: question.get("QuestionOrderNumber") or 0)


def _given(response: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return response.get("RespondentAnswers") or []


def _response(answer: Mapping[str, Any]) -> Response:
    values: dict[Key, tuple[str, ...]] = {}
    for given in _given(answer):
        text, key = _text(given.get("Answer")), Key(given["QuestionId"], str(given.get("Label") or "").strip())
        values[key] = (*values.get(key, ()), *([] if text is None else [text]))
    return Response({name: _text(answer.get(name)) for name in _OWN}, values)


def _text(value: Any) -> str | None:
    """Return a value as text; one with parts of its own is none of Webropol's."""
    if isinstance(value, dict | list):
        raise TypeError("a value with parts")
    text = to_text(value)
    return text if text is not None and text.strip() else None


def _cells(name: str, texts: Mapping[str, str], responses: list[Response], dropped: tuple[str, ...]) -> Cells:
    keys = _keys(texts, responses)
    headers = [_names(key, texts, keys) for key in keys]
    several = sorted({texts.get(k.question, "") for r in responses for k, v in r.values.items() if len(v) > 1})
    table = [
        [*response.own.values(), *(_JOIN.join(response.values.get(key, ())) or None for key in keys)]
        for response in responses
    ]
    index = pd.RangeIndex(1, len(table) + 1, name="row")
    columns = list(zip(*table, strict=True)) if table else [()] * (len(_OWN) + len(keys))
    return Cells(
        file=name,
        sheet=None,
        header=(*_OWN, *(header for header, _ in headers)),
        rows=pd.DataFrame({i: pd.array(list(c), dtype=TEXT) for i, c in enumerate(columns)}, index=index),
        questions=(*("" for _ in _OWN), *(second for _, second in headers)),
        notes=("JSON",),
        remarks=(
            *(f"several values of one response are joined by '{_JOIN}' in '{text}'" for text in several),
            *(() if table else ("the file holds questions but no answers",)),
        ),
        fields={i: field for i, field in enumerate(_OWN.values()) if field},
        technical=frozenset(i for i, own in enumerate(_OWN) if own in _CONTACT),
        dropped=dropped,
    )


def _keys(texts: Mapping[str, str], responses: list[Response]) -> list[Key]:
    """Return the columns: by question in the order of the list or of the answers, then by label as they appear."""
    met: dict[str, dict[Key, None]] = {question: {} for question in texts}
    for response in responses:
        for key in response.values:
            met.setdefault(key.question, {})[key] = None
    return [key for question, keys in met.items() for key in (keys or {Key(question, ""): None})]


def _names(key: Key, texts: Mapping[str, str], keys: list[Key]) -> tuple[str, str]:
    """Return header and second name: the text of a question, its id where another question has the same text."""
    text = texts.get(key.question, "").strip()
    ambiguous = not text or Counter(t.strip().casefold() for t in texts.values())[text.casefold()] > 1
    suffix = f" - {key.label}" if key.label else ""
    if ambiguous:
        return f"{key.question}{suffix}", f"{text}{suffix}" if text else ""
    # the one label of a question with one column describes its scale
    alone = sum(other.question == key.question for other in keys) == 1
    return f"{text}{suffix}", text if alone and suffix else ""


def _left_out(answers: list[Any]) -> tuple[str, ...]:
    """Say what of the answers has no column: files, keywords."""
    given = [answer for response in answers for answer in _given(response)]
    parts = {
        "AnswerFile": "links to attached files",
        "Keywords": "keywords of questions",
        "AnswerKeywords": "keywords of answers",
    }
    counts = {meaning: sum(bool(answer.get(name)) for answer in given) for name, meaning in parts.items()}
    return tuple(f"{meaning} ({n})" for meaning, n in counts.items() if n)
