"""The coding file of the sample: a truth per answer, two coders who miss some of it, and the alpha that follows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.simulate import coding, remarks, write

SEED = 20562


@pytest.fixture(scope="module")
def raw(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("coded") / "raw"
    write(folder, SEED)
    return folder


@pytest.fixture(scope="module")
def codes(raw) -> pd.DataFrame:
    return pd.read_csv(raw / "coding" / "themes.csv")


@pytest.fixture(scope="module")
def key(raw) -> dict:
    return json.loads((raw / "truth" / "truth.json").read_text("utf-8"))["coding"]


def test_every_remark_has_its_letters():
    assert len(coding._IN_FINNISH) == len(remarks.FINNISH) and len(coding._IN_SWEDISH) == len(remarks.SWEDISH)
    assert {letter for word in coding._IN_FINNISH for letter in word} <= {*coding.THEMES, "-"}


def test_the_first_coder_read_everything_and_the_second_most(codes, key):
    read = codes.groupby("coder")["response_id"].nunique()
    assert read["A"] == key["open_answers"] and 0.6 < read["B"] / read["A"] < 1
    assert not codes.duplicated(["response_id", "coder", "theme"]).any()


def test_contact_data_of_an_open_answer_are_not_copied_into_the_coding(raw, codes):
    said = " ".join(codes["text"].dropna())
    assert "@" not in said and "040 000" not in said
    assert codes["text"].isna().any()


def test_places_are_those_of_the_key_of_responses(raw, codes):
    feedback = pd.read_csv(raw / "truth" / "feedback.csv")
    rows = set(feedback["file"].str.removeprefix("feedback/") + ":" + feedback["row"].astype(str))
    places = codes["response_id"].str.replace(":Syöttö", "", regex=False)
    assert set(places) <= rows


def test_a_coder_sees_what_is_there_as_often_as_planted(raw, codes, key):
    truth = pd.read_csv(raw / "truth" / "themes.csv")
    there = set(map(tuple, truth.to_numpy()))
    own = codes[codes["coder"] == "A"]
    seen = set(map(tuple, own[["response_id", "theme"]].dropna().to_numpy()))
    pairs = [(r, t) for r in own["response_id"].unique() for t in coding.THEMES.values()]
    hits, false = sum(p in seen for p in pairs if p in there), sum(p in seen for p in pairs if p not in there)
    n = len([p for p in pairs if p in there])
    assert hits / n == pytest.approx(key["sensitivity"], abs=4 * np.sqrt(0.09 / n))
    assert false / (len(pairs) - n) == pytest.approx(key["false_alarm"], abs=4 * np.sqrt(0.02 / (len(pairs) - n)))


def test_expected_alpha_is_that_of_very_many_answers():
    rng = np.random.default_rng(1)
    there = rng.random(200_000) < 0.2
    seen = rng.random((200_000, 2)) < np.where(there, coding.SENSITIVITY, coding.FALSE_ALARM)[:, None]
    differ, share = (seen[:, 0] != seen[:, 1]).mean(), seen.mean()
    assert 1 - differ / (2 * share * (1 - share)) == pytest.approx(coding.expected_alpha(0.2), abs=0.01)


def test_the_shares_of_the_key_are_those_of_the_truth(raw, key):
    counts = pd.read_csv(raw / "truth" / "themes.csv")["theme"].value_counts()
    for theme, values in key["themes"].items():
        assert values["share"] == pytest.approx(counts[theme] / key["open_answers"])
