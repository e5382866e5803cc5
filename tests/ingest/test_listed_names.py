"""Names in running text, in the forms Finnish gives them; words stay words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.listed_names import MASK, WORDS, ListedNames
from pipeline.simulate import names as invented

NAMES = ListedNames(
    [
        ("Maija", "Virtanen"),
        ("Jukka", "Mäki"),
        ("Åsa", "Öhman"),
        ("Matti", "Lahti"),
        ("Liisa", "Koskinen"),
        ("Eva", "Aho"),
        ("Pertti", "Kallas"),
        ("Onni", "Suvi"),
        ("Kaarina", "Lauritsala"),
    ],
    ["Lauritsalan kesäjuhla"],
)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Maijalle kiitos", "[nimi] kiitos"),
        ("Virtasen Maijan pulla", "[nimi] pulla"),
        ("Virtanen, Maija", "[nimi]"),
        ("MAIJA VIRTANEN", "[nimi]"),
        ("Matti Lahdelle, Jukka Mäkeä", "[nimi], [nimi]"),
        ("Öhmanin esitys", "[nimi] esitys"),
        ("Kallaksen Pertti", "[nimi]"),
        ("Eva Aholle kiitos", "[nimi] kiitos"),
        ("Koskiset, Jukkakin ja Pertillä", "[nimi], [nimi] ja [nimi]"),
        ("onni suvi tuli", "[nimi] tuli"),
        ("Anna-Liisa Koskisen", "Anna-[nimi]"),
    ],
)
def test_listed_names_are_masked_in_any_form(text: str, masked: str) -> None:
    assert NAMES.mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "Lahdessa oli kivaa",
        "Suvi oli lämmin",
        "Onni suosi meitä",
        "Mäki oli jyrkkä",
        "mattia ja mattoa",
        "Eva",
        "Aholla",
        "maija ja jukka kulkivat",
        "Lauritsala sopii paikaksi",
        "Virta katkesi",
        "Matot pois",
        "",
        "12.5. klo 9",
        "jukkapalmu",
    ],
)
def test_words_stay_words(text: str) -> None:
    assert NAMES.mask(text) == text


def test_two_people_make_no_one_person() -> None:
    assert ListedNames([("Eva", "Aho"), ("Ari", "Oja")]).mask("Eva Oja") == "Eva Oja"


CASES = ("", "n", "lle", "lla", "lta", "ssa", "sta", "a", "ksi", "kin", "nko")


@given(
    st.sampled_from(invented.FIRST_FI if hasattr(invented, "FIRST_FI") else ["Maija", "Jukka", "Pertti"]),
    st.sampled_from(["Hyökysalo", "Utumäki", "Marrasmäki", "Vilpuranta", "Korhonen"]),
    st.sampled_from(CASES),
)
def test_first_and_last_name_side_by_side_are_masked(first: str, last: str, ending: str) -> None:
    stem = last[:-3] + "se" if last.endswith("nen") and ending else last
    names = ListedNames([(first, last)])
    assert names.mask(f"Tapasin: {first} {stem}{ending}.") == f"Tapasin: {MASK}."


@given(st.text(max_size=80))
def test_any_text_can_be_masked_and_masking_is_stable(text: str) -> None:
    once = NAMES.mask(text)
    assert NAMES.mask(once) == once


def test_the_list_of_words_is_folded() -> None:
    assert all(word == word.casefold() and len(word) > 2 for word in WORDS)
