"""Words of attendance lists, folded: what their cells say, in the languages met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pipeline.ingest.folding import fold

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
        "osoba prowadząca",
        "uczestnik",
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
        "organizator",
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
ABSENT: Final = frozenset(
    {
        "0", "0.0", "0,0", "n", "ei", "no", "nej", "ej", "false", "-", "--", "–", "—", "n/a", "na", "poissa", "pois",
        "absent", "frånvarande", "noshow", "no show", "no-show", "estynyt", "sairas", "sairaana", "sjuk", "uteblev",
        "ei tullut", "ei paikalla", "ei läsnä", "ei saapunut", "ei osallistunut", "did not attend", "not attended",
        "kom inte", "inte närvarande", "not present", "epätosi", "falskt", "loma", "lomalla", "vapaa", "vapaalla",
        "matkoilla", "matkalla", "töissä", "kipeä", "kipeänä", "sairasloma", "sairaslomalla", "flunssa", "flunssassa",
        "kuume", "kuumeessa", "este", "esteitä", "lääkärissä", "karanteenissa", "unohti", "unohtanut", "lopettanut",
        "lopetti", "keskeytti", "keskeyttänyt", "ei pääse", "ei päässyt", "ei ehtinyt", "ei tule", "muu meno",
        "semester", "ledig", "sjukledig", "sjukskriven", "förhindrad", "ill", "sick", "on leave", "holiday", "excused",
        "en", "en pääse", "en tule", "en osallistu", "jäi pois", "ei voinut tulla", "ei ilmoittanut", "ilm. poissa",
    }
)  # fmt: skip
#: Words and letters that say as much as a tick.
PRESENT: Final = frozenset(
    {
        "x", "v", "1", "k", "kyllä", "joo", "y", "yes", "j", "ja", "jo", "ok", "on", "true", "tosi", "sant",
        "läsnä", "paikalla", "mukana", "tuli", "saapui", "osallistui", "oli paikalla", "tuli paikalle", "kuitattu",
        "allekirjoitettu", "signed", "here", "present", "närvarande", "deltog", "myöhässä", "myöhästyi", "myöh",
        "late", "sen", "försenad", "etä", "etänä", "etäyhteydellä", "etäosallistuja", "verkossa", "teams", "zoom",
        "online", "remote", "på distans", "distans", "lähi", "lähiosallistuja", "paikan päällä", "på plats", "on site",
        "osittain", "osan aikaa", "osan ajasta", "delvis", "partly", "lähti aikaisin", "lähti kesken",
        "kokonaan", "koko ajan", "koko päivän", "aamupäivän", "iltapäivän", "hela tiden",
    }
)  # fmt: skip
CANCELLED: Final = frozenset(
    {
        "perui",
        "perunut",
        "peruutti",
        "peruuttanut",
        "peruttu",
        "peruutettu",
        "avbokad",
        "avanmäld",
        "cancelled",
        "canceled",
    }
)
#: Texts that mean an empty cell of contact data.
EMPTY: Final = frozenset({"na", "n/a", "null", "none", "-", "–", "?", "ei ole", "puuttuu", "saknas"})
#: Texts that mean an empty cell of names, besides those; crosses are another.
NAMELESS: Final = frozenset(
    {"#n/a", "#name", "#ref", "#value", "(tyhjä)", "(empty)", "(blank)", "(tom)", "nimi puuttuu", "ei nimeä",
     "namn saknas", "no name", "ei tiedossa", "ei tietoa"}
)  # fmt: skip
#: What stands for the name of somebody a listed person brings along.
COMPANIONS: Final = frozenset(
    {"info requested", "avec", "seuralainen", "sällskap", "+1", "plus one", "companion", "n.n", "nn", "nimetön", "n n"}
)
#: What is written for somebody whose name nobody knows; each is a person of his own.
NOBODY: Final = frozenset(
    {
        "vieras", "lapsi", "vauva", "tuntematon", "tuntematon käyttäjä", "ei saa selvää", "epäselvä", "henkilö",
        "guest", "gäst", "barn", "child", "baby", "unknown", "unknown user", "anonymous", "okänd", "anonym", "nimetön",
        "anonyymi", "joku", "joku muu", "någon", "somebody", "someone",
    }
)  # fmt: skip
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
        "aikuiset", "lapset", "nuoret", "naiset", "miehet", "tytöt", "pojat", "ohjaajat", "vetäjät", "vapaaehtoiset",
        "työntekijät", "henkilökunta", "läsnä", "paikalla", "osallistuneet", "vuxna", "barn", "personal", "adults",
        "children", "staff", "volunteers", "present",
        "aika", "klo", "paikka", "place", "time", "kello", "plats", "tid", "sivu", "page", "worksheet", "data",
    ]
)  # fmt: skip


def lookup(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return folded spelling -> key.

    Examples
    --------
    >>> lookup(ROLES)["vetäjä"]
    'organiser'
    """
    return {fold(word): key for key, spellings in words.items() for word in spellings}
