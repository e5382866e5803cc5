"""What project.toml names must be there: a misspelt outcome or grouping variable would vanish from the report."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

import pandas as pd

from pipeline.core.config import Project
from pipeline.core.errors import ConfigError


def refuse_unknown(project: Project, items: pd.DataFrame, responses: pd.DataFrame) -> None:
    """Refuse an outcome, a grouping variable or a dose that neither the questionnaire nor the responses know.

    Parameters
    ----------
    project : Project
        What project.toml says.
    items, responses : DataFrame
        Contract tables. Of items the names and constructs count, whether anybody was asked them or not; of responses
        the names of the columns.

    Raises
    ------
    ConfigError
        Naming the first such entry, what there is, and the nearest of it.

    Examples
    --------
    >>> said = {"project": {"code": "S1", "name": "P"}, "analysis": {"group_by": ["ikä"]}}
    >>> items = pd.DataFrame({"item": ["ika", "q1"], "construct": [None, "tieto"]})
    >>> try:
    ...     refuse_unknown(Project.model_validate(said), items, pd.DataFrame(columns=["role"]))
    ... except ConfigError as fault:
    ...     print(fault)
    project.toml, [analysis] group_by: there is no question 'ikä' in the questionnaire
      allowed: ika, q1, role
      to fix: write 'ika', or name a question of the questionnaire
    """
    names, analysis = set(items["item"]), project.analysis
    constructs = set(items["construct"].dropna())
    outcomes = [outcome.key for outcome in project.outcomes]
    _refuse("[[outcomes]] key", outcomes, constructs or names, names | constructs, "construct")
    groups = names | set(responses.columns)
    _refuse("[analysis] group_by", analysis.group_by, groups, groups, "question")
    _refuse("[analysis] dose", [analysis.dose] if analysis.dose else [], names, names, "question")


def _refuse(entry: str, said: Collection[str], shown: Collection[str], known: Collection[str], kind: str) -> None:
    """Raise for the first of `said` that is not `known`; `shown` is what a person would most likely mean."""
    name = next((one for one in said if one not in known), None)
    if name is None:
        return
    near = get_close_matches(name, sorted(known), 1)
    raise ConfigError(
        f"there is no {kind} '{name}' in the questionnaire",
        place=f"project.toml, {entry}",
        allowed=", ".join(sorted(shown)),
        fix=" or ".join([*(f"write '{one}'," for one in near), f"name a {kind} of the questionnaire"]),
    )
