"""Write the report's Word template, for a writer to restyle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.hints import need_numbers
from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace


def template(
    out: Annotated[Path, typer.Option(help="File to write; the pipeline uses raw/report/template.docx.")] = Path(
        "raw/report/template.docx"
    ),
    workspace: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
    raw: Annotated[Path | None, typer.Option(help="Its raw folder, where that lies elsewhere.")] = None,
    names: Annotated[bool, typer.Option("--names", help="Only list the placeholders there are.")] = False,
) -> None:
    """Write a Word template of the report with its placeholders, to be restyled in Word: styles, logo, own text."""
    from pipeline.report.published import gather  # noqa: PLC0415
    from pipeline.report.word import template as word  # noqa: PLC0415

    place = Workspace.at(workspace) if raw is None else Workspace.split(raw, workspace)
    need_numbers(place, workspace)
    content, _ = gather(place)
    if names:
        for name in content.names():
            typer.echo(f"{{{{ {name} }}}}")
        return
    path = out if out.is_absolute() else workspace / out
    if path.exists():
        raise PipelineError("the file is there already", place=str(out), fix="move it away, or name another with --out")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(word.template(content))
    typer.echo(f"{path} is written. Restyle it in Word; the next run fills raw/report/template.docx of the project.")
