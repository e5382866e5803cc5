"""Wordings of "no opinion" and "no answer" that people write into a cell: never an option like the others."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.folding import fold
from pipeline.ingest.missing import declared_missing

#: Besides what files declare themselves: how people key it in from paper, folded.
_KEYED_IN: Final = {
    "dont_know": (
        "en tiedä", "ei tiedä", "en osaa sanoa / en tiedä", "e.o.s", "e o s", "vet ej / kan inte säga", "do not know",
        "dont know", "dk",
    ),
    "refused": ("ehv", "en halua sanoa", "vill ej svara"),
    "no_answer": ("-", "–", "—", "--", "tyhjä", "tom", "blank", "n/a", "na"),
}  # fmt: skip
_REASONS: Final = {text: reason for reason, texts in _KEYED_IN.items() for text in texts}


def meant(text: str) -> str | None:
    """Return the kind of missing a text names, None for every other text.

    Examples
    --------
    >>> meant("EOS"), meant("En osaa sanoa."), meant("-"), meant("3")
    ('dont_know', 'dont_know', 'no_answer', None)
    """
    named = declared_reason(text)
    return _REASONS.get(fold(text)) if named is None else named


def option_reason(text: str) -> str | None:
    """Return the kind of missing an option of a form names; "no answer" is nothing a form offers."""
    found = meant(text)
    return None if found == "no_answer" else found


def declared_reason(text: str) -> str | None:
    """Return what the labels of files mean by a text; they say "no answer" also of texts unknown to them."""
    table = Cells("", None, ("",), pd.DataFrame(), value_labels={0: {"x": text}}, user_missing={0: frozenset({"x"})})
    reason = declared_missing(table, 0)["x"]
    return None if reason == "no_answer" else reason
