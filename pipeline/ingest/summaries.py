"""Lines and sheets of sums and means among answers: told by their words, by their numbers, by the name of the sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.attendance_words import TOTALS
from pipeline.ingest.cells import Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Instrument
from pipeline.ingest.numbers import parse_number

ON_SHEET: Final = "a row of a sheet of summaries, no answer"
SHEET_FIX: Final = "nothing to do if that is right; else accept"

#: Words that stand beside sums and means, and hardly in an answer.
WORDS: Final = TOTALS | {
    *("keskiarvot", "keskimäärin", "kaikki yhteensä", "summat", "σ", "x̄"),
    *("keskiarvo", "mediaani", "keskihajonta", "average", "median", "medelvärde", "std dev"),
}
#: Words that say so only where they can be no answer and numbers alone stand beside them: "Min" is also a name.
_SHORT: Final = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, WORDS)))})[ :]*\d*(?: (?:kpl|vastaajaa|vastausta|henkilöä|svar))?"
    r"|ka|k\.a|kh|n|n ?[=:] ?\d+|%|kpl|lkm|max|min|maksimi|minimi|suurin|pienin|moodi|mode|typvärde|count|mean"
    r"|avg|antal|sd|std|stdev|hajonta|varianssi|genomsnitt|medel|medeltal"
    r"|(?:vastaajia|vastauksia|vastaajat|vastaukset|vastanneita|svar|responses|respondents)"
    r"(?: (?:yhteensä|yht|lkm|kpl|totalt|total))?[ :]*\d*(?: kpl)?|\d+ (?:vastaajaa|vastausta|svar|responses)"
    r"|(?:vastaajien|vastausten) (?:määrä|lukumäärä)"
)
_LONGEST: Final = 40
#: Lines of sums stand together at the end.
_LAST: Final = 6
#: Their label stands in one of the first columns.
_LABELS: Final = 6
_INITIALS: Final = 2
#: So many lines of sums at most, under so many responses at least, over so many columns.
_AT_ONCE: Final = 4
_ABOVE: Final = 3
_COLUMNS: Final = 2

#: What stands over how many chose an option.
_COUNTS: Final = frozenset(
    {"lkm", "lukumäärä", "määrä", "kpl", "n", "f", "frekvenssi", "vastauksia", "vastaajia", "vastanneita", "prosentti",
     "prosenttia", "prosenttiosuus", "osuus", "%", "-%", "count", "frequency", "percent", "percentage",
     "share", "responses", "antal", "andel", "procent"}
)  # fmt: skip
_STRONG_SHEETS: Final = re.compile(r"keskiarv|yhteenv|pivot|summary|medelvärde|sammandrag|averages?\b|means\b")
_WEAK_SHEETS: Final = re.compile(r"raportti|kooste|tulokset|report|results|resultat")


def by_words(cells: Cells, columns: Sequence[Column], instrument: Instrument, events: Collection[str]) -> pd.Series:
    """Return the rows that begin with such a word where it is no answer, and have numbers alone beside it.

    A row with a number, a time or an event besides is somebody's. In a column that the instrument does not know, or of
    options, the word may be a name or another way to say an option: it counts once, and in the last rows.
    """
    found = pd.Series(False, index=cells.rows.index)
    own = {c.index for c in columns if c.role == "field"}
    known = {column.index: column for column in columns}
    for index in cells.rows.columns[:_LABELS]:
        column = known.get(index)
        if column is not None and is_open(column, instrument):
            continue
        rows = _said(cells.rows[index], column, instrument, events)
        rows = (
            rows
            if not rows or _is_sure(cells.rows[index], column, instrument)
            else _once_below(cells.rows[index], rows)
        )
        for row in rows:
            others = cells.rows.loc[row].drop(index).dropna()
            alone = bool((others.index > index).all()) and own.isdisjoint(others.index)
            found.loc[row] |= alone and len(others) > 0 and all(map(_is_figure, others.astype(str)))
    return found


def _is_sure(texts: pd.Series, column: Column | None, instrument: Instrument) -> bool:
    """Return whether no such word can be an answer in a column: of numbers, of events, of times, of numbered forms."""
    if column is None or column.role != "field":
        return column is not None and is_measured(column, instrument)
    others = (fold(str(text)) for text in texts.dropna().unique()) if column.question == "response_key" else ()
    return all(text[:1].isdigit() or _SHORT.fullmatch(text[:_LONGEST]) for text in others)


def _once_below(texts: pd.Series, rows: Sequence[int]) -> list[int]:
    """Return those of the rows that are among the last, with a word that stands nowhere else in the column."""
    return [row for row in rows if row in texts.index[-_LAST:] and int((texts == texts[row]).sum()) == 1]


def _said(texts: pd.Series, column: Column | None, instrument: Instrument, events: Collection[str]) -> Sequence[int]:
    """Return the rows of a column with such a word; one of two letters could be initials, or "N" beside "M"."""
    # a number, a date, a time: not looked at, there may be a million
    given = [str(t) for t in texts.dropna().unique() if not str(t)[:1].isdigit() or str(t)[-1:].isalpha()]
    words = [text for text in given if _is_word(text, column, instrument, events)]
    if any(len(text) <= _INITIALS and text.isalpha() for text in set(given) - set(words)):
        words = [text for text in words if len(fold(text)) > _INITIALS]
    return list(texts.index[texts.isin(words)]) if words else []


def is_open(column: Column, instrument: Instrument) -> bool:
    """Return whether a column holds answers in words."""
    return column.role == "single" and instrument.questions[column.question].type == "text"


def _is_word(text: str, column: Column | None, instrument: Instrument, events: Collection[str]) -> bool:
    """Return whether a text is such a word, and neither an option of its column nor an event."""
    folded = fold(text) if len(text) <= _LONGEST else ""
    if not _SHORT.fullmatch(folded):
        return False
    if column is None or column.role == "field":
        return folded not in events
    return not any(folded in option.spellings for option in instrument.options.get(column.question, ()))


def _is_figure(text: str) -> bool:
    return parse_number(text.strip().removesuffix("%").strip()) is not None


def by_numbers(cells: Cells, columns: Sequence[Column], instrument: Instrument, others: Collection[int]) -> list[int]:
    """Return the last rows whose numbers are the means, sums, counts, minima or maxima of the rows above.

    Parameters
    ----------
    cells : Cells
        The table.
    columns : sequence of Column
        What its columns hold.
    instrument : Instrument
        Tells which of them hold numbers.
    others : collection of int
        Rows that are known to be no answer.

    Notes
    -----
    Whoever answers 5 and 5 answers both maxima: see `_is_summary` for what more must be there.
    """
    rows = cells.own_rows.drop(index=list(others))
    own = [*{c.index for c in columns if c.role == "field"} | cells.technical]
    closed = [c.index for c in columns if c.role != "field" and not is_open(c, instrument)]
    last = rows.iloc[-_AT_ONCE:]
    may_be = last[own].isna().all(axis=1) & (last[closed].notna().sum(axis=1) >= _COLUMNS)
    run = int(may_be[::-1].cummin().sum()) if len(may_be) else 0
    if not run or len(rows) <= _ABOVE:
        return []
    measured = [c.index for c in columns if c.index in closed and is_measured(c, instrument)]
    for count in range(min(run, len(rows) - _ABOVE), 0, -1):
        above, below = rows.iloc[:-count], rows.iloc[-count:]
        values = {i: numbers for i in closed if (numbers := _numbers(above[i])) is not None}
        # where every response has a number, a time or an event, a row without any is odd
        odd = bool(own) and bool(above[own].notna().any(axis=1).all())
        if all(_is_summary(row[closed].dropna(), values, measured, odd) for _, row in below.iterrows()):
            return [int(row) for row in below.index]
    return []


def is_measured(column: Column, instrument: Instrument) -> bool:
    """Return whether a column holds numbers such as ages."""
    return column.role == "single" and instrument.questions[column.question].type in ("integer", "decimal")


def _numbers(texts: pd.Series) -> pd.Series | None:
    """Return the numbers of a column; None where it holds anything else, or nothing."""
    given = texts.dropna()
    known = {text: parse_number(str(text)) for text in given.unique()}
    return given.map(known).astype(float) if known and None not in known.values() else None


def _is_summary(row: pd.Series, values: dict[int, pd.Series], measured: Sequence[int], odd: bool) -> bool:
    """Return whether all numbers of a row are one and the same figure of the columns above, and no answers by chance.

    It is no chance where one of them is outside the answers above, or a fraction among whole numbers. Else it must be
    of three columns, or have a number such as an age among them, and lack the number, time or event that all other rows
    have; means alone may do without, of four columns or with a number among three.
    """
    given = {i: parse_number(str(text)) for i, text in row.items()}
    if any(number is None or i not in values for i, number in given.items()):
        return False
    spread = [i for i in given if values[i].nunique() > 1]
    for figure in ("mean", "sum", "count", "min", "max"):
        if len(spread) < _COLUMNS or not all(_equals(str(row[i]), values[i].agg(figure)) for i in given):
            continue
        if any(_is_outside(given[i], values[i]) for i in spread):
            return True
        varied = sum(i in measured and values[i].nunique() > _COLUMNS for i in spread)
        if odd and (figure in ("mean", "count") or varied or len(spread) > _COLUMNS):
            return True
        if figure == "mean" and len(spread) + varied > _ABOVE:
            return True
    return False


def _equals(text: str, figure: float) -> bool:
    """Return whether a number is the figure, to the decimals it gives; a whole number only where the figure is one."""
    number, decimals = parse_number(text), len(re.split(r"[.,]", f"{text.strip()}.")[1])
    return number is not None and abs(number - figure) <= (0.5 * 10.0**-decimals if decimals else 0) + 1e-9


def _is_outside(number: float | None, values: pd.Series) -> bool:
    assert number is not None
    fraction = not number.is_integer() and bool((values % 1 == 0).all())
    return fraction or not values.min() <= number <= values.max()


def sheets_beside(tables: Sequence[Cells]) -> list[Cells]:
    """Return the tables of a workbook, the rows of a sheet of summaries set aside.

    Its name says so, and beside it is a sheet with its headers and more rows: twice as many where the name could as
    well be that of a sheet of responses.
    """
    return [
        replace(cells, set_aside={**dict.fromkeys(map(int, cells.rows.index), ON_SHEET), **cells.set_aside})
        if any(_sums_up(cells, other) for other in tables)
        else cells
        for cells in tables
    ]


def _sums_up(cells: Cells, other: Cells) -> bool:
    name, beside = fold(cells.sheet or ""), fold(other.sheet or "")
    strong, weak = _STRONG_SHEETS.search(name), _WEAK_SHEETS.search(name)
    if not (strong or weak) or _STRONG_SHEETS.search(beside) or _WEAK_SHEETS.search(beside):
        return False
    here, there = ({fold(text) for text in c.header if text} for c in (cells, other))
    shared = len(here & there)
    return shared > 1 and 2 * shared > len(here) and len(other.rows) > len(cells.rows) * (1 if strong else 2)


def refuse_frequencies(cells: Cells, columns: Sequence[Column], instrument: Instrument) -> None:
    """Raise ReadError where a table says how many chose each option: its rows are no respondents.

    It has one closed question, each of whose options stands once, and beside it columns of counts or shares alone.
    """
    asked = [c for c in columns if c.role == "single" and instrument.questions[c.question].type == "select_one"]
    others = [i for i in cells.rows.columns if i not in {c.index for c in asked}]
    if len(columns) != 1 or len(asked) != 1 or not others:
        return
    options = cells.rows[asked[0].index].dropna()
    counts = all(fold(cells.header[i]) in _COUNTS and cells.rows[i].dropna().map(_is_figure).all() for i in others)
    if counts and options.is_unique:
        raise ReadError(
            "a table of frequencies: its rows are options, not respondents",
            place=cells.place(),
            allowed="a row per respondent",
            fix="put the answers themselves here; delete the sheet, or move the file elsewhere",
        )
