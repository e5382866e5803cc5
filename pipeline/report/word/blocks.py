"""What is put in the place of a paragraph: a figure with its caption, a table with its header row, a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from pipeline.core import words
from pipeline.report.word.content import Picture, Sheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_FIGURE: Final = ("Kuvio", "Figur", "Figure")
_TABLE: Final = ("Taulukko", "Tabell", "Table")
#: Characters after which a cell is better broken into lines.
_LONGEST: Final = 60
#: Width of a character of a table's text, and of the edges of a cell, in English Metric Units (12 700 to a point).
_CHARACTER: Final = 86_000
_AROUND: Final = 160_000
_TABLE_POINTS: Final = 9.5


class Numbers:
    """The running numbers of figures and tables of one document, and of its pictures' ids."""

    def __init__(self, language: str) -> None:
        self._place = words.LANGUAGES.index(language)
        self._given = {"figure": 0, "table": 0}

    def next(self, kind: str) -> tuple[str, int]:
        """Return the word and number of the next figure or table."""
        self._given[kind] += 1
        return (_FIGURE if kind == "figure" else _TABLE)[self._place], self._given[kind]


class Blocks:
    """Makes the elements that replace a paragraph, in the styles of its document.

    Parameters
    ----------
    document : Document
        The one that is filled.
    language : {"fi", "sv", "en"}
        Of the words Figure and Table.
    """

    def __init__(self, document: Document, language: str) -> None:
        self.document, self.numbers = document, Numbers(language)
        section = document.sections[0]
        self.width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)

    def picture(self, at: Paragraph, picture: Picture) -> None:
        """Put a picture in the place of a paragraph, its caption below it and its alt text with it."""
        shown = self._before(at)
        shown.paragraph_format.keep_with_next = True
        shape = shown.add_run().add_picture(str(picture.png), width=self.width)
        word, number = self.numbers.next("figure")
        described = shape._inline.docPr
        described.set("name", f"{word} {number}")
        described.set("descr", picture.alt)
        self._caption(at, word, number, picture.title, picture.caption)
        _remove(at)

    def table(self, at: Paragraph, sheet: Sheet) -> None:
        """Put a table in the place of a paragraph: caption above, header row, note below."""
        word, number = self.numbers.next("table")
        self._caption(at, word, number, sheet.title, "").paragraph_format.keep_with_next = True
        made = self.document.add_table(rows=0, cols=len(sheet.header))
        if "Table Grid" in self._styles():
            made.style = "Table Grid"
        at._p.addprevious(made._tbl)
        self._rows(made, sheet)
        note = self._before(at, sheet.note, "Caption") if sheet.note else self._before(at)
        note.paragraph_format.keep_with_next = False
        _remove(at)

    def items(self, at: Paragraph, sentences: Sequence[str]) -> None:
        """Put sentences in the place of a paragraph, as a list of the document's own list style."""
        style = "List Bullet" if "List Bullet" in self._styles() else None
        for sentence in sentences:
            self._before(at, sentence if style else f"• {sentence}", style)
        _remove(at)

    def paragraphs(self, at: Paragraph, text: str) -> None:
        """Put the paragraphs of a text in the place of a paragraph, in its style."""
        for part in text.strip().split("\n\n"):
            self._before(at, " ".join(part.split()), at.style.name if at.style else None)
        _remove(at)

    def _rows(self, made: Any, sheet: Sheet) -> None:
        from docx.shared import Pt  # noqa: PLC0415

        widths = _widths(sheet, self.width)
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for number, texts in enumerate([sheet.header, *sheet.rows]):
            row = made.add_row()
            _flag(row, "w:cantSplit")
            if number == 0:
                _flag(row, "w:tblHeader")
            for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = widths[place]
                paragraph = cell.paragraphs[0]
                run = paragraph.add_run(text)
                run.bold, run.font.size = (True if number == 0 else None), Pt(_TABLE_POINTS)
                paragraph.alignment = 2 if place in sheet.numeric else 0
                paragraph.paragraph_format.space_after = 0

    def _caption(self, at: Paragraph, word: str, number: int, title: str, text: str) -> Paragraph:
        """Write "Figure 1. Title. Text", the number as a field that Word counts anew when figures move."""
        caption = self._before(at, f"{word} ", "Caption")
        _field(caption, word, number)
        ended = title if title.endswith((".", "?", "!")) else f"{title}."
        caption.add_run(f". {ended}").bold = True
        if text:
            caption.add_run(f" {text}").bold = False
        return caption

    def _before(self, at: Paragraph, text: str = "", style: str | None = None) -> Paragraph:
        return at.insert_paragraph_before(text, style if style in self._styles() else None)

    def _styles(self) -> set[str]:
        return {style.name for style in self.document.styles if style.name}


def _widths(sheet: Sheet, width: int) -> list[int]:
    """Give each column room for its longest word, and share the rest out by what its texts would take in one line."""
    columns = list(zip(sheet.header, *sheet.rows, strict=True))
    words = [max(len(word) for text in column for word in (text.split() or [""])) for column in columns]
    texts = [min(_LONGEST, max(map(len, column))) for column in columns]
    needed = [word * _CHARACTER + _AROUND for word in words]
    left = width - sum(needed)
    if left <= 0:
        return [int(width * need / sum(needed)) for need in needed]
    wanted = [max(0, text - word) for text, word in zip(texts, words, strict=True)]
    total = sum(wanted) or 1
    return [int(need + left * want / total) for need, want in zip(needed, wanted, strict=True)]


def _flag(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _field(caption: Paragraph, word: str, number: int) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" SEQ {word} \\* ARABIC ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = str(number)
    run.append(text)
    field.append(run)
    caption._p.append(field)


def _remove(paragraph: Paragraph) -> None:
    paragraph._p.getparent().remove(paragraph._p)
