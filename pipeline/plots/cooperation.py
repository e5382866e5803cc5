"""Who did what together: organisations and actions, and how the network grew."""

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

_ROW: Final = 0.2
_LABEL_WIDTH: Final = 150.0
#: An organisation is named when it took part in this many actions or more; the others would be too many to read.
NAMED_FROM: Final = 4


def network(
    involvement: pd.DataFrame, organisations: Mapping[str, str], actions: Mapping[str, str], language: str
) -> Figure:
    """Draw organisations (left) and actions (right), each with as many lines as it has ties, most tied on top.

    Parameters
    ----------
    involvement : DataFrame
        Columns organisation_id, action_id: who took part in what; repeats are drawn once.
    organisations, actions : mapping
        Names by id. Organisations with fewer than four actions are drawn without their name.
    language : {"fi", "sv", "en"}
        Of words.

    Returns
    -------
    Figure
        6.3 inches wide. The order is by number of ties, then id: nothing of it is chance.

    Raises
    ------
    ContractError
        When there is no tie.
    """
    ties = involvement[["organisation_id", "action_id"]].dropna().drop_duplicates()
    if ties.empty:
        raise ContractError("there is no tie", place="figure network")
    left, right = _places(ties["organisation_id"]), _places(ties["action_id"])
    named = ties["organisation_id"].value_counts()
    with style.context():
        height = _ROW * max(len(right), 0.62 * len(left)) + 0.5
        figure = style.new_figure(height)
        ax = figure.add_subplot()
        for one, other in ties.sort_values(["organisation_id", "action_id"]).itertuples(index=False):
            strong = named[one] >= NAMED_FROM
            colour = style.diverging(4)[-1] if strong else style.RULE
            ax.plot(
                (0, 1), (left[one], right[other]), color=colour, linewidth=0.7 if strong else 0.5, zorder=1 + strong
            )
        _side(ax, left, {key: organisations.get(key, key) for key in left if named[key] >= NAMED_FROM}, 0, "o")
        _side(ax, right, {key: actions.get(key, key) for key in right}, 1, "s")
        _frame(ax, language)
        return style.settle(figure)


def _places(ids: pd.Series) -> dict[str, float]:
    """Return a height between 0 (top) and 1 per id, by falling number of ties."""
    counts = ids.value_counts()
    ordered = sorted(counts.index, key=lambda key: (-counts[key], key))
    return {key: (place + 0.5) / len(ordered) for place, key in enumerate(ordered)}


def _side(ax: Axes, places: Mapping[str, float], names: Mapping[str, str], x: int, mark: str) -> None:
    ax.scatter([x] * len(places), list(places.values()), s=14, marker=mark, color=style.INK, zorder=4)
    for key, name in names.items():
        said = text.wrap(name, _LABEL_WIDTH).split("\n")
        shown = said[0] + ("…" if len(said) > 1 else "")
        shift = (-6, 0) if x == 0 else (6, 0)
        ax.annotate(
            shown, (x, places[key]), xytext=shift, textcoords="offset points", va="center_baseline",
            ha="right" if x == 0 else "left", annotation_clip=False,
        )  # fmt: skip


def _frame(ax: Axes, language: str) -> None:
    ax.set_xlim(-0.01, 1.01)
    ax.set_ylim(1, 0)
    ax.set_axis_off()
    for x, key, side in ((0, "organisations", "right"), (1, "actions", "left")):
        ax.annotate(
            word(key, language), (x, 0), xytext=(0, 6), textcoords="offset points", ha=side, color=style.QUIET,
            annotation_clip=False,
        )  # fmt: skip


def growth(estimates: pd.DataFrame, language: str) -> Figure:
    """Draw per quarter the new ties of new and of known organisations, and all ties so far as a line above.

    Parameters
    ----------
    estimates : DataFrame
        Rows of contract `estimates`: outcome "network", method "count", group "quarter=2017Q1"; terms new_ties,
        ties_of_known_organisations, ties_to_date (ties).
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide.

    Raises
    ------
    ContractError
        When there is no quarter.
    """
    wide = estimates[estimates["group"].str.startswith("quarter=")].pivot(
        index="group", columns="term", values="estimate"
    )
    if wide.empty:
        raise ContractError("there is no quarter", place="figure network_growth")
    wide = wide.sort_index().fillna(0)
    said = [word(key, language) for key in ("ties_of_new", "ties_of_known", "ties_to_date")]
    with style.context():
        figure = style.new_figure(2.9 + legend.height(said))
        ax = figure.add_subplot()
        _bars(ax, wide, language)
        legend.add_keys(figure, _keys(), said)
        return style.settle(figure)


def _bars(ax: Axes, wide: pd.DataFrame, language: str) -> None:
    x = list(range(len(wide)))
    known = wide["ties_of_known_organisations"]
    new = (wide["new_ties"] - known).clip(lower=0) if "new_ties" in wide else 0 * known
    ax.bar(x, new, width=0.7, **_face(new=True))
    ax.bar(x, known, width=0.7, bottom=new, **_face(new=False))
    ax.plot(x, wide["ties_to_date"], color=style.INK, marker="o", markersize=3.5)
    for place in (0, len(x) - 1):
        total = float(wide["ties_to_date"].iloc[place])
        said = formats.number(total, language)
        ax.annotate(said, (place, total), xytext=(0, 6), textcoords="offset points", ha="center")
    ax.set_ylim(0, 1.12 * float(wide["ties_to_date"].max()))
    ax.set_xticks(x, [_quarter(group) for group in wide.index])
    ax.set_ylabel(word("ties", language))


def _quarter(group: str) -> str:
    year, quarter = group.removeprefix("quarter=").split("Q")
    return f"{quarter}/\n{year}"


def _face(*, new: bool) -> dict[str, Any]:
    return style.face(style.diverging(4)[-1]) if new else style.face(style.diverging(4)[1], "///")


def _keys() -> list[Artist]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    faces = [(style.diverging(4)[-1], ""), (style.diverging(4)[1], "///")]
    return [*style.keys(faces), Line2D([], [], color=style.INK, marker="o", markersize=3.5)]
