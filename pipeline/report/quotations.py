"""Open answers that a person has released, one by one, to be quoted; no other leaves processed/."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipeline.core.errors import PipelineError, Place, ReadError
from pipeline.report.disclosure import Released

COLUMNS: Final = ("response_id", "item", "released_by", "date")
_PERSONAL: Final = {
    "an e-mail address": r"\S@\S+\.\w",
    "an identity code": r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b",
    "a long number, as of a telephone or an account": r"(?:\d[\s().-]?){7,}",
    "a web address": r"https?://|www\.",
}


def released(comments: pd.DataFrame, path: Path) -> Released:
    """Return the open answers released for quoting, and which items have others.

    Parameters
    ----------
    comments : DataFrame
        Contract `comments`: response_id, item, text, after the personal-data screen.
    path : Path
        raw/report/quotations.csv: response_id (as codebook and findings write it: file, row), item, released_by (role
        or initials) and date (2018-11-30 or 30.11.2018). Where it is absent nothing is released.

    Returns
    -------
    Released
        Columns item and text, sorted; whose answer it is stays behind. `hidden` has a row per item of which answers
        are not released.

    Raises
    ------
    ReadError
        Naming the row: no such answer, nobody who released it, no date. Never the answer.
    PipelineError
        When a released text still holds something personal: the last look before it is printed.

    Examples
    --------
    >>> comments = pd.DataFrame({"response_id": ["a:1"], "item": ["q9"], "text": ["Hyvä päivä."]})
    >>> released(comments, Path("absent.csv")).hidden["reason"].tolist()
    ['not released']
    """
    wanted = _read(path) if path.is_file() else pd.DataFrame(columns=list(COLUMNS))
    texts = {(row["response_id"], row["item"]): row["text"] for row in comments.to_dict("records")}
    keys = dict.fromkeys(_checked(row, i, texts, path) for i, row in enumerate(wanted.to_dict("records"), start=2))
    shown = pd.DataFrame([(item, texts[who, item]) for who, item in keys], columns=["item", "text"])
    left = sorted({item for who, item in texts if (who, item) not in keys})
    hidden = pd.DataFrame({"outcome": left, "term": "quotation", "group": "all", "reason": "not released"})
    return Released(shown.sort_values(["item", "text"], ignore_index=True), hidden)


def _read(path: Path) -> pd.DataFrame:
    content = path.read_text("utf-8-sig")
    mark = ";" if ";" in content.split("\n", 1)[0] else ","
    table = pd.read_csv(path, sep=mark, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        raise ReadError(f"no column {', '.join(missing)}", place=path.name, allowed=", ".join(COLUMNS))
    return table


def _checked(row: Mapping[str, Any], number: int, texts: Mapping[tuple[str, str], str], path: Path) -> tuple[str, str]:
    """Return which answer a row releases."""
    key = (row["response_id"].strip(), row["item"].strip())
    faults = {
        "response_id": ("there is no open answer of this response to this item", key not in texts),
        "released_by": ("nobody is named who released it", not row["released_by"].strip()),
        "date": ("the day it was released is missing or no date", not _is_date(row["date"].strip())),
    }
    for column, (fault, present) in faults.items():
        if present:
            raise ReadError(fault, place=Place(path.name, row=number, column=column), fix="correct or delete the row")
    personal = [what for what, pattern in _PERSONAL.items() if re.search(pattern, str(texts[key]))]
    if personal:
        raise PipelineError(
            f"the answer holds {' and '.join(personal)}", place=Place(path.name, row=number), fix="do not quote it"
        )
    return key


def _is_date(text: str) -> bool:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            dt.datetime.strptime(text, form)
        except ValueError:
            continue
        return True
    return False
