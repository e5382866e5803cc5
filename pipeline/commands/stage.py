"""Run one stage; `dvc repro` calls this."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline import stages
from pipeline.commands.accounts import say_accounts
from pipeline.commands.claims import say_failed
from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace


def stage(name: str, workspace: Annotated[Path, typer.Option(help="Folder of the project.")] = Path()) -> None:
    """Run one stage of the pipeline; `dvc repro` calls this."""
    if name not in stages.STAGES:
        raise PipelineError(f"there is no stage '{name}'", allowed=", ".join(stages.STAGES))
    place = Workspace.at(workspace)
    stages.run(name, place)
    if name == "ingest":
        say_accounts(place)
    if name == "facts":
        from pipeline.report.claims.judged import load  # noqa: PLC0415

        say_failed(load(place.processed))
