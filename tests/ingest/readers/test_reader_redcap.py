"""REDCap exports: check boxes, repeating instruments that are no people, the dictionary as questionnaire."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.config import Ingest, Params, Source, load_project
from pipeline.core.errors import ReadError
from pipeline.ingest import feedback, instrument, readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.project import ingest

REAL = Path(__file__).resolve().parents[3] / ".." / "shared" / "real" / "redcap"
real = pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")

DICTIONARY = [
    "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label",
    "Choices, Calculations, OR Slider Labels", "Field Note", "Text Validation Type OR Show Slider Number",
    "Identifier?",
]  # fmt: skip


def write(path: Path, *rows: list[str]) -> Path:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    path.write_text(stream.getvalue(), "utf-8")
    return path


def field(name: str, kind: str = "text", choices: str = "", valid: str = "", label: str = "") -> list[str]:
    return [name, "form_1", "", kind, label or name, choices, "", valid, ""]


def tables(path: Path) -> list[Cells]:
    reader, found = readers.read(path, path.name)
    assert reader.NAME == "redcap"
    return found


def texts(cells: Cells) -> list[list[str]]:
    return cells.rows.fillna("").astype(str).to_numpy().tolist()


def batch(cells: Cells, made: instrument.Instrument) -> feedback.Batch:
    return feedback.harmonise(cells, made, {}, Source(match="*"), Ingest())


@real
def test_line_breaks_in_cells_make_no_records() -> None:
    (cells,) = tables(REAL / "simple_data.csv")
    assert cells.rows.shape == (5, 24) and cells.fields == {0: "response_key"}
    assert {cells.header[i] for i in cells.technical} == {
        "demographics_complete", "health_complete", "race_and_ethnicity_complete"
    }  # fmt: skip
    found = batch(cells, instrument.read(REAL / "simple_dictionary.csv"))
    boxes = found.codes[[f"race/{n}" for n in range(1, 7)]].fillna("").to_numpy().tolist()
    assert boxes[0] == ["", "", "", "", "1", ""] and boxes[4] == ["1", "", "", "", "", "1"]
    assert found.reasons["race/1"].iloc[0] == "not_ticked"
    assert found.codes["height"].tolist() == ["7", "6", "180", "165", "193.04"]
    assert found.codes["sex"].tolist() == ["0", "1", "1", "0", "1"]  # TRUE and FALSE for 1 and 0
    assert "name_first" not in found.comments and "dob" not in found.codes


@real
def test_rows_of_a_repeating_instrument_are_not_people() -> None:
    main, repeats = tables(REAL / "repeating_data.csv")
    assert len(main.rows) == 5 and main.rows.index.tolist() == [2, 6, 8, 9, 10] and main.set_aside == {}
    assert (repeats.sheet, len(repeats.rows), set(repeats.set_aside)) == ("bp", 4, {3, 4, 5, 7})
    assert repeats.rows[repeats.header.index("record_id")].tolist() == ["1", "1", "1", "2"]
    assert "bp_systolic" not in main.header and "see bp" in main.dropped[0]


@real
def test_the_ledger_counts_five_people_and_nine_rows(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "feedback").mkdir(parents=True)
    (raw / "project.toml").write_text('[project]\ncode = "P"\nname = "P"\n', "utf-8")
    shutil.copy(REAL / "repeating_dictionary.csv", raw / "instrument.csv")
    shutil.copy(REAL / "repeating_data.csv", raw / "feedback" / "a.csv")
    made = ingest(raw, load_project(raw), Params(), {})
    ledger = made["ledger"].set_index("part")[["rows_read", "accepted", "quarantined"]]
    assert len(made["responses"]) == 5
    assert ledger.loc["bp"].tolist() == [4, 0, 4] and ledger.loc[ledger.index.isna()].to_numpy().tolist() == [[5, 5, 0]]
    assert sorted(made["answers"].set_index("item")["code"].loc["race"].dropna()) == ["4", "6"]


@real
def test_values_from_before_the_validation_are_named_by_row_and_field() -> None:
    made = instrument.read(REAL / "problem_values_dictionary.csv")
    (cells,) = tables(REAL / "problem_values_data.csv")
    found = batch(cells, made)
    wrong = {(f.place.row, f.place.column) for f in found.findings if f.kind == "cell_invalid"}
    assert wrong == {(row, f"{kind}_before_validation") for row in (2, 3) for kind in ("date", "integer")}
    assert found.comments["time_1"].tolist() == ["2010-01-02", "55:02"]
    assert len(cells.rows) == 2 and cells.fields == {0: "response_key"}


def test_a_comma_and_a_point_are_the_same_number(tmp_path: Path) -> None:
    dictionary = [field("record_id"), field("a", valid="number_comma_decimal"), field("b", valid="number")]
    made = instrument.read(write(tmp_path / "d.csv", DICTIONARY, *dictionary))
    (cells,) = tables(write(tmp_path / "a.csv", ["record_id", "a", "b", "f_complete"], ["1", "1,71", "1.71", "2"]))
    assert batch(cells, made).codes.iloc[0].tolist() == ["1.71", "1.71"]


def test_ids_stay_text_however_many_numbers_come_first(tmp_path: Path) -> None:
    rows = [[str(n), "1", "2"] for n in range(1, 1501)]
    (cells,) = tables(write(tmp_path / "a.csv", ["record_id", "q", "f_complete"], *rows, ["HKI00042", "1", "2"]))
    assert cells.rows[0].iloc[-1] == "HKI00042" and cells.rows[0].iloc[0] == "1"


def test_labelled_exports_too(tmp_path: Path) -> None:
    header = ["Record ID", "Survey Timestamp", "Mihin? (choice=Retket)", "Mihin? (choice=Muu, mikä?)", "Complete?"]
    rows = [["1", "2018-05-12 10:00:00", "Checked", "Unchecked", "Complete"],
            ["2", "[not completed]", "Unchecked", "Unchecked", "Incomplete"]]  # fmt: skip
    (cells,) = tables(write(tmp_path / "a.csv", header, *rows))
    assert cells.fields == {0: "response_key", 1: "submitted_at"} and cells.technical == {4}
    assert cells.set_aside == {3: "not submitted"}
    dictionary = [field("record_id"), field("did", "checkbox", "1, Retket | 2, Muu, mikä?", label="Mihin?")]
    found = batch(cells, instrument.read(write(tmp_path / "d.csv", DICTIONARY, *dictionary)))
    assert found.codes["did/1"].iloc[0] == "1" and found.reasons["did/2"].iloc[0] == "not_ticked"


def test_check_boxes_with_odd_codes_stay_apart(tmp_path: Path) -> None:
    dictionary = [field("record_id"), field("did", "checkbox", "1, Yksi | -1, Miinus | A2, Kirjain")]
    made = instrument.read(write(tmp_path / "d.csv", DICTIONARY, *dictionary))
    header = ["record_id", "did___1", "did____1", "did___a2", "f_complete"]
    (cells,) = tables(write(tmp_path / "a.csv", header, ["1", "0", "1", "0", "2"], ["2", "1", "0", "1", "2"]))
    found = batch(cells, made)
    assert found.codes.fillna("").to_numpy().tolist() == [["", "1", ""], ["1", "", "1"]]


def test_rounds_are_not_the_projects_events_and_repeat_the_record(tmp_path: Path) -> None:
    header = ["record_id", "redcap_event_name", "redcap_repeat_instance", "q", "f_complete"]
    rows = [["1", "alku_arm_1", "", "1", "2"], ["1", "loppu_arm_1", "1", "2", "2"], ["1", "loppu_arm_1", "2", "3", "2"]]
    (cells,) = tables(write(tmp_path / "a.csv", header, *rows))
    assert cells.fields == {} and {0, 1, 2} <= cells.technical
    assert cells.set_aside == {4: "repeat of a record, no response of its own"}
    assert any("round of questions" in note for note in cells.notes)


@pytest.mark.parametrize(
    "rows",
    [
        [["record_id", "q"], ["1", "2"]],
        [["id", "q", "form_complete"], ["1", "2", "2"]],
        [["record_id", "q", "form_complete"], ["1", "2", "kyllä"]],
        [["Nimi", "Complete?"], ["A", "Complete"]],
        [DICTIONARY, field("record_id")],
    ],
)
def test_other_tables_are_not_taken(tmp_path: Path, rows: list[list[str]]) -> None:
    assert readers.choose(write(tmp_path / "a.csv", *rows))[0].NAME != "redcap"


CELL = st.text(alphabet="aåäö ;,\"'\n/=-1", max_size=10)


@st.composite
def projects(draw: st.DrawFn) -> tuple[list[str], list[tuple[str, list[str], list[list[str]]]]]:
    """Return field names, and per record its answers and the answers of its repeating rows."""
    names = draw(st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True), min_size=1, max_size=3, unique=True))
    row = st.lists(CELL, min_size=len(names), max_size=len(names))
    ids = draw(st.lists(st.from_regex(r"0?[0-9A-Z]{1,4}", fullmatch=True), min_size=1, max_size=4, unique=True))
    return names, [(key, draw(row), draw(st.lists(st.lists(CELL, min_size=1, max_size=1), max_size=3))) for key in ids]


@given(projects())
def test_what_is_written_is_read(tmp_path: Path, project: tuple[list[str], list[tuple]]) -> None:  # type: ignore[type-arg]
    names, records = project
    names = [f"v_{name}" for name in names]
    header = ["record_id", "redcap_repeat_instrument", "redcap_repeat_instance", *names, "f_complete", "r_say"]
    rows, people, repeats = [header], {}, {}
    for key, answers, again in records:
        rows.append([key, "", "", *answers, "2", ""])
        people[len(rows)] = [key, *answers]
        for n, (said,) in enumerate(again, start=1):
            rows.append([key, "visit", str(n), *[""] * len(names), "", said])
            repeats[len(rows)] = [key, str(n), said]
    main, *others = tables(write(tmp_path / "a.csv", *rows))
    at = [main.header.index(name) for name in ("record_id", *names)]
    assert dict(zip(main.rows.index, texts_of(main, at), strict=True)) == blanked(people)
    assert len(others) == bool(repeats)
    for table in others:
        said = [table.header.index(name) for name in ("record_id", "redcap_repeat_instance")]
        said += [table.header.index("r_say")] if "r_say" in table.header else []
        expected = {row: cells[: len(said)] for row, cells in blanked(repeats).items()}
        assert dict(zip(table.rows.index, texts_of(table, said), strict=True)) == expected
        assert set(table.set_aside) == set(repeats)


def texts_of(cells: Cells, columns: list[int]) -> list[list[str]]:
    return cells.rows[columns].fillna("").astype(str).to_numpy().tolist()


def blanked(rows: dict[int, list[str]]) -> dict[int, list[str]]:
    return {number: [cell if cell.strip() else "" for cell in row] for number, row in rows.items()}


@real
@pytest.mark.parametrize("file", ["simple_data.csv", "repeating_data.csv"])
@given(at=st.integers(0, 1200), patch=st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, file: str, at: int, patch: bytes) -> None:
    content, broken = (REAL / file).read_bytes(), tmp_path / "b.csv"
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert "b.csv" in str(refusal)


def test_a_last_record_with_a_name_for_its_number_is_no_remark_below(tmp_path: Path) -> None:
    header = ["record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "q", "f_complete"]
    rows = [[str(n), "", "", "", "2"] for n in range(5)]
    (cells,) = tables(write(tmp_path / "a.csv", header, *rows, ["A", "", "", "", "2"]))
    assert cells.rows[0].tolist() == ["0", "1", "2", "3", "4", "A"] and not cells.below


def test_of_several_surveys_one_that_was_sent_is_enough(tmp_path: Path) -> None:
    header = ["record_id", "a_timestamp", "a1", "a_complete", "b_timestamp", "b1", "b_complete"]
    sent, begun = "2018-05-12 10:00:00", "[not completed]"
    rows = [
        ["1", sent, "4", "2", begun, "5", "0"],
        ["2", begun, "3", "0", "", "", "0"],
        ["3", begun, "", "0", begun, "", "0"],
    ]
    (cells,) = tables(write(tmp_path / "a.csv", header, *rows))
    assert cells.set_aside == {3: "not submitted", 4: "not submitted"}
