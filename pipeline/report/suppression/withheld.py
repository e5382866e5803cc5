"""What the gate keeps back of a project, for the coordinator; and a search of what was published for any of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipeline.core import tables
from pipeline.core.config import load_params
from pipeline.core.tables import CSV_DIGITS
from pipeline.core.workspace import Workspace
from pipeline.report import quotations
from pipeline.report.disclosure import Released, gate

_KEY: Final = ["outcome", "term", "group"]
_GATED: Final = ("estimates", "ledger", "facts")
_TEXTS: Final = (".json", ".ipynb", ".html", ".svg")
#: As a notebook prints an estimate, and as a CSV does.
_DIGITS: Final = (4, CSV_DIGITS)
#: Fewer digits than this stand for many other things too.
_TELLING: Final = 4


def withheld(workspace: Workspace) -> pd.DataFrame:
    """Return what is hidden in estimates, ledger, facts and open answers, and why.

    Returns
    -------
    DataFrame
        table, outcome, term, group, reason; sorted. It says of what a number is hidden, and so stays in processed/.
    """
    hidden = {name: released.hidden for name, released in _released(workspace).items()}
    comments = tables.read(workspace, "comments")
    hidden["comments"] = quotations.released(comments, workspace.raw / "report" / "quotations.csv").hidden
    rows = pd.concat([frame.assign(table=name) for name, frame in hidden.items()])
    return rows[["table", *_KEY, "reason"]].astype("str").sort_values(["table", *_KEY], ignore_index=True)


def _released(workspace: Workspace) -> dict[str, Released]:
    params, events = load_params(workspace.params), tables.read(workspace, "events")
    return {name: gate(tables.read(workspace, name), params, events) for name in _GATED}


def leaks(workspace: Workspace) -> list[str]:
    """Return where figures/, report/ and the executed notebooks show a number the gate hides; none is as it should be.

    Looked at are rows of data tables that bear the name of a hidden row, and in all texts the hidden estimates with
    four digits or more, as a CSV or a notebook would print them, if no shown row has the same.

    Raises
    ------
    ContractError
        When the stages before have not run.
    """
    estimates = tables.read(workspace, "estimates")
    released = _released(workspace)["estimates"]
    secret = _tokens(estimates["estimate"].where(released.frame["estimate"].isna()))
    secret -= (
        _tokens(released.frame["estimate"]) | _tokens(released.frame["ci_low"]) | _tokens(released.frame["ci_high"])
    )
    places = [workspace.figures, workspace.report, workspace.processed / "notebooks"]
    found = [
        fault for folder in places for path in sorted(folder.rglob("*")) for fault in _in_file(path, released, secret)
    ]
    return sorted(set(found))


def _tokens(values: pd.Series) -> set[str]:
    written = {f"{abs(value):.{digits}g}" for value in values.dropna() for digits in _DIGITS}
    return {text for text in written if len(text.replace(".", "").lstrip("0")) >= _TELLING}


def _in_file(path: Path, released: Released, secret: set[str]) -> Iterator[str]:
    if path.suffix == ".csv":
        table = pd.read_csv(path, encoding="utf-8-sig")
        yield from (f"{path.name}: {row}" for row in _shown_rows(table, released))
    if path.suffix in (*_TEXTS, ".csv"):
        text = _printed(path)
        yield from (f"{path.name}: {n}" for n in sorted(secret & set(re.findall(r"(?<![\w.])\d+\.\d+(?![\w])", text))))


def _shown_rows(table: pd.DataFrame, released: Released) -> Iterator[str]:
    """Yield the rows of a data table that bear numbers, and the name of a row that is hidden by every method."""
    if set(_KEY) <= set(table.columns) and "estimate" in table:
        frame = released.frame
        shown = set(map(tuple, frame.loc[frame["n"].notna() | frame["estimate"].notna(), [*_KEY]].to_numpy()))
        hidden = set(map(tuple, released.hidden[_KEY].to_numpy())) - shown
        for row in table[table["estimate"].notna()][_KEY].itertuples(index=False, name=None):
            if row in hidden:
                yield ", ".join(row)


def _printed(path: Path) -> str:
    """Return the text of a file; of a notebook what its cells put out, pictures left aside."""
    text = path.read_text("utf-8-sig")
    if path.suffix == ".svg":
        return " ".join(re.findall(r"<(?:title|desc)>(.*?)</", text, re.DOTALL))
    if path.suffix != ".ipynb":
        return re.sub(r"base64,[^\"]*", "", text)
    cells: list[dict[str, Any]] = json.loads(text)["cells"]
    return " ".join(_output(output) for cell in cells for output in cell.get("outputs", []))


def _output(output: dict[str, Any]) -> str:
    data = {kind: said for kind, said in output.get("data", {}).items() if kind.startswith("text/")}
    return " ".join("".join(said) for said in (*data.values(), output.get("text", "")))
