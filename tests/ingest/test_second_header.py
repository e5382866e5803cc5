"""Headers of two rows: the question keeps its options, and no row of a header becomes a respondent."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.ingest import readers
from pipeline.ingest.cells import Cells

Row = list[str | None]
QUESTION = "Mistä kuulit hankkeesta?"
OPTIONS = ["Lehdestä", "Ystävältä", "Muualta"]
TOP: Row = ["Vastaaja", "Arvio", QUESTION, None, None, "Palaute"]
BELOW: Row = [None, None, *OPTIONS, None]
RECORDS: list[Row] = [
    ["1", "5", "1", "0", "0", "Kiva"],
    ["2", "4", "0", "1", "1", None],
    ["3", "2", "0", "0", "0", None],
]


def _read(path: Path, rows: list[Row]) -> Cells:
    with (path / "a.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows([["" if cell is None else cell for cell in row] for row in rows])
    (cells,) = readers.read(path / "a.csv", "feedback/a.csv")[1]
    return cells


def _given(cells: Cells) -> list[Row]:
    return [[None if pd.isna(v) else v for v in row] for row in cells.rows.itertuples(index=False, name=None)]


def test_the_options_below_a_question_are_no_respondent(tmp_path: Path) -> None:
    cells = _read(tmp_path, [TOP, BELOW, *RECORDS])
    assert cells.header == ("Vastaaja", "Arvio", *(f"{QUESTION} - {o}" for o in OPTIONS), "Palaute")
    assert cells.questions == ("", "", *OPTIONS, "")  # the statement of a grid may be known by itself
    assert _given(cells) == RECORDS and cells.rows.index.tolist() == [3, 4, 5]
    assert cells.notes[-1] == "header in rows 1 and 2" and "rows 1 and 2 were taken" in cells.remarks[0]


def test_answers_in_words_that_recur_lie_under_two_rows_too(tmp_path: Path) -> None:
    top: Row = ["Käytätkö?", None, "Kuinka usein?", None]
    below: Row = ["Kuvia", "Muuta", "Työssä", "Muualla"]
    words = ["Kyllä", "Ei"]
    records: list[Row] = [[words[i % 2], words[i % 3 == 0], "usein", "usein"] for i in range(6)]
    cells = _read(tmp_path, [top, below, *records])
    assert cells.header[3] == "Kuinka usein? - Muualla" and _given(cells) == records
    first: Row = ["Anna", "Aho", "Kylä", "Talo"]  # words that do not recur are no options
    cells = _read(tmp_path, [top, first, ["Olli", "Oja", "Kaupunki", "Koti"], ["Ulla", "Uusi", "Saari", "Mökki"]])
    assert len(cells.rows) == 3 or cells.header[0] == "Anna"


def test_filters_above_the_two_rows_are_kept(tmp_path: Path) -> None:
    cells = _read(tmp_path, [["Kysely"], ["Suodatin: kaikki"], [], TOP, BELOW, *RECORDS])
    assert len(cells.rows) == 3 and cells.preamble == ("Kysely", "Suodatin: kaikki")


def test_a_column_named_in_the_upper_row_only_keeps_its_name(tmp_path: Path) -> None:
    many = [f"väite {i}" for i in range(8)]
    top, below = ["Vastaaja", "Mitä mieltä olet?", *[None] * 7], [None, *many]
    cells = _read(tmp_path, [top, below, *[[str(r), *"12345123"] for r in range(4)]])
    assert cells.header == ("Vastaaja", *(f"Mitä mieltä olet? - {name}" for name in many)) and len(cells.rows) == 4


def test_names_that_a_program_made_up_are_no_names(tmp_path: Path) -> None:
    named = [cell or f"Unnamed: {i}" for i, cell in enumerate(TOP)]
    assert _read(tmp_path, [named, BELOW, *RECORDS]).header[3] == f"{QUESTION} - {OPTIONS[1]}"


def test_the_same_name_under_two_sections_is_two_questions(tmp_path: Path) -> None:
    sections: Row = [None, "Syy", None, "Apu", None]
    cells = _read(tmp_path, [sections, ["Vastaaja", "Raha", "Muu", "Neuvo", "Muu"], *[["1", *"0101"], ["2", *"1001"]]])
    assert cells.questions == ("", "Syy - Raha", "Syy - Muu", "Apu - Neuvo", "Apu - Muu") and len(cells.rows) == 2


@pytest.mark.parametrize(
    ("top", "first"),
    [
        (TOP, ["1", "5", "1", None, None, None]),  # an ordinary answer
        (TOP, [None, None, "Lehdestä", "Ystävältä", None, None]),  # not every column without a name is named
        (TOP, [None, None, "1", "0", "1", None]),  # numbers are ticks
        (TOP, [None, None, "x", "x", "x", None]),
        (["Vastaaja", "Arvio", QUESTION, None, None], [None, "5", *OPTIONS]),  # an answer under a question of its own
        (["Vastaaja", "Arvio"], [None, "Hyvä"]),
    ],
)
def test_a_first_record_stays_a_record(tmp_path: Path, top: Row, first: Row) -> None:
    cells = _read(tmp_path, [top, first, *[row[: len(top)] for row in RECORDS]])
    assert len(cells.rows) == 4 and _given(cells)[0][: len(first)] == first


def test_what_others_answer_too_is_an_answer(tmp_path: Path) -> None:
    """A block of columns without names holds option texts; the first respondent ticked all and said nothing else."""
    texts: list[Row] = [["1", "5", "Lehdestä", None, None, "Kiva"], ["2", "4", None, None, "Muualta", None]]
    assert len(_read(tmp_path, [TOP, BELOW, *texts]).rows) == 3


def test_options_ticked_by_their_own_text_where_every_respondent_has_a_number(tmp_path: Path) -> None:
    texts: list[Row] = [
        ["1", "5", "Lehdestä", None, None, "Kiva"],
        ["2", None, None, None, "Muualta", None],
        ["3", "4", None, None, None, None],
    ]
    cells = _read(tmp_path, [TOP, BELOW, *texts])
    assert _given(cells) == texts and cells.header[3] == f"{QUESTION} - Ystävältä"
    nobody: list[Row] = [[None, *row[1:]] for row in texts]  # no column that all have: the row could be an answer
    assert len(_read(tmp_path, [TOP, BELOW, *nobody]).rows) == 4


NAME = st.text(alphabet="abcdeåäö ?-", min_size=1, max_size=6).map(str.strip).filter(bool)
TICK = st.sampled_from(["1", "0", None])


@given(st.lists(st.lists(NAME, min_size=1, max_size=4, unique_by=str.casefold), min_size=1, max_size=4), st.data())
def test_what_is_written_under_two_rows_is_read(tmp_path: Path, groups: list[list[str]], data: st.DataObject) -> None:
    assume(any(len(group) > 1 for group in groups))
    top: Row = ["nro"]
    below: Row = [None]
    names = ["nro"]
    for number, group in enumerate(groups):
        question = f"Kysymys {number} on"
        top += [question, *[None] * (len(group) - 1)]
        below += group if len(group) > 1 else [None]
        names += [f"{question} - {option}" for option in group] if len(group) > 1 else [question]
    ticks = data.draw(st.lists(st.lists(TICK, min_size=len(top) - 1, max_size=len(top) - 1), min_size=2, max_size=5))
    records: list[Row] = [[f"{i}", *row] for i, row in enumerate(ticks, start=1)]
    cells = _read(tmp_path, [top, below, *records])
    assert cells.header == tuple(names) and _given(cells) == records


HEAD: Row = ["Lomake", "Sukupuoli", "Ikä", "Vastaus", "Kommentti"]
PEOPLE: list[Row] = [[str(n), "mies" if n % 2 else "nainen", str(20 + n), "kyllä", None] for n in range(1, 9)]
TALLY: list[Row] = [["Ikäryhmä", "20-29", "30-39", "40-49", "Yhteensä"], ["Lukumäärä", "5", "6", "2", "13"]]


@pytest.mark.parametrize("gap", [0, 1, 2])
@pytest.mark.parametrize("at", [1, 3, 6])
def test_a_small_table_to_the_right_is_no_header(tmp_path: Path, gap: int, at: int) -> None:
    rows = [HEAD, *PEOPLE]
    beside = {at: TALLY[0], at + 1: TALLY[1]}
    wide: list[Row] = [[*row, *[None] * gap, *beside.get(i, [None] * 5)] for i, row in enumerate(rows)]
    cells = _read(tmp_path, wide)
    assert list(cells.header[:5]) == HEAD and cells.rows.index.tolist() == list(range(2, 10))
    assert not cells.overlong and not cells.set_aside


def test_a_title_of_two_cells_is_no_header_of_a_wider_table(tmp_path: Path) -> None:
    above: Row = ["Talkoot", "Lappeenranta", None, None, None]
    assert list(_read(tmp_path, [above, HEAD, *PEOPLE]).header) == HEAD


def test_records_beside_a_small_table_have_no_cells_that_moved(tmp_path: Path) -> None:
    form: list[Row] = [["Aikaleima", "Vastaus"], *([f"1.5.2018 8.0{n}.00", "kyllä"] for n in range(1, 9))]
    wide: list[Row] = [[*row, None, *(TALLY[i - 3] if i in (3, 4) else [None] * 5)] for i, row in enumerate(form)]
    cells = _read(tmp_path, wide)
    assert cells.fields and not cells.overlong and len(cells.rows) == 8
