"""A legend above the axes that flows over as many rows as its labels need, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from pipeline.plots import style, text

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

#: Points a row may take, and those a key takes besides its text.
_ROW: Final = style.WIDTH * 72 - 16
_KEY: Final = 25.0
#: Up to this many labels share one row, in two lines or more if need be; longer scales take more rows.
_ONE_ROW: Final = 5
_WIDEST: Final = 115.0
#: Space below a row, inches.
_GAP: Final = 0.06
#: Space between the legend and what is below it, inches.
_BELOW: Final = 0.08


def height(labels: Sequence[str]) -> float:
    """Return the inches the legend takes."""
    return sum(map(_row_height, _rows(_wrapped(labels)))) + _BELOW


def add(figure: Figure, faces: Sequence[tuple[str, str]], labels: Sequence[str]) -> None:
    """Write the legend of filled shapes at the top of `figure` and leave the rest to the axes.

    Parameters
    ----------
    figure : Figure
        Not settled yet.
    faces : sequence of (str, str)
        Colour and hatch of each key.
    labels : sequence of str
        Their texts.
    """
    add_keys(figure, style.keys(faces), labels)


def add_keys(figure: Figure, keys: Sequence[Artist], labels: Sequence[str]) -> None:
    """Write a legend as `add` does, of keys of any kind: shapes, lines or marks."""
    left, top, total = iter(keys), figure.get_figheight(), height(labels)
    figure.get_layout_engine().set(rect=(0, 0, 1, 1 - total / top))  # type: ignore[union-attr, call-arg]
    at = top
    for row in _rows(_wrapped(labels)):
        figure.legend(
            [next(left) for _ in row], row, loc="upper center", bbox_to_anchor=(0.5, at / top), ncols=len(row),
            handlelength=1.4, handletextpad=0.5, columnspacing=1.0, borderaxespad=0.4,
        )  # fmt: skip
        at -= _row_height(row)


def _row_height(row: Sequence[str]) -> float:
    return text.height(*row) + _GAP


def _wrapped(labels: Sequence[str]) -> list[str]:
    limit = _ROW / len(labels) - _KEY if len(labels) <= _ONE_ROW else _WIDEST
    return [text.wrap(label, limit) for label in labels]


def _rows(labels: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    for label in labels:
        if rows[-1] and sum(map(_width, [*rows[-1], label])) > _ROW:
            rows.append([])
        rows[-1].append(label)
    return rows


def _width(label: str) -> float:
    return _KEY + max(map(text.width, label.split("\n")))
