"""Columns of numbers beside the bars, aligned with the rows and no wider than what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipeline.plots import style, text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Space before a column, points.
_GAP: Final = 8.0
#: A header is as narrow as its longest word, but a word longer than this is parted; points.
_LONGEST_WORD: Final = 43.0
#: Longest line of a header that stands upright, points.
_UPRIGHT: Final = 66.0


@dataclass(frozen=True)
class Column:
    """One column: its header and one text per row.

    `upright` turns the header by 90 degrees; `least` is the width its header may take in any case, in points.
    """

    header: str
    cells: tuple[str, ...]
    upright: bool = False
    least: float = 0.0

    @property
    def turns(self) -> bool:
        """Whether it becomes narrower when its header stands upright."""
        widest = max((text.width(cell, bold=True) for cell in self.cells), default=0.0)
        return not self.least and max(text.width(line) for line in self.lines.split("\n")) > widest

    @property
    def lines(self) -> str:
        """The header, broken into lines."""
        longest = min(max(map(text.width, self.header.split())), _LONGEST_WORD)
        limit = _UPRIGHT if self.upright else max([longest, self.least, *map(text.width, self.cells)])
        return text.wrap(self.header, limit)

    @property
    def width(self) -> float:
        """Points it takes, the space before it included."""
        lines = self.lines
        header = text.height(lines) * 72 if self.upright else max(map(text.width, lines.split("\n")))
        return _GAP + max([header, *(text.width(c, bold=True) for c in self.cells)])

    @property
    def header_height(self) -> float:
        """Inches its header takes."""
        return max(map(text.width, self.lines.split("\n"))) / 72 if self.upright else text.height(self.lines)


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
        right += column.width
        turn = 90 if column.upright else 0
        _write(ax, column.lines, (1, 1), "axes fraction", (right, 5), va="bottom", color=style.QUIET, rotation=turn)
        for i, (y, cell) in enumerate(zip(heights, column.cells, strict=True)):
            weight = "bold" if i in bold else "normal"
            _write(ax, cell, (1, y), ax.get_yaxis_transform(), (right, 0), va="center_baseline", weight=weight)


def width(columns: Sequence[Column]) -> float:
    """Return the points that `columns` take beside the axes."""
    return sum(column.width for column in columns)


def header_height(columns: Sequence[Column]) -> float:
    """Return the height in inches of the headers of `columns`."""
    return max((column.header_height for column in columns), default=0.0)


def _write(ax: Axes, words: str, at: tuple[float, float], coords: Any, shift: tuple[float, float], **kw: Any) -> None:
    ax.annotate(
        words, at, xycoords=coords, xytext=shift, textcoords="offset points", ha="right", annotation_clip=False, **kw
    )
