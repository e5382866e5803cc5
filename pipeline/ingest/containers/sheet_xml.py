"""What an xlsx says of its cells that readers of spreadsheets do not: merged ranges, and cells without a value.

An error such as #N/A, and a formula nobody has calculated, look filled and are read as empty: a person should know that
something was meant to stand there.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Set
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree

from pipeline.ingest.containers.merged import Range

VALUELESS: Final = "cells hold an error or a formula without a value, read as empty: {}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: No part of a tag goes beyond the next "<": text made to be searched again from each tag would take for ever.
#: An error; a formula that is not followed by a value, unless its value is an empty text.
_ERROR: Final = re.compile(rb"""<(?:\w+:)?c\b(?=[^<>]*\bt=["']e["'])[^<>]*>""")
_FORMULA: Final = re.compile(
    rb"""<(?:\w+:)?c\b(?![^<>]*\bt=["']str["'])[^<>]*>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_MERGED: Final = re.compile(
    rb"""<(?:\w+:)?mergeCell\b[^<>]*\bref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']"""
)
PLACE: Final = re.compile(rb"""\br=["']([A-Z]{1,3}[0-9]{1,7})["']""")


class Facts(NamedTuple):
    """Merged ranges, and the addresses of cells without a value."""

    merged: list[Range]
    valueless: list[str]


def facts(path: Path, parts: Set[str]) -> dict[str, Facts]:
    """Return what each sheet of an xlsx says that is one of `parts`, in the order of the file."""
    if not parts:
        return {}
    with zipfile.ZipFile(path) as book:
        texts = (
            (title, book.read(part)) for title, part in parts_of(book, frozenset(book.namelist())) if part in parts
        )
        return {title: Facts(_merged(text), _valueless(text)) for title, text in texts}


def parts_of(book: zipfile.ZipFile, names: frozenset[str]) -> list[tuple[str, str]]:
    """Return title and part of each sheet."""
    relations, workbook = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    if not {relations, workbook} <= names:
        return []
    content = {name: book.read(name) for name in (relations, workbook)}
    if any(b"<!DOCTYPE" in text or b"<!ENTITY" in text for text in content.values()):
        return []
    targets = {
        one.get("Id"): one.get("Target", "").removeprefix("/xl/").removeprefix("xl/")
        for one in ElementTree.fromstring(content[relations])
    }
    sheets = ElementTree.fromstring(content[workbook]).iterfind("{*}sheets/{*}sheet")
    return [(sheet.get("name", ""), f"xl/{targets.get(sheet.get(_RELATION))}") for sheet in sheets]


def _merged(text: bytes) -> list[Range]:
    found = _MERGED.findall(text) if b"mergeCell" in text else []
    return [Range(left.decode(), int(top), right.decode(), int(bottom)) for left, top, right, bottom in found]


def _valueless(text: bytes) -> list[str]:
    found = [*_ERROR.finditer(text)] if b'"e"' in text or b"'e'" in text else []
    found += _FORMULA.finditer(text) if b"<f" in text or b":f" in text else []
    places = (PLACE.search(match[0]) for match in sorted(found, key=lambda match: match.start()))
    return [place[1].decode() for place in places if place]
