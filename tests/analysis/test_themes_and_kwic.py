"""Codes of several people merged, compared and counted; words found in every form."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from pipeline.analysis.agreement import krippendorff
from pipeline.analysis.estimates import table
from pipeline.analysis.kwic import concordance, lemma_counts
from pipeline.analysis.themes import disagreements, merge, ratings, theme_agreement, theme_shares, themes
from pipeline.core import contracts
from pipeline.core.words import ADJUDICATED


def codes(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame([(r, "say", c, t) for r, c, t in rows], columns=["response_id", "item", "coder", "theme"])


#: a: both see the bus; b: only A does; c: nobody sees anything; d: B did not read it.
SMALL = codes(
    ("a", "A", "bus"), ("a", "B", "bus"), ("b", "A", "bus"), ("b", "A", "cafe"), ("b", "B", "cafe"),
    ("c", "A", None), ("c", "B", None), ("d", "A", "bus"),
)  # fmt: skip
COMMENTS = pd.DataFrame({"response_id": list("abcd"), "item": "say", "text": ["One", "Two", "Three", "Four"]})
RESPONSES = pd.DataFrame(
    {"response_id": list("abcd"), "event_id": ["E1", "E1", "E2", "E3"], "role": ["participant"] * 3 + ["organiser"]}
)


def test_ratings_tell_not_seen_from_not_read():
    wide = ratings(SMALL, "bus")
    assert wide.to_numpy(dtype=float).tolist()[:3] == [[1, 1], [1, 0], [0, 0]]
    assert wide.loc[("d", "say"), "A"] == 1 and math.isnan(wide.loc[("d", "say"), "B"])
    assert themes(SMALL) == ["bus", "cafe"]


def test_merging_takes_the_majority_and_leaves_ties_open():
    found = merge(SMALL).set_index(["theme", "response_id"])
    assert found.loc["bus", "given"].tolist() == [True, pd.NA, False, True]
    assert found.loc["cafe", "given"].tolist() == [False, True, False, False]
    assert found.loc[("bus", "b"), ["n_coders", "n_given"]].tolist() == [2, 1]


def test_what_was_settled_goes_before_and_is_no_coder():
    settled = pd.concat([SMALL, codes(("b", ADJUDICATED, "cafe"))])
    found = merge(settled).set_index(["theme", "response_id"])["given"]
    assert not found["bus", "b"] and found["cafe", "b"] and found["bus", "a"]
    assert list(ratings(settled, "bus").columns) == ["A", "B"]
    nothing = merge(pd.concat([SMALL, codes(("a", ADJUDICATED, None))])).set_index(["theme", "response_id"])["given"]
    assert not nothing["bus", "a"]


def test_disagreements_are_listed_with_their_text_until_they_are_settled():
    found = disagreements(SMALL, COMMENTS)
    assert found.to_numpy().tolist() == [["bus", "b", "say", "A", "B", "Two"]]
    assert disagreements(pd.concat([SMALL, codes(("b", ADJUDICATED, "bus"))]), COMMENTS).empty
    assert disagreements(SMALL.iloc[:0], COMMENTS).empty


def test_agreement_rows_hold_the_coefficients_of_the_ratings():
    found = table(theme_agreement(SMALL, 0.95)).set_index(["outcome", "method"])
    wide = ratings(SMALL, "bus").to_numpy(dtype=float)
    row = found.loc[("say/bus", "krippendorff_nominal")]
    assert row["estimate"] == pytest.approx(krippendorff(wide).coefficient)
    assert (row["n"], row["n_excluded"]) == (3, 1)
    assert row["ci_low"] <= row["estimate"] <= row["ci_high"] and "not to be relied on" in row["note"]
    assert found.loc[("say/bus", "percent_agreement"), "estimate"] == pytest.approx(2 / 3)
    perfect = found.loc[("say/cafe", "krippendorff_nominal")]
    assert perfect["estimate"] == 1 and pd.isna(perfect["ci_low"]) and "no disagreement" in perfect["note"]


def test_agreement_does_not_depend_on_the_places_of_the_answers_or_the_order_of_the_rows():
    rng = np.random.default_rng(1)
    seen = rng.random((40, 2)) < np.where(rng.random(40) < 0.4, 0.85, 0.1)[:, None]
    many = codes(*((f"r{i:02d}", c, "bus" if seen[i, j] else None) for i in range(40) for j, c in enumerate("AB")))
    base = table(theme_agreement(many, 0.95))
    moved = many.assign(response_id=many["response_id"].map(lambda r: f"x{(int(r[1:]) * 7) % 40:02d}"))
    for other in (many.sample(frac=1, random_state=2), moved):
        pd.testing.assert_frame_equal(table(theme_agreement(other, 0.95)), base)


def test_one_coder_alone_has_shares_but_no_agreement():
    alone = SMALL[SMALL["coder"] == "A"]
    assert theme_agreement(alone, 0.95) == []
    found = table(theme_shares(alone, RESPONSES, 0.95)).set_index(["outcome", "group", "method"])
    assert found.loc[("say/bus", "all", "wilson"), "estimate"] == 0.75


def test_a_theme_nobody_or_everybody_saw_has_no_alpha():
    everybody = codes(("a", "A", "bus"), ("a", "B", "bus"), ("b", "A", "bus"), ("b", "B", "bus"))
    row = table(theme_agreement(everybody, 0.95)).set_index("method").loc["krippendorff_nominal"]
    assert pd.isna(row["estimate"]) and "undefined" in row["note"]


def test_shares_are_of_coded_answers_by_role_with_bounds_for_what_is_open():
    found = table(theme_shares(SMALL, RESPONSES, 0.95)).set_index(["outcome", "group", "method"])
    row = found.loc[("say/bus", "all", "wilson")]
    assert (row["estimate"], row["n"], row["n_excluded"]) == (pytest.approx(2 / 3), 3, 1)
    bounds = found.loc[("say/bus", "all", "adjudication_bounds")]
    assert (bounds["ci_low"], bounds["ci_high"]) == (0.5, 0.75)
    assert found.loc[("say/bus", "role=organiser", "wilson"), "estimate"] == 1
    assert contracts.check("estimates", found.reset_index()[contracts.CONTRACTS["estimates"].column_names]).shape[0]
    assert set(found["term"]) == {"theme_share"} and found["note"].str.startswith("among open answers").all()


def test_nothing_coded_is_no_row():
    empty = contracts.CONTRACTS["codes"].empty()
    assert theme_agreement(empty, 0.95) == theme_shares(empty, RESPONSES, 0.95) == []
    assert merge(empty).empty


TEXTS = pd.DataFrame(
    {
        "response_id": ["a", "b", "c"],
        "item": "say",
        "text": ["Bussi ei kulje illalla, ja bussilla tulisin.", "Bussin-odottajia oli 12.", "Linja-auto tuli!"],
    }
)
FORMS = {"bussilla": "bussi", "bussin": "bussi", "oli": "olla", "tuli": "tulla", "tulisin": "tulla"}


def lemma(word: str) -> str:
    return FORMS.get(word, word)


def test_every_form_of_a_word_is_found_with_what_stands_around_it():
    found = concordance(TEXTS, "BUSSI", lemma)
    assert found["word"].tolist() == ["Bussi", "bussilla"]
    assert found["left"].tolist() == ["", "Bussi ei kulje illalla, ja"]
    assert concordance(TEXTS, "bussilla", lemma).equals(found)
    assert concordance(TEXTS, "bussi tulla", lemma)["word"].tolist() == ["bussilla tulisin"]
    assert concordance(TEXTS, "linja-auto", lemma)["right"].tolist() == ["tuli!"]


def test_context_is_cut_between_words():
    (row,) = concordance(TEXTS, "ja", lemma, width=12).to_dict("records")
    assert (row["left"], row["right"]) == ("…illalla,", "bussilla…")


def test_no_word_no_text_no_hit():
    assert concordance(TEXTS, "", lemma).empty and concordance(TEXTS, "?!", lemma).empty
    assert concordance(TEXTS.iloc[:0], "bussi", lemma).empty and lemma_counts(TEXTS.iloc[:0], lemma).empty


def test_base_forms_are_counted_by_answer_without_numbers_and_words_left_out():
    found = lemma_counts(TEXTS, lemma, leave_out=["JA", "ei"]).set_index("lemma")
    assert found.loc["bussi", ["n_answers", "n_uses", "forms"]].tolist() == [1, 2, "bussi, bussilla"]
    assert found.loc["tulla", "n_answers"] == 2 and found.index[0] == "tulla"
    assert not {"12", "ja", "ei"} & set(found.index)
