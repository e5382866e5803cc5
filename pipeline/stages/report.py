"""Estimates -> the facts a report may quote, and what cannot be known."""

from __future__ import annotations

import json

from pipeline.core import tables
from pipeline.core.config import load_project
from pipeline.core.workspace import Workspace
from pipeline.report import facts as quoted
from pipeline.report.limits import limits


def run(workspace: Workspace) -> None:
    """Store facts and limits."""
    project = load_project(workspace.raw)
    facts = tables.write(workspace, "facts", quoted.facts(tables.read(workspace, "estimates"), project))
    quoted.write_json(workspace.processed / "facts.json", facts)
    made = {name: tables.read(workspace, name) for name in ("responses", "attendance", "events")}
    statements = [statement.model_dump() for statement in limits(made)]
    text = json.dumps(statements, ensure_ascii=False, indent=1) + "\n"
    (workspace.processed / "limits.json").write_text(text, encoding="utf-8", newline="\n")
