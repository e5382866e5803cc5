"""An ordered answer taken apart into yes/no pieces: one likelihood for proportional odds, mixed and binomial models.

With the logit link the probability of category c is exactly

    P(Y = c) = F(θ_c - η) F(-(θ_{c-1} - η)) (1 - exp(-(θ_c - θ_{c-1}))),

so that the log-likelihood is a weighted sum of log F over pieces "at or below c" (sign +1) and "above c - 1" (sign -1),
plus one term per gap between thresholds. It is concave, nothing in it underflows, every derivative is a logistic one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Index = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Pieces:
    """Pieces t = `design` @ parameters; a shift v of the predictor η moves t by -`sign` v.

    `row` is the observation a piece comes from. `gap` @ parameters are the gaps between thresholds that occur, all of
    them above 0; `gap_of` says in which of them the answer of observation `gap_row` lies, `gap_part` how often it
    counts.
    """

    design: Matrix
    sign: Vector
    weight: Vector
    row: Index
    gap: Matrix
    gap_of: Index
    gap_row: Index
    gap_part: Vector

    @property
    def gap_weight(self) -> Vector:
        """Observations in each gap."""
        return np.bincount(self.gap_of, self.gap_part, len(self.gap)).astype(float)


def take_apart(codes: Index, matrix: Matrix, weight: Vector, categories: int, nominal: NDArray[np.bool_]) -> Pieces:
    """Return the pieces of ordered answers.

    Parameters
    ----------
    codes : array of int
        Category of each observation, 0 to `categories` - 1.
    matrix : array
        Explanatory columns, without a constant.
    weight : array
        How many times each observation counts.
    categories : int
        Number of categories.
    nominal : array of bool
        Per column: whether it has its own effect at every threshold (partial proportional odds).

    Returns
    -------
    Pieces
        Parameters in order: thresholds, effects of the proportional columns, then per threshold the effects of the
        nominal columns. Effects are positive where high values go with high categories.
    """
    below, above = np.flatnonzero(codes < categories - 1), np.flatnonzero(codes > 0)
    row = np.concatenate([below, above])
    sign = np.repeat([1.0, -1.0], [len(below), len(above)])
    threshold = np.concatenate([codes[below], codes[above] - 1])
    design = sign[:, None] * predictor(threshold, matrix[row], categories, nominal)
    inside = np.flatnonzero((codes > 0) & (codes < categories - 1))
    # proportional effects cancel in a gap: one per category then, else one per observation
    upper = codes[inside] if nominal.any() else np.arange(1, categories - 1)
    x = matrix[inside] if nominal.any() else np.zeros((len(upper), matrix.shape[1]))
    gap = predictor(upper, x, categories, nominal) - predictor(upper - 1, x, categories, nominal)
    gap_of = np.arange(len(inside)) if nominal.any() else codes[inside] - 1
    return Pieces(design, sign, weight[row], row, gap, gap_of, inside, weight[inside])


def predictor(threshold: Index, matrix: Matrix, categories: int, nominal: NDArray[np.bool_]) -> Matrix:
    """Return, per row, what times the parameters is θ_c - η for the threshold (from 0) and the columns given."""
    n, k = len(threshold), categories - 1
    own = matrix[:, nominal]
    design = np.zeros((n, k + matrix.shape[1] - own.shape[1] + k * own.shape[1]))
    design[np.arange(n), threshold] = 1
    design[:, k : k + matrix.shape[1] - own.shape[1]] = -matrix[:, ~nominal]
    start = k + matrix.shape[1] - own.shape[1] + threshold * own.shape[1]
    for j in range(own.shape[1]):
        design[np.arange(n), start + j] = -own[:, j]
    return design


def value(pieces: Pieces, parameters: Vector) -> float:
    """Return the log-likelihood; minus infinity where thresholds are out of order."""
    gap = pieces.gap @ parameters
    if np.any(gap <= 0):
        return -np.inf
    inside = special.log_expit(pieces.design @ parameters)
    return float(pieces.weight @ inside + pieces.gap_weight @ np.log(-np.expm1(-gap)))


def slopes(pieces: Pieces, parameters: Vector) -> tuple[Vector, Matrix]:
    """Return gradient and Hessian of the log-likelihood."""
    miss = special.expit(-(pieces.design @ parameters))
    rate = 1 / np.expm1(pieces.gap @ parameters)
    gradient = (pieces.weight * miss) @ pieces.design + (pieces.gap_weight * rate) @ pieces.gap
    curved = (pieces.design * (pieces.weight * miss * (1 - miss))[:, None]).T @ pieces.design
    curved += (pieces.gap * (pieces.gap_weight * rate * (1 + rate))[:, None]).T @ pieces.gap
    return gradient, -curved


def unit_scores(pieces: Pieces, parameters: Vector, observations: int) -> Matrix:
    """Return the gradient of each observation's log-likelihood, were it counted once."""
    miss = special.expit(-(pieces.design @ parameters))
    rate = 1 / np.expm1(pieces.gap @ parameters)
    found = np.zeros((observations, len(parameters)))
    for sign in (-1.0, 1.0):  # an observation has one piece of each sign at most
        at = pieces.sign == sign
        found[pieces.row[at]] += pieces.design[at] * miss[at, None]
    found[pieces.gap_row] += (pieces.gap * rate[:, None])[pieces.gap_of]
    return found


def patterns(*columns: NDArray[Any]) -> tuple[Index, Index]:
    """Return which observations are the first of their kind, and the kind of each: equal rows need one calculation.

    Examples
    --------
    >>> first, kind = patterns(np.array([3.0, 1.0, 3.0]), np.array([[0.0], [0.0], [0.0]]))
    >>> first.tolist(), kind.tolist()
    ([1, 0], [1, 0, 1])
    """
    table = np.column_stack(columns).astype(float)
    key = table @ np.random.default_rng(0).random(table.shape[1])
    _, first, kind = np.unique(key, return_index=True, return_inverse=True)
    if np.array_equal(table, table[first[kind]]):
        return first, kind
    return np.arange(len(table)), np.arange(len(table))  # two kinds shared a key: take every row by itself
