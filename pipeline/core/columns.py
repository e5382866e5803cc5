"""Short ways to declare a column, and the columns many tables share."""

from __future__ import annotations

from typing import Final

from pipeline.core import words
from pipeline.core.schema import Column


def text(name: str, meaning: str, *, optional: bool = False, allowed: tuple[str, ...] | None = None) -> Column:
    """Declare a column of text."""
    return Column(name, "text", meaning, optional, allowed)


def count(name: str, meaning: str, *, optional: bool = True) -> Column:
    """Declare a column of whole numbers, empty where not known."""
    return Column(name, "integer", meaning, optional)


def number(name: str, meaning: str) -> Column:
    """Declare a column of numbers."""
    return Column(name, "number", meaning, optional=True)


def time(name: str, meaning: str) -> Column:
    """Declare a column of moments."""
    return Column(name, "time", meaning, optional=True)


#: Where a row was read.
SOURCE: Final = (
    text("source_file", "file under raw/, as received"),
    text("source_sheet", "sheet, where the format has them", optional=True),
    count("source_row", "row in that sheet, counted from 1", optional=False),
)
#: A label in each language.
LABELS: Final = tuple(text(f"label_{code}", f"label, {code}", optional=True) for code in words.LANGUAGES)
