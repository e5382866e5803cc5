"""The one gate between processed/ and everything that is published: no percentage of a small group passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.core.errors import PipelineError

#: A month is no group of people, so how many came in one may be shown.
_TIME: Final = r"(?:year|quarter|month|week|date)=[0-9QW-]+"
_ESTIMATES: Final = {"outcome", "term", "group", "method", "n", "note"}
_LEDGER: Final = {"scope", "unit", "returned"}
_HIDDEN: Final = ["outcome", "term", "group", "reason"]


@dataclass(frozen=True, eq=False)
class Released:
    """A table that has passed the gate, and what the gate took out of it.

    Parameters
    ----------
    frame : DataFrame
        The rows that may be published; masked rows are still there, without numbers.
    hidden : DataFrame
        One row per masked row: outcome, term, group, reason ("n < 10").
    """

    frame: pd.DataFrame
    hidden: pd.DataFrame


def gate(frame: pd.DataFrame, min_group_n: int) -> Released:
    """Mask what belongs to fewer than `min_group_n` respondents, so that the rest may be published.

    Parameters
    ----------
    frame : DataFrame
        Rows of contract `estimates` or `ledger`; it is not changed.
    min_group_n : int
        Smallest group of which numbers are shown (params.yaml).

    Returns
    -------
    Released
        Of estimates, every number of a masked row is empty, n included; only ci_level stays, and note says why
        ("n < 10", or "n unknown" where the row has no n). Masked are rows of a group other than "all"; counts
        (method "count") per year, quarter, month, week or date pass. Of the ledger, events with fewer responses.

    Raises
    ------
    PipelineError
        When the frame is neither, so that it is not known what in it is a group; or min_group_n is below 1.

    Notes
    -----
    This is primary suppression and no more. Each row is judged by its own n: a hidden group can still be found by
    subtracting the shown groups from the total (secondary suppression is not done here), and single answer options
    chosen by few people in a large group are shown.

    Examples
    --------
    >>> rows = pd.DataFrame({"outcome": "q1", "term": "positive", "group": ["all", "gender=x"], "method": "wilson"})
    >>> released = gate(rows.assign(n=[30, 4], estimate=[0.7, 0.5], note=None), 10)
    >>> released.frame["estimate"].tolist()
    [0.7, nan]
    >>> released.hidden["reason"].tolist()
    ['n < 10']
    """
    if min_group_n < 1:
        raise PipelineError(f"a smallest group of {min_group_n} protects nobody", allowed="1 or more")
    columns = set(frame.columns)
    if columns >= _ESTIMATES:
        return _estimates(frame, min_group_n)
    if columns >= _LEDGER:
        return _ledger(frame, min_group_n)
    raise PipelineError(
        "the disclosure gate does not know what in this table is a group of people",
        allowed="rows of the contracts estimates and ledger", fix="turn the numbers into estimates rows",
    )  # fmt: skip


def _estimates(frame: pd.DataFrame, least: int) -> Released:
    counted_by_time = frame["group"].astype("str").str.fullmatch(_TIME) & (frame["method"] == "count")
    small = (frame["group"] != "all") & ~counted_by_time & _below(frame["n"], least)
    reasons = _reasons(frame["n"], least)
    masked = _without_numbers(frame, small, keep={"ci_level"})
    masked["note"] = frame["note"].astype(object).mask(small, reasons).astype("str")
    hidden = frame.loc[small, ["outcome", "term", "group"]].assign(reason=reasons[small])
    return Released(masked, hidden[_HIDDEN].drop_duplicates(ignore_index=True))


def _ledger(frame: pd.DataFrame, least: int) -> Released:
    small = (frame["scope"] == "event") & _below(frame["returned"], least)
    rows = frame.loc[small, ["scope", "unit"]].set_axis(["term", "group"], axis=1)
    hidden = rows.assign(outcome="ledger", reason=_reasons(frame["returned"], least)[small])
    return Released(_without_numbers(frame, small, keep=set()), hidden[_HIDDEN].reset_index(drop=True))


def _below(n: pd.Series, least: int) -> pd.Series:
    """A group of unknown size counts as small."""
    return ~(n.astype("Float64") >= least).fillna(False).astype(bool)


def _reasons(n: pd.Series, least: int) -> pd.Series:
    return n.isna().map({True: "n unknown", False: f"n < {least}"})


def _without_numbers(frame: pd.DataFrame, rows: pd.Series, keep: set[str]) -> pd.DataFrame:
    numeric = [c for c in frame.columns if pd.api.types.is_numeric_dtype(frame[c]) and c not in keep]
    return frame.assign(**{c: frame[c].mask(rows) for c in numeric})
