"""Keep what is published now, to compare later runs with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.core.workspace import Workspace


def freeze(
    name: Annotated[str, typer.Argument(help="Name of the release, such as spring-report.")],
    workspace: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
    raw: Annotated[Path | None, typer.Option(help="Its raw folder, where that lies elsewhere.")] = None,
) -> None:
    """Keep the published numbers, claims, figures and the report as a release that later runs are compared with."""
    from pipeline.report import releases  # noqa: PLC0415

    place = Workspace.at(workspace) if raw is None else Workspace.split(raw, workspace)
    folder = releases.freeze(place, name)
    typer.echo(f"{folder} keeps what is published now; `python3 run.py pipeline changes` compares later runs with it")
