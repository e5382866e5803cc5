"""A questionnaire's own file (LimeSurvey .lss): its questions and options as tables. It holds no answers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pipeline.core.errors import InstrumentError, ReadError
from pipeline.ingest import instrument
from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content

NAME: Final = "questionnaire"
SIGNS: Final = ()
_MARK: Final = b"LimeSurveyDocType"


def recognises(content: Content) -> bool:
    """Return whether the content is a LimeSurvey structure file."""
    return content.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<") and _MARK in content.head


def read(content: Content) -> list[Cells]:
    """Return two tables, questions and options, as the instrument would be read from the file."""
    try:
        made = instrument.read(content.path)
    except InstrumentError as fault:
        raise ReadError(fault.what, place=content.name, allowed=fault.allowed, fix=fault.fix) from None
    return [
        _cells(content.name, "questions", made.items_table()),
        _cells(content.name, "options", made.options_table()),
    ]


def _cells(file: str, name: str, table: pd.DataFrame) -> Cells:
    texts = table.dropna(axis=1, how="all").astype(object)
    rows = texts.where(texts.notna(), None).map(str, na_action="ignore").astype(TEXT)
    return Cells(
        file=file,
        sheet=name,
        header=tuple(rows.columns),
        rows=rows.set_axis(range(rows.shape[1]), axis=1).set_axis(pd.RangeIndex(1, len(rows) + 1, name="row")),
        notes=("a questionnaire, no answers: save it as raw/instrument.lss",),
    )
