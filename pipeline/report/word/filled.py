"""A Word file with its placeholders filled, and nothing else of it touched."""

from __future__ import annotations

import difflib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pipeline.core.errors import ConfigError, ReadError
from pipeline.report.word import placeholders
from pipeline.report.word.blocks import Blocks
from pipeline.report.word.content import Content

if TYPE_CHECKING:
    from docx.document import Document

#: A zip carries the time each part was written; the same input must give the same bytes.
_WRITTEN: Final = (1980, 1, 1, 0, 0, 0)
_IN_SENTENCES: Final = ("fact", "claim", "project")


@dataclass(frozen=True)
class _At:
    """A paragraph with a placeholder, and how to find it in Word."""

    element: Any
    part: Any
    place: str


def fill(template: bytes, content: Content, name: str) -> bytes:
    """Return a Word file with every placeholder filled.

    Parameters
    ----------
    template : bytes
        A .docx. Placeholders may stand in its text, in tables, text boxes, headers, footers and footnotes, and may be
        split over runs. Those of figures, tables, lists and texts stand alone in their paragraph.
    content : Content
        What they stand for.
    name : str
        Of the template, named in errors.

    Returns
    -------
    bytes
        The .docx; the same input gives the same bytes.

    Raises
    ------
    ReadError
        When the template is no Word file.
    ConfigError
        When a placeholder is not known, not finished, or does not stand alone where it must; with its paragraph.
    """
    import docx  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(template))
    except (ValueError, KeyError, zipfile.BadZipFile) as fault:
        raise ReadError("not a Word file (.docx)", place=name, fix="save it from Word as .docx") from fault
    found = list(_paragraphs(document))
    _check(found, content, name)
    blocks = Blocks(document, content.language)
    for at in found:
        _fill(at, content, blocks)
    _describe(document, content)
    return saved(document)


def _paragraphs(document: Document) -> Iterator[_At]:
    """Yield the paragraphs with placeholders: of the text, then of headers, footers and notes."""
    for number, element in enumerate(document.element.body.iter(_tag("w:p")), start=1):
        yield from _with_braces(element, document.part, f"paragraph {number}")
    for part in document.part.package.iter_parts():
        own = getattr(part, "element", None)
        if own is None and "notes" in part.content_type and b"{{" in part.blob:
            raise ConfigError(
                "a placeholder in a footnote or endnote is not filled", place=str(part.partname).rsplit("/", 1)[-1],
                fix="move it into the text",
            )  # fmt: skip
        if own is not None and own is not document.part.element and "wordprocessingml" in part.content_type:
            where = str(part.partname).rsplit("/", 1)[-1]
            for number, element in enumerate(own.iter(_tag("w:p")), start=1):
                yield from _with_braces(element, part, f"{where}, paragraph {number}")


def _with_braces(element: Any, part: Any, place: str) -> Iterator[_At]:
    if "{{" in placeholders.text_of(element) or "}}" in placeholders.text_of(element):
        yield _At(element, part, place)


def _tag(name: str) -> str:
    from docx.oxml.ns import qn  # noqa: PLC0415

    return str(qn(name))


def _check(found: list[_At], content: Content, name: str) -> None:
    faults = [f"{at.place}: {fault}" for at in found for fault in _faults(at, content)]
    if faults:
        known = sorted({near for at in found for near in _near(at, content)}) or content.names()[:12]
        raise ConfigError("; ".join(faults), place=name, allowed=", ".join(known), fix="mend the placeholder in Word")


def _faults(at: _At, content: Content) -> Iterator[str]:
    text, known = placeholders.text_of(at.element), set(content.names())
    for placeholder in placeholders.in_text(text):
        if placeholder.written not in known:
            yield f"there is no {{{{ {placeholder.written} }}}}"
        elif placeholder.kind not in _IN_SENTENCES and text.strip() != text[placeholder.start : placeholder.end]:
            yield f"{{{{ {placeholder.written} }}}} must stand alone in its paragraph"
    if placeholders.unfinished(text):
        yield "a {{ or }} that is no placeholder"


def _near(at: _At, content: Content) -> Iterator[str]:
    known = content.names()
    for placeholder in placeholders.in_text(placeholders.text_of(at.element)):
        if placeholder.written not in known:
            yield from difflib.get_close_matches(placeholder.written, known, n=3, cutoff=0.5)


def _fill(at: _At, content: Content, blocks: Blocks) -> None:
    found = placeholders.in_text(placeholders.text_of(at.element))
    first = found[0]
    if first.kind in _IN_SENTENCES:
        placeholders.replace(at.element, lambda placeholder: content.values[placeholder.written])
        return
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    paragraph = Paragraph(at.element, _Parent(at.part))
    if first.kind == "figure":
        blocks.picture(paragraph, content.figures[first.name])
    elif first.kind == "table":
        blocks.table(paragraph, content.tables[first.name])
    elif first.kind == "text":
        blocks.paragraphs(paragraph, with_values(content.texts[first.name], content))
    else:
        blocks.items(paragraph, content.lists[first.kind])


def with_values(text: str, content: Content) -> str:
    """Return one of the writer's own texts with its placeholders said.

    Raises
    ------
    ConfigError
        When one of them is not known, or is of a figure or table.
    """
    for placeholder in reversed(placeholders.in_text(text)):
        if placeholder.written not in content.values:
            raise ConfigError(
                f"there is no {{{{ {placeholder.written} }}}} to say in a sentence", place="texts.toml",
                allowed=", ".join(difflib.get_close_matches(placeholder.written, content.values, n=4, cutoff=0.3)),
            )  # fmt: skip
        text = text[: placeholder.start] + content.values[placeholder.written] + text[placeholder.end :]
    return text


class _Parent:
    """What a paragraph asks of what holds it: the part its pictures belong to."""

    def __init__(self, part: Any) -> None:
        self.part = part


def _describe(document: Document, content: Content) -> None:
    """Say language and title where the template does not: what reads a report aloud needs both."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    if not document.core_properties.title:
        document.core_properties.title = content.title
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults is None:
        return
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    if language.get(qn("w:val")) in {None, "en-US"}:  # en-US is what a new file says of itself
        language.set(qn("w:val"), {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[content.language])


def saved(document: Document) -> bytes:
    """Return a Word file as bytes, the same for the same content."""
    buffer, again = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _WRITTEN)
            part.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return again.getvalue()
