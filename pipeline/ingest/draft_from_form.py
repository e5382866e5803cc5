"""A tool's own questionnaire (XLSForm, LimeSurvey .lss, REDCap dictionary) with the columns a person must fill."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.ingest import instrument, instrument_redcap
from pipeline.ingest.content import Content
from pipeline.ingest.draft_help import LANGUAGES, MORE, TITLES, help_sheet, safe
from pipeline.ingest.folding import fold
from pipeline.ingest.header_search import Grid
from pipeline.ingest.instrument import Instrument, Option, Question

_SELECTS: Final = frozenset({"select_one", "select_multiple"})


def is_form(path: Path) -> bool:
    """Return whether a file is another tool's questionnaire, not its answers."""
    content = Content(path, path.name)
    if content.xml is not None:
        return content.xml.findtext("LimeSurveyDocType", "").strip() == "Survey"
    return any(_is_survey(title, grid) or instrument_redcap.recognises(grid) for title, grid in content.sheets.items())


def _is_survey(title: str | None, grid: Grid) -> bool:
    """Return whether a sheet is the survey sheet of an XLSForm."""
    named = {fold(cell or "") for cell in grid[0]} if grid else set()
    return fold(title or "") == "survey" and {"type", "name"} <= named


def converted(path: Path, language: str, title: str) -> dict[str, list[list[str]]]:
    """Return the sheets of an XLSForm with the questions and options of a tool's own questionnaire.

    Parameters
    ----------
    path : Path
        The questionnaire.
    language : {"fi", "sv", "en"}
        Language of the help sheet; the form's own texts keep theirs.
    title : str
        Title of the form.

    Returns
    -------
    dict of str to list of list of str
        Sheet -> rows, header first. Headers that only the tool writes are kept as aliases.

    Raises
    ------
    InstrumentError
        As `instrument.read`.
    """
    made = instrument.read(path)
    lists: dict[str, str] = {}
    tables = {
        "survey": _survey(made, lists),
        "choices": _choices(made, lists),
        "settings": [["form_title"], [title]],
    }
    sheets = {name: [[safe(cell) for cell in row] for row in rows] for name, rows in tables.items()}
    return sheets | {TITLES[language]: help_sheet(language)}


def _questions(made: Instrument) -> list[Question]:
    return [*made.fields.values(), *made.questions.values()]


def _languages(made: Instrument) -> list[str]:
    labelled: list[Question | Option] = [*_questions(made), *(o for own in made.options.values() for o in own)]
    return list(dict.fromkeys(language for one in labelled for language in one.labels))


def _survey(made: Instrument, lists: dict[str, str]) -> list[list[str]]:
    """Return the sheet; `lists` takes question -> its list, one for all questions with the same options."""
    languages = _languages(made)
    rows = [["type", "name", *map(_column, languages), *MORE]]
    for question in _questions(made):
        kind = question.type
        if kind in _SELECTS:
            same = (name for name in lists if made.options[name] == made.options[question.name])
            lists[question.name] = lists.get(next(same, ""), question.name)
            kind = f"{kind} {lists[question.name]}"
        labels = [question.labels.get(language, "") for language in languages]
        own = {**question.row, "aliases": _aliases(question)}
        rows.append([kind, question.name, *labels, *(own.get(column, "") for column in MORE)])
    return rows


def _choices(made: Instrument, lists: dict[str, str]) -> list[list[str]]:
    languages = _languages(made)
    rows = [["list_name", "name", *map(_column, languages), "missing", "aliases"]]
    for name in dict.fromkeys(lists.values()):
        for option in made.options[name]:
            labels = [option.labels.get(language, "") for language in languages]
            rows.append([name, _code(option), *labels, option.missing_reason or "", _aliases(option)])
    return rows


def _column(language: str) -> str:
    return f"label::{LANGUAGES.get(language, language)}"


def _code(option: Option) -> str:
    """Return the option's code without a beginning that a spreadsheet would run, as of LimeSurvey's ``-oth-``."""
    return option.code if safe(option.code) == option.code else option.code.lstrip("-+=@")


def _aliases(one: Question | Option) -> str:
    """Return the spellings that neither name nor labels give."""
    code = one.name if isinstance(one, Question) else _code(one)
    given = {fold(code), *map(fold, one.labels.values())}
    return "|".join(sorted(spelling for spelling in one.spellings - given if "|" not in spelling))
