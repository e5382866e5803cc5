"""Responses that carry a name or a contact, because the form asked for it: found for whoever asks to be removed."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from pipeline.core.errors import Place
from pipeline.ingest import assemble
from pipeline.ingest.cells import Cells
from pipeline.ingest.person_keys import email_address, name_key, phone_number
from pipeline.ingest.traces import Traces, phone_digits

_WORD = re.compile(r"[^\W\d_]+")


def found(tables: Iterable[Cells], who: str, people: pd.DataFrame) -> tuple[list[Place], set[str]]:
    """Return the rows of feedback in which a whole cell is the person asked for, and their response ids.

    Parameters
    ----------
    tables : iterable of Cells
        All tables below raw/.
    who : str
        A name, an e-mail address or a phone number.
    people : DataFrame
        The rows of the same person on the attendance lists, if any: their addresses and numbers count as well.
    """
    emails = {email_address(who), *people["email"].dropna()} - {None}
    phones = {phone_number(who), *people["phone"].dropna()} - {None}
    name = None if emails or phones else name_key(who)
    places: list[Place] = []
    ids: set[str] = set()
    for cells in tables:
        if cells.file.startswith("feedback/"):
            rows = _rows(cells, emails, phones, name)
            places += [cells.place(int(row)) for row in rows]
            ids |= set(assemble.response_ids(cells, rows))
    return places, ids


def _rows(cells: Cells, emails: set[object], phones: set[object], name: str | None) -> pd.Index:
    hit = pd.Series(False, index=cells.rows.index)
    for index in cells.rows.columns:
        texts = cells.rows[index]
        guilty = [text for text in texts.dropna().unique() if _is(str(text), emails, phones, name)]
        hit |= texts.isin(guilty)
    return hit.index[hit]


def _is(text: str, emails: set[object], phones: set[object], name: str | None) -> bool:
    if "@" in text:
        return email_address(text) in emails
    if any(map(str.isdigit, text)):
        return phone_number(text) in phones
    words = _WORD.findall(text)
    return name is not None and 1 < len(words) < 5 and name_key(text) == name


def traces(who: str) -> Traces:
    """Return what to look for of somebody who is on no list."""
    email, phone = email_address(who), phone_number(who)
    if email is not None:
        return Traces(exact=frozenset({email}))
    if phone is not None:
        return Traces(phones=frozenset({phone_digits(phone)}))
    return Traces(names=(tuple(_WORD.findall(who)),))
