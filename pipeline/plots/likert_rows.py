"""What a diverging bar needs, taken from the contract tables: the scale, and counts per level and missing reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from pipeline.core import words
from pipeline.core.errors import ContractError
from pipeline.core.formats import label
from pipeline.plots.wording import why_empty, word

_METHOD: Final = "wilson"
_PLACE: Final = "figure likert"


@dataclass(frozen=True)
class Level:
    """One level of the scale, lowest first."""

    code: str
    label: str


@dataclass(frozen=True)
class Row:
    """One item as drawn: answers per level, missing answers per reason; `hidden` says why there is nothing to draw.

    Levels whose counts the disclosure gate hides are drawn together: `together` is the first of them and the one after
    the last, and the count of the first is that of all. A hidden missing reason is None. A `strong` row is bold.
    """

    label: str
    counts: tuple[int, ...]
    missing: dict[str, int | None]
    hidden: str | None = None
    strong: bool = False
    together: tuple[int, int] = (0, 0)

    @property
    def percents(self) -> list[float]:
        """Percentages of the answered, not rounded; all 0 where nobody answered."""
        return [100 * count / max(sum(self.counts), 1) for count in self.counts]

    @property
    def left(self) -> float:
        """Where the bar begins, so that the neutral middle (or the gap of an even scale) is centred on 0.

        Levels drawn together over the middle are centred themselves.
        """
        side, odd = divmod(len(self.counts), 2)
        first, end = self.together
        if first + (1 - odd) <= side < end:
            side, odd = first, 1
        return -float(sum(self.percents[:side])) - (self.percents[side] / 2 if odd else 0)


@dataclass(frozen=True)
class Counts:
    """Answers per level, and which levels are known together only (see `Row`)."""

    values: tuple[int, ...]
    together: tuple[int, int] = (0, 0)


def rows(estimates: pd.DataFrame, items: pd.DataFrame, levels: Sequence[Level], language: str, group: str) -> list[Row]:
    """Return one row per item of `items`, counted from the shares of `group`.

    Raises
    ------
    ContractError
        When an item has no estimates, or its shares are not counts of n.
    """
    used = estimates[(estimates["group"] == group) & (estimates["method"] == _METHOD)]
    return [_row(used, item, levels, language) for item in items.to_dict("records")]


def scale(items: pd.DataFrame, options: pd.DataFrame, language: str) -> list[Level]:
    """Return the levels that all `items` share, lowest first.

    Raises
    ------
    ContractError
        When there is no item, no scale, or more than one.
    """
    scales = {question: levels(options, question, language) for question in items["question"].unique()}
    distinct = list({tuple(own): own for own in scales.values()}.values())
    if len(distinct) != 1:
        raise ContractError(
            f"items of {len(distinct)} different scales: {', '.join(map(str, scales))}", place=_PLACE,
            allowed="items with the same response options", fix="draw one figure per scale",
        )  # fmt: skip
    if len(distinct[0]) < 2:
        raise ContractError(f"{', '.join(map(str, scales))}: fewer than two response options", place=_PLACE)
    return distinct[0]


def by_scale(items: pd.DataFrame, options: pd.DataFrame) -> list[pd.DataFrame]:
    """Return `items` in parts of one scale each, in order, as a figure can hold; items without a scale are left out.

    Examples
    --------
    >>> options = pd.DataFrame({"question": ["a", "a", "b", "b"], "code": ["1", "2", "0", "1"], "position": 1})
    >>> items = pd.DataFrame({"item": ["a", "b"], "question": ["a", "b"]})
    >>> [part["item"].tolist() for part in by_scale(items, options)]
    [['a'], ['b']]
    """
    scales = items["question"].map(lambda question: tuple(levels(options, question, words.LANGUAGES[0])))
    distinct = [own for own in dict.fromkeys(scales) if len(own) > 1]
    return [items[[own == scale for own in scales]] for scale in distinct]


def levels(options: pd.DataFrame, question: str, language: str) -> list[Level]:
    """Return the levels of a question's scale, lowest first; options that stand for a missing answer are none."""
    own = options[options["question"] == question].sort_values("position", kind="stable")
    own = own[own["missing_reason"].isna()] if "missing_reason" in own else own
    numbers = pd.to_numeric(own["code"], errors="coerce")
    if numbers.notna().all():  # an instrument may list "fully agree" first; right is always the high end
        own = own.loc[numbers.sort_values(kind="stable").index]
    return [Level(str(o["code"]), label(o, language, str(o["code"]))) for o in own.to_dict("records")]


def _row(used: pd.DataFrame, item: dict[Any, Any], levels: Sequence[Level], language: str) -> Row:
    own = used[used["outcome"] == item["item"]].set_index("term")
    terms = [f"code={level.code}" for level in levels]
    known = own[own.index.isin(terms)]
    if known.empty or known.index.has_duplicates:
        raise ContractError(
            f"item '{item['item']}' has {len(known)} rows of terms {terms[0]} ... {terms[-1]}", place=_PLACE
        )
    name, found = _name(item, levels, language), by_level(known, terms)
    if found is None:
        return Row(name, (0,) * len(terms), {}, why_hidden(known, language))
    if set(known["n"].dropna()) != {sum(found.values)}:
        raise ContractError(f"item '{item['item']}': the shares are not those of its n answers", place=_PLACE)
    missing = {r: None if _masked(own, f"missing={r}") else counted(own, f"missing={r}") for r in words.MISSING_REASONS}
    return Row(name, found.values, missing, together=found.together)


def by_level(shares: pd.DataFrame, terms: Sequence[str]) -> Counts | None:
    """Return the counts behind the shares `terms` (the index of `shares`), or None where they must not be drawn.

    Counts hidden by the disclosure gate are known together, as what is left of n; that may be drawn where two or more
    of them lie side by side. A single one would be given back.
    """
    masked = [i for i, term in enumerate(terms) if _masked(shares, term)]
    values = [counted(shares, term) for term in terms]
    if not masked:
        return Counts(tuple(values))
    n = shares["n"].max()
    if len(masked) < 2 or len(masked) != masked[-1] - masked[0] + 1 or pd.isna(n):
        return None
    values[masked[0]] = int(n) - sum(values)
    return Counts(tuple(values), (masked[0], masked[-1] + 1))


def why_hidden(shares: pd.DataFrame, language: str) -> str:
    """Return why counts are not drawn: the note of the first row without an estimate."""
    masked = shares[shares["estimate"].isna()]
    return why_empty(masked["note"].iloc[0] if "note" in masked and len(masked) else None, language)


def _masked(shares: pd.DataFrame, term: str) -> bool:
    """Whether there is a row without a share although somebody was asked."""
    if term not in shares.index or pd.notna(shares.at[term, "estimate"]):
        return False
    return bool(pd.isna(shares.at[term, "n"]) or shares.at[term, "n"] > 0)


def _name(item: dict[Any, Any], levels: Sequence[Level], language: str) -> str:
    """The item's text; a reversed item is drawn as answered, so the reader is told which end is the positive one."""
    name, turned = label(item, language, str(item["item"])), item.get("reversed")
    return f"{name} ({word('reversed', language, low=levels[0].label)})" if pd.notna(turned) and turned else name


def counted(rows: pd.DataFrame, term: str) -> int:
    """Return the cases behind the share `term` (the index of `rows`); a term without a row has none.

    Raises
    ------
    ContractError
        When the share is weighted, or of another n.
    """
    if term not in rows.index or rows.loc[term, ["estimate", "n"]].isna().any():
        return 0
    exact = float(rows.at[term, "estimate"]) * int(rows.at[term, "n"])
    if abs(exact - round(exact)) > 0.01:
        raise ContractError(f"{term}: the share is not a count of n", place=_PLACE, allowed="unweighted shares")
    return round(exact)


def missing_headers(drawn: Sequence[Row], items: pd.DataFrame, options: pd.DataFrame, language: str) -> dict[str, str]:
    """Return the header per reason that occurs, by the instrument's own label where it has one."""
    order = ("dont_know", *(r for r in words.MISSING_REASONS if r != "dont_know"))
    occurring = [reason for reason in order if any(row.missing.get(reason, 0) != 0 for row in drawn)]
    return {reason: _own_label(reason, items, options, language) for reason in occurring}


def _own_label(reason: str, items: pd.DataFrame, options: pd.DataFrame, language: str) -> str:
    fallback = word(reason, language)
    if "missing_reason" not in options:
        return fallback
    own = options[(options["missing_reason"] == reason) & options["question"].isin(items["question"])]
    labels = {label(o, language, fallback) for o in own.to_dict("records")}
    return labels.pop() if len(labels) == 1 else fallback
