"""The texts of findings in Finnish: English as the findings have it -> Finnish. {} stands for what differs.

A text that is not here stays English; the tests name those of the ingest's own modules.
"""

from __future__ import annotations

from typing import Final

from pipeline.ingest.remark_texts import REMARKS

PROBLEMS: Final[tuple[tuple[str, str], ...]] = (
    # rows
    ("unknown event", "tuntematon tapahtuma"),
    ("the name fits several events", "nimi sopii useaan tapahtumaan"),
    ("test answer", "testivastaus"),
    ("more cells than the header has columns", "rivillä on enemmän soluja kuin otsikkorivillä sarakkeita"),
    ("fewer cells than the other rows have", "rivillä on vähemmän soluja kuin muilla riveillä"),
    ("no name", "nimi puuttuu"),
    ("the list says that this person did not register, or cancelled", "luettelon mukaan ei ilmoittautunut tai perui"),
    ("a line of totals, no person", "yhteenvetorivi, ei henkilö"),
    (
        "another line about the person above: the cells of the name are merged",
        "toinen rivi yllä olevasta henkilöstä: nimen solut on yhdistetty",
    ),
    ("a heading within the list, no person", "väliotsikko luettelossa, ei henkilö"),
    ("the header again, no person", "otsikkorivi uudelleen, ei henkilö"),
    ("the last name above was carried down to this row", "sukunimi otettiin yllä olevalta riviltä"),
    ("this column of the list is not used", "luettelon sarake jää käyttämättä"),
    (
        "marks below a header that is not known: whether they say who came was not asked",
        "merkintöjä tuntemattoman otsikon alla: niistä ei päätelty, ketkä tulivat",
    ),
    (
        "forms sent before the day of the event are promises: counted as registered, not as having come",
        "ennen tapahtumapäivää lähetetyt lomakkeet ovat ilmoittautumisia: laskettu ilmoittautuneina, ei osallistujina",
    ),
    (
        "{} columns of the grid are no days and are not used",
        "ruudukossa {} saraketta, jotka eivät ole päiviä; niitä ei käytetä",
    ),
    (
        "{} rows stand for more than one person: {} people without names",
        "{} rivillä on useampi kuin yksi henkilö: {} henkilöä ilman nimiä",
    ),
    ("the header again, no answer", "otsikkorivi uudelleen, ei vastaus"),
    ("a line of sums or means, no answer", "summa- tai keskiarvorivi, ei vastaus"),
    ("a row of a sheet of summaries, no answer", "yhteenvetovälilehden rivi, ei vastaus"),
    (
        "a remark or sums under the export, no answer",
        "huomautus tai yhteenveto työkalun tietojen alla, ei vastaus",
    ),
    ("a title within the table, no answer", "väliotsikko taulukossa, ei vastaus"),
    (
        "no possible value of this question; counted as invalid",
        "ei mahdollinen arvo tälle kysymykselle; laskettu kelpaamattomaksi",
    ),
    (
        "its date is years from the events of the register; counted as it is",
        "päiväys on vuosien päässä rekisterin tapahtumista; laskettu sellaisenaan",
    ),
    ("a form number or an event and nothing else", "lomakkeen numero tai tapahtuma eikä muuta"),
    ("event {} was taken from the name of the sheet", "tapahtuma {} otettiin välilehden nimestä"),
    ("event {} was taken from the title above the table", "tapahtuma {} otettiin taulukon yllä olevasta otsikosta"),
    ("event {} was taken from the name of the file", "tapahtuma {} otettiin tiedoston nimestä"),
    (
        "dates month first, of which a spreadsheet may have taken the month for the day in some",
        "päivämääriä, joissa kuukausi on ensin; taulukkolaskenta on voinut vaihtaa osassa päivän ja kuukauden",
    ),
    (
        "a remark says that this person did not come, or cancelled; not counted as attended",
        "huomautuksen mukaan henkilö ei tullut tai perui; ei lasketa osallistuneeksi",
    ),
    (
        "the very same rows as {}, cell for cell; counted as well",
        "täsmälleen samat rivit kuin {}, solu solulta; laskettu silti mukaan",
    ),
    (
        "the very same list as {}, of another event; counted at both",
        "täsmälleen sama luettelo kuin {}, mutta toisesta tapahtumasta; laskettu molempiin",
    ),
    (
        "nearly the same answers as {}, in another order or at other times; counted as well",
        "lähes samat vastaukset kuin {}, eri järjestyksessä tai eri aikoina; laskettu nekin",
    ),
    ("this sheet is hidden in the workbook", "välilehti on työkirjassa piilotettu"),
    (
        "merged cells were read as filled on each of their rows or days: {}",
        "yhdistetyt solut luettiin jokaisen rivinsä tai päivänsä kohdalla: {}",
    ),
    (
        "merged cells hold a number, which was read on their first row only: {}",
        "yhdistetyissä soluissa on luku, joka luettiin vain ensimmäisellä rivillä: {}",
    ),
    (
        "cells merged over several columns were read in the first one only: {}",
        "usean sarakkeen yli yhdistetyt solut luettiin vain ensimmäisessä sarakkeessa: {}",
    ),
    (
        "cells hold an error or a formula without a value, read as empty: {}",
        "soluissa on virhe tai kaava ilman arvoa, luettu tyhjinä: {}",
    ),
    (
        "its sheet, title and file name different events: none is taken",
        "välilehti, otsikko ja tiedosto nimeävät eri tapahtumat: mitään ei oteta",
    ),
    ("people without names", "henkilöitä ilman nimiä"),
    ("several people in one cell", "useita henkilöitä samassa solussa"),
    ("a remark among the names, no person", "huomautus nimien joukossa, ei henkilö"),
    (
        "a device or a guest without a name: counted as a person of this list alone",
        "laite tai vieras ilman nimeä: laskettu henkilöksi vain tässä luettelossa",
    ),
    (
        "{} of {} responses name no event; they count in the project, and in no action",
        "{} vastausta {}:sta ei kerro tapahtumaa; ne lasketaan hankkeelle, ei millekään toimenpiteelle",
    ),
    ("remark below the table", "huomautus taulukon alla"),
    ("only in the waiting room", "vain odotushuoneessa"),
    ("a personal identity code stands in column '{}'", "henkilötunnus sarakkeessa \"{}\""),
    ("this person asked to be removed", "henkilö on pyytänyt tietojensa poistamista"),
    ("form number used twice with different answers", "sama lomakenumero kahdesti, eri vastaukset"),
    (
        "form number used with different answers in another file: {}",
        "sama numero toisessa tiedostossa, eri vastaukset: {}",
    ),
    (
        "sent at the very time of a response with other answers in another file: {}",
        "lähetetty täsmälleen samaan aikaan kuin eri tavoin vastattu lomake toisessa tiedostossa: {}",
    ),
    (
        "sent at the very time of a response with other answers in another file",
        "lähetetty täsmälleen samaan aikaan kuin eri tavoin vastattu lomake toisessa tiedostossa",
    ),
    ("no answer that the form knows", "ei yhtään vastausta, jonka lomake tuntee"),
    ("form number used with different answers in another file", "sama numero toisessa tiedostossa, eri vastaukset"),
    ("the same response as {}; counted once", "sama vastaus kuin {}; laskettu kerran"),
    ("the same response as {}; dropped with it", "sama vastaus kuin {}; pudotettu sen mukana"),
    (
        "this line tells the row by its number alone: in a file that has changed it could meet another one",
        "rivi kertoo paikan vain rivinumerolla: muuttuneessa tiedostossa se voisi osua väärään riviin",
    ),
    (
        "another row has the same in this column: in a file that has changed this line could meet that one",
        "toisella rivillä on sarakkeessa sama: muuttuneessa tiedostossa päätös voisi osua siihen",
    ),
    (
        "this line tells the rows by their numbers alone: in a file that has changed it could meet others",
        "rivi kertoo paikat vain rivinumeroilla: muuttuneessa tiedostossa ne voisivat osua vääriin riveihin",
    ),
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
        "tuntematon merkintä paikallaolosta; kirjattu: ei tiedossa",
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
    (
        "the name of the file or of one of its sheets holds a phone number; it is masked in every table",
        "tiedoston tai välilehden nimessä on puhelinnumero; se on peitetty kaikissa taulukoissa",
    ),
    (
        "the name of the file or of one of its sheets names a listed person; masked in every table",
        "tiedoston tai välilehden nimessä on osallistujaluettelossa olevan henkilön nimi; se on peitetty "
        "kaikissa taulukoissa",
    ),
    (
        "the header of this column names a person on the attendance lists; it is masked in every table",
        "sarakkeen otsikossa on osallistujaluettelossa olevan henkilön nimi; se on peitetty kaikissa taulukoissa",
    ),
    *REMARKS,
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
