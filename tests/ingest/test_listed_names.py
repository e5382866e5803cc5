"""Names in running text, in the forms Finnish gives them; words stay words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest_folder import cells

from pipeline.ingest import listed_names
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

MORE = ListedNames(
    [
        ("Maija", "Virtanen"),
        ("Matti", "Lahti"),
        ("Liisa", "Koskinen"),
        ("Aulikki", "Ruusuvuori"),
        ("Åsa", "Svensson"),
        ("Olli", "Oksanen"),
        ("Eeva", "Kuusinen"),
        ("Kaisa", "Karjalainen"),
        ("Jari", "Suomalainen"),
        ("Meri", "Ranta"),
        ("Ulla", "Lehtinen"),
        ("Paavo", "Mäkinen"),
        ("Aino", "Toivonen"),
    ]
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


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("virtasen luona, virtanen", "[nimi] luona, [nimi]"),
        ("Koskisten perhe ja Ruusuvuorten", "[nimi] perhe ja [nimi]"),
        ("facebook.com/matti.lahti ja maija_virtanen", "facebook.com/[nimi] ja [nimi]"),
        ("@maijavirtanen, VirtanenMaija", "@[nimi], [nimi]"),
        ("svenssonin auto", "[nimi] auto"),
    ],
)
def test_names_in_small_letters_and_of_accounts_are_masked(text: str, masked: str) -> None:
    assert MORE.mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "oksasta putosi, koskisi, koskista ja kuusista",
        "karjalainen piirakka, suomalaisen ruoka",
        "meriranta, lahdella",
        "lehtinen jaettiin, mäkisen tien varrella",
        "toivosi parasta",
    ],
)
def test_words_that_a_last_name_resembles_stay(text: str) -> None:
    assert MORE.mask(text) == text


def test_the_name_of_a_file_may_be_written_small() -> None:
    assert MORE.mask("feedback/ruusuvuori haastattelu.csv", cased=False) == "feedback/[nimi] haastattelu.csv"
    assert MORE.mask("feedback/lahti haastattelu.csv", cased=False) == "feedback/lahti haastattelu.csv"


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


def test_a_header_on_every_page_is_nobodys_name() -> None:
    table = cells(("Nimi", "Puhelin"), ("Aino Suo", None), ("Nimi", "Puhelin"), ("Eero Puro", None))
    names = listed_names.of([table])
    assert names.mask("Nimi") == "Nimi" and names.mask("Eero Puro") == MASK
