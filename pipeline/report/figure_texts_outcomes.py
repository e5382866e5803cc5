"""Texts of the figures of outcomes: all outcomes side by side, and actions before and after partial pooling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.errors import AnalysisError
from pipeline.core.formats import number, percent, percentage
from pipeline.report import captions
from pipeline.report.captions import Sentences, pick
from pipeline.report.disclosure import Released
from pipeline.report.texts import Texts

#: The joint outcome: positive on every primary outcome.
BOTH: Final = "both_primary"
_TEXTS: Final[Sentences] = {
    BOTH: ("Kaikki ensisijaiset yhtä aikaa", "Alla primära samtidigt", "All primary ones at once"),
    "title_change": (
        "Myönteistä muutosta kokeneiden osuus tuloksittain",
        "Andelen som upplevt en positiv förändring, per utfall",
        "Share who report a positive change, by outcome",
    ),
    "title_answer": (
        "Myönteisesti vastanneiden osuus tuloksittain",
        "Andelen som svarat positivt, per utfall",
        "Share who answer positively, by outcome",
    ),
    "primary": (
        "Lihavoidut ovat ennen aineistoa nimettyjä ensisijaisia tuloksia.",
        "De fetstilta är primära utfall som namngavs före insamlingen.",
        "Those in bold are primary outcomes, named before the data were collected.",
    ),
    "both_counts": (
        "Yhtä aikaa -rivillä ovat mukana ne, joilla on kaikki ensisijaiset tulokset.",
        "Raden för alla samtidigt gäller dem som har alla primära utfall.",
        "The row of all at once holds those who have every primary outcome.",
    ),
    "alt_outcomes": (
        "Myönteisten osuus: {shares}. {above}",
        "Andelen positiva: {shares}. {above}",
        "Share positive: {shares}. {above}",
    ),
    "above": (
        "Luottamusväli on kokonaan yli puolen: {names}.",
        "Konfidensintervallet ligger helt över hälften: {names}.",
        "The confidence interval lies wholly above one half: {names}.",
    ),
    "above_none": (
        "Minkään tuloksen luottamusväli ei ole kokonaan yli puolen.",
        "För inget utfall ligger konfidensintervallet helt över hälften.",
        "For no outcome does the confidence interval lie wholly above one half.",
    ),
    "title_pooled": (
        "{name}: osuus toimenpiteittäin ennen tasoitusta ja sen jälkeen",
        "{name}: andelen per åtgärd före och efter utjämning",
        "{name}: share by action before and after pooling",
    ),
    "order": (
        "Järjestys ei ole paremmuusjärjestys.",
        "Ordningen är ingen rangordning.",
        "The order is no ranking.",
    ),
    "hollow": (
        "Avoin piste on toimenpiteen oma osuus, täytetty piste tasoitettu.",
        "Den öppna punkten är åtgärdens egen andel, den fyllda den utjämnade.",
        "The hollow mark is the action's own share, the filled one the pooled share.",
    ),
    "alt_pooled": (
        "Esitettyjen toimenpiteiden ({groups}) omat osuudet ovat {own_low}–{own_high}, tasoitetut {low}–{high}. {meet}",
        "De visade åtgärdernas ({groups}) egna andelar är {own_low}–{own_high}, de utjämnade {low}–{high}. {meet}",
        "The own shares of the actions shown ({groups}) are {own_low}–{own_high}, the pooled ones {low}–{high}. {meet}",
    ),
    "meet": (
        "Kaikkien tasoitetut välit limittyvät: aineisto ei erottele niitä.",
        "Alla utjämnade intervall överlappar varandra: materialet skiljer dem inte åt.",
        "All pooled intervals overlap: the data do not tell them apart.",
    ),
    "apart": (
        "Kaikki tasoitetut välit eivät limity.",
        "Alla utjämnade intervall överlappar inte varandra.",
        "Not all pooled intervals overlap.",
    ),
}


def labels(project: Project, language: str) -> dict[str, str]:
    """Return what to call each outcome, in the order to draw them: primary, all of them at once, others."""
    others = [o.key for o in project.outcomes if not o.primary]
    both = {BOTH: pick(_TEXTS, BOTH, language)} if len(project.primary) > 1 else {}
    return {key: project.label(key, language) for key in project.primary} | both | {
        key: project.label(key, language) for key in others
    }  # fmt: skip


def outcomes(released: Released, items: pd.DataFrame, project: Project, params: Params, language: str) -> Texts:
    """Return the texts of the shares of all outcomes.

    Parameters
    ----------
    released : Released
        The rows drawn: one per outcome, of `plots.outcomes.headline_rows`.
    items : DataFrame
        Contract `items`: the design of what an outcome is made of decides the caveat.
    project, params : Project, Params
        Names, estimand; level of the intervals.
    language : {"fi", "sv", "en"}
        Of the texts.

    Raises
    ------
    AnalysisError
        When there is nothing to describe.
    """
    rows = released.frame.dropna(subset=["estimate"])
    if rows.empty:
        raise AnalysisError("there is no outcome to describe", place="figure outcomes")
    designs = _designs(items, project, rows["outcome"])
    caveat = captions.design_caveats(designs, language)
    caption = captions.join(
        captions.count(int(rows["n"].max()), None, language, least=int(rows["n"].min())),
        captions.positive(language),
        pick(_TEXTS, "primary", language) if rows["outcome"].isin(project.primary).any() else "",
        pick(_TEXTS, "both_counts", language) if (rows["outcome"] == BOTH).any() else "",
        *_intervals(rows, params, language),
        captions.estimand(project.analysis.estimand, language) if rows["n_clusters"].notna().any() else "",
        caveat,
    )
    kind = "title_change" if set(designs) <= set(captions.OF_CHANGE) else "title_answer"
    names = labels(project, language)
    ordered = rows.sort_values("outcome", key=lambda outcome: outcome.map({key: i for i, key in enumerate(names)}))
    return Texts(pick(_TEXTS, kind, language), caption, _alt(ordered, names, language), caveat)


def _designs(items: pd.DataFrame, project: Project, drawn: pd.Series) -> list[str]:
    """Designs of the items behind the outcomes drawn: an outcome is a construct, or a single item."""
    wanted = {*drawn, *(project.primary if BOTH in set(drawn) else ())}
    own = items[items["construct"].isin(wanted) | items["item"].isin(wanted)]
    return sorted(own["design"].dropna().astype(str).unique())


def _intervals(rows: pd.DataFrame, params: Params, language: str) -> list[str]:
    drawn = rows.loc[rows["ci_low"].notna(), "method"].unique()
    return [captions.interval(str(method), params.ci_level, language) for method in sorted(drawn)]


def _alt(rows: pd.DataFrame, names: Mapping[str, str], language: str) -> str:
    shares = [f"{names.get(r['outcome'], r['outcome'])} {_share(r, language)}" for r in rows.to_dict("records")]
    surely = [names.get(o, o) for o in rows.loc[rows["ci_low"] > 0.5, "outcome"]]
    above = pick(_TEXTS, "above", language).format(names=", ".join(surely)) if surely else ""
    above = above or pick(_TEXTS, "above_none", language)
    return pick(_TEXTS, "alt_outcomes", language).format(shares=", ".join(shares), above=above)


def _share(row: Mapping[Any, Any], language: str) -> str:
    said = percent(row["estimate"], language, 0)
    if pd.isna(row["ci_low"]):
        return said
    return f"{said} ({percentage(row['ci_low'], language)}–{percent(row['ci_high'], language, 0)})"


def pooled(
    released: Released, project: Project, params: Params, outcome: str, designs: Sequence[str], language: str
) -> Texts:
    """Return the texts of shares by action before and after pooling.

    Parameters
    ----------
    released : Released
        Rows of term ``share_positive`` by action, of methods ``wilson`` (an action's own) and ``glmm_pooled``.
    project, params : Project, Params
        Names; level and smallest group.
    outcome : str
        Outcome drawn.
    designs : sequence of str
        Designs of its items.
    language : {"fi", "sv", "en"}
        Of the texts.

    Raises
    ------
    AnalysisError
        When no action can be shown.
    """
    own, drawn = _both_methods(released.frame)
    if own.empty:
        raise AnalysisError("there is no action to describe", place=f"figure pooled_{outcome}")
    caveat = captions.design_caveats(designs, language)
    caption = captions.join(
        captions.count(int(own["n"].max()), None, language, least=int(own["n"].min())),
        pick(_TEXTS, "hollow", language),
        captions.interval("glmm_pooled", params.ci_level, language),
        pick(_TEXTS, "order", language),
        captions.hidden(params.min_group_n, language) if len(released.hidden) else "",
        caveat,
    )
    title = pick(_TEXTS, "title_pooled", language).format(name=project.label(outcome, language))
    return Texts(title, caption, _alt_pooled(own, drawn, language), caveat)


def _both_methods(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows by group of the own and of the pooled share, of the groups that show both."""
    known = frame[frame["estimate"].notna() & (frame["group"] != "all") & (frame["term"] == "share_positive")]
    own, drawn = (known[known["method"] == method].set_index("group") for method in ("wilson", "glmm_pooled"))
    groups = own.index.intersection(drawn.index)
    return own.loc[groups], drawn.loc[groups]


def _alt_pooled(own: pd.DataFrame, drawn: pd.DataFrame, language: str) -> str:
    limits = {
        "own_low": own["estimate"].min(), "own_high": own["estimate"].max(),
        "low": drawn["estimate"].min(), "high": drawn["estimate"].max(),
    }  # fmt: skip
    low = {"own_low", "low"}  # a percent sign after the second of two
    said = {
        name: percentage(float(value), language) if name in low else percent(float(value), language, 0)
        for name, value in limits.items()
    }
    meet = "meet" if drawn["ci_low"].max() <= drawn["ci_high"].min() else "apart"
    return pick(_TEXTS, "alt_pooled", language).format(
        groups=number(len(own), language), meet=pick(_TEXTS, meet, language), **said
    )
