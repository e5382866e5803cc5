"""Lines of a list that are no person, or more than one: they count nobody until a person has looked."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

import numpy as np
import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest import came, list_headings
from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.attendance_words import TOTALS
from pipeline.ingest.cells import TEXT, Cells, holding, mapped
from pipeline.ingest.folding import fold
from pipeline.ingest.list_lines import (
    HEADING,
    NAMELESS,
    REMARK,
    SEVERAL,
    TOTAL,
    is_counted_beside,
    is_heading,
    is_label,
    is_total,
    is_usual_heading,
    reason,
)
from pipeline.ingest.odd_lines import first_texts, lone_texts

#: A line with more cells than these is a person's.
_WIDEST: Final = 3
#: A title stands this many rows over its header at most.
_APART: Final = 3
_DAY: Final = re.compile(r"\b[0-9]{1,2}\.\s?[0-9]{1,2}\.(?:[0-9]{2,4})?|\b[12][0-9]{3}-[0-9]{2}-[0-9]{2}\b")
_PARTS: Final = re.compile(r"(?P<day>\d+)\.\s?(?P<month>\d+)\.|\d{4}-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)")
CONTINUED: Final = "another line about the person above: the cells of the name are merged"
#: A number of people, an age: no phone number.
_FEW_DIGITS: Final = re.compile(r"\s*\d{1,3}(?:[.,]\d{1,2})?\s*%?\s*")
AGAIN: Final = "the header again, no person"
FIXES: Final = {
    TOTAL: "nothing to do if that is right",
    AGAIN: "nothing to do if that is right; the rows below it may be of another event",
    HEADING: "nothing to do if that is right; else accept",
    REMARK: "nothing to do if that is right; else accept",
    NAMELESS: "accept to count them as one person, or drop",
    CONTINUED: "nothing to do if that is right; else accept",
    SEVERAL: "accept to count them as one person; or put a list with one name per row beside this one, and drop",
}
_HERE: Final = r"(?i)paikalla|paikan päällä|läsnä|osallistuneet|mukana|\btuli(?:vat)?\b"
_NO: Final = r"(?i)^\s*ei\s"
_PROMISED: Final = r"(?i)ilmoittautun|anmäld|registered"
#: A heading of which it is not known what it says.
_UNCLEAR: Final = "?"
_AWAY: Final = ("registered", "none", "unknown")
UNCLEAR: Final = "under a heading that may be of people who did not come; counted as attended"
UNKNOWN: Final = "under a heading that may be of people who did not come: taken as not known"
UNCLEAR_FIX: Final = "look whether they came; else drop them, or write 'poissa' as the heading"
#: Kinds of columns whose headers are nobody's name.
_COLUMNS: Final = frozenset(
    {"email", "phone", "contact", "birth_year", "event", "event_date", "date", "presence", "absence", "remark",
     "number", "status", "registration", "submitted", "minutes"}
)  # fmt: skip
#: What stands beside a number of people.
_UNITS: Final = re.compile(r"(?:\d+\s*)?(?:hlö\w*|henkilö\w*|henkeä|kpl|st|pers|personer|people)\.?")


def header_again(cells: Cells) -> pd.Series:
    """Return `AGAIN` for rows that repeat the header, in these words or those of another language."""
    nothing = pd.Series(pd.NA, index=cells.rows.index, dtype=object)
    kinds = {i: kind for i, text in enumerate(cells.header) if (kind := kind_of(text))}
    first = min(kinds, default=None)
    if first is None or not any(kind_of(str(text)) == kinds[first] for text in cells.rows[first].dropna().unique()):
        return nothing
    given = [i for i, text in enumerate(cells.header) if text]
    same = pd.DataFrame({i: cells.rows[i].map(fold, na_action="ignore") == fold(cells.header[i]) for i in given})
    alike = pd.DataFrame({i: cells.rows[i].map(kind_of, na_action="ignore") == kind for i, kind in kinds.items()})
    filled = cells.filled[:, given].sum(axis=1)
    again = (same.sum(axis=1) == filled) & (filled > 0) | alike[first] & (alike.sum(axis=1) >= 2)
    return nothing.mask(again, AGAIN)


def refuse_several_lists(
    cells: Cells, texts: Mapping[str, pd.Series], events: Mapping[str, str | None], event: pd.Series, days: pd.Series
) -> None:
    """Raise ReadError where a title over a header stands within the list: its people would be of the first event.

    The header alone, or under the list's own title, is a page's. A day alone between people is a title too, unless it
    is one of `days`, on which the list's event was; so is a name that is not of its `event`.
    """
    if "event" in texts or "event_date" in texts:
        return
    lone = lone_texts(cells)
    own = {fold(_DAY.sub(" ", text)) for text in cells.preamble}
    own_days = _days_of(" ".join(cells.preamble)) | {(day.month, day.day) for day in days.dropna()}
    titles, own_events = {row: fold(_DAY.sub(" ", text)) for row, text in lone.items()}, {*event.dropna(), None}
    named = [row for row, title in titles.items() if events.get(title) not in own_events and title not in own]
    found = [*named, *_titles_near(cells, events, own, own_days), *_days_between(cells, lone, own_days)]
    if found:
        raise ReadError(
            "another title stands within the list: lists of several events, one below the other",
            place=cells.place(row=min(found)),
            allowed="one list per sheet",
            fix="put the lists on sheets of their own",
        )


def _days_of(text: str) -> set[tuple[int, int]]:
    """Return month and day of each day in a text: many write no year."""
    found = [_PARTS.match(day) for day in _DAY.findall(text)]
    return {(int(m["month"] or m["iso_month"]), int(m["day"] or m["iso_day"])) for m in found if m}


def _near(cells: Cells) -> list[int]:
    """Return the rows that stand little over a repeated header."""
    again = cells.rows.index[header_again(cells).notna()]
    return [int(row) for row in cells.rows.index if any(0 < later - row <= _APART for later in again)]


def _titles_near(
    cells: Cells, events: Mapping[str, str | None], own: Collection[str], own_days: Collection[tuple[int, int]]
) -> list[int]:
    """Return the rows over a repeated header that name another event or day: alone, or behind a label."""
    found = []
    for row in _near(cells):
        given = [str(text) for text in cells.rows.loc[row].dropna()]
        titles = {fold(_DAY.sub(" ", text.partition(":")[2] or text)) for text in given}
        days = _days_of(" ".join(given)) - {*own_days}
        if len(given) > _WIDEST:
            continue
        other = any(events.get(title) for title in titles - {*own, *(text.partition(":")[2].strip() for text in own)})
        if other or (days and (len(given) == 1 or is_label(given[0]))):
            found.append(row)
    return found


def _days_between(cells: Cells, lone: pd.Series, own_days: Collection[tuple[int, int]]) -> list[int]:
    """Return the rows that hold a day alone and have people over and below them: of another day than the list's."""
    alone = {int(row): text for row, text in lone.items() if _DAY.fullmatch(text.strip())}
    days = [row for row, text in alone.items() if not _days_of(text) & {*own_days}]
    between = [row for row in days if cells.rows.index[0] < row < cells.rows.index[-1]]
    return between if own_days or len(days) > 1 else []


def titles_of_pages(cells: Cells) -> pd.Series:
    """Return the lines over a repeated header that could be its title: a person must say whether they are somebody."""
    lone = lone_texts(cells)
    near = {*_near(cells)} if len(cells.header) > 1 else set()
    titles = [row for row, text in lone.items() if row in near and _is_title(text)]
    return pd.Series(cells.rows.index.isin(titles), index=cells.rows.index)


def labels(cells: Cells) -> pd.Series:
    """Return the lines about the list itself: "Tapahtuma:", "Päivä:" and what is said of it."""
    marked = {
        int(row): text for row, text in first_texts(cells, np.asarray(cells.filled.any(axis=1))).items() if ":" in text
    }
    few = cells.filled.sum(axis=1) <= _WIDEST
    said = [row for row, text in marked.items() if is_label(text)]
    ended = [row for row, text in marked.items() if text.strip().endswith(":")]
    return pd.Series(cells.rows.index.isin(said) | few & cells.rows.index.isin(ended), index=cells.rows.index)


def headings(cells: Cells, written: pd.Series) -> pd.Series:
    """Return the cells of names, and where there is none, a heading that stands alone in another column."""
    lone = lone_texts(cells)
    heads = lone[[is_usual_heading(text) or list_headings.says(text) is not None for text in lone]].astype(TEXT)
    return written.fillna(heads.reindex(written.index))


def _is_title(text: str) -> bool:
    """Return whether a line could be the title of a list: several words, not each with a capital, or a number."""
    words = re.findall(r"\w+", text)
    return any(map(str.isdigit, text)) or (len(words) > 1 and not all(word[0].isupper() for word in words))


def reasons(written: pd.Series, alone: pd.Series, events: Collection[str] = ()) -> pd.Series:
    """Return why a row is not one person; missing where it may be.

    A word that heads a column of lists, alone in its row, is no person: "Pvm", "Allekirjoitus".

    Parameters
    ----------
    written : Series of str
        The cell of names, as it stands in the file.
    alone : Series of bool
        Whether it is the only filled cell of its row.
    events : collection of str
        Folded names of events and of their places: they are headings.

    Examples
    --------
    >>> texts = pd.Series(["Ohjaajat:", "+ 2 lasta", "Matti ja Maija Aho", "Maija Aho", "Yhteensä 3"])
    >>> reasons(texts, pd.Series(True, index=texts.index)).tolist()[:3]
    ['a heading within the list, no person', 'people without names', 'several people in one cell']
    """
    found = mapped(written, reason).astype(object)
    lines = written.where(alone)
    heads = holding(lines, lambda text: is_heading(text) or fold(text) in events or _is_a_column(text))
    # a number behind a heading of absence is how many they are, and no people without names
    away = holding(lines, lambda text: list_headings.says(text) is not None)
    return found.mask(heads & found.isna() | away, HEADING)


def _is_a_column(text: str) -> bool:
    return len(text.split()) == 1 and kind_of(text) in _COLUMNS


def bare_names(cells: Cells, written: pd.Series) -> pd.Series:
    """Return where a word of sums may be a surname: it stands bare, other words beside it, and none of them a unit."""
    said = holding(written, lambda text: not is_total(text))
    others = cells.rows.mask(cells.rows.eq(written, axis=0))
    letters = others.apply(lambda column: column.str.contains(r"[^\W\d_]").fillna(False).astype(bool))
    units = others.apply(lambda column: column.map(lambda t: bool(_UNITS.fullmatch(fold(str(t)))), na_action="ignore"))
    return said & letters.any(axis=1) & ~units.eq(True).any(axis=1)


def totals(cells: Cells, written: pd.Series) -> pd.Series:
    """Return the rows that begin with "total", without a name and without any other word."""
    first = cells.rows.iloc[:, 0] if len(cells.rows.columns) else pd.Series(dtype=TEXT)
    said = [text for text in first.dropna().unique() if fold(str(text)).strip(" :") in TOTALS]
    if not said:
        return pd.Series(False, index=cells.rows.index)
    letters = cells.rows.iloc[:, 1:].apply(lambda column: column.str.contains(r"[^\W\d_]").fillna(False).astype(bool))
    named = written.str.contains(r"[^\W\d_]").fillna(False).astype(bool) & ~written.isin(said)
    return first.isin(said) & ~letters.any(axis=1) & ~named


def counts(cells: Cells, written: pd.Series) -> pd.Series:
    """Return the lines that say what is counted, with nothing but numbers of few digits beside it."""
    said = holding(written, lambda text: is_counted_beside(text) or list_headings.says(text) is not None)
    if not said.any():
        return said
    beside = cells.own_rows[said].apply(
        lambda column: holding(
            column.astype(TEXT), lambda t: not (_FEW_DIGITS.fullmatch(t) or _UNITS.fullmatch(fold(t)))
        )
    )
    words = beside.sum(axis=1).reindex(written.index, fill_value=0) > 1  # the word itself is one
    numbers = pd.Series(cells.filled.sum(axis=1) > 1, written.index)
    return said & numbers & ~words


def continued(cells: Cells, texts: Mapping[str, pd.Series], written: pd.Series) -> pd.Series:
    """Return the rows whose name stands in a cell merged with the one above: more lines about one person.

    A family's last name is not meant, nor somebody's several events or days.
    """
    if {"first_name", "last_name", "event", "event_date", "date"} & set(texts):
        return pd.Series(False, written.index)
    own = [str(text) in cells.spoken.get(int(row), ()) for row, text in written.items()]
    return pd.Series(own, written.index, dtype=bool) & written.notna()


def under_headings(written: pd.Series, odd: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return what a heading says of the people under it, and where it is not known what it says.

    Registered, none or unknown where it says that they did not come; missing for others.

    Examples
    --------
    >>> texts = pd.Series(["Maija Aho", "Peruneet:", "Olli Oja"], dtype="str")
    >>> under_headings(texts, reasons(texts, pd.Series(True, index=texts.index)))[0].tolist()
    [nan, nan, 'none']
    """
    told = odd.isin([HEADING, TOTAL, REMARK])
    if not told.any():
        return written.where(told), told
    lines = mapped(written.where(told), _line)
    within = came.over(written.where((odd == HEADING) & lines.isin(["attended", _UNCLEAR])))  # "Lapset (poissa):"
    heading = within.fillna(lines.where((odd == HEADING) | ~lines.isin([_UNCLEAR])))
    # among other sums a number of absentees says nothing of those below it
    summed = odd.eq(TOTAL) & (odd.shift().eq(TOTAL) | odd.shift(-1).eq(TOTAL)) & heading.isin(_AWAY)
    heading = heading.mask(summed, _UNCLEAR)
    if heading.isna().all():
        return heading, heading.notna()
    # a blank line ends it, but for one right below it
    part = ((pd.Series(written.index, written.index).diff() > 1) & heading.shift().isna()).cumsum()
    said = heading.groupby(part).ffill().mask(odd.notna())
    beyond = said.isna() & odd.isna() & heading.ffill().isin(_AWAY)
    return said.where(said.isin(_AWAY)), said.eq(_UNCLEAR).fillna(False) | beyond


def _line(text: str) -> str | None:
    """Return what a line that is no person says of those below it: a status, that they came, or nothing known."""
    if list_headings.is_of_a_page(text) or is_label(text):
        return None
    if told := list_headings.says(text):
        return told
    here = re.search(_HERE, text) is not None
    if not here and re.search(_PROMISED, text):
        return "registered"
    if not here and re.match(_NO, text):
        return "unknown"
    return "attended" if here or list_headings.is_of_comers(text) else _UNCLEAR
