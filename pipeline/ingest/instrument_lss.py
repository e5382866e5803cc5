"""LimeSurvey's survey structure (.lss) -> the sheets of an XLSForm, with a label per language.

An array becomes one question per row, named ``Q1_SQ001``; a multiple choice one question with an option per box. Their
aliases are the headings that LimeSurvey's exports have: ``Q1[SQ001]`` and ``Question [Row]``.
Sources: the structure's older form (a row per language) and newer one (texts in ``question_l10ns``, ``answer_l10ns``),
both among LimeSurvey's public files; built-in answers by SurveyObj.php and the Finnish and Swedish translations.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Final
from xml.etree.ElementTree import Element

from pipeline.core.errors import InstrumentError
from pipeline.ingest.instrument_lss_types import NO_OPINION, Fields, Structure, Texts, labels, rows_of
from pipeline.ingest.instrument_model import Row, Sheets

_TAG: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]+>", re.DOTALL | re.IGNORECASE)


def to_sheets(root: Element, file: str) -> Sheets:
    """Return the survey's questions and choices.

    Raises
    ------
    InstrumentError
        When the XML is no survey structure, or a question lacks its code or has a type that is not known.
    """
    if root.findtext("LimeSurveyDocType", "").strip() != "Survey":
        raise InstrumentError(
            "this XML is no survey structure of LimeSurvey",
            place=file,
            fix="export it in LimeSurvey as 'Survey structure (.lss)'",
        )
    made = _structure(root, file)
    survey: list[tuple[int, Row]] = []
    choices: list[tuple[int, Row]] = []
    for number, question in enumerate(made.questions, start=1):
        for row, options in rows_of(made, question, file):
            survey.append((number, row))
            list_name = row["type"].partition(" ")[2]
            if list_name and list_name not in {choice["list_name"] for _, choice in choices}:
                choices += [(number, _choice(list_name, code, texts)) for code, texts in options.items()]
    return {"survey": survey, "choices": choices}


def _structure(root: Element, file: str) -> Structure:
    main = [q for q in _table(root, "questions") if q.get("parent_qid", "0") in ("", "0")]
    below = [q for q in (*_table(root, "questions"), *_table(root, "subquestions")) if q not in main]
    whole = [{"qid", "type", "title"} <= q.keys() for q in main] + [{"qid", "title"} <= q.keys() for q in below]
    if not main or not all(whole):
        raise InstrumentError("the structure has no questions, or one without code or type", place=file)
    groups = {g.get("gid", ""): _number(g.get("group_order")) for g in _table(root, "groups")}
    order = sorted(_once(main), key=lambda q: (groups.get(q.get("gid", ""), 0), _number(q.get("question_order"))))
    rows: dict[str, list[Fields]] = {}
    for q in sorted(_once(below), key=lambda q: _number(q.get("question_order"))):
        rows.setdefault(q.get("parent_qid", ""), []).append(q)
    texts = [*_table(root, "question_l10ns"), *main, *below]
    return Structure(
        order,
        _by_language(((q.get("qid", ""), q) for q in texts), "question"),
        rows,
        _answers(root),
        _by_language(((_key(a), a) for a in _table(root, "question_attributes")), "value"),
    )


def _key(attribute: Fields) -> tuple[str, str]:
    return attribute.get("qid", ""), attribute.get("attribute", "")


def _table(root: Element, name: str) -> list[Fields]:
    """Return the rows of one table, without empty fields."""
    return [
        {field.tag: field.text.strip() for field in row if field.text and field.text.strip()}
        for row in root.iterfind(f"{name}/rows/row")
    ]


def _once(rows: Iterable[Fields]) -> list[Fields]:
    """Return one row per question: the older form repeats it for every language."""
    return list({row.get("qid"): row for row in rows}.values())


def _by_language(rows, field: str):  # type: ignore[no-untyped-def]
    """Return key -> language -> plain text of `field`."""
    found: dict[object, dict[str, str]] = {}
    for key, row in rows:
        if text := _plain(row.get(field, "")):
            found.setdefault(key, {})[row.get("language", "")] = text
    return found


def _answers(root: Element) -> dict[tuple[str, str], dict[str, Texts]]:
    """Return (question, scale) -> answer code -> texts, in the order of the form."""
    rows = sorted(_table(root, "answers"), key=lambda a: _number(a.get("sortorder")))
    translated = _by_language(((a.get("aid", ""), a) for a in _table(root, "answer_l10ns")), "answer")
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for a in rows:
        texts = found.setdefault((a.get("qid", ""), a.get("scale_id", "0")), {}).setdefault(a.get("code", ""), {})
        texts |= translated.get(a.get("aid", ""), {})
        if text := _plain(a.get("answer", "")):
            texts[a.get("language", "")] = text
    return {key: dict(codes) for key, codes in found.items()}


def _choice(list_name: str, code: str, texts: Texts) -> Row:
    missing = {"missing": "dont_know"} if texts is NO_OPINION else {}
    return {"list_name": list_name, "name": code, **labels(texts), **missing}


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
