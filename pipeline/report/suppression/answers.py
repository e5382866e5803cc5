"""The counts in the answers of everybody: which option, which reason for none, better, same and worse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pipeline.core.config import Params
from pipeline.report.suppression.cells import Row, count_reason
from pipeline.report.suppression.system import Cell, Counts, Key, small

#: Names under which different analyses print the same count.
_SAME: Final = {
    "share_positive": "positive", "most": "positive", "change=up": "positive", "change=down": "negative",
    "change=same": "neutral",
}  # fmt: skip
_THREE: Final = ("negative", "neutral", "positive")
#: What these methods make of a change depends on its direction only (the sign test prints a rank correlation too).
_SIGNS: Final = ("dominance_jackknife",)
_PAIR: Final = ("before ", "now ")


def of_answers(rows: list[Row], params: Params) -> Counts:
    """Return the counts of answers among all respondents, and the sums they make.

    Every share of an item or an outcome gives a count; the same count stands in several rows (as a share of those who
    answered and of those asked, with two intervals, as "positive" and as "change=up"). The number who answered at all
    is not protected: no share can be printed without it; a lone reason for no answer is that number.
    """
    counts = Counts()
    by_outcome: dict[str, list[Row]] = {}
    for row in rows:
        by_outcome.setdefault(row.outcome, []).append(row)
    for outcome, own in by_outcome.items():
        counts.add(_of_outcome(outcome, own, params))
    return counts


def _of_outcome(outcome: str, rows: list[Row], params: Params) -> Counts:
    counts, names = Counts(), _names(rows)
    shares = {names[name]: (count, of) for row in rows for name, count, of in sorted(row.shares, key=_base)}
    lone = {name for name in shares if name.startswith("missing=")}
    lone = lone if len(lone) == 1 else set()
    for name, (count, of) in shares.items():
        unit, hidden = (outcome, "all", name), name not in lone and small(count, of, params.min_count)
        counts.cells[unit] = Cell(count, unit, high=of, primary=hidden, cost=of + count)
        counts.reasons.update({unit: count_reason(params)} if hidden else {})
    for row in rows:
        for name in _told(row, names, list(shares)):
            counts.rows[outcome, "all", name].add(row.position)
    counts.sums = [{(outcome, "all", name): c for name, c in total.items()} for total in _sums(shares)]
    _of_both_asked(outcome, rows, shares, params, counts)
    return counts


def _base(share: tuple[str, int, int]) -> int:
    return -share[2]


def _names(rows: list[Row]) -> dict[str, str]:
    """Return one name for each term: two names of one count only where the counts agree."""
    given = {name: (count, of) for row in rows for name, count, of in row.shares}
    kept = {name: name.removesuffix(" of asked") for name in given}
    for name, same in _SAME.items():
        first = next((other for other in (same, *_SAME) if other in given and _SAME.get(other, same) == same), name)
        if name in given and given[name] == given[first]:
            kept[name] = first
    return kept


def _told(row: Row, names: Mapping[str, str], cells: list[str]) -> list[str]:
    """Return the counts a row would give away, alone or with rows that are shown."""
    if row.shares:
        return [names[name] for name, _, _ in row.shares]
    if row.method == "paired_change":
        asked = row.term.endswith(" of asked")
        return [cell for cell in cells if cell.startswith(_PAIR) and (asked or cell.endswith(" " + row.term))]
    if row.term == "change":  # means and ranks are functions of the whole distribution, signs of better and worse only
        signs = row.method in _SIGNS
        return [c for c in cells if not c.startswith("missing=") and not (signs and "code=" in c)]
    told = names.get(row.term) or names.get("share_positive") or names.get("positive")
    return [told] if told else []


def _sums(shares: Mapping[str, tuple[int, int]]) -> list[dict[str, int]]:
    """Return what adds up: options to those who answered, reasons to those who did not, three directions to all."""
    starts = ("code=", "before code=", "now code=", "missing=")
    families = [[name for name in shares if name.startswith(start)] for start in starts]
    three = [next((n for n in shares if _SAME.get(n, n) == name), None) for name in _THREE]
    known = [name for name in three if name is not None]
    adds_up = len(known) == 3 and sum(shares[n][0] for n in known) == shares[known[0]][1]
    sums = [dict.fromkeys(family, 1) for family in families if family]
    return sums + ([dict.fromkeys(known, 1)] if adds_up else []) + (_directions(known, shares) if adds_up else [])


def _directions(three: list[str], shares: Mapping[str, tuple[int, int]]) -> list[dict[str, int]]:
    """Return "negative" as the sum of the lowest codes, and so on, where the counts bear it out."""
    codes = [name for name in shares if name.startswith("code=") and name[5:].lstrip("-").isdigit()]
    codes.sort(key=lambda name: int(name[5:]))
    lowest, middle, highest = three
    # a reversed item begins with the positive codes
    for ends in ((lowest, middle, highest), (highest, middle, lowest)):
        for start in range(len(codes) + 1):
            for end in range(start, len(codes) + 1):
                parts = codes[:start], codes[start:end], codes[end:]
                if [sum(shares[name][0] for name in part) for part in parts] == [shares[name][0] for name in ends]:
                    return [{**dict.fromkeys(part, 1), whole: -1} for whole, part in zip(ends, parts, strict=True)]
    return []


def of_all(counts: Counts, outcome: str, term: str) -> Key | None:
    """Return the count among all respondents of what a term counts in groups, where the table has it."""
    names = (term, _SAME.get(term, term), *_SAME) if term in (*_SAME, "own") else (term,)
    names = ("share_positive", "positive", *_SAME) if term == "own" else names
    return next((key for name in names if (key := (outcome, "all", name)) in counts.cells), None)


def _of_both_asked(
    outcome: str, rows: list[Row], shares: Mapping[str, tuple[int, int]], params: Params, counts: Counts
) -> None:
    """Hide differences among all who were asked where few answered both questions: they are of other items' counts."""
    few = any(count < params.min_count for name, (count, _) in shares.items() if name.startswith(_PAIR))
    positions = {row.position for row in rows if row.method == "paired_change" and row.term.endswith(" of asked")}
    if few and positions:
        unit: Key = (outcome, "all", "of asked")
        counts.reasons[unit] = count_reason(params)
        counts.rows[unit] |= positions
