"""Figures, facts and claims -> what is published."""

from __future__ import annotations

from pipeline.core.workspace import Workspace


def run(workspace: Workspace) -> None:
    """Write the report, its tables and the page."""
    workspace.report.mkdir(parents=True, exist_ok=True)
