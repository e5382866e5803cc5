"""Who reports more, the same and less: bars that diverge from "the same"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from pipeline.core.errors import ContractError
from pipeline.plots import columns, likert, likert_rows, numbers, style
from pipeline.plots.likert_rows import Level, Row
from pipeline.plots.wording import is_masked, word

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_WAYS: Final = ("down", "same", "up")
_NET: Final = "dominance_jackknife"
#: Points the header of the difference may take.
_NET_WIDTH: Final = 82.0
_PLACE: Final = "figure change"


def change(estimates: pd.DataFrame, labels: Mapping[str, str], language: str, *, strong: Sequence[str] = ()) -> Figure:
    """Draw one bar per outcome: share who went down, stayed and went up, with the people counted and the difference.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`. Used are, per outcome of `labels`: terms "change=down", "change=same" and "change=up" of
        method "wilson" (shares of n), and term "change" of method "dominance_jackknife" (up less down, with limits).
    labels : mapping
        Text per outcome, drawn from top to bottom; others are not drawn.
    language : {"fi", "sv", "en"}
        Of words and numbers.
    strong : sequence of str
        Outcomes written in bold.

    Returns
    -------
    Figure
        6.3 inches wide. Percentages are whole, each rounded by itself as in the tables. A row masked by the disclosure
        gate is not drawn, but named.

    Raises
    ------
    ContractError
        When there is nothing to draw, or an outcome lacks a row.

    Examples
    --------
    >>> rows = pd.DataFrame({"term": ["change=down", "change=same", "change=up"], "estimate": [0.1, 0.3, 0.6]})
    >>> rows = rows.assign(outcome="q", method="wilson", group="all", n=30, note=None, ci_level=0.95)
    >>> figure = change(rows, {"q": "My say"}, "en")
    >>> [t.get_text() for t in figure.axes[0].texts][:4]
    ['My say', '10', '30', '60']
    """
    own = estimates[estimates["outcome"].isin(list(labels)) & (estimates["group"] == "all")]
    rows = [_row(own[own["outcome"] == name], name, text, language, name in strong) for name, text in labels.items()]
    if not rows:
        raise ContractError("there is nothing to draw", place=_PLACE)
    levels = [Level(way, word(f"change_{way}", language)) for way in _WAYS]
    with style.context():
        return likert.draw(
            rows, levels, _columns(rows, own, labels, language), word("percent_of_both", language), language
        )


def _row(own: pd.DataFrame, name: str, text: str, language: str, strong: bool) -> Row:
    shares = own[own["method"] == "wilson"].set_index("term").reindex([f"change={way}" for way in _WAYS])
    if shares["outcome"].isna().any():
        raise ContractError(f"outcome '{name}' lacks a share of change", place=_PLACE, allowed="change=down, same, up")
    found = likert_rows.by_level(shares, list(shares.index))
    if found is None:
        return Row(text, (0,) * len(_WAYS), {}, likert_rows.why_hidden(shares, language), strong)
    return Row(text, found.values, {}, None, strong, found.together)


def _columns(rows: Sequence[Row], own: pd.DataFrame, labels: Mapping[str, str], language: str) -> list[columns.Column]:
    counts = [
        columns.Column(word(f"change_{way}", language), likert.cells(rows, [_known(r, i) for r in rows], language))
        for i, way in enumerate(_WAYS)
    ]
    head = word("net", language, level=numbers.level(own, language))
    net = own[own["method"] == _NET].set_index("outcome").reindex(list(labels))
    said = tuple(_net(row, net.loc[name], language) for row, name in zip(rows, labels, strict=True))
    answered = columns.Column("n", likert.cells(rows, [sum(row.counts) for row in rows], language))
    return [answered, *counts, columns.Column(head, said, least=_NET_WIDTH)]


def _known(row: Row, way: int) -> int | None:
    return None if row.together[0] <= way < row.together[1] else row.counts[way]


def _net(row: Row, found: pd.Series, language: str) -> str:
    """The difference as text; beside a hidden way it is hidden too: it would give the way back."""
    if row.together[1] or is_masked(found["note"]):
        return "…"
    return "–" if row.hidden else numbers.points(found, language)
