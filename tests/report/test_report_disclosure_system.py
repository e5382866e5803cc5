from __future__ import annotations

import json
from itertools import product

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import contracts, tables
from pipeline.core.workspace import Workspace
from pipeline.report.suppression import withheld
from pipeline.report.suppression.audit import exposed, ranges
from pipeline.report.suppression.protect import protect
from pipeline.report.suppression.system import Cell, Counts, parts

MOST = 6


@st.composite
def systems(draw):
    """A few small counts, sums of some of them with coefficients, and which are hidden."""
    names = [(name,) for name in "abcd"]
    values = [draw(st.integers(0, MOST)) for _ in names]
    cells = {n: Cell(v, n, high=MOST, primary=draw(st.booleans()), cost=v) for n, v in zip(names, values, strict=True)}
    coefficients = st.dictionaries(st.sampled_from(names), st.sampled_from([1, 1, 1, -1, 2]), min_size=1, max_size=4)
    return cells, draw(st.lists(coefficients, max_size=3)), set(draw(st.lists(st.sampled_from(names), max_size=4)))


@given(systems())
def test_ranges_are_those_found_by_trying_everything(system):
    cells, sums, hidden = system
    order = sorted(hidden)
    fits = []
    for tried in product(range(MOST + 1), repeat=len(order)):
        values = {key: cell.value for key, cell in cells.items()} | dict(zip(order, tried, strict=True))
        told = [sum(c * values[k] for k, c in s.items()) == sum(c * cells[k].value for k, c in s.items()) for s in sums]
        fits += [values] if all(told) else []
    for key, (low, high) in ranges(cells, sums, hidden).items():
        assert (low, high) == (min(v[key] for v in fits), max(v[key] for v in fits))


@given(systems())
def test_what_is_known_after_all_would_be_known_with_everything_hidden(system):
    cells, sums, _ = system
    counts = Counts(dict(cells), list(sums), reasons={key: "few" for key, cell in cells.items() if cell.primary})
    hidden = protect(counts)
    assert hidden >= set(counts.reasons)
    assert set(exposed(counts, hidden)) <= set(exposed(counts, set(cells)))


def test_what_turned_out_not_to_be_needed_is_shown_again():
    values = {"a": 2, "b": 1, "c": 30, "d": 40}
    cells = {(n,): Cell(v, (n,), primary=n == "a", cost=v) for n, v in values.items()}
    sums = [{("a",): 1, ("b",): 1, ("c",): 1, ("d",): 1}, {("a",): 1, ("b",): 1}]
    assert protect(Counts(cells, sums, reasons={("a",): "few"})) == {("a",), ("b",)}


def test_parts_share_neither_a_sum_nor_a_unit():
    cells = {(n,): Cell(1, (unit,)) for n, unit in (("a", "u"), ("b", "u"), ("c", "c"), ("d", "d"), ("e", "e"))}
    found = parts(Counts(cells, [{("c",): 1, ("d",): 1}]))
    assert sorted(sorted(key[0] for key in part.cells) for part in found) == [["a", "b"], ["c", "d"], ["e"]]


def workspace(tmp_path):
    """Two groups, of which the small one is hidden, and the one that would give it back."""
    place = Workspace.at(tmp_path)
    for name in ("ledger", "facts", "events", "comments"):
        tables.write(place, name, pd.DataFrame(columns=contracts.CONTRACTS[name].column_names))
    common = {"outcome": "q1", "term": "share_positive", "method": "wilson", "unit": "share"}
    rows = [("all", 69, 44), ("sex=a", 30, 20), ("sex=b", 23, 17), ("sex=c", 16, 7)]
    rows = [{**common, "group": g, "n": n, "estimate": x / n} for g, n, x in [*rows, ("sex=d", 7, 3)]]
    tables.write(place, "estimates", pd.DataFrame(rows).reindex(columns=contracts.CONTRACTS["estimates"].column_names))
    return place


def test_what_is_withheld_is_listed_for_the_coordinator(tmp_path):
    listed = withheld.withheld(workspace(tmp_path))
    assert listed["table"].unique().tolist() == ["estimates"]
    assert "sex=d" in listed["group"].tolist() and "sex=a" not in listed["group"].tolist()


def test_a_hidden_number_is_found_wherever_it_is_printed(tmp_path):
    place = workspace(tmp_path)
    assert withheld.leaks(place) == []
    estimates = tables.read(place, "estimates")
    tables.write_csv(place.figures / "bare.csv", estimates[["outcome", "term", "group", "n", "estimate"]])
    text = json.dumps({"texts": {"fi": {"alt": "Osuus on 0.4286, kaikilla 0.6377."}}})
    (place.figures / "told.json").write_text(text, encoding="utf-8")
    cell = {"outputs": [{"data": {"text/plain": ["sex=d  0.4286"]}}]}
    (place.processed / "notebooks").mkdir()
    (place.processed / "notebooks" / "10.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    found = withheld.leaks(place)
    assert {
        "bare.csv: q1, share_positive, sex=d",
        "bare.csv: 0.4285714",
        "told.json: 0.4286",
        "10.ipynb: 0.4286",
    } <= set(found)
