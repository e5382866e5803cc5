"""Numbers a writer typed into a sentence: each must be one of the project's, or nobody can answer for it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from pipeline.report.claims.filling import PLACEHOLDER
from pipeline.report.claims.quantities import Quantity

#: "About" allows this much, relative to the number said.
_ABOUT: Final = 0.05
#: A fraction in words ("a third") allows this much of a share, in either direction.
_FRACTION: Final = 0.05
_NOT_NUMBERS: Final = re.compile(
    r"\d{1,2}\.\d{1,2}\.(?:\d{4})?"  # dates
    r"|\b(?:19|20)\d\d\b"  # years
    r"|\d+(?:[.,]\d+)?\s*(?:%|prosentin|procents?|per ?cent)?(?::n)?[- ]*(?:luottamus|konfidens|confidence)\w*"
    r"|[A-Za-zÅÄÖåäö]+[-–]?\d[\w.-]*"  # S20562, COVID-19
)
_NUMBER: Final = re.compile(
    r"(?<![\w,.])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d{1,3}(?:,\d{3}){2,}|\d+)(?:([.,])(\d+))?(?!\d)"
    r"((?:\s*[-–…]\s*[\d.,]+)?\s*(?:%|prosent\w*|procent\w*|per ?cent\w*))?"  # 67–80 %: the first is one too
)
_QUALIFIERS: Final = {
    "about": re.compile(
        r"(?:\b(?:noin|suunnilleen|lähes|vajaa[nt]?|liki|cirka|ca|ungefär|omkring|nästan|about|around|approximately|"
        r"nearly|almost|some)|\bn\.|\bca\.)\s*$",
        re.IGNORECASE,
    ),
    "above": re.compile(
        r"\b(?:yli|vähintään|ainakin|reilut?|reilusti yli|enemmän kuin|useam\w+ kuin|över|minst|mer än|over|more than|"
        r"at least)\s*$",
        re.IGNORECASE,
    ),
    "below": re.compile(
        r"\b(?:alle|enintään|korkeintaan|under|högst|mindre än|färre än|less than|fewer than|at most)\s*$",
        re.IGNORECASE,
    ),
}
_FRACTIONS: Final = (
    (0.75, r"kol\w+ neljä(?:sosa|nnes|nnek)\w*|tre fjärdedelar|three[- ]quarters"),
    (2 / 3, r"kak\w+ kolmasosa\w*|kah\w+ kolmasosa\w*|två tredjedelar|two[- ]thirds"),
    (0.5, r"puol(?:et|elle|ella|ta)\b(?= \w*(?:vast|asuk|osall|kävi))|puolet|hälften|half(?= of)"),
    (1 / 3, r"kolmasosa\w*|kolmannes\w*|en tredjedel|(?:a|one)[- ]third"),
    (0.25, r"neljäsosa\w*|neljännes\w*|en fjärdedel|(?:a|one)[- ]quarter"),
)
#: "Three of four": how many, and of how many.
_PARTS: Final = {
    word: number
    for number, said in enumerate(
        (
            "yksi en one ett", "kaksi två two", "kolme tre three", "neljä fyra four", "viisi fem five", "kuusi sex six",
            "seitsemän sju seven", "kahdeksan åtta eight", "yhdeksän nio nine",
        ),
        start=1,
    )
    for word in said.split()
}  # fmt: skip
_WHOLES: Final = {
    "kahdesta": 2, "två": 2, "two": 2, "kolmesta": 3, "tre": 3, "three": 3, "neljästä": 4, "fyra": 4, "four": 4,
    "viidestä": 5, "fem": 5, "five": 5, "kymmenestä": 10, "tio": 10, "ten": 10,
}  # fmt: skip
_OF: Final = re.compile(
    rf"\b({'|'.join(_PARTS)})(?: av| in| out of| of)? ({'|'.join(_WHOLES)})\b"
    r"|\b(joka toinen|varannan|every (?:second|other))\b",
    re.IGNORECASE,
)
_IN_WORDS: Final = re.compile("|".join(f"(?P<f{i}>{words})" for i, (_, words) in enumerate(_FRACTIONS)), re.IGNORECASE)


@dataclass(frozen=True)
class Unmatched:
    """A typed number that is none of the project's, and the fact nearest to it."""

    number: str
    nearest: str
    value: float


def unmatched(
    text: str, language: str, own: Iterable[Quantity], facts: Mapping[str, Quantity], names: Iterable[str] = ()
) -> list[Unmatched]:
    """Return the numbers typed into a text that match neither what the claim speaks of nor any fact.

    Parameters
    ----------
    text : str
        With its placeholders, which are not looked at. Dates, years, levels of intervals and `names` are not either.
    language : {"fi", "sv", "en"}
        Of the text: it decides what 1,234 is.
    own : iterable of Quantity
        What the claim speaks of: its value, limits, base and count may be typed. "More than 500" is held against
        these alone, since some fact is larger than almost any number.
    facts : mapping of str to Quantity
        All facts, by key.
    names : iterable of str
        Names that hold numbers (of actions, places).

    Examples
    --------
    >>> people = Quantity(545.0, float("nan"), float("nan"), None, "persons", "approximate", (), False, "fact people")
    >>> unmatched("Listoilla oli noin 540 henkilöä 31.12.2018.", "fi", [], {"people": people})
    []
    >>> unmatched("Listoilla oli 640 henkilöä.", "fi", [], {"people": people})
    [Unmatched(number='640', nearest='people', value=545.0)]
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    text = _NOT_NUMBERS.sub(" ", PLACEHOLDER.sub("§", text))
    own = [quantity for quantity in own if not quantity.hidden]
    return [*_digits(text, language, own, facts), *_words(text, own, facts)]


def _digits(text: str, language: str, own: list[Quantity], facts: Mapping[str, Quantity]) -> Iterator[Unmatched]:
    for found in _NUMBER.finditer(text):
        said = _said(found, language)
        percent, how = bool(found[4]), _qualifier(text[: found.start()])
        sided = how in {"above", "below"}
        candidates = [*_numbers_of(own, percent, limits=not sided)]
        candidates += [] if sided else _numbers_of(facts.values(), percent)
        if not any(_matches(said, value, how) for value in candidates):
            yield _nearest(found[0].strip(), float(said), own, facts, percent)


def _said(found: re.Match[str], language: str) -> Decimal:
    whole, mark, rest = re.sub(r"\D", "", found[1]), found[2], found[3]
    if rest and mark == "," and language == "en" and len(rest) == 3:
        return Decimal(whole + rest)  # 1,234 is a thousand and more
    return Decimal(f"{whole}.{rest}") if rest else Decimal(whole)


def _words(text: str, own: list[Quantity], facts: Mapping[str, Quantity]) -> Iterator[Unmatched]:
    shares = [quantity.value for quantity in own if quantity.is_share]
    for found, fraction in _fractions(text):
        how = _qualifier(text[: found.start()])
        near = {
            "above": lambda share, f=fraction: share > f,
            "below": lambda share, f=fraction: share < f,
        }.get(how, lambda share, f=fraction: abs(share - f) <= _FRACTION)
        if not any(near(share) for share in shares):
            yield _nearest(found[0], 100 * fraction, own, facts, percent=True)


def _fractions(text: str) -> Iterator[tuple[re.Match[str], float]]:
    for found in _IN_WORDS.finditer(text):
        yield found, _FRACTIONS[int(found.lastgroup[1:])][0] if found.lastgroup else 0.5
    for found in _OF.finditer(text):
        part, whole = (found[1] or "one").lower(), (found[2] or "two").lower()
        if _PARTS[part] < _WHOLES[whole]:
            yield found, _PARTS[part] / _WHOLES[whole]


def _qualifier(before: str) -> str:
    return next((how for how, pattern in _QUALIFIERS.items() if pattern.search(before)), "exactly")


def _numbers_of(quantities: Iterable[Quantity], percent: bool, limits: bool = True) -> Iterator[float]:
    """Yield what of these may be typed: of a share its percentage and limits, else counts."""
    for quantity in quantities:
        if quantity.hidden:
            continue
        said = (quantity.value, quantity.low, quantity.high) if limits else (quantity.value,)
        if percent == quantity.is_share:
            scale = 100 if percent else 1
            yield from (scale * v for v in said if not math.isnan(v))
        if not percent and quantity.n is not None:
            yield float(quantity.n)
            if quantity.is_share:
                yield float(round(quantity.value * quantity.n))
        if quantity.unit == "share difference":
            yield from (abs(100 * v) for v in said if not math.isnan(v))


def _matches(said: Decimal, value: float, how: str) -> bool:
    if how == "about":
        return abs(value - float(said)) <= _ABOUT * float(said)
    if how == "above":
        return value >= float(said)
    if how == "below":
        return value <= float(said)
    return Decimal(str(value)).quantize(Decimal(1).scaleb(said.as_tuple().exponent), ROUND_HALF_UP) == said  # type: ignore[arg-type]


def _nearest(
    number: str, said: float, own: Iterable[Quantity], facts: Mapping[str, Quantity], percent: bool
) -> Unmatched:
    mine = {quantity.source: quantity for quantity in own if quantity.is_share == percent}
    named = mine or facts
    known = {
        name: (100 if percent else 1) * quantity.value
        for name, quantity in named.items()
        if not quantity.hidden and quantity.is_share == percent
    }
    name = min(known, key=lambda key: (abs(known[key] - said), key), default="")
    return Unmatched(number, name, known.get(name, float("nan")))
