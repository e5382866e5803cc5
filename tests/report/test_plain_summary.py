"""The plain summary says what is recorded, and says nothing of what is not."""

from __future__ import annotations

import pandas as pd
import pytest

from pipeline.core import contracts
from pipeline.core.config import Project
from pipeline.report.claims.quantities import Numbers
from pipeline.report.disclosure import not_of_people
from pipeline.report.facts import facts
from pipeline.report.limits import limits
from pipeline.report.plain_summary import plain_summary

PROJECT = Project.model_validate({"project": {"code": "S1", "name": "P"}})
COUNTED = ("persons", "planners", "actions", "events", "organisations")


def table(name: str, rows: list[dict]) -> pd.DataFrame:
    return contracts.check(name, pd.DataFrame(rows).reindex(columns=contracts.CONTRACTS[name].column_names))


def summary(language: str = "en", **counts: int) -> list[str]:
    said = [("responses", "accepted", counts.pop("accepted"))] + [("reach", term, n) for term, n in counts.items()]
    rows = [
        {"outcome": o, "term": t, "group": "all", "method": "count", "n": n, "estimate": float(n), "unit": "persons"}
        for o, t, n in said
    ]
    estimates = table("estimates", rows)
    return plain_summary(
        Numbers(not_of_people(estimates), facts(estimates, PROJECT), table("items", []), PROJECT), language
    )


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("recorded", [(), ("actions",), ("events", "persons"), COUNTED])
def test_what_is_not_recorded_or_counts_nothing_has_no_sentence(recorded, language):
    few = summary(language, accepted=40, **dict.fromkeys(recorded, 7))
    zeros = summary(language, accepted=40, **(dict.fromkeys(COUNTED, 0) | dict.fromkeys(recorded, 7)))
    assert few == zeros
    assert len(few) == len(recorded) + 3  # the answers, and two sentences of what cannot be said
    assert not any(" 0 " in sentence for sentence in few)


def test_no_answers_is_said():
    assert summary(accepted=0)[0].startswith("There were 0 answers")


@pytest.mark.parametrize(("people", "said"), [(2, True), (3, False), (0, False)])
def test_more_answers_than_people_listed_is_a_limit(people, said):
    listed = [{"person_id": f"p{i}", "event_id": "E1"} for i in range(people)]
    made = {
        "responses": pd.DataFrame({"event_id": ["E1"] * 3 + ["E2"] * 9, "submitted_at": pd.NaT}),
        "attendance": pd.DataFrame(listed, columns=["person_id", "event_id"]),
        "events": pd.DataFrame({"distributed": [1, 2]}),
    }
    assert any("more answers than people" in one.en for one in limits(made)) == said
