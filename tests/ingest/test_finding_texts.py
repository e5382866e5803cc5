"""A coordinator reads Finnish: every problem and every remedy that a finding can have is in the tables of texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from pipeline import ingest
from pipeline.ingest import other_formats
from pipeline.ingest.finding_texts import KINDS, PROBLEMS
from pipeline.ingest.refusal_texts import REFUSALS
from pipeline.ingest.remedy_texts import FIXES
from pipeline.ingest.translating import in_finnish, translated

ROOT = Path(ingest.__file__).parent
#: Their errors stop the run, in English as every error: they are the project's own files, not files received.
STOPPING = {
    "corrections.py",
    "decisions.py",
    "personal_data.py",
    "purged.py",
    "purging.py",
    "received.py",
    "registers.py",
}
STOPPING |= {path.name for path in ROOT.glob("instrument*.py")} | {"instrument.py"}
#: Calls that make a finding, or the refusal that becomes one: which argument is the problem.
MAKERS = {"Finding": 2, "ReadError": 0}
GAP = "12"
FORMATS = [*(found for _, found in other_formats.BEGINNINGS), *other_formats.STREAMS.values()]
#: Texts put together of parts that stand in several modules -> what comes out.
COMPOSED = {
    "12 events of the register are": ["3 events of the register are on the day the list gives, 2018-05-12"],
    "no event of the register is": ["no event of the register is on the day the list gives, 2018-05-12"],
    "the days of the grid have no 12": ["the days of the grid have no year", "the days of the grid have no month"],
    "12 '12'; masked": ["the name of a person on the attendance lists stands in open answer 'q1'; masked"],
    "the same response as 12": [
        f"the same response as feedback/a.csv, row 2; {what}" for what in ("counted once", "dropped with it")
    ],
    "event 12 was taken from 12": [
        f"event E1 was taken from {where}"
        for where in ("the name of the sheet", "the title above the table", "the name of the file")
    ],
    "12 12": [
        f"{what} {where}"
        for what in ("an e-mail address", "a phone number", "a bank account number", "something like an identity code")
        for where in (
            "stands in this open answer; masked",
            "stands in this column; it is not passed on",
            "stands in place of a number; counted as invalid",
        )
    ],
    "12 by a person: 12, row 12": [
        f"{what} by a person: corrections.csv, row 2" for what in ("changed", "accepted", "counted for itself")
    ],
    "this is 12": [
        f"this is {what}"
        for what in (
            *("a folder", "a folder that cannot be opened", "a link to nothing", "not a regular file"),
            *(found.what for found in FORMATS),
        )
    ],
    "say in raw/12 whether they are one person, or give both rows the same contact details": [
        "say in raw/coding/people.csv whether they are one person, or give both rows the same contact details"
    ],
}
#: Reasons and remarks that readers hand over in their tables; (module, text).
HANDED_ON = [
    ("readers/qualtrics.py", "not submitted"),
    ("readers/qualtrics.py", "preview"),
    ("readers/kobo_odk.py", "rejected in the tool"),
    ("readers/kobo_odk.py", "row of a repeat group, no response of its own"),
    ("readers/redcap.py", "row of a repeating instrument, no response of its own"),
    ("readers/redcap.py", "repeat of a record, no response of its own"),
    ("readers/ms_forms.py", "completed before it was begun: "),
    ("readers/webropol.py", "the file holds questions but no answers"),
    ("readers/teams.py", " sessions without an end were taken to last until the end of the meeting"),
    ("readers/eventbrite.py", " rows are tickets for more than one person: the others have no names here"),
    ("readers/lyyti.py", ": start_time and start_time_utc disagree by more than a time zone"),
    ("containers/statistical.py", "the file holds variables but no rows"),
    ("containers/spss_formats.py", "weekdays as numbers, 1 is Sunday"),
    ("containers/spss_formats.py", "months as numbers"),
    ("readers/stata.py", "counts leap seconds: its times are up to half a minute late"),
    ("readers/month_grid.py", " columns of the grid are no days and are not used"),
    ("written_names.py", "the last name above was carried down to this row"),
    ("written_names.py", "look whether that is so; else write the last name"),
    ("attendance_events.py", " was found by the day of the times alone"),
    ("door.py", "the name of the file or of one of its sheets holds an e-mail address; it is masked in every table"),
    ("door.py", "another row has the same in this column: in a file that has changed this line could meet that one"),
    ("door.py", "the name of the file or of one of its sheets holds a phone number; it is masked in every table"),
    ("door.py", "the name of the file or of one of its sheets names a listed person; masked in every table"),
    ("header_rows.py", "the text is not UTF-8 and was read as windows-1252"),
    ("header_rows.py", "the text is not UTF-8 and was read as Mac Roman"),
    ("under_export.py", "a remark or sums under the export, no answer"),
]


def _values(node: ast.AST, known: dict[str, list[ast.AST]], depth: int = 0) -> list[str]:
    """Return the texts an expression can be, gaps filled; nothing where it cannot be told from the module alone."""
    found: list[str] = []
    if isinstance(node, ast.Constant):
        found = [node.value] if isinstance(node.value, str) else []
    elif isinstance(node, ast.JoinedStr):
        found = ["".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)]
    elif isinstance(node, ast.IfExp):
        found = [*_values(node.body, known, depth), *_values(node.orelse, known, depth)]
    elif isinstance(node, ast.BinOp):
        pairs = product(_values(node.left, known, depth), _values(node.right, known, depth))
        found = [one + other for one, other in pairs]
    elif isinstance(node, ast.Name) and depth < 4:  # a name may be made of itself
        found = [text for value in known.get(node.id, ()) for text in _values(value, known, depth + 1)]
    return found


def _assigned(tree: ast.AST) -> dict[str, list[ast.AST]]:
    found: dict[str, list[ast.AST]] = {}
    for node in ast.walk(tree):
        value = getattr(node, "value", None)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if not isinstance(node, ast.Assign | ast.AnnAssign) or value is None:
            continue
        for target in targets:
            names, values = [target], [value]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                names, values = target.elts, value.elts
            for name, one in zip(names, values, strict=True):
                if isinstance(name, ast.Name):
                    found.setdefault(name.id, []).append(one)
    return found


def _texts() -> Iterator[tuple[str, str]]:
    """Yield (module, text) of every problem and remedy written in the ingest's code."""
    for path in sorted(ROOT.rglob("*.py")):
        if path.name in STOPPING:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        known = _assigned(tree)
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            at = MAKERS.get(call.func.id) if isinstance(call.func, ast.Name) else None
            if at is None:
                continue
            nodes = [*call.args[at : at + 1], *(k.value for k in call.keywords if k.arg == "fix")]
            yield from ((path.name, text) for node in nodes for text in _values(node, known))


TEXTS = sorted(set(_texts()))


def test_the_texts_are_found_in_the_code() -> None:
    assert len(TEXTS) > 130
    assert {"attendance_events.py", "people_findings.py", "coding_files.py", "feedback.py", "delimited.py"} <= {
        module for module, _ in TEXTS
    }


@pytest.mark.parametrize(("module", "text"), TEXTS)
def test_a_finding_has_finnish(module: str, text: str) -> None:
    lacking = [t for t in COMPOSED.get(text, [text]) if translated(t) is None]
    assert not lacking, f"{module}: add the Finnish of {lacking} to finding_texts, refusal_texts or remedy_texts"


def test_the_way_out_of_every_other_format_has_finnish() -> None:
    assert [found.fix for found in FORMATS if translated(found.fix) is None] == []


def test_no_composed_text_is_out_of_use() -> None:
    assert set(COMPOSED) <= {text for _, text in TEXTS}


@pytest.mark.parametrize(("module", "text"), HANDED_ON)
def test_what_readers_hand_on_has_finnish(module: str, text: str) -> None:
    assert text in (ROOT / module).read_text("utf-8")
    whole = {" ": f"{GAP}{text}", ":": f"entry {GAP}{text}"}.get(text[0], text)
    whole = f"event {GAP}{text}" if "day of the times" in text else whole
    whole = f"{whole}row 3" if text.endswith(": ") else whole
    whole = f"V1 {'holds ' if 'as numbers' in text else ''}{text}" if "numbers" in text or "leap" in text else whole
    assert translated(whole) is not None, whole


def test_no_text_is_there_twice_and_gaps_agree() -> None:
    english = [pair[0] for pair in (*PROBLEMS, *REFUSALS, *FIXES)]
    assert len(set(english)) == len(english)
    assert [en for en, fi in (*PROBLEMS, *REFUSALS, *FIXES) if en.count("{}") != fi.count("{}")] == []


def test_kinds_and_gaps_are_finnish_too() -> None:
    assert set(KINDS) == {"file_refused", "row_quarantined", "duplicate", "cell_invalid", "column_unmapped", "note"}
    assert in_finnish("may be the person of attendance/a.xlsx, sheet 'S', row 3; counted as two people") == (
        "voi olla sama henkilö kuin attendance/a.xlsx, välilehti 'S', rivi 3; laskettu kahdeksi"
    )
    assert in_finnish("something nobody wrote down") == "something nobody wrote down"
