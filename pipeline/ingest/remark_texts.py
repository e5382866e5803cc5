"""The texts of what a tool or a reader remarks, and of people, in Finnish: a part of those of findings."""

from __future__ import annotations

from typing import Final

REMARKS: Final[tuple[tuple[str, str], ...]] = (
    # what a tool says of its rows, and what a reader chose
    ("not submitted", "ei lähetetty"),
    ("preview", "esikatselu"),
    ("rejected in the tool", "hylätty työkalussa"),
    ("row of a repeat group, no response of its own", "toistuvan ryhmän rivi, ei oma vastaus"),
    ("row of a repeating instrument, no response of its own", "toistuvan lomakkeen rivi, ei oma vastaus"),
    ("repeat of a record, no response of its own", "tietueen toisto, ei oma vastaus"),
    ("completed before it was begun: {}", "päättynyt ennen alkuaan: {}"),
    (
        "{} in {} columns was taken as 'seen but not answered', as this tool writes it",
        "{}: {} sarakkeessa tulkittu työkalun tapaan \"nähty, ei vastattu\"",
    ),
    (
        "several values of one response are joined by '{}' in '{}'",
        "yhden vastauksen useat arvot on yhdistetty merkillä \"{}\" sarakkeessa \"{}\"",
    ),
    ("the file holds questions but no answers", "tiedostossa on kysymyksiä mutta ei vastauksia"),
    ("the file holds variables but no rows", "tiedostossa on muuttujia mutta ei rivejä"),
    (
        "the file declares {}; its texts are {} and were read so",
        "tiedosto ilmoittaa merkistöksi {}; tekstit ovat {} ja luettiin niin",
    ),
    ("{} holds weekdays as numbers, 1 is Sunday", "{}: viikonpäivät lukuina, 1 on sunnuntai"),
    ("{} holds months as numbers", "{}: kuukaudet lukuina"),
    (
        "{} counts leap seconds: its times are up to half a minute late",
        "{}: mukana karkaussekunteja, ajat ovat enintään puoli minuuttia myöhässä",
    ),
    (
        "{} counts business days of a calendar that is not in the file: its numbers are shown as they are",
        "{}: työpäiviä kalenterista, jota tiedostossa ei ole; luvut näytetään sellaisinaan",
    ),
    (
        "the labels of {}'s codes are in the SAS catalogue with format {}, not in this file",
        "muuttujan {} selitteet ovat SAS-luettelossa (muoto {}), eivät tässä tiedostossa",
    ),
    (
        "entry {}: start_time and start_time_utc disagree by more than a time zone",
        "kohta {}: start_time ja start_time_utc eroavat enemmän kuin aikavyöhykkeen verran",
    ),
    ("the report says {} participants and lists {}", "raportin mukaan osallistujia on {}, mutta luettelossa {}"),
    (
        "{} sessions without an end were taken to last until the end of the meeting",
        "{} istuntoa ilman loppua: tulkittu kestäneen kokouksen loppuun",
    ),
    (
        "{} rows are tickets for more than one person: the others have no names here",
        "{} rivillä on lippu useammalle kuin yhdelle: muilla ei ole tässä nimeä",
    ),
    # lines of lists
    (
        "a line unlike the other names: counted as a person",
        "rivi ei ole samanlainen kuin muut nimet: laskettu henkilöksi",
    ),
    (
        "under a heading that may be of people who did not come; counted as attended",
        "väliotsikon alla, joka voi tarkoittaa poissaolleita; laskettu osallistuneeksi",
    ),
    (
        "under a heading that may be of people who did not come: taken as not known",
        "väliotsikon alla, joka voi tarkoittaa poissaolleita; osallistuminen ei tiedossa",
    ),
    (
        "a remark may say that this person did not come: taken as not known",
        "huomautus voi tarkoittaa, ettei henkilö tullut; kirjattu: ei tiedossa",
    ),
    (
        "a remark may say that this person did not come; counted as attended",
        "huomautus voi tarkoittaa, ettei henkilö tullut; laskettu osallistuneeksi",
    ),
    (
        "the list was taken to be of event {}; its title, sheet, file name or day speaks of {}",
        "luettelo tulkittiin tapahtuman {} luetteloksi; otsikko, välilehti, tiedosto tai päivä viittaa muuhun: {}",
    ),
    ("cells are struck out; they were read as any other: {}", "soluja on vedetty yli; ne luettiin kuten muutkin: {}"),
    (
        "comments on these cells may speak of somebody who did not come; they are not read: {}",
        "solujen kommentit voivat kertoa, ettei joku tullut; niitä ei lueta: {}",
    ),
    # people
    ("may be the person of {}; counted as two people", "voi olla sama henkilö kuin {}; laskettu kahdeksi"),
    ("{} more pairs of rows may be one person each", "vielä {} rivipari(a) voi olla kukin yksi henkilö"),
    ("{} rows are further sessions of people already counted", "{} riviä on jo laskettujen henkilöiden lisäkäyntejä"),
    (
        "up to {} pairs of rows with very common names were not compared with each other",
        "enintään {} riviparia, joilla on hyvin yleinen nimi, jätettiin vertaamatta",
    ),
    ("event {} was found by the day of the times alone", "tapahtuma {} löytyi pelkän kellonaikojen päivän perusteella"),
    ("the times are of another day than the event has in the register", "ajat ovat eri päivältä kuin tapahtuma"),
    (
        "day and month could be the other way round: only habit says which is which",
        "päivä ja kuukausi voivat olla toisin päin",
    ),
    ("the list's own day is not the day of event {} in the register", "luettelon päivä ei ole tapahtuman {} päivä"),
    (
        "its title is no event of the register; event {} was taken from the file's name",
        "otsikko ei ole rekisterin tapahtuma; tapahtuma {} otettiin tiedoston nimestä",
    ),
    ("the text is not UTF-8 and was read as windows-1252", "teksti ei ole UTF-8:aa; luettu windows-1252:na"),
    ("the text is not UTF-8 and was read as Mac Roman", "teksti ei ole UTF-8:aa; luettu Mac Roman -merkistönä"),
    (
        "row {} was taken as the header; the {} rows above it are not read as answers",
        "rivi {} tulkittiin otsikoksi; sen yllä olevia {} riviä ei lueta vastauksina",
    ),
    (
        "row {} was taken as the header but holds numbers: the file may have no header",
        "rivi {} tulkittiin otsikoksi, mutta siinä on lukuja: tiedostossa ei ehkä ole otsikkoa",
    ),
    (
        "the list calls itself one of people who did not come, or cancelled: none is counted as attended",
        "luettelo on otsikkonsa mukaan niistä, jotka eivät tulleet tai peruivat: ketään ei lasketa osallistuneeksi",
    ),
    (
        "the list calls itself one of registrations: its people are counted as registered, not as having come",
        "luettelo on nimeltään ilmoittautumisten luettelo: henkilöt lasketaan ilmoittautuneiksi, ei paikalla olleiksi",
    ),
    (
        "rows {} and {} were taken as one header: a question and its options",
        "rivit {} ja {} tulkittiin yhdeksi otsikoksi: kysymys ja sen vaihtoehdot",
    ),
    (
        "the dates in column '{}' could be day first or month first: read day first",
        "sarakkeen \"{}\" päivät voi lukea kahdella tavalla: luettu päivä ensin",
    ),
    (
        "every number in column '{}' has three digits after its mark: read as decimals",
        "sarakkeen \"{}\" jokaisessa luvussa on merkin jälkeen kolme numeroa: luettu desimaaleina",
    ),
    (
        "a number in column '{}' is far above the others and looks like a code for no answer: read as a number",
        "sarakkeessa \"{}\" on muita paljon suurempi luku, ehkä puuttuvan vastauksen koodi: luettu lukuna",
    ),
    (
        "people wrote what else they mean into this option: it is ticked, their words are not kept",
        "tähän vaihtoehtoon on kirjoitettu omin sanoin: se lasketaan valituksi, sanoja ei tallenneta",
    ),
    ("no file fits '{}' of [[sources]]", "mikään tiedosto ei vastaa kohdan [[sources]] hakua \"{}\""),
)  # fmt: skip
