"""Rows of feedback that are no answer: the header again, a line of sums, a form number and nothing else, a trial."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

import pandas as pd

from pipeline.ingest import summaries, under_export
from pipeline.ingest.cells import Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Instrument

TRIAL: Final = "test answer"
AGAIN: Final = "the header again, no answer"
SUMMARY: Final = "a line of sums or means, no answer"
NUMBER_ONLY: Final = "a form number or an event and nothing else"
FIXES: Final = {
    TRIAL: "nothing, if it was a trial; else change the comment",
    AGAIN: "nothing to do if that is right",
    SUMMARY: "nothing to do if that is right; else accept",
    NUMBER_ONLY: "nothing, if the form was not filled in; else key it in",
    summaries.ON_SHEET: summaries.SHEET_FIX,
    under_export.UNDER: under_export.FIX,
}
#: The label of a line of sums stands in one of the first columns, and is short.
_LABELS: Final = 6
_LONGEST: Final = 20
#: Lines of sums stand at the end.
_LAST: Final = 20
#: Words that say nothing beside one of a trial.
_FILLERS: Final = frozenset(
    {
        "tämä", "tää", "on", "vain", "vaan", "vastaus", "this", "is", "a", "an", "just", "only", "answer", "response",
        "det", "här", "är", "ett", "en", "bara", "svar",
        "poistetaan", "poista", "poistakaa", "poistettava", "poistaa", "saa", "voi", "älä", "älkää", "ei", "huomioi",
        "huomioida", "laske", "lasketa", "delete", "ignore", "please", "remove", "ta", "bort", "radera",
    }
)  # fmt: skip
#: What hands write on a keyboard to see whether the form works; three letters could be short for something.
_MASHED: Final = re.compile(r"(?:asd|asdf+|asdfg+h?j?k?|sdf+|qwe|qwer|qwerty|dfg|fgh|jkl|jklö)+|lorem ipsum")
_SHORTEST: Final = 4
#: "TESTI / Maija": who tried it.
_WHO: Final = re.compile(r"(?P<word>[^/]{1,20})/\s*(?P<who>[A-ZÅÄÖ][\w.-]*(?: [A-ZÅÄÖ][\w.-]*)?)\s*")
#: Columns of names that the instrument does not know.
_NAMES: Final = frozenset(
    {"nimi", "vastaajan nimi", "etunimi", "sukunimi", "nimesi", "nimimerkki", "name", "your name", "namn", "ditt namn"}
)
_TRIALS: Final = frozenset(
    {"testaus", "testausta", "testivastaus", "testaan", "testataan", "testailen", "testaillaan", "testar"}
)


def reasons(
    cells: Cells,
    columns: Sequence[Column],
    instrument: Instrument,
    words: Collection[str],
    events: Collection[str] = (),
) -> pd.Series:
    """Return why a row is no answer; missing where it may be one.

    Parameters
    ----------
    cells : Cells
        The table.
    columns : sequence of Column
        What its columns hold.
    instrument : Instrument
        Tells which of them are open questions.
    words : collection of str
        What people write into a trial, from project.toml.
    events : collection of str
        Folded names of events.
    """
    open_ones = [c.index for c in columns if summaries.is_open(c, instrument)]
    reason = _field_alone(cells, columns)
    reason = reason.mask(_trials(cells, [*open_ones, *_of_names(cells, columns)], words), TRIAL)
    reason = reason.mask(_labelled_sums(cells, columns, open_ones), SUMMARY)
    reason = reason.mask(summaries.by_words(cells, columns, instrument, events), SUMMARY)
    reason = reason.mask(header_again(cells) | _asks(cells, columns, instrument), AGAIN)
    known = [int(row) for row in reason.index[reason.notna()]]
    below = summaries.by_numbers(cells, columns, instrument, known)
    return reason.mask(reason.index.isin(below), SUMMARY)


def _field_alone(cells: Cells, columns: Sequence[Column]) -> pd.Series:
    """Return `NUMBER_ONLY` for the rows that hold a form number alone, or an event alone; missing for the others.

    Who keys in forms fills one of them down for the whole pile. A tool keeps what somebody sent.
    """
    ahead = [c.index for c in columns if c.role == "field" and c.question in ("response_key", "event")]
    filled = cells.own_rows.notna()
    alone = filled[ahead].any(axis=1) & (filled.sum(axis=1) == 1)
    nothing = pd.Series(pd.NA, index=cells.rows.index, dtype=object)
    return nothing.mask(alone, NUMBER_ONLY) if ahead and not cells.fields else nothing


def _of_names(cells: Cells, columns: Sequence[Column]) -> list[int]:
    """Return the columns of names that are no question."""
    asked = {column.index for column in columns}
    return [i for i, name in enumerate(cells.header) if i not in asked and fold(name) in _NAMES]


def _trials(cells: Cells, where: Sequence[int], words: Collection[str]) -> pd.Series:
    plain, found = frozenset(map(fold, words)), pd.Series(False, index=cells.rows.index)
    for index in where:
        found |= cells.rows[index].map(lambda text: is_trial(text, plain), na_action="ignore").eq(True)
    return found


def _labelled_sums(cells: Cells, columns: Sequence[Column], open_ones: Sequence[int]) -> pd.Series:
    own = [c.index for c in columns if c.role == "field"]
    filled, found = cells.own_rows.notna(), pd.Series(False, index=cells.rows.index)
    for index in cells.rows.columns[:_LABELS].difference(open_ones):
        texts = cells.rows[index]
        # of a tool's own columns the last rows alone: they hold no words but a person's
        texts = texts.iloc[-_LAST:] if index in cells.technical else texts
        rows = texts.index[texts.isin(_sums(texts))]
        # who says when or where he answered, or has a number besides, is somebody of that name
        others = [i for i in own if i != index]
        told = filled.loc[rows, others] & ~_counts(cells, rows, others)
        found.loc[rows] |= ~told.any(axis=1)
    return found


def _counts(cells: Cells, rows: pd.Index, own: Sequence[int]) -> pd.DataFrame:
    """Return where a mere number stands in a tool's column of times: how many responses there are."""
    times = {i: cells.rows.loc[rows, i] if cells.fields.get(i) == "submitted_at" else None for i in own}
    said = {i: [str(text).isdecimal() for text in texts] if texts is not None else False for i, texts in times.items()}
    return pd.DataFrame(said, index=rows, columns=list(own), dtype=bool)


def is_trial(text: str, words: Collection[str]) -> bool:
    """Return whether an open answer says that it is a trial and nothing else.

    Examples
    --------
    >>> [is_trial(text, {"testi"}) for text in ("Testi!", "tämä on testi", "testataan vaan", "TESTI / Maija", "asdf")]
    [True, True, True, True, True]
    >>> [is_trial(text, {"testi"}) for text in ("Testi oli pitkä", "ok", "testi/harjoitus oli hyvä", "Ei")]
    [False, False, False, False]
    """
    folded = fold(str(text))
    if folded in words or (_SHORTEST <= len(folded) <= _LONGEST and _MASHED.fullmatch(folded)):
        return True
    tried = _WHO.fullmatch(str(text).strip()) if "/" in str(text) else None
    if tried and fold(tried["word"]) in words:
        return True
    parts = re.findall(r"\w+", folded)
    rest = [part for part in parts if part not in words and part not in _TRIALS]
    return len(parts) > len(rest) and all(part in _FILLERS or part.isdigit() for part in rest)


def _sums(texts: pd.Series) -> list[str]:
    """Return the different texts of a column that say that their row is one of sums."""
    words = (text for text in texts.dropna().unique() if not text[:1].isdigit() and len(text) <= _LONGEST)
    return [text for text in words if _are_sums(text)]


def _are_sums(text: str) -> bool:
    """Return whether a text is made of words of sums: "Keskiarvo:", "Yhteensä / ka"."""
    parts = [part.strip(" :.") for part in re.split(r"\s*[/,&+]\s*|\s+ja\s+", fold(text))]
    return parts[0] in summaries.WORDS and all(part in summaries.WORDS | {"ka", "kh", "n", "lkm"} for part in parts)


def header_again(cells: Cells) -> pd.Series:
    """Return where every filled cell, and two at least, says what its header says."""
    named = [i for i, header in enumerate(cells.header) if header]
    left = cells.rows.index if named else cells.rows.index[:0]
    for index in named[:1] + list(cells.rows.columns):  # a row that repeats the header begins with it: few are left
        texts = cells.rows.loc[left, index]
        said = _saying(texts, cells, index)
        left = left[texts.isin(said) | (texts.isna() & (index != named[0]))]
        if left.empty:
            break
    left = left[cells.own_rows.loc[left].notna().sum(axis=1) > 1]
    return pd.Series(cells.rows.index.isin(left), index=cells.rows.index)


def _asks(cells: Cells, columns: Sequence[Column], instrument: Instrument) -> pd.Series:
    """Return whether the first row says the questions in their words, below their names: then it is a header too."""
    first = cells.rows.index[:1]
    questions = {**instrument.questions, **{str(q.row["field"]): q for q in instrument.fields.values()}}
    asked = {c.index: questions[c.question].spellings for c in columns if c.question in questions}
    said = {i: fold(str(text)) for row in first for i, text in cells.rows.loc[row].items() if pd.notna(text)}
    known = [i for i, text in said.items() if text in asked.get(i, ())]
    again = len(known) > 1 and len(known) == sum(i in asked for i in said)
    return pd.Series(again & cells.rows.index.isin(first), index=cells.rows.index)


def _saying(texts: pd.Series, cells: Cells, index: int) -> list[str]:
    """Return the different texts that are a name of the column."""
    names, given = names_of(cells, index), (cells.header[index], *cells.questions[index : index + 1])
    near = {length for name in given for length in range(len(name) - _LONGEST + 1, len(name) + _LONGEST)}
    numbered = any(name[:1].isdigit() for name in names)  # a million numbers of forms need no look
    said = (text for text in map(str, texts.dropna().unique()) if numbered or not text[:1].isdigit())
    return [text for text in said if len(text) in near and fold(text) in names]


def names_of(cells: Cells, index: int) -> set[str]:
    """Return the folded names of a column."""
    return {fold(cells.header[index]), fold(cells.questions[index]) if cells.questions else ""} - {""}
