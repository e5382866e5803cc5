"""One possible project: who came where, who responded and what they answered, as frames."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.core.words import ATTENDANCE_ROLES, RESPONDENT_ROLES
from pipeline.simulate import plan
from pipeline.simulate.model import REASONS, Answers, Visits, answer, visit
from pipeline.simulate.truth import Truth


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
