"""The draft of an instrument: types and options guessed, personal data left out, a form that is valid XLSForm."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from forms_made import lss
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import cells
from test_instrument_redcap import DICTIONARY

from pipeline.__main__ import main
from pipeline.commands.codebook import write
from pipeline.core.config import Ingest, Source
from pipeline.ingest import feedback, instrument, readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.columns import match
from pipeline.ingest.draft import Draft, draft, rows_by_sheet
from pipeline.ingest.draft_from_form import converted, is_form

RAW = Path(__file__).resolve().parents[2] / "raw"
LABEL = "label::Suomi (fi)"


def built(made: Draft) -> instrument.Instrument:
    return instrument.build(rows_by_sheet(made.sheets()), "instrument.xlsx")


def made_of(header: list[str], *rows: list[str | None], **more: object) -> Draft:
    return draft(cells(header, *rows, **more), "fi", "Kysely")


def kinds(made: Draft) -> dict[str, str]:
    return {row["label"]: row["type"].split()[0] for row in made.survey}


def options(made: Draft, label: str) -> list[tuple[str, str]]:
    listed = next(row["type"].split()[1] for row in made.survey if row["label"] == label)
    return [(row["label"], row["missing"]) for row in made.choices if row["list_name"] == listed]


def test_types_are_guessed_from_the_cells() -> None:
    columns = {
        "Mielipide": ["Samaa mieltä", "Eri mieltä", "samaa mieltä", "En osaa sanoa", "Eri mieltä", "En osaa sanoa"],
        "Ikä": ["34", "51", "17", "8", "99", None],
        "Tunteja": ["1,5", "2", "0,25", "3", "4", "2"],
        "Päivä": ["3.4.2017", "20.10.2017", "1.1.2018", None, "2.2.2018", "5.5.2018"],
        "Postinumero": ["00100", "85500", "00100", "85500", "00100", "85500"],
        "Muuta": ["Kiitos!", "Olisi hyvä jos...", "ei", "null", "NA", "Hyvä, jatkakaa"],
        "Mihin?": ["Retket;Ruoka", "Ruoka", "Retket", "Retket;Ruoka", "Ruoka;Retket", "Ruoka"],
    }
    made = made_of(list(columns), *map(list, zip(*columns.values(), strict=True)))
    assert kinds(made) == {
        "Mielipide": "select_one", "Ikä": "integer", "Tunteja": "decimal", "Päivä": "date", "Postinumero": "text",
        "Muuta": "text", "Mihin?": "select_multiple",
    }  # fmt: skip
    assert options(made, "Mielipide") == [("Samaa mieltä", ""), ("Eri mieltä", ""), ("En osaa sanoa", "dont_know")]
    assert options(made, "Mihin?") == [("Retket", ""), ("Ruoka", "")]
    assert all(row["note"] for row in made.survey)
    assert set(built(made).questions) == {row["name"] for row in made.survey}


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Nimi", ["Maija"] * 4 + ["Pekka"] * 4),
        ("Vastaajan sähköposti", ["x"] * 8),
        ("E-post", ["x"] * 8),
        ("ID", list("12345678")),
        ("Kuka opetti?", ["Maija Virtanen", "Pekka Mäki-Säilä"] * 4),
        ("Yhteys", ["maija@esimerkki.example", "040 123 4567"] * 4),
    ],
)
def test_people_never_become_options(header: str, values: list[str]) -> None:
    made = made_of([header, "Muu"], *([value, "1"] for value in values))
    assert [row["column"] for row in made.left_out] == [header] and not made.choices
    assert not any(value in str(made.sheets()) for value in values if len(value) > 2)


def test_a_text_with_a_phone_number_in_it_is_free() -> None:
    made = made_of(["Muuta", "Muu"], *([text, "1"] for text in ["soita 040 123 4567", "ei", "ei", "ei", "ei", "ei"]))
    assert kinds(made)["Muuta"] == "text" and not made.choices


def test_columns_of_ticks_are_one_question_and_their_summary_is_not_another() -> None:
    made = made_of(
        ["Mihin?", "Mihin?/Retket", "Mihin?/Ruoka", "Opin - uutta", "Opin - muuta"],
        ["Retket", "1", "0", "Paljon", "Vähän"],
        ["Retket Ruoka", "1", "1", "Vähän", "Paljon"],
        [None, None, None, "Paljon", "Vähän"],
        ["", "0", "0", "Paljon", "Vähän"],
    )
    assert kinds(made) == {"Mihin?": "select_multiple", "Opin - uutta": "select_one", "Opin - muuta": "select_one"}
    assert options(made, "Mihin?") == [("Retket", ""), ("Ruoka", "")]
    assert [row["column"] for row in made.left_out] == ["Mihin?"] or not made.left_out


def test_a_battery_shares_one_list_that_holds_what_any_question_was_answered() -> None:
    rows = [["1", "2"], ["2", "3"], ["eos", "4"], ["3", "3"], ["2", "4"], ["1", "2"], ["3", "eos"], ["eos", "eos"]]
    made = made_of(["a", "b"], *rows)
    assert len({row["type"] for row in made.survey}) == 1
    assert options(made, "a") == [("1", ""), ("2", ""), ("3", ""), ("4", ""), ("eos", "dont_know")]


def test_the_files_own_labels_are_the_options() -> None:
    made = made_of(
        ["k1", "k2", "ika"],
        ["1", "1", "34"],
        ["9", "2", "999"],
        questions=("Mielipide", "Mielipide uudelleen", "Ikä"),
        value_labels={0: {"1": "Hyvä", "2": "Hyvä", "9": "EOS"}, 1: {"1": "2", "2": "3"}, 2: {"999": "EOS"}},
        user_missing={0: frozenset({"9"}), 2: frozenset({"999"})},
    )
    assert [row["name"] for row in made.survey] == ["k1", "k2", "ika"]
    assert options(made, "Mielipide") == [("Hyvä", ""), ("Hyvä (2)", ""), ("EOS", "dont_know")]
    assert kinds(made)["Ikä"] == "integer"
    built(made)


def test_fields_of_the_tool_and_a_time_of_answering() -> None:
    made = made_of(
        ["Submission", "Kesto", "Aikaleima"],
        ["a1", "12", "3.4.2017 12.05"],
        ["a2", "30", "3.4.2017 13.05"],
        fields={0: "response_key"},
        technical=frozenset({1}),
    )
    assert [(row["name"], row["field"]) for row in made.survey] == [
        ("response_key", "response_key"), ("Aikaleima", "submitted_at")
    ]  # fmt: skip
    assert [row["column"] for row in made.left_out] == ["Kesto"]


def test_cells_that_would_run_are_harmless_and_still_match(tmp_path: Path) -> None:
    import python_calamine

    made = made_of(["=1+1", "b"], *[[text, "x"] for text in ["-a", "@b", "-a", "@b", "+c", "+c"]])
    write(tmp_path / "instrument.xlsx", made.sheets())
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "instrument.xlsx"))
    cells_ = [str(c) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for c in row]
    assert not [text for text in cells_ if text.startswith(("=", "+", "-", "@"))]
    loaded = instrument.load(tmp_path)
    assert kinds(made)["=1+1"] == "select_one" and any("=1+1" in q.spellings for q in loaded.questions.values())


def validate(path: Path) -> None:
    xls2xform = pytest.importorskip("pyxform.xls2xform")
    assert "<h:html" in xls2xform.convert(xlsform=str(path)).xform


@pytest.mark.parametrize("name", ["verkkokysely_2018.csv", "kysely_2016.sav", "paperilomakkeet.xlsx"])
def test_the_draft_from_a_sample_file_reads_that_file_and_is_a_valid_form(tmp_path: Path, name: str) -> None:
    out = tmp_path / "instrument.xlsx"
    assert main(["codebook", str(RAW / "feedback" / name), "--out", str(out)]) == 0
    validate(out)
    _, tables = readers.read(RAW / "feedback" / name, name)
    largest = max(tables, key=lambda table: table.rows.size)
    batch = feedback.harmonise(largest, instrument.load(tmp_path), {}, Source(match="*"), Ingest())
    # the paper forms hold one unreadable mark, "?", which is no wording of an option
    odd = [f for f in batch.findings if f.kind in ("cell_invalid", "column_unmapped")]
    assert [f.place.column for f in odd] == (["Nyt"] if name.startswith("paperi") else [])
    assert batch.codes.notna().any().sum() > 10


def test_a_file_that_exists_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "a.csv", tmp_path / "instrument.xlsx"
    source.write_text("a;b\n1;2\n")
    out.write_text("mine")
    assert main(["codebook", str(source), "--out", str(out)]) == 1
    assert "exists already" in capsys.readouterr().err and out.read_text() == "mine"


WORD = st.text(alphabet="abåÄ1 ;,=-+@'$[]{}/:|\"<>&\n", min_size=1, max_size=9).filter(lambda text: text.strip())
TABLE = st.integers(1, 4).flatmap(
    lambda width: st.tuples(
        st.lists(WORD, min_size=width, max_size=width),
        st.lists(st.lists(st.none() | st.sampled_from(["1", "0", "x", "Ei"]) | WORD, min_size=width, max_size=width),
                 min_size=1, max_size=12),
    )
)  # fmt: skip


@given(TABLE)
def test_every_table_gives_a_form_the_pipeline_reads(table: tuple[list[str], list[list[str | None]]]) -> None:
    header, rows = table
    made = made_of(header, *rows)
    loaded = built(made)
    assert len(loaded.questions) + len(loaded.fields) == len(made.survey)


@given(TABLE, st.dictionaries(st.sampled_from(["1", "0", "x"]), WORD, min_size=1))
def test_value_labels_give_a_form_the_pipeline_reads(
    table: tuple[list[str], list[list[str | None]]], labels: dict[str, str]
) -> None:
    header, rows = table
    built(made_of(header, *rows, value_labels={0: labels}, user_missing={0: frozenset({"0"})}))


def test_random_tables_give_valid_forms(tmp_path: Path) -> None:
    rng = pd.Series(range(400)).sample(frac=1, random_state=7).tolist()
    parts = ["Ä=b", "<x>", "${y}", "a&b", "ei", "1", "samaa mieltä", 'q"r', "-"]
    for n in range(4):
        header = [parts[rng[n * 9 + i] % len(parts)] + str(i) for i in range(6)]
        rows = [[parts[rng[(n * 31 + r * 6 + i) % 400] % (2 + i)] for i in range(6)] for r in range(12)]
        write(tmp_path / f"{n}.xlsx", made_of(header, *rows).sheets())
        validate(tmp_path / f"{n}.xlsx")


def test_a_table_without_rows_is_drafted() -> None:
    empty = Cells("a.json", None, ("Kysymys",), pd.DataFrame({0: pd.array([], dtype="str")}))
    assert kinds(draft(empty, "fi", "a")) == {"Kysymys": "text"}


def test_equal_headers_and_odd_blanks_are_found_again() -> None:
    header = ["Millä\xa0bussilla\u2009kuljit?", "Arvio", "Millä\xa0bussilla\u2009kuljit?"]
    table = cells(header, ["a", "1", "b"], ["b", "2", "a"], ["a", "3", "b"])
    made = draft(table, "fi", "Kysely")
    assert [row["label"] for row in made.survey] == ["Millä bussilla kuljit?", "Arvio", "Millä bussilla kuljit? #2"]
    columns, findings = match(table, built(made))
    assert [column.index for column in columns] == [0, 1, 2] and not findings


# A tool's own questionnaire


def back(path: Path) -> tuple[instrument.Instrument, instrument.Instrument]:
    return instrument.read(path), instrument.build(rows_by_sheet(converted(path, "fi", "K")), "instrument.xlsx")


def same(own: instrument.Instrument, again: instrument.Instrument) -> None:
    for name, question in {**own.fields, **own.questions}.items():
        other = {**again.fields, **again.questions}[name]
        assert (other.type, other.spellings) == (question.type, question.spellings)
        assert other.labels == question.labels
    pd.testing.assert_frame_equal(own.items_table(), again.items_table())
    pd.testing.assert_frame_equal(own.options_table(), again.options_table())


def test_a_structure_of_limesurvey_becomes_a_form_to_fill_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, scale = {"S1": "Rohkeus", "S2": "Tieto"}, {"A1": "Vähän", "A2": "Paljon"}
    (tmp_path / "kysely.lss").write_text(lss(("Q1", "F", "Arvio", rows, scale, {}), ("Q2", "T", "Sana", {}, {}, {})))
    assert is_form(tmp_path / "kysely.lss")
    same(*back(tmp_path / "kysely.lss"))
    out = tmp_path / "instrument.xlsx"
    assert main(["codebook", str(tmp_path / "kysely.lss"), "--out", str(out)]) == 0
    assert "3 questions from the questionnaire kysely.lss" in capsys.readouterr().out
    assert list(instrument.read(out).questions) == ["Q1_S1", "Q1_S2", "Q2"]
    assert len({row[0] for row in converted(tmp_path / "kysely.lss", "fi", "K")["survey"][1:3]}) == 1


def test_a_code_that_a_spreadsheet_would_run_is_kept_as_an_alias(tmp_path: Path) -> None:
    (tmp_path / "kysely.lss").write_text(lss(("Q1", "L", "Väri", {}, {"A1": "Sininen"}, {"other": "Y"})))
    own, again = back(tmp_path / "kysely.lss")
    assert [option.code for option in own.options["Q1"]] == ["A1", "-oth-"]
    assert [option.code for option in again.options["Q1"]] == ["A1", "oth-"]
    assert "-oth-" in again.options["Q1"][1].spellings


def test_a_dictionary_of_redcap_becomes_a_form_to_fill_in(tmp_path: Path) -> None:
    lines = [
        "record_id,f,text,Id,,,,",
        'a,f,radio,Arvio,"-1, Huono | 0, Kelpo | 1, Hyvä",,,',
        'b,f,checkbox,Mitä,"1, x | 2, y",,,',
    ]
    (tmp_path / "d.csv").write_text(DICTIONARY + "\n".join(lines))
    assert is_form(tmp_path / "d.csv")
    same(*back(tmp_path / "d.csv"))


def test_the_form_of_the_sample_keeps_what_is_filled_in_and_answers_are_no_form() -> None:
    assert is_form(RAW / "instrument.xlsx") and not is_form(RAW / "feedback" / "paperilomakkeet.xlsx")
    same(*back(RAW / "instrument.xlsx"))
