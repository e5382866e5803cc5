"""Running the notebooks: the stored ones stay stripped, the executed copies are the same bytes on every run."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pipeline.core.errors import PipelineError

_SECONDS_PER_CELL = 300


def execute_all(folder: Path, out: Path, environment: dict[str, str]) -> list[Path]:
    """Execute every notebook of `folder`, in the order of their names, two at a time.

    Parameters
    ----------
    folder : Path
        Stripped notebooks.
    out : Path
        Where the executed copies go.
    environment : dict of str to str
        Variables added to the kernels' environment.

    Returns
    -------
    list of Path
        The copies.

    Raises
    ------
    PipelineError
        Naming the notebook, the cell and the error.
    """
    out.mkdir(parents=True, exist_ok=True)
    paths = sorted(folder.glob("*.ipynb"))
    with ThreadPoolExecutor(max_workers=max(1, min(2, len(paths)))) as pool:
        made = list(pool.map(lambda path: execute(path, out / path.name, environment), paths))
    for left in set(out.glob("*.ipynb")) - set(made):  # of a notebook that is there no more
        left.unlink()
    return made


def execute(path: Path, target: Path, environment: dict[str, str]) -> Path:
    """Execute one notebook and store the copy without times, execution counts of a machine, or version of Python."""
    import nbformat  # noqa: PLC0415
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbclient.exceptions import CellExecutionError  # noqa: PLC0415

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=_SECONDS_PER_CELL,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        client.execute(env={**os.environ, **environment, "PYTHONPATH": _package_root()}, cwd=str(path.parent))
    except CellExecutionError as fault:
        raise PipelineError(
            f"{fault.ename}: {fault.evalue}", place=f"notebook {path.name}", fix="open it with `python3 run.py lab`"
        ) from None
    _strip_machine(notebook)
    nbformat.write(notebook, target)
    return target


def _strip_machine(notebook: Any) -> None:
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for cell in notebook.cells:
        cell.metadata = {}


def _package_root() -> str:
    return str(Path(__file__).resolve().parents[2])
