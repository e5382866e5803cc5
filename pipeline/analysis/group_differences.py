"""Rows that check the differences between groups by the wild cluster bootstrap-t, beside CR2 of `contrasts`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.analysis.estimates import Row, row
from pipeline.analysis.wild import wild_bootstrap
from pipeline.core.errors import AnalysisError

_METHOD: Final = "wild_bootstrap_t"
_NOTE: Final = "against all other answers; null imposed, {} sign vectors{}; not adjusted"
_REPLICATES: Final = 1999


def group_differences(
    scores: pd.DataFrame, responses: pd.DataFrame, primary: Sequence[str], groups: pd.DataFrame
) -> list[Row]:
    """Return the wild bootstrap test of every group's share against the rest, for every primary outcome.

    Parameters
    ----------
    scores, responses : DataFrame
        Contract tables.
    primary : sequence of str
        Constructs declared as primary outcomes.
    groups : DataFrame
        Grouping variables indexed by response_id. Actions are left out: see `action_shares`.

    Returns
    -------
    list of dict
        `estimates` rows ``difference_from_rest`` (*share difference*) by ``variable=value``, method
        ``wild_bootstrap_t``: difference, statistic and p-value, no interval. n is that of the group. Responses without
        an event are left out. Where the test is not defined the note says why.
    """
    rows: list[Row] = []
    event = responses.set_index("response_id")["event_id"]
    for outcome in primary:
        own = scores.loc[scores["construct"] == outcome].set_index("response_id")["positive"].astype("boolean")
        for variable in [v for v in groups.columns if v != "action_id"]:
            group = groups[variable].reindex(event.index)
            frame = pd.DataFrame({"positive": own.reindex(event.index), "event": event, "group": group})
            known = frame.dropna()
            for value in sorted(known["group"].unique()):
                rows += _against_rest(known, len(frame) - len(known), outcome, variable, value)
    return rows


def _against_rest(known: pd.DataFrame, n_excluded: int, outcome: str, variable: str, value: str) -> list[Row]:
    inside = (known["group"] == value).to_numpy(dtype=float)
    if inside.all():
        return []
    positive = known["positive"].to_numpy(dtype=float)
    base: dict[str, Any] = {
        "n": int(inside.sum()),
        "n_excluded": n_excluded,
        "n_clusters": int(known["event"].nunique()),
        "estimate": float(positive[inside == 1].mean() - positive[inside == 0].mean()),
        "unit": "share difference",
        "weighting": "none",
    }
    place = (outcome, "difference_from_rest", f"{variable}={value}", _METHOD)
    try:
        columns = np.column_stack([np.ones(len(known)), inside])
        found = wild_bootstrap(positive, columns, 1, known["event"], replicates=_REPLICATES)
    except AnalysisError as fault:
        return [row(*place, **base, note=fault.what)]
    note = _NOTE.format(found.replicates, ", all there are" if found.enumerated else "")
    return [row(*place, **base, statistic=found.statistic, p_value=found.p_value, note=note)]
