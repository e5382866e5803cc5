"""Texts of the specification curve, and the names of its choices."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pipeline.core.config import Project, Robustness
from pipeline.core.errors import AnalysisError
from pipeline.core.formats import number, percent, percentage
from pipeline.report import captions
from pipeline.report.captions import Sentences, pick
from pipeline.report.disclosure import Released
from pipeline.report.texts import Texts

_KINDS: Final[Sentences] = {
    "cut": ("raja", "gräns", "cut"),
    "missing": ("puuttuvien sääntö", "regeln för saknade", "rule for missing answers"),
    "weights": ("painot", "vikter", "weights"),
    "exclusions": ("rajaukset", "avgränsningar", "exclusions"),
    "interval": ("väli", "intervall", "interval"),
}
_TEXTS: Final[Sentences] = {
    "title": (
        "{name}: pitääkö ”suurin osa”, jos analyysi tehdään toisin",
        "{name}: håller ”de flesta” om analysen görs annorlunda",
        "{name}: does “most” hold if the analysis is done otherwise",
    ),
    "each": (
        "Jokainen pystyviiva on yksi puolustettava tapa tehdä analyysi ({total}); alla näkyy, mitkä valinnat siihen "
        "kuuluvat. Täytetyn pisteen väli on kokonaan yli puolen.",
        "Varje lodrät linje är ett försvarbart sätt att göra analysen ({total}); nedanför syns valen. En fylld punkts "
        "intervall ligger helt över hälften.",
        "Each vertical line is one defensible way to do the analysis ({total}); the choices stand below. A filled "
        "point's interval lies wholly above one half.",
    ),
    "not_probability": (
        "Tukevien osuus ei ole todennäköisyys: tavat eivät ole toisistaan riippumattomia.",
        "Andelen som stöder är ingen sannolikhet: sätten är inte oberoende av varandra.",
        "The part that supports is no probability: the ways are not independent of each other.",
    ),
    "alt": (
        "{name}: {support} tavasta {total} tukee väitettä; arviot ovat {low}–{high}. Eniten vaikuttaa {most}.",
        "{name}: {support} av {total} sätt stöder påståendet; skattningarna är {low}–{high}. Mest betyder {most}.",
        "{name}: {support} of {total} ways support the claim; estimates are {low}–{high}. What matters most: {most}.",
    ),
    "hidden": (
        "Tapoja, joista voisi päätellä pieniä määriä, ei esitetä.",
        "Sätt som kunde avslöja små antal visas inte.",
        "Ways that could give away small numbers are not shown.",
    ),
}


def labels(choices: Robustness, language: str) -> dict[str, str]:
    """Return what to call each option: of choice=option, and of an interval by its method.

    Parameters
    ----------
    choices : Robustness
        Of params.yaml: an option's label, or its key where it has none.
    language : {"fi", "sv", "en"}
        Of the labels.
    """
    kinds = {"cut": choices.cuts, "missing": choices.missing, "weights": choices.weights}
    named = {
        f"{kind}={option.key}": option.label.get(language, option.key.replace("_", " "))
        for kind, options in {**kinds, "exclusions": choices.exclusions}.items()
        for option in options
    }
    methods = {i.method: i.label.get(language, i.key.replace("_", " ")) for i in choices.intervals}
    return named | {f"interval={method}": label for method, label in methods.items()}


def main(choices: Robustness) -> str:
    """Return group and method of the main analysis, joined by "|": the first option of each choice.

    Examples
    --------
    >>> main(Robustness())
    ''
    """
    kinds = {"cut": choices.cuts, "missing": choices.missing, "weights": choices.weights}
    kinds = {**kinds, "exclusions": choices.exclusions}
    if not all(kinds.values()) or not choices.intervals:
        return ""
    return ",".join(f"{kind}={options[0].key}" for kind, options in kinds.items()) + "|" + choices.intervals[0].method


def robustness(
    released: Released, moves: pd.DataFrame, project: Project, outcome: str, caveat: str, language: str
) -> Texts:
    """Return the texts of the specification curve of an outcome.

    Parameters
    ----------
    released : Released
        Rows drawn, term "specification".
    moves : DataFrame
        Rows of term "specification_curve" of the outcome: how far each choice moves the lower limit.
    project : Project
        For the name.
    outcome : str
        Outcome drawn.
    caveat : str
        Of its items' design, in the language of the texts.
    language : {"fi", "sv", "en"}
        Of the texts.

    Raises
    ------
    AnalysisError
        When no specification can be shown.
    """
    rows = released.frame.dropna(subset=["estimate", "ci_low"])
    if rows.empty:
        raise AnalysisError("there is no specification to describe", place=f"figure robustness_{outcome}")
    total = number(len(rows), language)
    caption = captions.join(
        captions.count(int(rows["n"].max()), None, language, least=int(rows["n"].min())),
        pick(_TEXTS, "each", language).format(total=total),
        pick(_TEXTS, "not_probability", language),
        pick(_TEXTS, "hidden", language) if len(released.hidden) else "",
        caveat,
    )
    name = project.label(outcome, language)
    alt = pick(_TEXTS, "alt", language).format(
        name=name, support=number(int((rows["ci_low"] > 0.5).sum()), language), total=total,
        low=percentage(float(rows["estimate"].min()), language),
        high=percent(float(rows["estimate"].max()), language, 0),
        most=_most(moves, language),
    )  # fmt: skip
    return Texts(pick(_TEXTS, "title", language).format(name=name), caption, alt, caveat)


def _most(moves: pd.DataFrame, language: str) -> str:
    own = moves[(moves["method"] == "moves_lower_limit") & moves["estimate"].notna()]
    if own.empty:
        return "–"
    kind = str(own.sort_values(["estimate", "group"], ascending=[False, True])["group"].iloc[0]).removeprefix("choice=")
    return pick(_KINDS, kind, language) if kind in _KINDS else kind
