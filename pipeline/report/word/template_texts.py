"""The sections of the default report, those of the fund's public project description, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Words = tuple[str, str, str]


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it.

    Parameters
    ----------
    heading : tuple of str
        In Finnish, Swedish and English.
    level : int
        1 or 2.
    text : str
        Name of the writer's own paragraph in texts.toml; "" where the section has none.
    blocks : tuple of str
        Placeholders, put in where there is such a figure, table or list and it has not been put in before; a * stands
        for any part of a name, {primary} for each primary outcome.
    sentence : tuple of str
        Said when one of the blocks is there.
    new_page : bool
        Whether it begins a page.
    """

    heading: Words
    level: int = 1
    text: str = ""
    blocks: tuple[str, ...] = ()
    sentence: Words = ("", "", "")
    new_page: bool = False


#: Where the writer has not written yet.
PROMPT: Final[Words] = (
    "[Kirjoita tähän tiedostoon raw/report/texts.toml kohtaan {name} tai suoraan Wordissa.]",
    "[Skriv i filen raw/report/texts.toml under {name} eller direkt i Word.]",
    "[Write this in raw/report/texts.toml under {name}, or in Word itself.]",
)
ABOUT: Final[tuple[tuple[str, Words], ...]] = (
    ("project code", ("Hankekoodi", "Projektkod", "Project code")),
    ("project name", ("Hankkeen nimi", "Projektets namn", "Name of the project")),
    ("project period", ("Toteutusaika", "Genomförandetid", "Period")),
    ("project municipality", ("Kunta", "Kommun", "Municipality")),
)
#: Shares by action are shown pooled in the text; the plain ones, most of them of small groups, stand in the annex.
SECTIONS: Final[tuple[Section, ...]] = (
    Section(
        ("Tiivistelmä selkeällä yleiskielellä", "Sammanfattning på klarspråk", "Summary in plain language"),
        blocks=("summary",),
    ),
    Section(("1 Hanke", "1 Projektet", "1 Project"), blocks=("about",), new_page=True),
    Section(("2 Hakijan perustiedot", "2 Sökande", "2 Applicant"), text="applicant"),
    Section(
        ("3 Suunnitelman mukainen tiivistelmä", "3 Sammanfattning av planen", "3 Summary of the plan"), text="plan"
    ),
    Section(("4 Kohderyhmät", "4 Målgrupper", "4 Target groups"), text="target_groups"),
    Section(
        ("5 Kustannusarvio ja rahoitus", "5 Kostnader och finansiering", "5 Costs and funding"),
        text="funding",
        blocks=("figure planned_actual", "table indicators"),
    ),
    Section(("6 Maantieteellinen kohdealue", "6 Geografiskt område", "6 Area"), text="area"),
    Section(
        ("7 Seurantatiedot ja tulokset", "7 Uppföljning och resultat", "7 Monitoring and results"),
        text="monitoring",
    ),
    Section(
        ("7.1 Kävijät ja tilaisuudet", "7.1 Besökare och evenemang", "7.1 Visitors and events"),
        level=2,
        text="visitors",
        blocks=("figure reach", "figure repeat_visits"),
    ),
    Section(
        ("7.2 Palautteet ja nimittäjät", "7.2 Svar och nämnare", "7.2 Responses and denominators"),
        level=2,
        blocks=("figure response_ledger",),
        sentence=(
            "Jokainen saatu rivi on joko hyväksytty, jo aiemmin toimitettu tai siirretty tarkistettavaksi.",
            "Varje mottagen rad är antingen godkänd, redan levererad eller satt åt sidan.",
            "Every row received is accepted, delivered before, or set aside.",
        ),
    ),
    Section(
        ("7.3 Koettu muutos", "7.3 Upplevd förändring", "7.3 Perceived change"),
        level=2,
        text="results",
        blocks=(
            "figure outcomes",
            "table outcomes",
            "figure items_{primary}",
            "table items",
            "figure change_{primary}",
        ),
        sentence=(
            "Luvut kertovat, mitä vastanneet itse ilmoittivat. Vertailuryhmää ei ole, joten ne eivät osoita syytä.",
            "Talen visar vad de svarande själva uppgav. Jämförelsegrupp saknas, så de visar ingen orsak.",
            "The numbers show what respondents said themselves. There is no comparison group, so they show no cause.",
        ),
    ),
    Section(
        ("7.4 Ryhmät ja toimenpiteet", "7.4 Grupper och åtgärder", "7.4 Groups and actions"),
        level=2,
        blocks=("figure pooled_{primary}", "figure forest_{primary}_[!a]*"),
        sentence=(
            "Ryhmien järjestys ei ole paremmuusjärjestys: välit ovat leveitä ja menevät päällekkäin.",
            "Gruppernas ordning är ingen rangordning: intervallen är breda och överlappar varandra.",
            "The order of the groups is no ranking: the intervals are wide and overlap.",
        ),
    ),
    Section(
        ("7.5 Kuinka varma tulos on", "7.5 Hur säkert resultatet är", "7.5 How sure the result is"),
        level=2,
        blocks=("figure nonresponse_bounds", "figure tipping_point", "figure robustness_{primary}"),
        sentence=(
            "Kaikki kävijät eivät vastanneet. Kuviot näyttävät, mitä se ja analyysin valinnat merkitsevät tulokselle.",
            "Alla besökare svarade inte. Figurerna visar vad det och valen i analysen betyder för resultatet.",
            "Not every visitor answered. The figures show what that, and the choices of the analysis, mean for it.",
        ),
    ),
    Section(
        ("7.6 Yhteistyöverkosto", "7.6 Samarbetsnätverk", "7.6 Network of cooperation"),
        level=2,
        text="network",
        blocks=("figure network", "figure network_growth"),
    ),
    Section(
        ("7.7 Avovastaukset", "7.7 Öppna svar", "7.7 Open answers"),
        level=2,
        text="open_answers",
        blocks=("figure themes", "quotations"),
    ),
    Section(
        ("8 Horisontaaliset periaatteet", "8 Horisontella principer", "8 Horizontal principles"),
        text="principles",
        blocks=("figure sustainability", "table sustainability"),
    ),
    Section(
        ("9 Loppuraportin tiivistelmä", "9 Slutrapportens sammanfattning", "9 Summary of the final report"),
        text="conclusion",
        blocks=("claims",),
    ),
    Section(("Liite A. Menetelmät", "Bilaga A. Metoder", "Annex A. Methods"), blocks=("methods",), new_page=True),
    Section(
        (
            "Liite B. Mitä aineistosta ei voi tietää",
            "Bilaga B. Vad materialet inte kan visa",
            "Annex B. What these data cannot tell",
        ),
        blocks=("limits", "table hidden"),
    ),
    Section(
        ("Liite C. Nimittäjät tilaisuuksittain", "Bilaga C. Nämnare per evenemang", "Annex C. Denominators by event"),
        blocks=("table events",),
    ),
    Section(
        ("Liite D. Väitteet ja niiden tila", "Bilaga D. Påståenden", "Annex D. Claims and their verdicts"),
        blocks=("table claims",),
    ),
    Section(("Liite E. Muut kuviot", "Bilaga E. Övriga figurer", "Annex E. Other figures"), blocks=("figure *",)),
)
