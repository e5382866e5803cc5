"""All that a report may say of a project, gathered from what the earlier stages made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pipeline.core import tables
from pipeline.core.config import Params, Project, load_params, load_project
from pipeline.core.formats import date
from pipeline.core.report_texts import load_texts
from pipeline.core.workspace import Workspace
from pipeline.report.captions import chosen
from pipeline.report.claims import judged
from pipeline.report.claims.filling import plain
from pipeline.report.claims.judged import Judged
from pipeline.report.claims.quantities import Numbers
from pipeline.report.disclosure import Released, gate
from pipeline.report.methods import methods
from pipeline.report.plain_summary import plain_summary
from pipeline.report.published_tables import Published
from pipeline.report.published_tables import tables as published_tables
from pipeline.report.quotations import released
from pipeline.report.word.content import Content, Picture

#: Which open answers a person has released to be quoted, below raw/.
QUOTATIONS: Final = Path("report") / "quotations.csv"
_READ: Final = ("estimates", "facts", "items", "options", "actions", "events", "ledger")
#: Printed in the place of a sentence that does not hold: nobody overlooks it.
_NOT_HELD: Final = (
    "[EI VOI JULKAISTA: {reason}]",
    "[KAN INTE PUBLICERAS: {reason}]",
    "[CANNOT BE PUBLISHED: {reason}]",
)
_TITLE: Final = ("loppuraportti", "slutrapport", "final report")


def gather(workspace: Workspace) -> tuple[Content, dict[str, Published]]:
    """Return what the placeholders of a report stand for, and the tables with their numbers.

    Parameters
    ----------
    workspace : Workspace
        With processed/ and figures/ as the earlier stages left them.
    """
    project, params = load_project(workspace.raw), load_params(workspace.params)
    language = project.project.language
    made = {name: tables.read(workspace, name) for name in _READ}
    shown, claims = gate(made["estimates"], params, made["events"]), judged.load(workspace.processed)
    numbers = Numbers(shown, gate(made["facts"], params).frame, made["items"], project)
    sheets = published_tables(made, shown, project, params, claims)
    return Content(
        language=language,
        title=f"{project.project.name}: {chosen(_TITLE, language)}",
        values=_values(numbers, claims, language),
        figures=_pictures(workspace, language),
        tables={name: table.sheet(language) for name, table in sheets.items()},
        lists=_lists(workspace, numbers, shown, params, claims, language),
        texts=load_texts(workspace.raw, language),
        primary=project.primary,
    ), sheets


def _values(numbers: Numbers, claims: list[Judged], language: str) -> dict[str, str]:
    project = numbers.project
    facts = {f"fact {key}": "–" if fact.hidden else plain(fact, language) for key, fact in numbers.all_facts().items()}
    said = {f"claim {claim.key}": _sentence(claim, language) for claim in claims}
    return {**facts, **said, **_about(project, language)}


def _sentence(claim: Judged, language: str) -> str:
    if not claim.stands:
        return chosen(_NOT_HELD, language).format(reason=claim.reason[language])
    return claim.sentence.get(language) or next(iter(claim.sentence.values()))


def _about(project: Project, language: str) -> dict[str, str]:
    about = project.project
    period = "–".join(date(day, language) for day in (about.start, about.end) if day)
    known = {"name": about.name, "code": about.code, "municipality": about.municipality or "–", "period": period or "–"}
    return {f"project {key}": text for key, text in known.items()}


def _pictures(workspace: Workspace, language: str) -> dict[str, Picture]:
    found = {}
    for path in sorted(workspace.figures.glob("*.json")):
        sidecar: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
        texts = sidecar["texts"][language]
        png = path.with_suffix(".png")
        if png.is_file():
            found[path.stem] = Picture(png, texts["title"], texts["caption"], texts["alt"])
    return found


def _lists(
    workspace: Workspace,
    numbers: Numbers,
    shown: Released,
    params: Params,
    claims: list[Judged],
    language: str,
) -> dict[str, list[str]]:
    statements = json.loads((workspace.processed / "limits.json").read_text("utf-8"))
    return {
        "methods": methods(shown.frame, numbers.project, params, language),
        "limits": [statement[language] for statement in statements],
        "claims": [_sentence(claim, language) for claim in claims if claim.published],
        "summary": plain_summary(numbers, language),
        **_quotations(workspace, language),
    }


def _quotations(workspace: Workspace, language: str) -> dict[str, list[str]]:
    """Return the open answers a person has released, as quotations; nothing where none is."""
    texts = released(tables.read(workspace, "comments"), workspace.raw / QUOTATIONS).frame["text"]
    left, right = "“”" if language == "en" else "””"
    return {"quotations": [f"{left}{text}{right}" for text in texts]} if len(texts) else {}
