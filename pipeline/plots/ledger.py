"""What became of the rows of every file."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from pipeline.core import formats
from pipeline.core.errors import ContractError, LedgerError
from pipeline.plots import columns, legend, style, text
from pipeline.plots.wording import word

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_FATES: Final = ("accepted", "duplicate", "quarantined")
_LABEL_WIDTH: Final = 135.0
_BAR: Final = 0.2
_PADDING: Final = 0.12


def ledger(ledger: pd.DataFrame, language: str) -> Figure:
    """Draw one stacked bar per file and sheet: rows accepted, delivered before and set aside, with their numbers.

    Parameters
    ----------
    ledger : DataFrame
        Contract `ledger`; used are the rows of scope "file", in the given order.
    language : {"fi", "sv", "en"}
        Of words and numbers.

    Returns
    -------
    Figure
        6.3 inches wide. A leading folder that all files share is left out of their names. The total is written, not
        drawn: its bar would make all others short.

    Raises
    ------
    ContractError
        When there is no file.
    LedgerError
        When the rows of a file do not add up.

    Examples
    --------
    >>> rows = pd.DataFrame({"scope": ["file"], "unit": ["feedback/a.csv"], "part": [None], "rows_read": [12]})
    >>> figure = ledger(rows.assign(accepted=10, duplicate=2, quarantined=0, reason=None), "en")
    >>> [t.get_text() for t in figure.axes[0].get_yticklabels()]
    ['a.csv', 'Total']
    """
    files = _files(ledger)
    with style.context():
        return _draw(files, language)


def _files(ledger: pd.DataFrame) -> pd.DataFrame:
    files = ledger[ledger["scope"] == "file"].reset_index(drop=True)
    if files.empty:
        raise ContractError("there is no file in the ledger", place="figure ledger")
    counts = files[["rows_read", *_FATES]].astype("Int64").fillna(0)
    if (counts["rows_read"] != counts[list(_FATES)].sum(axis=1)).any():
        raise LedgerError("rows read are not accepted + duplicate + quarantined", place="figure ledger")
    refused = files["reason"].notna() | files["rows_read"].isna()
    return files[["unit", "part"]].assign(refused=refused, unit=_below_shared_folder(files["unit"])).join(counts)


def _below_shared_folder(paths: pd.Series) -> pd.Series:
    """Leave out the leading folder that all files share: it tells none from another."""
    shared = posixpath.commonpath([posixpath.dirname(path) for path in paths])
    return paths.str.slice(len(shared) + 1) if shared else paths


def _draw(files: pd.DataFrame, language: str) -> Figure:
    records = files.to_dict("records")
    total = word("total", language)
    names = [text.wrap(n, _LABEL_WIDTH, bold=n == total) for n in [*map(_name, records), total]]
    steps = [max(_BAR, text.height(name)) + _PADDING for name in names]
    heights = [sum(steps[:i]) + step / 2 for i, step in enumerate(steps)]
    beside = _columns(files, language)
    keys = [word(key, language) for key in _FATES]
    figure = style.new_figure(sum(steps) + columns.header_height(beside) + legend.height(keys) + 0.7)
    ax = figure.add_subplot()
    for row, y in zip(records, heights, strict=False):
        _bar(ax, row, y, language)
    _axis(ax, files, language)
    ax.set_yticks(heights, names)
    ax.set_ylim(sum(steps), 0)
    ax.axhline(sum(steps[:-1]), color=style.QUIET, linewidth=0.6)
    ax.get_yticklabels()[-1].set_fontweight("bold")
    columns.add(ax, heights, beside, frozenset({len(records)}))
    legend.add(figure, list(_faces().values()), keys)
    return style.settle(figure)


def _name(row: Mapping[Any, Any]) -> str:
    return str(row["unit"]) if pd.isna(row["part"]) or not row["part"] else f"{row['unit']} [{row['part']}]"


def _columns(files: pd.DataFrame, language: str) -> list[columns.Column]:
    """Rows read and what became of them, the total last."""
    numbers = {key: [int(v) for v in files[key]] for key in ("rows_read", *_FATES)}
    return [
        columns.Column(word(key, language), tuple(formats.number(v, language) for v in [*values, sum(values)]))
        for key, values in numbers.items()
    ]


def _bar(ax: Axes, row: Mapping[Any, Any], y: float, language: str) -> None:
    left = 0
    for key, (colour, hatch) in _faces().items():
        if row[key]:
            ax.barh(y, row[key], left=left, height=_BAR, **style.face(colour, hatch))
        left += row[key]
    if not left:
        style.say(ax, y, word("unread" if row["refused"] else "no_rows", language))


def _faces() -> dict[str, tuple[str, str]]:
    colours = style.diverging(5)
    return dict(zip(_FATES, ((colours[3], ""), (colours[2], "....."), (colours[1], "/////")), strict=True))


def _axis(ax: Axes, files: pd.DataFrame, language: str) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    most = max(int(files["rows_read"].max()), 1)
    ticks = [t for t in MaxNLocator(4, integer=True).tick_values(0, most) if 0 <= t <= most]
    ax.set_xlim(0, most * 1.03)
    ax.set_xticks(ticks, [formats.number(t, language) for t in ticks])
    ax.set_xlabel(word("rows", language), color=style.QUIET)
    ax.tick_params(axis="y", length=0)
