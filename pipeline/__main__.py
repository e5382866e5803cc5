"""Command line: python -m pipeline."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)


@app.command()
def stage(name: str, workspace: Annotated[Path, typer.Option(help="Folder of the project.")] = Path()) -> None:
    """Run one stage of the pipeline; `dvc repro` calls this."""
    from pipeline import stages  # noqa: PLC0415

    if name not in stages.STAGES:
        raise PipelineError(f"there is no stage '{name}'", allowed=", ".join(stages.STAGES))
    place = Workspace.at(workspace)
    stages.run(name, place)
    if name == "ingest":
        _say_accounts(place)


@app.command()
def run(
    raw: Annotated[Path, typer.Option(help="Folder with project.toml, instrument and files as received.")],
    out: Annotated[Path, typer.Option(help="Folder for processed/ and figures/.")],
    notebooks: Annotated[bool, typer.Option(help="Execute the notebooks too: they make the figures.")] = False,
) -> None:
    """Run every stage in one process, without DVC: for tests and for a quick look."""
    from pipeline import stages  # noqa: PLC0415

    workspace, start = Workspace.split(raw, out), time.perf_counter()

    def after(stage: str) -> None:
        typer.echo(f"{stage}: {time.perf_counter() - start:.1f} s", err=True)
        if stage == "ingest":
            _say_accounts(workspace)

    stages.run_all(workspace, notebooks, after)
    for statement in json.loads((workspace.processed / "limits.json").read_text("utf-8")):
        typer.echo(f"cannot be known: {statement['en']}")
    typer.echo(f"done in {time.perf_counter() - start:.1f} s: {out / 'processed'}")


@app.command()
def simulate(
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 20562,
    out: Annotated[Path, typer.Option(help="Folder to write.")] = Path("raw"),
) -> None:
    """Write the synthetic sample project, with the truth planted in it."""
    from pipeline.simulate import write  # noqa: PLC0415

    write(out, seed)
    typer.echo(f"synthetic project written to {out}")


def _say_accounts(workspace: Workspace) -> None:
    """Print one line per file and each refusal: what the coordinator reads first."""
    from pipeline.core import tables  # noqa: PLC0415

    for row in tables.read(workspace, "files").sort_values("unit").itertuples():
        sheet = f" [{row.part}]" if isinstance(row.part, str) else ""
        account = f"{row.rows_read} = {row.accepted} accepted + {row.duplicate} duplicate + {row.quarantined} set aside"
        reason = f" ({row.reason})" if isinstance(row.reason, str) else ""
        typer.echo(f"{row.unit}{sheet}: {account}{reason}")
    findings = tables.read(workspace, "findings")
    counts = findings["kind"].value_counts().sort_index()
    listed = ", ".join(f"{kind.replace('_', ' ')}: {n}" for kind, n in counts.items())
    typer.echo(f"to look at in findings.csv: {listed or 'nothing'}")


def main() -> int:
    """Run the command line; an error of ours is a message, not a traceback."""
    try:
        app(standalone_mode=False)
    except PipelineError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except typer.Exit as stop:
        return stop.exit_code
    except typer.Abort:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
