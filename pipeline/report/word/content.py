"""What the placeholders of a report stand for: one vocabulary for every template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Picture:
    """A figure as it goes into the report."""

    png: Path
    title: str
    caption: str
    alt: str


@dataclass(frozen=True)
class Sheet:
    """A table as a reader sees it: texts, formatted in the report's language.

    Parameters
    ----------
    title, note : str
        Printed above and below.
    header : sequence of str
        Names of the columns.
    rows : sequence of sequence of str
        Texts; "" for what there is not.
    numeric : sequence of int
        Positions of the columns that are set flush right.
    """

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    numeric: Sequence[int] = ()


@dataclass(frozen=True)
class Content:
    """All that may be put into a report.

    Parameters
    ----------
    language : {"fi", "sv", "en"}
        Of the report.
    title : str
        Of the document.
    values : mapping of str to str
        What is printed within a sentence: "fact people", "claim most", "project name".
    figures, tables : mapping
        By name: "figure reach" is `figures["reach"]`.
    lists : mapping of str to sequence of str
        Sentences set as a list: "methods", "limits", "claims", "summary", "quotations".
    texts : mapping of str to str
        The writer's own paragraphs of raw/report/texts.toml; they may hold placeholders of `values`.
    primary : sequence of str
        Primary outcomes: their figures stand in the text of the default report, those of others in an annex.
    """

    language: str
    title: str
    values: Mapping[str, str] = field(default_factory=dict)
    figures: Mapping[str, Picture] = field(default_factory=dict)
    tables: Mapping[str, Sheet] = field(default_factory=dict)
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    primary: Sequence[str] = ()

    def names(self) -> list[str]:
        """Return every placeholder there is, as it is written."""
        blocks = {"figure": self.figures, "table": self.tables, "text": self.texts}
        named = [f"{kind} {name}" for kind, known in blocks.items() for name in known]
        return sorted([*self.values, *named, *self.lists])
