"""Would the claim stand however the analysis is done? The specification curve in the shape of estimates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.estimates import Row, row
from pipeline.analysis.intervals import HALF
from pipeline.analysis.outcomes import BOTH
from pipeline.analysis.specifications import DIMENSIONS, curve, prepare
from pipeline.core.config import Robustness

_TERM: Final = "specification_curve"
_CLAIM: Final = '"most": the lower limit lies above 0.5'


def specification_curve(
    tables: Mapping[str, pd.DataFrame], primary: Sequence[str], choices: Robustness, level: float
) -> list[Row]:
    """Return every specification of every primary outcome, and what they say together.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables answers, items, responses, attendance.
    primary : sequence of str
        Primary outcomes; with two or more, their joint outcome too.
    choices : Robustness
        From params.yaml.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows. Term ``specification``: one per specification, group ``cut=...,missing=...,weights=...,
        exclusions=...``, the interval as method. Term ``specification_curve``: ``share_supporting`` (specifications in
        which the claim holds; group ``all`` and each choice, ``cut=...``), ``median_estimate`` (limits: smallest and
        largest estimate) and, for each kind of choice (``choice=cut``), ``moves_estimate`` and ``moves_lower_limit``:
        how far apart its options are on average, everything else being equal. n counts specifications.

    Notes
    -----
    Simonsohn, Simmons and Nelson (2020), Nature Human Behaviour 4, 1208-1214. The specifications are not a sample: the
    share of them that support a claim is no probability.
    """
    prepared = prepare(tables["answers"], tables["items"], tables["responses"], tables["attendance"])
    present = [name for name in primary if name in prepared.score]
    wanted: dict[str, list[str]] = {name: [name] for name in present}
    if len(present) > 1:
        wanted[BOTH] = present
    rows: list[Row] = []
    for outcome, parts in wanted.items():
        found = curve(prepared, parts, choices, level)
        if len(found):
            rows += [*_each(found, outcome, level, len(prepared.responses)), *summary(found, outcome)]
    return rows


def summary(found: pd.DataFrame, outcome: str) -> list[Row]:
    """Return what the specifications say together: rows of term ``specification_curve``.

    Parameters
    ----------
    found : DataFrame
        From `specifications.curve`.
    outcome : str
        Name for the rows.
    """
    holds = (found["low"] > HALF).where(found["low"].notna())
    told = f"{_CLAIM} in {int(holds.sum())} of {int(holds.notna().sum())} specifications; not a probability"
    rows = [_share(outcome, "all", holds, told), _median(found, outcome)]
    for dimension in DIMENSIONS:
        for key, part in holds.groupby(found[dimension], sort=False):
            rows.append(_share(outcome, f"{dimension}={key}", part, _CLAIM))
    return [*rows, *_moves(found, outcome)]


def _share(outcome: str, group: str, holds: pd.Series, note: str) -> Row:
    known = holds.dropna()
    estimate = float(known.mean()) if len(known) else None
    base: dict[str, Any] = {"n": len(known), "n_excluded": len(holds) - len(known), "estimate": estimate}
    return row(outcome, _TERM, group, "share_supporting", **base, unit="share of specifications", note=note)


def _median(found: pd.DataFrame, outcome: str) -> Row:
    shares = found.drop_duplicates(list(DIMENSIONS[:-1]))["estimate"].dropna()
    if shares.empty:
        return row(outcome, _TERM, "all", "median_estimate", n=0, unit="share", note="no specification has answers")
    limits = {"ci_low": float(shares.min()), "ci_high": float(shares.max())}
    note = "limits are the smallest and the largest estimate, no interval of confidence"
    return row(
        outcome, _TERM, "all", "median_estimate", n=len(shares), estimate=float(shares.median()), **limits,
        unit="share", note=note,
    )  # fmt: skip


def _moves(found: pd.DataFrame, outcome: str) -> Iterator[Row]:
    for value, method in (("estimate", "moves_estimate"), ("low", "moves_lower_limit")):
        kinds = DIMENSIONS if value == "low" else DIMENSIONS[:-1]  # an interval moves no estimate
        ranges = _ranges(found, kinds, value)
        most = max(ranges, key=lambda d: ranges[d], default=None)
        for dimension, moved in ranges.items():
            note = "average distance between its options, everything else equal"
            note += "; the choice that moves it most" if dimension == most and moved > 0 else ""
            n = int(found[dimension].nunique())
            yield row(outcome, _TERM, f"choice={dimension}", method, n=n, estimate=moved, unit="share", note=note)


def _ranges(found: pd.DataFrame, kinds: Sequence[str], value: str) -> dict[str, float]:
    """Mean distance from the largest to the smallest value along each kind of choice that offers one."""
    codes = [pd.factorize(found[d])[0] for d in DIMENSIONS]
    cube = np.full([int(c.max()) + 1 for c in codes], np.nan)
    cube[tuple(codes)] = found[value].to_numpy(dtype=float)
    wanted = [(axis, d) for axis, d in enumerate(DIMENSIONS) if d in kinds and cube.shape[axis] > 1]
    spans = {d: np.fmax.reduce(cube, axis=axis) - np.fmin.reduce(cube, axis=axis) for axis, d in wanted}
    return {d: float(span[~np.isnan(span)].mean()) for d, span in spans.items() if not np.isnan(span).all()}


def _each(found: pd.DataFrame, outcome: str, level: float, total: int) -> Iterator[Row]:
    for one in found.to_dict("records"):
        group = ",".join(f"{d}={one[d]}" for d in DIMENSIONS[:-1])
        values: dict[str, Any] = {"n": one["n"], "n_excluded": total - one["n"], "n_clusters": one["n_clusters"]}
        values |= {"estimate": one["estimate"], "std_error": one["std_error"]}
        if pd.notna(one["low"]):
            values |= {"ci_low": one["low"], "ci_high": one["high"], "ci_level": level}
        weighting = str(one["weights"])
        yield row(
            outcome, "specification", group, str(one["interval"]), **values, unit="share", weighting=weighting,
            note=one["rule"] or f"one of {len(found)} specifications",
        )  # fmt: skip
