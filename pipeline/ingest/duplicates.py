"""The same response delivered twice counts once; equal times or equal answers alone never make a duplicate."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.ingest.feedback import Batch, quarantine
from pipeline.ingest.findings import Finding


def resolve(batches: Sequence[Batch]) -> tuple[list[Batch], list[pd.Series]]:
    """Find responses delivered more than once, over all files.

    Two rows are one response when everything they say is equal *and* they carry the same number (`response_key`) or the
    same time of day, unless that time was given to a whole pile. The first in file order is kept. Two rows of one table
    with the same number and different answers are a conflict: the later one is set aside for a person to decide.

    Returns
    -------
    batches : list of Batch
        With conflicts set aside.
    duplicate_of : list of Series of str
        Per batch: row -> place of the response it repeats.
    """
    seen: dict[tuple[str, ...], str] = {}
    resolved, repeats = [], []
    for received in batches:
        batch = quarantine(
            received,
            _conflicts(received),
            "form number used twice with different answers",
            "look up the paper forms and correct the number or the answers",
        )
        resolved.append(batch)
        repeats.append(_repeats(batch, seen))
    return resolved, repeats


def _open_rows(batch: Batch) -> pd.Index:
    return batch.cells.rows.index.difference(batch.quarantined.index)


def _content(batch: Batch) -> pd.Series:
    """Return everything a response says, as one comparable text per row."""
    said = pd.concat([batch.responses[["event_id", "role"]], batch.codes, batch.comments], axis=1)
    content = pd.Series("", index=said.index, dtype=object)
    for column in sorted(said.columns):
        text = said[column].astype(object).fillna("")
        content += (f"{column}=" + text + "\x1f").where(text != "", "")
    return content


def _conflicts(batch: Batch) -> pd.Index:
    keys = batch.responses.loc[_open_rows(batch), "response_key"].dropna()
    content = _content(batch).loc[keys.index]
    first = content.groupby(keys).transform("first")
    return content.index[content != first]


def _repeats(batch: Batch, seen: dict[tuple[str, ...], str]) -> pd.Series:
    fields, content = batch.responses.loc[_open_rows(batch)], _content(batch)
    keyed, timed = fields["response_key"].notna(), fields["timed"] & fields["submitted_at"].notna()
    fields = fields[keyed | timed]
    keys = fields["response_key"].fillna("")
    # a number says which response it is; the time is asked only where there is none
    moments = fields["submitted_at"].astype(str).mask(keyed[fields.index], "")
    content, found = content[fields.index], {}
    nth = _nth_of_its_kind(moments, content)
    for row, *mark in zip(fields.index, keys, moments, content, nth, strict=True):
        place = str(batch.cells.place(int(row)))
        if seen.setdefault(tuple(mark), place) != place:
            found[row] = seen[tuple(mark)]
    return pd.Series(found, dtype=object)


def _nth_of_its_kind(moments: pd.Series, content: pd.Series) -> pd.Series:
    """Return a running number of equal rows where their time also stands on rows that say something else.

    Such a time (filled in for a pile of forms, or kept to the minute at a busy event) tells nobody apart: rows of the
    same file are then different people, and the same rows in another file are the same people again.
    """
    crowded = (moments != "") & (content.groupby(moments).transform("nunique") > 1)
    return content.groupby([moments, content]).cumcount().where(crowded, 0).astype(str)


def findings(batch: Batch, repeats: pd.Series) -> list[Finding]:
    """Return one finding per repeated response, naming the row it repeats."""
    return [
        Finding("duplicate", batch.cells.place(int(row)), f"the same response as {first}; counted once")
        for row, first in repeats.items()
    ]
