"""Stata .dta of all versions in use: codes as text, value labels, .a to .z as the file's own kinds of missing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.containers.moments import clock, moment
from pipeline.ingest.containers.parsing import BYTES, parsed
from pipeline.ingest.containers.statistical import Variable, plain, to_cells
from pipeline.ingest.content import Content

NAME: Final = "stata"
SIGNS: Final = ()
_MARK: Final = b"<stata_dta>"
#: Files before Stata 13 begin with their version, their byte order (1 or 2), a 1 and a 0.
_OLD_VERSIONS: Final = range(102, 116)
_EPOCH: Final = dt.datetime(1960, 1, 1)
_MOMENT: Final = re.compile(r"%-?(?:t(?P<unit>[cCdwmqhyb])|d)(?P<shown>.*)")
#: A display of hours and minutes only: the day it is counted from means nothing.
_CLOCK_ONLY: Final = re.compile(r"[Hh]{1,2}:?MM(:?SS(\.s+)?)?\s*([AaPp]\.?[Mm]\.?)?")
#: Units of the year: how many of them it has, and the letter by which Stata shows them.
_PARTS: Final = {"w": 52, "m": 12, "q": 4, "h": 2}
_ODD_UNITS: Final = {
    "C": "counts leap seconds: its times are up to half a minute late",
    "b": "counts business days of a calendar that is not in the file: its numbers are shown as they are",
}


def recognises(content: Content) -> bool:
    """Return whether the content is a Stata data file."""
    head = content.head
    old = len(head) > 4 and head[0] in _OLD_VERSIONS and head[1] in (1, 2) and head[2:4] == b"\x01\x00"
    return head.startswith(_MARK) or old


def read(content: Content) -> list[Cells]:
    """Return the file's one table; days, months and quarters as Stata shows them or in ISO form, .a to .z as texts.

    Letters of files before Stata 14 are read as windows-1252 unless they are valid UTF-8, which is then said.
    """
    found, notes, remarks = parsed(partial(_parse, content), content, None if _is_old(content) else "utf-8", "Stata")
    variables = [
        _variable(Variable(name, label, values, _as_text(form), labels), kind)
        for name, label, values, form, labels, kind in zip(
            found.names, found.labels, found.columns, found.forms, found.value_labels, found.kinds, strict=True
        )
    ]
    units = {name: _unit(form) for name, form in zip(found.names, found.forms, strict=True)}
    odd = [f"{name} {_ODD_UNITS[unit]}" for name, unit in units.items() if unit in _ODD_UNITS]
    return [to_cells(content.name, variables, notes, (*remarks, *odd))]


def _is_old(content: Content) -> bool:
    """Return whether the file is older than Stata 14, the first to write UTF-8."""
    release = re.search(rb"<release>(\d+)", content.head[:100])
    return release is None or int(release[1]) < 118


def _parse(content: Content, metadataonly: bool) -> tuple[Any, Any]:
    import pyreadstat  # noqa: PLC0415

    return pyreadstat.read_dta(
        str(content.path),
        user_missing=True,
        disable_datetime_conversion=True,
        output_format="dict",
        encoding=BYTES,
        metadataonly=metadataonly,
    )


def _variable(found: Variable, kind: str) -> Variable:
    """Return a variable of numbers with its extended missing values written as Stata does: .a to .z."""
    if kind == "string":
        return found
    values = [_shortest(value) if kind == "float" else _extended(value) for value in found.values]
    labels = {_extended(code): text for code, text in found.value_labels.items()}
    letters = sorted({code for code in (*values, *labels) if isinstance(code, str)})
    return replace(found, values=values, value_labels=labels, missing=[(letter, letter) for letter in letters])


def _extended(value: Any) -> Any:
    return f".{value}" if isinstance(value, str) else value


def _shortest(value: Any) -> Any:
    """Return a number of single precision as the decimal it was meant to be: 5.1, not 5.099999904632568."""
    import numpy as np  # noqa: PLC0415

    return float(str(np.float32(value))) if isinstance(value, float) else _extended(value)


def _unit(form: str) -> str:
    found = _MOMENT.fullmatch(form)
    return (found["unit"] or "d") if found else ""


def _as_text(form: str) -> Callable[[float], str | None]:
    """Return how a number of this format is written.

    Examples
    --------
    >>> [_as_text(f)(v) for f, v in (("%td", 21185), ("%tq", 219), ("%tm", -1), ("%tcHH:MM:SS", 36610000))]
    ['2018-01-01', '2014q4', '1959m12', '10:10:10']
    """
    unit = _unit(form)
    if unit in _PARTS:
        return lambda number: f"{1960 + int(number // _PARTS[unit])}{unit}{int(number % _PARTS[unit]) + 1}"
    if unit in ("c", "C"):
        shown = _MOMENT.fullmatch(form)
        only_clock = shown is not None and _CLOCK_ONLY.fullmatch(shown["shown"]) is not None
        return (lambda ms: clock(ms / 1000)) if only_clock else (lambda ms: moment(_EPOCH, ms / 1000))
    return (lambda days: moment(_EPOCH, days * 86_400)) if unit == "d" else plain
