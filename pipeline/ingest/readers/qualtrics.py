"""Qualtrics: names, texts and import ids in three rows of header; the older export has names and texts only.

A name used twice is replaced by the import id, which is the question's own. Where a question lets write something to an
option, its text has " - Selected Choice" in the header, which is left out of the second name. Previews, tests, spam and
responses that were not finished are set aside: the tool marks them.

Known from files: both forms, in German. The meaning of the numbers in Status is Qualtrics' documentation: 0 a
response, 1 a preview, 2 a test, 8 spam, 16 offline, added up. -99 stands for "seen but not answered" where the export
was asked to write it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from pipeline.ingest.cells import Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.header_rows import Header, Table, read_sheets, table, top, tops
from pipeline.ingest.header_search import Grid

NAME: Final = "qualtrics"
SIGNS: Final = ("StartDate", "EndDate", "Status", "Progress", "Finished", "RecordedDate", "ResponseId")

#: The tool's columns, folded: names of today's export, texts of the older one, import ids.
_OWN: Final = frozenset(
    {"startdate", "enddate", "status", "ipaddress", "progress", "duration", "duration (in seconds)", "finished"}
    | {"recordeddate", "responseid", "_recordid", "responseset", "name", "emailaddress", "distributionchannel"}
    | {"recipientlastname", "recipientfirstname", "recipientemail", "externalreference", "externaldatareference"}
    | {"locationlatitude", "locationlongitude", "locationaccuracy", "userlanguage"}
)
_FIELDS: Final = {"responseid": "response_key", "enddate": "submitted_at", "userlanguage": "language"}
_MODERN: Final = frozenset({"startdate", "enddate", "finished", "responseid"})
_LEGACY: Final = frozenset({"responseid", "responseset", "startdate", "enddate", "finished"})
#: Names no other tool writes so, for a file in which somebody has deleted one of the others.
_TELLING: Final = frozenset(
    {"recordeddate", "responseid", "duration (in seconds)", "distributionchannel", "userlanguage", "externalreference"}
    | {"recipientlastname", "recipientfirstname", "recipientemail", "locationlatitude", "locationlongitude"}
)
_FEWEST, _FEWEST_TELLING = 4, 2
_DATES: Final = ("startdate", "enddate", "recordeddate")
_IMPORT: Final = re.compile(r"""\{\s*['"]ImportId['"]\s*:\s*['"](?P<id>[^'"]*)['"].*\}""", re.DOTALL)
_CHOICE: Final = re.compile(r"""['"]choiceId['"]\s*:\s*['"](?P<id>[^'"]*)['"]""")
#: Columns the tool works out: clicks and times of a page, the order shown, topics of a text, checks of the respondent.
_WORKED_OUT: Final = re.compile(
    r".+_(first ?_?click|last ?_?click|page ?_?submit|click ?_?count|browser|version|operating system|os|resolution)"
    r"|.+_do(_.+)?|qid\w+_text_[0-9a-f]{24}.+|q_(recaptcha|relevantid|duplicate|ballotbox|totalduration|straightlin).*",
    re.IGNORECASE,
)
_SELECTED: Final = re.compile(r" - Selected Choice(?= - |$)")
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*", re.DOTALL)
_PARTLY: Final = re.compile(r"\d{1,2}")
_UNANSWERED: Final = "-99"
_PREVIEW, _TEST, _SPAM = 1, 2, 8


@dataclass(frozen=True)
class _Rows:
    """The rows of the header; no ids where the export has none, no texts where somebody has deleted them."""

    names: list[str]
    texts: list[str]
    ids: list[str]
    height: int


def recognises(content: Content) -> bool:
    """Return whether some sheet has a row of import ids, or the names of the tool's own columns."""
    return any(_rows(rows) is not None for rows in tops(content).values())


def _rows(rows: list[list[str]]) -> _Rows | None:
    first, nothing = rows[0], [""] * len(rows[0])
    second = rows[1] if len(rows) > 1 else nothing
    for at in (2, 1):
        ids = [_import_id(text) for text in rows[at]] if len(rows) > at else []
        # fewer names than ids: a title stands above
        if sum(map(bool, ids)) < 2 * sum(map(bool, first)) < 4 * sum(map(bool, ids)):
            return _Rows(first, second if at == 2 else nothing, ids, at + 1)
    if _are_names(first):
        texts = any(second) and not _is_record(first, second)
        return _Rows(first, second if texts else nothing, nothing, 2 if texts else 1)
    said = {fold(text) for text in second}
    numbered = any(re.fullmatch(r"V\d+", name) for name in first) and len(said & _LEGACY) >= len(_LEGACY) - 1
    return _Rows(first, second, nothing, 2) if said >= _LEGACY or numbered else None


def _are_names(first: list[str]) -> bool:
    names = {fold(name) for name in first}
    return names >= _MODERN or (len(names & _OWN) >= _FEWEST and len(names & _TELLING) >= _FEWEST_TELLING)


def _is_record(first: list[str], second: list[str]) -> bool:
    """Return whether the second row is a response: it has a date, or a number where the tool has one."""
    own = [(fold(name), text) for name, text in zip(first, second, strict=True) if fold(name) in _OWN]
    dates = [text for name, text in own if name in _DATES]
    return any(map(_DATE.fullmatch, dates)) or (not dates and any(text.isdigit() for _, text in own))


def _import_id(text: str) -> str:
    """Return the id in a cell of the third row, with the id of an option where one is there; "" for another cell."""
    found, choice = _IMPORT.fullmatch(text), _CHOICE.search(text)
    return "_".join(part["id"] for part in (found, choice) if part) if found else ""


def read(content: Content) -> list[Cells]:
    """Return one table per sheet; sheets that are not responses are read as plain tables."""
    return read_sheets(content, lambda grid, sheet: _responses(grid, content, sheet))


def _responses(grid: Grid, content: Content, sheet: str | None) -> Cells | None:
    rows = _rows(top(grid))
    if rows is None:
        return None
    twice = {name for name, n in Counter(map(fold, rows.names)).items() if n > 1}
    pairs = list(zip(rows.names, rows.ids, strict=True))
    names = [code if fold(name) in twice and code else name for name, code in pairs]
    texts = [_SELECTED.sub("", text) for text in rows.texts]
    found = table(grid, Header(rows.height, names, texts, _own(rows), _dropped(rows, names)), content, sheet, _FIELDS)
    return _with_unanswered(replace(found.cells, set_aside=_set_aside(found)))


def _own(rows: _Rows) -> dict[int, str]:
    """Return the tool's columns; a question is none of them whatever its name, where import ids tell."""
    own: dict[int, str] = {}
    for i, (name, text, code) in enumerate(zip(rows.names, rows.texts, rows.ids, strict=True)):
        spellings = [code] if code else [name, text] if re.fullmatch(r"V\d+", name) else [name]
        known = next((fold(s) for s in spellings if fold(s) in _OWN), "")
        if known:
            own[i] = "responseid" if known == "_recordid" else known
        elif any(_WORKED_OUT.fullmatch(s) for s in spellings):
            own[i] = "worked out"
    return own


def _dropped(rows: _Rows, names: list[str]) -> tuple[str, ...]:
    replaced = sum(a != b for a, b in zip(rows.names, names, strict=True))
    return tuple(
        text
        for text, there in (
            ("row 2: texts of the questions, kept as second names", any(rows.texts)),
            (f"row {rows.height}: import ids", any(rows.ids)),
            (f"row 1: {replaced} names used twice, replaced by import ids", replaced),
        )
        if there
    )


def _set_aside(found: Table) -> dict[int, str]:
    """Return the rows the tool marks; of several marks the one that says most."""
    reasons: dict[int, str] = {}
    for name, reason in (
        ("finished", lambda text: "not submitted" if fold(text) in ("0", "false") else ""),
        # where somebody has deleted that column, the progress says it
        ("" if "finished" in found.at else "progress", lambda text: "not submitted" if _PARTLY.fullmatch(text) else ""),
        ("status", _reason),
        ("distributionchannel", lambda text: "preview" if fold(text) == "preview" else ""),
    ):
        column = found.column(name)
        for row, text in () if column is None else column.dropna().items():
            if why := reason(text):
                reasons[int(row)] = why
    return dict(sorted(reasons.items()))


def _reason(status: str) -> str:
    """Return what a status says against a response, "" for an ordinary one."""
    number, text = int(status) if re.fullmatch(r"[0-9]{1,3}", status) else 0, fold(status)
    marks = (("preview", _PREVIEW, "preview"), ("test answer", _TEST, "survey test"), ("spam", _SPAM, "spam"))
    return next((reason for reason, bit, word in marks if number & bit or word in text), "")


def _with_unanswered(cells: Cells) -> Cells:
    """Declare -99 as missing in questions where it stands, and say so: a question might have it as a code."""
    other = cells.technical | set(cells.fields)
    asked = [i for i in cells.rows.columns if i not in other and (cells.rows[i] == _UNANSWERED).any()]
    remark = f"{_UNANSWERED} in {len(asked)} columns was taken as 'seen but not answered', as this tool writes it"
    return replace(
        cells,
        user_missing={i: frozenset({_UNANSWERED}) for i in asked},
        remarks=(*cells.remarks, remark) if asked else cells.remarks,
    )
