"""Bands of age: found among the options of a question, and met by years of birth."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

#: Respondents a category needs to carry weights.
LEAST: Final = 10
_OLDEST: Final = 130


@dataclass(frozen=True)
class AgeBands:
    """A question of age: its codes from young to old, and the youngest age of each."""

    question: str
    codes: tuple[str, ...]
    starts: tuple[int, ...]


def age_bands(options: pd.DataFrame) -> AgeBands | None:
    """Return the first question whose options are bands of age that follow one another, or None.

    Parameters
    ----------
    options : DataFrame
        Contract table. Codes hold the ages: ``18_24``, ``25-34``; the lowest and highest may hold one, as ``under_18``
        and ``65_over``.

    Examples
    --------
    >>> rows = pd.DataFrame({"question": "age", "code": ["65_over", "18_24", "25_64", "under_18"]})
    >>> age_bands(rows.assign(missing_reason=None)).starts
    (0, 18, 25, 65)
    """
    for question, part in options[options["missing_reason"].isna()].groupby("question", sort=True):
        found = _bands(list(part["code"].astype(str)))
        if found:
            return AgeBands(str(question), *found)
    return None


def band_of(age: pd.Series, bands: AgeBands) -> pd.Series:
    """Return the code of each age; missing where the age is, or is none."""
    years = age.astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    place = np.searchsorted(bands.starts, np.nan_to_num(years, nan=-1), side="right") - 1
    valid = (years >= bands.starts[0]) & (years <= _OLDEST)
    labels = np.array(bands.codes, dtype=object)[place.clip(min=0)]
    return pd.Series(np.where(valid, labels, None), index=age.index, dtype=object)


def merge_thin(
    order: Sequence[Hashable], respondents: pd.Series, people: pd.Series, least: int = LEAST
) -> dict[Hashable, str]:
    """Return a name for each category, thin ones joined to the next until each has enough respondents, and people.

    Parameters
    ----------
    order : sequence
        Categories in order.
    respondents, people : Series of int
        How many of each.
    least : int
        Respondents a category needs.

    Examples
    --------
    >>> merge_thin(["a", "b", "c"], pd.Series({"a": 3, "b": 30, "c": 40}), pd.Series({"a": 5, "b": 60, "c": 90}))
    {'a': 'a+b', 'b': 'a+b', 'c': 'c'}
    """
    groups: list[list[Hashable]] = [[]]
    for category in order:
        if groups[-1] and not _thin(groups[-1], respondents, people, least):
            groups.append([])
        groups[-1].append(category)
    if len(groups) > 1 and _thin(groups[-1], respondents, people, least):
        last = groups.pop()
        groups[-1] += last
    return {category: "+".join(map(str, group)) for group in groups for category in group}


def _thin(group: list[Hashable], respondents: pd.Series, people: pd.Series, least: int) -> bool:
    return respondents.reindex(group).sum() < least or people.reindex(group).sum() == 0


def _bands(codes: list[str]) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
    numbers = {code: [int(n) for n in re.findall(r"\d+", code)] for code in codes}
    closed = sorted((n[0], n[1], code) for code, n in numbers.items() if len(n) == 2 and n[0] < n[1] < _OLDEST)
    open_ended = sorted((n[0], code) for code, n in numbers.items() if len(n) == 1)
    if not closed or len(closed) + len(open_ended) != len(codes) or len(open_ended) > 2:
        return None
    if any(after[0] != before[1] + 1 for before, after in pairwise(closed)):
        return None
    bands = [(low, code) for low, _, code in closed]
    for number, code in open_ended:  # "under 18" and "17 or less" both end where the next band starts
        if abs(number - closed[0][0]) <= 1:
            bands.append((0, code))
        elif abs(number - closed[-1][1]) <= 1:
            bands.append((closed[-1][1] + 1, code))
        else:
            return None
    bands.sort()
    starts = tuple(low for low, _ in bands)
    return (tuple(code for _, code in bands), starts) if len(set(starts)) == len(starts) else None
