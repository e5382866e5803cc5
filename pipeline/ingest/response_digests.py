"""What a response says in all, as one number: rows that say the same have the same."""

from __future__ import annotations

import numpy as np
import pandas as pd
from pandas.util import hash_array

from pipeline.ingest.feedback import Batch


def open_rows(batch: Batch) -> pd.Index:
    """Return the rows that are not set aside."""
    return batch.cells.rows.index.difference(batch.quarantined.index)


def content_of(batch: Batch) -> pd.Series:
    """Return a 64-bit digest of everything a response says; what it leaves out does not count.

    Rows are compared only with rows of the same number or time, so that a chance collision (1 in 10^19) loses nobody.
    """
    return digest(pd.concat([batch.responses[["event_id", "role"]], batch.codes, batch.comments], axis=1))


def digest(said: pd.DataFrame) -> pd.Series:
    """Return a 64-bit number per row: the sum of the digests of its cells, so that the order of columns is nothing."""
    total = np.zeros(len(said), dtype="uint64")
    for name in said.columns:
        at, texts = pd.factorize(said[name])
        # one tool breaks lines, another does not: blanks tell no two responses apart
        plain = np.array([f"{name}={' '.join(str(text).split())}" for text in texts], dtype=object)
        digests = hash_array(plain, categorize=False)
        total += np.append(digests, np.uint64(0))[at]
    return pd.Series(total, index=said.index)
