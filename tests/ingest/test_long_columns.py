"""Columns too long to be kept cell by cell are read as short ones are."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from pipeline.core.config import load_params, load_project
from pipeline.ingest import cells, project

ROOT = Path(__file__).resolve().parents[2]


def test_the_sample_gives_the_same_tables_however_long_its_columns_are_thought_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw, params = ROOT / "raw", load_params(ROOT / "params.yaml")
    short = project.ingest(raw, load_project(raw), params, os.environ)
    monkeypatch.setattr(cells, "_LARGE", 1)
    long = project.ingest(raw, load_project(raw), params, os.environ)
    assert any(isinstance(dtype, pd.CategoricalDtype) for dtype in long["answers"].dtypes)
    for name, table in short.items():
        plain = long[name].astype(table.dtypes.to_dict())
        pd.testing.assert_frame_equal(table, plain)
