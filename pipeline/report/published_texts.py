"""Names of tables and columns of the report, and of its sections, in Finnish, Swedish and English."""

from __future__ import annotations

from typing import Final

from pipeline.report.captions import Sentences
from pipeline.report.claims.texts import VERDICT_NAMES as VERDICTS

__all__ = ["COLUMNS", "NOTES", "REASONS", "TITLES", "VERDICTS"]

TITLES: Final[Sentences] = {
    "outcomes": (
        "Myönteisesti vastanneiden osuus tulostavoitteittain",
        "Andelen positiva svar per utfall",
        "Share of positive answers, by outcome",
    ),
    "both": ("Molemmat ensisijaiset", "Båda primära", "Both primary outcomes"),
    "items": ("Vastausten jakauma kysymyksittäin", "Svarens fördelning per fråga", "Distribution of answers, by item"),
    "groups": (
        "{name}: myönteisesti vastanneiden osuus ryhmittäin",
        "{name}: andelen positiva svar per grupp",
        "{name}: share of positive answers, by group",
    ),
    "events": (
        "Nimittäjät tilaisuuksittain",
        "Nämnare per evenemang",
        "Denominators, by event",
    ),
    "files": ("Saadut tiedostot", "Mottagna filer", "Files received"),
    "indicators": ("Suunnitellut ja toteutuneet luvut", "Planerade och utfallna tal", "Planned and actual figures"),
    "sustainability": ("Kestävä kehitys", "Hållbar utveckling", "Sustainable development"),
    "claims": ("Raportin väitteet ja niiden tila", "Rapportens påståenden", "The claims of the report"),
    "hidden": ("Esittämättä jätetyt luvut", "Tal som inte visas", "Numbers not shown"),
}
NOTES: Final[Sentences] = {
    "outcomes": (
        "Osuus kysymyksiin vastanneista; väli on 95 %:n luottamusväli, joka ottaa huomioon tapahtumien väliset erot, "
        "jos tapahtumat tunnetaan.",
        "Andel av dem som svarat; intervallet är ett 95 % konfidensintervall som beaktar skillnader mellan evenemang, "
        "där de är kända.",
        "Share of those who answered; the limits are a 95% confidence interval that allows for differences between "
        "events, where these are known.",
    ),
    "items": (
        "Prosentit kysymykseen vastanneista; ”en osaa sanoa” kaikista, joilta kysyttiin.",
        "Procent av dem som svarat på frågan; ”kan inte säga” av alla som fick frågan.",
        "Percentages of those who answered the question; “don't know” of everyone who was asked.",
    ),
    "groups": (
        "Pienten ryhmien lukuja ei esitetä (–). Ryhmien järjestys ei ole paremmuusjärjestys.",
        "Små gruppers tal visas inte (–). Ordningen är ingen rangordning.",
        "Numbers of small groups are not shown (–). The order is no ranking.",
    ),
    "events": (
        "Listoille kirjatut ja lomakkeen palauttaneet eivät ole välttämättä samoja ihmisiä: niiden suhde ei ole "
        "vastausprosentti. Tilaisuudet, joiden luvut ovat pieniä, on jätetty pois.",
        "De som står på listan och de som lämnat blanketten är inte nödvändigtvis samma personer: kvoten är ingen "
        "svarsprocent. Evenemang med små tal har lämnats bort.",
        "Those listed and those who returned a form need not be the same people: their ratio is no response rate. "
        "Events with small numbers are left out.",
    ),
    "files": (
        "Luetut rivit = hyväksytyt + jo toimitetut + tarkistettavaksi siirretyt.",
        "Lästa rader = godkända + redan levererade + satta åt sidan.",
        "Rows read = accepted + delivered before + set aside.",
    ),
}
#: Reasons of the disclosure gate, by how they begin.
REASONS: Final[Sentences] = {
    "n <": ("pieni ryhmä ({reason})", "liten grupp ({reason})", "small group ({reason})"),
    "n unknown": ("ryhmän koko ei tiedossa", "gruppens storlek okänd", "size of the group unknown"),
    "count": (
        "pieni lukumäärä, tai luku josta sellaisen voisi päätellä",
        "litet antal, eller ett tal som kunde avslöja ett sådant",
        "a small count, or a number that would give one away",
    ),
}
COLUMNS: Final[Sentences] = {
    "name": ("Nimi", "Namn", "Name"),
    "n": ("n", "n", "n"),
    "excluded": ("Ei arviota", "Utan bedömning", "No score"),
    "share": ("Osuus", "Andel", "Share"),
    "low": ("Alaraja", "Nedre gräns", "Lower limit"),
    "high": ("Yläraja", "Övre gräns", "Upper limit"),
    "positive": ("Myönteinen", "Positiv", "Positive"),
    "neutral": ("Neutraali", "Neutral", "Neutral"),
    "negative": ("Kielteinen", "Negativ", "Negative"),
    "dont_know": ("En osaa sanoa", "Kan inte säga", "Don't know"),
    "distributed": ("Jaettu", "Utdelade", "Given out"),
    "listed": ("Listalla", "På listan", "Listed"),
    "returned": ("Palautettu", "Inlämnade", "Returned"),
    "usable": ("Käyttökelpoinen", "Användbara", "Usable"),
    "answered": ("Arvio saatu", "Med bedömning", "Scored"),
    "rows_read": ("Luettu", "Lästa", "Rows read"),
    "accepted": ("Hyväksytty", "Godkända", "Accepted"),
    "duplicate": ("Jo toimitettu", "Redan levererade", "Delivered before"),
    "quarantined": ("Tarkistettavaksi", "Åt sidan", "Set aside"),
    "unit": ("Yksikkö", "Enhet", "Unit"),
    "planned": ("Suunniteltu", "Planerat", "Planned"),
    "actual": ("Toteutunut", "Utfall", "Actual"),
    "ratio": ("Toteuma", "Utfallsgrad", "Achieved"),
    "dimension": ("Ulottuvuus", "Dimension", "Dimension"),
    "direct": ("Välitön", "Direkt", "Direct"),
    "indirect": ("Välillinen", "Indirekt", "Indirect"),
    "sentence": ("Väite", "Påstående", "Claim"),
    "verdict": ("Tila", "Omdöme", "Verdict"),
    "why": ("Perustelu", "Motivering", "Reason"),
}
