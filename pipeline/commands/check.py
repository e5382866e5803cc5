"""Say what would happen if the pipeline ran now."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.core.config import Project, load_params, load_project

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.ingest.checking import Check

#: Lines shown in the terminal; the page has all.
_SHOWN = 40


def check(
    raw: Annotated[Path, typer.Option(help="Folder with project.toml, instrument and files as received.")] = Path(
        "raw"
    ),
    out: Annotated[Path, typer.Option(help="Folder of the tables of the last run.")] = Path("processed"),
    html: Annotated[Path | None, typer.Option(help="Also write a page to this file.")] = None,
    language: Annotated[str, typer.Option(help="fi or en; the project's own by default.")] = "",
) -> int:
    """Say, before a run, what each file is, what changed, what will be refused and how to mend it; exit code 0 or 1."""
    from pipeline.ingest import checking, received  # noqa: PLC0415
    from pipeline.report.check_texts import words  # noqa: PLC0415

    project = load_project(raw)
    language = language or project.project.language
    before = received.read(out / received.NAME)
    with _progress(checking.count(raw, project), words(language)["reading"]) as tell:
        found = checking.check(raw, project, load_params(_params(raw)), os.environ, before, tell)
    summary = [*_summary(found, language), *_deadlines(project, before is None, language)]
    lines = (checking.together(found.open_lines), checking.together(found.notes))
    files, open_lines, notes = (_in(frame, language) for frame in (found.files, *lines))
    _say(files, open_lines, notes, summary, language)
    if html is not None:
        from pipeline.report import check_page  # noqa: PLC0415

        stopped = found.error is not None
        check_page.write(html, check_page.page(files, open_lines, notes, summary, language, stopped))
        typer.echo(str(html))
    return 0 if found.clean else 1


def _params(raw: Path) -> Path:
    beside = raw.resolve().parent / "params.yaml"
    return beside if beside.is_file() else raw / "params.yaml"


@contextmanager
def _progress(total: int, title: str) -> Iterator[Callable[[int], None]]:
    """Yield a function that moves a bar on stderr; a pipe or a log gets none."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.update(task, completed=done)


def _summary(found: Check, language: str) -> list[str]:
    from pipeline.report.check_texts import words  # noqa: PLC0415

    say, kinds = words(language), found.open_lines["kind"].value_counts()
    if found.error is not None:
        return [f"{say['stopped']}\n{found.error}"]
    counts = {
        name: int(kinds.get(kind, 0))
        for name, kind in (
            ("refused", "file_refused"),
            ("aside", "row_quarantined"),
            ("cells", "cell_invalid"),
            ("columns", "column_unmapped"),
        )
    }
    return [say["not_clean"].format(**counts) if any(counts.values()) else say["clean"]]


def _deadlines(project: Project, first: bool, language: str) -> list[str]:
    from pipeline.report.check_texts import words  # noqa: PLC0415

    until, say = project.privacy.retention_until, words(language)
    over = until is not None and dt.date.today() > until
    return ([say["first"]] if first else []) + ([say["retention"].format(day=until)] if over else [])


def _in(frame: pd.DataFrame, language: str) -> pd.DataFrame:
    """Return a table with its texts in `language`."""
    from pipeline.ingest.translating import reasons_in_finnish  # noqa: PLC0415
    from pipeline.report.check_texts import words  # noqa: PLC0415

    say = words(language)
    if "change" in frame:
        reasons = frame["reason"].map(reasons_in_finnish if language == "fi" else str, na_action="ignore")
        return frame.assign(
            change=frame["change"].map(lambda word: say.get(word, word), na_action="ignore"), reason=reasons
        )
    if language == "fi":
        return frame.assign(kind=frame["laji"], problem=frame["ongelma"], fix=frame["korjaus"])
    return frame.assign(kind=frame["kind"].str.replace("_", " "), problem=frame["problem"].map(str), fix=frame["fix"])


def _say(files: pd.DataFrame, open_lines: pd.DataFrame, notes: pd.DataFrame, summary: list[str], language: str) -> None:
    from pipeline.report import check_page  # noqa: PLC0415
    from pipeline.report.check_texts import words  # noqa: PLC0415

    say, kinds = words(language), check_page.LINE_COLUMNS
    for title, frame, columns in (
        ("files", files, check_page.FILE_COLUMNS),
        ("notes", notes, kinds),
        ("to_decide", open_lines, kinds),
    ):
        if len(frame):
            _table(frame, columns, say, say[title])
    for text in summary:
        typer.echo(text)


def _table(frame: pd.DataFrame, columns: tuple[str, ...], say: dict[str, str], title: str) -> None:
    rows = frame[list(columns)].astype(object).fillna("").astype(str).to_numpy().tolist()
    more = f"... + {len(rows) - _SHOWN}" if len(rows) > _SHOWN and title != say["files"] else ""
    rows = rows[:_SHOWN] if more else rows
    used = [i for i, _ in enumerate(columns) if any(row[i] for row in rows)]
    if sys.stdout.isatty():
        _rich(title, [say[columns[i]] for i in used], [[row[i] for i in used] for row in rows])
    else:
        typer.echo(f"# {title}: " + " | ".join(say[columns[i]] for i in used))
        for row in rows:
            typer.echo(" | ".join(row[i] for i in used))
    if more:
        typer.echo(more)


def _rich(title: str, header: list[str], rows: list[list[str]]) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(title=title, title_justify="left", header_style="bold")
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))  # a bracket in a header is no markup
    Console().print(table)
