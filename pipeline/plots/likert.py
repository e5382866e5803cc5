"""Answers on ordered scales as bars that diverge from the neutral middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from pipeline.core import formats
from pipeline.plots import columns, legend, likert_rows, style, text
from pipeline.plots.likert_rows import Level, Row
from pipeline.plots.wording import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

#: Height of a bar, space between it and its item's text, and space below it; inches.
_BAR: Final = 0.25
_GAP: Final = 0.035
_PADDING: Final = 0.15
#: Length of the mark below a bar that shows where the middle is, inches.
_TICK: Final = 0.05
#: Points of white at both edges of the figure together, as the layout leaves them.
_EDGES: Final = 2 * 0.08 * 72
#: Where the columns would take more points than this from the bars, their headers stand upright.
_MOST_BESIDE: Final = 0.38 * style.WIDTH * 72
#: Colour and hatch of levels whose counts are known together only.
_TOGETHER: Final = ("#ffffff", "....")
#: Points a printed percentage leaves free in its piece of the bar.
_FREE: Final = 0.6


@dataclass(frozen=True)
class _Place:
    """Where a row stands: its item's text, the y of the text's foot and of the bar's middle (inches from the top)."""

    name: str
    foot: float
    bar: float


def likert(
    estimates: pd.DataFrame, items: pd.DataFrame, options: pd.DataFrame, language: str, *, group: str = "all"
) -> Figure:
    """Draw one diverging bar per item below its text, "don't know" and other missing answers counted on the right.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`. Used are the rows of method "wilson" and of `group`, per item (outcome): term
        "code=<code>" (n answered, estimate as share of n) and term "missing=<reason>" (estimate as share of n asked).
    items : DataFrame
        Contract `items`: the items to draw, from top to bottom. All must have the same response options. A reversed
        item is drawn as it was answered, and its text says which end is the positive one.
    options : DataFrame
        Contract `options`; those with a missing_reason are no level of the scale. Levels run from low (left) to high
        (right): by code where all codes are numbers, else in the order of the instrument.
    language : {"fi", "sv", "en"}
        Of labels and numbers.
    group : str
        Group drawn, "all" or variable=value.

    Returns
    -------
    Figure
        6.3 inches wide. Percentages are printed where they fit: from 4 on they do. Each is rounded by itself, so that
        it is the number of the tables and sentences; the whole ones of a bar need not add up to 100.

    Raises
    ------
    ContractError
        When there is no item, an item has no estimates, items differ in scale, or shares are not counts of n.

    Notes
    -----
    Bars centred on the neutral level: Heiberger & Robbins (2014), Journal of Statistical Software 57(5).

    Examples
    --------
    >>> items = pd.DataFrame({"item": ["q1"], "question": ["q1"], "label_en": ["My say has grown"]})
    >>> options = pd.DataFrame({"question": "q1", "code": ["1", "2"], "position": [1, 2], "label_en": ["No", "Yes"]})
    >>> estimates = pd.DataFrame(
    ...     {"outcome": "q1", "term": ["code=1", "code=2"], "group": "all", "method": "wilson", "n": 4}
    ... ).assign(estimate=[0.25, 0.75])
    >>> [t.get_text() for t in likert(estimates, items, options, "en").axes[0].texts][:3]
    ['My say has grown', '25', '75']
    """
    levels = likert_rows.scale(items, options, language)
    rows = likert_rows.rows(estimates, items, levels, language, group)
    with style.context():
        headers = likert_rows.missing_headers(rows, items, options, language)
        return draw(rows, levels, _columns(rows, headers, language), word("percent_of_answered", language), language)


def draw(
    rows: Sequence[Row], levels: Sequence[Level], beside: Sequence[columns.Column], below: str, language: str
) -> Figure:
    """Draw diverging bars of `rows` with the columns `beside` them and a text `below`; inside `style.context`."""
    if columns.width(beside) > _MOST_BESIDE:
        beside = [replace(c, upright=c.turns) for c in beside]
    places, bottom = _places(rows, style.WIDTH * 72 - _EDGES - columns.width(beside))
    faces, keys = _faces(len(levels)), [level.label for level in levels]
    if any(row.together[1] for row in rows):
        faces, keys = [*faces, _TOGETHER], [*keys, word("together", language)]
    figure = style.new_figure(bottom + columns.header_height(beside) + legend.height(keys) + 0.35)
    ax = figure.add_subplot()
    for row, place in zip(rows, places, strict=True):
        weight = "bold" if row.strong else "normal"
        ax.text(0, place.foot, place.name, transform=ax.get_yaxis_transform(), va="bottom", weight=weight)
    printed = _bars(ax, rows, [place.bar for place in places], language)
    ax.set_xlabel(below, color=style.QUIET)
    ax.set_ylim(bottom, 0)
    columns.add(ax, [place.bar for place in places], beside)
    legend.add(figure, faces, keys)
    style.settle(figure)
    _hide_wider(printed)
    return figure


def _places(rows: Sequence[Row], room: float) -> tuple[list[_Place], float]:
    """Place each text, wrapped to `room` points, over its bar; return the places and where the last one ends."""
    places, y = [], 0.0
    for row in rows:
        name = text.wrap(row.label, room, bold=row.strong)
        foot = y + text.height(name)
        places.append(_Place(name, foot, foot + _GAP + _BAR / 2))
        y = foot + _GAP + _BAR + _PADDING
    return places, y


def _columns(rows: Sequence[Row], headers: dict[str, str], language: str) -> list[columns.Column]:
    answered = columns.Column(word("answered", language), cells(rows, [sum(r.counts) for r in rows], language))
    apart = [
        columns.Column(name, cells(rows, [r.missing.get(key, 0) for r in rows], language))
        for key, name in headers.items()
    ]
    return [answered, *apart]


def cells(rows: Sequence[Row], values: Sequence[int | None], language: str) -> tuple[str, ...]:
    """Return counts as text: a dash for rows that are not drawn, three dots for a single hidden count."""
    return tuple(
        "–" if row.hidden is not None else "…" if value is None else formats.number(value, language)
        for row, value in zip(rows, values, strict=True)
    )


def _bars(ax: Axes, rows: Sequence[Row], heights: Sequence[float], language: str) -> list[tuple[Rectangle, Text]]:
    """Draw the bars; return each piece with the percentage printed in it."""
    printed = [pair for row, y in zip(rows, heights, strict=True) for pair in _bar(ax, row, y, language)]
    for row, y in zip(rows, heights, strict=True):
        if sum(row.counts):  # where the middle is; not above the bar, where it would touch the item's text
            ax.plot([0, 0], [y, y + _BAR / 2 + _TICK], color=style.QUIET, linewidth=0.8, zorder=0)
        else:
            style.say(ax, y, row.hidden or word("no_answers", language))
    _limits(ax, [row.left for row in rows if sum(row.counts)])
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines[:].set_visible(False)
    return printed


def _limits(ax: Axes, lefts: Sequence[float]) -> None:
    """As wide as the bars need, with a little on both sides even where nobody is on one of them."""
    ends = [(left, left + 100) for left in lefts] or [(-50.0, 50.0)]
    ax.set_xlim(min(-8.0, *(low for low, _ in ends)) - 1, max(8.0, *(high for _, high in ends)) + 1)


def _bar(ax: Axes, row: Row, y: float, language: str) -> list[tuple[Rectangle, Text]]:
    left, printed = row.left, []
    for i, (width, own) in enumerate(zip(row.percents, _faces(len(row.counts)), strict=True)):
        colour, hatch = _TOGETHER if row.together[0] <= i < row.together[1] else own
        if width:
            piece = ax.barh(y, width, height=_BAR, left=left, **style.face(colour, hatch))[0]
            said = formats.percentage(row.counts[i] / sum(row.counts), language)
            printed.append((piece, _print(ax, left + width / 2, y, said, piece)))
        left += width
    return printed


def _print(ax: Axes, x: float, y: float, percent: str, piece: Rectangle) -> Text:
    """Write the percentage in its piece, on plain ground where the piece is hatched."""
    from matplotlib.colors import to_hex  # noqa: PLC0415

    ground = to_hex(piece.get_facecolor())
    behind = {"facecolor": ground, "edgecolor": "none", "pad": 0.2} if piece.get_hatch() else None
    return ax.text(x, y, percent, ha="center", va="center_baseline", color=style.text_on(ground), bbox=behind)


def _hide_wider(printed: Sequence[tuple[Rectangle, Text]]) -> None:
    """Take away the percentages that are wider than their piece of the bar; they are in the data table."""
    for piece, percent in printed:
        free = piece.get_window_extent().width - percent.get_window_extent().width
        percent.set_visible(free * 72 / piece.figure.dpi >= _FREE)


def _faces(levels: int) -> list[tuple[str, str]]:
    """Colour and hatch per level; the low side is hatched as well, so that the sides differ in grey print."""
    return [(colour, "/////" if i < levels // 2 else "") for i, colour in enumerate(style.diverging(levels))]
