"""SAS transport files (.xpt, versions 5 and 8) and data sets (.sas7bdat): moments decoded, codes as text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells
from pipeline.ingest.containers.moments import clock, moment
from pipeline.ingest.containers.parsing import BYTES, Parsed, parsed
from pipeline.ingest.containers.statistical import Variable, plain, to_cells
from pipeline.ingest.containers.xport import special_missing
from pipeline.ingest.content import Content

NAME: Final = "sas"
SIGNS: Final = ()
_TRANSPORT: Final = (
    b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!",
    b"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!",
)
#: One of these begins each data set of a transport file; the common parser reads the first only.
_MEMBERS: Final = (b"HEADER RECORD*******MEMBER  HEADER RECORD", b"HEADER RECORD*******MEMBV8  HEADER RECORD")
_ZEROS: Final = b"\x00" * 12
_DATA_SET: Final = _ZEROS + b"\xc2\xea\x81\x60"
_CATALOGUE: Final = _ZEROS + b"\xc2\xea\x81\x63"
_COMPRESSED: Final = b"**COMPRESSED** **COMPRESSED**"
#: Where a data set says its encoding, and the numbers SAS gives those met in Europe.
_ENCODING_AT: Final = 70
_ENCODINGS: Final = {
    20: "utf-8", 28: "ascii", 29: "iso-8859-1", 30: "iso-8859-2", 33: "iso-8859-5", 40: "iso-8859-15",
    60: "cp1250", 61: "cp1251", 62: "cp1252", 65: "cp1257",
}  # fmt: skip
_EPOCH: Final = dt.datetime(1960, 1, 1)
#: Formats of SAS by their whole names: people name formats of their own too, and YEARGRP counts no days.
_MOMENTS: Final = re.compile(
    "DATETIME|DATEAMPM|DTDATE|DTMONYY|DTYEAR|DTYYQC|DTWKDATX|MDYAMPM|(NLDATM|EURDFDT)[A-Z]*|"
    "(E8601|B8601|IS8601|[$]?N8601)(DT|DN|DX|DZ|LX)"
)
_DAYS: Final = re.compile(
    "DATE|DAY|DOWNAME|(DDMMYY|MMDDYY|YYMMDD|MMYY|YYMM|YYQ|YYQR)[BCDNPS]?|YYQZ|YYMON|YYWEEK[UVW]|MONYY|MONNAME|MONTH|"
    "QTRR?|YEAR|WEEKDATX?|WEEKDATE|WEEKDAY|WEEK[UVW]|WORDDAT[EX]|JULIAN|JULDAY|PDJUL[GI]|NENGO|MINGUO|HEBDATE|HDATE|"
    "(E8601|B8601|IS8601)DA|EURDF(DD|DE|DN|DWN|MN|MY|WDX|WKX)|NLDATE[A-Z]*"
)
_CLOCKS: Final = re.compile("TIME|TIMEAMPM|TOD|HHMM|HOUR|MMSS|NLTIM(E|AP)|(E8601|B8601|IS8601)(TM|TZ|TX|LZ)")
_NUMBERS: Final = re.compile(
    "BEST[DX]?|F|COMMAX?|DOLLARX?|EUROX?|PERCENTN?|E|Z|NUMX|D|NEGPAREN|[$](CHAR|F|UPCASE|VARYING)"
)
_BUILT_IN: Final = (_MOMENTS, _DAYS, _CLOCKS, _NUMBERS)


def recognises(content: Content) -> bool:
    """Return whether the content is a SAS file of any of these kinds, also one that cannot be read."""
    return content.head.startswith((*_TRANSPORT, _DATA_SET, _CATALOGUE, _COMPRESSED))


def read(content: Content) -> list[Cells]:
    """Return the file's one table; dates, times and moments in ISO form, .A to .Z as the file's own kinds of missing.

    Raises
    ------
    ReadError
        When the file is damaged, holds several data sets, or is a catalogue of formats or a compressed transport file.
    """
    _check_kind(content)
    found, notes, remarks = parsed(
        partial(_parse, content), content, _encoding(content), "SAS", content.head.startswith(_DATA_SET)
    )
    if content.head.startswith(_TRANSPORT):
        _put_special(found, special_missing(content.document()))
    variables = [
        _variable(Variable(name, label, values, _as_text(form)), kind)
        for name, label, values, form, kind in zip(
            found.names, found.labels, found.columns, found.forms, found.kinds, strict=True
        )
    ]
    own = _own_formats(dict(zip(found.names, found.forms, strict=True)))
    return [to_cells(content.name, variables, notes, (*remarks, *own))]


def _encoding(content: Content) -> str | None:
    """Return the encoding a data set declares by a number in its header; a transport file declares none."""
    declares = content.head.startswith(_DATA_SET) and len(content.head) > _ENCODING_AT
    return _ENCODINGS.get(content.head[_ENCODING_AT]) if declares else None


def _check_kind(content: Content) -> None:
    if content.head.startswith(_CATALOGUE):
        raise ReadError("this is a SAS catalogue of formats, not data", place=content.name, fix="deliver the .sas7bdat")
    if content.head.startswith(_COMPRESSED):
        raise ReadError(
            "this is a compressed SAS transport file (PROC CPORT), which only SAS reads",
            place=content.name,
            allowed="a transport file made with the XPORT engine, a .sas7bdat, CSV",
            fix="export it again",
        )
    if content.head.startswith(_TRANSPORT):
        whole = content.document()
        members = sum(whole.count(mark) for mark in _MEMBERS)
        if members > 1:
            raise ReadError(
                f"the SAS transport file holds {members} data sets",
                place=content.name,
                allowed="one data set per file",
                fix="export each into a file of its own",
            )


def _parse(content: Content, metadataonly: bool) -> tuple[Any, Any]:
    import pyreadstat  # noqa: PLC0415

    more: Any = {
        "disable_datetime_conversion": True,
        "output_format": "dict",
        "encoding": BYTES,
        "metadataonly": metadataonly,
    }
    if content.head.startswith(_TRANSPORT):
        return pyreadstat.read_xport(str(content.path), **more)
    return pyreadstat.read_sas7bdat(str(content.path), user_missing=True, **more)


def _put_special(found: Parsed, special: Mapping[tuple[int, int], str]) -> None:
    for (variable, row), letter in special.items():
        column = found.columns[variable] if variable < len(found.columns) else []
        if row < len(column) and column[row] is None:
            column[row] = letter.removeprefix(".")


def _own_formats(forms: Mapping[str, str]) -> list[str]:
    """Say which variables are coded by formats of the project's own: their labels lie in a catalogue beside."""
    names = {variable: _name(form) for variable, form in forms.items()}
    own = {v: f for v, f in names.items() if f.strip("$") and not any(p.fullmatch(f) for p in _BUILT_IN)}
    return [
        f"the labels of {variable}'s codes are in the SAS catalogue with format {form}, not in this file"
        for variable, form in own.items()
    ]


def _variable(found: Variable, kind: str) -> Variable:
    """Return a variable of numbers with its special missing values written as SAS does: .A to .Z and ._."""
    if kind == "string":
        return found
    values = [f".{value}" if isinstance(value, str) else value for value in found.values]
    letters = sorted({value for value in values if isinstance(value, str)})
    return replace(found, values=values, missing=[(letter, letter) for letter in letters])


def _name(form: str) -> str:
    """Return a format without width and decimals."""
    return re.sub(r"\d*\.?\d*$", "", form.upper())


def _as_text(form: str) -> Callable[[float], str | None]:
    """Return how a number of this format is written.

    Examples
    --------
    >>> [_as_text(f)(v) for f, v in (("DATE9.", 21185), ("DATETIME20", 1.5), ("TIME8", 36610), ("BEST12", 5))]
    ['2018-01-01', '1960-01-01 00:00:01.500000', '10:10:10', '5']
    """
    name = _name(form)
    if _MOMENTS.fullmatch(name):
        return lambda seconds: moment(_EPOCH, seconds)
    if _CLOCKS.fullmatch(name):
        return clock
    return (lambda days: moment(_EPOCH, days * 86_400)) if _DAYS.fullmatch(name) else plain
