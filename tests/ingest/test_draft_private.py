"""Drafts are handed round: no contact, no name and no confession of a respondent may become a label or an option."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts_made import made_of, options, paper, row_of

from pipeline.__main__ import main


def test_open_answers_are_drafted_though_they_hold_an_identity_code() -> None:
    made = made_of(paper())
    assert row_of(made, "Vapaa sana")["type"] == "text" and not made.left_out
    assert not any(part in str(made.sheets()) for part in ("131052", "Tauno"))


@pytest.mark.parametrize("header", ["Vapaa sana", "4. Mitä muuta haluat sanoa?", "Kommentit", "Comments", "Fritt ord"])
def test_under_a_header_for_free_words_nothing_becomes_an_option(header: str) -> None:
    for texts in (["Soita 040 123 4567"] * 4, ["ei", "Maija", "ei", "Maija"]):
        made = made_of({header: texts})
        assert made.survey[0]["type"] == "text" and not made.choices


def test_a_column_of_contacts_is_left_out_and_a_question_with_some_is_not() -> None:
    made = made_of({
        "Yhteys": ["Maija V, 040 123 4567", "a.b@esimerkki.example", None],
        "Muita toiveita": ["Soittakaa minulle numeroon 040 123 4567 illalla", None, "Kysykää a.b@esimerkki.example"],
    })  # fmt: skip
    assert [row["column"] for row in made.left_out] == ["Yhteys"]
    assert row_of(made, "Muita toiveita")["type"] == "text"


@pytest.mark.parametrize(
    "odd", ["Maija Virtanen", "Sain apua Maija Virtaselta", "en jaksa enää kun mieheni joi ja löi"]
)
@pytest.mark.parametrize("mark", ["", ";"])
def test_an_answer_given_once_that_names_or_tells_is_no_option(odd: str, mark: str) -> None:
    made = made_of({"Kuka auttoi?": [*["ei kukaan", f"ohjaaja{mark}"] * 5, odd], "Muu": ["x", "y"] * 5 + ["x"]})
    assert row_of(made, "Kuka auttoi?")["type"] == "text" and odd not in str(made.sheets())


def test_an_option_of_a_battery_may_be_given_once_in_a_column() -> None:
    common = ["Agree", "Disagree"] * 4
    made = made_of({"a": [*common, "Strongly Agree"], "b": ["Strongly Agree", *common]})
    assert [code for code, _, _ in options(made, "a")] == ["agree", "disagree", "strongly_agree"]


def test_no_opinion_among_names_does_not_make_them_options() -> None:
    made = made_of({"Kuka opetti?": ["Maija Virtanen", "Pekka Mäki", "En osaa sanoa"] * 3})
    assert [row["column"] for row in made.left_out] == ["Kuka opetti?"] and not made.choices


def test_a_contact_in_a_header_or_a_file_name_is_not_copied(tmp_path: Path) -> None:
    made = made_of({"maija@esimerkki.example": ["x", "y"], "Arvio": ["1", "2"]})
    assert "maija@" not in str(made.sheets()) and [row["column"] for row in made.left_out] == ["[sähköposti]"]
    source, out = tmp_path / "vastaukset maija@esimerkki.example.csv", tmp_path / "i.xlsx"
    source.write_text("a;b\n1;2\n")
    assert main(["codebook", str(source), "--out", str(out)]) == 0
    assert "maija@" not in str(out.read_bytes())
