"""Scores: the half rule, reversed items, "don't know", and what has no meaning."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from pipeline.construct.scores import scores
from pipeline.core import contracts
from pipeline.core.errors import AnalysisError

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "reference" / "data"
SCALES = json.loads((ROOT / "tests" / "reference" / "scale.json").read_text("utf-8"))["cases"]


def items(names: list[str], reversed_items: tuple[str, ...] = (), maximum: float = 5, **more: object) -> pd.DataFrame:
    frame = pd.DataFrame({"item": names, "construct": "c", "type": "select_one", "minimum": 1.0, "maximum": maximum})
    return frame.assign(reversed=frame["item"].isin(reversed_items), **more)


def answers(**given: list[float | str]) -> pd.DataFrame:
    rows = [(f"r{i}", item, value) for item, values in given.items() for i, value in enumerate(values)]
    frame = pd.DataFrame(rows, columns=["response_id", "item", "given"])
    reason = frame["given"].map(lambda x: x if isinstance(x, str) else None)
    return frame.assign(value=pd.to_numeric(frame["given"], errors="coerce"), missing_reason=reason)


@pytest.mark.parametrize("case", SCALES.values(), ids=list(SCALES))
def test_the_half_rule_is_that_of_r(case):
    if not (DATA / case["file"]).is_file():
        pytest.skip("the reference data are not beside the checkout")
    wide = pd.read_csv(DATA / case["file"])[case["items"]]
    long = wide.rename_axis("response_id").reset_index().melt("response_id", var_name="item")
    long["missing_reason"] = long["value"].isna().map({True: "no_answer", False: None})
    found = scores(long, items(case["items"], tuple(case["reversed"]), case["maximum"]))["score"].dropna()
    n, mean, sd = case["score_n_mean_sd"]
    assert len(found) == n
    assert (found.mean(), found.std()) == pytest.approx((mean, sd), abs=1e-12)


def test_scores_by_hand():
    given = answers(
        a=[5, 4, "dont_know", "not_asked", "refused", 3],
        b=[1, "no_answer", "no_answer", 2, "invalid", 3],
        c=[4, "dont_know", 4, "not_asked", "no_answer", 3],
    )
    found = contracts.check("scores", scores(given, items(["a", "b", "c"], ("b",)))).set_index("response_id")
    # r0: 5, 6 - 1, 4. r1 and r2: one of three is less than half. r3: the form had one item, 6 - 2
    assert found["score"].round(9).fillna(-1).tolist() == [4.666666667, -1, -1, 4, -1, 3]
    assert found["n_items_answered"].tolist() == [3, 1, 1, 1, 0, 3]
    assert found["n_items_asked"].tolist() == [3, 3, 3, 1, 3, 3]
    # the neutral middle is not positive
    assert found["positive"].astype(object).where(found["positive"].notna(), None).tolist() == [
        True, None, None, True, None, False,
    ]  # fmt: skip


def test_exactly_half_is_enough_and_the_project_may_ask_for_more():
    given = answers(a=[4], b=[5], c=["no_answer"], d=["no_answer"])
    asked_about = items(list("abcd"))
    assert scores(given, asked_about)["score"].item() == 4.5
    assert scores(given, asked_about, {"c": 0.75})["score"].isna().item()
    assert scores(given, asked_about, {"another": 1.0})["score"].item() == 4.5


def test_the_share_required_is_not_moved_by_binary_fractions():
    names = [f"q{i}" for i in range(25)]  # 0.28 * 25 is 7.000000000000001
    given = answers(**{name: [4 if i < 7 else "no_answer"] for i, name in enumerate(names)})
    assert scores(given, items(names), {"c": 0.28})["score"].item() == 4


def test_turning_an_item_and_its_answers_changes_nothing():
    given = answers(a=[1, 2, 5], b=[2, 2, 4])
    turned = given.assign(value=given["value"].where(given["item"] == "a", 6 - given["value"]))
    pd.testing.assert_frame_equal(scores(given, items(["a", "b"])), scores(turned, items(["a", "b"], ("b",))))


def test_order_of_rows_does_not_matter():
    given = answers(a=[1, 2, 5], b=[2, "dont_know", 4])
    pd.testing.assert_frame_equal(
        scores(given, items(["a", "b"])), scores(given.sample(frac=1, random_state=1), items(["a", "b"]))
    )


def test_what_measures_nothing_has_no_score():
    given = answers(a=["not_asked"], b=["not_asked"])
    assert scores(given, items(["a", "b"])).empty
    assert scores(answers(a=[3]), items(["a"]).assign(construct=None)).empty
    assert list(scores(given[:0], items(["a"])).columns) == contracts.CONTRACTS["scores"].column_names


def test_items_of_different_range_have_no_mean():
    asked_about = items(["a", "b"]).assign(maximum=[5.0, 7.0])
    with pytest.raises(AnalysisError, match="different ranges"):
        scores(answers(a=[3], b=[3]), asked_about)


def test_before_and_now_have_no_mean():
    asked_about = items(["a", "b"], occasion=["before", "now"])
    with pytest.raises(AnalysisError, match="mix before and now: a"):
        scores(answers(a=[3], b=[3]), asked_about)
    now_only = asked_about.assign(construct=[None, "c"])
    assert scores(answers(a=[1], b=[3]), now_only)["score"].item() == 3
