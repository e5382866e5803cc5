"""What the planted parameters imply: the shares an analysis should find, and those it cannot see."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from pipeline.simulate import plan
from pipeline.simulate.model import Answers, Visits, answer, visit
from pipeline.simulate.truth import Truth

#: Decimals of an expected share; its Monte Carlo error is larger.
_DIGITS: Final = 4


def expected(truth: Truth, rng: np.random.Generator, replicates: int = 1000) -> dict[str, Any]:
    """Return the expected share positive, over events, people and answers drawn anew.

    Respondents and all attendees differ because responding depends on the outcome.

    Parameters
    ----------
    truth : Truth
        The planted parameters.
    rng : numpy.random.Generator
        Source of all noise.
    replicates : int
        Projects drawn. The Monte Carlo standard error of an overall share is about 0.04 / sqrt(replicates).

    Returns
    -------
    dict
        `respondents` and `attendees`: share positive of those with a score per construct, and `both` primary outcomes
        at once of those with both scores; `response_rate` per visit; `action` and `target_group`: per construct and
        identifier the share among respondents, without cells that never held a score.

    Notes
    -----
    The share is a ratio of expectations, E(number positive) / E(number with a score).

    Examples
    --------
    >>> import numpy as np
    >>> shares = expected(Truth(), np.random.default_rng(1), replicates=20)
    >>> shares["respondents"]["participation"] > shares["attendees"]["participation"]
    True
    """
    cells = len(truth.action_effect) + len(plan.TARGET_GROUPS)
    columns = len(truth.constructs) + 1
    sums, totals = np.zeros((2, 2, columns)), np.zeros((2, cells, columns))
    returned = listed = 0
    for _ in range(replicates):
        visits = visit(truth, rng)
        outcome = _outcomes(truth, answer(truth, visits, np.arange(len(visits.person)), rng))
        sums += np.stack([outcome[:, visits.responded].sum(axis=1), outcome.sum(axis=1)])
        totals += np.stack([_by_cell(truth, visits, part) for part in outcome])
        returned, listed = returned + int(visits.responded.sum()), listed + len(visits.person)
    shares = _by_name(truth, totals)
    return {
        "replicates": replicates,
        "response_rate": round(returned / listed, _DIGITS),
        "respondents": _named_shares(truth, sums[0]),
        "attendees": _named_shares(truth, sums[1]),
        **shares,
    }


def _outcomes(truth: Truth, answers: Answers) -> np.ndarray:
    """Return positive and scored, (2, rows, constructs + 1); the last column is both primary outcomes at once."""
    primary = [c.primary for c in truth.constructs]
    scored = np.column_stack([answers.scored, answers.scored[:, primary].all(axis=1)])
    positive = np.column_stack([answers.positive, answers.positive[:, primary].all(axis=1)])
    return np.stack([positive, scored]).astype(float)


def _by_cell(truth: Truth, visits: Visits, part: np.ndarray) -> np.ndarray:
    """Return sums over respondents per action, then per target group."""
    part, n_actions = part[visits.responded], len(truth.action_effect)
    sums = np.zeros((n_actions + len(plan.TARGET_GROUPS), part.shape[1]))
    np.add.at(sums, visits.action[visits.responded], part)
    np.add.at(sums, n_actions + visits.group[visits.person[visits.responded]], part)
    return sums


def _outcome_names(truth: Truth) -> tuple[str, ...]:
    return (*(c.key for c in truth.constructs), "both")


def _named_shares(truth: Truth, sums: np.ndarray) -> dict[str, float]:
    ratio = sums[0] / sums[1]
    return {name: round(float(share), _DIGITS) for name, share in zip(_outcome_names(truth), ratio, strict=True)}


def _by_name(truth: Truth, totals: np.ndarray) -> dict[str, dict[str, dict[str, float]]]:
    cut = len(truth.action_effect)
    names = {"action": truth.action_ids, "target_group": plan.TARGET_GROUPS}
    parts = {"action": totals[:, :cut], "target_group": totals[:, cut:]}
    return {
        kind: {
            outcome: {
                name: round(float(positive / scored), _DIGITS)
                for name, positive, scored in zip(names[kind], *parts[kind][:, :, k], strict=True)
                if scored
            }
            for k, outcome in enumerate(_outcome_names(truth))
        }
        for kind in names
    }
