"""A name of project.toml that is nowhere in the project stops the run; it must not vanish from the report."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.core.config import Params, Project
from pipeline.core.errors import ConfigError
from pipeline.core.named import refuse_unknown

ITEMS = pd.DataFrame({"item": ["ika", "q1", "q2"], "construct": [None, "tieto", "tieto"]})
RESPONSES = pd.DataFrame(columns=["response_id", "role"])


def project(outcome: str = "tieto", **analysis: object) -> Project:
    outcomes = [{"key": outcome, "label": {"fi": "T"}, "primary": True}]
    return Project.model_validate(
        {"project": {"code": "S1", "name": "P"}, "outcomes": outcomes, "analysis": dict(analysis)}
    )


@pytest.mark.parametrize(
    ("said", "place", "allowed", "fix"),
    [
        (project("tietoa"), "[[outcomes]] key", "tieto", "write 'tieto'"),
        (project(group_by=["role", "ikä"]), "[analysis] group_by", "ika, q1, q2, response_id, role", "write 'ika'"),
        (project(group_by=["xyz"]), "[analysis] group_by", "ika, q1, q2, response_id, role", "name a question"),
        (project(dose="ikaa"), "[analysis] dose", "ika, q1, q2", "write 'ika'"),
    ],
)
def test_a_name_that_is_nowhere_is_refused(said, place, allowed, fix):
    with pytest.raises(ConfigError) as fault:
        refuse_unknown(said, ITEMS, RESPONSES)
    assert fault.value.place == f"project.toml, {place}"
    assert fault.value.allowed == allowed
    assert fault.value.fix.startswith(fix)


def test_constructs_single_items_questions_and_columns_of_responses_are_known():
    refuse_unknown(project(group_by=["ika", "role"], dose="q2"), ITEMS, RESPONSES)
    refuse_unknown(project("q1"), ITEMS, RESPONSES)


def test_the_analysis_refuses_before_it_estimates():
    from pipeline.analysis.program import estimate

    with pytest.raises(ConfigError, match="tietoa"):
        estimate({"items": ITEMS, "responses": RESPONSES}, project("tietoa"), Params())
