"""An error says what, where, what is allowed and how to fix it, and survives a trip between processes."""

from __future__ import annotations

import pickle

import pytest

from pipeline.core import errors
from pipeline.core.errors import Place, ReadError

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.PipelineError)]


def test_a_place_reads_as_a_sentence() -> None:
    assert str(Place("a.xlsx", "Taul1", 3, "Ikä")) == "a.xlsx, sheet 'Taul1', row 3, column 'Ikä'"
    assert str(Place("a.csv")) == "a.csv"


def test_the_message_has_its_parts_on_lines() -> None:
    error = ReadError("it is empty", place=Place("a.csv"), allowed="text", fix="export it again")
    assert str(error).splitlines() == ["a.csv: it is empty", "  allowed: text", "  to fix: export it again"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_comes_back_whole_from_another_process(kind: type[errors.PipelineError]) -> None:
    error = kind("what", place=Place("a.csv", row=2), allowed="b", fix="c")
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is kind and str(back) == str(error)
    assert (back.what, back.place, back.allowed, back.fix) == ("what", Place("a.csv", row=2), "b", "c")
