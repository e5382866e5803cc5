"""The choices of the specification curve are data: those of params.yaml, checked as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.core.config import Params, load_params
from pipeline.core.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
LISTS = ("cuts", "missing", "weights", "exclusions", "intervals")


def test_every_shipped_choice_has_a_reason_in_finnish_and_english():
    shipped = load_params(ROOT / "params.yaml").robustness
    for name in LISTS:
        assert all(choice.reason.fi and choice.reason.en for choice in getattr(shipped, name)), name
    number = 1
    for name in LISTS:
        number *= len(getattr(shipped, name))
    assert number >= 200


def test_a_project_that_says_nothing_gets_the_shipped_choices(tmp_path):
    assert load_params(tmp_path / "params.yaml").robustness == load_params(ROOT / "params.yaml").robustness
    assert Params().robustness.cuts


@pytest.mark.parametrize(
    "text",
    [
        "robustness: {cuts: [{key: a, reason: {en: x}}, {key: a, reason: {en: y}}]}",
        "robustness: {cuts: [{key: a}]}",
        "robustness: {intervals: [{key: a, reason: {en: x}, method: wald}]}",
        "robustness: {missing: [{key: a, reason: {en: x}, answered: 2}]}",
        "robustness: {replicates: 3}",
    ],
)
def test_choices_that_cannot_be_are_refused(tmp_path, text):
    path = tmp_path / "params.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError, match="robustness"):
        load_params(path)
