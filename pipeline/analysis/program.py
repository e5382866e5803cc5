"""Everything the pipeline estimates, in order: one line per analysis."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pipeline.analysis.action_shares import pooled_actions
from pipeline.analysis.change import paired_change
from pipeline.analysis.change_tests import change_tests
from pipeline.analysis.consistency import consistency, scale_means
from pipeline.analysis.contrasts import contrasts
from pipeline.analysis.distributions import distributions
from pipeline.analysis.estimates import table
from pipeline.analysis.group_differences import group_differences
from pipeline.analysis.headline import headline
from pipeline.analysis.network import network
from pipeline.analysis.ordinal_models import ordinal_models
from pipeline.analysis.outcomes import outcomes, reliability
from pipeline.analysis.participation import participation, silent
from pipeline.analysis.reach import over_time, reach
from pipeline.analysis.robustness import specification_curve
from pipeline.analysis.themes import theme_agreement, theme_shares
from pipeline.core.config import Params, Project
from pipeline.core.named import refuse_unknown


def estimate(tables: Mapping[str, pd.DataFrame], project: Project, params: Params) -> pd.DataFrame:
    """Return the `estimates` contract table of a project.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables of ingest, and scores.
    project, params : Project, Params
        Primary outcomes and grouping variables; the analyst's choices.

    Raises
    ------
    ConfigError
        When an outcome or grouping variable of the project is not in the questionnaire.
    """
    refuse_unknown(project, tables["items"], tables["responses"])
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
        *consistency(answers, items, events, level),
        *scale_means(answers, events, project.scales, level),
        *change_tests(answers, items, tables["scores"], events, project.primary, level),
        *headline(tables, project.primary, project.analysis.estimand, level, params.weight_cap),
        *participation(tables, level),
        *silent(tables, project.primary, level),
        *contrasts(tables, project.primary, groups, project.analysis.dose, level),
        *specification_curve(tables, project.primary, params.robustness, level),
        *theme_agreement(tables["codes"], level),
        *theme_shares(tables["codes"], responses, level),
        *network(tables["involvement"], tables["actions"], level),
        *pooled_actions(tables["scores"], responses, project.primary, level, params.min_group_n),
        *ordinal_models(answers, items, responses, project.primary, groups, level),
        *group_differences(tables["scores"], responses, project.primary, groups),
    ]
    return table(rows)


def grouping(tables: Mapping[str, pd.DataFrame], group_by: tuple[str, ...]) -> pd.DataFrame:
    """Return action and the project's grouping variables per response_id: columns of responses, or background items."""
    responses = tables["responses"].set_index("response_id")
    codes = tables["answers"].pivot(index="response_id", columns="item", values="code")
    wanted = [v for v in ("action_id", *group_by) if v in responses or v in codes]
    columns = {v: responses[v] if v in responses else codes[v].reindex(responses.index) for v in wanted}
    return pd.DataFrame({v: c for v, c in columns.items() if c.notna().any()}, index=responses.index)
