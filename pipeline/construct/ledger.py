"""The ledger of denominators: distributed -> listed -> returned -> usable -> answered, by event and by item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from pipeline.core import words
from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import LedgerError

NO_EVENT: Final = "(no event)"


def ledger(
    files: pd.DataFrame,
    responses: pd.DataFrame,
    answers: pd.DataFrame,
    items: pd.DataFrame,
    events: pd.DataFrame,
    attendance: pd.DataFrame,
    answered: Sequence[str],
) -> pd.DataFrame:
    """Return the whole ledger: the rows of the files, one row per event and one per item.

    Parameters
    ----------
    files : DataFrame
        `ledger` rows of scope *file*.
    responses, answers, items, events, attendance : DataFrame
        Contract tables.
    answered : sequence of str
        Responses with a score on a primary outcome.

    Returns
    -------
    DataFrame
        `ledger` contract table.

    Raises
    ------
    LedgerError
        When the answers of an item do not add up to the responses, or one has both a code and a reason for none, or
        neither.
    """
    usable = _usable(answers, items)
    parts = [files, by_event(responses, usable, events, attendance, answered), by_item(responses, usable, answers)]
    columns = CONTRACTS["ledger"].column_names
    return pd.concat([part.reindex(columns=columns).astype(object) for part in parts], ignore_index=True)


def by_event(
    responses: pd.DataFrame,
    usable: pd.Series,
    events: pd.DataFrame,
    attendance: pd.DataFrame,
    answered: Sequence[str],
) -> pd.DataFrame:
    """Return one row per event of the register, a list or a response; responses without an event stand apart."""
    event = responses["event_id"].fillna(NO_EVENT)
    named = {*events["event_id"], *attendance["event_id"], *responses["event_id"].dropna()}
    units = sorted({*named, *event}) if named else []
    counts = {
        "distributed": events.set_index("event_id")["distributed"],
        "listed": attendance.groupby("event_id").size(),
        "returned": event.value_counts(),
        "usable": event[responses["response_id"].isin(usable)].value_counts(),
        "answered": event[responses["response_id"].isin(answered)].value_counts(),
    }
    frame = pd.DataFrame({"scope": "event", "unit": units})
    for name, count in counts.items():
        values = frame["unit"].map(count)
        frame[name] = values if name == "distributed" else values.fillna(0)
    return frame


def by_item(responses: pd.DataFrame, usable: pd.Series, answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row per closed item: every response either has a code or one reason why not."""
    torn = answers["code"].notna() == answers["missing_reason"].notna()
    if torn.any():
        place = f"items {', '.join(sorted(answers.loc[torn, 'item'].unique()))}"
        raise LedgerError("an answer needs either a code or a reason why there is none", place=place)
    table = answers.groupby(["item", answers["missing_reason"].fillna("answered")]).size().unstack(fill_value=0)
    table = table.reindex(columns=["answered", *words.MISSING_REASONS], fill_value=0)
    off = table.sum(axis=1) != len(responses)
    if off.any():
        raise LedgerError("answers and responses differ in number", place=f"items {', '.join(table.index[off])}")
    frame = table.rename_axis("unit").reset_index()
    return frame.assign(scope="item", returned=len(responses), usable=len(usable))


def _usable(answers: pd.DataFrame, items: pd.DataFrame) -> pd.Series:
    """Return the responses with at least one closed answer that is not background."""
    asked = items.loc[items["design"].fillna("") != "background", "item"]
    given = answers[answers["code"].notna() & answers["item"].isin(asked)]
    return pd.Series(given["response_id"].unique())
