"""Change within people: is there one, and how large, by transition item, by construct and by before/now pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.change import when_asked
from pipeline.analysis.effects import Effect, by_jackknife, dominance, dz, rank_biserial
from pipeline.analysis.estimates import Row, row
from pipeline.analysis.multiplicity import benjamini_hochberg, holm
from pipeline.analysis.shares import UNKNOWN_CLUSTER, count_clusters, overall
from pipeline.analysis.signed import SignedTest, clustered_sign, clustered_signed_rank, signed_rank, stuart_maxwell
from pipeline.core.scale import scaled_answers

_JUDGED: Final = "change as respondents judge it, against the middle of the scale; no baseline"
_NONE: Final = "nobody reports a change"
_LEADING: Final = "signed_rank_pratt_cluster"


def change_tests(
    answers: pd.DataFrame,
    items: pd.DataFrame,
    scores: pd.DataFrame,
    clusters: pd.Series,
    primary: Sequence[str],
    level: float,
) -> list[Row]:
    """Return tests and effect sizes of change.

    Parameters
    ----------
    answers, items, scores : DataFrame
        Contract tables.
    clusters : Series of str
        Event per response_id (the index), missing where unknown.
    primary : sequence of str
        Constructs declared as primary outcomes.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows, term ``change``, group ``all``; outcome = transition item, construct of transition items, or
        before/now pair. Tests (unit *z*): ``signed_rank_pratt_cluster`` and ``sign_cluster`` turn the signs of whole
        events, ``signed_rank_drop`` takes people as independent; for pairs ``stuart_maxwell`` (unit *chi2*). Effect
        sizes with intervals: ``dominance`` (up less down, unit *share*), ``rank_biserial`` and ``dz`` by jackknife over
        events, for pairs ``dz_noncentral_t`` too, people independent. p-values of ``signed_rank_pratt_cluster`` are
        adjusted: Holm over the primary outcomes, Benjamini-Hochberg over the others. Terms ``change=up``,
        ``change=same`` and ``change=down`` are the shares of people whose answer went up, stayed and went down.
    """
    rows: list[Row] = []
    for outcome, difference, note in _differences(answers, items, scores):
        cluster = difference.index.to_series().map(clusters)
        rows += [*_one(outcome, difference, cluster, note, level), *_ways(outcome, difference, cluster, level)]
    for pair, now, before, note in _pairs(answers, items):
        cluster = now.index.to_series().map(clusters)
        rows += [*_one(pair, now - before, cluster, note, level), *_ways(pair, now - before, cluster, level)]
        rows += _only_pairs(pair, now, before, note, level)
    return _adjusted(rows, primary)


def _differences(answers: pd.DataFrame, items: pd.DataFrame, scores: pd.DataFrame) -> list[tuple[str, pd.Series, str]]:
    """Each transition item less its middle, then each construct made of such items only."""
    scaled = scaled_answers(answers, items)
    designs = items.set_index("item")["design"]
    scaled = scaled.assign(design=scaled["item"].map(designs))
    middle = (scaled["minimum"] + scaled["maximum"]) / 2
    scaled = scaled.assign(difference=scaled["value"] - middle, middle=middle)
    found = [
        (str(item), part.set_index("response_id")["difference"], _JUDGED)
        for item, part in scaled[scaled["design"] == "transition"].groupby("item")
    ]
    for construct, part in scaled.groupby("construct"):
        own = scores[scores["construct"] == construct].set_index("response_id")["score"]
        if (part["design"] == "transition").all() and part["middle"].nunique() == 1 and len(own):
            found.append((str(construct), own - float(part["middle"].iloc[0]), _JUDGED))
    return found


def _pairs(answers: pd.DataFrame, items: pd.DataFrame) -> list[tuple[str, pd.Series, pd.Series, str]]:
    found = []
    for pair, group in items[items["pair"].notna() & items["maximum"].notna()].groupby("pair"):
        names = group.set_index("occasion")["item"]
        if not {"before", "now"} <= set(names.index) or group[["minimum", "maximum"]].drop_duplicates().shape[0] > 1:
            continue
        asked = answers[answers["item"].isin(names) & (answers["missing_reason"].fillna("") != "not_asked")]
        wide = asked.pivot(index="response_id", columns="item", values="value").reindex(columns=list(names))
        direction = -1.0 if bool(group["reversed"].astype(bool).any()) else 1.0
        found.append((str(pair), direction * wide[names["now"]], direction * wide[names["before"]], when_asked(group)))
    return found


def _one(outcome: str, difference: pd.Series, cluster: pd.Series, note: str, level: float) -> list[Row]:
    d = difference.to_numpy(dtype=float, na_value=np.nan)
    known = bool(cluster.notna().any())
    unit = cluster.fillna(UNKNOWN_CLUSTER).to_numpy(dtype=object) if known else np.arange(len(d)).astype(object)
    answered = ~np.isnan(d)
    base: dict[str, Any] = {"n": int(answered.sum()), "n_excluded": int((~answered).sum())}
    base |= {"n_clusters": len(set(unit[answered])) if known else None, "weighting": "none"}
    effect = rank_biserial(d, level)
    tests = {
        _LEADING: clustered_signed_rank(d, unit),
        "signed_rank_drop": signed_rank(d, "drop"),
        "sign_cluster": clustered_sign(d, unit),
    }
    rows = [_tested(outcome, method, test, effect, base, note) for method, test in tests.items()]
    sizes = {
        "dominance": (by_jackknife(dominance, d, unit, level, bounded=True), "share"),
        "rank_biserial": (
            by_jackknife(lambda x: rank_biserial(x).estimate, d, unit, level, bounded=True),
            "correlation",
        ),
        "dz": (by_jackknife(_dz, d, unit, level), "standard deviations"),
    }
    how = "jackknife over events" if known else "jackknife over people"
    return rows + [
        _sized(outcome, f"{name}_jackknife", size, base, unit_name, f"{note}; {how}", level)
        for name, (size, unit_name) in sizes.items()
    ]


def _ways(outcome: str, difference: pd.Series, cluster: pd.Series, level: float) -> list[Row]:
    d = difference.astype("Float64")
    ways = {"up": d > 0, "same": d == 0, "down": d < 0}
    return [
        r for way, hit in ways.items() for r in overall(count_clusters(hit, cluster), outcome, level, f"change={way}")
    ]


def _only_pairs(pair: str, now: pd.Series, before: pd.Series, note: str, level: float) -> list[Row]:
    both = now.notna() & before.notna()
    base: dict[str, Any] = {"n": int(both.sum()), "n_excluded": int((~both).sum()), "weighting": "none"}
    options = sorted({*now[both], *before[both]})
    table = np.zeros((len(options), len(options)))
    np.add.at(table, (np.searchsorted(options, before[both]), np.searchsorted(options, now[both])), 1)
    rows = []
    if len(options) > 1:
        found = stuart_maxwell(table)
        values = {"statistic": found.statistic, "df": found.df, "p_value": found.p_value, "unit": "chi2"}
        told = f"{note}; before and now have the same distribution; people taken as independent"
        rows.append(row(pair, "change", "all", "stuart_maxwell", **base, **values, note=told))
    size = dz((now - before)[both].to_numpy(dtype=float), level)
    told = f"{note}; people taken as independent"
    return [*rows, _sized(pair, "dz_noncentral_t", size, base, "standard deviations", told, level)]


def _dz(d: np.ndarray) -> float:
    spread = float(d.std(ddof=1)) if len(d) > 1 else 0.0
    return float(d.mean()) / spread if spread > 0 else float("nan")


def _tested(outcome: str, method: str, test: SignedTest, effect: Effect, base: dict[str, Any], note: str) -> Row:
    how = "exact" if np.isfinite(test.p_exact) else "normal"
    told = f"{note}; {test.n_zero} unchanged; {how} p-value" if np.isfinite(test.statistic) else f"{note}; {_NONE}"
    values = {"statistic": test.statistic, "p_value": test.p, "effect_size": effect.estimate}
    kind = "matched rank-biserial"
    return row(outcome, "change", "all", method, **base, **values, effect_size_kind=kind, unit="z", note=told)


def _sized(outcome: str, method: str, size: Effect, base: dict[str, Any], unit: str, note: str, level: float) -> Row:
    values = {"estimate": size.estimate, "std_error": size.std_error, "ci_low": size.low, "ci_high": size.high}
    told = note if np.isfinite(size.low) else f"{note}; no interval: no variance, or all changed the same way"
    df = size.df if np.isfinite(size.df) else None
    return row(outcome, "change", "all", method, **base, **values, df=df, ci_level=level, unit=unit, note=told)


def _adjusted(rows: list[Row], primary: Sequence[str]) -> list[Row]:
    out = list(rows)
    for main, rule, name in ((True, holm, "Holm"), (False, benjamini_hochberg, "Benjamini-Hochberg")):
        at = [i for i, r in enumerate(rows) if r["method"] == _LEADING and (r["outcome"] in primary) is main]
        p_values = [rows[i]["p_value"] for i in at]
        tested = int(np.isfinite(p_values).sum()) if at else 0
        for i, p in zip(at, rule(p_values), strict=True):
            out[i] = rows[i] | {"p_adjusted": float(p), "note": f"{rows[i]['note']}; {name} over {tested} outcomes"}
    return out
