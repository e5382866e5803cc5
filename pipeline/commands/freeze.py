"""Keep what is published now, to compare later runs with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.hints import command, need_numbers
from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace


def freeze(
    name: Annotated[str, typer.Argument(help="Name of the release, such as spring-report.")],
    workspace: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
    raw: Annotated[Path | None, typer.Option(help="Its raw folder, where that lies elsewhere.")] = None,
) -> None:
    """Keep the published numbers, claims, figures and the report as a release that later runs are compared with."""
    from pipeline.commands.claims import say_failed  # noqa: PLC0415
    from pipeline.report import releases  # noqa: PLC0415
    from pipeline.report.claims import judged as claims  # noqa: PLC0415

    place = Workspace.at(workspace) if raw is None else Workspace.split(raw, workspace)
    need_numbers(place, workspace)
    judged = claims.of_workspace(place)
    if judged != claims.load(place.processed):
        fix = f"run the pipeline first: {command('repro', workspace)}"
        raise PipelineError(
            "the claims have changed since the report was made", place="raw/report/claims.toml", fix=fix
        )
    say_failed(judged)
    folder = releases.freeze(place, name)
    typer.echo(f"{folder} keeps what is published now; to compare later: {command('pipeline changes', workspace)}")
