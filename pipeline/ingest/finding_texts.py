"""The texts of findings in Finnish: English as the findings have it -> Finnish. {} stands for what differs.

A text that is not here stays English; the tests name those of the ingest's own modules.
"""

from __future__ import annotations

from typing import Final

PROBLEMS: Final[tuple[tuple[str, str], ...]] = (
    # rows
    ("unknown event", "tuntematon tapahtuma"),
    ("the name fits several events", "nimi sopii useaan tapahtumaan"),
    ("test answer", "testivastaus"),
    ("more cells than the header has columns", "rivillä on enemmän soluja kuin otsikkorivillä sarakkeita"),
    ("no name", "nimi puuttuu"),
    ("the list says that this person did not register, or cancelled", "luettelon mukaan ei ilmoittautunut tai perui"),
    ("a line of totals, no person", "yhteenvetorivi, ei henkilö"),
    ("remark below the table", "huomautus taulukon alla"),
    ("only in the waiting room", "vain odotushuoneessa"),
    ("a personal identity code stands in column '{}'", "henkilötunnus sarakkeessa \"{}\""),
    ("this person asked to be removed", "henkilö on pyytänyt tietojensa poistamista"),
    ("form number used twice with different answers", "sama lomakenumero kahdesti, eri vastaukset"),
    (
        "form number used with different answers in another file: {}",
        "sama numero toisessa tiedostossa, eri vastaukset: {}",
    ),
    ("form number used with different answers in another file", "sama numero toisessa tiedostossa, eri vastaukset"),
    ("the same response as {}; counted once", "sama vastaus kuin {}; laskettu kerran"),
    (
        "this person is on the event's list already; counted once",
        "henkilö on jo tapahtuman luettelossa; laskettu kerran",
    ),
    ("dropped by a person: corrections.csv", "pudotettu käsin: corrections.csv"),
    ("changed by a person: corrections.csv, {}", "muutettu käsin: corrections.csv, {}"),
    ("accepted by a person: corrections.csv, {}", "hyväksytty käsin: corrections.csv, {}"),
    ("counted for itself by a person: corrections.csv, {}", "laskettu omana vastauksenaan: corrections.csv, {}"),
    ("not applied: the file it speaks of was refused", "ei käytetty: tiedostoa, jota rivi koskee, ei voitu lukea"),
    ("no coder is named", "koodaajaa ei ole nimetty"),
    ("no open answer has this place", "tässä kohdassa ei ole avovastausta"),
    ("the open answer of this place says something else", "tämän kohdan avovastauksessa lukee muuta"),
    (
        "this coder gave this theme to this answer already; counted once",
        "koodaaja on jo antanut vastaukselle tämän teeman; laskettu kerran",
    ),
    (
        "the open answer was found by its text; its place has moved",
        "avovastaus löytyi tekstin perusteella; sen paikka on muuttunut",
    ),
    # cells
    (
        "the answer is none of the question's options; counted as invalid",
        "vastaus ei ole mikään kysymyksen vaihtoehdoista; laskettu kelpaamattomaksi",
    ),
    ("not understood; counted as invalid", "ei ymmärretty; laskettu kelpaamattomaksi"),
    ("not understood; left empty", "ei ymmärretty; jätetty tyhjäksi"),
    ("unknown role; taken as participant", "tuntematon rooli; tulkittu osallistujaksi"),
    (
        "unknown word for who came; taken as not known",
        "tuntematon merkintä paikallaolosta; tulkittu tiedoksi, jota ei ole",
    ),
    ("the end is before the beginning; the time is not used", "loppu on ennen alkua; aikaa ei käytetä"),
    (
        "the printed duration is not what the times give; the times are used",
        "ilmoitettu kesto ei vastaa kellonaikoja; käytetään kellonaikoja",
    ),
    (
        "this column matches no question or field of the instrument, or more than one; its cells are not used",
        "sarake ei vastaa mitään lomakkeen kysymystä tai vastaa useaa; sen soluja ei käytetä",
    ),
    ("column {} holds the {} already; this one is not used", "sarakkeessa {} on jo {}; tätä ei käytetä"),
    ("an e-mail address {}", "sähköpostiosoite {}"),
    ("a phone number {}", "puhelinnumero {}"),
    ("a bank account number {}", "tilinumero {}"),
    ("something like an identity code {}", "henkilötunnuksen näköinen merkkijono {}"),
    ("the name of a person on the attendance lists {}", "osallistujaluettelossa olevan henkilön nimi {}"),
    ("stands in this open answer; masked", "tässä avovastauksessa; peitetty"),
    ("stands in open answer '{}'; masked", "avovastauksessa \"{}\"; peitetty"),
    ("stands in this column; it is not passed on", "tässä sarakkeessa; sitä ei viedä eteenpäin"),
    ("stands in place of a number; counted as invalid", "luvun paikalla; laskettu kelpaamattomaksi"),
    (
        "the name of the file or of one of its sheets holds an e-mail address; it is masked in every table",
        "tiedoston tai välilehden nimessä on sähköpostiosoite; se on peitetty kaikissa taulukoissa",
    ),
    # people
    ("may be the person of {}; counted as two people", "voi olla sama henkilö kuin {}; laskettu kahdeksi"),
    ("{} more pairs of rows may be one person each", "vielä {} rivipari(a) voi olla kukin yksi henkilö"),
    ("{} rows are further sessions of people already counted", "{} riviä on jo laskettujen henkilöiden lisäkäyntejä"),
    (
        "up to {} pairs of rows with very common names were not compared with each other",
        "enintään {} riviparia, joilla on hyvin yleinen nimi, jätettiin vertaamatta",
    ),
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
    (
        "row {} was taken as the header; the {} rows above it are not read as answers",
        "rivi {} tulkittiin otsikoksi; sen yllä olevia {} riviä ei lueta vastauksina",
    ),
    (
        "the dates in column '{}' could be day first or month first: read day first",
        "sarakkeen \"{}\" päivät voi lukea kahdella tavalla: luettu päivä ensin",
    ),
    ("no file fits '{}' of [[sources]]", "mikään tiedosto ei vastaa kohdan [[sources]] hakua \"{}\""),
    # files
    ("no column matches a question of the instrument", "mikään sarake ei vastaa lomakkeen kysymystä"),
    ("not one answer matches the options of the instrument", "yksikään vastaus ei ole lomakkeen vaihtoehto"),
    ("columns {} and {} both hold '{}'", "sarakkeissa {} ja {} on sama kysymys \"{}\""),
    ("this list has no column of names", "luettelossa ei ole nimisaraketta"),
    (
        "the list does not say which event it is of, or the register does not know the name",
        "luettelosta ei selviä, mistä tapahtumasta se on, tai rekisteri ei tunne nimeä",
    ),
    ("the list names an event the register does not know", "luettelo nimeää tapahtuman, jota rekisteri ei tunne"),
    ("the list names {} events: {}", "luettelo nimeää {} tapahtumaa: {}"),
    (
        "one of several tables of the file, and its own title or sheet name is of no known event",
        "yksi tiedoston useista taulukoista; otsikko tai välilehden nimi ei ole tunnettu tapahtuma",
    ),
    ("no event of the register is on the day the list gives, {}", "rekisterissä ei ole tapahtumaa päivänä {}"),
    ("{} events of the register are on the day the list gives, {}", "rekisterissä on {} tapahtumaa päivänä {}"),
    ("a personal identity code stands in the header row", "otsikkorivillä on henkilötunnus"),
    ("a personal identity code stands in the name of a sheet", "välilehden nimessä on henkilötunnus"),
    ("a personal identity code stands in the name of the file", "tiedoston nimessä on henkilötunnus"),
    ("the file is empty", "tiedosto on tyhjä"),
    ("the file holds no table", "tiedostossa ei ole taulukkoa"),
    ("this is {}", "tämä ei ole tiedosto ({})"),
    ("cannot be opened ({})", "ei voi avata ({})"),
    ("no reader knows this content (it begins {})", "sisältöä ei tunnisteta (alku {})"),
    ("the workbook is damaged or protected by a password ({})", "työkirja on vioittunut tai suojattu salasanalla ({})"),
    ("the workbook is cut off or damaged", "työkirja on katkennut tai vioittunut"),
    ("unpacked it would take {} MB: no survey export does", "purettuna tiedosto veisi {} Mt: se ei ole kyselyvienti"),
    ("the file is larger than {}", "tiedosto on suurempi kuin {}"),
    (
        "a sheet reaches to row {} and column {}: that is no table of answers",
        "välilehti ulottuu riville {} ja sarakkeeseen {}: se ei ole vastaustaulukko",
    ),
    (
        "a quotation mark that opens in row {} is not closed: the rows after it would be lost",
        "rivillä {} alkava lainausmerkki ei sulkeudu: rivit sen jälkeen katoaisivat",
    ),
    ("a NUL character stands in the text", "tekstissä on NUL-merkki"),
    ("not {} text", "ei ole {} -tekstiä"),
    ("the {} file is damaged ({})", "{}-tiedosto on vioittunut ({})"),
    ("the SPSS portable file is cut off or damaged", "SPSS-tiedosto (.por) on katkennut tai vioittunut"),
    ("not valid JSON ({})", "ei kelvollista JSONia ({})"),
    ("not well-formed XML ({})", "ei kelvollista XML:ää ({})"),
    ("the XML declares entities", "XML:ssä on entiteettimäärittelyjä"),
    ("the document holds no table", "asiakirjassa ei ole taulukkoa"),
    ("the document is damaged", "asiakirja on vioittunut"),
)  # fmt: skip

FIXES: Final[tuple[tuple[str, str], ...]] = (
    (
        "add the spelling to 'aliases' in registers/events.csv, or correct the cell",
        "lisää kirjoitusasu sarakkeeseen aliases tiedostoon registers/events.csv tai korjaa solu (set)",
    ),
    (
        "write the event_id instead of the name, or give the events different names",
        "kirjoita nimen sijasta event_id (set) tai anna tapahtumille eri nimet",
    ),
    (
        "nothing, if it was a trial; else change the comment",
        "ei mitään, jos oli testi (drop kuittaa); muuten hyväksy (accept)",
    ),
    (
        "a separator within an answer has moved its cells: put that answer in quotation marks",
        "vastauksessa oleva erotin on siirtänyt soluja: lisää vastauksen ympärille lainausmerkit",
    ),
    (
        "a separator within a cell has moved the cells after it: put that cell in quotation marks",
        "solussa oleva erotin on siirtänyt soluja: lisää solun ympärille lainausmerkit",
    ),
    ("fill in the name, or delete the row", "täydennä nimi (set) tai pudota rivi (drop)"),
    ("nothing to do if that is right", "ei mitään, jos näin on"),
    (
        "delete the identity codes from the file (the whole column, if it is one), in every copy of it",
        "poista henkilötunnukset tiedostosta (koko sarake, jos sellainen on) ja sen kaikista kopioista",
    ),
    (
        "delete the row from the file as received, in every copy of it",
        "poista rivi alkuperäisestä tiedostosta ja sen kaikista kopioista",
    ),
    (
        "look up the paper forms and correct the number or the answers",
        "katso paperilomakkeista ja korjaa numero tai vastaukset (set), tai hyväksy (accept)",
    ),
    (
        "drop the row that is wrong, or accept this one, in corrections.csv",
        "pudota väärä rivi (drop) tai hyväksy tämä (accept) tiedostossa corrections.csv",
    ),
    (
        "correct the cell, or add the spelling to 'aliases' of the option in the instrument",
        "korjaa solu (set) tai lisää kirjoitusasu lomakkeen vaihtoehdon sarakkeeseen aliases",
    ),
    ("correct the cell", "korjaa solu (set)"),
    (
        "add its header to 'aliases' of the question in the instrument, or leave it if it is not wanted",
        "lisää otsikko lomakkeen kysymyksen sarakkeeseen aliases, tai jätä se, jos sitä ei tarvita",
    ),
    ("delete or rename one", "poista tai nimeä toinen uudelleen"),
    (
        "nothing, if it may stay in the file as received; else delete it there",
        "ei mitään, jos se saa jäädä alkuperäiseen tiedostoon; muuten poista se siitä",
    ),
    ("nothing to do", "ei tehtävää"),
    (
        "say in raw/coding/people.csv whether they are one person, or give both rows the same contact details",
        "kirjaa tiedostoon raw/coding/people.csv, onko kyseessä sama henkilö",
    ),
    ("nothing, or give the rows contact details", "ei mitään, tai täydennä yhteystiedot"),
    ("look whether this is the right event", "tarkista, onko tapahtuma oikea"),
    ("look whether the dates are right", "tarkista päivät"),
    ("look whether the times are right", "tarkista kellonajat"),
    ("look whether the texts are right", "tarkista, näkyvätkö tekstit oikein"),
    ("correct 'match'", "korjaa kohta match"),
    (
        "add the headers as 'aliases' in the instrument, or move the file where it belongs",
        "lisää otsikot lomakkeen sarakkeeseen aliases tai siirrä tiedosto oikeaan kansioon",
    ),
    (
        "add the spellings of this file to 'aliases' of the options in the instrument",
        "lisää tiedoston kirjoitusasut lomakkeen vaihtoehtojen sarakkeeseen aliases",
    ),
    (
        "rename one of them in the instrument's aliases, or delete the copy",
        "muuta toista lomakkeen aliases-sarakkeessa tai poista kopio",
    ),
    ("give the column of names one of these headers", "anna nimisarakkeelle jokin näistä otsikoista"),
    (
        "write the event's name above the header, or add the spelling to 'aliases' in registers/events.csv",
        "kirjoita tapahtuman nimi otsikkorivin ylle tai lisää kirjoitusasu tiedostoon registers/events.csv (aliases)",
    ),
    (
        "add the event of that day to registers/events.csv, or write the action's name above the table",
        "lisää päivän tapahtuma tiedostoon registers/events.csv tai kirjoita toimenpiteen nimi taulukon ylle",
    ),
    ("rename the file or the sheet", "nimeä tiedosto tai välilehti uudelleen"),
    ("rename the file", "nimeä tiedosto uudelleen"),
    ("rename it", "nimeä se uudelleen"),
    ("export it again, or remove it", "vie tiedosto uudelleen tai poista se"),
    ("export it again as 'CSV UTF-8', or as xlsx", "vie tiedosto uudelleen muodossa CSV UTF-8 tai xlsx"),
    ("export the file again", "vie tiedosto uudelleen"),
    ("export it again", "vie tiedosto uudelleen"),
    ("copy or export it again", "kopioi tai vie tiedosto uudelleen"),
    ("export it as CSV", "vie tiedosto CSV-muodossa"),
    ("check the file", "tarkista tiedosto"),
    ("put the file itself here, or remove it", "laita tähän itse tiedosto tai poista tämä"),
    (
        "open it in the tool that made it and export it as xlsx or CSV",
        "avaa tiedosto ohjelmassa, jolla se on tehty, ja vie se muodossa xlsx tai CSV",
    ),
    (
        "open it in Excel or LibreOffice, save it again without a password",
        "avaa Excelissä tai LibreOfficessa ja tallenna ilman salasanaa",
    ),
    (
        "delete unused sheets and formatted empty rows, or export as CSV",
        "poista turhat välilehdet ja muotoillut tyhjät rivit, tai vie CSV-muodossa",
    ),
    (
        'close it or double it (""), or export the file again as xlsx',
        'sulje se tai kahdenna se (""), tai vie tiedosto uudelleen xlsx-muodossa',
    ),
    (
        "press Ctrl+End in each sheet, delete the rows or columns of the stray cell, and save",
        "paina Ctrl+End jokaisella välilehdellä, poista eksyneen solun rivit tai sarakkeet ja tallenna",
    ),
    ("split it, or export fewer columns", "jaa tiedosto tai vie vähemmän sarakkeita"),
    ("write who coded: a letter or a number is enough", "kirjoita koodaaja: kirjain tai numero riittää"),
    (
        "correct the place, or code the answers anew from the comments table",
        "korjaa paikka tai koodaa vastaukset uudelleen taulukosta comments",
    ),
    ("code the answer of this place anew", "koodaa tämän kohdan vastaus uudelleen"),
    ("a date and a time", "päivä ja kellonaika"),
)  # fmt: skip

#: Words of a place, and kinds of findings.
WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("sheet '", "välilehti '"),
    ("row ", "rivi "),
    ("column '", "sarake '"),
)
KINDS: Final = {
    "file_refused": "tiedostoa ei voitu käyttää",
    "row_quarantined": "rivi pantu syrjään",
    "duplicate": "kaksoiskappale",
    "cell_invalid": "solu ei kelpaa",
    "column_unmapped": "sarake jäi käyttämättä",
    "note": "huomautus",
}
