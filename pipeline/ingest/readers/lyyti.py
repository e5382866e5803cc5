"""Lyyti's API answers: participants by enrolment, companions included, and lists of events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content

NAME: Final = "lyyti"
SIGNS: Final = ()
_HEADER: Final = ("id", "first name", "last name", "email", "phone", "status", "companion", "enrolled")
_TECHNICAL: Final = frozenset({0, 6, 7})
_COUNTS: Final = ("show", "noshow", "reactedyes", "reactedno", "notreacted")
#: Local times may differ from UTC by a time zone, not by more.
_ZONE: Final = 15 * 3600


def recognises(content: Content) -> bool:
    """Return whether the content is an answer of Lyyti about participants or events."""
    try:
        return any(_is_participant(p) for p in _participants(content.json)) or any(_events(content.json))
    except ReadError:
        return False


def _results(answer: Any) -> dict[str, Any]:
    results = answer.get("results") if isinstance(answer, dict) else None
    if isinstance(results, list):
        return {str(i): result for i, result in enumerate(results)}
    return {str(key): result for key, result in results.items()} if isinstance(results, dict) else {}


def _participants(answer: Any) -> Iterator[Any]:
    """Yield participants: under "results" by enrolment, perhaps one level deeper by event."""
    for result in _results(answer).values():
        if isinstance(result, dict):
            inner = [result] if "participants" in result else [v for v in result.values() if isinstance(v, dict)]
            for enrolment in inner:
                people = enrolment.get("participants")
                yield from people if isinstance(people, list) else ()


def _is_participant(person: Any) -> bool:
    return isinstance(person, dict) and "status" in person and bool({"firstname", "lastname", "email"} & {*person})


def _events(answer: Any) -> Iterator[dict[str, Any]]:
    for result in _results(answer).values():
        if isinstance(result, dict) and isinstance(result.get("participant_counts"), dict):
            yield result


def read(content: Content) -> list[Cells]:
    """Return a table of people, or of events where the answer lists those; a row's number is its order in the answer.

    Raises
    ------
    ReadError
        When an entry among the participants is no participant.
    """
    people = [*_participants(content.json)]
    if not people:
        return [_event_table(content)]
    for number, person in enumerate(people, start=1):
        if not _is_participant(person):
            raise ReadError(
                f"entry {number} of the participants is no participant",
                place=content.name,
                allowed="entries with a status and a name or an e-mail",
                fix="fetch the participants again",
            )
    return [_table(content, _HEADER, [_person(person) for person in people], _about(content.json), _TECHNICAL)]


def _table(
    content: Content,
    header: tuple[str, ...],
    rows: list[tuple[str | None, ...]],
    preamble: tuple[str, ...] = (),
    technical: frozenset[int] = frozenset(),
    remarks: tuple[str, ...] = (),
) -> Cells:
    columns = {i: pd.array([row[i] for row in rows], dtype=TEXT) for i in range(len(header))}
    index = pd.RangeIndex(1, len(rows) + 1, name="row")
    return Cells(
        content.name,
        None,
        header,
        pd.DataFrame(columns, index=index),
        preamble=preamble,
        technical=technical,
        remarks=remarks,
        dropped=("answers to registration questions, payments and time stamps",),
    )


def _person(person: Mapping[str, Any]) -> tuple[str | None, ...]:
    companion = _text(person.get("is_avec")) not in (None, "0", "False")
    first, last = _text(person.get("firstname")), _text(person.get("lastname"))
    if companion and not (first or last):
        first = "avec"
    phone, country = _text(person.get("phone")), _text(person.get("phone_countrycode"))
    if phone and country and country.lstrip("+").isdecimal() and not phone.startswith(("+", "00")):
        phone = f"+{country.lstrip('+')} {phone.lstrip('0')}"
    email, status = _text(person.get("email")), _text(person.get("status"))
    enrolled = _moment(person.get("timestamp_enrolled"))
    return _text(person.get("id")), first, last, email, phone, status, "1" if companion else None, enrolled


def _about(answer: Any) -> tuple[str, ...]:
    """Return what may name the event: the last parts of the answer's own address, and the first half of the ids."""
    parts = [part for part in str(answer.get("url") or "").split("/") if part and part != "participants"]
    ids = {key.partition("-")[0] for key in _results(answer) if "-" in key}
    return tuple(dict.fromkeys([*parts[-1:], *(ids if len(ids) == 1 else ())]))


def _event_table(content: Content) -> Cells:
    events = [*_events(content.json)]
    rows = [
        (
            next(iter(event["name"].values()), None)
            if isinstance(event.get("name"), dict)
            else _text(event.get("name")),
            _moment(event.get("start_time_utc")),
            *(_text(event["participant_counts"].get(count)) for count in _COUNTS),
        )
        for event in events
    ]
    remarks = [
        f"entry {number}: start_time and start_time_utc disagree by more than a time zone"
        for number, event in enumerate(events, start=1)
        if _apart(event.get("start_time"), event.get("start_time_utc"))
    ]
    return _table(content, ("event", "start", *_COUNTS), rows, remarks=tuple(remarks))


def _apart(one: object, other: object) -> bool:
    return isinstance(one, int) and isinstance(other, int) and abs(one - other) > _ZONE


def _moment(seconds: object) -> str | None:
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds < 4_102_444_800:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M:%S")


def _text(value: object) -> str | None:
    text = "" if value is None or isinstance(value, (dict, list)) else str(value).strip()
    return text or None
