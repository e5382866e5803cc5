"""Numbers put into a claim's sentence: percentages, intervals, bases and counts as each language writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.core import words
from pipeline.core.errors import ConfigError
from pipeline.core.formats import decimals, number, percent, percentage
from pipeline.report.claims.quantities import Numbers, Quantity

#: {share} of the first subject, {name.share} of another, {fact.key}.
PLACEHOLDER: Final = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.([a-z0-9_]+))?\}")
_ANY_BRACES: Final = re.compile(r"[{}]")
#: Said before a count that is not exact; not said twice where the writer wrote it.
_KIND_WORDS: Final[Mapping[str, tuple[str, str, str]]] = {
    "exact": ("", "", ""),
    "approximate": ("noin", "cirka", "about"),
    "at_least": ("vähintään", "minst", "at least"),
    "indirect": ("arviolta", "uppskattningsvis", "an estimated"),
}
_KIND_SAID: Final = re.compile(
    r"(?:\b(?:noin|arviolta|vähintään|ainakin|yli|jopa|cirka|ca|ungefär|minst|över|uppskattningsvis|about|around|"
    r"approximately|at least|over|estimated)|\bn\.)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Use:
    """A placeholder in a sentence: the subject it speaks of, and what of it is printed."""

    subject: str
    field: str


def uses(text: str) -> Iterator[Use]:
    """Yield the placeholders of a text.

    Examples
    --------
    >>> list(uses("{share} of {n}, {fact.people}"))
    [Use(subject='', field='share'), Use(subject='', field='n'), Use(subject='fact', field='people')]
    """
    for found in PLACEHOLDER.finditer(text):
        yield Use(found[1], found[2]) if found[2] else Use("", found[1])


def filled(text: str, subjects: Mapping[str, Quantity], numbers: Numbers, language: str, place: str) -> str:
    """Return a text with its placeholders printed; a hidden number is printed as a dash.

    Parameters
    ----------
    text : str
        With placeholders ``{share}``, ``{low}``, ``{high}``, ``{interval}``, ``{n}``, ``{count}``, ``{value}``, of the
        first subject; ``{name.share}`` of another; ``{fact.key}`` of a fact, said with what its kind asks for (noin).
    subjects : mapping of str to Quantity
        By name; "" is the first.
    numbers : Numbers
        For the facts.
    language : {"fi", "sv", "en"}
        Of the number formats.
    place : str
        Named in an error.

    Raises
    ------
    ConfigError
        When a placeholder is unknown, or asks for a number that there is not.
    """
    parts: list[str] = []
    at = 0
    for found in PLACEHOLDER.finditer(text):
        before = text[at : found.start()]
        use = Use(found[1], found[2]) if found[2] else Use("", found[1])
        parts += [before, _said(use, "".join([*parts, before]), subjects, numbers, language, place)]
        at = found.end()
    rest = PLACEHOLDER.sub("", text)
    if _ANY_BRACES.search(rest):
        raise ConfigError("a brace that is no placeholder", place=place, allowed="{share}, {name.share}, {fact.key}")
    sentence = "".join([*parts, text[at:]]).strip()
    return sentence[:1].upper() + sentence[1:]


def _said(use: Use, before: str, subjects: Mapping[str, Quantity], numbers: Numbers, language: str, place: str) -> str:
    if use.subject == "fact":
        return _counted(numbers.fact(use.field, place), before, language)
    if use.subject not in subjects or use.field not in _FIELDS:
        names = [f"{name}.{field}" if name else field for name in subjects for field in _FIELDS]
        raise ConfigError(
            f"unknown placeholder {{{use.subject + '.' if use.subject else ''}{use.field}}}", place=place,
            allowed=", ".join(names) + ", fact.KEY",
        )  # fmt: skip
    quantity = subjects[use.subject]
    if quantity.hidden:
        return "–"
    if use.field == "value" and not quantity.is_share:
        return _counted(quantity, before, language)
    said = _FIELDS[use.field](quantity, language)
    if said is None:
        raise ConfigError(
            f"there is no '{use.field}' of {quantity.source}", place=place, fix="take the placeholder out"
        )
    return said


def _counted(quantity: Quantity, before: str, language: str) -> str:
    """Return a number with the word its kind asks for, unless the writer has said one."""
    if quantity.hidden:
        return "–"
    word = _KIND_WORDS[quantity.kind][words.LANGUAGES.index(language)]
    said = plain(quantity, language)
    return said if not word or _KIND_SAID.search(before) or quantity.is_share else f"{word} {said}"


def plain(quantity: Quantity, language: str) -> str:
    """Return a number as it is printed: a share as a percentage, a difference of shares in points."""
    if quantity.is_share:
        return percent(quantity.value, language, 0)
    if quantity.unit == "share difference":
        return percentage(quantity.value, language)
    return number(quantity.value, language, min(2, decimals(quantity.value)))


def _limit(quantity: Quantity, limit: float, language: str) -> str | None:
    if not quantity.has_interval:
        return None
    if quantity.is_share:
        return percent(limit, language, 0)
    scale = 100 if quantity.unit == "share difference" else 1
    return number(scale * limit, language, 0 if scale > 1 else 2)


def interval(quantity: Quantity, language: str) -> str | None:
    """Return the interval of a number as it is printed, or None where it has none."""
    low, high = (_limit(quantity, limit, language) for limit in (quantity.low, quantity.high))
    if low is None or high is None:
        return None
    between = "–" if quantity.low >= 0 else "…"  # a dash before a minus cannot be read
    return f"{low.rstrip('%').strip() if quantity.is_share else low}{between}{high}"


def _count(quantity: Quantity, language: str) -> str | None:
    if not quantity.is_share or quantity.n is None:
        return None
    return number(round(quantity.value * quantity.n), language)


_FIELDS: Final[Mapping[str, Callable[[Quantity, str], str | None]]] = {
    "share": lambda q, language: percent(q.value, language, 0) if q.is_share else None,
    "value": plain,
    "low": lambda q, language: _limit(q, q.low, language),
    "high": lambda q, language: _limit(q, q.high, language),
    "interval": interval,
    "n": lambda q, language: None if q.n is None else number(q.n, language),
    "count": _count,
}
