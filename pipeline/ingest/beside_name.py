"""What lists write in the cell of a name beside it: a role, an organisation."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from pipeline.ingest.cells import mapped
from pipeline.ingest.folding import fold

#: Words beside a name, none of them a name: "Ohjaaja Maija Aho", "Maija Aho (vet.)".
_ROLES: Final = {
    "ohjaaja": "ohjaaja", "ohj": "ohjaaja", "vetäjä": "vetäjä", "vet": "vetäjä", "järjestäjä": "järjestäjä",
    "järj": "järjestäjä", "suunnittelija": "suunnittelija", "ideoija": "ideoija", "arrangör": "arrangör",
    "organiser": "organiser", "organizer": "organizer", "planerare": "planerare",
}  # fmt: skip
#: These are surnames too: a role only in brackets.
_BRACKETED: Final = {"host": "host", "co-host": "host", "isäntä": "isäntä", "ledare": "arrangör", "planner": "planner"}
_IN_BRACKETS: Final = re.compile(r"[(\[]([^)\]]*)[)\]]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
#: Between a name and what stands beside it.
_MARK: Final = re.compile(r"\s*[,;/(\[|\n]\s*|\s+[-–—]\s+")
_ORGANISATION: Final = re.compile(
    r"\b(?:\w*(?:yhdistys|yhdistyksen|liitto|kerho|koulu|opisto|lukio|seurakunta|kaupunki|säätiö|järjestö|toimikunta|"
    r"kirjasto|keskus|toimisto|martat|marttaliitto|eläkkeensaajat|förening|föreningen|skola|församling|"
    r"förbundet|association|society|school|college|university|library)|\w{3,}seura|ry|rf|oy|ab|oyj|spr|mll|4h|tmi|"
    r"ltd|inc)\b\.?"
)
_FEWEST: Final = 2


def role(text: str) -> str | None:
    """Return the role that stands beside a whole name.

    Examples
    --------
    >>> [role(text) for text in ("Ohjaaja Maija Aho", "Aho, Maija (vet.)", "Maija Host", "Ohjaaja")]
    ['ohjaaja', 'vetäjä', None, None]
    """
    inside = [fold(word) for words in _IN_BRACKETS.findall(text) for word in _WORD.findall(words)]
    outside = [fold(word) for word in _WORD.findall(_IN_BRACKETS.sub(" ", text))]
    found = [word for word in inside if word in _ROLES or word in _BRACKETED]
    if sum(word not in _ROLES for word in outside) < _FEWEST - bool(found):
        return None
    found += [word for word in outside if word in _ROLES]
    return (_ROLES | _BRACKETED)[found[0]] if found else None


def apart(text: str, organisations: Collection[str] = ()) -> tuple[str, str | None]:
    """Return the name, and the organisation that stands behind it.

    Parameters
    ----------
    text : str
        The cell.
    organisations : collection of str
        Folded names of the register; others are known by a word such as "ry" or "koulu".

    Examples
    --------
    >>> apart("Maija Aho, Martat Lappeenranta"), apart("Aho, Maija (SPR)"), apart("Aho, Maija")
    (('Maija Aho', 'Martat Lappeenranta'), ('Aho, Maija', 'SPR'), ('Aho, Maija', None))
    """
    for mark in reversed(list(_MARK.finditer(text))):
        name, behind = text[: mark.start()], text[mark.end() :].strip(" )].")
        known = fold(behind) in organisations or _ORGANISATION.search(fold(behind))
        if known and len(_WORD.findall(name)) >= _FEWEST and not _ORGANISATION.search(fold(name)):
            return name, behind
    return text, None


def taken_apart(texts: Mapping[str, pd.Series], organisations: Collection[str] = ()) -> dict[str, pd.Series]:
    """Return the columns of a list, what stands beside names put where roles and organisations are empty.

    Parameters
    ----------
    texts : mapping
        What a column holds -> its texts.
    organisations : collection of str
        Folded names of the register.
    """
    if "name" not in texts:
        return dict(texts)
    names = texts["name"]
    parts = {text: apart(text, organisations) for text in names.array if isinstance(text, str)}
    found = {
        "role": mapped(names, lambda text: role(parts[text][0])),
        "organisation": mapped(names, lambda text: parts[text][1]),
    }
    filled = {key: texts.get(key, found[key]).fillna(found[key]) for key in found if found[key].notna().any()}
    return {**texts, **filled, "name": mapped(names, lambda text: parts[text][0])}
