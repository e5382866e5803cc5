"""The direction of an item: high always means much of the construct."""

from __future__ import annotations

import pandas as pd


def scaled_items(items: pd.DataFrame) -> pd.DataFrame:
    """Return the items that measure a construct on an ordered numeric scale."""
    return items[items["construct"].notna() & items["maximum"].notna() & (items["type"] == "select_one")]


def scaled_answers(answers: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Return the asked answers to `scaled_items` with construct and range, `value` of reversed items turned.

    Turned is minimum + maximum - value. Answers of forms without the item are left out; other missing answers stay,
    with an empty value.
    """
    columns = ["item", "construct", "minimum", "maximum", "reversed"]
    joined = answers.merge(scaled_items(items)[columns], on="item")
    joined = joined[joined["missing_reason"].fillna("") != "not_asked"]
    turned = joined["minimum"] + joined["maximum"] - joined["value"]
    return joined.assign(value=joined["value"].where(~joined["reversed"].astype(bool), turned))
