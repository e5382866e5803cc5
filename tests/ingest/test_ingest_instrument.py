"""The XLSForm: items, options and spellings, or the place of the fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from ingest_folder import AGREE, SURVEY, instrument, question, write_instrument

from pipeline.core import contracts
from pipeline.core.errors import InstrumentError, PipelineError
from pipeline.ingest.instrument import load


def test_items_and_options_keep_their_contracts_and_order() -> None:
    made = instrument()
    items = contracts.check("items", made.items_table())
    assert items["item"].tolist() == [
        "q1",
        "q2",
        "did",
        "did/fam",
        "did/work",
        "did/other",
        "age",
        "hours",
        "day",
        "say",
    ]
    assert items["position"].tolist() == list(range(1, 11))
    scale = items.set_index("item")
    assert scale.loc["q1", ["minimum", "maximum"]].tolist() == [1.0, 4.0]
    assert scale["minimum"].notna().sum() == 2
    options = contracts.check("options", made.options_table())
    assert options.loc[options["question"] == "did", "code"].tolist() == ["fam", "work", "other", "none"]
    assert options.set_index(["question", "code"]).loc[("q1", "eos"), "missing_reason"] == "dont_know"
    assert set(made.fields) == {"event", "time", "number", "role", "language"}


def test_the_workbook_gives_what_the_rows_give(tmp_path: Path) -> None:
    write_instrument(tmp_path / "instrument.xlsx")
    assert load(tmp_path).items_table().equals(instrument().items_table())


def test_one_file_form_blank_rows_and_other_sheets(tmp_path: Path) -> None:
    text = "survey,type,name,label::Suomi (fi),label::English (en)\n,integer,age,Ikä,Age\n,,,,\n" + ",,,,\n" * 30
    text += ", ,,,\n,text,say,Muuta,More\nchangelog,day\n,1.1.2017\nsettings,default_language\n,Suomi (fi)\n"
    (tmp_path / "instrument.csv").write_text(text, "utf-8")
    items = load(tmp_path).items_table()
    assert items["item"].tolist() == ["age", "say"] and items["label_en"].tolist() == ["Age", "More"]


@pytest.mark.parametrize("column", ["label::Svenska (sv)", "label:sv", "label::Swedish", "label::ruotsi"])
def test_languages_by_any_name(column: str) -> None:
    made = instrument([{"type": "integer", "name": "age", column: "Ålder"}], [])
    assert made.questions["age"].labels == {"sv": "Ålder"}


def test_or_other_adds_an_option_and_a_text() -> None:
    made = instrument([question("select_one agree or_other", "q1")], AGREE)
    assert [o.code for o in made.options["q1"]][-1] == "other" and "muu" in made.options["q1"][-1].spellings
    assert made.questions["q1_other"].type == "text"
    assert [o.code for o in instrument([question("select_one agree", "q1")], AGREE).options["q1"]][-1] == "kielt"


@pytest.mark.parametrize(
    ("survey", "choices", "said"),
    [
        ([question("integer", "a"), question("text", "a")], [], "sheet 'survey', row 3: the name 'a' is given twice"),
        ([question("select_one agree or_other", "a"), question("text", "a_other")], AGREE, "row 3: the name 'a_other'"),
        ([question("select_one nowhere", "a")], AGREE, "row 2: no list 'nowhere'"),
        ([question("telepathy", "a")], [], "row 2: question type 'telepathy'"),
        ([{"type": "text", "label": "x"}], [], "row 2: the question has no name"),
        ([question("text", "a", design="postpre")], [], "row 2: unknown word in column 'design'"),
        ([question("text", "a", field="events")], [], "row 2: unknown word in column 'field'"),
        ([], [{"list_name": "l", "name": "1", "missing": "eos"}], "'choices', row 2: unknown word in column 'missing'"),
        ([], [{"list_name": "l", "name": n, "label": "Hyvä"} for n in "ab"], "share a label or alias"),
        ([], [{"list_name": "l", "name": "a", "label": n} for n in "xy"], "list 'l': a is given twice"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_place(survey: list[dict[str, str]], choices: list[dict[str, str]], said: str) -> None:
    with pytest.raises(InstrumentError, match=r"instrument\.xlsx") as fault:
        instrument(survey, choices)
    assert said in str(fault.value)


def test_no_instrument_and_a_damaged_one_are_named(tmp_path: Path) -> None:
    with pytest.raises(InstrumentError, match=r"no instrument\.xlsx"):
        load(tmp_path)
    (tmp_path / "instrument.xlsx").write_bytes(b"PK\x03\x04junk")
    with pytest.raises(PipelineError, match=r"instrument\.xlsx"):
        load(tmp_path)
    (tmp_path / "instrument.xlsx").unlink()
    write_instrument(tmp_path / "instrument.xlsx", SURVEY[3:4], [])
    assert load(tmp_path).items_table()["item"].tolist() == ["age"]
