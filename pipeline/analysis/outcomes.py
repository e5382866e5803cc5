"""The project's outcomes: who reports a positive change, overall, on both primaries at once, by action and by group."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.analysis.estimates import Row
from pipeline.analysis.reliability import cronbach_alpha
from pipeline.analysis.shares import adjust_most, by_group, clustering, count_clusters, most, overall
from pipeline.core.scale import scaled_answers

BOTH = "both_primary"


def positives(scores: pd.DataFrame, responses: pd.DataFrame, primary: Sequence[str]) -> pd.DataFrame:
    """Return the yes/no outcome of every construct per response_id, and with two primary ones that of both at once."""
    wide = scores.pivot(index="response_id", columns="construct", values="positive").astype("boolean")
    wide = wide.reindex(responses["response_id"])
    present = [name for name in primary if name in wide]
    if len(present) > 1:
        # a response counts here only when it has every primary outcome: nothing is assumed about a missing one
        wide[BOTH] = wide[present].all(axis=1, skipna=False).mask(wide[present].isna().any(axis=1))
    return wide


def outcomes(
    scores: pd.DataFrame, responses: pd.DataFrame, primary: Sequence[str], groups: pd.DataFrame, level: float
) -> list[Row]:
    """Return the shares of every construct, and for the primary outcomes the test of "most".

    Parameters
    ----------
    scores, responses : DataFrame
        Contract tables.
    primary : sequence of str
        Constructs declared as primary outcomes; with two or more, their joint outcome `BOTH` is added.
    groups : DataFrame
        One column per grouping variable, indexed by response_id; missing where not known.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows: ``share_positive`` (overall and by group), ``most`` with Holm over the primary outcomes,
        ``icc``, ``design_effect``, ``n_effective``.
    """
    positive = positives(scores, responses, primary)
    present = [name for name in primary if name in positive]
    event = responses.set_index("response_id")["event_id"]
    rows: list[Row] = []
    tests: list[Row] = []
    for outcome in positive.columns:
        counts = count_clusters(positive[outcome], event)
        rows += overall(counts, outcome, level) + clustering(counts, outcome)
        if outcome in (*present, BOTH):
            tests += most(counts, outcome, level)
        for variable in groups.columns:
            parts = count_clusters(positive[outcome], event, groups[variable].reindex(positive.index))
            rows += by_group(parts, outcome, variable, level)
    return rows + adjust_most(tests, tuple(present))


def reliability(answers: pd.DataFrame, items: pd.DataFrame, level: float) -> list[Row]:
    """Return Cronbach's alpha of every construct with two items or more."""
    rows = []
    for construct, part in scaled_answers(answers, items).groupby("construct"):
        wide = part.pivot(index="response_id", columns="item", values="value")
        rows += [cronbach_alpha(wide, str(construct), level)] if wide.shape[1] > 1 else []
    return rows
