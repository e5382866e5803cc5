"""Stata files of every version that can be written here: codes, labels, kinds of missing, moments, odd bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.config import Ingest, Source
from pipeline.core.errors import ReadError
from pipeline.ingest import feedback, instrument, readers
from pipeline.ingest.cells import Cells

pyreadstat = pytest.importorskip("pyreadstat")

VERSIONS = (8, 10, 12, 13, 14, 15)


def read(path: Path) -> Cells:
    reader, tables = readers.read(path, path.name)
    assert reader.NAME == "stata" and len(tables) == 1
    return tables[0]


def write(path: Path, frame: pd.DataFrame, **more: Any) -> Path:
    pyreadstat.write_dta(frame, str(path), **more)
    return path


def texts(cells: Cells) -> list[list[str]]:
    return cells.rows.fillna("").to_numpy().tolist()


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_is_recognised(tmp_path: Path, version: int) -> None:
    frame = pd.DataFrame({"a": ["NA", "00100", ""], "n": [1.0, 2.5, None]})
    cells = read(write(tmp_path / "a.dta", frame, version=version, column_labels=["Sana", "Luku"]))
    assert texts(cells) == [["NA", "1"], ["00100", "2.5"]] and cells.blank == 1
    assert cells.header == ("a", "n") and cells.questions == ("Sana", "Luku")


def test_extended_missing_values_keep_apart_with_their_labels(tmp_path: Path) -> None:
    frame = pd.DataFrame({"k": pd.Series([1, "a", "b", 2, None], dtype=object), "x": [1.0] * 5})
    labels = {"k": {1: "EXCELLENT", 2: "POOR", "a": "En osaa sanoa", "b": "En halua vastata"}}
    path = write(tmp_path / "a.dta", frame, missing_user_values={"k": ["a", "b"]}, variable_value_labels=labels)
    cells = read(path)
    assert cells.rows[0].fillna("").tolist() == ["1", ".a", ".b", "2", ""]
    assert cells.user_missing == {0: {".a", ".b"}} and cells.value_labels[0][".a"] == "En osaa sanoa"
    sheets = {
        "survey": [(2, {"type": "select_one q", "name": "k", "label": "K"})],
        "choices": [
            (i, {"list_name": "q", "name": code, "label": text})
            for i, (code, text) in enumerate([("5", "Excellent"), ("1", "Poor")], 2)
        ],
    }
    batch = feedback.harmonise(cells, instrument.build(sheets, "i"), {}, Source(match="*"), Ingest())
    assert batch.codes["k"].fillna("").tolist() == ["5", "", "", "1", ""]
    assert batch.reasons["k"].fillna("").tolist() == ["", "dont_know", "refused", "", "no_answer"]


@pytest.mark.parametrize(
    ("form", "stored", "shown"),
    [
        ("%td", 21185, "2018-01-01"),
        ("%d", 21185, "2018-01-01"),
        ("%tdD_m_Y", -1, "1959-12-31"),
        ("%tc", 1_830_384_000_000, "2018-01-01"),
        ("%tc", 1000, "1960-01-01 00:00:01"),
        ("%tcHH:MM:SS", 36_610_000, "10:10:10"),
        ("%tq", 219, "2014q4"),
        ("%tm", 0, "1960m1"),
        ("%tm", -1, "1959m12"),
        ("%tw", 52, "1961w1"),
        ("%th", 3, "1961h2"),
        ("%ty", 2018, "2018"),
        ("%tb", 100, "100"),
        ("%9.0g", 5, "5"),
        ("%9.2f", 0.1, "0.1"),
    ],
)
def test_moments_are_shown_as_days_or_as_stata_shows_them(tmp_path: Path, form: str, stored: float, shown: str) -> None:
    path = write(tmp_path / "a.dta", pd.DataFrame({"d": [float(stored)]}), variable_format={"d": form})
    assert texts(read(path)) == [[shown]]


def test_leap_seconds_and_business_days_are_said(tmp_path: Path) -> None:
    path = write(tmp_path / "a.dta", pd.DataFrame({"d": [0.0], "e": [1.0]}), variable_format={"d": "%tC", "e": "%tb"})
    assert [remark.split()[0] for remark in read(path).remarks] == ["d", "e"]


def test_single_precision_is_the_decimal_it_was_meant_to_be(tmp_path: Path) -> None:
    frame = pd.DataFrame({"f": pd.Series([5.1, 0.2, 7.0], dtype="float32")})
    frame.to_stata(tmp_path / "a.dta", write_index=False)
    assert texts(read(tmp_path / "a.dta")) == [["5.1"], ["0.2"], ["7"]]


def test_a_file_without_rows_is_an_empty_table_with_a_remark(tmp_path: Path) -> None:
    cells = read(write(tmp_path / "a.dta", pd.DataFrame({"a": pd.Series(dtype=float)})))
    assert cells.header == ("a",) and len(cells.rows) == 0
    assert cells.remarks == ("the file holds variables but no rows",)


@pytest.mark.parametrize("version", [12, 13])
@pytest.mark.parametrize("word", ["hyvä 🙂", "Åsa Öhman", "Á"])
def test_utf_8_in_an_old_file_is_text(tmp_path: Path, version: int, word: str) -> None:
    stand_in = "q" * len(word.encode())
    path = write(tmp_path / "a.dta", pd.DataFrame({"a": [stand_in, "x"]}), version=version)
    path.write_bytes(path.read_bytes().replace(stand_in.encode(), word.encode()))
    cells = read(path)
    assert texts(cells) == [[word], ["x"]] and "its texts are utf-8" in cells.remarks[0]


@pytest.mark.parametrize("version", [12, 13])
def test_windows_1252_in_an_old_file_is_text(tmp_path: Path, version: int) -> None:
    path = write(tmp_path / "a.dta", pd.DataFrame({"a": ["qqqqqqqqq", "x"]}), version=version)
    path.write_bytes(path.read_bytes().replace(b"qqqqqqqqq", "Åsa Öhman".encode("cp1252")))
    assert texts(read(path)) == [["Åsa Öhman"], ["x"]] and read(path).remarks == ()


WORD = st.text(alphabet="abcåäö 1;,=-'", max_size=12).map(str.strip)
NUMBER = st.none() | st.integers(-9999, 9999).map(float) | st.sampled_from([0.5, -2.25, 0.1])


@given(
    st.lists(st.tuples(WORD, NUMBER), min_size=1, max_size=6),
    st.dictionaries(st.integers(0, 99), WORD.filter(bool)),
    st.sampled_from(VERSIONS),
)
def test_what_is_written_is_read(
    tmp_path: Path, rows: list[tuple[str, float | None]], labels: dict[int, str], version: int
) -> None:
    if version < 14:
        rows, labels = [(t.encode("ascii", "ignore").decode(), n) for t, n in rows], {}
    frame = pd.DataFrame({"t": [t for t, _ in rows], "n": pd.Series([n for _, n in rows], dtype=float)})
    more = {"variable_value_labels": {"n": labels}} if labels and not frame["n"].mod(1).any() else {}
    cells = read(write(tmp_path / "a.dta", frame, version=version, **more))
    expected = [[t.strip(), "" if n is None else f"{n:g}"] for t, n in rows]
    assert [[a.strip(), b] for a, b in texts(cells)] == [row for row in expected if any(row)]
    assert cells.value_labels == ({1: {str(k): t for k, t in labels.items()}} if more else {})


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=12), st.sampled_from(VERSIONS))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes, version: int) -> None:
    path, broken = tmp_path / f"{version}.dta", tmp_path / "broken.dta"
    if not path.exists():
        write(path, pd.DataFrame({"A": [1.0, 2.0], "B": ["x", "y"]}), version=version)
    content = path.read_bytes()
    at %= len(content)
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert "broken.dta" in str(refusal)


@pytest.mark.parametrize("kept", [30, 200, 600])
def test_a_file_cut_off_is_named(tmp_path: Path, kept: int) -> None:
    path = write(tmp_path / "a.dta", pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}))
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(ReadError, match=r"a\.dta: the Stata file is damaged"):
        readers.read(path, path.name)
