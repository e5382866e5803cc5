"""Texts of the figures of nonresponse: the bounds that hold whatever the silent think, and where "most" tips over."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.core.errors import AnalysisError
from pipeline.core.formats import number, percent, percentage
from pipeline.report import captions
from pipeline.report.captions import Sentences, pick
from pipeline.report.disclosure import Released
from pipeline.report.texts import Texts

_BOUNDS: Final = "manski_bounds"
_TEXTS: Final[Sentences] = {
    "title_bounds": (
        "Mitä vastaamatta jättäneet voisivat muuttaa",
        "Vad de som inte svarat skulle kunna ändra",
        "What those who did not answer could change",
    ),
    "title_tipping": (
        "Milloin ”suurin osa” ei enää pitäisi",
        "När ”de flesta” inte längre skulle hålla",
        "When “most” would no longer hold",
    ),
    "everyone": (
        "Kaikki tarkoittaa listoille kirjattuja käyntejä ({everyone}); vastauksia on {answered} niistä.",
        "Alla avser besöken på listorna ({everyone}); svar finns för {answered} av dem.",
        "Everyone means the visits on the lists ({everyone}); there are answers for {answered} of them.",
    ),
    "more": (
        "Kaikki tarkoittaa listoille kirjattuja käyntejä. Vastauksia on enemmän kuin listoilla ihmisiä: listat ovat "
        "vajaat tai samat ihmiset ovat vastanneet useasti, joten vastaamatta jättäneiden määrä on epävarma.",
        "Alla avser besöken på listorna. Det finns fler svar än personer på listorna: listorna är ofullständiga eller "
        "samma personer har svarat flera gånger, så det är osäkert hur många som inte svarade.",
        "Everyone means the visits on the lists. There are more answers than people on the lists: the lists are "
        "incomplete, or people answered several times, so how many did not answer is uncertain.",
    ),
    "bounds": (
        "Rajat ovat huonoin ja paras mahdollinen osuus: ne eivät oleta vastaamattomista mitään eivätkä ole "
        "luottamusväli. Imbensin ja Manskin väli ottaa huomioon myös otosvaihtelun.",
        "Gränserna är den sämsta och bästa möjliga andelen: de antar inget om dem som inte svarat och är inget "
        "konfidensintervall. Imbens och Manskis intervall beaktar också slumpen.",
        "The bounds are the worst and best possible share: they assume nothing of the silent and are no confidence "
        "interval. Imbens and Manski's interval allows for sampling variation too.",
    ),
    "line": (
        "Suora näyttää kaikkien osuuden, kun vastaamattomien myönteisten osuus on vaaka-akselilla. Merkki on kohdassa, "
        "jossa kaikkien osuus on puolet.",
        "Linjen visar andelen bland alla när andelen positiva bland dem som inte svarat är på den vågräta axeln. "
        "Märket står där andelen bland alla är hälften.",
        "The line shows everyone's share when the share positive of the silent is on the horizontal axis. The mark "
        "stands where everyone's share is one half.",
    ),
    "not_people": (
        "Vastausta ei voi yhdistää kävijään, joten vertailu tehdään käynteihin.",
        "Ett svar kan inte knytas till en besökare, så jämförelsen görs med besök.",
        "An answer cannot be tied to a visitor, so the comparison is with visits.",
    ),
    "alt_bounds": (
        "Vastanneiden osuus ja rajat kaikille: {said}. {half}",
        "Andelen av dem som svarat och gränserna för alla: {said}. {half}",
        "Share of those who answered and bounds for everyone: {said}. {half}",
    ),
    "one_bound": (
        "{name} {share}, rajat {low}–{high}",
        "{name} {share}, gränser {low}–{high}",
        "{name} {share}, bounds {low}–{high}",
    ),
    "half_inside": (
        "Puolet on rajojen välissä: ilman oletuksia aineisto ei ratkaise, onko kaikista suurin osa myönteisiä.",
        "Hälften ligger mellan gränserna: utan antaganden avgör materialet inte om de flesta av alla är positiva.",
        "One half lies between the bounds: without assumptions the data do not settle what most of all think.",
    ),
    "half_outside": (
        "Puolet jää rajojen ulkopuolelle kaikissa tuloksissa.",
        "Hälften ligger utanför gränserna för alla utfall.",
        "One half lies outside the bounds for every outcome.",
    ),
    "alt_tipping": (
        "Kaikkien osuus on yli puolet, jos vastaamattomista on myönteisiä vähintään: {said}.",
        "Andelen bland alla är över hälften om minst så här många av dem som inte svarat är positiva: {said}.",
        "Everyone's share is above one half if at least this share of the silent is positive: {said}.",
    ),
}


def bounds(released: Released, labels: Mapping[str, str], everyone: int, caveat: str, language: str) -> Texts:
    """Return the texts of the bounds.

    Parameters
    ----------
    released : Released
        Rows drawn, term "share_positive", group "all": the share seen, and method "manski_bounds".
    labels : mapping
        Outcome -> name; in the language of the texts.
    everyone : int
        Visits listed.
    caveat : str
        Of the items' design, in the language of the texts.
    language : {"fi", "sv", "en"}
        Of the texts.
    """
    rows = _drawn(released.frame, labels)
    said = [
        pick(_TEXTS, "one_bound", language).format(
            name=labels[row["outcome"]], share=percent(row["estimate"], language, 0),
            low=percentage(row["ci_low"], language), high=percent(row["ci_high"], language, 0),
        )
        for row in rows.to_dict("records")
    ]  # fmt: skip
    inside = ((rows["ci_low"] < 0.5) & (rows["ci_high"] > 0.5)).any()
    half = pick(_TEXTS, "half_inside" if inside else "half_outside", language)
    caption = captions.join(
        captions.count(int(rows["n"].max()), None, language, least=int(rows["n"].min())),
        _everyone(rows, everyone, language),
        pick(_TEXTS, "bounds", language),
        pick(_TEXTS, "not_people", language),
        caveat,
    )
    alt = pick(_TEXTS, "alt_bounds", language).format(said="; ".join(said), half=half)
    return Texts(pick(_TEXTS, "title_bounds", language), caption, alt, caveat)


def tipping(
    released: Released,
    crossings: Mapping[str, float],
    labels: Mapping[str, str],
    everyone: int,
    caveat: str,
    language: str,
) -> Texts:
    """Return the texts of the tipping points.

    Parameters
    ----------
    released : Released
        As for `bounds`.
    crossings : mapping of str to float
        Outcome -> share of the silent who must be positive for one half of everyone.
    labels, everyone, caveat, language
        As for `bounds`.
    """
    rows = _drawn(released.frame, labels)
    said = [
        f"{labels[name]} {percent(min(max(at, 0.0), 1.0), language, 0)}"
        for name, at in crossings.items()
        if not math.isnan(at)
    ]
    caption = captions.join(
        captions.count(int(rows["n"].max()), None, language, least=int(rows["n"].min())),
        _everyone(rows, everyone, language),
        pick(_TEXTS, "line", language),
        pick(_TEXTS, "not_people", language),
        caveat,
    )
    alt = pick(_TEXTS, "alt_tipping", language).format(said=", ".join(said))
    return Texts(pick(_TEXTS, "title_tipping", language), caption, alt, caveat)


def _drawn(frame: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    rows = frame[(frame["method"] == _BOUNDS) & frame["ci_low"].notna() & frame["outcome"].isin(labels)]
    if rows.empty:
        raise AnalysisError("no outcome has bounds", place="figures of nonresponse")
    return rows.sort_values("outcome", key=lambda names: names.map({name: i for i, name in enumerate(labels)}))


def _everyone(rows: pd.DataFrame, everyone: int, language: str) -> str:
    """Return what share of the visits answered; above 1 it would be none, and the lists are short."""
    if rows["n"].max() > everyone:
        return pick(_TEXTS, "more", language)
    answered = percent(float(rows["n"].max()) / everyone, language, 0)
    return pick(_TEXTS, "everyone", language).format(everyone=number(everyone, language), answered=answered)
