from __future__ import annotations

import pandas as pd
import pytest

from pipeline.core.errors import PipelineError, ReadError
from pipeline.report import quotations

COMMENTS = pd.DataFrame(
    [
        ("a.csv:2", "q9", "Hyvä päivä."),
        ("a.csv:3", "q9", "Soita 040 123 4567."),
        ("a.csv:4", "q9", "Salaisuus."),
        ("a.csv:2", "q8", "Kiitos vuodelta 2017."),
    ],
    columns=["response_id", "item", "text"],
)
HEAD = "response_id,item,released_by,date\n"


def released(tmp_path, *rows, head=HEAD, comments=COMMENTS):
    path = tmp_path / "quotations.csv"
    path.write_text(head + "".join(f"{row}\n" for row in rows), encoding="utf-8-sig")
    return quotations.released(comments, path)


def test_only_what_a_person_released_is_shown_and_not_whose_it_is(tmp_path):
    shown = released(tmp_path, "a.csv:2,q9,MK,30.11.2018", "a.csv:2,q8,MK,2018-11-30", "a.csv:2,q9,MK,30.11.2018")
    assert shown.frame.to_numpy().tolist() == [["q8", "Kiitos vuodelta 2017."], ["q9", "Hyvä päivä."]]
    assert list(shown.frame.columns) == ["item", "text"]
    assert shown.hidden[["outcome", "reason"]].to_numpy().tolist() == [["q9", "not released"]]


def test_without_the_file_or_without_answers_nothing_is_quoted(tmp_path):
    assert quotations.released(COMMENTS, tmp_path / "absent.csv").frame.empty
    assert released(tmp_path, comments=COMMENTS.head(0)).hidden.empty


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a.csv:9,q9,MK,2018-11-30", "response_id"),
        ("a.csv:2,q9, ,2018-11-30", "released_by"),
        ("a.csv:2,q9,MK,soon", "date"),
    ],
)
def test_a_row_that_releases_nothing_is_named(tmp_path, row, column):
    with pytest.raises(ReadError, match=f"row 2, column '{column}'") as error:
        released(tmp_path, row)
    assert "päivä" not in str(error.value)


def test_a_column_too_few_is_named_and_semicolons_are_read(tmp_path):
    with pytest.raises(ReadError, match="no column date"):
        released(tmp_path, head="response_id;item;released_by\n")
    assert len(released(tmp_path, "a.csv:2;q9;MK;2018-11-30", head=HEAD.replace(",", ";")).frame) == 1


@pytest.mark.parametrize(
    "text", ["040 123 4567", "a.b@x.example", "010594Y9032", "FI21 1234 5600 0007 85", "www.x.example"]
)
def test_a_text_that_holds_something_personal_is_never_quoted_nor_echoed(tmp_path, text):
    comments = pd.DataFrame([("a:1", "q9", f"Soita {text} heti")], columns=COMMENTS.columns)
    with pytest.raises(PipelineError, match="the answer holds") as error:
        released(tmp_path, "a:1,q9,MK,2018-11-30", comments=comments)
    assert text not in str(error.value)
