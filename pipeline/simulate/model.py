"""The arrays behind a draw: visits, latent outcomes, answers and scores, without a frame in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.simulate.truth import Truth

#: Reasons for a missing code, in the order of `Answers.reason` (0 is answered).
REASONS: Final = ("not_asked", "no_answer", "dont_know", "refused")


@dataclass(frozen=True)
class Visits:
    """People and their visits. Lengths: V visits, P persons, K constructs."""

    person: np.ndarray  # (V,) integer
    event: np.ndarray  # (V,) integer
    action: np.ndarray  # (V,) integer
    role: np.ndarray  # (V,) index in ATTENDANCE_ROLES
    eta: np.ndarray  # (V, K) systematic part of the latent outcomes
    latent: np.ndarray  # (V,) mean of eta over the primary constructs
    responded: np.ndarray  # (V,) flag
    group: np.ndarray  # (P,) index in TARGET_GROUPS
    planner: np.ndarray  # (P,) flag


@dataclass(frozen=True)
class Answers:
    """Answers and scores. Lengths: R rows asked for, I items, K constructs."""

    code: np.ndarray  # (R, I) 1..5 as on the form; meaningless where reason > 0
    reason: np.ndarray  # (R, I) 0 answered, else 1 + index in REASONS
    score: np.ndarray  # (R, K) mean of the answered items, reversed ones turned; NaN where there is none
    scored: np.ndarray  # (R, K) flag: at least half of the items answered
    positive: np.ndarray  # (R, K) flag: score above the neutral middle


def visit(truth: Truth, rng: np.random.Generator) -> Visits:
    """Draw people, their visits, roles, latent outcomes and who responded."""
    actions = np.array(truth.event_action)
    person, event = _pairs(truth, rng)
    first = np.flatnonzero(np.diff(person, prepend=-1))
    group = _groups(truth, actions[event[first]], rng)
    planner, role = _roles(truth, person, event, rng)
    eta = _eta(truth, person, event, group, rng)
    latent = eta[:, [c.primary for c in truth.constructs]].mean(axis=1)
    chance = 1 / (1 + np.exp(-(truth.response_intercept + truth.response_slope * latent)))
    responded = rng.random(len(person)) < chance
    return Visits(person, event, actions[event], role, eta, latent, responded, group, planner)


def _pick(weights: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    edges = np.cumsum(weights)
    return np.searchsorted(edges / edges[-1], rng.random(n), side="right")


def _pairs(truth: Truth, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return person and event of every visit, ordered by person; each person and each event has one at least."""
    n_events, weights = len(truth.event_weight), np.array(truth.event_weight)
    first = np.concatenate([np.arange(n_events), _pick(weights, truth.n_persons - n_events, rng)])
    keenness = rng.exponential(size=truth.n_persons) + 0.2  # a few come to nearly everything
    again = _pick(keenness, truth.n_repeat_visits, rng)
    code = np.concatenate(
        [np.arange(truth.n_persons) * n_events + first, again * n_events + _pick(weights, truth.n_repeat_visits, rng)]
    )
    person, event = np.divmod(np.unique(code), n_events)
    return person, event


def _groups(truth: Truth, action: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return each person's target group: often that of the first action, else from the mix."""
    mixed = _pick(np.array(truth.group_mix), len(action), rng)
    return np.where(rng.random(len(action)) < truth.group_focus, np.array(truth.action_group)[action], mixed)


def _roles(
    truth: Truth, person: np.ndarray, event: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return who is a planner, exactly `n_planners` of them, and the role at each visit."""
    planned = np.array(truth.event_planning)[event]
    visits = np.bincount(person, weights=planned, minlength=truth.n_persons)
    # Frequent visitors become planners more easily; nobody does who never came to an event planned by residents.
    rank = rng.random(truth.n_persons) / np.maximum(visits, 1) + 10 * (visits == 0)
    planner = np.zeros(truth.n_persons, dtype=bool)
    planner[np.argsort(rank, kind="stable")[: truth.n_planners]] = True
    candidate = np.flatnonzero(planner[person] & planned)
    starts = candidate[np.flatnonzero(np.diff(person[candidate], prepend=-1))]
    u = rng.random(len(person))
    role = np.where(planned & ~planner[person] & (u < truth.organiser_share), 2, 0)
    role[candidate[u[candidate] < 0.5]] = 1
    role[starts] = 1
    return planner, role


def _effects(sd: float, correlation: float, shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Return normal effects whose columns are equally correlated."""
    shared, own = rng.standard_normal((shape[0], 1)), rng.standard_normal(shape)
    return sd * (np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own)


def _eta(
    truth: Truth, person: np.ndarray, event: np.ndarray, group: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    k = len(truth.constructs)
    of_event = _effects(truth.event_sd, truth.correlation, (len(truth.event_action), k), rng)
    of_event += np.array(truth.action_effect)[np.array(truth.event_action)][:, None]
    of_person = _effects(truth.person_sd, truth.correlation, (truth.n_persons, k), rng)
    of_person += np.array(truth.group_effect)[group][:, None]
    return np.array([c.intercept for c in truth.constructs]) + of_event[event] + of_person[person]


def answer(truth: Truth, visits: Visits, rows: np.ndarray, rng: np.random.Generator) -> Answers:
    """Draw the answers of `rows` of the visits to all items, and score them."""
    owner = np.repeat(np.arange(len(truth.constructs)), [len(c.items) for c in truth.constructs])
    loading = np.array([x for c in truth.constructs for x in c.loadings])
    turned = np.array([item in c.reversed_items for c in truth.constructs for item in c.items])
    latent = loading * visits.eta[np.ix_(rows, owner)] + rng.logistic(size=(len(rows), len(owner)))
    value = 1 + np.searchsorted(np.array(truth.thresholds), latent)
    reason = _reasons(truth, visits.event[rows], owner, rng)
    total, answered = _sums(value, reason == 0, owner, len(truth.constructs))
    asked = np.bincount(owner)
    scored = (answered > 0) & (2 * answered >= asked)
    score = np.where(scored, total / np.maximum(answered, 1), np.nan)
    return Answers(np.where(turned, 6 - value, value), reason, score, scored, scored & (total > 3 * answered))


def _reasons(truth: Truth, event: np.ndarray, owner: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    edges = np.cumsum([truth.skipped, truth.dont_know, truth.refused])
    drawn = np.searchsorted(edges, rng.random((len(event), len(owner))), side="right")
    reason = np.where(drawn < 3, drawn + 2, 0)
    era = np.array(truth.event_era, dtype=object)[event]
    for k, construct in enumerate(truth.constructs):
        if construct.not_asked:
            reason[np.ix_(np.isin(era, construct.not_asked), owner == k)] = 1
    return reason


def _sums(value: np.ndarray, answered: np.ndarray, owner: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Return sum and number of the answered items per construct; whole numbers, so that `> 3` is exact."""
    member = (owner[:, None] == np.arange(k)).astype(np.int64)
    return (value * answered) @ member, answered.astype(np.int64) @ member
