"""The feedback folder: every response in exactly one file, chosen by when and how it was given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.simulate import keyed, plan, web
from pipeline.simulate.lines import Delivery


def write(folder: Path, forms: pd.DataFrame, rng: np.random.Generator) -> list[Delivery]:
    """Write the six files and return what went where, so that the truth can be kept beside them."""
    streams = rng.spawn(4)
    file = _file_of(forms)
    return [
        web.write_finnish(folder, forms[file == web.FINNISH], streams[0]),
        web.write_swedish(folder, forms[file == web.SWEDISH]),
        keyed.write_kiosk(folder, forms[file == keyed.KIOSK], streams[1]),
        keyed.write_spss(folder, forms[file == keyed.SPSS]),
        keyed.write_paper(folder, forms[file == keyed.PAPER], streams[2]),
        web.write_old(folder, forms[file == web.OLD], streams[3]),
    ]


def _file_of(forms: pd.DataFrame) -> np.ndarray:
    era = forms["event"].map({event.event_id: event.era for event in plan.EVENTS})
    paper, swedish = forms["mode"] == "paper", forms["language"] == "sv"
    return np.select(
        [era == "2016", era == "early_2017", era == "2017", paper, swedish],
        [keyed.SPSS, web.OLD, keyed.KIOSK, keyed.PAPER, web.SWEDISH],
        web.FINNISH,
    )
