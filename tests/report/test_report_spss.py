"""The SPSS file for other tools: codes, labels and kinds of missing, read back as another program would."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import contracts
from pipeline.core.config import Ingest, Source
from pipeline.ingest import feedback, instrument, readers
from pipeline.report.spss import MISSING, variables, write_sav

pyreadstat = pytest.importorskip("pyreadstat")


def table(name: str, *rows: dict[str, Any]) -> pd.DataFrame:
    columns = contracts.CONTRACTS[name].column_names
    return contracts.check(name, pd.DataFrame([{c: row.get(c) for c in columns} for row in rows], columns=columns))


def item(name: str, kind: str, position: int, **more: Any) -> dict[str, Any]:
    row = {"item": name, "question": name.partition("/")[0], "type": kind, "position": position, "reversed": False}
    return {**row, "label_fi": f"{name} suomeksi", "label_sv": f"{name} på svenska", **more}


def option(question: str, code: str, position: int, missing: str | None = None) -> dict[str, Any]:
    return {"question": question, "code": code, "position": position, "missing_reason": missing, "label_fi": f"={code}"}


def answer(response: str, name: str, code: str | None = None, missing: str | None = None) -> dict[str, Any]:
    number = pd.to_numeric(code, errors="coerce") if code else None
    return {"response_id": response, "item": name, "code": code, "value": number, "missing_reason": missing}


ITEMS = table(
    "items",
    item("agree", "select_one", 1, minimum=1, maximum=5),
    item("group", "select_one", 2),
    item("did", "select_multiple", 3),
    item("did/trips", "option", 4),
    item("did/food", "option", 5),
    item("age", "integer", 6),
    item("hours", "decimal", 7),
    item("day", "date", 8),
    item("say", "text", 9),
)
OPTIONS = table(
    "options",
    *(option("agree", code, n) for n, code in enumerate("12345", 1)),
    option("agree", "eos", 6, "dont_know"),
    option("group", "asukas", 1),
    option("group", "nuori", 2),
    option("did", "trips", 1),
    option("did", "food", 2),
)
RESPONSES = table(
    "responses",
    *(
        {"response_id": f"a.csv:{n}", "source_file": "a.csv", "source_row": n, "event_id": "E1", "language": "fi",
         "submitted_at": pd.Timestamp("2017-04-03 12:05")}
        for n in (2, 3, 4)
    ),
)  # fmt: skip
ANSWERS = table(
    "answers",
    answer("a.csv:2", "agree", "4"),
    answer("a.csv:3", "agree", missing="dont_know"),
    answer("a.csv:4", "agree", missing="refused"),
    answer("a.csv:2", "group", "nuori"),
    answer("a.csv:3", "group", missing="invalid"),
    answer("a.csv:4", "group", missing="no_answer"),
    answer("a.csv:2", "did/trips", "1"),
    answer("a.csv:3", "did/trips", missing="not_ticked"),
    answer("a.csv:4", "did/trips", missing="no_answer"),
    answer("a.csv:2", "age", "-92"),
    answer("a.csv:2", "hours", "2.5"),
    answer("a.csv:2", "day", "2017-04-03"),
)


def written(path: Path, language: str = "fi", answers: pd.DataFrame = ANSWERS) -> tuple[pd.DataFrame, Any]:
    write_sav(path, ITEMS, OPTIONS, RESPONSES, answers, language, "Hanke")
    return pyreadstat.read_sav(str(path), user_missing=True)


def test_codes_labels_and_kinds_of_missing(tmp_path: Path) -> None:
    frame, meta = written(tmp_path / "a.sav")
    # an answer of -92 moves the block of missing codes of the whole file
    assert frame["agree"].tolist() == [4, -993, -994] and frame["group"].tolist() == [2, -995, -992]
    assert frame["did_trips"].tolist() == [1, 0, -992] and frame["did_food"].tolist() == [-991] * 3
    assert frame["age"].tolist() == [-92, -991, -991] and frame["hours"].iloc[0] == 2.5
    assert frame["day"].iloc[0] == dt.date(2017, 4, 3) and meta.original_variable_types["day"] == "EDATE10"
    assert frame["submitted_at"].iloc[0] == dt.datetime(2017, 4, 3, 12, 5)
    numbers = [found for name, found in meta.missing_ranges.items() if name != "day"]
    assert numbers == [[{"lo": -995.0, "hi": -991.0}]] * 6
    assert "did_trips" in meta.missing_ranges and "response_id" not in meta.missing_ranges
    labels = meta.variable_value_labels
    assert labels["group"][1] == "=asukas" and labels["agree"][-993] == "En osaa sanoa" and 6 not in labels["agree"]
    assert labels["did_food"][0] == "Ei valittu" and labels["age"][-991] == "Ei kysytty"
    assert meta.column_names_to_labels["did_food"] == "did suomeksi: did/food suomeksi"
    assert meta.variable_measure["agree"] == "ordinal" and meta.variable_measure["group"] == "nominal"
    assert "say" not in frame and "did" not in frame and meta.file_label == "Hanke"


def test_the_pipeline_itself_reads_the_same_answers_back(tmp_path: Path) -> None:
    written(tmp_path / "a.sav")
    survey = [
        {"type": kind, "name": name, "label": f"{name} suomeksi"}
        for kind, name in (("select_one agree", "agree"), ("select_one group", "group"), ("select_multiple did", "did"),
                           ("integer", "age"), ("decimal", "hours"), ("date", "day"))
    ]  # fmt: skip
    survey[3]["constraint"] = ". > -1000"  # without one, -92 is no age
    choices = [
        {"list_name": row["question"], "name": row["code"], "missing": row["missing_reason"], "label": label}
        for row in OPTIONS.to_dict("records")
        for label in [row["label_fi"] if row["question"] != "did" else f"did/{row['code']} suomeksi"]
    ]
    sheets = {
        name: [(n, {k: v for k, v in row.items() if isinstance(v, str)}) for n, row in enumerate(rows, 2)]
        for name, rows in (("survey", survey), ("choices", choices))
    }
    _, tables = readers.read(tmp_path / "a.sav", "a.sav")
    batch = feedback.harmonise(tables[0], instrument.build(sheets, "i"), {}, Source(match="*"), Ingest())
    for items, expected in (("codes", "code"), ("reasons", "missing_reason")):
        back = getattr(batch, items)
        for row in ANSWERS[ANSWERS["missing_reason"] != "invalid"].to_dict("records"):
            cell = back.loc[int(row["response_id"][-1]) - 1, row["item"]]
            assert (None if pd.isna(cell) else cell) == (None if pd.isna(row[expected]) else row[expected])


def test_another_program_counts_only_answers(tmp_path: Path) -> None:
    written(tmp_path / "a.sav")
    frame, _ = pyreadstat.read_sav(str(tmp_path / "a.sav"))
    assert frame["agree"].count() == 1 and frame["did_trips"].tolist()[:2] == [1, 0] and frame["did_food"].count() == 0


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_labels_are_in_the_language_asked_for(tmp_path: Path, language: str) -> None:
    _, meta = written(tmp_path / "a.sav", language)
    expected = {"fi": "agree suomeksi", "sv": "agree på svenska", "en": "agree suomeksi"}
    assert meta.column_names_to_labels["agree"] == expected[language]
    assert meta.variable_value_labels["agree"][-993] == MISSING["dont_know"][language]


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    written(tmp_path / "a.sav")
    written(tmp_path / "b.sav", answers=ANSWERS.sample(frac=1, random_state=1))
    assert (tmp_path / "a.sav").read_bytes() == (tmp_path / "b.sav").read_bytes()


def test_names_are_valid_and_distinct(tmp_path: Path) -> None:
    names = ["all", "ALL_", "1a", "a b", "a/b", "ä" * 70, "ä" * 71, "response_id", "_x", "..."]
    items = table("items", *(item(name, "integer", n) for n, name in enumerate(names, 1)))
    write_sav(tmp_path / "a.sav", items, OPTIONS, RESPONSES, ANSWERS.iloc[:0], "fi")
    frame, _ = pyreadstat.read_sav(str(tmp_path / "a.sav"))
    made = list(frame.columns)[7:]
    assert len({name.upper() for name in frame.columns}) == len(frame.columns) == 17
    assert all(len(name.encode()) <= 64 and name[0].isalpha() for name in made) and "all" not in made


def test_labels_are_cut_between_letters(tmp_path: Path) -> None:
    items = table("items", item("q", "select_one", 1, label_fi="ä" * 200))
    options = table("options", {**option("q", "1", 1), "label_fi": "€" * 90})
    write_sav(tmp_path / "a.sav", items, options, RESPONSES, ANSWERS.iloc[:0], "fi")
    _, meta = pyreadstat.read_sav(str(tmp_path / "a.sav"))
    assert meta.column_names_to_labels["q"] == "ä" * 126 + "…"
    assert meta.variable_value_labels["q"][1] == "€" * 38 + "…"


def test_a_project_without_responses_has_a_file(tmp_path: Path) -> None:
    write_sav(tmp_path / "a.sav", ITEMS, OPTIONS, RESPONSES.iloc[:0], ANSWERS.iloc[:0], "fi")
    frame, _ = pyreadstat.read_sav(str(tmp_path / "a.sav"))
    assert len(frame) == 0 and "agree" in frame


@given(st.lists(st.integers(-200_000, 200_000), min_size=1, max_size=3))
def test_no_answer_is_ever_a_missing_code(values: list[int]) -> None:
    answers = table("answers", *(answer(f"a.csv:{n}", "age", str(v)) for n, v in enumerate(values, 2)))
    made = variables(ITEMS, OPTIONS, RESPONSES, answers, "fi")["age"]
    assert made.values.tolist()[: len(values)] == values and not set(made.labels) & set(map(float, values))
