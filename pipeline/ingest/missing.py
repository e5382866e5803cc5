"""What a file's own user-missing codes mean: by their labels, never by their numbers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.folding import fold

#: Labels of user-missing codes in the three languages, folded. Another wording goes into the instrument's choices, as
#: an option with the column `missing` filled in.
_LABELS: Final = {
    "not_asked": ("ei kysytty", "inte frågat", "frågades inte", "not asked"),
    "dont_know": (
        *("en osaa sanoa", "ei osaa sanoa", "eos", "ei tietoa", "ei tiedossa", "en tiedä", "ei tiedä"),
        *("vet inte", "vet ej", "kan inte säga", "don't know", "do not know", "unknown"),
    ),
    "refused": ("en halua vastata", "ei halua vastata", "vill inte svara", "prefer not to answer", "refused"),
    "invalid": ("virheellinen vastaus", "ogiltigt svar", "invalid answer"),
    "no_answer": ("ei vastausta", "ei vastannut", "puuttuu", "inget svar", "no answer", "missing"),
}


def declared_missing(cells: Cells, column: int) -> dict[str, str]:
    """Return code -> reason for the codes of a column that the file declares as missing.

    A label that says nothing known, or none at all, means *no answer*: declared missing is never a value.
    """
    reasons = {label: reason for reason, labels in _LABELS.items() for label in labels}
    labels = cells.value_labels.get(column, {})
    declared = sorted(cells.user_missing.get(column, ()))
    return {code: reasons.get(fold(labels.get(code, "")), "no_answer") for code in declared}


def labelled_missing(cells: Cells, column: int) -> dict[str, str]:
    """Return code -> reason for codes of a column of numbers: declared as missing, or labelled as no answer at all."""
    reasons = {label: reason for reason, labels in _LABELS.items() for label in labels}
    labels = {code: reasons.get(fold(label)) for code, label in cells.value_labels.get(column, {}).items()}
    return {code: reason for code, reason in labels.items() if reason} | declared_missing(cells, column)


def labelled(cells: Cells, column: int) -> pd.Series:
    """Return the texts of a column, codes replaced by the label the file gives them, declared missing ones empty."""
    labels, missing = cells.value_labels.get(column, {}), cells.user_missing.get(column, frozenset())
    texts = cells.rows[column]
    return texts.mask(texts.isin(missing)).map(lambda text: labels.get(text, text), na_action="ignore").astype(TEXT)
