"""Exports of form services made in a test: written as CSV or xlsx, read, and brought to an instrument."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from hypothesis import strategies as st

from pipeline.core.config import Ingest, Source
from pipeline.core.errors import ReadError
from pipeline.ingest import feedback, readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.instrument import Instrument, build

REAL = Path(__file__).resolve().parents[3] / ".." / "shared" / "real"

Row = Sequence[Any]

#: Texts a person may write or a form may offer: marks of every separator, line breaks, words for nothing.
LETTERS = "aåäöÅ eén19;,|\t\"'\n-=[]/?\u00a0"
TEXTS = st.text(alphabet=LETTERS, min_size=1, max_size=14).map(str.strip).filter(bool)
ANSWERS = st.none() | st.sampled_from(["NA", "None", "null", "007", "1,5", "-"]) | TEXTS
STAMP = dt.datetime(2023, 9, 29, 14, 54, 27)


def as_csv(rows: Sequence[Row], quoting: Literal[0, 1] = csv.QUOTE_MINIMAL) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=quoting).writerows(rows)
    return stream.getvalue().encode()


def as_xlsx(path: Path, rows: Sequence[Row], sheet: str = "Sheet1", **others: Sequence[Row]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"default_date_format": "m/d/yy h:mm", "strings_to_formulas": False}) as book:
        for title, table in {sheet: rows, **others}.items():
            page = book.add_worksheet(title)
            for number, row in enumerate(table):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, cell)
                    elif cell is not None:
                        page.write(number, column, cell)
    return path


def put(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def read(path: Path, name: str) -> Cells:
    """Return the one table of a file that `name` must recognise."""
    reader, tables = readers.read(path, path.name)
    assert name == reader.NAME and len(tables) == 1
    return tables[0]


def rows(cells: Cells) -> list[list[str | None]]:
    records = cells.rows.itertuples(index=False, name=None)
    return [[cell if isinstance(cell, str) else None for cell in row] for row in records]


def agree(labels: Mapping[str, str], name: str = "l") -> tuple[dict[str, str], ...]:
    return tuple({"list_name": name, "name": code, "label": label} for code, label in labels.items())


def form(*survey: dict[str, str], choices: tuple[dict[str, str], ...] = ()) -> Instrument:
    numbered: Mapping[str, Any] = {"survey": list(enumerate(survey, 2)), "choices": list(enumerate(choices, 2))}
    return build(numbered, "instrument.xlsx")


def batch(cells: Cells, made: Instrument) -> feedback.Batch:
    return feedback.harmonise(cells, made, {}, Source(match="*"), Ingest())


def unmapped(found: feedback.Batch) -> list[str]:
    return [str(finding.place) for finding in found.findings if finding.kind == "column_unmapped"]


def patched(path: Path, content: bytes, at: int, patch: bytes) -> None:
    """Read a damaged copy: a table or an error that names the file, and nothing else."""
    at %= len(content)
    path.write_bytes(content[:at] + patch + content[at + len(patch) :])
    try:
        readers.read(path, path.name)
    except ReadError as refusal:
        assert path.name in str(refusal)
