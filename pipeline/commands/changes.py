"""Say what has changed since a frozen release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.core.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.report.releases import Changed, Changes, Moved


def changes(
    name: Annotated[str, typer.Argument(help="Name of the release; the newest by default.")] = "",
    workspace: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
    raw: Annotated[Path | None, typer.Option(help="Its raw folder, where that lies elsewhere.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
) -> int:
    """Say which published numbers, claims and figures moved since a release, and why; exit code 1 where any did."""
    from pipeline.report import releases  # noqa: PLC0415

    place = Workspace.at(workspace) if raw is None else Workspace.split(raw, workspace)
    found = releases.compare(place, name)
    if as_json:
        typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        _say(found)
    return 1 if found.published else 0


def _say(found: Changes) -> None:
    typer.echo(f"compared with release {found.release}")
    for title, lines in (
        ("files", [_changed(file) for file in found.files]),
        ("published numbers", [_moved(fact) for fact in found.facts]),
        ("claims", [_changed(claim) for claim in found.claims]),
        ("figures", [_changed(figure) for figure in found.figures]),
        ("parameters", [_changed(line) for line in found.params]),
    ):
        if lines:
            typer.secho(f"{title}:", bold=True)
            for line in lines:
                typer.echo(f"  {line}")
    if not found.published:
        typer.echo("nothing that is published has changed")


def _changed(one: Changed) -> str:
    moved = f": {one.before or '-'} -> {one.after or '-'}" if one.before or one.after else ""
    return f"{one.what}  {one.name}{moved}"


def _moved(fact: Moved) -> str:
    said = [_number(value, fact.unit) for value in (fact.before, fact.after)]
    by = "" if fact.difference is None else f" ({_by(fact.difference, fact.unit)})"
    because = ", ".join(fact.because) or "no file changed: the program, its parameters or raw/report did"
    return f"{fact.key} ({fact.label}): {said[0]} -> {said[1]}{by}\n      because of: {because}"


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    return f"{100 * value:.1f} %" if unit == "share" else f"{value:,.7g}"


def _by(value: float, unit: str) -> str:
    if value == 0:
        return "its base or interval moved"
    return f"{100 * value:+.1f} points" if unit == "share" else f"{value:+,.7g}"
