"""What a claim speaks of: the number behind a subject, with its interval, base, kind and design."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from pipeline.core.claims import Subject
from pipeline.core.config import Project
from pipeline.core.errors import ConfigError
from pipeline.report.disclosure import Released

#: Which of several intervals of one result is quoted, best first.
_QUOTED: Final = ("cluster_logit_t", "wilson_icc", "wilson", "cr2_satterthwaite", "count")
#: Outcome that holds where all primary outcomes are positive.
_ALL_PRIMARY: Final = "both_primary"
#: Methods whose shares are differences of shares: said in points, and they may be below 0.
_DIFFERENCES: Final = ("paired_change", "dominance_jackknife")
_DIFFERENCE: Final = "share difference"
_SHARE_FACT: Final = "share_positive_"


@dataclass(frozen=True)
class Quantity:
    """One number a claim speaks of.

    Parameters
    ----------
    value, low, high : float
        The number and its interval; NaN where there is none, or where the gate hides it.
    n : int or None
        Its base.
    unit : str
        share, share difference, persons ...
    kind : {"exact", "approximate", "at_least", "indirect"}
        How sure a count is.
    outcomes : tuple of str
        What it measures; empty for counts.
    hidden : bool
        Whether the disclosure gate keeps it back.
    source : str
        Row it comes from.
    """

    value: float
    low: float
    high: float
    n: int | None
    unit: str
    kind: str
    outcomes: tuple[str, ...]
    hidden: bool
    source: str

    @property
    def has_interval(self) -> bool:
        """Whether both limits are known."""
        return pd.notna(self.low) and pd.notna(self.high)

    @property
    def is_share(self) -> bool:
        """Whether it is printed as a percentage."""
        return self.unit == "share"


@dataclass(frozen=True)
class Numbers:
    """All that may be quoted.

    Parameters
    ----------
    estimates : Released
        The whole `estimates` table as it left the disclosure gate.
    facts : DataFrame
        Contract table `facts`.
    items : DataFrame
        Contract table `items`, for the designs.
    project : Project
        For the primary outcomes.
    """

    estimates: Released
    facts: pd.DataFrame
    items: pd.DataFrame
    project: Project
    _facts: Mapping[str, Quantity] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        found = {row["key"]: _of_fact(row, self.project) for row in self.facts.to_dict("records")}
        object.__setattr__(self, "_facts", found)

    def all_facts(self) -> Mapping[str, Quantity]:
        """Return every fact by its key."""
        return self._facts

    def fact(self, key: str, place: str) -> Quantity:
        """Return a fact; a key that does not exist is an error naming the nearest ones."""
        if key not in self._facts:
            raise _unknown("fact", key, self._facts, place)
        return self._facts[key]

    def of(self, subject: Subject, place: str) -> Quantity:
        """Return the number a subject names.

        Raises
        ------
        ConfigError
            When no row of estimates, or no fact, is what it names: with the nearest that exist.
        """
        if subject.fact is not None:
            return self.fact(subject.fact, place)
        rows = self.estimates.frame
        for column in ("outcome", "term", "group"):
            wanted = getattr(subject, column)
            found = rows[rows[column] == wanted]
            if found.empty:
                raise _unknown(column, wanted, rows[column].unique(), place)
            rows = found
        return self._quantity(_quoted(rows, subject, place))

    def designs(self, quantity: Quantity) -> tuple[str, ...]:
        """Return the designs of the items behind a number; none for a count."""
        names = ("item", "question", "construct")
        of_it = pd.concat([self.items[name].isin(list(quantity.outcomes)) for name in names], axis=1).any(axis=1)
        return tuple(sorted(self.items.loc[of_it, "design"].dropna().unique()))

    def _quantity(self, row: Mapping[str, Any]) -> Quantity:
        outcome = row["outcome"]
        outcomes = self.project.primary if outcome == _ALL_PRIMARY else (outcome.split("/")[0],)
        unit = _DIFFERENCE if row["method"] in _DIFFERENCES else str(row["unit"] or "")
        return Quantity(
            value=_float(row["estimate"]), low=_float(row["ci_low"]), high=_float(row["ci_high"]),
            n=None if pd.isna(row["n"]) else int(row["n"]), unit=unit, kind="exact",
            outcomes=outcomes, hidden=bool(pd.isna(row["estimate"])),
            source=f"{outcome}, {row['term']}, {row['group']}, {row['method']}",
        )  # fmt: skip


def _quoted(rows: pd.DataFrame, subject: Subject, place: str) -> Mapping[str, Any]:
    methods = rows["method"].tolist()
    wanted = (
        [subject.method] if subject.method else [m for m in _QUOTED if m in methods] or methods[: len(methods) == 1]
    )
    # a clustered interval may be undefined where there is one event: then the next in line
    usable = [m for m in wanted if pd.notna(rows.loc[rows["method"] == m, "ci_low"]).any()] or wanted
    found = rows[rows["method"].isin(usable[:1])]
    if found.empty:
        raise ConfigError("the method to quote is not clear", place=place, allowed=", ".join(sorted(methods)))
    return dict(found.iloc[0])


def _of_fact(row: Mapping[str, Any], project: Project) -> Quantity:
    key = str(row["key"])
    outcome = key.removeprefix(_SHARE_FACT) if key.startswith(_SHARE_FACT) else ""
    outcomes = project.primary if outcome == _ALL_PRIMARY else (outcome,) if outcome else ()
    base = row["denominator"] if pd.notna(row["denominator"]) else row["n"]
    return Quantity(
        value=_float(row["value"]), low=_float(row["ci_low"]), high=_float(row["ci_high"]),
        n=None if pd.isna(base) else int(base), unit=str(row["unit"]), kind=str(row["kind"]), outcomes=outcomes,
        hidden=bool(pd.isna(row["value"])), source=f"fact {key}",
    )  # fmt: skip


def _float(value: Any) -> float:
    return float("nan") if pd.isna(value) else float(value)


def _unknown(what: str, wanted: str, known: Iterable[str], place: str) -> ConfigError:
    names = sorted(map(str, known))
    near = difflib.get_close_matches(wanted, names, n=5, cutoff=0.4) or names[:8]
    return ConfigError(f"there is no {what} '{wanted}'", place=place, allowed=", ".join(near) + ", ...")
