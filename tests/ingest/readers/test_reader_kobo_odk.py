"""KoboToolbox, Ona and ODK exports: paths, labels, split choices, repeats, HXL tags, the public files."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.config import Ingest, Source
from pipeline.core.errors import ReadError
from pipeline.ingest import feedback, readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.instrument import Instrument, build

REAL = Path(__file__).resolve().parents[3] / ".." / "shared" / "real" / "kobo_odk"
real = pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")

TOOL = [
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "_tags",
    "_index",
]
WHEELS = ["ambulance", "bicycle", "boat_canoe", "bus", "donkey_mule_cart", "keke_pepe", "lorry", "motorbike", "taxi"]


def own(number: int, status: str = "") -> list[str]:
    return [str(number), f"u-{number}", "2018-05-12T10:00:00", status, "", "", "", "", str(number)]


def write(path: Path, header: list[str], *rows: list[Any], separator: str = ";") -> Path:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([header, *rows])
    path.write_text(stream.getvalue(), "utf-8")
    return path


def tables(path: Path) -> list[Cells]:
    reader, found = readers.read(path, path.name)
    assert reader.NAME == "kobo_odk"
    return found


def texts(cells: Cells) -> list[list[str]]:
    return cells.rows.fillna("").astype(str).to_numpy().tolist()


def form(survey: list[dict[str, str]], choices: list[dict[str, str]]) -> Instrument:
    return build({"survey": list(enumerate(survey, 2)), "choices": list(enumerate(choices, 2))}, "instrument.xlsx")


def many(name: str, options: dict[str, str], *others: dict[str, str]) -> Instrument:
    choices = [{"list_name": "l", "name": code, "label": text} for code, text in options.items()]
    return form([{"type": "select_multiple l", "name": name, "label": name}, *others], choices)


def batch(cells: Cells, made: Instrument) -> feedback.Batch:
    return feedback.harmonise(cells, made, {}, Source(match="*"), Ingest())


def ticks(found: feedback.Batch) -> list[list[str]]:
    """Return the codes ticked per response, or the reason why none is."""
    return [
        [item.partition("/")[2] for item, code in row.items() if code == "1"] or [found.reasons.loc[i].iloc[0]]
        for i, row in found.codes.iterrows()
    ]


@real
@pytest.mark.parametrize("file", ["transportation_all.csv", "transportation_export.xlsx"])
def test_the_public_form_has_four_submissions_and_their_ticks(file: str) -> None:
    (cells,) = tables(REAL / file)
    asked = "available_transportation_types_to_referral_facility"
    extra = {"none": "None"} if file.endswith("xlsx") else {}
    which = {"type": "text", "name": "which", "label": "Which?", "aliases": f"transport/{asked}_other"}
    found = batch(cells, many(asked, {name: name for name in [*WHEELS, "other"]} | extra, which))
    nothing = ["none"] if extra else ["not_ticked"]
    assert ticks(found) == [nothing, ["ambulance", "bicycle"], ["ambulance"], ["taxi", "other"]]
    assert found.comments["which"].fillna("").tolist() == ["", "", "", "camel"]
    assert not [f for f in found.findings if f.kind == "cell_invalid"]
    assert found.responses["response_key"].str.len().tolist() == [36] * 4


@real
def test_the_spreadsheet_keeps_the_ticks_its_formulas_have_lost() -> None:
    (cells,) = tables(REAL / "transportation_export.xlsx")
    assert texts(cells)[0][0] == "none" and len(cells.dropped) == 1
    assert "the 10 columns 'transport/available_transportation_types_to_referral_facility/...'" in cells.dropped[0]


@real
def test_nine_equal_headers_stay_nine_columns() -> None:
    (cells,) = tables(REAL / "transportation_no_group_names.csv")
    assert cells.header.count("frequency_to_referral_facility") == 9 and len(cells.header) == 31
    assert all(cells.user_missing[i] == {"n/a"} for i in range(11, 20))


@real
def test_a_slash_in_a_label_is_no_group() -> None:
    (cells,) = tables(REAL / "transportation_labels_only.csv")
    asked = "available_transportation_types_to_referral_facility"
    labels = {name: name.replace("_", "/") for name in WHEELS} | {"keke_pepe": "keke napep", "other": "Other"}
    found = batch(cells, many(asked, labels))
    assert len(found.codes.columns) == 10 and ticks(found) == [["not_ticked"]]


@real
def test_na_of_ona_is_no_answer_and_not_a_text() -> None:
    (cells,) = tables(REAL / "transportation_all.csv")
    made = form([{"type": "text", "name": "available_transportation_types_to_referral_facility_other"}], [])
    with pytest.raises(ReadError):  # no question of the form at all
        batch(cells, form([{"type": "text", "name": "elsewhere"}], []))
    assert batch(cells, made).comments.iloc[:, 0].fillna("").tolist() == ["", "", "", "camel"]


def test_na_typed_into_another_tools_form_is_an_answer(tmp_path: Path) -> None:
    (cells,) = tables(write(tmp_path / "a.csv", ["say", *TOOL], ["n/a", *own(1)], ["null", *own(2)], ["NA", *own(3)]))
    assert [row[0] for row in texts(cells)] == ["n/a", "null", "NA"] and cells.user_missing == {}


def test_a_skipped_question_is_not_a_no(tmp_path: Path) -> None:
    header = ["q", "q/a", "q/b", "q/c", "phone", *TOOL]
    path = write(tmp_path / "a.csv", header, ["", "", "", "", "0401234567", *own(1)], ["b", "0", "1", "0", "", *own(2)])
    (cells,) = tables(path)
    assert cells.header[:4] == ("q/a", "q/b", "q/c", "phone") and texts(cells)[0][3] == "0401234567"
    assert cells.dropped == ("column 'q': the columns of its options say the same",)
    found = batch(cells, many("q", {"a": "A", "b": "B", "c": "C"}))
    assert found.reasons.iloc[0].tolist() == ["no_answer"] * 3
    assert found.codes["q/b"].fillna("").tolist() == ["", "1"] and list(found.codes) == ["q/a", "q/b", "q/c"]


def test_a_summary_that_says_more_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["q", "q/a", "q/b", *TOOL], ["a b", "1", "0", *own(1)], ["a c", "1", "0", *own(2)])
    (cells,) = tables(path)  # "c" has no column: nothing may be left out
    assert cells.header[:3] == ("q", "q/a", "q/b") and cells.dropped == ()


def test_two_questions_with_the_choice_other_stay_apart(tmp_path: Path) -> None:
    header = ["g/q1/a", "g/q1/other", "g/q2/a", "g/q2/other", *TOOL]
    (cells,) = tables(write(tmp_path / "a.csv", header, ["0", "1", "1", "0", *own(1)]))
    assert cells.questions[:4] == ("q1/a", "q1/other", "q2/a", "q2/other")
    made = form(
        [{"type": "select_multiple l", "name": name, "label": name} for name in ("q1", "q2")],
        [{"list_name": "l", "name": name, "label": name} for name in ("a", "other")],
    )
    assert batch(cells, made).codes.iloc[0].fillna("").tolist() == ["", "1", "1", ""]


def test_the_text_of_other_is_not_the_column_of_other(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["q/a", "q/other", "q_other", *TOOL], ["0", "1", "kameli", *own(1)])
    survey = [{"type": "select_multiple l or_other", "name": "q", "label": "Q"}]
    found = batch(tables(path)[0], form(survey, [{"list_name": "l", "name": "a", "label": "A"}]))
    assert ticks(found) == [["other"]] and found.comments["q_other"].tolist() == ["kameli"]
    assert not [f for f in found.findings if f.kind == "cell_invalid"]


def test_groups_before_a_question_are_left_out_of_its_second_name(tmp_path: Path) -> None:
    header = ["g/h/age", "g/say", "start", "meta/instanceID", *TOOL]
    (cells,) = tables(write(tmp_path / "a.csv", header, ["45", "ok", "t", "uuid:1", *own(1)]))
    assert cells.header[:2] == ("g/h/age", "g/say") and cells.questions[:2] == ("age", "say")
    assert {2, 3} <= cells.technical
    found = batch(cells, form([{"type": "integer", "name": "age"}, {"type": "text", "name": "say"}], []))
    assert found.codes["age"].tolist() == ["45"] and found.comments["say"].tolist() == ["ok"]


def test_the_row_of_tags_is_no_response(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["age", "say", *TOOL], ["#age +f", "", *[""] * 9], ["45", "#hashtag", *own(1)])
    (cells,) = tables(path)
    assert cells.rows.index.tolist() == [3] and cells.dropped == ("row 2: HXL tags",)


def test_a_rejected_submission_is_set_aside(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", ["age", *TOOL], ["1", *own(1, "Not Approved")], ["2", *own(2, "Approved")])
    assert tables(path)[0].set_aside == {2: "rejected in the tool"}


def test_repeat_sheets_are_shown_and_are_no_people(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    child = ["child/age", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"]
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        for name, header, rows in (
            ("Lomake", ["name", *TOOL], [["x", *own(1)], ["y", *own(2)]]),
            ("child", child, [[3, 1, "Lomake", 1, "u-1"], [5, 2, "Lomake", 1, "u-1"], [9, 3, "Lomake", 2, "u-2"]]),
            ("muutosloki", ["päivä", "mitä"], [["1.1.2018", "luotu"]]),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate([header, *rows]):
                sheet.write_row(number, 0, row)
    main, repeats, log = tables(tmp_path / "a.xlsx")
    assert (main.sheet, len(main.rows), main.set_aside) == ("Lomake", 2, {})
    assert set(repeats.set_aside) == {2, 3, 4} and repeats.header[0] == "child/age" and len(repeats.rows) == 3
    assert log.sheet == "muutosloki" and log.fields == {}


def test_odk_central(tmp_path: Path) -> None:
    header = ["SubmissionDate", "g-age", "g-q/a", "g-q/b", "meta-instanceID", "KEY", "SubmitterName", "ReviewState"]
    row = ["2018-05-12T10:00:00.000Z", "45", "1", "0", "uuid:1", "uuid:1", "Anna", ""]
    path = write(tmp_path / "a.csv", header, row, [*row[:5], "uuid:2", "Anna", "rejected"], separator=",")
    (cells,) = tables(path)
    assert cells.questions[1:4] == ("age", "q/a", "q/b") and cells.set_aside == {3: "rejected in the tool"}
    assert cells.fields == {0: "submitted_at", 5: "response_key"} and 6 in cells.technical
    child = write(tmp_path / "b.csv", ["age", "PARENT_KEY", "KEY"], ["3", "uuid:1", "uuid:1/c[1]"], separator=",")
    assert set(tables(child)[0].set_aside) == {2}


def test_submissions_as_xml(tmp_path: Path) -> None:
    one = '<a xmlns="http://x" id="f"><g><age>{}</age><q>{}</q></g>{}<meta><instanceID>uuid:{}</instanceID></meta></a>'
    child = "<kid><n>{}</n></kid>"
    whole = [one.format("45", "a b", child.format(3) + child.format(5), 1), one.format("", "", child.format(9), 2)]
    path = tmp_path / "a.xml"
    path.write_text(f"<root><count>2</count><results>{''.join(whole)}</results></root>", "utf-8")
    main, kids = tables(path)
    assert main.header == ("g/age", "g/q", "meta/instanceID") and main.fields == {2: "response_key"}
    assert texts(main) == [["45", "a b", "uuid:1"], ["", "", "uuid:2"]] and main.questions[:2] == ("age", "q")
    assert kids.sheet == "kid" and set(kids.set_aside) == {2, 3, 4}
    assert [(row[0], row[2]) for row in texts(kids)] == [("uuid:1", "3"), ("uuid:1", "5"), ("uuid:2", "9")]
    found = batch(main, many("q", {"a": "A", "b": "B"}))
    assert ticks(found) == [["a", "b"], ["no_answer"]]
    path.write_text(whole[0], "utf-8")
    assert len(tables(path)[0].rows) == 1
    deep = "<g>" * 5000 + "</g>" * 5000
    path.write_text(f"<a><!-- instanceID -->{deep}<meta><instanceID>1</instanceID></meta></a>", "utf-8")
    with pytest.raises(ReadError, match=r"a\.xml: the XML is nested too deep"):
        readers.read(path, path.name)
    path.write_text("<p><body>instanceID</body></p>", "utf-8")
    with pytest.raises(ReadError, match="no reader knows"):
        readers.read(path, path.name)


@pytest.mark.parametrize("text", ["_id;name\n1;a\n", "start;end\n1;2\n", "KEY;PARENT\n1;2\n", "_uuid\n1\n"])
def test_other_tables_are_not_taken(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(text, "utf-8")
    assert readers.choose(tmp_path / "a.csv")[0].NAME != "kobo_odk"


NAME = st.from_regex(r"[a-z][a-z0-9]{1,6}", fullmatch=True)
CELL = st.text(alphabet="aåäö ;,\"'\n/=-", max_size=10)


@st.composite
def filled_forms(draw: st.DrawFn) -> tuple[list[str], list[str], list[tuple[list[str] | None, str]], str, list[str]]:
    options = draw(st.lists(NAME, min_size=2, max_size=4, unique=True))
    group = draw(st.sampled_from([[], ["grp"], ["grp", "sub"]]))
    chosen = st.none() | st.lists(st.sampled_from(options), unique=True)
    people = draw(st.lists(st.tuples(chosen, CELL), min_size=1, max_size=5))
    return options, group, people, draw(st.sampled_from(["split", "both", "summary"])), draw(st.sampled_from(BOOLEANS))


BOOLEANS = [["0", "1"], ["False", "True"], ["FALSE", "TRUE"]]


@given(filled_forms())
def test_what_is_written_is_read(tmp_path: Path, filled: Any) -> None:
    options, group, people, shape, (no, yes) = filled
    path = "/".join([*group, "did"])
    split = [] if shape == "summary" else [f"{path}/{o}" for o in options]
    header = [*([] if shape == "split" else [path]), *split, "/".join([*group, "say"]), *TOOL]
    rows = []
    for number, (chosen, said) in enumerate(people):
        marks = [("" if chosen is None else yes if o in chosen else no) for o in options] if split else []
        rows.append([*([] if shape == "split" else [" ".join(chosen or [])]), *marks, said, *own(number)])
    (cells,) = tables(write(tmp_path / "a.csv", header, *rows))
    told = {name: i for i, name in enumerate(cells.header)}
    out = {header.index(name) for name in header if name not in told}
    assert [[a for i, a in enumerate(row) if i not in out] for row in blanked(rows)] == texts(cells)
    if all(chosen is None for chosen, _ in people) or (shape == "summary" and not any(chosen for chosen, _ in people)):
        return  # nobody answered: nothing says what the columns are
    found = batch(cells, many("did", {o: f"Vaihtoehto {o}" for o in options}))
    expected = [
        ["no_answer"] if not chosen and (chosen is None or shape == "summary") else
        sorted(chosen, key=options.index) or ["not_ticked"]
        for chosen, _ in people
    ]  # fmt: skip
    assert ticks(found) == expected


def blanked(rows: list[list[str]]) -> list[list[str]]:
    return [[cell if cell.strip() else "" for cell in row] for row in rows]


@given(at=st.integers(0, 400), patch=st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    whole = write(tmp_path / "a.csv", ["q", "q/a", "q/b", *TOOL], *(["a", "1", "0", *own(n)] for n in range(5)))
    content, broken = whole.read_bytes(), tmp_path / "b.csv"
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert "b.csv" in str(refusal)


@real
@given(at=st.integers(0, 7000), patch=st.binary(min_size=1, max_size=40))
def test_a_damaged_spreadsheet_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    content, broken = (REAL / "transportation_export.xlsx").read_bytes(), tmp_path / "b.xlsx"
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert "b.xlsx" in str(refusal)
