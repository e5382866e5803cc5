"""Tables of feedback one below the other are refused, and pages of one are not."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from ingest_folder import Folder, account, problems

from pipeline.ingest import no_answer, stacked

HEADER = ["Ikä", "Sain äänen kuuluviin", "Opin uutta"]
TURNED = ["Ikä", "Opin uutta", "Sain äänen kuuluviin"]
FIRST, SECOND = [[34, 4, 2], [40, 2, 2]], [[20, 4, 1], [30, 1, 1]]
TITLED = "another title stands over the header again in row {}: several tables, one below the other"
ORDER = "the header stands again in row {} in another order: its answers would be read in the first order"


def _read(raw: Path, *parts: list[list[object]]) -> dict[str, pd.DataFrame]:
    folder = Folder(raw).events("E1,A1,Pihatalkoot,Talkoot,2017-05-12", "E2,A1,Kerho,,2017-06-12")
    rows = [row for part in parts for row in part]
    width = max(map(len, rows))
    (raw / "feedback").mkdir()
    frame = pd.DataFrame([[*row, *[None] * (width - len(row))] for row in rows])
    frame.to_excel(raw / "feedback" / "a.xlsx", index=False, header=False, engine="xlsxwriter")
    return folder.ingest()


@pytest.mark.parametrize("title", ["Kerho", "Kerho 12.6.2017", "12.6.2017", "Syyskahvila", "Ryhmä 2"])
@pytest.mark.parametrize("blank", [0, 1])
def test_another_title_over_the_header_again_is_refused(tmp_path: Path, title: str, blank: int) -> None:
    tables = _read(tmp_path / "raw", [["Pihatalkoot"], HEADER], FIRST, [[]] * blank, [[title], HEADER], SECOND)
    assert account(tables, "feedback/a.xlsx") == (6, 0, 0, 6)
    refused = tables["findings"][tables["findings"]["kind"] == "file_refused"].iloc[0]
    assert (refused["problem"], refused["fix"]) == (TITLED.format(5 + blank), "put the tables on sheets of their own")


@pytest.mark.parametrize("title", [["Kerho"], []])
def test_the_header_in_another_order_is_refused(tmp_path: Path, title: list[object]) -> None:
    tables = _read(tmp_path / "raw", [["Pihatalkoot"], HEADER], FIRST, [title, TURNED], SECOND)
    assert account(tables, "feedback/a.xlsx")[1] == 0 and ORDER.format(6) in problems(tables)


@pytest.mark.parametrize("title", ["Pihatalkoot", "Sivu 2", "2/2", "Pihatalkoot 12.5.2017"])
def test_a_page_of_the_same_table_goes_on(tmp_path: Path, title: str) -> None:
    tables = _read(tmp_path / "raw", [["Pihatalkoot"], HEADER], FIRST, [[title], HEADER], SECOND)
    assert account(tables, "feedback/a.xlsx")[:2] == (6, 4)
    assert tables["responses"]["event_id"].tolist() == ["E1"] * 4


def test_a_title_over_rows_that_name_their_event_is_set_aside(tmp_path: Path) -> None:
    header = ["Tapahtuma", *HEADER]
    first, second = ([[event, *row] for row in rows] for event, rows in (("E1", FIRST), ("E2", SECOND)))
    tables = _read(tmp_path / "raw", [header], first, [["Kerho"], header], second)
    assert account(tables, "feedback/a.xlsx") == (6, 4, 0, 2)
    assert {stacked.TITLE, no_answer.AGAIN} <= set(problems(tables))
    assert sorted(tables["responses"]["event_id"]) == ["E1", "E1", "E2", "E2"]


def test_a_lone_comment_or_answer_over_the_header_again_is_an_answer(tmp_path: Path) -> None:
    header = [*HEADER, "Muuta sanottavaa"]
    for number, lone in enumerate(([None, None, None, "Kiitos kaikesta"], [55], [None, "samaa mieltä"])):
        tables = _read(tmp_path / str(number), [header], FIRST, [lone, header], SECOND)
        assert account(tables, "feedback/a.xlsx") == (6, 5, 0, 1)
