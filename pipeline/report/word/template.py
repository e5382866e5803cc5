"""The report used where the writer has made none: the nine sections of the fund's public project description."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING, Any, Final

from pipeline.core import words
from pipeline.report.word.content import Content
from pipeline.report.word.filled import saved
from pipeline.report.word.template_texts import ABOUT, PROMPT, SECTIONS, Section

if TYPE_CHECKING:
    from docx.document import Document

#: Margins and width of the text: 160 mm on A4, the width the figures are drawn for.
_MARGIN_MM: Final = 25
_A4_MM: Final = (210, 297)
_DARK: Final = "1F2A44"
_TABLES: Final = ("Taulukot", "Tabeller", "Tables")


def template(content: Content) -> bytes:
    """Return a Word template with a placeholder for everything there is to show, to be restyled in Word.

    Parameters
    ----------
    content : Content
        Only the figures, tables, lists and texts it has get a placeholder.

    Returns
    -------
    bytes
        The .docx; the same content gives the same bytes.
    """
    import docx  # noqa: PLC0415

    document = docx.Document()
    _style(document)
    document.add_paragraph(content.title, "Title")
    language = words.LANGUAGES.index(content.language)
    put: set[str] = set()
    for section in SECTIONS:
        known = [name for pattern in section.blocks for name in _known(pattern, content)]
        blocks = [name for name in dict.fromkeys(known) if name not in put]
        put.update(blocks)
        if blocks or section.text:
            _write(document, section, blocks, content, language)
    _describe(document, content)
    return saved(document)


def tables_template(content: Content) -> bytes:
    """Return a Word template of all tables, one under the other: for a writer who pastes them."""
    import docx  # noqa: PLC0415

    document = docx.Document()
    _style(document)
    document.add_heading(_TABLES[words.LANGUAGES.index(content.language)], 1)
    for name in content.tables:
        document.add_paragraph(f"{{{{ table {name} }}}}")
    _describe(document, content)
    return saved(document)


def _known(pattern: str, content: Content) -> list[str]:
    """Return the placeholders a block of a section stands for, of those there are."""
    if pattern == "about":
        return ["about"]
    patterns = [pattern.format(primary=name) for name in content.primary] if "{primary}" in pattern else [pattern]
    return [name for one in patterns for name in fnmatch.filter(content.names(), one)]


def _write(document: Document, section: Section, blocks: list[str], content: Content, language: int) -> None:
    heading = document.add_heading(section.heading[language], section.level)
    heading.paragraph_format.page_break_before = section.new_page
    if section.text:
        known = section.text in content.texts
        prompt = PROMPT[language].format(name=f"texts.{section.text}")
        document.add_paragraph(f"{{{{ text {section.text} }}}}" if known else prompt)
    if blocks and section.sentence[language]:
        document.add_paragraph(section.sentence[language])
    for block in blocks:
        if block == "about":
            _about(document, content, language)
        else:
            document.add_paragraph(f"{{{{ {block} }}}}")


def _about(document: Document, content: Content, language: int) -> None:
    for placeholder, name in ABOUT:
        if placeholder not in content.values:
            continue
        line = document.add_paragraph()
        line.paragraph_format.space_after = 0
        line.add_run(f"{name[language]}: ").bold = True
        line.add_run(f"{{{{ {placeholder} }}}}")


def _style(document: Document) -> None:
    """Set A4, fonts everybody has, and headings dark enough to read."""
    from docx.shared import Mm, Pt, RGBColor  # noqa: PLC0415

    page = document.sections[0]
    page.page_width, page.page_height = (Mm(length) for length in _A4_MM)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(page, side, Mm(_MARGIN_MM))
    sizes = {"Normal": 11, "Caption": 9.5, "Title": 24, "Heading 1": 16, "Heading 2": 13, "List Bullet": 11}
    for name, size in sizes.items():
        style: Any = document.styles[name]
        style.font.size = Pt(size)
        style.font.name = "Calibri"
        _own_font(style)
        style.font.color.rgb = RGBColor.from_string("000000" if size < 12 else _DARK)
        style.paragraph_format.space_after = Pt(8 if name == "Normal" else 6)
    document.styles["Caption"].font.bold = False


def _own_font(style: Any) -> None:
    """Take the theme's font out: it would go before the one named."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    fonts = style.element.rPr.rFonts
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)


def _describe(document: Document, content: Content) -> None:
    """Give the file a title and take out what the library says of itself: its author and the day it was made."""
    import datetime as dt  # noqa: PLC0415

    about = document.core_properties
    about.title, about.author, about.comments = content.title, "", ""
    about.language = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}[content.language]
    about.created = about.modified = dt.datetime(2000, 1, 1)
    about.last_modified_by, about.revision = "", 1
