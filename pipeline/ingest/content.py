"""One file as received, opened once: readers ask it for its first bytes, its sheets, its JSON or its XML."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Mapping
from copy import copy
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

from pipeline.core.errors import ReadError
from pipeline.ingest.containers import delimited, quoting, workbook
from pipeline.ingest.header_search import Grid

#: Bytes shown to a reader that recognises a format by its beginning.
_HEAD: Final = 65_536
#: JSON and XML are read whole: an export of this size is no survey of ours.
_MAX_DOCUMENT: Final = 100_000_000


class Content:
    """The content of one file.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        How messages call it: its path below raw/.

    Notes
    -----
    Nothing is read before it is asked for, and nothing twice. What cannot be read raises ReadError naming the file.
    """

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        #: The rows that stand above an export, by sheet: `sheets` is without them.
        self.above: Mapping[str | None, Grid] = {}

    @cached_property
    def head(self) -> bytes:
        """The first bytes."""
        with self.path.open("rb") as stream:
            return stream.read(_HEAD)

    @cached_property
    def is_workbook(self) -> bool:
        """Whether the content is a spreadsheet container, perhaps a damaged one."""
        return workbook.recognises(self.head)

    @cached_property
    def is_text(self) -> bool:
        """Whether the content is text in records: no control characters, no XML, no JSON."""
        return delimited.recognises(self.head)

    @cached_property
    def sheets(self) -> Mapping[str | None, Grid]:
        """Sheet name -> grid of text cells, row 1 first; one unnamed sheet for text with separators, else none."""
        if self.is_workbook:
            return {sheet: grid for sheet, grid in self._book.grids.items()}  # noqa: C416
        return {None: self._text_grid[0]} if self.is_text else {}

    def alone(self) -> list[Content]:
        """Return one content per sheet that holds anything: a workbook may have a list of another kind on each."""
        filled = {sheet: grid for sheet, grid in self.sheets.items() if any(map(any, grid))}
        parts = [Content(self.path, self.name) for _ in filled]
        for part, (sheet, grid) in zip(parts, filled.items(), strict=True):
            part.__dict__["sheets"] = {sheet: grid}
        return parts

    def below(self, heights: Mapping[str | None, int], sheets: Mapping[str | None, Grid] | None = None) -> Content:
        """Return the content (or these sheets of it) without the first rows of some sheets: what stands above."""
        part, grids = copy(self), self.sheets if sheets is None else sheets
        part.above = {sheet: grids[sheet][:height] for sheet, height in heights.items()}
        part.__dict__["sheets"] = {sheet: grid[heights.get(sheet, 0) :] for sheet, grid in grids.items()}
        return part

    @property
    def book(self) -> workbook.Book:
        """The workbook, once its sheets were asked for; else an empty one."""
        return self._book if "_book" in vars(self) else workbook.Book({}, {}, {})

    @cached_property
    def _book(self) -> workbook.Book:
        return workbook.read_book(self.path, self.name)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Sheets that a spreadsheet does not show: their rows are read, and a person should know."""
        return workbook.hidden_sheets(self.path) if "sheets" in vars(self) and self.is_workbook else frozenset()

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """How text was opened: encoding and separator."""
        return self._text_grid[1] if self.is_text and not self.is_workbook else ()

    @cached_property
    def uneven_rows(self) -> tuple[frozenset[int], frozenset[int]]:
        """Records with fewer cells than most, and with more, in text that writes its empty last cells.

        A line break has cut them, or a separator has moved their cells, even where the last one is empty. Where no last
        cell is empty the file may leave them out: then only two halves of one record are told.

        Only what a reader has opened as text has records.
        """
        grid = self._text_grid[0] if "_text_grid" in vars(self) else ()
        lengths = Counter(map(len, grid))
        usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
        if len(lengths) < 2:
            return frozenset(), frozenset()
        if not any(len(row) == usual and not row[-1] for row in grid):
            return _halves(grid, usual), frozenset()
        sizes = [(number, len(row)) for number, row in enumerate(grid, start=1) if row]
        return frozenset(n for n, size in sizes if size < usual), frozenset(n for n, size in sizes if size > usual)

    @cached_property
    def bare_empties(self) -> Mapping[int, frozenset[int]]:
        """Row -> columns (from 0) of empty cells without quotation marks, in a CSV that quotes every filled cell."""
        opened = dict(note.split(" ", 1) for note in self.notes)
        if not opened:
            return {}
        with self.path.open(encoding=opened["encoding"], newline="") as stream:
            found = quoting.bare_empties(stream.read(), ast.literal_eval(opened["separator"]))
        above = len(self.above.get(None, ()))
        return {row - above: columns for row, columns in found.items() if row > above} if above else found

    @cached_property
    def json(self) -> Any:
        """The content as JSON; None where it is none."""
        if not self.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"{", b"[")):
            return None
        content = self.document()
        try:
            return json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError) as fault:
            raise ReadError(
                f"not valid JSON ({type(fault).__name__})", place=self.name, fix="export the file again"
            ) from None

    @cached_property
    def xml(self) -> ElementTree.Element | None:
        """The root of the content as XML; None where it is none. Declared entities are refused, never expanded."""
        if not self.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
            return None
        content = self.document()
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise ReadError("the XML declares entities", place=self.name, fix="export it again without a DOCTYPE")
        try:
            return ElementTree.fromstring(content)
        except (ElementTree.ParseError, RecursionError, ValueError, LookupError) as fault:
            raise ReadError(
                f"not well-formed XML ({type(fault).__name__})", place=self.name, fix="export the file again"
            ) from None

    def check_document(self) -> None:
        """Raise ReadError where the content is broken JSON or XML: it says more than "unknown"."""
        _ = self.json, self.xml

    @cached_property
    def _text_grid(self) -> tuple[Grid, tuple[str, ...]]:
        return delimited.read_grid(self.path, self.name)

    def document(self) -> bytes:
        """Return the whole content, of a file that is not too large to be held at once."""
        if self.path.stat().st_size > _MAX_DOCUMENT:
            raise ReadError(
                f"the file is larger than {_MAX_DOCUMENT // 1_000_000} MB", place=self.name, fix="export it as CSV"
            )
        return self.path.read_bytes()


def _halves(grid: Grid, usual: int) -> frozenset[int]:
    """Return the records, from 1, that follow one another and have between them one cell more than a whole one."""
    lengths = list(map(len, grid))
    pairs = [(n, a, b) for n, (a, b) in enumerate(pairwise(lengths), start=1) if 0 < a < usual and a + b == usual + 1]
    # cut within its first cell, the rest looks whole
    return frozenset(row for n, a, b in pairs for row in ((n, n + 1) if b < usual else (n,)) if a > 1 or usual > 2)
