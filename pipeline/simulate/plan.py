"""What the sample project did: its actions and events, modelled on the public description of S20562.

The names that the description gives are kept (Talvisatama, Sataman suuri talvipäivä, Miun Lappeenranta, Me-talo,
Naapuriäidit); everything else, and every date and count, is invented.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

#: Indirect target groups of the description, section 4.2.
TARGET_GROUPS: Final = ("residents", "youth", "older_unemployed", "immigrants", "special", "third_sector")

#: Which form was in use: 2016 on paper and by interview, then an old web form, a kiosk, at last web and paper.
ERAS: Final = ("2016", "early_2017", "2017", "2018")


@dataclass(frozen=True)
class Action:
    """One action; `effect` is its planted effect on the latent outcome (logits)."""

    action_id: str
    name: str
    target_group: str
    start: dt.date
    end: dt.date
    effect: float


@dataclass(frozen=True)
class Event:
    """One event; `weight` is its expected share of visits, `planning` whether residents planned it by name."""

    event_id: str
    action_id: str
    name: str
    day: dt.date
    place: str
    weight: int
    audience: int
    planning: bool
    aliases: str = ""

    @property
    def era(self) -> str:
        """Form in use on the day."""
        if self.day.year != 2017:
            return str(self.day.year)
        return "early_2017" if self.day < dt.date(2017, 5, 1) else "2017"


def _action(number: int, name: str, group: str, start: str, end: str, effect: float) -> Action:
    return Action(f"A{number:02d}", name, group, dt.date.fromisoformat(start), dt.date.fromisoformat(end), effect)


def _event(
    number: int,
    action: int,
    day: str,
    name: str,
    place: str,
    weight: int,
    audience: int,
    planning: int,
    aliases: str = "",
) -> Event:
    when = dt.date.fromisoformat(day)
    return Event(f"E{number:02d}", f"A{action:02d}", name, when, place, weight, audience, bool(planning), aliases)


ACTIONS: Final = (
    _action(1, "Asukasillat", "residents", "2016-04-01", "2016-12-31", 0.1),
    _action(2, "Me-talon avoimet ovet", "residents", "2016-05-01", "2018-12-31", 0.3),
    _action(3, "Naapuriäitien kohtaamiset", "immigrants", "2016-06-01", "2018-08-31", 0.5),
    _action(4, "Ideapajat", "residents", "2016-08-15", "2017-03-31", -0.2),
    _action(5, "Nuorten omat illat", "youth", "2016-09-01", "2018-05-31", 0.2),
    _action(6, "Talvisatama", "residents", "2016-11-01", "2018-04-30", 0.0),
    _action(7, "Sataman suuri talvipäivä", "residents", "2016-12-01", "2018-04-30", -0.3),
    _action(8, "Kielikahvila", "immigrants", "2017-01-15", "2018-05-31", 0.4),
    _action(9, "Työnhakijan toimintapäivät", "older_unemployed", "2017-02-01", "2018-11-30", -0.5),
    _action(10, "Vertaisesta voimaa -ryhmä", "special", "2016-10-01", "2017-12-31", 0.2),
    _action(11, "Kokemusasiantuntijat mukaan", "special", "2017-08-01", "2018-11-30", 0.1),
    _action(12, "Pihatalkoot ja vieraslajien kitkentä", "residents", "2016-04-15", "2018-06-30", 0.2),
    _action(13, "Miun Lappeenranta", "third_sector", "2017-11-01", "2018-09-30", 0.0),
    _action(14, "Somesta naapuriapua", "residents", "2017-08-15", "2018-03-31", -0.1),
    _action(15, "Yhdistysten verkostoillat", "third_sector", "2016-09-15", "2018-10-31", 0.1),
    _action(16, "Nuorten katutaidepaja", "youth", "2017-06-01", "2018-09-30", 0.6),
    _action(17, "Naisten pyöräilykoulu", "immigrants", "2017-04-15", "2017-09-30", 0.4),
    _action(18, "Taitojen tori", "older_unemployed", "2017-08-01", "2018-10-31", -0.4),
    _action(19, "Kimppakyytikokeilu", "residents", "2018-02-01", "2018-10-31", -0.7),
    _action(20, "Yhteinen ruokapöytä", "immigrants", "2016-11-01", "2018-01-31", 0.2),
    _action(21, "Esteetön retkipäivä", "special", "2017-04-01", "2017-10-31", 0.0),
    _action(22, "Osallisuustyöpaja", "residents", "2018-08-01", "2018-12-31", -0.3),
)

EVENTS: Final = (
    _event(1, 1, "2016-04-23", "Asukasilta Me-talolla", "Me-talo", 16, 40, 1),
    _event(2, 12, "2016-05-21", "Kevään pihatalkoot", "Kaislaniitty", 13, 60, 0, "Pihatalkoot 2016"),
    _event(3, 2, "2016-06-11", "Me-talon avoimet ovet", "Me-talo", 20, 120, 1),
    _event(4, 3, "2016-08-27", "Naapuriäitien kohtaamispäivä", "Me-talo", 14, 55, 1, "Naapuriäidit 2016"),
    _event(5, 4, "2016-09-15", "Ideapaja: mitä asuinalueelta puuttuu?", "Utuharjun koulu", 16, 30, 1, "Ideapaja"),
    _event(6, 5, "2016-10-08", "Nuorten oma ilta", "Nuorisotila Vinkkeli", 14, 70, 1),
    _event(7, 15, "2016-11-09", "Yhdistysten verkostoilta 2016", "Kirjaston sali", 14, 35, 1),
    _event(8, 20, "2016-12-10", "Yhteinen joulupöytä", "Me-talo", 14, 90, 0, "Joulupöytä"),
    _event(9, 10, "2017-01-21", "Vertaisesta voimaa -iltapäivä", "Me-talo", 10, 25, 0),
    _event(10, 6, "2017-02-11", "Talvisatama 2017", "Matkustajasatama", 18, 350, 1),
    _event(11, 7, "2017-03-04", "Sataman suuri talvipäivä 2017", "Matkustajasatama", 16, 600, 1, "Talvipäivä 2017"),
    _event(12, 9, "2017-04-01", "Työnhakijan toimintapäivä 2017", "Sinirinteen palvelutalo", 10, 30, 0),
    _event(13, 12, "2017-05-13", "Vieraslajitalkoot", "Kaislaniitty", 13, 45, 0),
    _event(14, 17, "2017-05-27", "Pyöräilykoulun päätösajelu", "Me-talo", 13, 30, 1),
    _event(15, 8, "2017-06-03", "Kielikahvilan kesäjuhla", "Me-talo", 18, 80, 1),
    _event(16, 21, "2017-06-17", "Esteetön retkipäivä", "Otsosaaren laavu", 15, 40, 1),
    _event(17, 16, "2017-08-19", "Katutaidepaja 2017", "Nuorisotila Vinkkeli", 18, 65, 1),
    _event(18, 18, "2017-09-09", "Taitojen tori 2017", "Kauppahalli", 21, 150, 1),
    _event(19, 14, "2017-09-28", "Somesta naapuriapua -koulutus", "Kirjaston sali", 15, 25, 0),
    _event(20, 11, "2017-10-14", "Kokemusasiantuntijoiden ilta 2017", "Me-talo", 16, 40, 1),
    _event(21, 15, "2017-11-04", "Yhdistysten verkostoilta 2017", "Kirjaston sali", 18, 45, 1),
    _event(22, 20, "2017-12-09", "Yhteinen ruokapöytä", "Me-talo", 23, 110, 0),
    _event(23, 5, "2018-01-20", "Nuorten talvi-ilta", "Nuorisotila Vinkkeli", 20, 80, 1),
    _event(24, 6, "2018-02-10", "Talvisatama 2018", "Matkustajasatama", 42, 500, 1),
    _event(25, 7, "2018-03-03", "Sataman suuri talvipäivä 2018", "Matkustajasatama", 40, 900, 1, "Talvipäivä 2018"),
    _event(
        26, 13, "2018-03-22", "Miun Lappeenranta: suunnitteluilta", "Kaupungintalo", 26, 45, 1, "Suunnitteluilta 22.3."
    ),
    _event(27, 19, "2018-04-14", "Kimppakyytikokeilun aloitus", "Utuharjun koulu", 16, 30, 0),
    _event(
        28, 13, "2018-05-12", "Miun Lappeenranta", "Kävelykatu", 96, 1200, 1, "Miun Lpr|Miun Lappeenranta -tapahtuma"
    ),
    _event(29, 12, "2018-05-26", "Alkukesän pihatalkoot", "Vilpunranta", 20, 55, 0, "Pihatalkoot 2018"),
    _event(30, 3, "2018-06-09", "Naapuriäitien kesäpäivä", "Me-talo", 26, 90, 1),
    _event(31, 16, "2018-08-18", "Katutaidepaja 2018", "Kävelykatu", 24, 120, 1),
    _event(32, 18, "2018-09-08", "Taitojen tori 2018", "Kauppahalli", 26, 180, 1),
    _event(33, 9, "2018-09-27", "Työnhakijan toimintapäivä 2018", "Sinirinteen palvelutalo", 18, 35, 0),
    _event(34, 11, "2018-10-13", "Kokemusasiantuntijoiden ilta 2018", "Me-talo", 22, 45, 1),
    _event(35, 22, "2018-11-03", "Osallisuustyöpaja", "Kaupungintalo", 26, 40, 1),
    _event(36, 2, "2018-12-01", "Kiitosjuhla Me-talolla", "Me-talo", 30, 140, 1, "Hankkeen päätösjuhla"),
)
