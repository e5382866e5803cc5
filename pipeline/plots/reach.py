"""Whom the events reached, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError
from pipeline.plots import style
from pipeline.plots.wording import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_OUTCOME: Final = "reach"
_PREFIX: Final = "month="
_TERMS: Final = ("visits", "new_persons", "distinct_persons")
#: Colour and hatch of a month whose first and return visits are known together only.
_UNDIVIDED: Final = ("#ffffff", "....")
#: Month labels that fit side by side.
_MOST_LABELS: Final = 9
#: Months up to which every bar carries its number.
_MOST_NUMBERS: Final = 14
#: Months up to which every month is a dot on the line.
_MOST_DOTS: Final = 60


def reach(estimates: pd.DataFrame, language: str) -> Figure:
    """Draw visits per month as bars (first and return visits) and, above, the distinct people reached so far.

    Parameters
    ----------
    estimates : DataFrame
        Contract `estimates`. Used are the rows of outcome "reach" and method "count": one per month
        (group "month=YYYY-MM") and term: visits, new_persons (first visit ever in that month) and distinct_persons
        (since the start). A month without rows had no visits. What the disclosure gate masked (no estimate) is left
        open: three dots stand for visits, or for return visits, that are hidden, and an undivided bar for a month whose
        first visits are.
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide, two panels over the same months: one axis each, so that no scale is read for the other.

    Raises
    ------
    ContractError
        When there are no rows, a month lacks a term, new persons exceed visits, or the people reached become fewer.

    Notes
    -----
    A person counts as new once; every other visit is a return visit, also a second one in the first month.

    Examples
    --------
    >>> rows = pd.DataFrame({"term": ["visits", "new_persons", "distinct_persons"], "estimate": [30.0, 20.0, 20.0]})
    >>> figure = reach(rows.assign(outcome="reach", method="count", group="month=2017-04"), "en")
    >>> [ax.get_title(loc="left") for ax in figure.axes]
    ['Distinct people since the start', 'Visits per month']
    """
    counts = months(estimates)
    with style.context():
        figure = style.new_figure(3.9)
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(1, 1.25))
        _people(above, counts, language)
        _visits(below, counts, language)
        _month_axis(below, [day.date() for day in counts.index], language)
        return style.settle(figure)


def months(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return visits, new_persons and distinct_persons (Int64) per month from the first to the last, gaps filled.

    What is masked stays missing.

    Raises
    ------
    ContractError
        As `reach` does.
    """
    own = estimates[(estimates["outcome"] == _OUTCOME) & (estimates["method"] == "count")]
    own = own[own["group"].str.startswith(_PREFIX) & own["term"].isin(_TERMS)]
    if own.empty or own.duplicated(["group", "term"]).any():
        raise ContractError("no rows per month, or a month twice", place="figure reach", allowed="group month=YYYY-MM")
    if set(own.groupby("group").size()) != {len(_TERMS)}:
        raise ContractError("a month lacks a term", place="figure reach", allowed=", ".join(_TERMS))
    wide = own.pivot(index="group", columns="term", values="estimate").reindex(columns=list(_TERMS))
    wide.index = pd.to_datetime(wide.index.str.removeprefix(_PREFIX), format="%Y-%m")
    wide = wide.sort_index()
    _check(wide)
    full = wide.asfreq("MS")
    full.loc[~full.index.isin(wide.index), ["visits", "new_persons"]] = 0
    full["distinct_persons"] = wide["distinct_persons"].reindex(full.index, method="ffill")
    return full.astype("Int64")


def _check(wide: pd.DataFrame) -> None:
    faults = {
        "more new persons than visits": (wide["new_persons"] > wide["visits"]).any(),
        "distinct persons become fewer": not wide["distinct_persons"].dropna().is_monotonic_increasing,
    }
    found = [fault for fault, present in faults.items() if present]
    if found:
        raise ContractError("; ".join(found), place="figure reach")


def _people(ax: Axes, counts: pd.DataFrame, language: str) -> None:
    people = counts["distinct_persons"].astype(float)
    dots = "o" if len(people) <= _MOST_DOTS else ""
    ax.plot(range(len(people)), people.tolist(), color=style.INK, marker=dots, markersize=3, clip_on=False)
    known = [(x, int(v)) for x, v in enumerate(people) if pd.notna(v)]
    if 0 < len(known) < len(people):  # over months that are hidden
        at, values = zip(*known, strict=True)
        ax.plot(at, values, color=style.QUIET, linewidth=0.8, linestyle=(0, (2, 2)), zorder=0)
    for x, last in known[-1:]:
        said = word("distinct_total", language, value=formats.number(last, language))
        ax.annotate(
            said, (x, last), xytext=(0, 6), textcoords="offset points", ha="right", fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip
    _panel(ax, word("distinct_persons", language), [v for _, v in known], language)


def _visits(ax: Axes, counts: pd.DataFrame, language: str) -> None:
    drawn = counts.reset_index(drop=True)
    new, visits = (drawn[term].dropna().astype(int) for term in ("new_persons", "visits"))
    again = (visits - new).dropna().astype(int)
    whole = visits.drop(again.index)
    first, later = (style.diverging(4)[-1], ""), (style.diverging(4)[1], "/////")
    faces, names = [first, later], [word("new", language), word("returning", language)]
    ax.bar(new.index, new, width=0.75, **style.face(*first))
    ax.bar(again.index, again, width=0.75, bottom=new[again.index], **style.face(*later))
    if len(whole):
        faces, names = [*faces, _UNDIVIDED], [*names, word("undivided", language)]
        ax.bar(whole.index, whole, width=0.75, **style.face(*_UNDIVIDED))
    for x in drawn.index.difference(visits.index):
        _above(ax, x, new.get(x, 0), "…")
    if len(drawn) <= _MOST_NUMBERS:
        for x, v in visits.items():
            _above(ax, x, v, formats.number(v, language))
    _panel(ax, word("visits", language), [*visits, *new], language)
    ax.legend(
        style.keys(faces), names, loc="lower right", bbox_to_anchor=(1, 1), ncols=3, borderaxespad=0.2, handlelength=1.4
    )


def _above(ax: Axes, x: Any, y: float, words: str) -> None:
    ax.annotate(words, (x, y), xytext=(0, 2), textcoords="offset points", ha="center")


def _panel(ax: Axes, title: str, values: Sequence[int], language: str) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    top = max([*values, 1]) * 1.15
    ticks = [t for t in MaxNLocator(4, integer=True).tick_values(0, top) if 0 <= t <= top]
    ax.set_ylim(0, top)
    ax.set_yticks(ticks, [formats.number(t, language) for t in ticks])
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=style.RULE, linewidth=0.5)
    ax.tick_params(length=0)
    ax.set_title(title, loc="left", fontsize=style.SIZE)


def _month_axis(ax: Axes, days: Sequence[dt.date], language: str) -> None:
    """Name months at an even step that keeps January, so that years are found."""
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120) if -(-len(days) // s) <= _MOST_LABELS)
    named = [i for i, day in enumerate(days) if (day.year * 12 + day.month - 1) % step == 0] or [0]
    ax.set_xticks(named, [formats.month(days[i], language).replace(" ", "\n") for i in named])
    ax.set_xlim(-0.6, len(days) - 0.4)
