"""SPSS .sav, .zsav and .por: codes as text, the file's own labels, missing codes and multiple-response sets beside."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.containers import portable, spss_formats
from pipeline.ingest.containers.parsing import BYTES, parsed
from pipeline.ingest.containers.spss_sets import with_sets
from pipeline.ingest.containers.statistical import Variable, to_cells
from pipeline.ingest.content import Content

NAME: Final = "spss"
#: Headers by which an unknown table is found to be near this format: a .sav is known by its first bytes.
SIGNS: Final = ()
_PACKED: Final = b"$FL3"
_MAGIC: Final = (b"$FL2", _PACKED)


def recognises(content: Content) -> bool:
    """Return whether the content is an SPSS system file or portable file."""
    return content.head.startswith(_MAGIC) or portable.recognises(content.head)


def read(content: Content) -> list[Cells]:
    """Return the file's one table; `value_labels` and `user_missing` carry its codebook.

    Moments are ISO text whatever their format; quarters, months and weeks are written as SPSS shows them; letters are
    read by the declared encoding, UTF-8 or windows-1252, whichever fits.
    """
    if not content.head.startswith(_MAGIC):
        variables, encoding = portable.read(content.path, content.name)
        return [to_cells(content.name, variables, (f"encoding {encoding}", "portable file"))]
    found, notes, remarks = parsed(
        partial(_parse, content), content, spss_formats.encoding(content.head), "SPSS", content.head.startswith(_PACKED)
    )
    variables = [
        Variable(name, label, values, spss_formats.as_text(form), labels, ranges)
        for name, label, form, values, labels, ranges in zip(
            found.names, found.labels, found.forms, found.columns, found.value_labels, found.ranges, strict=True
        )
    ]
    named = spss_formats.named(dict(zip(found.names, found.forms, strict=True)))
    return [with_sets(to_cells(content.name, variables, notes, (*remarks, *named)), found.sets)]


def _parse(content: Content, metadataonly: bool) -> tuple[Any, Any]:
    import pyreadstat  # noqa: PLC0415

    return pyreadstat.read_sav(
        str(content.path),
        user_missing=True,
        disable_datetime_conversion=True,
        output_format="dict",
        encoding=BYTES,
        metadataonly=metadataonly,
    )
