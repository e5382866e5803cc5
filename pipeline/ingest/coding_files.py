"""Themes that people gave to open answers: raw/coding/themes*.csv (or .xlsx) -> the `codes` table.

A file has a column for the place of the response (its response_id), one for the coder and one for the theme; further
themes stand in further rows, or in the same cell with `;` between. A column with the text that was coded is welcome: a
response whose place has moved, because its file was delivered again, is then found by what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.contracts import CONTRACTS
from pipeline.core.errors import Place, ReadError
from pipeline.core.words import ADJUDICATED
from pipeline.ingest import accounting, files
from pipeline.ingest.cells import Cells
from pipeline.ingest.findings import Finding
from pipeline.ingest.folding import fold

_STEMS: Final = ("themes", "teemat", "teman")
_HEADERS: Final[Mapping[str, tuple[str, ...]]] = {
    "response": ("response_id", "place", "response", "paikka", "vastaus", "plats", "svar"),
    "item": ("item", "question", "kysymys", "fråga"),
    "coder": ("coder", "koodaaja", "kodare"),
    "theme": ("theme", "themes", "code", "teema", "teemat", "tema", "teman"),
    "text": ("text", "teksti"),
}
_SETTLED: Final = (ADJUDICATED, "settled", "sovittu", "överenskommet")
_SEPARATOR: Final = re.compile(r"[;|]")
_NO_CODER: Final = "no coder is named"
_NO_ANSWER: Final = "no open answer has this place"
_OTHER_TEXT: Final = "the open answer of this place says something else"
_FIX: Final = {
    _NO_CODER: "write who coded: a letter or a number is enough",
    _NO_ANSWER: "correct the place, or code the answers anew from the comments table",
    _OTHER_TEXT: "code the answer of this place anew",
}


@dataclass(frozen=True)
class Coding:
    """What the coding files gave: the `codes` table, findings, rows for the ledger and how many rows were taken."""

    codes: pd.DataFrame
    findings: list[Finding]
    ledger: list[dict[str, object]]
    accepted: int


def load(raw: Path, comments: pd.DataFrame, executor: Executor | None = None) -> Coding:
    """Return what people coded of the open answers in `comments`.

    Parameters
    ----------
    raw : Path
        The project's folder; without coding files the table is empty.
    comments : DataFrame
        Contract table.
    executor : Executor, optional
        Reads files in parallel.

    Returns
    -------
    Coding
        A row without coder or open answer is set aside and named in the findings, as is one whose text is not that of
        its place and of no other answer. Spellings of a theme that differ in case or blanks are one theme.
    """
    found = [pair for pair in files.find(raw, "coding") if fold(pair[0].stem).startswith(_STEMS)]
    parts: list[pd.DataFrame] = []
    coding = Coding(CONTRACTS["codes"].empty(), [], [], 0)
    if not found:
        return coding
    answers = _Answers.of(comments)
    for file in files.read_all(found, executor):
        if file.refused is not None:
            coding.findings.append(_refusal(Place(file.name), file.refused))
            coding.ledger.append(accounting.refused_row(file.name, file.refused, file.reader))
        for cells in file.tables:
            try:
                parts.append(_take(cells, answers, coding, str(file.reader)))
            except ReadError as refusal:
                coding.findings.append(_refusal(cells.place(), refusal))
                coding.ledger.append(accounting.refused_row(file.name, refusal, file.reader, cells))
    rows = pd.concat(parts, ignore_index=True) if parts else coding.codes
    return Coding(_table(rows), coding.findings, coding.ledger, sum(map(_accepted, coding.ledger)))


def _accepted(entry: dict[str, object]) -> int:
    return int(str(entry["accepted"]))


@dataclass(frozen=True)
class _Answers:
    """Open answers by place, and by what they say."""

    by_place: dict[str, list[tuple[str, str]]]
    by_text: dict[str, list[tuple[str, str]]]

    @classmethod
    def of(cls, comments: pd.DataFrame) -> _Answers:
        answers = cls({}, {})
        for one in comments.itertuples():
            answers.by_place.setdefault(str(one.response_id), []).append((str(one.item), fold(str(one.text))))
            answers.by_text.setdefault(fold(str(one.text)), []).append((str(one.response_id), str(one.item)))
        return answers

    def find(self, place: str, item: str | None, text: str | None) -> tuple[str, str] | str:
        """Return response and item, or why there is none."""
        here = [(i, t) for i, t in self.by_place.get(place, []) if item is None or i == item]
        said = None if text is None else fold(text)
        same = [i for i, t in here if said is None or t == said]
        if len(same) == 1:
            return place, same[0]
        elsewhere = self.by_text.get(said, []) if said is not None else []
        if len(elsewhere) == 1:
            return elsewhere[0]
        return _OTHER_TEXT if here and said is not None else _NO_ANSWER


def _take(cells: Cells, answers: _Answers, coding: Coding, reader: str) -> pd.DataFrame:
    columns = {name: _column(cells, name) for name in _HEADERS}
    for name in ("response", "coder", "theme"):
        if columns[name] is None:
            raise ReadError(
                f"there is no column for the {name}", place=cells.place(), allowed=", ".join(_HEADERS[name]),
                fix="name the column so",
            )  # fmt: skip
    texts = {n: None if c is None else cells.rows[c] for n, c in columns.items()}
    rows, aside, moved = [], {}, []
    for at in cells.rows.index:
        own = {name: None if t is None or pd.isna(t[at]) else str(t[at]).strip() for name, t in texts.items()}
        unit = answers.find(own["response"] or "", own["item"], own["text"]) if own["coder"] else _NO_CODER
        if isinstance(unit, str):
            aside[at] = unit
            continue
        moved += [at] if unit[0] != own["response"] else []
        rows.append((at, *unit, _coder(str(own["coder"])), own["theme"]))
    frame = pd.DataFrame(rows, columns=["row", *CONTRACTS["codes"].column_names])
    repeats = frame[frame.duplicated(CONTRACTS["codes"].column_names)]
    quarantined = pd.Series(aside, dtype="object")
    coding.findings.extend(_told(cells, quarantined, list(repeats["row"]), moved))
    coding.ledger.append(accounting.file_row(cells, reader, len(repeats), quarantined))
    return frame.drop(index=repeats.index)


def _column(cells: Cells, name: str) -> int | None:
    at = [i for i, header in enumerate(cells.header) if fold(header) in _HEADERS[name]]
    if len(at) > 1:
        raise ReadError(f"two columns can be the {name}", place=cells.place(column=at[1]), fix="delete or rename one")
    return at[0] if at else None


def _coder(text: str) -> str:
    return ADJUDICATED if fold(text) in _SETTLED else text


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per theme; the first spelling of a theme or coder names it; no empty row beside a theme."""
    names = CONTRACTS["codes"].column_names
    if rows.empty:
        return CONTRACTS["codes"].empty()
    each = rows[names].assign(theme=rows["theme"].map(_separate)).explode("theme", ignore_index=True)
    each = each.assign(coder=_one_spelling(each["coder"]), theme=_one_spelling(each["theme"])).drop_duplicates()
    given = each.groupby(names[:3])["theme"].transform("count")
    return each[each["theme"].notna() | (given == 0)].reset_index(drop=True)


def _separate(cell: object) -> list[str | None]:
    parts = [part.strip() for part in _SEPARATOR.split(cell)] if isinstance(cell, str) else []
    return [part for part in parts if part] or [None]


def _one_spelling(texts: pd.Series) -> pd.Series:
    first: dict[str, str] = {}
    return texts.map(lambda text: first.setdefault(fold(text), text), na_action="ignore")


def _told(cells: Cells, aside: pd.Series, repeats: list[int], moved: list[int]) -> Iterator[Finding]:
    for at, reason in aside.items():
        yield Finding("row_quarantined", cells.place(int(str(at))), reason, fix=_FIX[reason])
    for row in repeats:
        yield Finding("duplicate", cells.place(row), "this coder gave this theme to this answer already; counted once")
    for row in moved:
        yield Finding("note", cells.place(row), "the open answer was found by its text; its place has moved")


def _refusal(place: Place, error: ReadError) -> Finding:
    return Finding("file_refused", place, error.what, error.allowed, error.fix)
