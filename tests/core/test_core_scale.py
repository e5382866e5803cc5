"""High always means much of the construct."""

from __future__ import annotations

import pandas as pd

from pipeline.core.scale import scaled_answers, scaled_items

ITEMS = pd.DataFrame(
    {
        "item": ["up", "down", "free", "loose"],
        "construct": ["c", "c", "c", None],
        "type": ["select_one", "select_one", "integer", "select_one"],
        "minimum": [0.0, 1.0, None, 1.0],
        "maximum": [4.0, 5.0, None, 5.0],
        "reversed": [False, True, False, False],
    }
)


def test_only_ordered_items_of_a_construct_are_scaled() -> None:
    assert scaled_items(ITEMS)["item"].tolist() == ["up", "down"]


def test_reversed_items_turn_and_unasked_ones_leave() -> None:
    answers = pd.DataFrame(
        {
            "item": ["up", "down", "down", "up", "loose"],
            "value": [3.0, 5.0, None, None, 2.0],
            "missing_reason": [None, None, "dont_know", "not_asked", None],
        }
    )
    scaled = scaled_answers(answers, ITEMS)
    assert scaled["item"].tolist() == ["up", "down", "down"]
    assert scaled["value"].tolist()[:2] == [3.0, 1.0] and pd.isna(scaled["value"].iloc[2])
