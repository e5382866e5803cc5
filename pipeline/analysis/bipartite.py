"""Two-mode networks as 0/1 arrays: who is between whom, and what chance alone would tie together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pipeline.core.errors import AnalysisError

Array = NDArray[np.float64]
Ties = NDArray[np.int64]


def betweenness(ties: ArrayLike) -> Array:
    """Return the betweenness of every row node: the pairs of nodes (of either kind) whose shortest ways lead over it.

    Parameters
    ----------
    ties : array (rows, columns)
        1 where row node and column node are tied.

    Returns
    -------
    array (rows,)
        Each pair counts once, shared among its shortest ways; not normalised.

    Notes
    -----
    Freeman (1977), Sociometry 40, 35-41; Brandes (2001), J. Math. Sociol. 25, 163-177, all sources at once.

    Examples
    --------
    >>> betweenness([[1, 1], [1, 0], [0, 1]]).tolist()  # the first organisation joins two actions
    [4.0, 0.0, 0.0]
    """
    b = _as_ties(ties).astype(float)
    rows, columns = b.shape
    graph = np.zeros((rows + columns, rows + columns))
    graph[:rows, rows:], graph[rows:, :rows] = b, b.T
    distance, ways = _shortest(graph)
    share = np.zeros_like(graph)
    for step in range(int(distance.max()), 0, -1):
        # what a node passes on: its own end and all beyond it, by its part of the ways
        onward = np.where(distance == step, (1 + share) / np.where(ways > 0, ways, 1), 0.0)
        share += np.where(distance == step - 1, ways * (onward @ graph), 0.0)
    np.fill_diagonal(share, 0.0)
    return np.asarray(share.sum(axis=0)[:rows] / 2)


def _shortest(graph: Array) -> tuple[Array, Array]:
    """Return distances (-1 where there is no way) and numbers of shortest ways, source by node."""
    n = len(graph)
    distance, ways = np.where(np.eye(n) > 0, 0, -1), np.eye(n)
    front, step = np.eye(n), 0
    while True:
        step += 1
        front = np.where(distance < 0, front @ graph, 0.0)
        if not front.any():
            return distance, ways
        distance[front > 0] = step
        ways += front


def together(ties: ArrayLike) -> Ties:
    """Return in how many columns each pair of rows meets, shape (rows, rows), the diagonal being 0.

    Examples
    --------
    >>> together([[1, 1, 0], [1, 1, 1]]).tolist()
    [[0, 2], [2, 0]]
    """
    b = _as_ties(ties)
    meetings = b @ b.T
    np.fill_diagonal(meetings, 0)
    return meetings


def same_degrees(ties: ArrayLike, samples: int, seed: int) -> Iterator[Ties]:
    """Yield networks drawn evenly from all those in which every node has as many ties as in `ties`.

    Parameters
    ----------
    ties : array (rows, columns)
        The network as it is.
    samples : int
        How many to draw.
    seed : int
        Seed of the random numbers: the same seed gives the same networks.

    Notes
    -----
    The bipartite configuration model with fixed degrees, by the curveball algorithm: two columns trade the row nodes
    that only one of them has. Strona et al. (2014), Nature Commun. 5, 4114; uniform by Carstens (2015), Phys. Rev. E
    91, 042812. Five trades per column between draws, ten times as many before the first.

    Examples
    --------
    >>> drawn = next(same_degrees([[1, 1, 0], [0, 1, 1], [1, 0, 0]], 1, seed=1))
    >>> drawn.sum(axis=0).tolist(), drawn.sum(axis=1).tolist()
    ([2, 2, 1], [2, 2, 1])
    """
    b = _as_ties(ties)
    rng = np.random.default_rng(seed)
    # trades between sets of nodes: those of the smaller side hold more of what there is to trade
    turned = b.shape[1] > b.shape[0]
    held = [set(np.flatnonzero(line).tolist()) for line in (b if turned else b.T)]
    for number in range(samples):
        _trade(held, 5 * len(held) * (10 if number == 0 else 1), rng)
        drawn = np.zeros((len(held), b.shape[1] if turned else b.shape[0]), dtype=np.int64)
        for i, nodes in enumerate(held):
            drawn[i, list(nodes)] = 1
        yield drawn if turned else drawn.T


def _trade(held: list[set[int]], trades: int, rng: np.random.Generator) -> None:
    if len(held) < 2:
        return
    first, step = rng.integers(len(held), size=trades), rng.integers(1, len(held), size=trades)
    for i, j in zip(first.tolist(), ((first + step) % len(held)).tolist(), strict=True):
        mine, theirs = sorted(held[i] - held[j]), sorted(held[j] - held[i])
        if mine and theirs:
            pool = rng.permutation(mine + theirs).tolist()
            common = held[i] & held[j]
            held[i], held[j] = common | set(pool[: len(mine)]), common | set(pool[len(mine) :])


def _as_ties(ties: ArrayLike) -> Ties:
    b = np.asarray(ties)
    if b.ndim != 2 or not np.isin(b, (0, 1)).all():
        raise AnalysisError("a two-mode network is a table of zeros and ones")
    return b.astype(np.int64)
