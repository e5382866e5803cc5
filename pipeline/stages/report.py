"""Figures, facts and claims -> what is published."""

from __future__ import annotations

from pipeline.core.workspace import Workspace
from pipeline.report.word import documents


def run(workspace: Workspace) -> None:
    """Write the report in Word and PDF, and its tables."""
    documents.write(workspace)
