"""Responses that carry a name or a contact, because the form asked for it: found for whoever asks to be removed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pandas as pd

from pipeline.core.errors import Place
from pipeline.ingest import assemble
from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.cells import Cells
from pipeline.ingest.listed_names import MASK, ListedNames
from pipeline.ingest.person_keys import email_address, name_key, phone_number
from pipeline.ingest.personal_patterns import MASKS, mask_text
from pipeline.ingest.traces import Traces, phone_digits, words_of

_WORD = re.compile(r"[^\W\d_]+")
_MASKED = re.compile("|".join(map(re.escape, (*MASKS.values(), MASK))))
#: An answer of less could be anybody's.
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 12
_BLANK = re.compile(r"\s")


@dataclass(frozen=True)
class _Person:
    """How a response tells whose it is: by an address or number, or by a name that nobody else on the lists has."""

    emails: set[str]
    phones: set[str]
    names: set[str]

    def rows(self, cells: Cells) -> pd.Index:
        """Return the rows of a table in which a whole cell is this person."""
        contact, named, other = (pd.Series(False, index=cells.rows.index) for _ in range(3))
        for index in cells.rows.columns:
            texts = cells.rows[index]
            different = [str(text) for text in texts.dropna().unique()]
            contact |= texts.isin([text for text in different if self._is_contact(text)])
            named |= texts.isin([text for text in different if self._is_name(text)])
            other |= texts.isin([text for text in different if self._is_of_somebody_else(text)])
        named |= _whole_names(cells).map(self._is_name, na_action="ignore").eq(True)
        return cells.rows.index[contact | (named & ~other)]  # a namesake with another address stays

    def _is_contact(self, text: str) -> bool:
        if "@" in text:
            return email_address(text) in self.emails
        return any(map(str.isdigit, text)) and phone_number(text) in self.phones

    def _is_name(self, text: str) -> bool:
        words = _WORD.findall(text)
        plain = "@" not in text and not any(map(str.isdigit, text))
        return plain and 1 < len(words) < 5 and name_key(text) in self.names

    def _is_of_somebody_else(self, text: str) -> bool:
        alone = "@" in text and not _BLANK.search(text.strip())
        return bool(self.emails) and alone and email_address(text) not in self.emails


def _whole_names(cells: Cells) -> pd.Series:
    """Return first and last name put together, where the form asked for them apart; else nothing."""
    at = {kind_of(text): index for index, text in enumerate(cells.header)}
    parts = [cells.rows[at[key]] for key in ("first_name", "last_name") if key in at]
    return parts[0].str.cat(parts[1], sep=" ") if len(parts) == 2 else pd.Series(pd.NA, index=cells.rows.index)


def found(
    tables: Iterable[Cells], who: str, people: pd.DataFrame, others: Iterable[str] = ()
) -> tuple[list[Place], set[str]]:
    """Return the rows of feedback in which a whole cell is the person asked for, and their response ids.

    Parameters
    ----------
    tables : iterable of Cells
        All tables of feedback.
    who : str
        A name, an e-mail address or a phone number.
    people : DataFrame
        The rows of the same person on the attendance lists, if any: their names, addresses and numbers count as well.
    others : iterable of str
        Names of everybody else on the lists: a name that two people have tells neither.
    """
    emails = {str(text) for text in (email_address(who), *people["email"].dropna()) if text}
    phones = {str(text) for text in (phone_number(who), *people["phone"].dropna()) if text}
    asked = None if emails or phones else name_key(who)
    names = {str(text) for text in (asked, *people["name"].dropna()) if text} - set(others)
    person = _Person(emails, phones, names)
    places: list[Place] = []
    ids: set[str] = set()
    for cells in tables:
        rows = person.rows(cells)
        places += [cells.place(int(row)) for row in rows]
        ids |= set(assemble.response_ids(cells, rows))
    return places, ids


def said(tables: Iterable[Cells], places: Collection[Place], names: ListedNames) -> set[str]:
    """Return what the rows at `places` say at some length, as the tables show it: to look for where it went.

    A mask stands for a name or contact there, so that only what is between masks is looked for.
    """
    rows: dict[tuple[str, str | None], set[int | None]] = {}
    for at in places:
        rows.setdefault((at.file, at.sheet), set()).add(at.row)
    found: set[str] = set()
    for cells in tables:
        own = cells.rows[cells.rows.index.isin(list(rows.get((cells.file, cells.sheet), ())))]
        texts = {str(text) for column in own for text in own[column].dropna()}
        parts = [part for text in texts for part in _MASKED.split(names.mask(mask_text(text)))]
        found |= {words_of(line) for part in parts for line in part.splitlines()}
    return {line for line in found if len(line) >= _FEWEST_LETTERS and len(line.split()) >= _FEWEST_WORDS}


def traces(who: str) -> Traces:
    """Return what to look for of somebody who is on no list."""
    email, phone = email_address(who), phone_number(who)
    if email is not None:
        return Traces(exact=frozenset({email}))
    if phone is not None:
        return Traces(phones=frozenset({phone_digits(phone)}))
    return Traces(names=(tuple(_WORD.findall(who)),))
