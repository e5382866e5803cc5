"""Beside every headline share: who answered at all, and what the silent could change."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.design import Estimate
from pipeline.analysis.estimates import Row, row
from pipeline.analysis.headline import not_asked_at
from pipeline.analysis.intervals import HALF, clustered, wilson
from pipeline.analysis.nonresponse import if_silent_differ, manski, tipping_point
from pipeline.analysis.outcomes import positives
from pipeline.analysis.share_limits import share_limits
from pipeline.analysis.shares import overall

#: Shares of the answers that could come from people who had answered at another event already.
OVERLAPS: Final = (0.0, 0.25, 0.5)
#: How much less often than the others the silent could be positive.
LOWER: Final = (0.1, 0.2, 0.3)
_RATE: Final = "answers per person and event listed: a participation rate; answers are not tied to people"
_SHORT: Final = "undefined: more answers than people listed, so nobody knows how many were silent"
_RETURN: Final = "answers per form given out: a return rate"


def participation(tables: Mapping[str, pd.DataFrame], level: float) -> list[Row]:
    """Return how many of the people listed, and of the forms given out, came back as answers.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables responses, attendance, events.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows, outcome ``responses``, unit *share*: terms ``participation_rate`` and ``return_rate``, group
        ``all`` (``wilson`` and ``cluster_logit_t``) and ``event_id=...`` (``wilson``). Events with more answers than
        people or forms have no rate: they are left out, and the note says how many.

    Notes
    -----
    AAPOR (2016), Standard Definitions: for a collection that is no probability sample the word is participation rate.
    """
    returned = tables["responses"]["event_id"].value_counts()
    bases = {
        "participation_rate": (tables["attendance"].groupby("event_id").size(), _RATE),
        "return_rate": (tables["events"].set_index("event_id")["distributed"].dropna(), _RETURN),
    }
    rows: list[Row] = []
    for term, (base, note) in bases.items():
        rows += _rates(term, returned.reindex(base.index, fill_value=0), base.astype(int), note, level)
    return rows


def silent(tables: Mapping[str, pd.DataFrame], primary: Sequence[str], level: float) -> list[Row]:
    """Return bounds, tipping points and sensitivities of every headline share.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables scores, responses, attendance.
    primary : sequence of str
        Primary outcomes.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows, group ``all``, unit *share*. Term ``share_positive``: ``manski_bounds`` (limits are bounds),
        ``imbens_manski_cluster``, ``silent_lower_10`` and on (the share if the silent are so many points less often
        positive), ``cluster_logit_overlap_25`` and on (the interval if so many percent of the answers are by people who
        had answered already). Term ``tipping_point``: the share of the silent that would have to be not positive for
        "most" to fail among everyone listed, from the share (``tipping_point``) and from its lower limit
        (``tipping_point_cluster``). Where the events have more answers than people listed, how many were silent is not
        known: ``manski_bounds`` and the tipping points are then empty, with a note.
    """
    listed = tables["attendance"].groupby("event_id").size()
    event = tables["responses"].set_index("response_id")["event_id"]
    positive = positives(tables["scores"], tables["responses"], primary)
    rows: list[Row] = []
    for outcome in positive.columns:
        left = not_asked_at(tables["scores"], event, outcome, primary)
        counts = _per_event(positive[outcome], event, listed.drop(list(left), errors="ignore"))
        if counts["n"].sum() == 0:
            continue
        excluded = len(positive) - int(counts["n"].sum())
        base: dict[str, Any] = {
            "n": int(counts["n"].sum()),
            "n_excluded": excluded,
            "n_clusters": int((counts["n"] > 0).sum()),
        }
        base |= {"unit": "share", "weighting": "none"}
        rows += _overlaps(outcome, counts, base, level)
        if len(listed):
            rows += _bounds(outcome, counts, base, level) + _tipping(outcome, counts, base, level)
            rows += [_lower(outcome, counts, base, level, by) for by in LOWER if not _nobody_silent(counts)]
    return rows


def _rates(term: str, returned: pd.Series, base: pd.Series, note: str, level: float) -> list[Row]:
    over = returned > base
    counts = pd.DataFrame({"group": "all", "cluster": base.index, "k": returned, "n": base, "missing": 0})[~over]
    if counts.empty:
        return []
    left = f"; without {int(over.sum())} events with more answers" if over.any() else ""
    rows = [r | {"note": note + left} for r in overall(counts, "responses", level, term)]
    for one in counts.itertuples():
        found = wilson(int(one.k), int(one.n), level)
        limits = {"ci_low": found.low, "ci_high": found.high, "ci_level": level, "std_error": found.std_error}
        values: dict[str, Any] = {"n": int(one.n), "n_clusters": 1, "estimate": found.estimate, **limits}
        rows.append(
            row("responses", term, f"event_id={one.cluster}", "wilson", **values, unit="share", weighting="none",
                note=note)
        )  # fmt: skip
    return rows


def _per_event(positive: pd.Series, event: pd.Series, listed: pd.Series) -> pd.DataFrame:
    """Positive, answered and listed people per event; where there are lists, of events with one."""
    known = positive.notna() & (event.isin(listed.index) if len(listed) else event.notna())
    hits = positive[known].astype(int).groupby(event[known]).agg(["sum", "count"]).set_axis(["k", "n"], axis=1)
    counts = hits.reindex(listed.index if len(listed) else hits.index, fill_value=0)
    people = listed.reindex(counts.index).fillna(0)
    # an event with more answers than people listed had at least as many people as answers
    return counts.assign(N=np.maximum(people, counts["n"]), short=people < counts["n"])


def _nobody_silent(counts: pd.DataFrame) -> bool:
    """Whether nobody seems to be silent because lists are short: how many were is then not known, not 0."""
    return bool(counts["short"].any() and (counts["N"] == counts["n"]).all())


def _bounds(outcome: str, counts: pd.DataFrame, base: dict[str, Any], level: float) -> list[Row]:
    found = manski(counts["k"], counts["n"], counts["N"], level)
    if _nobody_silent(counts):
        return [row(outcome, "share_positive", "all", "manski_bounds", **base, estimate=found.observed, note=_SHORT)]
    everyone, short = int(counts["N"].sum()), int(counts["short"].sum())
    told = f"among {everyone} visits listed, {found.response:.0%} of which answered"
    told += f" ({short} events with more answers than people listed count as many people as answers)" if short else ""
    worst = {"estimate": found.observed, "ci_low": found.low, "ci_high": found.high}
    within = {"estimate": found.observed, "ci_low": found.ci_low, "ci_high": found.ci_high, "ci_level": level}
    notes = (
        f"worst and best case {told}: bounds, no interval of confidence",
        f"holds the share {told}, whatever the silent think",
    )
    return [
        row(outcome, "share_positive", "all", "manski_bounds", **base, **worst, note=notes[0]),
        row(outcome, "share_positive", "all", "imbens_manski_cluster", **base, **within, note=notes[1]),
    ]


def _tipping(outcome: str, counts: pd.DataFrame, base: dict[str, Any], level: float) -> list[Row]:
    n, everyone = int(counts["n"].sum()), int(counts["N"].sum())
    unknown = _SHORT if _nobody_silent(counts) else None
    share = float(counts["k"].sum()) / n
    found = {"tipping_point": share, "tipping_point_cluster": clustered(counts["k"], counts["n"], level).low}
    rows = []
    for method, value in found.items():
        need = 1 - tipping_point(value, n, everyone) if not math.isnan(value) else math.nan
        estimate = need if 0 <= need <= 1 else None
        note = unknown or _told(need, n, everyone, share > HALF, beyond=method != "tipping_point")
        rows.append(row(outcome, "tipping_point", "all", method, **base, estimate=estimate, note=note))
    return rows


def _told(need: float, n: int, everyone: int, holds: bool, beyond: bool) -> str:
    kept = "the lower limit of the share" if beyond else "the share"
    among = f"{everyone - n} silent of {everyone} visits listed"
    if math.isnan(need):
        return "undefined: nobody was silent, or there is no interval"
    if need > 1:
        return f"even if none of the {among} were positive, {kept} would exceed one half"
    if need < 0:
        return f"even if all of the {among} were positive, {kept} would not exceed one half"
    ifs = "" if holds else "; among those who answered it does not"
    return f'"most" fails when more than this share of the {among} is not positive, judged by {kept}{ifs}'


def _lower(outcome: str, counts: pd.DataFrame, base: dict[str, Any], level: float, by: float) -> Row:
    n, everyone = int(counts["n"].sum()), int(counts["N"].sum())
    share = float(counts["k"].sum()) / n
    found = clustered(counts["k"], counts["n"], level)
    estimate = if_silent_differ(share, n, everyone, by)
    ends = {f"ci_{end}": min(max(getattr(found, end) - (share - estimate), 0.0), 1.0) for end in ("low", "high")}
    among = f"if the {everyone - n} silent of {everyone} visits listed"
    note = f"{among} are {by * 100:.0f} percentage points less often positive"
    method = f"silent_lower_{by * 100:.0f}"
    return row(outcome, "share_positive", "all", method, **base, estimate=estimate, **ends, ci_level=level, note=note)


def _overlaps(outcome: str, counts: pd.DataFrame, base: dict[str, Any], level: float) -> list[Row]:
    found = clustered(counts["k"], counts["n"], level)
    rows = []
    for overlap in OVERLAPS:
        kept = max(int(base["n"] * (1 - overlap)), 1)
        error = found.std_error / math.sqrt(1 - overlap)
        share = Estimate(found.estimate, error, base["n_clusters"] - 1, kept, base["n_clusters"])
        flat = not error > 1e-12
        limits = share_limits(share, "korn_graubard" if flat else "logit", level)
        note = f"if {overlap:.0%} of the answers repeat those of people who answered at another event"
        rows.append(
            row(outcome, "share_positive", "all", f"cluster_logit_overlap_{overlap * 100:.0f}", **base,
                estimate=found.estimate, std_error=error, ci_low=limits.low, ci_high=limits.high, ci_level=level,
                df=share.df, note="; ".join(filter(None, [note, limits.rule])))
        )  # fmt: skip
    return rows
