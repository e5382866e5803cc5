"""Webropol's JSON: long to wide, responses kept apart without respondents, equal question texts kept apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.config import Ingest, Source
from pipeline.core.errors import ReadError
from pipeline.ingest import feedback, instrument, readers
from pipeline.ingest.cells import Cells

REAL = Path(__file__).resolve().parents[3] / ".." / "shared" / "real" / "webropol"
real = pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")
OWN = ("ResponseId", "ResponseDate", "RespondentId", "RespondentEmail")


def read(path: Path) -> Cells:
    reader, tables = readers.read(path, path.name)
    assert reader.NAME == "webropol" and len(tables) == 1
    return tables[0]


def answer(question: str, text: str, value: Any, label: str = "", **more: Any) -> dict[str, Any]:
    return {"QuestionId": question, "Question": text, "Label": label, "Answer": value, **more}


def written(path: Path, *responses: list[dict[str, Any]], **more: Any) -> Path:
    answers = [
        {
            "RespondentId": None,
            "ResponseId": f"r{i}",
            "RespondentEmail": None,
            "ResponseDate": "2018-05-12T14:07:29",
            "RespondentAnswers": given,
        }
        for i, given in enumerate(responses, 1)
    ]
    path.write_text(json.dumps({"SurveyId": "s", "SurveyAnswers": answers, **more}), encoding="utf-8")
    return path


@real
def test_the_real_answers_are_one_row() -> None:
    cells = read(REAL / "api_getSurveyAnswers.json")
    row = dict(zip(cells.header, cells.rows.fillna("").iloc[0], strict=True))
    assert len(cells.rows) == 1 and cells.rows.index.tolist() == [1]
    assert row["ResponseId"] == "0725646a-cafb-4126-a4f0-0a6660b9d812"
    assert row["What is your favourite city in Finland?"] == "Helsinki"
    assert row["What is your favourite... - fruit"] == "apple" and row["Enter your details - WEIGHT (KG)"] == "65"
    assert cells.questions[4] == "How likely would you recommend our company? (NPS)" and cells.rows[4].iloc[0] == "7"
    assert cells.fields == {0: "response_key", 1: "submitted_at"} and cells.technical == {2, 3}
    assert cells.dropped == ("links to attached files (1)",)


@real
def test_two_questions_of_one_text_stay_two_columns() -> None:
    cells = read(REAL / "api_getSurveyQuestions.json")
    assert cells.questions[4:6] == ("Select your gender", "Select your gender") and len(set(cells.header)) == 9
    assert cells.header[6:] == (
        "Which of the following fruits do you like?",
        "Evaluate the Products",
        "Your open feedback",
    )
    assert len(cells.rows) == 0 and cells.remarks == ("the file holds questions but no answers",)


def test_null_respondents_are_different_people(tmp_path: Path) -> None:
    same = [answer("q1", "Kunta", "Nivala")]
    cells = read(written(tmp_path / "a.json", same, same, []))
    assert cells.rows[0].tolist() == ["r1", "r2", "r3"] and cells.rows[4].fillna("").tolist() == [
        "Nivala",
        "Nivala",
        "",
    ]


def test_words_for_nothing_stay_and_an_empty_answer_is_empty(tmp_path: Path) -> None:
    cells = read(written(tmp_path / "a.json", *([answer("q", "K", v)] for v in ("null", "NA", "00100", " ", None, 7))))
    assert cells.rows[4].fillna("").tolist() == ["null", "NA", "00100", "", "", "7"]


def test_answers_reach_the_instrument(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.json",
        [
            answer("g", "Opin", "Samaa mieltä", "uutta"),
            answer("g", "Opin", "1", "itsestäni"),
            answer("m", "Mihin?", "Retket", "Retket"),
            answer("d", "Ikä", "40"),
            answer("s", "Mikä?", "A"),
            answer("s", "Mikä?", "B"),
        ],
        [answer("m", "Mihin?", "1", "Ruoka"), answer("d", "Ikä", "x"), answer("d2", "Ikä", "30")],
    )
    survey = [
        {"type": "select_one agree", "name": "new", "label": "Opin - uutta"},
        {"type": "select_one agree", "name": "self", "label": "Opin - itsestäni"},
        {"type": "select_multiple did", "name": "did", "label": "Mihin?"},
        {"type": "select_multiple ab", "name": "ab", "label": "Mikä?"},
        {"type": "integer", "name": "age", "label": "Vastaajan ikä", "aliases": "d2"},
    ]
    choices = [
        {"list_name": name, "name": code, "label": label}
        for name, code, label in (
            ("agree", "1", "Eri mieltä"),
            ("agree", "2", "Samaa mieltä"),
            ("did", "t", "Retket"),
            ("did", "f", "Ruoka"),
            ("ab", "a", "A"),
            ("ab", "b", "B"),
        )
    ]
    sheets = {"survey": list(enumerate(survey, 2)), "choices": list(enumerate(choices, 2))}
    cells = read(path)
    batch = feedback.harmonise(cells, instrument.build(sheets, "i"), {}, Source(match="*"), Ingest())
    assert batch.codes.fillna("").to_dict("list") == {
        "new": ["2", ""],
        "self": ["1", ""],
        "did/t": ["1", ""],
        "did/f": ["", "1"],
        "ab/a": ["1", ""],
        "ab/b": ["1", ""],
        "age": ["", "30"],
    }
    assert batch.reasons["did/f"].fillna("").tolist() == ["not_ticked", ""]
    assert batch.responses["response_key"].tolist() == ["r1", "r2"] and batch.responses["timed"].all()
    assert [f.place.column for f in batch.findings] == ["d"] and "';'" in cells.remarks[0]


@pytest.mark.parametrize(
    "content",
    [
        '{"SurveyAnswers": [1]}',
        '{"SurveyAnswers": [{"RespondentAnswers": [{"Answer": 1}]}]}',
        '{"SurveyAnswers": [{"RespondentAnswers": [{"QuestionId": "q", "Answer": {"a": 1}}]}]}',
        '{"SurveyAnswers": [',
        '{"Questions": [{"QuestionId": 1}, 2]}',
        '{"SurveyAnswers": [], "Questions": 3}',
    ],
)
def test_what_is_not_built_so_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(ReadError, match=r"a\.json"):
        readers.read(tmp_path / "a.json", "a.json")


@pytest.mark.parametrize("content", ['{"participants": []}', '[{"QuestionId": 1}]', '{"Questions": ["QuestionId"]}'])
def test_other_json_is_not_taken(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(ReadError, match="no reader knows"):
        readers.read(tmp_path / "a.json", "a.json")


WORD = st.text(alphabet="abcåäö 1;,=-\"'\n", min_size=1, max_size=9).map(str.strip).filter(bool)
TABLE = st.lists(WORD, min_size=1, max_size=4, unique_by=str.casefold).flatmap(
    lambda names: st.tuples(
        st.just(names), st.lists(st.lists(st.none() | WORD, min_size=len(names), max_size=len(names)), max_size=5)
    )
)


@given(TABLE)
def test_what_is_written_is_read(tmp_path: Path, table: tuple[list[str], list[list[str | None]]]) -> None:
    names, rows = table
    given_ = [[answer(f"id{i}", n, v) for i, (n, v) in enumerate(zip(names, row, strict=True)) if v] for row in rows]
    questions = [{"QuestionId": f"id{i}", "QuestionText": n, "QuestionOrderNumber": i} for i, n in enumerate(names)]
    cells = read(written(tmp_path / "a.json", *given_, Questions=questions))
    assert cells.header == (*OWN, *names)
    assert cells.rows.fillna("").to_numpy().tolist() == [
        [f"r{i}", "2018-05-12T14:07:29", "", "", *(v or "" for v in row)] for i, row in enumerate(rows, 1)
    ]


@given(st.integers(0, 900), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    path, broken = tmp_path / "a.json", tmp_path / "broken.json"
    if not path.exists():
        written(path, [answer("q", "Kysymys", "x"), answer("g", "Ä", "1", "rivi")], [answer("q", "Kysymys", "y")])
    content = path.read_bytes()
    at %= len(content)
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert "broken.json" in str(refusal)
