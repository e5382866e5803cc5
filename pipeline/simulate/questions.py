"""The questions in three languages. The wording is the project's own; no scale was copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Question:
    """One row of the XLSForm survey sheet; the first alias is the short header used when keying paper forms."""

    name: str
    type: str
    fi: str
    sv: str
    en: str
    construct: str = ""
    design: str = ""
    reversed: bool = False
    pair: str = ""
    occasion: str = ""
    field: str = ""
    aliases: str = ""


def _change(name: str, construct: str, alias: str, fi: str, sv: str, en: str, *, reversed: bool = False) -> Question:
    return Question(name, "select_one change", fi, sv, en, construct, "transition", reversed, aliases=alias)


QUESTIONS: Final = (
    Question(
        "response_key", "text", "Lomakkeen numero", "Blankettens nummer", "Form number",
        field="response_key", aliases="Lomake nro|vastaaja",
    ),
    Question(
        "submitted_at", "dateTime", "Vastaamisen ajankohta", "Tidpunkt för svaret", "Time of answering",
        field="submitted_at", aliases="Pvm|Aikaleima|Tidstämpel|Vastausaika",
    ),
    Question(
        "event", "text",
        "Mihin tapahtumaan osallistuit?",
        "Vilket evenemang deltog du i?",
        "Which event did you take part in?",
        field="event", aliases="Tapahtuma|event_id",
    ),
    Question(
        "role", "select_one roles",
        "Missä roolissa olit mukana?",
        "I vilken roll var du med?",
        "In which role did you take part?",
        field="role", aliases="Rooli",
    ),
    Question(
        "language", "select_one languages", "Lomakkeen kieli", "Blankettens språk", "Language of the form",
        field="language", aliases="Kieli",
    ),
    Question(
        "mode", "select_one modes", "Vastaustapa", "Svarssätt", "Mode of answering",
        field="mode", aliases="Vastaamistapa",
    ),
    Question(
        "intro", "note",
        "Ajattele aikaa, jonka olet ollut mukana toiminnassa. Miten seuraavat asiat ovat sinun kohdallasi muuttuneet?",
        "Tänk på den tid du har varit med i verksamheten. Hur har följande saker förändrats för din del?",
        "Think of the time you have been taking part. How have the following things changed for you?",
    ),
    _change(
        "par1", "participation", "Mukaan",
        "Mahdollisuuteni lähteä mukaan yhteiseen toimintaan",
        "Mina möjligheter att komma med i gemensam verksamhet",
        "My opportunities to join in shared activities",
    ),
    _change(
        "par2", "participation", "Alueen toiminta",
        "Osallistumiseni oman asuinalueeni tapahtumiin ja tilaisuuksiin",
        "Mitt deltagande i evenemang och träffar i mitt bostadsområde",
        "My taking part in events and gatherings in my neighbourhood",
    ),
    _change(
        "par3", "participation", "Kuunnellaan",
        "Kokemukseni siitä, että mielipidettäni kuunnellaan",
        "Min upplevelse av att någon lyssnar på min åsikt",
        "My experience that my opinion is listened to",
    ),
    _change(
        "par4", "participation", "Ulkopuolella",
        "Kokemukseni ulkopuolelle jäämisestä",
        "Min upplevelse av att bli lämnad utanför",
        "My experience of being left out",
        reversed=True,
    ),
    _change(
        "ini1", "self_initiative", "Omat ideat",
        "Rohkeuteni ehdottaa omia ideoita",
        "Mitt mod att föreslå egna idéer",
        "My courage to suggest ideas of my own",
    ),
    _change(
        "ini2", "self_initiative", "Oma-aloitteisuus",
        "Oma-aloitteisuuteni arjen asioissa",
        "Min förmåga att ta initiativ i vardagen",
        "My taking the initiative in everyday matters",
    ),
    _change(
        "ini3", "self_initiative", "Järjestäminen",
        "Haluni järjestää toimintaa yhdessä muiden kanssa",
        "Min vilja att ordna verksamhet tillsammans med andra",
        "My wish to organise activities together with others",
    ),
    _change(
        "ini4", "self_initiative", "Aikaansaaminen",
        "Luottamukseni siihen, että saan asioita aikaan",
        "Min tilltro till att jag kan få saker till stånd",
        "My confidence that I can get things done",
    ),
    _change(
        "com1", "community", "Naapurit",
        "Yhteydenpitoni naapureihin ja muihin alueen asukkaisiin",
        "Min kontakt med grannar och andra invånare i området",
        "My contact with neighbours and other residents of the area",
    ),
    _change(
        "com2", "community", "Yhteishenki",
        "Yhteishenki asuinalueellani",
        "Sammanhållningen i mitt bostadsområde",
        "The community spirit in my neighbourhood",
    ),
    _change(
        "com3", "community", "Auttaminen",
        "Valmiuteni auttaa muita alueen asukkaita",
        "Min beredskap att hjälpa andra invånare i området",
        "My readiness to help other residents of the area",
    ),
    _change(
        "inf1", "influence", "Vaikuttaminen",
        "Tietoni siitä, millä keinoilla voin vaikuttaa kaupungin päätöksiin",
        "Min kunskap om hur jag kan påverka stadens beslut",
        "My knowledge of the ways to influence the city's decisions",
    ),
    _change(
        "inf2", "influence", "Keneen yhteys",
        "Tietoni siitä, keneen otan yhteyttä asuinalueeni asioissa",
        "Min kunskap om vem jag kontaktar i frågor som gäller mitt bostadsområde",
        "My knowledge of whom to contact about matters of my neighbourhood",
    ),
    _change(
        "wrk1", "work_life", "Työn haku",
        "Valmiuteni hakea työtä tai koulutusta",
        "Min beredskap att söka arbete eller utbildning",
        "My readiness to apply for work or training",
    ),
    _change(
        "wrk2", "work_life", "Osaaminen",
        "Luottamukseni omaan osaamiseeni työelämässä",
        "Min tilltro till mitt eget kunnande i arbetslivet",
        "My confidence in my own skills in working life",
    ),
    Question(
        "often_before", "select_one often",
        "Kuinka usein osallistuit asukastoimintaan ennen tätä toimintaa?",
        "Hur ofta deltog du i invånarverksamhet före den här verksamheten?",
        "How often did you take part in residents' activities before this?",
        design="post_then_pre", pair="often", occasion="before", aliases="Ennen",
    ),
    Question(
        "often_now", "select_one often",
        "Kuinka usein osallistut asukastoimintaan nyt?",
        "Hur ofta deltar du i invånarverksamhet nu?",
        "How often do you take part in residents' activities now?",
        design="post_then_pre", pair="often", occasion="now", aliases="Nyt",
    ),
    Question(
        "satisfaction", "select_one satisfaction",
        "Kuinka tyytyväinen olit tapahtumaan kokonaisuutena?",
        "Hur nöjd var du med evenemanget som helhet?",
        "How satisfied were you with the event as a whole?",
        design="post_only", aliases="Tyytyväisyys",
    ),
    Question(
        "benefits", "select_multiple benefits",
        "Mitä sait osallistumisesta? Voit valita useita.",
        "Vad gav deltagandet dig? Du kan välja flera.",
        "What did you get from taking part? You may choose several.",
        design="post_only", aliases="Saatu hyöty",
    ),
    Question(
        "events_attended", "integer",
        "Kuinka moneen hankkeen tapahtumaan olet osallistunut?",
        "Hur många av projektets evenemang har du deltagit i?",
        "How many of the project's events have you attended?",
        design="background", aliases="Tapahtumia",
    ),
    Question(
        "volunteer_hours", "decimal",
        "Kuinka monta tuntia viikossa teet vapaaehtoistyötä?",
        "Hur många timmar i veckan arbetar du som frivillig?",
        "How many hours a week do you do voluntary work?",
        design="background", aliases="Vapaaehtoistyö h/vko",
    ),
    Question(
        "target_group", "select_one target_group",
        "Mikä seuraavista kuvaa sinua parhaiten?",
        "Vilket av följande beskriver dig bäst?",
        "Which of the following describes you best?",
        design="background", aliases="Ryhmä",
    ),
    Question(
        "age_band", "select_one age_band", "Ikäsi", "Din ålder", "Your age",
        design="background", aliases="Ikä",
    ),
    Question(
        "gender", "select_one gender", "Sukupuolesi", "Ditt kön", "Your gender",
        design="background", aliases="Sukupuoli",
    ),
    Question(
        "comment", "text",
        "Mitä muuta haluat sanoa?", "Vad annat vill du säga?", "What else would you like to say?",
        aliases="Palaute|Vapaa sana",
    ),
)  # fmt: skip


def question(name: str) -> Question:
    """Return the question called `name`."""
    return next(q for q in QUESTIONS if q.name == name)
