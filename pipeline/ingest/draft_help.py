"""The sheet of a drafted form that explains its columns, in the draft's language; no reader of forms looks at it."""

from __future__ import annotations

import re
from typing import Final

from pipeline.core import words
from pipeline.core.tables import harmless
from pipeline.ingest.draft_help_texts import EXAMPLES, HEADER, TEXTS

#: How a form names the languages.
LANGUAGES: Final = {"fi": "Suomi (fi)", "sv": "Svenska (sv)", "en": "English (en)"}
#: The columns that a draft adds to those of an XLSForm.
MORE: Final = ("construct", "design", "reversed", "pair", "occasion", "field", "aliases", "note")
#: Name of the sheet per language: none that a form gives a meaning.
TITLES: Final = {"fi": "ohje", "sv": "anvisning", "en": "help"}
#: What a column can tell of the response itself.
FIELDS: Final = ("event", "submitted_at", "role", "response_key", "language", "mode")
_NUMBER: Final = re.compile(r"-\d+(\.\d+)?")
_TYPES: Final = ("select_one", "select_multiple", "integer", "decimal", "date", "dateTime", "text")
#: Columns with a closed vocabulary.
ALLOWED: Final = {
    ("survey", "type"): _TYPES,
    ("survey", "design"): words.DESIGNS,
    ("survey", "reversed"): ("yes",),
    ("survey", "occasion"): words.OCCASIONS,
    ("survey", "field"): FIELDS,
    ("choices", "missing"): words.MISSING_REASONS,
}


def safe(cell: str) -> str:
    """Return a cell of a form that no spreadsheet runs; a negative number stays the code it is.

    Examples
    --------
    >>> safe("-1"), safe("=1+1")
    ('-1', "'=1+1")
    """
    return cell if _NUMBER.fullmatch(cell) else str(harmless(cell))


def help_sheet(language: str) -> list[list[str]]:
    """Return the rows of the sheet: each column of the form, what goes into it, which words it takes, and two examples.

    Parameters
    ----------
    language : {"fi", "sv", "en"}
        Language of the draft.

    Examples
    --------
    >>> help_sheet("en")[0]
    ['sheet', 'column', 'what to write', 'allowed words']
    >>> [row[3] for row in help_sheet("en") if row[1] == "occasion"]
    ['before, now']
    """
    explained = [
        [sheet, column, said[language], ", ".join(ALLOWED.get((sheet, column), ()))]
        for (sheet, column), said in TEXTS.items()
    ]
    return [list(HEADER[language]), *explained, *_examples(language)]


def _examples(language: str) -> list[list[str]]:
    """Return for each example its title, then one line per row of a sheet: "column: cell, column: cell"."""
    rows = []
    for title, lines in EXAMPLES[language].items():
        rows.append(["", "", title, ""])
        rows += [[sheet, "", ", ".join(f"{c}: {cell}" for c, cell in row.items()), ""] for sheet, row in lines]
    return rows
