"""How many of the silent would have to think otherwise for "most" to fail."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import legend, style
from pipeline.plots.wording import word

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEIGHT: Final = 2.9
_DASHES: Final = ("solid", (0, (5, 2)), (0, (1.5, 1.5)), (0, (5, 2, 1.5, 2)))
_MARKS: Final = ("o", "s", "^", "D")


def turning_point(points: Mapping[str, tuple[float, float]], labels: Mapping[str, str], language: str) -> Figure:
    """Draw the share among everyone listed against the share of the silent who are positive, a line per outcome.

    Parameters
    ----------
    points : mapping of str to (float, float)
        Per outcome: share positive of those who answered, and how much of everyone listed answered (shares).
    labels : mapping
        Name per outcome.
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide. Where a line crosses one half "most" tips over; the crossing is marked and named.

    Raises
    ------
    ContractError
        When there is no outcome of which a share is known and somebody is silent.

    Notes
    -----
    With p the share of those who answered, r the part that answered and q the share of the silent, everyone's share is
    rp + (1 - r)q; it is one half at q = (1/2 - rp) / (1 - r).

    Examples
    --------
    >>> figure = turning_point({"q": (0.7, 0.4)}, {"q": "Courage"}, "en")
    >>> [t.get_text() for t in figure.axes[0].texts if "%" in t.get_text()][-1]
    '37%'
    """
    points = {name: (p, r) for name, (p, r) in points.items() if not math.isnan(p) and r < 1}
    if not points:
        raise ContractError("there is no outcome with anybody silent", place="figure tipping_point")
    names = [labels[name] for name in points]
    with style.context():
        figure = style.new_figure(_HEIGHT + legend.height(names))
        ax = figure.add_subplot()
        _axis(ax, language)
        for i, (share, answered) in enumerate(points.values()):
            _line(ax, share, answered, i, language)
        legend.add_keys(figure, _keys(len(points)), names)
        return style.settle(figure)


def crossing(share: float, answered: float) -> float:
    """Return the share of the silent who must be positive for everyone's share to be one half.

    Examples
    --------
    >>> round(crossing(0.7, 0.4), 3)
    0.367
    """
    return (0.5 - answered * share) / (1 - answered) if answered < 1 else float("nan")


def _colour(i: int) -> str:
    return (style.INK, style.diverging(4)[-1], style.diverging(4)[0], style.QUIET)[i % 4]


def _line(ax: Axes, share: float, answered: float, i: int, language: str) -> None:
    silent = np.array([0.0, 1.0])
    ax.plot(silent, answered * share + (1 - answered) * silent, color=_colour(i), linestyle=_DASHES[i % 4])
    at = crossing(share, answered)
    if 0 <= at <= 1:
        ax.plot(at, 0.5, marker=_MARKS[i % 4], color=_colour(i), markersize=6, markeredgecolor="white", zorder=3)
        above = 8 if i % 2 == 0 else -14
        ax.annotate(
            formats.percent(at, language, 0), (at, 0.5), xytext=(0, above), textcoords="offset points", ha="center",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip


def _keys(count: int) -> list[Artist]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    return [
        Line2D([], [], color=_colour(i), linestyle=_DASHES[i % 4], marker=_MARKS[i % 4], markersize=5)
        for i in range(count)
    ]


def _axis(ax: Axes, language: str) -> None:
    ticks = [0, 0.25, 0.5, 0.75, 1]
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_ticks(ticks, [formats.percent(t, language, 0) for t in ticks])
    ax.set_xlabel(word("silent_positive", language))
    ax.set_ylabel(word("everyone_positive", language))
    ax.axhline(0.5, color=style.QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
    ax.annotate(word("half", language), (0, 0.5), xytext=(4, 4), textcoords="offset points", color=style.QUIET)
