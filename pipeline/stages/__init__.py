"""Layer 2: one module per DVC stage. Each reads tables, calls the layer below, writes tables."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Final

from pipeline.core.workspace import Workspace

#: In the order they run.
STAGES: Final = ("ingest", "construct", "analyse", "facts", "figures", "report")


def run(stage: str, workspace: Workspace) -> None:
    """Run one stage; only its own libraries are loaded."""
    function: Callable[[Workspace], None] = import_module(f"pipeline.stages.{stage}").run
    function(workspace)


def run_all(workspace: Workspace, notebooks: bool = False, after: Callable[[str], None] = lambda stage: None) -> None:
    """Run every stage in this process, figures and the report made of them only when asked; call `after` after each."""
    for stage in STAGES:
        if stage not in {"figures", "report"} or notebooks:
            run(stage, workspace)
            after(stage)
