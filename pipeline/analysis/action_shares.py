"""Rows per action: shares after partial pooling, a second model beside them, and ranks with their uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.estimates import Row, row
from pipeline.analysis.hierarchy import hierarchical_pooled
from pipeline.analysis.pooling import Pooled, beta_binomial, ranks
from pipeline.analysis.shares import UNKNOWN_CLUSTER, count_clusters
from pipeline.core.errors import AnalysisError

_GLMM: Final = "mixed model of events in actions, averaged over the standard deviations"
_BETA: Final = "check: answers of an action taken as independent, the spread between actions as known; interval short"
_RANKED: Final = "rank 1: highest share; of {} actions with {} answers or more"
_TOO_FEW: Final = "fewer than {} answers: no rank"
_MASKED: Final = "no rank: the actions do not differ beyond chance"


def pooled_actions(
    scores: pd.DataFrame, responses: pd.DataFrame, primary: Sequence[str], level: float, least: int
) -> list[Row]:
    """Return the share of each action after partial pooling, for every primary outcome.

    Parameters
    ----------
    scores, responses : DataFrame
        Contract tables.
    primary : sequence of str
        Constructs declared as primary outcomes.
    level : float
        Confidence level.
    least : int
        Smallest number of answers an action is ranked with.

    Returns
    -------
    list of dict
        `estimates` rows per action, methods ``glmm_pooled`` and ``betabinomial_pooled``: ``share_positive`` (*share*;
        `effect_size` is how far the action's own share was moved) and, by the first, ``rank`` (*rank*); for all actions
        ``sd_between_actions`` (*log_odds*). An outcome that cannot be pooled gets one row whose note says why.
    """
    rows: list[Row] = []
    known = responses.set_index("response_id")
    for outcome in primary:
        own = scores.loc[scores["construct"] == outcome].set_index("response_id")["positive"].astype("boolean")
        positive = own.reindex(known.index)
        if positive.notna().any():
            counts = count_clusters(positive, known["event_id"], known["action_id"])
            rows += _glmm(counts, outcome, level, least) + _beta(counts, outcome, level)
    return rows


def _glmm(counts: pd.DataFrame, outcome: str, level: float, least: int) -> list[Row]:
    # answers whose event is unknown are a cluster of their own within the action
    pooled = _tried(lambda: hierarchical_pooled(counts["k"], counts["n"], counts["group"], counts["cluster"], level))
    if isinstance(pooled, str):
        return [_refused(outcome, "glmm_pooled", pooled)]
    rows = _shares(pooled, counts, outcome, "glmm_pooled", level, _GLMM)
    n = int(counts["n"].sum())
    base = {"n": n, "n_clusters": len(pooled.groups), "unit": "log_odds", "weighting": "none"}
    rows.append(row(outcome, "sd_between_actions", "all", "glmm_pooled", **base, estimate=pooled.sd, note=_GLMM))
    return rows + _ranks(pooled, outcome, level, least)


def _beta(counts: pd.DataFrame, outcome: str, level: float) -> list[Row]:
    whole = counts.groupby("group", as_index=False)[["k", "n"]].sum()
    pooled = _tried(lambda: beta_binomial(whole["k"], whole["n"], whole["group"], level))
    if isinstance(pooled, str):
        return [_refused(outcome, "betabinomial_pooled", pooled)]
    return _shares(pooled, counts, outcome, "betabinomial_pooled", level, _BETA)


def _shares(pooled: Pooled, counts: pd.DataFrame, outcome: str, method: str, level: float, note: str) -> list[Row]:
    events = counts[(counts["n"] > 0) & (counts["cluster"] != UNKNOWN_CLUSTER)].groupby("group")["cluster"].nunique()
    missing = counts.groupby("group")["missing"].sum()
    rows = []
    for i, action in enumerate(pooled.groups):
        values: dict[str, Any] = {
            "n": int(pooled.n[i]),
            "n_excluded": int(missing[action]),
            "n_clusters": int(events.get(action, 0)),
            "estimate": float(pooled.estimate[i]),
            "std_error": float(pooled.std_error[i]),
            "ci_low": float(pooled.low[i]),
            "ci_high": float(pooled.high[i]),
            "ci_level": level,
            "effect_size": float(pooled.estimate[i] - pooled.own[i]),
            "effect_size_kind": "shrinkage",
            "unit": "share",
            "weighting": "none",
            "note": "; ".join(filter(None, [note, pooled.note])),
        }
        rows.append(row(outcome, "share_positive", f"action_id={action}", method, **values))
    return rows


def _ranks(pooled: Pooled, outcome: str, level: float, least: int) -> list[Row]:
    found = ranks(pooled, least, level)
    ranked = int(np.isfinite(found.expected).sum())
    rows = []
    for i, action in enumerate(found.groups):
        n = int(pooled.n[i])
        base = {"n": n, "unit": "rank", "weighting": "none"}
        if not np.isfinite(found.expected[i]):
            note = _TOO_FEW.format(least) if n < least else _MASKED
            rows.append(row(outcome, "rank", f"action_id={action}", "glmm_pooled", **base, note=note))
            continue
        limits = {"ci_low": float(found.low[i]), "ci_high": float(found.high[i]), "ci_level": level}
        estimate, note = float(found.expected[i]), _RANKED.format(ranked, least)
        rows.append(
            row(outcome, "rank", f"action_id={action}", "glmm_pooled", **base, estimate=estimate, **limits, note=note)
        )
    return rows


def _tried(pool: Callable[[], Pooled]) -> Pooled | str:
    """Return the pooled shares, or why there are none."""
    try:
        return pool()
    except AnalysisError as fault:
        return fault.what


def _refused(outcome: str, method: str, why: str) -> Row:
    return row(outcome, "share_positive", "all", method, unit="share", weighting="none", note=why)
