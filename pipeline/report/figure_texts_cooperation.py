"""Texts of the network of organisations and actions, its growth, and the themes of open answers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.errors import AnalysisError
from pipeline.core.formats import number, percent
from pipeline.report import captions
from pipeline.report.captions import Sentences, pick
from pipeline.report.disclosure import Released
from pipeline.report.texts import Texts

_TEXTS: Final[Sentences] = {
    "title_network": (
        "Järjestöt ja toimenpiteet, joihin ne osallistuivat",
        "Organisationerna och åtgärderna de deltog i",
        "Organisations and the actions they took part in",
    ),
    "count": (
        "{organisations} järjestöä, {actions} toimenpidettä, {ties} yhteyttä.",
        "{organisations} organisationer, {actions} åtgärder, {ties} kontakter.",
        "{organisations} organisations, {actions} actions, {ties} ties.",
    ),
    "named": (
        "Nimettyinä ovat järjestöt, jotka olivat mukana vähintään {least} toimenpiteessä.",
        "Namngivna är organisationer som deltog i minst {least} åtgärder.",
        "Named are organisations that took part in {least} actions or more.",
    ),
    "register": (
        "Tieto on osallistumisrekisteristä: se kertoo, kuka oli mukana, ei kuka puhui kenellekin.",
        "Uppgiften är ur registret över deltagande: den visar vem som var med, inte vem som talade med vem.",
        "From the register of involvement: it tells who took part, not who spoke to whom.",
    ),
    "alt_network": (
        "Eniten järjestöjä oli toimenpiteessä {action} ({most}). Useammassa kuin yhdessä toimenpiteessä oli mukana "
        "{several} järjestöä {organisations}:sta.",
        "Flest organisationer hade åtgärden {action} ({most}). I fler än en åtgärd deltog {several} av {organisations} "
        "organisationer.",
        "Most organisations took part in {action} ({most}). {several} of {organisations} organisations took part in "
        "more than one action.",
    ),
    "title_growth": ("Yhteistyöverkoston kasvu", "Samarbetsnätverkets tillväxt", "Growth of the network"),
    "growth": (
        "Yhteys on järjestön ensimmäinen osallistuminen toimenpiteeseen, neljännesvuosittain.",
        "En kontakt är en organisations första deltagande i en åtgärd, per kvartal.",
        "A tie is an organisation's first part in an action, by quarter.",
    ),
    "alt_growth": (
        "Yhteyksiä oli ensimmäisen neljänneksen lopussa {first} ja lopussa {last}. Eniten uusia tuli neljänneksellä "
        "{quarter} ({most}).",
        "Antalet kontakter var {first} i slutet av det första kvartalet och {last} till sist. Flest nya kom kvartalet "
        "{quarter} ({most}).",
        "There were {first} ties after the first quarter and {last} in the end. Most came in {quarter} ({most}).",
    ),
    "title_themes": ("Avovastausten teemat", "Teman i de öppna svaren", "Themes of open answers"),
    "themes": (
        "Prosentit ovat koodatuista avovastauksista; yhdessä vastauksessa voi olla useita teemoja. Teemat ovat "
        "koodaajien, eivät ohjelman, ja vastaukset, joista koodaajat ovat eri mieltä, on jätetty pois.",
        "Procenten är av de kodade öppna svaren; ett svar kan ha flera teman. Temana är kodarnas, inte programmets, "
        "och svar som kodarna är oense om har lämnats bort.",
        "Percentages are of the open answers that were coded; one answer may hold several themes. The themes are the "
        "coders', not the program's, and answers the coders disagree on are left out.",
    ),
    "who": (
        "Avovastauksen kirjoittaneet eivät edusta kaikkia vastanneita.",
        "De som skrivit ett öppet svar representerar inte alla som svarat.",
        "Those who wrote an open answer do not represent all respondents.",
    ),
    "alt_themes": (
        "Yleisin teema on {most} ({share}), harvinaisin {least} ({low}).",
        "Det vanligaste temat är {most} ({share}), det ovanligaste {least} ({low}).",
        "The most common theme is {most} ({share}), the least common {least} ({low}).",
    ),
    "alt_one_theme": (
        "Ainoa esitetty teema on {most} ({share}).",
        "Det enda tema som visas är {most} ({share}).",
        "The only theme shown is {most} ({share}).",
    ),
}  # fmt: skip


def network(involvement: pd.DataFrame, actions: dict[str, str], least: int, language: str) -> Texts:
    """Return the texts of the network.

    Parameters
    ----------
    involvement : DataFrame
        Columns organisation_id, action_id.
    actions : dict of str to str
        Names by id.
    least : int
        Actions from which on an organisation is named.
    language : {"fi", "sv", "en"}
        Of the texts.
    """
    ties = involvement[["organisation_id", "action_id"]].dropna().drop_duplicates()
    if ties.empty:
        raise AnalysisError("there is no tie to describe", place="figure network")
    by_action, by_organisation = ties["action_id"].value_counts(), ties["organisation_id"].value_counts()
    largest = sorted(by_action.index, key=lambda key: (-by_action[key], key))[0]
    caveat = pick(_TEXTS, "register", language)
    numbers = {
        "organisations": number(len(by_organisation), language), "actions": number(len(by_action), language),
        "ties": number(len(ties), language), "least": number(least, language),
        "action": actions.get(largest, largest), "most": number(int(by_action[largest]), language),
        "several": number(int((by_organisation > 1).sum()), language),
    }  # fmt: skip
    said = {key: pick(_TEXTS, key, language).format(**numbers) for key in ("count", "named", "alt_network")}
    caption = captions.join(said["count"], said["named"], caveat)
    return Texts(pick(_TEXTS, "title_network", language), caption, said["alt_network"], caveat)


def growth(released: Released, language: str) -> Texts:
    """Return the texts of the network's growth: rows of outcome "network", method "count", by quarter."""
    rows = released.frame[released.frame["group"].str.startswith("quarter=")]
    wide = rows.pivot(index="group", columns="term", values="estimate").sort_index()
    if wide.empty:
        raise AnalysisError("there is no quarter to describe", place="figure network_growth")
    most, caveat = str(wide["new_ties"].idxmax()), pick(_TEXTS, "register", language)
    alt = pick(_TEXTS, "alt_growth", language).format(
        first=number(float(wide["ties_to_date"].iloc[0]), language),
        last=number(float(wide["ties_to_date"].iloc[-1]), language),
        quarter=_quarter(most), most=number(float(wide.loc[most, "new_ties"]), language),
    )  # fmt: skip
    caption = captions.join(pick(_TEXTS, "growth", language), caveat)
    return Texts(pick(_TEXTS, "title_growth", language), caption, alt, caveat)


def _quarter(group: str) -> str:
    year, quarter = group.removeprefix("quarter=").split("Q")
    return f"{quarter}/{year}"


def themes(released: Released, project: Project, params: Params, language: str) -> Texts:
    """Return the texts of the themes: rows of term "theme_share", one per theme, drawn with one method."""
    rows = released.frame.dropna(subset=["estimate"]).sort_values(["estimate", "outcome"], ascending=[False, True])
    if rows.empty:
        raise AnalysisError("there is no theme to describe", place="figure themes")
    caveat = pick(_TEXTS, "who", language)
    methods = sorted(rows.loc[rows["ci_low"].notna(), "method"].unique())
    caption = captions.join(
        captions.count(int(rows["n"].max()), None, language, least=int(rows["n"].min())),
        pick(_TEXTS, "themes", language),
        *(captions.interval(str(method), params.ci_level, language) for method in methods),
        captions.estimand(project.analysis.estimand, language) if rows["n_clusters"].notna().any() else "",
        captions.small(language) if len(released.hidden) else "",
        caveat,
    )
    kind = "alt_themes" if len(rows) > 1 else "alt_one_theme"
    alt = pick(_TEXTS, kind, language).format(
        most=theme_name(rows["outcome"].iloc[0]), share=percent(float(rows["estimate"].iloc[0]), language, 0),
        least=theme_name(rows["outcome"].iloc[-1]), low=percent(float(rows["estimate"].iloc[-1]), language, 0),
    )  # fmt: skip
    return Texts(pick(_TEXTS, "title_themes", language), caption, alt, caveat)


def theme_name(outcome: str) -> str:
    """Return the theme of an outcome "question/theme".

    Examples
    --------
    >>> theme_name("comment/music")
    'music'
    """
    return outcome.partition("/")[2] or outcome
