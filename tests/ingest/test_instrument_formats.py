"""Questionnaires of other tools: LimeSurvey's .lss, REDCap's dictionary, XLSForms of all ages."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import contracts
from pipeline.core.config import Ingest, Source
from pipeline.core.errors import InstrumentError, PipelineError
from pipeline.ingest import feedback, instrument, readers
from pipeline.ingest.instrument import Instrument, build

REAL = Path(__file__).resolve().parents[2] / ".." / "shared" / "real"
real = pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")

LANGUAGES = ("fi", "sv")


def table(name: str, rows: list[dict[str, Any]]) -> str:
    def field(tag: str, value: Any) -> str:
        return f"<{tag}><![CDATA[{value}]]></{tag}>" if value != "" else f"<{tag}/>"

    inner = "".join("<row>" + "".join(field(k, v) for k, v in row.items()) + "</row>" for row in rows)
    return f"<{name}><fields/><rows>{inner}</rows></{name}>"


Question = tuple[str, str, str, dict[str, str], dict[str, str], dict[str, Any]]


def lss(*questions: Question, newer: bool = True, languages: tuple[str, ...] = LANGUAGES) -> str:
    """Return a structure of questions: code, type, text, subquestions, answers, other fields; texts get a language."""
    main: list[dict[str, Any]] = []
    sub: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    q_texts: list[dict[str, Any]] = []
    a_texts: list[dict[str, Any]] = []

    def put(
        rows: list[dict[str, Any]], row: dict[str, Any], text: str, field: str, texts: list[dict[str, Any]]
    ) -> None:
        key = {k: row[k] for k in ("qid", "aid") if k in row and (k == "aid" or "aid" not in row)}
        worded = [{field: f"<p>{escape(text)} {lang}</p>" if text else "", "language": lang} for lang in languages]
        rows += [row] if newer else [row | one for one in worded]
        texts += [key | one for one in worded]

    number = 0
    for order, (code, kind, text, boxes, choices, more) in enumerate(questions):
        number += 1
        qid = number
        shared = {"gid": 1, "sid": 9, "question_order": order}
        row = {"qid": qid, "parent_qid": 0, **shared, "type": kind, "title": code, "scale_id": 0, **more}
        put(main, row, text, "question", q_texts)
        for place, (box, label) in enumerate(boxes.items()):
            number += 1
            scale = 1 if box.startswith("Y_") else 0
            below = {
                "qid": number,
                "parent_qid": qid,
                **shared,
                "question_order": place,
                "type": "T",
                "scale_id": scale,
            }
            put(sub, below | {"title": box.removeprefix("Y_")}, label, "question", q_texts)
        for place, (answer, label) in enumerate(choices.items()):
            number += 1
            scale = 1 if answer.startswith("Y_") else 0
            row = {"qid": qid, "code": answer.removeprefix("Y_"), "sortorder": place, "scale_id": scale}
            put(answers, ({"aid": number} if newer else {}) | row, label, "answer", a_texts)
    tables = [table("questions", main), table("subquestions", sub), table("answers", answers)]
    tables += [table("question_l10ns", q_texts), table("answer_l10ns", a_texts)] if newer else []
    spoken = "".join(f"<language>{lang}</language>" for lang in languages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>'
        f"<DBVersion>{630 if newer else 261}</DBVersion><languages>{spoken}</languages>{''.join(tables)}</document>"
    )


def made(tmp_path: Path, text: str, name: str = "instrument.lss") -> Instrument:
    (tmp_path / name).write_text(text, "utf-8")
    return instrument.read(tmp_path / name)


def option(found: Instrument, question: str) -> dict[str, dict[str, str]]:
    return {o.code: dict(o.labels) for o in found.options[question]}


@pytest.mark.parametrize("newer", [True, False], ids=["l10n", "row per language"])
def test_two_languages_are_two_labels_per_code(tmp_path: Path, newer: bool) -> None:
    found = made(tmp_path, lss(("Q1", "L", "Väri", {}, {"A1": "Sininen", "A2": "Vihreä"}, {}), newer=newer))
    assert found.questions["Q1"].labels == {"fi": "Väri fi", "sv": "Väri sv"}
    assert option(found, "Q1") == {
        "A1": {"fi": "Sininen fi", "sv": "Sininen sv"}, "A2": {"fi": "Vihreä fi", "sv": "Vihreä sv"}
    }  # fmt: skip
    items = contracts.check("items", found.items_table())
    assert items[["label_fi", "label_sv"]].iloc[0].tolist() == ["Väri fi", "Väri sv"]


def test_a_language_of_no_report_is_kept_as_a_spelling(tmp_path: Path) -> None:
    found = made(tmp_path, lss(("Q1", "T", "Värv", {}, {}, {}), languages=("et", "en")))
    assert (
        found.questions["Q1"].labels == {"et": "Värv et", "en": "Värv en"}
        and "värv et" in found.questions["Q1"].spellings
    )


KINDS: list[tuple[Question, dict[str, str]]] = [
    (("Q", "N", "q", {}, {}, {}), {"Q": "decimal"}),
    (("Q", "D", "q", {}, {}, {}), {"Q": "date"}),
    (("Q", "S", "q", {}, {}, {}), {"Q": "text"}),
    (("Q", "Y", "q", {}, {}, {}), {"Q": "select_one Y N"}),
    (("Q", "G", "q", {}, {}, {}), {"Q": "select_one F M"}),
    (("Q", "5", "q", {}, {}, {}), {"Q": "select_one 1 2 3 4 5"}),
    (("Q", "L", "q", {}, {"A1": "a"}, {"other": "Y"}), {"Q": "select_one A1 -oth-", "Q_other": "text"}),
    (("Q", "O", "q", {}, {"A1": "a"}, {}), {"Q": "select_one A1", "Q_comment": "text"}),
    (("Q", "M", "q", {"S1": "a", "S2": "b"}, {}, {"other": "Y"}), {"Q": "select_multiple S1 S2", "Q_other": "text"}),
    (("Q", "P", "q", {"S1": "a"}, {}, {}), {"Q": "select_multiple S1", "Q_S1comment": "text"}),
    (("Q", "F", "q", {"S1": "a", "S2": "b"}, {"1": "x"}, {}), {"Q_S1": "select_one 1", "Q_S2": "select_one 1"}),
    (("Q", "E", "q", {"S1": "a"}, {}, {}), {"Q_S1": "select_one I S D"}),
    (("Q", "C", "q", {"S1": "a"}, {}, {}), {"Q_S1": "select_one Y N U"}),
    (("Q", "K", "q", {"S1": "a"}, {}, {}), {"Q_S1": "decimal"}),
    (("Q", "Q", "q", {"S1": "a"}, {}, {}), {"Q_S1": "text"}),
    (("Q", "R", "q", {}, {"A": "a", "B": "b"}, {}), {"Q_1": "select_one A B", "Q_2": "select_one A B"}),
    (("Q", ":", "q", {"X1": "a", "Y_Y1": "b"}, {}, {}), {"Q_X1_Y1": "decimal"}),
    (("Q", ";", "q", {"X1": "a", "Y_Y1": "b"}, {}, {}), {"Q_X1_Y1": "text"}),
    (("Q", "1", "q", {"S1": "a"}, {"1": "x", "Y_2": "y"}, {}), {"Q_S1_1": "select_one 1", "Q_S1_2": "select_one 2"}),
    (("Q", "X", "q", {}, {}, {}), {}),
]


@pytest.mark.parametrize(("question", "expected"), KINDS, ids=[q[1] for q, _ in KINDS])
def test_every_type_of_question(tmp_path: Path, question: Question, expected: dict[str, str]) -> None:
    found = made(tmp_path, lss(("First", "T", "t", {}, {}, {}), question))
    seen = {
        name: " ".join([q.type, *(o.code for o in found.options.get(name, ()))])
        for name, q in found.questions.items() if name != "First"
    }  # fmt: skip
    assert seen == expected


def test_uncertain_is_no_opinion_and_built_in_answers_speak_three_languages(tmp_path: Path) -> None:
    found = made(tmp_path, lss(("C", "C", "q", {"S1": "a"}, {}, {}), ("E", "E", "q", {"S1": "b"}, {}, {})))
    assert [o.missing_reason for o in found.options["C_S1"]] == [None, None, "dont_know"]
    assert option(found, "E_S1")["I"] == {"en": "Increase", "fi": "Kasvaa", "sv": "Öka"}
    assert found.questions["E_S1"].labels == {"fi": "q fi - b fi", "sv": "q sv - b sv"}
    assert {"e[s1]", "q fi [b fi]"} <= found.questions["E_S1"].spellings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (lss(("Q5", "T", "a", {}, {}, {}), ("Q5", "T", "b", {}, {}, {})), "the name 'Q5' is given twice"),
        (lss(("Q5", "?", "a", {}, {}, {})), "question 'Q5' is of a type that is not known"),
        (lss(), "no questions"),
        ("<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>", "no survey structure"),
        ("<html><body/></html>", "no survey structure"),
        ("<document>", "not well-formed"),
        ('<!DOCTYPE d [<!ENTITY a "b">]><document>&a;</document>', "declares entities"),
        (lss(("Q5", "T", "a", {}, {}, {})).replace("<title>", "<t>").replace("</title>", "</t>"), "without code"),
        (lss(("Q5", "M", "a", {"S1": "x"}, {}, {})).replace("title><![CDATA[S1]]></title", "t></t"), "without code"),
    ],
)
def test_a_structure_that_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PipelineError, match=r"instrument\.lss") as fault:
        made(tmp_path, text)
    assert said in str(fault.value)


@real
def test_the_public_structures() -> None:
    old = instrument.read(REAL / "limesurvey/questionnaire.lss")
    assert [(q.name, q.type) for q in old.questions.values()] == [
        ("cob", "text"), ("yob", "decimal"), ("fcol", "select_one"), ("fcol_other", "text")
    ]  # fmt: skip
    assert old.questions["cob"].labels == {"en": "What is your country of birth?"}
    assert [o.labels["en"] for o in old.options["fcol"]] == ["Red", "Green", "Blue", "Yellow", "Orange", "Other"]
    assert [o.code for o in old.options["fcol"]] == ["1", "2", "3", "4", "5", "-oth-"]
    new = instrument.read(REAL / "limesurvey/two_languages.lss")  # its one question has no text in either language
    assert [(q.name, q.type, q.labels) for q in new.questions.values()] == [("Q1", "text", {})]


OWN = ["id", "submitdate", "lastpage", "startlanguage"]


def exported(*rows: list[str], sep: str = ";") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=sep, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def coded(tmp_path: Path, found: Instrument, content: bytes) -> feedback.Batch:
    (tmp_path / "a.csv").write_bytes(content)
    _, (cells,) = readers.read(tmp_path / "a.csv", "a.csv")
    return feedback.harmonise(cells, found, {}, Source(match="*"), Ingest())


@pytest.mark.parametrize("heading", ["code", "code with underscores", "text", "code and text"])
@pytest.mark.parametrize("long", [False, True], ids=["codes", "texts"])
def test_an_export_fits_its_own_structure(tmp_path: Path, heading: str, long: bool) -> None:
    found = made(
        tmp_path,
        lss(
            ("voice", "F", "Mitä mieltä olet?", {"a": "Sain vaikuttaa", "b": "Opin"}, {"1": "Eri", "2": "Samaa"}, {}),
            ("did", "M", "Mihin osallistuit?", {"t": "Talkoot", "r": "Retki"}, {}, {"other": "Y"}),
            ("more", "E", "Miten kävi?", {"a": "Into"}, {}, {}),
            languages=("fi",),
        ),
    )
    codes = ["voice[a]", "voice[b]", "did[t]", "did[r]", "did[other]", "more[a]"]
    texts = [
        *(f"Mitä mieltä olet? fi [{row} fi]" for row in ("Sain vaikuttaa", "Opin")),
        *(f"Mihin osallistuit? fi [{box}]" for box in ("Talkoot fi", "Retki fi", "Muu")),
        "Miten kävi? fi [Into fi]",
    ]
    headings = {
        "code": [*OWN, *codes],
        "code with underscores": [*OWN, *(c.replace("[", "_").replace("]", "") for c in codes)],
        "text": ["Vastaus-ID", "Lähetyspäivämäärä", "Last page", "Aloituskieli", *texts],
        "code and text": [
            f"{c}. {t}" for c, t in zip([*OWN, *codes], ["Response ID", "b", "c", "d", *texts], strict=True)
        ],
    }
    answers = ["Samaa fi", "Eri fi", "Kyllä", "Ei", "Oma", "Kasvaa"] if long else ["2", "1", "Y", "", "Oma", "I"]
    row = ["1", "2018-05-12 10:00:00", "3", "fi", *answers]
    found_batch = coded(tmp_path, found, exported(headings[heading], row))
    codes_found = found_batch.codes.iloc[0].fillna("").to_dict()
    assert codes_found == {"voice_a": "2", "voice_b": "1", "did/t": "1", "did/r": "", "more_a": "I"}
    assert found_batch.comments["did_other"].tolist() == ["Oma"] and not found_batch.findings


CODE = st.from_regex(r"[A-Z][a-z0-9]{1,5}", fullmatch=True)


@st.composite
def answered(draw: st.DrawFn) -> tuple[list[Question], list[str], list[list[str]]]:
    """Return questions of three kinds, the columns an export has, and answers as codes."""
    questions: list[Question] = []
    header: list[str] = []
    allowed: list[list[str]] = []
    for code in draw(st.lists(CODE, min_size=1, max_size=3, unique_by=str.casefold)):
        kind = draw(st.sampled_from("LFM"))
        choices = {f"A{i}": f"Vastaus {i}" for i in range(draw(st.integers(2, 4)))}
        boxes = {f"S{i}": f"Rivi {i}" for i in range(draw(st.integers(2, 3)))} if kind != "L" else {}
        questions.append((code, kind, f"Kysymys {code}", boxes, choices if kind != "M" else {}, {}))
        columns = [f"{code}[{box}]" for box in boxes] or [code]
        header += columns
        allowed += [["Y", ""] if kind == "M" else [*choices, ""]] * len(columns)
    row = st.tuples(*map(st.sampled_from, allowed)).map(list)
    return questions, header, draw(st.lists(row, min_size=1, max_size=4))


@pytest.mark.parametrize("newer", [True, False])
@given(case=answered())
def test_a_structure_and_its_export_give_the_answers_back(
    tmp_path: Path, newer: bool, case: tuple[list[Question], list[str], list[list[str]]]
) -> None:
    questions, header, rows = case
    found = made(tmp_path, lss(*questions, newer=newer))
    own = [[str(n), "2018-05-12 10:00:00", "3", "fi"] for n in range(len(rows))]
    batch = coded(tmp_path, found, exported([*OWN, *header], *(a + b for a, b in zip(own, rows, strict=True))))
    kinds = {code: kind for code, kind, *_ in questions}
    for column, name in enumerate(header):
        code, box = name.rstrip("]").partition("[")[::2]
        item = name if not box else f"{code}/{box}" if kinds[code] == "M" else f"{code}_{box}"
        expected = [{"Y": "1"}.get(row[column], row[column]) for row in rows]
        assert batch.codes[item].fillna("").tolist() == expected, item


STRUCTURE = lss(
    ("voice", "F", "Mitä?", {"a": "x"}, {"1": "Eri"}, {}), ("did", "M", "Mihin?", {"t": "u"}, {}, {"other": "Y"})
)


@given(at=st.integers(0, len(STRUCTURE.encode())), patch=st.binary(min_size=1, max_size=20))
def test_a_damaged_structure_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    content = STRUCTURE.encode()
    (tmp_path / "instrument.lss").write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        instrument.load(tmp_path)
    except PipelineError as refusal:
        assert "instrument.lss" in str(refusal)


# REDCap

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


# XLSForm


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
