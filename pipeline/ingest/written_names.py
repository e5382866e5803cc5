"""Names of a list as they are written: first and last name put together, a family's name carried down."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.ingest.cells import TEXT, mapped
from pipeline.ingest.person_keys import original_name

CARRIED: Final = "the last name above was carried down to this row"
CARRIED_FIX: Final = "look whether that is so; else write the last name"
_DITTO: Final = re.compile(
    r"\s*(?:[-–—]?[\"”“„'´`″,]{1,2}[-–—]?|[-–—]{1,3}|sama|samat|dito|ditto|do\.?)\s*", re.IGNORECASE
)


def written(texts: Mapping[str, pd.Series], original: bool, rows: pd.Index) -> tuple[pd.Series, pd.Index]:
    """Return names as written, first and last name where a list has both, and the rows whose last name stood above.

    Parameters
    ----------
    texts : mapping
        What a column holds -> its texts.
    original : bool
        Whether the column of names gives the account's own name in brackets.
    rows : Index
        Rows of the list.

    Examples
    --------
    >>> rows = pd.DataFrame({"first_name": ["Aino", "Otto"], "last_name": ["Aalto", None]}, dtype="str")
    >>> names, carried = written(dict(rows.items()), False, rows.index)
    >>> names.tolist(), carried.tolist()
    (['Aino Aalto', 'Otto Aalto'], [1])
    """
    named = texts.get("name", pd.Series(pd.NA, index=rows, dtype=TEXT))
    if original:
        named = mapped(named, original_name)
    parts = [texts[key] for key in ("first_name", "last_name") if key in texts]
    if not parts:
        return named, rows[:0]
    carried = rows[:0]
    if len(parts) == 2:
        parts[1], carried = _carried_down(*parts)
    whole = parts[0].str.cat(parts[1:], sep=" ", na_rep="").str.strip()
    whole = whole.mask(whole == "").astype(TEXT)
    if len(parts) == 2 or "name" not in texts:
        return whole.fillna(named), carried
    return named.str.cat(whole, sep=" ", na_rep="").str.strip().replace("", pd.NA).astype(TEXT), carried


def _carried_down(first: pd.Series, last: pd.Series) -> tuple[pd.Series, pd.Index]:
    """Return the last names, a family's under its first row; a blank row ends a family."""
    ditto = last.str.fullmatch(_DITTO).fillna(False).astype(bool)
    plain = last.mask(ditto)
    family = (pd.Series(last.index, last.index).diff() > 1).cumsum()
    filled = plain.groupby(family).ffill()
    carried = plain.isna() & filled.notna() & first.notna()
    return plain.mask(carried, filled), last.index[carried]
