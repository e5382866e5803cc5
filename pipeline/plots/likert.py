"""Answers on ordered scales as bars that diverge from the neutral middle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from pipeline.plots import columns, legend, likert_rows, style, text
from pipeline.plots.likert_rows import Level, Row
from pipeline.plots.wording import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

#: Items are wrapped to this width, points; to the second where many columns stand beside the bars.
_LABEL_WIDTHS: Final = (140.0, 112.0)
_BAR: Final = 0.26
_PADDING: Final = 0.16


def likert(
    estimates: pd.DataFrame, items: pd.DataFrame, options: pd.DataFrame, language: str, *, group: str = "all"
) -> Figure:
    """Draw one diverging bar per item, "don't know" and other missing answers counted apart on the right.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`. Used are the rows of method "wilson" and of `group`, per item (outcome): term
        "code=<code>" (n answered, estimate as share of n) and term "missing=<reason>" (estimate as share of n asked).
    items : DataFrame
        Contract `items`: the items to draw, from top to bottom. All must have the same response options.
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
        6.3 inches wide. Percentages are whole, add up to 100 and are printed where they fit.

    Raises
    ------
    ContractError
        When there is no item, an item has no estimates, items differ in scale, or shares are not counts of n.

    Notes
    -----
    Bars centred on the neutral level: Heiberger & Robbins (2014), Journal of Statistical Software 57(5). Rounding is by
    largest remainder (`pipeline.plots.rounding`).

    Examples
    --------
    >>> items = pd.DataFrame({"item": ["q1"], "question": ["q1"], "label_en": ["My say has grown"]})
    >>> options = pd.DataFrame({"question": "q1", "code": ["1", "2"], "position": [1, 2], "label_en": ["No", "Yes"]})
    >>> estimates = pd.DataFrame(
    ...     {"outcome": "q1", "term": ["code=1", "code=2"], "group": "all", "method": "wilson", "n": 4}
    ... ).assign(estimate=[0.25, 0.75])
    >>> [t.get_text() for t in likert(estimates, items, options, "en").axes[0].texts][:2]
    ['25', '75']
    """
    levels = likert_rows.scale(items, options, language)
    rows = likert_rows.rows(estimates, items, levels, language, group)
    with style.context():
        return _draw(rows, levels, likert_rows.missing_headers(rows, items, options, language), language)


def _draw(rows: Sequence[Row], levels: Sequence[Level], headers: dict[str, str], language: str) -> Figure:
    beside = _columns(rows, headers, language)
    names = [text.wrap(row.label, _LABEL_WIDTHS[len(beside) > 4]) for row in rows]
    steps = [max(_BAR, text.height(name)) + _PADDING for name in names]
    heights = [sum(steps[:i]) + step / 2 for i, step in enumerate(steps)]
    keys = [level.label for level in levels]
    figure = style.new_figure(sum(steps) + columns.header_height(beside) + legend.height(keys) + 0.5)
    ax = figure.add_subplot()
    printed = _bars(ax, rows, heights, language)
    ax.set_yticks(heights, names)
    ax.set_ylim(sum(steps), 0)
    columns.add(ax, heights, beside)
    legend.add(figure, _faces(len(levels)), keys)
    style.settle(figure)
    _hide_wider(printed)
    return figure


def _columns(rows: Sequence[Row], headers: dict[str, str], language: str) -> list[columns.Column]:
    def cells(values: list[int]) -> tuple[str, ...]:
        return tuple(
            "–" if r.hidden is not None else style.number(v, language) for r, v in zip(rows, values, strict=True)
        )

    answered = columns.Column(word("answered", language), cells([sum(r.counts) for r in rows]))
    apart = [columns.Column(name, cells([r.missing.get(key, 0) for r in rows])) for key, name in headers.items()]
    return [answered, *apart]


def _bars(ax: Axes, rows: Sequence[Row], heights: Sequence[float], language: str) -> list[tuple[Rectangle, Text]]:
    """Draw the bars; return each piece with the percentage printed in it."""
    ax.axvline(0, color=style.QUIET, linewidth=0.8, zorder=0)
    printed = [pair for row, y in zip(rows, heights, strict=True) for pair in _bar(ax, row, y, language)]
    for row, y in zip(rows, heights, strict=True):
        if not sum(row.counts):
            style.say(ax, y, row.hidden or word("no_answers", language))
    _limits(ax, [row.left for row in rows if sum(row.counts)])
    ax.set_xlabel(word("percent_of_answered", language), color=style.QUIET)
    ax.set_xticks([])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    return printed


def _limits(ax: Axes, lefts: Sequence[float]) -> None:
    """As wide as the bars need, with a little on both sides even where nobody is on one of them."""
    ends = [(left, left + 100) for left in lefts] or [(-50.0, 50.0)]
    ax.set_xlim(min(-8.0, *(low for low, _ in ends)) - 1, max(8.0, *(high for _, high in ends)) + 1)


def _bar(ax: Axes, row: Row, y: float, language: str) -> list[tuple[Rectangle, Text]]:
    left, printed = row.left, []
    for percent, (colour, hatch) in zip(row.percents, _faces(len(row.counts)), strict=True):
        if percent:
            piece = ax.barh(y, percent, height=_BAR, left=left, **style.face(colour, hatch))[0]
            printed.append((piece, _print(ax, left + percent / 2, y, style.number(percent, language), colour)))
        left += percent
    return printed


def _print(ax: Axes, x: float, y: float, percent: str, background: str) -> Text:
    behind = {"facecolor": background, "edgecolor": "none", "pad": 0.8}
    return ax.text(x, y, percent, ha="center", va="center_baseline", color=style.text_on(background), bbox=behind)


def _hide_wider(printed: Sequence[tuple[Rectangle, Text]]) -> None:
    """Take away the percentages that are wider than their piece of the bar; they are in the data table."""
    for piece, percent in printed:
        percent.set_visible(percent.get_window_extent().width + 9 <= piece.get_window_extent().width)


def _faces(levels: int) -> list[tuple[str, str]]:
    """Colour and hatch per level; the low side is hatched as well, so that the sides differ in grey print."""
    return [(colour, "/////" if i < levels // 2 else "") for i, colour in enumerate(style.diverging(levels))]
