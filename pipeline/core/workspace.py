"""Where a project's files lie. Passed in, never looked up."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

#: Environment variable by which the runner tells a notebook its workspace.
VARIABLE: Final = "PIPELINE_WORKSPACE"


@dataclass(frozen=True)
class Workspace:
    """The folders of one project.

    Parameters
    ----------
    raw : Path
        Files as received; never written to.
    processed, figures : Path
        Where tables and figures go.
    params : Path
        params.yaml; defaults apply where it is absent.
    notebooks : Path
        The notebooks that make the figures.
    report : Path
        Where what is published goes: the report, its tables, the page.
    releases : Path
        What was frozen of earlier releases, one folder each.
    """

    raw: Path
    processed: Path
    figures: Path
    params: Path
    notebooks: Path
    report: Path
    releases: Path

    @classmethod
    def at(cls, root: Path | str) -> Workspace:
        """Return the workspace whose folders lie side by side under `root`."""
        root = Path(root)
        return cls._of(root, root / "raw", root / "params.yaml", root / "notebooks")

    @classmethod
    def split(cls, raw: Path | str, out: Path | str) -> Workspace:
        """Return a workspace that reads from `raw`, writes below `out`, and uses this package's own notebooks."""
        raw, out = Path(raw), Path(out)
        notebooks = Path(__file__).resolve().parents[2] / "notebooks"
        return cls._of(out, raw, raw / "params.yaml", notebooks)

    @classmethod
    def _of(cls, out: Path, raw: Path, params: Path, notebooks: Path) -> Workspace:
        made = (out / name for name in ("processed", "figures", "report", "releases"))
        processed, figures, report, releases = made
        return cls(raw, processed, figures, params, notebooks, report, releases)

    @classmethod
    def of_notebook(cls, environment: Mapping[str, str] = os.environ) -> Workspace:
        """Return the workspace a notebook works in.

        It is the folder above the notebook's, unless the runner names another by environment: so that no path of a
        machine is stored in the executed copy.
        """
        if VARIABLE in environment:
            return cls(**{name: Path(path) for name, path in json.loads(environment[VARIABLE]).items()})
        return cls.at("..")

    def for_notebook(self) -> dict[str, str]:
        """Return the environment variable by which `of_notebook` finds this workspace."""
        return {VARIABLE: json.dumps({name: str(path.resolve()) for name, path in asdict(self).items()})}
