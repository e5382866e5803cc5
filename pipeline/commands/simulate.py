"""Write the synthetic sample project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def simulate(
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 20562,
    out: Annotated[Path, typer.Option(help="Folder to write.")] = Path("raw"),
) -> None:
    """Write the synthetic sample project, with the truth planted in it."""
    from pipeline.simulate import write  # noqa: PLC0415

    write(out, seed)
    typer.echo(f"synthetic project written to {out}")
