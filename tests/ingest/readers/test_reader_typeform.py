"""Typeform: old and new columns, tokens, partial responses, options in columns of their own, masked formulas."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from form_exports import ANSWERS, TEXTS, agree, as_csv, as_xlsx, batch, form, patched, put, read, rows
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import duplicates
from pipeline.ingest.content import Content
from pipeline.ingest.readers import typeform

OLD = ["Start Date (UTC)", "Submit Date (UTC)", "Network ID"]
NEW = ["Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags", "Ending"]
TOKEN = "hefupfubphvacf8sv12ch63vnvacgl4{}"
TIMES = ["2025-02-22 17:15:19", "2025-02-22 17:16:39", "98eebf3737"]


def newer(*answers: str | None, n: int = 0, kind: str = "completed", submitted: str = TIMES[1]) -> list[Any]:
    return [TOKEN.format(n), *answers, kind, TIMES[0], "", submitted, TIMES[2], "", "Kiitos"]


def test_the_columns_of_today(tmp_path: Path) -> None:
    table = [["#", "*Mitä* <b>kuuluu</b>?", "Ikä", *NEW], newer("Hyvää", "45"), newer("NA", None, n=1)]
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "typeform")
    assert cells.fields == {0: "response_key", 6: "submitted_at"} and cells.technical == {3, 4, 5, 7, 8, 9}
    made = form({"type": "text", "name": "q", "label": "Mitä kuuluu"}, {"type": "integer", "name": "a", "label": "Ikä"})
    found = batch(cells, made)
    assert found.comments["q"].tolist() == ["Hyvää", "NA"] and found.reasons["a"].tolist()[1] == "no_answer"
    assert str(found.responses["submitted_at"].iloc[0]) == TIMES[1] and not found.findings
    assert found.responses["response_key"].tolist() == [TOKEN.format(0), TOKEN.format(1)]


def test_the_columns_of_earlier_years(tmp_path: Path) -> None:
    token = "b7c6f8a9d0e14c53a1b2c3d4e5f60718"
    cells = read(put(tmp_path / "a.csv", as_csv([["#", "q", *OLD], [token, "x", *TIMES]])), "typeform")
    assert cells.fields == {0: "response_key", 3: "submitted_at"} and not cells.set_aside
    anew = read(put(tmp_path / "b.csv", as_csv([["#", "q", *OLD], ["1", "x", *TIMES]])), "typeform")
    assert anew.fields == {3: "submitted_at"} and 0 in anew.technical
    without = read(put(tmp_path / "c.csv", as_csv([["q", *OLD], ["x", *TIMES]])), "typeform")
    assert without.header == ("q", *OLD) and without.fields == {2: "submitted_at"}


def test_what_was_not_submitted_is_set_aside(tmp_path: Path) -> None:
    table = [
        ["#", "q", *NEW],
        newer("1"),
        newer("2", n=1, kind="partial", submitted=""),
        newer("3", n=2, kind="started"),
    ]
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "typeform")
    assert cells.set_aside == {3: "not submitted", 4: "not submitted"}
    found = batch(cells, form({"type": "integer", "name": "q", "label": "q"}))
    assert found.quarantined.to_dict() == dict(cells.set_aside)
    old = [["#", "q", *OLD], [TOKEN.format(0), "1", *TIMES], [TOKEN.format(1), "2", TIMES[0], "", TIMES[2]]]
    assert read(put(tmp_path / "b.csv", as_csv(old)), "typeform").set_aside == {3: "not submitted"}


def test_options_stand_in_columns_of_their_own_and_equal_ones_stay_two(tmp_path: Path) -> None:
    header = ["#", "Talkoot", "Retki, kaupungissa", "Other", "Kokous", "Other", *NEW]
    table = [
        header,
        newer("Talkoot", None, None, "Kokous", "toinen"),
        newer(None, "Retki, kaupungissa", "muu", None, None),
    ]
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "typeform")
    assert cells.header == tuple(header)
    assert rows(cells)[0][1:6] == ["Talkoot", None, None, "Kokous", "toinen"] and rows(cells)[1][3] == "muu"


def test_the_apostrophe_before_a_formula_is_the_tools(tmp_path: Path) -> None:
    table = [["#", "q", *NEW], newer("'+358401234567"), newer("'=1+1", n=1), newer("'alas' sanoi", n=2)]
    cells = read(put(tmp_path / "a.csv", as_csv(table)), "typeform")
    assert [row[1] for row in rows(cells)] == ["+358401234567", "=1+1", "'alas' sanoi"]


def test_a_longer_delivery_counts_nobody_twice(tmp_path: Path) -> None:
    header = ["#", "q", *NEW]
    first, longer = [header, newer("Hyvä")], [header, newer("Hyvä"), newer("Hyvä", n=1)]
    made = form({"type": "select_one l", "name": "q", "label": "q"}, choices=agree({"1": "Hyvä"}))
    files = [put(tmp_path / "a.csv", as_csv(first)), as_xlsx(tmp_path / "b.xlsx", longer)]
    _, repeats = duplicates.resolve([batch(read(path, "typeform"), made) for path in files])
    assert [len(rows) for rows in repeats] == [0, 1]


@pytest.mark.parametrize(
    "header", ["#,q,Start Date,Submit Date", "#,Network ID,q,r", "Start Date (UTC),q,Submit Date (UTC),r", "#,a,b,c"]
)
def test_other_tables_are_not_taken(tmp_path: Path, header: str) -> None:
    path = put(tmp_path / "a.csv", f"{header}\n1,2,3,4\n".encode())
    assert not typeform.recognises(Content(path, path.name))


@given(
    st.lists(TEXTS.map(lambda text: f"q {text}"), min_size=1, max_size=5).flatmap(
        lambda header: st.tuples(
            st.just(header), st.lists(st.lists(ANSWERS, min_size=len(header), max_size=len(header)), max_size=5)
        )
    )
)
def test_what_is_written_is_read(tmp_path: Path, survey: tuple[list[str], list[list[str | None]]]) -> None:
    header, answers = survey
    masked = [[f"'{a}" if a and a[0] in "=-+@" else a for a in row] for row in answers]
    expected = [[a[1:] if a and len(a) > 1 and a[0] == "'" and a[1] in "=-+@" else a for a in row] for row in masked]
    table = [["#", *header, *NEW], *(newer(*row, n=n) for n, row in enumerate(masked))]
    cells = read(put(tmp_path / "a.csv", as_csv(table, quoting=csv.QUOTE_ALL)), "typeform")
    assert cells.header == ("#", *(name.strip() for name in header), *NEW)
    assert [row[1 : len(header) + 1] for row in rows(cells)] == expected
    assert read(as_xlsx(tmp_path / "a.xlsx", table), "typeform").rows.equals(cells.rows)


@given(at=st.integers(0, 10_000), patch=st.binary(min_size=1, max_size=12))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    table = [["#", "q", 'r "x"', *NEW], *(newer("a,b", "x\ny", n=n) for n in range(4))]
    patched(tmp_path / "b.csv", as_csv(table), at, patch)
