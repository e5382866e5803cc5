"""The codebook as one page: what was asked, in which words, how it is coded, and how many answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipeline.core import formats, words
from pipeline.report.codebook_texts import DESIGNS, KINDS, LANGUAGES, OCCASIONS, TEXTS, TYPES

_STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}"
    "h2{border-top:1px solid #999;padding-top:1rem;margin-top:2rem}"
    "table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold;padding:.25rem 0}"
    "th,td{border:1px solid #999;padding:.25rem .5rem;text-align:left;vertical-align:top}"
    "td.n{text-align:right;font-variant-numeric:tabular-nums}dt{font-weight:bold}dd{margin:0 0 .25rem 1rem}"
    # nothing is wider than a telephone
    "h1,h2,td,dd,li,th[scope=row]:not([lang]){overflow-wrap:anywhere}td{hyphens:auto}"
    "@media(max-width:30rem){th,td{padding:.2rem;font-size:.8rem}}"
    "a{color:#0b4f9e}@media screen and (prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#9cc8ff}}"
    "@media print{h2{break-after:avoid}table{break-inside:avoid}}"
)


def write_page(path: Path, html: str) -> None:
    """Write the page as UTF-8 with LF."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8", newline="\n")


def page(
    items: pd.DataFrame,
    options: pd.DataFrame,
    answers: pd.DataFrame,
    comments: pd.DataFrame,
    n_responses: int,
    language: str,
    title: str,
    constructs: Mapping[str, str] | None = None,
) -> str:
    """Return the codebook as HTML that needs nothing but itself.

    Parameters
    ----------
    items, options, answers, comments : DataFrame
        Contract tables of these names. Of comments only their number is used.
    n_responses : int
        Accepted responses.
    language : {"fi", "sv", "en"}
        Of the page; wordings are given in every language there is.
    title : str
        Name of the project.
    constructs : mapping, optional
        Construct -> its name in `language`.

    Returns
    -------
    str
        A page in which every question has a heading, its properties, wordings, options and counts, all as tables with
        headers. No answer and no count of a single option is in it.
    """
    asked = items[items["type"] != "option"].sort_values("position", kind="stable").to_dict("records")
    counts = _counts(answers, items, comments)
    sections = [
        _section(place, item, options[options["question"] == item["item"]], counts, language, constructs or {})
        for place, item in enumerate(asked, start=1)
    ]
    contents = "".join(
        f'<li><a href="#q{place}">{_named(item, language)}</a></li>' for place, item in enumerate(asked, start=1)
    )
    name = f"{TEXTS['title'][language]}: {title}"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(name)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(name)}</h1>\n"
        f"<p>{TEXTS['intro'][language]} {TEXTS['responses'][language]}: {formats.number(n_responses, language)}.</p>\n"
        f'<nav aria-label="{TEXTS["questions"][language]}"><ol>{contents}</ol></nav>\n'
        + "\n".join(sections)
        + "\n</main>\n</body>\n</html>\n"
    )


def _named(item: Mapping[str, Any], language: str) -> str:
    """Return the question's text, marked where it is in another language than the page."""
    own = next((c for c in (language, *words.LANGUAGES) if _is_text(item[f"label_{c}"])), None)
    text = escape(formats.label(item, language, item["item"]))
    return text if own in (None, language) else f'<span lang="{own}">{text}</span>'


def _section(
    place: int,
    item: Mapping[str, Any],
    options: pd.DataFrame,
    counts: Mapping[str, Mapping[str, int]],
    language: str,
    constructs: Mapping[str, str],
) -> str:
    return (
        f'<section aria-labelledby="q{place}">\n<h2 id="q{place}">{_named(item, language)}</h2>\n'
        f"{_properties(item, language, constructs)}\n{_wording(item, language)}\n"
        f"{_options(options, language)}{_numbers(counts.get(item['item'], {}), language)}\n</section>"
    )


def _properties(item: Mapping[str, Any], language: str, constructs: Mapping[str, str]) -> str:
    def worded(table: Mapping[str, Mapping[str, str]], key: str) -> str:
        return table[item[key]][language] if _is_text(item[key]) and item[key] in table else ""

    scale = [formats.number(item[end], language) for end in ("minimum", "maximum") if pd.notna(item[end])]
    pair = " – ".join(filter(None, (item["pair"] if _is_text(item["pair"]) else "", worded(OCCASIONS, "occasion"))))
    construct = constructs.get(item["construct"], item["construct"]) if _is_text(item["construct"]) else ""
    rows = {
        "name": item["item"],
        "type": worded(TYPES, "type"),
        "construct": construct,
        "design": worded(DESIGNS, "design"),
        "pair": pair,
        "range": "–".join(scale),
    }
    listed = [f"<dt>{TEXTS[key][language]}</dt><dd>{escape(str(text))}</dd>" for key, text in rows.items() if text]
    turned = f"<p>{TEXTS['reversed'][language]}.</p>" if item["reversed"] else ""
    return f"<dl>{''.join(listed)}</dl>{turned}"


def _wording(item: Mapping[str, Any], language: str) -> str:
    rows = [
        (
            f'<th scope="row" lang="{code}">{LANGUAGES[code]}</th>',
            f'<td lang="{code}">{escape(item[f"label_{code}"])}</td>',
        )
        for code in words.LANGUAGES
        if _is_text(item[f"label_{code}"])
    ]
    return _table(TEXTS["wording"][language], (TEXTS["language"][language], TEXTS["text"][language]), rows)


def _options(options: pd.DataFrame, language: str) -> str:
    if options.empty:
        return ""
    worded = [code for code in words.LANGUAGES if options[f"label_{code}"].map(_is_text).any()]
    rows = [
        (
            f'<th scope="row">{escape(option["code"])}</th>',
            *(f'<td lang="{code}">{_shown(option[f"label_{code}"])}</td>' for code in worded),
            f"<td>{_meaning(option['missing_reason'], language)}</td>",
        )
        for option in options.sort_values("position", kind="stable").to_dict("records")
    ]
    heads = (TEXTS["code"][language], *(LANGUAGES[code] for code in worded), TEXTS["means"][language])
    return _table(TEXTS["options"][language], heads, rows) + "\n"


def _shown(text: object) -> str:
    return escape(str(text)) if _is_text(text) else ""


def _meaning(reason: object, language: str) -> str:
    return KINDS[str(reason)][language].lower() if _is_text(reason) else TEXTS["answer"][language]


def _numbers(counts: Mapping[str, int], language: str) -> str:
    rows = [
        (f'<th scope="row">{KINDS[kind][language]}</th>', f'<td class="n">{formats.number(n, language)}</td>')
        for kind, n in counts.items()
    ]
    heads = (TEXTS["kind"][language], TEXTS["number"][language])
    return _table(TEXTS["counts"][language], heads, rows) if rows else ""


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    named = {name: f' lang="{code}"' for code, name in LANGUAGES.items()}
    head = "".join(f'<th scope="col"{named.get(text, "")}>{escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(cells)}</tr>" for cells in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _counts(answers: pd.DataFrame, items: pd.DataFrame, comments: pd.DataFrame) -> dict[str, dict[str, int]]:
    """Return per question: answered, and each kind of missing that occurs, in responses.

    A multiple-choice question is answered where an option is ticked or left unticked.
    """
    known = answers.merge(items[["item", "question", "type"]], on="item")
    kind = known["missing_reason"].where(known["code"].isna(), "answered")
    ticks = (known["type"] == "option") & (kind == "not_ticked")
    known = known.assign(kind=kind.mask(ticks, "answered"))
    order = pd.CategoricalDtype([*KINDS], ordered=True)
    # of an answer's options the gravest word counts least: one tick makes the question answered
    first = known.assign(kind=known["kind"].astype(order)).groupby(["question", "response_id"])["kind"].min()
    table = first.groupby(["question", first.astype(str)]).size()
    found = {q: {k: int(table.get((q, k), 0)) for k in KINDS if (q, k) in table.index} for q in table.index.levels[0]}
    return found | {item: {"answered": int(n)} for item, n in comments["item"].value_counts().items()}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
