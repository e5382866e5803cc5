"""Sentences for captions: what was counted, of how many, how surely, and what it does not show."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from pipeline.core import words
from pipeline.core.errors import AnalysisError
from pipeline.core.formats import decimals, number, percent
from pipeline.report.interval_texts import INTERVALS

Sentences = dict[str, tuple[str, str, str]]

#: Designs that say anything of change; answers to the others are a view, not a change.
OF_CHANGE: Final = ("transition", "post_then_pre", "pre_post")
_COUNTED: Final[Sentences] = {
    "responses": ("vastausta", "svar", "responses"),
    "persons": ("ihmistä", "personer", "people"),
    "events": ("tapahtumaa", "evenemang", "events"),
    "rows": ("riviä", "rader", "rows"),
}
_DENOMINATORS: Final[Sentences] = {
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
_DESIGNS: Final[Sentences] = {
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
_ESTIMANDS: Final[Sentences] = {
    "events_as_sample": (
        "Luottamusvälit käsittelevät tapahtumia otoksena vastaavista tapahtumista.",
        "Konfidensintervallen behandlar evenemangen som ett urval av motsvarande evenemang.",
        "The confidence intervals treat the events as a sample of comparable events.",
    ),
    "these_events": (
        "Tulos koskee juuri näitä tapahtumia; luottamusvälit käsittelevät niitä silti otoksena vastaavista "
        "tapahtumista, joten ne ovat varovaisia.",
        "Resultatet gäller just dessa evenemang; konfidensintervallen behandlar dem ändå som ett urval av motsvarande "
        "evenemang och är därför försiktiga.",
        "The result is about these very events; the confidence intervals still treat them as a sample of comparable "
        "events, and are cautious for that reason.",
    ),
}
_ROUNDING: Final = (
    "Prosentit on pyöristetty kukin erikseen, joten niiden summa voi poiketa sadasta.",
    "Procenten är avrundade var för sig, så summan kan avvika från 100.",
    "Percentages are rounded one by one, so they may not add up to 100.",
)
_HIDDEN: Final[Sentences] = {
    "responses": (
        "Ryhmiä, joissa on alle {least} vastausta tai joista voisi päätellä pieniä määriä (usein hyvin suuret tai "
        "pienet osuudet), ei esitetä.",
        "Grupper med färre än {least} svar, eller som kunde avslöja små antal (ofta mycket stora eller små andelar), "
        "visas inte.",
        "Groups of fewer than {least} responses, or that could give away small numbers (often very large or small "
        "shares), are not shown.",
    ),
    "persons": (
        "Ryhmiä, joissa on alle {least} ihmistä tai joista voisi päätellä pieniä määriä, ei esitetä.",
        "Grupper med färre än {least} personer, eller som kunde avslöja små antal, visas inte.",
        "Groups of fewer than {least} people, or that could give away small numbers, are not shown.",
    ),
}
_POSITIVE: Final = (
    "Myönteinen tarkoittaa, että vastaajan keskiarvo on asteikon neutraalin keskikohdan yläpuolella.",
    "Positiv betyder att den svarandes medelvärde ligger över skalans neutrala mitt.",
    "Positive means that the respondent's mean lies above the neutral middle of the scale.",
)
_SMALL: Final = (
    "Pieniä määriä ei esitetä (…), tai ne on esitetty yhdessä.",
    "Små antal visas inte (…), eller visas tillsammans.",
    "Small numbers are not shown (…), or shown together.",
)
_TURNED: Final = (
    "Käännetyksi merkityn kysymyksen vastaukset on piirretty niin kuin ne annettiin: siinä asteikon matala pää on "
    "myönteinen.",
    "Svaren på en fråga som är märkt som omvänd är ritade så som de gavs: i den är skalans låga ända positiv.",
    "Answers to a question marked as reversed are drawn as they were given: the low end of its scale is the positive "
    "one.",
)


def count(n: int, total: int | None, language: str, what: str = "responses", *, least: int | None = None) -> str:
    """Return how many of how many: "responses", "persons", "events" or "rows".

    Parameters
    ----------
    n : int
        How many.
    total : int, optional
        Of how many; None where there is no such number.
    language : {"fi", "sv", "en"}
        Of the words and numbers.
    what : str
        What is counted.
    least : int, optional
        The smallest number, where several things were counted and `n` is the largest.

    Examples
    --------
    >>> count(312, 320, "fi")
    'n = 312/320 vastausta'
    >>> count(293, 319, "fi", least=287)
    'n = 287–293/319 vastausta'
    """
    numbers = number(n, language) if least in {None, n} else f"{number(least or 0, language)}–{number(n, language)}"
    of = "" if total is None else f"/{number(total, language)}"
    return f"n = {numbers}{of} {pick(_COUNTED, what, language)}"


def denominator(of: str, language: str) -> str:
    """Return what percentages are of: "answered" or "asked"."""
    return pick(_DENOMINATORS, of, language)


def interval(method: str, level: float, language: str) -> str:
    """Return how an interval of `level` was made, by the method of its rows.

    Of effect sizes by jackknife and of paired changes, the method is "jackknife" or "paired" with "_events" or
    "_people", whichever were taken as independent.

    Raises
    ------
    AnalysisError
        When there is no sentence for the method: an interval is not printed without saying which.

    Examples
    --------
    >>> interval("wilson", 0.95, "en")
    "The 95% confidence interval is Wilson's and takes the answers as independent."
    """
    return pick(INTERVALS, method, language).format(level=percent(level, language, decimals(level * 100)))


def design_caveat(design: str, language: str) -> str:
    """Return what answers to an item of this design cannot show; `design` as in contract `items`."""
    return pick(_DESIGNS, design, language)


def design_caveats(designs: Iterable[str], language: str) -> str:
    """Return the caveats of several designs as one text, what they share said once.

    Examples
    --------
    >>> design_caveats(["background", "background"], "en")
    'This is what respondents said of themselves, and concerns respondents only.'
    """
    sentences = [s for design in designs for s in re.split(r"(?<=\.) ", design_caveat(design, language))]
    return " ".join(dict.fromkeys(sentences))


def estimand(kind: str, language: str) -> str:
    """Return what the events are a sample of; `kind` as `estimand` in project.toml.

    It is about intervals that take the events as clusters, as all that figures show do: under "these_events" those are
    wider than they need be, and the sentence says so.
    """
    return pick(_ESTIMANDS, kind, language)


def rounding(language: str) -> str:
    """Return how percentages printed in bars are rounded."""
    return _ROUNDING[words.LANGUAGES.index(language)]


def hidden(min_group_n: int, language: str, what: str = "responses") -> str:
    """Return that small groups of "responses" or "persons" are not shown; for figures whose `Released` hides rows."""
    return pick(_HIDDEN, what, language).format(least=number(min_group_n, language))


def positive(language: str) -> str:
    """Return what a positive score is; for figures of shares positive."""
    return _POSITIVE[words.LANGUAGES.index(language)]


def small(language: str) -> str:
    """Return that single small numbers are hidden; for figures of everybody that hold one."""
    return _SMALL[words.LANGUAGES.index(language)]


def turned(language: str) -> str:
    """Return that reversed items are drawn as answered; for figures that hold one."""
    return _TURNED[words.LANGUAGES.index(language)]


def join(*sentences: str) -> str:
    """Return sentences as one caption, each ended by a full stop.

    Examples
    --------
    >>> join("n = 312/320 vastausta", "Tulos koskee vain vastanneita.")
    'n = 312/320 vastausta. Tulos koskee vain vastanneita.'
    """
    return " ".join(s if s.endswith((".", "!", "?")) else s + "." for s in (t.strip() for t in sentences) if s)


def chosen(texts: tuple[str, str, str], language: str) -> str:
    """Return the one of three texts that is in `language`.

    Examples
    --------
    >>> chosen(("kyllä", "ja", "yes"), "sv")
    'ja'
    """
    return texts[words.LANGUAGES.index(language)]


def pick(sentences: Sentences, key: str, language: str) -> str:
    """Return the sentence `key` in `language`.

    Raises
    ------
    AnalysisError
        When there is none.
    """
    if key not in sentences:
        raise AnalysisError(f"there is no sentence for '{key}'", allowed=", ".join(sentences))
    return sentences[key][words.LANGUAGES.index(language)]
