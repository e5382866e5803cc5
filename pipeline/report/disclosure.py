"""The one gate between processed/ and everything that is published: no percentage of a small group passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.core.config import Params
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

    def only(self, rows: pd.Series) -> Released:
        """Return the rows where `rows` (boolean, of this index) is true, and what was hidden among them."""
        frame = self.frame[rows]
        if not len(self.hidden):
            return Released(frame, self.hidden)
        kept = set(zip(frame["outcome"], frame["term"], frame["group"], strict=True)) if "outcome" in frame else None
        own = [kept is None or row in kept for row in self.hidden[_HIDDEN[:3]].itertuples(index=False, name=None)]
        return Released(frame, self.hidden[own].reset_index(drop=True))


def not_of_people(frame: pd.DataFrame) -> Released:
    """Return a table that holds no people (items, findings, facts, figures of project.toml) as released whole."""
    return Released(frame, pd.DataFrame(columns=_HIDDEN))


def gate(frame: pd.DataFrame, params: Params) -> Released:
    """Mask what belongs to fewer than `params.min_group_n` respondents, so that the rest may be published.

    Parameters
    ----------
    frame : DataFrame
        Rows of contract `estimates` or `ledger`; it is not changed.
    params : Params
        `min_group_n`, the smallest group of which numbers are shown, and `min_count` (params.yaml).

    Returns
    -------
    Released
        Of estimates, every number of a masked row is empty, n included; only ci_level stays, and note says why
        ("n < 10", or "n unknown" where the row has no n). Masked are rows of a group other than "all"; counts
        (method "count") per year, quarter, month, week or date pass. Of the ledger, events with fewer responses.

    Raises
    ------
    PipelineError
        When the frame is neither, so that it is not known what in it is a group.

    Notes
    -----
    This is primary suppression and no more. Each row is judged by its own n: a hidden group can still be found by
    subtracting the shown groups from the total (secondary suppression is not done here), and single answer options
    chosen by few people in a large group are shown.

    Examples
    --------
    >>> from pipeline.core.config import Params
    >>> rows = pd.DataFrame({"outcome": "q1", "term": "positive", "group": ["all", "gender=x"], "method": "wilson"})
    >>> released = gate(rows.assign(n=[30, 4], estimate=[0.7, 0.5], note=None), Params())
    >>> released.frame["estimate"].tolist()
    [0.7, nan]
    >>> released.hidden["reason"].tolist()
    ['n < 10']
    """
    columns = set(frame.columns)
    if columns >= _ESTIMATES:
        return _estimates(frame, params.min_group_n)
    if columns >= _LEDGER:
        return _ledger(frame, params.min_group_n)
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
