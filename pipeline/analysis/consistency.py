"""What the items of each construct have in common, and scores of published scales."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from pipeline.analysis.design import design, mean
from pipeline.analysis.estimates import Row, row
from pipeline.analysis.item_analysis import ItemAnalysis, item_analysis, straight_lined
from pipeline.analysis.one_factor import OneFactor, one_factor
from pipeline.analysis.polychoric import ordinal_alpha
from pipeline.analysis.scales import REGISTRY, scale_score
from pipeline.analysis.shares import UNKNOWN_CLUSTER, count_clusters, overall
from pipeline.core.config import Scale
from pipeline.core.errors import AnalysisError
from pipeline.core.scale import scaled_answers, scaled_items

_INDEPENDENT: Final = "responses taken as independent"


def consistency(answers: pd.DataFrame, items: pd.DataFrame, clusters: pd.Series, level: float) -> list[Row]:
    """Return omega, alpha and its parts for every construct, and the share of straight-lined forms.

    Parameters
    ----------
    answers, items : DataFrame
        Contract tables.
    clusters : Series of str
        Event per response_id (the index).
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows. Group ``all``: ``omega`` (``omega_total_ml``), ``one_factor`` (``ml_fit``: estimate = CFI,
        chi-squared test, effect size = RMSEA), ``alpha`` (``ordinal_alpha``, from polychoric correlations),
        ``average_correlation``. Group ``item=...``: ``item_rest`` and ``alpha_if_dropped``. What is undefined has a
        note and no number. Outcome ``responses``, term ``straight_lining``: ``wilson`` and ``cluster_logit_t``.
    """
    rows: list[Row] = []
    for construct, part in scaled_answers(answers, items).groupby("construct"):
        wide = part.pivot(index="response_id", columns="item", values="value")
        if wide.shape[1] > 1:
            rows += _construct(str(construct), wide, level)
    return rows + _straight(answers, items, clusters, level)


def scale_means(answers: pd.DataFrame, clusters: pd.Series, declared: tuple[Scale, ...], level: float) -> list[Row]:
    """Return the mean of every published scale the project declares, clustered by event.

    Parameters
    ----------
    answers : DataFrame
        Contract table.
    clusters : Series of str
        Event per response_id (the index).
    declared : tuple of Scale
        From project.toml; the items in the published order.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows, outcome = key of the scale, term ``mean_score``, method ``cluster_t``, unit *points*. The note
        has the citation and the licence, and says what of the scoring is not verified.

    Raises
    ------
    AnalysisError
        When a condition of the scale's name is not met: a score is refused the name.
    """
    from scipy import special  # noqa: PLC0415

    rows = []
    for scale in declared:
        if scale.key not in REGISTRY:
            raise AnalysisError(f"no scale '{scale.key}' in the registry", allowed=", ".join(sorted(REGISTRY)))
        spec = REGISTRY[scale.key]
        values = answers.pivot(index="response_id", columns="item", values="value").reindex(columns=list(scale.items))
        score = scale_score(spec, values, scale.official_wording, dict(scale.conversion))
        cluster = score.index.to_series().map(clusters).fillna(UNKNOWN_CLUSTER)[score.notna()]
        found = mean(score.dropna().to_numpy(dtype=float), design(len(cluster), cluster=cluster))
        half = float(special.stdtrit(found.df, 0.5 + level / 2)) * found.std_error if found.df > 0 else float("nan")
        limits = {"ci_low": found.estimate - half, "ci_high": found.estimate + half, "ci_level": level, "df": found.df}
        base = {"n": found.n, "n_excluded": len(score) - found.n, "n_clusters": found.n_clusters}
        note = "; ".join([spec.name, spec.citation, spec.licence, *(f"not verified: {u}" for u in spec.unverified)])
        values_ = {**base, **limits, "estimate": found.estimate, "std_error": found.std_error, "unit": "points"}
        rows.append(row(scale.key, "mean_score", "all", "cluster_t", **values_, weighting="none", note=note))
    return rows


def _construct(construct: str, wide: pd.DataFrame, level: float) -> list[Row]:
    n = int(wide.notna().all(axis=1).sum())
    base = {"n": n, "n_excluded": len(wide) - n}
    rows = _factor_rows(construct, wide, base, level)
    try:
        found = item_analysis(wide, level)
    except AnalysisError as refusal:
        return [*rows, row(construct, "item_rest", "all", "item_analysis", **base, note=f"undefined: {refusal.what}")]
    note = f"{wide.shape[1]} items; of the variables thought to lie behind the answers, not of the score"
    ordinal = {"estimate": ordinal_alpha(wide), "unit": "alpha", "note": note}
    rows.append(row(construct, "alpha", "all", "ordinal_alpha", **base, **ordinal))
    average = {"estimate": found.average_r, "unit": "correlation", "note": f"{wide.shape[1]} items"}
    rows.append(row(construct, "average_correlation", "all", "pearson", **base, **average))
    return rows + _item_rows(construct, found, base)


def _item_rows(construct: str, found: ItemAnalysis, base: dict[str, Any]) -> list[Row]:
    terms = {"item_rest": "correlation", "alpha_if_dropped": "alpha"}
    note = {"item_rest": "with the sum of the other items", "alpha_if_dropped": f"alpha of all {found.alpha:.3f}"}
    return [
        row(construct, term, f"item={item}", "item_analysis", **base, estimate=float(value), unit=unit, note=note[term])
        for term, unit in terms.items()
        for item, value in found.items[term].items()
        if pd.notna(value)
    ]


def _factor_rows(construct: str, wide: pd.DataFrame, base: dict[str, Any], level: float) -> list[Row]:
    try:
        found = one_factor(wide, level)
    except AnalysisError as refusal:
        note = f"undefined: {refusal.what}"
        return [row(construct, "omega", "all", "omega_total_ml", **base, unit="omega", note=note)]
    limits = {"ci_low": found.low, "ci_high": found.high, "ci_level": level, "std_error": found.std_error}
    note = f"{wide.shape[1]} items, one factor; {_INDEPENDENT}"
    omega = row(
        construct, "omega", "all", "omega_total_ml", **base, estimate=found.omega, **limits, unit="omega", note=note
    )
    return [omega, _fit_row(construct, found, base)] if found.df else [omega]


def _fit_row(construct: str, found: OneFactor, base: dict[str, Any]) -> Row:
    test = {"statistic": found.chi2, "df": found.df, "p_value": found.p_value}
    size = {"effect_size": found.rmsea, "effect_size_kind": "rmsea", "unit": "cfi"}
    note = f"estimate is the comparative fit index; normal theory, {_INDEPENDENT}"
    return row(construct, "one_factor", "all", "ml_fit", **base, estimate=found.cfi, **test, **size, note=note)


def _straight(answers: pd.DataFrame, items: pd.DataFrame, clusters: pd.Series, level: float) -> list[Row]:
    grid = scaled_items(items)
    grid = grid[grid["design"] == "transition"]
    if len(grid) < 5:
        return []
    wide = answers[answers["item"].isin(grid["item"])].pivot(index="response_id", columns="item", values="value")
    same = straight_lined(wide)
    counts = count_clusters(same, same.index.to_series().map(clusters))
    turned = int(grid["reversed"].astype(bool).sum())
    worded = f"{turned} of {len(grid)} questions worded the other way" if turned else "no question worded the other way"
    note = f"one answer throughout the transition items, five or more answered; {worded}"
    return [
        r | {"note": "; ".join(filter(None, [note, r.get("note")]))}
        for r in overall(counts, "responses", level, "straight_lining")
    ]
