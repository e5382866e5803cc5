"""Who is whom, decided by a person and remembered; and what evidence never overrules."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import KEY, Folder, account, problems

from pipeline.core.config import Params, load_project
from pipeline.core.errors import ReadError
from pipeline.ingest import link_pairs
from pipeline.ingest.link import link
from pipeline.ingest.project import ingest_and_review
from pipeline.ingest.row_marks import is_mark

LISTS = {
    "attendance/E1.csv": "Nimi,Puhelin\nMaija Virtanen,\nOlli Oja,0401234567\n",
    "attendance/E2.csv": "Nimi,Puhelin\nMaija Virtannen,\nMatti Oja,0401234567\nOlli Oja,0401234567\n",
}


def _folder(raw: Path, *lines: str) -> Folder:
    folder = Folder(raw).events("E1,A1,Eka,,2018-03-03", "E2,A1,Toka,,2018-03-10")
    for name, content in LISTS.items():
        folder.put(name, content)
    return folder.put("coding/people.csv", "\n".join(["file,row,file,row,same", *lines]) + "\n") if lines else folder


def _people(folder: Folder) -> int:
    return len(folder.ingest()["persons"])


def test_a_decision_joins_or_keeps_apart_and_is_not_asked_again(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    open_folder = _folder(raw)
    review = ingest_and_review(raw, load_project(raw), Params(), KEY).review
    places = review.drop(columns=["check_1", "check_2"]).to_numpy().tolist()
    assert places == [["attendance/E1.csv", "", "2", "attendance/E2.csv", "", "2", ""]]
    assert review[["check_1", "check_2"]].map(is_mark).all(axis=None) and "maija" not in review.to_csv().lower()
    assert _people(open_folder) == 4
    for word, n in (("kyllä", 3), ("no", 4)):
        folder = _folder(raw, f"attendance/E1.csv,2,attendance/E2.csv,2,{word}")
        review = ingest_and_review(raw, load_project(raw), Params(), KEY).review
        assert _people(folder) == n and review.empty
        assert not any("may be the person" in text for text in problems(folder.ingest()))


def test_a_decision_goes_before_any_evidence(tmp_path: Path) -> None:
    assert _people(_folder(tmp_path / "raw", "E1.csv,3,E2.csv,4,no")) == 5
    assert _people(_folder(tmp_path / "raw", "E1.csv,2,E1.csv,3,yes")) == 3


def test_the_review_sheet_is_the_shape_of_the_decisions(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    folder = _folder(raw)
    review = ingest_and_review(raw, load_project(raw), Params(), KEY).review
    folder.put("coding/people.csv", review.assign(same="yes").to_csv(index=False, sep=";"))
    assert _people(folder) == 3


def test_a_decision_follows_its_rows_and_stops_where_one_has_changed(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    folder = _folder(raw)
    review = ingest_and_review(raw, load_project(raw), Params(), KEY).review
    folder.put("coding/people.csv", review.assign(same="yes").to_csv(index=False))
    header, *rows = LISTS["attendance/E2.csv"].splitlines()
    folder.put("attendance/E2.csv", "\n".join([header, "Aino Aalto,", *rows]) + "\n")
    assert _people(folder) == 4  # three as before, and a new one where the row of the decision stood
    folder.put("attendance/E2.csv", "\n".join([header, "Aino Aalto,", *rows[1:]]) + "\n")
    with pytest.raises(ReadError, match="row 2: the file has no row any more that says what the second row said"):
        folder.ingest()


def test_a_decision_by_numbers_alone_is_said(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "raw", "E1.csv,2,E2.csv,2,yes")
    assert any(
        "tells the rows by their numbers alone" in text for text in problems(folder.ingest(), "coding/people.csv")
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("attendance/E1.csv,9,attendance/E2.csv,2,yes", "row 2: the first row is on no list"),
        ("attendance/E1.csv,2,attendance/E9.csv,2,yes", "row 2: the second row is on no list"),
        ("attendance/E1.csv,x,attendance/E2.csv,2,yes", "row 2: the row is no number"),
        ("attendance/E1.csv,2,attendance/E2.csv,2,perhaps", "row 2: 'same' says neither"),
        ("attendance/E1.csv,2,attendance/E1.csv,2,yes", "row 2: both places are the same row"),
    ],
)
def test_a_stale_or_broken_line_stops_the_run(tmp_path: Path, line: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        _folder(tmp_path / "raw", line).ingest()


def test_lines_that_contradict_each_other_stop_the_run(tmp_path: Path) -> None:
    lines = ("E1.csv,2,E2.csv,2,yes", "E2.csv,2,E2.csv,3,yes", "E1.csv,2,E2.csv,3,no")
    with pytest.raises(ReadError, match="another line keeps them apart"):
        _folder(tmp_path / "raw", *lines).ingest()
    with pytest.raises(ReadError, match="not those of decisions"):
        _folder(tmp_path / "raw").put("coding/people.csv", "file,row,same\na,1,yes\n").ingest()


def test_minutes_status_and_sessions_reach_the_table_and_the_ledger(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "raw")
    folder.put(
        "attendance/E1_zoom.csv",
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
        "Maija Aho,m@x.fi,03/03/2018 10:00:00 AM,03/03/2018 11:00:00 AM,60,Yes,No\n"
        "Maijan iPad,m@x.fi,03/03/2018 10:30:00 AM,03/03/2018 11:30:00 AM,60,Yes,No\n"
        "Galaxy A52,,03/03/2018 10:30:00 AM,03/03/2018 11:30:00 AM,60,Yes,No\n"
        "Ville Vesi,,03/03/2018 09:30:00 AM,03/03/2018 09:40:00 AM,10,Yes,Yes\n",
    )
    folder.put(
        "attendance/E1_ilmo.csv", "Nimi,Email,Status\nMaija Aho,m@x.fi,ilmoittautunut\nUusi Ulla,u@x.fi,noshow\n"
    )
    tables = folder.ingest()
    online = tables["attendance"][tables["attendance"]["source_file"].str.contains("zoom|ilmo")]
    assert sorted(zip(online["status"], online["minutes"].fillna(-1), strict=True)) == [
        ("attended", 60.0), ("attended", 90.0), ("registered", -1.0),
    ]  # fmt: skip
    assert account(tables, "attendance/E1_zoom.csv") == (4, 1, 2, 1)
    assert any("2 rows are further sessions" in text for text in problems(tables, "attendance/E1_zoom.csv"))


def test_a_list_delivered_twice_counts_nobody_twice(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "raw")
    before = len(folder.ingest()["attendance"])
    tables = folder.put("attendance/E1 kopio.csv", LISTS["attendance/E1.csv"] + "Uusi Ulla,\n").ingest()
    assert len(tables["attendance"]) == before + 1


def test_a_list_copied_to_another_event_is_said(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "raw")
    text = "Nimi,Puhelin\nAho Anna,\nPuro Pekka,\nOja Olli,\n"
    folder.put("attendance/E1 lista.csv", text)
    tables = folder.put("attendance/E2 lista.csv", text).ingest()
    told = problems(tables, "attendance/E2 lista.csv")
    assert "the very same list as attendance/E1 lista.csv, of another event; counted at both" in told
    assert not [text for text in problems(tables, "attendance/E1 lista.csv") if "very same" in text]


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(["maija aho", "maija ahoo", "olli oja", None, ""]),
        st.sampled_from(["a@x.fi", "b@x.fi", None, ""]),
        st.sampled_from(["1", "2", None]),
        st.sampled_from([1950, 1951, None]),
    ),
    min_size=1,
    max_size=12,
)


@given(rows=PEOPLE)
def test_nobody_has_two_years_and_nothing_joins_what_shares_no_key(rows: list[tuple[object, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=["name", "email", "phone", "birth_year"]).astype({"birth_year": "Int64"})
    person = link(frame, 90).person
    assert (frame["birth_year"].groupby(person).nunique() <= 1).all()
    for number in np.flatnonzero([not any(row[:3]) for row in rows]):
        assert (person == person[number]).sum() == 1
    everybody = [(i, j) for i in range(len(rows)) for j in range(i)]
    assert link(frame, 90, apart=everybody).person.nunique() == len(rows)
    assert link(frame, 90, same=everybody).person.nunique() == 1


def test_a_common_name_alone_joins_nobody_a_rare_one_does() -> None:
    first = [f"etu{'abcdefghijklmnop'[i]}" for i in range(16)]
    names = [f"{f} {s}nen" for f in first for s in ("virta", "korho", "niemi", "makela")]
    rows = [(name, f"{i}@x.fi", None, 1950 + i % 40) for i, name in enumerate(names)]
    common, rare = (names[0], None, None, None), ("zacharias zettermark", None, None, None)
    frame = pd.DataFrame([*rows, *[common] * 2, *[rare] * 2], columns=["name", "email", "phone", "birth_year"])
    person = link(frame.astype({"birth_year": "Int64"}), 90).person.tolist()
    assert person[-1] == person[-2] and len(set(person)) == len(names) + 1 + (person[-3] != person[0])


def test_a_key_of_thousands_is_cut_and_what_is_left_out_is_told() -> None:
    n = 1200
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = [f"maija vir{letters[i // 26 % 26]}{letters[i % 26]}{letters[i // 676]}nen" for i in range(n)]
    codes = np.column_stack([np.arange(n), np.full((n, 3), -1)])
    pairs, left_out = link_pairs.candidates(codes, {"name": names, "email": [], "phone": [], "birth_year": []})
    assert len(pairs) < n * (n - 1) // 2 and left_out > 0
    assert (pairs[:, 0] < pairs[:, 1]).all()
    few, none = link_pairs.candidates(codes[:100], {"name": names, "email": [], "phone": [], "birth_year": []})
    assert len(few) == 100 * 99 // 2 and none == 0
