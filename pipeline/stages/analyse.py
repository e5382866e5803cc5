"""Tables and scores -> estimates."""

from __future__ import annotations

from pipeline.analysis.program import estimate
from pipeline.core import tables
from pipeline.core.config import load_params, load_project
from pipeline.core.contracts import CONTRACTS
from pipeline.core.workspace import Workspace


def run(workspace: Workspace) -> None:
    """Estimate everything the report speaks about."""
    project, params = load_project(workspace.raw), load_params(workspace.params)
    made = {n: tables.read(workspace, n) for n in CONTRACTS if n not in ("estimates", "facts", "files", "ledger")}
    stored = tables.write(workspace, "estimates", tables.settled(estimate(made, project, params)))
    tables.write_csv(workspace.processed / "estimates.csv", stored)
