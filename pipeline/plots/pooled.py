"""Shares by action before and after partial pooling: how far few answers are drawn towards all actions."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import columns, dumbbell, numbers, style
from pipeline.plots.wording import word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_OWN: Final = "wilson"
_POOLED: Final = "glmm_pooled"


def pooled(
    estimates: pd.DataFrame, labels: Mapping[str, str], language: str, *, overall: float | None = None
) -> Figure:
    """Draw each action's own share (hollow) and its pooled one (filled, with interval), joined by a line.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`; used are the rows of term "share_positive" and methods "wilson" and "glmm_pooled" whose
        group is in `labels`, of one outcome.
    labels : mapping
        Text per group, drawn from top to bottom: in an order that is no ranking. A group without rows, or masked by the
        disclosure gate, is left out.
    language : {"fi", "sv", "en"}
        Of words and numbers.
    overall : float, optional
        Share of all respondents, drawn as a dashed line.

    Returns
    -------
    Figure
        6.3 inches wide.

    Raises
    ------
    ContractError
        When no group is left, or one has two rows of a method.

    Examples
    --------
    >>> rows = pd.DataFrame({"method": ["wilson", "glmm_pooled"], "estimate": [0.9, 0.8], "ci_low": 0.6})
    >>> rows = rows.assign(ci_high=0.95, term="share_positive", group="action_id=T1", n=12, ci_level=0.95, note=None)
    >>> pooled(rows, {"action_id=T1": "Fair"}, "en").axes[0].get_yticklabels()[0].get_text()
    'Fair'
    """
    own, drawn = shown(estimates, labels)
    names = list(own.index)
    pairs = [_pair(labels[g], own.loc[g], drawn.loc[g]) for g in names]
    head = word("pooled_interval", language, level=numbers.level(drawn, language))
    beside = [
        columns.Column("n", tuple(formats.number(int(n), language) for n in own["n"])),
        columns.Column(word("own_share", language), tuple(formats.percent(s, language, 0) for s in own["estimate"])),
        columns.Column(head, tuple(numbers.shares(drawn.loc[g], language) for g in names)),
    ]
    marks = word("own_share", language), word("pooled_share", language)
    line = (
        (overall, word("line_all", language, value=formats.percent(overall, language, 0)))
        if overall is not None and pd.notna(overall)
        else None
    )
    with style.context():
        return dumbbell.draw(pairs, marks, beside, language, line=line)


def shown(estimates: pd.DataFrame, labels: Collection[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows of own and of pooled shares, indexed by group: of the groups of `labels` that have both."""
    used = estimates[(estimates["term"] == "share_positive") & estimates["group"].isin(list(labels))]
    used = used[used["estimate"].notna() & used["method"].isin([_OWN, _POOLED])]
    own, drawn = (used[used["method"] == method].set_index("group") for method in (_OWN, _POOLED))
    groups = [group for group in labels if group in own.index and group in drawn.index]
    if not groups or own.index.has_duplicates or drawn.index.has_duplicates:
        raise ContractError("no group to show, or two rows of one group and method", place="figure pooled")
    return own.loc[groups], drawn.loc[groups]


def _pair(label: str, own: Any, drawn: Any) -> dumbbell.Pair:
    limits = (float(drawn["ci_low"]), float(drawn["ci_high"]))
    return dumbbell.Pair(label, float(own["estimate"]), float(drawn["estimate"]), limits)
