"""Show how the pipeline sees one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

#: Rows shown of a table, unless all are asked for.
_SHOWN = 5


def read(
    file: Annotated[Path, typer.Argument(help="A survey export, an attendance list, any table.")],
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
    rows: Annotated[int, typer.Option(help="Rows to show of each table.")] = _SHOWN,
) -> None:
    """Show how the pipeline sees one file: reader, encoding, header, rows as text with places, what was left out."""
    from pipeline.ingest.showing import show  # noqa: PLC0415

    seen = show(file)
    if as_json:
        typer.echo(json.dumps(seen, ensure_ascii=False))
        return
    typer.echo(f"{file.name}: {seen['reader']}" + "".join(f"; {note}" for note in seen["notes"]))
    for table in seen["tables"]:
        _show_table(table, rows)


def _show_table(table: dict[str, Any], limit: int) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    n, name = len(table["rows"]), f"sheet '{table['name']}'" if table["name"] else "table"
    typer.echo(f"\n{name}: {n} rows, {len(table['header'])} columns, {table.get('blank', 0)} blank rows")
    for text in (*table.get("preamble", ()), *table.get("dropped", ())):
        typer.echo(f"  not in the rows: {text}")
    for row in table.get("below", ()):
        typer.echo(f"  not in the rows: row {row}, a remark below the table")
    shown = Table(show_header=True, header_style="bold")
    for title in ("column", *(f"row {place}" for place in table["places"][:limit])):
        shown.add_column(title, overflow="fold")
    for index, header in enumerate(table["header"]):
        cells = (row[index] for row in table["rows"][:limit])
        labels = "".join(
            f"\n  {code} = {label}" for code, label in table.get("value_labels", {}).get(header, {}).items()
        )
        shown.add_row((header or "(no name)") + labels, *("" if cell is None else str(cell) for cell in cells))
    Console().print(shown)
    if n > limit:
        typer.echo(f"  ... {n - limit} more rows (--rows {n} shows them all)")
