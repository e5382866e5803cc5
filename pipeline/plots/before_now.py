"""A pair of questions about then and now: how many chose each option, and how much that changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import columns, dumbbell, numbers, style
from pipeline.plots.likert_rows import Level, levels
from pipeline.plots.wording import is_masked, why_empty, word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_OCCASIONS: Final = ("before", "now")


def before_now(estimates: pd.DataFrame, pair: str, question: str, options: pd.DataFrame, language: str) -> Figure:
    """Draw the share of each option before (hollow) and now (filled), and the change with its interval as text.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`; used are the rows of outcome `pair`, per code: terms "before code=..." and "now code=..."
        of method "wilson", and "code=..." of method "paired_change", all of those who answered both questions.
    pair : str
        The pair, as in `items`.
    question : str
        Its question about now, whose options are drawn, lowest first.
    options : DataFrame
        Contract `options`.
    language : {"fi", "sv", "en"}
        Of labels and numbers.

    Returns
    -------
    Figure
        6.3 inches wide. A share masked by the disclosure gate is three dots; of two such nothing is drawn.

    Raises
    ------
    ContractError
        When an option has no rows.

    Examples
    --------
    >>> options = pd.DataFrame({"question": "q", "code": ["1", "2"], "position": [1, 2], "label_en": ["No", "Yes"]})
    >>> rows = pd.DataFrame({"term": [f"{t}code={c}" for t in ("before ", "now ", "") for c in (1, 2)]})
    >>> rows = rows.assign(outcome="p", estimate=[0.7, 0.3, 0.4, 0.6, -0.3, 0.3], ci_low=None, ci_high=None, note=None)
    >>> rows = rows.assign(method=["wilson"] * 4 + ["paired_change"] * 2, ci_level=0.95)
    >>> [t.get_text() for t in before_now(rows, "p", "q", options, "en").axes[0].get_yticklabels()]
    ['No', 'Yes']
    """
    scale = levels(options, question, language)
    own = estimates[estimates["outcome"] == pair]
    shares = own[own["method"] == "wilson"].set_index("term")
    changes = own[own["method"] == "paired_change"].set_index("term")
    terms = [f"{occasion} code={level.code}" for level in scale for occasion in _OCCASIONS]
    if not scale or not set(terms) <= set(shares.index) or not {f"code={s.code}" for s in scale} <= set(changes.index):
        raise ContractError(f"pair '{pair}' lacks the shares of an option", place="figure before_now")
    pairs = [_pair(level, shares, language) for level in scale]
    head = word("difference", language, level=numbers.level(changes, language))
    beside = [
        *(
            columns.Column(word(occasion, language), _shares(occasion, scale, shares, language))
            for occasion in _OCCASIONS
        ),
        columns.Column(head, tuple(_difference(changes.loc[f"code={s.code}"], language) for s in scale)),
    ]
    with style.context():
        return dumbbell.draw(pairs, (word("before", language), word("now", language)), beside, language)


def _pair(level: Level, shares: pd.DataFrame, language: str) -> dumbbell.Pair:
    rows: list[Any] = [shares.loc[f"{occasion} code={level.code}"] for occasion in _OCCASIONS]
    first, second = (None if pd.isna(row["estimate"]) else float(row["estimate"]) for row in rows)
    hidden = why_empty(rows[0]["note"], language) if first is None and second is None else None
    return dumbbell.Pair(level.label, first, second, hidden=hidden)


def _shares(occasion: str, scale: Sequence[Level], shares: pd.DataFrame, language: str) -> tuple[str, ...]:
    rows: list[Any] = [shares.loc[f"{occasion} code={level.code}"] for level in scale]
    return tuple(_empty(r) if pd.isna(r["estimate"]) else formats.percent(r["estimate"], language) for r in rows)


def _difference(row: Any, language: str) -> str:
    return _empty(row) if pd.isna(row["estimate"]) else numbers.points(row, language)


def _empty(row: Any) -> str:
    return "…" if is_masked(row["note"]) else "–"
