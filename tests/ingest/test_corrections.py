"""A person's decisions: applied where they fit, an error by line where they do not (any more)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import KEY, Folder, account, all_text, problems

from pipeline.core.config import Params, load_project
from pipeline.core.errors import ReadError
from pipeline.ingest import quarantine
from pipeline.ingest.project import ingest_and_review

HEAD = "file,sheet,row,column,action,expected,value,reason\n"
FORM = "Lomake nro;Tapahtuma;q1;Ikä;Muuta sanottavaa\n"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / "raw").events("E1,A1,Pihatalkoot,,2017-05-12", "E2,A1,Kahvila,,2017-06-12")
    rows = [
        "1;E1;samaa mieltä;45;hyvä",
        "2;Pihtalkoot;eri mieltä;30;",
        "3;E1;kyllä kai;51;",
        "4;E1;eri mieltä;20;testi",
    ]
    made.put("feedback/paperi.csv", FORM + "\n".join(rows) + "\n")
    return made.put("attendance/E1.csv", "Nimi;Rooli\nMaija Virtanen;osallistuja\nPekka Koskinen;osallistuja\n")


def _ingest(folder: Folder, *lines: str) -> dict[str, pd.DataFrame]:
    return folder.put("corrections.csv", HEAD + "\n".join(lines) + "\n").ingest()


def _code(tables: dict[str, pd.DataFrame], row: int, item: str) -> object:
    answers = tables["answers"]
    return answers[(answers["response_id"] == f"paperi.csv:{row}") & (answers["item"] == item)]["code"].item()


def test_a_cell_is_set_and_the_file_stays_as_it_was(folder: Folder) -> None:
    before = (folder.raw / "feedback" / "paperi.csv").read_bytes()
    assert account(folder.ingest(), "feedback/paperi.csv") == (4, 2, 0, 2)
    tables = _ingest(
        folder,
        "feedback/paperi.csv,,3,Tapahtuma,set,pihtalkoot,Pihatalkoot,slip of the pen",
        "paperi.csv,,4,q1,set,Kyllä  kai,samaa mieltä,",
        "paperi.csv,,4,Ikä,set,51,,not sure",
    )
    assert account(tables, "feedback/paperi.csv") == (4, 3, 0, 1)
    assert _code(tables, 4, "q1") == "4" and pd.isna(_code(tables, 4, "age"))
    assert tables["responses"].set_index("response_id").at["paperi.csv:3", "event_id"] == "E1"
    assert "changed by a person: corrections.csv, row 2" in problems(tables, "feedback/paperi.csv")
    assert (folder.raw / "feedback" / "paperi.csv").read_bytes() == before


def test_a_copy_of_a_corrected_or_dropped_row_counts_once(folder: Folder) -> None:
    timed = "Aikaleima;Tapahtuma;q1;Ikä;Muuta sanottavaa\n"
    rows = [
        "12.5.2017 10:01:02;E1;kyllä kai;45;a",
        "12.5.2017 10:05:07;E1;eri mieltä;20;b",
        "12.5.2017 11:00:00;E1;eri mieltä;9;c",
    ]
    folder.put("feedback/vienti.csv", timed + "\n".join(rows) + "\n")
    folder.put("feedback/vienti (1).csv", timed + "\n".join([*rows, "12.5.2017 12:00:00;E1;eri mieltä;8;d"]) + "\n")
    lines = ("feedback/vienti.csv,,2,q1,set,kyllä kai,samaa mieltä,", "feedback/vienti.csv,,3,,drop,,,trial")
    tables = _ingest(folder, *lines)
    # the first in file order is kept, the other is its repeat; the trial is dropped in both; the new row is new
    accounts = [account(tables, f"feedback/{name}") for name in ("vienti (1).csv", "vienti.csv")]
    assert accounts == [(4, 3, 0, 1), (3, 0, 2, 1)]


def test_equal_rows_of_one_table_are_not_told_apart(folder: Folder) -> None:
    same = "Tapahtuma;q1;Ikä;Muuta sanottavaa\nE1;eri mieltä;20;\nE1;eri mieltä;20;\n"
    folder.put("feedback/x.csv", same).put("feedback/y.csv", same)
    tables = _ingest(folder, "feedback/x.csv,,2,Ikä,set,20,30,")
    assert account(tables, "feedback/x.csv")[1] == 2


def _marks(folder: Folder) -> pd.DataFrame:
    """Return the lines of the quarantine sheet, as a person finds them."""
    made = ingest_and_review(folder.raw, load_project(folder.raw), Params(), KEY)
    return (
        quarantine.sheet(made.tables["findings"], marks=made.marks).astype({"row": "int64"}).set_index(["file", "row"])
    )


def test_a_row_is_found_again_by_its_mark_and_a_changed_one_stops_the_run(folder: Folder) -> None:
    mark = _marks(folder).loc[[("feedback/paperi.csv", 5)]]["expected"].iloc[0]  # the trial
    line = f"feedback/paperi.csv,,5,,drop,{mark},,trial"
    assert account(_ingest(folder, line), "feedback/paperi.csv") == (4, 2, 0, 2)
    text = (folder.raw / "feedback/paperi.csv").read_text("utf-8")
    header, *rows = text.splitlines()
    folder.put("feedback/paperi.csv", "\n".join([header, rows[3], *rows[:3]]) + "\n")
    tables = _ingest(folder, line)
    assert account(tables, "feedback/paperi.csv") == (4, 2, 0, 2)
    assert "dropped by a person: corrections.csv" in problems(tables, "feedback/paperi.csv")
    folder.put("feedback/paperi.csv", "\n".join([header, *rows[:3], "9;E1;eri mieltä;20;oikea vastaus"]) + "\n")
    with pytest.raises(ReadError, match="row 2: the correction is stale: the file has no row that says"):
        _ingest(folder, line)


def test_a_line_with_a_row_number_alone_is_said(folder: Folder) -> None:
    told = "this line tells the row by its number alone"
    lines = ("feedback/paperi.csv,,5,,drop,,,", "feedback/paperi.csv,,4,Ikä,set,51,,")
    found = problems(_ingest(folder, *lines), "corrections.csv")
    assert len(found) == 1 and found[0].startswith(told)


def test_a_line_whose_cell_another_row_has_as_well_is_said(folder: Folder) -> None:
    """Rows have shifted since: nothing tells that the line meant the other row."""
    lines = ("feedback/paperi.csv,,4,Ikä,set,51,50,", "feedback/paperi.csv,,5,q1,set,eri mieltä,kyllä,")
    found = folder.put("corrections.csv", HEAD + "\n".join(lines) + "\n").ingest()["findings"]
    told = found[found["problem"].str.startswith("another row has the same in this column")]
    assert told["row"].tolist() == [3]


def test_two_equal_rows_keep_their_own_decisions_where_they_move(folder: Folder) -> None:
    rows = ["1;E1;kyllä kai;45;x", "1;E1;kyllä kai;45;x"]
    folder.put("feedback/paperi.csv", FORM + "\n".join(["5;E1;eri mieltä;20;a", *rows]) + "\n")
    mark = ingest_and_review(folder.raw, load_project(folder.raw), Params(), KEY).marks.of("feedback/paperi.csv", "", 3)
    lines = (f"paperi.csv,,3,q1,set,{mark},samaa mieltä,", f"paperi.csv,,4,,drop,{mark},,")
    assert account(_ingest(folder, *lines), "feedback/paperi.csv") == (3, 2, 0, 1)
    folder.put("feedback/paperi.csv", FORM + "\n".join(["4;E1;eri mieltä;21;b", "5;E1;eri mieltä;20;a", *rows]) + "\n")
    tables = _ingest(folder, *lines)
    assert account(tables, "feedback/paperi.csv") == (4, 3, 0, 1) and _code(tables, 4, "q1") == "4"
    folder.put("feedback/paperi.csv", FORM + "\n".join(["4;E1;eri mieltä;21;b", *rows[:1] * 4]) + "\n")
    with pytest.raises(ReadError, match="row 2: several rows say what this one said"):
        _ingest(folder, lines[0].replace(",3,", ",9,"))


def test_a_cell_with_an_identity_code_is_emptied_by_its_mark(folder: Folder) -> None:
    code = "131052-308T"
    folder.put("feedback/paperi.csv", FORM + f"1;E1;samaa mieltä;45;minun on {code}\n2;E1;eri mieltä;20;b\n")
    mark = _marks(folder).loc[[("feedback/paperi.csv", 2)]]["expected"].iloc[0]
    tables = _ingest(folder, f"feedback/paperi.csv,,2,Muuta sanottavaa,set,{mark},poistettu,a code")
    assert account(tables, "feedback/paperi.csv") == (2, 2, 0, 0)
    assert tables["comments"]["text"].tolist() == ["poistettu", "b"] and code not in all_text(tables)


TIMED = "Aikaleima;Tapahtuma;q1;Ikä;Muuta sanottavaa\n"
TWICE = ["12.5.2017 10:01:02;E1;kyllä kai;45;a", "12.5.2017 10:05:07;E1;eri mieltä;20;b"]


@pytest.mark.parametrize("where", ["x.csv,,2", "x.csv,,4", "y.xlsx,,2", "y.xlsx,,5"])
def test_a_correction_of_one_of_two_equal_rows_leaves_them_one_response(folder: Folder, where: str) -> None:
    """The row stands twice in one file and twice again, longer and in another format, in a second one."""
    folder.put("feedback/x.csv", TIMED + "\n".join([*TWICE, TWICE[0]]) + "\n")
    rows = [line.split(";") for line in (TIMED.strip(), *TWICE, "12.5.2017 11:00:00;E1;eri mieltä;9;c", TWICE[0])]
    pd.DataFrame(rows).to_excel(folder.raw / "feedback/y.xlsx", index=False, header=False, engine="xlsxwriter")
    plain = [account(folder.ingest(), f"feedback/{name}") for name in ("x.csv", "y.xlsx")]
    assert plain == [(3, 2, 1, 0), (4, 1, 3, 0)]
    tables = _ingest(folder, f"feedback/{where},q1,set,kyllä kai,samaa mieltä,")
    assert [account(tables, f"feedback/{name}") for name in ("x.csv", "y.xlsx")] == plain


def test_of_two_equal_rows_one_can_be_dropped_and_a_copy_elsewhere_goes_with_it(folder: Folder) -> None:
    folder.put("feedback/x.csv", TIMED + "\n".join([*TWICE, TWICE[0]]) + "\n")
    assert account(_ingest(folder, "feedback/x.csv,,2,,drop,,,"), "feedback/x.csv") == (3, 2, 0, 1)
    rows = [line.split(";")[::-1] for line in (TIMED.strip(), *TWICE)]
    pd.DataFrame(rows).to_excel(folder.raw / "feedback/y.xlsx", index=False, header=False, engine="xlsxwriter")
    tables = _ingest(folder, "feedback/x.csv,,3,,drop,,,")
    assert account(tables, "feedback/x.csv") == (3, 1, 1, 1) and account(tables, "feedback/y.xlsx") == (2, 0, 2, 0)
    assert any(text.endswith("; dropped with it") for text in problems(tables, "feedback/y.xlsx"))


def test_a_correction_that_gives_a_row_another_number_makes_it_another_response(folder: Folder) -> None:
    folder.put("feedback/x.csv", FORM + "7;E1;eri mieltä;20;b\n7;E1;eri mieltä;20;b\n")
    assert account(folder.ingest(), "feedback/x.csv") == (2, 1, 1, 0)
    assert account(_ingest(folder, "feedback/x.csv,,3,Lomake nro,set,7,8,"), "feedback/x.csv") == (2, 2, 0, 0)


def test_a_faulty_cell_of_a_copy_is_asked_once(folder: Folder) -> None:
    folder.put("feedback/x.csv", TIMED + "\n".join([TWICE[0], TWICE[1], TWICE[0]]) + "\n")
    found = folder.ingest()["findings"]
    assert found[(found["file"] == "feedback/x.csv") & (found["kind"] == "cell_invalid")]["rows"].tolist() == ["2"]


@pytest.mark.parametrize("column", ["Ikä", "ikä ", "column 4", "sarake 4"])
def test_a_column_is_named_as_the_findings_name_it(folder: Folder, column: str) -> None:
    assert _code(_ingest(folder, f"feedback/paperi.csv,,2,{column},set,45,46,"), 2, "age") == "46"


def test_a_row_is_dropped_and_told_apart_from_what_is_undecided(folder: Folder) -> None:
    tables = _ingest(folder, "feedback/paperi.csv,,2,Ikä,drop,45,,", "feedback/paperi.csv,,5,,drop,,,")
    assert account(tables, "feedback/paperi.csv") == (4, 1, 0, 3)
    mine = tables["findings"].loc[tables["findings"]["row"].isin([2, 5])]
    assert set(mine["kind"]) == {"note"} and set(mine["problem"]) == {"dropped by a person: corrections.csv"}


def test_what_was_set_aside_is_accepted(folder: Folder) -> None:
    tables = _ingest(
        folder, "feedback/paperi.csv,,5,,accept,,,no trial", "feedback/paperi.csv,,3,,accept,,,no event known"
    )
    assert account(tables, "feedback/paperi.csv") == (4, 4, 0, 0)
    assert not [k for k in tables["findings"]["kind"] if k == "row_quarantined"]


def test_conflicts_and_duplicates_are_decided(folder: Folder) -> None:
    folder.put(
        "feedback/uudet.csv", FORM + "1;E1;eri mieltä;45;hyvä\n4;E1;eri mieltä;20;jotain\n4;E1;eri mieltä;20;jotain\n"
    )
    assert account(folder.ingest(), "feedback/uudet.csv") == (3, 1, 1, 1)
    tables = _ingest(folder, "uudet.csv,,2,,accept,,,", "uudet.csv,,4,,not_duplicate,,,")
    assert account(tables, "feedback/uudet.csv") == (3, 3, 0, 0)


def test_a_list_of_people_is_corrected_too(folder: Folder) -> None:
    tables = _ingest(
        folder, "attendance/E1.csv,,2,Rooli,set,osallistuja,suunnittelija,", "E1.csv,,3,Nimi,drop,pekka koskinen,,"
    )
    assert account(tables, "attendance/E1.csv") == (2, 1, 0, 1)
    assert tables["attendance"]["role"].tolist() == ["planner"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("feedback/none.csv,,2,q1,set,x,1,", "no such file"),
        ("feedback/paperi.csv,Taul1,2,q1,set,x,1,", "no such sheet"),
        ("feedback/paperi.csv,,77,q1,set,x,1,", "row holds no answer"),
        ("feedback/paperi.csv,,1,q1,set,x,1,", "row holds no answer"),
        ("feedback/paperi.csv,,2,q9,set,x,1,", "no such column"),
        ("feedback/paperi.csv,,2,q1,set,zzsecretzz,1,", "stale"),
        ("feedback/paperi.csv,,2,q1,set,,1,", "stale"),
        ("feedback/paperi.csv,,2,Ikä,drop,zzsecretzz,,", "stale"),
        ("feedback/paperi.csv,,2,,accept,,,", "stale"),
        ("feedback/paperi.csv,,2,,not_duplicate,,,", "stale"),
        ("feedback/paperi.csv,,2,q1,change,x,1,", "action is not known"),
        ("feedback/paperi.csv,,two,q1,set,x,1,", "row is no number"),
        ("feedback/paperi.csv,,2,,set,x,1,", "needs the column"),
        ("feedback/paperi.csv,,2,,drop,x,,", "without a column"),
        ("feedback/paperi.csv,,2,q1,set,x,010594Y9032,", "identity code"),
        ("attendance/E1.csv,,2,,not_duplicate,,,", "is for responses"),
        ("attendance/E1.csv,,2,,accept,,,", "stale"),
    ],
)  # fmt: skip
def test_a_line_that_does_not_fit_stops_the_run_by_its_number_not_by_its_value(
    folder: Folder, line: str, what: str
) -> None:
    with pytest.raises(ReadError) as refused:
        _ingest(folder, "feedback/paperi.csv,,2,Ikä,set,45,46,", line)
    said = str(refused.value)
    assert what in said and "corrections.csv, row 3" in said
    assert "zzsecretzz" not in said and "010594Y9032" not in said and "hyvä" not in said


def test_two_lines_about_one_cell_and_an_unknown_header_are_errors(folder: Folder) -> None:
    with pytest.raises(ReadError, match="row 3: line 2 decides the same place"):
        _ingest(folder, "paperi.csv,,2,Ikä,set,45,46,", "paperi.csv,,2,ikä,set,45,47,")
    folder.put("corrections.csv", "file,row\npaperi.csv,2\n")
    with pytest.raises(ReadError, match="no column column, action, expected, value, reason"):
        folder.ingest()


def test_the_finnish_column_names_and_actions_are_understood(folder: Folder) -> None:
    head = "tiedosto;välilehti;rivi;sarake;toimi;odotettu;arvo;perustelu\n"
    folder.put("corrections.csv", head + "feedback/paperi.csv;;2;Ikä;aseta;45;46;\n")
    assert _code(folder.ingest(), 2, "age") == "46"


def test_a_row_with_an_identity_code_is_never_accepted(folder: Folder) -> None:
    folder.put("feedback/c.csv", FORM + "9;E1;samaa mieltä;45;010594Y9032\n")
    with pytest.raises(ReadError, match="never accepted"):
        _ingest(folder, "c.csv,,2,,accept,,,")


def test_a_correction_of_a_file_that_cannot_be_read_does_not_stop_the_others(folder: Folder) -> None:
    folder.put("feedback/rikki.csv", b"q1;q2\n1;2\n" * 9000 + b"\0")
    tables = _ingest(folder, "feedback/rikki.csv,,2,q1,set,1,2,")
    assert account(tables, "feedback/paperi.csv")[1] == 2
    assert "not applied: the file it speaks of was refused" in problems(tables, "corrections.csv")


CELL = st.sampled_from(["1", "2", "3", "4", "samaa mieltä", "eri mieltä"])


@pytest.mark.slow
@given(rows=st.lists(CELL, min_size=1, max_size=6), at=st.integers(0, 5), value=CELL)
def test_a_correction_gives_the_table_a_corrected_file_would_have_given(
    tmp_path_factory: pytest.TempPathFactory, rows: list[str], at: int, value: str
) -> None:
    at %= len(rows)

    def made(answers: list[str]) -> Folder:
        folder = Folder(tmp_path_factory.mktemp("c") / "raw")
        return folder.put("feedback/a.csv", "Lomake nro;q1\n" + "".join(f"{n};{a}\n" for n, a in enumerate(answers)))

    line = f"feedback/a.csv,,{at + 2},q1,set,{rows[at]},{value},\n"
    corrected = made(rows).put("corrections.csv", HEAD + line).made()
    mended = made([value if i == at else a for i, a in enumerate(rows)]).made()
    for name in ("responses", "answers", "comments"):
        assert corrected[name].equals(mended[name])
