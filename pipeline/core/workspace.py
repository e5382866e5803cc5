"""Where a project's files lie. Passed in, never looked up."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


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
    """

    raw: Path
    processed: Path
    figures: Path
    params: Path

    @classmethod
    def at(cls, root: Path | str) -> Workspace:
        """Return the workspace whose folders lie side by side under `root`."""
        root = Path(root)
        return cls(root / "raw", root / "processed", root / "figures", root / "params.yaml")

    @classmethod
    def split(cls, raw: Path | str, out: Path | str) -> Workspace:
        """Return a workspace that reads from `raw` and writes everything below `out`."""
        raw, out = Path(raw), Path(out)
        return cls(raw, out / "processed", out / "figures", raw / "params.yaml")

    @classmethod
    def of_notebook(cls, environment: Mapping[str, str] = os.environ) -> Workspace:
        """Return the workspace a notebook works in.

        It is the folder above the notebook's, unless the runner names another in PIPELINE_RAW and PIPELINE_OUT: by
        environment, so that no path of a machine is stored in the executed copy.
        """
        if "PIPELINE_RAW" in environment:
            return cls.split(environment["PIPELINE_RAW"], environment["PIPELINE_OUT"])
        return cls.at("..")
