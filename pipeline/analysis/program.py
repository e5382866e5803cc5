"""Everything the pipeline estimates, in order: one line per analysis."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.analysis.change import paired_change
from pipeline.analysis.distributions import distributions
from pipeline.analysis.estimates import table
from pipeline.analysis.outcomes import outcomes, reliability
from pipeline.analysis.reach import over_time, reach
from pipeline.core.config import Params, Project


def estimate(tables: Mapping[str, pd.DataFrame], project: Project, params: Params) -> pd.DataFrame:
    """Return the `estimates` contract table of a project.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables of ingest, and scores.
    project, params : Project, Params
        Primary outcomes and grouping variables; the analyst's choices.
    """
    answers, items, options, responses = (tables[n] for n in ("answers", "items", "options", "responses"))
    events, level = responses.set_index("response_id")["event_id"], params.ci_level
    groups = grouping(tables, project.analysis.group_by)
    rows = [
        *reach(tables),
        *over_time(tables["attendance"], tables["events"]),
        *distributions(answers, items, options, events, level),
        *paired_change(answers, items, options, events, level),
        *outcomes(tables["scores"], responses, project.primary, groups, level),
        *reliability(answers, items, level),
    ]
    return table(rows)


def grouping(tables: Mapping[str, pd.DataFrame], group_by: tuple[str, ...]) -> pd.DataFrame:
    """Return action and the project's grouping variables per response_id: columns of responses, or background items."""
    responses = tables["responses"].set_index("response_id")
    codes = tables["answers"].pivot(index="response_id", columns="item", values="code")
    wanted = [v for v in ("action_id", *group_by) if v in responses or v in codes]
    columns = {v: responses[v] if v in responses else codes[v].reindex(responses.index) for v in wanted}
    return pd.DataFrame({v: c for v, c in columns.items() if c.notna().any()}, index=responses.index)
