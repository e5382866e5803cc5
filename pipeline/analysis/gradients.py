"""Outcomes along an order: by the number of events people came to, and over the project. Described, not explained."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.cluster_regression import Contrast, cluster_regression
from pipeline.analysis.estimates import Row, row
from pipeline.analysis.shares import UNKNOWN_CLUSTER, by_group, count_clusters

#: A number of events by itself makes a category when this many people named it; fewer join the category below.
FEW: Final = 20
_METHOD: Final = "cr2_satterthwaite"
_DOSE: Final = "described only: people who come more often differ from others in more than that"
_TREND: Final = "events of different times differ in kind too"


def dose(positive: pd.DataFrame, event: pd.Series, attended: pd.Series, level: float, shares: bool = True) -> list[Row]:
    """Return outcomes by the number of events people came to, as ordered categories.

    Parameters
    ----------
    positive, event : DataFrame, Series
        As for `contrasts.group_contrasts`.
    attended : Series of float
        Events attended per response_id, missing where not said; its name names the categories.
    level : float
        Confidence level.
    shares : bool
        Whether to return the shares of the categories too.

    Returns
    -------
    list of dict
        `estimates` rows: ``share_positive`` by ``variable=1`` ... ``variable=3+`` (the last category holds at least
        `FEW` people where that is possible); ``difference_per_step_of_...`` from one category to the next, a
        straight line through all, and ``difference_highest_lowest_...``, the last minus the first; both
        ``cr2_satterthwaite``.
    """
    labels = _categories(attended)
    order = sorted(labels.dropna().unique(), key=lambda text: float(text.rstrip("+")))
    if len(order) < 2:
        return []
    cluster, step = clusters_of(event), labels.map({label: float(i) for i, label in enumerate(order)})
    rows: list[Row] = []
    for outcome in positive.columns:
        if shares:
            counts = count_clusters(positive[outcome], event, labels.reindex(positive.index))
            rows += _with_note(by_group(counts, outcome, str(attended.name), level), _DOSE)
        line = _line(positive[outcome], step, cluster, level)
        rows.append(_slope(positive[outcome], step, line, outcome, f"difference_per_step_of_{attended.name}", _DOSE))
        ends = step.where(step.isin([0.0, len(order) - 1.0])) / (len(order) - 1)
        line = _line(positive[outcome], ends, cluster, level)
        rows.append(_slope(positive[outcome], ends, line, outcome, f"difference_highest_lowest_{attended.name}", _DOSE))
    return rows


def trend(
    positive: pd.DataFrame, event: pd.Series, date: pd.Series, shares_of: Sequence[str], level: float
) -> list[Row]:
    """Return how the shares moved over the project.

    Parameters
    ----------
    positive, event : DataFrame, Series
        As for `contrasts.group_contrasts`.
    date : Series of datetime
        Day of the event, per response_id.
    shares_of : sequence of str
        Outcomes whose shares are returned by quarter.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows: ``share_positive`` by ``quarter=2017Q1``, and for every outcome ``trend_per_year``, the slope
        of a straight line through the answers, ``cr2_satterthwaite``.
    """
    known = date.reindex(positive.index)
    if known.notna().sum() == 0:
        return []
    quarter = known.dt.to_period("Q").astype("str").where(known.notna())
    years = (known - known.min()).dt.days / 365.25
    rows: list[Row] = []
    for outcome in positive.columns:
        if outcome in shares_of:
            counts = count_clusters(positive[outcome], event, quarter)
            rows += _with_note(by_group(counts, outcome, "quarter", level), _TREND)
        line = _line(positive[outcome], years, clusters_of(event), level)
        rows.append(_slope(positive[outcome], years, line, outcome, "trend_per_year", _TREND))
    return rows


def clusters_of(event: pd.Series) -> pd.Series:
    """Event of each response; where no event is known at all, every response stands for itself."""
    if event.notna().any():
        return event.astype("object").where(event.notna(), UNKNOWN_CLUSTER)
    return event.index.to_series()


def contrast_row(outcome: str, term: str, group: str, found: Contrast, note: str, level: float) -> Row:
    """Return a contrast as a row, unit *share difference*; without an interval the note says why."""
    values: dict[str, Any] = {"estimate": found.estimate, "unit": "share difference", "weighting": "none"}
    if found.rule is not None:
        return row(outcome, term, group, _METHOD, **values, note=f"{note}; {found.rule}")
    values |= {"std_error": found.std_error, "ci_low": found.low, "ci_high": found.high, "ci_level": level}
    values |= {"statistic": found.statistic, "df": found.df, "p_value": found.p_value}
    return row(outcome, term, group, _METHOD, **values, note=note)


def _line(positive: pd.Series, x: pd.Series, cluster: pd.Series, level: float) -> tuple[Contrast, int, int, float]:
    """The slope on x with answers and clusters used; without two different values of x there is none."""
    along = x.reindex(positive.index)
    known = positive.notna() & along.notna()
    y, line, own = positive[known].astype(float), along[known].astype(float), cluster.reindex(positive.index)[known]
    if line.nunique() < 2:
        empty = Contrast(*(math.nan,) * 7, rule="undefined: fewer than two different values")
        return empty, len(y), int(own.nunique()), level
    fit = cluster_regression(y, np.column_stack([np.ones(len(y)), line]), own)
    return fit.contrast([0.0, 1.0], level), len(y), fit.n_clusters, level


def _slope(
    positive: pd.Series, x: pd.Series, line: tuple[Contrast, int, int, float], outcome: str, term: str, note: str
) -> Row:
    found, n, clusters, level = line
    counts = {"n": n, "n_excluded": len(positive) - n, "n_clusters": clusters}
    return contrast_row(outcome, term, "all", found, note, level) | counts


def _with_note(rows: list[Row], note: str) -> list[Row]:
    return [r | {"note": "; ".join(filter(None, [note, r.get("note")]))} for r in rows]


def _categories(attended: pd.Series) -> pd.Series:
    """1, 2, ... and the last with a plus sign, the upper ones joined until the last holds enough people."""
    whole = attended.where(attended >= 0).round()
    values = sorted(whole.dropna().unique())
    while len(values) > 2 and (whole >= values[-1]).sum() < FEW:
        values.pop()
    last = values[-1] if values else math.nan
    open_ended = bool((whole > last).any())
    names = {v: f"{v:.0f}" for v in values} | {last: f"{last:.0f}{'+' if open_ended else ''}"}
    return whole.clip(upper=last).map(names)
