"""The same response delivered twice counts once; equal times or equal answers alone never make a duplicate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from pandas.util import hash_array

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
    resolved = [
        quarantine(
            batch,
            _conflicts(batch),
            "form number used twice with different answers",
            "look up the paper forms and correct the number or the answers",
        )
        for batch in batches
    ]
    marks = [_marks(batch) for batch in resolved]
    if not marks:
        return resolved, []
    every = pd.concat(marks, keys=range(len(marks)))
    every["first"] = np.arange(len(every))
    every["first"] = every.groupby(["key", "moment", "content", "nth"])["first"].transform("first")
    again = every[every["first"] != np.arange(len(every))]
    places = {at: resolved[at[0]].cells.place(int(at[1])) for at in every.index[again["first"].unique()]}
    repeated = {at: str(places[every.index[first]]) for at, first in again["first"].items()}
    return resolved, [
        pd.Series({row: place for (number, row), place in repeated.items() if number == n}, dtype=object)
        for n in range(len(resolved))
    ]


def _open_rows(batch: Batch) -> pd.Index:
    return batch.cells.rows.index.difference(batch.quarantined.index)


def _content(batch: Batch) -> pd.Series:
    """Return a 64-bit digest of everything a response says; what it leaves out does not count.

    Rows are compared only with rows of the same number or time, so that a chance collision (1 in 10^19) loses nobody.
    """
    said = pd.concat([batch.responses[["event_id", "role"]], batch.codes, batch.comments], axis=1)
    digest = np.zeros(len(said), dtype="uint64")
    for name in said.columns:
        at, texts = pd.factorize(said[name])
        digests = hash_array(np.array([f"{name}={text}" for text in texts], dtype=object), categorize=False)
        digest += np.append(digests, np.uint64(0))[at]
    return pd.Series(digest, index=said.index)


def _conflicts(batch: Batch) -> pd.Index:
    keys = batch.responses.loc[_open_rows(batch), "response_key"].dropna()
    content = _content(batch).loc[keys.index]
    first = content.groupby(keys).transform("first")
    return content.index[content != first]


def _marks(batch: Batch) -> pd.DataFrame:
    """Return, for the rows that can be told apart, what makes two of them the same response."""
    fields, content = batch.responses.loc[_open_rows(batch)], _content(batch)
    keyed, timed = fields["response_key"].notna(), fields["timed"] & fields["submitted_at"].notna()
    fields = fields[keyed | timed]
    # a number says which response it is; the time is asked only where there is none
    moments = fields["submitted_at"].astype("int64").mask(keyed[fields.index], -1)
    marks = pd.DataFrame(
        {"key": fields["response_key"].fillna(""), "moment": moments, "content": content[fields.index]}
    )
    return marks.assign(nth=_nth_of_its_kind(marks["moment"], marks["content"]))


def _nth_of_its_kind(moments: pd.Series, content: pd.Series) -> pd.Series:
    """Return a running number of equal rows where their time also stands on rows that say something else.

    Such a time (filled in for a pile of forms, or kept to the minute at a busy event) tells nobody apart: rows of the
    same file are then different people, and the same rows in another file are the same people again.
    """
    crowded = (moments != -1) & (content.groupby(moments).transform("nunique") > 1)
    return content.groupby([moments, content]).cumcount().where(crowded, 0)


def findings(batch: Batch, repeats: pd.Series) -> list[Finding]:
    """Return one finding per repeated response, naming the row it repeats."""
    return [
        Finding("duplicate", batch.cells.place(int(row)), f"the same response as {first}; counted once")
        for row, first in repeats.items()
    ]
