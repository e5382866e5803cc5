"""Internal consistency of the items of a construct."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import special

from pipeline.analysis.estimates import Row, row


def cronbach_alpha(values: pd.DataFrame, construct: str, level: float = 0.95) -> Row:
    """Return Cronbach's alpha with Feldt's interval, from the responses that answered every item.

    Parameters
    ----------
    values : DataFrame
        One row per response, one column per item, in the items' units, reversed items turned.
    construct : str
        Name for the row.
    level : float
        Confidence level.

    Returns
    -------
    dict
        `estimates` row, term ``alpha``; empty estimate with a note where alpha is undefined (fewer than two items or
        three complete responses, or no variance).

    Notes
    -----
    alpha = p/(p-1) (1 - Σ var(item) / var(sum)). Interval: 1 - (1 - alpha) F with n-1 and (n-1)(p-1) degrees of
    freedom; Feldt, Woodruff and Salih (1987), Appl. Psychol. Meas. 11, 93-103. Agrees with R's ``psych::alpha``.

    Examples
    --------
    >>> frame = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 2, 3, 5]})
    >>> round(cronbach_alpha(frame, "c")["estimate"], 3)
    0.952
    """
    complete = values.dropna()
    n, p = complete.shape
    counts = {"n": n, "n_excluded": len(values) - n, "unit": "alpha"}
    total = complete.sum(axis=1).var(ddof=1) if n > 2 else 0.0
    if p < 2 or not total > 0:
        return row(construct, "alpha", "all", "cronbach", **counts, note="undefined: too few items or no variance")
    alpha = p / (p - 1) * (1 - complete.var(ddof=1).sum() / total)
    tails = np.array([(1 + level) / 2, (1 - level) / 2])
    low, high = 1 - (1 - alpha) * special.fdtri(n - 1, (n - 1) * (p - 1), tails)
    note = f"{p} items; the interval takes the responses as independent"
    limits = {"ci_low": float(low), "ci_high": float(high), "ci_level": level}
    return row(construct, "alpha", "all", "cronbach", **counts, estimate=float(alpha), **limits, note=note)
