"""Title, caption and alt text of each kind of figure, written from the very rows it draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.errors import AnalysisError
from pipeline.core.formats import label, month
from pipeline.report import alt_texts, captions
from pipeline.report.captions import chosen
from pipeline.report.disclosure import Released
from pipeline.report.texts import Texts

#: Per language: what the figure is about, with the outcome's or variable's name filled in.
_TITLES: Final = {
    "ledger": (
        "Saadut palautevastaukset tiedostoittain",
        "Inkomna enkätsvar per fil",
        "Feedback responses received, by file",
    ),
    "likert": ("{name}: vastausten jakauma", "{name}: svarens fördelning", "{name}: distribution of answers"),
    "change": (
        "{name}: myönteistä muutosta kokeneiden osuus, {by}",
        "{name}: andelen som upplevt en positiv förändring, {by}",
        "{name}: share who report a positive change, {by}",
    ),
    "answer": (
        "{name}: myönteisesti vastanneiden osuus, {by}",
        "{name}: andelen som svarat positivt, {by}",
        "{name}: share who answer positively, {by}",
    ),
    "reach": ("Käynnit ja tavoitetut ihmiset", "Besök och personer som nåtts", "Visits and people reached"),
}
_BY: Final = {
    "action_id": ("toimenpiteittäin", "per åtgärd", "by action"),
    "target_group": ("kohderyhmittäin", "per målgrupp", "by target group"),
    "role": ("roolin mukaan", "efter roll", "by role"),
    "mode": ("vastaustavan mukaan", "efter svarssätt", "by mode of answering"),
}
#: The closed vocabularies of a response that results are shown by. An attendee is no participant in the fund's sense.
_KINDS: Final = {
    "role": {
        "participant": ("Kävijä", "Besökare", "Attendee"),
        "organiser": ("Järjestäjä", "Arrangör", "Organiser"),
        "stakeholder": ("Sidosryhmän edustaja", "Företrädare för intressent", "Stakeholder"),
    },
    "mode": {
        "paper": ("Paperilomake", "Pappersblankett", "Paper form"),
        "web": ("Verkkolomake", "Webbformulär", "Web form"),
        "kiosk": ("Palautepiste", "Svarsstation", "Kiosk"),
        "interview": ("Haastattelu", "Intervju", "Interview"),
    },
}
_HALF: Final = 0.5
_FATES: Final = ("rows_read", "accepted", "duplicate", "quarantined")
_PEOPLE: Final = (
    "Ihmiset on tunnistettu osallistujalistoilta nimen ja yhteystietojen perusteella, joten määrä on likimääräinen. "
    "He ovat osallistujalistoille kirjattuja kävijöitä, eivät ESR-henkilöosallistujia.",
    "Personerna har identifierats på deltagarlistorna med namn och kontaktuppgifter, så antalet är ungefärligt. "
    "De är besökare på listorna, inte ESF-deltagare.",
    "People were told apart on the attendance lists by name and contact details, so their number is approximate. "
    "They are attendees on the lists, not ESF participants.",
)
_OF_ALL: Final = ("Kaikki vastanneet", "Alla som svarat", "All respondents")
_OF_GROUPS: Final = ("Ryhmät", "Grupperna", "Groups")
_ROWS: Final = (
    "Luetut rivit ovat hyväksyttyjä, jo toimitettuja tai tarkistettavaksi siirrettyjä; yhtään ei ole jätetty pois.",
    "Lästa rader är godkända, redan levererade eller satta åt sidan; ingen har lämnats bort.",
    "Rows read are accepted, delivered before, or set aside; none was left out.",
)


def likert(
    released: Released, items: pd.DataFrame, project: Project, construct: str, total: int, language: str
) -> Texts:
    """Return the texts of the diverging bars of a construct.

    Parameters
    ----------
    released : Released
        The rows drawn, of `estimates`, with the terms ``positive``.
    items : DataFrame
        The items drawn, contract `items`.
    project : Project
        For names.
    construct : str
        What the items measure.
    total : int
        Responses in all.
    language : {"fi", "sv", "en"}
        Of the texts.
    """
    rows = released.frame[released.frame["outcome"].isin(items["item"]) & (released.frame["group"] == "all")]
    positive = rows[(rows["term"] == "positive") & (rows["method"] == "wilson")].set_index("outcome")
    if positive.empty:
        raise AnalysisError("there is no item with a positive side to describe", place=f"figure of {construct}")
    caveat = captions.design_caveats(items["design"].dropna().astype(str).unique(), language)
    caption = captions.join(
        _of_items(positive["n"].dropna(), total, language),
        captions.small(language) if rows["estimate"].isna().any() and rows["n"].isna().any() else "",
        captions.denominator("answered", language),
        captions.rounding(language),
        captions.turned(language) if items["reversed"].any() else "",
        caveat,
    )
    alt = alt_texts.likert(len(items), _positive(positive["estimate"], items, language), language)
    return Texts(_title("likert", language, name=project.label(construct, language)), caption, alt, caveat)


def _of_items(n: pd.Series, total: int, language: str) -> str:
    return captions.count(int(n.max()), total, language, least=int(n.min())) if len(n) else ""


def _positive(shares: pd.Series, items: pd.DataFrame, language: str) -> list[alt_texts.Positive]:
    """Return the items that somebody answered, in the order of the figure."""
    return [
        alt_texts.Positive(label(item, language, item["item"]), float(shares[item["item"]]), bool(item["reversed"]))
        for item in items.to_dict("records")
        if pd.notna(shares.get(item["item"]))
    ]


def forest(
    released: Released, project: Project, params: Params, outcome: str, by: str, design: str, language: str
) -> Texts:
    """Return the texts of shares by group: one overall row and one per group."""
    rows, caveat = released.frame, captions.design_caveat(design, language)
    overall, groups = rows[rows["group"] == "all"].iloc[0], rows[rows["group"] != "all"]
    drawn = pd.concat([overall.to_frame().T, groups]).dropna(subset=["ci_low"])
    caption = captions.join(
        captions.count(int(overall["n"]), int(overall["n"] + overall["n_excluded"]), language)
        if pd.notna(overall["n"])
        else "",
        captions.positive(language),
        *_intervals(drawn, params.ci_level, language),
        captions.estimand(project.analysis.estimand, language) if pd.notna(overall["n_clusters"]) else "",
        captions.hidden(params.min_group_n, language) if len(released.hidden) else "",
        caveat,
    )
    limits, name = (float(overall["ci_low"]), float(overall["ci_high"])), project.label(outcome, language)
    shown, above = int(groups["estimate"].notna().sum()), int((groups["ci_low"] > _HALF).sum())
    alt = alt_texts.forest(name, float(overall["estimate"]), limits, shown, above, language)
    kind = "change" if design in captions.OF_CHANGE else "answer"
    title = _title(kind, language, name=name, by=chosen(_BY[by], language) if by in _BY else by)
    return Texts(title, caption, alt, caveat)


def _intervals(drawn: pd.DataFrame, level: float, language: str) -> list[str]:
    """Say how the intervals drawn were made; where that of all and those of the groups differ, which is which."""
    said = {str(m): captions.interval(str(m), level, language) for m in drawn["method"].unique()}
    if len(said) == 1:
        return list(said.values())
    rows = zip(drawn["method"], drawn["group"] == "all", strict=True)
    return [f"{chosen(_OF_ALL if of_all else _OF_GROUPS, language)}: {said[m]}" for m, of_all in dict.fromkeys(rows)]


def reach(released: Released, language: str) -> Texts:
    """Return the texts of visits and people per month."""
    rows = released.frame[released.frame["group"].str.startswith("month=")]
    days = sorted(dt.date.fromisoformat(f"{group.removeprefix('month=')}-01") for group in rows["group"])
    first, last = (month(day, language, full=True) for day in (days[0], days[-1]))
    known = rows["estimate"].notna().all()
    sums = rows.groupby("term")["estimate"].sum().astype(int)
    visits, persons = (int(sums["visits"]), int(sums["new_persons"])) if known else (None, None)
    caveat = chosen(_PEOPLE, language)
    counted = captions.small(language) if persons is None else captions.count(persons, None, language, "persons")
    caption = captions.join(counted, caveat)
    return Texts(_title("reach", language), caption, alt_texts.reach(first, last, visits, persons, language), caveat)


def ledger(released: Released, language: str) -> Texts:
    """Return the texts of the ledger of feedback files."""
    rows = released.frame[released.frame["scope"] == "file"]
    read, accepted, duplicate, aside = (int(rows[c].sum()) for c in _FATES)
    caption = captions.join(captions.count(accepted, read, language, "rows"), chosen(_ROWS, language))
    alt = alt_texts.ledger(rows["unit"].nunique(), read, accepted, duplicate, aside, language)
    return Texts(_title("ledger", language), caption, alt)


def group_labels(tables: Mapping[str, pd.DataFrame], variable: str, language: str) -> dict[str, str]:
    """Return variable=value -> what to print, in the order to draw.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Contract tables actions and options.
    variable : str
        "action_id", "role" or "mode" of a response, or a background question.
    language : {"fi", "sv", "en"}
        Of the labels; action names are as the project wrote them.
    """
    if variable == "action_id":
        names = tables["actions"].set_index("action_id")["name"].dropna().to_dict()
    elif variable in _KINDS:
        names = {code: chosen(texts, language) for code, texts in _KINDS[variable].items()}
    else:
        options = tables["options"][tables["options"]["question"] == variable].sort_values("position", kind="stable")
        names = {o["code"]: label(o, language, str(o["code"])) for o in options.to_dict("records")}
    return {f"{variable}={code}": str(name) for code, name in names.items()}


def _title(kind: str, language: str, **names: str) -> str:
    return chosen(_TITLES[kind], language).format(**names)
