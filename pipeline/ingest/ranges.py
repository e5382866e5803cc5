"""Numbers that can be no answer: what the form's own constraint excludes; without one, ages and years of birth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.coding import Coded
from pipeline.ingest.columns import Column
from pipeline.ingest.findings import Finding
from pipeline.ingest.instrument import Instrument
from pipeline.ingest.instrument_model import Question

BEYOND: Final = "no possible value of this question; counted as invalid"
_FIX: Final = "correct the cell"
#: No response was given before or after: a slip, or the year of another calendar.
_YEARS: Final = (1990, 2060)

Bounds = tuple[float, float]
#: Spellings of a question -> what it can be: nobody younger than one year answers, nobody was born before 1900.
_KNOWN: Final[tuple[tuple[frozenset[str], Bounds], ...]] = (
    (
        frozenset(
            {"age", "ikä", "ikäsi", "ikä vuosina", "ikä (vuosina)", "ikä vuotta", "vastaajan ikä", "kuinka vanha olet"}
            | {"minkä ikäinen olet", "your age", "age in years", "how old are you", "ålder", "din ålder"}
            | {"hur gammal är du"}
        ),
        (1, 120),
    ),
    (
        frozenset(
            {"syntymävuosi", "syntymävuotesi", "vastaajan syntymävuosi", "birth year", "birth_year", "year of birth"}
            | {"födelseår", "ditt födelseår"}
        ),
        (1900, 2100),
    ),
)
#: Codes that programs write for no answer; a number only where others of the column are below zero too.
_CODES: Final = frozenset(map(str, (-1, -7, -8, -9, -66, -77, -88, -98, -99, -999, -9999)))
_PART: Final = re.compile(r"\(?\s*\.\s*(?P<sign>>=|<=|>|<)\s*(?P<number>-?\d+(?:\.\d+)?)\s*\)?")


def bounds(question: Question) -> Bounds | None:
    """Return the least and the greatest value of a question of numbers; None where nothing is known.

    A constraint other than such as ". >= 0 and . < 130" says nothing here.
    """
    told = question.row.get("constraint", "").strip()
    if told:
        return _constraint(told)
    return next((found for spellings, found in _KNOWN if question.spellings & spellings), None)


def _constraint(text: str) -> Bounds | None:
    parts = [_PART.fullmatch(part.strip()) for part in re.split(r"(?i)\band\b", text)]
    least, most = float("-inf"), float("inf")
    for part in parts:
        if part is None:
            return None
        number = float(part["number"])
        if part["sign"].startswith(">"):
            least = max(least, number if part["sign"] == ">=" else _next(number, 1))
        else:
            most = min(most, number if part["sign"] == "<=" else _next(number, -1))
    return least, most


def _next(number: float, step: int) -> float:
    return number + step * 1e-9


def of_responses(read: pd.DataFrame) -> pd.DataFrame:
    """Return moments as `parse_times` reads them, those that no response can have marked as wrong."""
    far = read["moment"].notna() & ~read["moment"].dt.year.between(*_YEARS)
    if not far.any():
        return read
    return read.assign(moment=read["moment"].mask(far), timed=read["timed"] & ~far, wrong=read["wrong"] | far)


def limited(
    coded: Sequence[Coded], cells: Cells, columns: Sequence[Column], instrument: Instrument
) -> tuple[list[Coded], list[Finding]]:
    """Return the answers without the impossible numbers, and a finding for each of those."""
    made, findings = [], []
    at = {column.question: column.index for column in columns if column.role == "single"}
    for item in coded:
        question = instrument.questions.get(item.item)
        measured = question is not None and question.type in ("integer", "decimal")
        found = (bounds(question) or _above_codes(item)) if question and measured else None
        kept = item if found is None else _within(item, *found)
        rows = kept.code.index[item.code.notna() & kept.code.isna()]
        allowed = _shown(*found) if found else None
        made.append(kept)
        findings += [
            Finding("cell_invalid", cells.place(int(row), at.get(item.item)), BEYOND, allowed=allowed, fix=_FIX)
            for row in rows
        ]
    return made, findings


def _above_codes(item: Coded) -> Bounds | None:
    """Return zero and more where the only numbers below zero are codes for no answer."""
    below = [text for text in item.code.dropna().unique() if text.startswith("-")]
    return (0, float("inf")) if below and _CODES.issuperset(below) else None


def _within(item: Coded, least: float, most: float) -> Coded:
    beyond = [text for text in item.code.dropna().unique() if not least <= float(text) <= most]
    wrong = item.code.isin(beyond)
    if not wrong.any():
        return item
    return replace(item, code=item.code.mask(wrong), missing_reason=item.missing_reason.mask(wrong, "invalid"))


def _shown(least: float, most: float) -> str:
    ends = [format(round(end, 6), "g") if abs(end) != float("inf") else "" for end in (least, most)]
    return f"{ends[0]} to {ends[1]}" if all(ends) else f"{'at least' if ends[0] else 'at most'} {''.join(ends)}"
