"""What was planned and what came of it, and the sustainability grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from pipeline.core import formats
from pipeline.core.config import Indicator, Sustainability
from pipeline.core.errors import ContractError
from pipeline.plots import columns, legend, style, text
from pipeline.plots.wording import word

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABEL_WIDTH: Final = 140.0
_TOPIC_WIDTH: Final = 215.0
_STEP: Final = 0.34


def planned_actual(indicators: Sequence[Indicator], language: str) -> Figure:
    """Draw what came of each planned figure as a part of the plan, the figures themselves beside it.

    Parameters
    ----------
    indicators : sequence of Indicator
        Of project.toml. Where nothing was planned or nothing is known, there is no bar and the numbers say why.
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide; a line where the plan is met. Figures of different units share no axis but this ratio.

    Raises
    ------
    ContractError
        When there is none.
    """
    if not indicators:
        raise ContractError("there are no indicators", place="figure planned_actual")
    names = [text.wrap(f"{i.label.get(language, i.key)} ({i.unit})", _LABEL_WIDTH) for i in indicators]
    steps = [max(_STEP, text.height(name) + 0.12) for name in names]
    heights = [sum(steps[:i]) + step / 2 for i, step in enumerate(steps)]
    ratios = [_ratio(i) for i in indicators]
    beside = [
        columns.Column(word("planned", language), tuple(_number(i.planned, language) for i in indicators)),
        columns.Column(word("actual", language), tuple(_number(i.actual, language) for i in indicators)),
    ]
    with style.context():
        figure = style.new_figure(sum(steps) + columns.header_height(beside) + 0.65)
        ax = figure.add_subplot()
        for ratio, y in zip(ratios, heights, strict=True):
            _bar(ax, ratio, y, language)
        _axis(ax, max([1.0, *(r for r in ratios if r is not None)]), language)
        ax.set_yticks(heights, names)
        ax.set_ylim(sum(steps), 0)
        style.reference(ax, 1.0, word("as_planned", language))
        columns.add(ax, heights, beside)
        return style.settle(figure)


def _ratio(indicator: Indicator) -> float | None:
    if not indicator.planned or indicator.actual is None:
        return None
    return indicator.actual / indicator.planned


def _number(value: float | None, language: str) -> str:
    return "–" if value is None else formats.number(value, language, min(2, formats.decimals(value)))


def _bar(ax: Axes, ratio: float | None, y: float, language: str) -> None:
    if ratio is None:
        style.say(ax, y, word("no_ratio", language))
        return
    ax.barh(y, ratio, height=0.2, **style.face(style.diverging(4)[-1]))
    inside = ratio > 0.3
    ax.annotate(
        formats.percent(ratio, language, 1), (ratio, y), xytext=(-5 if inside else 5, 0), textcoords="offset points",
        ha="right" if inside else "left", va="center_baseline",
        color=style.text_on(style.diverging(4)[-1]) if inside else style.INK,
    )  # fmt: skip


def _axis(ax: Axes, most: float, language: str) -> None:
    ax.set_xlim(0, 1.08 * most)
    ticks = [t for t in (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 5) if t <= 1.08 * most][-6:]
    ax.set_xticks(ticks, [formats.percent(t, language, 0) for t in ticks])
    ax.tick_params(axis="y", length=0)


def sustainability(rows: Sequence[Sustainability], language: str) -> Figure:
    """Draw the direct and indirect score of each topic, grouped by dimension.

    Parameters
    ----------
    rows : sequence of Sustainability
        Of project.toml, in the order of the fund's form.
    language : {"fi", "sv", "en"}
        Of words.

    Returns
    -------
    Figure
        6.3 inches wide; the scores stand as numbers too.

    Raises
    ------
    ContractError
        When there is none.
    """
    if not rows:
        raise ContractError("the grid is empty", place="figure sustainability")
    lines = list(_lines(rows))
    steps = [text.height(name) + (0.16 if row is None else 0.08) for name, row in lines]
    heights = [sum(steps[:i]) + step / 2 for i, step in enumerate(steps)]
    beside = [
        columns.Column(word(key, language), tuple("" if row is None else str(getattr(row, key)) for _, row in lines))
        for key in ("direct", "indirect")
    ]
    said = [word(key, language) for key in ("direct", "indirect")]
    with style.context():
        figure = style.new_figure(sum(steps) + columns.header_height(beside) + legend.height(said) + 0.4)
        ax = figure.add_subplot()
        for (_, row), y in zip(lines, heights, strict=True):
            _dots(ax, row, y)
        most = max(max(row.direct, row.indirect) for row in rows)
        ax.set_xlim(-0.4, max(most, 1) + 0.4)
        ax.set_xticks(range(max(most, 1) + 1))
        ax.set_yticks(heights, [name for name, _ in lines])
        for label, (_, row) in zip(ax.get_yticklabels(), lines, strict=True):
            label.set_fontweight("bold" if row is None else "normal")
        ax.tick_params(axis="y", length=0)
        ax.set_ylim(sum(steps), 0)
        columns.add(ax, heights, beside)
        legend.add_keys(figure, _keys(), said)
        return style.settle(figure)


def _lines(rows: Sequence[Sustainability]) -> list[tuple[str, Sustainability | None]]:
    """Return a heading per dimension and its topics."""
    found: list[tuple[str, Sustainability | None]] = []
    for i, row in enumerate(rows):
        if i == 0 or rows[i - 1].dimension != row.dimension:
            found.append((text.wrap(row.dimension, _TOPIC_WIDTH, bold=True), None))
        found.append((text.wrap(row.topic, _TOPIC_WIDTH), row))
    return found


def _dots(ax: Axes, row: Sustainability | None, y: float) -> None:
    if row is None:
        return
    ax.plot((row.direct, row.indirect), (y, y), color=style.RULE, linewidth=1.2, zorder=1)
    ax.plot(row.indirect, y, **_mark(direct=False), zorder=2)
    ax.plot(row.direct, y, **_mark(direct=True), zorder=3)


def _mark(*, direct: bool) -> dict[str, Any]:
    plain: dict[str, Any] = {"linestyle": "none", "markeredgecolor": style.INK, "markeredgewidth": 0.8}
    if direct:
        return {**plain, "marker": "o", "markersize": 4.5, "color": style.diverging(4)[-1]}
    return {**plain, "marker": "s", "markersize": 7, "markerfacecolor": "white"}


def _keys() -> list[Artist]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    return [Line2D([], [], **_mark(direct=direct)) for direct in (True, False)]
