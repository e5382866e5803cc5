"""The one gate between processed/ and everything that is published: no small group and no small count passes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.core.config import Params
from pipeline.core.errors import PipelineError
from pipeline.report.suppression import ledger as of_ledger
from pipeline.report.suppression.answers import of_all, of_answers
from pipeline.report.suppression.cells import count_reason, of_counts, of_groups, rows_of_people
from pipeline.report.suppression.events import nest, nest_quarters
from pipeline.report.suppression.protect import protect
from pipeline.report.suppression.specifications import coarsened, of_specifications
from pipeline.report.suppression.system import Cell, Counts, Key, small

_ESTIMATES: Final = {"outcome", "term", "group", "method", "n", "note"}
_LEDGER: Final = {"scope", "unit", "returned"}
_FACTS: Final = {"key", "value", "unit", "denominator"}
_HIDDEN: Final = ["outcome", "term", "group", "reason"]
_PEOPLE: Final = ("persons", "visits", "responses")


@dataclass(frozen=True, eq=False)
class Released:
    """A table that has passed the gate, and what the gate took out of it.

    Parameters
    ----------
    frame : DataFrame
        The rows that may be published; masked rows are still there, without numbers.
    hidden : DataFrame
        One row per masked row: outcome, term, group, reason ("n < 10", "n unknown", "count 1-4 or protects one").
    """

    frame: pd.DataFrame
    hidden: pd.DataFrame

    def only(self, rows: pd.Series) -> Released:
        """Return the rows where `rows` (boolean, of this index) is true, and what was hidden among them."""
        frame = self.frame[rows]
        if not len(self.hidden):
            return Released(frame, self.hidden)
        kept = set(zip(frame["outcome"], frame["term"], frame["group"], strict=True)) if "outcome" in frame else None
        own = [kept is None or row in kept for row in self.hidden[_HIDDEN[:3]].itertuples(index=False, name=None)]
        return Released(frame, self.hidden[own].reset_index(drop=True))


def not_of_people(frame: pd.DataFrame) -> Released:
    """Return a table that holds no people (items, findings, facts, figures of project.toml) as released whole."""
    return Released(frame, pd.DataFrame(columns=_HIDDEN))


def gate(frame: pd.DataFrame, params: Params, events: pd.DataFrame | None = None) -> Released:
    """Mask small groups and small counts, and as much more as keeps them from being worked out; release the rest.

    Parameters
    ----------
    frame : DataFrame
        Rows of contract `estimates`, `ledger` or `facts`; it is not changed. Best the whole table, once, and then
        `Released.only`: what two subsets gated apart hide need not fit together.
    params : Params
        `min_group_n`, the smallest group of which numbers are shown, and `min_count`, the smallest count of people
        (params.yaml).
    events : DataFrame, optional
        Contract `events`, which is public: with it, a small event is not given back by its action, quarter or year.

    Returns
    -------
    Released
        Every number of a masked row is empty, n included; only ci_level stays, and of estimates the note says why.

    Raises
    ------
    PipelineError
        When the frame is neither, so that it is not known what in it is a group.

    Notes
    -----
    Hidden first are (1) all rows of a group (of an outcome) with n below `min_group_n` or unknown, or in which a count
    or its complement lies between 1 and `min_count` - 1; (2) such counts among all respondents: an answer option, a
    reason for no answer, people who came so often or in a month; shares count, since share times n is a count. Then the
    cheapest others, until no hidden count can be narrowed to fewer than three values by adding and subtracting what is
    shown (`suppression.protect.protect`), totals being taken as known even where they are not printed.
    A count of 0 is shown, and so is the number who answered (n), without which no share can be printed. Things that are
    no people (events, organisations, actions, ideas, files, ties) are free.

    Examples
    --------
    >>> from pipeline.core.config import Params
    >>> rows = pd.DataFrame({"outcome": "q1", "term": "positive", "group": ["sex=a", "sex=b", "sex=c"], "note": None})
    >>> rows = rows.assign(method="wilson", unit="share", n=[30, 4, 12], estimate=[0.7, 0.5, 0.5])
    >>> released = gate(rows, Params())
    >>> released.frame["estimate"].tolist()
    [0.7, nan, nan]
    >>> released.hidden["reason"].tolist()
    ['n < 10', 'count 1-4 or protects one']
    """
    columns = set(frame.columns)
    if columns >= _ESTIMATES:
        return _estimates(frame, params, events)
    if columns >= _LEDGER:
        return _ledger(frame, params, events)
    if columns >= _FACTS:
        return _facts(frame, params)
    raise PipelineError(
        "the disclosure gate does not know what in this table is a group of people",
        allowed="rows of the contracts estimates, ledger and facts", fix="turn the numbers into estimates rows",
    )  # fmt: skip


def counts_of(frame: pd.DataFrame, params: Params, events: pd.DataFrame | None = None) -> Counts:
    """Return the counts of people the rows of `estimates` give, and the sums they make: what the gate reasons with."""
    counts = Counts()
    rows = rows_of_people(frame)
    plain = [row for row in rows if row.method == "count"]
    tried = [row for row in rows if row.term == "specification"]
    shares = [row for row in rows if row.method != "count" and row.term != "specification"]
    counts.add(of_counts(plain, params))
    counts.add(of_groups([row for row in shares if row.group != "all"], params))
    counts.add(of_answers([row for row in shares if row.group == "all"], params))
    counts.add(of_specifications(tried, params))
    _link(counts)
    nest_quarters(counts)
    if events is not None:
        nest(counts, events, params)
    return counts


def _link(counts: Counts) -> None:
    """Let the groups of a variable, and those in no group, add up to everybody: also a count that can be hidden."""
    for total in counts.sums:
        outcome, term, *groups = next(iter(total))
        everybody = of_all(counts, outcome, term) if groups[-1] == "count" else None
        if everybody is not None:
            _others(counts, total, everybody, (outcome, "own", groups[0]))
            total[everybody] = -1


def _others(counts: Counts, total: dict[Key, int], everybody: Key, contrasts: Key) -> None:
    """Add those in no group, of whom nothing is printed, unless a contrast with "all other answers" tells."""
    cells, told = counts.cells, any(key[:3] == contrasts for key in counts.cells)
    unit = (everybody[0], "in no group", *contrasts[1:])
    left = int(cells[everybody].high - sum(cells[key].high for key in total))
    count = cells[everybody].value - sum(cells[key].value for key in total)
    if not told and 0 <= count <= left and left > 0:
        key = next(iter(total))[:3] + unit
        cells[key], counts.reasons[unit], total[key] = Cell(count, unit, high=left), "not printed", 1


def _estimates(frame: pd.DataFrame, params: Params, events: pd.DataFrame | None) -> Released:
    reasons = _reasons(counts_of(frame, params, events), len(frame), params)
    masked = pd.Series([bool(reason) for reason in reasons], index=frame.index, dtype=bool)
    shown = coarsened(_without_numbers(frame, masked, keep={"ci_level"}))
    said = pd.Series(reasons, index=frame.index, dtype=object)
    shown["note"] = frame["note"].astype(object).mask(masked, said).astype("str")
    hidden = frame.loc[masked, ["outcome", "term", "group"]].assign(reason=said[masked])
    return Released(shown, hidden[_HIDDEN].drop_duplicates(ignore_index=True))


def _reasons(counts: Counts, rows: int, params: Params) -> list[str]:
    """Return per row why it is masked, or nothing."""
    reasons = [""] * rows
    for unit in sorted(protect(counts)):
        for position in counts.rows.get(unit, ()):
            reasons[position] = reasons[position] or counts.reasons.get(unit, count_reason(params))
    return reasons


def _ledger(frame: pd.DataFrame, params: Params, events: pd.DataFrame | None) -> Released:
    forms, items = of_ledger.of_events(frame, params, events), of_ledger.of_items(frame, params)
    reasons = _reasons(forms, len(frame), params)
    small_events = pd.Series([bool(reason) for reason in reasons], index=frame.index, dtype=bool)
    shown = _without_numbers(frame, small_events, keep=set())
    shown, units = _without_reasons(shown, items)
    rows = frame.loc[small_events, ["scope", "unit"]].set_axis(["term", "group"], axis=1)
    hidden = rows.assign(outcome="ledger", reason=[reason for reason in reasons if reason])
    told = pd.DataFrame(units, columns=["outcome", "group", "term"]).assign(reason=count_reason(params))
    return Released(shown, pd.concat([hidden, told], ignore_index=True)[_HIDDEN].drop_duplicates(ignore_index=True))


def _without_reasons(frame: pd.DataFrame, items: Counts) -> tuple[pd.DataFrame, list[Key]]:
    """Empty the single counts of items that are hidden, with the units they belong to."""
    units = sorted(protect(items))
    shown = frame.copy()
    for unit in units:
        for name in of_ledger.OF_OPTION if unit[2] == "ticks" else (unit[2],):
            for position in items.rows[unit]:
                if name in shown:
                    shown.iloc[position, shown.columns.get_loc(name)] = pd.NA
    return shown, units


def _facts(frame: pd.DataFrame, params: Params) -> Released:
    masked = pd.Series([_small_fact(row, params) for row in frame.to_dict("records")], index=frame.index, dtype=bool)
    keys = frame.loc[masked, "key"]
    hidden = pd.DataFrame({"outcome": "facts", "term": keys, "group": "all", "reason": count_reason(params)})
    return Released(_without_numbers(frame, masked, keep=set()), hidden[_HIDDEN].reset_index(drop=True))


def _small_fact(row: Mapping[str, object], params: Params) -> bool:
    """A planned or actual figure of project.toml is the project's own word, not a count of these data."""
    own = str(row.get("source")).startswith("project.toml")
    count, of = (row["n"], row["denominator"]) if row["unit"] == "share" else (row["value"], None)
    known = [None if pd.isna(number) else round(float(str(number))) for number in (count, of)]
    people = row["unit"] in (*_PEOPLE, "share") and not own
    return people and known[0] is not None and small(known[0], known[1], params.min_count)


def _without_numbers(frame: pd.DataFrame, rows: pd.Series, keep: set[str]) -> pd.DataFrame:
    numeric = [c for c in frame.columns if pd.api.types.is_numeric_dtype(frame[c]) and c not in keep]
    return frame.assign(**{c: frame[c].mask(rows) for c in numeric})
