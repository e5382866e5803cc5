"""What somebody who adds and subtracts can learn of the hidden counts: the range each of them can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import ceil, floor, inf, isfinite
from typing import Final

from pipeline.report.suppression.system import Cell, Counts, Key, Sums

Range = tuple[float, float]
#: What was found for counts that share sums, by which they are: to be handed on while trying what else to hide.
Solved = dict[frozenset[Key], dict[Key, Range]]

#: A hidden count must be one of at least this many plus one for whoever adds and subtracts what is shown.
WIDTH: Final = 2


def exposed(counts: Counts, hidden: set[Key], width: int = WIDTH, solved: Solved | None = None) -> list[Key]:
    """Return the hidden counts that what is shown gives back: exactly, or as one of fewer than `width` + 1 values."""
    cells = counts.cells
    known = ranges(cells, counts.sums, {key for key, cell in cells.items() if cell.unit in hidden}, solved)
    return sorted(key for key, (low, high) in known.items() if high - low < _wanted(cells[key], width))


def _wanted(cell: Cell, width: int) -> float:
    return min(width, cell.high - cell.low)


def ranges(cells: Mapping[Key, Cell], sums: Sums, hidden: set[Key], solved: Solved | None = None) -> dict[Key, Range]:
    """Return the least and greatest value each hidden primary cell can have, given all that is shown.

    Parameters
    ----------
    cells : mapping
        All cells by key.
    sums : sequence of mappings
        Coefficients by key; the total of each is taken as known, also where no row shows it.
    hidden : set
        Keys that are not shown.
    solved : dict, optional
        What earlier calls with the same cells and sums found; added to.

    Returns
    -------
    dict
        (least, greatest) by key. Whole numbers only: integer programs (HiGHS, by scipy) where cells share several
        sums, by arithmetic where they share one.

    Examples
    --------
    >>> cells = {("a",): Cell(3, ("a",), primary=True), ("b",): Cell(9, ("b",)), ("c",): Cell(40, ("c",))}
    >>> ranges(cells, [dict.fromkeys(cells, 1)], {("a",), ("b",)})
    {('a',): (0, 12)}
    """
    wanted = {key for key in hidden if cells[key].primary}
    open_sums = [{key: c for key, c in total.items() if key in hidden} for total in sums]
    known: dict[Key, Range] = {key: (cells[key].low, cells[key].high) for key in wanted}
    for keys, own in _connected([total for total in open_sums if total]):
        sought = sorted(wanted & keys)
        if len(own) == 1:
            known.update({key: _by_arithmetic(cells, own[0], key) for key in sought})
        elif sought:
            found = {} if solved is None else solved
            if frozenset(keys) not in found:
                found[frozenset(keys)] = _by_program(cells, own, sorted(keys), sought)
            known.update(found[frozenset(keys)])
    return dict(sorted(known.items()))


def _connected(sums: Sums) -> Iterator[tuple[set[Key], list[Mapping[Key, int]]]]:
    """Yield the sums that share no cell with others, each once."""
    root: dict[Key, Key] = {}

    def find(key: Key) -> Key:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for total in sums:
        first, *others = total
        for key in others:
            root[find(key)] = find(first)
    parts: dict[Key, list[Mapping[Key, int]]] = {}
    for total in sums:
        own = parts.setdefault(find(next(iter(total))), [])
        if dict(total) not in own:
            own.append(dict(total))
    for own in parts.values():
        yield {key for total in own for key in total}, own


def _by_arithmetic(cells: Mapping[Key, Cell], total: Mapping[Key, int], key: Key) -> Range:
    """Return the range of one cell of one sum, from the bounds of the others in it."""
    rest = sum(c * cells[k].value for k, c in total.items())
    ends = [sorted((c * cells[k].low, c * cells[k].high)) for k, c in total.items() if k != key]
    own = sorted((rest - sum(e[0] for e in ends), rest - sum(e[1] for e in ends)))
    low, high = sorted(end / total[key] for end in own)
    cell = cells[key]
    return max(cell.low, ceil(low) if isfinite(low) else low), min(cell.high, floor(high) if isfinite(high) else high)


def _by_program(
    cells: Mapping[Key, Cell], sums: Sequence[Mapping[Key, int]], keys: Sequence[Key], sought: Iterable[Key]
) -> dict[Key, Range]:
    """Return the ranges of cells that several sums share, by integer programming."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415

    place = {key: i for i, key in enumerate(keys)}
    matrix = np.zeros((len(sums), len(keys)))
    for i, total in enumerate(sums):
        for key, coefficient in total.items():
            matrix[i, place[key]] = coefficient
    constant = matrix @ np.array([cells[key].value for key in keys])
    rules = LinearConstraint(matrix, constant, constant)
    bounds = Bounds([cells[key].low for key in keys], [cells[key].high for key in keys])

    def end(key: Key, sign: int) -> float:
        aim = np.zeros(len(keys))
        aim[place[key]] = sign
        found = milp(aim, constraints=rules, bounds=bounds, integrality=np.ones(len(keys)))
        return float(round(found.x[place[key]])) if found.x is not None else sign * -inf

    return {key: (end(key, 1), end(key, -1)) for key in sought}
