"""Adaptive quadrature over two nested random intercepts: events within actions, persons within events.

The contribution of an outer unit is the integral over its effect u of φ(u) Π ∫ φ(w) Π F(t + side (s₁ u + s₂ w)) dw, the
product over its inner units. The outer rule is centred at the joint mode and scaled by the curvature left when the
inner effects follow; at every outer node each inner rule is centred at its own conditional mode (Pinheiro and Chao,
2006, J. Comput. Graph. Stat. 15, 58-81). The gradient is Fisher's identity under the same rule, with the nodes held: it
differs from that of the moving rule by the error of the quadrature.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

from pipeline.analysis.pieces import Pieces
from pipeline.analysis.quadrature import LOGITS, Grouped, Posterior, gap_part, grouped, hermite, log_sum
from pipeline.core.errors import AnalysisError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Index = NDArray[np.int64]

_ROUNDS = 200


@dataclass(frozen=True, eq=False)
class Nested:
    """Pieces sorted by inner unit, and the outer unit each inner unit lies in (sorted too)."""

    inner: Grouped
    outer: Index

    @cached_property
    def starts(self) -> Index:
        """First inner unit of each outer unit."""
        return np.flatnonzero(np.diff(self.outer, prepend=-1))

    def sums(self, values: Matrix) -> Matrix:
        """Return sums over the inner units of each outer unit."""
        return np.add.reduceat(values, self.starts, axis=0)


def nest(parts: Pieces, outer: Index, inner: Index) -> tuple[Nested, Index]:
    """Return pieces nested in inner and outer units, and the inner unit of each observation as numbered there.

    Units of the same name in two outer units are two units.
    """
    key, number = np.unique(outer * (int(inner.max()) + 1) + inner, return_inverse=True)
    return Nested(grouped(parts, number), key // (int(inner.max()) + 1)), number


class NestedMarginal:
    """Log-likelihood with both levels integrated out, and its gradient in (fixed, log outer sd, log inner sd)."""

    def __init__(self, data: Nested, nodes: int) -> None:
        self.data = data
        self.x, self.log_weight = hermite(nodes)
        self.u, self.w = np.zeros(len(data.starts)), np.zeros(len(data.outer))

    def __call__(self, parameters: Vector) -> tuple[float, Vector]:
        """Return log-likelihood and gradient."""
        fixed, sd = parameters[:-2], np.exp(parameters[-2:])
        gaps, gap_gradient = gap_part(self.data.inner, fixed)
        if not np.isfinite(gaps) or np.any(sd < 1e-8) or np.any(sd > 50):
            return -np.inf, np.zeros(len(parameters))
        each, outer, inner, miss, u, w = self._at_nodes(fixed, sd)
        # probability of each pair of nodes, given the answers of the outer unit
        pair = outer[self.data.outer][:, :, None] * inner
        gradient = self._gradient(sd, pair, miss, u, w)
        gradient[:-2] += gap_gradient
        return gaps + float(each.sum()), gradient

    def posterior(self, parameters: Vector) -> Posterior:
        """Return what the answers say about the outer effects, were the parameters known."""
        _, weight, _, _, u, _ = self._at_nodes(parameters[:-2], np.exp(parameters[-2:]))
        return Posterior.of(weight, u)

    def outer_slopes(self, parameters: Vector) -> Matrix:
        """Return how each outer effect sd · mean changes with (fixed, log sds), by central differences."""
        rows = []
        for j in range(len(parameters)):
            step = np.zeros(len(parameters))
            step[j] = 1e-4
            ahead, behind = (np.exp(at[-2]) * self.posterior(at).mean for at in (parameters + step, parameters - step))
            rows.append((ahead - behind) / 2e-4)
        return np.array(rows).T

    def _at_nodes(self, fixed: Vector, sd: Vector) -> tuple[Vector, Matrix, Matrix, Matrix, Matrix, Matrix]:
        data, inner = self.data, self.data.inner
        base = inner.design @ fixed
        precision = self._joint_mode(base, sd)
        u = self.u[:, None] + np.sqrt(2 / precision)[:, None] * self.x
        shifted = base[:, None] + (inner.side * sd[0])[:, None] * u[data.outer][inner.cluster]
        centre, tight = self._inner_modes(shifted, sd[1])
        w = centre[:, :, None] + np.sqrt(2 / tight)[:, :, None] * self.x
        t = shifted[:, :, None] + (inner.side * sd[1])[:, None, None] * w[inner.cluster]
        hit = special.expit(t)
        log_hit = np.where(t < -700, t, np.log(np.maximum(hit, 1e-304)))
        within = inner.sums(inner.weight[:, None, None] * log_hit) + self.log_weight - w**2 / 2
        within_each = log_sum(within)
        log_scale = -0.5 * np.log(np.pi * tight)
        across = data.sums(within_each + log_scale) + self.log_weight - u**2 / 2
        across_each = log_sum(across)
        each = across_each - 0.5 * np.log(np.pi * precision)
        posterior = np.exp(across - across_each[:, None])
        return each, posterior, np.exp(within - within_each[:, :, None]), 1 - hit, u, w

    def _joint_mode(self, base: Vector, sd: Vector) -> Vector:
        """Move u and w to their joint mode; return the outer precision left when w follows u."""
        data, inner = self.data, self.data.inner
        for _ in range(_ROUNDS):
            shift = sd[0] * self.u[data.outer] + sd[1] * self.w
            miss = special.expit(-(base + inner.side * shift[inner.cluster]))
            pull = inner.sums(inner.weight * inner.side * miss)
            curved = inner.sums(inner.weight * miss * (1 - miss))
            below = 1 + sd[1] ** 2 * curved
            tie, down = sd[0] * sd[1] * curved / below, sd[1] * pull - self.w
            precision = 1 + data.sums(sd[0] ** 2 * curved / below)
            up = (data.sums(sd[0] * pull - tie * down) - self.u) / precision
            side = down / below - tie * up[data.outer]
            longest = max(float(np.abs(up).max()), float(np.abs(side).max()))
            part = min(1.0, LOGITS / max(longest * float(sd.max()), 1e-300))
            self.u, self.w = self.u + part * up, self.w + part * side
            if longest < 1e-9:
                return precision
        raise AnalysisError("the modes of the random effects were not found")

    def _inner_modes(self, shifted: Matrix, sd: float) -> tuple[Matrix, Matrix]:
        inner = self.data.inner
        mode = np.repeat(self.w[:, None], len(self.x), axis=1)
        side, weight = (inner.side * sd)[:, None], inner.weight[:, None]
        for _ in range(_ROUNDS):
            miss = special.expit(-(shifted + side * mode[inner.cluster]))
            precision = 1 + sd**2 * inner.sums(weight * miss * (1 - miss))
            step = np.clip((inner.sums(weight * side * miss) - mode) / precision, -LOGITS / sd, LOGITS / sd)
            mode = mode + step
            if float(np.abs(step).max()) < 1e-6:  # any centre near the mode serves the quadrature
                return mode, precision
        raise AnalysisError("the modes of the random effects were not found")

    def _gradient(self, sd: Vector, pair: Matrix, miss: Matrix, u: Matrix, w: Matrix) -> Vector:
        inner = self.data.inner
        weighed = pair[inner.cluster] * miss
        by_outer = weighed.sum(axis=2)
        part = inner.weight * by_outer.sum(axis=1)
        push = inner.weight * inner.side
        first = sd[0] * float(push @ (by_outer * u[self.data.outer][inner.cluster]).sum(axis=1))
        second = sd[1] * float(push @ np.einsum("ijk,ijk->i", weighed, w[inner.cluster]))
        return np.concatenate([part @ inner.design, [first, second]])
