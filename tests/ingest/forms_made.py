"""Questionnaires of other tools, as tests make them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from pipeline.ingest import instrument
from pipeline.ingest.instrument import Instrument

REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "real"
real = pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")

LANGUAGES = ("fi", "sv")


def table(name: str, rows: list[dict[str, Any]]) -> str:
    def field(tag: str, value: Any) -> str:
        return f"<{tag}><![CDATA[{value}]]></{tag}>" if value != "" else f"<{tag}/>"

    inner = "".join("<row>" + "".join(field(k, v) for k, v in row.items()) + "</row>" for row in rows)
    return f"<{name}><fields/><rows>{inner}</rows></{name}>"


Question = tuple[str, str, str, dict[str, str], dict[str, str], dict[str, Any]]


def lss(*questions: Question, newer: bool = True, languages: tuple[str, ...] = LANGUAGES) -> str:
    """Return a structure of questions: code, type, text, subquestions, answers, other fields; texts get a language."""
    main: list[dict[str, Any]] = []
    sub: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    q_texts: list[dict[str, Any]] = []
    a_texts: list[dict[str, Any]] = []

    def put(
        rows: list[dict[str, Any]], row: dict[str, Any], text: str, field: str, texts: list[dict[str, Any]]
    ) -> None:
        key = {k: row[k] for k in ("qid", "aid") if k in row and (k == "aid" or "aid" not in row)}
        worded = [{field: f"<p>{escape(text)} {lang}</p>" if text else "", "language": lang} for lang in languages]
        rows += [row] if newer else [row | one for one in worded]
        texts += [key | one for one in worded]

    number = 0
    for order, (code, kind, text, boxes, choices, more) in enumerate(questions):
        number += 1
        qid = number
        shared = {"gid": 1, "sid": 9, "question_order": order}
        row = {"qid": qid, "parent_qid": 0, **shared, "type": kind, "title": code, "scale_id": 0, **more}
        put(main, row, text, "question", q_texts)
        for place, (box, label) in enumerate(boxes.items()):
            number += 1
            scale = 1 if box.startswith("Y_") else 0
            below = {
                "qid": number,
                "parent_qid": qid,
                **shared,
                "question_order": place,
                "type": "T",
                "scale_id": scale,
            }
            put(sub, below | {"title": box.removeprefix("Y_")}, label, "question", q_texts)
        for place, (answer, label) in enumerate(choices.items()):
            number += 1
            scale = 1 if answer.startswith("Y_") else 0
            row = {"qid": qid, "code": answer.removeprefix("Y_"), "sortorder": place, "scale_id": scale}
            put(answers, ({"aid": number} if newer else {}) | row, label, "answer", a_texts)
    tables = [table("questions", main), table("subquestions", sub), table("answers", answers)]
    tables += [table("question_l10ns", q_texts), table("answer_l10ns", a_texts)] if newer else []
    spoken = "".join(f"<language>{lang}</language>" for lang in languages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>'
        f"<DBVersion>{630 if newer else 261}</DBVersion><languages>{spoken}</languages>{''.join(tables)}</document>"
    )


def made(tmp_path: Path, text: str, name: str = "instrument.lss") -> Instrument:
    (tmp_path / name).write_text(text, "utf-8")
    return instrument.read(tmp_path / name)


def option(found: Instrument, question: str) -> dict[str, dict[str, str]]:
    return {o.code: dict(o.labels) for o in found.options[question]}
