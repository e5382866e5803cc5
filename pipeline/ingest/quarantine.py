"""What a person must decide, one line per place, ready to be copied into raw/corrections.csv."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipeline.core.tables import harmless
from pipeline.ingest.finding_texts import KINDS
from pipeline.ingest.row_marks import Marks
from pipeline.ingest.translating import in_finnish

#: As in corrections.csv; the last four are for the person to fill in.
_DECISION: Final = ("file", "sheet", "row", "column", "action", "expected", "value", "reason")
COLUMNS: Final = (*_DECISION, "laji", "ongelma", "korjaus", "kind", "problem", "fix", "allowed")
#: A fault in more cells of one column than this is one line: it is not mended cell by cell.
_ONE_BY_ONE: Final = 50
#: What a person must decide, and what is decided but may be looked over.
OPEN: Final = ("file_refused", "row_quarantined", "cell_invalid", "column_unmapped")
REPEATS: Final = ("duplicate",)
_WIDTHS: Final = (34, 14, 6, 30, 14, 14, 14, 22, 22, 46, 46, 16, 46, 46, 30)
_GUIDE: Final = (
    ("Näin teet päätöksen", "How to decide"),
    (
        "1. Etsi rivi tai solu alkuperäisestä tiedostosta (file, sheet, row, column). Älä muuta tiedostoa.",
        "1. Find the row or cell in the file as received. Do not change that file.",
    ),
    (
        "2. Täytä action: set = solun arvoksi value; drop = rivi jätetään pois; accept = syrjään pantu rivi "
        "hyväksytään; not_duplicate = rivi on oma vastauksensa.",
        "2. Fill in action: set = the cell becomes value; drop = the row is left out; accept = a row set aside is "
        "taken; not_duplicate = the row is a response of its own.",
    ),
    (
        "3. Jätä expected ennalleen: se on rivin tunniste. Päätös löytää rivin, vaikka rivi siirtyy; jos rivi muuttuu, "
        "ajo pysähtyy ja kertoo päätöksen. Jos expected on tyhjä, kirjoita siihen, mitä solussa nyt lukee.",
        "3. Leave expected as it is: it is the mark of the row. The decision finds the row where it moves; where it "
        "changes, the run stops and names the decision. Where it is empty, write what the cell says now.",
    ),
    (
        "4. Kopioi sarakkeet file ... reason tiedostoon raw/corrections.csv ja aja uudelleen.",
        "4. Copy the columns file ... reason to raw/corrections.csv and run again.",
    ),
)


def sheet(findings: pd.DataFrame, kinds: tuple[str, ...] = OPEN, marks: Marks | None = None) -> pd.DataFrame:
    """Return the lines of the quarantine sheet.

    Parameters
    ----------
    findings : DataFrame
        Contract table.
    kinds : tuple of str
        Kinds of findings to list.
    marks : Marks, optional
        Of the rows as received: they fill column `expected`.

    Returns
    -------
    DataFrame of str
        `COLUMNS`: place, four columns for the decision, problem and fix in Finnish and English. Places only: no names,
        no free text, no values.
    """
    open_ones = findings[findings["kind"].isin(kinds)]
    lines = [line for finding in open_ones.itertuples() for line in _lines(finding)]
    if marks is not None:
        lines = [{**line, "expected": marks.of(line["file"], line["sheet"], int(line["row"] or 0))} for line in lines]
    return pd.DataFrame(lines, columns=list(COLUMNS), dtype="str").map(harmless, na_action="ignore")


def _lines(finding: Any) -> Iterator[dict[str, str]]:
    problem, fix = str(finding.problem), _text(finding.fix)
    line = {
        "file": finding.file,
        "sheet": _text(finding.sheet),
        "column": _text(finding.column),
        **dict.fromkeys(("action", "expected", "value", "reason"), ""),
        "laji": KINDS[finding.kind],
        "ongelma": in_finnish(problem),
        "korjaus": in_finnish(fix),
        "kind": finding.kind,
        "problem": problem,
        "fix": fix,
        "allowed": _text(finding.allowed),
    }
    rows = _rows(_text(finding.rows))
    if len(rows) > _ONE_BY_ONE:
        many = {"ongelma": f"{line['ongelma']}; rivit {finding.rows}", "problem": f"{problem}; rows {finding.rows}"}
        yield {**line, **many, "row": ""}
        return
    for row in map(str, rows) if rows else [""]:
        yield {**line, "row": row}


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)


def _rows(text: str) -> list[int]:
    """Return the rows of "3-5, 7".

    Examples
    --------
    >>> _rows("3-5, 7")
    [3, 4, 5, 7]
    """
    runs = [part.partition("-") for part in text.split(", ") if part]
    return [row for first, _, last in runs for row in range(int(first), int(last or first) + 1)]


def write(path: Path, findings: pd.DataFrame, marks: Marks) -> None:
    """Write the quarantine sheet as xlsx: every cell as text, so that no spreadsheet runs or rewrites one."""
    import datetime as dt  # noqa: PLC0415

    import xlsxwriter  # noqa: PLC0415

    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # same input, same bytes
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for name, kinds in (("Ratkaistavat", OPEN), ("Kaksoiskappaleet", REPEATS)):
            _write_sheet(book.add_worksheet(name), sheet(findings, kinds, marks), bold, wrap)
        guide = book.add_worksheet("Ohje")
        guide.set_column(0, 1, 70, wrap)
        for number, texts in enumerate(_GUIDE):
            for column, text in enumerate(texts):
                guide.write_string(number, column, text)


def _write_sheet(page: Any, lines: pd.DataFrame, bold: Any, wrap: Any) -> None:
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width, wrap)
        page.write_string(0, column, COLUMNS[column], bold)
    for number, cells in enumerate(lines.itertuples(index=False, name=None), start=1):
        for column, text in enumerate(cells):
            page.write_string(number, column, text)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(lines), len(COLUMNS) - 1)
