"""Separation: a term that parts low from high answers without overlap, so that no finite estimate exists."""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.analysis.pieces import Pieces
from pipeline.core.errors import AnalysisError

_ZERO: Final = 1e-7


def separated(parts: Pieces) -> np.ndarray:
    """Return a direction of the parameters along which the likelihood never falls; all zero where there is none.

    Parameters
    ----------
    parts : Pieces
        Of the model.

    Notes
    -----
    The likelihood rises for ever along d exactly when design @ d >= 0 and gap @ d >= 0 with one of them above 0: a
    linear programme, solved with |d| <= 1. Konis (2007), Linear programming algorithms for detecting separated data in
    binary logistic regression models, DPhil thesis, Oxford, carried over to thresholds.
    """
    from scipy.optimize import linprog  # noqa: PLC0415

    rises = np.unique(np.vstack([parts.design, parts.gap]), axis=0)
    found = linprog(-rises.sum(axis=0), A_ub=-rises, b_ub=np.zeros(len(rises)), bounds=(-1, 1), method="highs")
    direction = np.asarray(found.x) if found.status == 0 else np.zeros(rises.shape[1])
    return np.where(np.abs(direction) > _ZERO, direction, 0.0) if (rises @ direction).max() > _ZERO else direction * 0


def refuse_separation(parts: Pieces, names: tuple[str, ...]) -> None:
    """Raise where the answers are separated.

    Raises
    ------
    AnalysisError
        Naming the columns whose estimates would run to infinity.
    """
    direction = separated(parts)
    if direction.any():
        running = [n for n, d in zip(names, direction, strict=True) if d and "|" not in n.split("@")[0]]
        raise AnalysisError(
            f"separation: {', '.join(running) or 'the thresholds'} part low from high answers completely",
            fix="merge the level with another, or leave the term out; a finite estimate does not exist",
        )
