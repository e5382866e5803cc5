"""SPSS files: codes as text, labels and user-missing codes beside them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells

pyreadstat = pytest.importorskip("pyreadstat")


def _read(path: Path, frame: pd.DataFrame, **more: Any) -> Cells:
    pyreadstat.write_sav(frame, str(path), **more)
    reader, tables = readers.read(path, path.name)
    assert reader.NAME == "spss" and len(tables) == 1
    return tables[0]


TEXT = st.text(alphabet="aåäöÄé€ 1;,\"'\n=-", max_size=12).map(str.rstrip)
NUMBER = st.none() | st.integers(-1000, 1000) | st.sampled_from([0.5, 2.25])


@given(st.lists(st.tuples(TEXT, NUMBER), min_size=1, max_size=6))
def test_what_is_written_is_read(tmp_path: Path, rows: list[tuple[str, float | None]]) -> None:
    frame = pd.DataFrame({"sana": [t for t, _ in rows], "luku": pd.array([n for _, n in rows], dtype="Float64")})
    cells = _read(tmp_path / "a.sav", frame)
    texts = [[t if t.strip() else "", "" if n is None else str(n)] for t, n in rows]
    expected = {n: row for n, row in enumerate(texts, start=1) if any(row)}
    assert cells.rows.index.tolist() == list(expected) and cells.blank == len(rows) - len(expected)
    assert cells.rows.fillna("").to_numpy().tolist() == list(expected.values())


def test_labels_questions_and_missing_codes_are_carried(tmp_path: Path) -> None:
    frame = pd.DataFrame({"k1": [1.0, 9.0, 97.0, None], "v": ["muu", "7", "77", ""]})
    cells = _read(
        tmp_path / "a.sav",
        frame,
        column_labels=["Sain äänen kuuluviin", "Muu"],
        variable_value_labels={"k1": {1: "Eri mieltä", 9: "EOS"}},
        missing_ranges={"k1": [9, {"lo": 90, "hi": 99}], "v": ["7", "77"]},
    )
    assert cells.header == ("k1", "v") and cells.questions == ("Sain äänen kuuluviin", "Muu")
    assert cells.rows[0].fillna("").tolist() == ["1", "9", "97"] and cells.blank == 1
    assert cells.value_labels == {0: {"1": "Eri mieltä", "9": "EOS"}}
    assert cells.user_missing == {0: {"9", "97"}, 1: {"7", "77"}}


def test_dates_are_iso_and_may_have_missing_codes(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"d": [dt.date(1583, 1, 1), dt.date(2017, 5, 1)], "t": [dt.datetime(2017, 5, 1, 9, 5, 7), None]}
    )
    cells = _read(tmp_path / "a.sav", frame, missing_ranges={"d": [13_000_000_000]})
    assert cells.rows[0].tolist() == ["1583-01-01", "2017-05-01"] and cells.rows[1].iloc[0] == "2017-05-01 09:05:07"
    assert cells.user_missing == {0: frozenset({"1994-09-26 23:06:40"})}


def test_a_file_without_rows_is_a_table(tmp_path: Path) -> None:
    cells = _read(tmp_path / "a.sav", pd.DataFrame({"a": pd.Series(dtype=float)}))
    assert cells.header == ("a",) and len(cells.rows) == 0


def test_a_moment_beyond_the_calendar_is_a_named_fault(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"a\.sav, row 1, column 'd': a moment beyond the calendar"):
        _read(tmp_path / "a.sav", pd.DataFrame({"d": [1e18]}), variable_format={"d": "DATE11"})


@given(st.integers(0, 700), st.binary(min_size=1, max_size=30))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes) -> None:
    path, broken = tmp_path / "a.sav", tmp_path / "b.sav"
    if not path.exists():
        _read(path, pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}), variable_value_labels={"a": {1: "yksi"}})
    content = path.read_bytes()
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert "b.sav" in str(refusal)


@pytest.mark.parametrize("kept", [4, 100, 180, 400])
def test_a_file_cut_off_is_named(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.sav"
    _read(path, pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ReadError, match=r"a\.sav"):
        readers.read(path, path.name)
