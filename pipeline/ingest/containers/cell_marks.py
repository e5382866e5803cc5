"""What somebody did to cells of an xlsx instead of writing: a name struck out, a comment that he did not come."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final
from xml.etree import ElementTree

from pipeline.ingest.containers import sheet_xml

STRUCK: Final = "cells are struck out; they were read as any other: {}"
COMMENTED: Final = "comments on these cells may speak of somebody who did not come; they are not read: {}"
#: How both begin.
BEGIN: Final = (STRUCK[:20], COMMENTED[:23])
_STYLES: Final = "xl/styles.xml"
#: Unpacked size of a part above which it is not looked through: no list written by hand is so long.
_LARGEST: Final = 20_000_000
_NOT_COME: Final = re.compile(
    r"(?i)\b(?:poissa|pois\b|peru[intu]|peruut|ei (?:ole |ollut )?(?:tul|pääs|saap|paik|läsn|osallist|eht)|"
    r"estyn|este\b|sair|puuttu|jäi (?:pois|tulem)|jono|varalla|avbok|förhind|frånvar|sjuk|kom (?:inte|ej)|cancel|"
    r"absent|apolog|no.?show|did(?: not|n.t) (?:come|attend|show))"
)


def found(path: Path) -> dict[str, dict[str, list[str]]]:
    """Return sheet -> remark -> addresses of the cells; nothing for what is no xlsx.

    The sheets themselves are read only where the workbook has a style that strikes out.
    """
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as book:
        sizes = {entry.filename: entry.file_size for entry in book.infolist()}
        names = frozenset(name for name, size in sizes.items() if size <= _LARGEST)
        styles = _struck_styles(book.read(_STYLES)) if _STYLES in names else []
        comments = any("comments" in name for name in names)
        if not styles and not comments:
            return {}
        parts = [(title, part) for title, part in sheet_xml.parts_of(book, names) if part in names]
        return {
            title: {
                STRUCK: _struck(book.read(part), styles) if styles else [],
                COMMENTED: list(_commented(book, part, names)) if comments else [],
            }
            for title, part in parts
        }


def _parsed(content: bytes) -> ElementTree.Element | None:
    """Return a part as elements; nothing where it is broken, or declares entities of its own as no spreadsheet does."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return None
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError:
        return None  # the cells can be read without it


def _struck_styles(content: bytes) -> list[str]:
    """Return the numbers of the styles whose font is struck out."""
    root = _parsed(content) if b"strike" in content else None
    if root is None:
        return []
    strikes = [font.find("{*}strike") for font in root.iterfind("{*}fonts/{*}font")]
    struck = {
        str(i) for i, one in enumerate(strikes) if one is not None and one.get("val", "1") not in ("0", "false", "off")
    }
    return [str(i) for i, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")) if style.get("fontId") in struck]


def _struck(text: bytes, styles: list[str]) -> list[str]:
    """Return the filled cells of a sheet that have one of `styles`."""
    number = "|".join(styles).encode()
    cell = re.compile(rb"""<(?:\w+:)?c\b(?=[^<>]*\bs=["'](?:""" + number + rb""")["'])[^<>]*[^<>/]>""")
    places = (sheet_xml.PLACE.search(tag) for tag in cell.findall(text))
    return [place[1].decode() for place in places if place]


def _commented(book: zipfile.ZipFile, part: str, names: frozenset[str]) -> Iterator[str]:
    """Yield the cells of a sheet on which a comment speaks of not coming."""
    place = PurePosixPath(part)
    relations = f"{place.parent}/_rels/{place.name}.rels"
    root = _parsed(book.read(relations)) if relations in names else None
    for one in root if root is not None else ():
        target = one.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else target.replace("../", "xl/")
        notes = _parsed(book.read(name)) if one.get("Type", "").endswith("/comments") and name in names else None
        for comment in notes.iterfind("{*}commentList/{*}comment") if notes is not None else ():
            if _NOT_COME.search("".join(comment.itertext())):
                yield comment.get("ref", "")
