"""The command that helps, as the user would have to type it for this project."""

from __future__ import annotations

from pathlib import Path

from pipeline.core.errors import PipelineError
from pipeline.core.workspace import Workspace


def command(name: str, workspace: Path) -> str:
    """Return a command of run.py, for the project it was called for.

    Examples
    --------
    >>> command("repro", Path()), command("repro", Path("../own"))
    ('python3 run.py repro', 'python3 run.py repro --workspace ../own')
    """
    return f"python3 run.py {name}" + ("" if workspace == Path() else f" --workspace {workspace}")


def need_numbers(place: Workspace, workspace: Path) -> None:
    """Raise PipelineError where the pipeline has not run yet."""
    if not (place.processed / "facts.parquet").is_file():
        fix = f"run the pipeline first: {command('repro', workspace)}"
        raise PipelineError("there are no numbers yet", place=str(place.processed), fix=fix)
