"""What the parser of statistics packages' files returns, its letters decoded here.

The parser crashes, taking the process with it, on some texts that are not of the encoding their file declares. So it is
told that every byte is a letter (ISO 8859-1), and the bytes are decoded afterwards.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from pipeline.core.errors import ReadError
from pipeline.ingest.content import Content

#: Given to the parser: any byte is a letter.
BYTES: Final = "ISO-8859-1"
#: No compression in use packs more values into a byte (the limit of zlib).
_MOST_PACKED: Final = 1032
_UTF_8: Final = "utf-8"
_LAST: Final = "cp1252"


class _UnsoundError(ValueError):
    """What cannot be true of any file."""


@dataclass(frozen=True)
class Parsed:
    """A file as parsed: by variable in order, but for the sets.

    `kinds` is "string" for texts; `ranges` are (low, high) declared missing; `sets` SPSS's multiple-response sets.
    """

    names: list[str]
    labels: list[str]
    forms: list[str]
    kinds: list[str]
    columns: list[list[Any]]
    value_labels: list[dict[Any, str]]
    ranges: list[list[tuple[Any, Any]]]
    sets: dict[str, dict[str, Any]]


def parsed(
    parse: Callable[..., tuple[Mapping[str, list[Any]], Any]],
    content: Content,
    declared: str | None,
    program: str,
    packed: bool = False,
) -> tuple[Parsed, tuple[str, ...], tuple[str, ...]]:
    """Return a file with its texts decoded: as UTF-8 where they are that, else as declared, else as windows-1252.

    Parameters
    ----------
    parse : callable
        Returns the values by variable and the metadata, texts as `BYTES`; takes the keyword `metadataonly`.
    content : Content
        The file.
    declared : str or None
        The encoding the file declares.
    program : str
        What made the file, for messages.
    packed : bool
        Whether the file is compressed so that a value may take less than a byte.

    Returns
    -------
    Parsed
    notes, remarks : tuple of str
        Which encoding was used; a warning where it is not the declared one.

    Raises
    ------
    ReadError
        When the file is damaged, or no encoding fits.
    """
    try:
        _check_size(parse(metadataonly=True)[1], content.path.stat().st_size, packed)
        raw = _collected(*parse(metadataonly=False))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except Exception as fault:  # its parser raises many kinds; one bad file must not stop the others
        raise ReadError(
            f"the {program} file is damaged ({fault if isinstance(fault, _UnsoundError) else type(fault).__name__})",
            place=content.name,
            fix=f"save it again in {program}, or export it as CSV",
        ) from None
    return _decoded(raw, declared, content.name, program)


def _check_size(meta: Any, size: int, packed: bool) -> None:
    """Refuse a file that declares more values than it can hold: the parser takes memory for what is declared."""
    values = (meta.number_rows or 0) * max(1, meta.number_columns or 0)
    if values > size * (_MOST_PACKED if packed else 1):
        raise _UnsoundError("it declares more rows than the file can hold")


def _collected(columns: Mapping[str, list[Any]], meta: Any) -> Parsed:
    names = meta.column_names
    if not all(isinstance(name, str) and name for name in names) or len(columns) != len(names):
        raise _UnsoundError("it has a variable without a name, or two with the same")
    ranges = {n: [(bounds["lo"], bounds["hi"]) for bounds in found] for n, found in meta.missing_ranges.items()}
    return Parsed(
        list(names),
        [label or "" for label in meta.column_labels],
        [meta.original_variable_types.get(name) or "" for name in names],
        [meta.readstat_variable_types.get(name) or "" for name in names],
        [list(columns[name]) for name in names],
        [{code: text or "" for code, text in meta.variable_value_labels.get(name, {}).items()} for name in names],
        [ranges.get(name, []) for name in names],
        dict(meta.mr_sets or {}),
    )


def _decoded(
    raw: Parsed, declared: str | None, name: str, program: str
) -> tuple[Parsed, tuple[str, ...], tuple[str, ...]]:
    parts = {f.name: getattr(raw, f.name) for f in fields(raw) if f.name != "columns"}
    different = [list(dict.fromkeys(column)) for column in raw.columns]
    texts = {text for text in _texts([list(parts.values()), different]) if not text.isascii()}
    said = _codec(declared)
    for encoding in dict.fromkeys(filter(None, (_UTF_8, said, _LAST))):
        try:
            decoded = {text: text.encode("latin-1").decode(encoding) for text in texts}
        except UnicodeError:
            continue
        used = encoding if texts else said or "ascii"
        fits = not texts or encoding == (said or _LAST)
        remark = f"the file declares {declared or 'no encoding'}; its texts are {used} and were read so"
        columns = [[decoded.get(value, value) for value in column] for column in raw.columns] if texts else raw.columns
        found = replace(raw, columns=columns, **{name: _put(part, decoded) for name, part in parts.items()})
        return found, (f"encoding {used}",), () if fits else (remark,)
    raise ReadError(
        f"the texts of the {program} file are in no encoding we know",
        place=name,
        allowed="UTF-8, the one the file declares, windows-1252",
        fix=f"save it again in {program} with UTF-8",
    )


def _codec(declared: str | None) -> str | None:
    """Return Python's name of an encoding, or None where it has none."""
    try:
        return codecs.lookup(declared).name if declared else None
    except LookupError:
        return None


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value))
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _put(value: Any, decoded: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return decoded.get(value, value)
    if isinstance(value, Mapping):
        return {_put(key, decoded): _put(part, decoded) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_put(part, decoded) for part in value)
    return value
