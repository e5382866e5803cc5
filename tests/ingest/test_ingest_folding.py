"""Texts a reader takes for equal are equal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ingest.folding import fold, without_marks


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Täysin\u00a0samaa  mieltä. ", "täysin samaa mieltä"),
        ("a\u0308iti", "ÄITI"),
        ("Kyllä\u200b", "kyllä"),
        ("\ufeffnimi", "nimi"),
        ("osal\u00adlisuus", "osallisuus"),
        ("Mitä teit?", "mitä teit"),
        ("“Hyvä!”", "hyvä"),
        ("rivi\nvaihto", "rivi vaihto"),
    ],
)
def test_equal_for_the_eye(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@pytest.mark.parametrize(("a", "b"), [("3+", "3"), ("ä", "a"), ("-1", "1"), ("50 %", "50"), ("C#", "C")])
def test_different_for_the_eye(a: str, b: str) -> None:
    assert fold(a) != fold(b)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert without_marks(without_marks(text)) == without_marks(text)


def test_names_lose_marks_and_hyphens() -> None:
    assert without_marks("Mäki-Säilä, Åsa") == "maki saila asa"
