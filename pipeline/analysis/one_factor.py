"""One common factor by maximum likelihood: McDonald's omega, and whether one factor is enough."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from pipeline.core.errors import AnalysisError

Matrix = NDArray[np.floating]
_STEPS: Final = 200
_SLOPE: Final = 1e-10
_UNDETERMINED: Final = "the one-factor model is not determined by these responses"


@dataclass(frozen=True, eq=False)
class OneFactor:
    """The one-factor model of a set of items.

    Parameters
    ----------
    n : int
        Complete responses.
    loadings, uniquenesses : array
        Per item, in the units of the items, factor variance 1.
    omega, std_error, low, high : float
        McDonald's omega total with its delta-method interval.
    omega_standardised : float
        The same of the items divided by their standard deviations.
    chi2, df, p_value, cfi, rmsea : float
        Test and indices of fit; empty with three items, which always fit.
    """

    n: int
    loadings: Matrix
    uniquenesses: Matrix
    omega: float
    std_error: float
    low: float
    high: float
    omega_standardised: float
    chi2: float
    df: int
    p_value: float
    cfi: float
    rmsea: float


def one_factor(values: pd.DataFrame, level: float = 0.95) -> OneFactor:
    """Fit one factor to the complete responses.

    Parameters
    ----------
    values : DataFrame
        One row per response, one column per item, reversed items turned.
    level : float
        Confidence level.

    Raises
    ------
    AnalysisError
        With fewer than three items, no more complete responses than items, a singular covariance matrix, when the
        likelihood has no maximum with positive uniquenesses (a Heywood case), or does not determine the parameters.

    Notes
    -----
    Σ = λλ' + Ψ; minimises log|Σ| + tr(SΣ⁻¹) by scoring with the expected information, whose blocks are closed: 2(aa' +
    cΣ⁻¹), 2Σ⁻¹ diag(a), Σ⁻¹∘Σ⁻¹ with a = Σ⁻¹λ, c = λ'a. ω = (Σλ)² / ((Σλ)² + Σψ): McDonald (1999), Test Theory. χ² = n
    F, R's ``lavaan::cfa(std.lv = TRUE)``. Responses are taken as independent.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> factor = rng.normal(size=(400, 1))
    >>> found = one_factor(pd.DataFrame(factor + rng.normal(size=(400, 4))))
    >>> round(found.omega, 1)
    0.8
    """
    used = values.dropna().to_numpy(dtype=float)
    n, p = used.shape
    if p < 3 or n <= p:
        raise AnalysisError(f"one factor of {p} items from {n} complete responses", allowed="3 items, n > items")
    covariance = np.cov(used.T, bias=True)
    if not np.all(np.linalg.eigvalsh(covariance) > 1e-10 * np.trace(covariance)):
        raise AnalysisError("one factor is undefined: an item has no variance, or follows from the others")
    scale = np.sqrt(np.diag(covariance))
    # scoring works on correlations, so that items of different ranges cost no digits
    loadings, uniquenesses, discrepancy = _fit(covariance / np.outer(scale, scale))
    own, rest = loadings * scale, uniquenesses * scale**2
    omega = _omega(own, rest)
    error = _omega_error(own, rest, n)
    half = float(special.ndtri(0.5 + level / 2)) * error
    low, high = max(omega - half, 0.0), min(omega + half, 1.0)
    fit = _indices(covariance / np.outer(scale, scale), discrepancy, n)
    return OneFactor(n, own, rest, omega, error, low, high, _omega(loadings, uniquenesses), *fit)


def _fit(s: Matrix) -> tuple[Matrix, Matrix, float]:
    p = len(s)
    value, vector = np.linalg.eigh(s)
    loadings = vector[:, -1] * math.sqrt(max(float(value[-1]) - 1, 0.1)) * 0.9
    loadings *= 1.0 if loadings.sum() >= 0 else -1.0
    parameters = np.concatenate([loadings, np.maximum(1 - loadings**2, 0.1)])
    current, slope = _discrepancy(parameters, s), math.inf
    for _ in range(_STEPS):
        gradient, information = _derivatives(parameters, s)
        slope = float(np.max(np.abs(gradient)))
        if slope < _SLOPE:
            break
        step, length = _solved(information, gradient), 1.0
        while length > 1e-8:
            trial = parameters - length * step
            found = _discrepancy(trial, s)
            if found <= current + 1e-14:
                parameters, current = trial, found
                break
            length /= 2
        else:
            break
    if slope > 1e-6 or float(parameters[p:].min()) < 1e-4:
        raise AnalysisError("the one-factor model has no proper solution: a uniqueness tends to 0 (Heywood case)")
    return parameters[:p], parameters[p:], current


def _discrepancy(parameters: Matrix, s: Matrix) -> float:
    p = len(s)
    loadings, uniquenesses = parameters[:p], parameters[p:]
    if uniquenesses.min() <= 0:
        return math.inf
    sigma = np.outer(loadings, loadings) + np.diag(uniquenesses)
    log_ratio = np.linalg.slogdet(sigma)[1] - np.linalg.slogdet(s)[1]
    return float(log_ratio + np.trace(np.linalg.solve(sigma, s)) - p)


def _derivatives(parameters: Matrix, s: Matrix) -> tuple[Matrix, Matrix]:
    """Gradient of the discrepancy and its expected second derivative."""
    p = len(s)
    loadings, uniquenesses = parameters[:p], parameters[p:]
    sigma = np.outer(loadings, loadings) + np.diag(uniquenesses)
    inverse = np.linalg.inv(sigma)
    gap = inverse @ (sigma - s) @ inverse
    return np.concatenate([2 * gap @ loadings, np.diag(gap)]), _information(inverse, loadings)


def _information(inverse: Matrix, loadings: Matrix) -> Matrix:
    a = inverse @ loadings
    upper = 2 * (np.outer(a, a) + float(loadings @ a) * inverse)
    cross = 2 * inverse * a[None, :]
    return np.block([[upper, cross], [cross.T, inverse**2]])


def _solved(information: Matrix, slope: Matrix) -> Matrix:
    """Return the step; of few responses the information may be singular, and no step is then better than another."""
    try:
        return np.linalg.solve(information, slope)
    except np.linalg.LinAlgError:
        raise AnalysisError(_UNDETERMINED) from None


def _omega(loadings: Matrix, uniquenesses: Matrix) -> float:
    common = float(loadings.sum()) ** 2
    return common / (common + float(uniquenesses.sum()))


def _omega_error(loadings: Matrix, uniquenesses: Matrix, n: int) -> float:
    """The delta method; the information is n/2 times that of the discrepancy."""
    inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(uniquenesses))
    total, rest, p = float(loadings.sum()), float(uniquenesses.sum()), len(loadings)
    slope = np.concatenate([np.full(p, 2 * total * rest), np.full(p, -(total**2))]) / (total**2 + rest) ** 2
    variance = float(slope @ _solved(n / 2 * _information(inverse, loadings), slope))
    if not variance > 0:
        raise AnalysisError(_UNDETERMINED)
    return math.sqrt(variance)


def _indices(r: Matrix, discrepancy: float, n: int) -> tuple[float, int, float, float, float]:
    p = len(r)
    df = p * (p - 3) // 2
    if df == 0:
        return math.nan, 0, math.nan, math.nan, math.nan
    chi2, independent = n * discrepancy, -n * float(np.linalg.slogdet(r)[1])
    excess, worst = max(chi2 - df, 0.0), max(independent - p * (p - 1) / 2, chi2 - df, 0.0)
    cfi = 1 - excess / worst if worst > 0 else 1.0
    return chi2, df, float(special.chdtrc(df, chi2)), cfi, math.sqrt(excess / (df * n))
