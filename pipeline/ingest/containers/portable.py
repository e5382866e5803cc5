"""SPSS portable files (.por), read here: the common parser loses their missing codes and every letter beyond ASCII.

Layout: 200 bytes of banner, a table of 256 characters, the mark SPSSPORT, then records without separators, each begun
by a letter or digit. Lines are 80 characters wide and wrap anywhere. Numbers are written in base 30.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from pipeline.core.errors import ReadError
from pipeline.ingest.containers import spss_formats
from pipeline.ingest.containers.statistical import Variable

_MARK: Final = b"SPSSPORT"
_BANNER: Final = b"SPSS PORT FILE"
_MARK_AT: Final = 456
_WIDTH: Final = 80
_DIGITS: Final = {ord(digit): value for value, digit in enumerate("0123456789ABCDEFGHIJKLMNOPQRST")}
#: The largest number of digits and the largest exponent a double can need; more is damage, and could take forever.
_MAX_DIGITS, _MAX_EXPONENT = 400, 1000
#: Added by SPSS to the numbers of formats it had no room for.
_SHIFT: Final = 82
_LOWEST, _HIGHEST = float("-inf"), float("inf")


def recognises(head: bytes) -> bool:
    """Return whether the content begins as a portable file, be it cut off behind its banner."""
    return _BANNER in head[:250]


def read(path: Path, name: str) -> tuple[list[Variable], str]:
    """Return the variables of a portable file, and the encoding its letters are in.

    Raises
    ------
    ReadError
        When it is cut off or damaged.
    """
    lines = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    content = b"".join(line.ljust(_WIDTH) for line in lines)
    mark, records = content[_MARK_AT:][: len(_MARK)], content[_MARK_AT + len(_MARK) :]
    encoding = _encoding(records)
    try:
        if mark != _MARK:
            raise ValueError("no mark")
        return _Records(records, encoding).variables(), encoding
    except (ValueError, IndexError, OverflowError, KeyError):
        raise ReadError(
            "the SPSS portable file is cut off or damaged", place=name, fix="save it again in SPSS, best as .sav"
        ) from None


def _encoding(content: bytes) -> str:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "ascii" if content.isascii() else "utf-8"


class _Records:
    """The records, read from left to right."""

    def __init__(self, content: bytes, encoding: str) -> None:
        self.content, self.encoding, self.at = content, encoding, 0
        self.names: list[str] = []
        self.described: dict[str, dict[str, Any]] = {}
        self.numbers: dict[bytes, float] = {}

    def variables(self) -> list[Variable]:
        """Return the variables with their values."""
        self._take(1)  # version
        self._string(), self._string()  # date, time
        readers: dict[bytes, Callable[[], Any]] = {
            **dict.fromkeys((b"1", b"2", b"3", b"6"), self._string),
            **dict.fromkeys((b"4", b"5"), self._number),
            b"7": self._variable,
            b"8": lambda: self._missing(single=True),
            b"9": lambda: self._missing(low=_LOWEST),
            b"A": lambda: self._missing(high=_HIGHEST),
            b"B": self._missing,
            b"C": lambda: self._last.update(label=self._string()),
            b"D": self._value_labels,
            b"E": lambda: [self._string() for _ in range(self._count())],
        }
        while (tag := self._take(1)) != b"F":
            readers[tag]()
        return self._with_values()

    @property
    def _last(self) -> dict[str, Any]:
        return self.described[self.names[-1]]

    def _take(self, length: int) -> bytes:
        taken = self.content[self.at : self.at + length]
        if len(taken) != length:
            raise ValueError("cut off")
        self.at += length
        return taken

    def _number(self) -> float | None:
        """Read a number in base 30; "*." is the system's missing value."""
        while self.content[self.at] == ord(" "):
            self.at += 1
        if self.content[self.at] == ord("*"):
            self._take(2)
            return None
        end = self.content.index(b"/", self.at)
        text, self.at = self.content[self.at : end], end + 1
        if text not in self.numbers:
            self.numbers[text] = _value(text)
        return self.numbers[text]

    def _count(self) -> int:
        number = self._number()
        if number is None or number < 0 or not number.is_integer() or number > len(self.content):
            raise ValueError("no count")
        return int(number)

    def _string(self) -> str:
        return self._take(self._count()).decode(self.encoding).rstrip(" ")

    def _variable(self) -> None:
        width, name = self._count(), self._string()
        if name in self.described or not name:
            raise ValueError("a name twice")
        form = [self._count() for _ in range(6)]
        self.names.append(name)
        self.described[name] = {"width": width, "format": form[0], "label": "", "missing": [], "labels": {}}

    def _cell(self, width: int) -> float | str | None:
        return self._string() if width else self._number()

    def _missing(self, low: Any = None, high: Any = None, single: bool = False) -> None:
        width = self._last["width"]
        low = self._cell(width) if low is None else low
        high = low if single else self._cell(width) if high is None else high
        self._last["missing"].append((low, high))

    def _value_labels(self) -> None:
        names = [self._string() for _ in range(self._count())]
        width = self.described[names[0]]["width"]
        labels = {self._cell(width): self._string() for _ in range(self._count())}
        for name in names:
            self.described[name]["labels"] = labels

    def _with_values(self) -> list[Variable]:
        columns: list[list[float | str | None]] = [[] for _ in self.names]
        widths = [self.described[name]["width"] for name in self.names]
        while self.content[self.at : self.at + 1] != b"Z":
            if not widths:
                raise ValueError("values of no variable")
            for column, width in zip(columns, widths, strict=True):
                column.append(self._cell(width))
        return [self._made(name, values) for name, values in zip(self.names, columns, strict=True)]

    def _made(self, name: str, values: list[float | str | None]) -> Variable:
        found = self.described[name]
        number = found["format"]
        form = spss_formats.NUMBERED.get(number - _SHIFT if number > _SHIFT else number, "")
        return Variable(name, found["label"], values, spss_formats.as_text(form), found["labels"], found["missing"])


def _value(text: bytes) -> float:
    """Return a number in base 30, such as -1A.F+2, to the 15 digits a double holds in any base."""
    negative, digits = text.startswith(b"-"), text.removeprefix(b"-")
    mantissa, exponent = digits, 0
    for sign in (b"+", b"-"):
        head, mark, tail = digits.partition(sign)
        if mark:
            mantissa, exponent = head, _whole(tail) * (1 if sign == b"+" else -1)
            break
    whole, _, fraction = mantissa.partition(b".")
    if not whole + fraction or len(digits) > _MAX_DIGITS or abs(exponent) > _MAX_EXPONENT:
        raise ValueError("no number")
    exact = Fraction(_whole(whole + fraction)) * Fraction(30) ** (exponent - len(fraction))
    return float(f"{float(-exact if negative else exact):.15g}")


def _whole(digits: bytes) -> int:
    total = 0
    for digit in digits:
        total = total * 30 + _DIGITS[digit]
    return total
