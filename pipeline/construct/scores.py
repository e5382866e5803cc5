"""Scores: what a response says about a construct."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import AnalysisError
from pipeline.core.scale import scaled_answers, scaled_items

#: Share of a construct's items that must be answered, where the project does not say otherwise.
MIN_ANSWERED: Final = 0.5


def scores(answers: pd.DataFrame, items: pd.DataFrame, min_answered: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Score every construct of every response.

    Parameters
    ----------
    answers : DataFrame
        `answers` contract table.
    items : DataFrame
        `items` contract table; items with a construct and a numeric range count.
    min_answered : mapping of str to float, optional
        Construct -> share of the items on the form that must be answered; `MIN_ANSWERED` for the others.

    Returns
    -------
    DataFrame
        `scores` contract table, without constructs the form does not ask about. `score` is the mean of the answered
        items in their own units, reversed items turned; it is empty below the share required. `positive` is
        score > middle of the range.

    Raises
    ------
    AnalysisError
        When the items of a construct have different ranges, or one of them asks about the time before: their mean would
        mean nothing.

    Notes
    -----
    The mean of the answered items equals imputing the person's own mean, the half rule of Fayers and Machin (2016).
    "Don't know" is no answer to a scale and never enters the mean.

    Examples
    --------
    >>> item = {"question": "q", "type": "select_one", "construct": "c", "minimum": 1, "maximum": 5}
    >>> items = pd.DataFrame([{"item": "q1", **item, "reversed": False}, {"item": "q2", **item, "reversed": True}])
    >>> answers = pd.DataFrame({"response_id": ["a", "a"], "item": ["q1", "q2"], "value": [4.0, 1.0],
    ...                         "missing_reason": [None, None]})
    >>> scores(answers, items)[["score", "n_items_answered"]].iloc[0].tolist()
    [4.5, 2.0]
    """
    middles = _middles(scaled_items(items))
    scaled = scaled_answers(answers, items)
    if scaled.empty:
        return CONTRACTS["scores"].empty()
    groups = scaled.groupby(["response_id", "construct"])["value"]
    result = groups.agg(score="mean", n_items_answered="count", n_items_asked="size").reset_index()
    needed = result["construct"].map(lambda c: (min_answered or {}).get(c, MIN_ANSWERED))
    needed = needed * result["n_items_asked"] - 1e-9  # 0.55 of 20 items are 11, whatever the binary fraction says
    enough = (result["n_items_answered"] >= needed) & (result["n_items_answered"] > 0)
    result["score"] = result["score"].where(enough)
    positive = (result["score"] > result["construct"].map(middles)).astype("boolean")
    return result.assign(positive=positive.mask(result["score"].isna()))


def _middles(scaled: pd.DataFrame) -> dict[str, float]:
    if "occasion" in scaled and (scaled["occasion"] == "before").any():
        raise AnalysisError(
            f"a score would mix before and now: {', '.join(scaled.loc[scaled['occasion'] == 'before', 'item'])}",
            place="instrument, sheet survey, column construct",
            fix="leave it empty for the question about the time before; the pair is compared by itself",
        )
    ranges = scaled.groupby("construct")[["minimum", "maximum"]].agg(["min", "max"])
    uneven = ranges[(ranges.xs("min", axis=1, level=1) != ranges.xs("max", axis=1, level=1)).any(axis=1)]
    if len(uneven):
        raise AnalysisError(
            f"the items of {', '.join(uneven.index)} have different ranges",
            place="instrument, sheet choices",
            fix="use one list of options within a construct, or give the items different constructs",
        )
    middle = scaled.groupby("construct")[["minimum", "maximum"]].mean().mean(axis=1)
    return {str(construct): float(value) for construct, value in middle.items()}
