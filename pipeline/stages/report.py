"""Figures, facts and claims -> what is published."""

from __future__ import annotations

from pipeline.core.workspace import Workspace
from pipeline.report import page
from pipeline.report.claims import judged
from pipeline.report.published import gather
from pipeline.report.word import documents


def run(workspace: Workspace) -> None:
    """Write the report in Word and PDF, its tables, and the page."""
    content, tables = gather(workspace)
    documents.write(workspace, content, tables)
    page.write(workspace, content, judged.load(workspace.processed))
