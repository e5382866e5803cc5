"""Sentences that say what a figure shows, for those who do not see it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.core import words
from pipeline.core.formats import number, percent, percentage
from pipeline.report.captions import Sentences, pick

#: Said of the share of a reversed item, which is of its low end.
_LOW_END: Final = (
    "käännetty: asteikon matala pää on myönteinen",
    "omvänd: skalans låga ända är positiv",
    "reversed: the low end of the scale is the positive one",
)
_ALT: Final[Sentences] = {
    "likert": (
        "Vaakapalkkikuvio, kysymyksiä {items}. Myönteisiä vastauksia on eniten kohdassa {most} ja vähiten kohdassa "
        "{least}.",
        "Liggande stapeldiagram, antal frågor {items}. Andelen positiva svar är störst i {most} och minst i {least}.",
        "Horizontal bar chart, number of questions {items}. Positive answers are most common for {most} and least "
        "common for {least}.",
    ),
    "likert_one": (
        "Vaakapalkkikuvio, yksi kysymys. Myönteisten vastausten osuus: {item}.",
        "Liggande stapeldiagram, en fråga. Andelen positiva svar: {item}.",
        "Horizontal bar chart, one question. Share of positive answers: {item}.",
    ),
    "likert_none": (
        "Vaakapalkkikuvio, kysymyksiä {items}. Kysymyksiin ei ole vastauksia.",
        "Liggande stapeldiagram, antal frågor {items}. Det finns inga svar på frågorna.",
        "Horizontal bar chart, number of questions {items}. There are no answers to the questions.",
    ),
    "forest": (
        "{outcome}: kaikkien vastanneiden osuus on {share}{limits}. Esitettyjä ryhmiä on {groups}; luottamusväli on "
        "kokonaan yli puolen {above} ryhmässä.",
        "{outcome}: andelen bland alla som svarat är {share}{limits}. Antalet grupper som visas är {groups}; "
        "konfidensintervallet ligger helt över hälften i {above} av dem.",
        "{outcome}: the share among all respondents is {share}{limits}. The number of groups shown is {groups}; the "
        "confidence interval lies wholly above one half in {above} of them.",
    ),
    "limits": (
        " (luottamusväli {low}–{high})",
        " (konfidensintervall {low}–{high})",
        " (confidence interval {low}–{high})",
    ),
    "reach_hidden": (
        "Pylväs- ja viivakuvio kuukausittain, {first} – {last}. Pieniä määriä ei esitetä.",
        "Stapel- och linjediagram per månad, {first} – {last}. Små antal visas inte.",
        "Bar and line chart by month, {first} – {last}. Small numbers are not shown.",
    ),
    "forest_hidden": (
        "{outcome}: kaikkien vastanneiden osuutta ei esitetä. Esitettyjä ryhmiä on {groups}.",
        "{outcome}: andelen bland alla som svarat visas inte. Antalet grupper som visas är {groups}.",
        "{outcome}: the share among all respondents is not shown. The number of groups shown is {groups}.",
    ),
    "reach": (
        "Pylväs- ja viivakuvio kuukausittain, {first} – {last}. Käyntejä on yhteensä {visits} ja eri ihmisiä "
        "{persons}.",
        "Stapel- och linjediagram per månad, {first} – {last}. Antalet besök är sammanlagt {visits} och antalet olika "
        "personer {persons}.",
        "Bar and line chart by month, {first} – {last}. There are {visits} visits in all and {persons} distinct "
        "people.",
    ),
    "ledger": (
        "Vaakapalkkikuvio, tiedostoja {files}. Luetuista riveistä ({read}) hyväksyttiin {accepted}, jo toimitettuja "
        "oli {duplicate} ja tarkistettavaksi jäi {quarantined}.",
        "Liggande stapeldiagram, antal filer {files}. Av de lästa raderna ({read}) godkändes {accepted}, redan "
        "levererade var {duplicate} och under granskning är {quarantined}.",
        "Horizontal bar chart, number of files {files}. Of the rows read ({read}), {accepted} were accepted, "
        "{duplicate} had been delivered before and {quarantined} were set aside.",
    ),
}


@dataclass(frozen=True)
class Positive:
    """The share of positive answers to an item; of a reversed item these are the answers at the low end."""

    label: str
    share: float
    is_reversed: bool = False

    def said(self, language: str) -> str:
        """Return the label with its share.

        Examples
        --------
        >>> Positive("My courage", 0.5).said("en")
        '“My courage” (50%)'
        """
        left, right = "“”" if language == "en" else "””"
        turned = f"; {_LOW_END[words.LANGUAGES.index(language)]}" if self.is_reversed else ""
        return f"{left}{self.label}{right} ({percent(self.share, language, 0)}{turned})"


def likert(items: int, positive: Sequence[Positive], language: str) -> str:
    """Return the alt text of diverging bars: how many items are drawn, and the highest and lowest of those answered."""
    ranked = sorted(positive, key=lambda item: item.share)
    if not ranked:
        return pick(_ALT, "likert_none", language).format(items=number(items, language))
    if items == 1:
        return pick(_ALT, "likert_one", language).format(item=ranked[0].said(language))
    most, least = ranked[-1].said(language), ranked[0].said(language)
    return pick(_ALT, "likert", language).format(items=number(items, language), most=most, least=least)


def forest(outcome: str, share: float, limits: tuple[float, float], groups: int, above: int, language: str) -> str:
    """Return the alt text of shares by group.

    Parameters
    ----------
    outcome : str
        Name of the outcome.
    share : float
        Of all respondents; not a number where it is hidden.
    limits : (float, float)
        Of its interval; those that are not defined (from one cluster) are left out.
    groups, above : int
        Groups shown, and those among them whose interval lies above one half.
    language : {"fi", "sv", "en"}
        Of the text.
    """
    between = ""
    if all(map(math.isfinite, limits)):
        low, high = percentage(limits[0], language), percent(limits[1], language, 0)
        between = pick(_ALT, "limits", language).format(low=low, high=high)
    counts = {"groups": number(groups, language), "above": number(above, language)}
    if not math.isfinite(share):
        return pick(_ALT, "forest_hidden", language).format(outcome=outcome, groups=counts["groups"])
    said = {"outcome": outcome, "share": percent(share, language, 0), "limits": between}
    return pick(_ALT, "forest", language).format(**said, **counts)


def reach(first: str, last: str, visits: int | None, persons: int | None, language: str) -> str:
    """Return the alt text of reach by month: first and last month as text, visits in all, distinct people.

    Without the sums where one of the months is hidden: they would give it back.
    """
    if visits is None or persons is None:
        return pick(_ALT, "reach_hidden", language).format(first=first, last=last)
    return pick(_ALT, "reach", language).format(
        first=first, last=last, visits=number(visits, language), persons=number(persons, language)
    )


def ledger(files: int, read: int, accepted: int, duplicate: int, quarantined: int, language: str) -> str:
    """Return the alt text of the ledger of files: files, and rows by what became of them."""
    counts = {"files": files, "read": read, "accepted": accepted, "duplicate": duplicate, "quarantined": quarantined}
    return pick(_ALT, "ledger", language).format(**{k: number(v, language) for k, v in counts.items()})
