"""Which column of a file holds which question: by any spelling the instrument knows, never by position."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import product
from typing import Final, Literal

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Instrument
from pipeline.ingest.instrument_model import PART_FORMS

Role = Literal["field", "single", "joined", "block", "option"]

#: Names that spreadsheets and programs give to a column that has none.
_PLACEHOLDER: Final = re.compile(r"(column|sarake|kolumn|unnamed:)?\s?\d*(_level_\d+)?", re.IGNORECASE)
#: The number a tool puts before a question: "3. ", "12) ", "Q5: ", "2.1 ".
_NUMBER: Final = re.compile(r"\s*[a-zåäö]{0,2}\d{1,3}(\.\d{1,3}\.?\s+|[a-zåäö]?\s*[.):]\s+)", re.IGNORECASE)
#: What formatting leaves in the texts of questions.
_MARKUP: Final = re.compile(r"</?[a-z][^<>]{0,200}>", re.IGNORECASE)
#: What stands between the question of a grid and its statement.
_GRID_MARK: Final = re.compile(r":\s+|\s+[-–]\s+|\s*/\s*|\s*\[")
#: What stands between a question and an option; a plus sign tells "3+" from "3".
_PUNCTUATION: Final = re.compile(r"[^\w+]+|_+")


@dataclass(frozen=True)
class Column:
    """One column of a file and what it holds.

    `role`: a field of the response; a question of one column; a multiple-choice question whose ticks are joined in one
    cell, spread over a block of columns that hold option texts, or kept in one yes/no column per option.
    """

    index: int
    question: str
    role: Role
    option: str | None = None


def match(cells: Cells, instrument: Instrument) -> tuple[list[Column], list[Finding]]:
    """Return the columns of `cells` the instrument knows, and a finding for each filled column it does not.

    Raises
    ------
    ReadError
        When two columns claim the same question: taking one of them would lose the other.
    """
    exact, loose = _exact(instrument), _spellings(_loose_spellings(instrument))
    again = repeated(cells.header)
    found = [exact.get(fold(again[index])) if index in again else None for index in range(len(cells.header))]
    found = [
        _find(cells, index, exact, loose) if column is None else replace(column, index=index)
        for index, column in enumerate(found)
    ]
    found = _own_fields(cells, _statements(cells, found, exact))
    columns: list[Column] = []
    findings: list[Finding] = []
    for index, column in enumerate(found):
        if _continues(cells, index, columns, column):
            if columns[-1].role == "joined":
                columns[-1] = replace(columns[-1], role="block")
            columns.append(Column(index, columns[-1].question, "block"))
        elif column is not None:
            columns.append(column)
        elif index not in cells.technical and cells.rows[index].notna().any():
            findings.append(_unmapped(cells, index))
    _no_double_claims(cells, columns)
    return columns, findings


def repeated(header: Sequence[str]) -> dict[int, str]:
    """Return column -> name of each column whose header stands further left already: "header #2", "header #3".

    Examples
    --------
    >>> repeated(["Miksi?", "Arvio", "Miksi?"])
    {2: 'Miksi? #2'}
    """
    seen: Counter[str] = Counter()
    found = {}
    for index, text in enumerate(header):
        seen[fold(text)] += 1
        if text and seen[fold(text)] > 1:
            found[index] = f"{text} #{seen[fold(text)]}"
    return found


def _statements(cells: Cells, found: list[Column | None], exact: Mapping[str, Column]) -> list[Column | None]:
    """Add the columns of grids headed "question: statement", where the instrument knows the statements alone.

    One such column could be a chance; two under one question are a grid. A statement that something else claims, as
    when it stands under "before" and under "now", is left for a person to name.
    """
    parts = [
        (fold(stem), replace(exact[fold(statement)], index=index))
        for index, column in enumerate(found)
        for stem, statement in (_split(cells.header[index]) if column is None else ())
        if fold(statement) in exact and exact[fold(statement)].role == "single"
    ]
    stems = Counter(stem for stem, _ in parts)
    claims = Counter(column.question for column in (*found, *(part for _, part in parts)) if column is not None)
    grid = {part.index: part for stem, part in parts if stems[stem] > 1 and claims[part.question] == 1}
    return [grid.get(index, column) for index, column in enumerate(found)]


def _split(header: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to part a header into a question and a statement of its grid."""
    text = _NUMBER.sub("", header, count=1)
    for mark in _GRID_MARK.finditer(text):
        yield text[: mark.start()], text[mark.end() :].removesuffix("]")


def _own_fields(cells: Cells, found: list[Column | None]) -> list[Column | None]:
    """Add the fields the tool itself gives, where the instrument claims neither the column nor the field."""
    claimed = {column.question for column in found if column is not None and column.role == "field"}
    return [
        Column(index, cells.fields[index], "field")
        if column is None and index in cells.fields and cells.fields[index] not in claimed
        else column
        for index, column in enumerate(found)
    ]


def _continues(cells: Cells, index: int, columns: list[Column], found: Column | None) -> bool:
    """Return whether a column belongs to the multiple-choice question right of which it stands.

    It has no name, or the name of the question again and another option's text in every filled cell.
    """
    before = columns[-1] if columns else None
    if before is None or before.index != index - 1 or before.role not in ("joined", "block"):
        return False
    if found is None:
        return _is_placeholder(cells.header[index])
    here, there = (set(cells.rows[i].dropna().unique()) for i in (index, before.index))
    apart = len(here) <= 1 and len(there) <= 1 and not here & there
    return found.question == before.question and found.role == "joined" and apart


def _spellings(pairs: Iterable[tuple[str, Column]]) -> Mapping[str, Column]:
    """Return folded spelling -> column to be, leaving out spellings that two questions share."""
    claims: dict[str, set[Column]] = {}
    for spelling, column in pairs:
        claims.setdefault(spelling, set()).add(column)
    return {spelling: next(iter(columns)) for spelling, columns in claims.items() if len(columns) == 1}


def _exact(instrument: Instrument) -> Mapping[str, Column]:
    """Return the spellings of questions and of their options; a name given goes before one put together.

    `q_other` is the text that XLSForm's `or_other` adds to q, not the column of its option "other".
    """
    named, together = list(_named_spellings(instrument)), _option_spellings(instrument)
    given = {spelling for spelling, _ in named}
    return {**_spellings(pair for pair in together if pair[0] not in given), **_spellings(named)}


def _named_spellings(instrument: Instrument) -> Iterator[tuple[str, Column]]:
    for question in instrument.fields.values():
        for spelling in question.spellings:
            yield spelling, Column(-1, question.row["field"], "field")
    for question in instrument.questions.values():
        multiple = question.type == "select_multiple"
        for spelling in question.spellings:
            yield spelling, Column(-1, question.name, "joined" if multiple else "single")


def _option_spellings(instrument: Instrument) -> Iterator[tuple[str, Column]]:
    for question in instrument.questions.values():
        for option in instrument.options[question.name] if question.type == "select_multiple" else ():
            for form, spelling, text in product(PART_FORMS, question.spellings, option.spellings):
                yield form.format(q=spelling, o=text), Column(-1, question.name, "option", option.code)


def _loose_spellings(instrument: Instrument) -> Iterator[tuple[str, Column]]:
    """Yield "question option" without punctuation: for "What did you do? [Trips]", where the mark stands inside."""
    for question in instrument.questions.values():
        for option in instrument.options[question.name] if question.type == "select_multiple" else ():
            for spelling, text in product(question.spellings, option.spellings):
                yield _loose(f"{spelling} {text}"), Column(-1, question.name, "option", option.code)


def _loose(text: str) -> str:
    return _PUNCTUATION.sub(" ", fold(text)).strip()


def _find(cells: Cells, index: int, exact: Mapping[str, Column], loose: Mapping[str, Column]) -> Column | None:
    named = [text for text in (cells.header[index], cells.questions[index] if cells.questions else "") if text]
    plain = [unescape(_MARKUP.sub(" ", text)) for text in named]
    bare = [_NUMBER.sub("", text, count=1) for text in plain]
    ways = [named, plain, bare]
    if len(named) > 1 and named[0].endswith(f" - {named[1]}"):  # a header of two rows says it all; its lower one less
        ways = [[text] for text in named[:1] + plain[:1] + bare[:1]] + ways
    hits = [known for texts in ways for known in _known(texts, exact, loose)]
    return next((replace(hit, index=index) for hit in hits if hit is not None), None)


def _known(texts: Sequence[str], exact: Mapping[str, Column], loose: Mapping[str, Column]) -> Iterator[Column | None]:
    yield from (exact.get(fold(text)) for text in texts)
    yield from (loose.get(_loose(text)) for text in texts)


def _is_placeholder(name: str) -> bool:
    return _PLACEHOLDER.fullmatch(name.strip()) is not None


def _unmapped(cells: Cells, index: int) -> Finding:
    return Finding(
        "column_unmapped",
        cells.place(column=index),
        "this column matches no question or field of the instrument, or more than one; its cells are not used",
        fix="add its header to 'aliases' of the question in the instrument, or leave it if it is not wanted",
    )


def _no_double_claims(cells: Cells, columns: list[Column]) -> None:
    seen: dict[tuple[str, str | None], int] = {}
    before = Column(-1, "", "single")
    for column in columns:
        goes_on = column.role == before.role == "block" and column.question == before.question
        before = column
        if goes_on:
            continue
        first = seen.setdefault((column.question, column.option), column.index)
        if first != column.index:
            raise ReadError(
                f"columns {first + 1} and {column.index + 1} both hold '{column.question}'",
                place=cells.place(),
                allowed="one column per question",
                fix="rename one of them in the instrument's aliases, or delete the copy",
            )
