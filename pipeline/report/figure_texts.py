"""Title, caption and alt text of each kind of figure, written from the very rows it draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

import pandas as pd

from pipeline.core import words
from pipeline.core.config import Params, Project
from pipeline.core.errors import AnalysisError
from pipeline.report import captions
from pipeline.report.disclosure import Released

#: Per language: what the figure is about, with the outcome's or variable's name filled in.
_TITLES: Final = {
    "ledger": (
        "Saadut palautevastaukset tiedostoittain",
        "Inkomna enkätsvar per fil",
        "Feedback responses received, by file",
    ),
    "likert": ("{name}: vastausten jakauma", "{name}: svarens fördelning", "{name}: distribution of answers"),
    "forest": (
        "{name}: myönteistä muutosta kokeneiden osuus, {by}",
        "{name}: andelen som upplevt en positiv förändring, {by}",
        "{name}: share who report a positive change, {by}",
    ),
    "reach": ("Käynnit ja tavoitetut ihmiset", "Besök och personer som nåtts", "Visits and people reached"),
}
_BY: Final = {
    "action_id": ("toimenpiteittäin", "per åtgärd", "by action"),
    "target_group": ("kohderyhmittäin", "per målgrupp", "by target group"),
    "role": ("roolin mukaan", "efter roll", "by role"),
}
_PEOPLE: Final = (
    "Ihmiset on tunnistettu osallistujalistoilta nimen ja yhteystietojen perusteella, joten määrä on likimääräinen. "
    "He ovat osallistujalistoille kirjattuja kävijöitä, eivät ESR-henkilöosallistujia.",
    "Personerna har identifierats på deltagarlistorna med namn och kontaktuppgifter, så antalet är ungefärligt. "
    "De är besökare på listorna, inte ESF-deltagare.",
    "People were told apart on the attendance lists by name and contact details, so their number is approximate. "
    "They are attendees on the lists, not ESF participants.",
)
_ROWS: Final = (
    "Luetut rivit ovat hyväksyttyjä, jo toimitettuja tai tarkistettavaksi siirrettyjä; yhtään ei ole jätetty pois.",
    "Lästa rader är godkända, redan levererade eller satta åt sidan; ingen har lämnats bort.",
    "Rows read are accepted, delivered before, or set aside; none was left out.",
)
_MIDDLE: Final = (
    "Myönteinen tarkoittaa, että vastaajan keskiarvo on asteikon neutraalin keskikohdan yläpuolella.",
    "Positiv betyder att den svarandes medelvärde ligger över skalans neutrala mitt.",
    "Positive means that the respondent's mean lies above the neutral middle of the scale.",
)


@dataclass(frozen=True)
class Texts:
    """What is printed with a figure; pass it on as `bundle.save(..., **texts.fields())`."""

    title: str
    caption: str
    alt: str

    def fields(self) -> dict[str, str]:
        """Return the texts as keyword arguments."""
        return asdict(self)


def likert(released: Released, items: pd.DataFrame, project: Project, construct: str, total: int) -> Texts:
    """Return the texts of the diverging bars of a construct.

    Parameters
    ----------
    released : Released
        The rows drawn, of `estimates`, with the terms ``positive``.
    items : DataFrame
        The items drawn, contract `items`.
    project : Project
        For names and language.
    construct : str
        What the items measure.
    total : int
        Responses in all.
    """
    language, rows = project.project.language, released.frame
    positive = rows[(rows["term"] == "positive") & (rows["method"] == "wilson")].set_index("outcome")["estimate"]
    if positive.empty:
        raise AnalysisError("there is no item with a positive side to describe", place=f"figure of {construct}")
    names = items.set_index("item")[f"label_{language}"].to_dict()
    ends = [(str(names.get(at) or at), float(positive[at])) for at in (positive.idxmax(), positive.idxmin())]
    n = int(rows.loc[rows["term"] == "positive", "n"].max())
    caption = captions.join(
        captions.count(n, total, language),
        captions.denominator("answered", language),
        captions.rounding(language),
        *(captions.design_caveat(str(d), language) for d in items["design"].dropna().unique()),
    )
    alt = captions.alt_likert(len(items), ends[0], ends[1], language)
    return Texts(_title("likert", language, name=project.label(construct)), caption, alt)


def forest(released: Released, project: Project, params: Params, outcome: str, by: str, design: str) -> Texts:
    """Return the texts of shares by group: one overall row and one per group."""
    language, rows = project.project.language, released.frame
    overall = rows[rows["group"] == "all"].iloc[0]
    groups = rows[rows["group"] != "all"]
    counted = int(overall["n"]), int(overall["n"] + overall["n_excluded"])
    methods = [str(overall["method"]), *groups["method"].unique()]
    caption = captions.join(
        captions.count(*counted, language),
        _pick(_MIDDLE, language),
        *(captions.interval(m, params.ci_level, language) for m in dict.fromkeys(methods)),
        captions.estimand(project.analysis.estimand, language) if pd.notna(overall["n_clusters"]) else "",
        captions.hidden(params.min_group_n, language) if len(released.hidden) else "",
        captions.design_caveat(design, language),
    )
    limits = float(overall["ci_low"]), float(overall["ci_high"])
    alt = captions.alt_forest(project.label(outcome), float(overall["estimate"]), limits, len(groups), language)
    named = _pick(_BY[by], language) if by in _BY else by
    return Texts(_title("forest", language, name=project.label(outcome), by=named), caption, alt)


def reach(released: Released, project: Project) -> Texts:
    """Return the texts of visits and people per month."""
    language, rows = project.project.language, released.frame
    months = sorted(g.removeprefix("month=") for g in rows["group"] if g.startswith("month="))
    first, last = (f"{int(m[5:])}/{m[:4]}" for m in (months[0], months[-1]))
    sums = rows[rows["group"].str.startswith("month=")].groupby("term")["estimate"].sum()
    visits, persons = int(sums["visits"]), int(sums["new_persons"])
    caption = captions.join(
        captions.count(persons, persons, language, "persons").partition("/")[0], _pick(_PEOPLE, language)
    )
    return Texts(_title("reach", language), caption, captions.alt_reach(first, last, visits, persons, language))


def ledger(released: Released, project: Project) -> Texts:
    """Return the texts of the ledger of feedback files."""
    language, rows = project.project.language, released.frame
    sums = {c: int(rows[c].sum()) for c in ("rows_read", "accepted", "duplicate", "quarantined")}
    caption = captions.join(
        captions.count(sums["accepted"], sums["rows_read"], language, "rows"), _pick(_ROWS, language)
    )
    alt = captions.alt_ledger(rows["unit"].nunique(), *sums.values(), language=language)
    return Texts(_title("ledger", language), caption, alt)


def group_labels(tables: Mapping[str, pd.DataFrame], variable: str, language: str) -> dict[str, str]:
    """Return variable=value -> what to print: action names, or the option labels of a background question."""
    if variable == "action_id":
        names = tables["actions"].set_index("action_id")["name"]
    else:
        options = tables["options"]
        names = options[options["question"] == variable].set_index("code")[f"label_{language}"]
    return {f"{variable}={code}": str(name) for code, name in names.dropna().items()}


def _title(kind: str, language: str, **names: str) -> str:
    return _pick(_TITLES[kind], language).format(**names)


def _pick(texts: tuple[str, str, str], language: str) -> str:
    return texts[words.LANGUAGES.index(language)]
