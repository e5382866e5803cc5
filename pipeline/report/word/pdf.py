"""The report as accessible PDF (PDF/UA-1), made from the Word file itself: tagged headings, lists, tables, pictures."""

from __future__ import annotations

import io
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from pipeline.core.errors import PipelineError
from pipeline.report.word.reading import Block, Grid, Image, Run, Text, blocks

#: For letters the typesetter's own font lacks; they come with the library that draws the figures.
_MORE_FONTS: Final = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
#: Fonts that come with the typesetter: the same everywhere.
_HEAD: Final = """#set document(title: {title}, date: none)
#set text(lang: {language}, font: ("Libertinus Serif", "DejaVu Sans"), size: 11pt, hyphenate: true)
#set page(paper: "a4", margin: 25mm, numbering: "1")
#set par(justify: false, leading: 0.65em, spacing: 1em)
#set figure(numbering: none, supplement: none, gap: 0.6em)
#show figure.caption: it => block(sticky: true, width: 100%, align(left, text(size: 9.5pt, it.body)))
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.where(kind: table): set block(breakable: true)
#show heading: set block(above: 1.4em, below: 0.8em, sticky: true)
#show heading: set text(hyphenate: false)
#set table(stroke: 0.5pt + rgb("#666666"), inset: 5pt)
#show table: set text(size: 9.5pt)
#show table.cell.where(y: 0): strong
"""


def to_pdf(word: bytes, language: str) -> bytes:
    """Return a filled Word report as PDF/UA-1.

    Parameters
    ----------
    word : bytes
        The .docx.
    language : {"fi", "sv", "en"}
        Of the report.

    Returns
    -------
    bytes
        The PDF; the same Word file gives the same bytes.

    Raises
    ------
    PipelineError
        When the report cannot be made accessible: a picture without alt text, headings that skip a level, a character
        no font has.
    """
    import docx  # noqa: PLC0415

    document = docx.Document(io.BytesIO(word))
    found = list(blocks(document))
    _check(found)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = "".join(_source(found, document.core_properties.title or "", language, root))
        (root / "report.typ").write_text(source, encoding="utf-8")
        return _typeset(root)


def _typeset(root: Path) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415
    import typst  # noqa: PLC0415

    for name in _MORE_FONTS:
        shutil.copy(Path(mpl.get_data_path()) / "fonts" / "ttf" / name, root)
    try:
        made = typst.compile(
            str(root / "report.typ"), root=str(root), format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True,
            font_paths=[str(root)],
        )  # fmt: skip
    except typst.TypstError as fault:
        glyph = re.search(r"the text `\"(.+?)\"` could not be displayed", str(fault))
        what = "a character has no place in the fonts of the PDF" if glyph else "the PDF could not be typeset"
        detail = " ".join(f"U+{ord(c):04X}" for c in _plain(glyph[1])) if glyph else str(fault).splitlines()[0]
        raise PipelineError(f"{what}: {detail}", place="report", fix="take it out of the text in Word") from None
    return bytes(made)


def _plain(escaped: str) -> str:
    """Return a character that the typesetter may have named by its number."""
    return re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), escaped)


def _check(found: Sequence[Block]) -> None:
    level, pictures = 0, 0
    for block in found:
        pictures += isinstance(block, Image)
        if isinstance(block, Image) and not block.alt.strip():
            raise PipelineError(
                f"picture {pictures} of the document has no alt text", place="report",
                fix="in the template: click the picture, Edit Alt Text; a logo too needs one",
            )  # fmt: skip
        if isinstance(block, Text) and block.kind == "heading":
            if block.level > level + 1:
                raise PipelineError(
                    f"a heading of level {block.level} follows one of level {level}", place="report",
                    allowed="each level one deeper than the last", fix="use the next heading style in Word",
                )  # fmt: skip
            level = block.level


def _source(found: Sequence[Block], title: str, language: str, root: Path) -> Iterator[str]:
    yield _HEAD.format(title=_string(title or "Report"), language=_string(language))
    number = 0
    while number < len(found):
        block = found[number]
        after = found[number + 1] if number + 1 < len(found) else None
        if isinstance(block, Image):
            caption = after if isinstance(after, Text) and after.kind == "caption" else None
            yield _image(block, caption, root / f"{number}.{block.ending}")
            number += 1 if caption is None else 2
        elif isinstance(block, Text) and block.kind == "caption" and isinstance(after, Grid):
            yield f"#figure(kind: table, caption: [{_runs(block.runs)}], {_grid(after)})\n\n"
            number += 2
        else:
            yield _block(block)
            number += 1


def _block(block: Block) -> str:
    if isinstance(block, Grid):
        return f"#{_grid(block)}\n\n"
    assert isinstance(block, Text)
    said = _runs(block.runs)
    if block.kind == "title":
        return f"#block(below: 1.6em, text(size: 22pt, weight: {_string('bold')}, hyphenate: false)[{said}])\n\n"
    if block.kind == "heading":
        page = "#pagebreak(weak: true)\n" if block.new_page else ""
        return f"{page}#heading(level: {block.level})[{said}]\n\n"
    if block.kind == "item":
        return f"- {said}\n"
    size = "9.5pt" if block.kind == "caption" else "11pt"
    return f"#par(text(size: {size})[{said}])\n\n"


def _image(image: Image, caption: Text | None, path: Path) -> str:
    path.write_bytes(image.content)
    shown = f"image({_string(path.name)}, alt: {_string(image.alt)}, width: {100 * image.width:.1f}%)"
    said = "" if caption is None else f", caption: [{_runs(caption.runs)}]"
    return f"#figure({shown}{said})\n\n"


def _grid(grid: Grid) -> str:
    columns = len(grid.rows[0]) if grid.rows else 1
    align = ", ".join("right" if right else "left" for right in grid.right) or "left"
    head = "".join(f"[#{_string(text)}], " for row in grid.rows[: grid.headers] for text in row)
    body = "".join(f"[#{_string(text)}], " for row in grid.rows[grid.headers :] for text in row)
    header = f"table.header({head}), " if head else ""
    return f"table(columns: {_columns(grid, columns)}, align: ({align},), {header}{body})"


def _columns(grid: Grid, columns: int) -> str:
    """The widest column takes what the others leave."""
    longest = [max((len(row[place]) for row in grid.rows), default=1) for place in range(columns)]
    widest = longest.index(max(longest))
    return "(" + ", ".join("1fr" if place == widest or n > 30 else "auto" for place, n in enumerate(longest)) + ",)"


def _runs(runs: Sequence[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    said = f"#{_string(run.text)}"
    said = f"#strong[{said}]" if run.bold else said
    return f"#emph[{said}]" if run.italic else said


def _string(text: str) -> str:
    """Return text as a string of the typesetter, in which nothing is a command."""
    printable = "".join(c for c in text if c >= " " and c != "\x7f")  # Word allows no other control characters either
    return json.dumps(printable, ensure_ascii=False)
