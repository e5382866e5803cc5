"""Shares of respondents, overall and by group, from counts per cluster and group."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.estimates import Row, row
from pipeline.analysis.intervals import Interval, anova_icc, clustered, wilson
from pipeline.analysis.multiplicity import holm

#: Cluster of the responses whose event is not known: one, so that they never count as many.
UNKNOWN_CLUSTER: Final = "(unknown)"
_TEST_NOTE: Final = "two-sided test of share = 0.5"
_NO_SPREAD: Final = "undefined: the clusters are too few or do not differ"
_NO_ICC: Final = "no interval: the intraclass correlation is not defined"
_ONE_CLUSTER: Final = "no cluster interval from one cluster; see method wilson_icc"


def count_clusters(positive: pd.Series, cluster: pd.Series, group: pd.Series | None = None) -> pd.DataFrame:
    """Return counts per group and cluster: they add up over files, so everything below costs cells, not rows.

    Parameters
    ----------
    positive : Series of boolean
        The outcome; missing where the response has none.
    cluster : Series of str
        Event; missing where unknown. Missing throughout means that there are no clusters.
    group : Series of str, optional
        Group; rows without one are left out.

    Returns
    -------
    DataFrame
        Columns group, cluster, k (positive), n (with an outcome), missing (without).
    """
    frame = pd.DataFrame(
        {
            "group": "all" if group is None else group,
            "cluster": cluster.astype("object").where(cluster.notna(), UNKNOWN_CLUSTER),
            "k": positive.fillna(False).astype(int),
            "n": positive.notna().astype(int),
            "missing": positive.isna().astype(int),
        }
    )
    return frame.groupby(["group", "cluster"], as_index=False)[["k", "n", "missing"]].sum()


def overall(counts: pd.DataFrame, outcome: str, level: float, term: str = "share_positive") -> list[Row]:
    """Return the share of `counts` with Wilson's and, where there are clusters, the cluster-robust interval.

    Parameters
    ----------
    counts : DataFrame
        From `count_clusters`, one group.
    outcome, term : str
        Names for the rows.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows, methods ``wilson`` and ``cluster_logit_t``; unit *share*.
    """
    (group,) = counts["group"].unique() if len(counts) else ("all",)
    k, n, missing = (int(counts[c].sum()) for c in ("k", "n", "missing"))
    base = {"n": n, "n_excluded": missing, "n_clusters": _n_clusters(counts), "unit": "share", "weighting": "none"}
    rows = [row(outcome, term, group, "wilson", **base, **_limits(wilson(k, n, level), level))]
    if has_clusters(counts):
        found = clustered(counts["k"], counts["n"], level)
        rows.append(row(outcome, term, group, "cluster_logit_t", **base, **_limits(found, level), note=found.rule))
    return rows


def by_group(counts: pd.DataFrame, outcome: str, variable: str, level: float) -> list[Row]:
    """Return the share of each group with three intervals.

    Besides ``wilson`` and ``cluster_logit_t`` (two clusters or more) there is ``wilson_icc``: Wilson's interval with
    the effective sample size n / deff, deff = 1 + (Σm²/n - 1) ICC (Kish 1965, Survey Sampling), the ICC pooled over the
    groups (clusters compared within their group) and a t quantile with its degrees of freedom: those of the clusters
    within groups, and where a cluster holds several groups not more than clusters - 1. It is the one to show for groups
    of few clusters: a kind of the intervals compared by Franco, Little, Louis and Slud (2019), J. Surv. Stat. Methodol.
    7, 334-364; its coverage in this use is measured by ``benchmarks/coverage.py``.
    """
    rows = []
    icc, df = anova_icc(counts["k"], counts["n"], counts["group"])
    df = min(df, counts.loc[counts["n"] > 0, "cluster"].nunique() - 1)
    for value, part in counts.groupby("group"):
        label = f"{variable}={value}"
        own = overall(part.assign(group=label), outcome, level)
        if (part["n"] > 0).sum() == 1:
            own = [r | {"note": _ONE_CLUSTER} if r["method"] == "cluster_logit_t" else r for r in own]
        rows += own
        if has_clusters(counts):
            rows.append(_pooled(own[0], part, icc, df, level))
    return rows


def most(counts: pd.DataFrame, outcome: str, level: float) -> list[Row]:
    """Return the two-sided test of share = 1/2, the dual of each interval of `overall`."""
    found = {"wilson": wilson(int(counts["k"].sum()), int(counts["n"].sum()), level)}
    if has_clusters(counts):
        found["cluster_logit_t"] = clustered(counts["k"], counts["n"], level)
    base = {"n": int(counts["n"].sum()), "n_excluded": int(counts["missing"].sum()), "n_clusters": _n_clusters(counts)}
    return [
        row(
            outcome,
            "most",
            "all",
            method,
            **base,
            **_limits(interval, level),
            statistic=interval.statistic,
            df=interval.df if np.isfinite(interval.df) else None,
            p_value=interval.p_value,
            unit="share",
            weighting="none",
            note="; ".join(filter(None, [_TEST_NOTE, interval.rule])),
        )
        for method, interval in found.items()
    ]


def adjust_most(rows: list[Row], family: tuple[str, ...]) -> list[Row]:
    """Return the rows of `most` with Holm's adjusted p-values over the outcomes of `family`, for each method by itself.

    An outcome that could not be tested is not counted; one outside the family keeps an empty adjusted p-value, and its
    note says so.
    """
    adjusted = [r if r["outcome"] in family else r | {"note": f"{r['note']}; not adjusted"} for r in rows]
    for method in sorted({r["method"] for r in rows}):
        at = [i for i, r in enumerate(rows) if r["method"] == method and r["outcome"] in family]
        p_values = [rows[i]["p_value"] for i in at]
        tested = int(np.isfinite(p_values).sum())
        for i, p in zip(at, holm(p_values), strict=True):
            adjusted[i] = rows[i] | {"p_adjusted": float(p), "note": f"{rows[i]['note']}; Holm over {tested} outcomes"}
    return adjusted


def clustering(counts: pd.DataFrame, outcome: str) -> list[Row]:
    """Return intraclass correlation, design effect and effective sample size of an outcome over its clusters.

    Returns
    -------
    list of dict
        `estimates` rows ``icc`` (*correlation*), ``design_effect`` (*ratio*) and ``n_effective`` = n / design effect
        (*responses*); empty, with a note, where the clusters are too few or do not differ.

    Notes
    -----
    The design effect is the clustered variance over s²/n, s² = n/(n-1) p (1-p), that of as many answers drawn one by
    one: R's ``survey::svymean(deff = "replace")``.
    """
    if not has_clusters(counts):
        return []
    icc, _ = anova_icc(counts["k"], counts["n"])
    naive, robust = wilson(counts["k"].sum(), counts["n"].sum()), clustered(counts["k"], counts["n"])
    n = int(counts["n"].sum())
    deff = robust.std_error**2 / (naive.std_error**2 * n / (n - 1)) if robust.std_error > 0 else float("nan")
    base = {"n": n, "n_excluded": int(counts["missing"].sum()), "n_clusters": _n_clusters(counts)}
    found = (
        ("icc", "anova", icc, "correlation"),
        ("design_effect", "linearised", deff, "ratio"),
        ("n_effective", "linearised", n / deff, "responses"),
    )
    return [
        row(outcome, term, "all", method, **base, estimate=x, unit=unit, note=_NO_SPREAD if np.isnan(x) else None)
        for term, method, x, unit in found
    ]


def has_clusters(counts: pd.DataFrame) -> bool:
    """Return whether any response is tied to a known cluster."""
    return bool((counts["cluster"] != UNKNOWN_CLUSTER).any())


def _n_clusters(counts: pd.DataFrame) -> int | None:
    return int((counts["n"] > 0).sum()) if has_clusters(counts) else None


def _pooled(naive: Row, part: pd.DataFrame, icc: float, df: int, level: float) -> Row:
    n, k = int(naive["n"]), int(part["k"].sum())
    base = {c: naive[c] for c in ("n", "n_excluded", "n_clusters", "unit", "weighting")}
    outcome, term, group = naive["outcome"], naive["term"], naive["group"]
    if np.isnan(icc) or n == 0:
        note = _NO_ICC if n else "no answers"
        return row(outcome, term, group, "wilson_icc", **base, estimate=naive["estimate"], note=note)
    deff = max(1.0, 1 + (float((part["n"] ** 2).sum()) / n - 1) * icc)
    values: dict[str, Any] = {**base, **_limits(wilson(k / deff, n / deff, level, df), level), "df": df}
    return row(outcome, term, group, "wilson_icc", **values, note=f"design effect {deff:.2f}, ICC {icc:.3f}")


def _limits(interval: Interval, level: float) -> dict[str, Any]:
    return {
        "estimate": interval.estimate,
        "std_error": interval.std_error,
        "ci_low": interval.low,
        "ci_high": interval.high,
        "ci_level": level,
    }
