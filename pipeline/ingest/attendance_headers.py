"""What the columns of attendance lists are called, folded, in the languages met."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from pipeline.ingest.attendance_words import lookup
from pipeline.ingest.folding import fold

_BETWEEN: Final = re.compile(r"\s*[/,&+]\s*|\s+(?:ja|tai|och|eller|and|or)\s+")
#: What stands beside a header and is none of it: brackets, a day, "x" or "kyllä/ei" as a guide.
_ASIDE: Final = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\s[0-9]{1,2}\.[0-9]{1,2}\.?(?:[0-9]{2,4})?$|"
    r"[:,]?\s+(?:x|kyllä\s*/\s*ei|k\s*/\s*e|yes\s*/\s*no|ja\s*/\s*nej)$"
)
#: A question whether somebody will come; "Tuletko autolla?" asks something else.
_PROMISE: Final = re.compile(
    r"(?:tule(?:tko|tteko)|pääse(?:tkö|ttekö)|osallistu(?:tko|tteko)|ole(?:tko|tteko) tulossa|"
    r"aiotko (?:tulla|osallistua)|kommer du|deltar du|will you (?:come|attend)|are you (?:coming|attending))"
    r"(?: (?:mukaan|paikalle|paikan päälle|tapahtumaan|tilaisuuteen|kokoukseen|juhlaan|kurssille|retkelle|talkoisiin|"
    r"koulutukseen|iltaan|tapaamiseen))?"
)
#: What stands over the columns of people in a header of two rows.
_SECTIONS: Final = frozenset({"name", "person", "contact", "status", "presence"})
#: What several words of one header say together.
_TOGETHER: Final = (
    (frozenset({"email", "phone", "contact"}), "contact"),
    (frozenset({"first_name", "last_name"}), "name"),
    (frozenset({"presence", "absence"}), "presence"),
)
_NAMES: Final = (
    "nimi", "osallistuja", "osallistujan nimi", "name", "full name", "participant", "student name", "namn",
    "deltagare", "name (original name)", "user name (original name)", "participant name", "etu- ja sukunimi",
    "etunimi ja sukunimi", "sukunimi, etunimi", "sukunimi etunimi", "etunimi sukunimi", "nimi ja allekirjoitus",
    "sukunimi ja etunimi", "suku- ja etunimi", "koko nimi", "etu ja sukunimi", "sukunimi ja etunimet",
    "osallistujan nimi ja allekirjoitus", "lapsen nimi", "asukas", "asukkaan nimi", "asiakkaan nimi", "henkilö",
    "henkilön nimi", "nimesi", "nimenselvennys", "nimi ja ikä", "nimi, ikä", "nimet",
    "osallistujien nimet", "deltagarens namn", "deltagarnas namn", "för- och efternamn",
    "fullständigt namn", "имя", "фамилия имя", "фио",
)  # fmt: skip
#: Names too, where no column is called so; beside one they may be ticks.
_PERSONS: Final = (
    "lapsi", "nuori", "nuoren nimi", "oppilas", "oppilaan nimi", "opiskelija", "opiskelijan nimi", "asiakas",
    "kävijä", "kävijän nimi", "jäsen", "jäsenen nimi", "edustaja", "edustajan nimi", "vapaaehtoinen",
    "vapaaehtoisen nimi", "kerholainen", "leiriläinen", "kurssilainen", "vieras", "vieraan nimi", "tulija",
    "barn", "barnets namn", "elev", "elevens namn", "medlem", "besökare", "child", "child name", "pupil",
    "student", "visitor", "member",
)  # fmt: skip
_PRESENCE: Final = (
    "läsnä", "allekirjoitus", "nimikirjoitus", "paikalla", "present", "attended", "signature", "närvarande",
    "närvaro", "underskrift", "signatur", "läsnäolo", "läsnäolotieto", "osallistui", "osallistunut", "oli paikalla",
    "tuli paikalle", "tuli", "tullut", "kävi", "kuittaus", "kuittaus paikalla", "deltog", "närvarade", "attendance",
    "was present", "mukana", "oli mukana", "saapunut", "allekirj", "nimmari", "l/p", "nimikirj", "sign", "puumerkki",
    "allek", "kuitt", "kuitattu", "checked in", "check-in", "arrived", "kom", "kom på plats", "присутствие",
    "подпись", "läsnäolijat", "osallistumismerkintä",
)  # fmt: skip
#: A mark here says that somebody did not come.
_ABSENCE: Final = (
    "poissa", "poissaolo", "ei paikalla", "ei tullut", "absent", "absence", "frånvarande", "frånvaro", "perui",
    "perunut", "peruutti", "peruutus", "peruttu", "avbokad", "cancelled", "canceled", "poissaolot", "poissaolon syy",
    "no-show", "no show", "este", "esteet", "poissaoloilmoitus", "perunut/poissa", "frånvaroorsak",
)  # fmt: skip
#: What a column holds -> its spellings.
HEADERS: Final = {
    "name": _NAMES,
    "person": _PERSONS,
    "first_name": (
        "etunimi",
        "etunimet",
        "kutsumanimi",
        "first name",
        "first names",
        "given name",
        "given names",
        "firstname",
        "förnamn",
    ),
    "last_name": ("sukunimi", "sukunimet", "last name", "efternamn", "surname", "lastname", "family name"),
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
    #: an e-mail address, a phone number or both
    "contact": ("yhteystiedot", "yhteystieto", "contact", "contact details", "contact information", "kontaktuppgifter"),
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
    "presence": _PRESENCE,
    "absence": _ABSENCE,
    "remark": (
        "huom",
        "huomautus",
        "huomautukset",
        "huomioita",
        "huomiot",
        "huomautuksia",
        "huomioitavaa",
        "muuta huomioitavaa",
        "lisätietoja",
        "kommentit",
        "muut tiedot",
        "lisätiedot",
        "lisätieto",
        "kommentti",
        "muuta",
        "remark",
        "remarks",
        "note",
        "notes",
        "comment",
        "comments",
        "anmärkning",
        "anmärkningar",
        "anm",
        "kommentar",
    ),
    #: how many people a row stands for
    "number": (
        "lukumäärä",
        "lkm",
        "hlömäärä",
        "henkilömäärä",
        "hlö",
        "osallistujamäärä",
        "montako henkeä",
        "antal",
        "antal personer",
        "number of people",
        "number of persons",
        "number of guests",
        "party size",
    ),
    "status": (
        "status",
        "tila",
        "osallistumisen tila",
        "osallistujan tila",
        "osallistuminen",
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
        "approval status",
        "tulossa",
        "tulee",
        "oletko tulossa",
        "tuletko",
        "tulen",
        "pääsetkö",
        "pääsetkö paikalle",
        "osallistun",
        "osallistuu",
        "osallistutko",
        "aion osallistua",
        "deltar",
        "jag deltar",
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
    "joined": ("joined", "join time", "saapui", "liittyi", "saapumisaika", "tuloaika", "ankomsttid"),
    "left": ("left", "leave time", "poistui", "lähti", "poistumisaika", "lähtöaika", "avgångstid"),
    #: when a form was sent: before the day of the event it is a promise
    "submitted": (
        "aikaleima",
        "timestamp",
        "vastausaika",
        "vastattu",
        "lähetysaika",
        "lähetetty",
        "suoritusaika",
        "valmistumisaika",
        "completion time",
        "submitted",
        "submitted at",
        "submission time",
        "tidsstämpel",
        "sluttid",
        "inskickat",
    ),
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


@cache
def header_words() -> Mapping[str, str]:
    """Return folded header -> what the column holds."""
    return MappingProxyType(lookup(HEADERS))


@lru_cache(maxsize=16_384)
def kind_of(header: str) -> str | None:
    """Return what a column holds by its header; several words, or languages, may say it together.

    Examples
    --------
    >>> kind_of("Sähköposti"), kind_of("Puh / s-posti"), kind_of("Nimi / Namn"), kind_of("Ruokavalio")
    ('email', 'contact', 'name', None)
    >>> kind_of("Osallistuja - Sukunimi"), kind_of("Nimi\\nNamn\\nName"), kind_of("Huoltaja - Puhelin")
    ('last_name', 'name', None)
    """
    known, folded = header_words(), fold(header)
    if folded in known:
        return known[folded]
    bare = fold(_ASIDE.sub(" ", folded))
    if bare in known:
        return known[bare]
    if _PROMISE.fullmatch(bare):
        return "registration"
    above, _, below = folded.partition(" - ")
    if below and known.get(above) in _SECTIONS:
        return kind_of(below)
    lines = folded if "\n" not in header.strip() else fold(_ASIDE.sub(" ", " / ".join(header.split("\n"))))
    parts = {known.get(fold(part)) for part in _BETWEEN.split(lines.strip(" /"))}
    return next((kind for together, kind in _TOGETHER if parts <= together), None) if len(parts) > 1 else parts.pop()
