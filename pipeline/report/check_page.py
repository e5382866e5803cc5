"""The check as one self-contained, accessible page: nothing is fetched, colour says nothing alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.report.check_texts import words

#: Columns of the files' table, and which of them are numbers.
FILE_COLUMNS: Final = (
    "file",
    "sheet",
    "reader",
    "change",
    "rows_read",
    "rows_before",
    "accepted",
    "duplicate",
    "quarantined",
    "blank",
    "reason",
)
NUMBERS: Final = frozenset({"row", "rows_read", "rows_before", "accepted", "duplicate", "quarantined", "blank"})
LINE_COLUMNS: Final = ("kind", "file", "sheet", "row", "column", "problem", "fix")
_STYLE: Final = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 2rem auto; max-width: 100rem;
  padding: 0 1rem }
table { border-collapse: collapse; width: 100%; margin: 0 0 2rem } caption { text-align: left; color: #444 }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid #bbb }
td.p { overflow-wrap: anywhere; min-width: 17rem } td:last-child { min-width: 14rem }
th { border-bottom: 2px solid #444 } td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
.state { border-left: .4rem solid #555; padding: .5rem 1rem; background: #f2f2f2; white-space: pre-line }
.wide { overflow-x: auto } .wide:focus { outline: 3px solid #005a9c }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616 } caption { color: #bbb }
  .state { background: #2a2a2a } th { border-color: #bbb } td { border-color: #555 } }
"""


def page(
    files: pd.DataFrame,
    open_lines: pd.DataFrame,
    notes: pd.DataFrame,
    summary: Sequence[str],
    language: str,
    stopped: bool = False,
) -> str:
    """Return the page.

    Parameters
    ----------
    files, open_lines, notes : DataFrame
        As `ingest.checking.Check` has them, texts already in `language`, columns `FILE_COLUMNS` and `LINE_COLUMNS`.
    summary : sequence of str
        What to say first.
    language : str
        "fi", or English.
    stopped : bool
        The check did not come to its end: an empty table does not mean that there is nothing.
    """
    say = words(language)
    say = {**say, "nothing": say["not_known"]} if stopped else say
    body = [
        _table(say["to_decide"], say["to_decide_about"], open_lines, LINE_COLUMNS, say),
        _table(say["files"], say["files_about"], files, FILE_COLUMNS, say),
        _table(say["notes"], say["notes_about"], notes, LINE_COLUMNS, say),
    ]
    state = "".join(f'<p class="state">{escape(text)}</p>' for text in summary)
    return (
        f'<!DOCTYPE html>\n<html lang="{"fi" if language == "fi" else "en"}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(say['title'])}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(say['title'])}</h1>\n{state}\n{''.join(body)}</main>\n</body>\n</html>\n"
    )


def _table(title: str, about: str, frame: pd.DataFrame, columns: Sequence[str], say: Mapping[str, str]) -> str:
    head = f"<h2>{escape(title)}</h2>\n"
    if frame.empty:
        return f"{head}<p>{escape(say['nothing'])}</p>\n"
    columns = [c for c in columns if frame[c].notna().any() and (frame[c].astype("str") != "").any()]
    names = "".join(f'<th scope="col"{_class(c)}>{escape(say[c])}</th>' for c in columns)
    lines = [
        "<tr>" + "".join(f"<td{_class(c)}>{_cell(v)}</td>" for c, v in zip(columns, row, strict=True)) + "</tr>"
        for row in frame[list(columns)].itertuples(index=False, name=None)
    ]
    return (
        f'{head}<div class="wide" tabindex="0" role="region" aria-label="{escape(title)}"><table>'
        f"<caption>{escape(about)}</caption>\n<thead><tr>{names}</tr></thead>\n<tbody>\n"
        + "\n".join(lines)
        + "\n</tbody></table></div>\n"
    )


def _class(column: str) -> str:
    return ' class="n"' if column in NUMBERS else ' class="p"' if column == "file" else ""


def _cell(value: object) -> str:
    return "" if pd.isna(value) else escape(str(value))


def write(path: Path, text: str) -> None:
    """Write the page as UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
