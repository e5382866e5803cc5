"""Explanatory terms of a model as columns of numbers: treatment contrasts against the first level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.core.errors import AnalysisError

_COLLINEAR = 1e-10


@dataclass(frozen=True, eq=False)
class Terms:
    """Columns of a model without its constant: one row per observation; `term` says which term a column belongs to.

    `reference` names the levels without a column, as ``term=level``.
    """

    matrix: NDArray[np.float64]
    names: tuple[str, ...]
    term: tuple[str, ...]
    reference: tuple[str, ...] = ()

    @property
    def with_constant(self) -> NDArray[np.float64]:
        """The columns after a column of ones, for a linear model."""
        return np.column_stack([np.ones(len(self.matrix)), self.matrix])

    def everyone(self, term: str) -> dict[str, NDArray[np.float64]]:
        """Return the columns as they were if every observation had the same level of `term`, for each of its levels.

        The keys read ``term=level``, the reference first.
        """
        own = [j for j, t in enumerate(self.term) if t == term]
        base = [name for name in self.reference if name.startswith(f"{term}=")]
        if not base:
            raise AnalysisError(f"{term} has no levels in this model")
        found = {}
        for name, j in [(base[0], None), *((self.names[j], j) for j in own)]:
            matrix = self.matrix.copy()
            matrix[:, own] = 0
            if j is not None:
                matrix[:, j] = 1
            found[name] = matrix
        return found


def terms(frame: pd.DataFrame, wanted: Sequence[str], levels: Mapping[str, Sequence[object]] | None = None) -> Terms:
    """Return the columns of the terms `wanted`.

    Parameters
    ----------
    frame : DataFrame
        One row per observation; nothing missing in the columns of `wanted`.
    wanted : sequence of str
        Columns: numbers enter as they are, anything else as categories.
    levels : mapping of str to sequence, optional
        Order of the categories of a term; the first is the reference. Sorted where not given. Levels nobody has are
        left out.

    Returns
    -------
    Terms
        Columns named ``term=level``, or ``term`` for numbers.

    Raises
    ------
    AnalysisError
        When a value is missing, a level is not listed, or a column is a combination of the others.

    Examples
    --------
    >>> found = terms(pd.DataFrame({"role": ["a", "b", "a"], "age": [20.0, 30.0, 50.0]}), ["role", "age"])
    >>> found.names, found.matrix.tolist()
    (('role=b', 'age'), [[0.0, 20.0], [1.0, 30.0], [0.0, 50.0]])
    """
    columns: list[NDArray[np.float64]] = []
    names: list[str] = []
    belongs: list[str] = []
    reference: list[str] = []
    for term in wanted:
        if frame[term].isna().any():
            raise AnalysisError("a value is missing", place=f"term {term}", fix="leave those rows out, and count them")
        base, held = _columns(frame[term], term, (levels or {}).get(term))
        reference += [base] if base else []
        for name, column in held:
            columns.append(column)
            names.append(name)
            belongs.append(term)
    matrix = np.column_stack(columns) if columns else np.empty((len(frame), 0))
    found = Terms(matrix, tuple(names), tuple(belongs), tuple(reference))
    _refuse_collinear(found)
    return found


def _columns(
    values: pd.Series, term: str, order: Sequence[object] | None
) -> tuple[str | None, list[tuple[str, NDArray[np.float64]]]]:
    """Return the name of the reference (none for numbers), and the columns with their names."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values) and order is None:
        return None, [(term, values.to_numpy(dtype=float))]
    codes, present = pd.factorize(values, sort=order is None)
    if order is not None and set(present) - set(order):
        raise AnalysisError("a level is not listed", place=f"term {term}", allowed=", ".join(map(str, order)))
    ranked = list(present) if order is None else [level for level in order if level in set(present)]
    position = {level: i for i, level in enumerate(present)}
    named = [(f"{term}={level}", (codes == position[level]).astype(float)) for level in ranked]
    return (named[0][0] if named else None), named[1:]


def _refuse_collinear(found: Terms) -> None:
    """Name the first column that the constant and the columns before it already hold."""
    x = found.with_constant
    if x.shape[1] == 1 or not len(x):
        return
    scale = np.sqrt((x**2).sum(axis=0))
    gram = (x.T @ x) / np.outer(np.where(scale > 0, scale, 1), np.where(scale > 0, scale, 1))
    for j in range(1, x.shape[1]):
        before = np.linalg.lstsq(gram[:j, :j], gram[:j, j], rcond=None)[0]
        if gram[j, j] - gram[:j, j] @ before < _COLLINEAR:
            raise AnalysisError(f"{found.names[j - 1]} follows from the terms before it", fix="leave one of them out")
