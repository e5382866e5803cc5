"""Numbers as people and programs write them in Finland and elsewhere."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from pipeline.ingest.folding import fold

#: Blanks and apostrophes count only between groups of three: "3 4" is two ticks, not 34.
_GROUPED_BLANKS: Final = re.compile(r"[+-]?\d{1,3}([\s'\u2019]\d{3})+([.,]\d+)?")
_BLANKS: Final = re.compile(r"[\s'\u2019]")
_PLAIN: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?", re.IGNORECASE)
_GROUPED_DOTS: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3})+,\d+|[+-]?\d{1,3}(\.\d{3}){2,}")
_GROUPED_COMMAS: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+\.\d+|[+-]?\d{1,3}(,\d{3}){2,}")

_DECIMAL_COMMA: Final = re.compile(r"[+-]?[\d.\s]*\d,\d{1,2}")
_GROUPS: Final = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")


def parse_number(text: str) -> float | None:
    """Return the finite number in `text`, or None. A single comma is a decimal comma.

    Examples
    --------
    >>> [parse_number(t) for t in ("2,5", "2.450,75", "1 234,5", "1,234.5", "12", "kaksi", "3 4")]
    [2.5, 2450.75, 1234.5, 1234.5, 12.0, None, None]
    """
    bare = text.strip().replace("\u2212", "-")
    if _GROUPED_BLANKS.fullmatch(bare):
        bare = _BLANKS.sub("", bare)
    if _GROUPED_DOTS.fullmatch(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif _GROUPED_COMMAS.fullmatch(bare):
        bare = bare.replace(",", "")
    else:
        bare = bare.replace(",", ".", 1)
    number = float(bare) if _PLAIN.fullmatch(bare) else math.nan
    return number if math.isfinite(number) else None


def is_unsure(text: str) -> bool:
    """Return whether whoever keyed in a number was not sure of it.

    Examples
    --------
    >>> is_unsure("4?"), is_unsure("4"), is_unsure("?")
    (True, False, False)
    """
    return "?" in text and fold(text).isdecimal()


def dots_group(texts: Iterable[str]) -> bool:
    """Return whether dots group the thousands of a column: some cell has a decimal comma, and no dot any other sense.

    Examples
    --------
    >>> dots_group(["2,5", "1.500"]), dots_group(["2.5", "1.500"]), dots_group(["1.500", "2"])
    (True, False, False)
    """
    given = [text.strip() for text in texts]
    dotted = [text for text in given if "." in text]
    decimals = any(_DECIMAL_COMMA.fullmatch(text) for text in given)
    return bool(dotted) and decimals and all(_GROUPS.fullmatch(text) for text in dotted)


def plain_text(number: float) -> str:
    """Return a finite number as digits without exponent: the one spelling of a code.

    Examples
    --------
    >>> plain_text(2.0), plain_text(2.5), plain_text(1e-7)
    ('2', '2.5', '0.0000001')
    """
    return str(int(number)) if number.is_integer() else format(Decimal(repr(number)), "f")
