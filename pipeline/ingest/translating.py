"""Findings in Finnish: found in one table of texts, whatever stands in their gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.ingest.finding_texts import PROBLEMS, WORDS
from pipeline.ingest.refusal_texts import REFUSALS
from pipeline.ingest.remedy_texts import FIXES


@cache
def in_finnish(text: str) -> str:
    """Return a problem or fix in Finnish; as it is where the table of texts does not have it.

    Examples
    --------
    >>> in_finnish("the same response as feedback/a.csv, row 2; counted once")
    'sama vastaus kuin feedback/a.csv, rivi 2; laskettu kerran'
    >>> in_finnish("a phone number stands in this open answer; masked")
    'puhelinnumero tässä avovastauksessa; peitetty'
    """
    return translated(text) or text


def reasons_in_finnish(text: str) -> str:
    """Return the reasons of a row of the ledger in Finnish.

    Examples
    --------
    >>> reasons_in_finnish("test answer: 1; unknown event: 5")
    'testivastaus: 1; tuntematon tapahtuma: 5'
    >>> reasons_in_finnish("refused: the file is empty")
    'hylätty: tiedosto on tyhjä'
    """
    head, refused, what = text.partition("refused: ")
    if refused and not head:
        return f"hylätty: {in_finnish(what)}"
    parts = [part.rpartition(": ") for part in text.split("; ")]
    return "; ".join(f"{in_finnish(reason)}: {n}" for reason, _, n in parts)


def translated(text: str) -> str | None:
    """Return `text` in Finnish, or None where the table of texts does not have it."""
    plain = dict((*PROBLEMS, *REFUSALS, *FIXES))
    if text in plain:
        return plain[text]
    for pattern, finnish in _patterns():
        found = pattern.fullmatch(text)
        if found is not None:
            return finnish.format(*map(_part, found.groups()))
    return None


def _part(text: str) -> str:
    """Return what fills a gap: a text of the table itself, or a place."""
    whole = translated(text)
    if whole is not None:
        return whole
    for english, finnish in WORDS:
        text = re.sub(rf"(?<!\w){re.escape(english)}", finnish, text)
    return text


@cache
def _patterns() -> Sequence[tuple[re.Pattern[str], str]]:
    """Return the texts with gaps, those that say most first."""
    gaps = [pair for pair in (*PROBLEMS, *REFUSALS, *FIXES) if "{}" in pair[0]]
    ordered = sorted(gaps, key=lambda pair: -len(pair[0]))
    return [(re.compile("(.+?)".join(map(re.escape, en.split("{}"))), re.DOTALL), fi) for en, fi in ordered]
