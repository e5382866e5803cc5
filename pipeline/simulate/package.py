"""The complete raw/ folder of the sample project."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.simulate import (
    answer_key,
    attendance,
    claims_toml,
    coding,
    feedback,
    forms,
    instrument,
    names,
    project_toml,
    readme,
    registers,
    texts_toml,
)
from pipeline.simulate.draw import draw
from pipeline.simulate.formats import write_text
from pipeline.simulate.truth import Truth


def write(out: Path, seed: int) -> None:
    """Write the sample project into `out`: the same bytes for the same seed, on every system.

    Files that are there already are overwritten; others are left alone.

    Parameters
    ----------
    out : Path
        Folder to write into; made if absent.
    seed : int
        Seed of all noise; 20562 gives the shipped sample.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write(Path(folder), 20562)
    ...     sorted(path.name for path in Path(folder).iterdir())
    ['README.md', 'attendance', 'coding', 'feedback', 'instrument.xlsx', 'project.toml', 'registers', 'report', 'truth']
    """
    # One stream per part, so that a change of one leaves the others' noise as it was.
    drawing, naming, filling, soiling, listing, registering, expecting, reading = np.random.default_rng(seed).spawn(8)
    truth = Truth()
    sample = draw(truth, drawing)
    crowd = names.people(sample.persons, attendance.contactable(sample.attendance, len(sample.persons)), naming)
    write_text(out / "README.md", readme.TEXT)
    write_text(out / "project.toml", project_toml.text())
    write_text(out / "report" / "claims.toml", claims_toml.TEXT)
    write_text(out / "report" / "texts.toml", texts_toml.TEXT)
    instrument.write(out / "instrument.xlsx")
    registers.write(out / "registers", sample.attendance, registering)
    filled = forms.fill(sample, crowd, filling)
    deliveries = feedback.write(out / "feedback", filled, soiling)
    listed = attendance.write(out / "attendance", sample.attendance, crowd, listing)
    said = coding.open_answers(filled, deliveries)
    coding.write(out / "coding" / "themes.csv", said, reading)
    coding.write_truth(out / "truth" / "themes.csv", said)
    answer_key.write(out / "truth", truth, sample, deliveries, listed, coding.key(said), seed, expecting)
