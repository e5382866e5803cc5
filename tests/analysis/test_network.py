"""The network: counts by hand, betweenness by another program, a null model that is one, and what it finds."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.bipartite import betweenness, same_degrees, together
from pipeline.analysis.estimates import table
from pipeline.analysis.network import network
from pipeline.core import contracts
from pipeline.core.errors import AnalysisError

SMALL = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1]])
#: SMALL is a chain of seven nodes; networkx, betweenness_centrality(normalized=False), says the same.
BY_HAND = [2 * 4.0, 0.0, 4 * 2.0, 0.0]


def test_betweenness_of_a_chain_by_hand():
    assert betweenness(SMALL) == pytest.approx(BY_HAND)


@pytest.mark.parametrize("seed", range(5))
def test_betweenness_agrees_with_networkx_where_it_is_installed(seed):
    nx = pytest.importorskip("networkx")
    b = (np.random.default_rng(seed).random((9, 6)) < 0.3).astype(int)
    graph = nx.Graph()
    graph.add_nodes_from(range(15))
    graph.add_edges_from((i, 9 + j) for i, j in zip(*b.nonzero(), strict=True))
    theirs = nx.betweenness_centrality(graph, normalized=False)
    assert betweenness(b) == pytest.approx([theirs[i] for i in range(9)])


def test_meetings_and_odd_networks():
    assert together(SMALL)[0].tolist() == [0, 1, 1, 0]
    assert betweenness(np.zeros((3, 2))).tolist() == [0, 0, 0]
    assert betweenness([[1]]).tolist() == [0]
    for bad in ([1, 0], [[2, 0]], [[0.5]]):
        with pytest.raises(AnalysisError):
            betweenness(bad)


@pytest.mark.parametrize("shape", [(8, 5), (5, 8)])
def test_drawn_networks_keep_every_number_of_ties_and_the_seed_decides(shape):
    b = (np.random.default_rng(1).random(shape) < 0.4).astype(int)
    drawn = list(same_degrees(b, 20, seed=2))
    for d in drawn:
        assert np.isin(d, (0, 1)).all() and d.shape == shape
        assert (d.sum(axis=0) == b.sum(axis=0)).all() and (d.sum(axis=1) == b.sum(axis=1)).all()
    again = list(same_degrees(b, 20, seed=2))
    assert all((a == d).all() for a, d in zip(again, drawn, strict=True))
    assert any((a != d).any() for a, d in zip(same_degrees(b, 20, seed=3), drawn, strict=True))


def test_every_network_with_these_degrees_is_drawn_equally_often():
    """Three rows of degree 1, 1, 2 over columns of degree 2, 1, 1: enumerate all, then count the draws."""
    b = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 1]])
    tables = (np.array(bits).reshape(3, 3) for bits in product((0, 1), repeat=9))
    possible = [t for t in tables if (t.sum(0) == b.sum(0)).all() and (t.sum(1) == b.sum(1)).all()]
    drawn = [d.tobytes() for d in same_degrees(b, 4000, seed=4)]
    shares = [drawn.count(t.astype(np.int64).tobytes()) / 4000 for t in possible]
    assert len(possible) == 5 and sum(shares) == 1
    assert shares == pytest.approx([0.2] * 5, abs=0.035)


def involvement(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["organisation_id", "action_id", "date"])
    return frame.assign(event_id=None, role=None, date=pd.to_datetime(frame["date"]))


ACTIONS = pd.DataFrame({"action_id": ["A", "B", "C"], "target_group": ["youth", "residents", "residents"]})
TIES = involvement(
    ("O1", "A", "2016-05-01"), ("O2", "A", "2016-05-01"), ("O1", "B", "2016-08-01"), ("O2", "B", "2016-09-01"),
    ("O1", "B", "2017-01-01"), ("O3", "C", "2017-02-01"), ("O3", "B", None),
)  # fmt: skip


def rows(found) -> pd.DataFrame:
    return table(found).set_index(["term", "group", "method"])


def test_counts_growth_and_repeats_by_hand():
    found = rows(network(TIES, ACTIONS, 0.95))
    value = lambda term, group="all": found.loc[(term, group, "count"), "estimate"]  # noqa: E731
    assert (value("organisations"), value("ties"), value("returning_organisations")) == (3, 6, 3)
    assert (value("pairs_meeting"), value("pairs_meeting_again"), value("bridging_organisations")) == (3, 1, 2)
    assert [value("new_ties", f"quarter={q}") for q in ("2016Q2", "2016Q3", "2016Q4", "2017Q1")] == [2, 2, 0, 1]
    assert value("ties_of_known_organisations", "quarter=2016Q3") == 2
    assert value("ties_to_date", "quarter=2017Q1") == 5
    assert "without 1 ties" in found.loc[("new_ties", "quarter=2016Q2", "count"), "note"]


def test_rows_keep_the_contract_and_chance_is_given_with_its_limits():
    frame = contracts.check("estimates", table(network(TIES, ACTIONS, 0.95)))
    chance = frame[(frame["method"] == "bipartite_null") & (frame["group"] == "all")]
    assert (chance["ci_low"] <= chance["estimate"]).all() and (chance["estimate"] <= chance["ci_high"]).all()
    assert chance["p_value"].between(0, 1).all()
    brokers = frame[frame["term"] == "betweenness"]
    assert set(brokers["group"]) == {"organisation_id=O1", "organisation_id=O2", "organisation_id=O3"}
    assert (brokers["p_adjusted"] >= brokers["p_value"]).all()


def test_row_order_and_the_names_of_organisations_do_not_move_the_counts():
    base = rows(network(TIES, ACTIONS, 0.95))
    pd.testing.assert_frame_equal(rows(network(TIES.sample(frac=1, random_state=1), ACTIONS, 0.95)), base)
    renamed = TIES.assign(organisation_id=TIES["organisation_id"].map({"O1": "Z", "O2": "Y", "O3": "X"}))
    other = rows(network(renamed, ACTIONS, 0.95))
    counts = base.index.get_level_values("method") == "count"
    assert other["estimate"][other.index.get_level_values("method") == "count"].equals(base["estimate"][counts])


def test_no_network_no_rows_and_one_tie_only():
    assert network(TIES.iloc[:0], ACTIONS, 0.95) == []
    found = rows(network(TIES.iloc[:1], ACTIONS, 0.95))
    assert found.loc[("pairs_meeting", "all", "bipartite_null"), "estimate"] == 0
    assert "nothing else" in found.loc[("pairs_meeting", "all", "bipartite_null"), "note"]
    undated = rows(network(TIES.assign(date=pd.NaT), ACTIONS, 0.95))
    assert not [g for g in undated.index.get_level_values("group") if g.startswith("quarter=")]


def test_without_target_groups_nobody_bridges_them():
    found = rows(network(TIES, ACTIONS.assign(target_group=None), 0.95))
    assert "bridging_organisations" not in found.index.get_level_values("term")


def test_friends_who_always_come_together_are_more_than_chance():
    clubs = [(f"O{club}{member}", f"A{club}{number}") for club, member, number in product(range(6), range(4), range(3))]
    frame = involvement(*((o, a, "2017-01-01") for o, a in clubs))
    actions = pd.DataFrame({"action_id": sorted({a for _, a in clubs}), "target_group": "all"})
    found = rows(network(frame, actions, 0.95)).loc[("pairs_meeting_again", "all", "bipartite_null")]
    assert found["statistic"] > found["ci_high"] and found["p_value"] < 0.02
