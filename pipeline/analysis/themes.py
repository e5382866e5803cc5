"""Open answers coded by people: how far the coders agree per theme, what is left to settle, how common each theme is.

No theme is invented here. A coder who read an answer and saw no theme in it left a row without theme; an answer without
a row was not read by that coder, and counts in neither direction.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.agreement import Agreement, cohen, gwet, krippendorff, krippendorff_bootstrap, percent_agreement
from pipeline.analysis.cluster_draws import draw_counts
from pipeline.analysis.estimates import Row, row
from pipeline.analysis.shares import by_group, count_clusters, overall
from pipeline.core.words import ADJUDICATED

_UNIT: Final = ["response_id", "item"]
_BASE: Final = "among open answers that were coded, by whoever wrote one"


def ratings(codes: pd.DataFrame, theme: str) -> pd.DataFrame:
    """Return who gave a theme to what: 1 or 0, empty where a coder did not read the answer.

    Parameters
    ----------
    codes : DataFrame
        Contract table.
    theme : str
        The theme.

    Returns
    -------
    DataFrame
        Rows are open answers (response_id, item), columns coders; what was settled together is no coder.
    """
    own = codes[codes["coder"] != ADJUDICATED]
    given = own.assign(hit=(own["theme"] == theme).astype(float))
    return given.pivot_table(index=_UNIT, columns="coder", values="hit", aggfunc="max", sort=True)


def merge(codes: pd.DataFrame) -> pd.DataFrame:
    """Return whether each coded answer has each theme, all coders taken together.

    Returns
    -------
    DataFrame
        response_id, item, theme, n_coders, n_given, given: true where more than half of its coders gave it, missing
        where exactly half did, which people have to settle. What they settled (coder `adjudicated`) goes before.

    Examples
    --------
    >>> codes = pd.DataFrame({"response_id": ["a", "a", "b", "b"], "item": "c", "coder": ["1", "2", "1", "2"],
    ...                       "theme": ["bus", "bus", "bus", None]})
    >>> merge(codes)["given"].tolist()
    [True, <NA>]
    """
    settled = codes.loc[codes["coder"] == ADJUDICATED]
    decided = set(map(tuple, settled[_UNIT].to_numpy()))
    parts = []
    for theme in themes(codes):
        wide = ratings(codes, theme)
        count = pd.DataFrame({"n_coders": wide.notna().sum(axis=1), "n_given": wide.sum(axis=1)}).astype(int)
        twice = 2 * count["n_given"]
        given = (twice > count["n_coders"]).astype("boolean").mask(twice == count["n_coders"])
        final = set(map(tuple, settled.loc[settled["theme"] == theme, _UNIT].to_numpy()))
        known = [unit in final if unit in decided else g for unit, g in given.items()]
        count["given"] = pd.array(known, dtype="boolean")
        parts.append(count.assign(theme=theme).reset_index())
    columns = [*_UNIT, "theme", "n_coders", "n_given", "given"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def disagreements(codes: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    """Return what coders see differently and have not settled: one row per open answer and theme, with its text.

    Returns
    -------
    DataFrame
        theme, response_id, item, given_by, not_given_by (coders, joined), text; rarest themes first.
    """
    decided = set(map(tuple, codes.loc[codes["coder"] == ADJUDICATED, _UNIT].to_numpy()))
    texts = comments.set_index(_UNIT)["text"]
    rows = []
    for theme in themes(codes):
        wide = ratings(codes, theme)
        split = wide[(wide.max(axis=1) != wide.min(axis=1))]
        for unit, seen in split.iterrows():
            if unit not in decided:
                who = {v: ", ".join(map(str, seen.index[seen == v])) for v in (1.0, 0.0)}
                rows.append((theme, *unit, who[1.0], who[0.0], texts.get(unit)))
    found = pd.DataFrame(rows, columns=["theme", *_UNIT, "given_by", "not_given_by", "text"])
    size = found["theme"].map(codes["theme"].value_counts())
    return found.assign(size=size).sort_values(["size", "theme", *_UNIT], ignore_index=True).drop(columns="size")


def themes(codes: pd.DataFrame) -> list[str]:
    """Return the themes in use, in order."""
    return sorted(codes["theme"].dropna().unique())


def theme_agreement(codes: pd.DataFrame, level: float, replicates: int = 500, seed: int = 1) -> list[Row]:
    """Return how far coders agree on each theme.

    Parameters
    ----------
    codes : DataFrame
        Contract table.
    level : float
        Confidence level.
    replicates, seed : int
        Of the bootstrap over open answers that gives alpha its interval.

    Returns
    -------
    list of dict
        `estimates` rows, outcome ``item/theme``, term ``agreement``, unit *coefficient*: ``krippendorff_nominal``,
        ``gwet_ac1``, ``percent_agreement`` and, of two coders, ``cohen_kappa``. Alpha is empty, with a note, where
        nobody or everybody gave the theme. Nothing where one person coded alone.

    Notes
    -----
    Krippendorff (2004), Content Analysis, section 11.4: draw conclusions from 0.80, tentative ones from 0.667.
    """
    rows: list[Row] = []
    for item, part in codes.groupby("item"):
        for theme in themes(part):
            wide = ratings(part, theme)
            if wide.shape[1] > 1 and (wide.notna().sum(axis=1) > 1).any():
                rows += _agreement(f"{item}/{theme}", wide.to_numpy(dtype=float), level, replicates, seed)
    return rows


def theme_shares(codes: pd.DataFrame, responses: pd.DataFrame, level: float) -> list[Row]:
    """Return how common each theme is among the coded open answers, overall and by role.

    Returns
    -------
    list of dict
        `estimates` rows, outcome ``item/theme``, term ``theme_share``, unit *share*, group ``all`` and ``role=...``;
        methods as for any share, and ``adjudication_bounds``: if none, or all, of the answers still to be settled had
        the theme.
    """
    known = responses.set_index("response_id")
    merged = merge(codes)
    rows: list[Row] = []
    for (item, theme), part in merged.groupby(["item", "theme"]):
        given = part.set_index("response_id")["given"]
        event, role = (known[c].reindex(given.index) for c in ("event_id", "role"))
        counts = count_clusters(given, event)
        own = overall(counts, f"{item}/{theme}", level)
        if role.notna().any():
            own += by_group(count_clusters(given, event, role), f"{item}/{theme}", "role", level)
        told = _settled(int(given.isna().sum()))
        rows += [r | {"term": "theme_share", "note": "; ".join(filter(None, [told, r["note"]]))} for r in _noted(own)]
        rows.append(_bounds(f"{item}/{theme}", given, told))
    return rows


def _noted(rows: list[Row]) -> Iterator[Row]:
    yield from ({"note": None} | r for r in rows)


def _settled(open_: int) -> str:
    return _BASE + (f"; {open_} on which the coders are split left out" if open_ else "")


def _bounds(outcome: str, given: pd.Series, told: str) -> Row:
    n, yes, split = len(given), int(given.sum()), int(given.isna().sum())
    limits = {"ci_low": yes / n, "ci_high": (yes + split) / n}
    estimate = yes / (n - split) if n > split else math.nan
    base: dict[str, Any] = {"n": n - split, "n_excluded": split, "unit": "share", "weighting": "none"}
    note = f"{told}; bounds, no interval of confidence"
    return row(outcome, "theme_share", "all", "adjudication_bounds", **base, **limits, estimate=estimate, note=note)


def _agreement(outcome: str, wide: np.ndarray, level: float, replicates: int, seed: int) -> list[Row]:
    alpha = krippendorff(wide)
    low, high = _alpha_limits(wide, alpha, level, replicates, seed)
    note = _verdict(alpha.coefficient)
    limits = {} if math.isnan(low) else {"ci_low": low, "ci_high": high, "ci_level": level}
    n = int((np.count_nonzero(~np.isnan(wide), axis=1) > 1).sum())
    base: dict[str, Any] = {"n": n, "n_excluded": len(wide) - n, "unit": "coefficient"}
    rows = [
        row(outcome, "agreement", "all", "krippendorff_nominal", **base, **limits, estimate=_or_none(alpha), note=note),
        row(outcome, "agreement", "all", "gwet_ac1", **base, estimate=_or_none(gwet(wide))),
        row(outcome, "agreement", "all", "percent_agreement", **base, estimate=_or_none(percent_agreement(wide))),
    ]
    if wide.shape[1] == 2:
        kappa = cohen(wide[:, 0], wide[:, 1])
        error = None if math.isnan(kappa.std_error) else kappa.std_error
        rows.append(row(outcome, "agreement", "all", "cohen_kappa", **base, estimate=_or_none(kappa), std_error=error))
    return rows


def _alpha_limits(wide: np.ndarray, alpha: Agreement, level: float, replicates: int, seed: int) -> tuple[float, float]:
    if math.isnan(alpha.coefficient) or alpha.observed == 0:
        return math.nan, math.nan
    # in an order that does not depend on where the answers stand in the files
    drawn = krippendorff_bootstrap(wide[np.lexsort(wide.T)], draw_counts(len(wide), replicates, seed))
    low, high = np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return min(float(low), alpha.coefficient), max(float(high), alpha.coefficient)


def _verdict(alpha: float) -> str:
    if math.isnan(alpha):
        return "undefined: the coders used one code only"
    if alpha == 1:
        return "no disagreement, hence no interval"
    words = "reliable" if alpha >= 0.8 else "for tentative conclusions" if alpha >= 2 / 3 else "not to be relied on"
    return f"{words} (Krippendorff: 0.80, tentative from 0.667); interval by bootstrap over open answers"


def _or_none(found: Agreement) -> float | None:
    return None if math.isnan(found.coefficient) else found.coefficient
