"""The ticks of a multiple-choice question, however a tool writes them: joined in a cell, in a block, or yes and no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.columns import Column
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument import Option
from pipeline.ingest.missing import labelled

_TICKED: Final = frozenset({"1", "true", "yes", "kyllä", "ja", "x", "y", "on", "✓", "✔", "☒", "checked", "valittu"})
_NOT_TICKED: Final = frozenset({"0", "false", "no", "ei", "nej", "n", "off", "☐", "unchecked", "ei valittu"})
#: Not ticked in every tool, even where an option is called so.
_NEVER: Final = frozenset({"0", "false"})
#: "Muu, mikä?", "Other (please specify)", "Annat".
_OTHER: Final = re.compile(r"(?:(?:joku|jokin|jotain|something|någon|något) )?(?:muu|muuta|other|else|annan|annat)\b")
_OTHER_CODES: Final = frozenset({"other", "-oth-", "muu"})
#: Marks between ticks joined in one cell, tried from the safest; options may contain commas themselves.
_JOINS: Final = (";", "|", "\n", ",")


@dataclass(frozen=True)
class Ticks:
    """What one question's columns hold, indexed by row.

    Parameters
    ----------
    ticked, odd : DataFrame of bool
        Per option code: ticked; the option's own column holds something that is neither yes nor no.
    answered : Series of bool
        Some cell says yes or no.
    odd_text : Series of bool
        Some text is no option.
    wrong : tuple of (int, int)
        Row and column of each cell not understood.
    """

    ticked: pd.DataFrame
    odd: pd.DataFrame
    answered: pd.Series
    odd_text: pd.Series
    wrong: tuple[tuple[int, int], ...]


def read_ticks(
    cells: Cells, columns: Sequence[Column], options: Sequence[Option], lookup: Mapping[str, Option]
) -> Ticks:
    """Return the ticks in `columns`, all of one question; `lookup` is folded spelling -> option."""
    index, codes = cells.rows.index, [o.code for o in options]
    ticked, odd = (pd.DataFrame(False, index=index, columns=codes) for _ in range(2))
    answered, odd_text = (pd.Series(False, index=index) for _ in range(2))
    wrong: list[tuple[int, int]] = []
    for column in columns:
        texts = labelled(cells, column.index)
        if column.role == "option":
            yes, no = _yes_no(texts, next(o for o in options if o.code == column.option))
            unclear = texts.notna() & ~yes & ~no
            ticked[column.option] |= yes
            odd[column.option] |= unclear
            answered |= yes | no
        else:
            yes, unclear = _chosen(texts, codes, lookup)
            ticked |= yes
            odd_text |= unclear
        wrong += [(int(row), column.index) for row in index[unclear]]
    return Ticks(ticked, odd, answered | ticked.any(axis=1), odd_text, tuple(wrong))


def _yes_no(texts: pd.Series, option: Option) -> tuple[pd.Series, pd.Series]:
    """Return where an option's own column says yes and no; the option's own text in it is a yes."""
    folded = texts.map(fold, na_action="ignore")
    # "ei" in the column of the option "Ei" is a tick where the column holds nothing else
    only_own = set(folded.dropna()) <= option.spellings - _NEVER
    own = option.spellings - (_NEVER if only_own else _NOT_TICKED)
    yes = folded.isin(_TICKED | own)
    no = folded.isin(_NOT_TICKED) & ~yes
    return (texts.notna() if in_own_words(texts, option) else yes), no


def in_own_words(texts: pd.Series, option: Option) -> bool:
    """Return whether the column of "other, what?" holds what people wrote, and nowhere a tick or a no."""
    marks = _TICKED | _NOT_TICKED | option.spellings
    return _is_other(option) and not any(fold(text) in marks for text in texts.dropna().unique())


def _is_other(option: Option) -> bool:
    return option.code in _OTHER_CODES or any(_OTHER.match(text) for text in option.spellings)


def _chosen(texts: pd.Series, codes: Sequence[str], lookup: Mapping[str, Option]) -> tuple[pd.DataFrame, pd.Series]:
    split = {text: split_joined(text, lookup) for text in texts.dropna().unique()}
    holding = {code: [t for t, (found, _) in split.items() if code in {o.code for o in found}] for code in codes}
    ticked = pd.DataFrame({code: texts.isin(holding[code]) for code in codes}, index=texts.index)
    return ticked, texts.isin([text for text, (_, unknown) in split.items() if unknown])


def split_joined(text: str, lookup: Mapping[str, Option]) -> tuple[list[Option], bool]:
    """Return the options joined in one cell, and whether some part of it is none of them."""
    if fold(text) in lookup:
        return [lookup[fold(text)]], False
    walks = [_walk([part for part in text.split(mark) if part.strip()], mark, lookup) for mark in _JOINS]
    words = text.split()
    if words and all(fold(word) in lookup for word in words):
        walks.append(([lookup[fold(word)] for word in words], False))
    whole = (walk for walk in walks if walk[0] and not walk[1])
    return next(whole, None) or next((walk for walk in walks if walk[0]), ([], True))


def _walk(parts: list[str], mark: str, lookup: Mapping[str, Option]) -> tuple[list[Option], bool]:
    """Walk through the parts, always taking the longest run that is one option: its text may contain the mark."""
    found, unknown, start = [], False, 0
    longest = 2 + max((spelling.count(mark) for spelling in lookup), default=0)
    while start < len(parts):
        for end in range(min(len(parts), start + longest), start, -1):
            option = lookup.get(fold(mark.join(parts[start:end])))
            if option is not None:
                found.append(option)
                start = end
                break
        else:
            unknown, start = True, start + 1
    return found, unknown
