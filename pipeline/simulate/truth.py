"""What is true in the synthetic project, and one draw of what could have been observed.

The model, for visit v of person p to event e of action a, construct k and item i::

    eta[v, k]  = intercept[k] + action[a] + group[p] + event[e, k] + person[p, k]
    latent     = loading[i] * eta[v, k] + logistic noise
    code       = 1 + number of thresholds below latent        (6 - code where the item is reversed)
    responds   ~ Bernoulli(expit(response_intercept + response_slope * mean of eta over the primary constructs))

Action and group effects are fixed by `Truth`; event, person and item noise are drawn anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from pipeline.core.words import ATTENDANCE_ROLES, RESPONDENT_ROLES
from pipeline.simulate import plan
from pipeline.simulate.model import REASONS, Answers, Visits, answer, visit


@dataclass(frozen=True)
class Construct:
    """A construct: its items' loadings, which of them are reversed, and in which eras it was not asked."""

    key: str
    intercept: float
    loadings: tuple[float, ...]
    items: tuple[str, ...]
    reversed_items: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    primary: bool = False


CONSTRUCTS: Final = (
    Construct("participation", -0.12, (1.0, 1.1, 0.9, 0.8), ("par1", "par2", "par3", "par4"), ("par4",), primary=True),
    Construct("self_initiative", -0.28, (1.1, 0.9, 1.0, 1.0), ("ini1", "ini2", "ini3", "ini4"), primary=True),
    Construct("community", 0.05, (1.0, 1.1, 0.9), ("com1", "com2", "com3")),
    Construct("influence", -0.45, (1.0, 1.0), ("inf1", "inf2")),
    Construct("work_life", -1.0, (1.0, 0.9), ("wrk1", "wrk2"), not_asked=("2016",)),
)
_ACTION: Final = {action.action_id: number for number, action in enumerate(plan.ACTIONS)}


@dataclass(frozen=True)
class Truth:
    """Every planted parameter; the defaults are the sample's. Effects and deviations are in logits."""

    constructs: tuple[Construct, ...] = CONSTRUCTS
    thresholds: tuple[float, float, float, float] = (-3.6, -2.3, 0.3, 2.6)
    action_effect: tuple[float, ...] = tuple(action.effect for action in plan.ACTIONS)
    action_group: tuple[int, ...] = tuple(plan.TARGET_GROUPS.index(a.target_group) for a in plan.ACTIONS)
    group_effect: tuple[float, ...] = (0.0, 0.4, -0.6, 0.3, -0.2, 0.3)
    group_mix: tuple[float, ...] = (0.45, 0.13, 0.14, 0.12, 0.08, 0.08)
    group_focus: float = 0.35
    event_sd: float = 0.7
    person_sd: float = 1.2
    correlation: float = 0.88
    dont_know: float = 0.06
    refused: float = 0.005
    skipped: float = 0.04
    response_intercept: float = -0.445
    response_slope: float = 0.35
    n_persons: int = 540
    n_planners: int = 100
    n_repeat_visits: int = 252
    organiser_share: float = 0.05
    stakeholder_share: float = 0.06
    swedish_share: float = 0.14
    paper_share: float = 0.31
    event_action: tuple[int, ...] = tuple(_ACTION[event.action_id] for event in plan.EVENTS)
    event_era: tuple[str, ...] = tuple(event.era for event in plan.EVENTS)
    event_weight: tuple[float, ...] = tuple(float(event.weight) for event in plan.EVENTS)
    event_planning: tuple[bool, ...] = tuple(event.planning for event in plan.EVENTS)

    @property
    def items(self) -> tuple[str, ...]:
        """Names of the items, construct by construct."""
        return tuple(item for construct in self.constructs for item in construct.items)

    @property
    def action_ids(self) -> tuple[str, ...]:
        """Identifiers of the actions."""
        return tuple(f"A{number:02d}" for number in range(1, len(self.action_effect) + 1))

    @property
    def event_ids(self) -> tuple[str, ...]:
        """Identifiers of the events, of one width."""
        width = max(2, len(str(len(self.event_action))))
        return tuple(f"E{number:0{width}d}" for number in range(1, len(self.event_action) + 1))

    def scaled(self, factor: int) -> Truth:
        """Return a project `factor` times as large: as many more events of the same actions, people and visits."""
        return replace(
            self,
            n_persons=self.n_persons * factor,
            n_planners=self.n_planners * factor,
            n_repeat_visits=self.n_repeat_visits * factor,
            event_action=self.event_action * factor,
            event_era=self.event_era * factor,
            event_weight=self.event_weight * factor,
            event_planning=self.event_planning * factor,
        )


@dataclass(frozen=True)
class Draw:
    """One possible project. Identifiers of persons and responses are integers counted from 0.

    Parameters
    ----------
    persons : DataFrame
        person, target_group, planner (flag).
    attendance : DataFrame
        One row per person and event: person, event_id, action_id, role, responded (flag), latent (mean of eta over the
        primary constructs, logits).
    responses : DataFrame
        One row per attendance that responded: response, person, event_id, action_id, target_group, role, language,
        mode.
    answers : DataFrame
        One row per response and item: response, item, code (1..5, as on the form: reversed items not turned) or
        missing_reason.
    scores : DataFrame
        One row per response and construct that has a score: response, construct, score (1..5), positive (score > 3).
    """

    persons: pd.DataFrame
    attendance: pd.DataFrame
    responses: pd.DataFrame
    answers: pd.DataFrame
    scores: pd.DataFrame


def draw(truth: Truth, rng: np.random.Generator) -> Draw:
    """Return one draw: who came where, who responded, and what they answered.

    Parameters
    ----------
    truth : Truth
        The planted parameters.
    rng : numpy.random.Generator
        Source of all noise.

    Returns
    -------
    Draw
        Five frames, see `Draw`.

    Examples
    --------
    >>> import numpy as np
    >>> sample = draw(Truth(), np.random.default_rng(1))
    >>> len(sample.persons), int(sample.persons.planner.sum())
    (540, 100)
    """
    visits = visit(truth, rng)
    rows = np.flatnonzero(visits.responded)
    answers = answer(truth, visits, rows, rng)
    return Draw(
        _persons(visits),
        _attendance(truth, visits),
        _responses(truth, visits, rows, rng),
        _answers(truth, answers),
        _scores(truth, answers),
    )


def _named(names: tuple[str, ...], codes: np.ndarray) -> np.ndarray:
    return np.array(names, dtype=object)[codes]


def _persons(visits: Visits) -> pd.DataFrame:
    group = _named(plan.TARGET_GROUPS, visits.group)
    return pd.DataFrame({"person": np.arange(len(group)), "target_group": group, "planner": visits.planner})


def _attendance(truth: Truth, visits: Visits) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person": visits.person,
            "event_id": _named(truth.event_ids, visits.event),
            "action_id": _named(truth.action_ids, visits.action),
            "role": _named(ATTENDANCE_ROLES, visits.role),
            "responded": visits.responded,
            "latent": visits.latent,
        }
    )


def _responses(truth: Truth, visits: Visits, rows: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    era = _named(truth.event_era, visits.event[rows])
    mode, language = _mode_and_language(truth, era, rng)
    return pd.DataFrame(
        {
            "response": np.arange(len(rows)),
            "person": visits.person[rows],
            "event_id": _named(truth.event_ids, visits.event[rows]),
            "action_id": _named(truth.action_ids, visits.action[rows]),
            "target_group": _named(plan.TARGET_GROUPS, visits.group[visits.person[rows]]),
            "role": _respondent_role(truth, visits.role[rows], rng),
            "language": language,
            "mode": mode,
        }
    )


def _respondent_role(truth: Truth, listed: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    # Someone who planned answers as an organiser three times in ten; the role itself has no effect on the outcome.
    u = rng.random(len(listed))
    organiser = (listed == 2) | ((listed == 1) & (u < 0.3))
    return _named(RESPONDENT_ROLES, np.select([organiser, u > 1 - truth.stakeholder_share], [1, 2], 0))


def _mode_and_language(truth: Truth, era: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    u, v = rng.random((2, len(era)))
    in_2018 = np.where(u < truth.paper_share, "paper", "web")
    in_2016 = np.where(u < 0.5, "paper", "interview")
    mode = np.select([era == "2018", era == "2016", era == "2017"], [in_2018, in_2016, "kiosk"], "web").astype(object)
    swedish = (era == "2018") & (mode == "web") & (v < truth.swedish_share) | (mode == "kiosk") & (v < 0.06)
    return mode, np.where(swedish, "sv", "fi").astype(object)


def _answers(truth: Truth, answers: Answers) -> pd.DataFrame:
    n, k = answers.code.shape
    absent = answers.reason.ravel() > 0
    reason = np.array((None, *REASONS), dtype=object)[answers.reason.ravel()]
    return pd.DataFrame(
        {
            "response": np.repeat(np.arange(n), k),
            "item": np.tile(np.array(truth.items, dtype=object), n),
            "code": pd.arrays.IntegerArray(answers.code.ravel().astype(np.int64), absent),
            "missing_reason": pd.Series(reason, dtype="str"),
        }
    )


def _scores(truth: Truth, answers: Answers) -> pd.DataFrame:
    response, construct = np.nonzero(answers.scored)
    return pd.DataFrame(
        {
            "response": response,
            "construct": _named(tuple(c.key for c in truth.constructs), construct),
            "score": answers.score[response, construct],
            "positive": answers.positive[response, construct],
        }
    )
