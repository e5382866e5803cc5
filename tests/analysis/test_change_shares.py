"""Shares of people who went up, stayed and went down, and of each option then and now."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.analysis.change import paired_change
from pipeline.analysis.change_tests import change_tests

ITEMS = pd.DataFrame(
    {
        "item": ["t1", "b", "n"], "question": ["t1", "b", "n"], "construct": ["c", None, None],
        "design": ["transition", "post_then_pre", "post_then_pre"], "pair": [None, "p", "p"],
        "occasion": [None, "before", "now"], "type": "select_one", "minimum": 1.0, "maximum": 5.0, "reversed": False,
    }
)  # fmt: skip
OPTIONS = pd.DataFrame({"question": "n", "code": list("12345"), "position": range(5), "missing_reason": None})
ANSWERS = st.lists(st.tuples(*[st.sampled_from([None, 1, 2, 3, 4, 5])] * 3), min_size=1, max_size=25)


#: Some who changed either way, so that the effect sizes made beside the shares are defined.
MIXED = [(1, 5, 1), (5, 1, 5), (2, 4, 2), (4, 2, 4), (3, 3, 3), (1, 2, 3)]


def tables(given_answers):
    rows = [
        {"response_id": f"r{i}", "item": item, "value": v, "code": None if v is None else str(v)}
        | {"missing_reason": "no_answer" if v is None else None}
        for i, values in enumerate(given_answers)
        for item, v in zip(("t1", "b", "n"), values, strict=True)
    ]
    answers = pd.DataFrame(rows).astype({"value": "Float64", "code": "str", "missing_reason": "str"})
    clusters = pd.Series({f"r{i}": f"e{i % 3}" for i in range(len(given_answers))})
    return answers, clusters


def ways(rows, outcome):
    return {
        r["term"]: (r["estimate"], r["n"])
        for r in rows
        if r["outcome"] == outcome and r["method"] == "wilson" and r["term"].startswith("change=")
    }


@settings(max_examples=20, deadline=None)
@given(ANSWERS)
def test_ways_are_counts_of_people_and_agree_with_the_difference(given_answers):
    given_answers = [*given_answers, *MIXED]
    answers, clusters = tables(given_answers)
    scores = pd.DataFrame({"response_id": [], "construct": [], "score": []})
    rows = change_tests(answers, ITEMS, scores, clusters, [], 0.95)
    differences = {"t1": [v[0] - 3 for v in given_answers if v[0] is not None]}
    differences["p"] = [v[2] - v[1] for v in given_answers if None not in v[1:]]
    for outcome, d in differences.items():
        found = ways(rows, outcome)
        expected = {"change=up": np.mean(np.sign(d) > 0), "change=same": np.mean(np.sign(d) == 0)}
        expected["change=down"] = np.mean(np.sign(d) < 0)
        assert {term: n for term, (_, n) in found.items()} == dict.fromkeys(expected, len(d))
        assert {term: share for term, (share, _) in found.items()} == pytest.approx(expected)
        net = next(r for r in rows if r["outcome"] == outcome and r["method"] == "dominance_jackknife")
        assert net["estimate"] == pytest.approx(found["change=up"][0] - found["change=down"][0])


@settings(max_examples=20, deadline=None)
@given(ANSWERS)
def test_now_less_before_is_the_paired_change(given_answers):
    answers, clusters = tables(given_answers)
    if not any(None not in v[1:] for v in given_answers):
        return
    rows = {(r["term"], r["method"]): r for r in paired_change(answers, ITEMS, OPTIONS, clusters, 0.95)}
    for code in "12345":
        now, before = (rows[f"{when} code={code}", "wilson"] for when in ("now", "before"))
        change = rows[f"code={code}", "paired_change"]
        assert now["estimate"] - before["estimate"] == pytest.approx(change["estimate"])
        assert now["n"] == before["n"] == change["n"]
