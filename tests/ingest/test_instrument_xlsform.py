"""XLSForms of all ages as an instrument."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from forms_made import REAL, lss, option, real
from ingest_folder import cells

from pipeline.core.errors import InstrumentError
from pipeline.ingest import columns, instrument
from pipeline.ingest.instrument import Instrument, build


@real
def test_the_public_xlsforms() -> None:
    eats = instrument.read(REAL / "kobo_odk/xlsform_good_eats_multilang.xlsx")
    assert list(eats.options) == ["food_type", "rating", "risk_factor"]
    food = option(eats, "food_type")
    assert len(food) == 13 and food["lunch"] == {"en": "Lunch Time", "french": "Lunch Time Fr"} and "other" in food
    assert eats.questions["food_type_other"].type == "text" and "food_photo" not in eats.questions
    assert eats.questions["food_type"].labels == {"en": "Type of Eat", "french": "Type of Eat Fr"}
    other = instrument.read(REAL / "kobo_odk/xlsform_or_other.xlsx")
    assert [*option(other, "fav_color")] == ["red", "green", "blue", "mauve", "apricot", "other"]
    assert [*option(other, "fav_pastel")] == ["red", "green", "blue", "mauve", "apricot"]
    widgets = instrument.read(REAL / "kobo_odk/xlsform_widgets.csv")
    kinds = {q.name: q.type for q in widgets.questions.values()}
    assert kinds["my_select"] == kinds["spinner_all"] == "select_multiple" and kinds["my_select1"] == "select_one"
    assert kinds["my_date"] == "date" and kinds["my_trigger"] == "text" and "my_image" not in kinds
    assert [*option(widgets, "my_select")] == ["a", "b", "c", "d"]


def form(survey: list[dict[str, str]], choices: list[dict[str, str]], **settings: str) -> Instrument:
    sheets = {"survey": survey, "choices": choices, "settings": [settings]}
    return build({name: list(enumerate(rows, 2)) for name, rows in sheets.items()}, "instrument.xlsx")


COLOURS = [{"list name": "c", "name": n, "label:English": n.title()} for n in ("red", "green")]


@pytest.mark.parametrize(
    ("kind", "type_", "options"),
    [
        ("select_one c", "select_one", ["red", "green"]),
        ("select one from c", "select_one", ["red", "green"]),
        ("Select One c or_other", "select_one", ["red", "green", "other"]),
        ("select one from c or specify other", "select_one", ["red", "green", "other"]),
        ("select all that apply from c", "select_multiple", ["red", "green"]),
        ("select_multiple  c  or_other", "select_multiple", ["red", "green", "other"]),
        ("add select multiple prompt using c", "select_multiple", ["red", "green"]),
    ],
)
def test_select_questions_of_all_ages(kind: str, type_: str, options: list[str]) -> None:
    found = form([{"type": kind, "name": "q", "label:English": "Q"}], COLOURS)
    assert found.questions["q"].type == type_ and [*option(found, "q")] == options
    assert ("q_other" in found.questions) == ("other" in options)


def test_a_setting_may_add_none_to_multiple_choices() -> None:
    survey = [{"type": f"select_{n} c", "name": n, "label": n} for n in ("one", "multiple")]
    found = form(survey, COLOURS, add_none_option="TRUE")
    assert [*option(found, "one")] == ["red", "green"] and [*option(found, "multiple")] == ["red", "green", "none"]


@pytest.mark.parametrize(
    ("survey", "choices", "said"),
    [
        ([], [{"list name": "c", "label": "Red"}], "sheet 'choices', row 2: the choice has no name"),
        ([{"type": "select_one_from_file a.csv", "name": "q"}], [], "row 2: the choices are in another file"),
    ],
)
def test_a_form_that_would_lose_choices_is_refused(survey: list[Any], choices: list[Any], said: str) -> None:
    with pytest.raises(InstrumentError) as fault:
        form(survey, choices)
    assert said in str(fault.value)


def test_other_sheets_with_dates_and_blank_rows_are_no_matter(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    with xlsxwriter.Workbook(str(tmp_path / "instrument.xlsx")) as book:
        survey, log = book.add_worksheet("Survey "), book.add_worksheet("muutosloki")
        survey.write_row(0, 0, ["type", "name", "label::Suomi (fi)"])
        for row in (*range(1, 5), 36):
            survey.write_row(row, 0, ["integer", f"q{row}", "Q"])
        survey.write(11, 0, " ")
        log.write(0, 0, 1, book.add_format({"num_format": "d.m.yyyy"}))
    assert list(instrument.load(tmp_path).questions) == ["q1", "q2", "q3", "q4", "q36"]


def test_what_is_inside_decides_and_one_questionnaire_is_enough(tmp_path: Path) -> None:
    (tmp_path / "instrument.csv").write_text(lss(("Q1", "T", "a", {}, {}, {})), "utf-8")
    assert list(instrument.load(tmp_path).questions) == ["Q1"]
    (tmp_path / "instrument.lss").write_text(lss(("Q1", "T", "a", {}, {}, {})), "utf-8")
    with pytest.raises(InstrumentError, match=r"instrument\.csv and instrument\.lss"):
        instrument.load(tmp_path)
    (tmp_path / "instrument.csv").unlink()
    (tmp_path / "instrument.lss").write_bytes(b"\x00\x01\x02junk")
    with pytest.raises(InstrumentError, match="neither a workbook"):
        instrument.load(tmp_path)


def test_headers_in_capitals_are_the_same_headers(tmp_path: Path) -> None:
    path = tmp_path / "instrument.csv"
    lines = ["survey,,,", ",TYPE,Name,LABEL::English", ",select_one c,q,Colour?"]
    lines += ["choices,,,", ",LIST_NAME,NAME,LABEL::English", ",c,red,Red"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    found = instrument.read(path)
    assert found.questions["q"].labels == {"en": "Colour?"} and option(found, "q") == {"red": {"en": "Red"}}


def test_a_sheet_without_types_is_no_form_without_questions() -> None:
    with pytest.raises(InstrumentError) as fault:
        form([{"tyyppi": "text", "name": "q"}], [])
    assert "there is no column 'type'" in str(fault.value)
    assert not form([], []).questions


def test_a_setting_lets_a_name_stand_twice_in_a_list() -> None:
    again = [*COLOURS, {"list name": "c", "name": "red", "label:English": "Crimson"}]
    survey = [{"type": "select_one c", "name": "q", "label": "q"}]
    with pytest.raises(InstrumentError):
        form(survey, again)
    found = form(survey, again, allow_choice_duplicates="yes")
    assert option(found, "q") == {"red": {"en": "Red"}, "green": {"en": "Green"}}
    assert {"red", "crimson"} <= found.options["q"][0].spellings


def _grouped(*groups: str, name: str = "say") -> list[dict[str, str]]:
    rows = [{"type": "begin group", "name": group, "label": group.title()} for group in groups]
    return [*rows, {"type": "text", "name": name, "label": "Muuta?"}, *({"type": "end group"} for _ in groups)]


def test_a_name_is_unique_in_its_group_only() -> None:
    found = form([*_grouped("a"), *_grouped("b"), *_grouped("c", "b"), {"type": "text", "name": "own"}], [])
    assert [*found.questions] == ["a_say", "b_say", "c_b_say", "own"]
    assert {"a/say", "a-say"} <= found.questions["a_say"].spellings and "say" not in found.questions["a_say"].spellings
    assert "c/b/say" in found.questions["c_b_say"].spellings
    outside = form([{"type": "text", "name": "say"}, *_grouped("a")], [])
    assert [*outside.questions] == ["say", "a_say"]
    with pytest.raises(InstrumentError, match="is given twice"):
        form([*_grouped("a"), *_grouped("a")], [])


def test_the_paths_of_an_export_tell_equal_names_apart() -> None:
    made = form([*_grouped("a"), *_grouped("b")], [])
    known, _ = columns.match(cells(["b/say", "a/say"], ["1", "2"]), made)
    assert [column.question for column in known] == ["b_say", "a_say"]
