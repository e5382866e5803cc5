"""How many of the silent would have to be negative before "most" fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import columns, rows, style
from pipeline.plots.phrases import phrase
from pipeline.plots.wording import why_empty

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Methods of term tipping_point: judged by the share, and by its lower limit.
BY_SHARE: Final = "tipping_point"
BY_LIMIT: Final = "tipping_point_cluster"
_NAMES: Final = 120.0
_BAR: Final = 0.17


@dataclass(frozen=True)
class _Turn:
    """One outcome: where it turns by the share and by the lower limit, and the part not positive that was observed."""

    label: str
    share: float
    limit: float
    negative: float
    note: object


def tipping_point(estimates: pd.DataFrame, labels: Mapping[str, str], language: str) -> Figure:
    """Draw per outcome how negative the silent may be before "most" fails, and how negative those who answered were.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`, group "all"; used are term ``tipping_point`` (share of the silent not positive; below 0 the
        claim fails, above 1 it holds, whatever they think) and method ``manski_bounds`` (the share observed).
    labels : mapping of str to str
        Name per outcome, in the order to draw; an outcome without a tipping point is left out.
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide.

    Raises
    ------
    ContractError
        When no outcome has a tipping point.

    Examples
    --------
    >>> row = {"outcome": "q", "term": "tipping_point", "method": "tipping_point", "estimate": 0.62, "note": None}
    >>> tipping_point(pd.DataFrame([row]), {"q": "Courage"}, "en").axes[0].texts[0].get_text()
    'Turns at'
    """
    turns = [_turn(estimates[estimates["outcome"] == key], name) for key, name in labels.items()]
    found = [turn for turn in turns if turn is not None]
    if not found:
        raise ContractError("no outcome has a tipping point", place="figure tipping_point", allowed=f"method {BY_SHARE}")
    with style.context():
        said = [phrase(key, language) for key in ("safe", "shaky", "fails", "as_respondents")]
        beside = [columns.Column(phrase("turns", language), tuple(said_turn(t.share, language) for t in found))]
        made = rows.begin([turn.label for turn in found], beside, _keys(), said, _NAMES)
        for turn, y in zip(found, made.heights, strict=True):
            _draw(made.ax, turn, y, language)
        rows.axis_of_shares(made.ax, language)
        made.ax.set_xlabel(phrase("silent_axis", language))
        return style.settle(made.figure)


def said_turn(share: float, language: str) -> str:
    """Return where "most" turns as it is printed: a share, or that it always or never holds.

    Examples
    --------
    >>> said_turn(0.562, "en"), said_turn(1.2, "en"), said_turn(-0.1, "en")
    ('56%', 'always holds', 'does not hold')
    """
    if pd.isna(share):
        return "–"
    if share >= 1:
        return phrase("always", language)
    return phrase("never", language) if share < 0 else formats.percent(share, language, 0)


def _turn(own: pd.DataFrame, label: str) -> _Turn | None:
    tips = own[own["term"] == "tipping_point"].set_index("method")
    if BY_SHARE not in tips.index:
        return None
    observed = own.loc[own["method"] == "manski_bounds", "estimate"]
    limit = tips.loc[BY_LIMIT, "estimate"] if BY_LIMIT in tips.index else float("nan")
    negative = 1 - observed.iloc[0] if len(observed) else float("nan")
    return _Turn(label, tips.loc[BY_SHARE, "estimate"], limit, negative, tips.loc[BY_SHARE, "note"])


def _draw(ax: Axes, turn: _Turn, y: float, language: str) -> None:
    if pd.isna(turn.share):
        style.say(ax, y, why_empty(turn.note, language))
        return
    share = min(max(turn.share, 0.0), 1.0)
    limit = min(max(turn.limit, 0.0), share) if pd.notna(turn.limit) else 0.0
    for (low, high), (colour, hatch) in zip(((0.0, limit), (limit, share), (share, 1.0)), _faces(), strict=True):
        if high > low:
            ax.barh(y, high - low, _BAR, low, **style.face(colour, hatch))
    if pd.notna(turn.negative):
        ax.plot(turn.negative, y, zorder=3, **_MARK)


_MARK: Final[dict[str, Any]] = {
    "marker": "D", "markersize": 5.5, "color": style.INK, "markerfacecolor": "white", "linestyle": "none",
}  # fmt: skip


def _faces() -> list[tuple[str, str]]:
    """Told apart by lightness and hatch, not by colour alone."""
    return [(style.diverging(4)[-1], ""), (style.MIDDLE, ""), ("#ffffff", "////")]


def _keys() -> list[Artist]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    return [*style.keys(_faces()), Line2D([], [], **_MARK)]
