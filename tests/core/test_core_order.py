"""Order of a key, looked at in blocks."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import schema


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(schema, "_BLOCK", 3)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=9), st.booleans())
def test_a_key_is_in_order_when_sorting_changes_nothing_and_nothing_is_twice(rows, tidy):
    pairs = sorted(set(rows)) if tidy else rows
    frame = pd.DataFrame(pairs, columns=["x", "y"], dtype=object).astype(pd.CategoricalDtype(list("abc")))
    assert schema.in_order(frame, ("x", "y")) == (pairs == sorted(set(pairs)))


def test_text_is_never_known_to_be_in_order():
    assert not schema.in_order(pd.DataFrame({"x": ["a", "b"]}), ("x",))
