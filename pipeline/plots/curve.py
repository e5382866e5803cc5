"""The specification curve: every defensible way to do the analysis, sorted, with the choices behind each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import legend, style, text
from pipeline.plots.wording import word

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_CURVE: Final = 2.2
_CHOICE: Final = 0.19
_LABEL_WIDTH: Final = 150.0


def curve(
    estimates: pd.DataFrame, labels: Mapping[str, str], language: str, *, main: str = "", line: float = 0.5
) -> Figure:
    """Draw the estimate and interval of every specification, sorted, above a grid of the choices it was made with.

    Parameters
    ----------
    estimates : DataFrame
        Rows of contract `estimates` of one outcome, term "specification": group holds the choices
        ("cut=..., missing=...", parted by commas), method the interval. Shares.
    labels : mapping
        What to print of "choice=option".
    language : {"fi", "sv", "en"}
        Of words and numbers.
    main : str
        Group and method of the main analysis, joined by "|"; it is marked.
    line : float
        The share that the claim is about.

    Returns
    -------
    Figure
        6.3 inches wide. Specifications whose lower limit lies above the line are filled, the others hollow.

    Raises
    ------
    ContractError
        When there is none.
    """
    known = estimates.dropna(subset=["estimate", "ci_low", "ci_high"])
    if known.empty:
        raise ContractError("there is no specification", place="figure robustness")
    rows = known.sort_values(["estimate", "ci_low", "group", "method"], ignore_index=True)
    choices = _choices(rows)
    grid = [(name, option) for name in choices for option in sorted(choices[name].unique())]
    said = [word(key, language) for key in ("supports", "not_supports", "main_analysis")]
    with style.context():
        lower = _CHOICE * (len(grid) + 0.8 * len(choices.columns))
        figure = style.new_figure(_CURVE + lower + legend.height(said) + 0.3)
        top, below = figure.subplots(2, 1, sharex=True, height_ratios=[_CURVE, lower])
        at = next(iter(rows.index[rows["group"] + "|" + rows["method"] == main]), None)
        _curve(top, rows, line, at, language)
        _grid(below, choices, grid, labels, at)
        legend.add_keys(figure, _keys(), said)
        return style.settle(figure)


def _choices(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the option of each choice per specification; a choice with one option is no choice."""
    parts = rows["group"].str.split(",").map(lambda pairs: dict(pair.split("=", 1) for pair in pairs))
    found = pd.DataFrame(parts.tolist(), index=rows.index).assign(interval=rows["method"].to_numpy())
    several = found.nunique() > 1
    return found.loc[:, several] if several.any() else found


def _curve(ax: Axes, rows: pd.DataFrame, line: float, at: int | None, language: str) -> None:
    holds = rows["ci_low"] > line
    ax.vlines(list(rows.index), rows["ci_low"], rows["ci_high"], color=style.RULE, linewidth=0.8)
    for supports, fill in ((True, style.diverging(4)[-1]), (False, "white")):
        own = rows.index[holds == supports]
        ax.scatter(own, rows.loc[own, "estimate"], s=7, facecolor=fill, edgecolor=style.INK, linewidth=0.5, zorder=3)
    if at is not None:
        ax.scatter([at], [rows.loc[at, "estimate"]], **_main(), zorder=4)
    low, high = float(rows["ci_low"].min()), float(rows["ci_high"].max())
    ax.set_ylim(max(0.0, min(low, line) - 0.05), min(1.0, max(high, line) + 0.05))
    ax.yaxis.set_major_formatter(lambda value, _: formats.percent(round(float(value), 4), language, 0))
    ax.axhline(line, color=style.QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
    ax.set_ylabel(word("share", language))
    ax.tick_params(axis="x", length=0, labelbottom=False)
    ax.spines["bottom"].set_visible(False)


def _grid(
    ax: Axes, choices: pd.DataFrame, grid: list[tuple[str, str]], labels: Mapping[str, str], at: int | None
) -> None:
    heights, names, y = [], [], 0.0
    for i, (choice, option) in enumerate(grid):
        y += 1.0 if i and grid[i - 1][0] == choice else 1.8 if i else 0.5
        own = choices.index[choices[choice] == option]
        ax.scatter(own, [y] * len(own), s=5, marker="|", color=style.INK, linewidth=0.7)
        heights.append(y)
        names.append(text.wrap(labels.get(f"{choice}={option}", option), _LABEL_WIDTH))
    if at is not None:
        ax.axvline(at, color=style.diverging(4)[0], linewidth=0.9, zorder=0)
    ax.set_ylim(y + 0.6, -0.2)
    ax.set_yticks(heights, names)
    ax.tick_params(axis="both", length=0)
    ax.set_xticks([])
    for side in ("bottom", "left"):
        ax.spines[side].set_visible(False)
    ax.set_xlim(-1, len(choices))


def _main() -> dict[str, Any]:
    return {"s": 46, "marker": "D", "facecolor": style.diverging(4)[0], "edgecolor": style.INK, "linewidth": 0.8}


def _keys() -> list[Artist]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    plain: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 5, "markeredgecolor": style.INK}
    return [
        Line2D([], [], markerfacecolor=style.diverging(4)[-1], **plain),
        Line2D([], [], markerfacecolor="white", **plain),
        Line2D([], [], markerfacecolor=style.diverging(4)[0], **{**plain, "marker": "D", "markersize": 6}),
    ]
