"""Contract rows built by hand, and what every figure must keep: text inside the canvas, nothing over anything."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from itertools import combinations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.text import Text

from pipeline.core import contracts
from pipeline.plots import style

LABELS = (
    "Koen, että voin vaikuttaa oman asuinalueeni ja lähiympäristöni kehittämiseen aiempaa enemmän",
    "Yhdenvertaisuussuunnittelutyöryhmän osallistumismahdollisuudet ovat parantuneet",
    "Uskallan tuoda mielipiteeni esille",
    "Kaupunkikehittämisohjelmakokonaisuudenohjausryhmätyöskentely oli avointa",
    "Aion osallistua uudelleen; maksoi $5 tai 5 $",
)
AGREEMENT = (
    "Täysin eri mieltä",
    "Jokseenkin eri mieltä",
    "Ei samaa eikä eri mieltä",
    "Jokseenkin samaa mieltä",
    "Täysin samaa mieltä",
)


def checked(name: str, rows: Sequence[dict]) -> pd.DataFrame:
    columns = contracts.CONTRACTS[name].column_names
    return contracts.check(name, pd.DataFrame(list(rows)).reindex(columns=columns))


def estimate(outcome: str, term: str, group: str, n: int | None, share: float | None, **more: object) -> dict:
    row = {"outcome": outcome, "term": term, "group": group, "method": "wilson", "n": n, "estimate": share}
    return {**row, "unit": "share", "ci_level": 0.95, **more}


def answers(counts: Sequence[int], missing: dict[str, int], item: str = "q0", group: str = "all") -> list[dict]:
    n, asked = sum(counts), sum(counts) + sum(missing.values())
    codes = [estimate(item, f"code={i + 1}", group, n, c / n if n else None) for i, c in enumerate(counts)]
    return codes + [
        estimate(item, f"missing={reason}", group, asked, c / asked if asked else None) for reason, c in missing.items()
    ]


def items(n: int, labels: Sequence[str] = LABELS) -> pd.DataFrame:
    rows = [{"item": f"q{i}", "question": f"q{i}", "label_fi": labels[i % len(labels)]} for i in range(n)]
    return pd.DataFrame(rows)


def options(n: int, labels: Sequence[str] = AGREEMENT) -> pd.DataFrame:
    scale = [
        {"question": f"q{i}", "code": str(k + 1), "position": k, "label_fi": label, "missing_reason": None}
        for i in range(n)
        for k, label in enumerate(labels)
    ]
    unsure = [
        {"question": f"q{i}", "code": "9", "position": 99, "label_fi": "En osaa sanoa", "missing_reason": "dont_know"}
        for i in range(n)
    ]
    return pd.DataFrame(scale + unsure)


def texts(figure: Figure) -> list[Text]:
    found = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    return [t for t in found if t.get_window_extent().width > 0]


def assert_legible(figure: Figure) -> None:
    """No text leaves the canvas, covers another or is smaller than 8 points; no character is missing from the font."""
    with style.context(), warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.draw_without_rendering()
        drawn = [(t.get_text(), t.get_window_extent(), t.get_fontsize()) for t in texts(figure)]
    for words, box, size in drawn:
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1, words
        assert figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1, words
        assert size >= 8, words
    for (first, a, _), (second, b, _) in combinations(drawn, 2):
        across, along = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert not (across > 1 and along > 1), f"{first!r} over {second!r}"


def printed(figure: Figure) -> list[str]:
    return [t.get_text() for t in texts(figure)]
