"""How every figure looks: size, fonts and colours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from pipeline.core.errors import AnalysisError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

#: Text width of an A4 page with 2.5 cm margins, in inches: figures are placed at their own size, never scaled.
WIDTH: Final = 6.3
#: Smallest text in points.
SIZE: Final = 8
#: Height of one line of text in inches.
LINE: Final = 0.137

INK: Final = "#1a1a1a"
QUIET: Final = "#595959"
RULE: Final = "#bfbfbf"
MIDDLE: Final = "#e8e8e8"

_FONT: Final = "DejaVu Sans"
_RC: Final[dict[Any, Any]] = {
    "font.family": [_FONT],  # shipped with matplotlib, so that widths are equal on every machine
    "font.size": SIZE,
    "text.hinting": "none",  # hinted text has another width at each resolution
    "text.parse_math": False,  # a label may hold a dollar sign
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.labelsize": SIZE,
    "axes.edgecolor": QUIET,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": SIZE,
    "ytick.labelsize": SIZE,
    "xtick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.color": QUIET,
    "ytick.labelcolor": INK,
    "legend.fontsize": SIZE,
    "legend.frameon": False,
    "figure.constrained_layout.w_pad": 0.08,
    "figure.constrained_layout.h_pad": 0.06,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.4,
}


@contextmanager
def context() -> Iterator[None]:
    """Draw inside this: matplotlib's own defaults and ours, whatever the machine's matplotlibrc says."""
    import matplotlib as mpl  # noqa: PLC0415

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_RC)
        yield


def new_figure(height: float) -> Figure:
    """Return an empty figure of text width and `height` inches that no pyplot state holds on to."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    figure = Figure(figsize=(WIDTH, height), dpi=100, facecolor="white", layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def settle(figure: Figure) -> Figure:
    """Lay the figure out once and keep the result, so that every format is saved with the same positions."""
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    return figure


def diverging(levels: int) -> list[str]:
    """Return one colour per level of a scale: orange to purple (PuOr), grey in the neutral middle of an odd scale.

    Raises
    ------
    AnalysisError
        When there are fewer than two levels.

    Examples
    --------
    >>> diverging(3)[1]
    '#e8e8e8'
    """
    from matplotlib import colormaps  # noqa: PLC0415
    from matplotlib.colors import to_hex  # noqa: PLC0415

    if levels < 2:
        raise AnalysisError(f"a scale of {levels} levels has no two ends")
    side = levels // 2
    steps = [0.08 + 0.20 * i / (side - 1) for i in range(side)] if side > 1 else [0.18]
    low = [to_hex(colormaps["PuOr"](s)) for s in steps]
    high = [to_hex(colormaps["PuOr"](1 - s)) for s in reversed(steps)]
    return [*low, *([MIDDLE] if levels % 2 else []), *high]


def face(colour: str, hatch: str = "") -> dict[str, Any]:
    """Return the arguments of a filled shape: a dark edge parts it from its neighbours also in grey print."""
    return {"facecolor": colour, "hatch": hatch, "edgecolor": INK, "linewidth": 0.5}


def keys(faces: Sequence[tuple[str, str]]) -> list[Patch]:
    """Return the legend keys of colours and hatches."""
    from matplotlib.patches import Patch  # noqa: PLC0415

    return [Patch(**face(colour, hatch)) for colour, hatch in faces]


def say(ax: Axes, y: float, words: str) -> None:
    """Write why the row at `y` has nothing drawn."""
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    ax.text(0.02, y, words, transform=ax.get_yaxis_transform(), va="center_baseline", color=QUIET, bbox=behind)


def reference(ax: Axes, at: float, words: str) -> None:
    """Draw a dashed line, named above the axes; near the sides its name stays within them."""
    ax.axvline(at, color=QUIET, linewidth=0.9, linestyle=(0, (4, 3)), zorder=0)
    low, high = ax.get_xlim()
    side = "left" if at < low + 0.2 * (high - low) else "right" if at > high - 0.2 * (high - low) else "center"
    ax.annotate(
        words, (at, 1), xycoords=ax.get_xaxis_transform(), xytext=(0, 5), textcoords="offset points", ha=side,
        va="bottom", color=QUIET,
    )  # fmt: skip


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.1, relative luminance).

    Examples
    --------
    >>> round(contrast("black", "white"))
    21
    """
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def text_on(background: str) -> str:
    """Return black or white, whichever reads better on `background`: one of them always has more than 4.5:1."""
    return max(("black", "white"), key=lambda ink: contrast(ink, background))


def _luminance(colour: str) -> float:
    from matplotlib.colors import to_rgb  # noqa: PLC0415

    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
