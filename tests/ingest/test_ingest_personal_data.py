"""Personal data stop at the ingest."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.config import About, Privacy, Project
from pipeline.core.errors import ConfigError
from pipeline.ingest.personal_data import is_identity_code, load_key, mask, pseudonym
from pipeline.ingest.personal_patterns import _UNSEEN, kinds, mask_text, spans

ABOUT = About(code="P", name="P")


def _masked(text: str) -> str:
    return str(mask(pd.Series([text], dtype="str"))[0])


@pytest.mark.parametrize(
    "text",
    [
        "040 123 4567", "0401234567", "040-1234567", "(040) 123 4567", "040/1234567", "040.123.4567", "+358401234567",
        "+358 40 123 4567", "+358 (0)40 123 4567", "00358401234567", "358401234567", "+46 70 123 45 67", "015 616 2200",
        "maija.v@esimerkki.example", "maija(at)esimerkki.example", "maija @ esimerkki.example", "M+1@a-b.example.fi",
        "010594Y9032", "010594-9032", "010594–9032", "131052-308t", "010203A123X",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "Soita {} kiitos", "puh.{}.", "tel:{},", "({})"])
def test_phones_mails_and_identity_codes_are_masked(text: str, around: str) -> None:
    masked = _masked(around.format(text))
    assert "[" in masked
    assert not any(c.isdigit() for c in masked) and "@" not in masked and "maija" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "12 tuntia", "0,5 pistettä", "1.0500000", "vuonna 2017", "12.5.2017 klo 9.05", "01.02.2017", "01/02/2017",
        "2017-05-12", "53100 Lappeenranta", "1 234 567 euroa", "5/5", "@hanke", "10-15 ihmistä", "ry:n 100-vuotisjuhla",
    ],
)  # fmt: skip
def test_other_numbers_stay(text: str) -> None:
    assert _masked(text) == text


PIECES = st.sampled_from(
    ["040", " 123", "4567", "+", "358", "00", "010594", "-", "Y", "903", "2", "FI", "21", "1234 5600 0007 85", "maija",
     "@", "(at)", "esimerkki.example", ".", " ", "\u200b", "\u2013", "ä", "/", "0", "SE45 5000 0000 0583 9825 7466"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=9).map("".join) | st.text(st.sampled_from("0358+-@.()AFIä 12"), max_size=30))
def test_the_quick_look_misses_nothing_that_the_patterns_find(text: str) -> None:
    found = {kind for kind, _, _ in spans(_UNSEEN.sub("", text))}
    assert bool(kinds(text)) == bool(found) and kinds(text) <= found
    assert (mask_text(text) != text) == bool(found)


def test_a_blank_answer_stays_blank() -> None:
    assert mask(pd.Series([None, "ok"], dtype="str")).isna().tolist() == [True, False]


def test_the_check_character_is_checked() -> None:
    assert is_identity_code("010594Y9032") and not is_identity_code("010594Y9033") and not is_identity_code("x")


@given(st.text(min_size=1))
def test_a_pseudonym_depends_on_key_and_person_and_hides_both(name: str) -> None:
    one, other = b"0123456789abcdef", b"another key, longer"
    assert pseudonym(one, name) == pseudonym(one, name) != pseudonym(other, name)
    assert pseudonym(one, name) != pseudonym(one, name + "x")
    assert len(pseudonym(one, name)) == 16 and set(pseudonym(one, name)) <= set("0123456789abcdef")


def test_the_key_comes_from_the_environment_then_the_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("  the key of the file \n")
    project = Project(project=ABOUT, privacy=Privacy(key_env="K", key_file=str(path)))
    assert load_key(project, {"K": "the key of the environment"}) == b"the key of the environment"
    assert load_key(project, {}) == b"the key of the file"


def test_the_sample_key_is_for_samples_only() -> None:
    privacy = Privacy(sample_key="a public key for all to see")
    assert load_key(Project(project=ABOUT, privacy=privacy, synthetic=True), {}) == b"a public key for all to see"
    with pytest.raises(ConfigError, match="no key"):
        load_key(Project(project=ABOUT, privacy=privacy), {})


@pytest.mark.parametrize("key", ["", "short", " " * 40])
def test_a_key_too_short_is_none_and_is_not_repeated(key: str) -> None:
    with pytest.raises(ConfigError, match="PIPELINE_PERSON_KEY") as fault:
        load_key(Project(project=ABOUT), {"PIPELINE_PERSON_KEY": key})
    assert "short" not in str(fault.value)
