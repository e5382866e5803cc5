"""What those who did not answer could make of a share: the observed one within its worst and best case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import columns, numbers, rows, style
from pipeline.plots.phrases import phrase
from pipeline.plots.wording import why_empty, word

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: Methods of the three kinds of limits, as `analysis.participation` names them.
OBSERVED: Final = ("cluster_logit_t", "wilson")
WORST_BEST: Final = "manski_bounds"
WITH_CHANCE: Final = "imbens_manski_cluster"
_HALF: Final = 0.5
#: Names of outcomes, points.
_NAMES: Final = 105.0
#: Half the height of the bar of bounds, inches.
_BAR: Final = 0.075


def nonresponse_bounds(estimates: pd.DataFrame, labels: Mapping[str, str], language: str) -> Figure:
    """Draw per outcome the share observed, with its interval, over the bounds of what it can be among everyone.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`, term share_positive and group "all"; used are the methods `OBSERVED` (the first that has
        a row), `WORST_BEST` and `WITH_CHANCE`. Estimate and limits are shares.
    labels : mapping of str to str
        Name per outcome, in the order to draw; an outcome without bounds is left out.
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide.

    Raises
    ------
    ContractError
        When no outcome has bounds.

    Notes
    -----
    Bounds: Manski (1989), J. Human Resources 24; their interval: Imbens and Manski (2004), Econometrica 72.

    Examples
    --------
    >>> row = {"outcome": "q", "n": 40, "estimate": 0.7, "ci_low": 0.4, "ci_high": 0.8, "ci_level": 0.95, "note": None}
    >>> made = pd.DataFrame([row | {"method": m} for m in ("wilson", "manski_bounds", "imbens_manski_cluster")])
    >>> nonresponse_bounds(made, {"q": "Courage"}, "en").axes[0].get_yticklabels()[0].get_text()
    'Courage'
    """
    drawn = [_Row(estimates[estimates["outcome"] == key], name) for key, name in labels.items()]
    drawn = [one for one in drawn if one.worst_best]
    if not drawn:
        raise ContractError("no outcome has bounds", place="figure nonresponse_bounds", allowed=f"method {WORST_BEST}")
    with style.context():
        said = [phrase(key, language) for key in ("observed", "bounds", "with_chance")]
        beside = _columns(drawn, estimates, language)
        made = rows.begin([one.label for one in drawn], beside, _keys(), said, _NAMES)
        for one, y in zip(drawn, made.heights, strict=True):
            _draw(made.ax, one, y, language)
        rows.axis_of_shares(made.ax, language, (_HALF, phrase("half", language)))
        return style.settle(made.figure)


class _Row:
    """One outcome: its rows by kind of limits; empty where there is none."""

    def __init__(self, own: pd.DataFrame, label: str) -> None:
        by = own.drop_duplicates("method").set_index("method", drop=False)
        method = next((m for m in OBSERVED if m in by.index), WORST_BEST)
        self.label = label
        self.observed, self.worst_best, self.with_chance = (
            by.loc[name].to_dict() if name in by.index else {} for name in (method, WORST_BEST, WITH_CHANCE)
        )


def _columns(drawn: list[_Row], estimates: pd.DataFrame, language: str) -> list[columns.Column]:
    n = [formats.number(r.observed["n"], language) if pd.notna(r.observed["n"]) else "–" for r in drawn]
    level = word("interval", language, level=numbers.level(estimates, language))
    return [
        columns.Column("n", tuple(n)),
        columns.Column(f"{word('share', language)} ({level})", tuple(numbers.shares(r.observed, language) for r in drawn)),
        columns.Column(phrase("worst_best", language), tuple(_between(r.worst_best, language) for r in drawn)),
    ]  # fmt: skip


def _between(row: Mapping[Any, Any], language: str) -> str:
    if pd.isna(row["ci_low"]):
        return "–"
    return f"{formats.number(100 * row['ci_low'], language)}–{formats.percent(row['ci_high'], language, 0)}"


def _draw(ax: Axes, one: _Row, y: float, language: str) -> None:
    bounds, chance, own = one.worst_best, one.with_chance, one.observed
    if pd.isna(bounds["ci_low"]):
        style.say(ax, y, why_empty(bounds["note"], language))
        return
    if chance and pd.notna(chance["ci_low"]):
        ax.plot([chance["ci_low"], chance["ci_high"]], [y, y], zorder=1, **_CHANCE)
    ax.barh(y, bounds["ci_high"] - bounds["ci_low"], 2 * _BAR, bounds["ci_low"], zorder=2, **style.face(style.MIDDLE))
    if own["method"] in OBSERVED and pd.notna(own["ci_low"]):
        ax.plot([own["ci_low"], own["ci_high"]], [y, y], color=style.INK, linewidth=2.2, zorder=3)
    if pd.notna(own["estimate"]):
        ax.plot(own["estimate"], y, zorder=4, **_POINT)


_CHANCE: Final[dict[str, Any]] = {"color": style.QUIET, "linewidth": 0.9, "marker": "|", "markersize": 7}
_POINT: Final[dict[str, Any]] = {"marker": "o", "markersize": 5.5, "color": style.INK, "markerfacecolor": "white"}


def _keys() -> list[Artist]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    observed = Line2D([], [], linewidth=2.2, **_POINT)
    return [observed, style.keys([(style.MIDDLE, "")])[0], Line2D([], [], **_CHANCE)]
