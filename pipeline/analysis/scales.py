"""Scoring specifications of published scales, as data; a score bears a scale's name only when its conditions are met.

No item wording is kept here: the user brings the items, and where a scale needs one, the conversion table.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from pipeline.core.errors import AnalysisError


@dataclass(frozen=True)
class ScaleSpec:
    """How a scale is scored.

    Parameters
    ----------
    key, name : str
        Short and full name.
    n_items : int
        Items, in the order of the published form.
    minimum, maximum : float
        Range of an answer as given.
    reversed : tuple of int
        Positions (from 1) of items turned before adding.
    origin, multiplier : float
        Score = multiplier x sum over items of (answer - origin).
    min_answered : int
        Fewest answers that give a score; the others are taken as the person's own mean.
    official_only : bool
        The name is for the official wording only.
    needs_conversion : bool
        The raw score must be converted by the authors' table, which is not shipped.
    licence, citation : str
        Under which terms, and where from.
    verified : bool
        Every entry was read in a source; `unverified` names those that were not.
    """

    key: str
    name: str
    n_items: int
    minimum: float
    maximum: float
    reversed: tuple[int, ...]
    min_answered: int
    licence: str
    citation: str
    verified: bool
    unverified: tuple[str, ...] = ()
    origin: float = 0.0
    multiplier: float = 1.0
    official_only: bool = False
    needs_conversion: bool = False

    @property
    def score_range(self) -> tuple[float, float]:
        """Least and largest score before conversion."""
        low, high = (self.multiplier * self.n_items * (end - self.origin) for end in (self.minimum, self.maximum))
        return low, high


REGISTRY: Final[dict[str, ScaleSpec]] = {
    spec.key: spec
    for spec in (
        ScaleSpec(
            key="esis",
            name="Experiences of Social Inclusion Scale (Osallisuusindikaattori)",
            n_items=10,
            minimum=1,
            maximum=5,
            reversed=(),
            min_answered=10,
            licence="THL; official wording only, no adaptation; not for assessing individual clients",
            citation="Leemann et al. (2021), J. Human Dev. Capabilities, doi 10.1080/19452829.2021.1985440; thl.fi",
            verified=False,
            unverified=("recoding to 0-4 and the factor 2.5", "missing rule: complete answers are required here"),
            origin=1,
            multiplier=2.5,
            official_only=True,
        ),
        ScaleSpec(
            key="wemwbs",
            name="Warwick-Edinburgh Mental Well-being Scale",
            n_items=14,
            minimum=1,
            maximum=5,
            reversed=(),
            min_answered=11,
            licence="University of Warwick; registration required (one source says CC BY: the sources conflict)",
            citation="Tennant et al. (2007), Health Qual. Life Outcomes 5, 63; warwick.ac.uk",
            verified=False,
            unverified=("missing rule: three may be missing",),
            official_only=True,
        ),
        ScaleSpec(
            key="swemwbs",
            name="Short Warwick-Edinburgh Mental Well-being Scale",
            n_items=7,
            minimum=1,
            maximum=5,
            reversed=(),
            min_answered=7,
            licence="University of Warwick; registration required",
            citation="Stewart-Brown et al. (2009), Health Qual. Life Outcomes 7, 15; warwick.ac.uk",
            verified=False,
            unverified=("missing rule: complete answers are required here",),
            official_only=True,
            needs_conversion=True,
        ),
        ScaleSpec(
            key="pearlin_mastery",
            name="Pearlin Mastery Scale",
            n_items=7,
            minimum=1,
            maximum=4,
            reversed=(1, 2, 3, 5, 7),
            min_answered=7,
            licence="public domain",
            citation="Pearlin and Schooler (1978), J. Health Soc. Behav. 19, 2-21; cmu.edu",
            verified=False,
            unverified=("missing rule: complete answers are required here",),
        ),
        ScaleSpec(
            key="gse",
            name="General Self-Efficacy Scale",
            n_items=10,
            minimum=1,
            maximum=4,
            reversed=(),
            min_answered=7,
            licence="free with citation",
            citation="Schwarzer and Jerusalem (1995), in Weinman et al., Measures in Health Psychology, 35-37",
            verified=False,
            unverified=("licence",),
        ),
    )
}


def own_scale(key: str, items: pd.DataFrame, min_answered: int) -> ScaleSpec:
    """Return the specification of a project's own set of items: a mean in the units of the items.

    Parameters
    ----------
    key : str
        Its construct.
    items : DataFrame
        Rows of contract `items`, in order.
    min_answered : int
        Fewest answers that give a score.

    Raises
    ------
    AnalysisError
        When the items have different ranges, or the key is the name of a published scale.
    """
    if key in REGISTRY:
        raise AnalysisError(f"'{key}' is the name of a published scale", fix="declare it as such, or rename it")
    ranges = items[["minimum", "maximum"]].drop_duplicates()
    if len(ranges) != 1:
        raise AnalysisError("items of different ranges have no common mean", place=f"construct {key}")
    positions = tuple(i for i, turned in enumerate(items["reversed"].astype(bool), start=1) if turned)
    low, high = map(float, ranges.iloc[0])
    return ScaleSpec(
        key, key, len(items), low, high, positions, min_answered, "the project's own", "none: ad hoc items",
        verified=True, multiplier=1 / len(items),
    )  # fmt: skip


def unmet(
    spec: ScaleSpec, values: pd.DataFrame, official: bool = False, conversion: Mapping[float, float] | None = None
) -> list[str]:
    """Return the conditions of a scale's name that these answers do not meet."""
    faults = []
    if values.shape[1] != spec.n_items:
        faults.append(f"{values.shape[1]} items, not {spec.n_items}")
    given = values.to_numpy(dtype=float)
    outside = int(np.sum((given < spec.minimum) | (given > spec.maximum) | (given % 1 != 0) & ~np.isnan(given)))
    if outside:
        faults.append(f"{outside} answers are not whole numbers from {spec.minimum:g} to {spec.maximum:g}")
    if spec.official_only and not official:
        faults.append("the official wording is not declared")
    if spec.needs_conversion and not _covers(spec, conversion):
        faults.append("the authors' conversion table, from every raw score, is not given")
    return faults


def scale_score(
    spec: ScaleSpec, values: pd.DataFrame, official: bool = False, conversion: Mapping[float, float] | None = None
) -> pd.Series:
    """Return the score of every response, or refuse it the name of the scale.

    Parameters
    ----------
    spec : ScaleSpec
        From `REGISTRY`, or `own_scale`.
    values : DataFrame
        One row per response, one column per item in the published order, as answered: reversed items are turned here.
    official : bool
        The user declares that the official wording was used.
    conversion : mapping of float to float, optional
        Raw score -> published score.

    Returns
    -------
    Series of float
        Missing where too few items are answered; the missing answers of the others are the person's own mean.

    Raises
    ------
    AnalysisError
        Naming every condition that is not met.

    Examples
    --------
    >>> answers = pd.DataFrame([[1, 1, 1, 4, 1, 4, 1], [4] * 7])
    >>> scale_score(REGISTRY["pearlin_mastery"], answers).tolist()
    [28.0, 13.0]
    """
    faults = unmet(spec, values, official, conversion)
    if faults:
        raise AnalysisError(
            f"this is no {spec.name}: {'; '.join(faults)}",
            fix="meet the conditions, or report the items as the project's own",
        )
    given = values.astype(float)
    at = [i - 1 for i in spec.reversed]
    turned = given.copy()
    turned.iloc[:, at] = spec.minimum + spec.maximum - given.iloc[:, at]
    enough = turned.notna().sum(axis=1) >= max(spec.min_answered, 1)
    score = (turned.mean(axis=1) - spec.origin) * spec.n_items * spec.multiplier
    score = score.where(enough)
    # a sum that holds an imputed answer is in no table: it stays empty
    return score.round(9).map(dict(conversion)) if spec.needs_conversion and conversion else score


def _covers(spec: ScaleSpec, conversion: Mapping[float, float] | None) -> bool:
    low, high = spec.score_range
    return conversion is not None and all(
        math.isfinite(conversion.get(raw, math.nan)) for raw in range(int(low), int(high) + 1)
    )
