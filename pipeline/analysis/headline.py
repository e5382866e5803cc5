"""The headline shares seen otherwise: exact under the design, these events as they were, raked to the attendance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.ages import AgeBands, age_bands, band_of, merge_thin
from pipeline.analysis.design import Estimate, design, mean
from pipeline.analysis.estimates import Row, row
from pipeline.analysis.outcomes import BOTH, positives
from pipeline.analysis.share_limits import share_limits
from pipeline.analysis.shares import UNKNOWN_CLUSTER
from pipeline.analysis.weights import Weights, rake
from pipeline.core.config import WEIGHT_CAP
from pipeline.core.errors import AnalysisError

_SAMPLE: Final = "events as a sample of such events"
_HOLDS: Final = ", taken to hold for all"
_THESE: Final = "these events as they were: answers taken as a random part of each event's list"


def not_asked_at(scores: pd.DataFrame, event: pd.Series, outcome: str, primary: Sequence[str]) -> set[str]:
    """Return the events from which forms came back, none of which asked about an outcome: nobody was silent there."""
    wanted = [p for p in primary if (scores["construct"] == p).any()] if outcome == BOTH else [outcome]
    answered = set(event.dropna())
    left: set[str] = set()
    for construct in wanted:
        own = scores.loc[scores["construct"] == construct, "response_id"]
        left |= answered - set(event.reindex(own).dropna())
    return left


def headline(
    tables: Mapping[str, pd.DataFrame], primary: Sequence[str], estimand: str, level: float, cap: float = WEIGHT_CAP
) -> list[Row]:
    """Return further rows of ``share_positive``, group ``all``, for every construct.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables scores, responses, answers, options, attendance, persons, events.
    primary : sequence of str
        Primary outcomes.
    estimand : {"events_as_sample", "these_events"}
        What ``korn_graubard`` is about.
    level : float
        Confidence level.
    cap : float
        How many times its mean a weight may be: where raking asks for more, weights are kept between 1 / cap and cap.

    Returns
    -------
    list of dict
        `estimates` rows, unit *share*: ``korn_graubard`` under the estimand declared; ``events_as_strata``, these
        events as they were, whatever is declared (with lists only); ``raked_calibrated`` (with lists, dates and a
        question of age).
    """
    positive = positives(tables["scores"], tables["responses"], primary)
    event = tables["responses"].set_index("response_id")["event_id"]
    listed = tables["attendance"].groupby("event_id").size()
    if not event.notna().any():
        return []
    bands, rows = age_bands(tables["options"]), []
    for outcome in positive.columns:
        y = positive[outcome].astype("Float64").to_numpy(dtype=float, na_value=np.nan)
        exact = _sample(y, event) if estimand == "events_as_sample" or listed.empty else _these(y, event, listed)
        rows.append(_row(outcome, "korn_graubard", exact, level))
        if not listed.empty:
            rows.append(_row(outcome, "events_as_strata", _these(y, event, listed), level))
        if bands is not None and not listed.empty and tables["events"]["date"].notna().any():
            left = not_asked_at(tables["scores"], event, outcome, primary)
            sides = _both_sides(tables, bands, tables["attendance"][~tables["attendance"]["event_id"].isin(left)])
            rows.append(_raked(outcome, pd.Series(y, positive.index), *sides, level, cap))
    return rows


def _sample(y: np.ndarray, event: pd.Series) -> tuple[Estimate, int, str, str]:
    cluster = event.fillna(UNKNOWN_CLUSTER)
    answered = ~np.isnan(y)
    found = mean(y[answered], design(int(answered.sum()), cluster=cluster[answered]))
    return found, int((~answered).sum()), "none", _SAMPLE


def _these(y: np.ndarray, event: pd.Series, listed: pd.Series) -> tuple[Estimate, int, str, str]:
    answered = ~np.isnan(y) & event.isin(listed.index).to_numpy()
    unit = event[answered]
    taken = unit.map(unit.value_counts()).astype(float)
    people = np.maximum(unit.map(listed).astype(float), taken)
    plan = design(len(unit), people / taken, stratum=unit, population=people, lonely="adjust")
    found = mean(y[answered], plan)
    alone, none = int((unit.value_counts() == 1).sum()), len(set(listed.index) - set(unit))
    short = int((listed < unit.value_counts().reindex(listed.index, fill_value=0)).sum())
    notes = [_THESE, "finite population"]
    notes += [f"{alone} events with one answer, set against all"] if alone else []
    notes += [f"without {none} events from which nobody answered"] if none else []
    notes += [f"{short} events with more answers than people listed, taken as complete"] if short else []
    note = "; ".join(notes)
    found = replace(found, n_clusters=unit.nunique())
    return found, int((~answered).sum()), "people listed over answers, by event", note


def _row(outcome: str, method: str, found: tuple[Estimate, int, str, str], level: float) -> Row:
    share, excluded, weighting, note = found
    kind = "korn_graubard" if method == "korn_graubard" or not share.std_error > 1e-12 else "logit"
    limits = share_limits(share, kind, level)
    values = {"std_error": share.std_error, "ci_low": limits.low, "ci_high": limits.high, "ci_level": level}
    base = {"n": share.n, "n_excluded": excluded, "n_clusters": share.n_clusters, "df": share.df}
    note = "; ".join(filter(None, [note, limits.rule]))
    return row(
        outcome, "share_positive", "all", method, **base, **values, estimate=share.estimate, unit="share",
        weighting=weighting, note=note,
    )  # fmt: skip


def _both_sides(
    tables: Mapping[str, pd.DataFrame], bands: AgeBands, attendance: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, pd.Series]]:
    """What is known of respondents and of everyone listed: age band and year of the event."""
    year = tables["events"].set_index("event_id")["date"].dt.year
    born = tables["persons"].set_index("person_id")["birth_year"]
    then = attendance["event_id"].map(year)
    people = pd.DataFrame({"age": band_of(then - attendance["person_id"].map(born), bands), "year": then})
    responses = tables["responses"].set_index("response_id")
    given = tables["answers"][tables["answers"]["item"] == bands.question].set_index("response_id")["code"]
    own = pd.DataFrame({"age": given.reindex(responses.index), "year": responses["event_id"].map(year)})
    own["event_id"] = responses["event_id"].where(responses["event_id"].isin(attendance["event_id"]))
    sides = {"age": bands.codes, "year": sorted(then.dropna().unique())}
    sides = {name: order for name, order in sides.items() if people[name].notna().any()}  # else it is no margin
    own = own[[*sides, "event_id"]]
    complete = own.dropna()
    margins = {}
    for name, order in sides.items():
        merged = merge_thin(order, complete[name].value_counts(), people[name].value_counts())
        own[name] = own[name].map(merged)
        counts = people[name].map(merged).value_counts()
        margins[name] = counts * (len(attendance) / counts.sum())
    known = int(people["age"].notna().sum())
    own.attrs["known"] = f"age known for {known or 'none'} of {len(attendance)} listed visits" + _HOLDS * (known > 0)
    return own, {name: m for name, m in margins.items() if len(m) > 1}


def _raked(
    outcome: str, y: pd.Series, frame: pd.DataFrame, margins: Mapping[str, pd.Series], level: float, cap: float
) -> Row:
    used = frame[y.notna() & frame.notna().all(axis=1)]
    excluded = len(frame) - len(used)
    base: dict[str, Any] = {"n": len(used), "n_excluded": excluded, "unit": "share"}
    try:
        weights = _capped(used, margins, cap)
    except AnalysisError as refusal:
        note = f"not raked: {refusal.what}"
        return row(outcome, "share_positive", "all", "raked_calibrated", **base, weighting="none", note=note)
    plan = design(len(used), weights.values, cluster=used["event_id"])
    found = mean(y[used.index].to_numpy(dtype=float), plan, residual=weights.residual)
    low, high = weights.ratio
    weighting = f"raked to {' and '.join(margins)} of people listed"
    note = f"effective n {weights.n_effective:.0f}, weights {low:.2f} to {high:.2f} times their mean"
    told = "; ".join([note, frame.attrs["known"], "standard error from residuals of the calibration"])
    return _row(outcome, "raked_calibrated", (found, excluded, weighting, told), level)


def _capped(used: pd.DataFrame, margins: Mapping[str, pd.Series], cap: float) -> Weights:
    variables = used[list(margins)]
    weights = rake(variables, margins, cluster=used["event_id"])
    if weights.ratio[1] <= cap:
        return weights
    return rake(variables, margins, cluster=used["event_id"], bounds=(1 / cap, cap))
