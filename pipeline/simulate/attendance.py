"""Attendance lists, one per event, as different people keep them, and who really stands on each row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from pipeline.simulate import misspell, plan
from pipeline.simulate.formats import Cell, write_csv, write_xlsx
from pipeline.simulate.names import Person
from pipeline.simulate.organisations import ORGANISATIONS

_ROLE: Final = {"participant": "osallistuja", "planner": "suunnittelija", "organiser": "järjestäjä"}
_CONTACTS: Final = (("email", "phone"), ("email", "birth"), ("phone", "birth"), ("email", "phone", "birth"), ("email",))
_BLANK_SHARE: Final = {"email": 0.12, "phone": 0.2, "birth": 0.1}
_TITLES: Final = {
    "email": ("Sähköposti", "Sähköpostiosoite"),
    "phone": ("Puhelin", "Puhelinnumero"),
    "birth": ("Syntymävuosi", "Synt. vuosi"),
    "organisation": ("Yhdistys", "Yhdistys"),
    "role": ("Rooli", "Rooli"),
}
#: Lists that hold one person twice, and the list whose phones a spreadsheet took for numbers.
TWICE: Final = ("E24", "E28")
PHONES_AS_NUMBERS: Final = "E31"


@dataclass(frozen=True)
class Layout:
    """How one event's list is kept."""

    event: plan.Event
    file: str
    names: tuple[str, ...]
    extras: tuple[str, ...]
    titles: tuple[str, ...]
    title_rows: int

    @property
    def first_row(self) -> int:
        """Row of the first person, from 1."""
        return self.title_rows + 2


@dataclass(frozen=True)
class Entry:
    """One row of a list, and whose it is. `slip` names the misspelling, empty where there is none."""

    person: int
    role: str
    slip: str
    cells: tuple[Cell, ...]


def layout(number: int) -> Layout:
    """Return the layout of the list of event `number` (from 0): every second one a workbook, the others text."""
    event = plan.EVENTS[number]
    names = (("Nimi",), ("Sukunimi", "Etunimi"), ("Osallistuja",))[number % 3]
    group = next(a.target_group for a in plan.ACTIONS if a.action_id == event.action_id)
    organisation = ("organisation",) if group == "third_sector" or number % 4 == 2 else ()
    extras = (*_CONTACTS[number % 5], *organisation, *(("role",) if event.planning else ()))
    titles = tuple(_TITLES[extra][number % 2] for extra in extras)
    file = (
        f"{event.event_id}_osallistujat.xlsx",
        f"osallistujat_{event.day}.csv",
        f"{event.event_id}_osallistujat.xlsx",
        f"{event.event_id} osallistujalista.csv",
    )[number % 4]
    return Layout(event, file, names, extras, titles, (3, 1, 3, 0)[number % 4])


def contactable(attendance: pd.DataFrame, n_persons: int) -> np.ndarray:
    """Return a flag per person: every list with the person asks for an e-mail address."""
    asking = {plan.EVENTS[i].event_id: "email" in layout(i).extras for i in range(len(plan.EVENTS))}
    asked = attendance["event_id"].map(asking).groupby(attendance["person"]).all()
    return asked.reindex(range(n_persons)).to_numpy(bool)


def write(folder: Path, attendance: pd.DataFrame, crowd: list[Person], rng: np.random.Generator) -> pd.DataFrame:
    """Write every list.

    Returns
    -------
    DataFrame
        file, row (from 1), person (true number), event_id, role, slip: one row per row of the lists.
    """
    names = pd.Series([(p.first, p.last) for p in crowd])
    delicate = set(names[names.duplicated(keep=False)].index)
    seen: set[int] = set()
    parts = []
    for number, event in enumerate(plan.EVENTS):
        visitors = attendance.loc[attendance["event_id"] == event.event_id, ["person", "role"]]
        kept = layout(number)
        entries = _entries(kept, visitors, crowd, seen, delicate, rng)
        seen |= set(visitors["person"])
        _save(folder / kept.file, kept, entries, number)
        parts.append(_truth(kept, entries))
    return pd.concat(parts, ignore_index=True)


def _entries(
    kept: Layout,
    visitors: pd.DataFrame,
    crowd: list[Person],
    seen: set[int],
    delicate: set[int],
    rng: np.random.Generator,
) -> list[Entry]:
    """Return the rows of one list in the order people came in."""
    shuffled = visitors.iloc[rng.permutation(len(visitors))]
    entries = [
        _entry(kept, int(person), role, crowd, person in seen, person in delicate, rng)
        for person, role in zip(shuffled["person"], shuffled["role"], strict=True)
    ]
    if kept.event.event_id in TWICE:
        twice = next(e for e in entries if not e.slip and e.role == "participant" and e.cells[len(kept.names)])
        entries.append(Entry(twice.person, twice.role, "listed_twice", twice.cells))
    return entries


def _entry(
    kept: Layout, number: int, role: str, crowd: list[Person], again: bool, delicate: bool, rng: np.random.Generator
) -> Entry:
    person = crowd[number]
    slips = again and rng.random() < 0.4
    slip, written = misspell.misspelt(person, rng) if slips else ("", (person.first, person.last))
    # A misspelt or shared name keeps its contact data: the lists are to be hard, not hopeless.
    sure = delicate or slip not in ("", "swapped", "case")
    cells = [_extra(extra, person, role, number, sure, rng) for extra in kept.extras]
    return Entry(number, role, slip, (*_name(kept.names, written, slip == "swapped"), *cells))


def _name(columns: tuple[str, ...], written: misspell.Written, swapped: bool) -> tuple[str, ...]:
    first, last = written
    if len(columns) == 2:
        return (first, last) if swapped else (last, first)
    return (f"{last}, {first}",) if swapped else (f"{first} {last}",)


def _extra(extra: str, person: Person, role: str, number: int, sure: bool, rng: np.random.Generator) -> Cell:
    if extra == "role":
        return _ROLE[role]
    if extra == "organisation":
        return _organisation(number, role, rng)
    blank = rng.random() < _BLANK_SHARE[extra] and not sure
    written: dict[str, Cell] = {
        "email": person.email.capitalize() if rng.random() < 0.06 else person.email,
        "phone": misspell.phone(person.phone, rng),
        "birth": person.birth_year,
    }
    return None if blank else written[extra]


def _organisation(number: int, role: str, rng: np.random.Generator) -> str | None:
    """Return whom a person speaks for: always the same one, at times without its `ry`."""
    if number % 4 and role != "organiser":
        return None
    name = ORGANISATIONS[number * 7 % len(ORGANISATIONS)][0]
    return name.removesuffix(" ry") if rng.random() < 0.1 else name


def _save(path: Path, kept: Layout, entries: list[Entry], number: int) -> None:
    day = kept.event.day
    header = (*kept.names, *kept.titles)
    rows = [_as_numbers(kept, entry.cells) for entry in entries]
    if path.suffix == ".xlsx":
        title = [(kept.event.name,), (f"{day.day}.{day.month}.{day.year}, {kept.event.place}",), ()]
        write_xlsx(path, {"Osallistujat": [*title, header, *rows]}, header_row=3)
    elif number % 4 == 1:
        write_csv(path, [(kept.event.name,), header, *rows], delimiter=";", encoding="cp1252")
    else:
        write_csv(path, [header, *rows])


def _as_numbers(kept: Layout, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    if kept.event.event_id != PHONES_AS_NUMBERS or "phone" not in kept.extras:
        return cells
    at = len(kept.names) + kept.extras.index("phone")
    digits = "".join(c for c in str(cells[at] or "") if c.isdigit()).removeprefix("358").removeprefix("0")
    return (*cells[:at], int(digits) if digits else None, *cells[at + 1 :])


def _truth(kept: Layout, entries: list[Entry]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "file": f"attendance/{kept.file}",
            "row": range(kept.first_row, kept.first_row + len(entries)),
            "person": [entry.person for entry in entries],
            "event_id": kept.event.event_id,
            "role": [entry.role for entry in entries],
            "slip": [entry.slip for entry in entries],
        }
    )
