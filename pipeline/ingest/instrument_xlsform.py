"""An XLSForm's rows -> the questionnaire: items, options and spellings, or the place of the fault.

All spellings of the form's own history are read: ``select_one x``, ``select one from x or_other``, ``select all that
apply from x``, ``label:English``, ``label::Suomi (fi)``, ``list name``. Other tools' codebooks are turned into such
rows first, so that every questionnaire passes the same checks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

from pipeline.core import words
from pipeline.core.errors import InstrumentError, Place
from pipeline.ingest.folding import fold
from pipeline.ingest.instrument_groups import Named, named_twice, open_or_close
from pipeline.ingest.instrument_model import PART_FORMS, TRUE, Instrument, Option, Question, Row, Sheets

_FIELDS: Final = ("event", "submitted_at", "role", "response_key", "language", "mode")
_LANGUAGE_NAMES: Final = {
    "suomi": "fi", "finnish": "fi", "svenska": "sv", "ruotsi": "sv", "swedish": "sv", "english": "en", "englanti": "en",
}  # fmt: skip
_SELECT: Final = re.compile(
    r"(?:add )?select[ _](one|multiple|all that apply)(?: prompt)?\s+(?:(?:from|using)\s+)?(\S+)"
    r"(\s+or[_ ]other|\s+or specify other)?$",
    re.IGNORECASE,
)
_SELECTS: Final = {"one": "select_one", "multiple": "select_multiple", "all that apply": "select_multiple"}
_SIMPLE_TYPES: Final = {
    "integer": "integer", "int": "integer", "range": "integer", "decimal": "decimal", "text": "text", "string": "text",
    "date": "date", "datetime": "date", "today": "date", "start": "date", "end": "date", "time": "text",
    "barcode": "text", "rank": "text", "trigger": "text", "acknowledge": "text",
}  # fmt: skip
_STRUCTURE: Final = ("note", "begin", "end_group", "end group", "end_repeat", "end repeat", "calculate", "hidden")
#: Types whose answer is a file, a place or a device: nothing to count.
_NOT_COUNTED: Final = frozenset({
    "photo", "image", "audio", "video", "file", "background-audio", "geopoint", "geotrace", "geoshape", "location",
    "start-geopoint", "imei", "deviceid", "device", "phonenumber", "phone", "username", "email", "simserial",
    "subscriberid", "audit", "xml-external", "csv-external",
})  # fmt: skip
#: Options that a setting of the form adds.
_OTHER: Final = {"fi": "Muu", "sv": "Annat", "en": "Other"}
_NONE: Final = {"fi": "Ei mitään", "sv": "Inget", "en": "None"}
_FROM_FILE: Final = re.compile(r"select_(one|multiple)_(from_file|external)\b", re.IGNORECASE)


def build(sheets: Sheets, file: str) -> Instrument:
    """Return the instrument described by the rows of an XLSForm's sheets."""
    if "survey" not in sheets:
        raise InstrumentError("there is no sheet 'survey'", place=file, allowed="survey, choices, settings")
    settings = dict(next((row for _, row in sheets.get("settings", [])), {}))
    default = _language(settings.get("default_language", ""))
    none = settings.get("add_none_option", "").lower() in TRUE
    _has_types(sheets["survey"], Place(file, "survey"))
    merged = settings.get("allow_choice_duplicates", "").lower() in TRUE
    lists = _choice_lists(sheets.get("choices", []), Place(file, "choices"), default, merged)
    questions: dict[str, Question] = {}
    fields: dict[str, Question] = {}
    options: dict[str, tuple[Option, ...]] = {}
    for question in _questions(sheets["survey"], Place(file, "survey"), default, lists):
        name = question.name
        (fields if question.row.get("field") else questions)[name] = question
        if question.choices:
            own = _with_other(lists[question.choices], question)
            options[name] = _with(own, _NONE) if none and question.type == "select_multiple" else own
    return Instrument(questions, fields, options)


def _has_types(rows: list[tuple[int, Row]], place: Place) -> None:
    """Refuse a survey sheet without types: it would be a form of no questions."""
    if rows and not any("type" in row for _, row in rows):
        raise InstrumentError(
            "there is no column 'type', or nothing in it",
            place=place,
            allowed="type, name, label and others of an XLSForm, in the first row",
            fix="name the columns in the first row",
        )


def _with_other(options: tuple[Option, ...], question: Question) -> tuple[Option, ...]:
    """Return the options of a question, with the one that XLSForm's `or_other` adds."""
    return _with(options, _OTHER) if question.or_other else options


def _with(options: tuple[Option, ...], labels: Mapping[str, str]) -> tuple[Option, ...]:
    """Return the options with one that the form's tool adds by itself, called by its English label."""
    code = fold(labels["en"])
    taken = frozenset[str]().union(*(option.spellings for option in options))
    spellings = frozenset(map(fold, labels.values())) - taken
    return options if code in taken else (*options, Option(code, None, labels, spellings))


def _choice_lists(
    rows: list[tuple[int, Row]], place: Place, default: str | None, merged: bool
) -> dict[str, tuple[Option, ...]]:
    """Return the lists; `merged` makes one option of those of one name, which a form may offer in several places."""
    lists: dict[str, list[Option]] = {}
    for number, row in rows:
        at = Place(place.file, place.sheet, number)
        list_name, code = row.get("list_name") or row.get("list name"), row.get("name") or row.get("value")
        if list_name and not code:
            raise InstrumentError("the choice has no name", place=at, fix="fill in column 'name'")
        if list_name and code:
            lists.setdefault(list_name, []).append(_option(code, row, at, default))
    lists = {name: _merged(options) if merged else options for name, options in lists.items()}
    for list_name, options in lists.items():
        _distinct(list_name, options, place)
    return {name: tuple(options) for name, options in lists.items()}


def _merged(options: list[Option]) -> list[Option]:
    """Return one option per code and kind of missing, with the labels of the first and the spellings of all."""
    found: dict[tuple[str, str | None], Option] = {}
    for option in options:
        first = found.setdefault((option.code, option.missing_reason), option)
        found[option.code, option.missing_reason] = replace(first, spellings=first.spellings | option.spellings)
    return list(found.values())


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
    groups: list[Row] = []
    renamed = named_twice(rows, _asks)
    for number, row in rows:
        at = Place(place.file, place.sheet, number)
        kind = " ".join(row.get("type", "").split())
        open_or_close(groups, kind.lower(), row)
        if not kind or not _asks(kind.lower()):
            continue
        _check_words(row, at)
        if "name" not in row:
            raise InstrumentError("the question has no name", place=at, fix="fill in column 'name'")
        own = renamed.get(number, Named(row["name"], frozenset()))
        name, select = own.name, _select(kind, at)
        if name in seen:
            raise InstrumentError(f"the name '{name}' is given twice", place=at, fix="rename one of the questions")
        seen |= {name, f"{name}_other"} if select and select[3] else {name}
        described = (row, dict(_translations(row, default)), _spellings(name, row, groups[-1:]) | own.spellings)
        if select is None:
            yield Question(name, _simple_type(kind, at), None, *described)
            continue
        if select[2] not in lists:
            raise InstrumentError(f"no list '{select[2]}' on sheet 'choices'", place=at, allowed=", ".join(lists))
        yield Question(name, _SELECTS[select[1].lower()], select[2], *described, bool(select[3]))
        if select[3]:
            yield Question(f"{name}_other", "text", None, {}, {}, frozenset({fold(f"{name}_other")}))


def _asks(kind: str) -> bool:
    """Return whether a type in lower case is one of a question whose answers are counted or read."""
    return not kind.startswith(_STRUCTURE) and kind.split(maxsplit=1)[0] not in _NOT_COUNTED


def _select(kind: str, place: Place) -> re.Match[str] | None:
    if _FROM_FILE.match(kind):
        raise InstrumentError(
            "the choices are in another file", place=place, allowed="a list on sheet 'choices'", fix="copy them there"
        )
    return _SELECT.match(kind)


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
    """Return the language of 'Suomi (fi)', 'fi', 'fi-FI' or 'Finnish' by its code, of another name by that name."""
    name = text.strip().casefold()
    inside = re.search(r"\(\s*([a-z]{2,3})\b", name) or re.fullmatch(r"([a-z]{2})(?:[-_].*)?", name)
    return inside[1] if inside else _LANGUAGE_NAMES.get(name, name) or None


def _translations(row: Row, default: str | None) -> Iterator[tuple[str, str]]:
    for column, text in row.items():
        head, _, rest = column.partition(":")
        if head.strip().lower() == "label":
            language = _language(rest.strip(": ")) if rest else default or "fi"
            if language:
                yield language, text


def _labels(row: Row) -> list[str]:
    return [text for column, text in row.items() if column.lower().startswith("label")]


def _spellings(name: str, row: Row, groups: Sequence[Row] = ()) -> frozenset[str]:
    """Return what a file may call a question or an option; in a group also "group [question]", as grids are named."""
    pairs = product(PART_FORMS, (text for group in groups for text in _labels(group)), _labels(row))
    inside = [form.format(q=group, o=text) for form, group, text in pairs]
    return frozenset(filter(None, map(fold, [name, *_labels(row), *row.get("aliases", "").split("|"), *inside])))
