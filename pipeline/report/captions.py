"""Sentences for captions and alt texts: what was counted, of how many, how surely, and what it does not show."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from pipeline.core import words
from pipeline.core.errors import AnalysisError

_LOCALES: Final = {"fi": "fi", "sv": "sv_FI", "en": "en_GB"}
_Sentences = dict[str, tuple[str, str, str]]

_COUNTED: Final[_Sentences] = {
    "responses": ("vastausta", "svar", "responses"),
    "persons": ("ihmistä", "personer", "people"),
    "events": ("tapahtumaa", "evenemang", "events"),
    "rows": ("riviä", "rader", "rows"),
}
_DENOMINATORS: Final[_Sentences] = {
    "answered": (
        "Prosentit on laskettu kysymykseen vastanneista; ”en osaa sanoa” ja puuttuvat vastaukset eivät ole mukana.",
        "Procenten är beräknade på dem som svarat på frågan; ”kan inte säga” och saknade svar ingår inte.",
        "Percentages are of those who answered the question; “don't know” and missing answers are left out.",
    ),
    "asked": (
        "Prosentit on laskettu kaikista, joilta kysyttiin; myös puuttuvat vastaukset ovat mukana.",
        "Procenten är beräknade på alla som fick frågan; även saknade svar ingår.",
        "Percentages are of everyone who was asked; missing answers are included.",
    ),
}
_INTERVALS: Final[_Sentences] = {
    "wilson": (
        "{level}:n luottamusväli on laskettu Wilsonin menetelmällä; vastaukset oletetaan toisistaan riippumattomiksi.",
        "{level} konfidensintervall enligt Wilson; svaren antas vara oberoende av varandra.",
        "The {level} confidence interval is Wilson's and takes the answers as independent.",
    ),
    "cluster_logit_t": (
        "{level}:n luottamusväli ottaa huomioon, että saman tapahtuman vastaukset muistuttavat toisiaan "
        "(logit-muunnos, ryvästetty keskivirhe, t-jakauma).",
        "{level} konfidensintervall beaktar att svar från samma evenemang liknar varandra "
        "(logittransformation, klustrat medelfel, t-fördelning).",
        "The {level} confidence interval allows for likeness between answers from one event "
        "(logit transform, clustered standard error, t distribution).",
    ),
    "wilson_icc": (
        "{level}:n luottamusväli on laskettu Wilsonin menetelmällä; vastausten määrää on pienennetty sen mukaan, "
        "kuinka paljon saman tapahtuman vastaukset muistuttavat toisiaan.",
        "{level} konfidensintervall enligt Wilson; antalet svar är minskat efter hur mycket svar från samma "
        "evenemang liknar varandra.",
        "The {level} confidence interval is Wilson's, with the number of answers reduced by how alike the answers "
        "from one event are.",
    ),
}
_DESIGNS: Final[_Sentences] = {
    "transition": (
        "Vastaajat arvioivat itse, onko asia muuttunut: muutosta ei ole mitattu eikä vertailuryhmää ole. "
        "Tulos koskee vain vastanneita.",
        "De svarande har själva bedömt om saken har förändrats: förändringen har inte mätts och det finns ingen "
        "jämförelsegrupp. Resultatet gäller bara dem som svarat.",
        "Respondents judged the change themselves: it was not measured and there is no comparison group. "
        "The result concerns respondents only.",
    ),
    "post_then_pre": (
        "Vastaajat arvioivat samalla kertaa nykytilanteensa ja muistelivat aiempaa: muistikuva voi vääristää muutosta "
        "eikä vertailuryhmää ole. Tulos koskee vain vastanneita.",
        "De svarande bedömde samtidigt sin nuvarande situation och mindes den tidigare: minnet kan förvränga "
        "förändringen och det finns ingen jämförelsegrupp. Resultatet gäller bara dem som svarat.",
        "Respondents rated their present situation and recalled the earlier one at the same time: memory may distort "
        "the change and there is no comparison group. The result concerns respondents only.",
    ),
    "pre_post": (
        "Sama kysymys esitettiin ennen ja jälkeen, mutta vertailuryhmää ei ole: muutokseen on voinut vaikuttaa muukin. "
        "Tulos koskee vain molemmilla kerroilla vastanneita.",
        "Samma fråga ställdes före och efter, men det finns ingen jämförelsegrupp: även annat kan ha påverkat. "
        "Resultatet gäller bara dem som svarat båda gångerna.",
        "The same question was asked before and after, but there is no comparison group: other things may have played "
        "a part. The result concerns only those who answered both times.",
    ),
    "post_only": (
        "Vastaajien oma arvio kysyttiin kerran, toiminnan jälkeen: se ei kerro muutoksesta eikä vertailuryhmää ole. "
        "Tulos koskee vain vastanneita.",
        "De svarandes egen bedömning frågades en gång, efter verksamheten: den säger inget om förändring och det finns "
        "ingen jämförelsegrupp. Resultatet gäller bara dem som svarat.",
        "Respondents' own view was asked once, after the activity: it does not show change and there is no comparison "
        "group. The result concerns respondents only.",
    ),
    "background": (
        "Tieto on vastaajien oma ilmoitus ja koskee vain vastanneita.",
        "Uppgiften är de svarandes egen och gäller bara dem som svarat.",
        "This is what respondents said of themselves, and concerns respondents only.",
    ),
}
_ESTIMANDS: Final[_Sentences] = {
    "events_as_sample": (
        "Luottamusvälit käsittelevät tapahtumia otoksena vastaavista tapahtumista.",
        "Konfidensintervallen behandlar evenemangen som ett urval av motsvarande evenemang.",
        "The confidence intervals treat the events as a sample of comparable events.",
    ),
}
_ROUNDING: Final = (
    "Prosentit on pyöristetty niin, että niiden summa on 100.",
    "Procenten är avrundade så att summan är 100.",
    "Percentages are rounded so that they add up to 100.",
)
_HIDDEN: Final = (
    "Ryhmiä, joissa on alle {least} vastausta, ei esitetä.",
    "Grupper med färre än {least} svar visas inte.",
    "Groups of fewer than {least} responses are not shown.",
)
_ALT: Final[_Sentences] = {
    "likert": (
        "Vaakapalkkikuvio, väittämiä {items}. Myönteisiä vastauksia on eniten kohdassa ”{most}” ({most_share}) "
        "ja vähiten kohdassa ”{least}” ({least_share}).",
        "Liggande stapeldiagram, antal påståenden {items}. Andelen positiva svar är störst i ”{most}” ({most_share}) "
        "och minst i ”{least}” ({least_share}).",
        "Horizontal bar chart, number of items {items}. Positive answers are most common for “{most}” ({most_share}) "
        "and least common for “{least}” ({least_share}).",
    ),
    "forest": (
        "Pistekuvio luottamusväleineen: {outcome}. Kaikkien vastanneiden osuus on {share} "
        "(luottamusväli {low}–{high}); ryhmiä on {groups}.",
        "Punktdiagram med konfidensintervall: {outcome}. Andelen bland alla som svarat är {share} "
        "(konfidensintervall {low}–{high}); antalet grupper är {groups}.",
        "Dot plot with confidence intervals: {outcome}. The share among all respondents is {share} "
        "(confidence interval {low}–{high}); the number of groups is {groups}.",
    ),
    "reach": (
        "Pylväs- ja viivakuvio kuukausittain, {first}–{last}. Käyntejä on yhteensä {visits} ja eri ihmisiä {persons}.",
        "Stapel- och linjediagram per månad, {first}–{last}. Besöken är sammanlagt {visits} och personerna {persons}.",
        "Bar and line chart by month, {first}–{last}. There are {visits} visits in all and {persons} distinct people.",
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


def count(n: int, total: int, language: str, what: str = "responses") -> str:
    """Return how many of how many: "responses", "persons", "events" or "rows".

    Examples
    --------
    >>> count(312, 320, "fi")
    'n = 312/320 vastausta'
    """
    return f"n = {_number(n, language)}/{_number(total, language)} {_pick(_COUNTED, what, language)}"


def denominator(of: str, language: str) -> str:
    """Return what percentages are of: "answered" or "asked"."""
    return _pick(_DENOMINATORS, of, language)


def interval(method: str, level: float, language: str) -> str:
    """Return how an interval of `level` was made: method "wilson", "cluster_logit_t" or "wilson_icc".

    Raises
    ------
    AnalysisError
        When there is no sentence for the method: an interval is not printed without saying which.

    Examples
    --------
    >>> interval("wilson", 0.95, "en")
    "The 95% confidence interval is Wilson's and takes the answers as independent."
    """
    return _pick(_INTERVALS, method, language).format(level=_percent(level, language))


def design_caveat(design: str, language: str) -> str:
    """Return what answers to an item of this design cannot show; `design` as in contract `items`."""
    return _pick(_DESIGNS, design, language)


def estimand(kind: str, language: str) -> str:
    """Return what the events are a sample of; `kind` as `estimand` in project.toml."""
    return _pick(_ESTIMANDS, kind, language)


def rounding(language: str) -> str:
    """Return how percentages printed in bars are rounded."""
    return _ROUNDING[words.LANGUAGES.index(language)]


def hidden(min_group_n: int, language: str) -> str:
    """Return that small groups are not shown; for figures whose `Released` hides rows."""
    return _HIDDEN[words.LANGUAGES.index(language)].format(least=_number(min_group_n, language))


def alt_likert(items: int, most: tuple[str, float], least: tuple[str, float], language: str) -> str:
    """Return the alt text of diverging bars: items drawn; label and positive share of the highest and lowest."""
    return _pick(_ALT, "likert", language).format(
        items=_number(items, language),
        most=most[0], most_share=_percent(most[1], language), least=least[0], least_share=_percent(least[1], language),
    )  # fmt: skip


def alt_forest(outcome: str, share: float, limits: tuple[float, float], groups: int, language: str) -> str:
    """Return the alt text of shares by group: outcome, overall share and its interval, groups shown beside it."""
    low, high = (_percent(limit, language) for limit in limits)
    return _pick(_ALT, "forest", language).format(
        outcome=outcome, share=_percent(share, language), low=low, high=high, groups=_number(groups, language)
    )


def alt_reach(first: str, last: str, visits: int, persons: int, language: str) -> str:
    """Return the alt text of reach by month: first and last month as text, visits in all, distinct people."""
    return _pick(_ALT, "reach", language).format(
        first=first, last=last, visits=_number(visits, language), persons=_number(persons, language)
    )


def alt_ledger(files: int, read: int, accepted: int, duplicate: int, quarantined: int, language: str) -> str:
    """Return the alt text of the ledger of files: files, and rows by what became of them."""
    counts = {"files": files, "read": read, "accepted": accepted, "duplicate": duplicate, "quarantined": quarantined}
    return _pick(_ALT, "ledger", language).format(**{k: _number(v, language) for k, v in counts.items()})


def join(*sentences: str) -> str:
    """Return sentences as one caption, each ended by a full stop.

    Examples
    --------
    >>> join("n = 312/320 vastausta", "Tulos koskee vain vastanneita.")
    'n = 312/320 vastausta. Tulos koskee vain vastanneita.'
    """
    return " ".join(s if s.endswith((".", "!", "?")) else s + "." for s in (t.strip() for t in sentences) if s)


def _pick(sentences: _Sentences, key: str, language: str) -> str:
    if key not in sentences:
        raise AnalysisError(f"there is no sentence for '{key}'", allowed=", ".join(sentences))
    return sentences[key][words.LANGUAGES.index(language)]


def _number(value: int, language: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415

    return str(format_decimal(value, locale=_LOCALES[language]))


def _percent(share: float, language: str) -> str:
    from babel.numbers import format_percent  # noqa: PLC0415

    with localcontext() as rules:  # halves up, as in the figures
        rules.rounding = ROUND_HALF_UP
        return str(format_percent(Decimal(str(share)), locale=_LOCALES[language]))
