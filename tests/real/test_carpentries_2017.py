"""A real public survey through the whole pipeline: every number its authors published comes back from estimates.csv."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest

from pipeline.core import tables
from pipeline.core.config import load_project
from pipeline.core.workspace import Workspace

RAW: Final = Path(__file__).parent / "carpentries_2017"
PROJECT: Final = load_project(RAW)
DATA: Final = [path for pattern in PROJECT.ingest.feedback for path in RAW.glob(pattern)]
# The questionnaire is checked everywhere; the answers are not part of the repository.
needs_data = pytest.mark.skipif(not DATA, reason="the survey data lie outside the repository")


@dataclass(frozen=True)
class Published:
    """A percentage as its authors printed it, the counts behind it, and the row of estimates that gives it."""

    percent: str
    count: int
    of: int
    outcome: str
    term: str
    method: str = "wilson"

    def __str__(self) -> str:
        return f"{self.outcome} {self.term}"

    @property
    def digits(self) -> int:
        """Decimals printed."""
        return len(self.percent.partition(".")[2])


def _options(outcome: str, of: int, **printed: tuple[int, str]) -> list[Published]:
    return [Published(percent, count, of, outcome, f"option={code}") for code, (count, percent) in printed.items()]


CONFIDENCE: Final = [
    Published("77", 333, 432, "change_in_confidence", "code=3"),
    Published("77", 333, 432, "change_in_confidence", "positive"),
    Published("77", 333, 432, "confidence", "share_positive"),
]
AGREEMENT: Final = [
    Published("65", 264, 408, "gained_confidence_with_data", "positive"),
    # Printed as neutral and disagreeing about *recognition*: the authors' columns were renamed in the wrong order.
    Published("27", 109, 408, "gained_confidence_with_data", "neutral"),
    Published("9", 35, 408, "gained_confidence_with_data", "negative"),
]
RECOMMENDED: Final = [Published("74", 298, 401, "recommended", "code=yes")]
FIELDS: Final = _options(
    "field",
    459,
    life=(166, "36.2"),
    biomedical=(95, "20.7"),
    agricultural=(74, "16.1"),
    physical=(57, "12.4"),
    earth=(48, "10.5"),
    engineering=(41, "8.9"),
    mathematics=(41, "8.9"),
    computer=(38, "8.3"),
    social=(24, "5.2"),
    library=(20, "4.4"),
    humanities=(12, "2.6"),
    business=(6, "1.3"),
)
BEHAVIORS: Final = _options(
    "behaviors_adopted",
    392,
    automate=(260, "66.3"),
    data_management=(198, "50.5"),
    version_control=(185, "47.2"),
    reuse=(169, "43.1"),
    sharing=(122, "31.1"),
    databases=(119, "30.4"),
    collaborate=(119, "30.4"),
    scripts=(111, "28.3"),
    plan=(74, "18.9"),
)
HELPING: Final = _options(
    "how_tools_help",
    405,
    efficiency=(245, "60.5"),
    analyze=(217, "53.6"),
    manage=(203, "50.1"),
    not_using=(61, "15.1"),
    not_helped=(28, "6.9"),
)
WRITING: Final = [
    Published("44.5", 193, 434, "contributed_to_writing", "code=no"),
    Published("28.3", 123, 434, "contributed_to_writing", "code=not_sure"),
    Published("27.2", 118, 434, "contributed_to_writing", "code=yes"),
]
USAGE: Final = [
    Published("17", 75, 433, "programming_usage_before", "code=0"),
    Published("5", 22, 433, "programming_usage_since", "code=0"),
    Published("-11.1", 22 - 75, 476, "usage", "code=0 of asked", "paired_change"),
    Published("14.5", 188 - 119, 476, "usage", "code=5 of asked", "paired_change"),
]
BACKGROUND: Final = [
    Published("48.5", 231, 476, "country", "code=usa of asked"),
    Published("12.2", 58, 476, "country", "code=canada of asked"),
    Published("7.8", 37, 476, "country", "code=uk of asked"),
    Published("4.8", 23, 476, "country", "code=australia of asked"),
    Published("35", 156, 449, "position", "code=graduate"),
    Published("74", 350, 473, "how_long_ago", "code=3"),
    Published("84", 399, 473, "how_many_workshops", "code=1"),
]
# Not printed by the authors: the other denominator of the same findings, which the README shows beside theirs.
BESIDE: Final = [
    Published("53.1", 231, 435, "country", "code=usa"),
    Published("-12.2", 22 - 75, 433, "usage", "code=0", "paired_change"),
    Published("15.9", 188 - 119, 433, "usage", "code=5", "paired_change"),
    Published("54.5", 223, 409, "made_analyses_reproducible", "positive"),
    Published("54.5", 223, 409, "reproducible", "share_positive"),
    Published("24.6", 100, 407, "received_professional_recognition", "positive"),
    Published("39.3", 160, 407, "received_professional_recognition", "neutral"),
    Published("36.1", 147, 407, "received_professional_recognition", "negative"),
]
ALL: Final = [
    *CONFIDENCE, *AGREEMENT, *RECOMMENDED, *FIELDS, *BEHAVIORS, *HELPING, *WRITING, *USAGE, *BACKGROUND, *BESIDE,
]  # fmt: skip
#: Ticks printed without a percentage of respondents.
COUNTS: Final = {
    "content": {
        "git": 362, "python": 289, "unix_shell": 274, "spreadsheets": 20, "cloud": 11, "matlab": 5, "mercurial": 3,
    },
    "carpentry_involvement": {
        "newsletter": 120, "helper": 31, "instructor": 26, "community_call": 18, "lesson": 18, "mentoring": 12,
        "twitter": 11, "committee": 6,
    },
}  # fmt: skip
#: Learning activities: ticks, and the printed percentage, which is of all ticks.
ACTIVITIES: Final = {
    "other_material": (127, 35),
    "carpentry_material": (68, 19),
    "in_person": (59, 16),
    "online": (45, 13),
    "meetup": (35, 10),
    "semester": (24, 7),
}

Row = Callable[[str, str, str], dict[str, Any]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    from pipeline.stages import run_all

    made = Workspace.split(RAW, tmp_path_factory.mktemp("carpentries_2017"))
    run_all(made)
    return made


@pytest.fixture(scope="module")
def row(workspace: Workspace) -> Row:
    """Look up the one row of estimates.csv over all responses; read as people do, not from the Parquet file."""
    estimates = pd.read_csv(workspace.processed / "estimates.csv", encoding="utf-8-sig")
    found = estimates[estimates["group"] == "all"].to_dict("records")
    keyed = {(row["outcome"], row["term"], row["method"]): row for row in found}
    assert len(keyed) == len(found)
    return lambda outcome, term, method: keyed[outcome, term, method]


def _ticks(row: Row, outcome: str, option: str) -> int:
    found = row(outcome, f"option={option}", "wilson")
    return round(found["estimate"] * found["n"])


def test_the_instrument_is_a_valid_xlsform() -> None:
    from pyxform.xls2xform import convert

    # validate=False leaves out the Java program only; pyxform's own checks run.
    form = convert(str(RAW / "instrument.csv"), validate=False)
    assert form.warnings == []
    assert form.xform.count("<select1 ") == 17
    assert form.xform.count("<select ") == 6


def test_two_primary_outcomes_are_declared() -> None:
    assert PROJECT.primary == ("confidence", "reproducible")


@needs_data
def test_every_response_is_accepted_without_a_response_id(row: Row) -> None:
    # Two of the responses are equal in every cell: without an id that is no proof that one was sent twice.
    assert row("responses", "accepted", "count")["estimate"] == 476


@needs_data
def test_every_column_and_cell_is_understood(workspace: Workspace) -> None:
    findings = tables.read(workspace, "findings")
    faults = {"file_refused", "row_quarantined", "duplicate", "cell_invalid", "column_unmapped"}
    assert not faults & set(findings["kind"])


@needs_data
@pytest.mark.parametrize("number", ALL, ids=str)
def test_published_number(row: Row, number: Published) -> None:
    found = row(number.outcome, number.term, number.method)
    assert found["n"] == number.of
    assert found["estimate"] == pytest.approx(number.count / number.of, rel=1e-6)
    assert round(100 * found["estimate"], number.digits) == float(number.percent)


@needs_data
@pytest.mark.parametrize("number", [n for n in ALL if n.method == "wilson"], ids=str)
def test_every_share_has_an_interval_around_it(row: Row, number: Published) -> None:
    found = row(number.outcome, number.term, number.method)
    assert 0 <= found["ci_low"] < found["estimate"] < found["ci_high"] <= 1


@needs_data
def test_reproducible_analyses_were_printed_as_a_sum_of_rounded_percentages(row: Row) -> None:
    # 144 and 79 of 409 are 35.2 % and 19.3 %: 35 + 19 = 54, though together they are 54.5 %.
    agree, strongly = (row("made_analyses_reproducible", f"code={code}", "wilson") for code in (4, 5))
    assert (agree["n"], strongly["n"]) == (409, 409)
    assert round(100 * agree["estimate"]) + round(100 * strongly["estimate"]) == 54


@needs_data
@pytest.mark.parametrize("outcome", COUNTS)
def test_published_counts_of_ticks(row: Row, outcome: str) -> None:
    assert {option: _ticks(row, outcome, option) for option in COUNTS[outcome]} == COUNTS[outcome]


@needs_data
def test_learning_activities_were_printed_as_shares_of_all_ticks(row: Row) -> None:
    ticks = {option: _ticks(row, "activities", option) for option in ACTIVITIES}
    assert ticks == {option: count for option, (count, _) in ACTIVITIES.items()}
    shares = {option: round(100 * count / sum(ticks.values())) for option, count in ticks.items()}
    assert shares == {option: percent for option, (_, percent) in ACTIVITIES.items()}
