"""What the coordinator reads first: one line per file, and how much there is to look at."""

from __future__ import annotations

import typer

from pipeline.core import tables
from pipeline.core.workspace import Workspace


def say_accounts(workspace: Workspace) -> None:
    """Print one line per file and each refusal: what the coordinator reads first."""
    for row in tables.read(workspace, "files").sort_values("unit").itertuples():
        sheet = f" [{row.part}]" if isinstance(row.part, str) else ""
        account = f"{row.rows_read} = {row.accepted} accepted + {row.duplicate} duplicate + {row.quarantined} set aside"
        reason = f" ({row.reason})" if isinstance(row.reason, str) else ""
        typer.echo(f"{row.unit}{sheet}: {account}{reason}")
    findings = tables.read(workspace, "findings")
    counts = findings["kind"].value_counts().sort_index()
    listed = ", ".join(f"{kind.replace('_', ' ')}: {n}" for kind, n in counts.items())
    typer.echo(f"to look at in findings.csv: {listed or 'nothing'}")
