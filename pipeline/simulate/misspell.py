"""How names and numbers get written on lists: the same person, another hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from pipeline.simulate.names import Person, plain

#: A written name: first names and surname, still apart.
Written = tuple[str, str]


def _typo(person: Person, rng: np.random.Generator) -> Written:
    """Return the surname with a letter doubled, left out or changed over with the next."""
    last, at, kind = person.last, int(rng.integers(1, len(person.last) - 2)), int(rng.integers(3))
    slips = (
        last[: at + 1] + last[at:],
        last[:at] + last[at + 1 :],
        last[:at] + last[at + 1] + last[at] + last[at + 2 :],
    )
    return person.first, slips[kind]


def _without_hyphen(person: Person) -> Written:
    return person.first.replace("-", " "), person.last.replace("-", " ")


def _case(person: Person, rng: np.random.Generator) -> Written:
    change = str.lower if rng.random() < 0.5 else str.upper
    return change(person.first), change(person.last)


def _without_dots(person: Person, rng: np.random.Generator) -> Written:
    return plain(person.first), plain(person.last)


def _double_name(person: Person, rng: np.random.Generator) -> Written:
    return person.first, f"{person.maiden}-{person.last}" if rng.random() < 0.5 else f"{person.last}-{person.maiden}"


_SLIPS: Final[tuple[tuple[str, Callable[[Person, np.random.Generator], Written]], ...]] = (
    ("typo", _typo),
    ("case", _case),
    ("dots", _without_dots),
    ("double_name", _double_name),
)


def misspelt(person: Person, rng: np.random.Generator) -> tuple[str, Written]:
    """Return a kind of slip that changes this person's name, and the name it gives; `swapped` keeps the letters."""
    right = person.first, person.last
    if "-" in person.first and rng.random() < 0.6:
        return "hyphen", _without_hyphen(person)
    if rng.random() < 0.2:
        return "swapped", right
    for number in rng.permutation(len(_SLIPS)):
        kind, slip = _SLIPS[number]
        if kind == "double_name" and person.gender == "man":
            continue
        written = slip(person, rng)
        if written != right:
            return kind, written
    return "swapped", right


def phone(number: str, rng: np.random.Generator) -> str:
    """Return ten digits as somebody would write them."""
    abroad = "+358 " + number[1:3] + f" {number[3:6]} {number[6:]}"
    ways = (
        f"{number[:3]} {number[3:6]} {number[6:]}",
        number,
        abroad,
        abroad.replace(" ", ""),
        f"{number[:3]}-{number[3:]}",
    )
    return ways[rng.choice(len(ways), p=(0.45, 0.25, 0.15, 0.08, 0.07))]
