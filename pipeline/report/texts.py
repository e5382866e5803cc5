"""What is printed with a figure, in every language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.core import words


@dataclass(frozen=True)
class Texts:
    """Title above a figure, caption below it, and what it shows for those who do not see it.

    Parameters
    ----------
    title, caption : str
        Printed above and below the figure.
    alt : str
        A sentence or two of what the figure shows.
    caveat : str
        What the design of the study or item cannot show; it is the end of the caption too.
    """

    title: str
    caption: str
    alt: str
    caveat: str = ""


def in_languages(function: Callable[..., Texts], *args: Any) -> dict[str, Texts]:
    """Return what `function(*args, language)` says in each language, by language.

    Examples
    --------
    >>> in_languages(lambda name, language: Texts(f"{name} ({language})", "n = 3.", "Three."), "Reach")["sv"].title
    'Reach (sv)'
    """
    return {language: function(*args, language) for language in words.LANGUAGES}
