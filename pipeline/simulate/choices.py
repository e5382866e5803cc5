"""The response options in three languages, with what people write instead of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Option:
    """One row of the XLSForm choices sheet."""

    list_name: str
    name: str
    fi: str
    sv: str
    en: str
    missing: str = ""
    aliases: str = ""


_DK: Final = ("dk", "En osaa sanoa", "Vet inte", "Don't know", "dont_know", "eos|en tiedä")
_RF: Final = ("rf", "En halua vastata", "Vill inte svara", "Prefer not to answer", "refused", "ehv")

OPTIONS: Final = (
    Option("change", "1", "Vähentynyt paljon", "Minskat mycket", "Decreased a lot"),
    Option("change", "2", "Vähentynyt vähän", "Minskat lite", "Decreased a little"),
    Option("change", "3", "Ei muutosta", "Ingen förändring", "No change"),
    Option("change", "4", "Lisääntynyt vähän", "Ökat lite", "Increased a little"),
    Option("change", "5", "Lisääntynyt paljon", "Ökat mycket", "Increased a lot"),
    Option("change", *_DK),
    Option("change", *_RF),
    Option("often", "1", "En koskaan", "Aldrig", "Never"),
    Option("often", "2", "Muutaman kerran vuodessa", "Några gånger om året", "A few times a year"),
    Option("often", "3", "Noin kerran kuukaudessa", "Ungefär en gång i månaden", "About once a month"),
    Option("often", "4", "Muutaman kerran kuukaudessa", "Några gånger i månaden", "A few times a month"),
    Option("often", "5", "Joka viikko", "Varje vecka", "Every week"),
    Option("often", *_DK),
    Option("satisfaction", "1", "Hyvin tyytymätön", "Mycket missnöjd", "Very dissatisfied"),
    Option("satisfaction", "2", "Melko tyytymätön", "Ganska missnöjd", "Fairly dissatisfied"),
    Option(
        "satisfaction", "3", "En tyytyväinen enkä tyytymätön", "Varken nöjd eller missnöjd",
        "Neither satisfied nor dissatisfied",
    ),
    Option("satisfaction", "4", "Melko tyytyväinen", "Ganska nöjd", "Fairly satisfied"),
    Option("satisfaction", "5", "Hyvin tyytyväinen", "Mycket nöjd", "Very satisfied"),
    Option("benefits", "people", "Uusia tuttavuuksia", "Nya bekantskaper", "New acquaintances", "", "tuttavat"),
    Option(
        "benefits", "skills", "Uusia tietoja, taitoja tai osaamista", "Nya kunskaper, färdigheter eller kunnande",
        "New knowledge, skills or know-how", "", "taidot",
    ),
    Option(
        "benefits", "activity", "Mielekästä tekemistä", "Meningsfull sysselsättning",
        "Something worthwhile to do", "", "tekeminen",
    ),
    Option(
        "benefits", "courage", "Rohkeutta ja itseluottamusta", "Mod och självförtroende",
        "Courage and self-confidence", "", "rohkeus",
    ),
    Option(
        "benefits", "work", "Apua työn tai koulutuksen hakemiseen", "Hjälp att söka arbete eller utbildning",
        "Help in applying for work or training", "", "työ",
    ),
    Option("benefits", "nothing", "En saanut mitään näistä", "Inget av dessa", "None of these", "", "ei mitään"),
    Option("target_group", "residents", "Asukas", "Invånare", "Resident", "", "asukas"),
    Option(
        "target_group", "youth", "Nuori (alle 29-vuotias)", "Ung (under 29 år)",
        "Young person (under 29)", "", "nuori",
    ),
    Option(
        "target_group", "older_unemployed", "Ikääntyvä tai osatyökykyinen työtön",
        "Äldre eller partiellt arbetsför arbetslös",
        "Older or partially fit for work, unemployed", "", "työtön",
    ),
    Option("target_group", "immigrants", "Maahanmuuttaja", "Invandrare", "Immigrant", "", "mamu"),
    Option(
        "target_group", "special", "Muu erityisryhmä", "Annan särskild grupp",
        "Other special group", "", "erityisryhmä",
    ),
    Option(
        "target_group", "third_sector", "Yhdistyksen tai järjestön toimija", "Aktiv i en förening eller organisation",
        "Active in an association or organisation", "", "yhdistys",
    ),
    Option("age_band", "under_18", "Alle 18 vuotta", "Under 18 år", "Under 18", "", "alle 18"),
    Option("age_band", "18_24", "18–24 vuotta", "18–24 år", "18–24", "", "18-24"),
    Option("age_band", "25_29", "25–29 vuotta", "25–29 år", "25–29", "", "25-29"),
    Option("age_band", "30_54", "30–54 vuotta", "30–54 år", "30–54", "", "30-54"),
    Option("age_band", "55_64", "55–64 vuotta", "55–64 år", "55–64", "", "55-64"),
    Option("age_band", "65_over", "65 vuotta tai enemmän", "65 år eller mer", "65 or over", "", "65+"),
    Option("gender", "woman", "Nainen", "Kvinna", "Woman", "", "n"),
    Option("gender", "man", "Mies", "Man", "Man", "", "m"),
    Option("gender", "other", "Muu", "Annat", "Other"),
    Option("gender", *_RF),
    Option("roles", "participant", "Osallistujana", "Som deltagare", "As a participant", "", "osallistuja"),
    Option("roles", "organiser", "Järjestäjänä", "Som arrangör", "As an organiser", "", "järjestäjä"),
    Option(
        "roles", "stakeholder", "Sidosryhmän edustajana", "Som representant för en intressentgrupp",
        "As a stakeholder", "", "sidosryhmä",
    ),
    Option("languages", "fi", "Suomi", "Finska", "Finnish"),
    Option("languages", "sv", "Ruotsi", "Svenska", "Swedish"),
    Option("languages", "en", "Englanti", "Engelska", "English"),
    Option("modes", "paper", "Paperilomake", "Pappersblankett", "Paper form"),
    Option("modes", "web", "Verkkolomake", "Webbformulär", "Web form"),
    Option("modes", "kiosk", "Tapahtumakioski", "Evenemangskiosk", "Kiosk"),
    Option("modes", "interview", "Haastattelu", "Intervju", "Interview"),
)  # fmt: skip


def options(list_name: str) -> tuple[Option, ...]:
    """Return the options of one list, in order."""
    return tuple(option for option in OPTIONS if option.list_name == list_name)
