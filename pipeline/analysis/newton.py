"""Maximising a smooth log-likelihood: Newton where the Hessian is at hand, BFGS with a true Hessian where it is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pipeline.core.errors import AnalysisError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
#: Parameters -> log-likelihood (minus infinity outside its domain) and gradient.
Objective = Callable[[Vector], tuple[float, Vector]]

_STEPS: Final = 200
#: No parameter moves further than this in one step: a log-odds of 5 is a long way.
_REACH: Final = 5.0


def newton(
    value: Callable[[Vector], float], slopes: Callable[[Vector], tuple[Vector, Matrix]], start: Vector
) -> tuple[Vector, Matrix, bool]:
    """Return where a concave function is largest, its Hessian there, and whether the gradient has vanished.

    Newton's step, halved until the function does not fall.
    """
    at, best = start, value(start)
    for _ in range(_STEPS):
        gradient, hessian = slopes(at)
        try:
            step = np.linalg.solve(hessian, gradient)
        except np.linalg.LinAlgError:
            return at, hessian, False
        if float(np.abs(step).max(initial=0)) < 1e-9 * (1 + float(np.abs(at).max(initial=0))):
            return at - step, hessian, True
        part = min(1.0, _REACH / float(np.abs(step).max()))
        while (found := value(at - part * step)) < best - 1e-10 * (1 + abs(best)) and part > 1e-8:
            part /= 2
        gained, at, best = found - best, at - part * step, found
        if gained < 1e-12 * (1 + abs(best)) and float(np.abs(part * step).max()) > 0.1:
            return at, hessian, False  # far steps that gain nothing: the top lies at infinity
    return at, slopes(at)[1], False


def quasi_newton(
    objective: Objective, start: Vector, tolerance: float = 1e-7, curvature: Matrix | None = None
) -> tuple[Vector, Matrix, bool]:
    """Return where a function is largest, its Hessian there, and whether the gradient has vanished.

    Parameters
    ----------
    objective : callable
        Value and gradient.
    start : array
        Parameters to begin with.
    tolerance : float
        Largest entry of the gradient taken as none.
    curvature : array, optional
        A guess at minus the Hessian at the start; without it, it is worked out.

    Notes
    -----
    The Hessian at the end is taken from central differences of the gradient, and kept up to date by BFGS before;
    directions in which it does not curve downwards are turned round.
    """
    at = start
    best, gradient = objective(at)
    curvature = -hessian(objective, at) if curvature is None else curvature
    for _ in range(_STEPS):
        if float(np.abs(gradient).max()) < tolerance:
            break
        step = _downhill(curvature, gradient)
        moved = _along(objective, at, best, gradient, step)
        if moved is None:
            break
        part, best, new = moved
        curvature = _updated(curvature, part * step, gradient - new)
        at, gradient = at + part * step, new
    final = hessian(objective, at)
    polish = _downhill(-final, gradient)
    if float(np.abs(polish).max()) < 1e-3:  # one true Newton step: rounding is all that is left then
        at, gradient = at + polish, objective(at + polish)[1]
    return at, final, bool(float(np.abs(gradient).max()) < max(1e-4, 10 * tolerance))


def hessian(objective: Objective, at: Vector) -> Matrix:
    """Return the Hessian from central differences of the gradient, made symmetric."""
    rows = []
    for j, scale in enumerate(np.maximum(np.abs(at), 1.0)):
        step = np.zeros(len(at))
        step[j] = 1e-4 * scale
        rows.append((objective(at + step)[1] - objective(at - step)[1]) / (2 * step[j]))
    found = np.array(rows)
    return (found + found.T) / 2


def covariance(information: Matrix) -> Matrix:
    """Return the inverse of an information matrix.

    Raises
    ------
    AnalysisError
        When it is not positive definite: the data do not tell the parameters apart.
    """
    if np.isfinite(information).all() and (not len(information) or np.linalg.eigvalsh(information)[0] > 0):
        return np.asarray(np.linalg.inv(information), dtype=float)
    raise AnalysisError("the answers do not determine the parameters", fix="leave out a term, or merge its levels")


def _downhill(curvature: Matrix, gradient: Vector) -> Vector:
    values, vectors = np.linalg.eigh(curvature)
    floor = 1e-6 * float(np.abs(values).max())
    step = vectors @ ((vectors.T @ gradient) / np.maximum(np.abs(values), max(floor, 1e-12)))
    return step * min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))


def _along(
    objective: Objective, at: Vector, best: float, gradient: Vector, step: Vector
) -> tuple[float, float, Vector] | None:
    part, slope = 1.0, float(gradient @ step)
    while part > 1e-6:
        found, new = objective(at + part * step)
        # near the top the value is all rounding: there the gradient decides
        if found >= best + 1e-4 * part * slope or (found >= best - 1e-9 * (1 + abs(best)) and slope < 1e-6):
            return part, found, new
        part /= 2
    return None


def _updated(curvature: Matrix, step: Vector, bend: Vector) -> Matrix:
    inner = float(step @ bend)
    if inner <= 1e-10 * float(np.linalg.norm(step) * np.linalg.norm(bend)):
        return curvature
    moved = curvature @ step
    return curvature - np.outer(moved, moved) / float(step @ moved) + np.outer(bend, bend) / inner
