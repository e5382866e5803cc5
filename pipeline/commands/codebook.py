"""Draft an instrument from an export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.core.errors import PipelineError


def codebook(
    file: Annotated[Path, typer.Argument(help="A survey export of any tool the pipeline reads.")],
    out: Annotated[Path, typer.Option(help="The XLSForm to write; it must not exist.")] = Path("instrument.xlsx"),
    language: Annotated[str, typer.Option(help="Language of the file's texts: fi, sv or en.")] = "fi",
) -> None:
    """Draft an instrument from an export: questions, guessed types and options, for a person to finish."""
    from pipeline.ingest import instrument, readers  # noqa: PLC0415
    from pipeline.ingest.draft import LANGUAGES, draft, rows_by_sheet  # noqa: PLC0415

    if language not in LANGUAGES:
        raise PipelineError(f"there is no language '{language}'", allowed=", ".join(LANGUAGES))
    if out.exists():
        raise PipelineError("the file exists already", place=str(out), fix="choose another name with --out")
    _, tables = readers.read(file, file.name)
    if not tables:
        raise PipelineError("the file holds no table", place=file.name)
    cells = max(tables, key=lambda table: (table.rows.size, len(table.header)))
    made = draft(cells, language, file.stem)
    sheets = made.sheets()
    instrument.build(rows_by_sheet(sheets), out.name)
    write(out, sheets)
    typer.echo(f"{out}: {len(made.survey)} questions drafted from {cells.place()}; finish what the column 'note' says")
    for row in made.left_out:
        typer.echo(f"  left out: {row['column']} ({row['reason']})")
    for table in tables:
        if table is not cells:
            typer.echo(f"  not used: {table.place()}")


def write(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    """Write the sheets as texts: no cell becomes a number, a link or a formula."""
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell:
                        sheet.write_string(number, column, cell, bold if number == 0 else None)
            sheet.freeze_panes(1, 0)
            sheet.autofit(380)
