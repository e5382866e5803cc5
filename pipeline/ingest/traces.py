"""Looking for what is known of people in every table, page and cache: the proof that nothing is left."""

from __future__ import annotations

import html
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.ingest.listed_names import ListedNames

#: Pictures hold pixels and a cache may be large: what is no text is searched as bytes.
_TABLES: Final = (".parquet",)
_BOOKS: Final = (".xlsx", ".ods", ".sav")
_DOCUMENT: Final = ".docx"
_OBJECTS: Final = (".json", ".ipynb")
_MARKUP: Final = (".html", ".htm", ".svg", ".xml")
_TAGS: Final = re.compile("<[^>]*>")
_SEPARATORS: Final = re.compile(r"[\s()/.\u2010-\u2015-]")
_SHORTEST: Final = 7
_WORDS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Traces:
    """What to look for.

    Parameters
    ----------
    names : tuple of tuple of str
        The words of each name; found where two of them stand side by side, in any case form.
    exact : frozenset of str
        E-mail addresses, pseudonyms: found as they are, whatever the case.
    phones : frozenset of str
        Phone numbers, digits only and without country code or trunk prefix; found however they are grouped.
    responses : frozenset of str
        Ids of responses: found where nothing before or after makes another id of them.
    answers : tuple of str
        Open answers, as `words_of` gives them; found whatever stands between their words.
    """

    names: tuple[tuple[str, ...], ...] = ()
    exact: frozenset[str] = frozenset()
    phones: frozenset[str] = field(default_factory=frozenset)
    responses: frozenset[str] = frozenset()
    answers: tuple[str, ...] = ()

    @cached_property
    def _names(self) -> ListedNames:
        return ListedNames(self.names, alone=False)

    @cached_property
    def _exact(self) -> re.Pattern[str] | None:
        known = sorted({unicodedata.normalize("NFC", text).casefold() for text in self.exact if text})
        return re.compile("|".join(map(re.escape, known))) if known else None

    @cached_property
    def _phones(self) -> re.Pattern[str] | None:
        known = sorted(number for number in self.phones if len(number) >= _SHORTEST)
        return re.compile(f"(?:{'|'.join(known)})(?!\\d)") if known else None

    @cached_property
    def _responses(self) -> re.Pattern[str] | None:
        known = sorted(unicodedata.normalize("NFC", text).casefold() for text in self.responses)
        begin = r"(?:(?<![\w./-])(?<!\w )|(?<=feedback/))"
        return re.compile(rf"{begin}(?:{'|'.join(map(re.escape, known))})(?!\d)") if known else None

    def count(self, text: str) -> int:
        """Return how many traces are in `text`, at least."""
        plain = unicodedata.normalize("NFC", text)
        found = len(self._exact.findall(plain.casefold())) if self._exact else 0
        if self._phones and any(c.isdigit() for c in plain):
            found += len(self._phones.findall(_SEPARATORS.sub("", plain)))
        found += len(self._responses.findall(plain.casefold())) if self._responses else 0
        if self.answers:
            said = words_of(plain)
            found += sum(answer in said for answer in self.answers)
        if self.names and self._names.mask(plain) != plain:
            found += 1
        return found

    def in_file(self, path: Path) -> int:
        """Return how many traces a file holds: in each different text of a table, else in its bytes read as text."""
        if path.suffix in _TABLES:
            return sum(map(self.count, _texts_of_table(path)))
        if path.suffix in _BOOKS:
            return sum(map(self.count, _texts_of_book(path)))
        if path.suffix == _DOCUMENT:
            return sum(map(self.count, _texts_of_document(path)))
        return sum(map(self.count, _texts_of_text(path)))


def _texts_of_table(path: Path) -> Iterator[str]:
    frame = pd.read_parquet(path)
    for name in frame.columns:
        yield str(name)
        if not pd.api.types.is_numeric_dtype(frame[name]):
            yield from (str(value) for value in frame[name].dropna().unique())


def _texts_of_book(path: Path) -> Iterator[str]:
    from pipeline.core.errors import ReadError  # noqa: PLC0415
    from pipeline.ingest import readers  # noqa: PLC0415

    try:
        _, tables = readers.read(path, path.name)
    except ReadError:
        yield path.read_bytes().decode("utf-8", "replace")
        return
    for cells in tables:
        yield from (text for text in (cells.sheet or "", *cells.header, *cells.questions, *cells.preamble) if text)
        for column in cells.rows.columns:
            yield from (str(value) for value in cells.rows[column].dropna().unique())


def _texts_of_text(path: Path) -> Iterator[str]:
    """Yield the lines of a text file; of JSON and markup as a reader would see them."""
    content = path.read_bytes()
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if marked else "utf-8", "replace")
    if path.suffix in _OBJECTS:
        try:
            yield from _texts_of_object(json.loads(text))
            return
        except (ValueError, RecursionError):
            text = text.replace("\\n", "\n")  # no JSON after all: searched as it stands
    yield from (html.unescape(text) if path.suffix in _MARKUP else text).splitlines()


def _texts_of_object(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield str(key)
            yield from _texts_of_object(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts_of_object(part)
    elif value is not None:
        yield str(value)


def _texts_of_document(path: Path) -> Iterator[str]:
    """Yield every paragraph of a Word document, its head, foot, notes and properties among them."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
    except zipfile.BadZipFile:
        parts = [path.read_bytes().decode("utf-8", "replace")]
    yield from (html.unescape(_TAGS.sub("", text)) for part in parts for text in part.split("</w:p>"))


def files_below(folders: Iterable[Path]) -> list[Path]:
    """Return every file below `folders`, hidden ones too, each once."""
    found = {path for folder in folders if folder.exists() for path in folder.rglob("*") if path.is_file()}
    return sorted(found)


def search(traces: Traces, folders: Sequence[Path]) -> dict[Path, int]:
    """Return the number of traces per file that holds any."""
    counts = {path: traces.in_file(path) for path in files_below(folders)}
    return {path: n for path, n in counts.items() if n}


def words_of(text: str) -> str:
    """Return the words of a text and nothing else, so that it is found whatever a format puts between them.

    Examples
    --------
    >>> words_of('"Hyvä  päivä!", sanoi \\'hän\\'.')
    'hyvä päivä sanoi hän'
    """
    return " ".join(_WORDS.findall(unicodedata.normalize("NFC", text).casefold()))


def phone_digits(text: str) -> str:
    """Return what is left of a phone number however it is written: without country code and trunk prefix.

    Examples
    --------
    >>> phone_digits("+358 40 123 4567"), phone_digits("040-1234567")
    ('401234567', '401234567')
    """
    digits = re.sub(r"\D", "", text)
    return re.sub(r"^(?:00)?358", "", digits).lstrip("0")
