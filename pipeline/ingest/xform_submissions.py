"""Submissions of XForms tools as XML: one element each, its answers at the ends of its branches, values as codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from pipeline.ingest.header_search import Grid

#: A row: path of the answer -> its text.
Row = dict[str, str]


def find_submissions(root: Element) -> list[Element]:
    """Return the elements that are submissions: those with an instanceID in their own `meta`."""
    return [element for element in root.iter() if any(_name(e) == "instanceID" for e in _children(element, "meta"))]


def to_grids(submissions: Iterable[Element]) -> dict[str | None, Grid]:
    """Return the grid of the submissions, and one per repeat group with KEY and PARENT_KEY as ODK's CSV has them."""
    elements = list(submissions)
    repeated = {path for element in elements for path in _repeated(element, "")}
    main: list[Row] = []
    groups: dict[str, list[Row]] = {}
    for element in elements:
        row = dict(_answers(element, "", repeated))
        key = row.get("meta/instanceID", "")
        main.append(row)
        for path, group in _groups(element, "", repeated):
            own = groups.setdefault(path, [])
            own.append({"PARENT_KEY": key, "KEY": f"{key}/{path}[{len(own) + 1}]", **dict(_rows_below(group, path))})
    return {None: _grid(main), **{path: _grid(rows) for path, rows in groups.items()}}


def _name(element: Element) -> str:
    """Return the tag without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: Element, name: str) -> Iterator[Element]:
    for child in element:
        if _name(child) == name:
            yield from child


def _repeated(element: Element, path: str) -> Iterator[str]:
    """Yield the paths that occur more than once under one parent."""
    counts = Counter(map(_name, element))
    for child in element:
        below = f"{path}{_name(child)}"
        if counts[_name(child)] > 1:
            yield below
        yield from _repeated(child, f"{below}/")


def _answers(element: Element, path: str, repeated: set[str]) -> Iterator[tuple[str, str]]:
    for child in element:
        below = f"{path}{_name(child)}"
        if below in repeated:
            continue
        if len(child):
            yield from _answers(child, f"{below}/", repeated)
        else:
            yield below, child.text or ""


def _groups(element: Element, path: str, repeated: set[str]) -> Iterator[tuple[str, Element]]:
    for child in element:
        below = f"{path}{_name(child)}"
        if below in repeated:
            yield below, child
        yield from _groups(child, f"{below}/", repeated)


def _rows_below(group: Element, path: str) -> Iterator[tuple[str, str]]:
    return _answers(group, f"{path}/", set()) if len(group) else iter([(path, group.text or "")])


def _grid(rows: list[Row]) -> Grid:
    header = list(dict.fromkeys(path for row in rows for path in row))
    return [header, *([row.get(path) for path in header] for row in rows)]
