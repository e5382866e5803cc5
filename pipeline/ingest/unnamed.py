"""Names of files, sheets and headers that name a listed person: masked at the door, before anything is said of them.

They are the places of every table, finding and response id; the file itself stays as it was received.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Final

import pandas as pd

from pipeline.core.config import Project, Source
from pipeline.core.errors import Place
from pipeline.ingest import files
from pipeline.ingest.cells import Cells
from pipeline.ingest.corrections import Line
from pipeline.ingest.files import Received
from pipeline.ingest.folding import fold
from pipeline.ingest.listed_names import ListedNames

#: What a message quotes of a file: a header, a sheet, a pattern.
_QUOTED: Final = re.compile(r"'[^']+'")
_MESSAGES: Final = {"findings": ("problem", "allowed", "fix"), "ledger": ("reason",)}
#: A spelling of an event shorter than this may stand in any name by chance.
_PUBLIC: Final = 4


def shown(received: Iterable[Received], names: ListedNames, public: Collection[str] = ()) -> list[Received]:
    """Return the files with what names a listed person masked in their names, sheets and headers.

    Two that would be called the same are numbered in order, so that every place stays one place.

    Parameters
    ----------
    received : iterable of Received
        As read.
    names : ListedNames
        Of the attendance lists.
    public : collection of str
        Folded spellings of the project's own registers: what an event is called is no secret, whoever it is called by.
    """
    given = list(received)
    if not names:
        return given
    new_names = _distinct([file.name for file in given], names, public)
    return [
        replace(file, name=name, tables=_tables(file.tables, name, names, public))
        for file, name in zip(given, new_names, strict=True)
    ]


def _tables(tables: Sequence[Cells], file: str, names: ListedNames, public: Collection[str]) -> tuple[Cells, ...]:
    sheets = _distinct([cells.sheet or "" for cells in tables], names, public)
    return tuple(
        replace(cells, file=file, sheet=sheet or cells.sheet, said=_said(cells, names))
        for cells, sheet in zip(tables, sheets, strict=True)
    )


def _said(cells: Cells, names: ListedNames) -> tuple[str, ...]:
    said = tuple(names.mask(text) for text in cells.header)
    return said if said != cells.header else ()


def _distinct(texts: Sequence[str], names: ListedNames, public: Collection[str]) -> list[str]:
    """Return the names masked; those that need no mask keep theirs, whoever else would get the same."""
    masked = [_masked(text, names, public) for text in texts]
    taken = {new for old, new in zip(texts, masked, strict=True) if old == new}
    found = []
    for old, new in zip(texts, masked, strict=True):
        free = new if old == new else _free(new, taken)
        taken.add(free)
        found.append(free)
    return found


def _masked(text: str, names: ListedNames, public: Collection[str]) -> str:
    masked = names.mask(text, cased=False)
    if masked == text:
        return text
    folded = fold(text)
    for own in sorted((own for own in public if len(own) >= _PUBLIC), key=len, reverse=True):
        folded = folded.replace(own, " / ")
    return masked if names.mask(folded, cased=False) != folded else text


def _free(name: str, taken: Collection[str]) -> str:
    path, number = PurePosixPath(name), 1
    while name in taken:
        number += 1
        name = str(path.with_name(f"{path.stem} {number}{path.suffix}"))
    return name


def renamed(received: Sequence[Received], after: Sequence[Received]) -> dict[str, str]:
    """Return name -> how it is shown, of the files that `shown` gave another name."""
    return {old.name: new.name for old, new in zip(received, after, strict=True) if old.name != new.name}


def called(received: Sequence[Received], after: Sequence[Received]) -> list[tuple[str, Place]]:
    """Return what each file and each sheet is called, and how its place is shown."""
    found = []
    for old, new in zip(received, after, strict=True):
        found.append((old.name, Place(new.name)))
        sheets = zip(old.tables, new.tables, strict=True)
        found += [(cells.sheet, Place(new.name, other.sheet)) for cells, other in sheets if cells.sheet]
    return found


def lines_shown(lines: Sequence[Line], received: Sequence[Received], after: Sequence[Received]) -> tuple[Line, ...]:
    """Return the corrections with the files and sheets they speak of as they are shown: a person may write either."""
    known = renamed(received, after)
    known |= {PurePosixPath(old).name: new for old, new in known.items()}
    sheets = {
        (new.name, cells.sheet): other.sheet
        for old, new in zip(received, after, strict=True)
        for cells, other in zip(old.tables, new.tables, strict=True)
    }
    found = [replace(line, file=known.get(line.file, line.file)) for line in lines]
    return tuple(replace(line, sheet=sheets.get((line.file, line.sheet)) or line.sheet) for line in found)


def sources_shown(project: Project, received: Sequence[Received], after: Sequence[Received]) -> Project:
    """Return the project with what [[sources]] says of a file said of it as it is shown."""
    known = renamed(received, after)
    found: list[Source] = []
    for source in project.sources if known else ():
        own = [source.model_copy(update={"match": new}) for old, new in known.items() if files.fits(old, source)]
        still = not own or any(files.fits(file.name, source) for file in after)
        found += [*own, *([source] if still else [])]
    return project.model_copy(update={"sources": tuple(found)}) if known else project


def hide_quoted(tables: Mapping[str, pd.DataFrame], names: ListedNames) -> None:
    """Mask listed names in what the messages of `findings` and `ledger` quote of a file, in place."""
    for name, columns in _MESSAGES.items() if names else ():
        for column in columns:
            tables[name][column] = tables[name][column].map(partial(unquoted, names=names), na_action="ignore")


def unquoted(text: str, names: ListedNames) -> str:
    """Return a message with listed names masked in what it quotes; its own words stay.

    Examples
    --------
    >>> unquoted("no file fits 'Maija Virtanen.csv' of it", ListedNames([("Maija", "Virtanen")]))
    "no file fits '[nimi].csv' of it"
    """
    return _QUOTED.sub(lambda m: f"'{names.mask(m[0][1:-1], cased=False)}'", text)
