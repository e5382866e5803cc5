"""The questionnaire: an XLSForm read into items, options and every spelling by which a file may name them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from pipeline.core import contracts, words
from pipeline.core.errors import InstrumentError, Place
from pipeline.ingest.containers import delimited, workbook
from pipeline.ingest.folding import fold

#: A row of a sheet: column name -> text, with its row number.
Row = Mapping[str, str]

_FIELDS: Final = ("event", "submitted_at", "role", "response_key", "language", "mode")
_LANGUAGE_NAMES: Final = {
    "suomi": "fi", "finnish": "fi", "fi": "fi",
    "svenska": "sv", "ruotsi": "sv", "swedish": "sv", "sv": "sv",
    "english": "en", "englanti": "en", "en": "en",
}  # fmt: skip
_SELECT: Final = re.compile(r"select[ _](one|multiple)\s+(?:from\s+)?(\S+)(\s+or_other)?$", re.IGNORECASE)
_SIMPLE_TYPES: Final = {
    "integer": "integer", "int": "integer", "range": "integer", "decimal": "decimal", "text": "text", "string": "text",
    "date": "date", "datetime": "date", "today": "date", "start": "date", "end": "date",
}  # fmt: skip
_STRUCTURE: Final = ("note", "begin", "end_group", "end group", "end_repeat", "end repeat", "calculate", "hidden")
_TRUE: Final = ("yes", "true", "true()", "1", "x")


@dataclass(frozen=True)
class Question:
    """One question of the survey sheet and its spellings, folded."""

    name: str
    type: str
    choices: str | None
    row: Row
    labels: Mapping[str, str]
    spellings: frozenset[str]
    or_other: bool = False


@dataclass(frozen=True)
class Option:
    """One response option and its spellings, folded."""

    code: str
    missing_reason: str | None
    labels: Mapping[str, str]
    spellings: frozenset[str]


@dataclass(frozen=True)
class Instrument:
    """The questionnaire.

    Parameters
    ----------
    questions : mapping
        Question name -> question, items only, in order.
    fields : mapping
        Question name -> question for columns that describe the response (event, time, role ...).
    options : mapping
        Question name -> its options, for select questions and select fields.
    """

    questions: Mapping[str, Question]
    fields: Mapping[str, Question]
    options: Mapping[str, tuple[Option, ...]]

    def items_table(self) -> pd.DataFrame:
        """Return the `items` contract table."""
        rows = [row for q in self.questions.values() for row in _item_rows(q, self.options.get(q.name, ()))]
        frame = pd.DataFrame(rows, columns=[c for c in contracts.CONTRACTS["items"].column_names if c != "position"])
        return frame.assign(position=range(1, len(frame) + 1))

    def options_table(self) -> pd.DataFrame:
        """Return the `options` contract table."""
        rows = [
            {"question": q, "code": o.code, "position": i, "missing_reason": o.missing_reason, **_labels(o.labels)}
            for q in self.questions
            for i, o in enumerate(self.options.get(q, ()), start=1)
        ]
        return pd.DataFrame(rows, columns=contracts.CONTRACTS["options"].column_names)


def load(raw: Path) -> Instrument:
    """Read `raw`/instrument.xlsx, or instrument.csv in the one-file form of an XLSForm.

    Raises
    ------
    InstrumentError
        Naming sheet, row and column of what cannot be used.
    """
    path = next((p for p in (raw / "instrument.xlsx", raw / "instrument.csv") if p.is_file()), None)
    if path is None:
        raise InstrumentError(
            "there is no instrument.xlsx (or instrument.csv)",
            place=str(raw),
            fix="describe the questions in an XLSForm",
        )
    return build(_sheets(path), path.name)


def build(sheets: Mapping[str, list[tuple[int, Row]]], file: str) -> Instrument:
    """Return the instrument described by the rows of an XLSForm's sheets."""
    if "survey" not in sheets:
        raise InstrumentError("there is no sheet 'survey'", place=file, allowed="survey, choices, settings")
    settings = sheets.get("settings", [])
    default = _language(settings[0][1].get("default_language", "")) if settings else None
    lists = _choice_lists(sheets.get("choices", []), Place(file, "choices"), default)
    questions: dict[str, Question] = {}
    fields: dict[str, Question] = {}
    options: dict[str, tuple[Option, ...]] = {}
    for question in _questions(sheets["survey"], Place(file, "survey"), default, lists):
        name = question.name
        (fields if question.row.get("field") else questions)[name] = question
        if question.choices:
            options[name] = _with_other(lists[question.choices], question)
    return Instrument(questions, fields, options)


def _sheets(path: Path) -> dict[str, list[tuple[int, Row]]]:
    if path.suffix == ".xlsx":
        grids = workbook.read_grids(path, path.name)
        return {
            title.strip().lower(): list(_rows([(i, list(row)) for i, row in enumerate(grid, start=1)]))
            for title, grid in grids.items()
        }
    grid, _ = delimited.read_grid(path, path.name)
    sheets: dict[str, list[tuple[int, list[str | None]]]] = {}
    title = ""
    for number, (first, *rest) in enumerate((row or [""] for row in grid), start=1):
        title = first.strip().lower() if first and first.strip() else title
        sheets.setdefault(title, []).append((number, rest))
    return {title: list(_rows(rows)) for title, rows in sheets.items()}


def _rows(grid: list[tuple[int, list[str | None]]]) -> Iterator[tuple[int, Row]]:
    """Yield the filled rows below the header as mappings without empty cells."""
    filled = [(n, cells) for n, cells in grid if any(cell and cell.strip() for cell in cells)]
    if not filled:
        return
    names = [(name or "").strip() for name in filled[0][1]]
    for number, cells in filled[1:]:
        pairs = zip(names, cells, strict=False)
        yield number, {name: cell.strip() for name, cell in pairs if name and cell and cell.strip()}


def _with_other(options: tuple[Option, ...], question: Question) -> tuple[Option, ...]:
    """Return the options of a question, with the one that XLSForm's `or_other` adds."""
    labels = {"fi": "Muu", "sv": "Annat", "en": "Other"}
    other = Option("other", None, labels, frozenset(map(fold, ["other", *labels.values()])))
    taken = frozenset[str]().union(*(option.spellings for option in options))
    if not question.or_other or "other" in taken:
        return options
    return (*options, replace(other, spellings=other.spellings - taken))


def _choice_lists(rows: list[tuple[int, Row]], place: Place, default: str | None) -> dict[str, tuple[Option, ...]]:
    lists: dict[str, list[Option]] = {}
    for number, row in rows:
        at = Place(place.file, place.sheet, number)
        list_name, code = row.get("list_name") or row.get("list name"), row.get("name") or row.get("value")
        if list_name and code:
            lists.setdefault(list_name, []).append(_option(code, row, at, default))
    for list_name, options in lists.items():
        _distinct(list_name, options, place)
    return {name: tuple(options) for name, options in lists.items()}


def _option(code: str, row: Row, place: Place, default: str | None) -> Option:
    missing = row.get("missing")
    if missing and missing not in words.MISSING_REASONS:
        raise InstrumentError("unknown word in column 'missing'", place=place, allowed=", ".join(words.MISSING_REASONS))
    return Option(code, missing, dict(_translations(row, default)), _spellings(code, row))


def _distinct(list_name: str, options: list[Option], place: Place) -> None:
    seen: dict[str, str] = {}
    codes = Counter(option.code for option in options)
    if codes and max(codes.values()) > 1:
        twice = ", ".join(code for code, n in codes.items() if n > 1)
        raise InstrumentError(f"list '{list_name}': {twice} is given twice", place=place, fix="remove one of them")
    for option in options:
        for spelling in sorted(option.spellings):
            if seen.setdefault(spelling, option.code) != option.code:
                raise InstrumentError(
                    f"list '{list_name}': options '{seen[spelling]}' and '{option.code}' share a label or alias",
                    place=place,
                    fix="word them differently, or make them one option",
                )


def _questions(
    rows: list[tuple[int, Row]], place: Place, default: str | None, lists: Mapping[str, tuple[Option, ...]]
) -> Iterator[Question]:
    seen: set[str] = set()
    for number, row in rows:
        at = Place(place.file, place.sheet, number)
        kind = " ".join(row.get("type", "").split())
        if not kind or kind.lower().startswith(_STRUCTURE):
            continue
        _check_words(row, at)
        if "name" not in row:
            raise InstrumentError("the question has no name", place=at, fix="fill in column 'name'")
        name, select = row["name"], _SELECT.match(kind)
        if name in seen:
            raise InstrumentError(f"the name '{name}' is given twice", place=at, fix="rename one of the questions")
        seen |= {name, f"{name}_other"} if select and select[3] else {name}
        described = (row, dict(_translations(row, default)), _spellings(name, row))
        if select is None:
            yield Question(name, _simple_type(kind, at), None, *described)
            continue
        if select[2] not in lists:
            raise InstrumentError(f"no list '{select[2]}' on sheet 'choices'", place=at, allowed=", ".join(lists))
        yield Question(name, f"select_{select[1].lower()}", select[2], *described, bool(select[3]))
        if select[3]:
            yield Question(f"{name}_other", "text", None, {}, {}, frozenset({fold(f"{name}_other")}))


def _check_words(row: Row, place: Place) -> None:
    closed = {"design": words.DESIGNS, "occasion": words.OCCASIONS, "field": _FIELDS}
    for column, allowed in closed.items():
        if row.get(column) and row[column] not in allowed:
            raise InstrumentError(f"unknown word in column '{column}'", place=place, allowed=", ".join(allowed))


def _simple_type(kind: str, place: Place) -> str:
    found = _SIMPLE_TYPES.get(kind.lower().split()[0])
    if found is None:
        raise InstrumentError(f"question type '{kind}' is not known", place=place, allowed=", ".join(_SIMPLE_TYPES))
    return found


def _language(text: str) -> str | None:
    """Return the language code in 'Suomi (fi)', 'fi' or 'Finnish'."""
    inside = re.search(r"\(\s*([a-z]{2})\b", text.lower())
    return _LANGUAGE_NAMES.get(inside[1] if inside else text.strip().lower())


def _translations(row: Row, default: str | None) -> Iterator[tuple[str, str]]:
    for column, text in row.items():
        head, _, rest = column.partition(":")
        if head.strip().lower() == "label":
            language = _language(rest.strip(": ")) if rest else default or "fi"
            if language:
                yield language, text


def _spellings(name: str, row: Row) -> frozenset[str]:
    labels = [text for column, text in row.items() if column.lower().startswith("label")]
    return frozenset(filter(None, map(fold, [name, *labels, *row.get("aliases", "").split("|")])))


def _labels(labels: Mapping[str, str]) -> dict[str, str | None]:
    return {f"label_{code}": labels.get(code) for code in words.LANGUAGES}


def _item_rows(question: Question, options: tuple[Option, ...]) -> Iterator[dict[str, object]]:
    row, scale = question.row, _scale(question, options)
    base = {
        "question": question.name,
        "construct": row.get("construct"),
        "design": row.get("design"),
        "pair": row.get("pair"),
        "occasion": row.get("occasion"),
        "minimum": scale[0],
        "maximum": scale[1],
        "reversed": row.get("reversed", "").lower() in _TRUE,
    }
    yield {"item": question.name, "type": question.type, **base, **_labels(question.labels)}
    if question.type == "select_multiple":
        for option in options:
            if option.missing_reason is None:
                path = f"{question.name}/{option.code}"
                yield {"item": path, "type": "option", **base, **_labels(option.labels)}


def _scale(question: Question, options: tuple[Option, ...]) -> tuple[float | None, float | None]:
    """Return the ends of an ordered scale: the options' codes when all of them are numbers."""
    codes = [o.code for o in options if o.missing_reason is None]
    if question.type != "select_one" or question.row.get("design") in (None, "background") or not codes:
        return None, None
    if not all(re.fullmatch(r"-?\d+", code) for code in codes):
        return None, None
    return float(min(map(int, codes))), float(max(map(int, codes)))
