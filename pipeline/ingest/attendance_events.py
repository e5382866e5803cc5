"""Which event an attendance list is of: the nearest title says so, and nothing further away overrules it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.attendance_headers import HEADERS
from pipeline.ingest.attendance_words import GENERIC
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.dates import parse_times
from pipeline.ingest.event_signs import others
from pipeline.ingest.folding import fold
from pipeline.ingest.presence import both_orders
from pipeline.ingest.registers import spellings

_DAY: Final = re.compile(r"(?<![0-9])(?:[12][0-9]{3}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[12][0-9]{3})(?![0-9])")
#: A day without its year, or with its last two figures: the register may tell which it is.
_SHORT_DAY: Final = re.compile(r"(?<![0-9.])([0-9]{1,2})\.([0-9]{1,2})\.?([0-9]{2})?(?![0-9.])")
_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_ALLOWED: Final = "event_id, name or alias of registers/events.csv: above the header, as sheet or in the file name"
_FIX: Final = "write the event's name above the header, or add the spelling to 'aliases' in registers/events.csv"


@dataclass(frozen=True)
class Known:
    """What the register knows of events.

    Parameters
    ----------
    spellings : mapping
        Folded name -> event_id; None where a name fits several events.
    days : mapping
        event_id -> ISO day.
    series : mapping
        Folded name, alias or action -> every event it fits.
    places : frozenset of str
        Folded places of the events: alone in a row of a list they are nobody.
    """

    spellings: Mapping[str, str | None]
    days: Mapping[str, str] = field(default_factory=dict)
    series: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: frozenset[str] = frozenset()

    def on(self, day: str, texts: Sequence[str] = ()) -> list[str]:
        """Return the events of a day; where there are several, those that one of `texts` names."""
        found = sorted(event for event, own in self.days.items() if own == day)
        named = {event for text in texts for event in self.series.get(fold(text), ())}
        return [event for event in found if event in named] or found if len(found) > 1 else found

    def naming(self, texts: Sequence[str]) -> set[str]:
        """Return every event that one of `texts` fits by its name, an alias or its action."""
        return {event for text in texts for event in self.series.get(fold(text), ())}

    def day_of(self, event_id: pd.Series) -> pd.Series:
        """Return the day in the register of each row's event; missing where it has none."""
        days = event_id.map(self.days).astype(TEXT)
        return pd.to_datetime(days, format="%Y-%m-%d").astype("datetime64[us]")

    def whole_day(self, text: str) -> str | None:
        """Return the only day of the register that a day without century or year can be.

        Examples
        --------
        >>> Known({}, {"E1": "2018-03-03"}).whole_day("Kerho 3.3.")
        '2018-03-03'
        """
        if not (short := _SHORT_DAY.search(text)):
            return None
        end = f"{int(short[2]):02}-{int(short[1]):02}"
        found = {day for day in self.days.values() if day[5:] == end and day[2:4] == (short[3] or day[2:4])}
        return found.pop() if len(found) == 1 else None


def known(register: pd.DataFrame) -> Known:
    """Return what the events register says, for looking lists up in it."""
    days: dict[str, str] = {}
    series: dict[str, frozenset[str]] = {}
    for row in register.itertuples():
        event = str(row.event_id)
        if not pd.isna(row.date):
            days[event] = f"{row.date:%Y-%m-%d}"
        aliases = [] if pd.isna(row.aliases) else str(row.aliases).split("|")
        for text in {fold(str(t)) for t in (event, row.name, row.action_id, *aliases)}:
            series[text] = series.get(text, frozenset()) | {event}
    places = {fold(text) for text in register["place"].dropna().astype(str)} if "place" in register else set()
    return Known(spellings(register), days, series, frozenset(places))


@dataclass(frozen=True)
class Found:
    """The event of each row, and what a person should look at."""

    event_id: pd.Series
    doubts: tuple[str, ...] = ()


def find(cells: Cells, columns: Mapping[str, pd.Series], events: Known, siblings: int = 1) -> Found:
    """Return the event of each row.

    A column of events or event days says it row by row. Else the texts above the header, else the sheet's name, else a
    day among them, else a column of days, else the file's name, else the day on which people came. A title, a day or a
    year of another or an unknown event is never overruled by the file's name: it may be a sheet left behind.

    Parameters
    ----------
    cells : Cells
        The list.
    columns : mapping
        "event", "event_date", "date" -> texts, where the list has them.
    events : Known
        The register.
    siblings : int
        Tables the file has.

    Raises
    ------
    ReadError
        When the list does not say its event, or contradicts itself.
    """
    if "event" in columns:
        named = columns["event"].map(lambda text: events.spellings.get(fold(text)), na_action="ignore")
        return Found(named.astype(TEXT))
    if "event_date" in columns:
        return Found(_by_day(cells, columns["event_date"], events))
    event, doubts = _of_list(cells, events, siblings, columns)
    if event is None:
        return Found(_by_day(cells, columns["date"], events))
    return Found(pd.Series(event, index=cells.rows.index, dtype=TEXT), doubts)


def _of_list(
    cells: Cells, events: Known, siblings: int, columns: Mapping[str, pd.Series]
) -> tuple[str | None, tuple[str, ...]]:
    title, sheet, file = _title(cells), cells.sheet or "", _file(cells)
    signs = _signs(cells, events, siblings)
    for texts in (title, [sheet], [f"{text} {sheet}" for text in (*title, *file) if sheet]):
        if (event := _named(cells, texts, events)) is not None:
            return event, others(event, signs) or _other_day(cells, event, events)
    days = _days([*title, sheet], events)
    if days and events.days:
        event = _of_day(cells, days[0], events, [*title, sheet, *file])
        return event, others(event, signs)
    if "date" in columns and events.days:
        return None, ()
    event = _named(cells, file, events)
    if event is None and events.days and (day := _days(file[:1], events)):
        event = _of_day(cells, day[0], events, file)
        return event, others(event, signs)
    if event is None and "joined" in columns and (event := _by_times(cells, columns["joined"], events)):
        return event, (f"event {event} was found by the day of the times alone",)
    if event is None:
        raise _refusal(cells, "the list does not say which event it is of, or the register does not know the name")
    return event, (*others(event, signs), *_by_file_only(cells, event, events, siblings))


def _signs(cells: Cells, events: Known, siblings: int) -> list[frozenset[str]]:
    """Return the events that each sign of the list fits: titles, sheet, file name; the days in them.

    The name of a file of several tables speaks for none of them.
    """
    file = _file(cells) if siblings == 1 else []
    texts = [[text] for text in (*_title(cells), cells.sheet or "")] + [file]
    named = [events.naming([*own, *(_DAY.sub(" ", text) for text in own)]) for own in texts]
    dated = [{event for day in _days(own[:1], events) for event in events.on(day)} for own in texts]
    return [frozenset(found) for found in (*named, *dated) if found]


def _title(cells: Cells) -> list[str]:
    """Return the texts above the header, and what stands behind a colon in them."""
    return [*cells.preamble, *(text.partition(":")[2] for text in cells.preamble if ":" in text)]


def _file(cells: Cells) -> list[str]:
    stem = PurePosixPath(cells.file).stem
    return [stem, *re.split(r"[\s_]+", stem)]


def _named(cells: Cells, texts: Sequence[str], events: Known) -> str | None:
    found = list(dict.fromkeys(e for text in texts if (e := events.spellings.get(fold(text)))))
    if len(found) > 1:
        raise _refusal(cells, f"the list names {len(found)} events: {', '.join(found)}")
    return found[0] if found else None


def _days(texts: Sequence[str], events: Known) -> list[str]:
    """Return the days in titles; short ones only where no title has a whole one and the register knows them."""
    found = tuple(day for text in texts for day in _DAY.findall(text))
    return list(_parsed(found)) if found else [day for text in texts if (day := events.whole_day(text))]


@lru_cache(maxsize=1024)
def _parsed(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return days as ISO, read as a column of them is: day first, unless one of them cannot be."""
    days = tuple(day for text in found if (day := _day_first(text)))
    if len(days) == len(found):
        return days
    return tuple(f"{day:%Y-%m-%d}" for day in parse_times(pd.Series(found, dtype=TEXT))["moment"].dropna())


def _day_first(text: str) -> str | None:
    numbers = [int(part) for part in re.split(r"[.-]", text)]
    year, month, day = numbers if "-" in text else reversed(numbers)
    try:
        return f"{dt.date(year, month, day)}"
    except ValueError:
        return None


def _other_day(cells: Cells, event: str, events: Known) -> tuple[str, ...]:
    days, own = _days([*cells.preamble, cells.sheet or ""], events), events.days.get(event)
    if days and own and own not in days:
        return (f"the list's own day is not the day of event {event} in the register",)
    return ()


def _of_day(cells: Cells, day: str, events: Known, texts: Sequence[str]) -> str:
    found = events.on(day, texts)
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} events of the register are" if found else "no event of the register is"
    raise _refusal(cells, f"{what} on the day the list gives, {day}")


def _by_day(cells: Cells, texts: pd.Series, events: Known) -> pd.Series:
    """Return the event of each row's day; refused where no row finds one."""
    moments = parse_times(texts)["moment"].dt.strftime("%Y-%m-%d")
    short = texts.where(texts.str.fullmatch(_SHORT_DAY).fillna(False).astype(bool))
    moments = moments.fillna(short.map(lambda text: events.whole_day(text) or text, na_action="ignore"))
    names = [*_title(cells), *(cells.sheet or "").split(" / "), *_file(cells)]
    single = {day: found[0] for day in moments.dropna().unique() if len(found := events.on(day, names)) == 1}
    event = moments.map(single).astype(TEXT)
    if len(texts) and event.isna().all():
        missing = sorted(set(moments.dropna()) - set(single))
        what = f"the register has no event, or several, on {', '.join(missing[:3])}" if missing else "no row has a day"
        raise ReadError(
            what,
            place=cells.place(),
            allowed="one event per day in registers/events.csv, or a title that names the action or the event",
            fix="add the event of that day to registers/events.csv, or write the action's name above the table",
        )
    return event


def _by_times(cells: Cells, joined: pd.Series, events: Known) -> str | None:
    """Return the only event of the days on which people came, whichever way day and month are read."""
    days = {f"{moment:%Y-%m-%d}" for moments in both_orders(joined) for moment in moments.dropna()}
    found = {event for day in days for event in events.on(day, [*_title(cells), *_file(cells)])}
    return found.pop() if len(found) == 1 else None


def _by_file_only(cells: Cells, event: str, events: Known, siblings: int) -> tuple[str, ...]:
    """Return doubts about an event only the file's name gives; a table that says it is of something else is refused."""
    own = [text for text in (*cells.preamble, cells.sheet or "") if not _generic(text)]
    claims = [
        text for text in cells.preamble if fold(text.partition(":")[0]) in {*HEADERS["event"], "kurssi", "course"}
    ]
    if any(fold(text.partition(":")[2]) for text in claims):
        raise _refusal(cells, "the list names an event the register does not know")
    years = {year for text in own for year in _YEAR.findall(text)}
    if years and events.days.get(event) and events.days[event][:4] not in years:
        raise _refusal(
            cells, f"the list is of the year {', '.join(sorted(years))}, event {event} of the file's name is not"
        )
    if siblings > 1 and own:
        raise _refusal(cells, "one of several tables of the file, and its own title or sheet name is of no known event")
    return (f"its title is no event of the register; event {event} was taken from the file's name",) if own else ()


def _generic(text: str) -> bool:
    """Return whether a title says nothing of an event: "Osallistujalista", "Date", "Sheet1", a day."""
    return all(word.strip(".:;,-–()0123456789/") in GENERIC | {""} for word in fold(_DAY.sub("", text)).split())


def _refusal(cells: Cells, what: str) -> ReadError:
    return ReadError(what, place=cells.place(), allowed=_ALLOWED, fix=_FIX)
