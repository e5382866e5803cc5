"""How well and how fast people are found again over many lists, where the truth is known.

    .venv/bin/python benchmarks/linking.py [--people 540 5000 50000]

Invented people visit one to six events each; every list writes them anew: with a misspelt, swapped or doubled name at
times, with or without e-mail, phone and year of birth. First names and surnames are as unequally common as real ones,
so that a large crowd has many true namesakes. A pair of rows is right when both are the same person's: precision is the
share of right pairs among those linked, recall the share of all right pairs that were linked. The first line is the
shipped sample, read from its files. Time and memory are of linking alone.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import resource
import sys
import time
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pipeline.ingest import assemble, attendance, attendance_events, files, link, registers  # noqa: E402
from pipeline.ingest.folding import fold  # noqa: E402
from pipeline.ingest.person_keys import email_address, name_key, phone_number  # noqa: E402
from pipeline.simulate import misspell, names  # noqa: E402

SIMILARITY: Final = 90.0
#: Share of rows with the key, as lists ask for it.
_EMAIL, _PHONE, _YEAR, _SLIP = 0.6, 0.45, 0.5, 0.15


def crowd(n: int, rng: np.random.Generator) -> list[names.Person]:
    """Return n invented people; common names are common (Zipf with exponent 0.8 over some 7,000 surnames)."""
    stems = [*names._STEMS, *(a.removesuffix("u").removesuffix("a") + "ä" for a in names._STEMS[:6])]
    families = [s + e for s in stems for e in names._ENDINGS]
    families += [s + e + t for s, e, t in itertools.product(stems, names._ENDINGS, ("nen", "la", "inen", "sto", "ua"))]
    families += [a + b.lower() + e for a, b in itertools.permutations(stems[:18], 2) for e in names._ENDINGS[:15]]
    women, men = [*names._WOMEN], [*names._MEN]
    women += [f"{a}-{b}" for a, b in itertools.permutations(women[:10], 2)]
    men += [f"{a}-{b}" for a, b in itertools.permutations(men[:8], 2)]
    people = []
    family = rng.permutation(families)[_zipf(len(families), n, 0.8, rng)]
    for number, last in enumerate(family):
        woman = bool(rng.random() < 0.6)
        given = women if woman else men
        first = given[_zipf(len(given), 1, 0.8, rng)[0]]
        year = int(rng.integers(1935, 2005))
        email = f"{names.plain(first)}.{names.plain(str(last))}{number}@esimerkki.example".lower()
        people.append(
            names.Person(first, str(last), "woman" if woman else "man", year, email, f"04{10_000_000 + number}")
        )
    return people


def _zipf(n: int, size: int, exponent: float, rng: np.random.Generator) -> np.ndarray:
    weights = 1 / np.arange(1, n + 1) ** exponent
    return rng.choice(n, size=size, p=weights / weights.sum())


def lists(people: list[names.Person], rng: np.random.Generator) -> tuple[pd.DataFrame, np.ndarray]:
    """Return the rows of all lists as link takes them, in the order of lists, and whose each is."""
    visits = rng.permutation(np.repeat(np.arange(len(people)), 1 + rng.binomial(5, 0.1, len(people))))
    rows = [_row(people[who], rng) for who in visits]
    frame = pd.DataFrame(rows, columns=["name", "email", "phone", "birth_year"])
    return frame.astype({"birth_year": "Int64", "name": "str", "email": "str", "phone": "str"}), visits


def _row(person: names.Person, rng: np.random.Generator) -> tuple[str | None, str | None, str | None, int | None]:
    slip, (first, last) = misspell.misspelt(person, rng) if rng.random() < _SLIP else ("", (person.first, person.last))
    has = rng.random(3) < (_EMAIL, _PHONE, _YEAR)
    return (
        name_key(f"{last}, {first}" if slip == "swapped" else f"{first} {last}"),
        email_address(person.email) if has[0] else None,
        phone_number(misspell.phone(person.phone, rng)) if has[1] else None,
        person.birth_year if has[2] else None,
    )


def sample() -> tuple[pd.DataFrame, np.ndarray]:
    """Return the open rows of the shipped lists and whose they are by the answer key."""
    tables = registers.load_all(ROOT / "raw")
    events = attendance_events.known(tables["events"])
    named = {fold(o.name): str(o.organisation_id) for o in tables["organisations"].itertuples()}
    received = files.read_all(files.find(ROOT / "raw", "attendance"))
    parts = [attendance.harmonise(cells, events, named) for file in received for cells in file.tables]
    people = assemble.people_on(parts)
    with (ROOT / "raw" / "truth" / "attendance.csv").open(encoding="utf-8") as stream:
        truth = {(row["file"], int(row["row"])): int(row["person"]) for row in csv.DictReader(stream)}
    places = zip(people["source_file"], people["source_row"], strict=True)
    return people[["name", "email", "phone", "birth_year"]], np.array([truth[file, int(row)] for file, row in places])


def measured(label: str, frame: pd.DataFrame, truth: np.ndarray) -> str:
    """Return a line of the table."""
    start = time.perf_counter()
    linked = link.link(frame, SIMILARITY)
    seconds = time.perf_counter() - start
    found = linked.person.to_numpy()
    both = _pairs(pd.Series(zip(found, truth, strict=True)))
    precision, recall = both / max(_pairs(pd.Series(found)), 1), both / max(_pairs(pd.Series(truth)), 1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = (
        f"{len(np.unique(truth)):,}", f"{len(frame):,}", f"{len(np.unique(found)):,}", f"{precision:.4f}",
        f"{recall:.4f}", f"{len(linked.review):,}", f"{linked.not_compared:,}", f"{seconds:.1f}", f"{memory:,.0f}",
    )  # fmt: skip
    return f"{label:<10}" + "".join(f"{cell:>13}" for cell in cells)


def _pairs(keys: pd.Series) -> int:
    sizes = keys.value_counts().to_numpy()
    return int((sizes * (sizes - 1) // 2).sum())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="*", default=[540, 5000, 50_000])
    parser.add_argument("--seed", type=int, default=20562)
    given = parser.parse_args()
    heads = ("people", "rows", "found", "precision", "recall", "to review", "left out", "seconds", "MB so far")
    print(f"{'lists':<10}" + "".join(f"{head:>13}" for head in heads))
    print(measured("sample", *sample()))
    for n in given.people:
        rng = np.random.default_rng(given.seed)
        print(measured("simulated", *lists(crowd(n, rng), rng)), flush=True)


if __name__ == "__main__":
    main()
