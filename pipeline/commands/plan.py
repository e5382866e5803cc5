"""Before the next survey: power and precision of a planned number of events and answers."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.analysis.planning import Prospect
    from pipeline.simulate.planned import Survey

_MISSING = "the {what} is not known from earlier answers"


@dataclass(frozen=True)
class _Seen:
    """What earlier answers of the project say; NaN where they say nothing."""

    share: float = math.nan
    icc: float = math.nan
    unevenness: float = 0.0


def plan(
    events: Annotated[int, typer.Option(help="Events at which answers will be gathered.")],
    per_event: Annotated[float, typer.Option(help="Answers expected of each event.")],
    workspace: Annotated[Path, typer.Option(help="Project whose earlier answers give ICC and share.")] = Path(),
    outcome: Annotated[str | None, typer.Option(help="Outcome to plan for; default: the first primary one.")] = None,
    share: Annotated[
        float | None, typer.Option(help="True share of positive answers; default: as seen so far.")
    ] = None,
    icc: Annotated[float | None, typer.Option(help="Intraclass correlation; default: as seen so far.")] = None,
    difference: Annotated[float, typer.Option(help="Difference to show between two halves of the events.")] = 0.15,
    replicates: Annotated[int, typer.Option(help="Surveys to imagine.")] = 1000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.")] = 20562,
) -> None:
    """Say how precise a planned survey would be, and how likely to show that most are positive."""
    from pipeline.simulate.planned import Survey  # noqa: PLC0415

    place = Workspace.at(workspace)
    name, level, tested = _project(place, outcome)
    seen = _seen(place, name)
    known = {"share": _known("share", share, seen.share), "ICC": _known("ICC", icc, seen.icc)}
    survey = Survey(events, per_event, known["share"], known["ICC"], seen.unevenness)
    typer.echo(f"{name or 'outcome'}: true share {survey.share:.1%}, ICC {survey.icc:.3f}, uneven by {seen.unevenness}")
    typer.echo(f"level {level:.0%}, primary outcomes: {tested}, {replicates} surveys imagined (seed {seed})")
    for title, one in _variants(survey):
        _say(title, one, difference, level, tested, replicates, seed)


def _project(place: Workspace, outcome: str | None) -> tuple[str, float, int]:
    """Name of the outcome, confidence level and number of primary outcomes."""
    from pipeline.core.config import load_params, load_project  # noqa: PLC0415

    level = load_params(place.params).ci_level
    if not (place.raw / "project.toml").is_file():
        return outcome or "", level, 1
    primary = load_project(place.raw).primary
    return outcome or (primary[0] if primary else ""), level, max(len(primary), 1)


def _seen(place: Workspace, outcome: str) -> _Seen:
    if not (place.processed / "estimates.parquet").is_file():
        return _Seen()
    from pipeline.core import tables  # noqa: PLC0415

    estimates = tables.read(place, "estimates")
    own = estimates[(estimates["outcome"] == outcome) & (estimates["group"] == "all")]
    wanted = {"share": ("share_positive", "wilson"), "icc": ("icc", "anova")}
    found = {k: own.loc[(own["term"] == t) & (own["method"] == m), "estimate"] for k, (t, m) in wanted.items()}
    per_event = tables.read(place, "responses")["event_id"].value_counts()
    # what of the variation of the sizes a Poisson number would not have
    extra = (
        (float(per_event.var()) - float(per_event.mean())) / float(per_event.mean()) ** 2 if len(per_event) > 1 else 0
    )
    values = {k: float(v.iloc[0]) if len(v) else math.nan for k, v in found.items()}
    return _Seen(**values, unevenness=round(math.sqrt(max(extra, 0.0)), 2))


def _known(what: str, given: float | None, seen: float) -> float:
    value = seen if given is None else given
    if math.isnan(value):
        raise PipelineError(_MISSING.format(what=what), place="plan", fix=f"give it: --{what.lower()}")
    return value


def _variants(survey: Survey) -> list[tuple[str, Survey]]:
    """The plan, what an ICC twice as large would make of it, and other ways to spend the effort."""
    half = max(survey.events // 2, 2)
    return [
        ("as planned", survey),
        ("ICC twice as large", replace(survey, icc=min(2 * survey.icc, 0.99))),
        ("half the events, as many answers", replace(survey, events=half, per_event=2 * survey.per_event)),
        ("twice the events", replace(survey, events=2 * survey.events)),
    ]


def _say(title: str, survey: Survey, difference: float, level: float, tested: int, replicates: int, seed: int) -> None:
    import numpy as np  # noqa: PLC0415

    from pipeline.analysis.planning import difference_prospect, share_prospect  # noqa: PLC0415
    from pipeline.simulate.planned import planned  # noqa: PLC0415

    drawn = planned(survey, replicates, np.random.default_rng(seed))
    found = share_prospect(*drawn, survey.share, level, tested)
    typer.echo(f"{title}: {survey.events} events x {survey.per_event:g} = {found.answers:.0f} answers")
    typer.echo(f"  share: {_width(found)}; shows that most are positive in {found.power:.0%} of surveys")
    ends = survey.share - abs(difference) / 2, survey.share + abs(difference) / 2
    if difference and not 0 < ends[0] <= ends[1] < 1:
        typer.echo(f"  a difference of {100 * difference:g} points is not possible around this share")
    elif difference and survey.events > 3:
        apart = replace(survey, difference=difference)
        other = np.arange(survey.events) % 2 == 1
        pair = difference_prospect(*planned(apart, replicates, np.random.default_rng(seed)), other, difference, level)
        typer.echo(
            f"  difference of {100 * difference:g} points between halves: {_width(pair)}; shown in {pair.power:.0%}"
        )


def _width(found: Prospect) -> str:
    if math.isnan(found.half_width):
        return "no interval: fewer than two events with answers"
    lost = f"; none in {found.undefined:.1%}" if found.undefined else ""
    return (
        f"± {100 * found.half_width:.1f} points (9 of 10 within {100 * found.half_width_90:.1f}), "
        f"holds the truth in {found.coverage:.1%}{lost}"
    )
