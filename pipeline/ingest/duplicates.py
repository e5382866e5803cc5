"""The same response delivered twice counts once; equal times or equal answers alone never make a duplicate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from pipeline.ingest import alike_tables, same_times, second_delivery
from pipeline.ingest.attendance_words import EMPTY
from pipeline.ingest.corrected import DROPPED
from pipeline.ingest.feedback import Batch, quarantine
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold
from pipeline.ingest.response_digests import content_of, digest, open_rows

CONFLICT: Final = "form number used twice with different answers"
SAME_MOMENT: Final = "sent at the very time of a response with other answers in another file"
CONFLICT_ELSEWHERE: Final = "form number used with different answers in another file"
_FIX: Final = "look up the paper forms and correct the number or the answers"
_FIX_ELSEWHERE: Final = "drop the row that is wrong, or accept this one, in corrections.csv"
_EPOCH: Final = pd.Timestamp(0)
#: A program's own number, by its header; "Form no" is written on paper and keyed in twice at two times.
_OF_A_TOOL: Final = re.compile(r"\b_?id\b|#")
#: What is keyed in where a form has no number.
_NO_NUMBER: Final = EMPTY | {"", "ei numeroa", "ei nroa", "numero puuttuu", "inget nummer", "no number"}
Rows = Sequence[frozenset[int]]


def resolve(
    batches: Sequence[Batch], own: Rows = (), received: Sequence[Batch] = ()
) -> tuple[list[Batch], list[pd.Series]]:
    """Find responses delivered more than once, over all files.

    Two rows are one response when everything they say is equal *and* they carry the same number (`response_key`), or
    the same time of day unless that time was given to a whole pile, or stand in the same place of a run of rows that
    was delivered twice. The first in file order is kept. Rows with the same number and different answers are a
    conflict, in one table or in two deliveries of it: the later one is set aside for a person to decide.

    Parameters
    ----------
    batches : sequence of Batch
        One per table, in file order.
    own : sequence of frozenset of int
        Per batch the rows a person has declared a response of their own.
    received : sequence of Batch
        The same tables before any correction, where there are corrections: a copy of a row stays its copy when one of
        them is corrected.

    Returns
    -------
    batches : list of Batch
        With conflicts set aside.
    duplicate_of : list of Series of str
        Per batch: row -> place of the response it repeats, and what became of that.
    """
    own = own or [frozenset()] * len(batches)
    known = _as_received(batches, received) if received else {}
    copies = [[row for (n, row) in known if n == number] for number in range(len(batches))]
    resolved = [
        quarantine(batch, _conflicts(batch).difference([*mine, *copied]), CONFLICT, _FIX)
        for batch, mine, copied in zip(batches, own, copies, strict=True)
    ]
    if not resolved:
        return [], []
    every = _every(resolved)
    every = every[~every.index.isin(list(known))]
    resolved, less = _without_conflicts(resolved, every, own)
    known |= less
    every = every[~every.index.isin(list(known)) & ~_aside(every, resolved)]
    repeated = _repeats(every, resolved) | known
    places = [
        {row: _said(resolved[first[0]], first[1]) for (n, row), first in repeated.items() if n == number}
        for number in range(len(resolved))
    ]
    kept = [
        {row: text for row, text in found.items() if row not in mine} for found, mine in zip(places, own, strict=True)
    ]
    return resolved, [pd.Series(found, dtype=object).sort_index() for found in kept]


def _said(batch: Batch, row: int) -> str:
    dropped = batch.quarantined.get(row) == DROPPED
    return f"{batch.cells.place(row)}; {'dropped with it' if dropped else 'counted once'}"


def _as_received(batches: Sequence[Batch], received: Sequence[Batch]) -> second_delivery.Repeats:
    """Return the repeats that a correction of one of the two rows would hide.

    A correction that gives a row another number or time says that it is another response. Of equal rows of one table,
    dropping one leaves the other.
    """
    changed, told = _changed(batches, received)
    tables = {number for number, _ in changed}  # one changed cell breaks a run of rows for its neighbours too
    found = {
        later: first
        for later, first in _repeats(_every(received), received).items()
        if {later[0], first[0]} & tables and not {later, first} & told
    }
    aside = {(n, int(row)): str(why) for n, batch in enumerate(batches) for row, why in batch.quarantined.items()}
    return {
        later: first
        for later, first in found.items()
        if later not in aside and not (aside.get(first) == DROPPED and later[0] == first[0])
    }


def _changed(batches: Sequence[Batch], received: Sequence[Batch]) -> tuple[set[second_delivery.At], ...]:
    """Return the rows that a person has changed or dropped, and those of them that got another number or time."""
    changed, told = set[second_delivery.At](), set[second_delivery.At]()
    for n, (batch, before) in enumerate(zip(batches, received, strict=True)):
        now, then = batch.cells.rows, before.cells.rows
        differ = pd.Series(False, index=now.index) if now is then else (now.fillna("") != then.fillna("")).any(axis=1)
        dropped = batch.quarantined.index[batch.quarantined == DROPPED]
        changed |= {(n, int(row)) for row in [*now.index[differ], *dropped]}
        times = batch.responses["submitted_at"].fillna(_EPOCH) != before.responses["submitted_at"].fillna(_EPOCH)
        told |= {(n, int(row)) for row in now.index[(_keys(batch) != _keys(before)) | times]}
    return changed, told


def _repeats(every: pd.DataFrame, batches: Sequence[Batch]) -> second_delivery.Repeats:
    """Return (batch, row) -> the earlier (batch, row) that is the same response."""
    repeated = _same_number_or_time(every)
    repeated |= second_delivery.by_another_tool(every[~every.index.isin(list(repeated))])
    chance = same_times.by_accident(every, repeated)
    repeated = {later: first for later, first in repeated.items() if later not in chance}
    if every.index.get_level_values("batch").nunique() > 1:
        repeated |= same_times.by_shifted_times(every[~every.index.isin(list(repeated))])[0]
        twins = alike_tables.same_tables(batches, every["content"])
        repeated |= {later: first for later, first in twins.items() if later not in repeated}
    return repeated | second_delivery.of_a_run(every, repeated)


def _every(batches: Sequence[Batch]) -> pd.DataFrame:
    """Return the open rows of all batches in file order, indexed by batch and row, with what tells responses apart."""
    every = pd.concat([_marks(batch) for batch in batches], keys=range(len(batches)), names=["batch", "row"])
    return every.assign(order=np.arange(len(every)))


def _aside(every: pd.DataFrame, batches: Sequence[Batch]) -> np.ndarray:
    gone = {(n, int(row)) for n, batch in enumerate(batches) for row in batch.quarantined.index}
    return np.asarray(every.index.isin(list(gone))) if gone else np.zeros(len(every), dtype=bool)


def _without_conflicts(
    batches: list[Batch], every: pd.DataFrame, own: Rows
) -> tuple[list[Batch], second_delivery.Repeats]:
    """Set aside rows that an earlier delivery of the same table has with other answers; return those that say less."""
    headers = [frozenset(batch.cells.header) for batch in batches]
    numbered = second_delivery.conflicts(every, headers)
    # a form is the same form in another language
    items = [frozenset([*batch.codes.columns, *batch.comments.columns]) for batch in batches]
    timed = same_times.at_one_moment(every, items)
    if every.index.get_level_values("batch").nunique() > 1:
        told = [*_same_number_or_time(every), *timed]
        timed |= same_times.by_shifted_times(every[~every.index.isin(told)])[1]
    # a short number alone may be another form's, which says less by chance
    less = _saying_no_more(batches, second_delivery.at_once(every, numbered) | timed)
    for found, reason in ((numbered, CONFLICT_ELSEWHERE), (timed, SAME_MOMENT)):
        other = {later: first for later, first in found.items() if later not in less}
        batches = [_in_conflict(batches, n, other, own[n], reason) for n in range(len(batches))]
    return batches, less


def _saying_no_more(batches: Sequence[Batch], pairs: second_delivery.Repeats) -> second_delivery.Repeats:
    """Return the rows that say nothing which the earlier one does not say: an export of some of the questions."""
    found: second_delivery.Repeats = {}
    for later, first in {(b, a) for (b, _), (a, _) in pairs.items()}:
        rows = [(row, to) for (b, row), (a, to) in pairs.items() if (b, a) == (later, first)]
        own, other = (_said_in(batches[n]).loc[[pair[side] for pair in rows]] for side, n in ((0, later), (1, first)))
        says = own.notna().to_numpy()
        same = own.to_numpy(dtype=object) == other.reindex(columns=own.columns).to_numpy(dtype=object)
        kept = (~says | same).all(axis=1)
        found |= {(later, row): (first, to) for (row, to), keep in zip(rows, kept, strict=True) if keep}
    return found


def _said_in(batch: Batch) -> pd.DataFrame:
    return pd.concat([batch.responses[["event_id", "role"]], batch.codes, batch.comments], axis=1)


def _in_conflict(
    batches: list[Batch], number: int, found: second_delivery.Repeats, mine: frozenset[int], reason: str
) -> Batch:
    beside = {
        row: str(batches[first[0]].cells.place(first[1]))
        for (n, row), first in found.items()
        if n == number and row not in mine
    }
    rows = pd.Index(sorted(beside), dtype="int64")
    return quarantine(batches[number], rows, reason, _FIX_ELSEWHERE, beside) if beside else batches[number]


def _same_number_or_time(every: pd.DataFrame) -> second_delivery.Repeats:
    """Return (batch, row) -> the (batch, row) it repeats, by number or, where there is none, by time of day."""
    told = every[(every["key"] != "") | (every["moment"] != second_delivery.NO_TIME)]
    # a number says which response it is; the time is asked only where there is none
    moment = told["moment"].mask(told["key"] != "", second_delivery.NO_TIME)
    first = told.groupby([told["key"], moment, told["content"], told["nth"]])["order"].transform("first")
    # a program numbers each of its forms from one: at another time the same number is somebody else's
    others = every["moment"].to_numpy()[np.searchsorted(every["order"].to_numpy(), first.to_numpy())]
    apart = told["of_a_tool"] & second_delivery.is_somebody_else(told["key"], told["moment"], others)
    same = told.groupby([told["key"], told["moment"], told["content"], told["nth"]])["order"].transform("first")
    first = first.mask(apart, same)
    again = first[first != told["order"]]
    places = every.index[np.searchsorted(every["order"].to_numpy(), again.to_numpy())]
    return {(int(at[0]), int(at[1])): (int(to[0]), int(to[1])) for at, to in zip(again.index, places, strict=True)}


def _conflicts(batch: Batch) -> pd.Index:
    keys = _keys(batch).loc[open_rows(batch)]
    keys = keys[(keys != "") & keys.duplicated(keep=False)]
    if keys.empty:
        return keys.index
    content, event = content_of(batch).loc[keys.index], batch.responses["event_id"].loc[keys.index].astype(object)
    # the numbers of a pile of forms may begin anew at every event, where each of their rows names one
    event = event.where(event.notna().groupby(keys).transform("all"), "")
    first = content.groupby([keys, event]).transform("first")
    return content.index[content != first]


def _keys(batch: Batch) -> pd.Series:
    """Return the number of each response as every program writes it: 007, 7 and 7.0 are one; "" for none."""
    at, texts = pd.factorize(batch.responses["response_key"])
    plain = [str(text).strip().removesuffix(".0") for text in texts]
    plain = [(text.lstrip("0") or "0") if text.isdecimal() else text for text in plain]
    plain = ["" if fold(text) in _NO_NUMBER else text for text in plain]
    return pd.Series(np.array([*plain, ""], dtype=object)[at], index=batch.responses.index)


def _marks(batch: Batch) -> pd.DataFrame:
    """Return, for the open rows, what makes two of them the same response, and the series of its number."""
    rows = open_rows(batch)
    fields, keys = batch.responses.loc[rows], _keys(batch).loc[rows]
    timed = fields["timed"] & fields["submitted_at"].notna()
    moments = fields["submitted_at"].astype("int64").where(timed, second_delivery.NO_TIME)
    content = content_of(batch).loc[rows]
    series = "" if batch.key_column is None else batch.cells.header[batch.key_column].casefold().strip()
    # rows with a number are told apart by it
    unkeyed = moments.where(keys == "", second_delivery.NO_TIME)
    return pd.DataFrame(
        {
            "key": keys,
            "moment": moments,
            "content": content,
            "nth": _nth_of_its_kind(unkeyed, content, content + digest(batch.cells.rows.loc[rows, [*batch.unused]])),
            "event": fields["event_id"].astype(object),
            "series": np.where(keys == "", "", series),
            "of_a_tool": batch.key_column in batch.cells.fields or _OF_A_TOOL.search(series) is not None,
        }
    )


def _nth_of_its_kind(moments: pd.Series, content: pd.Series, written: pd.Series) -> pd.Series:
    """Return a running number of equal rows where their time also stands on rows in which something else is `written`.

    Such a time (filled in for a pile of forms, or kept to the minute at a busy event) tells nobody apart: rows of the
    same file are then different people, and the same rows in another file are the same people again. A name that no
    question asks for tells people apart too.
    """
    crowded = (moments != second_delivery.NO_TIME) & (written.groupby(moments).transform("nunique") > 1)
    return content.groupby([moments, content]).cumcount().where(crowded, 0)


def findings(batch: Batch, repeats: pd.Series) -> list[Finding]:
    """Return one finding per repeated response, naming the row it repeats."""
    return [
        Finding("duplicate", batch.cells.place(int(row)), f"the same response as {first}")
        for row, first in repeats.items()
    ]
