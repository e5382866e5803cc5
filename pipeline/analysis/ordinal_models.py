"""Rows of the ordinal models: item answers of respondents nested in events, for whom they are higher, and in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import special

from pipeline.analysis.estimates import Row, row
from pipeline.analysis.mixed import Mixed, ordinal_nested
from pipeline.analysis.ordinal import Ordinal, cluster_covariance, nominal_test, proportional_odds
from pipeline.analysis.probabilities import Combination, Probabilities, average_probabilities
from pipeline.analysis.terms import Terms, terms
from pipeline.core.errors import AnalysisError
from pipeline.core.scale import scaled_answers

_MIXED: Final = "clmm_nested"
#: Nodes per level: estimates of the sample move by 1e-5 against 25 nodes, at a sixteenth of the time.
_NODES: Final = 7
#: Logarithm of the factor between a standard deviation and its limits above which they say nothing.
_WIDEST: Final = 20.0
_ROBUST: Final = "clm_cluster"
_WHAT: Final = "item answers of respondents nested in events"
_ROBUST_NOTE: Final = "item answers, proportional odds, covariance robust to clustering by event, t with G - 1"
_NOMINAL: Final = "likelihood ratio test of proportional odds; ignores clustering, so a small p-value is weak evidence"


@dataclass(frozen=True, eq=False)
class _Data:
    """Answers of one construct, the columns that explain them, and what was left out."""

    outcome: str
    frame: pd.DataFrame
    columns: Terms
    variable: str | None
    people: pd.Series
    n_excluded: int
    level: float

    @property
    def base(self) -> dict[str, Any]:
        return {
            "n": len(self.frame),
            "n_excluded": self.n_excluded,
            "n_clusters": int(self.frame["event_id"].nunique()),
            "weighting": "none",
        }


def ordinal_models(
    answers: pd.DataFrame,
    items: pd.DataFrame,
    responses: pd.DataFrame,
    primary: Sequence[str],
    groups: pd.DataFrame,
    level: float,
) -> list[Row]:
    """Return the ordinal models of the items of every primary construct.

    The units are item answers (reversed items turned), explained by the item and, where the project has one, its first
    grouping variable; respondents and events have random intercepts (``clmm_nested``). Beside it stands the model
    without random intercepts and with an event-robust covariance (``clm_cluster``), whose log odds ratios are of a
    population and so smaller, and the test of proportional odds (``nominal_test``).

    Parameters
    ----------
    answers, items, responses : DataFrame
        Contract tables.
    primary : sequence of str
        Constructs declared as primary outcomes.
    groups : DataFrame
        Grouping variables indexed by response_id; the first besides action_id enters the model.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows. ``threshold=1|2``, ``item=...``, ``log_odds_ratio`` of a group, ``sd=event``,
        ``sd=respondent`` (*log_odds*); ``icc=event``, ``icc=respondent`` (*correlation*); per group ``average_code=4``
        (*share*: what the model expects were all of that group) and ``difference_code=4`` from the reference group;
        ``proportional_odds=...``. n counts item answers; of a group's rows, its respondents. A model that cannot be
        fitted leaves one row whose note says why.
    """
    rows: list[Row] = []
    scaled = scaled_answers(answers, items)
    for outcome in primary:
        part = scaled[scaled["construct"] == outcome]
        if part["value"].notna().any():
            rows += _models(part, responses, groups, outcome, level)
    return rows


def _models(part: pd.DataFrame, responses: pd.DataFrame, groups: pd.DataFrame, outcome: str, level: float) -> list[Row]:
    rows: list[Row] = []
    try:
        data = _prepared(part, responses, groups, outcome, level)
    except AnalysisError as fault:
        return [_refused(outcome, _MIXED, fault)]
    for method, rows_of in ((_MIXED, _mixed_rows), (_ROBUST, _robust_rows), ("nominal_test", _nominal_rows)):
        try:
            rows += rows_of(data)
        except AnalysisError as fault:
            rows.append(_refused(outcome, method, fault))
    return rows


def _prepared(part: pd.DataFrame, responses: pd.DataFrame, groups: pd.DataFrame, outcome: str, level: float) -> _Data:
    variable = next((v for v in groups.columns if v != "action_id"), None)
    frame = part[["response_id", "item", "value"]].merge(responses[["response_id", "event_id"]], on="response_id")
    needed = ["value", "event_id"]
    if variable is not None:
        frame[variable] = frame["response_id"].map(groups[variable])
        needed.append(variable)
    complete = frame.dropna(subset=needed).reset_index(drop=True)
    if not len(complete):
        raise AnalysisError("no answer has an event and a group")
    people = complete.groupby(variable)["response_id"].nunique() if variable else pd.Series(dtype=int)
    levels = {variable: _largest_first(people)} if variable else {}
    wanted = [v for v in ("item", variable) if v and complete[v].nunique() > 1]
    found = terms(complete, wanted, levels)
    return _Data(
        outcome, complete, found, variable if variable in wanted else None, people, len(part) - len(complete), level
    )


def _largest_first(people: pd.Series) -> list[str]:
    """The reference is the largest group; equals in alphabetical order."""
    return [str(v) for v in people.sort_index().sort_values(ascending=False, kind="stable").index]


def _mixed_rows(data: _Data) -> list[Row]:
    frame = data.frame
    fit = ordinal_nested(
        frame["value"], frame["event_id"], frame["response_id"], data.columns, ("event", "respondent"), nodes=_NODES
    )
    note = "; ".join(filter(None, [_WHAT, fit.note]))
    rows = _coefficients(data, fit, fit.std_error, _MIXED, math.inf, note) + _levels(data, fit, note)
    if data.variable is None:
        return rows
    found = average_probabilities(fit, data.columns.everyone(data.variable))
    return rows + _in_words(data, found, note)


def _robust_rows(data: _Data) -> list[Row]:
    fit = proportional_odds(data.frame["value"], data.columns)
    variance, df = np.diag(cluster_covariance(fit, data.frame["event_id"])), data.base["n_clusters"] - 1
    return _coefficients(data, fit, _errors(variance), _ROBUST, df, _ROBUST_NOTE)


def _errors(variance: np.ndarray) -> np.ndarray:
    """Return standard errors; of a flat likelihood rounding is all that is left of a variance, and may be negative."""
    if not np.all(variance > 0):
        raise AnalysisError("the answers do not determine the covariance of the model")
    return np.sqrt(variance)


def _nominal_rows(data: _Data) -> list[Row]:
    rows = []
    for found in nominal_test(data.frame["value"], data.columns).itertuples():
        values = {"statistic": found.statistic, "df": found.df, "p_value": found.p_value, "unit": "log_odds"}
        note = "; ".join(filter(None, [_NOMINAL, found.note]))
        rows.append(
            row(
                data.outcome, f"proportional_odds={found.term}", "all", "nominal_test", **data.base, **values, note=note
            )
        )
    return rows


def _coefficients(
    data: _Data, fit: Mixed | Ordinal, std_error: np.ndarray, method: str, df: float, note: str
) -> list[Row]:
    half = _quantile(data.level, df)
    rows = []
    for name, value, se in zip(fit.names, fit.parameters, std_error, strict=True):
        term, group, n = _named(data, name)
        t = value / se
        p = 2 * float(special.ndtr(-abs(t)) if math.isinf(df) else special.stdtr(df, -abs(t)))
        tested = {} if "|" in name else {"statistic": t, "p_value": p, "df": None if math.isinf(df) else df}
        limits = {"estimate": value, "std_error": se, "ci_low": value - half * se, "ci_high": value + half * se}
        values = {**data.base, "n": n, **limits, **tested, "ci_level": data.level, "unit": "log_odds"}
        if group != "all":
            values |= {"effect_size": math.exp(value), "effect_size_kind": "odds_ratio"}
        rows.append(
            row(data.outcome, term, group, method, **values, note=note if group == "all" else _against(data, note))
        )
    return rows


def _named(data: _Data, name: str) -> tuple[str, str, int]:
    if "|" in name:
        return f"threshold={name}", "all", len(data.frame)
    if data.variable and name.startswith(f"{data.variable}="):
        return "log_odds_ratio", name, int(data.people[name.removeprefix(f"{data.variable}=")])
    return name, "all", len(data.frame)


def _against(data: _Data, note: str) -> str:
    base = next(name for name in data.columns.reference if name.startswith(f"{data.variable}="))
    return f"{note}; against {base}"


def _levels(data: _Data, fit: Mixed, note: str) -> list[Row]:
    """Standard deviations of the random intercepts, with limits on the log scale, and what share of all they are."""
    rows, at = [], len(fit.parameters)
    statistic, p = fit.variance_test()
    tested = {"statistic": statistic, "df": len(fit.levels), "p_value": p, "unit": "log_odds"}
    rows.append(row(data.outcome, "random_intercepts", "all", _MIXED, **data.base, **tested, note=note))
    for level in fit.levels:
        values: dict[str, Any] = {"estimate": level.sd, "unit": "log_odds"}
        if level.sd > 0:
            values |= _sd_limits(level.sd, math.sqrt(fit.covariance[at, at]), data.level)
            at += 1
        icc = {"estimate": fit.icc(level.name), "unit": "correlation"}
        rows.append(row(data.outcome, f"sd={level.name}", "all", _MIXED, **data.base, **values, note=note))
        rows.append(row(data.outcome, f"icc={level.name}", "all", _MIXED, **data.base, **icc, note=note))
    return rows


def _sd_limits(sd: float, error: float, level: float) -> dict[str, float]:
    """Limits of a standard deviation from the error of its logarithm; none where the answers do not determine it."""
    half = _quantile(level, math.inf) * error
    if not half < _WIDEST:
        return {}
    spread = math.exp(half)
    return {"ci_low": sd / spread, "ci_high": sd * spread, "ci_level": level, "std_error": sd * error}


def _in_words(data: _Data, found: Probabilities, note: str) -> list[Row]:
    """Average probability of every option in each group, and the difference from the reference group."""
    rows = []
    base, *others = found.scenarios
    for i, code in enumerate(found.categories):
        one = np.eye(len(found.categories))[i]
        label = f"{code:g}"
        for group in found.scenarios:
            share = found.share(group, one, data.level)
            rows.append(_probability(data, f"average_code={label}", group, share, note))
        for group in others:
            gap = found.difference(group, base, one, data.level)
            rows.append(_probability(data, f"difference_code={label}", group, gap, _against(data, note)))
    return rows


def _probability(data: _Data, term: str, group: str, found: Combination, note: str) -> Row:
    limits = {"estimate": found.estimate, "std_error": found.std_error, "ci_low": found.low, "ci_high": found.high}
    values = {**data.base, "n": int(data.people[group.removeprefix(f"{data.variable}=")]), **limits, "unit": "share"}
    return row(data.outcome, term, group, _MIXED, **values, ci_level=data.level, note=note)


def _quantile(level: float, df: float) -> float:
    upper = 0.5 + level / 2
    return float(special.ndtri(upper) if math.isinf(df) else special.stdtrit(df, upper))


def _refused(outcome: str, method: str, fault: AnalysisError) -> Row:
    return row(outcome, "model", "all", method, unit="log_odds", weighting="none", note=fault.what)
