"""LimeSurvey's own structure (.lss) as an instrument, and the exports that belong to it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from forms_made import REAL, Question, lss, made, option, real
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import contracts
from pipeline.core.config import Ingest, Source
from pipeline.core.errors import PipelineError
from pipeline.ingest import feedback, instrument, readers
from pipeline.ingest.instrument import Instrument


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


#: A question called as a column of every export is refused when the export is read.
CODE = st.from_regex(r"[A-Z][a-z0-9]{1,5}", fullmatch=True).filter(lambda code: code.casefold() not in OWN)


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
