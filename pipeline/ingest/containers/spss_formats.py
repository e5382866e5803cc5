"""SPSS's formats of moments: seconds since 14 October 1582 as ISO text, or as SPSS shows months, quarters and weeks."""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Callable, Mapping
from typing import Final

from pipeline.ingest.containers.moments import clock, moment
from pipeline.ingest.containers.statistical import plain

_EPOCH: Final = dt.datetime(1582, 10, 14)
_DAYS: Final = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "DATETIME", "YMDHMS")
_CLOCKS: Final = ("TIME", "DTIME", "MTIME")
#: Numbers 1 to 7 and 1 to 12, which SPSS shows by name: no moments.
_NAMED: Final = {"WKDAY": "weekdays as numbers, 1 is Sunday", "MONTH": "months as numbers"}
#: Numbers by which portable files name these formats.
NUMBERED: Final = {
    20: "DATE", 21: "TIME", 22: "DATETIME", 23: "ADATE", 24: "JDATE", 25: "DTIME", 26: "WKDAY", 27: "MONTH",
    28: "MOYR", 29: "QYR", 30: "WKYR", 38: "EDATE", 39: "SDATE", 40: "MTIME", 41: "YMDHMS",
}  # fmt: skip


def kind(form: str) -> str:
    """Return the format without its width.

    Examples
    --------
    >>> kind("EDATE10"), kind("F8.2")
    ('EDATE', 'F')
    """
    return re.sub(r"[\d.]+$", "", form or "").upper()


def named(forms: Mapping[str, str]) -> list[str]:
    """Say which variables are numbers that SPSS shows as names of days or months."""
    return [f"{name} holds {_NAMED[kind(form)]}" for name, form in forms.items() if kind(form) in _NAMED]


def encoding(head: bytes) -> str | None:
    """Return the encoding a .sav declares: by name, else by number; None where it declares none.

    Examples
    --------
    >>> encoding(bytes([7, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0]) + b"UTF-8...")
    'UTF-8'
    """
    for order in ("<", ">"):
        name = head.find(struct.pack(f"{order}iii", 7, 20, 1))
        if name >= 0 and len(head) >= name + 16:
            (length,) = struct.unpack_from(f"{order}i", head, name + 12)
            return head[name + 16 : name + 16 + max(0, min(length, 40))].decode("ascii", "replace")
        number = head.find(struct.pack(f"{order}iiii", 7, 3, 4, 8))
        if number >= 0 and len(head) >= number + 48:
            (page,) = struct.unpack_from(f"{order}i", head, number + 44)
            return {65001: "utf-8", 2: None, 3: None}.get(page, f"cp{page}")
    return None


def as_text(form: str) -> Callable[[float], str | None]:
    """Return how a number of this format is written.

    Examples
    --------
    >>> [as_text(form)(13915324800) for form in ("EDATE10", "QYR8", "MOYR8", "WKYR10", "F11.0")]
    ['2023-09-29', '3 Q 2023', '9 2023', '39 WK 2023', '13915324800']
    """
    name = kind(form)
    if name in _DAYS:
        return lambda seconds: moment(_EPOCH, seconds)
    if name in _CLOCKS:
        return clock
    return {"QYR": _quarter, "MOYR": _month, "WKYR": _week}.get(name, plain)


def _day(seconds: float) -> dt.date:
    return (_EPOCH + dt.timedelta(seconds=seconds)).date()


def _quarter(seconds: float) -> str:
    day = _day(seconds)
    return f"{(day.month + 2) // 3} Q {day.year}"


def _month(seconds: float) -> str:
    day = _day(seconds)
    return f"{day.month} {day.year}"


def _week(seconds: float) -> str:
    """Weeks of SPSS begin on 1 January: they are not those of ISO 8601, and must not look like them."""
    day = _day(seconds)
    return f"{(day.timetuple().tm_yday - 1) // 7 + 1} WK {day.year}"
