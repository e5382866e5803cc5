"""Columns of numbers beside the bars, aligned with the rows and wide enough for what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipeline.plots import style, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Space before a column, points.
_GAP: Final = 8.0
#: A header is wrapped to this width or to its cells, whichever is wider; points.
_HEADER: Final = 43.0


@dataclass(frozen=True)
class Column:
    """One column: its header and one text per row."""

    header: str
    cells: tuple[str, ...]


def add(ax: Axes, heights: Sequence[float], columns: Sequence[Column], bold: frozenset[int] = frozenset()) -> None:
    """Write `columns` right of the axes, right-aligned, one cell at each of `heights` (data units).

    Parameters
    ----------
    ax : Axes
        Axes whose rows the columns continue.
    heights : sequence of float
        The y of each row.
    columns : sequence of Column
        Left to right.
    bold : frozenset of int
        Indices of rows written in bold.
    """
    right = 0.0
    for column in columns:
        header = _header(column)
        right += _GAP + max(*map(text.width, header.split("\n")), *(text.width(c, bold=True) for c in column.cells), 0)
        _write(ax, header, (1, 1), "axes fraction", (right, 5), va="bottom", color=style.QUIET)
        for i, (y, cell) in enumerate(zip(heights, column.cells, strict=True)):
            weight = "bold" if i in bold else "normal"
            _write(ax, cell, (1, y), ax.get_yaxis_transform(), (right, 0), va="center_baseline", weight=weight)


def header_height(columns: Sequence[Column]) -> float:
    """Return the height in inches of the headers of `columns`."""
    return text.height(*(_header(c) for c in columns)) if columns else 0.0


def _header(column: Column) -> str:
    return text.wrap(column.header, max([_HEADER, *(text.width(c) for c in column.cells)]))


def _write(ax: Axes, words: str, at: tuple[float, float], coords: Any, shift: tuple[float, float], **kw: Any) -> None:
    ax.annotate(
        words, at, xycoords=coords, xytext=shift, textcoords="offset points", ha="right", annotation_clip=False, **kw
    )
