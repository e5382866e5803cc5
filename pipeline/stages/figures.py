"""Tables -> executed notebooks, which make the figures."""

from __future__ import annotations

from pipeline.core.workspace import Workspace
from pipeline.report.notebooks import execute_all


def run(workspace: Workspace) -> None:
    """Execute the notebooks; their copies go to processed/notebooks, their figures to figures/."""
    workspace.figures.mkdir(parents=True, exist_ok=True)
    execute_all(workspace.notebooks, workspace.processed / "notebooks", workspace.for_notebook())
