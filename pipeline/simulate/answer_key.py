"""The answer key of the sample: what was planted, what it came to, and whose each row is."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from pipeline.simulate.draw import Draw
from pipeline.simulate.expectation import expected
from pipeline.simulate.formats import write_csv, write_text
from pipeline.simulate.lines import KINDS, Delivery
from pipeline.simulate.truth import Truth

#: Projects drawn for the expected shares: a standard error of about 0.001.
_REPLICATES = 2000


def write(
    folder: Path,
    truth: Truth,
    draw: Draw,
    deliveries: Sequence[Delivery],
    listed: pd.DataFrame,
    coding: dict[str, Any],
    seed: int,
    rng: np.random.Generator,
) -> None:
    """Write truth.json, attendance.csv and feedback.csv into `folder`."""
    key = {
        "seed": seed,
        "parameters": dataclasses.asdict(truth),
        "expected": expected(truth, rng, _REPLICATES),
        "sample": _sample(draw),
        "feedback_files": [_counts(delivery) for delivery in deliveries],
        "planted": _planted(deliveries),
        "slips": _slips(listed),
        "coding": coding,
    }
    write_text(folder / "truth.json", json.dumps(key, ensure_ascii=False, indent=1) + "\n")
    write_csv(folder / "attendance.csv", [tuple(listed.columns), *listed.itertuples(index=False, name=None)])
    responses = _responses(draw, deliveries)
    write_csv(folder / "feedback.csv", [tuple(responses.columns), *responses.itertuples(index=False, name=None)])


def _sample(draw: Draw) -> dict[str, Any]:
    """Return what this draw came to: counts, and per construct how many of the scored are positive."""
    by_construct = draw.scores.groupby("construct", sort=False)["positive"].agg(["sum", "size"])
    return {
        "persons": len(draw.persons),
        "planners": int(draw.persons["planner"].sum()),
        "attendances": len(draw.attendance),
        "responses": len(draw.responses),
        "positive": {str(name): int(n) for name, n in by_construct["sum"].items()},
        "scored": {str(name): int(n) for name, n in by_construct["size"].items()},
    }


def _counts(delivery: Delivery) -> dict[str, Any]:
    kinds = [line.kind for line in delivery.lines]
    return {"file": f"feedback/{delivery.file}", **{kind: kinds.count(kind) for kind in KINDS}}


def _planted(deliveries: Sequence[Delivery]) -> list[dict[str, Any]]:
    """Return every planted fault; `column` is the header, none where the whole row is meant."""
    found: list[dict[str, Any]] = []
    for delivery in deliveries:
        file = f"feedback/{delivery.file}"
        for row, line in delivery.placed():
            whole = [(None, line.kind)] if line.kind != "response" else []
            faults = [*whole, *line.faults]
            found += [{"file": file, "row": row, "column": column, "kind": kind} for column, kind in faults]
    return found


def _slips(listed: pd.DataFrame) -> dict[str, int]:
    counts = listed.loc[listed["slip"] != "", "slip"].value_counts().sort_index()
    return {str(kind): int(n) for kind, n in counts.items()}


def _responses(draw: Draw, deliveries: Sequence[Delivery]) -> pd.DataFrame:
    """Return one row per accepted row of a feedback file, with its truth; scores empty where there is none."""
    places = pd.DataFrame(
        [
            (f"feedback/{delivery.file}", row, line.response)
            for delivery in deliveries
            for row, line in delivery.placed()
            if line.kind == "response"
        ],
        columns=["file", "row", "response"],
    )
    scores = draw.scores.pivot(index="response", columns="construct", values="score")
    scores = scores[list(dict.fromkeys(draw.scores["construct"]))].round(6).astype(object)
    return places.merge(draw.responses, on="response").join(scores.where(scores.notna(), None), on="response")
