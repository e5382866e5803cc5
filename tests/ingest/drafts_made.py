"""Drafts of instruments made in a test from columns of cells, and what to look at in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest_folder import cells

from pipeline.ingest.draft import Draft, draft


def made_of(columns: Mapping[str, Sequence[str | None]], language: str = "fi") -> Draft:
    return draft(cells(list(columns), *map(list, zip(*columns.values(), strict=True))), language, "Kysely")


def fields(made: Draft) -> dict[str, str]:
    return {row["label"]: row["field"] for row in made.survey if row.get("field")}


def row_of(made: Draft, label: str) -> dict[str, str]:
    return next(row for row in made.survey if row["label"] == label)


def options(made: Draft, label: str) -> list[tuple[str, str, str]]:
    listed = row_of(made, label)["type"].split()[1]
    return [(o["name"], o["missing"], o["aliases"]) for o in made.choices if o["list_name"] == listed]


def paper() -> dict[str, list[str | None]]:
    return {
        "Lomake": ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
        "Rohkeus": ["4", "2", "1", "2", "eos", "4", "1", "EOS", "-", "en osaa sanoa"],
        "Naapurit": ["3", "7", "4", "4", "1", "1", "4", "3", "5", "2"],
        "Kuuluminen": ["3", "2", "3", "4", "2", "2-3", "x?", "3", "4?", "5"],
        "Palvelut": ["1", "3", "5", None, "4", "5", "eos", "2", "3", "3"],
        "Vapaa sana": [None, None, None, "Olen Tauno, 131052-308T, ottakaa yhteyttä", *[None] * 6],
    }
