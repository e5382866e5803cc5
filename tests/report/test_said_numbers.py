"""Numbers a writer typed: each is one of the project's, or is named."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.formats import number
from pipeline.report.claims.quantities import Quantity
from pipeline.report.claims.said_numbers import unmatched

NAN = math.nan


def quantity(value, low=NAN, high=NAN, n=None, unit="persons", source="s"):
    return Quantity(value, low, high, n, unit, "exact", (), False, source)


SHARE = quantity(0.739, 0.668, 0.80, 318, "share")
FACTS = {
    "people": quantity(545),
    "actions": quantity(22),
    "audience": quantity(5595),
    "ratio": quantity(0.9773, unit="share"),
    "secret": Quantity(4, NAN, NAN, None, "persons", "exact", (), True, "x"),
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fi", "Listoilla oli noin 540 henkilöä."),
        ("fi", "Listoilla oli n. 540 henkilöä ja 22 toimenpidettä."),
        ("fi", "Käytettiin 97,7 % rahoituksesta."),
        ("fi", "Välillisesti tavoitettiin 5 595 henkilöä."),
        ("fi", "Välillisesti tavoitettiin 5\u00a0595 henkilöä."),
        ("en", "It reached 5,595 people."),
        ("fi", "Osuus oli 74 % (95 %:n luottamusväli 67–80 %), n = 318, eli 235 vastaajaa."),
        ("fi", "Yli puolet vastanneista."),
        ("fi", "Noin kolme neljäsosaa vastanneista."),
        ("sv", "Över hälften av dem som svarade."),
        ("en", "Around three quarters of respondents."),
        ("fi", "Kolme neljästä vastanneesta ja useampi kuin joka toinen."),
        ("sv", "Tre av fyra som svarade."),
        ("en", "Three out of four respondents; more than one in two."),
        ("fi", "Osuus on yli 60 % ja alle 80 %."),
        ("fi", "Hanke S20562 kesti 1.4.2016–31.12.2018, vuosina 2016–2018."),
        ("fi", "Torikahvit 5 -tapahtuma järjestettiin."),
        ("fi", "{share} vastanneista ({n})."),
    ],
)
def test_numbers_of_the_project_pass(language, text):
    assert unmatched(text, language, [SHARE], FACTS, ["Torikahvit 5"]) == []


@pytest.mark.parametrize(
    ("text", "said", "nearest"),
    [
        ("Listoilla oli 540 henkilöä.", "540", "people"),  # exactly said, but it is 545
        ("Listoilla oli noin 640 henkilöä.", "640", "people"),
        ("Käytettiin 97 % rahoituksesta.", "97 %", "s"),  # 97.73 rounds to 98; what the claim speaks of is named first
        ("Osuus oli 75 % vastanneista.", "75 %", "s"),
        ("Yli 80 % vastanneista.", "80 %", "s"),
        ("Kolmasosa vastanneista.", "Kolmasosa", "s"),
        ("Alle puolet vastanneista.", "puolet", "s"),
        ("Yhdeksän kymmenestä vastanneesta.", "Yhdeksän kymmenestä", "s"),
        ("Joka toinen vastannut.", "Joka toinen", "s"),
        ("Neljä eli 4 henkilöä.", "4", "actions"),  # a hidden number is not given back by letting it pass
    ],
)
def test_a_number_of_nobody_is_named_with_the_nearest_fact(text, said, nearest):
    assert [(found.number, found.nearest) for found in unmatched(text, "fi", [SHARE], FACTS)] == [(said, nearest)]


def test_more_than_is_held_against_the_claims_own_numbers_alone():
    assert unmatched("Yli 500 henkilöä.", "fi", [], FACTS)  # some fact is always larger
    assert unmatched("Yli 500 henkilöä.", "fi", [FACTS["people"]], FACTS) == []


@given(st.integers(0, 10**7), st.sampled_from(["fi", "sv", "en"]))
def test_a_number_as_the_language_writes_it_is_itself(value, language):
    if 1900 <= value < 2100:
        return  # read as a year
    said = f"x {number(value, language)} y"
    assert unmatched(said, language, [], {"v": quantity(value)}) == []
    assert unmatched(said, language, [], {"v": quantity(value + 1)})
