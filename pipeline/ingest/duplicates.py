"""The same response delivered twice counts once; equal times or equal answers alone never make a duplicate."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pipeline.ingest.feedback import Batch, quarantine
from pipeline.ingest.findings import Finding


def resolve(batches: Sequence[Batch]) -> tuple[list[Batch], list[pd.Series]]:
    """Find responses delivered more than once, over all files.

    Two rows are one response when everything they say is equal *and* they carry the same number (`response_key`) or the
    same time of day. The first in file order is kept. Two rows of one table with the same number and different answers
    are a conflict: the later one is set aside for a person to decide.

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
    said = said[sorted(said.columns)].fillna("")
    return pd.Series(["\x1f".join(f"{c}={v}" for c, v in zip(said.columns, row, strict=True) if v) for row in
                      said.itertuples(index=False)], index=said.index, dtype=object)  # fmt: skip


def _conflicts(batch: Batch) -> pd.Index:
    keys = batch.responses.loc[_open_rows(batch), "response_key"].dropna()
    content = _content(batch).loc[keys.index]
    first = content.groupby(keys).transform("first")
    return content.index[content != first]


def _repeats(batch: Batch, seen: dict[tuple[str, ...], str]) -> pd.Series:
    content, fields = _content(batch), batch.responses
    found = {}
    for row in _open_rows(batch):
        key, moment = fields.at[row, "response_key"], fields.at[row, "submitted_at"]
        if pd.isna(key) and not (fields.at[row, "timed"] and pd.notna(moment)):
            continue
        mark = (str(key), "" if pd.notna(key) else str(moment), content[row])
        place = str(batch.cells.place(int(row)))
        if seen.setdefault(mark, place) != place:
            found[row] = seen[mark]
    return pd.Series(found, dtype=object)


def findings(batch: Batch, repeats: pd.Series) -> list[Finding]:
    """Return one finding per repeated response, naming the row it repeats."""
    return [
        Finding("duplicate", batch.cells.place(int(row)), f"the same response as {first}; counted once")
        for row, first in repeats.items()
    ]
