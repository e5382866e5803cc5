"""Feedback that came as codes: the kiosk of 2017, the SPSS file of 2016, and the hand-keyed paper forms of 2018."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.simulate import plan
from pipeline.simulate.choices import Option, options
from pipeline.simulate.formats import Cell, write_sav, write_xlsx
from pipeline.simulate.lines import Delivery, Line, choose, event_name, first_alias, has, option_of, soil, spoken
from pipeline.simulate.questions import QUESTIONS, question

KIOSK: Final = "tapahtumakioski_2017.xlsx"
SPSS: Final = "kysely_2016.sav"
PAPER: Final = "paperilomakkeet.xlsx"
PAPER_SHEET: Final = "Syöttö"
_BENEFITS: Final = tuple(option.name for option in options("benefits"))

_KIOSK_TITLE: Final = (
    ("Tapahtumakioski: palautteet 2017",),
    ("Elinvoimaa ja osallisuutta (S20562), Lappeenrannan kaupunki",),
    ("Viety laitteesta 8.1.2018",),
    (),
)
_KIOSK_HELP: Final = (
    ("Ohje",),
    ("Kioski on kosketusnäyttö tapahtumapaikan uloskäynnillä. Vastaaja valitsee kielen ja vastaa omaan tahtiinsa.",),
    ("Sarakkeiden nimet ovat instrument.xlsx-tiedoston nimiä ja vastaukset sen koodeja.",),
    ("Monivalinnassa 1 = valittu, 0 = ei valittu. Tyhjä = kysymykseen ei vastattu.",),
    ("Kioskissa ei kysytä vapaaehtoistyön tunteja eikä vapaata palautetta.",),
)


def number(cell: Any) -> Cell:
    """Return digits as a number, as a keyed sheet holds them."""
    return int(cell) if isinstance(cell, str) and cell.isdigit() else cell


def write_kiosk(folder: Path, forms: pd.DataFrame, rng: np.random.Generator) -> Delivery:
    """Write the kiosk's workbook: a title block of four rows, names as header, codes, a second sheet of prose."""
    skipped = ("response_key", "mode", "volunteer_hours", "comment", "benefits", "intro")
    names = [q.name for q in QUESTIONS if q.name not in skipped]
    ticks = [f"benefits/{name}" for name in _BENEFITS]
    lines = []
    for response, form in zip(forms.index, forms.to_dict("records"), strict=True):
        chosen = form["benefits"]
        ticked = {tick: None if chosen is None else int(tick.split("/")[1] in chosen) for tick in ticks}
        lines.append(Line({**{name: number(form[name]) for name in names}, **ticked}, int(response)))
    lines.sort(key=lambda line: line.cells["submitted_at"])  # type: ignore[arg-type, return-value]
    soil(lines, choose(lines, 1, rng, has("target_group")), "target_group", lambda code: f"{code} ", "trailing_blank")
    delivery = Delivery(KIOSK, (*names, *ticks), lines, first_row=len(_KIOSK_TITLE) + 2)
    write_xlsx(folder / KIOSK, {"Vastaukset": delivery.rows(_KIOSK_TITLE), "Ohje": _KIOSK_HELP}, len(_KIOSK_TITLE))
    return delivery


def write_paper(folder: Path, forms: pd.DataFrame, rng: np.random.Generator) -> Delivery:
    """Write the hand-keyed forms: short headers, numbers and abbreviations, blank rows, one form keyed twice."""
    headers = {q.name: first_alias(q.name) for q in QUESTIONS if q.name not in ("language", "mode", "intro")}
    # Keyed envelope by envelope, so by event, not by the minute.
    ordered = forms.sort_values(["event", "submitted_at"], kind="stable")
    lines = [
        Line(_keyed(form, headers, place), int(response))
        for place, (response, form) in enumerate(zip(ordered.index, ordered.to_dict("records"), strict=True), 1)
    ]
    _soil_paper(lines, headers, rng)
    delivery = Delivery(PAPER, tuple(headers.values()), lines)
    write_xlsx(folder / PAPER, {PAPER_SHEET: delivery.rows()})
    return delivery


def _abbreviation(option: Option) -> str:
    return option.aliases.split("|", maxsplit=1)[0] or (option.name if option.name.isdigit() else option.fi)


def _keyed(form: dict[str, Any], headers: dict[str, str], place: int) -> dict[str, Cell]:
    cells = {header: number(spoken(name, form[name], _abbreviation, ", ")) for name, header in headers.items()}
    cells[headers["event"]] = event_name(form["event"])
    cells[headers["submitted_at"]] = form["submitted_at"].date()
    cells[headers["response_key"]] = place
    return cells


def _soil_paper(lines: list[Line], headers: dict[str, str], rng: np.random.Generator) -> None:
    is_unsure = lambda line: line.cells.get(headers["inf2"]) == "eos"  # noqa: E731
    soil(lines, choose(lines, 1, rng, is_unsure), headers["inf2"], lambda _: "EOS ", "other_case")
    # An unreadable mark, where no score depends on it: the truth of the scores stays exact.
    soil(lines, choose(lines, 1, rng, has(headers["often_now"])), headers["often_now"], lambda _: "?", "option_unknown")
    alias = next(event for event in plan.EVENTS if event.event_id == "E25")
    same = lambda line: line.cells[headers["event"]] == alias.name  # noqa: E731
    soil(lines, choose(lines, 2, rng, same), headers["event"], lambda _: alias.aliases, "event_alias")
    twice = choose(lines, 1, rng, lambda _: True)[0]
    lines.insert(min(twice + 5, len(lines)), replace(lines[twice], kind="duplicate", faults=()))
    for position in (len(lines) // 4, len(lines) // 2, 3 * len(lines) // 4):
        lines.insert(position, Line({}, kind="blank"))


_USER_MISSING: Final = {"dk": 99.0, "rf": 98.0}
_NOT_ASKED: Final = 97.0
_MISSING_LABELS: Final = {97.0: "Ei kysytty", 98.0: "En halua vastata", 99.0: "En osaa sanoa"}
_SPSS_NAMES: Final = {"response_key": "vastaaja", "event": "tapahtuma", "submitted_at": "vastausaika"}


def write_spss(folder: Path, forms: pd.DataFrame) -> Delivery:
    """Write the SPSS file of 2016: value and variable labels, user-missing codes, no question about the pair."""
    ordered = forms.sort_values("submitted_at", kind="stable")
    asked = [q for q in QUESTIONS if q.name not in ("language", "intro", "often_before", "often_now", "benefits")]
    columns: dict[str, Any] = {_SPSS_NAMES.get(q.name, q.name): _spss_column(q.name, ordered) for q in asked}
    for name in _BENEFITS:
        columns[f"benefits_{name}"] = [np.nan if some is None else float(name in some) for some in ordered["benefits"]]
    frame = pd.DataFrame(columns)
    selects = [q.name for q in asked if q.type.startswith("select_one")]
    labels = {_SPSS_NAMES.get(name, name): _value_labels(name) for name in ("event", *selects)}
    labels |= {f"benefits_{name}": {0: "Ei valittu", 1: "Valittu"} for name in _BENEFITS}
    write_sav(
        folder / SPSS,
        frame,
        file_label="Palautekysely 2016",
        column_labels=_variable_labels(list(frame.columns)),
        variable_value_labels=labels,
        missing_ranges={name: [97, 98, 99] for name in labels if any(code >= 97 for code in labels[name])},
        variable_format={"vastausaika": "DATETIME20"},
    )
    lines = [Line({}, int(response)) for response in ordered.index]
    return Delivery(SPSS, tuple(frame.columns), lines, first_row=1)


def _spss_column(name: str, forms: pd.DataFrame) -> Any:
    kind, cells = question(name).type, forms[name]
    special: dict[str, Any] = {
        "response_key": [f"H{place:03d}" for place in range(1, len(forms) + 1)],
        "event": [float(event[1:]) for event in forms["event"]],
        "submitted_at": pd.to_datetime(forms["submitted_at"].to_list()),
        "wrk1": np.full(len(forms), _NOT_ASKED),
        "wrk2": np.full(len(forms), _NOT_ASKED),
    }
    if name in special:
        return special[name]
    if kind == "text":
        return ["" if cell is None else cell for cell in cells]
    codes = _spss_codes(name) if kind.startswith("select_one") else {}
    return [np.nan if cell is None else codes.get(cell, cell) for cell in cells]


def _spss_codes(name: str) -> dict[str, float]:
    """Return the number of each option: its place in the list, 98 and 99 for no opinion."""
    listed = options(question(name).type.split()[1])
    return {option.name: _USER_MISSING.get(option.name, float(i)) for i, option in enumerate(listed, 1)}


def _value_labels(name: str) -> dict[float, str]:
    if name == "event":
        return {float(e.event_id[1:]): e.name for e in plan.EVENTS if e.era == "2016"}
    codes = _spss_codes(name)
    labels = {code: option_of(name, option).fi for option, code in codes.items() if option not in _USER_MISSING}
    return labels | (_MISSING_LABELS if len(labels) < len(codes) else {})


def _variable_labels(names: list[str]) -> list[str]:
    back = {new: old for old, new in _SPSS_NAMES.items()}
    benefit = {f"benefits_{o.name}": f"{question('benefits').fi} [{o.fi}]" for o in options("benefits")}
    return [benefit.get(name) or question(back.get(name, name)).fi for name in names]
