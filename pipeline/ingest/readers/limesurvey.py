"""LimeSurvey's CSV and Excel exports of responses, in every form of heading: code, code and text, text.

Sources: application/helpers/admin/export/{Writer,CsvWriter,SurveyObj}.php and viewHelper::getFieldCode of LimeSurvey,
its Finnish and Swedish translations. What it writes: ``Q1``, ``Q1[SQ001]``, ``Q1[other]``, ``Q1[SQ001][2]`` or with
underscores; ``Q1[SQ001]. Question [Subquestion]``; or the text alone. Answers are codes or full texts, where full texts
give what was not asked of a respondent as "N/A".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from pipeline.ingest.cells import TEXT, Cells
from pipeline.ingest.content import Content
from pipeline.ingest.folding import fold
from pipeline.ingest.headed import headed
from pipeline.ingest.header_rows import top, tops
from pipeline.ingest.header_search import Grid

NAME: Final = "limesurvey"
SIGNS: Final = ("id", "submitdate", "lastpage", "startlanguage")

#: The tool's own columns, by code and by text in English, Finnish and Swedish.
_OWN: Final = {
    "id": ("Response ID", "Vastaus-ID", "Vastauksen ID", "Svars-ID", "Svar-ID", "ID de la réponse"),
    "submitdate": ("Date submitted", "Lähetyspäivämäärä", "Lähetyspäivä", "Inskickat datum", "Datum inskickat",
                   "Date de soumission"),
    "lastpage": ("Last page", "Viimeinen sivu", "Sista sidan", "Sista sida", "Dernière page"),
    "startlanguage": ("Start language", "Aloituskieli", "Startspråk", "Langue de départ"),
    "seed": ("Seed", "Siemenluku", "Tête de série"),
    "token": ("Token", "Access code", "Tunniste", "Behörighetskod"),
    "startdate": ("Date started", "Aloituspäivämäärä", "Startdatum", "Date de lancement"),
    "datestamp": ("Date last action", "Päivämäärän viimeinen toiminta", "Date de la dernière action"),
    "ipaddr": ("IP address", "IP-osoite", "IP-adress", "Adresse IP"),
    "refurl": ("Referrer URL", "Referring URL", "Opastus-URL", "Hänvisande URL", "URL référente"),
    "interviewtime": ("Total time", "Kokonaisaika", "Total tid"),
}  # fmt: skip
_FIELDS: Final = {"id": "response_key", "submitdate": "submitted_at", "startlanguage": "language"}
#: Contact details that the tool joins from its list of participants, and times it took.
_TECHNICAL: Final = re.compile(
    r"firstname|lastname|email|emailstatus|attribute_\d+|groupTime\d+|\d+X\d+(X\d+)?time", re.IGNORECASE
)
_BY_NAME: Final = {fold(name): code for code, names in _OWN.items() for name in (code, *names)}
#: A code as LimeSurvey writes it, then what the person who exports chose to stand between code and text.
_CODE_AND_TEXT: Final = re.compile(r"(\w+(?:\[[^\[\]]*\])*)(?:\.|:|\s-)(?:\s+(.*))?", re.DOTALL)
#: Both code forms write it so where the survey keeps no dates: submitted, nobody knows when.
_NO_DATE: Final = "1980-01-01 00:00:00"
_YES_NO: Final = frozenset(map(fold, ("Yes", "No", "Kyllä", "Ei", "Ja", "Nej", "Nein", "Oui", "Non")))
#: Headings in texts are of the survey's language; the tool's first columns are known by what they hold in all of them.
_SHAPE: Final = {
    "id": re.compile(r"\d+"),
    "submitdate": re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?"),
    "lastpage": re.compile(r"\d{0,3}"),
    "startlanguage": re.compile(r"[a-z]{2,3}(-[A-Za-z-]+)?"),
}
#: Rows looked at.
_LOOKED_AT: Final = 12
_NOT_APPLICABLE: Final = frozenset(map(fold, ("N/A", "Ei saatavilla", "Ei sovellu", "Ej tillämpligt")))


def recognises(content: Content) -> bool:
    """Return whether some header has the tool's date of submission beside its last page or its language.

    Where it is in a language that is not known here, the first four columns must hold what the tool puts there.
    """
    return any(_is_header(rows) for rows in tops(content, _LOOKED_AT).values())


def _is_header(rows: list[list[str]]) -> bool:
    own = set(_own_columns(rows[0]).values())
    if rows[0][:2] == ["id", "submitdate"]:  # the tool's codes; who exports may leave the other columns out
        return True
    return ("submitdate" in own and bool(own & {"lastpage", "startlanguage"}) and len(own) >= 3) or _has_shape(rows)


def _has_shape(rows: list[list[str]]) -> bool:
    header, records = rows[0], [row for row in rows[1:] if any(row)]
    if len(header) <= len(_SHAPE) or not all(header[: len(_SHAPE)]) or not any(row[1] or row[2] for row in records):
        return False
    return all(shape.fullmatch(text) for row in records for shape, text in zip(_SHAPE.values(), row, strict=False))


def read(content: Content) -> list[Cells]:
    """Return one table per sheet; responses begun but not submitted are set aside."""
    filled = {sheet: grid for sheet, grid in content.sheets.items() if any(map(any, grid))}
    return [_table(headed(grid, content.name, sheet, content.notes), grid, content) for sheet, grid in filled.items()]


def _table(cells: Cells, grid: Grid, content: Content) -> Cells:
    own = _own_columns(list(cells.header))
    if "submitdate" not in own.values() and _has_shape(top(grid, _LOOKED_AT)):
        own = {**dict(enumerate(_SHAPE)), **{i: code for i, code in own.items() if i >= len(_SHAPE)}}
    codes, texts = _names(cells.header)
    named = replace(cells, header=codes, questions=texts)
    unmasked = replace(named, rows=_unmask(named)) if content.is_text else named
    dated = {i: _FIELDS[code] for i, code in own.items() if code in _FIELDS and not _is_undated(unmasked, i, code)}
    technical = {i for i, name in enumerate(codes) if i not in dated and (i in own or _TECHNICAL.fullmatch(name))}
    labels, missing = _not_applicable(unmasked, technical | set(dated))
    return replace(
        _undated(unmasked, own),
        fields=dated,
        technical=frozenset(technical),
        set_aside=_not_submitted(unmasked, own),
        value_labels=labels,
        user_missing=missing,
        notes=(*cells.notes, *_unseen(content)),
        not_asked=_not_asked(unmasked, content),
    )


def _own_columns(header: list[str]) -> dict[int, str]:
    """Return column -> the tool's code of it; the first of several, as a question may have the same text."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        texts = [fold(text) for text in (name, _split(name)[0], _spaced(name))]
        code = next((_BY_NAME[text] for text in texts if text in _BY_NAME), "")
        if code:
            found.setdefault(code, index)
    return {index: code for code, index in found.items()}


def _names(header: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the columns and their second ones: code and text, or the text with its blanks restored.

    Where one of the tool's own columns is written in such a form, all columns are.
    """
    own = [header[i] for i in _own_columns(list(header))]
    if own and all(_split(name)[1] for name in own):
        codes, texts = zip(*map(_split, header), strict=True)
        return codes, texts
    if not any(" " in name for name in own) and any(fold(name) not in _OWN and "_" in name for name in own):
        return header, tuple(map(_spaced, header))
    return header, ()


def _split(name: str) -> tuple[str, str]:
    found = _CODE_AND_TEXT.fullmatch(name.strip())
    return (found[1], " ".join((found[2] or "").split())) if found else (name, "")


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _unmask(cells: Cells) -> pd.DataFrame:
    """Return the rows without the apostrophe that the tool puts before an answer that begins like a formula."""
    rows = cells.rows.copy(deep=False)
    for column in rows.columns:
        masked = [text for text in rows[column].dropna().unique() if text.startswith("'=")]
        if masked:
            rows[column] = rows[column].astype(TEXT).replace({text: text[1:] for text in masked})
    return rows


def _is_undated(cells: Cells, column: int, code: str) -> bool:
    given = cells.rows[column].dropna()
    return code == "submitdate" and bool(len(given)) and bool((given == _NO_DATE).all())


def _undated(cells: Cells, own: Mapping[int, str]) -> Cells:
    """Return the table without the dates that stand for none, where others are real: the survey kept some."""
    columns = [i for i, code in own.items() if code == "submitdate" and not _is_undated(cells, i, code)]
    rows = cells.rows.copy(deep=False)
    for column in columns:
        rows[column] = rows[column].mask(rows[column] == _NO_DATE)
    return replace(cells, rows=rows) if columns else cells


def _not_submitted(cells: Cells, own: Mapping[int, str]) -> dict[int, str]:
    """Return the rows without a date of submission; R writes a missing one as NA."""
    column = next((i for i, code in own.items() if code == "submitdate"), None)
    if column is None:
        return {}
    dates = cells.rows[column]
    return dict.fromkeys(map(int, dates.index[dates.isna() | dates.isin(["NA"])]), "not submitted")


def _not_applicable(cells: Cells, other: set[int]) -> tuple[dict[int, Mapping[str, str]], dict[int, frozenset[str]]]:
    """Return labels and missing codes of yes/no columns in full texts, whose "N/A" means not asked.

    In the tool's yes/no question "N/A" also stands for no answer; an option's column, with its bracket, has "No" there.
    """
    labels: dict[int, Mapping[str, str]] = {}
    for index in (i for i in cells.rows.columns if i not in other):
        texts = set(cells.rows[index].dropna().unique())
        none = {text for text in texts if fold(text) in _NOT_APPLICABLE}
        if none and {fold(text) for text in texts - none} <= _YES_NO:
            of_option = cells.header[index].endswith("]") or (cells.questions and cells.questions[index].endswith("]"))
            labels[index] = dict.fromkeys(none, "not asked" if of_option else "no answer")
    return labels, {index: frozenset(codes) for index, codes in labels.items()}


def _not_asked(cells: Cells, content: Content) -> dict[int, frozenset[int]]:
    """Return column -> rows of cells that the tool wrote as NULL: the question was not shown."""
    bare = content.bare_empties if content.is_text and len(content.sheets[None][0]) == len(cells.header) else {}
    pairs = [(column, row) for row, columns in bare.items() for column in columns]
    found: dict[int, set[int]] = {}
    for column, row in pairs:
        found.setdefault(column, set()).add(row)
    return {column: frozenset(rows) for column, rows in found.items()}


def _unseen(content: Content) -> list[str]:
    cells = sum(map(len, content.bare_empties.values())) if content.is_text else 0
    return [f"{cells} empty cells without quotation marks: questions the tool did not show"] if cells else []
