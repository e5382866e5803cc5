"""The results as one page that needs nothing but itself: figures with their numbers, claims, tables, limits."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pipeline.core import formats
from pipeline.core.workspace import Workspace
from pipeline.report.captions import pick
from pipeline.report.claims.judged import Judged
from pipeline.report.claims.texts import VERDICT_NAMES
from pipeline.report.page_texts import DATA_COLUMNS, IN_SHARES, STYLE, WORDS
from pipeline.report.texts import Texts
from pipeline.report.word.content import Content, Sheet

#: No script, no font, no picture from elsewhere: the page works from a memory stick.
_POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
#: What may stand in a data: address as it is; base64 would make the page a third larger.
_PLAIN: Final = " !$&'*+,-./:;=?@[]^_`{|}~"


@dataclass(frozen=True)
class Drawn:
    """A figure as it lies in figures/: its picture, texts, sources and the rows it was drawn from."""

    name: str
    svg: bytes
    texts: Texts
    sources: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def drawn(figures: Path, language: str) -> list[Drawn]:
    """Return the figures of a folder, by name.

    Parameters
    ----------
    figures : Path
        As `bundle.save` fills it.
    language : {"fi", "sv", "en"}
        Of the texts.
    """
    return [_drawn(path, language) for path in sorted(figures.glob("*.json"))]


def _drawn(path: Path, language: str) -> Drawn:
    sidecar = json.loads(path.read_text("utf-8"))
    with path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = list(csv.reader(stream)) or [[]]
    shown = [place for place, name in enumerate(header) if name in DATA_COLUMNS and any(row[place] for row in rows)]
    return Drawn(
        path.stem,
        path.with_suffix(".svg").read_bytes(),
        Texts(**sidecar["texts"][language]),
        tuple(sidecar["sources"]),
        tuple(header[place] for place in shown),
        tuple(tuple(_said(row, place, header, language) for place in shown) for row in rows),
    )


def _said(row: Sequence[str], place: int, header: Sequence[str], language: str) -> str:
    """Return a cell as the figure prints it: a number in the language's format, a share in percent."""
    text = row[place]
    if not _NUMBER.fullmatch(text):
        return text
    value = float(text)
    if header[place] in IN_SHARES and "unit" in header and row[header.index("unit")] == "share":
        return formats.percent(value, language)
    return formats.number(value, language, 0 if value.is_integer() else 2)


def write(workspace: Workspace, content: Content, claims: Sequence[Judged]) -> Path:
    """Write index.html to the report folder; the same input gives the same bytes."""
    html = page(content, drawn(workspace.figures, content.language), claims)
    workspace.report.mkdir(parents=True, exist_ok=True)
    path = workspace.report / "index.html"
    path.write_text(html, encoding="utf-8", newline="\n")
    return path


def page(content: Content, figures: Sequence[Drawn], claims: Sequence[Judged]) -> str:
    """Return the page.

    Parameters
    ----------
    content : Content
        Tables, lists and title, in the language of the page.
    figures : sequence of Drawn
        In the order shown.
    claims : sequence of Judged
        With their verdicts.
    """
    language = content.language
    sections = {
        "summary": _list(content.lists.get("summary", ())),
        "claims": _claims(claims, language),
        "figures": "".join(_figure(figure, language) for figure in figures),
        "tables": "".join(_sheet(name, sheet) for name, sheet in content.tables.items() if name != "claims"),
        "limits": _list(content.lists.get("limits", ())),
        "methods": _list(content.lists.get("methods", ())),
    }
    kept = {name: body for name, body in sections.items() if body}
    inside = {"figures": [(f"figure-{f.name}", f.texts.title) for f in figures]}
    return _whole(content, kept, inside)


def _whole(content: Content, sections: dict[str, str], inside: dict[str, list[tuple[str, str]]]) -> str:
    language, title = content.language, escape(content.title)
    body = "".join(
        f'<section aria-labelledby="{name}"><h2 id="{name}">{_say(name, language)}</h2>\n{text}</section>\n'
        for name, text in sections.items()
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#content">{_say("skip", language)}</a>\n'
        f"<header><h1>{title}</h1>\n{_contents(sections, inside, language)}</header>\n"
        f'<main id="content" tabindex="-1">\n{body}</main>\n</body>\n</html>\n'
    )


def _contents(sections: Iterable[str], inside: dict[str, list[tuple[str, str]]], language: str) -> str:
    lines = []
    for name in sections:
        below = "".join(f'<li><a href="#{key}">{escape(title)}</a></li>' for key, title in inside.get(name, ()))
        deeper = f"<ul>{below}</ul>" if below else ""
        lines.append(f'<li><a href="#{name}">{_say(name, language)}</a>{deeper}</li>')
    return f'<nav aria-label="{_say("contents", language)}"><ul>{"".join(lines)}</ul></nav>\n'


def _say(key: str, language: str) -> str:
    return escape(pick(WORDS, key, language))


def _list(sentences: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>\n" for text in sentences) + "</ul>\n" if sentences else ""


def _claims(claims: Sequence[Judged], language: str) -> str:
    if not claims:
        return ""
    lines = [
        f"<tr><td>{escape(_sentence(claim, language))}</td>"
        f'<td><span class="verdict {claim.verdict}">{escape(pick(VERDICT_NAMES, claim.verdict, language))}</span>'
        f"{_unless_published(claim, language)}</td>"
        f"<td>{escape(claim.reason[language])}</td></tr>\n"
        for claim in claims
    ]
    head = "".join(f'<th scope="col">{_say(key, language)}</th>' for key in ("claim", "verdict", "reason"))
    return _scrolling(
        pick(WORDS, "claims_about", language),
        f'<table class="claims"><caption>{_say("claims_about", language)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>",
    )


def _unless_published(claim: Judged, language: str) -> str:
    return "" if claim.published else f" ({_say('not_published', language)})"


def _sentence(claim: Judged, language: str) -> str:
    return claim.sentence.get(language) or next(iter(claim.sentence.values()))


def _figure(figure: Drawn, language: str) -> str:
    picture = escape(quote(" ".join(figure.svg.decode("utf-8").split()), safe=_PLAIN))
    sources = pick(WORDS, "sources", language).format(tables=", ".join(figure.sources))
    return (
        f'<h3 id="figure-{figure.name}">{escape(figure.texts.title)}</h3>\n<figure>'
        f'<img src="data:image/svg+xml,{picture}" alt="{escape(figure.texts.alt)}">'
        f"<figcaption>{escape(figure.texts.caption)} {escape(sources)}</figcaption></figure>\n"
        f"{_data(figure, language)}"
    )


def _data(figure: Drawn, language: str) -> str:
    if not (figure.header and figure.rows):
        return ""
    title = f"{_say('data', language)}: {escape(figure.texts.title)}"
    return f"<details><summary>{title}</summary>\n{_rows(figure, language)}</details>\n"


def _rows(figure: Drawn, language: str) -> str:
    head = "".join(f'<th scope="col">{escape(pick(DATA_COLUMNS, name, language))}</th>' for name in figure.header)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in figure.rows)
    table = (
        f"<table><caption>{escape(figure.texts.title)}</caption><thead><tr>{head}</tr></thead><tbody>{lines}</tbody>"
    )
    return _scrolling(f"{pick(WORDS, 'data', language)}: {figure.texts.title}", f"{table}</table>")


def _sheet(name: str, sheet: Sheet) -> str:
    right = set(sheet.numeric)

    def row(tag: str, cells: Sequence[str], scope: str = "") -> str:
        flush = [' class="n"' if place in right else "" for place in range(len(cells))]
        return "".join(f"<{tag}{scope}{n}>{escape(cell)}</{tag}>" for n, cell in zip(flush, cells, strict=True))

    body = "".join(f"<tr>{row('td', cells)}</tr>\n" for cells in sheet.rows)
    head = row("th", sheet.header, ' scope="col"')
    note = f"<p>{escape(sheet.note)}</p>\n" if sheet.note else ""
    table = (
        f"<table><caption>{escape(sheet.title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    return f'<h3 id="table-{name}">{escape(sheet.title)}</h3>\n{_scrolling(sheet.title, table)}{note}'


def _scrolling(label: str, table: str) -> str:
    """A table wider than the screen scrolls by itself, also with the keyboard."""
    return f'<div class="wide" role="region" tabindex="0" aria-label="{escape(label)}">{table}</div>\n'
