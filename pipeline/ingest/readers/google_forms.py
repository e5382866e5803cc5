"""Google Forms: its own CSV, and the sheet linked to it as CSV or xlsx.

The first column is the time of submission under a fixed name in the form's language. Ticks are joined by ", " in the
linked sheet and by ";" in the form's own CSV; a grid has one column per row, headed "Question [Row]". A score and
points per question are there where the form is a quiz.

Known from files: English and Swedish headers, times such as ``3/18/20 18:42``, ``2022/06/22 11:07:29 AM AST`` and
``2023-09-29 14.54.27``. The other languages' names are those of the product's translations, without a file to prove it.
"""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.dates import parse_times
from pipeline.ingest.folding import fold
from pipeline.ingest.header_rows import Header, read_sheets, table, top, tops
from pipeline.ingest.header_search import Grid

NAME: Final = "google_forms"
#: One column, with a name that other tools use too: nothing to tell a near miss by.
SIGNS: Final = ()

#: As the tool writes them: programs that keep logs write them small.
_TIMES: Final = frozenset(
    {"Timestamp", "Aikaleima", "Tidstämpel", "Tidsmerke", "Tidsstempel", "Ajatempel", "Zeitstempel", "Horodateur"}
    | {"Marca temporal", "Informazioni cronologiche", "Tijdstempel", "Carimbo de data/hora", "Отметка времени"}
)
#: Contact details that a form collects by itself.
_CONTACT: Final = frozenset(
    {"email address", "username", "sähköpostiosoite", "sähköposti", "käyttäjänimi", "e-postadress", "användarnamn"}
)
_SCORES: Final = frozenset({"score", "total score", "pisteet", "kokonaispisteet", "poäng", "totalpoäng"})
#: Points and remarks of a quiz stand behind each question.
_OF_QUIZ: Final = re.compile(r".+ \[(Score|Feedback|Pisteet|Palaute|Poäng)\]", re.DOTALL)
_A_SCORE: Final = re.compile(r"\d+([.,]\d+)?( / \d+([.,]\d+)?)?")
#: Records looked at: they must begin with a time.
_LOOKED_AT: Final = 200


def recognises(content: Content) -> bool:
    """Return whether in some sheet the first named column is the tool's time, and holds times of day."""
    return any(_time_column(rows[0]) is not None and _has_times(rows) for rows in tops(content, _LOOKED_AT).values())


def _time_column(header: list[str]) -> int | None:
    """Return the column of times: the first, or the second behind the row numbers that R writes."""
    at = 0 if header and header[0] else 1
    found = len(header) > at + 1 and header[at] in _TIMES and any(header[at + 1 :])
    return at if found else None


def _has_times(rows: list[list[str]]) -> bool:
    """Return whether most records begin with a time; a form without answers has none."""
    at = _time_column(rows[0]) or 0
    texts = pd.Series([row[at] for row in rows[1:] if any(row)], dtype="str")
    return bool(texts.empty or parse_times(texts)["timed"].mean() > 0.5)


def read(content: Content) -> list[Cells]:
    """Return one table per sheet; sheets that are not the form's answers are read as plain tables."""
    return read_sheets(content, lambda grid, sheet: _answers(grid, content, sheet))


def _answers(grid: Grid, content: Content, sheet: str | None) -> Cells | None:
    rows = top(grid, _LOOKED_AT)
    time = _time_column(rows[0])
    if time is None or not _has_times(rows):
        return None
    names = rows[0]
    own = dict.fromkeys(range(time), "number") | {time: "time"} | _about_the_respondent(names, time) | _quiz(rows)
    return table(grid, Header(1, names, own=own), content, sheet, {"time": "submitted_at"}).cells


def _about_the_respondent(names: list[str], time: int) -> dict[int, str]:
    """Return the column of addresses: next to the time, or last where it was asked for later."""
    last = max(i for i, name in enumerate(names) if name)
    return {i: "contact" for i in (time + 1, last) if fold(names[i]) in _CONTACT}


def _quiz(rows: list[list[str]]) -> dict[int, str]:
    """Return the columns of points; without a total that looks like one, "[Palaute]" may be the row of a grid."""
    names = rows[0]
    totals = [i for i, name in enumerate(names) if fold(name) in _SCORES and _are_scores([row[i] for row in rows[1:]])]
    marks = [i for i, name in enumerate(names) if _OF_QUIZ.fullmatch(name)] if totals else []
    return dict.fromkeys([*totals, *marks], "score")


def _are_scores(cells: list[str]) -> bool:
    given = [cell for cell in cells if cell]
    return bool(given) and all(_A_SCORE.fullmatch(cell) for cell in given)
