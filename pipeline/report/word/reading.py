"""A Word report as a plain sequence of blocks: what the PDF is made of, so that both say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docx.document import Document

_HEADING: Final = re.compile(r"(?:heading|otsikko|rubrik)\s*([1-9])", re.IGNORECASE)
_LIST: Final = re.compile(r"(?:list|luettelo|lista|punktlista|numrerad)", re.IGNORECASE)
_CAPTION: Final = re.compile(r"(?:caption|kuvaotsikko|kuvateksti|beskrivning)", re.IGNORECASE)
_TITLE: Final = re.compile(r"^(?:title|otsikko|rubrik)$", re.IGNORECASE)


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph: `kind` is title, heading, item, caption or text; `level` of a heading counts from 1."""

    kind: str
    runs: tuple[Run, ...]
    level: int = 0
    new_page: bool = False

    @property
    def plain(self) -> str:
        """Its text without its look."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Image:
    """A picture with its alt text and its width as a part of the text width."""

    content: bytes
    ending: str
    alt: str
    width: float


@dataclass(frozen=True)
class Grid:
    """A table; its first `headers` rows are header rows."""

    rows: tuple[tuple[str, ...], ...]
    headers: int
    right: tuple[bool, ...]


Block = Text | Image | Grid


def blocks(document: Document) -> Iterator[Block]:
    """Yield what stands in the body of a Word file, in order; empty paragraphs are left out."""
    from docx.table import Table  # noqa: PLC0415

    for element in document.iter_inner_content():
        if isinstance(element, Table):
            yield _grid(element)
        else:
            yield from _images(element, document)
            runs = _runs(element)
            if "".join(run.text for run in runs).strip():
                kind, level = _kind(element)
                yield Text(kind, runs, level, bool(element.paragraph_format.page_break_before))


def _kind(paragraph: Any) -> tuple[str, int]:
    """Return what a paragraph is by its style or those the style is based on, and the level of a heading."""
    style = paragraph.style
    while style is not None:
        name = style.name or ""
        if _TITLE.match(name):
            return "title", 0
        if found := _HEADING.search(name):
            return "heading", int(found[1])
        if _CAPTION.search(name):
            return "caption", 0
        if _LIST.search(name) and name != "List Paragraph":
            return "item", 0
        style = style.base_style
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    return ("item" if numbered else "text"), 0


def _runs(paragraph: Any) -> tuple[Run, ...]:
    from docx.oxml.ns import qn  # noqa: PLC0415

    found = []
    for run in paragraph._p.iter(qn("w:r")):
        text = "".join(_character(piece, qn) for piece in run)
        if text:
            look = run.rPr
            found.append(Run(text, _on(look, qn("w:b")), _on(look, qn("w:i"))))
    return tuple(found)


def _character(piece: Any, qn: Any) -> str:
    if piece.tag == qn("w:t"):
        return piece.text or ""
    return " " if piece.tag in {qn("w:tab"), qn("w:br")} else ""


def _on(look: Any, name: str) -> bool:
    from docx.oxml.ns import qn  # noqa: PLC0415

    switch = None if look is None else look.find(name)
    return switch is not None and switch.get(qn("w:val")) not in {"0", "false"}


def _images(paragraph: Any, document: Document) -> Iterator[Image]:
    from docx.oxml.ns import qn  # noqa: PLC0415

    section = document.sections[0]
    text_width = (section.page_width or 1) - (section.left_margin or 0) - (section.right_margin or 0)
    for drawing in paragraph._p.iter(qn("w:drawing")):
        blip, described = next(drawing.iter(qn("a:blip")), None), next(drawing.iter(qn("wp:docPr")), None)
        if blip is None or blip.get(qn("r:embed")) is None:
            continue
        part = document.part.related_parts[blip.get(qn("r:embed"))]
        extent = next(drawing.iter(qn("wp:extent")), None)
        width = int(extent.get("cx")) / text_width if extent is not None else 1.0
        alt = "" if described is None else described.get("descr", "")
        yield Image(part.blob, str(part.partname).rsplit(".", 1)[-1].lower(), alt, min(1.0, width))


def _grid(table: Any) -> Grid:
    from docx.oxml.ns import qn  # noqa: PLC0415

    rows = tuple(tuple(cell.text for cell in row.cells) for row in table.rows)
    flags = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    headers = next((number for number, flag in enumerate(flags) if not flag), len(flags))
    last = table.rows[-1].cells if rows else []
    right = tuple(str(cell.paragraphs[0].alignment).startswith("RIGHT") for cell in last)
    return Grid(rows, headers, right)
