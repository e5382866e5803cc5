"""SAS files: transport files of both versions, moments, kinds of missing, and what is refused by name."""

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
from pipeline.ingest.containers import xport

pyreadstat = pytest.importorskip("pyreadstat")

REAL = Path(__file__).resolve().parents[3] / ".." / "shared" / "real" / "sas"


def read(path: Path) -> Cells:
    reader, tables = readers.read(path, path.name)
    assert reader.NAME == "sas" and len(tables) == 1
    return tables[0]


def write(path: Path, frame: pd.DataFrame, version: int = 8, **more: Any) -> Path:
    pyreadstat.write_xport(frame, str(path), file_format_version=version, **more)
    return path


def texts(cells: Cells) -> list[list[str]]:
    return cells.rows.fillna("").to_numpy().tolist()


@pytest.mark.skipif(not REAL.exists(), reason="the public files are not here")
def test_the_real_file_has_moments_and_no_day_counts() -> None:
    cells = read(REAL / "dates_xpt_v8.xpt")
    assert cells.rows.shape == (19, 9) and cells.rows.index.tolist() == list(range(1, 20))
    table = {name: cells.rows[i].fillna("").tolist() for i, name in enumerate(cells.header)}
    assert table["dates"] == table["string_dates"] and table["times"] == table["string_times"]
    assert [t if " " in t else f"{t} 00:00:00" for t in table["dt"]] == table["string_dt"]
    assert table["missings"][:3] == ["1", "", "3"] and table["seconds"][0] == "-86401"
    assert cells.questions[0] == "a very long label for testing accuracy of transformations"


@pytest.mark.parametrize("version", [5, 8])
@pytest.mark.parametrize(
    ("form", "stored", "shown"),
    [
        ("DATE9", 21185, "2018-01-01"), ("YYMMDD10", -1, "1959-12-31"), ("DDMMYYP10", 0, "1960-01-01"),
        ("MONYY7", 31, "1960-02-01"), ("DATETIME20", 1, "1960-01-01 00:00:01"), ("E8601DT", 0, "1960-01-01"),
        ("E8601DA", 21185, "2018-01-01"), ("TIME8", 36610, "10:10:10"), ("HHMM", 90000, "25:00:00"),
        ("BEST12", 21185, "21185"), ("YEARGRP", 3, "3"), ("DAYOFF", 1, "1"),
    ],
)  # fmt: skip
def test_moments_are_decoded_by_format(tmp_path: Path, version: int, form: str, stored: float, shown: str) -> None:
    frame = pd.DataFrame({"D": [float(stored)]})
    assert texts(read(write(tmp_path / "a.xpt", frame, version, variable_format={"D": form}))) == [[shown]]


def test_codes_whose_labels_are_elsewhere_are_said(tmp_path: Path) -> None:
    cells = read(write(tmp_path / "a.xpt", pd.DataFrame({"K": [1.0]}), variable_format={"K": "AGREE"}))
    assert cells.remarks == ("the labels of K's codes are in the SAS catalogue with format AGREE, not in this file",)


@pytest.mark.parametrize("version", [5, 8])
def test_special_missing_values_keep_apart(tmp_path: Path, version: int) -> None:
    frame = pd.DataFrame({"T": ["x", "y", "z"], "N": [1.5, None, 3.0], "M": [None, 2.0, None]})
    path = write(tmp_path / "a.xpt", frame, version)
    content = path.read_bytes()
    at = content.rindex(b".\0\0\0\0\0\0\0")
    path.write_bytes(content[:at] + b"B" + content[at + 1 :])
    cells = read(path)
    assert texts(cells) == [["x", "1.5", ""], ["y", "", "2"], ["z", "3", ".B"]] and cells.user_missing == {2: {".B"}}
    sheets = {"survey": [(2, {"type": "decimal", "name": "m", "label": "M"}), (3, {"type": "decimal", "name": "n"})]}
    batch = feedback.harmonise(cells, instrument.build(sheets, "i"), {}, Source(match="*"), Ingest())
    assert batch.codes["m"].fillna("").tolist() == ["", "2", ""]
    assert batch.reasons["m"].fillna("").tolist() == ["no_answer", "", "no_answer"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"\0" * 12 + b"\xc2\xea\x81\x63" + b"\0" * 300, "catalogue of formats"),
        (b"**COMPRESSED** **COMPRESSED** **COMPRESSED**", "PROC CPORT"),
        (b"\0" * 12 + b"\xc2\xea\x81\x60" + b"\0" * 300, "damaged"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, head: bytes, said: str) -> None:
    (tmp_path / "a.xpt").write_bytes(head)
    with pytest.raises(ReadError, match=said):
        readers.read(tmp_path / "a.xpt", "a.xpt")


def test_two_data_sets_in_one_file_are_not_read_as_one(tmp_path: Path) -> None:
    first = write(tmp_path / "a.xpt", pd.DataFrame({"A": [1.0]}), 5).read_bytes()
    (tmp_path / "b.xpt").write_bytes(first + first[240:])
    with pytest.raises(ReadError, match="2 data sets"):
        readers.read(tmp_path / "b.xpt", "b.xpt")


WORD = st.text(alphabet="abc xyz1;,=-'", min_size=1, max_size=12).map(str.strip).filter(bool)
NUMBER = st.none() | st.integers(-9999, 9999).map(float) | st.sampled_from([0.5, -2.25])


@given(st.lists(st.tuples(WORD, NUMBER, NUMBER), min_size=1, max_size=6), st.sampled_from([5, 8]), WORD)
def test_what_is_written_is_read(
    tmp_path: Path, rows: list[tuple[str, float | None, float | None]], version: int, label: str
) -> None:
    frame = pd.DataFrame(rows, columns=["T", "N", "M"]).astype({"N": float, "M": float})
    cells = read(write(tmp_path / "a.xpt", frame, version, column_labels=[label, None, None]))
    assert texts(cells) == [[t, *("" if n is None else f"{n:g}" for n in numbers)] for t, *numbers in rows]
    assert cells.header == ("T", "N", "M") and cells.questions == (label, "", "") and cells.user_missing == {}


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=12), st.sampled_from([5, 8]))
def test_a_damaged_file_is_read_or_refused(tmp_path: Path, at: int, patch: bytes, version: int) -> None:
    path, broken = tmp_path / f"{version}.xpt", tmp_path / "broken.xpt"
    if not path.exists():
        write(path, pd.DataFrame({"A": [1.0, 2.0], "B": ["x", "y"]}), version)
    content = path.read_bytes()
    at %= len(content)
    broken.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(broken, broken.name)
    except ReadError as refusal:
        assert "broken.xpt" in str(refusal)


@given(st.binary(max_size=400))
def test_any_bytes_have_special_values_or_none(content: bytes) -> None:
    head = b"HEADER RECORD*******NAMESTR HEADER RECORD!!!!!!!000000000200000000000000000000  "
    rows = b"HEADER RECORD*******OBS     HEADER RECORD!!!!!!!000000000000000000000000000000  "
    assert isinstance(xport.special_missing(head + content[:300] + rows + content[300:]), dict)
