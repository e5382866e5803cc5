"""Which files there are, and reading them one by one: a file that cannot be read never stops the others."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

from pipeline.core.config import Project, Source
from pipeline.core.errors import ConfigError, ReadError
from pipeline.ingest import identity_codes, readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.personal_patterns import mask_name


@dataclass(frozen=True)
class Received:
    """One file: its name below raw/, the reader chosen, its tables; or the reason why it was refused."""

    name: str
    reader: str | None
    tables: tuple[Cells, ...]
    refused: ReadError | None = None


def find(raw: Path, folder: str, patterns: Iterable[str] = ()) -> list[tuple[Path, str]]:
    """Return (path, name) of everything in raw/`folder` and of what `patterns` (relative to raw) match, sorted by name.

    Hidden files and the lock files of an open spreadsheet are not survey files; a file is returned once.

    Raises
    ------
    ConfigError
        When a pattern cannot be used or matches nothing, or two files would have the same name in every table.
    """
    found = {os.path.realpath(path): (path, _name(path, raw)) for path in _walk(raw / folder)}
    for pattern in patterns:
        for path in _matching(raw, pattern):
            found.setdefault(os.path.realpath(path), (path, _name(path, raw)))
    _distinct([name.removeprefix(f"{folder}/") for _, name in found.values()])
    return sorted(found.values(), key=lambda pair: pair[1])


def _name(path: Path, raw: Path) -> str:
    """Return the file's name below raw, composed letters and all: as every system and every language writes it."""
    below = path.relative_to(raw) if path.is_relative_to(raw) else Path("..")
    name = below.as_posix() if ".." not in below.parts else path.name
    composed = unicodedata.normalize("NFC", name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    composed = "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in composed)  # a line break, in a name
    return mask_name(composed)  # it goes into every table


def _matching(raw: Path, pattern: str) -> list[Path]:
    place = "project.toml, [ingest] feedback"
    try:
        paths = sorted(path for path in raw.glob(pattern) if not _passed_over(path))
    except (ValueError, NotImplementedError):
        raise ConfigError(
            f"'{pattern}' is no pattern of files", place=place, allowed="such as ../answers/*.csv"
        ) from None
    if not paths:
        raise ConfigError(f"no file matches '{pattern}'", place=place, fix="correct the pattern, or leave it out")
    return paths


def _distinct(names: list[str]) -> None:
    twice = sorted(name for name, n in Counter(names).items() if n > 1)
    if twice:
        raise ConfigError(
            f"more than one file is called {', '.join(twice)}",
            place="project.toml, [ingest] feedback",
            fix="rename one: the name is how a response is found again",
        )


def _passed_over(path: Path) -> bool:
    return path.name.startswith((".", "~$"))


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()) if folder.exists() else ():
        if _passed_over(path):
            continue
        # a folder called like a file, or one that cannot be opened, is to be named; a link could lead in a circle
        if path.is_dir() and not path.suffix and not path.is_symlink() and os.access(path, os.R_OK | os.X_OK):
            yield from _walk(path)
        else:
            yield path


def read_all(files: Iterable[tuple[Path, str]], executor: Executor | None = None) -> list[Received]:
    """Read every file, in order; `executor` spreads them over processes or machines."""
    pairs = list(files)
    return list(executor.map(_read, pairs)) if executor else [_read(pair) for pair in pairs]


def _read(file: tuple[Path, str]) -> Received:
    path, name = file
    if identity_codes.named_after_somebody(name):
        what = "a personal identity code stands in the name of the file"
        return Received(name, None, (), ReadError(what, place=name, fix="rename the file"))
    before, refusal = _state(path), None
    try:
        reader, tables = readers.read(path, name)
    except ReadError as fault:
        refusal = fault
    except OSError as fault:
        refusal = ReadError(f"cannot be opened ({fault.strerror})", place=name, fix="check the file")
    except Exception as fault:  # a file no reader was made for must not stop the others; it is named, not passed over
        refusal = _not_foreseen(fault, name)
    if before != _state(path):
        refusal = ReadError("the file changed while it was being read", place=name, fix="wait, and run again")
    if refusal:
        return Received(name, None, (), refusal)
    if not tables:
        return Received(name, reader.NAME, (), ReadError("the file holds no table", place=name, fix="export it again"))
    named = tuple(replace(cells, sheet=mask_name(cells.sheet)) if cells.sheet else cells for cells in tables)
    return Received(name, reader.NAME, named)


def _state(path: Path) -> tuple[int, int] | None:
    """Return what differs when a file is written again; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _not_foreseen(fault: Exception, name: str) -> ReadError:
    return ReadError(
        f"the content is not as its reader expects ({type(fault).__name__})",
        place=name,
        fix="run `python -m pipeline read FILE`, and send what it says to the maintainer",
    )


def source_of(name: str, project: Project) -> Source:
    """Return what project.toml says about file `name`: the first entry of [[sources]] whose pattern fits."""
    return next((source for source in project.sources if fits(name, source)), Source(match=name))


def fits(name: str, source: Source) -> bool:
    """Return whether an entry of [[sources]] speaks of file `name`: by its path below raw, or its last part alone."""
    match = mask_name(unicodedata.normalize("NFC", source.match))
    return any(text == match or fnmatch(text, match) for text in (name, Path(name).name))
