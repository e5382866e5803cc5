"""Themes that two coders gave to the open answers, and the themes that are really in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from pipeline.simulate import keyed, remarks
from pipeline.simulate.formats import Cell, write_csv
from pipeline.simulate.lines import Delivery

#: Themes of the sample's codebook by the letter they have below.
THEMES: Final = {
    "Y": "yhdessäolo",
    "V": "vaikuttaminen",
    "T": "tiedotus",
    "J": "järjestelyt",
    "R": "rohkeus ja oppiminen",
    "K": "jatkuvuus",
}
#: What is in each of `remarks.FINNISH`, in order; - is nothing of these.
_IN_FINNISH: Final = (
    "-", "Y", "K", "T", "J", "VR", "V", "V", "J", "J", "Y", "-", "V", "RK", "V", "YR", "TJ", "Y", "YK", "K", "J", "J",
    "R", "-", "Y", "TJ", "V", "J", "R", "YT", "J", "-", "V", "R", "J", "Y", "TV", "-", "K", "VT", "J", "Y", "J", "YR",
    "VR", "T", "V", "-", "Y", "Y", "J", "R", "J", "V", "K", "J", "J", "-", "Y", "R", "R", "J", "R", "Y", "J", "R", "-",
    "YK", "J", "K", "-", "V", "Y", "-", "J",
)  # fmt: skip
_IN_SWEDISH: Final = ("Y", "T")
#: Whoever looks for a theme that is there finds it this often, and sees one that is not there this often.
SENSITIVITY: Final = 0.9
FALSE_ALARM: Final = 0.02
#: The second coder read this share of the answers.
SECOND_READ: Final = 0.8
CODERS: Final = ("A", "B")
_PERSONAL: Final = {"email_in_comment": ("", "RK"), "phone_in_comment": ("", "R")}


@dataclass(frozen=True)
class OpenAnswer:
    """One open answer: its place as the pipeline names it, its text (empty where it holds contact data), its themes."""

    response_id: str
    text: str
    letters: str


def open_answers(forms: pd.DataFrame, deliveries: Sequence[Delivery]) -> list[OpenAnswer]:
    """Return the open answers of the accepted responses, file by file."""
    inside = {text: letters.strip("-") for text, letters in zip(remarks.FINNISH, _IN_FINNISH, strict=True)}
    inside |= dict(zip(remarks.SWEDISH, _IN_SWEDISH, strict=True))
    found = []
    for delivery in deliveries:
        stem = ":".join(filter(None, [delivery.file, keyed.PAPER_SHEET if delivery.file == keyed.PAPER else ""]))
        for row, line in delivery.placed():
            kinds = {kind for _, kind in line.faults}
            if line.kind != "response" or "event_unknown" in kinds:
                continue
            text = forms.at[line.response, "comment"]
            personal = [_PERSONAL[kind] for kind in sorted(kinds & set(_PERSONAL))]
            if personal or text is not None:
                said, letters = personal[0] if personal else (str(text), inside[str(text)])
                found.append(OpenAnswer(f"{stem}:{row}", said, letters))
    return found


def write(path: Path, answers: Sequence[OpenAnswer], rng: np.random.Generator) -> None:
    """Write what the two coders saw: one row per answer, coder and theme; none seen is a row without theme."""
    rows: list[tuple[Cell, ...]] = [("response_id", "item", "coder", "theme", "text")]
    for number, coder in enumerate(CODERS):
        u, reads = rng.random((len(answers), len(THEMES))), rng.random(len(answers)) < SECOND_READ
        for answer, luck, read in zip(answers, u, reads, strict=True):
            if number == 0 or read:
                chance = [SENSITIVITY if letter in answer.letters else FALSE_ALARM for letter in THEMES]
                seen = [name for name, c, x in zip(THEMES.values(), chance, luck, strict=True) if x < c]
                rows += [(answer.response_id, "comment", coder, theme, answer.text) for theme in (seen or [""])]
    write_csv(path, rows)


def write_truth(path: Path, answers: Sequence[OpenAnswer]) -> None:
    """Write the themes that are really there, one row each."""
    rows = [(a.response_id, name) for a in answers for letter, name in THEMES.items() if letter in a.letters]
    write_csv(path, [("response_id", "theme"), *rows])


def key(answers: Sequence[OpenAnswer]) -> dict[str, Any]:
    """Return the parameters of the coding, and the share and the expected alpha of every theme."""
    share = {name: sum(letter in a.letters for a in answers) / len(answers) for letter, name in THEMES.items()}
    return {
        "sensitivity": SENSITIVITY,
        "false_alarm": FALSE_ALARM,
        "second_coder_read": SECOND_READ,
        "open_answers": len(answers),
        "themes": {name: {"share": p, "expected_alpha": expected_alpha(p)} for name, p in share.items()},
    }


def expected_alpha(share: float) -> float:
    """Return Krippendorff's alpha of many answers, `share` of which have the theme.

    Notes
    -----
    1 - P(the coders differ) / 2 q (1 - q), q the chance that a coder sees the theme.

    Examples
    --------
    >>> round(expected_alpha(0.25), 3)
    0.796
    """
    s, f = SENSITIVITY, FALSE_ALARM
    seen = share * s + (1 - share) * f
    differ = 2 * (share * s * (1 - s) + (1 - share) * f * (1 - f))
    return 1 - differ / (2 * seen * (1 - seen))
