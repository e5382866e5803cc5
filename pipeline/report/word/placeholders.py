"""Placeholders {{ fact people }} in a Word paragraph, also where Word has split them over several runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

_FOUND: Final = re.compile(r"\{\{\s*([a-z_]+)(?:\s+([A-Za-z0-9_.\-]+))?\s*\}\}")
_BRACES: Final = re.compile(r"\{\{|\}\}")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Placeholder:
    """A placeholder and where in the text of its paragraph it stands."""

    kind: str
    name: str
    start: int
    end: int

    @property
    def written(self) -> str:
        """As the writer writes it: "fact people", "methods"."""
        return f"{self.kind} {self.name}".strip()


def in_text(text: str) -> list[Placeholder]:
    """Return the placeholders of a text.

    Examples
    --------
    >>> [p.written for p in in_text("Listoilla {{fact people}}, ks. {{ methods }}")]
    ['fact people', 'methods']
    """
    return [Placeholder(m[1], m[2] or "", m.start(), m.end()) for m in _FOUND.finditer(text)]


def unfinished(text: str) -> bool:
    """Return whether double braces are left that are no placeholder: a slip of the pen must not be printed.

    Examples
    --------
    >>> unfinished("{{ fact people }"), unfinished("{{ fact people }} {1}")
    (True, False)
    """
    return _BRACES.search(_FOUND.sub("", text)) is not None


def pieces(paragraph: Any) -> list[Any]:
    """Return the text elements (w:t) of a paragraph itself, in order; not of a text box anchored in it."""
    return [t for t in paragraph.iter(f"{_W}t") if _paragraph_of(t) is paragraph]


def _paragraph_of(element: Any) -> Any:
    parent = element.getparent()
    while parent is not None and parent.tag != f"{_W}p":
        parent = parent.getparent()
    return parent


def text_of(paragraph: Any) -> str:
    """Return the text of a paragraph itself."""
    return "".join(piece.text or "" for piece in pieces(paragraph))


def replace(paragraph: Any, said: Callable[[Placeholder], str]) -> None:
    """Put texts in the place of the placeholders of a paragraph; each keeps the format of its first character.

    Nothing but the characters of the placeholders changes.
    """
    for found in reversed(in_text(text_of(paragraph))):
        new = said(found)
        for piece, start, end in _spans(paragraph):
            if start < found.end and end > found.start:
                text = piece.text or ""
                cut = max(found.start - start, 0), min(found.end - start, len(text))
                piece.text = text[: cut[0]] + new + text[cut[1] :]
                piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                new = ""


def _spans(paragraph: Any) -> Iterator[tuple[Any, int, int]]:
    at = 0
    spans = []
    for piece in pieces(paragraph):
        length = len(piece.text or "")
        spans.append((piece, at, at + length))
        at += length
    yield from spans
