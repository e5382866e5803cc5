"""Themes given to open answers: whatever the columns are called, every row accounted for, nothing taken for another."""

from __future__ import annotations

import pandas as pd
import pytest
from ingest_folder import Folder, account, all_text, problems

from pipeline.core.words import ADJUDICATED

SAID = ("Bussi ei kulje", "Kahvi oli hyvää", "Kahvi oli hyvää!", "soita 040 123 4567")


@pytest.fixture
def folder(tmp_path) -> Folder:
    rows = "".join(f"{i},2018-05-0{i},{text}\n" for i, text in enumerate(SAID, 1))
    return Folder(tmp_path / "raw").put("feedback/a.csv", f"number,time,say\n{rows}")


def coded(folder: Folder, text: str, name: str = "coding/themes.csv") -> dict[str, pd.DataFrame]:
    return folder.put(name, text).ingest()


def triples(tables: dict[str, pd.DataFrame]) -> list[list[object]]:
    found = tables["codes"].sort_values(["response_id", "coder", "theme"])
    return [[None if pd.isna(x) else x for x in row] for row in found[["response_id", "coder", "theme"]].to_numpy()]


def test_without_coding_files_the_table_is_empty(folder):
    tables = folder.ingest()
    assert tables["codes"].empty and not [u for u in tables["ledger"]["unit"] if "coding" in u]


def test_rows_become_codes_and_a_row_without_theme_is_kept(folder):
    tables = coded(folder, "response_id,item,coder,theme\na.csv:2,say,A,bus\na.csv:2,say,A,times\na.csv:3,say,A,\n")
    assert triples(tables) == [["a.csv:2", "A", "bus"], ["a.csv:2", "A", "times"], ["a.csv:3", "A", None]]
    assert account(tables, "coding/themes.csv") == (3, 3, 0, 0)


def test_finnish_headers_several_themes_in_a_cell_and_a_workbook_will_do(folder):
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Koodit")
        for i, row in enumerate((("Paikka", "Koodaaja", "Teemat"), ("a.csv:2", "MK", "bussi; aikataulu"))):
            sheet.write_row(i, 0, row)
    tables = folder.put("coding/Teemat 2018.xlsx", buffer.getvalue()).ingest()
    assert triples(tables) == [["a.csv:2", "MK", "aikataulu"], ["a.csv:2", "MK", "bussi"]]
    assert tables["codes"]["item"].tolist() == ["say", "say"]
    assert account(tables, "coding/Teemat 2018.xlsx") == (1, 1, 0, 0)


def test_spellings_are_one_theme_and_a_repeated_row_counts_once(folder):
    text = "response_id,coder,theme\na.csv:2,A,Bus\na.csv:3,A,bus \na.csv:2,A,Bus\na.csv:2,A,\n"
    tables = coded(folder, text)
    assert triples(tables) == [["a.csv:2", "A", "Bus"], ["a.csv:3", "A", "Bus"]]
    assert account(tables, "coding/themes.csv") == (4, 3, 1, 0)
    assert any("already" in p for p in problems(tables, "coding/themes.csv"))


@pytest.mark.parametrize("word", ["adjudicated", "Sovittu", "överenskommet"])
def test_what_was_settled_together_is_known_by_its_word(folder, word):
    tables = coded(folder, f"response_id,coder,theme\na.csv:2,{word},bus\n")
    assert tables["codes"]["coder"].tolist() == [ADJUDICATED]


def test_a_row_that_belongs_to_no_answer_is_set_aside_with_its_place(folder):
    text = "response_id,coder,theme\na.csv:99,A,bus\na.csv:2,,bus\n,A,bus\na.csv:3,A,cafe\n"
    tables = coded(folder, text)
    assert triples(tables) == [["a.csv:3", "A", "cafe"]]
    assert account(tables, "coding/themes.csv") == (4, 1, 0, 3)
    found = tables["findings"].set_index("row")["problem"]
    assert "no open answer" in found[2] and "no coder" in found[3] and "no open answer" in found[4]


def test_an_answer_that_moved_is_found_by_its_text_and_told(folder):
    tables = coded(folder, "response_id,coder,theme,text\na.csv:9,A,bus,Bussi ei kulje.\n")
    assert triples(tables) == [["a.csv:2", "A", "bus"]]
    assert any("has moved" in p for p in problems(tables))


def test_a_text_of_another_place_is_taken_there_and_one_of_no_place_nowhere(folder):
    tables = coded(folder, "response_id,coder,theme,text\na.csv:3,A,bus,Bussi ei kulje\na.csv:3,B,x,Aivan muuta\n")
    assert triples(tables) == [["a.csv:2", "A", "bus"]]
    assert any("something else" in p for p in problems(tables))


def test_a_text_that_two_answers_share_is_trusted_only_at_its_place(folder):
    tables = coded(
        folder, "response_id,coder,theme,text\na.csv:4,A,cafe,Kahvi oli hyvää\na.csv:9,A,cafe,Kahvi oli hyvää\n"
    )
    assert triples(tables) == [["a.csv:4", "A", "cafe"]]
    assert account(tables, "coding/themes.csv") == (2, 1, 0, 1)


def test_a_file_that_lacks_a_column_is_refused_and_the_rest_goes_on(folder):
    folder.put("coding/themes_b.csv", "response_id,coder,theme\na.csv:2,B,bus\n")
    tables = coded(folder, "response_id,theme\na.csv:2,bus\n")
    assert triples(tables) == [["a.csv:2", "B", "bus"]]
    assert any("no column for the coder" in p for p in problems(tables, "coding/themes.csv"))
    assert account(tables, "coding/themes.csv") == (1, 0, 0, 1)


def test_two_columns_for_one_thing_are_refused(folder):
    tables = coded(folder, "response_id,coder,theme,teema\na.csv:2,A,bus,bussi\n")
    assert tables["codes"].empty and any("two columns can be the theme" in p for p in problems(tables))


def test_other_files_of_the_folder_are_not_taken_for_themes(folder):
    tables = coded(folder, "anything\n1\n", "coding/notes.csv")
    assert tables["codes"].empty and "coding/notes.csv" not in set(tables["ledger"]["unit"])


def test_an_unreadable_file_is_refused_by_name(folder):
    tables = folder.put("coding/themes.xlsx", b"PK\x03\x04 broken").ingest()
    assert tables["codes"].empty
    assert (tables["findings"]["file"] == "coding/themes.xlsx").any()


def test_the_text_column_goes_no_further(folder):
    tables = coded(folder, "response_id,coder,theme,text\na.csv:5,A,contact,\na.csv:77,A,x,Maija Meikäläinen soitti\n")
    assert "Maija" not in all_text(tables) and triples(tables) == [["a.csv:5", "A", "contact"]]
