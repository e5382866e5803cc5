"""The network of organisations and actions: how it grew, who came back, who joins what, and what chance would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.bipartite import Ties, betweenness, same_degrees, together
from pipeline.analysis.estimates import Row, count, row
from pipeline.analysis.multiplicity import benjamini_hochberg

#: Networks drawn by chance. More make the p-values finer, not the picture different.
SAMPLES: Final = 199
_REGISTER: Final = "from the register of involvement: who took part, not who spoke to whom"
_TWO: Final = "organisations in two actions or more"
_NULL: Final = "expected if ties fell at random, every organisation and action keeping its number of ties"
_DRAWN: Final = f"{_NULL}; {SAMPLES} draws; the limits hold the middle 95 % of them"


def network(involvement: pd.DataFrame, actions: pd.DataFrame, level: float, seed: int = 1) -> list[Row]:
    """Return the growth, the repeated cooperation and the brokers of the network.

    Parameters
    ----------
    involvement, actions : DataFrame
        Contract tables. A tie is an organisation in an action, from the first day it was there.
    level : float
        Level of the limits of the draws.
    seed : int
        Of the draws.

    Returns
    -------
    list of dict
        `estimates` rows, outcome ``network``. Counts: ``organisations``, ``ties``, ``returning_organisations`` (in two
        actions or more), ``pairs_meeting``, ``pairs_meeting_again`` (two organisations in two actions or more),
        ``bridging_organisations`` (in actions of two target groups or more). The last three also as ``bipartite_null``:
        what chance would make of it, with the p-value of what was found. By ``quarter=...``: ``new_ties``,
        ``new_organisations``, ``ties_of_known_organisations``, ``ties_to_date``. By ``organisation_id=...`` of two
        actions or more: ``betweenness`` against chance, p-values with Benjamini-Hochberg.

    Notes
    -----
    Null model: `bipartite.same_degrees`. A p-value is (1 + draws at least as far from their mean) / (1 + draws), for a
    broker (1 + draws at least as large) / (1 + draws): Davison and Hinkley (1997), section 4.2. The register says who
    took part, not who spoke to whom: meeting in an action is an opportunity to cooperate.
    """
    tied = involvement.dropna(subset=["organisation_id", "action_id"])
    if tied.empty:
        return []
    first = tied.groupby(["organisation_id", "action_id"])["date"].min()
    b = first.to_frame().assign(tie=1)["tie"].unstack(fill_value=0)
    groups = actions.set_index("action_id")["target_group"].reindex(b.columns)
    measures = _measures(groups)
    ties = b.to_numpy()
    drawn = list(same_degrees(ties, SAMPLES, seed))
    rows = [
        count("network", "organisations", "all", len(b), "organisations", _REGISTER),
        count("network", "ties", "all", int(ties.sum()), "ties", _REGISTER),
        count("network", "returning_organisations", "all", int((ties.sum(axis=1) > 1).sum()), "organisations", _TWO),
    ]
    for name, (unit, measure) in measures.items():
        rows += _against_chance(name, unit, measure(ties), np.array([measure(d) for d in drawn]), level)
    return [*rows, *_growth(first), *_brokers(b, drawn, level)]


def _measures(groups: pd.Series) -> dict[str, tuple[str, Callable[[Ties], int]]]:
    member = pd.get_dummies(groups).to_numpy(dtype=np.int64)
    found: dict[str, tuple[str, Callable[[Ties], int]]] = {
        "pairs_meeting": ("pairs", lambda b: int((together(b) > 0).sum()) // 2),
        "pairs_meeting_again": ("pairs", lambda b: int((together(b) > 1).sum()) // 2),
    }
    if member.shape[1] > 1:
        found["bridging_organisations"] = ("organisations", lambda b: int(((b @ member > 0).sum(axis=1) > 1).sum()))
    return found


def _against_chance(name: str, unit: str, found: int, drawn: np.ndarray, level: float) -> list[Row]:
    mean = float(drawn.mean())
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    p_value = (1 + int((np.abs(drawn - mean) >= abs(found - mean) - 1e-9).sum())) / (1 + len(drawn))
    spread = float(drawn.std(ddof=1))
    chance: dict[str, Any] = {"std_error": spread, "ci_low": min(float(low), mean), "ci_high": max(float(high), mean)}
    effect = {"effect_size": (found - mean) / spread, "effect_size_kind": "z"} if spread > 0 else {}
    note = _DRAWN if spread > 0 else f"{_NULL}: the numbers of ties allow nothing else"
    return [
        count("network", name, "all", found, unit, _REGISTER),
        row(
            "network", name, "all", "bipartite_null", n=len(drawn), estimate=mean, **chance, ci_level=level,
            statistic=float(found), p_value=p_value, **effect, unit=unit, note=note,
        ),
    ]  # fmt: skip


def _growth(first: pd.Series) -> Iterator[Row]:
    """Counts per quarter, from the first quarter with a tie to the last; ties without a date are told in the note."""
    dated = first.dropna()
    if dated.empty:
        return
    note = f"without {len(first) - len(dated)} ties without a date" if len(dated) < len(first) else _REGISTER
    quarter = dated.dt.to_period("Q")
    entered = quarter.groupby("organisation_id").transform("min")
    quarters = pd.period_range(quarter.min(), quarter.max(), freq="Q")
    series = {
        "new_organisations": entered.groupby("organisation_id").first().value_counts(),
        "new_ties": quarter.value_counts(),
        "ties_of_known_organisations": quarter[quarter > entered].value_counts(),
    }
    filled = {name: s.reindex(quarters, fill_value=0) for name, s in series.items()}
    filled["ties_to_date"] = filled["new_ties"].cumsum()
    for name, values in filled.items():
        unit = "organisations" if name == "new_organisations" else "ties"
        for period, n in values.items():
            yield count("network", name, f"quarter={period}", int(n), unit, note)


def _brokers(b: pd.DataFrame, drawn: list[Ties], level: float) -> Iterator[Row]:
    found = betweenness(b.to_numpy())
    chance = np.array([betweenness(d) for d in drawn])
    who = np.flatnonzero(b.to_numpy().sum(axis=1) > 1)
    p_values = (1 + (chance >= found - 1e-9).sum(axis=0)) / (1 + len(chance))
    adjusted = benjamini_hochberg(p_values[who])
    usual = np.quantile(chance, (1 + level) / 2, axis=0)
    for i, p in zip(who, adjusted, strict=True):
        note = f"with as many ties, {usual[i]:.0f} or more by chance in {(1 - level) / 2:.1%} of {len(chance)} draws"
        yield row(
            "network", "betweenness", f"organisation_id={b.index[i]}", "bipartite_null",
            n=int(b.iloc[i].sum()), estimate=float(found[i]), p_value=float(p_values[i]), p_adjusted=float(p),
            unit="pairs of organisations and actions", note=f"{note}; Benjamini-Hochberg over {len(who)}",
        )  # fmt: skip
