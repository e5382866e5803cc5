"""The same response delivered twice counts once; equal times or equal answers alone never make a duplicate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from pandas.util import hash_array

from pipeline.ingest import second_delivery
from pipeline.ingest.attendance_words import EMPTY
from pipeline.ingest.corrected import DROPPED
from pipeline.ingest.feedback import Batch, quarantine
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold

CONFLICT: Final = "form number used twice with different answers"
SAME_MOMENT: Final = "sent at the very time of a response with other answers in another file"
CONFLICT_ELSEWHERE: Final = "form number used with different answers in another file"
_FIX: Final = "look up the paper forms and correct the number or the answers"
_FIX_ELSEWHERE: Final = "drop the row that is wrong, or accept this one, in corrections.csv"
_EPOCH: Final = pd.Timestamp(0)
_FIX_SUSPECT: Final = "if it is the same file once more, delete one of them"
#: Different answers that two tables have in common by no accident.
_SUSPECT: Final = 3
#: Of the rows in common so many are different, and so many of the smaller table are in common.
_VARIED: Final = 0.5
_NEARLY: Final = 0.8
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
    resolved = _without_conflicts(resolved, every, own)
    every = every[~_aside(every, resolved)]
    repeated = _repeats(every) | known
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
    found = {
        later: first
        for later, first in _repeats(_every(received)).items()
        if {later, first} & changed and not {later, first} & told
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


def _repeats(every: pd.DataFrame) -> second_delivery.Repeats:
    """Return (batch, row) -> the earlier (batch, row) that is the same response."""
    repeated = _same_number_or_time(every)
    repeated |= second_delivery.by_another_tool(every[~every.index.isin(list(repeated))])
    if every.index.get_level_values("batch").nunique() > 1:
        repeated |= second_delivery.by_shifted_times(every[~every.index.isin(list(repeated))])
    return repeated | second_delivery.of_a_run(every, repeated)


def _every(batches: Sequence[Batch]) -> pd.DataFrame:
    """Return the open rows of all batches in file order, indexed by batch and row, with what tells responses apart."""
    every = pd.concat([_marks(batch) for batch in batches], keys=range(len(batches)), names=["batch", "row"])
    return every.assign(order=np.arange(len(every)))


def _aside(every: pd.DataFrame, batches: Sequence[Batch]) -> np.ndarray:
    gone = {(n, int(row)) for n, batch in enumerate(batches) for row in batch.quarantined.index}
    return np.asarray(every.index.isin(list(gone))) if gone else np.zeros(len(every), dtype=bool)


def _without_conflicts(batches: list[Batch], every: pd.DataFrame, own: Rows) -> list[Batch]:
    """Set aside rows whose number stands, with other answers, in an earlier delivery of the same table."""
    headers = [frozenset(batch.cells.header) for batch in batches]
    numbered = second_delivery.conflicts(every, headers)
    timed = second_delivery.at_one_moment(every, headers)
    for found, reason in ((numbered, CONFLICT_ELSEWHERE), (timed, SAME_MOMENT)):
        batches = [_in_conflict(batches, n, found, own[n], reason) for n in range(len(batches))]
    return batches


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


def _open_rows(batch: Batch) -> pd.Index:
    return batch.cells.rows.index.difference(batch.quarantined.index)


def _content(batch: Batch) -> pd.Series:
    """Return a 64-bit digest of everything a response says; what it leaves out does not count.

    Rows are compared only with rows of the same number or time, so that a chance collision (1 in 10^19) loses nobody.
    """
    return _digest(pd.concat([batch.responses[["event_id", "role"]], batch.codes, batch.comments], axis=1))


def _digest(said: pd.DataFrame) -> pd.Series:
    digest = np.zeros(len(said), dtype="uint64")
    for name in said.columns:
        at, texts = pd.factorize(said[name])
        # one tool breaks lines, another does not: blanks tell no two responses apart
        plain = np.array([f"{name}={' '.join(str(text).split())}" for text in texts], dtype=object)
        digests = hash_array(plain, categorize=False)
        digest += np.append(digests, np.uint64(0))[at]
    return pd.Series(digest, index=said.index)


def _conflicts(batch: Batch) -> pd.Index:
    keys = _keys(batch).loc[_open_rows(batch)]
    keys = keys[(keys != "") & keys.duplicated(keep=False)]
    if keys.empty:
        return keys.index
    content, event = _content(batch).loc[keys.index], batch.responses["event_id"].loc[keys.index].astype(object)
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
    rows = _open_rows(batch)
    fields, keys = batch.responses.loc[rows], _keys(batch).loc[rows]
    timed = fields["timed"] & fields["submitted_at"].notna()
    moments = fields["submitted_at"].astype("int64").where(timed, second_delivery.NO_TIME)
    content = _content(batch).loc[rows]
    series = "" if batch.key_column is None else batch.cells.header[batch.key_column].casefold().strip()
    # rows with a number are told apart by it
    unkeyed = moments.where(keys == "", second_delivery.NO_TIME)
    return pd.DataFrame(
        {
            "key": keys,
            "moment": moments,
            "content": content,
            "nth": _nth_of_its_kind(unkeyed, content, content + _digest(batch.cells.rows.loc[rows, [*batch.unused]])),
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


def suspects(batches: Sequence[Batch], repeats: Sequence[pd.Series]) -> list[Finding]:
    """Name tables that have most of their answers in common: no proof of a second delivery, but worth a look.

    So a sheet without times and numbers looks that was sorted anew, corrected in a cell, or given a further row.
    """
    known: list[tuple[Batch, pd.Series]] = []
    said = []
    for batch, repeat in zip(batches, repeats, strict=True):
        left = _content(batch).loc[_open_rows(batch).difference(repeat.index)]
        counts = left[left != 0].value_counts()
        other = next((b for b, earlier in known if _is_most(counts, earlier)), None)
        known.append((batch, counts))
        if other is not None:
            what = (
                f"nearly the same answers as {other.cells.place()}, in another order or at other times; counted as well"
            )
            said.append(Finding("note", batch.cells.place(), what, fix=_FIX_SUSPECT))
    return said


def _is_most(counts: pd.Series, earlier: pd.Series) -> bool:
    """Return whether most of the smaller table is in the larger one, with answers too different for an accident."""
    smaller = min(counts.sum(), earlier.sum())
    common = pd.concat([counts, earlier], axis=1, join="inner").min(axis=1)
    return len(common) >= max(_SUSPECT, _VARIED * common.sum()) and common.sum() >= _NEARLY * smaller


def findings(batch: Batch, repeats: pd.Series) -> list[Finding]:
    """Return one finding per repeated response, naming the row it repeats."""
    return [
        Finding("duplicate", batch.cells.place(int(row)), f"the same response as {first}")
        for row, first in repeats.items()
    ]
