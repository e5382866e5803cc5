"""Columns that say something of the response itself, by their headers: its event, its number, when it was sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.draft_guess import Guess, answers
from pipeline.ingest.draft_private import without_number
from pipeline.ingest.folding import fold

_EVENT_NAMES: Final = frozenset({
    "tapahtuma", "tapahtuman nimi", "tapahtumasi", "tilaisuus", "tilaisuuden nimi", "event", "event name",
    "name of the event", "evenemang", "evenemangets namn", "tillställning", "tillställningens namn",
})  # fmt: skip
#: "Which event did you come to": a question word, the event in the singular, and that it has been.
_FI_EVENT: Final = r"(?:tapahtuma(?:an|ssa|sta|n)|tilaisuu(?:teen|dessa|desta|den)|toimin(?:taan|nassa|nasta))"
_FI_CAME: Final = r"(?:osallistuit|olit|kävit|tulit|olet osallistunut|annat palautetta)"
_EVENT_QUESTIONS: Final = (
    re.compile(rf"(?:mihin|missä|minkä|mistä) (?:\w+ )?{_FI_EVENT},? (?:johon |jossa )?{_FI_CAME}\b.*"),
    re.compile(rf"(?:tapahtuma|tilaisuus|toiminta),? (?:johon|jossa|mihin|missä) {_FI_CAME}\b.*"),
    re.compile(r"(?:i )?vilke[tn] (?:evenemang|tillställning) (?:deltog|var|besökte) du\b.*"),
    re.compile(
        r"(?:at |in )?which event (?:did|have|were) you (?:attend|take part|participate|visit|been to|come to|at)\b.*"
    ),
    re.compile(r"(?:the )?event (?:that )?you (?:attended|took part in|participated in|visited)\b.*"),
)
_EVENT_WORD: Final = re.compile(r"\b(?:tapahtum|tilaisuu|events?\b|evenemang|tillställning)")
_KEYS: Final = frozenset({
    "vastaajan numero", "vastaajanumero", "vastaaja nro", "vastaajan nro", "vastaaja", "vastauksen numero",
    "vastausnumero", "vastaus nro", "lomakkeen numero", "lomakenumero", "lomakkeen nro", "lomake nro", "lomakenro",
    "lomake", "respondent number", "respondent no", "respondent", "response number", "response no", "form number",
    "form no", "svarsnummer", "svarandens nummer", "respondentnummer", "respondentens nummer", "blankettens nummer",
    "blankettnummer", "blankett nr", "svar nr",
})  # fmt: skip
_SENT: Final = frozenset({
    "lähetysaika", "lähetetty", "lähetysajankohta", "lähetyshetki", "lähetyspäivä", "vastausaika", "vastauspäivä",
    "vastattu", "vastaamisen ajankohta", "valmistumisaika", "lopetusaika", "päättymisaika", "aikaleima", "submitted",
    "submitted at", "submit date", "submission date", "submission time", "submission datetime", "response date",
    "response time", "date submitted", "time submitted", "completion time", "completed", "end time", "end date",
    "timestamp", "inskickad", "inskickat", "skickat", "svarstid", "svarsdatum", "sluttid", "slutförd", "tidsstämpel",
    "tidstämpel",
})  # fmt: skip
_STARTED: Final = frozenset({
    "aloitusaika", "aloitettu", "aloitusajankohta", "aloitushetki", "aloituspäivä", "alkamisaika", "start time",
    "start date", "started", "started at", "starttid", "startdatum", "påbörjad", "påbörjat",
})  # fmt: skip
_IS_EVENT: Final = (
    "otsikosta päätelty: kertoo tapahtuman (field: event); jos ei, tyhjennä field / "
    "from the header: names the event (field: event); if not, empty field"
)
_MAYBE_EVENT: Final = (
    "; jos tämä kertoo tapahtuman, kirjoita sarakkeeseen field: event / if this names the event, write event in field"
)
_IS_KEY: Final = "otsikosta päätelty: vastauksen numero / from the header: the number of the response"
_IS_SENT: Final = "otsikosta päätelty: lähetysaika / from the header: when it was sent"
_IS_STARTED: Final = (
    "vastaamisen aloitusaika; vastauksen aika on toisessa sarakkeessa / "
    "when answering began; another column tells the time of the response"
)


def fields(cells: Cells, guesses: Mapping[int, Guess]) -> dict[int, Guess]:
    """Return the guesses with one column at most for each field of a response, by clear headers only.

    Parameters
    ----------
    cells : Cells
        The table; a field its tool gives itself is not looked for.
    guesses : mapping of int to Guess
        What each column is taken for by its cells.
    """
    found = dict(guesses)
    given = set(cells.fields.values())
    if "response_key" not in given:
        _first(found, [i for i in found if _is_key(cells, i, found[i])], Guess("text", _IS_KEY, field="response_key"))
    if "event" not in given:
        clear = [i for i in found if _is_event(cells, i, found)]
        _first(found, clear, Guess("text", _IS_EVENT, field="event"))
        _ask(cells, found)
    return _times(cells, found, "submitted_at" in given)


def _first(found: dict[int, Guess], columns: list[int], guess: Guess) -> None:
    for column in columns[:1]:
        found[column] = guess


def _headers(cells: Cells, column: int) -> list[str]:
    """Return a column's header and second name as they compare, without the number a tool put before it."""
    texts = [cells.header[column], cells.questions[column] if cells.questions else ""]
    return [without_number(text) for text in texts if text]


def _is_key(cells: Cells, column: int, guess: Guess) -> bool:
    """Return whether a column numbers the responses: by its header, with digits in each cell, hardly one twice."""
    if not guess.type or _KEYS.isdisjoint(_headers(cells, column)):
        return False
    texts = answers(cells, column)
    return bool(texts.str.contains(r"\d").all()) and texts.nunique() >= 0.9 * len(texts)


def _is_event(cells: Cells, column: int, guesses: Mapping[int, Guess]) -> bool:
    guess = guesses[column]
    if guess.field or guess.type not in ("text", "select_one", "integer"):
        return False
    headers = _headers(cells, column)
    if any(question.fullmatch(header) for question in _EVENT_QUESTIONS for header in headers):
        return True
    # "Tapahtuma" may also head a column of marks: 1 to 5, or the words its neighbours are answered with
    shared = any(_labels(guess) & _labels(other) for i, other in guesses.items() if i != column)
    return not (_EVENT_NAMES.isdisjoint(headers) or shared or bool(answers(cells, column).str.fullmatch(r"\d+").any()))


def _labels(guess: Guess) -> set[str]:
    return {fold(choice.label) for choice in guess.choices if choice.missing is None}


def _ask(cells: Cells, found: dict[int, Guess]) -> None:
    """Say of columns whose header speaks of an event what to do if they name it, where no column is sure to."""
    if any(guess.field == "event" for guess in found.values()):
        return
    for column, guess in found.items():
        if guess.type in ("text", "select_one") and any(map(_EVENT_WORD.search, _headers(cells, column))):
            found[column] = replace(guess, note=guess.note + _MAYBE_EVENT)


def _times(cells: Cells, found: dict[int, Guess], given: bool) -> dict[int, Guess]:
    """Choose the time of the response: when it was sent, else when answering began, else any other time."""
    dates = [i for i, guess in found.items() if guess.type in ("dateTime", "date")]
    sent = [i for i in dates if not _SENT.isdisjoint(_headers(cells, i))]
    started = [i for i in dates if not _STARTED.isdisjoint(_headers(cells, i))]
    timed = [i for i in dates if found[i].field == "submitted_at"]
    best = next(iter([*sent, *started, *timed]), None)
    for i in dates:
        chosen = i == best and not given
        found[i] = replace(found[i], field="submitted_at" if chosen else None)
        if chosen and i in sent:
            found[i] = replace(found[i], note=_IS_SENT)
        elif i in started and not chosen:
            found[i] = Guess("", _IS_STARTED)
    return found
