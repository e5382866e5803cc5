"""The project's questionnaire: an XLSForm, a LimeSurvey structure or a REDCap dictionary, chosen by its content."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.core.errors import InstrumentError
from pipeline.ingest import instrument_lss, instrument_redcap, instrument_sheets
from pipeline.ingest.content import Content
from pipeline.ingest.instrument_model import Instrument, Option, Question
from pipeline.ingest.instrument_xlsform import build

__all__ = ["NAMES", "Instrument", "Option", "Question", "build", "load", "read"]

#: Where a project keeps its questionnaire; what is inside decides how it is read.
NAMES: Final = ("instrument.xlsx", "instrument.csv", "instrument.lss")


def load(raw: Path) -> Instrument:
    """Read the questionnaire in folder `raw`: one file of `NAMES`.

    Raises
    ------
    InstrumentError
        When there is none or more than one, or naming sheet, row and column of what cannot be used.
    ReadError
        When the file is damaged.
    """
    found = [raw / name for name in NAMES if (raw / name).is_file()]
    if not found:
        raise InstrumentError(
            "there is no instrument.xlsx (or instrument.csv, instrument.lss)",
            place=str(raw),
            fix="describe the questions in an XLSForm, or put LimeSurvey's .lss or REDCap's dictionary there",
        )
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise InstrumentError(f"there are {names}", place=str(raw), fix="keep the one that is right")
    return read(found[0])


def read(path: Path) -> Instrument:
    """Read one questionnaire, of whichever tool.

    Raises
    ------
    InstrumentError, ReadError
        As `load`.
    """
    content = Content(path, path.name)
    if content.xml is not None:
        return build(instrument_lss.to_sheets(content.xml, path.name), path.name)
    grids = content.sheets
    if not grids:
        raise InstrumentError(
            "this is neither a workbook, nor text with separators, nor XML",
            place=path.name,
            allowed="an XLSForm (xlsx, csv), LimeSurvey's .lss, REDCap's data dictionary (csv)",
        )
    dictionary = next((grid for grid in grids.values() if instrument_redcap.recognises(grid)), None)
    if dictionary is not None:
        return build(instrument_redcap.to_sheets(dictionary, path.name), path.name)
    return build(instrument_sheets.of_form(grids), path.name)
