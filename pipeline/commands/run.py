"""Run everything in one process, without DVC."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from pipeline import stages
from pipeline.commands.accounts import say_accounts
from pipeline.core.workspace import Workspace


def run(
    raw: Annotated[Path, typer.Option(help="Folder with project.toml, instrument and files as received.")],
    out: Annotated[Path, typer.Option(help="Folder for processed/ and figures/.")],
    notebooks: Annotated[
        bool, typer.Option(help="Run the notebooks too, which make the figures; write the report.")
    ] = False,
) -> None:
    """Run every stage in one process, without DVC: for tests and for a quick look."""
    workspace, start = Workspace.split(raw, out), time.perf_counter()

    def after(stage: str) -> None:
        typer.echo(f"{stage}: {time.perf_counter() - start:.1f} s", err=True)
        if stage == "ingest":
            say_accounts(workspace)

    stages.run_all(workspace, notebooks, after)
    for statement in json.loads((workspace.processed / "limits.json").read_text("utf-8")):
        typer.echo(f"cannot be known: {statement['en']}")
    typer.echo(f"done in {time.perf_counter() - start:.1f} s: {out / 'processed'}")
