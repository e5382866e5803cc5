"""Text that fits: its width as drawn, and lines broken to a width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pipeline.plots import style

#: Finnish breaks a word before a consonant that a vowel follows; for other languages it is a fair last resort.
_SYLLABLE: Final = re.compile(r"(?<=\w\w)(?=[^\W\d_aeiouyåäö][aeiouyåäö]\w)", re.IGNORECASE)
#: Words may be parted after these without a hyphen, as in file names.
_SEAM: Final = re.compile(r"(?<=[-/_])")


def width(text: str, *, bold: bool = False) -> float:
    """Return the width of one line of text in points, as drawn at `style.SIZE`.

    Examples
    --------
    >>> width("osallisuus") > width("osa")
    True
    """
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415
    from matplotlib.textpath import text_to_path  # noqa: PLC0415

    font = FontProperties(family="DejaVu Sans", size=style.SIZE, weight="bold" if bold else "normal")
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def wrap(text: str, limit: float, *, bold: bool = False) -> str:
    """Return `text` in lines of at most `limit` points; a word longer than a line is hyphenated.

    Parameters
    ----------
    text : str
        Label; line breaks in it count as blanks.
    limit : float
        Greatest width of a line, points.
    bold : bool
        Whether it is drawn in bold.

    Returns
    -------
    str
        The lines, joined by line breaks. No-break spaces stay unbroken.

    Examples
    --------
    >>> print(wrap("Yhdenvertaisuussuunnittelu etenee", 90))
    Yhdenvertaisuussuun-
    nittelu etenee
    """
    lines = [""]
    for glue, piece in _pieces(text):
        joined = lines[-1] + (glue if lines[-1] else "") + piece
        if width(joined, bold=bold) <= limit:
            lines[-1] = joined
        else:
            broken = list(_hyphenated(piece, limit, bold))
            lines = [*lines, *broken] if lines[-1] else [*lines[:-1], *broken]
    return "\n".join(lines)


def height(*texts: str) -> float:
    """Return the height in inches of the text with the most lines."""
    return style.LINE * max(text.count("\n") + 1 for text in texts)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Parts between which a line may break, each with what stands before it on an unbroken line."""
    for word in re.split(r"[ \n\t]+", text.replace("\u00ad", "").strip()):
        for i, piece in enumerate(p for p in _SEAM.split(word) if p):
            yield ("" if i else " "), piece


def _hyphenated(word: str, limit: float, bold: bool) -> Iterator[str]:
    while width(word, bold=bold) > limit and len(word) > 1:
        fitting = [at for at in range(1, len(word)) if width(word[:at] + "-", bold=bold) <= limit] or [1]
        seams = [m.start() for m in _SYLLABLE.finditer(word) if m.start() in fitting]
        cut = max(seams or fitting)
        yield word[:cut] + "-"
        word = word[cut:]
    yield word
