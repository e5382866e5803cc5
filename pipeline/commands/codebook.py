"""Draft an instrument from an export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.core.errors import PipelineError


def codebook(
    file: Annotated[
        Path, typer.Argument(help="A survey export of any tool, or LimeSurvey's .lss, REDCap's dictionary.")
    ],
    out: Annotated[Path, typer.Option(help="The XLSForm to write; it must not exist.")] = Path("instrument.xlsx"),
    language: Annotated[str, typer.Option(help="Language of the file's texts: fi, sv or en.")] = "fi",
) -> None:
    """Draft an instrument from an export: questions, guessed types and options, for a person to finish."""
    from pipeline.ingest import instrument  # noqa: PLC0415
    from pipeline.ingest.draft import rows_by_sheet  # noqa: PLC0415
    from pipeline.ingest.draft_help import LANGUAGES, TITLES  # noqa: PLC0415

    if language not in LANGUAGES:
        raise PipelineError(f"there is no language '{language}'", allowed=", ".join(LANGUAGES))
    if out.exists():
        raise PipelineError("the file exists already", place=str(out), fix="choose another name with --out")
    sheets, said = _sheets(file, language)
    instrument.build(rows_by_sheet(sheets), out.name)
    write(out, sheets)
    typer.echo(f"{out}: {len(sheets['survey']) - 1} questions {said[0]}")
    typer.echo(f"  sheet '{TITLES[language]}' explains each column; in Finnish also docs/lomake.md")
    for line in said[1:]:
        typer.echo(f"  {line}")


def _sheets(file: Path, language: str) -> tuple[dict[str, list[list[str]]], list[str]]:
    """Return the sheets to write and what to say of them."""
    from pipeline.ingest import readers  # noqa: PLC0415
    from pipeline.ingest.draft import draft  # noqa: PLC0415
    from pipeline.ingest.draft_from_form import converted, is_form  # noqa: PLC0415
    from pipeline.ingest.personal_patterns import mask_name  # noqa: PLC0415

    title = mask_name(file.stem)
    if file.is_file() and is_form(file):
        return converted(file, language, title), [f"from the questionnaire {file.name}; fill in what it cannot say"]
    _, tables = readers.read(file, file.name)
    if not tables:
        raise PipelineError("the file holds no table", place=file.name)
    cells = max(tables, key=lambda table: (table.rows.size, len(table.header)))
    made = draft(cells, language, title)
    said = [f"drafted from {cells.place()}; finish what the column 'note' says"]
    said += [f"left out: {row['column']} ({row['reason']})" for row in made.left_out]
    return made.sheets(), said + [f"not used: {table.place()}" for table in tables if table is not cells]


def write(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    """Write the sheets as texts: no cell becomes a number, a link or a formula."""
    import xlsxwriter  # noqa: PLC0415

    from pipeline.ingest.draft_help import TITLES  # noqa: PLC0415

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
            if name in TITLES.values():
                sheet.set_column(2, 2, 90, book.add_format({"text_wrap": True, "valign": "top"}))
