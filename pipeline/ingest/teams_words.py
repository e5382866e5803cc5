"""What Microsoft Teams writes in its attendance reports, folded; the tool translates every word of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from pipeline.ingest.attendance_words import lookup
from pipeline.ingest.folding import fold

#: Column -> its names: English, Finnish, Swedish, French, Portuguese, German, Polish.
_HEADERS: Final = {
    "name": (
        "full name", "name", "participant name", "koko nimi", "nimi", "fullständigt namn", "namn", "nom complet", "nom",
        "nome completo", "nome", "vollständiger name", "imię i nazwisko",
    ),
    "action": (
        "user action", "käyttäjän toiminto", "käyttäjätoiminto", "toiminto", "användaråtgärd", "åtgärd",
        "action de l'utilisateur", "action utilisateur", "ação do usuário", "ação do utilizador", "atividade",
        "atividade (entrou/saiu)", "benutzeraktion", "aktion",
    ),
    "timestamp": (
        "timestamp", "aikaleima", "tidsstämpel", "tidstämpel", "horodatage", "date et heure", "data e hora",
        "carimbo de data/hora", "zeitstempel",
    ),
    "joined": (
        "join time", "liittymisaika", "anslutningstid", "tid för anslutning", "ankomsttid", "heure d'arrivée",
        "heure de participation", "hora de entrada", "hora de ingresso", "horário de entrada", "beitrittszeit",
        "beitrittszeitpunkt", "beitrittsuhrzeit", "godzina dołączenia",
    ),
    "left": (
        "leave time", "poistumisaika", "avgångstid", "tid för avgång", "tid då deltagaren lämnade", "heure de départ",
        "hora de saída", "horário de saída", "austrittszeit", "zeitpunkt des verlassens", "uhrzeit des verlassens",
        "verlassenszeit", "godzina opuszczenia",
    ),
    "first": (
        "first join", "ensimmäinen liittyminen", "liittyi ensimmäisen kerran", "första anslutning",
        "första anslutningen", "anslöt först", "première participation", "première connexion", "première arrivée",
        "primeiro ingresso", "primeira entrada", "erster beitritt", "erste teilnahme", "pierwsze dołączenie",
    ),
    "last": (
        "last leave", "viimeinen poistuminen", "poistui viimeisen kerran", "senaste avgång", "lämnade senast",
        "sista avgång", "dernière sortie", "dernier départ", "última saída", "letztes verlassen", "ostatnie wyjście",
    ),
    "minutes": (
        "duration", "in-meeting duration", "meeting duration", "kesto", "kesto kokouksessa", "varaktighet",
        "varaktighet i möte", "varaktighet i mötet", "durée", "durée de la réunion", "durée en réunion", "duração",
        "duração na reunião", "dauer", "besprechungsdauer", "dauer in der besprechung",
        "czas trwania", "czas udziału w spotkaniu",
    ),
    "email": ("email", "e-mail", "sähköposti", "e-post", "e-postadress", "adresse e-mail", "courriel",
        "e-mail-adresse", "adres e-mail"),
    "role": ("role", "rooli", "roll", "rôle", "função", "papel", "rolle", "rola"),
}  # fmt: skip
#: Line of the summary -> its names.
_SUMMARY: Final = {
    "title": (
        "meeting title", "kokouksen otsikko", "mötesrubrik", "mötets rubrik", "mötets titel", "mötestitel",
        "titre de la réunion", "título da reunião", "besprechungstitel", "titel der besprechung", "tytuł spotkania",
    ),
    "count": (
        "attended participants", "total number of participants", "osallistujien kokonaismäärä", "osallistujia yhteensä",
        "osallistujat yhteensä", "antal deltagare", "totalt antal deltagare", "nombre total de participants",
        "participants présents", "número total de participantes", "participantes presentes",
        "gesamtzahl der teilnehmer", "gesamtanzahl der teilnehmer", "liczba uczestniczących",
    ),
    "start": (
        "start time", "meeting start time", "alkamisaika", "kokouksen alkamisaika", "starttid", "mötets starttid",
        "heure de début", "heure de début de la réunion", "hora de início", "hora de início da reunião", "startzeit",
        "startzeit der besprechung", "godzina rozpoczęcia",
    ),
    "end": (
        "end time", "meeting end time", "päättymisaika", "kokouksen päättymisaika", "sluttid", "mötets sluttid",
        "heure de fin", "heure de fin de la réunion", "hora de término", "hora de término da reunião", "hora de fim",
        "endzeit", "endzeit der besprechung", "godzina zakończenia",
    ),
}  # fmt: skip
#: What somebody did, in reports that are a log.
_ACTIONS: Final = {
    "joined": (
        "joined", "joined before", "liittyi", "liittyi ennen", "liittyi aiemmin", "anslöt", "anslöt innan",
        "anslöt tidigare", "ansluten", "a rejoint", "rejoint", "rejoint avant", "a rejoint avant", "entrou",
        "entrou antes", "ingressou", "ingressou antes", "beigetreten", "vorher beigetreten", "bereits beigetreten",
    ),
    "left": (
        "left", "poistui", "lämnade", "lämnat", "a quitté", "parti", "est parti", "sorti", "saiu", "verlassen",
        "hat verlassen",
    ),
}  # fmt: skip


@cache
def _known() -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, str]]:
    return lookup(_HEADERS), lookup(_SUMMARY), lookup(_ACTIONS)


def _plain(text: str) -> str:
    return fold(text.replace("\u2019", "'"))


def column(text: str | None) -> str | None:
    """Return what a header says its column holds.

    Examples
    --------
    >>> column("Heure d'arrivée"), column("Osallistujan tunnus (UPN)"), column("Ikä")
    ('joined', 'upn', None)
    """
    plain = _plain(text or "")
    return "upn" if plain.endswith("(upn)") else _known()[0].get(plain)


def summary(text: str | None) -> str | None:
    """Return what a line of the summary tells."""
    return _known()[1].get(_plain(text or ""))


def action(text: str | None) -> str | None:
    """Return whether somebody joined or left."""
    return _known()[2].get(_plain(text or ""))
