"""Every defensible way to get one share from the answers: cut x missing rule x weights x exclusions x interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.analysis.cluster_draws import draw_counts, ratio_draws
from pipeline.analysis.design import Estimate
from pipeline.analysis.intervals import Interval, clustered, wilson
from pipeline.analysis.share_limits import share_limits
from pipeline.analysis.shares import UNKNOWN_CLUSTER
from pipeline.core.config import Cut, Exclusion, MissingRule, Robustness
from pipeline.core.errors import AnalysisError
from pipeline.core.scale import scaled_answers

Array = NDArray[np.float64]
#: Columns of `curve` that are choices, in order.
DIMENSIONS: Final = ("cut", "missing", "weights", "exclusions", "interval")
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Answers:
    """What the specifications choose from, one row per response, one column per construct.

    Parameters
    ----------
    score : DataFrame
        Mean of the answered items as a part of their range, 0 to 1; NaN without any.
    favourable : DataFrame
        Share of the answered items that lie above the middle.
    answered : DataFrame
        Share of the items on the form that were answered; NaN where the form had none.
    responses : DataFrame
        Contract table, indexed by response_id.
    listed : Series
        People on the list of each event.
    """

    score: pd.DataFrame
    favourable: pd.DataFrame
    answered: pd.DataFrame
    responses: pd.DataFrame
    listed: pd.Series


def prepare(answers: pd.DataFrame, items: pd.DataFrame, responses: pd.DataFrame, attendance: pd.DataFrame) -> Answers:
    """Return what the specifications choose from.

    Parameters
    ----------
    answers, items, responses, attendance : DataFrame
        Contract tables.
    """
    scaled = scaled_answers(answers, items)
    part = (scaled["value"] - scaled["minimum"]) / (scaled["maximum"] - scaled["minimum"])
    scaled = scaled.assign(part=part, up=(part > 0.5).astype(float).where(part.notna()))
    grouped = scaled.groupby(["construct", "response_id"])
    whole = grouped[["part", "up"]].mean().assign(answered=grouped["part"].count() / grouped.size())
    known = responses.set_index("response_id")
    wide = {name: whole[name].unstack("construct").reindex(known.index) for name in ("part", "up", "answered")}
    return Answers(wide["part"], wide["up"], wide["answered"], known, attendance.groupby("event_id").size())


def curve(
    prepared: Answers, outcomes: Sequence[str], choices: Robustness, level: float, counts: Array | None = None
) -> pd.DataFrame:
    """Return one row per specification.

    Parameters
    ----------
    prepared : Answers
        From `prepare`.
    outcomes : sequence of str
        Constructs; with two or more the outcome is that all of them are positive.
    choices : Robustness
        The choices; a list that is empty gives no specification.
    level : float
        Confidence level.
    counts : array, optional
        Bootstrap draws of the events (replicates x events in order); drawn from the choices' seed without.

    Returns
    -------
    DataFrame
        Columns `DIMENSIONS`, then estimate, std_error, low, high, n, n_clusters, rule. Limits are empty, and `rule`
        says why, where an interval is not defined.

    Raises
    ------
    AnalysisError
        When an exclusion names a column that responses do not have.

    Notes
    -----
    A specification needs of the answers only how many there are, and how many positive, per event: weights that are
    alike within an event multiply both, and a bootstrap of all specifications is one product of matrices.
    """
    cluster = prepared.responses["event_id"].astype("object").where(lambda e: e.notna(), UNKNOWN_CLUSTER)
    codes, events = pd.factorize(cluster, sort=True)
    listed = prepared.listed.reindex(events).fillna(0).to_numpy(dtype=float)
    kept = {e.key: _kept(prepared.responses, cluster, e) for e in choices.exclusions}
    cells = []
    for cut in choices.cuts:
        for rule in choices.missing:
            positive = _positive(prepared, outcomes, cut, rule)
            for exclusion in choices.exclusions:
                used = kept[exclusion.key] & ~np.isnan(positive)
                n = np.bincount(codes[used], minlength=len(events)).astype(float)
                k = np.bincount(codes[used], positive[used], minlength=len(events))
                for weighting in choices.weights:
                    w = _weights(weighting.alike, n, listed)
                    cells.append(_Cell((cut.key, rule.key, weighting.key, exclusion.key), w * k, w * n, n))
    if not cells or not choices.intervals:
        return pd.DataFrame(columns=[*DIMENSIONS, "estimate", "std_error", "low", "high", "n", "n_clusters", "rule"])
    drawn = _bootstrap(cells, choices, counts, level)
    rows = []
    for i, cell in enumerate(cells):
        found = cell.intervals(level)
        for interval in choices.intervals:
            one = found[interval.method] if interval.method in found else drawn.of(i, cell, level)
            values = (one.estimate, one.std_error, one.low, one.high, int(cell.n.sum()), cell.n_clusters, one.rule)
            rows.append((*cell.keys, interval.key, *values))
    columns = [*DIMENSIONS, "estimate", "std_error", "low", "high", "n", "n_clusters", "rule"]
    return pd.DataFrame(rows, columns=columns)


@dataclass(frozen=True, eq=False)
class _Cell:
    """A specification but for its interval: per event, weighted positives, weighted answers, answers."""

    keys: tuple[str, ...]
    positive: Array
    size: Array
    n: Array

    @property
    def n_clusters(self) -> int:
        return int((self.n > 0).sum())

    def intervals(self, level: float) -> Mapping[str, Interval]:
        """Every interval that needs no draws."""
        logit = clustered(self.positive, self.size, level)
        if self.size.sum() == 0:
            return dict.fromkeys(("cluster_logit_t", "wilson", "korn_graubard"), _none("no answers"))
        effective = float(self.size.sum() ** 2 / (self.size**2 / np.where(self.n > 0, self.n, 1)).sum())
        share = float(self.positive.sum() / self.size.sum())
        n = int(self.n.sum())
        exact = share_limits(
            Estimate(share, logit.std_error, self.n_clusters - 1, n, self.n_clusters), "korn_graubard", level
        )
        kg = Interval(share, logit.std_error, exact.low, exact.high, *(math.nan,) * 3, rule=exact.rule)
        return {"cluster_logit_t": logit, "wilson": wilson(share * effective, effective, level), "korn_graubard": kg}


@dataclass(frozen=True, eq=False)
class _Drawn:
    """Bootstrap limits of the cells that have answers in two events or more; `place` is -1 for the others."""

    place: NDArray[np.int64]
    errors: Array
    limits: Array

    def of(self, i: int, cell: _Cell, level: float) -> Interval:
        at = int(self.place[i])
        if at < 0:
            return _none("no bootstrap: answers in fewer than two events")
        share = float(cell.positive.sum() / cell.size.sum())
        low, high = (float(x) for x in self.limits[:, at])
        return Interval(share, float(self.errors[at]), min(low, share), max(high, share), *(math.nan,) * 3)


def _bootstrap(cells: Sequence[_Cell], choices: Robustness, counts: Array | None, level: float) -> _Drawn:
    usable = [i for i, cell in enumerate(cells) if cell.n_clusters > 1]
    place = np.full(len(cells), -1, dtype=np.int64)
    place[usable] = np.arange(len(usable))
    if not usable or all(interval.method != "bootstrap_percentile" for interval in choices.intervals):
        return _Drawn(place, np.empty(0), np.empty((2, 0)))
    draws = draw_counts(len(cells[0].n), choices.replicates, choices.seed) if counts is None else counts
    top, base = (np.array([getattr(cells[i], name) for i in usable]).T for name in ("positive", "size"))
    found = ratio_draws(top, base, draws)
    return _Drawn(place, found.std_error, found.percentile(level))


def _kept(responses: pd.DataFrame, cluster: pd.Series, exclusion: Exclusion) -> NDArray[np.bool_]:
    unknown = sorted(set(exclusion.drop) - set(responses.columns))
    if unknown:
        raise AnalysisError(
            f"exclusion {exclusion.key}: responses have no column {', '.join(unknown)}",
            place="params.yaml, robustness",
            allowed=", ".join(responses.columns),
        )
    kept = pd.Series(True, index=responses.index)
    for column, values in exclusion.drop.items():
        kept &= ~responses[column].isin(values)
    size = cluster[kept].value_counts().sort_index()
    kept &= cluster.map(size).fillna(0) >= exclusion.least_per_event
    if exclusion.without_largest_event and len(size):
        kept &= cluster != size.idxmax()
    return kept.to_numpy(dtype=bool)


def _positive(prepared: Answers, outcomes: Sequence[str], cut: Cut, rule: MissingRule) -> Array:
    """1, 0, or NaN where the response does not count; of several outcomes all must be positive, and have a score."""
    of = prepared.score if cut.of == "score" else prepared.favourable
    columns = []
    for outcome in outcomes:
        value, answered = (f[outcome].to_numpy(dtype=float) for f in (of, prepared.answered))
        enough = ~np.isnan(value) & (answered >= rule.answered - _ROUNDING)
        rest = 0.0 if rule.otherwise == "not_positive" else math.nan
        known = np.where(enough, (value > cut.above + _ROUNDING).astype(float), rest)
        columns.append(np.where(np.isnan(answered), math.nan, known))
    return np.asarray(np.prod(columns, axis=0))


def _weights(alike: str, n: Array, listed: Array) -> Array:
    """Weight of one answer in each event; people listed are never fewer than the answers."""
    if alike == "answers":
        return np.ones_like(n)
    people = np.ones_like(n) if alike == "events" else np.maximum(listed, n)
    return np.divide(people, n, out=np.zeros_like(n), where=n > 0)


def _none(rule: str) -> Interval:
    return Interval(*(math.nan,) * 7, rule=rule)
