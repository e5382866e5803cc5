"""Words of attendance lists, folded: what columns are called and what their cells say, in the languages met."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from pipeline.ingest.folding import fold

#: What a column holds -> its spellings.
HEADERS: Final = {
    "name": (
        "nimi",
        "osallistuja",
        "osallistujan nimi",
        "name",
        "full name",
        "participant",
        "student name",
        "namn",
        "deltagare",
        "name (original name)",
        "user name (original name)",
        "participant name",
        "etu- ja sukunimi",
        "sukunimi ja etunimi",
        "suku- ja etunimi",
        "namn/name",
    ),
    "first_name": ("etunimi", "first name", "förnamn", "firstname", "given name"),
    "last_name": ("sukunimi", "last name", "efternamn", "surname", "lastname", "family name"),
    "email": (
        "sähköposti",
        "sähköpostiosoite",
        "s-posti",
        "email",
        "e-mail",
        "email address",
        "e-mail address",
        "user email",
        "e-post",
        "e-postadress",
        "mejladress",
    ),
    "phone": (
        "puhelin",
        "puhelinnumero",
        "puh",
        "puh.nro",
        "gsm",
        "phone",
        "phone number",
        "mobile",
        "telefon",
        "telefonnummer",
        "mobil",
    ),
    "birth_year": ("syntymävuosi", "synt.vuosi", "synt. vuosi", "sv", "birth year", "year of birth", "födelseår"),
    "organisation": (
        "yhdistys",
        "organisaatio",
        "taho",
        "yhdistys/taho",
        "järjestö",
        "organisation",
        "organization",
        "company",
        "förening",
    ),
    "role": ("rooli", "role", "roll"),
    "event": ("tapahtuma", "tilaisuus", "tapahtuman nimi", "event", "event name", "evenemang"),
    "event_date": ("tapahtumapäivä", "event date"),
    "date": ("päivä", "päivämäärä", "pvm", "date", "datum"),
    "presence": (
        "läsnä",
        "allekirjoitus",
        "nimikirjoitus",
        "paikalla",
        "present",
        "attended",
        "signature",
        "närvarande",
        "underskrift",
        "signatur",
    ),
    "status": (
        "status",
        "tila",
        "osallistumisen tila",
        "ilmoittautumisen tila",
        "osallistumistieto",
        "attendee status",
        "reaction status",
        "deltagarstatus",
    ),
    #: who promised to come: a word, or when it was said
    "registration": (
        "ilmoittautunut",
        "ilmoittautumisaika",
        "ilmoittautumispäivä",
        "tulossa",
        "registration time",
        "registration date",
        "registered on",
        "registered at",
        "rsvp",
        "rsvped on",
        "order date",
        "anmäld",
        "anmälningsdatum",
    ),
    "joined": ("joined", "join time", "saapui", "liittyi", "saapumisaika", "ankomsttid"),
    "left": ("left", "leave time", "poistui", "lähti", "poistumisaika", "avgångstid"),
    "minutes": (
        "minutes",
        "minuutit",
        "kesto (min)",
        "duration (minutes)",
        "total duration (minutes)",
        "time in session (minutes)",
        "minuter",
    ),
}
ROLES: Final = {
    "participant": (
        "osallistuja",
        "participant",
        "deltagare",
        "asukas",
        "attendee",
        "presenter",
        "esittäjä",
        "esiintyjä",
        "presentatör",
        "participante",
        "présentateur",
        "apresentador",
        "teilnehmer",
        "referent",
        "guest",
        "panelist",
    ),
    "planner": ("suunnittelija", "suunnitteluryhmä", "suunnittelu", "ideoija", "planner", "planerare"),
    "organiser": (
        "järjestäjä",
        "vetäjä",
        "ohjaaja",
        "organiser",
        "organizer",
        "co-organizer",
        "arrangör",
        "organisatör",
        "mötesorganisatör",
        "organisateur",
        "organizador",
        "organisator",
        "besprechungsorganisator",
        "host",
        "isäntä",
    ),
}
#: What a cell of status says; "none" is a person who is on no list of comers: invited, declined, cancelled.
STATUSES: Final = {
    "attended": (
        "attended",
        "show",
        "showed",
        "checked in",
        "present",
        "paikalla",
        "läsnä",
        "osallistui",
        "saapui",
        "saapunut",
        "kyllä",
        "yes",
        "ja",
        "närvarande",
        "deltog",
    ),
    "registered": (
        "registered",
        "reactedyes",
        "attending",
        "noshow",
        "no show",
        "no-show",
        "did not attend",
        "not checked in",
        "approved",
        "ilmoittautunut",
        "ei saapunut",
        "ei paikalla",
        "poissa",
        "ei",
        "no",
        "nej",
        "anmäld",
        "uteblev",
        "vahvistettu",
    ),
    "unknown": ("unknown", "ei tiedossa", "okänd"),
    "none": (
        "reactedno",
        "notreacted",
        "not attending",
        "cancelled",
        "canceled",
        "deleted",
        "refunded",
        "transferred",
        "declined",
        "denied",
        "invited",
        "ei ilmoittautunut",
        "ei reagoinut",
        "kutsuttu",
        "perunut",
        "peruutettu",
        "peruttu",
        "avanmäld",
        "avbokad",
    ),
}
#: Marks of absence in a column of ticks or signatures.
ABSENT: Final = frozenset({"0", "ei", "no", "nej", "false", "-", "–", "poissa", "absent", "frånvarande"})
#: Texts that mean an empty cell of contact data.
EMPTY: Final = frozenset({"na", "n/a", "null", "none", "-", "–", "?", "ei ole", "puuttuu", "saknas"})
#: What stands for the name of somebody a listed person brings along.
COMPANIONS: Final = frozenset({"info requested", "avec", "seuralainen", "sällskap", "+1", "plus one", "companion"})
#: A line of sums below a list is no person.
TOTALS: Final = frozenset({"yhteensä", "summa", "total", "totalt", "sum", "yht", "lukumäärä"})

#: What is on a list's title rows and in names of sheets and files, and names no event.
GENERIC: Final = frozenset(
    [
        "osallistujalista", "osallistujat", "osallistujaluettelo", "nimilista", "läsnäololista", "läsnäolijat",
        "ilmoittautuneet", "ilmoittautumiset", "lista", "luettelo", "allekirjoitukset", "taulukko", "taul", "sheet",
        "blad", "table", "raportti", "participants", "participant", "attendance", "attendees", "list", "sign", "in",
        "signin", "sign-in", "roster", "registration", "student", "information", "registered", "names", "nimet",
        "deltagarlista", "deltagare", "närvarolista", "namnlista", "date", "datum", "päivä", "päivämäärä", "pvm",
        "aika", "klo", "paikka", "place", "time", "kello", "plats", "tid", "sivu", "page", "worksheet", "data",
    ]
)  # fmt: skip


def lookup(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return folded spelling -> key.

    Examples
    --------
    >>> lookup(HEADERS)["user email"]
    'email'
    """
    return {fold(word): key for key, spellings in words.items() for word in spellings}


@cache
def header_words() -> Mapping[str, str]:
    """Return folded header -> what the column holds."""
    return MappingProxyType(lookup(HEADERS))
