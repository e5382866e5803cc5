"""Numbers as people and programs write them in Finland and elsewhere."""

from __future__ import annotations

import re
from typing import Final

_BLANKS: Final = re.compile(r"[\s\u00a0\u202f']")
_PLAIN: Final = re.compile(r"[+-]?\d+(\.\d+)?")
_GROUPED_DOTS: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)")
_GROUPED_COMMAS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)")


def parse_number(text: str) -> float | None:
    """Return the number in `text`, or None. A single comma is a decimal comma.

    Examples
    --------
    >>> [parse_number(t) for t in ("2,5", "2.450,75", "1 234,5", "1,234.5", "12", "kaksi")]
    [2.5, 2450.75, 1234.5, 1234.5, 12.0, None]
    """
    bare = _BLANKS.sub("", text).replace("\u2212", "-")
    if _GROUPED_DOTS.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif _GROUPED_COMMAS.fullmatch(bare):
        bare = bare.replace(",", "")
    else:
        bare = bare.replace(",", ".", 1)
    return float(bare) if _PLAIN.fullmatch(bare) else None
