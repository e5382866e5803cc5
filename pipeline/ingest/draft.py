"""A first instrument from any export: questions, guessed types and options, for a person to finish."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from pipeline.ingest.cells import Cells
from pipeline.ingest.columns import repeated
from pipeline.ingest.draft_fields import fields
from pipeline.ingest.draft_groups import Group, groups
from pipeline.ingest.draft_guess import Choice, Guess, answers, guess, pooled
from pipeline.ingest.draft_help import LANGUAGES, MORE, TITLES, help_sheet, safe
from pipeline.ingest.draft_scales import scales
from pipeline.ingest.folding import fold
from pipeline.ingest.personal_patterns import mask_text

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,31}")
_GROUPED: Final = "monivalinta sarakkeina: tarkista vaihtoehdot / several options, one column each: check them"
_TECHNICAL: Final = "työkalun oma sarake / the tool's own column"
_REPEATS: Final = "sama kuin erilliset sarakkeet / repeats the columns of its options"
_OWN: Final = "tieto, jonka työkalu itse antaa / given by the tool itself"
_PERSONAL: Final = "otsikossa on yhteystieto / the header holds a contact"

Row = dict[str, str]


@dataclass
class Draft:
    """The sheets of a drafted XLSForm; `left_out` holds the columns that became no question, with the reason."""

    language: str
    title: str
    survey: list[Row] = field(default_factory=list)
    choices: list[Row] = field(default_factory=list)
    left_out: list[Row] = field(default_factory=list)

    def sheets(self) -> dict[str, list[list[str]]]:
        """Return sheet -> rows, header first, no cell of which a spreadsheet would run."""
        label = f"label::{LANGUAGES[self.language]}"
        settings = {
            "form_title": self.title,
            "form_id": _code(self.title, {}),
            "default_language": LANGUAGES[self.language],
        }
        tables = {
            "survey": (("type", "name", label, *MORE), self.survey),
            "choices": (("list_name", "name", label, "missing", "aliases"), self.choices),
            "settings": (tuple(settings), [settings]),
            "left_out": (("column", "reason"), self.left_out),
        }
        filled = {
            sheet: [list(header), *([safe(row.get(_key(c), "")) for c in header] for row in rows)]
            for sheet, (header, rows) in tables.items()
        }
        return filled | {TITLES[self.language]: help_sheet(self.language)}


def draft(cells: Cells, language: str, title: str) -> Draft:
    """Return an instrument drafted from one table.

    Parameters
    ----------
    cells : Cells
        The table as its reader returns it.
    language : {"fi", "sv", "en"}
        Language of the file's texts.
    title : str
        Title of the form.

    Returns
    -------
    Draft
        Every column is a question, an option of one, a field the tool gives, or left out with a reason. Everything
        guessed carries a note.
    """
    made, lists, names = Draft(language, title), dict[tuple[Choice, ...], str](), dict[str, None]()
    personal = frozenset(i for i, header in enumerate(cells.header) if mask_text(header) != header)
    cells = replace(cells, technical=cells.technical | personal)
    grouped = {min(group.options): group for group in groups(cells)}
    guesses, again = _guesses(cells, list(grouped.values())), repeated(cells.header)
    for index, header in enumerate(cells.header):
        if index in personal:
            made.left_out.append({"column": mask_text(header), "reason": _PERSONAL})
        elif index in grouped:
            _add_group(made, grouped[index], lists, names)
        elif index in cells.fields:
            _add_field(made, header, cells.fields[index], names)
        elif index in cells.technical:
            made.left_out.append({"column": header, "reason": _TECHNICAL})
        elif index in guesses:
            _add(made, cells, index, again.get(index, header), guesses[index], lists, names)
        elif not any(index in group.options for group in grouped.values()):
            made.left_out.append({"column": header, "reason": _REPEATS})
    return made


def _guesses(cells: Cells, grouped: Sequence[Group]) -> dict[int, Guess]:
    """Return a guess for each column that is no option, no field, nor repeats the options in one cell."""
    known = {*cells.fields, *cells.technical, *(index for group in grouped for index in group.options)}
    whole = {fold(group.question) for group in grouped}
    found = {
        i: guess(cells, i) for i, header in enumerate(cells.header) if i not in known and fold(header) not in whole
    }
    return pooled(fields(cells, found | scales(_closed(cells, found))))


def _closed(cells: Cells, found: Mapping[int, Guess]) -> dict[int, pd.Series]:
    """Return the cells of the columns that may be scales: neither private, nor explained by the file, nor fields."""
    known = {i for i, guessed in fields(cells, found).items() if guessed.field or not guessed.type}
    return {
        i: answers(cells, i)
        for i, guessed in found.items()
        if i not in known and not cells.value_labels.get(i) and guessed.type in ("text", "integer", "select_one")
    }


def _add_field(made: Draft, header: str, name: str, names: dict[str, None]) -> None:
    kind = "dateTime" if name == "submitted_at" else "text"
    row = {"type": kind, "name": _unique(name, names), "label": _label(header), "field": name, "note": _OWN}
    made.survey.append(row)


def _add(
    made: Draft,
    cells: Cells,
    index: int,
    header: str,
    found: Guess,
    lists: dict[tuple[Choice, ...], str],
    names: dict[str, None],
) -> None:
    header = header or f"column {index + 1}"
    if not found.type:
        made.left_out.append({"column": header, "reason": found.note})
        return
    name = _unique(header if _NAME.fullmatch(header) else f"q{index + 1}", names)
    label = (cells.questions[index] if cells.questions else "") or header
    row = {"type": found.type, "name": name, "label": _label(label), "field": found.field or "", "note": found.note}
    if header not in (label, name) and "|" not in header:
        row["aliases"] = header
    if found.choices:
        row["type"] += f" {_list(made, found.choices, name, lists)}"
    made.survey.append(row)


def _add_group(made: Draft, group: Group, lists: dict[tuple[Choice, ...], str], names: dict[str, None]) -> None:
    label = group.question
    name = _unique(label if _NAME.fullmatch(label) else f"q{min(group.options) + 1}", names)
    kind = f"select_multiple {_list(made, tuple(Choice('', text) for text in group.options.values()), name, lists)}"
    made.survey.append({"type": kind, "name": name, "label": _label(label), "note": _GROUPED})


def _list(made: Draft, choices: tuple[Choice, ...], name: str, lists: dict[tuple[Choice, ...], str]) -> str:
    """Return the name of the list with these options, adding it where no earlier question has it."""
    if choices not in lists:
        lists[choices] = f"{name}_list"
        made.choices += [{"list_name": lists[choices], **row} for row in _options(choices)]
    return lists[choices]


def _options(choices: Sequence[Choice]) -> list[Row]:
    """Return the rows of a list: codes without blanks, no label that another option has as label or code."""
    codes: dict[str, None] = {}
    coded = [(choice, _code(choice.code or choice.label, codes)) for choice in choices]
    taken = {fold(code) for code in codes}
    rows = []
    for choice, code in coded:
        label = _label(choice.label) or code
        if fold(label) in taken - {fold(code)}:
            label = f"{label} ({code})"
        taken.add(fold(label))
        more = {"missing": choice.missing or "", "aliases": "|".join(choice.aliases)}
        rows.append({"name": code, "label": label, **more})
    return rows


def _code(text: str, taken: dict[str, None]) -> str:
    """Return text as a code, distinct from those taken: a number as it is, else letters, digits and underscores."""
    plain = text if re.fullmatch(r"-?\d+(\.\d+)?", text) else _letters(text)
    code, number = plain, 1
    while fold(code) in map(fold, taken):
        number += 1
        code = f"{plain}_{number}"
    taken[code] = None
    return code


def _letters(text: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    found = re.sub(r"[^a-z0-9]+", "_", base).strip("_")[:30].strip("_")
    return found if found[:1].isalpha() else f"o_{found}".strip("_")


def _unique(name: str, taken: dict[str, None]) -> str:
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{name}_{number}"
    taken[found.casefold()] = None
    return found


def _label(text: str) -> str:
    """Return text without what XLSForm would take for a reference, or XML could not hold."""
    spaced = ("\n" if c == "\n" else " " if c.isspace() else c for c in text)
    kept = "".join(c for c in spaced if c.isprintable() or c == "\n")
    return kept.replace("${", "$ {").strip()


def _key(column: str) -> str:
    return "label" if column.startswith("label::") else column


def rows_by_sheet(sheets: Mapping[str, list[list[str]]]) -> dict[str, list[tuple[int, Mapping[str, str]]]]:
    """Return the sheets as the instrument reads them: filled cells by column, with row numbers."""
    return {
        sheet: [
            (number, {name: cell for name, cell in zip(rows[0], row, strict=True) if cell})
            for number, row in enumerate(rows[1:], start=2)
        ]
        for sheet, rows in sheets.items()
    }
