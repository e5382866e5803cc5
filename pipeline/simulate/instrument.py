"""The questionnaire as an XLSForm: survey, choices, settings, one label column per language."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.simulate.choices import OPTIONS
from pipeline.simulate.formats import Rows, write_xlsx
from pipeline.simulate.questions import QUESTIONS

_LABELS: Final = ("label::Suomi (fi)", "label::Svenska (sv)", "label::English (en)")
_SURVEY: Final = ("type", "name", *_LABELS, "construct", "design", "reversed", "pair", "occasion", "field", "aliases")
_CHOICES: Final = ("list_name", "name", *_LABELS, "missing", "aliases")


def write(path: Path) -> None:
    """Write instrument.xlsx."""
    write_xlsx(path, {"survey": _survey(), "choices": _choices(), "settings": _settings()})


def _survey() -> Rows:
    rows = [
        (
            q.type,
            q.name,
            q.fi,
            q.sv,
            q.en,
            q.construct,
            q.design,
            "yes" if q.reversed else "",
            q.pair,
            q.occasion,
            q.field,
            q.aliases,
        )
        for q in QUESTIONS
    ]
    return [_SURVEY, *rows]


def _choices() -> Rows:
    return [_CHOICES, *((o.list_name, o.name, o.fi, o.sv, o.en, o.missing, o.aliases) for o in OPTIONS)]


def _settings() -> Rows:
    titles = ("form_title", "form_id", "version", "default_language")
    return [titles, ("Palautekysely – Elinvoimaa ja osallisuutta", "palautekysely", "2018-01", "Suomi (fi)")]
