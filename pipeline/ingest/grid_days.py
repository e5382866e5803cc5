"""The days in the header of a grid of ticks: which columns they are, and which day each of them is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.attendance_headers import kind_of
from pipeline.ingest.cells import TEXT
from pipeline.ingest.dates import parse_times
from pipeline.ingest.folding import fold

#: What may stand around a day: "la 3.3.", "ti 3.3. klo 17-19", "Avoimet ovet 3.3.".
_BEFORE: Final = r"(?:[a-zåäö]{1,20}[.,:]?\s){0,4}"
_WEEKDAY: Final = r"(?:[a-zåäö]{1,12}\.?\s)?"
_AFTER: Final = r"(?:,?\s+(?:klo|kl)\.?\s*[0-9][0-9.:–-]*)?"
_WHOLE: Final = re.compile(
    rf"{_BEFORE}([0-9]{{1,2}}[./-][0-9]{{1,2}}[./-](?:[0-9]{{4}}|[0-9]{{2}})|[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}){_AFTER}",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(rf"{_BEFORE}([0-9]{{1,2}})\.([0-9]{{1,2}})\.?{_AFTER}", re.IGNORECASE)
#: Words that stand before the number of a question, not of a day.
_ASKED: Final = r"(?!(?:kysymys|väittämä|väite|kohta|arvio|question|statement|item|fråga|påstående)\b)"
_BARE: Final = re.compile(rf"{_ASKED}{_WEEKDAY}([0-9]{{1,2}})\.?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])")
_MONTHS: Final = (
    ("tammikuu", "januari", "january"),
    ("helmikuu", "februari", "february"),
    ("maaliskuu", "mars", "march"),
    ("huhtikuu", "april", "april"),
    ("toukokuu", "maj", "may"),
    ("kesäkuu", "juni", "june"),
    ("heinäkuu", "juli", "july"),
    ("elokuu", "augusti", "august"),
    ("syyskuu", "september", "september"),
    ("lokakuu", "oktober", "october"),
    ("marraskuu", "november", "november"),
    ("joulukuu", "december", "december"),
)
#: Days a grid has at least, below a header that names the names and without one; bare numbers could be anything.
_FEWEST: Final = ((_WHOLE, 1, 3), (_SHORT, 1, 3), (_BARE, 3, 5))


def day_columns(row: Sequence[str | None], named: bool) -> list[int]:
    """Return the columns of days: written in one way, and of the shorter ways enough to be no accident.

    Parameters
    ----------
    row : sequence of str or None
        What may be a header.
    named : bool
        Whether it also says where the names are: then one whole day is enough.

    Examples
    --------
    >>> day_columns(["Nimi", "la 3.3.", "la 10.3.", "Yhteensä"], named=True)
    [1, 2]
    """
    for pattern, fewest, alone in _FEWEST:
        found = [i for i, cell in enumerate(row) if cell and pattern.fullmatch(cell.strip()) and not kind_of(cell)]
        if len(found) >= (fewest if named else alone) and (pattern is not _BARE or _rising(row, found)):
            return found
    return []


def are_bare(row: Sequence[str | None], columns: Iterable[int]) -> bool:
    """Return whether the columns are mere numbers, which may be those of questions as well.

    Examples
    --------
    >>> are_bare(["Nimi", "1", "2"], [1, 2]), are_bare(["Nimi", "1.3.", "2.3."], [1, 2])
    (True, False)
    """
    return all(_BARE.fullmatch((row[i] or "").strip()) for i in columns)


def _rising(row: Sequence[str | None], columns: Sequence[int]) -> bool:
    numbers = [int(m[1]) for i in columns if (m := _BARE.fullmatch((row[i] or "").strip()))]
    return numbers == sorted(set(numbers)) and numbers[-1] <= 31


def day_of(text: str, around: Sequence[str], file: str) -> str:
    """Return a header's day as ISO; without its year where nothing around gives one and the month is known.

    Parameters
    ----------
    text : str
        The header.
    around : sequence of str
        Titles, the sheet's and the file's name: month and year of shorter days.
    file : str
        For messages.

    Raises
    ------
    ReadError
        When a bare number has no month or no year, or the day is none.

    Examples
    --------
    >>> day_of("la 3.3.", ["Kerho 2018"], "x.csv"), day_of("3.3.", [], "x.csv")
    ('2018-03-03', '3.3.')
    >>> day_of("7", ["Maaliskuu 2018"], "x.csv")
    '2018-03-07'
    """
    if found := _WHOLE.fullmatch(text):
        moment = parse_times(pd.Series([found[1]], dtype=TEXT))["moment"].iloc[0]
        if not pd.isna(moment):
            return f"{moment:%Y-%m-%d}"
    year = _year(around)
    if short := _SHORT.fullmatch(text):
        day, month = int(short[1]), int(short[2])
        if year is None:
            return f"{day}.{month}."
    else:
        bare = _BARE.fullmatch(text)
        day, month = int(bare[1]) if bare else 0, _month(around)
    if year is None or not month:
        raise ReadError(
            f"the days of the grid have no {'year' if month else 'month'}",
            place=file,
            allowed="a title or sheet name such as 'Maaliskuu 2018', or whole dates in the header",
            fix="write the month and the year above the table",
        )
    try:
        return f"{pd.Timestamp(int(year), month, day):%Y-%m-%d}"
    except ValueError:
        raise ReadError("a column of the grid is no day of its month", place=file, fix="correct the header") from None


def _year(around: Iterable[str]) -> str | None:
    """Return the year of the first text that has one; None where it has two ("2017-2018")."""
    years = next((found for text in around if (found := set(_YEAR.findall(text)))), set())
    return years.pop() if len(years) == 1 else None


def _month(around: Iterable[str]) -> int:
    """Return the month of the first text that names one; 0 where none does, or one names several."""
    for text in around:
        words = [word.strip(".,:;") for word in re.split(r"[\s_]+", fold(text))]
        named = {n for w in words for n, names in enumerate(_MONTHS, start=1) if w in names or w == names[0][:-3]}
        numbered = {int(m[1]) for m in re.finditer(r"(?<!\d)(1[0-2]|0?[1-9])[/.-](?:19|20)\d\d(?!\d)", text)}
        if found := named or numbered:
            return found.pop() if len(found) == 1 else 0
    return 0
