"""REDCap's dictionary as an instrument."""

from __future__ import annotations

from pathlib import Path

import pytest
from forms_made import REAL, made, option, real

from pipeline.core.errors import InstrumentError
from pipeline.ingest import instrument

DICTIONARY = (
    "Variable / Field Name,Form Name,Field Type,Field Label,\"Choices, Calculations, OR Slider Labels\","
    "Text Validation Type OR Show Slider Number,Identifier?,Field Annotation\n"
)  # fmt: skip


@real
def test_the_public_dictionaries() -> None:
    found = instrument.read(REAL / "redcap/simple_dictionary.csv")
    kinds = {q.name: q.type for q in found.questions.values()}
    assert kinds == {
        "age": "text", "sex": "select_one", "height": "decimal", "weight": "integer", "bmi": "decimal",
        "comments": "text", "race": "select_multiple", "ethnicity": "select_one",
    }  # fmt: skip
    assert option(found, "race")["4"] == {"fi": "Black or African American"}
    problem = instrument.read(REAL / "redcap/problem_values_dictionary.csv")
    assert [q.type for q in problem.questions.values()] == ["text", "date", "integer"]
    assert problem.questions["date_before_validation"].labels == {"fi": "Dates entered before validation logic added"}


def test_fields_become_questions_by_their_validation(tmp_path: Path) -> None:
    rows = [
        "record_id,f,text,Id,,,,", "a,f,yesno,Tulitko?,,,,", "b,f,calc,Summa,[x]+1,,,", "c,f,calc,Pvm,x,,,@CALCDATE",
        "d,f,text,Sposti,,email,,", "e,f,text,Nimi,,,y,",
        'g,f,radio,"<b>Arvio</b>&nbsp;nyt","1, Hyvä, kai | 2, Huono",,,',
        "h,f,slider,Liuku,,,,", "i,f,descriptive,Ohje,,,,", "j,f,text,Aika,,time,,",
    ]  # fmt: skip
    found = made(tmp_path, DICTIONARY + "\n".join(rows), "instrument.csv")
    assert {q.name: q.type for q in found.questions.values()} == {
        "a": "select_one", "b": "decimal", "c": "date", "g": "select_one", "h": "integer", "j": "text"
    }  # fmt: skip
    assert option(found, "g") == {"1": {"fi": "Hyvä, kai"}, "2": {"fi": "Huono"}}
    assert found.questions["g"].labels == {"fi": "Arvio nyt"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,f,radio,Arvio,hyvä|huono,,,", "row 3: the choices of 'a' cannot be read"),
        ("a,f,radio,Arvio,,,,", "row 3: the choices of 'a' cannot be read"),
        ("a,f,telepathy,Arvio,,,,", "row 3: field type 'telepathy'"),
        (",f,text,Arvio,,,,", "row 3: the field has no name"),
    ],
)
def test_a_fault_of_the_dictionary_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(InstrumentError, match=r"instrument\.csv") as fault:
        made(tmp_path, f"{DICTIONARY}record_id,f,text,Id,,,,\n{row}\n", "instrument.csv")
    assert said in str(fault.value)
