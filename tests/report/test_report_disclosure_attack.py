"""Somebody with nothing but the released rows, and all of arithmetic: every count is sought by integer programming."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from pipeline.core import contracts
from pipeline.core.config import Params
from pipeline.report.disclosure import gate

PARAMS = Params()
CODES = ("1", "2", "3", "4", "5")
REASONS = ("dont_know", "no_answer", "refused")
#: Columns of the table an attacker sets up: how many of a group gave each code or reason.
KINDS = (*CODES, *REASONS)
PARTS = {
    "negative": CODES[:2], "neutral": CODES[2:3], "positive": CODES[3:], "share_positive": CODES[3:],
    "change=up": CODES[3:], "change=down": CODES[:2], "change=same": CODES[2:3], **{f"code={c}": (c,) for c in CODES},
}  # fmt: skip


def estimates(table):
    """What the analyses print of a group x kind table of counts."""
    everybody, rows = table.sum(), []
    n, asked = everybody[list(CODES)].sum(), everybody.sum()
    for term, part in PARTS.items():
        rows += [
            ("all", term, method, n, asked - n, everybody[list(part)].sum() / n)
            for method in ("wilson", "cluster_logit_t")
        ]
    for code in CODES:
        rows.append(("all", f"code={code} of asked", "wilson", asked, 0, everybody[code] / asked))
    for reason in REASONS:
        if everybody[reason]:
            rows.append(("all", f"missing={reason}", "wilson", asked, 0, everybody[reason] / asked))
    balance = (everybody[["4", "5"]].sum() - everybody[["1", "2"]].sum()) / n
    rows.append(("all", "change", "dominance_jackknife", n, asked - n, balance))
    for group, counts in table.iterrows():
        own = counts[list(CODES)].sum()
        share = counts[["4", "5"]].sum() / own if own else None
        rows += [
            (f"place={group}", "share_positive", m, own, counts.sum() - own, share) for m in ("wilson", "wilson_icc")
        ]
    frame = pd.DataFrame(rows, columns=["group", "term", "method", "n", "n_excluded", "estimate"]).assign(outcome="q")
    frame["unit"] = "share"
    return contracts.check("estimates", frame.reindex(columns=contracts.CONTRACTS["estimates"].column_names))


def equations(released, table):
    """Yield (coefficients over the table's cells, value) of all that the released rows say."""
    cells = {(group, kind): i for i, (group, kind) in enumerate((g, k) for g in table.index for k in KINDS)}

    def over(groups, kinds):
        row = np.zeros(len(cells))
        row[[cells[g, k] for g in groups for k in kinds]] = 1
        return row

    yield over(table.index, KINDS), table.to_numpy().sum()  # how many answered the form is no secret,
    yield over(table.index, CODES), table[list(CODES)].to_numpy().sum()  # nor how many the question
    for row in released.dropna(subset=["n", "estimate"]).itertuples():
        groups = table.index if row.group == "all" else [row.group.removeprefix("place=")]
        term = row.term.removesuffix(" of asked")
        if term.startswith("missing="):
            yield over(groups, [term.removeprefix("missing=")]), round(row.estimate * row.n)
        elif term == "change":
            yield over(groups, CODES[3:]) - over(groups, CODES[:2]), round(row.estimate * row.n)
        else:
            yield over(groups, PARTS[term]), round(row.estimate * row.n)
        if row.group != "all":
            yield over(groups, CODES), row.n
            yield over(groups, REASONS), row.n_excluded
    for reason in REASONS:
        if not table[reason].sum():
            yield over(table.index, [reason]), 0  # nobody: the row is not in the table


def solved(rules, aim):
    """The least and the greatest value of a sum of cells that fits the rules."""
    matrix, values = np.array([r for r, _ in rules]), np.array([float(v) for _, v in rules])
    ends = []
    for sign in (1, -1):
        found = milp(sign * aim, constraints=LinearConstraint(matrix, values, values), integrality=np.ones(len(aim)))
        assert found.x is not None, "the attacker's table is a table"
        ends.append(round(float(aim @ found.x)))
    return ends


def secrets(table):
    """Yield (name, coefficients) of each count from 1 to 4 of people: in everybody and in each group."""
    cells = [(g, k) for g in table.index for k in KINDS]
    several = sum(table[reason].sum() > 0 for reason in REASONS) > 1  # else the total is the reason
    for term, part in {**PARTS, **({r: (r,) for r in REASONS} if several else {})}.items():
        yield f"all {term}", np.array([float(k in part) for _, k in cells])
    for group in table.index:
        yield f"{group} positive", np.array([float(g == group and k in CODES[3:]) for g, k in cells])
        yield f"{group} others", np.array([float(g == group and k in CODES[:3]) for g, k in cells])


@st.composite
def tables(draw):
    groups = draw(st.integers(2, 5))
    shape = st.lists(st.integers(0, 14), min_size=len(KINDS), max_size=len(KINDS))
    rows = [draw(shape) for _ in range(groups)]
    table = pd.DataFrame(rows, index=[f"g{i}" for i in range(groups)], columns=list(KINDS))
    table[list(REASONS)] //= draw(st.sampled_from([1, 3, 7]))
    table.loc["g0"] //= draw(st.sampled_from([1, 4]))
    return table if table[list(CODES)].to_numpy().sum() else table + 1


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=tables())
def test_no_small_count_can_be_solved_for(table):
    rules = list(equations(gate(estimates(table), PARAMS).frame, table))
    counts = table.to_numpy().astype(float).ravel()
    for name, aim in secrets(table):
        if 0 < aim @ counts < PARAMS.min_count:
            low, high = solved(rules, aim)
            assert high > low, f"{name} is {low}"


@pytest.mark.parametrize(
    ("group", "term", "secret"), [("place=g1", None, "g1 positive"), ("all", "missing=no_answer", "all no_answer")]
)
def test_the_attacker_is_not_blind(group, term, secret):
    """With the small rows alone taken out, what they said is found."""
    rows = [[9, 8, 7, 6, 3, 6, 2, 0], [1, 0, 1, 2, 0, 0, 0, 0], [9, 9, 9, 9, 9, 0, 0, 0]]
    table = pd.DataFrame(rows, index=["g0", "g1", "g2"], columns=list(KINDS))
    shown = estimates(table)
    taken_out = (shown["group"] == group) & ((shown["term"] == term) | (term is None))
    low, high = solved(list(equations(shown[~taken_out], table)), dict(secrets(table))[secret])
    assert low == high == 2


SAMPLE = Path(__file__).parents[2] / "processed" / "estimates.csv"


@pytest.fixture(scope="module")
def sample():
    """The estimates committed with the sample, and what the gate shows of them."""
    rows = contracts.check("estimates", pd.read_csv(SAMPLE, encoding="utf-8-sig"))
    return rows, gate(rows, PARAMS).frame


def test_in_the_sample_no_group_is_what_is_left_of_the_others(sample):
    """Per outcome and variable: sizes and totals known, the shown groups taken off, what can each hidden one be?"""
    rows, shown = sample
    own = (rows["method"] == "wilson") & rows["term"].isin(["share_positive", "theme_share", "participation_rate"])
    own &= (rows["group"] != "all") & rows["n"].notna()
    groups = rows[own].assign(count=(rows["estimate"] * rows["n"]).round().fillna(0), hidden=shown["n"].isna())
    families = groups.groupby(["outcome", "term", groups["group"].str.partition("=")[0]])
    assert groups["hidden"].any() and not groups["hidden"].all()
    for name, family in families:
        closed = family[family["hidden"]]
        for row in closed[closed["n"] > 1].itertuples():
            others = closed.drop(row.Index)["n"].sum()
            low, high = max(0, closed["count"].sum() - others), min(row.n, closed["count"].sum())
            assert high > low or closed["count"].sum() == 0 or others + row.n == closed["count"].sum(), (
                name,
                row.group,
            )


def test_in_the_sample_no_rare_answer_is_what_is_left_of_the_others(sample):
    """Per item: what adds up to those who answered, and reasons to those who did not."""
    rows, shown = sample
    own = (rows["method"] == "wilson") & (rows["group"] == "all")
    counts = (rows["estimate"] * rows["n"]).round()
    for start in ("code=", "before code=", "now code=", "missing=", "change="):
        some = own & rows["term"].str.startswith(start) & ~rows["term"].str.endswith(" of asked")
        for outcome, index in rows[some].groupby("outcome").groups.items():
            closed = [i for i in index if pd.isna(shown.loc[i, "n"])]
            assert len(closed) != 1 and (not closed or counts[closed].sum() > 1), (outcome, start)
            assert len(index) == 1 or not [i for i in index if 0 < counts[i] < 5 and i not in closed], (outcome, start)
