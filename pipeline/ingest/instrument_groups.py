"""The groups of an XLSForm: a name must be unique within its group only, and exports say "group/name"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pipeline.ingest.folding import fold
from pipeline.ingest.instrument_model import Row


@dataclass(frozen=True)
class Named:
    """A question whose name another group has too: what it is called here, and how exports call it, folded."""

    name: str
    spellings: frozenset[str]


def open_or_close(groups: list[Row], kind: str, row: Row) -> None:
    """Keep the groups a row stands in, the innermost last."""
    if kind.startswith("begin"):
        groups.append(row)
    elif kind.startswith(("end_", "end ")) and groups:
        groups.pop()


def named_twice(rows: Iterable[tuple[int, Row]], asks: Callable[[str], bool]) -> Mapping[int, Named]:
    """Return row number -> new name of the questions whose names stand in several groups; `asks` knows their types.

    The innermost group comes before the name, or all groups where that is not enough. Where two questions of one group
    have the same name nothing is renamed.
    """
    paths = _paths(rows, asks)
    times = Counter(path[-1] for path in paths.values())
    twice = {number: path for number, path in paths.items() if times[path[-1]] > 1 and len(path) > 1}
    taken = Counter("_".join(path[-2:]) for path in {*twice.values()}) + times
    return {number: Named(_joined(path, taken), _spelled(path)) for number, path in twice.items()}


def _paths(rows: Iterable[tuple[int, Row]], asks: Callable[[str], bool]) -> dict[int, tuple[str, ...]]:
    groups: list[Row] = []
    found = {}
    for number, row in rows:
        kind = " ".join(row.get("type", "").lower().split())
        open_or_close(groups, kind, row)
        if kind and asks(kind) and "name" in row:
            found[number] = (*(group.get("name", "") for group in groups if group.get("name")), row["name"])
    return found


def _joined(path: tuple[str, ...], taken: Mapping[str, int]) -> str:
    short = "_".join(path[-2:])
    return short if taken[short] == 1 else "_".join(path)


def _spelled(path: tuple[str, ...]) -> frozenset[str]:
    """Return the ways to the question: of a file with all groups or some of them, by the marks of the tools."""
    ways = (path[at:] for at in range(len(path) - 1))
    return frozenset(fold(mark.join(way)) for way in ways for mark in ("/", "-", ":", "."))
