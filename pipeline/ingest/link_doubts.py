"""Pairs of rows that are kept apart, or would be, and about which a person must say whether they are one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import pandas as pd

from pipeline.ingest.person_keys import given_name

#: A word that often on one list is no name, and nobody looks at that many pairs.
_MANY: Final = 30
#: Letters that a short form has in common with its given name: Kati, Katariina.
_LETTERS: Final = 3


def shared_contacts(people: pd.DataFrame, lists: pd.Series) -> list[tuple[int, int]]:
    """Return pairs of rows of one list with one e-mail or phone and different full names: a family, or one person.

    Parameters
    ----------
    people : DataFrame
        As for `link`.
    lists : Series of str
        The list of each row; missing where a row is a session, in which the same account is the same person.

    Examples
    --------
    >>> rows = pd.DataFrame({"name": ["aalto anna", "aalto anni"], "email": ["a@x.example"] * 2, "phone": [None] * 2,
    ...                      "birth_year": pd.array([None] * 2, dtype="Int64")})
    >>> shared_contacts(rows, pd.Series(["a.csv", "a.csv"]))
    [(0, 1)]
    """
    full = people["name"].notna() & people["name"].str.contains(" ").fillna(False).astype(bool)
    found: dict[tuple[int, int], None] = {}
    for contact in ("email", "phone"):
        rows = people[full & people[contact].notna() & lists.notna()]
        rows = rows[pd.DataFrame({"list": lists[rows.index], "contact": rows[contact]}).duplicated(keep=False)]
        for _, group in rows.groupby([lists[rows.index], rows[contact]]):
            first = group.drop_duplicates("name").index
            years = people["birth_year"]
            pairs = [(int(a), int(b)) for a, b in combinations(first, 2)]
            found |= dict.fromkeys(pair for pair in pairs if years[[*pair]].dropna().nunique() < 2)
    return list(found)


def namesakes_on_list(people: pd.DataFrame, lists: pd.Series) -> list[tuple[int, int]]:
    """Return pairs of rows of one list with the same single word for a name and nothing else: two Emmas, or one twice.

    Parameters
    ----------
    people, lists
        As for `shared_contacts`.

    Examples
    --------
    >>> rows = pd.DataFrame({"name": ["emma", "leo", "emma"], "email": [None] * 3, "phone": [None] * 3,
    ...                      "birth_year": pd.array([None] * 3, dtype="Int64")})
    >>> namesakes_on_list(rows, pd.Series(["a.csv"] * 3))
    [(0, 2)]
    """
    alone = people["name"].str.fullmatch(r"\S+").fillna(False).astype(bool) & lists.notna()
    alone &= people[["email", "phone", "birth_year"]].isna().all(axis=1)
    rows = pd.DataFrame({"list": lists[alone], "name": people["name"][alone]})
    groups = rows[rows.duplicated(keep=False)].groupby(["list", "name"]).groups.values()
    return [(int(a), int(b)) for group in groups if len(group) <= _MANY for a, b in combinations(group, 2)]


def changed_names(people: pd.DataFrame) -> list[tuple[int, int]]:
    """Return pairs of rows whose names or years are told apart, but so that it may be one person's slip or new name.

    One e-mail or phone and one given name (a new last name), or one last name and a given name written short ("P.",
    "Kati"); one name with years of birth that follow each other.

    Parameters
    ----------
    people : DataFrame
        As for `link`, and the column written: the name as it stands on the list.

    Examples
    --------
    >>> rows = pd.DataFrame({"name": ["aho liisa", "liisa oja", "aho pekka"], "email": ["a@x.example"] * 3,
    ...                      "phone": [None] * 3, "written": ["Liisa Aho", "Oja, Liisa", "Pekka Aho"],
    ...                      "birth_year": pd.array([None] * 3, dtype="Int64")})
    >>> changed_names(rows)
    [(0, 1)]
    """
    found: dict[tuple[int, int], None] = {}
    for contact in ("email", "phone"):
        found |= dict.fromkeys(pair for pair in _pairs(people, contact, "name") if _may_be_one(people, *pair))
    years = people["birth_year"]
    for i, j in _pairs(people[people["name"].str.contains(" ").fillna(False).astype(bool)], "name", "birth_year"):
        if abs(int(years[i]) - int(years[j])) == 1:
            found[i, j] = None
    return list(found)


def _pairs(people: pd.DataFrame, shared: str, differing: str) -> Iterator[tuple[int, int]]:
    """Return pairs of the first rows with the same of one thing and different ones of another."""
    rows = people[people[shared].notna() & people[differing].notna()].drop_duplicates([shared, differing])
    for _, group in rows[rows.duplicated(shared, keep=False)].groupby(shared, sort=False):
        if len(group) <= _MANY:
            yield from ((int(i), int(j)) for i, j in combinations(group.index, 2))


def _may_be_one(people: pd.DataFrame, i: int, j: int) -> bool:
    given = sorted((given_name(str(people.at[row, "written"])) or "" for row in (i, j)), key=len)
    parts = [set(str(people.at[row, "name"]).split()) for row in (i, j)]
    if given[0] == given[1] != "":
        return True
    short = len(given[0]) == 1 or len(given[0]) >= _LETTERS <= len(given[1])
    return short and given[0][:_LETTERS] == given[1][: min(len(given[0]), _LETTERS)] and bool(parts[0] & parts[1])
