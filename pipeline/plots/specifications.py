"""The specification curve: every defensible analysis in order of its result, and the choices that made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import legend, style, text
from pipeline.plots.phrases import phrase

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Choices = Mapping[str, Mapping[str, str]]
_HALF: Final = 0.5
_CURVE: Final = 2.2
_ROW: Final = 0.16
_NAMES: Final = 150.0


def choices_of(specifications: pd.DataFrame) -> pd.DataFrame:
    """Return the choices of each specification: one column per kind of choice, the interval last.

    Parameters
    ----------
    specifications : DataFrame
        Contract `estimates`, term specification: group ``cut=...,missing=...``, the interval as method.

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["cut=above_middle,missing=half_answered"], "method": ["wilson"]})
    >>> choices_of(rows).iloc[0].to_dict()
    {'cut': 'above_middle', 'missing': 'half_answered', 'interval': 'wilson'}
    """
    parted = [dict(part.split("=", 1) for part in group.split(",")) for group in specifications["group"]]
    found = pd.DataFrame(parted, index=specifications.index)
    return found.assign(interval=specifications["method"])


def specification_curve(estimates: pd.DataFrame, choices: Choices, main: Mapping[str, str], language: str) -> Figure:
    """Draw the shares of all specifications in order, with their intervals, over a grid of the choices made.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`, term specification, of one outcome (shares); masked rows are left out.
    choices : mapping of str to mapping
        Per kind of choice, in order, the keys and their texts.
    main : mapping of str to str
        The key of the main analysis per kind of choice.
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide.

    Raises
    ------
    ContractError
        When no specification has an estimate.

    Notes
    -----
    Simonsohn, Simmons and Nelson (2020), Nature Human Behaviour 4, 1208-1214.

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["cut=a", "cut=b"], "method": "wilson", "estimate": [0.7, 0.6]})
    >>> figure = specification_curve(rows.assign(ci_low=0.5, ci_high=0.8), {"cut": {"a": "A", "b": "B"}}, {}, "en")
    >>> [tick.get_text() for tick in figure.axes[1].get_yticklabels()]
    ['A', 'B']
    """
    shown = estimates.dropna(subset=["estimate"])
    if shown.empty:
        raise ContractError("no specification has an estimate that may be shown", place="figure robustness")
    chosen = choices_of(shown)
    order = shown.assign(key=chosen.astype(str).agg(",".join, axis=1)).sort_values(["estimate", "key"]).index
    with style.context():
        return _draw(shown.loc[order], chosen.loc[order], choices, main, language)


def _draw(
    shown: pd.DataFrame, chosen: pd.DataFrame, choices: Choices, main: Mapping[str, str], language: str
) -> Figure:
    labels = [(kind, key, text.wrap(name, _NAMES)) for kind, own in choices.items() for key, name in own.items()]
    said = [phrase(key, language) for key in ("supports", "no_support", "main")]
    heights = [text.height(name) + _ROW - style.LINE + 0.03 for _, _, name in labels]
    gaps = [0.08 if i and labels[i - 1][0] != kind else 0.0 for i, (kind, _, _) in enumerate(labels)]
    grid_height = sum(heights) + sum(gaps)
    figure = style.new_figure(_CURVE + grid_height + legend.height(said) + 0.55)
    top, grid = figure.subplots(2, 1, sharex=True, height_ratios=[_CURVE, grid_height])
    is_main = np.logical_and.reduce([chosen[kind] == key for kind, key in main.items() if kind in chosen] or [False])
    is_main = np.broadcast_to(is_main, len(shown))
    _curve(top, shown, is_main, language)
    ys = [sum(heights[:i]) + sum(gaps[: i + 1]) + h / 2 for i, h in enumerate(heights)]
    _grid(grid, chosen, labels, ys, is_main, grid_height)
    grid.set_xlabel(phrase("specifications", language))
    legend.add_keys(figure, _keys(), said)
    return style.settle(figure)


def _curve(ax: Axes, shown: pd.DataFrame, is_main: np.ndarray, language: str) -> None:
    at = np.arange(len(shown))
    above = (shown["ci_low"] > _HALF).to_numpy()
    low, high, share = (shown[name].to_numpy(dtype=float) for name in ("ci_low", "ci_high", "estimate"))
    ax.vlines(at[above], low[above], high[above], color=_ABOVE, linewidth=1.0)
    ax.vlines(at[~above], low[~above], high[~above], color=_REACHES, linewidth=1.0)
    ax.plot(at[above], share[above], zorder=3, **_look(_ABOVE, "o"))
    ax.plot(at[~above], share[~above], zorder=3, **_look(_REACHES, "o"))
    ax.plot(at[is_main], share[is_main], zorder=4, **_look("white", "D", 6.5))
    ax.axhline(_HALF, color=style.QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
    ax.set_ylabel(phrase("share_positive", language))
    ticks = (0, 0.25, 0.5, 0.75, 1)
    ax.set_yticks(ticks, [formats.percent(tick, language, 0) for tick in ticks])
    ax.tick_params(axis="x", length=0, labelbottom=False)
    ax.set_ylim(-0.02, 1.02)


def _grid(
    ax: Axes, chosen: pd.DataFrame, labels: list[tuple[str, str, str]], ys: list[float], is_main: np.ndarray, bottom: float
) -> None:  # fmt: skip
    at = np.arange(len(chosen))
    for i, ((kind, key, _), y) in enumerate(zip(labels, ys, strict=True)):
        made = (chosen[kind] == key).to_numpy() if kind in chosen else np.zeros(len(chosen), dtype=bool)
        if i % 2 == 0:
            ax.axhspan(y - _ROW / 2, y + _ROW / 2, color="#f4f4f4", zorder=0)
        ax.plot(at[made], np.full(made.sum(), y), marker="|", markersize=6, color=style.INK, linestyle="none")
        both = made & is_main
        ax.plot(at[both], np.full(both.sum(), y), zorder=4, **_look("white", "D", 5.5))
    ax.set_yticks(ys, [name for _, _, name in labels])
    ax.set_ylim(bottom, 0)
    ax.set_xlim(-1, len(chosen))
    ax.set_xticks([])
    ax.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)


_ABOVE: Final = "#4a2c82"
_REACHES: Final = "#9a9a9a"


def _look(face: str, marker: str, size: float = 3.0) -> dict[str, Any]:
    edge = style.INK if face == "white" else face
    return {
        "marker": marker, "markersize": size, "markerfacecolor": face, "markeredgecolor": edge, "linestyle": "none",
    }  # fmt: skip


def _keys() -> list[Artist]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    looks = (_look(_ABOVE, "o", 5), _look(_REACHES, "o", 5), _look("white", "D", 6.5))
    return [Line2D([], [], **look) for look in looks]
