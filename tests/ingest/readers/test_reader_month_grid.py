"""Grids of ticks as people keep them, and workbooks whose sheets are lists of different kinds."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from attendance_lists import docx, harmonised, read, text, visits, xlsx

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells

FIRST = [["Nimi", "3.3.", "10.3."], ["Maija Aho", "x", None], ["Olli Oja", "x", "x"]]
EVENTS = {"E2": 2, "E3": 1}


def _counted(tables: list[Cells], status: str = "attended") -> dict[str, int]:
    made = visits(tables)
    return dict(Counter(made.loc[made["status"] == status, "event_id"]))


def test_no_sheet_of_a_workbook_is_lost(tmp_path: Path) -> None:
    few = [["Nimi", "3", "10", "17"], ["Carl Dahl", "x", "x", None]]
    plain = [["Nimi", "Puhelin"], ["Dora Dal", "040 1234567"], ["Eero Elo", None]]
    names = [["Ulla Uusi"], ["Ville Vesi"], ["Åsa Öhman"]]
    content = xlsx(tmp_path / "x.xlsx", {"Talkoot": plain, "Kahvila 2018": FIRST, "Maaliskuu": few, "Juhla": names})
    _, tables = read(tmp_path, content, "kerho 2018.xlsx")
    assert [cells.sheet for cells in tables] == [
        "Talkoot", "Kahvila 2018 / 2018-03-03", "Kahvila 2018 / 2018-03-10",
        "Maaliskuu / 2018-03-03", "Maaliskuu / 2018-03-10", "Juhla",
    ]  # fmt: skip
    assert _counted(tables) == {"E1": 2, "E2": 3, "E3": 2, "E4": 3}


def test_a_sheet_that_is_no_list_is_refused_by_name_and_the_others_are_read(tmp_path: Path) -> None:
    content = xlsx(tmp_path / "x.xlsx", {"2018": FIRST, "Ohje": [["Merkitse x"], ["Kiitos"]]})
    _, tables = read(tmp_path, content)
    with pytest.raises(ReadError, match="sheet 'Ohje'"):
        harmonised(tables[-1:])
    assert _counted(tables[:-1]) == EVENTS


@pytest.mark.parametrize("people", [2, 12])
def test_each_header_of_days_speaks_for_the_rows_below_it(tmp_path: Path, people: int) -> None:
    names = [f"Nimi{chr(97 + i)} Suku{chr(97 + i)}" for i in range(people)]
    rows = [["Kerho 2018"], ["Nimi", "3.3.", "26.1."], *([n, "x", "x"] for n in names), []]
    rows += [["Vuosi 2021"], ["Nimi", "13.4.", "26.1."], *([n, "x", None] for n in names[:-1])]
    _, tables = read(tmp_path, text(rows, ";"))
    assert [cells.sheet for cells in tables] == ["2018-03-03", "2018-01-26", "2021-04-13"]
    assert _counted([tables[0], tables[2]]) == {"E2": people, "E1": people - 1}


@pytest.mark.parametrize(
    "day", ["3.3.2018", "3.3.18", "la 3.3.2018", "3.3.", "la 3.3.", "3.3. klo 17-19", "2018-03-03", "lauantai 3.3."]
)
def test_one_column_of_a_day_is_enough(tmp_path: Path, day: str) -> None:
    rows = [["Nimi", "Puhelin", day], ["Maija Aho", "0401234567", "x"], ["Olli Oja", "0401234568", None]]
    name, tables = read(tmp_path, text(rows, ";"), "E1.csv")
    assert name == "month_grid" and _counted(tables) == {"E2": 1}


def test_a_day_without_a_year_is_the_registers_only_one_or_refused_by_its_date(tmp_path: Path) -> None:
    _, tables = read(tmp_path, text([["Nimi", "4.5."], ["Maija Aho", "x"]], ";"))
    with pytest.raises(ReadError, match=r"on 4\.5\."):
        harmonised(tables)


def test_over_the_turn_of_a_year_the_register_says_which_year(tmp_path: Path) -> None:
    _, tables = read(tmp_path, text([["Kerho 2017-2018"], *FIRST], ";"))
    assert _counted(tables) == EVENTS


def test_words_of_absence_and_hours_are_marks(tmp_path: Path) -> None:
    rows = [
        FIRST[0],
        ["Maija Aho", "poissa", "2 h"],
        ["Olli Oja", "sairas", "klo 10-12"],
        ["Ulla Uusi", "x", "lomalla"],
    ]
    _, tables = read(tmp_path, text(rows, ";"), "2018.csv")
    assert _counted(tables) == {"E2": 1, "E3": 2}
    assert _counted(tables, "registered") == {"E2": 2, "E3": 1}


@pytest.mark.parametrize(
    ("rows", "counted", "aside"),
    [
        ([["Läsnä", "2", "1"]], EVENTS, 2),
        ([["Aikuiset", "5", "4"], ["Lapset", "10", "12"]], EVENTS, 4),
        ([["Paikalla yht.", "2", None]], EVENTS, 1),
        ([["Ulla Uusi", "1", None]], {"E2": 3, "E3": 1}, 0),
    ],
)
def test_rows_of_numbers_among_ticks_are_no_people(
    tmp_path: Path, rows: list[list[str]], counted: dict[str, int], aside: int
) -> None:
    _, tables = read(tmp_path, text([*FIRST, *rows], ";"), "2018.csv")
    told = [reason for made in harmonised(tables) for reason in made.quarantined]
    assert _counted(tables) == counted
    assert told == ["a line of totals, no person"] * aside


def test_hours_are_no_totals(tmp_path: Path) -> None:
    rows = [
        FIRST[0],
        ["Maija Aho", "2", "3"],
        ["Olli Oja", "1,5", "4 h"],
        ["Ulla Uusi", "3", "2"],
        ["Yhteensä", "6,5", "9"],
    ]
    _, tables = read(tmp_path, text(rows, ";"), "2018.csv")
    assert _counted(tables) == {"E2": 3, "E3": 3}


def test_a_grid_in_a_word_document(tmp_path: Path) -> None:
    _, tables = read(tmp_path, docx("Kerho 2018", FIRST), "l.docx")
    assert _counted(tables) == EVENTS


def test_columns_behind_the_days_are_said(tmp_path: Path) -> None:
    rows = [[*FIRST[0], "Yhteensä", "Kahvi"], *([*row, "2", "k"] for row in FIRST[1:])]
    _, tables = read(tmp_path, text(rows, ";"), "2018.csv")
    assert [remark for cells in tables for remark in cells.remarks] == [
        "1 columns of the grid are no days and are not used"
    ]


def test_rows_about_the_days_are_nobody_and_a_signature_is_a_tick(tmp_path: Path) -> None:
    rows = [
        ["Nimi", "3.3.", "10.3."],
        ["Aihe", "askartelu", "leivonta"],
        ["Maija Aho", "Maija Aho", "x"],
        ["Olli Oja", "Olli Oja", None],
        ["Ohjaaja", "Kaisa", "Pekka"],
    ]
    _, tables = read(tmp_path, xlsx(tmp_path / "x.xlsx", {"Kahvila 2018": rows}))
    assert _counted(tables) == {"E2": 2, "E3": 1}


def test_columns_headed_by_an_event_and_its_day(tmp_path: Path) -> None:
    rows = [["Nimi", "Talkoot 3.3.", "Avoimet ovet 10.3."], ["Maija Aho", "x", "x"], ["Olli Oja", None, "x"]]
    _, tables = read(tmp_path, xlsx(tmp_path / "x.xlsx", {"2018": rows}))
    assert [len(cells.rows) for cells in tables] == [1, 2]
    assert [cells.sheet for cells in tables] == ["2018 / 2018-03-03", "2018 / 2018-03-10"]


@pytest.mark.parametrize("word", ["", "Kysymys ", "Väittämä "])
@pytest.mark.parametrize("title", [[], [["Palautekysely maaliskuu 2018"], []]])
def test_answers_on_a_scale_below_numbers_of_questions_are_no_days(
    tmp_path: Path, word: str, title: list[list[str]]
) -> None:
    head = ["Nimi", *(f"{word}{n}" for n in range(1, 11))]
    people = ("Maija Aho", "Olli Oja", "Ulla Uusi")
    rows = [*title, head, *([name, *(str(1 + (n * k) % 5) for n in range(1, 11))] for k, name in enumerate(people, 2))]
    name, _ = read(tmp_path, text(rows, ";"))
    assert name != "month_grid"


def test_hours_below_days_are_days_still(tmp_path: Path) -> None:
    days = [str(n) for n in range(1, 11)]
    rows = [["Maaliskuu 2018"], ["Nimi", *days], ["Maija Aho", "2", "3", "", "1", *[""] * 6], ["Olli Oja", *["1"] * 5]]
    name, tables = read(tmp_path, text(rows, ";"))
    assert name == "month_grid" and len(tables) == 5
