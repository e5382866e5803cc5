"""Who and how much: groups of answers against the rest. Described, not explained."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.cluster_regression import cluster_regression
from pipeline.analysis.estimates import Row, row
from pipeline.analysis.gradients import clusters_of, contrast_row, dose, trend
from pipeline.analysis.multiplicity import benjamini_hochberg, holm
from pipeline.analysis.outcomes import BOTH, positives

_REST: Final = "against all other answers"


def contrasts(
    tables: Mapping[str, pd.DataFrame],
    primary: Sequence[str],
    groups: pd.DataFrame,
    dose_item: str | None,
    level: float,
) -> list[Row]:
    """Return `group_contrasts`, `dose` and `trend` of a project.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables scores, responses, answers, events.
    primary : sequence of str
        Primary outcomes.
    groups : DataFrame
        The project's grouping variables by response_id; role, mode and year of the event are added, actions left out
        (`pooling` compares those).
    dose_item : str, optional
        Item by which people say to how many events they came.
    level : float
        Confidence level.
    """
    positive = positives(tables["scores"], tables["responses"], primary)
    known = tables["responses"].set_index("response_id").reindex(positive.index)
    days = tables["events"].set_index("event_id")["date"]
    date = days.reindex(known["event_id"]).set_axis(known.index)
    year = date.dt.year.astype("Int64").astype("str").where(date.notna())
    more = {"role": known["role"], "mode": known["mode"], "year": year}
    variables = groups.reindex(positive.index).drop(columns="action_id", errors="ignore").assign(**more)
    rows = group_contrasts(positive, known["event_id"], variables, primary, level)
    rows += trend(positive, known["event_id"], date, [*primary, BOTH], level)
    said = tables["answers"].loc[tables["answers"]["item"] == dose_item].set_index("response_id")["value"]
    if len(said):
        attended = said.reindex(positive.index).rename(dose_item)
        rows += dose(positive, known["event_id"], attended, level, shares=dose_item not in groups)
    return rows


def group_contrasts(
    positive: pd.DataFrame, event: pd.Series, groups: pd.DataFrame, primary: Sequence[str], level: float
) -> list[Row]:
    """Return the share of every group minus that of the rest.

    Parameters
    ----------
    positive : DataFrame of boolean
        Outcomes by response_id, from `outcomes.positives`.
    event : Series of str
        Event per response_id; missing where unknown.
    groups : DataFrame
        Grouping variables by response_id: target group, role, mode, year ...
    primary : sequence of str
        Primary outcomes.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows, unit *share difference*: ``difference_from_rest`` by ``variable=value``, method
        ``cr2_satterthwaite``, effect size Cohen's h; and ``any_difference_by_...``, method ``cr2_htz``, group ``all``.
        Primary outcomes: Holm over all contrasts of one variable. Other outcomes, and both primary ones at once:
        Benjamini-Hochberg over everything explored. Where a group lies in one event there is no interval, and the note
        says so.
    """
    cluster = pd.factorize(clusters_of(event).reindex(positive.index))[0]
    outcomes = {o: positive[o].astype("Float64").to_numpy(dtype=float, na_value=np.nan) for o in positive.columns}
    rows: list[Row] = []
    for variable in groups.columns:
        found = []
        codes, values = pd.factorize(groups[variable].reindex(positive.index), sort=True)
        for outcome, y in outcomes.items():
            parts = _Parts(outcome, str(variable), y, cluster, codes, tuple(map(str, values)))
            found += list(_against_rest(parts, level))
            rows += _any(parts)
        rows += _adjust([r for r in found if r["outcome"] in primary], holm, f"Holm over {{n}} contrasts by {variable}")
        rows += [r for r in found if r["outcome"] not in primary]
    explored = [r for r in rows if r["term"] == "difference_from_rest" and r["outcome"] not in primary]
    kept = [r for r in rows if r["term"] != "difference_from_rest" or r["outcome"] in primary]
    return kept + _adjust(explored, benjamini_hochberg, "Benjamini-Hochberg over {n} contrasts explored")


@dataclass(frozen=True, eq=False)
class _Parts:
    """One outcome by the groups of one variable; group codes are -1 where the group is not known."""

    outcome: str
    variable: str
    y: np.ndarray
    cluster: np.ndarray
    codes: np.ndarray
    values: tuple[str, ...]

    @property
    def known(self) -> np.ndarray:
        """Answers with an outcome and a group."""
        return ~np.isnan(self.y) & (self.codes >= 0)

    def base(self, clusters: int) -> dict[str, Any]:
        """Answers used and left out, and clusters."""
        n = int(self.known.sum())
        return {"n": n, "n_excluded": len(self.y) - n, "n_clusters": clusters}


def _against_rest(parts: _Parts, level: float) -> Iterator[Row]:
    known = parts.known
    y, cluster, codes = parts.y[known], parts.cluster[known], parts.codes[known]
    for code, value in enumerate(parts.values):
        inside = codes == code
        n = int(inside.sum())
        if n in (0, len(y)):
            continue
        fit = cluster_regression(y, np.column_stack([np.ones(len(y)), inside]), cluster)
        share, rest = float(y[inside].mean()), float(y[~inside].mean())
        note = f"{share:.3f} of {n} {_REST}, {rest:.3f} of {len(y) - n}"
        effect = {"effect_size": _cohen_h(share, rest), "effect_size_kind": "cohen_h"}
        found, name = fit.contrast([0.0, 1.0], level), f"{parts.variable}={value}"
        term = "difference_from_rest"
        yield contrast_row(parts.outcome, term, name, found, note, level) | parts.base(fit.n_clusters) | effect


def _any(parts: _Parts) -> list[Row]:
    known = parts.known
    present = np.unique(parts.codes[known])
    if len(present) < 2:
        return []
    columns = (parts.codes[known][:, None] == present[1:]).astype(float)
    fit = cluster_regression(parts.y[known], np.column_stack([np.ones(len(columns)), columns]), parts.cluster[known])
    found = fit.joint(np.eye(len(present))[1:])
    values: dict[str, Any] = {**parts.base(fit.n_clusters), "unit": "F", "weighting": "none"}
    note = f"F test that {len(present)} groups do not differ"
    if found.rule is None:
        values |= {"statistic": found.statistic, "df": found.df[1], "p_value": found.p_value}
        note += f", on {found.df[0]:.0f} and {found.df[1]:.1f} degrees of freedom"
    told = "; ".join(filter(None, [note, found.rule]))
    return [row(parts.outcome, f"any_difference_by_{parts.variable}", "all", "cr2_htz", **values, note=told)]


def _adjust(rows: list[Row], method: Any, words: str) -> list[Row]:
    p_values = [r.get("p_value", math.nan) for r in rows]
    told = words.format(n=int(np.isfinite(p_values).sum()))
    return [
        r | ({"p_adjusted": float(p), "note": f"{r['note']}; {told}"} if math.isfinite(p) else {})
        for r, p in zip(rows, method(p_values), strict=True)
    ]


def _cohen_h(share: float, rest: float) -> float:
    return 2 * math.asin(math.sqrt(share)) - 2 * math.asin(math.sqrt(rest))
