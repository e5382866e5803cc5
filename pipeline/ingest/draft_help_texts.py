"""What the help sheet of a drafted form says, in Finnish, Swedish and English."""

from __future__ import annotations

from typing import Final

Row = dict[str, str]

HEADER: Final = {
    "fi": ("välilehti", "sarake", "mitä siihen kirjoitetaan", "sallitut sanat"),
    "sv": ("blad", "kolumn", "vad som skrivs där", "tillåtna ord"),
    "en": ("sheet", "column", "what to write", "allowed words"),
}
#: Sheet and column -> what goes into it.
TEXTS: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("survey", "type"): {
        "fi": "Kysymyksen tyyppi. Valintakysymykseen myös luettelon nimi: select_one change. Uusi luettelo tehdään "
        "välilehdelle choices.",
        "sv": "Frågans typ. För val också listans namn: select_one change. En ny lista görs på bladet choices.",
        "en": "Type of the question. For a choice also the name of its list: select_one change. A new list goes "
        "onto the sheet choices.",
    },
    ("survey", "name"): {
        "fi": "Lyhyt tunnus ilman välilyöntejä, kullekin oma. Tällä nimellä kysymykseen viitataan muualla "
        "(project.toml).",
        "sv": "En kort kod utan blanksteg, egen för varje fråga. Med den hänvisas till frågan (project.toml).",
        "en": "A short name without blanks, each its own. Other files (project.toml) refer to the question by it.",
    },
    ("survey", "label"): {
        "fi": "Kysymys niin kuin se luetaan kuvioissa ja raportissa. Muille kielille oma sarake: label::Svenska "
        "(sv). Jos muutat tekstiä, siirrä tiedoston otsikko sarakkeeseen aliases.",
        "sv": "Frågan som den ska läsas i figurer och rapport. En kolumn per språk: label::Suomi (fi). Om texten "
        "ändras, flytta filens rubrik till kolumnen aliases.",
        "en": "The question as figures and the report will show it. One column per language: label::Suomi (fi). "
        "When you change the text, move the header of the file to aliases.",
    },
    ("survey", "construct"): {
        "fi": "Asia, jota kysymys mittaa muiden kanssa, oma lyhyt sana: osallisuus. Samalla sanalla merkityistä "
        "asteikkokysymyksistä lasketaan keskiarvo; asteikon pitää olla sama. Sama sana on project.tomlin "
        "kohdan [[outcomes]] key. Muuten tyhjä.",
        "sv": "Det som frågan mäter tillsammans med andra, ett eget kort ord: delaktighet. Av skalfrågor med samma "
        "ord räknas ett medelvärde; skalan ska vara densamma. Samma ord är key under [[outcomes]] i "
        "project.toml. Annars tom.",
        "en": "What the question measures together with others, a short word of your own: participation. Scale "
        "questions with the same word are averaged; they must have the same scale. The word is also key of "
        "[[outcomes]] in project.toml. Else empty.",
    },
    ("survey", "design"): {
        "fi": "Miten kysymys kertoo muutoksesta. transition: vastaaja arvioi muutoksen itse (vähentynyt ... "
        "lisääntynyt). post_then_pre: kysymyspari, ennen ja nyt, molemmat kysytty jälkikäteen. pre_post: sama"
        " kysymys ennen toimintaa ja sen jälkeen. post_only: arvio vain jälkikäteen (tyytyväisyys). "
        "background: taustatieto (ikä, ryhmä). Tyhjänä tai background-sanalla luvut eivät ole asteikko. "
        "Avovastaukselle tyhjä.",
        "sv": "Hur frågan berättar om förändring. transition: den svarande bedömer själv förändringen (minskat ... "
        "ökat). post_then_pre: ett frågepar, före och nu, båda frågade efteråt. pre_post: samma fråga före "
        "verksamheten och efter den. post_only: bara efteråt (nöjdhet). background: bakgrund (ålder, grupp). "
        "Tom eller background: talen är ingen skala. Tom för öppna svar.",
        "en": "How the question tells of change. transition: respondents judge the change themselves (decreased ..."
        " increased). post_then_pre: a pair of questions, before and now, both asked afterwards. pre_post: "
        "the same question before the activity and after it. post_only: asked afterwards only (satisfaction)."
        " background: age, group. Empty or background: the numbers are no scale. Empty for open answers.",
    },
    ("survey", "reversed"): {
        "fi": "yes, jos suuri luku on huono asia (yksinäisyys lisääntynyt paljon). Vastaukset käännetään keskiarvoa"
        " ja myönteisten osuutta laskettaessa. Muuten tyhjä.",
        "sv": "yes, om ett stort tal är något dåligt (ensamheten har ökat mycket). Svaren vänds när medelvärde och "
        "andelen positiva räknas. Annars tom.",
        "en": "yes, where a high number is a bad thing (loneliness has increased a lot). Answers are turned for "
        "means and shares of positive ones. Else empty.",
    },
    ("survey", "pair"): {
        "fi": "Ennen ja nyt -kysymysten yhteinen nimi: kummallekin sama oma sana (usein). Muuten tyhjä.",
        "sv": "Ett gemensamt namn för frågorna före och nu: samma eget ord på båda (ofta). Annars tom.",
        "en": "The common name of a question before and a question now: the same word on both (often). Else empty.",
    },
    ("survey", "occasion"): {
        "fi": "Parin kysymyksistä: before kysyy ajasta ennen toimintaa, now nykyhetkestä. Muuten tyhjä.",
        "sv": "I ett par: before frågar om tiden före verksamheten, now om nuläget. Annars tom.",
        "en": "Within a pair: before asks about the time before the activity, now about the present. Else empty.",
    },
    ("survey", "field"): {
        "fi": "Täytetään, kun sarake kertoo vastauksesta itsestään. event: mikä tapahtuma. submitted_at: milloin "
        "vastattiin. response_key: vastauksen tai paperilomakkeen numero. role: vastaajan rooli. language: "
        "lomakkeen kieli. mode: vastaustapa. Kukin enintään kerran; sarakkeet construct ... occasion jäävät "
        "silloin tyhjiksi. Roolin, kielen ja vastaustavan vaihtoehtojen name: participant, organiser, "
        "stakeholder; fi, sv, en; paper, web, kiosk, interview.",
        "sv": "Fylls i när kolumnen berättar om själva svaret. event: vilket evenemang. submitted_at: när svaret "
        "gavs. response_key: svarets eller blankettens nummer. role: den svarandes roll. language: "
        "blankettens språk. mode: svarssätt. Var och en högst en gång; kolumnerna construct ... occasion "
        "lämnas tomma. Alternativens name för roll, språk och svarssätt: participant, organiser, stakeholder;"
        " fi, sv, en; paper, web, kiosk, interview.",
        "en": "Filled where the column tells of the response itself. event: which event. submitted_at: when it was "
        "answered. response_key: number of the response or paper form. role: of the respondent. language: of "
        "the form. mode: of answering. Each once at most; construct ... occasion stay empty then. The "
        "options' names for role, language and mode: participant, organiser, stakeholder; fi, sv, en; paper, "
        "web, kiosk, interview.",
    },
    ("survey", "aliases"): {
        "fi": "Samat kysymykset muissa tiedostoissa: niiden otsikot täsmälleen, merkillä | erotettuina: "
        "Rohkeus|Rohkeuteni",
        "sv": "Samma fråga i andra filer: deras rubriker ordagrant, åtskilda med |: Mod|Mitt mod",
        "en": "The same question in other files: their headers word by word, separated by |: Courage|My courage",
    },
    ("survey", "note"): {
        "fi": "Mistä luonnos on päätelty. Sitä ei lueta; saa poistaa.",
        "sv": "Vad utkastet grundar sig på. Läses inte; får tas bort.",
        "en": "On what grounds this was drafted. It is not read and may be deleted.",
    },
    ("choices", "list_name"): {
        "fi": "Luettelon nimi, sama kuin sarakkeessa type. Usealla kysymyksellä voi olla sama luettelo.",
        "sv": "Listans namn, samma som i kolumnen type. Flera frågor kan ha samma lista.",
        "en": "Name of the list, as in column type. Several questions can share a list.",
    },
    ("choices", "name"): {
        "fi": "Vaihtoehdon tunnus. Asteikolla luku: 1, 2, 3 ... alimmasta (vähentynyt paljon) ylimpään (lisääntynyt"
        " paljon), myös se vaihtoehto, jota kukaan ei valinnut. Jos yksikin on muuta kuin luku, asteikkoa ei "
        "ole eikä keskiarvoa lasketa. En osaa sanoa: mikä tahansa, kun missing on täytetty.",
        "sv": "Alternativets kod. På en skala ett tal: 1, 2, 3 ... från det lägsta (minskat mycket) till det högsta"
        " (ökat mycket), också det som ingen valde. Om ett enda är något annat än ett tal finns ingen skala "
        "och inget medelvärde. Vet inte: vad som helst, när missing är ifyllt.",
        "en": "Code of the option. On a scale a number: 1, 2, 3 ... from the lowest (decreased a lot) to the "
        "highest (increased a lot), with the one that nobody chose. Where one of them is no number there is "
        "no scale and no mean. Don't know: anything, once missing is filled.",
    },
    ("choices", "label"): {
        "fi": "Vaihtoehto niin kuin se luetaan raportissa; tiedoston soluista se tunnistetaan tällä, tunnuksella "
        "tai aliaksella.",
        "sv": "Alternativet som det ska läsas i rapporten; i filens celler känns det igen på texten, koden eller "
        "ett alias.",
        "en": "The option as the report will show it; in the cells of a file it is known by this text, its code or "
        "an alias.",
    },
    ("choices", "missing"): {
        "fi": "Täytetään, kun vaihtoehto ei ole vastaus asteikolla. dont_know: en osaa sanoa. refused: en halua "
        "vastata. no_answer: tyhjä, viiva. invalid: ei kelpaa. not_asked: ei kysytty. not_ticked: jätetty "
        "valitsematta.",
        "sv": "Fylls i när alternativet inte är ett svar på skalan. dont_know: vet inte. refused: vill inte svara. "
        "no_answer: tomt, streck. invalid: ogiltigt. not_asked: inte frågat. not_ticked: inte valt.",
        "en": "Filled where the option is no answer on the scale. dont_know: don't know. refused: prefer not to "
        "answer. no_answer: blank, dash. invalid: no valid answer. not_asked: not asked. not_ticked: not "
        "ticked.",
    },
    ("choices", "aliases"): {
        "fi": "Vaihtoehdon muut kirjoitusasut tiedostoissa, merkillä | erotettuina: eos|en tiedä",
        "sv": "Alternativets andra skrivsätt i filerna, åtskilda med |: vet ej|kan inte säga",
        "en": "Other spellings of the option in the files, separated by |: dk|do not know",
    },
    ("left_out", "column"): {
        "fi": "Sarakkeet, joista ei tehty kysymystä, ja syy. Jos tarvitset sarakkeen, lisää sille rivi välilehdelle"
        " survey.",
        "sv": "Kolumner som inte blev en fråga, och varför. Den som behövs läggs till som en rad på bladet survey.",
        "en": "Columns that became no question, and why. For one you need, add a row to the sheet survey.",
    },
}


def _examples(titles: tuple[str, str, str], texts: tuple[str, ...], construct: str) -> dict[str, list[tuple[str, Row]]]:
    courage, loneliness, before, now, highest, no_opinion = texts
    item = {"construct": construct, "design": "transition"}
    pair = {"design": "post_then_pre", "pair": "often"}
    return {
        titles[0]: [
            ("survey", {"type": "select_one change", "name": "k1", "label": courage, **item}),
            ("survey", {"type": "select_one change", "name": "k2", "label": loneliness, **item, "reversed": "yes"}),
        ],
        titles[1]: [
            ("choices", {"list_name": "change", "name": "5", "label": highest}),
            ("choices", {"list_name": "change", "name": "dk", "label": no_opinion, "missing": "dont_know"}),
        ],
        titles[2]: [
            ("survey", {"type": "select_one often", "name": "often1", "label": before, **pair, "occasion": "before"}),
            ("survey", {"type": "select_one often", "name": "often2", "label": now, **pair, "occasion": "now"}),
        ],
    }


#: Three examples of two rows per language.
EXAMPLES: Final = {
    "fi": _examples(
        ("Esimerkki: kaksi arviota muutoksesta, toinen käännetty", "Niiden luettelosta", "Esimerkki: ennen ja nyt"),
        (
            "Rohkeuteni osallistua", "Yksinäisyyteni", "Kuinka usein kävit ennen?", "Kuinka usein käyt nyt?",
            "Lisääntynyt paljon", "En osaa sanoa",
        ),
        "osallisuus",
    ),
    "sv": _examples(
        ("Exempel: två frågor om förändring, den andra vänd", "Ur deras lista", "Exempel: före och nu"),
        (
            "Mitt mod att delta", "Min ensamhet", "Hur ofta deltog du förut?", "Hur ofta deltar du nu?",
            "Ökat mycket", "Vet inte",
        ),
        "delaktighet",
    ),
    "en": _examples(
        ("Example: two questions on change, the second turned", "From their list", "Example: before and now"),
        (
            "My courage to take part", "My loneliness", "How often did you come before?", "How often do you come now?",
            "Increased a lot", "Don't know",
        ),
        "participation",
    ),
}  # fmt: skip
