"""Webropol's Excel and CSV, as its users describe them: no specimen was to be had, so every described form is tried.

Text or numeric answers; one column per option of a multiple choice, named in one row or in two; filters above it all.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from form_exports import Row, as_xlsx, batch, form, put, unmapped
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest import readers
from pipeline.ingest.cells import Cells
from pipeline.ingest.feedback import Batch

RATING, MULTIPLE, GRID, OPEN = "Kokonaisarvio", "Mistä kuulit hankkeesta?", "Mitä mieltä olet?", "Palaute"
LEVELS = {"1": "Huono", "2": "Kohtalainen", "3": "Hyvä"}
OPTIONS = {"lehti": "Lehdestä", "some": "Sosiaalisesta mediasta", "muu": "Muu, mikä?"}
STATEMENTS = {"g1": "Viihdyin", "g2": "Opin uutta"}
FILTERS: list[Row] = [["Hankkeen palautekysely"], ["Suodatin: Kaikki vastaukset"], ["Vastaajia yhteensä: 3"], []]
TICKS = [f"from/{code}" for code in OPTIONS]
INSTRUMENT = form(
    {"type": "text", "name": "key", "label": "Vastaaja", "field": "response_key"},
    {"type": "dateTime", "name": "at", "label": "Vastausaika", "field": "submitted_at"},
    {"type": "select_one level", "name": "rating", "label": RATING},
    {"type": "select_multiple from", "name": "from", "label": MULTIPLE},
    *({"type": "select_one level", "name": name, "label": text} for name, text in STATEMENTS.items()),
    {"type": "text", "name": "open", "label": OPEN},
    choices=(
        *({"list_name": "level", "name": code, "label": label} for code, label in LEVELS.items()),
        *({"list_name": "from", "name": code, "label": label} for code, label in OPTIONS.items()),
    ),
)


class Form(NamedTuple):
    """How an export is set: what its user may choose, and what nobody could tell us."""

    kind: str  # xlsx, or a CSV with this separator
    words: bool
    ticks: str  # 0 and 1, or the option's own text where it was chosen
    naming: str  # how a column of a question with several is named
    numbered: bool
    filters: bool


class Given(NamedTuple):
    rating: str | None
    chosen: frozenset[str]
    grid: tuple[str | None, str | None]
    comment: str | None


FORMS = st.builds(
    Form,
    kind=st.sampled_from(["xlsx", ";", ",", "\t"]),
    words=st.booleans(),
    ticks=st.sampled_from(["01", "text"]),
    naming=st.sampled_from([": ", " - ", "two rows"]),
    numbered=st.booleans(),
    filters=st.booleans(),
)
LEVEL = st.none() | st.sampled_from(sorted(LEVELS))
ANSWER = st.builds(
    Given,
    rating=LEVEL,
    chosen=st.frozensets(st.sampled_from(sorted(OPTIONS))),
    grid=st.tuples(LEVEL, LEVEL),
    comment=st.none() | st.sampled_from(["Kiva", "NA", "kyllä; ehkä", "kaksi\nriviä", 'sanoi "joo", lähti']),
)


def _header(form: Form) -> list[Row]:
    texts = [RATING, MULTIPLE, GRID, OPEN]
    if form.numbered:
        texts = [f"{number}. {text}" for number, text in enumerate(texts, start=1)]
    rating, multiple, grid, comment = texts
    parts = [(multiple, label) for label in OPTIONS.values()] + [(grid, text) for text in STATEMENTS.values()]
    if form.naming != "two rows":
        named = [f"{question}{form.naming}{part}" for question, part in parts]
        return [["Vastaaja", "Vastausaika", rating, *named, comment]]
    first = [question if question != parts[i - 1][0] else None for i, (question, _) in enumerate(parts)]
    return [
        ["Vastaaja", "Vastausaika", rating, *first, comment],
        [None, None, None, *(part for _, part in parts), None],
    ]


def _record(form: Form, number: int, answer: Given) -> Row:
    def level(code: str | None) -> Any:
        return code and (LEVELS[code] if form.words else int(code))

    def tick(code: str) -> Any:
        if form.ticks == "01":
            return int(code in answer.chosen)
        return OPTIONS[code] if code in answer.chosen else None

    ticks = map(tick, OPTIONS)
    own = [number, f"{number}.4.2023 10:15"]
    return [*own, level(answer.rating), *ticks, *map(level, answer.grid), answer.comment]


def _written(folder: Path, form: Form, answers: list[Given]) -> Path:
    records = [_record(form, number, answer) for number, answer in enumerate(answers, start=1)]
    rows = [*(FILTERS if form.filters else []), *_header(form), *records]
    if form.kind == "xlsx":
        return as_xlsx(folder / "raportti.xlsx", rows, "Raportti")
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=form.kind).writerows(rows)
    return put(folder / "raportti.csv", stream.getvalue().encode("utf-8-sig"))


def _read(path: Path) -> tuple[Cells, Batch]:
    (cells,) = readers.read(path, f"feedback/{path.name}")[1]
    return cells, batch(cells, INSTRUMENT)


def _texts(frame: pd.DataFrame) -> list[list[str | None]]:
    return [[text if isinstance(text, str) else None for text in row] for row in frame.itertuples(index=False)]


@given(FORMS, st.lists(ANSWER, min_size=3, max_size=6))
def test_every_form_gives_the_same_answers(tmp_path: Path, form: Form, answers: list[Given]) -> None:
    answers = [*answers, Given("1", frozenset(OPTIONS), ("2", "3"), "Kiitos")]
    cells, found = _read(_written(tmp_path, form, answers))
    assert not unmapped(found) and not [f for f in found.findings if f.kind == "cell_invalid"]
    assert cells.preamble == (tuple(row[0] for row in FILTERS if row) if form.filters else ())
    assert _texts(found.codes[["rating", *TICKS, *STATEMENTS]]) == [
        [answer.rating, *("1" if code in answer.chosen else None for code in OPTIONS), *answer.grid]
        for answer in answers
    ]
    assert _texts(found.comments[["open"]]) == [[answer.comment] for answer in answers]
    if form.ticks == "01":
        assert ((found.reasons[TICKS] == "not_ticked") == found.codes[TICKS].isna()).all(axis=None)


@pytest.mark.parametrize("naming", [": ", "two rows"])
def test_the_day_comes_first(tmp_path: Path, naming: str) -> None:
    form = Form("xlsx", True, "01", naming, True, True)
    answers = [Given("1", frozenset(), (None, None), None)] * 4
    _, found = _read(_written(tmp_path, form, answers))
    assert [f"{moment:%d.%m}" for moment in found.responses["submitted_at"]] == ["01.04", "02.04", "03.04", "04.04"]
