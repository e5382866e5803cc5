"""Invented people: no surname, address or number here was taken from anybody."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

_WOMEN: Final = (
    "Aino", "Anna", "Anneli", "Anja", "Birgitta", "Eeva", "Eila", "Elina", "Emmi", "Hanna", "Heidi", "Helena", "Iida",
    "Inkeri", "Irja", "Jaana", "Johanna", "Kaarina", "Katri", "Kerttu", "Laura", "Leena", "Liisa", "Maija",
    "Marjatta", "Minna", "Mirja", "Nina", "Noora", "Oili", "Outi", "Paula", "Pirkko", "Raija", "Riitta", "Saara",
    "Sari", "Sinikka", "Sofia", "Tarja", "Tuula", "Ulla", "Venla", "Veera", "Anna-Maija", "Eeva-Liisa", "Marja-Leena",
    "Ritva-Helena",
)  # fmt: skip
_MEN: Final = (
    "Aaro", "Antti", "Arto", "Eero", "Eino", "Erkki", "Esko", "Hannu", "Harri", "Heikki", "Ilkka", "Jari", "Jouko",
    "Juha", "Jukka", "Kalle", "Kari", "Lauri", "Markku", "Matti", "Mikko", "Niko", "Olli", "Onni", "Osmo", "Paavo",
    "Pekka", "Pentti", "Reijo", "Risto", "Sakari", "Sami", "Seppo", "Tapio", "Teemu", "Timo", "Toni", "Tuomas",
    "Urho", "Veikko", "Ville", "Väinö", "Juha-Pekka", "Veli-Matti",
)  # fmt: skip
_STEMS: Final = (
    "Utu", "Kaisla", "Otso", "Vilpu", "Kielo", "Lumme", "Tuisku", "Hallan", "Kuutti", "Loimu", "Sarka", "Vehka",
    "Nuotta", "Kärppä", "Pöllö", "Jänkä", "Hyöky", "Usva", "Kaarna", "Routa", "Pilvi", "Marras", "Kuikka", "Riite",
)  # fmt: skip
_ENDINGS: Final = (
    "ranta", "harju", "niemi", "mäki", "salo", "lahti", "koski", "kangas", "lehto", "lampi", "saari", "niitty",
)  # fmt: skip
_FOREIGN_WOMEN: Final = (
    "Amina", "Fatima", "Galina", "Irina", "Ljudmila", "Mariam", "Nadja", "Oksana", "Samira", "Tatjana", "Zahra",
    "Elmira",
)  # fmt: skip
_FOREIGN_MEN: Final = (
    "Ahmed", "Boris", "Dmitri", "Farid", "Hassan", "Igor", "Karim", "Oleg", "Rashid", "Viktor", "Yusuf", "Timur",
)  # fmt: skip
_FOREIGN_FAMILIES: Final = (
    "Vesnorov", "Lazurin", "Morozkov", "Zimarov", "Berjozkov", "Al-Nurazi", "Darwazi", "Qasimzai", "Hamidaneh",
    "Barzimi", "Waladur", "Jamaleh", "Tarkunov", "Ozernikov",
)  # fmt: skip
_BIRTH: Final = {"youth": (1990, 2004), "older_unemployed": (1953, 1972), "third_sector": (1942, 1985)}
#: Numbers of pairs: two people of one name, and two of one family with one phone.
NAMESAKES: Final = 6
COUPLES: Final = 3


@dataclass(frozen=True)
class Person:
    """One invented person."""

    first: str
    last: str
    gender: str
    birth_year: int
    email: str
    phone: str

    @property
    def maiden(self) -> str:
        """A second surname, used in double names."""
        stem = _STEMS[sum(map(ord, self.first + self.last)) % len(_STEMS)]
        return stem + _ENDINGS[self.birth_year % len(_ENDINGS)]


def people(persons: pd.DataFrame, contactable: np.ndarray, rng: np.random.Generator) -> list[Person]:
    """Return one invented person for each row of `persons`, in order.

    Nobody shares a surname with another of the same initial or of a rhyming name, so that a misspelt name still points
    to one person; but `NAMESAKES` pairs, among the `contactable` (whose lists all ask for an e-mail address), have the
    very same name, and `COUPLES` pairs share surname and phone.

    Parameters
    ----------
    persons : DataFrame
        person, target_group as in a draw.
    contactable : ndarray
        Flag per person: every list with the person has an e-mail column.
    rng : numpy.random.Generator
        Source of names and years.

    Returns
    -------
    list of Person
        Distinct e-mail addresses; distinct phones but for the couples.
    """
    taken: set[str] = set()
    crowd = [_person(group, number, taken, rng) for number, group in enumerate(persons["target_group"])]
    _plant_namesakes(crowd, contactable, rng)
    _plant_couples(crowd, contactable, rng)
    return crowd


def _person(group: str, number: int, taken: set[str], rng: np.random.Generator) -> Person:
    woman, foreign = bool(rng.random() < 0.6), group == "immigrants" and bool(rng.random() < 0.85)
    first, last = _name(woman, foreign, taken, rng)
    low, high = _BIRTH.get(group, (1940, 2000))
    year = int(rng.integers(low, high))
    return Person(first, last, "woman" if woman else "man", year, _email(first, last), _phone(number))


def _name(woman: bool, foreign: bool, taken: set[str], rng: np.random.Generator) -> tuple[str, str]:
    given = (_FOREIGN_WOMEN if woman else _FOREIGN_MEN) if foreign else (_WOMEN if woman else _MEN)
    while True:
        first = given[rng.integers(len(given))]
        stem = _FOREIGN_FAMILIES[rng.integers(len(_FOREIGN_FAMILIES))] if foreign else _STEMS[rng.integers(len(_STEMS))]
        last = _family(stem, woman) if foreign else stem + _ENDINGS[rng.integers(len(_ENDINGS))]
        keys = {f"{first[0]}. {last}", f"{first} {stem}", f"..{first[-3:]} {last}"}
        if not keys & taken:
            taken |= keys
            return first, last


def _family(stem: str, woman: bool) -> str:
    return stem + "a" if woman and stem.endswith(("ov", "in")) else stem


def _email(first: str, last: str, suffix: str = "") -> str:
    return f"{plain(first)}.{plain(last)}{suffix}@esimerkki.example".lower()


def plain(text: str) -> str:
    """Return `text` with ä and ö written as a and o."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _phone(number: int) -> str:
    # 040 000 xxxx: a subscriber number beginning 000 is not given to anybody.
    return f"040000{1000 + (number * 37) % 9000:04d}"


def _plant_namesakes(crowd: list[Person], contactable: np.ndarray, rng: np.random.Generator) -> None:
    """Give pairs of the same gender and surname kind one name, two addresses and birth years well apart."""
    pool = rng.permutation(np.flatnonzero(contactable))
    women = [int(i) for i in pool if crowd[i].gender == "woman" and crowd[i].last.endswith(_ENDINGS)]
    for one, other in zip(women[:NAMESAKES], women[NAMESAKES : 2 * NAMESAKES], strict=True):
        first, last, year = crowd[one].first, crowd[one].last, crowd[one].birth_year
        apart = year - 9 if year > 1960 else year + 9
        crowd[other] = Person(first, last, "woman", apart, _email(first, last, "2"), crowd[other].phone)


def _plant_couples(crowd: list[Person], contactable: np.ndarray, rng: np.random.Generator) -> None:
    """Let pairs of a woman and a man share surname and phone."""
    pool = rng.permutation(np.flatnonzero(contactable))
    names = [(p.first, p.last) for p in crowd]
    native = [int(i) for i in pool if crowd[i].last.endswith(_ENDINGS) and names.count(names[i]) == 1]
    wives = [i for i in native if crowd[i].gender == "woman"][:COUPLES]
    husbands = [i for i in native if crowd[i].gender == "man"]
    for wife in wives:
        she = crowd[wife]
        husband = next(
            i for i in husbands if crowd[i].first[0] != she.first[0] and (crowd[i].first, she.last) not in names
        )
        husbands.remove(husband)
        he = crowd[husband]
        crowd[husband] = Person(he.first, she.last, "man", he.birth_year, _email(he.first, she.last), she.phone)
