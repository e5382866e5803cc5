"""What stage report writes: the report in Word and PDF, and its tables in Word and as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core.workspace import Workspace
from pipeline.report import spreadsheet
from pipeline.report.published_tables import Published
from pipeline.report.word.content import Content
from pipeline.report.word.filled import fill
from pipeline.report.word.pdf import to_pdf
from pipeline.report.word.template import tables_template, template

#: The writer's own template, below raw/.
TEMPLATE: Final = Path("report") / "template.docx"


def write(workspace: Workspace, content: Content, tables: Mapping[str, Published]) -> list[Path]:
    """Write final_report.docx and .pdf, tables.docx and .xlsx to the report folder; the same input, the same bytes.

    Parameters
    ----------
    workspace : Workspace
        Its raw/report/template.docx is filled; where there is none, the default template is.
    content, tables : Content, mapping of str to Published
        As `published.gather` returns them.

    Raises
    ------
    ConfigError
        When the writer's template has a placeholder that is not known, with its paragraph.
    """
    own = workspace.raw / TEMPLATE
    used = own.read_bytes() if own.is_file() else template(content)
    word = fill(used, content, str(TEMPLATE))
    made = {
        "final_report.docx": word,
        "final_report.pdf": to_pdf(word, content.language),
        "tables.docx": fill(tables_template(content), content, "tables.docx"),
        "tables.xlsx": spreadsheet.workbook(_sheets(tables, content)),
    }
    workspace.report.mkdir(parents=True, exist_ok=True)
    for name, file in made.items():
        (workspace.report / name).write_bytes(file)
    return [workspace.report / name for name in made]


def _sheets(tables: Mapping[str, Published], content: Content) -> dict[str, pd.DataFrame]:
    return {name[:31]: table.for_spreadsheet(content.language) for name, table in tables.items()}
