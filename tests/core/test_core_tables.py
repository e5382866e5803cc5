"""Tables come back from disk as they were, sorted; CSV for people runs no formula and has fixed digits."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import tables
from pipeline.core.errors import ContractError
from pipeline.core.workspace import VARIABLE, Workspace


def test_a_table_comes_back_sorted_and_byte_equal(tmp_path: Path) -> None:
    rows = [{"response_id": r, "item": i, "text": f"{r}{i}ä\n🙂"} for r in "ba" for i in "yx"]
    frame, place = pd.DataFrame(rows), Workspace.at(tmp_path)
    stored = tables.write(place, "comments", frame)
    first = (place.processed / "comments.parquet").read_bytes()
    tables.write(place, "comments", frame.iloc[::-1])
    assert (place.processed / "comments.parquet").read_bytes() == first
    assert stored["response_id"].tolist() == ["a", "a", "b", "b"]
    pd.testing.assert_frame_equal(tables.read(place, "comments"), stored)


def test_a_table_not_made_says_so(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="not been made"):
        tables.read(Workspace.at(tmp_path), "items")


def test_nothing_is_written_where_the_contract_breaks(tmp_path: Path) -> None:
    with pytest.raises(ContractError):
        tables.write(Workspace.at(tmp_path), "comments", pd.DataFrame({"item": ["q"]}))
    assert not list(tmp_path.rglob("*.parquet"))


@given(st.text(alphabet="=+-@\t\r a1ä;,\"'", max_size=6))
def test_no_cell_runs_as_a_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    tables.write_csv(path, pd.DataFrame({"a": [text], "b": ["x"]}))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        cell = list(csv.reader(stream))[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("'")


def test_numbers_have_fixed_digits_and_stay_numbers(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.csv"
    frame = pd.DataFrame(
        {"n": [-1 / 3, 2e-9], "day": pd.to_datetime(["2017-05-01", None]), "k": pd.array([-3, None], "Int64")}
    )
    tables.write_csv(path, frame)
    assert path.read_bytes().decode("utf-8-sig") == f"n,day,k\n-0.{'3' * tables.CSV_DIGITS},2017-05-01,-3\n2e-09,,\n"


def test_a_notebook_finds_the_workspace_it_is_given(tmp_path: Path) -> None:
    place = Workspace.split(tmp_path / "in", tmp_path / "out")
    assert Workspace.of_notebook(place.for_notebook()) == place
    assert Workspace.of_notebook({}) == Workspace.at("..")
    assert list(place.for_notebook()) == [VARIABLE]
