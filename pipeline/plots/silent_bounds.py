"""What the silent could do to a share: the share seen, its interval, and the bounds that hold whatever they think."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import columns, legend, style, text
from pipeline.plots.wording import word

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABEL_WIDTH: Final = 120.0
_ROW: Final = 0.42
_BAR: Final = 0.24
#: Rows of `estimates` by what they are drawn as.
_SEEN: Final = ("cluster_logit_t", "wilson")
_BOUNDS: Final = "manski_bounds"
_CAUTIOUS: Final = ("imbens_manski_cluster", "imbens_manski")


def silent_bounds(estimates: pd.DataFrame, labels: Mapping[str, str], language: str) -> Figure:
    """Draw per outcome the share of those who answered with its interval, and worst and best case for everyone.

    Parameters
    ----------
    estimates : DataFrame
        Rows of contract `estimates`, term "share_positive", group "all": of each outcome a clustered or Wilson row,
        one of method "manski_bounds" and, where there is one, Imbens and Manski's interval. Shares.
    labels : mapping
        Name per outcome; also the order, from the top.
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide; a line at one half.

    Raises
    ------
    ContractError
        When no outcome has bounds.
    """
    rows = [found for name in labels if (found := _rows(estimates[estimates["outcome"] == name])) is not None]
    if not rows:
        raise ContractError("no outcome has bounds", place="figure nonresponse_bounds")
    names = [text.wrap(labels[row["outcome"]], _LABEL_WIDTH) for row in rows]
    steps = [max(_ROW, text.height(name) + 0.12) for name in names]
    heights = [sum(steps[:i]) + step / 2 for i, step in enumerate(steps)]
    said = [word(key, language) for key in ("seen", "cautious", "worst_best")]
    beside = _columns(rows, language)
    with style.context():
        figure = style.new_figure(sum(steps) + columns.header_height(beside) + legend.height(said) + 0.55)
        ax = figure.add_subplot()
        for row, y in zip(rows, heights, strict=True):
            _draw(ax, row, y)
        _axis(ax, heights, names, sum(steps), language)
        columns.add(ax, heights, beside)
        legend.add_keys(figure, _keys(), said)
        return style.settle(figure)


def _rows(own: pd.DataFrame) -> dict[str, Any] | None:
    """Return what is drawn of one outcome; None where it has no bounds."""
    by_method = own.drop_duplicates("method").set_index("method")
    seen = next((m for m in _SEEN if m in by_method.index and pd.notna(by_method.loc[m, "ci_low"])), None)
    if seen is None or _BOUNDS not in by_method.index or pd.isna(by_method.loc[_BOUNDS, "ci_low"]):
        return None
    cautious = next((m for m in _CAUTIOUS if m in by_method.index), _BOUNDS)
    limits = {
        name: tuple(by_method.loc[method, ["ci_low", "ci_high"]])
        for name, method in (("seen", seen), ("worst", _BOUNDS), ("cautious", cautious))
    }
    return {"outcome": own["outcome"].iloc[0], "share": by_method.loc[seen, "estimate"], **limits}


def _draw(ax: Axes, row: Mapping[str, Any], y: float) -> None:
    low, high = row["worst"]
    ax.barh(y, high - low, left=low, height=_BAR, **style.face(style.MIDDLE, "////"))
    ax.plot(row["cautious"], (y, y), color=style.QUIET, linewidth=0.9, marker="|", markersize=8, zorder=1)
    ax.plot(row["seen"], (y, y), color=style.diverging(4)[-1], linewidth=3.0, zorder=2)
    ax.plot(row["share"], y, **_point(), zorder=3)


def _point() -> dict[str, Any]:
    colour = style.diverging(4)[-1]
    return {"marker": "o", "color": colour, "markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.8}


def _keys() -> list[Artist]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    seen = Line2D([], [], linewidth=3.0, **_point())
    cautious = Line2D([], [], color=style.QUIET, linewidth=0.9, marker="|", markersize=8)
    return [seen, cautious, *style.keys([(style.MIDDLE, "////")])]


def _columns(rows: list[dict[str, Any]], language: str) -> list[columns.Column]:
    seen = tuple(formats.percent(row["share"], language, 0) for row in rows)
    worst = tuple(
        f"{formats.percentage(row['worst'][0], language)}–{formats.percent(row['worst'][1], language, 0)}"
        for row in rows
    )
    return [columns.Column(word("share", language), seen), columns.Column(word("bounds", language), worst, least=52.0)]


def _axis(ax: Axes, heights: list[float], names: list[str], bottom: float, language: str) -> None:
    ax.set_xlim(0, 1)
    ax.set_ylim(bottom, 0)
    ax.set_yticks(heights, names)
    ax.tick_params(axis="y", length=0)
    ticks = [0, 0.25, 0.5, 0.75, 1]
    ax.set_xticks(ticks, [formats.percent(t, language, 0) for t in ticks])
    style.reference(ax, 0.5, word("half", language))
