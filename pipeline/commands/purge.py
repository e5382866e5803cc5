"""Remove one person, or everything personal after the retention date, from every table and cache; and prove it."""

from __future__ import annotations

import datetime as dt
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.core.config import Project, load_params, load_project
from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace

if TYPE_CHECKING:
    from pipeline.core.errors import Place
    from pipeline.ingest.purging import Listed
    from pipeline.ingest.traces import Traces


def purge(
    person: Annotated[
        str,
        typer.Option(help="A name, e-mail address, phone number or place (attendance/list.xlsx:12); - asks for it."),
    ] = "",
    expired: Annotated[
        bool, typer.Option("--expired", help="Everything personal, after [privacy] retention_until.")
    ] = False,
    workspace: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
) -> int:
    """Remove one person, or everything personal when its time is over, from every table and cache, and prove it."""
    if bool(person) == expired:
        raise PipelineError("say who, or --expired", allowed="--person NAME, or --expired", fix="give one of the two")
    place = Workspace.at(workspace)
    project = load_project(place.raw)
    if expired:
        return _expired(place, workspace, project)
    who = typer.prompt("name, e-mail, phone or place", err=True) if person == "-" else person
    return _one(place, workspace, project, who)


def _one(place: Workspace, root: Path, project: Project, who: str) -> int:
    from pipeline.core import tables  # noqa: PLC0415
    from pipeline.ingest import purged, purging, raw_places, respondents  # noqa: PLC0415
    from pipeline.ingest.personal_data import load_key  # noqa: PLC0415

    key = load_key(project, os.environ)
    everybody = purging.listed(place.raw, project, load_params(place.params), key)
    rows = purging.rows_of(everybody, who)
    others = everybody.people["name"].drop(index=rows.index).dropna()
    answered, responses = respondents.found(everybody.forms, who, rows, others)
    if rows.empty and not answered:
        raise purging.nobody()
    stored = (place.processed / "attendance.parquet").exists()
    ids = purging.ids_in(tables.read(place, "attendance"), rows) if stored else set()
    if len(rows):
        new = purging.forget(place.raw, rows, key, dt.date.today().isoformat())
        typer.echo(f"raw/{purged.FILE}: {new} pseudonyms added; a rerun leaves this person off the lists")
    known = purging.traces_of(rows, sorted(ids)) if len(rows) else respondents.traces(who)
    wanted = _with_answers(known, everybody, answered, responses, place)
    _remove(place, root, ids, responses)
    own = [*(purging.place(row) for _, row in rows.iterrows()), *answered]
    mended = raw_places.to_mend(place.raw, everybody, wanted, set(map(str, own)))
    _say_by_hand([*sorted({f"{at}: the whole row" for at in own}), *mended])
    if answered:
        typer.echo("a rerun takes these responses again until their rows are deleted")
    _say_lines("coding/people.csv", purging.decided_lines(place.raw, everybody, rows))
    _say_lines("corrections.csv", purging.corrected_lines(everybody, own))
    where = "" if root == Path() else f" --workspace {root}"
    typer.echo(f"then run again, so that every count is made without this person: python3 run.py repro{where}")
    return _prove(wanted, place, root, raw_places.is_quoted(mended))


def _with_answers(
    wanted: Traces, everybody: Listed, answered: list[Place], responses: set[str], place: Workspace
) -> Traces:
    """Return what to look for, the responses that go and what they say among it."""
    from pipeline.ingest import purged_tables, respondents  # noqa: PLC0415

    said = respondents.said(everybody.forms, answered, everybody.names)
    alone = purged_tables.said_by_nobody_else(place, responses, said)
    return replace(wanted, responses=frozenset(responses), answers=alone)


def _remove(place: Workspace, root: Path, people: set[str], responses: set[str]) -> None:
    from pipeline.ingest import purged_tables  # noqa: PLC0415

    for column, gone in (("person_id", people), ("response_id", responses)):
        _say_removed(place, purged_tables.remove(place, column, gone))
    _say_caches(purged_tables.empty_caches(root))


def _say_lines(file: str, lines: list[int]) -> None:
    """Say which decisions would be stale without the rows they speak of."""
    if lines:
        typer.echo(f"then delete from raw/{file}: row {', '.join(map(str, lines))}")


def _say_removed(place: Workspace, removed: dict[str, int]) -> None:
    for name, n in removed.items():
        typer.echo(f"{place.processed.name}/{name}: {f'{n} rows removed' if n else 'deleted; the next run makes it'}")


def _expired(place: Workspace, root: Path, project: Project) -> int:
    from pipeline.core import tables  # noqa: PLC0415
    from pipeline.ingest import purged_tables, purging  # noqa: PLC0415
    from pipeline.ingest.personal_data import find_key  # noqa: PLC0415

    until, today = project.privacy.retention_until, dt.date.today()
    if until is None or today <= until:
        raise PipelineError(
            "the retention time is not over" if until else "no retention date is set",
            place="project.toml, [privacy] retention_until",
            allowed="a day before today, as retention_until = 2029-12-31",
            fix="run this again after that day" if until else "write the last day on which personal data may be kept",
        )
    everybody = purging.listed(place.raw, project, load_params(place.params), find_key(project, os.environ))
    stored = (place.processed / "persons.parquet").exists()
    ids = tables.read(place, "persons")["person_id"].tolist() if stored else []
    _say_removed(place, purged_tables.remove_everybody(place))
    _say_caches(purged_tables.empty_caches(root))
    folders = ("feedback/", "attendance/", "coding/", "corrections.csv", "report/quotations.csv")
    _say_by_hand([name for name in folders if (place.raw / name).exists()])
    return _prove(purging.traces_of(everybody.people, ids), place, root)


def _say_caches(folders: list[Path]) -> None:
    for folder in folders:
        typer.echo(f"{folder}: emptied")


def _say_by_hand(places: list[str]) -> None:
    """Say what only a person may delete: files as received are never changed by code."""
    if places:
        typer.echo("delete by hand below raw/, in every copy (the pipeline never changes files as received):")
    for text in places:
        typer.echo(f"  {text}")


def _prove(wanted: Traces, place: Workspace, root: Path, quoted: bool = False) -> int:
    """Search every table, figure and cache; return 0 when nothing is left.

    A PDF cannot be searched: where an answer was released for quoting, every PDF counts as holding it.
    """
    from pipeline.ingest import traces  # noqa: PLC0415

    made = (place.processed, place.figures, place.notebooks, place.report, place.releases)
    folders = [*made, *(root / ".dvc" / name for name in ("cache", "tmp"))]
    looked_at, left = traces.files_below(folders), traces.search(wanted, folders)
    for path, n in left.items():
        typer.echo(f"still there: {path}: {n}", err=True)
    unread = [path for path in looked_at if quoted and path.suffix == ".pdf"]
    for path in unread:
        typer.echo(f"cannot be searched, may quote the answer: {path}", err=True)
    total = sum(left.values())
    typer.echo(
        f"searched {len(looked_at) - len(unread)} files in processed, figures, notebooks, report, releases and caches "
        f"for names, contacts, pseudonyms and answers: {total} found"
    )
    if total or unread:
        print(
            "delete these files, or mend what is listed above and run the pipeline again: it makes all but those in "
            "releases anew",
            file=sys.stderr,
        )
    return 1 if total or unread else 0
