"""The words of the codebook page, Finnish first."""

from __future__ import annotations

from typing import Final

#: Key -> language -> text.
TEXTS: Final = {
    "title": {"fi": "Koodikirja", "sv": "Kodbok", "en": "Codebook"},
    "intro": {
        "fi": "Kysymykset, vastausvaihtoehdot ja niiden koodit sekä vastausten ja puuttuvien tietojen määrät.",
        "sv": "Frågor, svarsalternativ och deras koder samt antalet svar och saknade uppgifter.",
        "en": "Questions, response options and their codes, and how many answers there are and how many are missing.",
    },
    "responses": {"fi": "Vastauksia", "sv": "Antal svar", "en": "Responses"},
    "questions": {"fi": "Kysymykset", "sv": "Frågor", "en": "Questions"},
    "wording": {"fi": "Sanamuoto", "sv": "Formulering", "en": "Wording"},
    "language": {"fi": "Kieli", "sv": "Språk", "en": "Language"},
    "text": {"fi": "Teksti", "sv": "Text", "en": "Text"},
    "options": {"fi": "Vastausvaihtoehdot", "sv": "Svarsalternativ", "en": "Response options"},
    "code": {"fi": "Koodi", "sv": "Kod", "en": "Code"},
    "means": {"fi": "Merkitys", "sv": "Betydelse", "en": "Counts as"},
    "answer": {"fi": "vastaus", "sv": "svar", "en": "answer"},
    "counts": {"fi": "Vastaukset ja puuttuvat", "sv": "Svar och bortfall", "en": "Answered and missing"},
    "kind": {"fi": "Tieto", "sv": "Uppgift", "en": "What"},
    "number": {"fi": "Lukumäärä", "sv": "Antal", "en": "Number"},
    "name": {"fi": "Nimi", "sv": "Namn", "en": "Name"},
    "type": {"fi": "Tyyppi", "sv": "Typ", "en": "Type"},
    "construct": {"fi": "Mittaa", "sv": "Mäter", "en": "Measures"},
    "design": {"fi": "Muutoksen mittaaminen", "sv": "Hur förändring mäts", "en": "How change is measured"},
    "pair": {"fi": "Kysymyspari", "sv": "Frågepar", "en": "Pair"},
    "range": {"fi": "Asteikko", "sv": "Skala", "en": "Scale"},
    "reversed": {
        "fi": "Käännetty: suuri luku tarkoittaa vähän mitattavaa asiaa",
        "sv": "Omvänd: ett högt tal betyder lite av det som mäts",
        "en": "Reversed: a high value means little of what is measured",
    },
}
KINDS: Final = {
    "answered": {"fi": "Vastattu", "sv": "Besvarad", "en": "Answered"},
    "not_asked": {"fi": "Ei kysytty", "sv": "Inte frågat", "en": "Not asked"},
    "not_ticked": {"fi": "Ei valittu", "sv": "Inte vald", "en": "Not ticked"},
    "no_answer": {"fi": "Ei vastausta", "sv": "Inget svar", "en": "No answer"},
    "dont_know": {"fi": "En osaa sanoa", "sv": "Vet inte", "en": "Don't know"},
    "refused": {"fi": "Ei halunnut vastata", "sv": "Ville inte svara", "en": "Refused"},
    "invalid": {"fi": "Virheellinen", "sv": "Ogiltigt", "en": "Invalid"},
}
TYPES: Final = {
    "select_one": {"fi": "yksi vaihtoehto", "sv": "ett alternativ", "en": "one option"},
    "select_multiple": {"fi": "useita vaihtoehtoja", "sv": "flera alternativ", "en": "several options"},
    "integer": {"fi": "kokonaisluku", "sv": "heltal", "en": "whole number"},
    "decimal": {"fi": "luku", "sv": "tal", "en": "number"},
    "date": {"fi": "päivämäärä", "sv": "datum", "en": "date"},
    "text": {"fi": "avoin vastaus", "sv": "öppet svar", "en": "open answer"},
}
DESIGNS: Final = {
    "transition": {"fi": "arvio muutoksesta", "sv": "bedömd förändring", "en": "reported change"},
    "post_then_pre": {
        "fi": "ennen ja nyt, molemmat kysytty jälkikäteen",
        "sv": "före och nu, båda frågade efteråt",
        "en": "before and now, both asked afterwards",
    },
    "pre_post": {"fi": "ennen ja jälkeen", "sv": "före och efter", "en": "before and after"},
    "post_only": {"fi": "vain jälkeen", "sv": "bara efter", "en": "afterwards only"},
    "background": {"fi": "taustatieto", "sv": "bakgrund", "en": "background"},
}
OCCASIONS: Final = {
    "before": {"fi": "ennen", "sv": "före", "en": "before"},
    "now": {"fi": "nyt", "sv": "nu", "en": "now"},
}
#: Languages by their own names.
LANGUAGES: Final = {"fi": "suomi", "sv": "svenska", "en": "English"}
