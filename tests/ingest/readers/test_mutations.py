"""One byte is another: the same table or a named error where the format can know, no silent shift where not."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from attendance_lists import docx, ods, xlsx
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells

ROWS = [["Nimi", "Allekirjoitus", "Puhelin"], *[[f"Henkilö {c}", f"x{c}", "0401234567"] for c in "abcdefgh"]]


def _seen(tables: Sequence[Cells]) -> list[object]:
    return [(c.sheet, c.header, c.preamble, json.dumps(c.rows.astype(object).T.to_dict(), default=str)) for c in tables]


def _deflated(content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return made.getvalue()


@pytest.fixture(scope="module")
def containers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return a list of names in every container that keeps checksums of its content."""
    book = xlsx(tmp_path_factory.mktemp("made") / "a.xlsx", {"S": ROWS, "Toinen": ROWS[:4]})
    return {
        "a.xlsx": book,
        "stored.ods": ods({"S": ROWS}),
        "packed.ods": _deflated(ods({"S": ROWS})),
        "stored.docx": docx(ROWS),
        "packed.docx": _deflated(docx(ROWS)),
    }


@pytest.mark.parametrize("name", ["a.xlsx", "stored.ods", "packed.ods", "stored.docx", "packed.docx"])
@given(at=st.integers(0, 100_000), bits=st.integers(1, 255), cut=st.booleans())
def test_a_container_gives_the_same_table_or_a_named_error(
    tmp_path: Path, containers: dict[str, bytes], name: str, at: int, bits: int, cut: bool
) -> None:
    path, content = tmp_path / name, bytearray(containers[name])
    path.write_bytes(content)
    expected = _seen(readers.read(path, f"attendance/{name}")[1])
    at %= len(content)
    content[at] ^= bits
    path.write_bytes(content[: max(at, 30)] if cut else content)  # the first bytes alone are no container yet
    try:
        found = _seen(readers.read(path, f"attendance/{name}")[1])
    except ReadError as refusal:
        assert str(refusal).startswith(f"attendance/{name}")
    else:
        assert found == expected


#: Every cell says twice where it stands, so that no single byte turns one into another.
_CELL = re.compile(r"(r\dc\d)\1")


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("quoted", [False, True])
@given(at=st.integers(0, 100_000), byte=st.integers(0, 255) | st.sampled_from([*b";,\t\n\r\"'|"]))
def test_no_cell_of_a_csv_moves_to_another_column_unnamed(
    tmp_path: Path, mark: str, quoted: bool, at: int, byte: int
) -> None:
    q = '"' if quoted else ""
    table = [["id", "toinen", "kolmas", "loppu"], *[[f"r{r}c{c}" * 2 for c in range(3)] for r in range(6)]]
    text = "\r\n".join(mark.join(f"{q}{cell}{q}" for cell in [*row, *[""] * (4 - len(row))]) for row in table) + "\r\n"
    content = bytearray(text.encode())
    first = text.index("\n") + 1  # what the header says is beyond any check
    content[first + at % (len(content) - first)] = byte
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    try:
        _, tables = readers.read(path, "feedback/a.csv")
    except ReadError as refusal:
        assert str(refusal).startswith("feedback/a.csv")
        return
    for cells in tables:
        for row, *texts in cells.rows.itertuples(name=None):
            moved = [
                text
                for i, text in enumerate(texts)
                if isinstance(text, str) and _CELL.fullmatch(text) and text[3] != str(i)
            ]
            assert not moved or row in (*cells.short, *cells.overlong), (row, moved)
