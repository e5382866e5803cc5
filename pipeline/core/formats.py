"""Numbers, percentages, days and labels as they are written in each language: one rule for figures and sentences."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any, Final

from pipeline.core import words
from pipeline.core.errors import AnalysisError

_LOCALES: Final = {"fi": "fi", "sv": "sv_FI", "en": "en_GB"}


def percent(share: float, language: str, digits: int = 1) -> str:
    """Return a share as a percentage, in the number format of `language`; halves are rounded up.

    Parameters
    ----------
    share : float
        0.703 for 70.3 per cent.
    language : {"fi", "sv", "en"}
        Decides the decimal mark and what stands before the percent sign.
    digits : int
        Decimals.

    Raises
    ------
    AnalysisError
        When the share is missing: a gap must be shown as one, not printed as a number.

    Examples
    --------
    >>> percent(0.703, "fi")
    '70,3\\xa0%'
    """
    from babel import Locale  # noqa: PLC0415

    pattern = Locale.parse(_LOCALES[language]).percent_formats[None].pattern
    return _format(share, pattern.replace("#,##0", _digits(digits)), language)


def number(value: float, language: str, digits: int = 0) -> str:
    """Return a number in the format of `language`, thousands parted; halves are rounded up.

    Raises
    ------
    AnalysisError
        When the value is missing.

    Examples
    --------
    >>> number(12345.678, "fi", 1)
    '12\\xa0345,7'
    """
    return _format(value, _digits(digits), language)


def date(day: dt.date, language: str) -> str:
    """Return a day as it is written in `language`.

    Examples
    --------
    >>> date(dt.date(2017, 4, 3), "fi")
    '3.4.2017'
    """
    from babel.dates import format_date  # noqa: PLC0415

    return str(format_date(day, "medium", locale=_LOCALES[language]))


def month(day: dt.date, language: str, *, full: bool = False) -> str:
    """Return the month and year of a day, the month shortened unless `full`: short on an axis, full in a sentence.

    Examples
    --------
    >>> month(dt.date(2017, 4, 3), "fi"), month(dt.date(2017, 4, 3), "fi", full=True)
    ('huhti 2017', 'huhtikuu 2017')
    """
    from babel.dates import format_skeleton  # noqa: PLC0415

    return str(format_skeleton("yMMMM" if full else "yMMM", day, locale=_LOCALES[language]))


def decimals(value: float) -> int:
    """Return how many decimals a round value needs, six at most: for a level, a reference or a tick.

    Examples
    --------
    >>> decimals(97.5), decimals(95.0)
    (1, 0)
    """
    return len(f"{value:.6f}".rstrip("0").split(".")[1])


def label(row: Mapping[str, Any], language: str, fallback: str) -> str:
    """Return `label_<language>` of a row of items or options, else its label in another language, else `fallback`.

    Examples
    --------
    >>> label({"label_fi": None, "label_sv": "Ja", "label_en": "Yes"}, "fi", "1")
    'Ja'
    """
    texts = [row.get(f"label_{code}") for code in (language, *words.LANGUAGES)]
    return next((t for t in texts if isinstance(t, str) and t.strip()), fallback)


def _digits(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def _format(value: float, pattern: str, language: str) -> str:
    from babel.numbers import format_decimal, get_minus_sign_symbol  # noqa: PLC0415

    if not math.isfinite(value):
        raise AnalysisError("a missing number cannot be printed", fix="show the gap as text")
    with localcontext() as rules:  # babel rounds by the decimal context; the default would round halves to even
        rules.rounding = ROUND_HALF_UP
        written = str(format_decimal(Decimal(str(value)), format=pattern, locale=_LOCALES[language]))
    return written.replace("-", get_minus_sign_symbol(_LOCALES[language]))  # babel writes a hyphen in every language


def percentage(share: float, language: str, digits: int = 0) -> str:
    """Return a share as a percentage without its sign, rounded as wherever else that share is printed.

    Examples
    --------
    >>> percentage(0.285, "en"), percentage(-0.1234, "fi", 1)
    ('29', '−12,3')
    """
    sign = percent(0, language, 0).removeprefix(number(0, language))
    return percent(share, language, digits).removesuffix(sign)
