"""Feedback from form services: a Finnish and a Swedish web form of 2018, and the old web form of 2017."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.simulate import remarks
from pipeline.simulate.choices import Option
from pipeline.simulate.formats import Cell, write_csv
from pipeline.simulate.lines import Delivery, Line, choose, event_name, has, soil, spoken
from pipeline.simulate.questions import QUESTIONS, question

FINNISH: Final = "verkkokysely_2018.csv"
SWEDISH: Final = "natfragor_sv.csv"
OLD: Final = "vanha_palaute.csv"
_NOT_ON_WEB: Final = ("response_key", "submitted_at", "language", "mode", "intro")
_ASKED: Final = tuple(q.name for q in QUESTIONS if q.name not in _NOT_ON_WEB)
#: The event met under a second spelling, which the register lists, and one that never was.
ALIAS: Final = ("E28", "Miun Lpr")
NO_SUCH_EVENT: Final = "Kesäkauden avajaiset"
UNKNOWN_OPTION: Final = "Aika tyytyväinen"


def write_finnish(folder: Path, forms: pd.DataFrame, rng: np.random.Generator) -> Delivery:
    """Write the Finnish web form of 2018: full texts, Finnish labels, and most of the dirt."""
    delivery = _service_export(FINNISH, forms, "Aikaleima", "fi")
    _soil_finnish(delivery.lines, rng)
    write_csv(folder / FINNISH, delivery.rows(), encoding="utf-8-sig")
    return delivery


def write_swedish(folder: Path, forms: pd.DataFrame) -> Delivery:
    """Write the Swedish web form of 2018, from the same form service."""
    delivery = _service_export(SWEDISH, forms, "Tidstämpel", "sv")
    write_csv(folder / SWEDISH, delivery.rows(), encoding="utf-8-sig")
    return delivery


def _service_export(file: str, forms: pd.DataFrame, stamp: str, language: str) -> Delivery:
    headers = {name: getattr(question(name), language) for name in _ASKED}
    lines = [
        Line(
            {stamp: f"{form['submitted_at']:%Y/%m/%d %H:%M:%S}", **_texts(form, headers, language, ";")}, int(response)
        )
        for response, form in _by_time(forms)
    ]
    return Delivery(file, (stamp, *headers.values()), lines)


def _by_time(forms: pd.DataFrame) -> list[tuple[Any, dict[str, Any]]]:
    ordered = forms.sort_values("submitted_at", kind="stable")
    return list(zip(ordered.index, ordered.to_dict("records"), strict=True))


def _texts(form: dict[str, Any], headers: dict[str, str], language: str, join: str) -> dict[str, Cell]:
    say: Callable[[Option], str] = lambda option: getattr(option, language)  # noqa: E731
    cells = {header: spoken(name, form[name], say, join) for name, header in headers.items()}
    cells[headers["event"]] = event_name(form["event"])
    cells[headers["volunteer_hours"]] = _hours(form["volunteer_hours"])
    return cells


def _hours(hours: float | None) -> str:
    return "" if hours is None else f"{hours:g}"


def _soil_finnish(lines: list[Line], rng: np.random.Generator) -> None:
    """Plant, in this order: wrong cells, then a trial answer, re-delivered rows and blank rows."""
    event, comment, satisfaction = question("event").fi, question("comment").fi, question("satisfaction").fi
    joint = event_name(ALIAS[0])
    aliased = choose(lines, 7, rng, lambda line: line.cells[event] == joint)
    soil(lines, aliased, event, lambda _: ALIAS[1], "event_alias")
    soil(lines, choose(lines, 1, rng, has(event)), event, lambda _: NO_SUCH_EVENT, "event_unknown")
    soil(lines, choose(lines, 1, rng, has(satisfaction)), satisfaction, lambda _: UNKNOWN_OPTION, "option_unknown")
    soil(lines, choose(lines, 1, rng, lambda _: True), comment, lambda _: remarks.WITH_EMAIL, "email_in_comment")
    soil(lines, choose(lines, 1, rng, lambda _: True), comment, lambda _: remarks.WITH_PHONE, "phone_in_comment")
    for name, change, kind in (
        ("par2", lambda text: f"{text} ", "trailing_blank"),
        ("ini1", lambda text: str(text).upper(), "other_case"),
        ("com1", lambda text: str(text).lower(), "other_case"),
    ):
        header = question(name).fi
        soil(lines, choose(lines, 1, rng, has(header)), header, change, kind)
    lines.insert(0, _trial(lines[0]))
    lines += [replace(lines[i], kind="duplicate", faults=()) for i in choose(lines, 3, rng, has(event))]
    for position in (len(lines) // 3, 2 * len(lines) // 3):
        lines.insert(position, Line({}, kind="blank"))


def _trial(first: Line) -> Line:
    """Return the maker's own trial of the form, an hour before the first answer: best marks, and `testi`."""
    stamp = dt.datetime.strptime(str(first.cells["Aikaleima"]), "%Y/%m/%d %H:%M:%S") - dt.timedelta(hours=1)
    marks: dict[str, Cell] = {q.fi: "Lisääntynyt paljon" for q in QUESTIONS if q.type == "select_one change"}
    known: dict[str, Cell] = {"Aikaleima": f"{stamp:%Y/%m/%d %H:%M:%S}", question("comment").fi: "testi"}
    for name in ("event", "role"):
        known[question(name).fi] = first.cells[question(name).fi]
    return Line({**marks, **known}, kind="test")


def write_old(folder: Path, forms: pd.DataFrame, rng: np.random.Generator) -> Delivery:
    """Write the old web form of early 2017: semicolons, windows-1252, decimal commas, day-first dates with dots."""
    asked = [name for name in _ASKED if name != "events_attended"]
    short = {"event": "Tapahtuma", "role": "Rooli", "comment": "Vapaa sana"}
    headers = {name: short.get(name, question(name).fi) for name in asked}
    hours = headers["volunteer_hours"]
    lines = []
    for response, form in _by_time(forms):
        cells = _texts(form, headers, "fi", ", ")
        cells[hours] = str(cells[hours]).replace(".", ",")
        lines.append(Line({"Vastausaika": _dotted(form["submitted_at"]), **cells}, int(response)))
    trailing = choose(lines, 1, rng, has(headers["inf1"]))
    soil(lines, trailing, headers["inf1"], lambda text: f"{text}  ", "trailing_blank")
    delivery = Delivery(OLD, ("Vastausaika", *headers.values()), lines)
    write_csv(folder / OLD, delivery.rows(), delimiter=";", encoding="cp1252")
    return delivery


def _dotted(moment: dt.datetime) -> str:
    return f"{moment.day}.{moment.month}.{moment.year} {moment.hour}.{moment.minute:02d}"
