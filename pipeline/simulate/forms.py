"""The filled-in forms: one row per response with everything that was asked, before any file format."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np
import pandas as pd

from pipeline.simulate import plan, remarks
from pipeline.simulate.choices import options
from pipeline.simulate.draw import Draw
from pipeline.simulate.names import Person
from pipeline.simulate.questions import QUESTIONS

_MISSING_CODE: Final = {"dont_know": "dk", "refused": "rf"}
_BENEFIT_SHARE: Final = (0.55, 0.35, 0.45, 0.28, 0.10)


def fill(draw: Draw, crowd: list[Person], rng: np.random.Generator) -> pd.DataFrame:
    """Return the filled-in forms.

    Parameters
    ----------
    draw : Draw
        Who responded, and the answers to the items with a planted truth.
    crowd : list of Person
        Invented people, by person number.
    rng : numpy.random.Generator
        Source of everything else.

    Returns
    -------
    DataFrame
        Indexed by response; fields and questions of the instrument as columns. Cells hold an option name (`dk` and `rf`
        too), a tuple of option names (benefits), a number, a text, or None where nothing was answered or asked.
    """
    responses = draw.responses.set_index("response")
    wide = _items(draw)
    wide["event"], wide["role"] = responses["event_id"], responses["role"]
    wide["language"], wide["mode"] = responses["language"], responses["mode"]
    wide["submitted_at"] = _submitted(responses, rng)
    wide["target_group"] = _skip(responses["target_group"].astype(object), 0.02, rng)
    _background(wide, responses, crowd, rng)
    _habits(wide, draw, responses, rng)
    wide["comment"] = _comments(responses, rng)
    wide["response_key"] = None
    wide = wide[[q.name for q in QUESTIONS if q.type != "note"]].astype(object)
    return wide.where(wide.notna(), None)


def _items(draw: Draw) -> pd.DataFrame:
    answers = draw.answers
    missing = answers["missing_reason"].map(_MISSING_CODE).astype(object)
    cells = answers["code"].astype("str").where(answers["code"].notna(), missing)
    return answers.assign(cell=cells).pivot(index="response", columns="item", values="cell").astype(object)


def _submitted(responses: pd.DataFrame, rng: np.random.Generator) -> list[dt.datetime]:
    """Return distinct moments: at the event where there was a kiosk or paper, within about a week on the web."""
    days = {event.event_id: event.day for event in plan.EVENTS}
    delay = np.where(responses["mode"] == "web", rng.geometric(0.3, len(responses)) - 1, 0)
    seconds = rng.permutation(7 * 3600)[: len(responses)]
    return [
        dt.datetime.combine(days[event] + dt.timedelta(days=int(late)), dt.time(12)) + dt.timedelta(seconds=int(second))
        for event, late, second in zip(responses["event_id"], delay, seconds, strict=True)
    ]


def _skip(cells: pd.Series, share: float, rng: np.random.Generator) -> pd.Series:
    return cells.astype(object).where(rng.random(len(cells)) >= share, None)


def _background(wide: pd.DataFrame, responses: pd.DataFrame, crowd: list[Person], rng: np.random.Generator) -> None:
    who = [crowd[person] for person in responses["person"]]
    age = np.array([moment.year - one.birth_year for moment, one in zip(wide["submitted_at"], who, strict=True)])
    bands = np.array([option.name for option in options("age_band")], dtype=object)
    wide["age_band"] = _skip(
        pd.Series(bands[np.searchsorted([18, 25, 30, 55, 65], age, side="right")], wide.index), 0.03, rng
    )
    gender = np.array([one.gender for one in who], dtype=object)
    u = rng.random(len(who))
    wide["gender"] = np.select([u < 0.015, u < 0.04], ["other", "rf"], gender)
    wide["gender"] = _skip(wide["gender"], 0.02, rng)


def _habits(wide: pd.DataFrame, draw: Draw, responses: pd.DataFrame, rng: np.random.Generator) -> None:
    n, latent = len(wide), draw.attendance.loc[draw.attendance["responded"], "latent"].to_numpy()
    before = np.clip(np.round(rng.normal(2.3, 1.1, n)), 1, 5).astype(int)
    rise = np.searchsorted([-0.2, 1.6], latent + rng.logistic(size=n)) - (rng.random(n) < 0.08)
    now = np.clip(before + rise, 1, 5)
    for name, codes in (("often_before", before), ("often_now", now)):
        spoken = pd.Series(np.where(rng.random(n) < 0.05, "dk", codes.astype(str)), wide.index).astype(object)
        wide[name] = _skip(spoken, 0.04, rng)
    happy = 1 + np.searchsorted([-4.5, -3.2, -1.8, 0.9], 0.8 * latent + rng.logistic(size=n))
    wide["satisfaction"] = _skip(pd.Series(happy.astype(str), wide.index), 0.03, rng)
    wide["benefits"] = _benefits(n, rng)
    attended = draw.attendance.groupby("person").size().loc[responses["person"]].to_numpy()
    wide["events_attended"] = _skip(pd.Series(attended + (rng.random(n) < 0.15), wide.index), 0.06, rng)
    hours = np.where(rng.random(n) < 0.4, rng.integers(1, 17, n) / 2, 0.0)
    wide["volunteer_hours"] = _skip(pd.Series(hours, wide.index), 0.12, rng)


def _benefits(n: int, rng: np.random.Generator) -> list[tuple[str, ...] | None]:
    names = [option.name for option in options("benefits")]
    ticked = rng.random((n, len(_BENEFIT_SHARE))) < np.array(_BENEFIT_SHARE)
    blank = rng.random(n) < 0.4  # who ticks no benefit either ticks "none of these" or skips the question
    chosen = [tuple(name for name, tick in zip(names, row, strict=False) if tick) for row in ticked]
    return [some or (None if skips else ("nothing",)) for some, skips in zip(chosen, blank, strict=True)]


def _comments(responses: pd.DataFrame, rng: np.random.Generator) -> list[str | None]:
    """Return an open answer for one in four; the kiosk has no keyboard, Swedish speakers write two."""
    finnish = iter([remarks.FINNISH[i] for i in rng.permutation(len(remarks.FINNISH))])
    swedish = iter(remarks.SWEDISH)
    u = rng.random(len(responses))
    cells: list[str | None] = []
    for mode, language, luck in zip(responses["mode"], responses["language"], u, strict=True):
        if mode == "kiosk":
            cells.append(None)
        elif language == "sv":
            cells.append(next(swedish, None) if luck < 0.4 else None)
        else:
            cells.append(next(finnish, None) if luck < 0.28 else None)
    return cells
