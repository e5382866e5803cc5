"""A project folder made in a test, and its tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.core import contracts
from pipeline.core.config import Params, load_project
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.instrument import Instrument, build
from pipeline.ingest.project import ingest

KEY = {"PIPELINE_PERSON_KEY": "a key only tests know"}

AGREE = [
    {"list_name": "agree", "name": str(code), "label::Suomi (fi)": label}
    for code, label in enumerate(("täysin eri mieltä", "eri mieltä", "siltä väliltä", "samaa mieltä"), start=1)
] + [
    {"list_name": "agree", "name": "eos", "label::Suomi (fi)": "En osaa sanoa", "missing": "dont_know"},
    {"list_name": "agree", "name": "kielt", "label::Suomi (fi)": "En halua vastata", "missing": "refused"},
]
DID = [
    {"list_name": "did", "name": name, "label::Suomi (fi)": label}
    for name, label in (("fam", "Lapset, nuoret ja perheet"), ("work", "Työ, koulutus"), ("other", "Muu, mikä?"))
] + [{"list_name": "did", "name": "none", "label::Suomi (fi)": "En osaa sanoa", "missing": "dont_know"}]
ROLES = [
    {"list_name": "role", "name": name, "label::Suomi (fi)": label}
    for name, label in (("participant", "Osallistuja"), ("organiser", "Järjestäjä"))
]


def question(kind: str, name: str, label: str = "", **columns: str) -> dict[str, str]:
    return {"type": kind, "name": name, "label::Suomi (fi)": label or name, **columns}


SURVEY = [
    question("select_one agree", "q1", "Sain äänen kuuluviin", construct="voice", design="transition"),
    question("select_one agree", "q2", "Opin uutta", construct="voice", design="transition"),
    question("select_multiple did", "did", "Mihin osallistuit?"),
    question("integer", "age", "Ikä"),
    question("decimal", "hours", "Tunteja"),
    question("date", "day", "Päivä"),
    question("text", "say", "Muuta sanottavaa"),
    question("text", "event", "Tapahtuma", field="event"),
    question("text", "time", "Aikaleima", field="submitted_at"),
    question("text", "number", "Lomake nro", field="response_key"),
    question("select_one role", "role", "Rooli", field="role"),
    question("text", "language", "Kieli", field="language"),
]

Rows = Sequence[Mapping[str, str]]


def instrument(survey: Rows = SURVEY, choices: Rows = (*AGREE, *DID, *ROLES)) -> Instrument:
    numbered = {name: list(enumerate(rows, start=2)) for name, rows in (("survey", survey), ("choices", choices))}
    return build(numbered, "instrument.xlsx")


def write_instrument(path: Path, survey: Rows = SURVEY, choices: Rows = (*AGREE, *DID, *ROLES)) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        for name, rows in (("survey", survey), ("choices", choices)):
            sheet = book.add_worksheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            for number, cells in enumerate([columns, *([row.get(c, "") for c in columns] for row in rows)]):
                sheet.write_row(number, 0, cells)


def cells(header: Sequence[str], *rows: Sequence[str | None], **more: Any) -> Cells:
    """Return a table as a reader would, its rows numbered from 2."""
    columns = {i: pd.array([row[i] for row in rows], dtype=TEXT) for i in range(len(header))}
    frame = pd.DataFrame(columns, index=pd.RangeIndex(2, len(rows) + 2))
    return Cells(file="feedback/a.csv", sheet=None, header=tuple(header), rows=frame, **more)


@dataclass(frozen=True)
class Folder:
    """raw/ of a project: text is written as UTF-8, bytes as they are."""

    raw: Path
    toml: str = ""
    environment: Mapping[str, str] = field(default_factory=lambda: KEY)

    def __post_init__(self) -> None:
        self.raw.mkdir(parents=True, exist_ok=True)
        (self.raw / "project.toml").write_text(f'[project]\ncode = "P"\nname = "P"\n{self.toml}', "utf-8")
        write_instrument(self.raw / "instrument.xlsx")

    def put(self, name: str, content: str | bytes) -> Folder:
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def events(self, *rows: str) -> Folder:
        self.put("registers/actions.csv", "action_id,name\nA1,Toimi\n")
        return self.put("registers/events.csv", "\n".join(["event_id,action_id,name,aliases,date", *rows]) + "\n")

    def ingest(self, **more: Any) -> dict[str, pd.DataFrame]:
        """Return the tables, each checked against its contract."""
        return {name: contracts.check(name, frame) for name, frame in self.made(**more).items()}

    def made(self, **more: Any) -> dict[str, pd.DataFrame]:
        """Return the tables unchecked: checking them takes longer than making them."""
        return ingest(self.raw, load_project(self.raw), Params(), self.environment, **more)


def account(tables: Mapping[str, pd.DataFrame], file: str) -> tuple[int, int, int, int]:
    """Return read, accepted, duplicate, quarantined of a file, over its sheets."""
    rows = tables["ledger"][tables["ledger"]["unit"] == file]
    assert len(rows), f"{file} is not in the ledger"
    return tuple(int(rows[c].sum()) for c in ("rows_read", "accepted", "duplicate", "quarantined"))  # type: ignore[return-value]


def problems(tables: Mapping[str, pd.DataFrame], file: str | None = None) -> list[str]:
    found = tables["findings"]
    return found.loc[found["file"] == file if file else slice(None), "problem"].tolist()


def all_text(tables: Mapping[str, pd.DataFrame]) -> str:
    return "\n".join(f"{name}\n{frame.to_csv(index=False)}" for name, frame in tables.items())
