"""Texts of the figures of change: better, the same and worse; then and now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from pipeline.core.config import Params, Project
from pipeline.core.errors import AnalysisError
from pipeline.core.formats import label, number, percent, percentage
from pipeline.report import captions
from pipeline.report.captions import Sentences, pick
from pipeline.report.disclosure import Released
from pipeline.report.texts import Texts

_WAYS: Final = ("down", "same", "up")
_TEXTS: Final[Sentences] = {
    "title": ("Koettu muutos: {name}", "Upplevd förändring: {name}", "Perceived change: {name}"),
    "ways": (
        "Myönteinen muutos on vastaus asteikon keskikohdan myönteisellä puolella.",
        "En positiv förändring är ett svar på den positiva sidan av skalans mitt.",
        "A change for the better is an answer on the positive side of the middle of the scale.",
    ),
    "ways_pair": (
        "Myönteinen muutos tarkoittaa, että vastaus nykytilanteesta on myönteisempi kuin vastaus aiemmasta.",
        "En positiv förändring betyder att svaret om nuläget är mer positivt än svaret om tidigare.",
        "A change for the better means that the answer about now is more positive than the one about before.",
    ),
    "score": (
        "Lihavoidulla rivillä on vastaajan kysymysten keskiarvo.",
        "Den fetstilta raden är medelvärdet av den svarandes svar på frågorna.",
        "The row in bold is of the mean of a respondent's answers.",
    ),
    "turned": (
        "Käännetyksi merkityssä kysymyksessä väheneminen on myönteistä.",
        "I en fråga som är märkt som omvänd är en minskning positiv.",
        "In a question marked as reversed a decrease is for the better.",
    ),
    "reversed": ("käännetty", "omvänd", "reversed"),
    "alt": ("{name}: {ways} (n = {n}).", "{name}: {ways} (n = {n}).", "{name}: {ways} (n = {n})."),
    "way_up": ("myönteinen muutos {share}", "positiv förändring {share}", "change for the better {share}"),
    "way_same": ("ei muutosta {share}", "ingen förändring {share}", "no change {share}"),
    "way_down": ("kielteinen muutos {share}", "negativ förändring {share}", "change for the worse {share}"),
    "few": ("Pieniä määriä ei esitetä.", "Små antal visas inte.", "Small numbers are not shown."),
    "alt_net": (
        "Myönteisiä on enemmän kuin kielteisiä, erotus {net} prosenttiyksikköä (luottamusväli {low} – {high}).",
        "De positiva är fler än de negativa, skillnaden är {net} procentenheter (konfidensintervall {low} – {high}).",
        "There are more changes for the better than for the worse, by {net} percentage points (confidence interval "
        "{low} – {high}).",
    ),
    "alt_unsure": (
        "Luottamusvälin ({low} – {high} prosenttiyksikköä) mukaan ei voi sanoa, kumpia on enemmän.",
        "Enligt konfidensintervallet ({low} – {high} procentenheter) går det inte att säga vilka som är fler.",
        "By the confidence interval ({low} – {high} percentage points) it cannot be said of which there are more.",
    ),
    "alt_worse": (
        "Kielteisiä on enemmän kuin myönteisiä, erotus {net} prosenttiyksikköä (luottamusväli {low} – {high}).",
        "De negativa är fler än de positiva, skillnaden är {net} procentenheter (konfidensintervall {low} – {high}).",
        "There are more changes for the worse than for the better: {net} percentage points (confidence interval {low} "
        "– {high}).",
    ),
    "alt_items": (
        "Yksittäisissä kysymyksissä myönteisten osuus on {low}–{high}.",
        "I de enskilda frågorna är andelen positiva {low}–{high}.",
        "In the single questions the share for the better is {low} to {high}.",
    ),
    "title_pair": ("Ennen ja nyt: {name}", "Före och nu: {name}", "Before and now: {name}"),
    "both": (
        "Mukana ovat vain molempiin kysymyksiin vastanneet.",
        "Bara de som svarat på båda frågorna ingår.",
        "Only those who answered both questions are included.",
    ),
    "alt_pair": (
        "Eniten kasvoi {up} ({up_before} → {up_now}), eniten väheni {down} ({down_before} → {down_now}).",
        "Mest ökade {up} ({up_before} → {up_now}), mest minskade {down} ({down_before} → {down_now}).",
        "The largest increase is in {up} ({up_before} → {up_now}), the largest decrease in {down} ({down_before} → "
        "{down_now}).",
    ),
}  # fmt: skip


def change_labels(items: pd.DataFrame, project: Project, outcome: str, language: str) -> dict[str, str]:
    """Return outcome -> text of what `change_<outcome>` draws: a pair by itself, or a construct and its items.

    Parameters
    ----------
    items : DataFrame
        Contract `items`.
    project : Project
        For the name of a construct.
    outcome : str
        A pair of questions, or a construct of transition items.
    language : {"fi", "sv", "en"}
        Of the texts.

    Returns
    -------
    dict
        In the order to draw; empty where `outcome` is neither. Reversed items are marked: they are drawn turned.
    """
    now = items[(items["pair"] == outcome) & (items["occasion"] == "now")]
    if len(now):
        return {outcome: _marked(now.iloc[0], language)}
    own = items[(items["construct"] == outcome) & items["maximum"].notna()]
    if own.empty or (own["design"] != "transition").any():
        return {}
    return {outcome: project.label(outcome, language)} | {
        str(r["item"]): _marked(r, language) for _, r in own.iterrows()
    }


def _marked(item: pd.Series, language: str) -> str:
    text = label(item.to_dict(), language, str(item["item"]))
    return f"{text} ({pick(_TEXTS, 'reversed', language)})" if bool(item["reversed"]) else text


def change(
    released: Released, items: pd.DataFrame, project: Project, params: Params, outcome: str, language: str
) -> Texts:
    """Return the texts of the bars of change of a construct and its items, or of a pair.

    Parameters
    ----------
    released : Released
        Rows of `estimates` of the outcomes drawn.
    items : DataFrame
        Contract `items`.
    project, params : Project, Params
        Names; level of the intervals.
    outcome : str
        What the figure is of, as in `change_labels`.
    language : {"fi", "sv", "en"}
        Of the texts.

    Raises
    ------
    AnalysisError
        When the outcome has no shares of change.
    """
    names = change_labels(items, project, outcome, language)
    shares = _shares(released.frame, list(names))
    if shares.empty or outcome not in shares.index:
        raise AnalysisError("there is no change to describe", place=f"figure change_{outcome}")
    own = items[(items["pair"] == outcome) | (items["construct"] == outcome)]
    design, is_pair = str(own["design"].iloc[0]), (own["pair"] == outcome).any()
    net = released.frame[(released.frame["method"] == "dominance_jackknife") & (released.frame["outcome"] == outcome)]
    caveat = captions.design_caveat(design, language)
    n = shares["n"]
    caption = captions.join(
        captions.count(int(n.max()), None, language, least=int(n.min())),
        pick(_TEXTS, "ways_pair" if is_pair else "ways", language),
        pick(_TEXTS, "score", language) if len(names) > 1 else "",
        pick(_TEXTS, "turned", language) if own["reversed"].any() else "",
        captions.rounding(language),
        _jackknife(net, params, language),
        captions.small(language) if shares[list(_WAYS)].isna().any(axis=None) else "",
        caveat,
    )
    title = pick(_TEXTS, "title", language).format(name=names[outcome])
    return Texts(title, caption, _alt(shares, net, names, outcome, language), caveat)


def _shares(frame: pd.DataFrame, outcomes: list[str]) -> pd.DataFrame:
    """Shares down, same and up (missing where hidden) and n by outcome; outcomes that show none are left out."""
    rows = frame[frame["outcome"].isin(outcomes) & (frame["group"] == "all") & (frame["method"] == "wilson")]
    rows = rows[rows["term"].isin([f"change={way}" for way in _WAYS]) & rows["estimate"].notna()]
    wide = rows.pivot(index="outcome", columns="term", values="estimate").astype(float)
    wide = wide.reindex(columns=[f"change={way}" for way in _WAYS]).set_axis(_WAYS, axis=1)
    wide = wide.assign(n=rows.groupby("outcome")["n"].max())
    return wide.reindex([name for name in outcomes if name in wide.index])


def _jackknife(net: pd.DataFrame, params: Params, language: str) -> str:
    if net.empty or net["ci_low"].isna().all():
        return ""
    over = "people" if net["n_clusters"].isna().all() else "events"
    return captions.interval(f"jackknife_{over}", params.ci_level, language)


def _alt(shares: pd.DataFrame, net: pd.DataFrame, names: Mapping[str, str], outcome: str, language: str) -> str:
    name, n = names[outcome].rstrip("?"), int(shares.at[outcome, "n"])
    said = _said(shares.loc[outcome, list(_WAYS)].astype(float), language)
    whole = pick(_TEXTS, "alt", language).format(name=name, n=number(n, language), ways=said)
    few = pick(_TEXTS, "few", language) if shares[list(_WAYS)].isna().any(axis=None) else ""
    others = shares.drop(index=outcome)["up"].dropna()
    items = ""
    if len(others):
        low, high = percentage(float(others.min()), language), percent(float(others.max()), language, 0)
        items = pick(_TEXTS, "alt_items", language).format(low=low, high=high)
    # beside a hidden way the difference would give it back
    more = _more(net, language) if shares.loc[outcome, list(_WAYS)].notna().all() else ""
    return captions.join(whole, more, items, few)


def _said(ways: pd.Series, language: str) -> str:
    """The shares that are shown, rounded as in the bars and the tables."""
    shown = ways.dropna()
    return ", ".join(
        pick(_TEXTS, f"way_{way}", language).format(share=percent(float(shown[way]), language, 0))
        for way in reversed(_WAYS)
        if way in shown.index
    )


def _more(net: pd.DataFrame, language: str) -> str:
    """Whether more changed for the better than for the worse, as far as the interval lets one say."""
    if net.empty or net[["estimate", "ci_low", "ci_high"]].iloc[0].isna().any():
        return ""
    row = net.iloc[0]
    key = "alt_net" if row["ci_low"] > 0 else "alt_worse" if row["ci_high"] < 0 else "alt_unsure"
    points = {"net": row["estimate"], "low": row["ci_low"], "high": row["ci_high"]}
    return pick(_TEXTS, key, language).format(**{k: percentage(v, language, 1) for k, v in points.items()})


def before_now(
    released: Released, items: pd.DataFrame, options: pd.DataFrame, params: Params, pair: str, language: str
) -> Texts:
    """Return the texts of a pair of questions, then and now, option by option.

    Parameters
    ----------
    released : Released
        Rows of `estimates` of the pair.
    items, options : DataFrame
        Contract tables.
    params : Params
        Level of the intervals.
    pair : str
        The pair.
    language : {"fi", "sv", "en"}
        Of the texts.

    Raises
    ------
    AnalysisError
        When no option can be shown.
    """
    now = items[(items["pair"] == pair) & (items["occasion"] == "now")].iloc[0]
    rows = released.frame[(released.frame["outcome"] == pair) & released.frame["estimate"].notna()]
    shares = rows[rows["method"] == "wilson"].set_index("term")["estimate"]
    changes = rows[(rows["method"] == "paired_change") & ~rows["term"].str.endswith(" of asked")].set_index("term")
    if changes.empty:
        raise AnalysisError("there is no option to describe", place=f"figure before_now_{pair}")
    caveat = captions.design_caveat(str(now["design"]), language)
    over = "people" if changes["n_clusters"].isna().all() else "events"
    drawn = changes["ci_low"].notna().any()
    caption = captions.join(
        captions.count(int(changes["n"].max()), None, language),
        pick(_TEXTS, "both", language),
        captions.interval(f"paired_{over}", params.ci_level, language) if drawn else "",
        captions.small(language) if len(released.hidden) else "",
        caveat,
    )
    title = pick(_TEXTS, "title_pair", language).format(name=label(now.to_dict(), language, pair))
    known = [c for c in changes.index if {f"before {c}", f"now {c}"} <= set(shares.index)]
    alt = _alt_pair(changes.loc[known, "estimate"].astype(float), shares, _named(options, now, language), language)
    return Texts(title, caption, alt, caveat)


def _named(options: pd.DataFrame, item: pd.Series, language: str) -> dict[str, str]:
    own = options[options["question"] == item["question"]]
    return {f"code={o['code']}": label(o, language, str(o["code"])) for o in own.to_dict("records")}


def _alt_pair(changes: pd.Series, shares: pd.Series, names: Mapping[str, str], language: str) -> str:
    if changes.empty:
        return pick(_TEXTS, "few", language)
    left, right = "“”" if language == "en" else "””"
    ends = {"up": str(changes.idxmax()), "down": str(changes.idxmin())}
    said = {way: f"{left}{names.get(term, term)}{right}" for way, term in ends.items()}
    numbers = {
        f"{way}_{occasion}": percent(float(shares[f"{occasion} {term}"]), language, 0)
        for way, term in ends.items()
        for occasion in ("before", "now")
    }
    return pick(_TEXTS, "alt_pair", language).format(**said, **numbers)
