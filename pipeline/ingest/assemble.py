"""Accepted rows of all files -> the contract tables responses, answers, comments, attendance and persons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from pipeline.core.contracts import CONTRACTS
from pipeline.ingest.attendance import AttendanceList
from pipeline.ingest.cells import TEXT, Cells, spread
from pipeline.ingest.feedback import Batch
from pipeline.ingest.instrument import Instrument
from pipeline.ingest.personal_data import pseudonym
from pipeline.ingest.presence import minutes_present


def response_ids(cells: Cells, rows: pd.Index) -> list[str]:
    """Return the id of each response: its place, so that anyone can find the paper or the line it came from."""
    stem = ":".join(filter(None, [cells.file.removeprefix("feedback/"), cells.sheet]))
    return [f"{stem}:{row}" for row in rows]


def accepted(batch: Batch, repeats: pd.Series) -> pd.Index:
    """Return the rows of a batch that are neither set aside nor duplicates."""
    return batch.cells.rows.index.difference(batch.quarantined.index).difference(repeats.index)


def responses_table(batches: Sequence[Batch], kept: Sequence[pd.Index], events: pd.DataFrame) -> pd.DataFrame:
    """Return the `responses` contract table."""
    parts = []
    for batch, rows in zip(batches, kept, strict=True):
        part = batch.responses.loc[rows, ["event_id", "mode", "language", "submitted_at", "role"]].assign(
            response_id=response_ids(batch.cells, rows),
            source_file=batch.cells.file,
            source_sheet=batch.cells.sheet,
            source_row=rows,
        )
        parts.append(part)
    if not parts:
        return CONTRACTS["responses"].empty()
    frame = pd.concat(parts, ignore_index=True)
    action = frame["event_id"].map(events.set_index("event_id")["action_id"])
    return frame.assign(action_id=action.astype(TEXT))


def answers_table(batches: Sequence[Batch], kept: Sequence[pd.Index], instrument: Instrument) -> pd.DataFrame:
    """Return the `answers` contract table: each response has a row for every closed item; a form without it says so.

    The rows are in the order of the table's key, so that nobody need sort thirty million of them.
    """
    items = instrument.items_table()
    closed = sorted(items.loc[~items["type"].isin(["text", "select_multiple"]), "item"])
    ids = [place for batch, rows in zip(batches, kept, strict=True) for place in response_ids(batch.cells, rows)]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    codes, texts = _laid_out([b.codes.loc[rows] for b, rows in zip(batches, kept, strict=True)], closed, None)
    reasons, words = _laid_out(
        [b.reasons.loc[rows] for b, rows in zip(batches, kept, strict=True)], closed, "not_asked"
    )
    codes, reasons = codes[order].ravel(), reasons[order].ravel()
    values = np.array([_as_number(text) for text in texts] + [np.nan])
    return pd.DataFrame(
        {
            "response_id": spread(
                [ids[at] for at in order], np.repeat(np.arange(len(ids), dtype="int32"), len(closed))
            ),
            "item": spread(closed, np.tile(np.arange(len(closed), dtype="int32"), len(ids))),
            "code": spread(texts, codes),
            "value": values[codes],
            "missing_reason": spread(words, reasons),
        },
        copy=False,  # of thirty million rows
    )


def _laid_out(frames: Sequence[pd.DataFrame], items: Sequence[str], absent: str | None) -> tuple[np.ndarray, list[str]]:
    """Return responses x items as numbers of texts, -1 for none; `absent` is the text of an item a form has not."""
    known: dict[str, int] = {} if absent is None else {absent: 0}
    table = np.full((sum(map(len, frames)), len(items)), -1 if absent is None else 0, dtype="int32")
    start = 0
    for frame in frames:
        for column, item in enumerate(items):
            if item in frame:
                at, texts = pd.factorize(frame[item])
                lookup = np.array([known.setdefault(str(text), len(known)) for text in texts] + [-1], dtype="int32")
                table[start : start + len(frame), column] = lookup[at]
        start += len(frame)
    return table, list(known)


def _as_number(text: str) -> float:
    return float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else np.nan


def comments_table(batches: Sequence[Batch], kept: Sequence[pd.Index]) -> pd.DataFrame:
    """Return the `comments` contract table; a blank answer has no row."""
    parts = []
    for batch, rows in zip(batches, kept, strict=True):
        texts = batch.comments.loc[rows].set_axis(response_ids(batch.cells, rows))
        long = texts.melt(ignore_index=False, var_name="item", value_name="text").dropna()
        parts.append(long.rename_axis("response_id").reset_index())
    return pd.concat(parts, ignore_index=True) if parts else CONTRACTS["comments"].empty()


#: Where a row of a list stands.
_PLACE: Final = ("source_file", "source_sheet", "source_row")


def people_on(lists: Sequence[AttendanceList]) -> pd.DataFrame:
    """Return the open rows of all lists together, with their places, numbered from 0. Holds names."""
    parts = [
        part.people.drop(index=part.quarantined.index)
        .rename_axis("source_row")
        .reset_index()
        .assign(source_file=part.cells.file, source_sheet=part.cells.sheet, list=name)
        for part, name in zip(lists, list_names(lists), strict=True)
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=["event_id", "list", *_PLACE])


def list_names(lists: Sequence[AttendanceList]) -> list[str]:
    """Return a name per list; a list that says the very same as an earlier one, cell for cell, is that list again."""
    first: dict[tuple[tuple[str, ...], str], str] = {}
    said = [(part.cells.header, part.cells.rows.to_csv(index=False)) for part in lists]
    names = [f"{part.cells.file}:{part.cells.sheet or ''}" for part in lists]
    return [first.setdefault(text, name) for text, name in zip(said, names, strict=True)]


def repeats_on_list(people: pd.DataFrame, person: pd.Series) -> pd.Series:
    """Return where a person stands a second time on the list of the same event."""
    return pd.DataFrame({"person": person, "event": people["event_id"]}).duplicated()


def attendance_tables(
    people: pd.DataFrame, person: pd.Series, events: pd.DataFrame, key: bytes
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the `attendance` and `persons` contract tables: names replaced by keyed pseudonyms.

    A person who stands twice on one event's list attended it once, in the most involved of the roles given, and with
    the surest of the statuses; minutes are those that at least one of the sessions covers.
    """
    named = people.assign(person_id=person.map(_identities(people, person, key)))
    groups = named.assign(
        role=pd.Categorical(named["role"], ["planner", "organiser", "participant"], ordered=True),
        status=pd.Categorical(named["status"], ["attended", "unknown", "registered"], ordered=True),
    ).groupby(["person_id", "event_id"], sort=True)
    attendance = groups[["role", "status"]].min().astype({"role": TEXT, "status": TEXT})
    attendance["organisation_id"] = groups["organisation_id"].first()
    attendance["minutes"] = minutes_present(named).where(attendance["status"] == "attended")
    first = named.drop_duplicates(["person_id", "event_id"]).set_index(["person_id", "event_id"])
    places = first[[*_PLACE]]
    return attendance.join(places).reset_index(), _persons(named, events)


def _persons(named: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    dates = events.set_index("event_id")["date"]
    ordered = named.assign(date=named["event_id"].map(dates), planner=named["role"] == "planner")
    groups = ordered.sort_values(["date", "event_id"]).groupby("person_id")
    return pd.DataFrame(
        {
            "birth_year": groups["birth_year"].first(),
            "n_events": groups["event_id"].nunique(),
            "planner": groups["planner"].any(),
            "first_event_id": groups["event_id"].first(),
        }
    ).reset_index()


def _identities(people: pd.DataFrame, person: pd.Series, key: bytes) -> dict[int, str]:
    """Return person number -> pseudonym, from what identifies the person best over all lists: stable on a rerun.

    Two people who look the same (namesakes without contacts, kept apart) are told apart by where they first stand.
    """
    columns = ["email", "phone", "name", "birth_year"]
    best = people[columns].groupby(person).min().astype(object)
    identity = pd.Series(["|".join(str(v) for v in row if not pd.isna(v)) for row in best.to_numpy()], index=best.index)
    place = people["source_file"] + ":" + people["source_sheet"].fillna("") + ":" + people["source_row"].astype(str)
    alike = identity.duplicated(keep=False) | (identity == "")
    identity = identity.where(~alike, identity + "|" + place.groupby(person).first())
    return {int(number): pseudonym(key, text) for number, text in identity.items()}
