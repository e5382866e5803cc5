"""Estimates -> the facts a report may quote, what cannot be known, and the answers for other tools."""

from __future__ import annotations

from pipeline.core import tables
from pipeline.core.config import Project, load_params, load_project
from pipeline.core.workspace import Workspace
from pipeline.report import codebook_page, limits, spss
from pipeline.report import facts as quoted
from pipeline.report.claims import judged
from pipeline.report.disclosure import gate
from pipeline.report.suppression.withheld import withheld


def run(workspace: Workspace) -> None:
    """Store facts, limits and the judged claims, the SPSS file and the codebook."""
    project = load_project(workspace.raw)
    counted = quoted.facts(tables.read(workspace, "estimates"), project)
    facts = tables.write(workspace, "facts", gate(counted, load_params(workspace.params)).frame)
    quoted.write_json(workspace.processed / "facts.json", facts)
    made = {name: tables.read(workspace, name) for name in ("responses", "attendance", "events")}
    limits.write(workspace.processed / "limits.json", limits.limits(made))
    judged.write_json(workspace.processed / judged.FILE, judged.of_workspace(workspace))
    _for_other_tools(workspace, project)
    tables.write_csv(workspace.processed / "hidden.csv", withheld(workspace))


def _for_other_tools(workspace: Workspace, project: Project) -> None:
    items, options, responses, answers, comments = (
        tables.read(workspace, name) for name in ("items", "options", "responses", "answers", "comments")
    )
    language, name = project.project.language, project.project.name
    path = workspace.processed / "responses.sav"
    spss.write_sav(path, items, options, responses, answers, language, name)
    constructs = {outcome.key: project.label(outcome.key) for outcome in project.outcomes}
    html = codebook_page.page(items, options, answers, comments, len(responses), language, name, constructs)
    codebook_page.write_page(workspace.processed / "codebook.html", html)
