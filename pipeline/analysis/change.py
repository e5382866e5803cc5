"""Now against before, asked on one form: how much the share of each option differs among the same people."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pandas as pd
from scipy import special

from pipeline.analysis.estimates import Row, row
from pipeline.analysis.shares import UNKNOWN_CLUSTER, count_clusters, overall

_RECALLED: Final = "before asked afterwards, on the same form"
_TWICE: Final = "asked before and after"


def paired_change(
    answers: pd.DataFrame, items: pd.DataFrame, options: pd.DataFrame, clusters: pd.Series, level: float
) -> list[Row]:
    """Return, for every before/now pair, the share now minus the share before of each option.

    Parameters
    ----------
    answers, items, options : DataFrame
        Contract tables; a pair is two questions of `items` with one `pair` and occasions *before* and *now*.
    clusters : Series of str
        Event per response_id (the index).
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows, outcome = the pair, method ``paired_change``, unit *share*: ``code=...`` among those who
        answered both questions, ``code=... of asked`` among all whose form had both. What the first is the difference
        of: ``before code=...`` and ``now code=...``, methods ``wilson`` and ``cluster_logit_t``.

    Notes
    -----
    The mean of d = 1(now = code) - 1(before = code), so that a person is her own comparison; its standard error is
    linearised over events, sqrt(G/(G-1) Σ (Σ_g (d - mean))²) / n, with t, G - 1, or over people where there are no
    events: R's ``survey::svymean`` and ``confint(df = degf)``. Limits stop at -1 and 1. Of asked, a question without an
    answer counts as "not this option". Where the design is *post_then_pre* the note says that the before was asked
    afterwards: it is remembered, and such pairs tend to show too much change (Hill and Betz 2005, Am. J. Eval. 26,
    501-517).
    """
    rows: list[Row] = []
    for pair, group in items[items["pair"].notna()].groupby("pair"):
        names = group.set_index("occasion")["item"]
        if not {"before", "now"} <= set(names.index):
            continue
        both = _both(answers, str(names["before"]), str(names["now"]))
        cluster = both.index.to_series().map(clusters)
        question = group.loc[group["occasion"] == "now", "question"].iloc[0]
        codes = options[(options["question"] == question) & options["missing_reason"].isna()]["code"]
        note = when_asked(group)
        complete = both["before"].notna() & both["now"].notna()
        for code in codes:
            difference = _hits(both["now"], code) - _hits(both["before"], code)
            used, excluded = difference[complete], int((~complete).sum())
            rows.append(_change(used, cluster[complete], str(pair), f"code={code}", excluded, level, note))
            rows.append(_change(difference, cluster, str(pair), f"code={code} of asked", 0, level, note))
            for occasion in ("before", "now"):
                chosen = _hits(both[occasion], code).astype("boolean").mask(~complete)
                rows += overall(count_clusters(chosen, cluster), str(pair), level, f"{occasion} code={code}")
    return rows


def when_asked(pair: pd.DataFrame) -> str:
    """Return, from the two rows of `items` of a pair, when its before was asked."""
    return _RECALLED if (pair["design"] == "post_then_pre").all() else _TWICE


def _both(answers: pd.DataFrame, before: str, now: str) -> pd.DataFrame:
    asked = answers[(answers["missing_reason"].fillna("") != "not_asked") & answers["item"].isin([before, now])]
    wide = asked.assign(code=asked["code"].fillna("")).pivot(index="response_id", columns="item", values="code")
    wide = wide.reindex(columns=[before, now]).dropna().set_axis(["before", "now"], axis=1)
    return wide.where(wide != "")


def _hits(codes: pd.Series, code: str) -> pd.Series:
    return (codes == code).fillna(False).astype(int)


def _change(
    difference: pd.Series, cluster: pd.Series, pair: str, term: str, excluded: int, level: float, told: str = _RECALLED
) -> Row:
    n = len(difference)
    known = bool(cluster.notna().any())
    unit = cluster.astype("object").where(cluster.notna(), UNKNOWN_CLUSTER) if known else difference.index.to_series()
    base = {"n": n, "n_excluded": excluded, "n_clusters": int(unit.nunique()) if known else None, "unit": "share"}
    groups = unit.nunique()
    mean, df = float(difference.mean()), groups - 1
    residual = (difference - mean).groupby(unit).sum()
    se = math.sqrt(groups / df * float(np.sum(residual**2))) / n if groups > 1 else 0.0
    if se < 1e-12:  # an interval of no width would claim to know the change exactly
        note = f"{told}; no interval: fewer than two clusters, or no difference between them"
        return row(pair, term, "all", "paired_change", **base, estimate=mean, weighting="none", note=note)
    half = float(special.stdtrit(df, 0.5 + level / 2)) * se
    limits = {"std_error": se, "ci_low": max(mean - half, -1.0), "ci_high": min(mean + half, 1.0), "ci_level": level}
    test = {"statistic": mean / se, "df": df, "p_value": 2 * float(special.stdtr(df, -abs(mean / se)))}
    values = {**base, "estimate": mean, **limits, **test, "weighting": "none", "note": told}
    return row(pair, term, "all", "paired_change", **values)
