"""What a person needs to finish a draft: its help sheet, the fields it finds, scales from paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from drafts_made import fields, made_of, options, paper, row_of
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import cells

from pipeline.commands.codebook import write
from pipeline.core import words
from pipeline.core.config import Ingest, Source
from pipeline.ingest import feedback, instrument, instrument_xlsform
from pipeline.ingest.draft import draft, rows_by_sheet
from pipeline.ingest.draft_help import ALLOWED, FIELDS, TITLES, help_sheet
from pipeline.ingest.draft_help_texts import EXAMPLES, TEXTS
from pipeline.ingest.draft_scales import scales

LANGUAGES = ("fi", "sv", "en")


# The help sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_explains_each_column_a_draft_has_with_the_words_the_reader_takes(language: str) -> None:
    sheets = made_of({"Arvio": ["1", "2"]}, language).sheets()
    explained = {(row[0], row[1]): row for row in sheets[TITLES[language]][1:] if row[1]}
    for sheet in ("survey", "choices"):
        columns = {name.partition("::")[0] for name in sheets[sheet][0]}
        assert columns == {column for at, column in explained if at == sheet}
    for place, allowed in ALLOWED.items():
        assert explained[place][3] == ", ".join(allowed)
        if place != ("survey", "type"):
            assert all(word in TEXTS[place][language] for word in allowed)


def test_the_words_are_those_of_the_reader() -> None:
    assert FIELDS == instrument_xlsform._FIELDS
    assert ALLOWED["choices", "missing"] == words.MISSING_REASONS
    for word in (*words.RESPONDENT_ROLES, *words.LANGUAGES, *words.MODES):
        assert all(word in TEXTS["survey", "field"][language] for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reader_of_forms_looks_at_the_sheet(tmp_path: Path, language: str) -> None:
    made = made_of({"Arvio": ["Hyvä", "Huono", "Hyvä", "Huono"]}, language).sheets()
    write(tmp_path / "instrument.xlsx", made)
    with_help = instrument.load(tmp_path)
    without = {name: rows for name, rows in made.items() if name != TITLES[language]}
    assert len(without) == len(made) - 1 and help_sheet(language) == made[TITLES[language]]
    assert with_help == instrument.build(rows_by_sheet(without), "instrument.xlsx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_are_rows_the_reader_takes(language: str) -> None:
    sheets: dict[str, list[tuple[int, Mapping[str, str]]]] = {"survey": [], "choices": []}
    for title, rows in EXAMPLES[language].items():
        assert len(rows) == 2 and any(row[2] == title for row in help_sheet(language))
        for sheet, row in rows:
            sheets[sheet].append((2, row))
    sheets["choices"].append((9, {"list_name": "often", "name": "1", "label": "x"}))
    items = instrument.build(sheets, "x").items_table().set_index("item")
    assert items.loc["k2", "reversed"] and set(items["occasion"].dropna()) == {"before", "now"}


# The event, the number and the time of a response


@pytest.mark.parametrize(
    "header",
    [
        "Mihin tapahtumaan osallistuit?", "1. Mihin tapahtumaan osallistuit?", "Tapahtuma", "Tilaisuus",
        "Mihin tilaisuuteen olet osallistunut?", "Missä hankkeen tapahtumassa kävit", "Toiminta, johon osallistuit:",
        "Vilket evenemang deltog du i?", "Evenemang", "I vilken tillställning deltog du?",
        "Which event did you take part in?", "Event",
    ],
)  # fmt: skip
def test_a_clear_question_about_the_event_is_the_field_event(header: str) -> None:
    made = made_of({header: ["Avajaiset", "Talkoot"] * 4, "Arvio": ["Hyvä", "Huono"] * 4})
    assert fields(made) == {header: "event"}
    assert row_of(made, header)["type"] == "text" and "field: event" in row_of(made, header)["note"]
    assert not any(option["label"] == "Talkoot" for option in made.choices)


@pytest.mark.parametrize(
    "header",
    [
        "Mihin tapahtumaan haluaisit osallistua?", "Mistä kuulit tapahtumasta?", "Mikä tapahtuma oli paras?",
        "Mihin tapahtumaan olisit osallistunut?", "Which event did you like best?", "Vilket evenemang var bäst?",
        "Mitä pidit tilaisuudesta?",
    ],
)  # fmt: skip
def test_a_question_that_only_speaks_of_events_is_asked_about(header: str) -> None:
    made = made_of({header: ["Avajaiset", "Talkoot"] * 4})
    assert not fields(made)
    assert "jos tämä kertoo tapahtuman, kirjoita sarakkeeseen field: event" in row_of(made, header)["note"]


def test_a_number_of_events_a_mark_and_a_battery_name_no_event() -> None:
    made = made_of({
        "Kuinka moneen tapahtumaan osallistuit?": ["1", "2", "3", "12"],
        "Tapahtuma": ["5", "4", "5", "4"],
    })  # fmt: skip
    assert not fields(made)
    made = made_of({"Tapahtuma": ["Hyvä", "Huono"] * 3, "Tarjoilu": ["Huono", "Hyvä"] * 3})
    assert not fields(made)


def test_the_question_of_the_event_is_one_and_not_one_of_several_answers() -> None:
    made = made_of({"Tapahtuma": ["A", "B"] * 3, "Mihin tapahtumaan osallistuit?": ["C", "D"] * 3})
    assert list(fields(made)) == ["Tapahtuma"]
    made = made_of({"Mihin tapahtumaan osallistuit?": ["A;B", "B", "A", "A;B", "B;A", "B"]})
    assert not fields(made) and made.survey[0]["type"].startswith("select_multiple")


def webropol() -> dict[str, list[str | None]]:
    hours = [f"0{day}.10.2025" for day in range(1, 7)]
    return {
        "Vastaajan numero": [str(1000 + n) for n in range(6)],
        "Aloitusaika": [f"{day} 12.00" for day in hours],
        "Lähetysaika": [f"{day} 12.06" for day in hours],
        "1. Mihin tapahtumaan osallistuit?": ["Talkoot"] * 6,
    }


def test_a_webropol_export_gives_the_number_the_event_and_the_time_of_sending() -> None:
    made = made_of(webropol())
    assert fields(made) == {
        "Vastaajan numero": "response_key", "Lähetysaika": "submitted_at", "1. Mihin tapahtumaan osallistuit?": "event",
    }  # fmt: skip
    assert [row["column"] for row in made.left_out] == ["Aloitusaika"] and "aloitusaika" in made.left_out[0]["reason"]


def test_the_time_of_beginning_serves_where_there_is_no_other() -> None:
    columns = webropol()
    del columns["Lähetysaika"]
    assert fields(made_of(columns))["Aloitusaika"] == "submitted_at"


def test_the_time_a_tool_gives_itself_is_the_only_one() -> None:
    table = cells(list(webropol()), *map(list, zip(*webropol().values(), strict=True)), fields={2: "submitted_at"})
    made = draft(table, "fi", "K")
    assert [row["name"] for row in made.survey if row["field"] == "submitted_at"] == ["submitted_at"]


@pytest.mark.parametrize("numbers", [["1", "1", "1", "2"], ["eka", "toka", "kolmas", "neljäs"], ["maija v"] * 4])
def test_what_does_not_number_the_responses_is_no_key(numbers: list[str]) -> None:
    assert not fields(made_of({"Lomake": numbers, "Arvio": ["1", "2", "3", "4"]}))


# Scales from paper


def test_a_scale_with_eos_and_marks_between_its_numbers_is_a_choice() -> None:
    made = made_of(paper())
    points = [(str(n), "", "") for n in range(1, 6)]
    for label in ("Rohkeus", "Naapurit", "Kuuluminen", "Palvelut"):
        found = options(made, label)
        assert found[:5] == points
        assert [(code, missing) for code, missing, _ in found[5:]] == [("dk", "dont_know"), ("no_answer", "no_answer")]
    assert options(made, "Rohkeus")[5][2] == "en osaa sanoa"
    assert "kelpaamattomiksi" in row_of(made, "Kuuluminen")["note"]
    assert "kelpaamattomiksi" not in row_of(made, "Palvelut")["note"]


def test_the_paper_sheet_is_read_with_its_own_draft() -> None:
    table = cells(list(paper()), *map(list, zip(*paper().values(), strict=True)))
    made = instrument.build(rows_by_sheet(draft(table, "fi", "K").sheets()), "instrument.xlsx")
    batch = feedback.harmonise(table, made, {}, Source(match="*"), Ingest())
    assert batch.reasons["Rohkeus"].value_counts().to_dict() == {"dont_know": 3, "no_answer": 1}
    assert batch.reasons["Kuuluminen"].value_counts().to_dict() == {"invalid": 3}
    assert batch.responses["response_key"].tolist() == paper()["Lomake"]
    assert [f.place.column for f in batch.findings if f.kind == "cell_invalid"] == ["Naapurit", *["Kuuluminen"] * 3]


@pytest.mark.parametrize(
    "column",
    [
        ["1", "2", "3", "40", "eos"],
        ["1", "2", "3", "kaksi", "eos"],
        ["1,5", "2", "3", "eos", "4"],
        ["1", "?", "x?", "2", "4"],
        ["eos", "-", "en tiedä", "1", "1"],
    ],
)
def test_what_is_no_scale_is_none(column: list[str]) -> None:
    assert not scales({0: pd.Series(column)})


def test_numbers_alone_are_a_scale_only_beside_one_and_no_further_than_it() -> None:
    seed = pd.Series(["1", "2", "5", "eos"])
    assert not scales({0: pd.Series(["1", "2", "5"])})
    assert set(scales({0: seed, 1: pd.Series(["1", "2", "5"])})) == {0, 1}
    assert set(scales({0: seed, 2: pd.Series(["1", "2", "5"])})) == {0}
    for other in (["1", "8", "9"], ["0", "1", "2"], ["1", "2", "2"]):
        assert set(scales({0: seed, 1: pd.Series(other)})) == {0}


def test_a_slip_of_the_keys_does_not_lengthen_a_scale() -> None:
    codes = [choice.code for choice in scales({0: pd.Series(["1", "2", "4", "5", "9", "eos"])})[0].choices]
    assert codes == ["1", "2", "3", "4", "5", "dk"]


@pytest.mark.parametrize("keyed", [["1", "1", "1", "4?"], ["1", "2", "1", "4?"], ["1", "1", "2", "2", "4?", "4?"]])
def test_a_number_somebody_was_not_sure_of_is_no_option_and_is_warned_of(keyed: list[str]) -> None:
    made = made_of({"Arvio": keyed})
    assert [name for name, _, _ in options(made, "Arvio")] == ["1", "2", "3", "4"]
    assert "kelpaamattomiksi" in row_of(made, "Arvio")["note"]


def test_no_opinion_and_marks_nobody_can_read_make_no_options() -> None:
    assert row_of(made_of({"Arvio": ["eos", "4?", "4?", "dk"]}), "Arvio")["type"] == "text"


def test_en_tieda_is_no_opinion_in_words_too() -> None:
    made = made_of({"Arvio": ["Hyvä", "Huono", "en tiedä", "Hyvä", "Huono", "en tiedä"]})
    assert [missing for _, missing, _ in options(made, "Arvio")] == ["", "", "dont_know"]


KEYED = st.sampled_from(
    [None, *"123457", "eos", "EOS", "en tiedä", "-", "4?", "x?", "2-3", "n/a", "dk", "ehv", "10", "0"]
)


@given(st.lists(st.lists(KEYED, min_size=3, max_size=3), min_size=1, max_size=14))
def test_what_is_keyed_in_is_read_with_its_own_draft(rows: list[list[str | None]]) -> None:
    table = cells(["Rohkeus", "Naapurit", "Palvelut"], *rows)
    made = draft(table, "fi", "K")
    form = instrument.build(rows_by_sheet(made.sheets()), "instrument.xlsx")
    batch = feedback.harmonise(table, form, {}, Source(match="*"), Ingest())
    warned = {row["label"] for row in made.survey if "kelpaamattomiksi" in row["note"]}
    assert {f.place.column for f in batch.findings if f.kind in ("cell_invalid", "column_unmapped")} <= warned
