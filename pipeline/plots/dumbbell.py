"""Two values of one thing joined by a line: hollow is the first, filled the second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipeline.core import formats
from pipeline.plots import columns, legend, style, text

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABEL_WIDTH: Final = 128.0
_PADDING: Final = 0.15
_TICKS: Final = (0, 0.25, 0.5, 0.75, 1)
#: Distance of the interval from the marks, inches: it stands below them, so that neither hides the other.
_BELOW: Final = 0.075


@dataclass(frozen=True)
class Pair:
    """One row: two shares, the limits of the second if drawn, or `hidden`, why there is nothing to draw."""

    label: str
    first: float | None
    second: float | None
    limits: tuple[float, float] | None = None
    hidden: str | None = None


def draw(
    pairs: Sequence[Pair],
    marks: tuple[str, str],
    beside: Sequence[columns.Column],
    language: str,
    *,
    line: tuple[float, str] | None = None,
) -> Figure:
    """Draw one row per pair on an axis of shares, with columns beside; inside `style.context`.

    Parameters
    ----------
    pairs : sequence of Pair
        From top to bottom.
    marks : (str, str)
        What the hollow and the filled mark are.
    beside : sequence of Column
        Columns on the right, one cell per pair.
    language : {"fi", "sv", "en"}
        Of the percentages on the axis.
    line : (float, str), optional
        Where a dashed line stands, and what is written above it.
    """
    names = [text.wrap(pair.label, _LABEL_WIDTH) for pair in pairs]
    steps = [text.height(name) + _PADDING for name in names]
    heights = [sum(steps[:i]) + step / 2 for i, step in enumerate(steps)]
    figure = style.new_figure(sum(steps) + columns.header_height(beside) + legend.height(marks) + 0.55)
    ax = figure.add_subplot()
    for pair, y in zip(pairs, heights, strict=True):
        _row(ax, pair, y)
    _axis(ax, line, language)
    ax.set_yticks(heights, names)
    ax.set_ylim(sum(steps), 0)
    columns.add(ax, heights, beside)
    legend.add_keys(figure, _keys(), marks)
    return style.settle(figure)


def _row(ax: Axes, pair: Pair, y: float) -> None:
    if pair.hidden:
        style.say(ax, y, pair.hidden)
        return
    known = [value for value in (pair.first, pair.second) if value is not None]
    ax.plot(known, [y] * len(known), color=style.QUIET, linewidth=1.0, zorder=1)
    if pair.limits:
        ax.plot(pair.limits, [y + _BELOW] * 2, color=style.INK, linewidth=1.0, zorder=1)
    for value, look in zip((pair.first, pair.second), _looks(), strict=True):
        if value is not None:
            ax.plot(value, y, zorder=3, **look)


def _axis(ax: Axes, line: tuple[float, str] | None, language: str) -> None:
    ax.set_xlim(-0.02, 1.02)
    if line:
        style.reference(ax, *line)
    ax.set_xticks(_TICKS, [formats.percent(tick, language, 0) for tick in _TICKS])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _keys() -> list[Artist]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    return [Line2D([], [], **look) for look in _looks()]


def _looks() -> tuple[dict[str, Any], dict[str, Any]]:
    """The hollow and the filled mark: told apart without colour."""
    usual = {"marker": "o", "markersize": 6.0, "linestyle": "none", "markeredgecolor": style.INK}
    return {**usual, "markerfacecolor": "white"}, {**usual, "markerfacecolor": style.diverging(4)[-1]}
