"""The summary in plain language: short sentences, one number each, and what they do not say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pipeline.core import words
from pipeline.core.formats import number, percent, percentage
from pipeline.report.captions import Sentences, pick
from pipeline.report.claims.quantities import Numbers, Quantity
from pipeline.report.claims.wording import CHANGE_DESIGNS

#: Facts that are said when they are there, in this order.
_COUNTS: Final[Sentences] = {
    "actions": (
        "Hankkeessa tehtiin {n} erilaista asiaa asukkaiden kanssa.",
        "I projektet gjordes {n} olika saker tillsammans med invånarna.",
        "The project did {n} different things together with residents.",
    ),
    "events": ("Tilaisuuksia oli {n}.", "Det ordnades {n} evenemang.", "There were {n} events."),
    "distinct_people": (
        "Tilaisuuksien listoille merkittiin noin {n} eri ihmistä.",
        "På evenemangens listor antecknades cirka {n} olika personer.",
        "About {n} different people were put on the lists of the events.",
    ),
    "planners": (
        "Noin {n} asukasta oli mukana suunnittelemassa.",
        "Cirka {n} invånare var med och planerade.",
        "About {n} residents helped with the planning.",
    ),
    "organisations": (
        "Mukana oli {n} yhdistystä tai muuta järjestöä.",
        "{n} föreningar eller andra organisationer var med.",
        "{n} associations or other organisations took part.",
    ),
    "respondents": (
        "Palautetta saatiin {n} vastausta. Sama ihminen on voinut vastata monta kertaa.",
        "Vi fick {n} svar. Samma person kan ha svarat flera gånger.",
        "There were {n} answers to the questionnaires. One person may have answered several times.",
    ),
}
_OUTCOME: Final = (
    "{name}: {share} vastanneista kertoi myönteisestä muutoksesta. Oikea osuus on luultavasti välillä {low}–{high}.",
    "{name}: {share} av dem som svarade berättade om en positiv förändring. Den rätta andelen ligger sannolikt mellan "
    "{low} och {high}.",
    "{name}: {share} of those who answered told of a positive change. The true share probably lies between {low} and "
    "{high}.",
)
_VIEW: Final = (
    "{name}: {share} vastanneista vastasi myönteisesti. Oikea osuus on luultavasti välillä {low}–{high}.",
    "{name}: {share} av dem som svarade svarade positivt. Den rätta andelen ligger sannolikt mellan {low} och {high}.",
    "{name}: {share} of those who answered gave a positive answer. The true share probably lies between {low} and "
    "{high}.",
)
_NOT_SAID: Final = (
    "Tulos kertoo vain niistä, jotka vastasivat. Emme tiedä, mitä muut ajattelevat.",
    "Emme voi sanoa, johtuiko muutos hankkeesta. Sitä ei verrattu muihin ihmisiin.",
), (
    "Resultatet gäller bara dem som svarade. Vi vet inte vad andra tycker.",
    "Vi kan inte säga om förändringen berodde på projektet. Den jämfördes inte med andra människor.",
), (
    "The result is only about those who answered. We do not know what others think.",
    "We cannot say whether the project was the reason. Nobody else was compared.",
)  # fmt: skip


def plain_summary(numbers: Numbers, language: str) -> list[str]:
    """Return the sentences of the plain-language summary, of the facts there are.

    Parameters
    ----------
    numbers : Numbers
        Facts and project.
    language : {"fi", "sv", "en"}
        Of the sentences.
    """
    facts = {key: fact for key, fact in numbers.all_facts().items() if not fact.hidden}
    # a count of 0 says that nothing was recorded, not that nothing was there; of answers it says just that
    said = [key for key in _COUNTS if key in facts and (facts[key].value > 0 or key == "respondents")]
    counts = [pick(_COUNTS, key, language).format(n=number(facts[key].value, language)) for key in said]
    return [*counts, *_outcomes(numbers, facts, language), *_NOT_SAID[words.LANGUAGES.index(language)]]


def _outcomes(numbers: Numbers, facts: dict[str, Quantity], language: str) -> Iterator[str]:
    for outcome in numbers.project.primary:
        fact = facts.get(f"share_positive_{outcome}")
        if fact is not None and fact.has_interval:
            change = set(numbers.designs(fact)) & set(CHANGE_DESIGNS)
            yield (_OUTCOME if change else _VIEW)[words.LANGUAGES.index(language)].format(
                name=numbers.project.label(outcome, language),
                share=percent(fact.value, language, 0),
                low=percentage(fact.low, language),
                high=percent(fact.high, language, 0),
            )
