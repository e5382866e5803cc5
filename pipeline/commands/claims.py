"""Say of every sentence the report wants to print whether it holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.hints import need_numbers
from pipeline.core.config import load_project
from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.report.claims.judged import Judged

_COLOURS = {"holds": "green", "too_uncertain": "yellow"}


def claims(
    workspace: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
    raw: Annotated[Path | None, typer.Option(help="Its raw folder, where that lies elsewhere.")] = None,
    language: Annotated[str, typer.Option(help="fi, sv or en; the project's own by default.")] = "",
) -> int:
    """Print each claim's verdict, its sentence with today's numbers, and why; exit code 1 if a published one fails."""
    from pipeline.report.claims import judged as judging  # noqa: PLC0415

    place = Workspace.at(workspace) if raw is None else Workspace.split(raw, workspace)
    code = _language(place, language)
    need_numbers(place, workspace)
    judged = judging.of_workspace(place)
    if not judged:
        typer.echo("raw/report/claims.toml makes no claims")
    for claim in judged:
        _say(claim, code)
    return 1 if say_failed(judged) else 0


def say_failed(judged: Sequence[Judged]) -> list[str]:
    """Print which published claims the data do not hold up, and return their keys."""
    failed = [c.key for c in judged if (c.published and not c.stands) or c.verdict == "wrong_number"]
    if failed:
        typer.echo(f"published but not held up by the data: {', '.join(failed)}", err=True)
    return failed


def _language(place: Workspace, language: str) -> str:
    from pipeline.core import words  # noqa: PLC0415

    own = language or load_project(place.raw).project.language
    if own not in words.LANGUAGES:
        raise PipelineError(f"no such language: '{own}'", allowed=", ".join(words.LANGUAGES))
    return own


def _say(claim: Judged, language: str) -> None:
    from pipeline.report.captions import pick  # noqa: PLC0415
    from pipeline.report.claims.texts import VERDICT_NAMES  # noqa: PLC0415

    name = pick(VERDICT_NAMES, claim.verdict, language)
    sentence = claim.sentence.get(language) or next(iter(claim.sentence.values()))
    typer.secho(f"{name.upper():<12} ", fg=_COLOURS.get(claim.verdict, "red"), bold=True, nl=False)
    typer.echo(claim.key + ("" if claim.published else "  (not published)"))
    typer.echo(f"    {sentence}")
    typer.echo(f"    {claim.reason[language]}")
