"""Rows as they leave the disclosure gate, made by hand: texts are tested apart from what the gate decides to hide."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from pipeline.report.disclosure import Released


def released(frame: pd.DataFrame, least: int = 10, terms: Collection[str] = ()) -> Released:
    """Mask groups of fewer than `least` respondents, and the rows of `terms`, and nothing else."""
    if "group" not in frame:
        return Released(frame, pd.DataFrame(columns=["outcome", "term", "group", "reason"]))
    small = (frame["group"] != "all") & (frame["n"] < least).fillna(False).astype(bool)
    masked = small | frame["term"].isin(list(terms))
    shown = frame.copy()
    numbers = {"n", "n_excluded", "n_clusters", "estimate", "ci_low", "ci_high"} & set(frame.columns)
    shown.loc[masked, sorted(numbers)] = None
    reason = small.map({True: f"n < {least}", False: "count 1-4 or protects one"})
    shown["note"] = frame["note"].astype(object).mask(masked, reason).astype("str")
    return Released(shown, frame.loc[masked, ["outcome", "term", "group"]].assign(reason=reason[masked]))
