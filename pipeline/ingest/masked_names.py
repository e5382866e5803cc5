"""Names of listed people in the open answers of feedback: masked before anything is compared or written."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pipeline.ingest.cells import TEXT
from pipeline.ingest.feedback import Batch
from pipeline.ingest.findings import Finding
from pipeline.ingest.listed_names import ListedNames

FOUND = "the name of a person on the attendance lists stands in open answer"


def mask_names(batch: Batch, names: ListedNames) -> Batch:
    """Return the batch with the names of listed people masked, and a finding for each place."""
    if not names or batch.comments.empty:
        return batch
    masked = batch.comments.apply(_masked, names=names)
    changed = (masked != batch.comments) & batch.comments.notna()
    findings = [
        Finding("note", batch.cells.place(int(row)), f"{FOUND} '{item}'; masked", fix="nothing to do")
        for item in changed
        for row in changed.index[changed[item]]
    ]
    return replace(batch, comments=masked, findings=(*batch.findings, *findings))


def _masked(texts: pd.Series, names: ListedNames) -> pd.Series:
    known = {text: names.mask(text) for text in texts.dropna().unique()}
    return texts.map(known, na_action="ignore").astype(TEXT)
