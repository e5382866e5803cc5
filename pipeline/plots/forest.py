"""Estimates with their intervals, one row per group."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import columns, style, text
from pipeline.plots.wording import is_masked, why_empty, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LABEL_WIDTH: Final = 135.0
_PADDING: Final = 0.13
#: Space between the overall row and the groups, inches.
_APART: Final = 0.12
_OVERALL: Final = "all"


@dataclass(frozen=True)
class Scale:
    """How the numbers of the figure are written."""

    share: bool
    language: str
    digits: int

    def text(self, value: float, *, sign: bool = True) -> str:
        """Return `value` as a percentage or a number, the percent sign left out on request."""
        if self.share and sign:
            return formats.percent(value, self.language, self.digits)
        return formats.number(value * (100 if self.share else 1), self.language, self.digits)


def forest(
    estimates: pd.DataFrame,
    labels: Mapping[str, str],
    language: str,
    *,
    reference: float | None = 0.5,
    by: str = "group",
    digits: int = 1,
    strong: Collection[str] = (_OVERALL,),
) -> Figure:
    """Draw a point and its interval per row, with n and the numbers as text on the right.

    Parameters
    ----------
    estimates : DataFrame
        Rows of contract `estimates`, drawn from top to bottom: one outcome, term and method, one row per group. Rows
        masked by the disclosure gate (no estimate, note "n < 10") are named, not drawn. Unit "share" is written in
        per cent on an axis from 0 to 1, any other unit as it is.
    labels : mapping
        Text per value of `by`; a value without one is shown without its variable. "all" has a text of its own.
    language : {"fi", "sv", "en"}
        Of the words and numbers.
    reference : float, optional
        Where the dashed line stands, in the unit of the estimates; None for no line.
    by : str
        Column that tells the rows apart: "group", or for other comparisons "outcome", "term" or "method".
    digits : int
        Decimals printed.
    strong : collection of str
        Values of `by` drawn in bold, with a diamond, and set apart from the others.

    Returns
    -------
    Figure
        6.3 inches wide.

    Raises
    ------
    ContractError
        When there are no rows, two rows have the same value of `by`, or units or interval levels are mixed.

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["all"], "n": [40], "estimate": [0.7], "ci_low": [0.55], "ci_high": [0.82]})
    >>> figure = forest(rows.assign(ci_level=0.95, unit="share", note=None), {}, "en", digits=0)
    >>> figure.axes[0].texts[-1].get_text()
    '70% (55–82%)'
    """
    _checked(estimates, by)
    scale = Scale(bool((estimates["unit"].dropna() == "share").all()), language, digits)
    with style.context():
        return _draw(estimates.reset_index(drop=True), dict(labels), scale, reference, by, frozenset(strong))


def _checked(estimates: pd.DataFrame, by: str) -> None:
    faults = {
        "there are no rows": estimates.empty,
        f"two rows of the same {by}": estimates[by].duplicated().any(),
        "rows of different units": estimates["unit"].nunique() > 1,
        "intervals of different levels": estimates["ci_level"].nunique() > 1,
    }
    found = [fault for fault, present in faults.items() if present]
    if found:
        raise ContractError("; ".join(found), place="figure forest", allowed=f"one row per {by}, one unit, one level")


def _draw(
    rows: pd.DataFrame, labels: dict[str, str], scale: Scale, reference: float | None, by: str, strong: frozenset[str]
) -> Figure:
    keys = [str(key) for key in rows[by]]
    bold = frozenset(i for i, key in enumerate(keys) if key in strong)
    names = [text.wrap(_name(k, labels, scale.language), _LABEL_WIDTH, bold=i in bold) for i, k in enumerate(keys)]
    heights, bottom = _heights(names, bold)
    beside = _columns(rows, scale)
    figure = style.new_figure(bottom + columns.header_height(beside) + 0.65)
    ax = figure.add_subplot()
    _axis(ax, rows, scale, reference)
    for i, (row, y) in enumerate(zip(rows.to_dict("records"), heights, strict=True)):
        _row(ax, row, y, scale.language, overall=i in bold)
    ax.set_yticks(heights, names)
    ax.set_ylim(bottom, 0)
    for i in bold:
        ax.get_yticklabels()[i].set_fontweight("bold")
    columns.add(ax, heights, beside, bold)
    return style.settle(figure)


def _name(key: str, labels: Mapping[str, str], language: str) -> str:
    """A group without a label is known by its value alone."""
    return labels.get(key) or (word("all", language) if key == _OVERALL else key.partition("=")[2] or key)


def _heights(names: Sequence[str], bold: frozenset[int]) -> tuple[list[float], float]:
    """The y of each row in inches, and that of the bottom; there is room between rows in bold and others."""
    heights, y = [], 0.0
    for i, name in enumerate(names):
        step = text.height(name) + _PADDING
        y += _APART * (i > 0 and (i in bold) != (i - 1 in bold))
        heights.append(y + step / 2)
        y += step
    return heights, y


def _columns(rows: pd.DataFrame, scale: Scale) -> list[columns.Column]:
    level = rows["ci_level"].dropna()
    head = word("share" if scale.share else "estimate", scale.language)
    if len(level):
        shown = float(level.iloc[0])
        printed = formats.percent(shown, scale.language, formats.decimals(shown * 100))
        head += f" ({word('interval', scale.language, level=printed)})"
    records = rows.to_dict("records")
    return [
        columns.Column("n", tuple(_n(row, scale.language) for row in records)),
        columns.Column(head, tuple(_numbers(row, scale) for row in records)),
    ]


def _n(row: Mapping[Any, Any], language: str) -> str:
    return "–" if pd.isna(row["n"]) or is_masked(row["note"]) else formats.number(int(row["n"]), language)


def _numbers(row: Mapping[Any, Any], scale: Scale) -> str:
    if pd.isna(row["estimate"]):
        return "–"
    if pd.isna(row["ci_low"]) or pd.isna(row["ci_high"]):
        return scale.text(row["estimate"])
    dash = "–" if row["ci_low"] >= 0 else " – "
    return f"{scale.text(row['estimate'])} ({scale.text(row['ci_low'], sign=False)}{dash}{scale.text(row['ci_high'])})"


def _axis(ax: Axes, rows: pd.DataFrame, scale: Scale, reference: float | None) -> None:
    if scale.share:
        ax.set_xlim(-0.02, 1.02)
        ax.set_xticks([0, 0.25, 0.5, 0.75, 1], [formats.percent(t, scale.language, 0) for t in (0, 0.25, 0.5, 0.75, 1)])
    else:
        _free_axis(ax, rows, scale, reference)
    if reference is not None:
        _reference(ax, reference, scale)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)


def _free_axis(ax: Axes, rows: pd.DataFrame, scale: Scale, reference: float | None) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    values = [v for c in ("estimate", "ci_low", "ci_high") for v in rows[c].dropna()]
    low, high = min([*values, reference or 0.0]), max([*values, reference or 0.0])
    margin = 0.06 * (high - low) or 1.0
    ax.set_xlim(low - margin, high + margin)
    ticks = [t for t in MaxNLocator(4).tick_values(low, high) if low - margin <= t <= high + margin]
    digits = max(map(formats.decimals, ticks))
    ax.set_xticks(ticks, [formats.number(t, scale.language, digits) for t in ticks])


def _reference(ax: Axes, at: float, scale: Scale) -> None:
    write = formats.percent if scale.share else formats.number
    named = write(at, scale.language, formats.decimals(at * 100 if scale.share else at))
    style.reference(ax, at, word("reference", scale.language, value=named))


def _row(ax: Axes, row: Mapping[Any, Any], y: float, language: str, *, overall: bool) -> None:
    if pd.isna(row["estimate"]):
        style.say(ax, y, why_empty(row["note"], language))
        return
    ax.plot([row["ci_low"], row["ci_high"]], [y, y], color=style.INK, linewidth=2.0 if overall else 1.2)
    colour = style.diverging(4)[-1]
    ax.plot(row["estimate"], y, marker="D" if overall else "o", markersize=6.5 if overall else 5.5, color=colour)
