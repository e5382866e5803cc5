"""Which files there are, and reading them one by one: a file that cannot be read never stops the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from pipeline.core.config import Project, Source
from pipeline.core.errors import ReadError
from pipeline.ingest import readers
from pipeline.ingest.cells import Cells


@dataclass(frozen=True)
class Received:
    """One file: its name below raw/, the reader chosen, its tables; or the reason why it was refused."""

    name: str
    reader: str | None
    tables: tuple[Cells, ...]
    refused: ReadError | None = None


def find(raw: Path, folder: str, patterns: Iterable[str] = ()) -> list[tuple[Path, str]]:
    """Return (path, name) of everything in raw/`folder` and of what `patterns` (relative to raw) match, sorted by name.

    Hidden files and the lock files of an open spreadsheet are not survey files.
    """
    inside = [(p, f"{folder}/{p.relative_to(raw / folder).as_posix()}") for p in _walk(raw / folder)]
    outside = [(p, p.name) for pattern in patterns for p in sorted(raw.glob(pattern))]
    return sorted(inside + outside, key=lambda pair: pair[1])


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*")):
        if path.name.startswith((".", "~$")):
            continue
        # a folder called like a file is a mistake to be named, not a place to look into
        if path.is_dir() and not path.suffix:
            yield from _walk(path)
        else:
            yield path


def read_all(files: Iterable[tuple[Path, str]], executor: Executor | None = None) -> list[Received]:
    """Read every file, in order; `executor` spreads them over processes or machines."""
    pairs = list(files)
    return list(executor.map(_read, pairs)) if executor else [_read(pair) for pair in pairs]


def _read(file: tuple[Path, str]) -> Received:
    path, name = file
    try:
        reader, tables = readers.read(path, name)
    except ReadError as refusal:
        return Received(name, None, (), refusal)
    except OSError as fault:
        return Received(
            name, None, (), ReadError(f"cannot be opened ({fault.strerror})", place=name, fix="check the file")
        )
    if not tables:
        return Received(name, reader.name, (), ReadError("the file holds no table", place=name, fix="export it again"))
    return Received(name, reader.name, tuple(tables))


def source_of(name: str, project: Project) -> Source:
    """Return what project.toml says about file `name`: the first entry of [[sources]] whose pattern fits."""
    fits = (s for s in project.sources if fnmatch(name, s.match) or fnmatch(Path(name).name, s.match))
    return next(fits, Source(match=name))
