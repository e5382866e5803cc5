"""Tables of answers that say the same: cell for cell, which is one delivery, or nearly, which a person should see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from pipeline.ingest.feedback import Batch
from pipeline.ingest.findings import Finding
from pipeline.ingest.response_digests import content_of, open_rows
from pipeline.ingest.second_delivery import Repeats

#: Rows, and different answers in them, from which on two tables are not the same cell for cell by accident.
_ROWS: Final = 6
_TWO: Final = 2
_FIX_SUSPECT: Final = "if it is the same file once more, delete one of them"
#: Different answers that two tables have in common by no accident.
_SUSPECT: Final = 3
#: Of the rows in common so many are different, and so many of the smaller table are in common.
_VARIED: Final = 0.5
_NEARLY: Final = 0.8


def same_tables(batches: Sequence[Batch], contents: pd.Series) -> Repeats:
    """Return the rows of tables that an earlier one has cell for cell, header and all.

    Two people may give one answer, and two pairs of people two; six rows of two different answers are one delivery.

    Parameters
    ----------
    batches : sequence of Batch
        One per table.
    contents : Series of int
        Digest of what each open row says, by batch and row: of another event, the same cells say something else.
    """
    found: Repeats = {}
    for later, first in _twins(batches).items():
        one, other = (contents.xs(number, level="batch") for number in (first, later))
        both = one.index.intersection(other.index)
        if len(both) >= _ROWS and one[both].nunique() >= _TWO and (one[both] == other[both]).all():
            found |= {(later, int(row)): (first, int(row)) for row in both}
    return found


def _twins(batches: Sequence[Batch]) -> dict[int, int]:
    """Return the first earlier table that has the very cells of one."""
    shapes: dict[tuple[object, ...], list[int]] = {}
    found = {}
    for number, batch in enumerate(batches):
        cells = batch.cells
        known = shapes.setdefault((cells.header, cells.rows.shape), [])
        first = next((n for n in known if batches[n].cells.rows.equals(cells.rows)), None)
        if first is None:
            known.append(number)
        else:
            found[number] = first
    return found


def suspects(batches: Sequence[Batch], repeats: Sequence[pd.Series]) -> list[Finding]:
    """Name tables that have most of their answers in common: no proof of a second delivery, but worth a look.

    So a sheet without times and numbers looks that was sorted anew, corrected in a cell, or given a further row, and
    one that was filed under a second event.
    """
    twins = _twins(batches)
    known: list[tuple[Batch, pd.Series]] = []
    said = []
    for number, (batch, repeat) in enumerate(zip(batches, repeats, strict=True)):
        left = content_of(batch).loc[open_rows(batch).difference(repeat.index)]
        counts = left[left != 0].value_counts()
        other = next((b for b, earlier in known if _is_most(counts, earlier)), None)
        known.append((batch, counts))
        if number in twins and len(left) >= _TWO:
            what = f"the very same rows as {batches[twins[number]].cells.place()}, cell for cell; counted as well"
            said.append(Finding("note", batch.cells.place(), what, fix=_FIX_SUSPECT))
        elif other is not None:
            what = (
                f"nearly the same answers as {other.cells.place()}, in another order or at other times; counted as well"
            )
            said.append(Finding("note", batch.cells.place(), what, fix=_FIX_SUSPECT))
    return said


def _is_most(counts: pd.Series, earlier: pd.Series) -> bool:
    """Return whether most of the smaller table is in the larger one, with answers too different for an accident."""
    smaller = min(counts.sum(), earlier.sum())
    common = pd.concat([counts, earlier], axis=1, join="inner").min(axis=1)
    # what half of a large table says is no sign
    rare = min(counts[common.index].sum(), earlier[common.index].sum()) * 2 >= max(
        counts[common.index].sum(), earlier[common.index].sum()
    )
    return rare and len(common) >= max(_SUSPECT, _VARIED * common.sum()) and common.sum() >= _NEARLY * smaller
