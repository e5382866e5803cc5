"""Which further counts to hide, so that no sum of those shown gives back one that must not be known."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.report.suppression.audit import WIDTH, Solved, exposed
from pipeline.report.suppression.system import Counts, Key, parts


def protect(counts: Counts, width: int = WIDTH) -> set[Key]:
    """Return the units to hide: those that must be, and the cheapest others without which sums would give them back.

    Parameters
    ----------
    counts : Counts
        Counts and sums of the whole table.
    width : int
        Between the least and the greatest value a hidden count can have, or as near to it as its family allows.

    Notes
    -----
    Greedy: as long as a hidden count is too narrowly known, the cheapest shown count of one of its sums is hidden too
    (Hundepool et al. 2012, Statistical Disclosure Control, chapter 4). The least loss overall is not sought; that
    nothing can be solved for is checked by `audit.exposed` after every step.

    Examples
    --------
    >>> from pipeline.report.suppression.system import Cell
    >>> cells = {(name,): Cell(count, (name,), primary=count < 5, cost=count) for name, count in zip("abc", (3, 9, 40))}
    >>> sorted(protect(Counts(cells, [dict.fromkeys(cells, 1)], reasons={("a",): "count 1-4"})))
    [('a',), ('b',)]
    """
    hidden = set(counts.reasons)
    for part in parts(counts):
        hidden |= _protected(part, hidden & {cell.unit for cell in part.cells.values()}, width)
    return hidden


def _protected(part: Counts, first: set[Key], width: int) -> set[Key]:
    """Return what to hide of one part; what turns out not to have been needed is shown again, the dearest first."""
    hidden, cost = set(first), {cell.unit: cell.cost for cell in part.cells.values()}
    solved: Solved = {}
    while further := _further(part, hidden, width, solved):
        hidden |= further
    left = exposed(part, hidden, width, solved)
    for unit in sorted(hidden - first, key=lambda unit: (-cost[unit], unit)):
        if exposed(part, hidden - {unit}, width, solved) == left:
            hidden -= {unit}
    return hidden


def _further(part: Counts, hidden: set[Key], width: int, solved: Solved) -> set[Key]:
    """Return, for each exposed count, the cheapest shown one of the sums that lead to it through hidden counts."""
    chosen: set[Key] = set()
    for key in exposed(part, hidden, width, solved):
        near = {part.cells[k] for total in _leading_to(part, hidden, key) for k in total}
        # an empty one hides little: it comes last
        options = [(cell.value == 0, cell.cost, cell.unit) for cell in near if cell.unit not in hidden]
        chosen |= {min(options)[2]} if options else set()
    return chosen


def _leading_to(part: Counts, hidden: set[Key], key: Key) -> list[Mapping[Key, int]]:
    reached, todo, found = {key}, [key], dict[int, Mapping[Key, int]]()
    while todo:
        at = todo.pop()
        own = {i: total for i, total in enumerate(part.sums) if at in total and i not in found}
        found |= own
        fresh = {k for total in own.values() for k in total if part.cells[k].unit in hidden} - reached
        reached |= fresh
        todo += sorted(fresh)
    return list(found.values())
