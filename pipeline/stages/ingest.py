"""raw/ -> contract tables, findings, what a person must decide, and the files' part of the ledger."""

from __future__ import annotations

import os

from pipeline.core import tables
from pipeline.core.config import load_params, load_project
from pipeline.core.workspace import Workspace
from pipeline.ingest import quarantine, received
from pipeline.ingest.project import ingest_and_review


def run(workspace: Workspace) -> None:
    """Read everything under raw/ and store it."""
    project, params = load_project(workspace.raw), load_params(workspace.params)
    made, review, marks, shown = ingest_and_review(workspace.raw, project, params, os.environ)
    made["files"] = made.pop("ledger")
    tables.write_csv(workspace.processed / "findings.csv", made["findings"])
    tables.write_csv(workspace.processed / "review_people.csv", review)
    quarantine.write(workspace.processed / "quarantine.xlsx", made["findings"], marks)
    del marks  # it holds every table as received
    now = received.digests(workspace.raw, project, shown)
    received.write(workspace.processed / received.NAME, now, made["files"])
    while made:  # what is written need not stay in memory
        tables.write(workspace, *made.popitem())
