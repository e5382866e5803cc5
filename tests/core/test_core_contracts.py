"""Every table keeps its columns, types, keys and words, or is refused without a value in the message."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.core import contracts, words
from pipeline.core.errors import ContractError

SECRET = "Maija Meikäläinen"


@pytest.mark.parametrize("name", list(contracts.CONTRACTS))
def test_an_empty_table_keeps_its_contract(name: str) -> None:
    empty = contracts.CONTRACTS[name].empty()
    checked = contracts.check(name, empty)
    assert list(checked.columns) == contracts.CONTRACTS[name].column_names
    assert checked.dtypes.tolist() == empty.dtypes.tolist()


@pytest.mark.parametrize("table", contracts.CONTRACTS.values(), ids=lambda table: table.name)
def test_keys_are_columns_and_every_column_has_a_meaning(table: contracts.Table) -> None:
    assert set(table.key) <= set(table.column_names)
    assert len(set(table.column_names)) == len(table.column_names)
    assert all(column.meaning for column in table.columns)


def test_columns_come_in_order_and_the_frame_stays_as_it_was() -> None:
    frame = pd.DataFrame({"text": ["ok"], "response_id": ["a"], "item": ["q"]})
    assert list(contracts.check("comments", frame).columns) == ["response_id", "item", "text"]
    assert list(frame.columns) == ["text", "response_id", "item"]


def _comments(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"response_id": ["a", "b"], "item": ["q", "q"], "text": [SECRET, SECRET]} | columns)


@pytest.mark.parametrize(
    ("frame", "named"),
    [
        (_comments(response_id=[SECRET, SECRET]), "response_id"),
        (_comments(text=[SECRET, None]), "text"),
        (_comments().drop(columns="item"), "item"),
        (_comments(more=[SECRET, SECRET]), "more"),
    ],
)
def test_a_broken_contract_names_the_column_and_no_value(frame: pd.DataFrame, named: str) -> None:
    with pytest.raises(ContractError, match="table comments") as fault:
        contracts.check("comments", frame)
    assert named in str(fault.value) and "Maija" not in str(fault.value)


@pytest.mark.parametrize(
    ("column", "value"), [("missing_reason", SECRET), ("value", SECRET)], ids=["closed vocabulary", "number"]
)
def test_a_word_or_type_outside_is_refused(column: str, value: object) -> None:
    row = {"response_id": "a", "item": "q", "code": None, "value": None, "missing_reason": None} | {column: value}
    with pytest.raises(ContractError, match=column) as fault:
        contracts.check("answers", pd.DataFrame([row]))
    assert "Maija" not in str(fault.value)


def test_a_day_far_away_is_a_day() -> None:
    row = {"action_id": "A1", "name": "x", "target_group": None, "start": pd.Timestamp("1917-12-06"), "end": None}
    frame = pd.DataFrame([row]).assign(end=pd.Series([pd.Timestamp("9999-12-31")], dtype="datetime64[us]"))
    checked = contracts.check("actions", frame)
    assert checked["end"].dt.year.tolist() == [9999] and str(checked["start"].dtype) == "datetime64[us]"


def test_text_is_no_moment() -> None:
    row = {"action_id": "A1", "name": "x", "target_group": None, "start": SECRET, "end": None}
    with pytest.raises(ContractError, match="start") as fault:
        contracts.check("actions", pd.DataFrame([row]))
    assert "Maija" not in str(fault.value)


def test_the_six_kinds_of_missing_are_six() -> None:
    assert len(set(words.MISSING_REASONS)) == 6
    column = next(c for c in contracts.CONTRACTS["answers"].columns if c.name == "missing_reason")
    assert column.allowed == words.MISSING_REASONS
