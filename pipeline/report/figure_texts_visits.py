"""Texts of the figure of repeat visits."""

from __future__ import annotations

from typing import Final

import pandas as pd

from pipeline.core.config import Params
from pipeline.core.errors import AnalysisError
from pipeline.core.formats import number, percent
from pipeline.report import captions
from pipeline.report.captions import Sentences, pick
from pipeline.report.disclosure import Released
from pipeline.report.texts import Texts

_PREFIX: Final = "events="
_TEXTS: Final[Sentences] = {
    "title": (
        "Kuinka moneen tapahtumaan ihmiset tulivat",
        "Hur många evenemang personerna kom till",
        "How many events people came to",
    ),
    "one": ("yhteen tapahtumaan {people}", "till ett evenemang {people}", "to one event {people}"),
    "some": ("{n} tapahtumaan {people}", "till {n} evenemang {people}", "to {n} events {people}"),
    "more": (
        "{n} tapahtumaan tai useampaan {people}",
        "till {n} evenemang eller fler {people}",
        "to {n} events or more {people}",
    ),
    "alt": ("Ihmisiä tuli {counts}. {again}", "Antal personer: {counts}. {again}", "People came: {counts}. {again}"),
    "again": (
        "Useammin kuin kerran tuli {share} ihmisistä.",
        "Fler än en gång kom {share} av personerna.",
        "{share} of the people came more than once.",
    ),
    "few": (
        "Pieniä määriä ei esitetä.",
        "Små antal visas inte.",
        "Small numbers are not shown.",
    ),
    "lists": (
        "Luvut ovat osallistujalistoilta: tapahtumista, joista ei ole listaa, ei tiedetä kävijöitä, eivätkä "
        "järjestäjien yleisöarviot ole mukana.",
        "Talen är från deltagarlistorna: vilka som kom till evenemang utan lista vet man inte, och arrangörernas "
        "uppskattningar av publiken ingår inte.",
        "The numbers are from attendance lists: who came to events without a list is not known, and the organisers' "
        "estimates of the audience are not included.",
    ),
    "linked": (
        "Sama ihminen on tunnistettu eri listoilta nimen ja yhteystietojen perusteella, joten määrät ovat "
        "likimääräisiä. He ovat kävijöitä, eivät ESR-henkilöosallistujia.",
        "Samma person har identifierats på olika listor med namn och kontaktuppgifter, så antalen är ungefärliga. "
        "De är besökare, inte ESF-deltagare.",
        "The same person was recognised on different lists by name and contact details, so the numbers are "
        "approximate. They are attendees, not ESF participants.",
    ),
}  # fmt: skip


def visits(released: Released, params: Params, language: str) -> Texts:
    """Return the texts of people by number of events.

    Parameters
    ----------
    released : Released
        The rows drawn, of `plots.visits.at_least`.
    params : Params
        Smallest group shown.
    language : {"fi", "sv", "en"}
        Of the texts.

    Raises
    ------
    AnalysisError
        When there are no rows.
    """
    people = released.frame.set_index("group")["estimate"]
    if people.empty:
        raise AnalysisError("there are no people by number of events to describe", place="figure repeat_visits")
    known = people.notna().all()
    caveat = pick(_TEXTS, "linked", language)
    caption = captions.join(
        captions.count(int(people.sum()), None, language, "persons") if known else "",
        captions.hidden(params.min_group_n, language, "persons") if not known else "",
        pick(_TEXTS, "lists", language),
        caveat,
    )
    return Texts(pick(_TEXTS, "title", language), caption, _alt(people, language), caveat)


def _alt(people: pd.Series, language: str) -> str:
    shown = people.dropna()
    counts = ", ".join(_said(str(group), float(value), language) for group, value in shown.items())
    total = people.sum()
    if len(shown) < len(people) or not total:
        again = pick(_TEXTS, "few", language)
    else:
        again = pick(_TEXTS, "again", language).format(share=percent(float(people.iloc[1:].sum() / total), language, 0))
    return pick(_TEXTS, "alt", language).format(counts=counts or "–", again=again)


def _said(group: str, people: float, language: str) -> str:
    n = group.removeprefix(_PREFIX)
    key = "more" if n.endswith("+") else "one" if n == "1" else "some"
    return pick(_TEXTS, key, language).format(n=n.removesuffix("+"), people=number(people, language))
