"""How many people came once, twice, and more often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import columns, style, text
from pipeline.plots.wording import why_empty, word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PREFIX: Final = "events="
_BAR: Final = 0.24
_PADDING: Final = 0.14
_LABEL_WIDTH: Final = 135.0


def at_least(estimates: pd.DataFrame, most: int = 3) -> pd.DataFrame:
    """Return the rows of people by number of events, those of `most` events or more added up to one.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`; used are the rows of outcome "reach", term "persons" and group "events=<number>".
    most : int
        From this number of events on, people are counted together: the few who came most often are easy to recognise.

    Returns
    -------
    DataFrame
        Rows of contract `estimates` (estimate in persons), groups "events=1" ... "events=<most>+", n the people
        counted; a number nobody has is 0. Empty where there are no rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["events=1", "events=3", "events=9"], "estimate": [20.0, 4.0, 2.0], "n": 1})
    >>> at_least(rows.assign(outcome="reach", term="persons"))[["group", "estimate"]].to_numpy().tolist()
    [['events=1', 20.0], ['events=2', 0.0], ['events=3+', 6.0]]
    """
    own = estimates[(estimates["outcome"] == "reach") & (estimates["term"] == "persons")]
    own = own[own["group"].str.fullmatch(rf"{_PREFIX}\d+")]
    if own.empty:
        return own
    number = own["group"].str.removeprefix(_PREFIX).astype(int).clip(upper=most)
    people = own["estimate"].groupby(number).sum().reindex(range(1, most + 1), fill_value=0.0)
    names = [f"{_PREFIX}{i}" for i in range(1, most)] + [f"{_PREFIX}{most}+"]
    rows = pd.concat([own.head(1)] * most, ignore_index=True)
    return rows.assign(group=names, estimate=people.to_numpy(), n=people.astype("Int64").to_numpy()).astype(own.dtypes)


def visits(estimates: pd.DataFrame, language: str) -> Figure:
    """Draw one bar per number of events: the people who came to that many.

    Parameters
    ----------
    estimates : DataFrame
        As `at_least` returns them, in that order.
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide. A row masked by the disclosure gate is named, not drawn, and then no shares are written: the
        others would give it back.

    Raises
    ------
    ContractError
        When there are no rows.

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["events=1", "events=2+"], "estimate": [20.0, 12.0], "note": None})
    >>> [t.get_text() for t in visits(rows, "en").axes[0].get_yticklabels()]
    ['1 event', '2 events or more']
    """
    if estimates.empty:
        raise ContractError("there are no people by number of events", place="figure repeat_visits")
    rows = estimates.to_dict("records")
    names = [text.wrap(_name(str(row["group"]), language), _LABEL_WIDTH) for row in rows]
    steps = [max(_BAR, text.height(name)) + _PADDING for name in names]
    heights = [sum(steps[:i]) + step / 2 for i, step in enumerate(steps)]
    beside = _columns(estimates, language)
    with style.context():
        figure = style.new_figure(sum(steps) + columns.header_height(beside) + 0.55)
        ax = figure.add_subplot()
        for row, y in zip(rows, heights, strict=True):
            _bar(ax, row, y, language)
        _axis(ax, estimates, language)
        ax.set_yticks(heights, names)
        ax.set_ylim(sum(steps), 0)
        columns.add(ax, heights, beside)
        return style.settle(figure)


def _name(group: str, language: str) -> str:
    number = group.removeprefix(_PREFIX)
    if number.endswith("+"):
        return word("events_at_least", language, n=number.removesuffix("+"))
    return word("event_attended" if number == "1" else "events_attended", language, n=number)


def _columns(rows: pd.DataFrame, language: str) -> list[columns.Column]:
    people, hidden = rows["estimate"], bool(rows["estimate"].isna().any())
    said = tuple("–" if pd.isna(p) else formats.number(int(p), language) for p in people)
    counted = columns.Column(word("people", language), said)
    if hidden or not people.sum():
        return [counted]
    shares = tuple(formats.percent(p / people.sum(), language, 0) for p in people)
    return [counted, columns.Column(word("share_of_people", language), shares)]


def _bar(ax: Axes, row: dict[Any, Any], y: float, language: str) -> None:
    if pd.isna(row["estimate"]):
        style.say(ax, y, why_empty(row["note"], language))
    else:
        ax.barh(y, row["estimate"], height=_BAR, **style.face(style.diverging(4)[-1]))


def _axis(ax: Axes, rows: pd.DataFrame, language: str) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    most = max(float(rows["estimate"].max(skipna=True)) if rows["estimate"].notna().any() else 1.0, 1.0)
    ticks = [t for t in MaxNLocator(4, integer=True).tick_values(0, most) if 0 <= t <= most]
    ax.set_xlim(0, most * 1.03)
    ax.set_xticks(ticks, [formats.number(t, language) for t in ticks])
    ax.set_xlabel(word("people", language), color=style.QUIET)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(True)
