"""Tables -> executed notebooks, which make the figures."""

from __future__ import annotations

import shutil
from dataclasses import replace

from pipeline.core.workspace import Workspace
from pipeline.report.notebooks import execute_all


def run(workspace: Workspace) -> None:
    """Execute the notebooks; their copies go to processed/notebooks, their figures to figures/.

    The figures of the last run stay until all new ones are there: none is left over, and none lost by a failure.
    """
    fresh = replace(workspace, figures=workspace.figures.with_name(f"{workspace.figures.name}.new"))
    shutil.rmtree(fresh.figures, ignore_errors=True)
    fresh.figures.mkdir(parents=True)
    execute_all(workspace.notebooks, workspace.processed / "notebooks", fresh.for_notebook())
    if workspace.figures.exists():
        shutil.rmtree(workspace.figures)
    fresh.figures.rename(workspace.figures)
