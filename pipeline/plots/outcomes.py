"""The share who answer positively, one row per outcome of the project."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from pipeline.plots.forest import forest

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Interval of a share that is quoted, best first: the same rule as for the facts.
_METHODS: Final = ("cluster_logit_t", "wilson")


def headline_rows(estimates: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Return the row to quote of each outcome: of all respondents, with the interval that allows for events if any.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`; used are the rows of term "share_positive" and group "all".
    names : sequence of str
        Outcomes, in the order wanted; one without a row is left out.

    Returns
    -------
    DataFrame
        Rows of contract `estimates` (estimate and limits are shares), one per outcome.

    Examples
    --------
    >>> rows = pd.DataFrame({"outcome": "q", "term": "share_positive", "group": "all", "method": ["wilson", "anova"]})
    >>> headline_rows(rows.assign(ci_low=0.4), ["q", "other"])["method"].tolist()
    ['wilson']
    """
    shares = estimates[(estimates["term"] == "share_positive") & (estimates["group"] == "all")]
    shares = shares[shares["method"].isin(_METHODS) & shares["outcome"].isin(names)]
    place = {name: i for i, name in enumerate(names)}
    order = pd.DataFrame(
        {
            "place": shares["outcome"].map(place),
            "bare": shares["ci_low"].isna(),  # a share without an interval only where there is no other
            "method": shares["method"].map(_METHODS.index),
        }
    ).sort_values(["place", "bare", "method"])
    return shares.loc[order.drop_duplicates("place").index]


def outcomes(estimates: pd.DataFrame, labels: Mapping[str, str], language: str, primary: Collection[str]) -> Figure:
    """Draw the share positive with its interval per outcome, n and numbers on the right, a line at one half.

    Parameters
    ----------
    estimates : DataFrame
        Rows of contract `estimates`, one per outcome (`headline_rows`), drawn from top to bottom.
    labels : mapping
        Name per outcome.
    language : {"fi", "sv", "en"}
        Of words and numbers.
    primary : collection of str
        Outcomes declared before the data: in bold, with a diamond.

    Returns
    -------
    Figure
        6.3 inches wide.

    Examples
    --------
    >>> rows = pd.DataFrame({"outcome": ["q"], "n": [40], "estimate": [0.7], "ci_low": [0.55], "ci_high": [0.82]})
    >>> figure = outcomes(rows.assign(ci_level=0.95, unit="share", note=None), {"q": "Courage"}, "en", ["q"])
    >>> figure.axes[0].get_yticklabels()[0].get_text()
    'Courage'
    """
    return forest(estimates, labels, language, by="outcome", strong=primary)
