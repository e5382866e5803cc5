"""The special missing values .A to .Z and ._ of SAS transport files, which the common parser reads as empty."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Final, NamedTuple

_VARIABLES: Final = re.compile(rb"HEADER RECORD\*{7}NAM(?:ESTR|STV8) HEADER RECORD!{7}0*?(\d{10})")
_ROWS: Final = re.compile(rb"HEADER RECORD\*{7}OBS(?:   |V8 ) {2}HEADER RECORD!{7}")
_CARD: Final = 80
#: Bytes of one variable's description, and in it: type, length and, from byte 84, position in the row.
_DESCRIPTION: Final = 140
_NUMBER: Final = 1
_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ_"


class _Field(NamedTuple):
    kind: int
    length: int
    position: int


def special_missing(content: bytes) -> dict[tuple[int, int], str]:
    """Return (variable, row) -> ".A" for each special missing value, both counted from 0.

    A missing value is a letter followed by zeros: no number is stored so. Content that is not built as a transport file
    gives none; to refuse it is the parser's work.
    """
    found = _VARIABLES.search(content)
    rows = _ROWS.search(content)
    if found is None or rows is None:
        return {}
    fields = list(_fields(content, found.start() + _CARD, int(found[1][-4:])))
    width = max((f.position + f.length for f in fields), default=0)
    if not width or any(f.length <= 0 or f.position < 0 for f in fields):
        return {}
    body = content[rows.start() + _CARD :]
    return {
        (number, row): f".{body[start : start + 1].decode()}"
        for number, f in enumerate(fields)
        if f.kind == _NUMBER and f.length > 1
        for row, start in enumerate(range(f.position, len(body) - f.length + 1, width))
        if body[start] in _LETTERS and not any(body[start + 1 : start + f.length])
    }


def _fields(content: bytes, start: int, count: int) -> Iterator[_Field]:
    for at in range(start, start + count * _DESCRIPTION, _DESCRIPTION):
        described = content[at : at + _DESCRIPTION]
        if len(described) == _DESCRIPTION:
            kind, length = struct.unpack(">H2xH", described[:6])
            yield _Field(kind, length, *struct.unpack(">i", described[84:88]))
