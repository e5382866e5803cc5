"""What is true in the synthetic project.

The model, for visit v of person p to event e of action a, construct k and item i::

    eta[v, k]  = intercept[k] + action[a] + group[p] + event[e, k] + person[p, k]
    latent     = loading[i] * eta[v, k] + logistic noise
    code       = 1 + number of thresholds below latent        (6 - code where the item is reversed)
    responds   ~ Bernoulli(expit(response_intercept + response_slope * mean of eta over the primary constructs))

Action and group effects are fixed by `Truth`; event, person and item noise are drawn anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pipeline.simulate import plan


@dataclass(frozen=True)
class Construct:
    """A construct: its items' loadings, which of them are reversed, and in which eras it was not asked."""

    key: str
    intercept: float
    loadings: tuple[float, ...]
    items: tuple[str, ...]
    reversed_items: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    primary: bool = False


CONSTRUCTS: Final = (
    Construct("participation", -0.12, (1.0, 1.1, 0.9, 0.8), ("par1", "par2", "par3", "par4"), ("par4",), primary=True),
    Construct("self_initiative", -0.28, (1.1, 0.9, 1.0, 1.0), ("ini1", "ini2", "ini3", "ini4"), primary=True),
    Construct("community", 0.05, (1.0, 1.1, 0.9), ("com1", "com2", "com3")),
    Construct("influence", -0.45, (1.0, 1.0), ("inf1", "inf2")),
    Construct("work_life", -1.0, (1.0, 0.9), ("wrk1", "wrk2"), not_asked=("2016",)),
)
_ACTION: Final = {action.action_id: number for number, action in enumerate(plan.ACTIONS)}


@dataclass(frozen=True)
class Truth:
    """Every planted parameter; the defaults are the sample's. Effects and deviations are in logits."""

    constructs: tuple[Construct, ...] = CONSTRUCTS
    thresholds: tuple[float, float, float, float] = (-3.6, -2.3, 0.3, 2.6)
    action_effect: tuple[float, ...] = tuple(action.effect for action in plan.ACTIONS)
    action_group: tuple[int, ...] = tuple(plan.TARGET_GROUPS.index(a.target_group) for a in plan.ACTIONS)
    group_effect: tuple[float, ...] = (0.0, 0.4, -0.6, 0.3, -0.2, 0.3)
    group_mix: tuple[float, ...] = (0.45, 0.13, 0.14, 0.12, 0.08, 0.08)
    group_focus: float = 0.35
    event_sd: float = 0.7
    person_sd: float = 1.2
    correlation: float = 0.88
    dont_know: float = 0.06
    refused: float = 0.005
    skipped: float = 0.04
    response_intercept: float = -0.445
    response_slope: float = 0.35
    n_persons: int = 540
    n_planners: int = 100
    n_repeat_visits: int = 252
    organiser_share: float = 0.05
    stakeholder_share: float = 0.06
    swedish_share: float = 0.14
    paper_share: float = 0.31
    event_action: tuple[int, ...] = tuple(_ACTION[event.action_id] for event in plan.EVENTS)
    event_era: tuple[str, ...] = tuple(event.era for event in plan.EVENTS)
    event_weight: tuple[float, ...] = tuple(float(event.weight) for event in plan.EVENTS)
    event_planning: tuple[bool, ...] = tuple(event.planning for event in plan.EVENTS)

    @property
    def items(self) -> tuple[str, ...]:
        """Names of the items, construct by construct."""
        return tuple(item for construct in self.constructs for item in construct.items)

    @property
    def action_ids(self) -> tuple[str, ...]:
        """Identifiers of the actions."""
        return tuple(f"A{number:02d}" for number in range(1, len(self.action_effect) + 1))

    @property
    def event_ids(self) -> tuple[str, ...]:
        """Identifiers of the events, of one width."""
        width = max(2, len(str(len(self.event_action))))
        return tuple(f"E{number:0{width}d}" for number in range(1, len(self.event_action) + 1))

    def scaled(self, factor: int) -> Truth:
        """Return a project `factor` times as large: as many more events of the same actions, people and visits."""
        return replace(
            self,
            n_persons=self.n_persons * factor,
            n_planners=self.n_planners * factor,
            n_repeat_visits=self.n_repeat_visits * factor,
            event_action=self.event_action * factor,
            event_era=self.event_era * factor,
            event_weight=self.event_weight * factor,
            event_planning=self.event_planning * factor,
        )
