"""Small tables whose answers can be counted on paper: distributions, change, outcomes, reliability."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from pipeline.analysis import estimates
from pipeline.analysis.change import paired_change
from pipeline.analysis.distributions import distributions
from pipeline.analysis.outcomes import BOTH, outcomes, reliability
from pipeline.core import contracts
from pipeline.core.errors import AnalysisError

NOWHERE = pd.Series(dtype="str")


def items(*rows: dict) -> pd.DataFrame:
    base = {"type": "select_one", "construct": None, "pair": None, "occasion": None, "minimum": None, "maximum": None}
    frame = pd.DataFrame([{**base, "reversed": False, "question": row["item"], **row} for row in rows])
    return frame.astype({"minimum": float, "maximum": float})


def options(**codes: str) -> pd.DataFrame:
    rows = [(question, code, None) for question, listed in codes.items() for code in listed]
    rows += [(question, "9", "dont_know") for question in codes]
    return pd.DataFrame(rows, columns=["question", "code", "missing_reason"])


def answers(**given: list[str]) -> pd.DataFrame:
    """Return answers of responses r0, r1, ...: a code, or the name of a reason why there is none."""
    rows = [(f"r{i}", item.replace("__", "/"), word) for item, words in given.items() for i, word in enumerate(words)]
    frame = pd.DataFrame(rows, columns=["response_id", "item", "word"])
    coded = frame["word"].str.fullmatch(r"\d")
    frame["code"] = frame["word"].where(coded)
    frame["missing_reason"] = frame["word"].where(~coded)
    frame["value"] = pd.to_numeric(frame["code"])
    return frame.drop(columns="word")


def picked(rows: list[dict], method: str = "wilson") -> dict[str, tuple[float, int, int]]:
    """Return term -> hits, base, left out."""
    own = [r for r in rows if r["method"] == method]
    return {r["term"]: (round(r["estimate"] * r["n"], 9), r["n"], r["n_excluded"]) for r in own}


def test_a_scale_item_with_every_kind_of_missing():
    given = answers(q=["1", "1", "2", "3", "not_asked", "no_answer", "dont_know", "dont_know", "refused", "invalid"])
    asked_about = items({"item": "q", "minimum": 1, "maximum": 3, "reversed": True})
    found = picked(distributions(given, asked_about, options(q="123"), NOWHERE, 0.95))
    assert found == {
        # 4 answered, 5 asked but without a code; the form without the question is in no denominator
        "code=1": (2, 4, 5),
        "code=2": (1, 4, 5),
        "code=3": (1, 4, 5),
        "code=1 of asked": (2, 9, 0),
        "code=2 of asked": (1, 9, 0),
        "code=3 of asked": (1, 9, 0),
        # the item is reversed: 1 says much of the construct
        "positive": (2, 4, 5),
        "neutral": (1, 4, 5),
        "negative": (1, 4, 5),
        "missing=no_answer": (1, 9, 0),
        "missing=dont_know": (2, 9, 0),
        "missing=refused": (1, 9, 0),
        "missing=invalid": (1, 9, 0),
    }


def test_a_multiple_choice_question_has_one_base_for_its_options_and_tells_its_missing_once():
    reasons = ["not_asked", "no_answer", "dont_know", "refused", "invalid"]
    given = answers(m__a=["1", "1", "not_ticked", *reasons], m__b=["1", "not_ticked", "not_ticked", *reasons])
    of_m = [{"item": f"m/{o}", "question": "m", "type": "option"} for o in "ab"]
    whole = {"item": "m", "type": "select_multiple"}
    rows = distributions(given, items(whole, *of_m), options(m="ab"), NOWHERE, 0.95)
    assert {r["outcome"] for r in rows} == {"m"}
    assert picked(rows) == {
        "option=a": (2, 3, 4),
        "option=b": (1, 3, 4),
        "missing=no_answer": (1, 7, 0),
        "missing=dont_know": (1, 7, 0),
        "missing=refused": (1, 7, 0),
        "missing=invalid": (1, 7, 0),
    }
    assert contracts.check("estimates", estimates.table(rows)).shape[0] == len(rows)


def test_shares_add_up_and_clusters_only_widen():
    given = answers(q=["1", "2", "2", "3", "dont_know", "3", "2", "1"])
    events = pd.Series(list("aaabbbcc"), index=[f"r{i}" for i in range(8)])
    rows = distributions(given, items({"item": "q"}), options(q="123"), events, 0.95)
    for method in ("wilson", "cluster_logit_t"):
        own = {r["term"]: r for r in rows if r["method"] == method}
        assert sum(r["estimate"] for term, r in own.items() if term in ("code=1", "code=2", "code=3")) == pytest.approx(
            1
        )
        asked = [r["estimate"] for term, r in own.items() if term.endswith("asked") or term.startswith("missing")]
        assert sum(asked) == pytest.approx(1)
    assert {r["n_clusters"] for r in rows} == {3}


def test_a_question_nobody_answered_or_was_asked():
    silent = distributions(answers(q=["refused", "refused"]), items({"item": "q"}), options(q="1"), NOWHERE, 0.95)
    assert picked(silent)["missing=refused"] == (2, 2, 0)
    (empty,) = (r for r in silent if r["term"] == "code=1")
    assert (empty["n"], empty["n_excluded"], math.isnan(empty["estimate"])) == (0, 2, True)
    assert distributions(answers(q=["not_asked"]), items({"item": "q"}), options(q="1"), NOWHERE, 0.95) == []


PAIR = items({"item": "then", "pair": "use", "occasion": "before"}, {"item": "today", "pair": "use", "occasion": "now"})
PAIR["design"] = "post_then_pre"


def test_paired_change_by_hand():
    given = answers(
        then=["1", "1", "2", "1", "no_answer", "1", "not_asked"], today=["2", "2", "2", "1", "2", "dont_know", "2"]
    )
    events = pd.Series(list("aabbbaa"), index=[f"r{i}" for i in range(7)])
    rows = {r["term"]: r for r in paired_change(given, PAIR, options(today="12"), events, 0.95)}
    two = rows["code=2"]
    # d = 1, 1 in event a and 0, 0 in event b; mean 1/2, residuals of the events 1 and -1, se = sqrt(2/1 * 2) / 4
    assert (two["estimate"], two["std_error"], two["df"]) == (0.5, pytest.approx(0.5), 1)
    assert (two["statistic"], two["p_value"]) == (pytest.approx(1.0), pytest.approx(0.5))
    assert (two["ci_low"], two["ci_high"]) == (-1.0, 1.0)  # 12.7 standard errors, stopped at the ends
    assert (two["n"], two["n_excluded"], two["n_clusters"]) == (4, 2, 2)
    assert rows["code=1"]["estimate"] == -0.5
    # of asked: six forms had both questions; d of code 1 = -1, -1, 0, 0, 0, -1
    assert (rows["code=1 of asked"]["estimate"], rows["code=1 of asked"]["n"]) == (pytest.approx(-3 / 6), 6)
    assert rows["code=2 of asked"]["estimate"] == pytest.approx(3 / 6)
    assert "afterwards" in two["note"]


def test_paired_change_without_events_compares_people_and_agrees_with_scipy():
    from scipy import stats

    given = answers(then=list("11122212"), today=list("22221221"))
    row = next(r for r in paired_change(given, PAIR, options(today="2"), NOWHERE, 0.95) if r["term"] == "code=2")
    expected = stats.ttest_rel([1, 1, 1, 1, 0, 1, 1, 0], [0, 0, 0, 1, 1, 1, 0, 1])
    assert (row["statistic"], row["p_value"]) == pytest.approx((expected.statistic, expected.pvalue))
    assert row["n_clusters"] is None


@pytest.mark.parametrize(
    ("then", "today", "estimate"),
    [
        (["1", "1"], ["1", "1"], 0.0),
        (["1", "1"], ["2", "2"], 1.0),
        (["1"], ["2"], 1.0),
        (["no_answer"], ["2"], math.nan),
    ],
)
def test_a_change_without_spread_has_no_interval_of_no_width(then, today, estimate):
    rows = paired_change(answers(then=then, today=today), PAIR, options(today="2"), NOWHERE, 0.95)
    row = rows[0]
    assert row["term"] == "code=2"
    assert row["estimate"] == pytest.approx(estimate, nan_ok=True)
    assert "ci_low" not in row
    assert "p_value" not in row
    assert "no interval" in row["note"]


def test_half_a_pair_is_no_pair():
    assert paired_change(answers(then=["1"], today=["2"]), PAIR[:1], options(today="2"), NOWHERE, 0.95) == []


def scores(**positive: list[bool | None]) -> pd.DataFrame:
    rows = [(f"r{i}", c, p) for c, values in positive.items() for i, p in enumerate(values)]
    return pd.DataFrame(rows, columns=["response_id", "construct", "positive"]).astype({"positive": "boolean"})


RESPONSES = pd.DataFrame({"response_id": [f"r{i}" for i in range(7)], "event_id": list("aabbccd")})
FOUND = scores(first=[True, True, False, False, None, False], second=[True, False, False, None, True, True])


def outcome_rows(found: pd.DataFrame = FOUND, groups: pd.DataFrame | None = None) -> list[dict]:
    groups = pd.DataFrame(index=RESPONSES["response_id"]) if groups is None else groups
    return outcomes(found, RESPONSES, ["first", "second"], groups, 0.95)


def test_both_primary_outcomes_count_only_where_both_are_known():
    shares = {r["outcome"]: r for r in outcome_rows() if (r["term"], r["method"]) == ("share_positive", "wilson")}
    # r6 has no score at all, r3 and r4 lack one of the two: False and missing is not "no" here
    assert (shares["first"]["estimate"], shares["first"]["n"], shares["first"]["n_excluded"]) == (0.4, 5, 2)
    assert (shares["second"]["estimate"], shares["second"]["n"], shares["second"]["n_excluded"]) == (0.6, 5, 2)
    assert (shares[BOTH]["estimate"], shares[BOTH]["n"], shares[BOTH]["n_excluded"]) == (0.25, 4, 3)


def test_holm_covers_the_primary_outcomes_by_method_and_leaves_both_alone():
    tests = {(r["outcome"], r["method"]): r for r in outcome_rows() if r["term"] == "most"}
    for method in ("wilson", "cluster_logit_t"):
        first, second = tests["first", method], tests["second", method]
        assert min(first["p_adjusted"], second["p_adjusted"]) == pytest.approx(
            min(1.0, 2 * min(first["p_value"], second["p_value"]))
        )
        assert first["note"] == "two-sided test of share = 0.5; Holm over 2 outcomes"
        assert "p_adjusted" not in tests[BOTH, method]
        assert tests[BOTH, method]["note"].endswith("not adjusted")


def test_holm_counts_only_what_could_be_tested():
    found = FOUND.assign(positive=FOUND["positive"].mask(FOUND["construct"] == "second"))
    tests = [r for r in outcome_rows(found) if r["term"] == "most" and r["method"] == "wilson"]
    tested = {r["outcome"]: r for r in tests}
    assert tested["first"]["p_adjusted"] == tested["first"]["p_value"]
    assert tested["first"]["note"].endswith("Holm over 1 outcomes")
    assert math.isnan(tested["second"]["p_adjusted"])


def test_groups_leave_out_who_has_none_and_rows_keep_their_key():
    groups = pd.DataFrame({"role": ["x", "x", "y", "y", None, "x", "x"]}, index=RESPONSES["response_id"])
    rows = outcome_rows(groups=groups)
    first = {r["group"]: r for r in rows if (r["outcome"], r["method"]) == ("first", "wilson") and "=" in r["group"]}
    assert (first["role=x"]["n"], first["role=x"]["n_excluded"], first["role=y"]["n"]) == (3, 1, 2)
    contracts.check("estimates", estimates.table(rows))


def test_one_primary_outcome_has_no_joint_outcome_and_no_scores_no_rows():
    only = FOUND[FOUND["construct"] == "first"]
    assert {r["outcome"] for r in outcome_rows(only)} == {"first"}
    assert outcome_rows(FOUND[:0]) == []


def test_reliability_turns_reversed_items_and_skips_single_ones():
    scale = [{"item": f"q{i}", "construct": "c", "minimum": 1, "maximum": 5} for i in (1, 2)]
    single = {"item": "q3", "construct": "d", "minimum": 1, "maximum": 5}
    asked_about = items(scale[0], {**scale[1], "reversed": True}, single)
    given = answers(q1=[*"1234", "dont_know"], q2=list("44312"), q3=list("12345"))
    (row,) = reliability(given, asked_about, 0.95)
    assert row["estimate"] == pytest.approx(2 * (1 - (5 / 3 + 2) / 7))  # q2 turned: 2, 2, 3, 5
    assert (row["n"], row["n_excluded"]) == (4, 1)
    assert row["note"] == "2 items; the interval takes the responses as independent"


def test_a_row_has_no_other_columns_and_an_interval_holds_its_estimate():
    with pytest.raises(AnalysisError, match="no such column"):
        estimates.row("x", "t", "all", "m", ci=0.1)
    with pytest.raises(AnalysisError, match="does not hold"):
        estimates.row("x", "t", "all", "m", ci_low=0.2, estimate=0.1, ci_high=0.3)
    assert estimates.row("x", "t", "all", "m", ci_low=math.nan, estimate=0.1, ci_high=math.nan)["estimate"] == 0.1
    assert estimates.table([]).columns.tolist() == contracts.CONTRACTS["estimates"].column_names
