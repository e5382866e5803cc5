"""Tables and scores -> estimates."""

from __future__ import annotations

import pandas as pd

from pipeline.analysis import estimates
from pipeline.analysis.change import paired_change
from pipeline.analysis.distributions import distributions
from pipeline.analysis.outcomes import outcomes, reliability
from pipeline.analysis.reach import over_time, reach
from pipeline.core import tables
from pipeline.core.config import load_params, load_project
from pipeline.core.contracts import CONTRACTS
from pipeline.core.workspace import Workspace


def run(workspace: Workspace) -> None:
    """Estimate everything the report speaks about."""
    project, level = load_project(workspace.raw), load_params(workspace.params).ci_level
    made = {n: tables.read(workspace, n) for n in CONTRACTS if n not in ("estimates", "facts", "files", "ledger")}
    answers, items, options, responses = (made[n] for n in ("answers", "items", "options", "responses"))
    events = responses.set_index("response_id")["event_id"]
    rows = reach(made) + over_time(made["attendance"], made["events"])
    rows += distributions(answers, items, options, events, level)
    rows += paired_change(answers, items, options, events, level)
    rows += outcomes(made["scores"], responses, project.primary, _groups(made, project.analysis.group_by), level)
    rows += reliability(answers, items, level)
    stored = tables.write(workspace, "estimates", estimates.table(rows))
    tables.write_csv(workspace.processed / "estimates.csv", stored)


def _groups(made: dict[str, pd.DataFrame], group_by: tuple[str, ...]) -> pd.DataFrame:
    """Return action, and the project's own grouping variables: columns of responses, or background items."""
    responses = made["responses"].set_index("response_id")
    codes = made["answers"].pivot(index="response_id", columns="item", values="code")
    wanted = [v for v in ("action_id", *group_by) if v in responses or v in codes]
    columns = {v: responses[v] if v in responses else codes[v].reindex(responses.index) for v in wanted}
    return pd.DataFrame({v: c for v, c in columns.items() if c.notna().any()}, index=responses.index)
