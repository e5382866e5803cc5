"""Texts of what was planned and what came of it, and of the sustainability grid."""

from __future__ import annotations

from typing import Final

from pipeline.core.config import Project
from pipeline.core.errors import AnalysisError
from pipeline.core.formats import percent
from pipeline.report import captions
from pipeline.report.captions import Sentences, pick
from pipeline.report.texts import Texts

_TEXTS: Final[Sentences] = {
    "title_planned": ("Suunniteltu ja toteutunut", "Planerat och utfall", "Planned and actual"),
    "planned": (
        "Palkki on toteutuneen osuus suunnitellusta; luvut ovat omissa yksiköissään. Suhdelukua ei ole, jos mitään ei "
        "suunniteltu tai toteutunutta ei ole kirjattu.",
        "Stapeln är utfallet som andel av planen; talen är i sina egna enheter. Förhållande saknas där inget "
        "planerades eller utfallet inte är antecknat.",
        "The bar is what came of the plan; the figures are in their own units. There is no ratio where nothing was "
        "planned or the actual figure is not recorded.",
    ),
    "source": (
        "Lähde: hankkeen omat tiedot (project.toml).",
        "Källa: projektets egna uppgifter (project.toml).",
        "Source: the project's own records (project.toml).",
    ),
    "alt_planned": (
        "Toteutunut suhteessa suunniteltuun: {said}.",
        "Utfall i förhållande till planen: {said}.",
        "Actual against planned: {said}.",
    ),
    "alt_no_ratio": (
        "Yhdestäkään luvusta ei voi laskea toteutuneen osuutta suunnitellusta.",
        "För inget tal kan utfallet jämföras med planen.",
        "For no figure can the actual be compared with the plan.",
    ),
    "title_sustainability": (
        "Hankkeen välittömät ja välilliset vaikutukset kestävään kehitykseen, oma arvio",
        "Projektets direkta och indirekta betydelse för hållbar utveckling, egen bedömning",
        "Direct and indirect bearing on sustainable development, own assessment",
    ),
    "grid": (
        "Pisteet ovat hankkeen oma arvio rahoittajan lomakkeella; niitä ei ole mitattu.",
        "Poängen är projektets egen bedömning på finansiärens blankett; de är inte uppmätta.",
        "The scores are the project's own assessment on the funder's form; they were not measured.",
    ),
    "alt_grid": (
        "Suurimmat pisteet sai {topic}: välitön {direct}, välillinen {indirect}. Molemmat ovat nolla {zero} kohdassa "
        "{all}:sta.",
        "Högst poäng fick {topic}: direkt {direct}, indirekt {indirect}. Båda är noll på {zero} av {all} punkter.",
        "Highest: {topic}, direct {direct}, indirect {indirect}. Both are zero in {zero} of {all} topics.",
    ),
}  # fmt: skip


def planned_actual(project: Project, language: str) -> Texts:
    """Return the texts of the planned and actual figures of a project."""
    if not project.indicators:
        raise AnalysisError("there are no indicators", place="figure planned_actual")
    said = [
        f"{i.label.get(language, i.key)} {percent(i.actual / i.planned, language, 1)}"
        for i in project.indicators
        if i.planned and i.actual is not None
    ]
    alt = pick(_TEXTS, "alt_planned", language).format(said=", ".join(said))
    caveat = pick(_TEXTS, "source", language)
    caption = captions.join(pick(_TEXTS, "planned", language), caveat)
    return Texts(
        pick(_TEXTS, "title_planned", language),
        caption,
        alt if said else pick(_TEXTS, "alt_no_ratio", language),
        caveat,
    )


def sustainability(project: Project, language: str) -> Texts:
    """Return the texts of the sustainability grid of a project; its topics stand in the language of the form."""
    rows = project.sustainability
    if not rows:
        raise AnalysisError("the grid is empty", place="figure sustainability")
    top = max(rows, key=lambda row: (row.direct + row.indirect, row.topic))
    zero = sum(row.direct == 0 and row.indirect == 0 for row in rows)
    alt = pick(_TEXTS, "alt_grid", language).format(
        topic=top.topic, direct=top.direct, indirect=top.indirect, zero=zero, all=len(rows)
    )
    caveat = pick(_TEXTS, "grid", language)
    return Texts(pick(_TEXTS, "title_sustainability", language), caveat, alt, caveat)
