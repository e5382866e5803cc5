"""Why a claim got its verdict, in words a report writer can act on."""

from __future__ import annotations

from typing import Final

from pipeline.core import words
from pipeline.core.claims import Claim
from pipeline.core.formats import decimals, number, percent
from pipeline.report.captions import Sentences, pick
from pipeline.report.claims.filling import interval, plain
from pipeline.report.claims.quantities import Quantity
from pipeline.report.claims.rules import bound
from pipeline.report.claims.said_numbers import Unmatched
from pipeline.report.claims.wording import Wording

VERDICT_NAMES: Final[Sentences] = {
    "holds": ("pitää", "håller", "holds"),
    "does_not_hold": ("ei pidä", "håller inte", "does not hold"),
    "too_uncertain": ("liian epävarma", "för osäkert", "too uncertain"),
    "not_from_this_design": (
        "ei voi sanoa tällä asetelmalla",
        "kan inte sägas med denna design",
        "cannot be said from this design",
    ),
    "wrong_number": ("väärä luku", "fel tal", "wrong number"),
    "hidden": ("salattu", "dolt", "hidden"),
}
_WITH_INTERVAL: Final = (
    "{value} (luottamusväli {interval})",
    "{value} (konfidensintervall {interval})",
    "{value} (confidence interval {interval})",
)
_REASONS: Final[Sentences] = {
    "above": (
        "{seen}, n = {n}: koko väli on rajan {limit} yläpuolella.",
        "{seen}, n = {n}: hela intervallet ligger över {limit}.",
        "{seen}, n = {n}: the whole interval lies above {limit}.",
    ),
    "below": (
        "{seen}, n = {n}: koko väli on rajan {limit} alapuolella.",
        "{seen}, n = {n}: hela intervallet ligger under {limit}.",
        "{seen}, n = {n}: the whole interval lies below {limit}.",
    ),
    "straddles": (
        "{seen}, n = {n}: väli ulottuu rajan {limit} molemmin puolin.",
        "{seen}, n = {n}: intervallet sträcker sig över båda sidor om {limit}.",
        "{seen}, n = {n}: the interval reaches to both sides of {limit}.",
    ),
    "count": (
        "Luku on {seen}; verrattu lukuun {limit}.",
        "Talet är {seen}; jämfört med {limit}.",
        "The number is {seen}, compared with {limit}.",
    ),
    "number": ("Luku on {seen}.", "Talet är {seen}.", "The number is {seen}."),
    "hidden": (
        "Luku koskee niin harvoja, ettei sitä julkaista.",
        "Talet gäller så få att det inte publiceras.",
        "The number concerns so few people that it is not published.",
    ),
    "strength": (
        "Sanonta on vahvempi kuin asetelma sallii: väite on tasolla ”{rung}”, asetelma sallii tason ”{highest}”.",
        "Formuleringen är starkare än designen tillåter: påståendet är ”{rung}”, designen tillåter ”{highest}”.",
        "The wording is stronger than the design allows: the claim says “{rung}”, the design allows “{highest}”.",
    ),
    "too_strong": (
        "”{words}” väittää syytä; asetelmassa ei ole vertailuryhmää. Kerro, kenen näkemys se on (”vastaajat kokivat”).",
        "”{words}” påstår en orsak utan jämförelsegrupp. Säg vems uppfattning det är (”de svarande uppgav”).",
        "“{words}” claims a cause; there is no comparison group. Say whose view it is (“respondents reported”).",
    ),
    "change": (
        "”{words}” kertoo muutoksesta, mutta kysymys kysyttiin kerran eikä se kysy muutosta.",
        "”{words}” talar om förändring, men frågan ställdes en gång och gäller inte förändring.",
        "“{words}” speaks of change, but the question was asked once and does not ask about change.",
    ),
    "population": (
        "Osuus on vastanneiden osuus: sano se lauseessa (”vastanneista”).",
        "Andelen gäller dem som svarat: säg det i meningen (”av dem som svarat”).",
        "The share is of those who answered: say so in the sentence (“of those who answered”).",
    ),
    "fund": (
        "”{words}”: osallistujalistoille kirjatut kävijät eivät ole ESR-henkilöosallistujia.",
        "”{words}”: besökare på deltagarlistor är inte ESF-deltagare.",
        "“{words}”: attendees on the lists are not ESF participants.",
    ),
    "unmatched": (
        "Lauseen luku {number} ei vastaa mitään tunnuslukua; lähin on {nearest} ({value}).",
        "Talet {number} i meningen motsvarar inget nyckeltal; närmast är {nearest} ({value}).",
        "The number {number} in the sentence matches no fact; the nearest is {nearest} ({value}).",
    ),
    "denominator": (
        "Lauseessa on prosenttiosuus ilman sen omaa vastaajamäärää: lisää {{{name}}}.",
        "Meningen har en procentandel utan dess egen bas: lägg till {{{name}}}.",
        "The sentence has a percentage without its own base: add {{{name}}}.",
    ),
}
_RUNGS: Final[Sentences] = {
    "reported": ("vastaajat kertoivat", "de svarande uppgav", "respondents reported"),
    "consistent_with": ("sopii siihen, että", "är förenligt med", "is consistent with"),
    "contributed": ("on todennäköisesti osaltaan vaikuttanut", "har sannolikt bidragit", "plausibly contributed"),
    "caused": ("aiheutti", "orsakade", "caused"),
}


def compared(claim: Claim, quantity: Quantity, language: str) -> str:
    """Return what a subject's number is, and how it lies to what the claim compares it with."""
    if quantity.hidden:
        return pick(_REASONS, "hidden", language)
    limit = bound(claim)
    return pick(_REASONS, _relation(claim, quantity, limit), language).format(
        seen=_seen(quantity, language),
        n="–" if quantity.n is None else number(quantity.n, language),
        limit="" if limit is None else _limit(limit, quantity, language),
    )


def _relation(claim: Claim, quantity: Quantity, limit: float | None) -> str:
    if limit is None:
        return "number"
    if not quantity.has_interval or claim.says == "about":
        return "count"
    return "above" if quantity.low > limit else "below" if quantity.high < limit else "straddles"


def _seen(quantity: Quantity, language: str) -> str:
    value, limits = plain(quantity, language), interval(quantity, language)
    if limits is None:
        return value
    return _WITH_INTERVAL[words.LANGUAGES.index(language)].format(value=value, interval=limits)


def _limit(limit: float, quantity: Quantity, language: str) -> str:
    if quantity.is_share:
        return percent(limit, language, decimals(100 * limit))
    scale = 100 if quantity.unit == "share difference" else 1
    return number(scale * limit, language, decimals(scale * limit))


def too_high(rung: str, highest: str, language: str) -> str:
    """Return that a claim is meant to stand on a higher rung than its design carries."""
    names = {"rung": pick(_RUNGS, rung, language), "highest": pick(_RUNGS, highest, language)}
    return pick(_REASONS, "strength", language).format(**names)


def worded(wording: Wording, language: str) -> str:
    """Return what is wrong with the words of a sentence, and what to write instead."""
    return pick(_REASONS, wording.fault, language).format(words=wording.words)


def mistyped(found: Unmatched, language: str) -> str:
    """Return that a typed number is none of the project's."""
    value = "–" if found.value != found.value else number(found.value, language, min(1, decimals(found.value)))
    return pick(_REASONS, "unmatched", language).format(number=found.number, nearest=found.nearest, value=value)


def baseless(name: str, language: str) -> str:
    """Return that a percentage stands without its base."""
    return pick(_REASONS, "denominator", language).format(name=name)
