"""How each question was answered: every option as a share of answered and asked, and every kind of missing."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pipeline.analysis.estimates import Row
from pipeline.analysis.shares import count_clusters, overall


def distributions(
    answers: pd.DataFrame, items: pd.DataFrame, options: pd.DataFrame, clusters: pd.Series, level: float
) -> list[Row]:
    """Return the distribution of every closed question.

    Parameters
    ----------
    answers, items, options : DataFrame
        Contract tables.
    clusters : Series of str
        Event per response_id (the index), missing where unknown.
    level : float
        Confidence level.

    Returns
    -------
    list of dict
        `estimates` rows, outcome = the question, group ``all``, unit *share*. Terms: ``code=...`` (of those who
        answered), ``code=... of asked`` (of those whose form had the question, no answer included), ``missing=...`` (of
        asked), for ordered scales ``positive``/``neutral``/``negative`` (above, at, below the middle, reversed items
        turned; codes are not), and ``option=...`` of multiple-choice questions (of those who answered the question,
        be it by ticking nothing where the form asks yes or no for each option).
    """
    asked = answers[answers["missing_reason"].fillna("") != "not_asked"]
    asked = asked.assign(cluster=asked["response_id"].map(clusters))
    by_item = dict(tuple(asked.groupby("item")))
    rows: list[Row] = []
    told: set[str] = set()
    for item in items.itertuples():
        part = by_item.get(item.item)
        if part is None:
            continue
        codes = options[(options["question"] == item.question) & options["missing_reason"].isna()]["code"]
        if item.type == "select_one":
            rows += _select_one(part, item, list(codes), level)
        elif item.type == "option":
            rows += _option(part, item, level)
        outcome = str(item.question if item.type == "option" else item.item)
        # who gave no answer to a multiple-choice question gave none to each of its options: told once, by the first
        rows += _missing(part, outcome, level) if outcome not in told else []
        told.add(outcome)
    return rows


def _select_one(part: pd.DataFrame, item, codes: list[str], level: float) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    answered = part["code"].notna()
    for code in codes:
        hit = (part["code"] == code).fillna(False).astype("boolean")
        yield from _share(part, hit.mask(~answered), item.item, f"code={code}", level)
        yield from _share(part, hit, item.item, f"code={code} of asked", level)
    if pd.notna(item.maximum):
        value, middle = part["value"], (item.minimum + item.maximum) / 2
        value = item.minimum + item.maximum - value if item.reversed else value
        sides = {"positive": value > middle, "neutral": value == middle, "negative": value < middle}
        for side, hit in sides.items():
            yield from _share(part, hit.astype("boolean").mask(~answered), item.item, side, level)


def _option(part: pd.DataFrame, item, level: float) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    ticked = part["code"].notna()
    base = ticked | (part["missing_reason"] == "not_ticked")
    name = str(item.item).partition("/")[2]
    yield from _share(part, ticked.astype("boolean").mask(~base), item.question, f"option={name}", level)


def _missing(part: pd.DataFrame, outcome: str, level: float) -> Iterator[Row]:
    for reason in sorted({*part["missing_reason"].dropna()} - {"not_ticked"}):
        hit = (part["missing_reason"] == reason).fillna(False).astype("boolean")
        yield from _share(part, hit, outcome, f"missing={reason}", level)


def _share(part: pd.DataFrame, hit: pd.Series, outcome: str, term: str, level: float) -> list[Row]:
    return overall(count_clusters(hit, part["cluster"]), outcome, level, term)
