"""Contract tables -> scores and the ledger of denominators."""

from __future__ import annotations

from pipeline.construct.ledger import ledger
from pipeline.construct.scores import scores
from pipeline.core import tables
from pipeline.core.config import load_project
from pipeline.core.workspace import Workspace


def run(workspace: Workspace) -> None:
    """Score the responses and account for them by event and item."""
    project = load_project(workspace.raw)
    names = ("files", "responses", "answers", "items", "events", "attendance")
    made = {name: tables.read(workspace, name) for name in names}
    scored = scores(made["answers"], made["items"], {o.key: float(o.min_answered) for o in project.outcomes})
    tables.write(workspace, "scores", scored)
    usable = scored[scored["construct"].isin(project.primary) & scored["score"].notna()]
    account = ledger(**made, answered=list(usable["response_id"].unique()))
    tables.write_csv(workspace.processed / "ledger.csv", tables.write(workspace, "ledger", account))
