"""KoboToolbox, Ona and ODK exports: CSV and xlsx, with paths or labels, split choices, repeat sheets and HXL tags.

Sources: kobotoolbox/formpack (export), onaio/onadata (its fixtures and csv_builder), ODK Central's submission CSV.
A row of a repeat group is no response of its own: its sheet is read and shown, its rows are set aside.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

import pandas as pd

from pipeline.core.errors import ReadError
from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.grid import to_cells
from pipeline.ingest.headed import first_rows, headed, select
from pipeline.ingest.header_search import Grid
from pipeline.ingest.xform_paths import NO_ANSWER, find_splits, left_out, short_names
from pipeline.ingest.xform_submissions import find_submissions, to_grids

NAME: Final = "kobo_odk"
SIGNS: Final = ("_id", "_uuid", "_submission_time", "_index", "_submitted_by")

#: What a table of submissions has, by tool: Kobo and Ona, an older Ona, ODK.
_SUBMISSIONS: Final = (
    ({"_submission_time"}, {"_uuid", "_id", "_index", "__version__"}),
    ({"meta/instanceID"}, {"start", "end", "formhub/uuid", "__version__"}),
    ({"_uuid"}, {"meta/instanceID", "_index", "_submitted_by"}),
    ({"KEY"}, {"SubmissionDate", "meta-instanceID", "instanceID"}),
)
_REPEATS: Final = (({"_parent_index", "_index"}, {"_parent_table_name"}), ({"PARENT_KEY"}, {"KEY", "SET-OF"}))
#: Columns of the tool that say something of a response: the first one there counts.
_FIELDS: Final = {
    "submitted_at": ("_submission_time", "SubmissionDate"),
    "response_key": ("_uuid", "KEY", "meta/instanceID", "meta-instanceID", "instanceID", "_id"),
}
#: Other columns of the tool: of the device, of the server, of the tool's own accounts of media.
_TECHNICAL: Final = re.compile(
    r"_{1,2}\w+|meta[/-].+|formhub/uuid|instance(ID|Name)|start|end|today|deviceid|device_id|username|phonenumber"
    r"|simserial|subscriberid|imei|audit|KEY|PARENT_KEY|SET-OF.*|Submi(tterID|tterName|ssionDate)|Attachments\w+"
    r"|Status|ReviewState|DeviceID|Edits|FormVersion|isValidated"
)
#: Ona writes n/a into every cell without an answer; these columns are Ona's alone.
_ONA: Final = frozenset({"_total_media", "_media_all_received"})
_REJECTED: Final = frozenset({"not approved", "validation_status_not_approved", "rejected"})
_HXL: Final = re.compile(r"#[A-Za-z][\w]*(\s*\+\w+)*")
_REPEATED: Final = "row of a repeat group, no response of its own"


def recognises(content: Content) -> bool:
    """Return whether some sheet has the columns that the tools add to submissions or repeats, or XML is one."""
    return bool(_submissions(content)) or any(
        _has(header, (*_SUBMISSIONS, *_REPEATS)) for header in first_rows(content).values()
    )


def _submissions(content: Content) -> list[Element]:
    """Return the submissions of an XML file; none of any other file, a damaged one included."""
    if b"instanceID" not in content.head:
        return []
    try:
        return [] if content.xml is None else find_submissions(content.xml)
    except ReadError:
        return []


def _has(header: Sequence[str], kinds: Sequence[tuple[set[str], set[str]]]) -> bool:
    names = set(header)
    return any(all_of <= names and any_of & names for all_of, any_of in kinds)


def read(content: Content) -> list[Cells]:
    """Return one table per sheet; sheets of another kind are read as plain tables."""
    if submissions := _submissions(content):
        return [_table(grid, content, group, known=True) for group, grid in _grids(submissions, content).items()]
    filled = {sheet: grid for sheet, grid in content.sheets.items() if any(map(any, grid))}
    return [_table(grid, content, sheet) for sheet, grid in filled.items()]


def _grids(submissions: list[Element], content: Content) -> dict[str | None, Grid]:
    try:
        return to_grids(submissions)
    except RecursionError:
        raise ReadError("the XML is nested too deep", place=content.name, fix="export the form's data as CSV") from None


def _table(grid: Grid, content: Content, sheet: str | None, known: bool = False) -> Cells:
    header = [(cell or "").strip() for cell in grid[0]]
    if not known and not _has(header, (*_SUBMISSIONS, *_REPEATS)):
        return to_cells(grid, content.name, sheet, content.notes)
    cells = _without_tags(headed(grid, content.name, sheet, content.notes))
    fields = _fields(cells.header)
    own = {i for i, name in enumerate(cells.header) if _TECHNICAL.fullmatch(name)}
    splits = find_splits(cells, own)
    gone = [left_out(cells, split) for split in splits]
    named = replace(
        cells, questions=short_names(cells, splits, own, "-" if "KEY" in cells.header and not known else "/")
    )
    away = {i for columns, _ in gone for i in columns}
    kept = [i for i in cells.rows.columns if i not in away]
    table = replace(select(named, kept), dropped=(*cells.dropped, *(why for _, why in gone if why)))
    return replace(
        table,
        fields={kept.index(i): name for i, name in fields.items()},
        technical=frozenset(kept.index(i) for i in own if i not in fields),
        user_missing=_no_answer(table, {kept.index(i) for i in own}),
        set_aside=_set_aside(table),
    )


def _without_tags(cells: Cells) -> Cells:
    """Take out the row of HXL tags that an export may have below its header."""
    if not len(cells.rows) or cells.rows.index[0] != 2:
        return cells
    texts = cells.rows.iloc[0].dropna()
    if not texts.map(lambda text: _HXL.fullmatch(text.strip()) is not None).all():
        return cells
    whole = list(range(len(cells.header)))
    return replace(select(cells, whole, cells.rows.index[1:]), dropped=("row 2: HXL tags",))


def _fields(header: Sequence[str]) -> dict[int, str]:
    found = {field: next((name for name in names if name in header), None) for field, names in _FIELDS.items()}
    return {header.index(name): field for field, name in found.items() if name is not None}


def _no_answer(cells: Cells, own: set[int]) -> dict[int, frozenset[str]]:
    """Return the columns in which Ona's n/a stands for no answer; in a file of another tool it is an answer."""
    if not _ONA & set(cells.header):
        return {}
    asked = [i for i in cells.rows.columns if i not in own]
    return {i: frozenset({NO_ANSWER}) for i in asked if (cells.rows[i] == NO_ANSWER).any()}


def _set_aside(cells: Cells) -> dict[int, str]:
    """Return the rows of a repeat group, and those that somebody has rejected in the tool."""
    repeated = pd.Series("PARENT_KEY" in cells.header, index=cells.rows.index)
    if "_parent_index" in cells.header:
        parents = cells.rows[cells.header.index("_parent_index")]
        repeated |= parents.notna() & (parents != "-1")
    rejected = pd.Series(False, index=cells.rows.index)
    for name in ("_validation_status", "ReviewState"):
        if name in cells.header:
            rejected |= cells.rows[cells.header.index(name)].map(fold, na_action="ignore").isin(_REJECTED)
    rows = {int(row): "rejected in the tool" for row in rejected.index[rejected]}
    return rows | {int(row): _REPEATED for row in repeated.index[repeated]}
